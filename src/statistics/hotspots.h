// Did the hot spots of before hold the crime of after? Accuracy of a hot-spot map on held-out months, and its
// stability.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tithing::statistics {

// Cells (or LSOAs, or street segments) with what a map said of them and what came after.
struct HotspotInput {
  std::vector<double> score;    // from the earlier months: a count, a density, a z-score; the highest are chosen first
  std::vector<double> size;     // area, or length of street; above zero
  std::vector<double> earlier;  // events in the months the score was made from; may be empty: then no recapture index
  std::vector<double> later;    // events in the held-out months
  // Where crime can be recorded at all (not the sea, a reservoir, a moor); empty: everywhere. White, Hunt & Green
  // (2023) call the index that leaves out the rest PEI*.
  std::vector<bool> feasible;
};

struct HotspotAccuracy {
  std::vector<std::size_t> chosen;  // cells, highest score first
  double area_share = 0;            // of the feasible size that they cover: a / A
  double hit_rate = 0;              // share of the later events in them: n / N
  double accuracy_index = 0;        // PAI = (n/N) / (a/A), Chainey, Tompson & Uhlig (2008): 1 is no better than chance
  double best_index = 0;            // the highest PAI that any choice of the same size could have had
  double efficiency_index = 0;      // PEI = PAI / best (PEI* with `feasible`), Hunt (2016): 1 is perfect
  // RRI = (n later / n earlier) / (N later / N earlier), Levine (2008); empty when the chosen held no event before.
  std::optional<double> recapture_index;
};

// Chooses cells by falling score (ties by position) while they cover at most `area_share` of the feasible size; the
// first is always chosen. Invalid: sizes that differ, values that are not numbers, a size not above zero, negative
// events, no later event in a feasible cell, a share outside (0, 1).
Result<HotspotAccuracy> hotspot_accuracy(const HotspotInput& input, double area_share);

// The plain rule "where it was, it will be": for each of the last `tests` periods, cells are scored by their events in
// the `window` periods before it. Periods without events are left out. counts[cell][period]. Invalid as above, and when
// there are fewer than window + tests periods.
struct HotspotBackTest {
  std::size_t tested = 0;                                         // periods
  double hit_rate = 0, accuracy_index = 0, efficiency_index = 0;  // means over the periods
  std::optional<double> recapture_index;
  double overlap = 0;  // mean Jaccard overlap of the cells chosen in periods that follow each other; 1 when only one
};
Result<HotspotBackTest> hotspot_back_test(const std::vector<std::vector<double>>& counts,
                                          const std::vector<double>& size, double area_share, std::size_t window,
                                          std::size_t tests, const std::vector<bool>& feasible = {});

enum class HotspotHistory {
  never,       // in no period
  fresh,       // in the last period, or the recent ones, and never before
  persistent,  // now, and in at least four fifths of all periods
  recurrent,   // now, and before, but not that often
  fading,      // before, and not now
};

// hot[cell][period] says where a period's test called a cell a hot spot. "Now" is any of the last `recent` periods.
// Invalid: no cell, periods that differ between cells, recent not in [1, periods).
Result<std::vector<HotspotHistory>> hotspot_histories(const std::vector<std::vector<bool>>& hot,
                                                      std::size_t recent = 1);

// "in no month by itself" (a place may be hot over all of them together), "new", "persistent", "comes and goes",
// "fading".
std::string_view words(HotspotHistory history);

}  // namespace tithing::statistics
