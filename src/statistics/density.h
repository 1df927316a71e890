// Kernel density of points on a grid: events per square unit, with the bandwidth and the edge as open decisions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "statistics/neighbours.h"

namespace tithing::statistics {

enum class Kernel {
  quartic,   // 3/(pi h^2) (1 - (d/h)^2)^2 within h: what crime mapping calls "quartic"
  gaussian,  // standard deviation h, cut off at 6 h
};

// A window of square cells; values are at the centres of cells.
struct DensityGrid {
  double x0 = 0, y0 = 0;  // the lower left corner
  double cell = 1;        // side
  std::size_t columns = 0, rows = 0;
};

enum class EdgeCorrection {
  none,     // density leaks out of the window
  uniform,  // each cell divided by the part of its kernel that lies inside the window (Diggle 1985)
};

struct DensityOptions {
  Kernel kernel = Kernel::quartic;
  double bandwidth = 0;  // in the unit of the coordinates
  EdgeCorrection edge = EdgeCorrection::none;
  unsigned threads = 0;  // 0: all. The answer does not depend on it.
};

struct Density {
  std::vector<double> values;  // by rows, from the lowest; events per square unit
  std::size_t used = 0;        // points inside the window
  std::size_t outside = 0;     // points that were not
  // false: points were first shared between the four nearest cell centres, which changes the density by less than a
  // cell's width would; this is done when there are too many points and cells for every pair.
  bool exact = true;
};

// `weights`: one per point, or none for 1 each; harm weights for instance. `mask`: one per cell, false where nothing
// can be (the sea); masked cells have density 0 and do not count as window for the edge correction; none: all cells.
// Invalid: no point, sizes that differ, values that are not numbers, negative weights, a bandwidth or cell not above
// zero, more than 16,000,000 cells, no cell left by the mask.
Result<Density> density(const std::vector<Point>& points, const DensityGrid& grid, const DensityOptions& options,
                        const std::vector<double>& weights = {}, const std::vector<bool>& mask = {});

enum class BandwidthRule {
  scott,      // normal reference in two dimensions: sigma n^(-1/6), sigma the root mean variance of x and y
  silverman,  // 1.06 min(deviation, interquartile range / 1.34) n^(-1/5), the mean of both axes (R's bandwidth.nrd / 4)
  robust,     // 0.9 min(standard distance, median distance sqrt(1/ln 2)) n^(-1/5), as ArcGIS's default search radius
};

// Invalid: fewer than two different points, coordinates that are not numbers.
Result<double> bandwidth_by(const std::vector<Point>& points, BandwidthRule rule);

// The sentence that a map must carry when points are snapped (as police.uk's are) and the bandwidth, in metres, is so
// small that the map draws the snapping grid; nothing at 200 metres and more.
std::optional<std::string> snap_caveat(double bandwidth_in_metres);

}  // namespace tithing::statistics
