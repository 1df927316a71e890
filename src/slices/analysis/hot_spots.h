// Which LSOAs are hot: Gi* with the exact p that few crimes need, of a period and month by month.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "statistics/neighbours.h"

namespace tithing::analysis {

// Areas with Gi* (queen neighbours) above zero at a false discovery rate of at most `level`. Empty where an area has no
// neighbour.
struct Hot {
  std::vector<std::optional<double>> z, p, false_discovery_rate;  // p: exact, see statistics/local_chance.h
  std::vector<bool> hot, cold;
  std::size_t islands = 0;
  bool can_call = true;  // false: too few crimes to tell, wherever they had been
};
Result<Hot> hot_spots(const std::vector<double>& values, const std::vector<statistics::Polygon>& shapes,
                      double level = 0.05);

// One for each month, [place][month], with one false discovery rate over all months together: asked month by month,
// some month of a year would call an LSOA on every second area without any pattern. A month in which all values are
// equal calls nothing. invalid when no month can be asked.
Result<std::vector<Hot>> hot_spots_by_month(const std::vector<std::vector<double>>& by_month,
                                            const std::vector<statistics::Polygon>& shapes, double level = 0.05);

// The sentence for Hot::can_call and its like.
std::string too_few_to_tell(const std::string& places);
// The formula by which places are called, as a working prints it: Gi*, the exact p, and the false discovery rate that
// calls (without it, p for each place by itself).
std::string calling_formula(bool false_discovery_rate = true);
// How p was had, for notes.
std::string exact_p_words();

}  // namespace tithing::analysis
