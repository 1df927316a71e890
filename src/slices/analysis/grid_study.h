// Crimes on a grid of squares: which of them would not be there by chance, since when, whether the map would have found
// the months after, and the density of crimes. Cells are squares of the British National Grid; positions are the map
// points to which data.police.uk moves each crime.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "slices/analysis/kept.h"
#include "slices/analysis/study.h"
#include "statistics/density.h"
#include "statistics/hotspots.h"
#include "statistics/spatial.h"

namespace tithing::analysis {

constexpr std::size_t kMostGridCells = 60'000;
constexpr std::array<int, 8> kCellSides = {100, 200, 250, 500, 1000, 2000, 5000, 10'000};  // metres
constexpr double kGridLevel = 0.05;
// Shares of the grid's cells for which the back-test is made; the figure and the sentence use the third.
constexpr std::array<double, 4> kBackTestShares = {0.01, 0.02, 0.05, 0.10};
constexpr std::size_t kHeadlineShare = 2;

// Cells whose middle lies within the area's boundary, and those in which a crime of the area was recorded all the same.
struct Grid {
  int side = 0;                       // metres
  double x0 = 0, y0 = 0;              // lower left corner of the window, multiples of `side`
  std::size_t columns = 0, rows = 0;  // of the window
  std::vector<std::uint32_t> cells;   // row x columns + column, from the south west, rising
  std::vector<std::int32_t> number;   // of each square of the window: its place in `cells`, or -1
  statistics::Point middle(std::size_t cell) const;
  std::string name(std::size_t cell) const;  // its lower left corner: "460000 451500"
};

struct GridHot {
  // Empty for a cell without a neighbour. p is exact, see statistics/local_chance.h.
  std::vector<std::optional<double>> z, p, false_discovery_rate;
  std::vector<int> side;  // 1: more than chance would put there, -1: fewer
  std::size_t islands = 0;
  bool can_call = true;  // false: too few crimes to tell, wherever they had been
  enum class Call { none, hot, cold };
  // With `fdr` by the false discovery rate over all cells, without by p alone, at kGridLevel.
  Call call(std::size_t cell, bool fdr) const;
};

struct GridBackTest {
  double share = 0;
  Result<statistics::HotspotBackTest> of_all;       // over all cells: PAI
  Result<statistics::HotspotBackTest> of_feasible;  // over cells in which any crime was recorded: PEI*
};

struct DensityStudy;
// Densities of one grid that were worked out, by bandwidth and edge: a few.
inline constexpr std::size_t kMostDensities = 4;
struct Densities {
  std::mutex mutex;
  std::map<std::string, std::shared_ptr<const DensityStudy>> made;
};

struct GridStudy {
  Grid grid;
  std::string unit;  // "crimes", "crimes and incidents", "incidents"
  geometry::MultiPolygon outline;
  double area_km2 = 0;
  std::vector<double> counts;     // of each cell, of the type asked for
  std::vector<std::string> lsoa;  // code of the one that most crimes of the cell name; empty where there is none
  std::vector<bool> feasible;     // a crime of any type was recorded in the cell in these months
  Result<GridHot> hot;
  std::vector<std::optional<statistics::HotspotHistory>> history;  // month by month; empty: not told
  std::size_t window = 0, tests = 0;                               // months of the back-test
  std::vector<GridBackTest> back_tests;                            // of kBackTestShares; none for a single month
  std::vector<statistics::Point> points;                           // map points with a crime of the type, in metres
  std::vector<double> weights;                                     // their crimes
  std::int64_t rows = 0, without_position = 0, outside = 0;        // crimes; without one; not near the area
  Extent extent;                                                   // of the crimes
  double expected_together = 0;  // crimes that chance would put into a cell and its neighbours
  std::vector<std::string> notes;
  std::shared_ptr<Densities> densities = std::make_shared<Densities>();
  std::int64_t hot_cells(bool fdr) const;
  std::int64_t cold_cells(bool fdr) const;
  std::int64_t crimes_in_hot_cells(bool fdr) const;
  std::int64_t on_grid() const { return rows - without_position - outside; }
};

// The side that is taken unless one is chosen: the smallest from 250 metres on that makes at most 10,000 cells.
int usual_side(double area_km2);
// Sides that make at most kMostGridCells.
std::vector<int> possible_sides(double area_km2);

// `side` 0: the usual one. invalid when months are missing, when no boundary is known, when no crime has a position,
// when a side makes too many cells (with a message for the field cell).
Result<GridStudy> grid_study(const evidence::Snapshot& snapshot, register_::Service& areas, const Question& question,
                             const Found& found, int side);

// Under what a figure's working holds what the notes of a grid say.
inline constexpr const char* kTogetherLabel = "crimes that chance would put into a cell and its neighbours";
inline constexpr const char* kWindowLabel = "months before, by which cells are ranked";
inline constexpr const char* kHeldOutLabel = "months that were held out";
inline constexpr const char* kBandwidthLabel = "bandwidth in whole metres";
inline constexpr const char* kPositionLabel = "crimes without a position";
inline constexpr const char* kOutsideLabel = "crimes at a position outside the boundary";
inline constexpr const char* kAloneLabel = "cells without a neighbour within the area, which have no Gi*";
inline constexpr std::array kHistories = {statistics::HotspotHistory::persistent, statistics::HotspotHistory::fresh,
                                          statistics::HotspotHistory::recurrent, statistics::HotspotHistory::fading};
std::string cells_by_history(statistics::HotspotHistory history);  // "cells that are month by month: persistent"

// The grid as the input of a method, one row for each cell.
Input input_of_grid(const GridStudy& study, const std::string& name);
// One row for each crime that has a position, in metres, as the input of a method. invalid as grid_study, but needs no
// boundary.
Result<Input> input_of_points(const evidence::Snapshot& snapshot, const Found& found, const std::string& name);

struct DensityChoice {
  std::string bandwidth = "scott";  // scott, silverman, robust, or metres
  bool edge = true;                 // corrected
};
// invalid for anything but the three rules and 50 to 20,000 metres.
Status check_bandwidth(const std::string& text);

struct DensityStudy {
  double bandwidth = 0;         // metres
  std::string rule;             // "Scott's rule", "chosen"
  std::vector<double> density;  // of each cell: crimes per square kilometre over the months
  double mean = 0;              // crimes per square kilometre of the cells
};
// invalid when the bandwidth is smaller than a cell, with the sizes that would do.
Result<DensityStudy> density_study(const GridStudy& study, const DensityChoice& choice, unsigned threads = 0);

// The same, kept with the grid. Long work, the first time.
Result<std::shared_ptr<const DensityStudy>> kept_density(const GridStudy& study, const DensityChoice& choice);

// Multiples of the mean density: the same classes for every area and period, and each says something by itself.
inline constexpr std::array kTimesMean = {0.5, 1.0, 2.0, 5.0};
std::size_t density_class(double density, double mean);  // 0 to 4
std::array<std::int64_t, 5> cells_by_density(const DensityStudy& study);
std::string words_of_density(std::size_t density_class);  // "half the mean to the mean"
std::string cells_of_density(std::size_t density_class);  // "cells of half the mean to the mean"

constexpr std::size_t kMostGrids = 48u << 20;  // bytes

// Worked out once per evidence version and kept, as far as there is room. Safe from any thread; what is not kept is
// long work.
class GridStudies {
 public:
  GridStudies(evidence::Service& evidence, register_::Service& areas) : evidence_(&evidence), areas_(&areas) {}
  evidence::Service& evidence() const { return *evidence_; }
  std::size_t bytes_kept() const { return kept_.bytes(); }
  Result<std::shared_ptr<const GridStudy>> study(const evidence::Snapshot& snapshot, const Question& question,
                                                 const Found& found, int side);
  // The same for a density: where no side is asked for and the usual cell is wider than the bandwidth, the largest that
  // is not, so far as there is one.
  Result<std::shared_ptr<const GridStudy>> for_density(const evidence::Snapshot& snapshot, const Question& question,
                                                       const Found& found, int side, const DensityChoice& choice);

 private:
  evidence::Service* evidence_;
  register_::Service* areas_;
  Kept<GridStudy> kept_{kMostGrids};
};

}  // namespace tithing::analysis
