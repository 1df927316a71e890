// A line of 12 to 36 months, small enough for a column of a table.
#pragma once

#include <optional>
#include <vector>

#include "charts/frame.h"

namespace tithing::charts {

struct Sparkline {
  std::vector<std::optional<double>> values;     // in order of time; an empty one is missing: hatched, never zero
  std::optional<double> lower = {}, upper = {};  // control limits, in grey
  bool from_zero = true;
  int decimals = 0;
};

// With fewer than two different known values a few words stand in its place.
html::Markup sparkline(const Sparkline& sparkline, const Frame& frame);

}  // namespace tithing::charts
