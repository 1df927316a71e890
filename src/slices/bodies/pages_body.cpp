// The page of a body as at a day: what is known of it, who sits there, what papers say, what became of it.
#include <algorithm>

#include "base/text.h"
#include "forms/values.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

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
    writer.text(names_of(all, predecessors_of(*fact)) + " " + type + " ");
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

}  // namespace

void register_body_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  Wiring* w = &wiring;
  wiring.router.get("/bodies/:code", web::Access::anyone(),
                    [s, w](Context& context) { return body_page(*s, *w, context); });
  wiring.site.panel(web::Home::body, {10, [s, w](const Context& context, const std::string& code, Date as_at) {
                                        Writer writer(context.language);
                                        if (const auto view = seen(*s, context))
                                          crime_part(writer, *w, *s, *view->all, code, as_at, context);
                                        return writer.take();
                                      }});
}

}  // namespace tithing::bodies
