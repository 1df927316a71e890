// On a page of many control charts some carry a signal by chance alone: how many, and which carry more than that?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "statistics/xmr.h"

namespace tithing::statistics {

struct ChartChance {
  std::size_t signals = 0;      // points that carry one
  double expected_signals = 0;  // points that would, of normal numbers without any pattern
  // Of as many normal numbers, missing where these are: the share of simulated charts that carry as many signals, or
  // have a point as many moving ranges away from the mean, whichever is the rarer, doubled. Empty where there are no
  // limits.
  std::optional<double> p;
  std::optional<double> corrected_p;  // Benjamini & Hochberg over all charts that have a p
};

struct ChartsChance {
  std::vector<ChartChance> charts;
  std::size_t signals = 0;
  double expected_signals = 0;
};

// The rules of each chart stay as they are: this says what many of them are worth together. invalid: no series, 99 to
// 9,999 simulations, or what xmr() refuses in `options`. A series without any value has no p.
Result<ChartsChance> charts_chance(const std::vector<std::vector<std::optional<double>>>& series,
                                   const XmrOptions& options = {}, std::size_t simulations = 999,
                                   std::uint64_t seed = 1);

}  // namespace tithing::statistics
