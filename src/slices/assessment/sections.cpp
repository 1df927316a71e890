#include "base/marked.h"
#include "base/text.h"
#include "desks/figures/desk.h"
#include "exports/table_html.h"
#include "figures/numbers.h"
#include "govuk/components.h"
#include "slices/assessment/pages.h"
#include "slices/assessment/tables.h"
#include "slices/evidence/category_marks.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/extent.h"

namespace tithing::assessment {

using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;

namespace {

// A sentence of the answer with the figure in it as a link.
void figure_in(Writer& writer, const Result<figures::Figure>& figure, bool begins_sentence = false) {
  if (figure && figure->quantity.partial) writer.put(begins_sentence ? tr("At least") : tr("at least")).text(" ");
  if (figure)
    writer.put(figures::figure_link(*figure));
  else
    writer.put(tr("not known"));
}

bool is_one(const Result<figures::Figure>& figure) {
  return figure && figure->quantity.known() && figure->quantity.exact() && figure->quantity.integer() == 1;
}

bool is_counted(const Result<figures::Figure>& figure) { return figure && figure->quantity.known(); }

std::vector<govuk::SelectItem> month_items(Period available, Month chosen) {
  std::vector<govuk::SelectItem> items;
  for (Month month = available.to; available.from <= month; month = month.plus(-1))
    items.push_back({.value = month.iso(), .text = month.text(), .selected = month == chosen});
  return items;
}

}  // namespace

namespace {

bool is_one_category(const std::string& type) {
  return type != evidence::kAllSlug && type != evidence::kCrimeSlug && type != evidence::kAntiSocialBehaviour;
}

// "over 11 months", "over 26 of 29 months, the others missing", "over 3 months, without Burglary in March 2022 (West
// Mercia Police), which is not known": a rate of another length than a year is no yearly rate.
Words months_words(Period shown, const Result<figures::Figure>& crimes) {
  Words out = "over ";
  if (!crimes || crimes->coverage.expected <= crimes->coverage.present)
    return out += as_setting(plural(shown.months(), "month", "months"));
  const figures::Coverage& coverage = crimes->coverage;
  Words without;
  if (!coverage.without.empty()) without = Words(", ") + dated(coverage.without_text());
  if (coverage.absent() <= 0) return out += as_setting(plural(shown.months(), "month", "months")) + without;
  const std::string_view way = coverage.in_part > 0 ? "coverage.counted" : "coverage.present";
  out +=
      figures::number_part(crimes->address, way, grouped(coverage.present + coverage.in_part), "months that are there");
  out += " of ";
  out += figures::number_part(crimes->address, "coverage.expected", grouped(coverage.expected), "months asked for");
  out += coverage.expected == shown.months() ? " months, the others missing" : " force-months, the others missing";
  return out += without;
}

// The official count beside the rows of the files, and why the two are not the same number.
void official(Writer& writer, const figures::Registry& registry, const View& view) {
  const bool has_one = view.area->kind == register_::AreaKind::community_safety_partnership ||
                       view.area->kind == register_::AreaKind::police_force_area;
  if (!has_one || registry.find("official-crimes") == nullptr) return;
  const figures::Address address{"official-crimes", {{{"area", view.area->code}}}};
  const auto figure = registry.ask(address, view.viewer, Detail::working);
  if (!figure || !figure->quantity.known()) return;
  writer.open("p").put(tr("The official count, ONS {0}:", {as_name("Table C2")})).text(" ");
  figure_in(writer, figure);
  writer.text(" ").put(tr("({0}).", {as_name(figure->working.title)})).text(" ");
  // Only what differs is a difference: what is counted here may be one category, the crimes, or all rows.
  if (view.type == evidence::kAntiSocialBehaviour) {
    writer.put(tr("It is not the same: it counts all recorded crime, and no anti-social behaviour incident."));
  } else if (view.type == evidence::kCrimeSlug) {
    writer.put(
        tr("It counts all recorded crime, as the number above does, and neither holds anti-social behaviour incidents; "
           "yet it is not the same."));
  } else if (is_one_category(view.type)) {
    writer.put(tr("It is not the same: it counts all recorded crime, and the number above one category of it, {0}.",
                  {view.type_name}));
  } else {
    writer.put(tr("It is not the same: it holds no anti-social behaviour incidents, which the number above it does."));
  }
  writer.text(" ").put(
      tr("It is of other months, has been checked and revised since, and files a crime by where the police say it "
         "happened."));
  writer.text(" ").put(tr("The files counted here hold no fraud and give each place as a map point nearby."));
  writer.text(" ");
  if (view.recorded_by == "all")
    writer.put(tr("The rows of every force there are counted."));
  else
    writer.put(tr("Only the rows of the area's own force are counted."));
  writer.close("p");
}

}  // namespace

Markup headline(const figures::Registry& registry, const View& view, const std::string& language) {
  Writer writer(language);
  const auto crimes = registry.ask(view.figure("crimes"), view.viewer, Detail::value);
  const auto rate = registry.ask(view.figure("rate"), view.viewer, Detail::value);
  writer.open("p", {{"class", "govuk-body-l"}});
  // The sentence is put together from translated parts, since the figures in it are links.
  if (is_one_category(view.type)) {
    writer.put(tr("{0}, {1}:", {view.type_name, view.shown})).text(" ");
    if (is_counted(crimes)) {
      figure_in(writer, crimes);
      writer.text(" ").put(is_one(crimes) ? tr("crime") : tr("crimes")).text(". ");
    } else {
      writer.put(tr("how many crimes:")).text(" ");
      figure_in(writer, crimes);
      writer.text(". ");
    }
  } else {
    const auto recorded =
        registry.ask(view.figure("crimes", {{"type", std::string(evidence::kCrimeSlug)}}), view.viewer, Detail::value);
    const auto incidents = registry.ask(view.figure("crimes", {{"type", std::string(evidence::kAntiSocialBehaviour)}}),
                                        view.viewer, Detail::value);
    writer.put(tr("{0}:", {view.shown})).text(" ");
    if (is_counted(recorded) && is_counted(incidents)) {
      figure_in(writer, recorded);
      writer.text(" ").put(is_one(recorded) ? tr("crime and") : tr("crimes and")).text(" ");
      figure_in(writer, incidents);
      writer.text(" ")
          .put(is_one(incidents) ? tr("anti-social behaviour incident") : tr("anti-social behaviour incidents"))
          .text(". ");
    } else {  // "crimes: 52,869; anti-social behaviour incidents: not known."
      writer.put(tr("crimes:")).text(" ");
      figure_in(writer, recorded);
      writer.text("; ").put(tr("anti-social behaviour incidents:")).text(" ");
      figure_in(writer, incidents);
      writer.text(". ");
    }
  }
  const std::string counts(evidence::unit_of_type(view.type));
  if (is_counted(rate)) {
    figure_in(writer, rate, true);
    writer.text(" ").put(
        tr("{0} per {1} residents, {2}.", {counts, as_setting("1,000"), months_words(view.shown, crimes)}));
  } else {
    writer
        .put(tr("{0} per {1} residents, {2}:",
                {evidence::heading_of_type(view.type), as_setting("1,000"), months_words(view.shown, crimes)}))
        .text(" ");
    figure_in(writer, rate);
    writer.text(". ").put(dated(rate ? rate->quantity.reason() : rate.error().message));
  }
  if (view.area->kind == register_::AreaKind::lsoa_2011 || view.area->kind == register_::AreaKind::lsoa_2021)
    writer.text(" ").put(
        tr("Where many more come than live here, as in a town centre, this rate is high whatever the risk to each."));
  writer.close("p");
  official(writer, registry, view);
  if (view.compared) {
    const auto change = change_of(registry, view);
    writer.open("p").put(tr("{0} against {1}:", {view.compared->later, view.compared->earlier})).text(" ");
    figure_in(writer, change);
    const bool verdict = change && change->quantity.known() && !change->working.in_words.empty();
    if (change && !change->working.in_words.empty())
      writer.text(" (").put(tr("{0}", {verdict_words(*change)})).text(")");
    writer.text(".");
    if (verdict && !change->working.in_words.starts_with("no verdict") &&
        !change->working.in_words.starts_with("too few"))
      writer.text(" ").put(tr("This takes each crime as independent of the others."));
    if (change)
      if (const auto added = evidence::added_by_fit(change->coverage)) writer.text(" ").put(dated(*added)).text(".");
    writer.close("p");
  }
  if (view.area->kind == register_::AreaKind::community_safety_partnership) {
    const auto compared = registry.ask(view.figure("rate-compared", {{"peers", "all"}}), view.viewer, Detail::value);
    if (compared && compared->quantity.known()) {
      writer.open("p").put(tr("Its rate is")).text(" ");
      figure_in(writer, compared);
      writer.text(" ")
          .put(tr("times the average of the partnerships of every imported force: {0}.", {compared->working.in_words}))
          .close("p");
    }
  }
  evidence::write_category_notes(writer, view.type, view.shown);
  writer.element("p", tr("Figures of recent months may be revised: forces send months again, and crimes are recorded "
                         "or cancelled late."));
  if (crimes && !crimes->coverage.complete()) {
    Words there = figures::coverage_words(*crimes);
    if (!crimes->coverage.without.empty()) there += Words(", ") + dated(crimes->coverage.without_text());
    if (crimes->coverage.absent() > 0 || crimes->coverage.in_part == 0) {
      render(writer, govuk::WarningTextParams{
                         .text = tr("Not everything is there: {0}. A missing month is not zero.", {there})});
    } else {
      render(writer,
             govuk::WarningTextParams{
                 .text = tr("Not everything is there: {0}. A category that is not known is not zero.", {there})});
    }
  }
  return writer.take();
}

Markup period_form(const View& view, const web::Context& context) {
  Writer writer(context.language);
  // An ordinary GET form: the choice is in the address, and it works without script.
  writer.open("form", {{"method", "get"}, {"action", Url::parse(context.request->path)}, {"class", "tithing-filters"}});
  if (!view.as_at_text.empty())
    writer.void_element("input", {{"type", "hidden"}, {"name", "as-at"}, {"value", view.as_at_text}});
  if (!view.recorded_by.empty())
    writer.void_element("input", {{"type", "hidden"}, {"name", "recorded-by"}, {"value", view.recorded_by}});
  govuk::SelectParams from{.id = "from", .name = "from", .items = month_items(*view.available, view.shown.from)};
  from.label = {.text = tr("From")};
  render(writer, from);
  govuk::SelectParams to{.id = "to", .name = "to", .items = month_items(*view.available, view.shown.to)};
  to.label = {.text = tr("To")};
  render(writer, to);
  govuk::SelectParams type{.id = "type", .name = "type"};
  type.label = {.text = tr("Crime type")};
  for (const evidence::TypeChoice& one : evidence::type_choices(*view.snapshot))
    type.items.push_back({.value = one.slug, .text = one.name, .selected = one.slug == view.type});
  render(writer, type);
  render(writer, govuk::ButtonParams{.text = tr("Show"), .classes = "govuk-button--secondary"});
  writer.close("form");
  return writer.take();
}

// "LSOA codes of 2011 throughout": the census is a date.
Words with_vintages(const std::string& sentence) {
  return sentence.starts_with("LSOA")
             ? marked(sentence, {as_date("2011"), as_date("May 2023"), as_date("2021"), as_date("June 2023")})
             : dated(sentence);
}

Markup coverage_section(const figures::Registry& registry, const View& view, const web::Context& context) {
  Writer writer(context.language);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("What is there and what is missing"));
  const auto coverage = view.snapshot->coverage(
      *view.selection, view.shown, evidence::type_of(*view.snapshot, view.type).value_or(evidence::kAllTypes));
  // Present and expected are parts of the figure that the page begins with, where it says the same.
  const auto crimes = registry.ask(view.figure("crimes"), view.viewer, Detail::value);
  const bool same =
      crimes && crimes->coverage.present == coverage.present && crimes->coverage.expected == coverage.expected;
  writer.element("p", html::Content((same ? figures::coverage_words(*crimes) : Words(coverage.text())) + "."));
  for (const auto* sentences : {&coverage.missing, &coverage.suspect, &coverage.notes, &view.selection->notes}) {
    // What is said of the category stands beside the number already.
    std::vector<std::string> left = *sentences;
    for (const std::string& said : evidence::category_notes(view.type, view.shown)) std::erase(left, said);
    if (left.empty()) continue;
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const std::string& sentence : left) writer.element("li", html::Content(with_vintages(sentence)));
    writer.close("ul");
  }
  Writer table(context.language);
  table.put(table_section(coverage_table(view), "coverage", view, context));
  render(writer, govuk::DetailsParams{.summary = tr("Month by month"), .text = table.take()});
  return writer.take();
}

}  // namespace tithing::assessment
