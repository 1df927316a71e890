// Many control charts on one page: what they are worth together.
#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "charts/multiples.h"
#include "figures/desk/cells.h"
#include "slices/analysis/pages_parts.h"
#include "slices/analysis/signals.h"

namespace tithing::analysis {
namespace {

using exports::ColumnKind;
using exports::Table;
using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;
using web::Context;

struct Chart {
  std::string slug, name;
  SignalSeries series;
  std::string why;  // there is no series
};

// Of the months that the series page shows: seasons need years.
Period charted_period(const View& view) {
  Period period{std::min(view.found.available.from, view.found.period.from), view.found.period.to};
  if (period.months() > 240) period.from = period.to.plus(-239);
  return period;
}

struct Charts {
  Period period;
  std::vector<Chart> all;
  statistics::ChartsChance chance;  // in the order of `all`
  std::vector<std::size_t> order;   // the clearest first
};

Result<Charts> charts_of(const figures::Registry& registry, const View& view) {
  Charts out;
  out.period = charted_period(view);
  std::vector<std::vector<std::optional<double>>> charted;
  for (const evidence::CrimeType& type : view.snapshot->crime_types()) {
    Chart chart{type.slug, type.name, {}, ""};
    const auto address =
        view.figure("crimes", {{"type", type.slug}, {"from", out.period.from.iso()}, {"to", out.period.to.iso()}});
    auto series = signal_series(registry, address.parameters, view.viewer, Detail::value);
    if (!series)
      chart.why = series.error().message;
    else if (series->withheld)
      chart.why = "Some months hold fewer than 5 crimes and are withheld.";
    else
      chart.series = std::move(*series);
    charted.push_back(chart.series.charted);
    out.all.push_back(std::move(chart));
  }
  if (out.all.empty()) return invalid("No crime type has been imported.");
  auto chance = statistics::charts_chance(charted, signal_options(view.two_of_three));
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

Table table_of(const figures::Registry& registry, const View& view, const Charts& charts) {
  Table table{.id = "signals",
              .title = "Control charts of crime types in " + view.found.area->name + ", " + charts.period.text()};
  table.columns = {{"type", "Crime type", ColumnKind::text, "", true},
                   {"signals", "Months with a signal", ColumnKind::integer, "", true},
                   {"chance", "By chance alone", ColumnKind::decimal, "months", true},
                   {"p", "p", ColumnKind::decimal, "of this chart", true},
                   {"corrected", "Corrected p", ColumnKind::decimal, "over all charts", true},
                   {"stands", "Stands out", ColumnKind::text, "", true}};
  std::vector<std::string> left_out;
  for (const std::size_t i : charts.order) {
    const Chart& chart = charts.all[i];
    const auto& one = charts.chance.charts[i];
    if (!chart.why.empty()) {
      left_out.push_back(chart.name + ": " + chart.why);
      continue;
    }
    const auto figure = [&](const char* kind) {
      return registry.ask(view.figure(kind, {{"type", chart.slug},
                                             {"from", charts.period.from.iso()},
                                             {"to", charts.period.to.iso()},
                                             {"two-of-three",
                                              view.two_of_three == statistics::TwoOfThree::since_november_2023
                                                  ? std::string()
                                                  : std::string(statistics::name_of(view.two_of_three))}}),
                          view.viewer, Detail::value);
    };
    const std::string why = "Too few months in a row for limits.";
    table.rows.push_back({exports::text_cell(chart.name), figures::cell_of(figure("signals")),
                          figures::cell_of(figure("signals-by-chance")), p_cell(one.p, why), p_cell(one.corrected_p, why),
                          exports::text_cell(!one.corrected_p           ? "not told"
                                             : *one.corrected_p <= 0.05 ? "yes"
                                                                        : "no")});
  }
  table.notes = {
      "Each chart keeps its rules. p: how often a chart of as many months without any pattern carries as many signals, or "
      "has a month as far out (999 simulated charts, seed 1). Corrected p: the false discovery rate over all charts here "
      "(Benjamini & Hochberg 1995); 0.05 or less stands out.",
      statistics::limits_in_words(signal_options(view.two_of_three)),
      std::string(statistics::rule_text(view.two_of_three))};
  if (std::any_of(charts.all.begin(), charts.all.end(), [](const Chart& chart) { return chart.series.adjusted; }))
    table.notes.push_back("The season (STL) was taken off where there are 24 months or more without a gap.");
  for (const std::string& one : left_out) table.notes.push_back(one);
  table.sources = sources_of(charts.period);
  return table;
}

}  // namespace

Result<Table> signals_table(const figures::Registry& registry, const View& view) {
  const auto charts = charts_of(registry, view);
  if (!charts) return pass_on(charts);
  return table_of(registry, view, *charts);
}

void two_of_three_select(Writer& writer, const View& view) {
  govuk::SelectParams rule{.id = "two-of-three", .name = "two-of-three"};
  rule.label = {.text = tr("Two of three near a limit")};
  const bool since = view.two_of_three == statistics::TwoOfThree::since_november_2023;
  rule.items = {{.value = "since-november-2023", .text = tr("as since November 2023"), .selected = since},
                {.value = "before-november-2023", .text = tr("as before November 2023"), .selected = !since}};
  render(writer, rule);
}

Markup signals_section(Wiring& wiring, const View& view, const Context& context) {
  Writer writer(context.language);
  const auto charts = charts_of(wiring.figures, view);
  if (!charts) return writer.element("p", charts.error().message).take();
  std::vector<std::string> stand_out;
  for (const std::size_t i : charts->order)
    if (charts->chance.charts[i].corrected_p.value_or(1) <= 0.05) stand_out.push_back(charts->all[i].name);
  writer.element("p", {{"class", "govuk-body-l"}},
                 stand_out.empty() ? tr("No chart stands out when all are asked together.")
                                   : tr("These stand out when all are asked together: {0}.", {joined(stand_out, ", ")}));
  writer.element("p", tr("The charts carry {0} signals between them; chance alone would give about {1}.",
                         {std::to_string(charts->chance.signals), fixed(charts->chance.expected_signals, 1)}));
  writer.open("form", {{"method", "get"}, {"action", Url::parse(context.request->path)}, {"class", "tithing-filters"}});
  if (!view.as_at_text.empty())
    writer.void_element("input", {{"type", "hidden"}, {"name", "as-at"}, {"value", view.as_at_text}});
  month_select(writer, "to", tr("Months up to"), view, view.found.period.to);
  two_of_three_select(writer, view);
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  writer.put(section(table_of(wiring.figures, view, *charts), "signals", view, context));
  std::vector<charts::Panel> panels;
  for (const std::size_t i : charts->order) {
    const Chart& chart = charts->all[i];
    charts::Series drawn{.unit = "crimes a month", .missing_words = "not submitted"};
    Month month = charts->period.from;
    for (const auto& value : chart.series.charted) {
      drawn.points.push_back({.month = month, .value = value});
      month = month.plus(1);
    }
    if (drawn.points.empty()) continue;
    drawn.decimals = chart.series.adjusted ? 1 : 0;
    if (const auto xmr = statistics::xmr(chart.series.charted, signal_options(view.two_of_three)))
      drawn = charts::with_control_limits(std::move(drawn), *xmr);
    auto query = view.query();
    std::erase_if(query, [](const auto& pair) { return pair.first == "type"; });
    query.emplace_back("type", chart.slug);
    panels.push_back({chart.name, Url::path("/areas/{}/analysis/series", {view.found.area->code}, query), std::move(drawn)});
  }
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Every chart, the clearest first"));
  writer.put(charts::small_multiples(
      panels, {.id = "signals-charts",
               .title = "Crimes by month in " + view.found.area->name + ", " + charts->period.text(),
               .language = context.language}));
  return writer.take();
}

}  // namespace tithing::analysis
