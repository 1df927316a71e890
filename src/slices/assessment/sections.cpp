#include "base/text.h"
#include "exports/table_html.h"
#include "figures/desk/desk.h"
#include "govuk/components.h"
#include "slices/assessment/pages.h"
#include "slices/assessment/tables.h"
#include "slices/evidence/crime_types.h"

namespace tithing::assessment {

using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;

namespace {

// A sentence of the answer with the figure in it as a link.
void figure_in(Writer& writer, const Result<figures::Figure>& figure) {
  if (figure) writer.put(figures::figure_link(*figure));
  else writer.text("not known");
}

std::vector<govuk::SelectItem> month_items(Period available, Month chosen) {
  std::vector<govuk::SelectItem> items;
  for (Month month = available.to; available.from <= month; month = month.plus(-1))
    items.push_back({.value = month.iso(), .text = month.text(), .selected = month == chosen});
  return items;
}

}  // namespace

Markup headline(const figures::Registry& registry, const View& view, const std::string& language) {
  Writer writer(language);
  const auto crimes = registry.ask(view.figure("crimes"), view.viewer, Detail::value);
  const auto rate = registry.ask(view.figure("rate"), view.viewer, Detail::value);
  writer.open("p", {{"class", "govuk-body-l"}});
  // The sentence is put together from translated parts, since the figures in it are links.
  writer.put(tr("{0}, {1}:", {view.type_name, view.shown.text()})).text(" ");
  figure_in(writer, crimes);
  writer.text(" ").put(tr("recorded crimes,")).text(" ");
  figure_in(writer, rate);
  writer.text(" ").put(tr("per 1,000 people.")).close("p");
  if (view.compared) {
    const auto change = change_of(registry, view);
    writer.open("p").put(tr("{0}:", {view.compared->text()})).text(" ");
    figure_in(writer, change);
    if (change && !change->working.in_words.empty()) writer.text(" (" + change->working.in_words + ")");
    writer.text(".");
    if (!view.compared->same_months) writer.text(" ").put(tr("The two are different parts of the year, so some of it may be the season."));
    writer.close("p");
  }
  if (view.area->kind == register_::AreaKind::community_safety_partnership) {
    const auto compared = registry.ask(view.figure("rate-compared", {{"peers", "all"}}), view.viewer, Detail::value);
    if (compared && compared->quantity.known()) {
      writer.open("p").put(tr("Its rate is")).text(" ");
      figure_in(writer, compared);
      writer.text(" ").put(tr("times the average of the partnerships that can be compared: {0}.", {compared->working.in_words})).close("p");
    }
  }
  if (crimes && !crimes->coverage.complete()) {
    render(writer, govuk::WarningTextParams{.text = tr("Not everything is there: {0}. A missing month is not zero.", {crimes->coverage.text()})});
  }
  return writer.take();
}

Markup period_form(const View& view, const web::Context& context) {
  Writer writer(context.language);
  // An ordinary GET form: the choice is in the address, and it works without script.
  writer.open("form", {{"method", "get"}, {"action", Url::parse(context.request->path)}, {"class", "tithing-filters"}});
  if (!view.as_at_text.empty()) writer.void_element("input", {{"type", "hidden"}, {"name", "as-at"}, {"value", view.as_at_text}});
  if (!view.recorded_by.empty()) writer.void_element("input", {{"type", "hidden"}, {"name", "recorded-by"}, {"value", view.recorded_by}});
  govuk::SelectParams from{.id = "from", .name = "from", .items = month_items(*view.available, view.shown.from)};
  from.label = {.text = tr("From")};
  render(writer, from);
  govuk::SelectParams to{.id = "to", .name = "to", .items = month_items(*view.available, view.shown.to)};
  to.label = {.text = tr("To")};
  render(writer, to);
  govuk::SelectParams type{.id = "type", .name = "type"};
  type.label = {.text = tr("Crime type")};
  for (const evidence::TypeChoice& one : evidence::type_choices(*view.snapshot)) type.items.push_back({.value = one.slug, .text = one.name, .selected = one.slug == view.type});
  render(writer, type);
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  return writer.take();
}

Markup coverage_section(const View& view, const web::Context& context) {
  Writer writer(context.language);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("What is there and what is missing"));
  const auto coverage = view.snapshot->coverage(*view.selection, view.shown);
  writer.element("p", coverage.text() + ".");
  for (const auto* sentences : {&coverage.missing, &coverage.suspect, &coverage.notes, &view.selection->notes}) {
    if (sentences->empty()) continue;
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const std::string& sentence : *sentences) writer.element("li", sentence);
    writer.close("ul");
  }
  Writer table(context.language);
  table.put(table_section(coverage_table(view), "coverage", view, context));
  render(writer, govuk::DetailsParams{.summary = tr("Month by month"), .text = table.take()});
  return writer.take();
}

}  // namespace tithing::assessment
