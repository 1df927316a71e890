#include <algorithm>

#include "base/text.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/signals.h"
#include "statistics/seasonal.h"

namespace tithing::analysis {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Quantity;
using figures::Registry;
using figures::Unit;
using figures::Viewer;

constexpr std::size_t kMonthsForSeason = 24;
constexpr std::size_t kChartSimulations = 999;

std::string with_signal(const SignalSeries& series, const statistics::Xmr& chart, Month first) {
  std::vector<std::string> said;
  for (std::size_t i = 0; i < chart.points.size(); ++i)
    if (chart.points[i].signal != statistics::XmrSignal::none)
      said.push_back(first.plus(static_cast<int>(i)).text() + " (" + std::string(words(chart.points[i].signal)) + ")");
  std::string text = said.empty() ? "No month carries a signal." : "Months that carry a signal: " + joined(said, ", ") + ".";
  return text + (series.adjusted ? " The season (STL) was taken off first."
                                 : " The series is as it was recorded: crime has seasons, so a signal is a question.");
}

// Both kinds: what is measured differs, what it rests on does not.
Result<Figure> of_signals(const Registry& registry, const Parameters& parameters, const Viewer& viewer, Detail detail,
                          bool by_chance) {
  const std::string unit = by_chance ? "months with a signal that chance alone would give" : "months with a signal";
  const std::string name = parameters.get("two-of-three");
  const auto rule =
      name.empty() ? std::optional(statistics::TwoOfThree::since_november_2023) : statistics::two_of_three_named(name);
  if (!rule)
    return invalid("The rule of two of three is since-november-2023 or before-november-2023.",
                   {{"two-of-three", "Write since-november-2023 or before-november-2023."}});
  const auto period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!period) return pass_on(period);
  auto series = signal_series(registry, parameters, viewer, detail);
  if (!series) return pass_on(series);
  Figure figure;
  figure.as_at = series->as_at;
  figure.evidence_version = series->evidence_version;
  figure.coverage = series->coverage;
  const auto options = signal_options(*rule);
  const bool any = std::any_of(series->charted.begin(), series->charted.end(), [](const auto& v) { return v.has_value(); });
  if (series->withheld) {
    figure.quantity = Quantity::suppressed(unit);
  } else if (!any) {
    figure.quantity = Quantity::unknown(Unit::count, unit, "No month is known.");
  } else {
    const auto chart = statistics::xmr(series->charted, options);
    if (!chart) return pass_on(chart);
    if (!chart->can_tell()) {
      figure.quantity = Quantity::unknown(
          Unit::count, unit, "Nothing can be said: limits need at least two months in a row.");
    } else {
      const auto chance = statistics::charts_chance({series->charted}, options, kChartSimulations, 1);
      if (!chance) return pass_on(chance);
      const auto& one = chance->charts.front();
      figure.quantity = by_chance ? Quantity::real(one.expected_signals, Unit::score, unit, 1)
                                  : Quantity::count(static_cast<std::int64_t>(one.signals), unit);
      figure.working.in_words =
          by_chance ? "The mean over " + grouped(static_cast<std::int64_t>(kChartSimulations)) +
                          " charts of as many months without any pattern, by the same rules; this chart carries " +
                          std::to_string(one.signals) + "."
                    : with_signal(*series, *chart, period->from);
      if (chart->groups.front().trial) figure.working.caveats.push_back("Trial limits: fewer than twelve months.");
      given(figure, "m", "mean", fixed(chart->groups.front().mean, 4));
      given(figure, "R", "mean moving range", fixed(chart->groups.front().mean_moving_range, 4));
      if (chart->groups.front().screened > 0)
        given(figure, "s", "moving ranges left out",
              grouped(static_cast<std::int64_t>(chart->groups.front().screened)));
      given(figure, "e", "signals that chance alone would give (999 simulated charts, seed 1)",
            fixed(one.expected_signals, 2));
    }
  }
  if (detail == Detail::value) return figure;
  figure.working.title = std::string(by_chance ? "Signals by chance" : "Signals of a control chart") + ": " +
                         (series->inputs.empty() || series->inputs.front().figure == nullptr
                              ? parameters.get("area")
                              : series->inputs.front().figure->working.title) +
                         " and the months to " + period->to.text();
  figure.working.formula = "lower limit " + statistics::limit_formula(options, false) + "; upper limit " +
                           statistics::limit_formula(options, true);
  figure.working.inputs.insert(figure.working.inputs.end(), series->inputs.begin(), series->inputs.end());
  figure.working.rounding = by_chance ? "Shown to one decimal; held unrounded." : "None: a count.";
  figure.working.caveats.push_back(
      "A signal is a month outside the limits, one of seven in a row that rise or fall, one of seven in a row on one side "
      "of the mean, or one of two in three near a limit. " +
      std::string(statistics::rule_text(*rule)));
  figure.working.caveats.push_back("Wheeler (2000); NHS England, Making data count.");
  return figure;
}

}  // namespace

statistics::XmrOptions signal_options(statistics::TwoOfThree rule) {
  statistics::XmrOptions options;
  options.natural_floor = true;
  options.two_of_three = rule;
  return options;
}

Result<SignalSeries> signal_series(const Registry& registry, const Parameters& asked, const Viewer& viewer,
                                   Detail detail) {
  const auto period = Period::parse(asked.get("from"), asked.get("to"));
  if (!period) return pass_on(period);
  if (period->months() > 240) return invalid("Choose at most 240 months.", {{"to", "Choose at most 240 months."}});
  SignalSeries out;
  for (Month month = period->from; month <= period->to; month = month.plus(1)) {
    auto count = registry.ask(crimes_address(asked, asked.get("area"), month.iso(), month.iso()), viewer, detail);
    if (!count) return pass_on(count);
    Figure held;
    inherit(held, *count);
    out.as_at = held.as_at;
    out.evidence_version = held.evidence_version;
    out.coverage.expected += held.coverage.expected;
    out.coverage.present += held.coverage.present;
    for (const auto& [from, to] : {std::pair{&held.coverage.missing, &out.coverage.missing},
                                   std::pair{&held.coverage.suspect, &out.coverage.suspect}})
      to->insert(to->end(), from->begin(), from->end());
    out.withheld = out.withheld || count->quantity.state() == Quantity::State::suppressed;
    const bool whole = count->quantity.known() && !count->quantity.partial;
    out.values.push_back(whole ? std::optional(count->quantity.number()) : std::nullopt);
    if (detail == Detail::working)
      out.inputs.push_back({"", "crimes, " + month.text(), shared(std::move(*count)), std::nullopt, ""});
  }
  out.charted = out.values;
  if (out.values.size() < kMonthsForSeason) return out;
  std::vector<double> whole;
  for (const auto& value : out.values) {
    if (!value) return out;
    whole.push_back(*value);
  }
  if (const auto parts = statistics::stl(whole)) {
    out.adjusted = true;
    out.charted.assign(parts->adjusted.begin(), parts->adjusted.end());
  }
  return out;
}

void add_signal_kinds(figures::Registry& registry) {
  Registry* const r = &registry;
  auto parameters = usual_parameters();
  parameters.push_back({"two-of-three", "text", false,
                        "since-november-2023 or before-november-2023: whether points outside a limit count; since unless given",
                        "before-november-2023"});
  registry.add({"signals", "Signals of a control chart",
                "How many months of an area's crimes carry a signal: more than the usual variation (XmR).", parameters,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) {
                  return of_signals(*r, given_parameters, viewer, detail, false);
                },
                {}});
  registry.add({"signals-by-chance", "Signals by chance",
                "How many months of a control chart as long would carry a signal by chance alone.", parameters,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) {
                  return of_signals(*r, given_parameters, viewer, detail, true);
                },
                {}});
}

}  // namespace tithing::analysis
