#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/signals.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/extent.h"
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
constexpr double kStandsOut = 0.05;

std::string with_signal(const SignalSeries& series, const statistics::Xmr& chart, Month first) {
  std::vector<std::string> said;
  for (std::size_t i = 0; i < chart.points.size(); ++i)
    if (chart.points[i].signal != statistics::XmrSignal::none)
      said.push_back(first.plus(static_cast<int>(i)).text() + " (" + std::string(words(chart.points[i].signal)) + ")");
  std::string text =
      said.empty() ? "No month carries a signal." : "Months that carry a signal: " + joined(said, ", ") + ".";
  return text + (series.adjusted ? " The season (STL) was taken off first."
                                 : " The series is as it was recorded: crime has seasons, so a signal is a question.");
}

// "Burglary in City of York, January to November 2022", from the title of the first month.
std::string title_over(const SignalSeries& series, Period period, const std::string& area) {
  if (series.inputs.empty() || series.inputs.front().figure == nullptr) return area + ", " + period.text();
  std::string title = series.inputs.front().figure->working.title;
  if (const auto at = title.rfind(period.from.text()); at != std::string::npos)
    return title.replace(at, period.from.text().size(), period.text());
  return title + ", " + period.text();
}

// Both kinds: what is measured differs, what it rests on does not.
Result<Figure> of_signals(const Registry& registry, const Parameters& parameters, const Viewer& viewer, Detail detail,
                          bool by_chance) {
  const std::string unit = by_chance ? "months with a signal that chance alone would give" : "months with a signal";
  const std::string name = parameters.get("two-of-three");
  const auto rule =
      name.empty() ? std::optional(statistics::TwoOfThree::since_november_2023) : statistics::two_of_three_named(name);
  if (!rule)
    return invalid(tr("The rule of two of three is since-november-2023 or before-november-2023."),
                   {{"two-of-three", tr("Write since-november-2023 or before-november-2023.")}});
  const auto period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!period) return pass_on(period);
  auto series = signal_series(registry, parameters, viewer, detail);
  if (!series) return pass_on(series);
  Figure figure;
  figure.as_at = series->as_at;
  figure.evidence_version = series->evidence_version;
  figure.coverage = series->coverage;
  const auto options = signal_options(*rule);
  const bool any =
      std::any_of(series->charted.begin(), series->charted.end(), [](const auto& v) { return v.has_value(); });
  if (series->withheld) {
    figure.quantity = Quantity::suppressed(unit);
  } else if (!series->why.empty()) {
    figure.quantity = Quantity::unknown(Unit::count, unit, series->why);
  } else if (!any) {
    figure.quantity = Quantity::unknown(Unit::count, unit, "No month is known.");
  } else {
    const auto chart = statistics::xmr(series->charted, options);
    if (!chart) return pass_on(chart);
    if (!chart->can_tell()) {
      figure.quantity =
          Quantity::unknown(Unit::count, unit, "Nothing can be said: " + chart->why_nothing(options.least) + ".");
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
  given_months(figure);
  figure.working.title = std::string(by_chance ? "Signals by chance" : "Signals of a control chart") + ": " +
                         title_over(*series, *period, parameters.get("area"));
  figure.working.formula = "lower limit " + statistics::limit_formula(options, false) + "; upper limit " +
                           statistics::limit_formula(options, true);
  figure.working.inputs.insert(figure.working.inputs.end(), series->inputs.begin(), series->inputs.end());
  figure.working.rounding = by_chance ? "Shown to one decimal; held unrounded." : "None: a count.";
  figure.working.caveats.push_back(
      "A signal is a month outside the limits, one of seven in a row that rise or fall, one of seven in a row on one "
      "side "
      "of the mean, or one of two in three near a limit. " +
      std::string(statistics::rule_text(*rule)));
  figure.working.caveats.push_back("Wheeler (2000); NHS England, Making data count.");
  return figure;
}

Result<Figure> together(const Registry& registry, const evidence::Snapshot& snapshot, const Parameters& parameters,
                        const Viewer& viewer, Detail detail) {
  const std::string unit = "months with a signal, over all charts";
  const std::string name = parameters.get("two-of-three");
  const auto rule =
      name.empty() ? std::optional(statistics::TwoOfThree::since_november_2023) : statistics::two_of_three_named(name);
  if (!rule)
    return invalid(tr("The rule of two of three is since-november-2023 or before-november-2023."),
                   {{"two-of-three", tr("Write since-november-2023 or before-november-2023.")}});
  const auto charts = signal_charts(registry, snapshot.crime_types(), parameters, viewer, *rule);
  if (!charts) return pass_on(charts);
  const auto* area = snapshot.areas().find(parameters.get("area"));
  Figure figure;
  const bool any = std::any_of(charts->chance.charts.begin(), charts->chance.charts.end(),
                               [](const statistics::ChartChance& chart) { return chart.p.has_value(); });
  figure.quantity = any ? Quantity::count(static_cast<std::int64_t>(charts->chance.signals), unit)
                        : Quantity::unknown(Unit::count, unit,
                                            "Nothing can be said: no crime type has a chart with limits (" +
                                                std::to_string(statistics::kLeastForLimits) +
                                                " months or more, some of them in a row and not all alike).");
  std::vector<std::string> stand_out;
  for (const SignalChart& chart : charts->all) {
    figure.as_at = chart.series.as_at.empty() ? figure.as_at : chart.series.as_at;
    figure.evidence_version =
        chart.series.evidence_version.empty() ? figure.evidence_version : chart.series.evidence_version;
    figures::add(figure.coverage, chart.series.coverage);
  }
  for (const std::size_t i : charts->order)
    if (charts->chance.charts[i].corrected_p.value_or(1) <= kStandsOut) stand_out.push_back(charts->all[i].name);
  figure.working.in_words = !any ? ""
                            : stand_out.empty()
                                ? "No chart stands out when all are asked together."
                                : "These stand out when all are asked together: " + joined(stand_out, ", ") + ".";
  if (detail == Detail::value) return figure;
  given_months(figure);
  figure.working.title =
      "Control charts of every crime type: " + (area == nullptr ? parameters.get("area") : area->name);
  figure.working.formula = "sum of the months with a signal over all charts";
  using figures::Input;
  figure.working.inputs.push_back(Input::of("e", "signals that chance alone would give, over all charts",
                                            fixed(charts->chance.expected_signals, 1), figures::WorkedOut{}));
  for (std::size_t i = 0; i < charts->all.size(); ++i) {
    const SignalChart& chart = charts->all[i];
    const auto& one = charts->chance.charts[i];
    Parameters of_type = parameters;
    of_type.values["type"] = chart.slug;
    auto signals = registry.ask({"signals", of_type}, viewer, detail);
    if (!signals) return signals;
    figure.working.inputs.push_back(Input::of("", "months with a signal, " + chart.name, std::move(*signals)));
    const auto add = [&](const std::string& label, const std::optional<double>& p) {
      figure.working.inputs.push_back(p ? Input::of("", label + chart.name, p_shown(*p), figures::WorkedOut{})
                                        : Input::of("", label + chart.name, "not told", figures::Wording{}));
    };
    add("p of this chart, ", one.p);
    add("p corrected over all charts, ", one.corrected_p);
  }
  figure.working.rounding = "None: a count.";
  figure.working.caveats.push_back(
      "p: how often a chart of as many months without any pattern carries as many signals, or has a month as far out "
      "(999 "
      "simulated charts, seed 1). Corrected: the false discovery rate over all charts (Benjamini & Hochberg 1995).");
  return figure;
}

}  // namespace

SignalPlaces places_of_type(std::size_t type) {
  // The first input is what chance would give; each type has three after it.
  return {std::to_string(3 * type + 3), std::to_string(3 * type + 4)};
}

Result<SignalCharts> signal_charts(const Registry& registry, std::span<const evidence::CrimeType> types,
                                   const Parameters& asked, const Viewer& viewer, statistics::TwoOfThree rule) {
  SignalCharts out;
  std::vector<std::vector<std::optional<double>>> charted;
  for (const evidence::CrimeType& type : types) {
    SignalChart chart{type.slug, type.name, {}, ""};
    Parameters of_type = asked;
    of_type.values["type"] = type.slug;
    auto series = signal_series(registry, of_type, viewer, Detail::value);
    if (!series)
      chart.why = series.error().message;
    else if (series->withheld) {
      chart.why = "Some months hold fewer than 5 crimes and are withheld.";
      chart.series.coverage = std::move(series->coverage);  // what is said of the months is said all the same
    } else
      chart.series = std::move(*series);
    charted.push_back(chart.series.charted);
    out.all.push_back(std::move(chart));
  }
  if (out.all.empty()) return invalid(tr("No crime type has been imported."));
  auto chance = statistics::charts_chance(charted, signal_options(rule), kChartSimulations, 1);
  if (!chance) return pass_on(chance);
  out.chance = std::move(*chance);
  out.order.resize(out.all.size());
  std::iota(out.order.begin(), out.order.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) {
    const auto& one = out.chance.charts[i];
    return std::pair(one.corrected_p.value_or(2), one.p.value_or(2));
  };
  std::stable_sort(out.order.begin(), out.order.end(), [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return out;
}

statistics::XmrOptions signal_options(statistics::TwoOfThree rule) {
  statistics::XmrOptions options;
  options.natural_floor = true;
  options.least = statistics::kLeastForLimits;
  options.two_of_three = rule;
  return options;
}

Result<SignalSeries> signal_series(const Registry& registry, const Parameters& asked, const Viewer& viewer,
                                   Detail detail) {
  const auto period = Period::parse(asked.get("from"), asked.get("to"));
  if (!period) return pass_on(period);
  if (period->months() > 240)
    return invalid(tr("Choose at most 240 months."), {{"to", tr("Choose at most 240 months.")}});
  SignalSeries out;
  for (Month month = period->from; month <= period->to; month = month.plus(1)) {
    auto count = registry.ask(crimes_address(asked, asked.get("area"), month.iso(), month.iso()), viewer, detail);
    if (!count) return pass_on(count);
    Figure held;
    inherit(held, *count);
    out.as_at = held.as_at;
    out.evidence_version = held.evidence_version;
    figures::add(out.coverage, held.coverage);
    out.withheld = out.withheld || count->quantity.state() == Quantity::State::suppressed;
    const bool whole = count->quantity.known() && !count->quantity.partial;
    out.values.push_back(whole ? std::optional(count->quantity.number()) : std::nullopt);
    if (detail == Detail::working)
      out.inputs.push_back({"", "recorded, " + month.text(), shared(std::move(*count)), std::nullopt, ""});
  }
  // What is said of the months together, such as a category that changed between two of them.
  const auto whole_period = registry.ask(crimes_address(asked, asked.get("area"), period->from.iso(), period->to.iso()),
                                         viewer, Detail::value);
  if (!whole_period) return pass_on(whole_period);
  for (const std::string& note : whole_period->coverage.notes)
    if (std::find(out.coverage.notes.begin(), out.coverage.notes.end(), note) == out.coverage.notes.end())
      out.coverage.notes.push_back(note);
  evidence::join_census_notes(out.coverage, true);
  if (auto why = evidence::no_series_across(asked.get("type"), *period)) {
    out.why = std::move(*why);
    out.charted.resize(out.values.size());
    return out;
  }
  const bool any =
      std::any_of(out.values.begin(), out.values.end(), [](const auto& value) { return value.has_value(); });
  if (auto why = evidence::too_few_months(evidence::which_known(out.values), *period); any && why) {
    out.why = std::move(*why);
    out.charted.resize(out.values.size());
    return out;
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

void add_signal_kinds(figures::Registry& registry, evidence::Service& evidence) {
  Registry* const r = &registry;
  auto parameters = usual_parameters();
  parameters.push_back(
      {"two-of-three", "text", false,
       "since-november-2023 or before-november-2023: whether points outside a limit count; since unless given",
       "before-november-2023"});
  registry.add({"signals",
                "Signals of a control chart",
                "How many months of an area's crimes carry a signal: more than the usual variation (XmR).",
                parameters,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) {
                  return of_signals(*r, given_parameters, viewer, detail, false);
                },
                {}},
               figures::Cost::light);
  registry.add({"signals-by-chance",
                "Signals by chance",
                "How many months of a control chart as long would carry a signal by chance alone.",
                parameters,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) {
                  return of_signals(*r, given_parameters, viewer, detail, true);
                },
                {}},
               figures::Cost::light);
  std::erase_if(parameters, [](const auto& one) { return one.name == "type"; });
  evidence::Service* const known = &evidence;
  registry.add({"signals-together",
                "Signals of every crime type",
                "How many months carry a signal on the control charts of all crime types, and which charts stand out.",
                parameters,
                [=](const Parameters& given_parameters, const Viewer& viewer, Detail detail) {
                  return together(*r, *known->snapshot(), given_parameters, viewer, detail);
                },
                {}},
               figures::Cost::light);
}

}  // namespace tithing::analysis
