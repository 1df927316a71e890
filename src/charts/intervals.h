// Areas below each other, each with its value as a dot and its interval as a line: what can be told apart, and what
// cannot.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "charts/frame.h"

namespace tithing::charts {

struct IntervalRow {
  std::string label;
  std::optional<double> value = {};           // none: `words` stand in the row
  std::optional<double> low = {}, high = {};  // both or none
  bool highlighted = false;
  std::string words = {};  // "not known", "fewer than 5"
};

struct IntervalChart {
  std::vector<IntervalRow> rows;     // from top to bottom
  std::optional<double> reference;   // a line through all rows
  std::string reference_label = {};  // "all partnerships"
  std::string unit;                  // "crimes per 1,000 people"
  int decimals = 1;
  bool from_zero = true;  // false for ratios and changes; then zero is drawn when it lies in between
};

// Fewer than two known values: a sentence.
html::Markup interval_chart(const IntervalChart& chart, const Frame& frame);

}  // namespace tithing::charts
