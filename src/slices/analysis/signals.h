// Control charts of many crime types at once: which carry signals, how many chance alone would give, and which stand out
// when all are asked together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "figures/registry.h"
#include "statistics/chart_chance.h"

namespace tithing::analysis {

// The months of one crime type as a control chart takes them.
struct SignalSeries {
  std::vector<std::optional<double>> values;  // as recorded; empty where a month is missing
  std::vector<std::optional<double>> charted; // less the season where `adjusted`
  bool adjusted = false;                      // 24 months or more, none missing
  bool withheld = false;                      // a month holds fewer than 5 and may not be seen
  std::vector<figures::Input> inputs;         // the months, as figures
  figures::Coverage coverage;
  std::string as_at, evidence_version;
};
// `asked`: area, from, to, and type and as-at where they are given. Errors as those of the figure crimes.
Result<SignalSeries> signal_series(const figures::Registry& registry, const figures::Parameters& asked,
                                   const figures::Viewer& viewer, figures::Detail detail);

// Limits do not go below zero; the rule of two of three as named, or the usual one.
statistics::XmrOptions signal_options(statistics::TwoOfThree rule);

// The kinds `signals` (months of a chart that carry one) and `signals-by-chance` (how many chance would give it).
void add_signal_kinds(figures::Registry& registry);

}  // namespace tithing::analysis
