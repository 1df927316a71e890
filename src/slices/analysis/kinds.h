#pragma once

#include "figures/registry.h"
#include "slices/analysis/studies.h"

namespace tithing::analysis {

// Adds gini, moran, hot-spot-count, forecast, scan-cluster and displacement. `registry` and `studies` outlive the
// kinds: what a figure rests on is asked for as the figure crimes.
void add_kinds(figures::Registry& registry, Studies& studies);

// Seasons can be told from two whole years on.
constexpr int kLeastMonths = 24;

}  // namespace tithing::analysis
