// Control charts of many crime types at once: which carry signals, how many chance alone would give, and which stand
// out when all are asked together.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "figures/registry.h"
#include "slices/evidence/evidence.h"
#include "statistics/chart_chance.h"

namespace tithing::analysis {

// The months of one crime type as a control chart takes them.
struct SignalSeries {
  std::vector<std::optional<double>> values;   // as recorded; empty where a month is missing
  std::vector<std::optional<double>> charted;  // less the season where `adjusted`
  bool adjusted = false;                       // 24 months or more, none missing
  bool withheld = false;                       // a month holds fewer than 5 and may not be seen
  std::string
      why;  // they are no one series (the category changed within them), or too few are known: nothing is charted
  std::vector<figures::Input> inputs;  // the months, as figures
  figures::Coverage coverage;
  std::string as_at, evidence_version;
};
// `asked`: area, from, to, and type and as-at where they are given. Errors as those of the figure crimes.
Result<SignalSeries> signal_series(const figures::Registry& registry, const figures::Parameters& asked,
                                   const figures::Viewer& viewer, figures::Detail detail);

// Limits do not go below zero; the rule of two of three as named, or the usual one.
statistics::XmrOptions signal_options(statistics::TwoOfThree rule);

// Every crime type's chart, and what they are worth together.
struct SignalChart {
  std::string slug, name;
  SignalSeries series;
  std::string why;  // there is no series: a sentence
};
struct SignalCharts {
  std::vector<SignalChart> all;     // in the order of the crime types
  statistics::ChartsChance chance;  // in the same
  std::vector<std::size_t> order;   // the clearest first
};
// `asked`: area, from, to, and as-at where it is given. invalid when there is no crime type.
Result<SignalCharts> signal_charts(const figures::Registry& registry, std::span<const evidence::CrimeType> types,
                                   const figures::Parameters& asked, const figures::Viewer& viewer,
                                   statistics::TwoOfThree rule);
// Where signals-together keeps what it says of a crime type, by its place in the list (figures::part_address).
struct SignalPlaces {
  std::string p, corrected_p;
};
SignalPlaces places_of_type(std::size_t type);
// Where it keeps how many signals chance alone would give.
constexpr const char* kChancePlace = "1";

// The kinds `signals` (months of a chart that carry one), `signals-by-chance` (how many chance would give it) and
// `signals-together` (all crime types' charts, with the p of each and the corrected ones in its working).
void add_signal_kinds(figures::Registry& registry, evidence::Service& evidence);

}  // namespace tithing::analysis
