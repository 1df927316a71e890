#include "base/text.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "maps/choropleth.h"
#include "slices/register/describe.h"
#include "slices/register/edges.h"
#include "slices/wiring.h"
#include "web/as_at.h"

namespace tithing::register_ {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr int kPageSize = 50;

Url area_url(const std::string& code, const Context& context) {
  return Url::path("/areas/{}", {code}, {{"as-at", context.query_value("as-at")}});
}

Markup area_link(const Snapshot& areas, const Area& area, Date as_at, const Context& context) {
  Writer writer(context.language);
  writer.element("a", {{"class", "govuk-link"}, {"href", area_url(area.code, context)}}, areas.name_at(area, as_at));
  return writer.take();
}

void paragraph(Writer& writer, const Content& content) { writer.element("p", {{"class", "govuk-body"}}, content); }
void heading(Writer& writer, const Content& content) { writer.element("h2", {{"class", "govuk-heading-m"}}, content); }

void parts_table(Writer& writer, const Snapshot& areas, const std::vector<const Area*>& parts, AreaKind kind,
                 Date as_at, const Context& context, Message caption) {
  if (parts.empty()) return;
  const bool lsoa = kind == AreaKind::lsoa_2011;
  exports::Table table{.id = "parts", .title = caption};
  table.columns = {{.key = "name", .heading = tr("Name"), .sortable = true, .holds = Numeral::Kind::name},
                   {.key = "code", .heading = tr("Code"), .sortable = true, .holds = Numeral::Kind::code}};
  if (lsoa)
    table.columns.push_back({.key = "fit", .heading = tr("In 2021"), .holds = Numeral::Kind::code});
  else
    table.columns.push_back({"lsoas", tr("LSOAs of 2011"), exports::ColumnKind::integer, {}, true});
  for (const Area* part : parts) {
    exports::Row row = {exports::text_cell(areas.name_at(*part, as_at)).linked(area_url(part->code, context)),
                        exports::text_cell(part->code)};
    const Areas::Fit* const fit = lsoa ? areas.fit(part->code) : nullptr;
    if (!lsoa)
      row.push_back(exports::integer_cell(static_cast<std::int64_t>(areas.lsoas(part->code, as_at)->lsoa_2011.size())));
    else if (fit == nullptr)
      row.push_back(exports::unknown_cell({}));
    else
      row.push_back(
          exports::text_cell(fit->change == 'U' ? Words(tr("unchanged")) : Words(joined(fit->lsoa_2021, ", "))));
    table.rows.push_back(std::move(row));
  }
  writer.put(lists::part(context, {.table = std::move(table), .search = true}));
}

void small_map(Writer& writer, RegisterService& service, const Snapshot& areas, const Area& area,
               const std::vector<const Area*>& parts, Date as_at, const Context& context) {
  std::vector<std::string> codes;
  for (const Area* part : parts) codes.push_back(part->code);
  if (codes.empty()) codes.push_back(area.code);
  const auto boundaries = service.boundaries(codes, as_at);
  maps::Parameters map{.id = "area-map"};
  map.width = 480;
  map.maximum_height = 480;
  map.point_budget = 4000;
  map.classes = {{0, 0, ""}};
  int without = 0;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const Area* part = areas.find(codes[i]);
    if (!boundaries[i] || !part) {
      ++without;
      continue;
    }
    maps::Cell cell;
    cell.code = codes[i];
    cell.shape = boundaries[i]->shape;
    cell.state = maps::CellState::known;
    cell.label = areas.name_at(*part, as_at);
    cell.value_text = codes[i];
    if (parts.size() <= kPageSize && !parts.empty()) cell.url = area_url(codes[i], context);
    cell.group = codes[i];
    map.cells.push_back(std::move(cell));
  }
  heading(writer, tr("Map"));
  if (map.cells.empty()) {
    paragraph(writer, tr("There is no map: no boundaries have been imported for this area."));
    return;
  }
  map.title = tr("Boundaries of {0}", {areas.name_at(area, as_at)});
  map.links = parts.size() <= kPageSize && !parts.empty();
  const auto drawn = maps::render(map, context.language);
  if (!drawn) {
    paragraph(writer, drawn.error().message);
    return;
  }
  writer.open("figure", {{"class", "tithing-map"}})
      .put(*drawn)
      .open("figcaption")
      .put(map.title)
      .close("figcaption")
      .close("figure");
  if (without > 0)
    paragraph(writer, tr("Without a boundary, so not on the map: {0}.", {plural(without, "area", "areas")}));
}

void successions(Writer& writer, const Snapshot& areas, const Area& area, const Context& context) {
  const std::vector<Succession> all = areas.successions_of(area.code);
  heading(writer, tr("What it was and what became of it"));
  if (all.empty()) {
    paragraph(writer, tr("Nothing is known of predecessors or successors."));
    return;
  }
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const Succession& s : all) {
    writer.open("li");
    writer.text(succession_text(areas, s) + " ");
    render(writer, govuk::TagParams{
                       .text = s.review == Succession::Review::accepted   ? tr("Accepted")
                               : s.review == Succession::Review::rejected ? tr("Rejected")
                                                                          : tr("Waits for review"),
                       .classes = s.review == Succession::Review::accepted ? "govuk-tag--teal" : "govuk-tag--grey"});
    writer.text(" " + s.evidence + " ");
    bool first = true;
    for (const auto* codes : {&s.predecessors, &s.successors}) {
      for (const std::string& code : *codes) {
        const Area* other = areas.find(code);
        if (!other || other->code == area.code) continue;
        writer.text(first ? "" : ", ");
        first = false;
        writer.element("a", {{"class", "govuk-link"}, {"href", area_url(code, context)}},
                       other->name + " (" + other->code + ")");
      }
    }
    if (context.actor.can(kReviewSuccession)) {
      writer.text(" ");
      writer.element("a",
                     {{"class", "govuk-link"}, {"href", Url::path("/areas/successions/{}", {std::to_string(s.id)})}},
                     tr("Review succession {0}", {std::to_string(s.id)}));
    }
    writer.close("li");
  }
  writer.close("ul");
}

void facts(Writer& writer, const Snapshot& areas, const Area& area, Date as_at, const Context& context) {
  govuk::SummaryListParams list;
  const auto row = [&](Message key, Content value) {
    list.rows.push_back({.key = {.text = std::move(key)}, .value = {.text = std::move(value)}});
  };
  row(tr("Code"),
      area.code +
          (area.code.compare(0, 2, "X-") == 0 ? " (a code of this register: the official one is not known)" : ""));
  row(tr("Kind"), kind_words(area));
  std::vector<std::string> names;
  for (const Areas::NamePeriod& period : areas.names(area.code))
    names.push_back(period.name + " (" + period.seen_in + ")");
  if (names.size() > 1) row(tr("Names"), joined(names, "; "));
  row(tr("From"), from_text(areas, area));
  row(tr("Until"), to_text(area));
  if (!area.dates_note.empty()) row(tr("About the dates"), area.dates_note);
  const auto belongs = [&](Message key, const Area* other) {
    if (other && other != &area) row(std::move(key), area_link(areas, *other, as_at, context));
  };
  belongs(tr("District"), areas.district_of(area.code, as_at));
  belongs(tr("Community safety partnership"), areas.partnership_of(area.code, as_at));
  belongs(tr("Police force area"), areas.force_of(area.code, as_at));
  const auto lsoas = areas.lsoas(area.code, as_at);
  if (area.kind < AreaKind::lsoa_2011 && !area.without_area)
    row(tr("LSOAs"), tr("{0} of 2011, {1} of 2021", {grouped(static_cast<std::int64_t>(lsoas->lsoa_2011.size())),
                                                     grouped(static_cast<std::int64_t>(lsoas->lsoa_2021.size()))}));
  if (const auto zone = areas.zone_of(area.code)) {
    // What it became, or was made of, each a link: figures across June 2023 can be asked for the whole of it only.
    const auto links = [&](const std::vector<std::string>& codes) {
      Writer out(context.language);
      for (const std::string& code : codes) {
        if (!out.html().empty()) out.text(", ");
        if (code == area.code)
          out.text(code);
        else
          out.element("a", {{"class", "govuk-link"}, {"href", area_url(code, context)}}, code);
      }
      return out.take();
    };
    const Areas::Fit* fit = areas.fit(area.code);
    if (zone->change == 'U') row(tr("In 2021"), tr("unchanged"));
    if (zone->change != 'U' && fit) row(tr("In 2021"), links(fit->lsoa_2021));
    if (zone->change != 'U' && !fit) row(tr("In 2011"), links(zone->of_2011));
    if (zone->change != 'U')
      row(tr("Counted together across June 2023"), links(zone->of_2021.size() == 1 ? zone->of_2021 : zone->of_2011));
  }
  Writer seen_in(context.language);
  for (const Snapshot::Sighting& seen : areas.sightings(area.code)) {
    if (!seen_in.html().empty()) seen_in.text(", ");
    seen_in.element("a", {{"class", "govuk-link"}, {"href", Url::parse(seen.source)}}, Month::of(seen.on).text());
  }
  if (!seen_in.html().empty()) row(tr("Look-ups that show it"), seen_in.take());
  render(writer, list);
  for (const std::string& note : lsoas->notes) render(writer, govuk::InsetTextParams{.text = note});
}

void wards_list(Writer& writer, const Snapshot& areas, const Area& district, Date as_at, const Context& context) {
  const auto wards = areas.constituents(district.code, AreaKind::ward, as_at);
  if (wards.empty()) return;
  heading(writer, tr("Wards, by best fit"));
  paragraph(writer, tr("{0}: each stands for the whole LSOAs of 2021 that mostly lie in it, not for its own outline.",
                       {plural(static_cast<std::int64_t>(wards.size()), "ward", "wards")}));
  writer.open("ul", {{"class", "govuk-list tithing-columns"}});
  for (const Area* ward : wards) writer.open("li").put(area_link(areas, *ward, as_at, context)).close("li");
  writer.close("ul");
}

Answer area_page(Wiring& wiring, RegisterService& service, Context& context) {
  const auto as_at = context.as_at();
  if (!as_at) return web::problem_page(context, as_at.error());
  const auto areas = service.snapshot();
  const Area* area = areas->find(context.parameter("code"));
  if (!area)
    return web::problem_page(
        context, {ProblemKind::not_found,
                  "There is no area with this code in the register. Search for its name, or for a former one.",
                  {}});
  const std::string name = areas->name_at(*area, *as_at);
  Writer writer(context.language);
  writer.put(web::as_at_control(context, {.as_at = *as_at}));

  AreaKind part_kind = area->kind == AreaKind::ward ? AreaKind::lsoa_2021 : AreaKind::lsoa_2011;
  if (area->kind == AreaKind::police_force_area) part_kind = AreaKind::community_safety_partnership;
  if (area->kind == AreaKind::community_safety_partnership) part_kind = AreaKind::district;
  std::vector<const Area*> parts;
  if (area->kind < AreaKind::lsoa_2011) parts = areas->constituents(area->code, part_kind, *as_at);
  if (area->without_area)
    writer.element("p", {{"class", "govuk-body-l"}},
                   tr("{0} polices no area of its own: it has figures of its own, of all rows of its files, and lies "
                      "in no other area's.",
                      {name}));
  if (const std::string gone = absence(*area, *as_at); !gone.empty()) {
    render(writer, govuk::InsetTextParams{.text = gone});
  } else if (!parts.empty()) {
    const std::string made_of =
        part_kind == AreaKind::lsoa_2011
            ? plural(static_cast<std::int64_t>(parts.size()), "LSOA of 2011", "LSOAs of 2011")
        : part_kind == AreaKind::lsoa_2021
            ? plural(static_cast<std::int64_t>(parts.size()), "LSOA of 2021, by best fit", "LSOAs of 2021, by best fit")
            : plural(static_cast<std::int64_t>(parts.size()), name_of(part_kind),
                     std::string(name_of(part_kind)) + "s");
    const std::string note = last_known(*areas, *as_at);
    if (area->kind == AreaKind::ward) {
      writer.element("p", {{"class", "govuk-body-l"}}, tr("{0} is taken to be {1}.", {name, made_of}));
    } else if (note.empty()) {
      writer.element("p", {{"class", "govuk-body-l"}},
                     tr("On {0} {1} was made up of {2}.", {as_at->text(), name, made_of}));
    } else {
      writer.element("p", {{"class", "govuk-body-l"}}, tr("{0} was last known to be made up of {1}.", {name, made_of}));
      paragraph(writer, note);
    }
  }
  facts(writer, *areas, *area, *as_at, context);
  successions(writer, *areas, *area, context);
  if (!parts.empty()) {
    heading(writer, tr("What it is made of"));
    parts_table(writer, *areas, parts, part_kind, *as_at, context,
                part_kind == AreaKind::community_safety_partnership ? tr("Community safety partnerships of {0}", {name})
                : part_kind == AreaKind::district                   ? tr("Districts of {0}", {name})
                : part_kind == AreaKind::lsoa_2021                  ? tr("LSOAs of 2021 that stand for {0}", {name})
                                                                    : tr("LSOAs of 2011 in {0}", {name}));
  }
  if (area->kind == AreaKind::district) wards_list(writer, *areas, *area, *as_at, context);
  if (!area->without_area) small_map(writer, service, *areas, *area, parts, *as_at, context);

  web::PageOptions options;
  options.title = name;
  options.place = name;
  options.caption = kind_words(*area);
  options.as_at_control = true;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Areas"), web::carry(context, Url("/areas")), false}};
  if (const Area* force = areas->force_of(area->code, *as_at); force && force != area)
    options.breadcrumbs.push_back({areas->name_at(*force, *as_at), area_url(force->code, context), false});
  options.rooms = wiring.site.lines(web::Home::area, context, area->code, "area");
  return web::page(context, options, writer.take());
}

Answer areas_page(RegisterService& service, Context& context) {
  const auto as_at = context.as_at();
  if (!as_at) return web::problem_page(context, as_at.error());
  const auto areas = service.snapshot();
  Writer writer(context.language);
  writer.put(web::as_at_control(context, {.as_at = *as_at}));
  const std::vector<const Area*> forces = areas->of_kind(AreaKind::police_force_area, *as_at);
  if (forces.empty()) {
    paragraph(writer, tr("No look-up has been imported yet. On the command line: tithing import geography PATH."));
  } else {
    std::int64_t waiting = 0;
    for (const Succession& s : areas->successions()) waiting += s.review == Succession::Review::proposed ? 1 : 0;
    writer.element(
        "p", {{"class", "govuk-body-l"}},
        tr("{0} on {1}.", {plural(static_cast<std::int64_t>(forces.size()), "police force area", "police force areas"),
                           as_at->text()}));
    if (const std::string note = last_known(*areas, *as_at); !note.empty()) paragraph(writer, note);
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", web::carry(context, Url("/areas/successions"))}},
                   tr("What became of areas"));
    writer.text(" ").put(tr("({0} waiting for review)", {grouped(waiting)}));
    writer.close("p");
    govuk::TableParams table;
    table.caption = tr("Police force areas");
    table.first_cell_is_header = true;
    table.head = {{.text = tr("Name")},
                  {.text = tr("Code")},
                  {.text = tr("Partnerships"), .format = "numeric"},
                  {.text = tr("Districts"), .format = "numeric"}};
    for (const Area* force : forces)
      table.rows.push_back(
          {{.text = area_link(*areas, *force, *as_at, context)},
           {.text = force->code},
           {.text = grouped(static_cast<std::int64_t>(
                areas->constituents(force->code, AreaKind::community_safety_partnership, *as_at).size())),
            .format = "numeric"},
           {.text =
                grouped(static_cast<std::int64_t>(areas->constituents(force->code, AreaKind::district, *as_at).size())),
            .format = "numeric"}});
    Writer body(context.language);
    render(body, table);
    render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
    writer.open("p", {{"class", "govuk-body"}}).put(tr("Forces that police no area of their own:")).text(" ");
    bool first = true;
    for (const Area* force : areas->forces_without_area()) {
      if (!first) writer.text(", ");
      first = false;
      writer.put(area_link(*areas, *force, *as_at, context)).text(" (" + force->code + ")");
    }
    writer.text(".").close("p");
  }
  web::PageOptions options;
  options.title = tr("Areas");
  options.as_at_control = true;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}};
  return web::page(context, options, writer.take());
}

Answer area_api(RegisterService& service, Context& context) {
  const auto as_at = context.as_at();
  if (!as_at) return web::problem_json(as_at.error());
  const auto areas = service.snapshot();
  const Area* area = areas->find(context.parameter("code"));
  if (!area) return web::problem_json({ProblemKind::not_found, "There is no area with this code in the register.", {}});
  return web::json_answer(area_json(*areas, *area, *as_at));
}

}  // namespace

void register_pages(Wiring& wiring, RegisterService& service) {
  Wiring* w = &wiring;
  RegisterService* s = &service;
  wiring.router.get("/areas", web::Access::anyone(), [s](Context& context) { return areas_page(*s, context); });
  wiring.router.get("/areas/:code", web::Access::anyone(),
                    [w, s](Context& context) { return area_page(*w, *s, context); });
  wiring.router.get("/api/v1/areas/:code", web::Access::anyone(),
                    [s](Context& context) { return area_api(*s, context); });
}

}  // namespace tithing::register_
