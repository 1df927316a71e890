// Bodies as at a day: the list, two days compared, papers, history, and the files of all of it.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "exports/csv.h"
#include "exports/xlsx.h"
#include "forms/values.h"
#include "slices/bodies/delivered.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

Result<Date> day_of(const Context& context, const char* name, Date otherwise) {
  const std::string text = context.query_value(name);
  if (text.empty()) return otherwise;
  const auto day = Date::parse(text);
  if (!day) return invalid(tr("Write {0} as a day such as 2012-04-01.", {name}));
  return *day;
}

Answer bodies_page(BodiesService& service, const Wiring& wiring, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const Date* const as_at = &view->as_at;
  const std::string area = context.query_value("area");
  Writer writer(context.language);
  if (!area.empty()) {
    const auto areas = service.areas();
    const auto* found = areas->find(area);
    paragraph(writer, found ? tr("Bodies that serve {0} or an area within it.", {areas->name_at(*found, *as_at)})
                            : tr("There is no area with the code {0} in the register.", {area}));
  }
  ListPart part{context, {context.query_value("sort"), context.query_value("order") == "desc", 1}};
  if (part.view.sort != "kind" && part.view.sort != "seats") part.view.sort = "name";
  exports::Table table =
      list_table(service, *all, area, context.query_value("kind"), *as_at, context.query_value("name"), &part);
  lists::Filter kinds{.name = "kind", .label = tr("Kind"), .all = tr("Every kind")};
  for (const FactPointer& kind : all->general(FactKind::kind)) kinds.choices.emplace_back(kind->role, kind->value);
  writer.put(lists::part(context, {.table = std::move(table),
                                   .none = tr("No body is known to have been there on that day."),
                                   .paging = part.paging,
                                   .chosen_before = {{.name = "name", .label = tr("Name contains")}, kinds},
                                   .csv_path = "/bodies/files/list.csv",
                                   .xlsx_path = "/bodies/files/list.xlsx"}));
  links_line(writer, {{web::carry(context, Url::path("/bodies/files/facts.csv", {}, {{"area", area}})),
                       tr("All facts as CSV, which can be imported again")},
                      {web::carry(context, Url::path("/bodies/files/facts.xlsx", {}, {{"area", area}})),
                       tr("as a workbook (XLSX)")}});
  if (context.actor.can(kEditBodies) && service.scope_of(context.actor).may_begin(*all, FactKind::body, ""))
    links_line(writer, {{web::carry(context, Url("/bodies/change?fact=body")), tr("Enter a body")},
                        {web::carry(context, Url("/bodies/change?fact=succession")), tr("Enter what became of bodies")},
                        {web::carry(context, Url("/bodies/reorganise")), tr("Merge or split bodies")}});
  if (context.actor.signed_in()) {
    web::Links links = {{web::carry(context, Url("/bodies/changes")), tr("Changes of the register")},
                        {web::carry(context, Url("/bodies/proposals")), tr("Proposals")}};
    if (wiring.site.has("drafts")) links.emplace_back(wiring.site.at("drafts"), tr("Your drafts"));
    links_line(writer, links);
  }
  return register_page(service, context, *view, options_of(tr("Bodies")), writer.take(), {.area = true});
}

// The two days that are compared: the later one is the day of the register, unless the address says both.
struct Days {
  Date from;
  Date to;
};
Result<Days> days_of(const Context& context, Date as_at) {
  const auto to = day_of(context, "to", as_at);
  if (!to) return pass_on(to);
  const auto from = day_of(context, "from", to->plus_days(-365));
  if (!from) return pass_on(from);
  return Days{*from, *to};
}

Answer difference_page(BodiesService& service, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto days = days_of(context, view->as_at);
  if (!days) return web::problem_page(context, days.error());
  const Date* const from = &days->from;
  const Date* const to = &days->to;
  const auto& all = view->all;
  Writer writer(context.language);
  paragraph(writer, tr("Compared are two days. Another day above is the later one, with the year before it; both can "
                       "be chosen here."));
  writer.open("form", {{"method", "get"}, {"action", Url("/bodies/difference")}, {"class", "tithing-filters"}});
  for (const auto& [name, value] : web::carried(context))
    writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  const auto input = [&](const char* name, const Message& label, const std::string& value, const char* type) {
    render(writer, govuk::InputParams{.id = name,
                                      .name = name,
                                      .type = type,
                                      .value = value,
                                      .label = {.text = label},
                                      .classes = "govuk-input--width-10"});
  };
  input("from", tr("From"), from->iso(), "date");
  input("to", tr("To"), to->iso(), "date");
  input("area", tr("Area (code, or empty for all)"), context.query_value("area"), "text");
  render(writer, govuk::ButtonParams{.text = tr("Compare"), .classes = "govuk-button--secondary"});
  writer.close("form");
  exports::Table table = difference_table(service, *all, context.query_value("area"), *from, *to);
  writer.put(shown(table, context, "difference", tr("Nothing is known to have changed between these days.")));
  return register_page(service, context, *view, options_of(tr("What began, ended and moved")), writer.take(),
                       {.without = {"from", "to"}});
}

Answer paper_page(BodiesService& service, Context& context) {
  const Paper* paper = find_paper(context.parameter("paper"));
  if (!paper) return web::problem_page(context, {ProblemKind::not_found, "There is no such paper.", {}});
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const bool of_a_day = !context.query_value("as-at").empty();
  std::map<std::string, std::vector<FactPointer>> resting;
  for (const auto& [record, fact] : all->facts())
    if (fact->paper == paper->code) resting[fact->paragraph].push_back(fact);
  Writer writer(context.language);
  paragraph(writer,
            tr("Of {0}. What stands in the paper, quoted or in short, and the facts of the register that rest on it.",
               {paper->dated.text()}));
  if (!paper->inferred.empty()) paragraph(writer, tr("Its day: {0}", {paper->inferred}));
  paragraph(writer, tr("Where it is from: {0}", {paper->published}));
  if (paper->sha256.empty())
    paragraph(writer, tr("The paper itself was not at hand, so there is no checksum of it."));
  else
    paragraph(
        writer,
        tr("The program does not hold the paper. The text that was read has {0} bytes and the SHA-256 checksum {1}.",
           {grouped(paper->bytes), paper->sha256}));
  if (of_a_day && view->as_at < paper->dated)
    render(writer,
           govuk::InsetTextParams{
               .text =
                   tr("On {0} this paper was not written yet. Where it says how things stood, it says so looking back.",
                      {view->as_at.text()})});
  for (const Paper::Paragraph& part : paper->paragraphs) {
    heading(writer, part.number);
    paragraph(writer, part.words);
    auto& facts = resting[part.number];
    std::sort(facts.begin(), facts.end(),
              [](const FactPointer& a, const FactPointer& b) { return a->record < b->record; });
    if (facts.empty()) continue;
    Writer inside(context.language);
    inside.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
    for (const FactPointer& fact : facts) {
      inside.open("li");
      if (!is_general(fact->kind)) {
        const auto codes =
            fact->kind == FactKind::succession ? predecessors_of(*fact) : std::vector<std::string>{fact->body};
        inside.element("a", {{"class", "govuk-link"}, {"href", body_url(codes.front(), context)}},
                       names_of(*all, codes));
        inside.text(": ");
      }
      inside.text(text_of(*fact) + "; " + period_text(*fact));
      if (!fact->inferred.empty()) inside.text(". ").element("em", {}, "Inferred from " + fact->inferred);
      if (of_a_day && !is_general(fact->kind) && fact->kind != FactKind::succession)
        inside.text(". On " + view->as_at.text() + ": " + standing_text(*fact, view->as_at) + ".");
      inside.close("li");
    }
    inside.close("ul");
    render(writer,
           govuk::DetailsParams{
               .summary = tr("{0} rest on it", {plural(static_cast<std::int64_t>(facts.size()), "fact", "facts")}),
               .text = inside.take()});
  }
  web::PageOptions options = options_of(paper->title);
  options.narrow = true;
  return register_page(service, context, *view, options, writer.take());
}

Answer history_page(BodiesService& service, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const std::string code = context.parameter("code");
  if (!all->exists(code))
    return web::problem_page(context, {ProblemKind::not_found, "There is no body with this code.", {}});
  exports::Table table{.id = "history", .title = tr("History of {0}", {all->last_name(code)})};
  table.columns = {{"change", tr("Change"), ColumnKind::integer, {}, true},
                   {"record", tr("Record"), ColumnKind::integer, {}, true},
                   {"fact", tr("Fact"), ColumnKind::text, {}, true},
                   {"holds", tr("Holds"), ColumnKind::text},
                   {"on", tr("On {0}", {view->as_at.text()}), ColumnKind::text, {}, true},
                   {"until", tr("Until change"), ColumnKind::text}};
  for (const Fact& fact : service.history_of(code, 2000))
    table.rows.push_back(
        {exports::integer_cell(fact.added_in)
             .linked(Url::path("/bodies/changes/{}", {std::to_string(fact.added_in)}, web::carried(context))),
         exports::integer_cell(fact.record)
             .linked(Url::path("/bodies/records/{}", {std::to_string(fact.record)}, web::carried(context))),
         text_cell(text_of(fact)), text_cell(period_text(fact)), text_cell(standing_text(fact, view->as_at)),
         text_cell(fact.removed_in ? std::to_string(*fact.removed_in) : "as it is now")});
  Writer writer(context.language);
  paragraph(writer, tr("Open a record to see its versions, and any two of them side by side."));
  paragraph(writer, tr("Every version of every fact about it, whichever day it is about. The column of the day says "
                       "how the fact stood then."));
  if (view->under && view->under->proposal.state == Proposal::State::open)
    paragraph(writer, tr("A proposal has no history in the register: what is listed is what was entered."));
  writer.put(shown(table, context, "", tr("There is no history.")));
  return register_page(service, context, *view, options_of(tr("History of {0}", {all->last_name(code)})),
                       writer.take());
}

Answer file(BodiesService& service, Wiring& wiring, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const Date* const as_at = &view->as_at;
  const std::string name = context.parameter("file");
  const std::size_t dot = name.rfind('.');
  const std::string what = name.substr(0, dot);
  const std::string form = dot == std::string::npos ? std::string() : name.substr(dot + 1);
  const std::string area = context.query_value("area");
  const auto days = days_of(context, *as_at);
  if (!days) return web::problem_page(context, days.error());
  exports::Table table;
  if (what == "list")
    table = list_table(service, *all, area, context.query_value("kind"), *as_at, context.query_value("name"));
  else if (what == "facts")
    table = facts_table(service, *all, area);
  else if (what == "difference")
    table = difference_table(service, *all, area, days->from, days->to);
  else if (what == "duties")
    table = duties_table(service, *all, area, *as_at);
  else if (what == "calendar") {
    const auto asked = forms::whole(context.query_value("year"), 9999);
    const int year = asked ? std::clamp(static_cast<int>(*asked), 1998, 2100) : as_at->year();
    const Date first = Date::from_ymd(year, 1, 1);
    const Date after = Date::from_ymd(year + 1, 1, 1);
    if (form == "ics")
      return web::download(
          calendar_ics(service, *all, area, context.query_value("body"), first, after, wiring.clock->now()),
          "text/calendar; charset=utf-8", "register.ics");
    table = calendar_table(service, *all, area, context.query_value("body"), first, after);
  } else {
    table = overlap_table(service, *all, what, context, *as_at);
  }
  if (table.columns.empty() || (form != "csv" && form != "xlsx"))
    return web::problem_page(context, {ProblemKind::not_found, "There is no such file.", {}});
  exports::sort_rows(table, exports::view_of(table, context.query_value("sort"), context.query_value("order"), ""));
  if (form == "csv") return web::download(exports::to_csv(table), exports::kCsvType, exports::file_name(table, "csv"));
  exports::About about;
  if (!area.empty()) about.filters.push_back({"Area", area});
  if (view->under)
    about.filters.push_back(
        {"Proposal", std::to_string(view->under->proposal.number) + ": " + view->under->proposal.title});
  about.as_at = as_at->iso();
  about.evidence_version = "register change " + std::to_string(all->version);
  about.address = context.request->target;
  about.retrieved_at = wiring.clock->now();
  const auto workbook = exports::to_xlsx(table, about);
  if (!workbook) return web::problem_page(context, workbook.error());
  return web::download(*workbook, exports::kXlsxType, exports::file_name(table, "xlsx"));
}

}  // namespace

void register_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  Wiring* w = &wiring;
  const web::Access anyone = web::Access::anyone();
  wiring.router.get("/bodies", anyone,
                    by_names(service, false, [s, w](Context& context) { return bodies_page(*s, *w, context); }));
  wiring.router.get("/bodies/:code/history", web::Access::signed_in(),
                    [s](Context& context) { return history_page(*s, context); });
  wiring.router.get("/bodies/difference", anyone,
                    by_names(service, false, [s](Context& context) { return difference_page(*s, context); }));
  wiring.router.get("/bodies/papers/:paper", anyone, [s](Context& context) { return paper_page(*s, context); });
  wiring.router.get("/bodies/files/:file", anyone, [s, w](Context& context) { return file(*s, *w, context); });
  wiring.site.address("bodies", "/bodies");
  wiring.site.address("bodies.names", "/bodies/names");
  wiring.site.address("bodies.of_area", "/bodies?area={}");
  wiring.site.line(web::Home::site, {.place = 20, .text = tr("Bodies"), .address = "bodies"});
  wiring.site.line(web::Home::area, {.place = 50, .text = tr("Bodies"), .address = "bodies.of_area"});
}

}  // namespace tithing::bodies
