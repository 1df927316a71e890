// Seasonal decomposition by loess (STL): series = seasonal + trend + remainder.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"

namespace tithing::statistics {

struct StlOptions {
  std::size_t period = 12;        // observations in a year
  std::size_t seasonal_span = 0;  // of the seasonal loess, odd, at least 3; 0: periodic, the same every year
  int seasonal_degree = 0;        // 0 or 1
  std::size_t trend_span = 0;     // odd; 0: the usual ceil(1.5 period / (1 - 1.5 / seasonal span)), made odd
  int trend_degree = 1;
  std::size_t low_pass_span = 0;  // odd; 0: the next odd number from the period
  int low_pass_degree = 1;
  std::size_t seasonal_jump =
      0;  // loess is computed at every jump-th place and joined by lines; 0: a tenth of the span
  std::size_t trend_jump = 0;
  std::size_t low_pass_jump = 0;
  bool robust = false;  // weigh down months that fit badly
  int inner = 0;        // 0: two, or one when robust
  int outer = -1;       // -1: none, or 15 when robust
};

struct Decomposition {
  std::vector<double> seasonal, trend, remainder;
  std::vector<double> weights;   // robustness weights of the last pass, 1 when not robust
  std::vector<double> adjusted;  // series less seasonal: what a control chart should be drawn of
  // Wang, Smith & Hyndman (2006): 0 none, 1 all of the variation beside the other part; empty for a constant series.
  std::optional<double> seasonal_strength, trend_strength;
};

// Cleveland, Cleveland, McRae & Terpenning (1990), "STL: a seasonal-trend decomposition procedure based on loess", J.
// Official Statistics 6:3-73; the defaults of R's stats::stl (s.window = "periodic"). Invalid: a period below 2, fewer
// than two whole periods, values that are not numbers, even or small spans. A missing month must be filled or the
// series cut before: the method has no place for gaps.
Result<Decomposition> stl(const std::vector<double>& series, const StlOptions& options = {});

}  // namespace tithing::statistics
