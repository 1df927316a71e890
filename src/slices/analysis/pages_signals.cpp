// Many control charts on one page: what they are worth together.
#include <algorithm>

#include "base/marked.h"
#include "base/text.h"
#include "base/translation.h"
#include "charts/multiples.h"
#include "desks/figures/cells.h"
#include "figures/numbers.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/pages_parts.h"
#include "slices/analysis/signals.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"

namespace tithing::analysis {
namespace {

using exports::ColumnKind;
using exports::Table;
using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;
using web::Context;

struct Charts : SignalCharts {
  Period period;
  figures::Address address;  // of signals-together
};

Result<Charts> charts_of(const figures::Registry& registry, const View& view) {
  Charts out;
  out.period = view.found.period;  // of for_page(view, "signals")
  const bool since = view.two_of_three == statistics::TwoOfThree::since_november_2023;
  out.address = view.figure("signals-together",
                            {{"type", ""},
                             {"from", out.period.from.iso()},
                             {"to", out.period.to.iso()},
                             {"two-of-three", since ? "" : std::string(statistics::name_of(view.two_of_three))}});
  auto charts =
      signal_charts(registry, view.snapshot->crime_types(), out.address.parameters, view.viewer, view.two_of_three);
  if (!charts) return pass_on(charts);
  static_cast<SignalCharts&>(out) = std::move(*charts);
  return out;
}

// The p of a chart, kept in the working of signals-together.
exports::Cell explained_p(const std::optional<double>& p, const figures::Address& address, const std::string& place,
                          const std::string& why) {
  return explained_in(p_cell(p, why.empty() ? "Too few months in a row for limits." : why),
                      p ? std::optional(address) : std::nullopt, place);
}

Table table_of(const figures::Registry& registry, const View& view, const Charts& charts) {
  Table table{.id = "signals",
              .title = tr("Control charts of crime types in {0}, {1}", {view.found.area->name, charts.period.text()})};
  table.columns = {{"type", tr("Crime type"), ColumnKind::text, {}, true},
                   {"signals", tr("Months with a signal"), ColumnKind::integer, {}, true},
                   {"chance", tr("By chance alone"), ColumnKind::decimal, tr("months"), true},
                   {"p", tr("p"), ColumnKind::decimal, tr("of this chart"), true},
                   {"corrected", tr("Corrected p"), ColumnKind::decimal, tr("over all charts"), true},
                   {"stands", tr("Stands out"), ColumnKind::text, {}, true}};
  std::vector<std::string> left_out, slugs;
  for (const std::size_t i : charts.order) {
    const SignalChart& chart = charts.all[i];
    const auto& one = charts.chance.charts[i];
    const SignalPlaces places = places_of_type(i);
    if (!chart.why.empty()) {
      left_out.push_back(chart.name + ": " + chart.why);
      continue;
    }
    slugs.push_back(chart.slug);
    const auto figure = [&](const char* kind) {
      return registry.ask(
          view.figure(kind, {{"type", chart.slug},
                             {"from", charts.period.from.iso()},
                             {"to", charts.period.to.iso()},
                             {"two-of-three", view.two_of_three == statistics::TwoOfThree::since_november_2023
                                                  ? std::string()
                                                  : std::string(statistics::name_of(view.two_of_three))}}),
          view.viewer, Detail::value);
    };
    table.rows.push_back({exports::text_cell(chart.name), figures::cell_of(figure("signals")),
                          figures::cell_of(figure("signals-by-chance")),
                          explained_p(one.p, charts.address, places.p, chart.series.why),
                          explained_p(one.corrected_p, charts.address, places.corrected_p, chart.series.why),
                          exports::text_cell(!one.corrected_p           ? tr("not told")
                                             : *one.corrected_p <= 0.05 ? tr("yes")
                                                                        : tr("no"))});
  }
  table.notes = {
      marked("Each chart keeps its rules. p: how often a chart of as many months without any pattern carries as many "
             "signals, or "
             "has a month as far out (999 simulated charts, seed 1). Corrected p: the false discovery rate over all "
             "charts here "
             "(Benjamini & Hochberg 1995); 0.05 or less stands out.",
             {as_setting("999 simulated charts, seed 1"), as_name("Benjamini & Hochberg 1995"), as_setting("0.05")}),
      statistics::limits_words(signal_options(view.two_of_three)), statistics::rule_words(view.two_of_three)};
  if (std::any_of(charts.all.begin(), charts.all.end(), [](const SignalChart& chart) { return chart.series.adjusted; }))
    table.notes.push_back(marked("The season (STL) was taken off where there are 24 months or more without a gap.",
                                 {as_setting("24 months")}));
  // How small a count is withheld is a rule, not a count.
  for (const std::string& one : left_out)
    table.notes.push_back(marked(one, {as_setting("fewer than " + std::to_string(figures::kSmallNumber))}));
  evidence::carry_categories(table, slugs, charts.period);
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
  const auto together = wiring.figures.ask(charts->address, view.viewer, Detail::value);
  if (!together || !together->quantity.known()) {
    // Where nothing can be said, it is not said either that nothing stands out.
    writer.element("p", {{"class", "govuk-body-l"}}, together ? together->quantity.reason() : together.error().message);
  } else {
    writer.element("p", {{"class", "govuk-body-l"}},
                   stand_out.empty()
                       ? tr("No chart stands out when all are asked together.")
                       : tr("These stand out when all are asked together: {0}.", {joined(stand_out, ", ")}));
    writer.element(
        "p", tr("The charts carry {0} signals between them; chance alone would give about {1}.",
                {figures::number(*together),
                 figures::number_part(charts->address, kChancePlace, fixed(charts->chance.expected_signals, 1))}));
  }
  writer.open("form", {{"method", "get"}, {"action", Url::parse(context.request->path)}, {"class", "tithing-filters"}});
  if (!view.as_at_text.empty())
    writer.void_element("input", {{"type", "hidden"}, {"name", "as-at"}, {"value", view.as_at_text}});
  writer.void_element("input", {{"type", "hidden"}, {"name", "type"}, {"value", view.question.type}});
  month_select(writer, "from", tr("From"), view, view.found.period.from);
  month_select(writer, "to", tr("To"), view, view.found.period.to);
  two_of_three_select(writer, view);
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  writer.put(section(table_of(wiring.figures, view, *charts), "signals", view, context));
  std::vector<charts::Panel> panels;
  for (const std::size_t i : charts->order) {
    const SignalChart& chart = charts->all[i];
    charts::Series drawn{.unit = std::string(evidence::unit_of_type(chart.slug)) + " a month",
                         .missing_words = "not submitted"};
    Month month = charts->period.from;
    for (const auto& value : chart.series.charted) {
      drawn.points.push_back({.month = month, .value = value});
      month = month.plus(1);
    }
    if (drawn.points.empty() || !chart.series.why.empty()) continue;
    drawn.decimals = chart.series.adjusted ? 1 : 0;
    if (const auto xmr = statistics::xmr(chart.series.charted, signal_options(view.two_of_three)))
      drawn = charts::with_control_limits(std::move(drawn), *xmr);
    auto query = view.query();
    std::erase_if(query, [](const auto& pair) { return pair.first == "type"; });
    query.emplace_back("type", chart.slug);
    panels.push_back(
        {chart.name, Url::path("/areas/{}/analysis/series", {view.found.area->code}, query), std::move(drawn)});
  }
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Every chart, the clearest first"));
  writer.put(charts::small_multiples(
      panels, {.id = "signals-charts",
               .title = tr("Crimes by month in {0}, {1}", {view.found.area->name, charts->period.text()}),
               .language = context.language}));
  return writer.take();
}

}  // namespace tithing::analysis
