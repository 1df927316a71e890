#include <algorithm>

#include "base/marked.h"
#include "base/text.h"
#include "charts/funnel.h"
#include "charts/series.h"
#include "desks/figures/desk.h"
#include "exports/table_html.h"
#include "figures/numbers.h"
#include "govuk/components.h"
#include "slices/assessment/kinds.h"
#include "slices/assessment/pages.h"
#include "slices/assessment/tables.h"
#include "slices/evidence/crime_types.h"

namespace tithing::assessment {

using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;

namespace {

// The table twin of a chart, closed until it is asked for.
Markup twin(exports::Table table, const std::string& name, const View& view, const web::Context& context) {
  for (exports::Column& column : table.columns) column.sortable = false;
  return govuk::rendered(govuk::DetailsParams{.summary = tr("The same as a table"),
                                              .text = table_section(std::move(table), name, view, context, false)},
                         context.language);
}

}  // namespace

Markup series_section(const figures::Registry& registry, const View& view, const web::Context& context) {
  const Period period = series_period(view);
  charts::Series series{.unit = std::string(evidence::unit_of_type(view.type)) + " a month",
                        .missing_words = "not submitted"};
  std::vector<std::optional<double>> values;
  std::size_t known = 0;
  bool withheld = false, missing = false;
  Month month = period.from;
  for (const Result<figures::Figure>& count : counts_by_month(registry, view, period)) {
    values.push_back(whole_count(count));
    known += values.back() ? 1 : 0;
    const bool hidden = count && count->quantity.state() == figures::Quantity::State::suppressed;
    withheld = withheld || hidden;
    missing = missing || (!values.back() && !hidden);
    series.points.push_back({.month = month, .value = values.back()});
    month = month.plus(1);
  }
  if (withheld) series.missing_words = missing ? "not submitted or withheld" : "withheld";
  Writer writer(context.language);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Month by month: {0}", {view.type_name}));
  statistics::XmrOptions options;
  options.natural_floor = true;
  // Across a month in which the category changed there are no limits, as there is no mean (the sentence below says
  // why).
  const bool across = evidence::no_series_across(view.type, period).has_value();
  if (!across && known >= static_cast<std::size_t>(kLeastForLimits) &&
      !evidence::too_few_months(evidence::which_known(values), period))
    if (const auto chart = statistics::xmr(values, options))
      series = charts::with_control_limits(std::move(series), *chart);
  writer.put(
      charts::series_chart(series, {.id = "series-chart",
                                    .title = tr("{0} in {1}, {2}", {view.type_name, view.area->name, period.text()}),
                                    .language = context.language}));

  const auto span = [&](const char* kind) {
    return registry.ask(view.figure(kind, {{"from", period.from.iso()}, {"to", period.to.iso()}}), view.viewer,
                        Detail::value);
  };
  const auto mean = span("monthly-mean"), lower = span("monthly-lower-limit"), upper = span("monthly-upper-limit");
  if (mean && mean->quantity.known() && lower && lower->quantity.known() && upper && upper->quantity.known()) {
    writer.open("p")
        .put(tr("Monthly mean"))
        .text(" ")
        .put(figures::figure_link(*mean))
        .text(", ")
        .put(tr("control limits"))
        .text(" ");
    writer.put(figures::figure_link(*lower))
        .text(" ")
        .put(tr("to"))
        .text(" ")
        .put(figures::figure_link(*upper))
        .text(". ");
    writer
        .put(known < 12 ? tr("Fewer than twelve months: trial limits.")
                        : tr("A point outside them is a question, not an answer: crime has seasons."))
        .close("p");
  } else if (mean) {
    writer.element("p", mean->quantity.known() && lower ? lower->quantity.reason() : mean->quantity.reason());
  }
  writer.put(twin(series_table(registry, view), "series", view, context));
  return writer.take();
}

Markup comparison_section(const figures::Registry& registry, evidence::Service& evidence, const View& view,
                          const web::Context& context) {
  Writer writer(context.language);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Compared with other partnerships"));
  writer.put(table_section(comparison_table(registry, view, false), "comparison-force", view, context));

  const auto compared =
      compared_areas(registry, evidence, view.figure("rate-compared", {{"peers", "all"}}), view.viewer);
  if (!compared) {
    writer.element("p", compared.error().message);
    return writer.take();
  }
  charts::FunnelPlot plot{.target = compared->funnel.target,
                          .rate_unit = std::string(evidence::unit_of_type(view.type)) + " per 1,000 people",
                          .population_unit = "population"};
  if (const auto year = view.snapshot->population_year_for(view.shown))
    plot.population_unit = "population, mid-" + std::to_string(*year);
  for (std::size_t i = 0; i < compared->codes.size(); ++i) {
    const auto& point = compared->funnel.points[i];
    if (point.band == statistics::FunnelBand::unknown) continue;
    const bool mine = compared->codes[i] == view.area->code;
    const bool outlier =
        point.band == statistics::FunnelBand::far_above || point.band == statistics::FunnelBand::far_below;
    plot.areas.push_back({compared->names[i], compared->observed[i].exposure * 1000, point.rate,
                          mine      ? charts::Emphasis::highlighted
                          : outlier ? charts::Emphasis::outlier
                                    : charts::Emphasis::none});
  }
  for (const double population : charts::populations_for_limits(plot.areas)) {
    const auto narrow = compared->funnel.limits_at(population / 1000, 0.95),
               wide = compared->funnel.limits_at(population / 1000, 0.998);
    plot.limits.push_back({population, narrow.lower, narrow.upper, wide.lower, wide.upper});
  }
  writer.put(charts::funnel_plot(
      plot, {.id = "funnel-plot",
             .title = tr("{0} per 1,000 people against population, {1}", {view.type_name, view.shown.text()}),
             .language = context.language}));
  const std::string areas = std::to_string(compared->codes.size());
  if (compared->funnel.widened) {
    writer.element("p", tr("{0} partnerships of all imported forces. They differ more than chance allows, so the lines "
                           "are widened by the spread between them: "
                           "inside the inner lines is like the others, not chance; outside the outer lines stands out "
                           "even from that spread.",
                           {areas}));
  } else {
    writer.element("p", tr("{0} partnerships of all imported forces. Inside the inner lines: what 95 of 100 would show "
                           "by chance around the average; outside the outer lines: fewer than 2 in 1,000.",
                           {areas}));
  }
  // Its numbers where the working of the area's own comparison has them: behind its rate and the average.
  const figures::Address own = registry.canonical(view.figure("rate-compared", {{"peers", "all"}}));
  const evidence::ExtentTexts texts = evidence::texts_of(compared->extent);
  const bool among =
      std::find(compared->codes.begin(), compared->codes.end(), view.area->code) != compared->codes.end();
  const auto part = [&](std::size_t i) -> Words {
    if (!among) return texts[i];
    return figures::number_part(own, std::to_string(i + 3), texts[i], evidence::kExtentLabels[i]);
  };
  writer.element("p", html::Content(Words("Over ") + part(0) + " of " + part(1) + " " + compared->extent.of + " (" +
                                    part(2) + ") and " + part(3) + " of " + part(4) + " " + compared->extent.unit +
                                    " (" + part(5) + "), in the forces that have a file of every month."));
  for (const evidence::LeftOut& one : compared->left_out) {
    std::vector<Words> names;
    for (const std::string& name : one.names) names.emplace_back(as_name(name));
    writer.element("p", html::Content(marked(one.why, {as_setting("5")}) + joined(names, ", ", ", ") + "."));
  }
  writer.open("p")
      .element("a",
               {{"class", "govuk-link"},
                {"href", Url::path("/areas/{}/crime/comparison-all", {view.area->code}, query_of(view))}},
               tr("All {0} partnerships as a table", {std::to_string(compared->codes.size())}))
      .close("p");
  return writer.take();
}

}  // namespace tithing::assessment
