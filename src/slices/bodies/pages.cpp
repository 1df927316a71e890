// Bodies as at a day: the list, a body, two days compared, papers, history, and the files of all of it.
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

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

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
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a",
                 {{"class", "govuk-link"},
                  {"href", web::carry(context, Url::path("/bodies/files/facts.csv", {}, {{"area", area}}))}},
                 tr("All facts as CSV, which can be imported again"));
  writer.text(" · ");
  writer.element("a",
                 {{"class", "govuk-link"},
                  {"href", web::carry(context, Url::path("/bodies/files/facts.xlsx", {}, {{"area", area}}))}},
                 tr("as a workbook (XLSX)"));
  writer.close("p");
  if (context.actor.can(kEditBodies) && service.scope_of(context.actor).may_begin(*all, FactKind::body, "")) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", web::carry(context, Url("/bodies/change?fact=body"))}},
                   tr("Enter a body"));
    writer.text(" · ");
    writer.element("a", {{"class", "govuk-link"}, {"href", web::carry(context, Url("/bodies/change?fact=succession"))}},
                   tr("Enter what became of bodies"));
    writer.text(" · ");
    writer.element("a", {{"class", "govuk-link"}, {"href", web::carry(context, Url("/bodies/reorganise"))}},
                   tr("Merge or split bodies"));
    writer.close("p");
  }
  if (context.actor.signed_in()) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", web::carry(context, Url("/bodies/changes"))}},
                   tr("Changes of the register"));
    writer.text(" · ");
    writer.element("a", {{"class", "govuk-link"}, {"href", web::carry(context, Url("/bodies/proposals"))}},
                   tr("Proposals"));
    if (const web::SiteMap& site = wiring.site; site.has("drafts")) {
      writer.text(" · ");
      writer.element("a", {{"class", "govuk-link"}, {"href", site.at("drafts")}}, tr("Your drafts"));
    }
    writer.close("p");
  }
  return register_page(service, context, *view, options_of(tr("Bodies")), writer.take(), {.area = true});
}

std::size_t page_of(const Context& context, const std::string& name, std::size_t pages) {
  const auto page = static_cast<std::size_t>(forms::whole_or(context.query_value(name), 1));
  return std::clamp<std::size_t>(page, 1, std::max<std::size_t>(1, pages));
}

// In pages of 50; `name` is the number of the page in the address.
void fact_list(Writer& writer, const Register& all, const FactList& facts, const Message& title,
               const std::string& name, Date as_at, const Context& context, bool mine) {
  heading(writer, title);
  if (facts.empty()) {
    paragraph(writer, tr("None is known on that day."));
    return;
  }
  constexpr std::size_t kMost = 50;
  const std::size_t pages = (facts.size() + kMost - 1) / kMost;
  const std::size_t page = page_of(context, name, pages);
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (std::size_t i = (page - 1) * kMost; i < facts.size() && i < page * kMost; ++i) {
    const FactPointer& fact = facts[i];
    writer.open("li");
    writer.put(body_link(all, mine ? fact->other : fact->body, as_at, context));
    const LineWords* line = fact->kind == FactKind::parent ? line_words(fact->value) : nullptr;
    const std::string what = line ? (mine ? "this body " + std::string(line->upward) + " it; chain: "
                                          : "it " + std::string(line->upward) + " this body; chain: ") +
                                        fact->role
                             : fact->role.empty() ? std::string(name_of(fact->kind))
                                                  : fact->role;
    writer.text(" (" + what + "; " + holds_text(*fact, as_at) + ") ");
    put_source(writer, *fact, context);
    writer.close("li");
  }
  writer.close("ul");
  if (pages <= 1) return;
  govuk::PaginationParams params;
  if (page > 1) params.previous.href = web::with_query(context, name, std::to_string(page - 1));
  if (page < pages) params.next.href = web::with_query(context, name, std::to_string(page + 1));
  params.landmark_label = title;
  render(writer, params);
}

// A fact that a proposal adds is changed by taking that edit out, not here.
Markup change_link(const Fact& fact, const Context& context) {
  Writer writer(context.language);
  if (fact.record < 0) return {};
  writer.element(
      "a",
      {{"class", "govuk-link"},
       {"href", web::carry(context, Url::path("/bodies/change", {}, {{"record", std::to_string(fact.record)}}))}},
      tr("Change record {0}", {std::to_string(fact.record)}));
  return writer.take();
}

void seats_table(Writer& writer, const Register& all, const std::string& code, Date as_at, const Context& context,
                 const Scope& scope) {
  govuk::TableParams table;
  table.caption = tr("Seats, as far as they are known on {0}", {as_at.text()});
  table.first_cell_is_header = true;
  table.head = {{.text = tr("Seat held by")}, {.text = tr("Post")},  {.text = tr("Seat")},
                {.text = tr("Vote")},         {.text = tr("Holds")}, {.text = tr("Source")}};
  constexpr std::size_t kMost = 50;
  const FactList seats = all.of_body(code, FactKind::membership, as_at);
  const std::size_t pages = (seats.size() + kMost - 1) / kMost;
  const std::size_t page = page_of(context, "page", pages);
  for (std::size_t i = (page - 1) * kMost; i < seats.size() && i < page * kMost; ++i) {
    const Fact& seat = *seats[i];
    const SeatRole* role = seat_role(seat.role);
    Writer who(context.language);
    if (seat.state == "vacant") who.text(seat.other.empty() ? "vacant" : "vacant: ");
    if (!seat.other.empty()) who.put(body_link(all, seat.other, as_at, context));
    if (seat.other.empty() && seat.state != "vacant") who.text("not known");
    Writer source(context.language);
    put_source(source, seat, context);
    if (context.actor.can(kEditOwnBodies) && scope.may(all, {&seat, &seat}))
      source.text(" ").put(change_link(seat, context));
    std::vector<std::string> post;
    if (!seat.value.empty()) post.push_back(seat.value);
    if (!seat.holder.empty()) post.push_back(seat.holder);
    table.rows.push_back({{.text = who.take()},
                          {.text = post.empty() ? std::string("not known") : joined(post, ": ")},
                          {.text = std::string(role ? role->name : seat.role)},
                          {.text = vote_of(seat)},
                          {.text = holds_text(seat, as_at)},
                          {.text = source.take()}});
  }
  if (table.rows.empty()) {
    heading(writer, tr("Who sits here"));
    paragraph(writer, tr("Nobody is known to sit here on that day."));
    return;
  }
  const auto earlier =
      std::count_if(seats.begin(), seats.end(), [&](const FactPointer& seat) { return !all.known_on(*seat, as_at); });
  if (earlier > 0)
    paragraph(writer, tr("{0} known from an earlier day: whether they are held so on {1} is not known.",
                         {plural(earlier, "of these seats is", "of these seats are"), as_at.text()}));
  Writer body(context.language);
  render(body, table);
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
  exports::Paging paging = exports::paging(static_cast<std::int64_t>(seats.size()), static_cast<int>(page));
  writer.put(exports::pager(paging, context.request->path, web::carried(context), context.language));
}

// What papers say of it, in our words: whatever the day, because a statement says of which time it is.
void statements_table(Writer& writer, const Register& all, const std::string& code, Date as_at, const Context& context,
                      const Scope* scope) {
  FactList statements = all.find(code)->of(FactKind::statement);
  const FactList& others = all.find(code)->statements;
  statements.insert(statements.end(), others.begin(), others.end());
  if (statements.empty()) return;
  std::stable_sort(statements.begin(), statements.end(),
                   [](const FactPointer& a, const FactPointer& b) { return topic_of(a->role) < topic_of(b->role); });
  govuk::TableParams table;
  table.caption = tr("What papers say of it");
  table.head = {{.text = tr("Of what")},
                {.text = tr("What the paper says, in our words")},
                {.text = tr("Amount")},
                {.text = tr("Of which time")},
                {.text = tr("Source")}};
  for (const FactPointer& fact : statements) {
    Writer what(context.language);
    what.text(fact->value);
    if (!fact->holder.empty()) what.text(" (" + fact->holder + ")");
    const std::string& other = fact->body == code ? fact->other : fact->body;
    if (!other.empty()) what.text(" ").put(body_link(all, other, as_at, context));
    Writer source(context.language);
    put_source(source, *fact, context);
    if (scope && scope->may(all, {fact.get(), fact.get()})) source.text(" ").put(change_link(*fact, context));
    const std::string amount = !fact->amount ? std::string("none given")
                               : fact->detail.rfind("pounds", 0) == 0
                                   ? "£" + grouped(*fact->amount) + fact->detail.substr(6)
                                   : grouped(*fact->amount) + " " + fact->detail;
    const bool one_day = fact->from && fact->to && fact->from->plus_days(1) == *fact->to;
    table.rows.push_back({{.text = fact->role.empty() ? std::string("other") : std::string(topic_of(fact->role))},
                          {.text = what.take()},
                          {.text = amount},
                          {.text = one_day                  ? fact->from->text()
                                   : fact->from || fact->to ? period_text(*fact)
                                   : fact->seen             ? "said on " + fact->seen->text()
                                                            : std::string("not given")},
                          {.text = source.take()}});
  }
  Writer body(context.language);
  render(body, table);
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
}

std::string named(const Register& all, const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) names.push_back(all.last_name(code));
  return joined(names, ", ");
}

void became(Writer& writer, const Register& all, const std::string& code, Date as_at, const Context& context) {
  heading(writer, tr("What it was and what became of it"));
  const FactList& successions = all.find(code)->of(FactKind::succession);
  if (successions.empty()) {
    paragraph(writer, tr("Nothing is known of predecessors or successors."));
    return;
  }
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const FactPointer& fact : successions) {
    std::string type = fact->role;
    for (const SuccessionType& known : succession_types())
      if (known.code == fact->role) type = known.name;
    writer.open("li");
    writer.text(named(all, predecessors_of(*fact)) + " " + type + " ");
    const std::vector<Share> after = successors_of(*fact).value_or(std::vector<Share>());
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (i > 0) writer.text(", ");
      writer.put(body_link(all, after[i].code, fact->from.value_or(as_at), context));
      if (after[i].per_cent > 0) writer.text(" (" + std::to_string(after[i].per_cent) + "%)");
    }
    if (fact->from) writer.text(" on " + fact->from->text());
    if (!fact->detail.empty()) writer.text(": " + fact->detail);
    writer.text(". ");
    if (!fact->state.empty())
      writer.text("By " + std::string(term_of(instrument_kinds(), fact->state)) + ": " + fact->value +
                  (fact->seen ? ", " + fact->seen->text() : std::string()) + ". ");
    put_source(writer, *fact, context);
    writer.close("li");
  }
  writer.close("ul");
  std::vector<std::string> ends = all.ends_at(code);
  ends.erase(std::remove(ends.begin(), ends.end(), code), ends.end());
  if (!ends.empty()) {
    writer.open("p", {{"class", "govuk-body"}}).put(tr("In its place today:"));
    for (const std::string& end : ends) writer.text(" ").put(body_link(all, end, as_at, context));
    writer.close("p");
  }
}

Answer body_page(BodiesService& service, const Wiring& wiring, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const Date* const as_at = &view->as_at;
  const std::string code = context.parameter("code");
  const Register::Entry* entry = all->find(code);
  if (!entry)
    return web::problem_page(
        context,
        {ProblemKind::not_found, "There is no body with this code. Search for its name, or for a former one.", {}});
  Writer writer(context.language);
  if (const std::string gone = standing_text(*all, code, *as_at); !gone.empty())
    render(writer, govuk::InsetTextParams{.text = gone});

  const bool may = context.actor.can(kEditOwnBodies);
  const Scope scope = service.scope_of(context.actor);
  govuk::SummaryListParams list;
  const auto rows = [&](FactKind kind, const Message& key) {
    Writer value(context.language);
    for (const FactPointer& fact : entry->of(kind)) {
      value.open("div");
      std::string text = kind == FactKind::body         ? all->kind_name(fact->role)
                         : kind == FactKind::identifier ? fact->role + ": " + fact->value
                                                        : fact->value;
      if (kind == FactKind::meetings) text = meetings_text(*fact);
      if (kind == FactKind::meeting) text = fact->from->text();
      if (kind == FactKind::area) {
        const auto areas = service.areas();
        const auto* area = areas->find(fact->value);
        value.element("a",
                      {{"class", "govuk-link"},
                       {"href", wiring.site.at("area", {fact->value}, {{"as-at", context.query_value("as-at")}})}},
                      area ? areas->name_at(*area, *as_at) + " (" + fact->value + ")" : fact->value);
        text.clear();
        // Crime counted on the structure of the day, also for areas that are gone.
        if (area && !register_::is_lsoa(area->kind) && wiring.site.has("area.crime")) {
          value.text(" · ");
          value.element("a",
                        {{"class", "govuk-link"},
                         {"href", wiring.site.at("area.crime", {fact->value}, {{"as-at", as_at->iso()}})}},
                        tr("Crime in {0}", {fact->value}));
        }
      }
      if (kind == FactKind::post && !fact->holder.empty()) text += ": " + fact->holder;
      value.text(text + (kind == FactKind::meeting ? " " : " (" + holds_text(*fact, *as_at) + ") "));
      put_source(value, *fact, context);
      if (may && scope.may(*all, {fact.get(), fact.get()})) value.text(" ").put(change_link(*fact, context));
      value.close("div");
    }
    if (!value.html().empty()) list.rows.push_back({.key = {.text = key}, .value = {.text = value.take()}});
  };
  list.rows.push_back({.key = {.text = tr("Code")}, .value = {.text = code}});
  rows(FactKind::body, tr("Kind and time"));
  rows(FactKind::name, tr("Names over time"));
  rows(FactKind::identifier, tr("Identifiers"));
  rows(FactKind::area, tr("Areas served"));
  rows(FactKind::post, tr("Posts"));
  rows(FactKind::meetings, tr("Meetings a year"));
  rows(FactKind::meeting, tr("Meetings"));
  render(writer, list);
  became(writer, *all, code, *as_at, context);
  writer.put(wiring.site.panels(web::Home::body, context, code, *as_at));
  fact_list(writer, *all, all->of_body(code, FactKind::parent, *as_at), tr("Bodies above it"), "upward", *as_at,
            context, true);
  fact_list(writer, *all, all->children_of(code, *as_at), tr("Bodies below it"), "downward", *as_at, context, false);
  seats_table(writer, *all, code, *as_at, context, scope);
  fact_list(writer, *all, all->seats_of(code, *as_at), tr("Where it sits"), "sits", *as_at, context, false);
  heading(writer, tr("Functions that it discharges"));
  const FactList duties = all->of_body(code, FactKind::discharge, *as_at);
  if (duties.empty())
    paragraph(writer, tr("None is known on that day."));
  else
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const FactPointer& duty : duties) {
    const Fact* function = all->function(duty->role);
    writer.open("li");
    writer.text((function ? function->value + " (" + function->paper + ", " + function->paragraph + ")" : duty->role) +
                ", " + holds_text(*duty, *as_at) + ". ");
    put_source(writer, *duty, context);
    const FactList served = all->of_body(code, FactKind::area, *as_at);
    writer.text(" ").element("a",
                             {{"class", "govuk-link"},
                              {"href", Url::path("/bodies/duties", {},
                                                 {{"function", duty->role},
                                                  {"area", served.empty() ? std::string() : served.front()->value},
                                                  {"as-at", as_at->iso()}})}},
                             tr("Who held \"{0}\" before and after", {duty->role}));
    writer.close("li");
  }
  if (!duties.empty()) writer.close("ul");
  statements_table(writer, *all, code, *as_at, context, may ? &scope : nullptr);
  writer.open("p", {{"class", "govuk-body"}});
  writer.element(
      "a",
      {{"class", "govuk-link"}, {"href", web::carry(context, Url::path("/bodies/calendar", {}, {{"body", code}}))}},
      tr("What falls due"));
  if (context.actor.signed_in()) {
    writer.text(" · ");
    writer.element("a",
                   {{"class", "govuk-link"}, {"href", Url::path("/bodies/{}/history", {code}, web::carried(context))}},
                   tr("History of this record"));
  }
  writer.close("p");
  if (may) {
    Writer offered(context.language);
    for (const FactKind kind :
         {FactKind::name, FactKind::identifier, FactKind::area, FactKind::parent, FactKind::post, FactKind::membership,
          FactKind::meetings, FactKind::meeting, FactKind::discharge, FactKind::statement, FactKind::succession}) {
      if (!scope.may_begin(*all, kind, code)) continue;
      offered.text(" ");
      offered.element(
          "a",
          {{"class", "govuk-link"},
           {"href", web::carry(context, Url::path("/bodies/change", {},
                                                  {{"fact", std::string(code_of(kind))}, {"body", code}}))}},
          std::string(name_of(kind)));
    }
    if (context.actor.can(kEditBodies) && scope.may_begin(*all, FactKind::succession, code)) {
      offered.text(" ");
      offered.element("a",
                      {{"class", "govuk-link"},
                       {"href", web::carry(context, Url::path("/bodies/reorganise", {}, {{"body", code}}))}},
                      tr("merger or split"));
    }
    if (const Markup links = offered.take(); !links.empty())
      writer.open("p", {{"class", "govuk-body"}}).put(tr("Enter for this body:")).put(links).close("p");
  }
  web::PageOptions options = options_of(all->name_at(code, *as_at));
  options.place = all->name_at(code, *as_at);
  options.caption = all->kind_name(all->kind_of(code, *as_at));
  return register_page(service, context, *view, options, writer.take());
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
  writer.put(shown(table, context, "difference", "Nothing is known to have changed between these days."));
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
        inside.element("a", {{"class", "govuk-link"}, {"href", body_url(codes.front(), context)}}, named(*all, codes));
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
  writer.put(shown(table, context, "", "There is no history."));
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
  wiring.router.get("/bodies/:code", anyone, [s, w](Context& context) { return body_page(*s, *w, context); });
  wiring.router.get("/bodies/:code/history", web::Access::signed_in(),
                    [s](Context& context) { return history_page(*s, context); });
  wiring.router.get("/bodies/difference", anyone,
                    by_names(service, false, [s](Context& context) { return difference_page(*s, context); }));
  wiring.router.get("/bodies/papers/:paper", anyone, [s](Context& context) { return paper_page(*s, context); });
  wiring.router.get("/bodies/files/:file", anyone, [s, w](Context& context) { return file(*s, *w, context); });
  wiring.site.panel(web::Home::body, {10, [s, w](const Context& context, const std::string& code, Date as_at) {
                                        Writer writer(context.language);
                                        if (const auto view = seen(*s, context))
                                          crime_part(writer, *w, *s, *view->all, code, as_at, context);
                                        return writer.take();
                                      }});
  wiring.site.address("bodies", "/bodies");
  wiring.site.address("bodies.names", "/bodies/names");
  wiring.site.address("bodies.of_area", "/bodies?area={}");
  wiring.site.line(web::Home::site, {.place = 20, .text = tr("Bodies"), .address = "bodies"});
  wiring.site.line(web::Home::area, {.place = 50, .text = tr("Bodies"), .address = "bodies.of_area"});
}

}  // namespace tithing::bodies
