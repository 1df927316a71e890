#include "slices/assessment/pages.h"

#include "base/text.h"
#include "desks/figures/cells.h"
#include "desks/figures/desk.h"
#include "exports/csv.h"
#include "exports/table_html.h"
#include "exports/xlsx.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/assessment/tables.h"
#include "slices/evidence/crime_types.h"
#include "slices/register/register.h"

namespace tithing::assessment {
namespace {

using figures::Detail;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr auto kForceKind = register_::AreaKind::police_force_area;
constexpr auto kPartnershipKind = register_::AreaKind::community_safety_partnership;

// A door to a page of crime opens on recorded crime; anti-social behaviour stands beside it there.
Url crime_door(const std::string& code) {
  return Url::path("/areas/{}/crime", {code}, {{"type", std::string(evidence::kCrimeSlug)}});
}

std::vector<web::NavigationItem> breadcrumbs_of(const View& view) {
  std::vector<web::NavigationItem> items = {{tr("Home"), Url("/"), false}};
  if (view.force != nullptr && view.force != view.area)
    items.push_back({view.force->name, crime_door(view.force->code), false});
  if (register_::is_lsoa(view.area->kind) || view.area->kind == register_::AreaKind::ward)
    if (const auto* partnership = view.snapshot->areas().partnership_of(view.area->code, view.as_at))
      items.push_back({partnership->name, crime_door(partnership->code), false});
  return items;
}

Markup nothing_yet(const Wiring& wiring, const View& view, const std::string& language) {
  Writer writer(language);
  writer.element(
      "p", {{"class", "govuk-body-l"}},
      tr("No crime data have been imported for {0}.", {view.force != nullptr ? view.force->name : view.area->name}));
  writer.open("p").put(tr("An analyst can give the program an archive of data.police.uk:")).text(" ");
  writer.element("a", {{"class", "govuk-link"}, {"href", wiring.site.at("evidence")}}, tr("Data sets")).close("p");
  return writer.take();
}

// Every address of a page names its type; one from before there was a choice means every row.
bool names_no_type(const Context& context) { return context.query_value("type").empty(); }

Answer with_type(const Context& context) { return web::redirect(web::with_query(context, "type", evidence::kAllSlug)); }

Answer area_page(Wiring& wiring, register_::Service& areas, evidence::Service& evidence, Context& context) {
  const auto view = view_of(context, evidence);
  if (!view) return web::problem_page(context, view.error());
  if (names_no_type(context)) return with_type(context);
  web::PageOptions options{.title = view->area->without_area ? tr("{0} of {1}", {view->type_name, view->area->name})
                                                             : tr("{0} in {1}", {view->type_name, view->area->name}),
                           .place = view->area->name};
  options.rooms = wiring.site.lines(web::Home::area, context, view->area->code, "area.crime");
  options.breadcrumbs = breadcrumbs_of(*view);
  options.as_at_control = true;
  options.caption = register_::kind_words(*view->area);
  if (!view->available) return web::page(context, options, nothing_yet(wiring, *view, context.language));

  const auto& registry = wiring.figures;
  Writer writer(context.language);
  // Of a part of an LSOA of these months' files nothing is known; the notice says it once. The series shows what
  // other months there are.
  const bool apart = evidence::not_known_by_fit(*view->snapshot, *view->selection, view->shown).has_value();
  if (!apart) writer.put(headline(registry, *view, context.language));
  writer.put(fit_notice(*view, context.language));
  writer.put(period_form(*view, context));
  if (view->area->kind == kForceKind && !view->area->without_area)
    writer.put(table_section(partnerships_table(registry, *view), "partnerships", *view, context));
  if (!apart) writer.put(table_section(types_table(registry, *view), "types", *view, context));
  if (!apart || evidence::known_by_fit(*view->selection, view->shown))
    writer.put(series_section(registry, *view, context));
  if (view->area->kind == kPartnershipKind)
    writer.put(table_section(districts_table(registry, *view), "districts", *view, context));
  if (view->area->kind == register_::AreaKind::district &&
      !view->snapshot->areas().constituents(view->area->code, register_::AreaKind::ward, view->as_at).empty())
    writer.put(table_section(wards_table(registry, *view), "wards", *view, context));
  if (view->area->kind == kPartnershipKind) writer.put(comparison_section(registry, evidence, *view, context));
  if (!apart) writer.put(map_section(registry, *view, areas, context));
  writer.put(coverage_section(registry, *view, context));
  return web::page(context, options, writer.take());
}

// The lists that are too long for the profile, each a page of its own with the filters in its address.
Answer list_page(Wiring& wiring, evidence::Service& evidence, Context& context, const std::string& name) {
  const auto view = view_of(context, evidence);
  if (!view) return web::problem_page(context, view.error());
  if (names_no_type(context)) return with_type(context);
  const bool lsoas = name == "lsoas";
  web::PageOptions options{.title = lsoas ? tr("LSOAs of {0}", {view->area->name})
                                          : tr("Partnerships compared with {0}", {view->area->name}),
                           .place = view->area->name};
  options.rooms = wiring.site.lines(web::Home::area, context, view->area->code, "area.crime");
  options.breadcrumbs = breadcrumbs_of(*view);
  options.breadcrumbs.push_back(
      {view->area->name, Url::path("/areas/{}/crime", {view->area->code}, query_of(*view)), false});
  options.as_at_control = true;
  if (!view->available) return web::page(context, options, nothing_yet(wiring, *view, context.language));
  Writer writer(context.language);
  writer.put(period_form(*view, context));
  writer.put(table_section(lsoas ? lsoa_table(wiring.figures, *view) : comparison_table(wiring.figures, *view, true),
                           name, *view, context));
  return web::page(context, options, writer.take());
}

// /areas/:code/crime/types.csv and its like: exactly the table of the page, all of its rows.
Answer export_table(Wiring& wiring, evidence::Service& evidence, Context& context) {
  if (const std::string name = context.parameter("file"); name == "lsoas" || name == "comparison-all")
    return list_page(wiring, evidence, context, name);
  const auto view = view_of(context, evidence);
  if (!view) return web::problem_page(context, view.error());
  const std::string file = context.parameter("file");
  const auto point = file.rfind('.');
  const std::string name = file.substr(0, point), form = point == std::string::npos ? "" : file.substr(point + 1);
  const Problem unknown{
      ProblemKind::not_found, "There is no such table. Go back to the page and use the links under its tables.", {}};
  if (!view->available || (form != "csv" && form != "xlsx")) return web::problem_page(context, unknown);
  exports::Table table;
  if (name == "types")
    table = types_table(wiring.figures, *view);
  else if (name == "partnerships" && view->area->kind == kForceKind)
    table = partnerships_table(wiring.figures, *view);
  else if (name == "series")
    table = series_table(wiring.figures, *view);
  else if (name == "comparison-force" && view->area->kind == kPartnershipKind)
    table = comparison_table(wiring.figures, *view, false);
  else if (name == "comparison-all" && view->area->kind == kPartnershipKind)
    table = comparison_table(wiring.figures, *view, true);
  else if (name == "lsoas")
    table = lsoa_table(wiring.figures, *view);
  else if (name == "districts" && view->area->kind == kPartnershipKind)
    table = districts_table(wiring.figures, *view);
  else if (name == "wards" && view->area->kind == register_::AreaKind::district)
    table = wards_table(wiring.figures, *view);
  else if (name == "coverage")
    table = coverage_table(*view);
  else
    return web::problem_page(context, unknown);

  exports::sort_rows(table, exports::view_of(table, context.query_value("sort"), context.query_value("order"), ""));
  if (form == "csv")
    return web::download(exports::to_csv(table), "text/csv; charset=utf-8", exports::file_name(table, "csv"));
  exports::About about;
  about.filters = {{"Area", view->area->name}, {"Months", view->shown.text()}, {"Crime type", view->type_name}};
  about.as_at = view->as_at.iso();
  about.evidence_version = view->snapshot->version();
  about.address = context.request->target;
  about.retrieved_at = context.now;
  const auto workbook = exports::to_xlsx(table, about);
  if (!workbook) return web::problem_page(context, workbook.error());
  return web::download(*workbook, exports::kXlsxType, exports::file_name(table, "xlsx"));
}

// Where a person who signs in wants to be first: the one area of their grants, if there is one.
std::string own_area(const Actor& actor) {
  std::string code;
  for (const Grant& grant : actor.grants())
    if (!grant.area_code.empty()) code = grant.area_code;
  return code;
}

Answer home(Wiring& wiring, evidence::Service& evidence, Context& context) {
  const auto snapshot = evidence.snapshot();
  const auto viewer = figures::Viewer::of(context.reach());
  Writer writer(context.language);
  if (const std::string code = own_area(context.actor); !code.empty())
    if (const auto* area = snapshot->areas().find(code))
      writer.open("p", {{"class", "govuk-body-l"}})
          .put(tr("Your area:"))
          .text(" ")
          .element("a", {{"class", "govuk-link"}, {"href", crime_door(code)}}, area->name)
          .close("p");

  web::PageOptions options{.title = tr("Police force areas")};
  options.rooms = wiring.site.lines(web::Home::site, context, "", "");

  const auto months = snapshot->months();
  if (!months) {
    writer.element("p", {{"class", "govuk-body-l"}}, tr("No crime data have been imported yet."));
    writer.open("p")
        .element("a", {{"class", "govuk-link"}, {"href", wiring.site.at("evidence")}}, tr("Data sets"))
        .close("p");
    return web::page(context, options, writer.take());
  }
  const Period shown = shown_period(*months);
  exports::Table table{.id = "forces",
                       .title = tr("Police force areas, {0}", {shown.text()}),
                       .caption = tr("Recorded crime and anti-social behaviour, {0}", {shown.text()})};
  table.columns = {
      {"force", tr("Police force area"), exports::ColumnKind::text, {}, true},
      {"crimes", tr("Recorded crimes"), exports::ColumnKind::integer, {}, true},
      {"incidents", tr("Anti-social behaviour incidents"), exports::ColumnKind::integer, {}, true},
      {"rate", tr("Rate of crimes"), exports::ColumnKind::decimal, tr("per 1,000 people, {0}", {shown.text()}), true},
      {"newest", tr("Newest month"), exports::ColumnKind::text, {}, true},
      {"missing", tr("Missing or suspect"), exports::ColumnKind::text},
      {"partnerships", tr("Partnerships"), exports::ColumnKind::text}};
  for (const evidence::Force& force : snapshot->forces()) {
    // A force without an area of its own goes by its name in the files.
    const auto* area = snapshot->areas().find(force.area_code.empty() ? force.slug : force.area_code);
    const int index = *snapshot->force_index(force.slug);
    std::string newest = "none";
    int missing = 0, suspect = 0;
    for (const evidence::ForceMonth& entry : snapshot->ledger()) {
      if (entry.force != index) continue;
      if (entry.state == evidence::FileState::submitted)
        newest = entry.month.text();
      else if (shown.contains(entry.month))
        ++missing;
      if (entry.suspect()) ++suspect;
    }
    std::string gaps = missing == 0 && suspect == 0 ? "none"
                                                    : plural(missing, "month missing", "months missing") + ", " +
                                                          std::to_string(suspect) + " suspect";
    exports::Row row;
    if (area == nullptr || area->without_area) {
      // All rows of its files; without an area it has no residents and no partnerships.
      const auto count = [&](std::string_view type) {
        return figures::cell_of(wiring.figures.ask(
            {"crimes",
             {{{"area", force.slug}, {"from", shown.from.iso()}, {"to", shown.to.iso()}, {"type", std::string(type)}}}},
            viewer, Detail::value));
      };
      exports::Cell name = exports::text_cell(force.name);
      if (area != nullptr) name = name.linked(crime_door(area->code));
      row = {name,
             count(evidence::kCrimeSlug),
             count(evidence::kAntiSocialBehaviour),
             exports::unknown_cell(tr("This force has no area of its own, so it has no residents.")),
             exports::text_cell(newest),
             exports::text_cell(gaps),
             exports::text_cell(tr("no area of its own"))};
    } else {
      const figures::Address crimes{"crimes",
                                    {{{"area", area->code},
                                      {"from", shown.from.iso()},
                                      {"to", shown.to.iso()},
                                      {"type", std::string(evidence::kCrimeSlug)}}}};
      figures::Address incidents = crimes;
      incidents.parameters.values["type"] = evidence::kAntiSocialBehaviour;
      const figures::Address rate{"rate", crimes.parameters};
      Writer names(context.language);
      bool first = true;
      for (const auto* partnership : snapshot->areas().constituents(area->code, kPartnershipKind, context.today)) {
        if (!first) names.text(", ");
        first = false;
        names.element("a", {{"class", "govuk-link"}, {"href", crime_door(partnership->code)}}, partnership->name);
      }
      const auto count = wiring.figures.ask(crimes, viewer, Detail::value),
                 per = wiring.figures.ask(rate, viewer, Detail::value);
      row = {exports::text_cell(area->name).linked(crime_door(area->code)),
             figures::cell_of(count),
             figures::cell_of(wiring.figures.ask(incidents, viewer, Detail::value)),
             figures::cell_of(per),
             exports::text_cell(newest),
             exports::text_cell(gaps),
             exports::picture_cell(names.take())};
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = {std::string(evidence::kRevisionNote)};
  writer.put(lists::part(context, {.table = std::move(table)}));
  writer.open("p")
      .element("a", {{"class", "govuk-link"}, {"href", wiring.site.at("evidence")}},
               tr("Data sets and what is missing"))
      .text(" \xC2\xB7 ");
  writer.element("a", {{"class", "govuk-link"}, {"href", wiring.site.at("areas")}}, tr("Register of areas"));
  if (wiring.site.has("figures"))
    writer.text(" \xC2\xB7 ")
        .element("a", {{"class", "govuk-link"}, {"href", wiring.site.at("figures")}}, tr("Figures"));
  writer.close("p");
  return web::page(context, options, writer.take());
}

}  // namespace

std::vector<std::pair<std::string, std::string>> query_of(const View& view) {
  std::vector<std::pair<std::string, std::string>> query = {{"from", view.shown.from.iso()},
                                                            {"to", view.shown.to.iso()},
                                                            {"type", view.type},
                                                            {"as-at", view.as_at_text},
                                                            {"recorded-by", view.recorded_by}};
  std::erase_if(query, [](const auto& pair) { return pair.second.empty(); });
  return query;
}

Markup table_section(exports::Table table, const std::string& name, const View& view, const Context& context,
                     bool paged) {
  const std::string base = "/areas/" + url_encoded(view.area->code) + "/crime";
  exports::TableHtml html{.language = context.language, .path = context.request->path, .query = query_of(view)};
  html.paged = paged;
  html.view =
      exports::view_of(table, context.query_value("sort"), context.query_value("order"), context.query_value("page"));
  exports::sort_rows(table, html.view);
  html.csv_path = base + "/" + name + ".csv";
  html.xlsx_path = base + "/" + name + ".xlsx";
  return exports::to_html(table, html);
}

void register_pages(Wiring& wiring, register_::Service& areas, evidence::Service& evidence) {
  Wiring* const w = &wiring;
  register_::Service* const r = &areas;
  evidence::Service* const e = &evidence;
  wiring.site.address("area.crime", "/areas/{}/crime?type=" + std::string(evidence::kCrimeSlug));
  wiring.site.line(web::Home::area, {.place = 10, .text = tr("Crime"), .address = "area.crime"});
  wiring.router.get("/", web::Access::anyone(), [=](Context& context) { return home(*w, *e, context); });
  wiring.router.get("/areas/:code/crime", web::Access::anyone(),
                    [=](Context& context) { return area_page(*w, *r, *e, context); });
  wiring.router.get("/areas/:code/crime/:file", web::Access::anyone(),
                    [=](Context& context) { return export_table(*w, *e, context); });
}

}  // namespace tithing::assessment
