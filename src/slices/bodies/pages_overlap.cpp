// Who sits in several rooms: the list, the matrix of bodies, meetings and hours; each number a figure that is
// explained.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "forms/values.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/kinds.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using exports::Cell;
using exports::ColumnKind;
using exports::text_cell;
using figures::Quantity;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kBlock = 20;        // rows and columns of the matrix on one page
constexpr std::size_t kMostToTick = 60;   // bodies that are offered one by one
constexpr std::size_t kMostInFile = 300;  // bodies in the file of a matrix
using Query = std::vector<std::pair<std::string, std::string>>;

Cell figure_cell(const Quantity& quantity, const Url& url) {
  Cell cell = !quantity.known()  ? exports::unknown_cell(quantity.reason())
              : quantity.exact() ? exports::integer_cell(quantity.integer())
                                 : exports::decimal_cell(quantity.number(), quantity.decimals());
  if (quantity.partial) cell = cell.noted(tr("At least: of some it is not known."));
  return cell.linked(url, "How it came about");
}

Url figure_url(const Register& all, const std::string& kind, Query query) {
  if (all.proposal > 0) query.emplace_back("proposal", std::to_string(all.proposal));
  std::sort(query.begin(), query.end());
  return Url::path("/figures/" + kind, {}, query);
}

Cell body_cell(const Register& all, const std::string& code, Date day) {
  return text_cell(all.name_at(code, day)).linked(plain_url(all, code, day));
}

// Which bodies the matrix is of: those of the area of which something is known, of one kind or chosen one by one.
struct Choice {
  std::vector<std::string> rooms;      // of the area, by name
  std::vector<std::string> chosen;     // of these, those of the matrix
  std::size_t left_out = 0;            // bodies that stand, of which nothing is known that a matrix could show
  std::vector<std::string> not_there;  // asked for, and not among the rooms
};

Choice choice_of(BodiesService& service, const Register& all, const Context& context, const std::string& area,
                 Date day) {
  Choice choice;
  const std::vector<std::string> bodies = service.in_area(all, area, day);
  choice.rooms = rooms_among(all, bodies, day);
  std::vector<std::pair<std::string, std::string>> named;
  for (const std::string& code : choice.rooms) named.emplace_back(all.name_at(code, day), code);
  std::sort(named.begin(), named.end());
  for (std::size_t i = 0; i < named.size(); ++i) choice.rooms[i] = named[i].second;
  const auto standing =
      std::count_if(bodies.begin(), bodies.end(), [&](const std::string& code) { return all.stands(code, day); });
  choice.left_out = static_cast<std::size_t>(standing) - choice.rooms.size();
  std::vector<std::string> wanted;
  for (const auto& [name, value] : context.query)
    if (name == "body" && !value.empty()) wanted.push_back(value);
  const std::string kind = context.query_value("kind");
  for (const std::string& code : choice.rooms)
    if ((kind.empty() || all.kind_of(code, day) == kind) &&
        (wanted.empty() || std::find(wanted.begin(), wanted.end(), code) != wanted.end()))
      choice.chosen.push_back(code);
  for (const std::string& code : wanted)
    if (std::find(choice.rooms.begin(), choice.rooms.end(), code) == choice.rooms.end())
      choice.not_there.push_back(code);
  return choice;
}

// Rows and columns are parts of one list of bodies; the diagonal says nothing.
exports::Table matrix(const Register& all, const std::vector<std::string>& rows,
                      const std::vector<std::string>& columns, Date day, bool posts) {
  const std::string kind = posts ? "shared-posts" : "shared-organisations";
  exports::Table table{.id = posts ? "posts" : "organisations",
                       .title = posts ? tr("Posts that two bodies share on {0}", {day.text()})
                                      : tr("Organisations that two bodies share on {0}", {day.text()})};
  table.columns.push_back({"body", tr("Body"), ColumnKind::text});
  std::vector<Seats> across;
  for (const std::string& code : columns) {
    table.columns.push_back({code, all.name_at(code, day), ColumnKind::integer});
    across.push_back(seats_in(all, code, day));
  }
  for (const std::string& a : rows) {
    const Seats down = seats_in(all, a, day);
    exports::Row row{body_cell(all, a, day)};
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string& b = columns[i];
      if (a == b) {
        row.push_back(text_cell("·"));
        continue;
      }
      const Quantity quantity = shared_quantity(shared(all, a, down, b, across[i], day), posts);
      Cell cell = figure_cell(quantity, figure_url(all, kind, {{"a", a}, {"as-at", day.iso()}, {"b", b}}));
      cell.note =
          quantity.partial ? "at least" : "";  // why stands in the figure: here it would be a sentence in every cell
      row.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = {
      "Not known: who sits in one of the two is not known, or a paper says that several sit in both without naming "
      "them. The figure says which."};
  return table;
}

exports::Table meetings_table(const Register& all, const std::vector<std::string>& rooms, const std::string& area,
                              Date day) {
  exports::Table table{.id = "meetings", .title = tr("Meetings a year, by body")};
  table.columns = {{"body", tr("Body"), ColumnKind::text},
                   {"meetings", tr("Meetings a year"), ColumnKind::integer},
                   {"minutes", tr("Minutes of one"), ColumnKind::integer}};
  for (const std::string& code : rooms) {
    const Meetings meetings = meetings_of(all, code, day);
    table.rows.push_back({body_cell(all, code, day),
                          figure_cell(meetings_quantity(meetings),
                                      figure_url(all, "meetings-a-year", {{"as-at", day.iso()}, {"body", code}})),
                          meetings.minutes ? exports::integer_cell(*meetings.minutes)
                                           : exports::unknown_cell(tr("How long a meeting takes is not known."))});
  }
  if (!rooms.empty())
    table.rows.push_back(
        {text_cell(tr("All of these {0}", {plural(static_cast<std::int64_t>(rooms.size()), "body", "bodies")})),
         figure_cell(meetings_quantity(all, rooms, day),
                     figure_url(all, "meetings-a-year", {{"area", area}, {"as-at", day.iso()}})),
         text_cell("")});
  return table;
}

exports::Table hours_table(const Register& all, const std::vector<std::string>& bodies, const std::string& area,
                           Date day) {
  exports::Table table{.id = "hours", .title = tr("Meetings and hours a year, by organisation")};
  table.columns = {{"organisation", tr("Organisation"), ColumnKind::text},
                   {"seats", tr("Seats"), ColumnKind::integer},
                   {"meetings", tr("Attendances a year"), ColumnKind::integer},
                   {"hours", tr("Hours a year"), ColumnKind::decimal}};
  const auto row = [&](Cell name, const Load& load, const std::string& organisation) {
    const Query query{{"area", area}, {"as-at", day.iso()}, {"organisation", organisation}};
    table.rows.push_back({std::move(name),
                          figure_cell(Quantity::count(load.seats, "seats"), figure_url(all, "seats", query)),
                          figure_cell(attendances_quantity(load), figure_url(all, "attendances", query)),
                          figure_cell(hours_quantity(load), figure_url(all, "meeting-hours", query))});
  };
  const auto by_organisation = loads(all, bodies, day);
  std::vector<std::pair<std::string, std::string>> named;
  for (const auto& [code, load] : by_organisation) named.emplace_back(all.name_at(code, day), code);
  std::sort(named.begin(), named.end());
  Load together;
  for (const auto& [name, code] : named) {
    const Load& load = by_organisation.at(code);
    together.add(load);
    row(body_cell(all, code, day), load, code);
  }
  if (!named.empty())
    row(text_cell(
            tr("All of these {0}", {plural(static_cast<std::int64_t>(named.size()), "organisation", "organisations")})),
        together, "");
  table.notes = {
      "Unknown numbers of meetings are not counted as none: where only some are known, the number is a floor."};
  return table;
}

// A table in parts of 50 rows, whose number stands in the address under a name of its own: there are several on this
// page.
void parted(Writer& writer, exports::Table table, const Context& context, const std::string& name,
            const std::string& file, const std::string& empty_text) {
  const std::int64_t wanted = std::max<std::int64_t>(1, forms::whole(context.query_value(name), 9999).value_or(1));
  const exports::Paging paging =
      exports::paging(static_cast<std::int64_t>(table.rows.size()), static_cast<int>(wanted));
  table.rows = {std::make_move_iterator(table.rows.begin() + paging.first),
                std::make_move_iterator(table.rows.begin() + paging.last)};
  exports::TableHtml html{.language = context.language, .paged = false, .exportable = false, .empty_text = empty_text};
  const Query query{{"area", context.query_value("area")},
                    {"as-at", context.query_value("as-at")},
                    {"proposal", context.query_value("proposal")}};
  for (const auto& pair : query)
    if (!pair.second.empty()) html.query.push_back(pair);
  html.csv_path = "/bodies/files/" + file + ".csv";
  html.xlsx_path = "/bodies/files/" + file + ".xlsx";
  const Message label = tr("Pages of \"{0}\"", {table.title});
  writer.put(exports::to_html(table, html));
  if (paging.pages <= 1) return;
  paragraph(writer, tr("Page {0} of {1}.", {std::to_string(paging.page), std::to_string(paging.pages)}));
  govuk::PaginationParams params;
  if (paging.page > 1) params.previous.href = web::with_query(context, name, std::to_string(paging.page - 1));
  if (paging.page < paging.pages) params.next.href = web::with_query(context, name, std::to_string(paging.page + 1));
  params.landmark_label = label;
  render(writer, params);
}

void choice_form(Writer& writer, const Register& all, const Choice& choice, const Context& context, Date day) {
  std::vector<std::pair<std::string, std::string>> kinds;  // name, code
  for (const std::string& code : choice.rooms) {
    const std::string kind = all.kind_of(code, day);
    if (std::none_of(kinds.begin(), kinds.end(), [&](const auto& known) { return known.second == kind; }))
      kinds.emplace_back(all.kind_name(kind), kind);
  }
  std::sort(kinds.begin(), kinds.end());
  Writer form(context.language);
  form.open("form", {{"method", "get"}, {"action", Url("/bodies/overlap")}});
  for (const char* name : {"as-at", "area", "proposal"})
    if (const std::string value = context.query_value(name); !value.empty())
      form.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  govuk::SelectParams select;
  select.id = "kind";
  select.name = "kind";
  select.label = {.text = tr("Kind of body")};
  select.value = context.query_value("kind");
  select.items = {{.value = "", .text = tr("All kinds")}};
  for (const auto& [name, code] : kinds) select.items.push_back({.value = code, .text = name});
  render(form, select);
  if (choice.rooms.size() <= kMostToTick) {
    govuk::CheckboxesParams boxes;
    boxes.name = "body";
    boxes.id_prefix = "body";
    boxes.fieldset = govuk::FieldsetParams{.legend = {.text = tr("Bodies"), .classes = "govuk-fieldset__legend--s"}};
    boxes.hint = {.text = tr("Choose none to show all of them.")};
    boxes.classes = "govuk-checkboxes--small";
    for (const std::string& code : choice.rooms) boxes.items.push_back({.text = all.name_at(code, day), .value = code});
    for (const auto& [name, value] : context.query)
      if (name == "body") boxes.values.push_back(value);
    render(form, boxes);
  } else {
    for (const auto& [name, value] : context.query)
      if (name == "body" && !value.empty())
        form.void_element("input", {{"type", "hidden"}, {"name", "body"}, {"value", value}});
  }
  render(form, govuk::ButtonParams{.text = tr("Show the matrix of these"), .classes = "govuk-button--secondary"});
  form.close("form");
  render(writer,
         govuk::DetailsParams{.summary = tr("Choose the bodies of the matrix"),
                              .text = form.take(),
                              .open = !context.query_value("kind").empty() || !context.query_value("body").empty()});
}

// "rows" and "columns" of the address: which block of 20 of the bodies.
std::size_t block_of(const Context& context, const char* name, std::size_t blocks) {
  return std::clamp<std::size_t>(static_cast<std::size_t>(forms::whole_or(context.query_value(name), 1)), 1, blocks) -
         1;
}

void block_links(Writer& writer, const Context& context, const char* name, const Message& label, std::size_t block,
                 std::size_t blocks, std::size_t total) {
  writer.open("p", {{"class", "govuk-body"}}).put(label);
  for (std::size_t i = 0; i < blocks; ++i) {
    const std::string range =
        std::to_string(i * kBlock + 1) + " to " + std::to_string(std::min(total, (i + 1) * kBlock));
    writer.text(i == 0 ? " " : ", ");
    if (i == block)
      writer.element("strong", {}, range);
    else
      writer.element("a", {{"class", "govuk-link"}, {"href", web::with_query(context, name, std::to_string(i + 1))}},
                     range);
  }
  writer.close("p");
}

void matrices(Writer& writer, const Register& all, const Choice& choice, const Context& context, Date day) {
  heading(writer, tr("Body by body"));
  choice_form(writer, all, choice, context, day);
  for (const std::string& code : choice.not_there)
    paragraph(writer,
              tr("{0} is not in the matrix: it does not stand there on that day, or nobody is known to sit there.",
                 {all.exists(code) ? all.name_at(code, day) : code}));
  if (choice.left_out > 0)
    paragraph(writer, tr("Not in the matrix: {0} of which nobody is known to sit there, no meetings are known, and no "
                         "paper speaks of it together with another.",
                         {plural(static_cast<std::int64_t>(choice.left_out), "body", "bodies")}));
  if (choice.chosen.size() < choice.rooms.size())
    paragraph(writer, tr("Chosen are {0} of {1} bodies.",
                         {std::to_string(choice.chosen.size()), std::to_string(choice.rooms.size())}));
  if (choice.chosen.size() < 2) {
    paragraph(writer, tr("There are no two bodies to compare."));
    return;
  }
  const std::size_t total = choice.chosen.size();
  const std::size_t blocks = (total + kBlock - 1) / kBlock;
  const std::size_t down = block_of(context, "rows", blocks);
  const std::size_t across = block_of(context, "columns", blocks);
  const auto part = [&](std::size_t block) {
    return std::vector<std::string>(
        choice.chosen.begin() + static_cast<std::ptrdiff_t>(block * kBlock),
        choice.chosen.begin() + static_cast<std::ptrdiff_t>(std::min(total, (block + 1) * kBlock)));
  };
  if (blocks > 1) {
    paragraph(writer, tr("The matrix of {0} bodies, by name, is shown in parts of {1} by {1}.",
                         {std::to_string(total), std::to_string(kBlock)}));
    block_links(writer, context, "rows", tr("Rows:"), down, blocks, total);
    block_links(writer, context, "columns", tr("Columns:"), across, blocks, total);
  }
  Query query;
  for (const auto& [name, value] : context.query)
    if ((name == "as-at" || name == "area" || name == "kind" || name == "body" || name == "proposal") && !value.empty())
      query.emplace_back(name, value);
  for (const bool posts : {false, true}) {
    exports::TableHtml html{.language = context.language, .query = query, .paged = false, .exportable = false};
    const std::string file = posts ? "shared-posts" : "shared-organisations";
    html.csv_path = "/bodies/files/" + file + ".csv";
    html.xlsx_path = "/bodies/files/" + file + ".xlsx";
    writer.put(exports::to_html(matrix(all, part(down), part(across), day, posts), html));
  }
  paragraph(writer, total <= kMostInFile ? tr("The files hold the whole matrix.")
                                         : tr("The files hold the whole matrix of at most {0} bodies: choose a kind.",
                                              {std::to_string(kMostInFile)}));
}

// What papers say of two of these bodies together without naming whom, each sentence once. False when they say nothing.
bool unnamed_part(Writer& writer, const Register& all, const std::vector<std::string>& bodies, Date day,
                  const Context& context) {
  std::vector<std::pair<FactPointer, std::int64_t>> sentences;  // with the number of pairs of which it is said
  for (const std::string& code : bodies) {
    const Register::Entry* entry = all.find(code);
    if (!entry) continue;
    for (const FactPointer& fact : entry->of(FactKind::statement)) {
      if (fact->role != "overlap" || !all.known_on(*fact, day)) continue;
      const auto known = std::find_if(sentences.begin(), sentences.end(),
                                      [&](const auto& one) { return one.first->value == fact->value; });
      if (known == sentences.end())
        sentences.emplace_back(fact, 1);
      else
        ++known->second;
    }
  }
  if (sentences.empty()) return false;
  paragraph(writer, tr("Papers say that several do, without naming them:"));
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const auto& [fact, pairs] : sentences) {
    writer.open("li").text(fact->value + " (" + plural(pairs, "pair of bodies", "pairs of bodies") + ") ");
    put_source(writer, *fact, context);
    writer.close("li");
  }
  writer.close("ul");
  return true;
}

Answer overlap_page(BodiesService& service, Context& context) {
  const auto view = seen(service, context);
  if (!view) return not_seen(context, view.error());
  const auto& all = view->all;
  const Date* const as_at = &view->as_at;
  const std::string area = context.query_value("area");
  Writer writer(context.language);
  if (too_many(service, *all, area)) {
    paragraph(writer,
              tr("There are many bodies in the register. Enter the name of an area to see who sits in several rooms."));
    return register_page(service, context, *view, options_of(tr("Overlap")), writer.take(), {.area = true});
  }
  exports::Table list = shared_table(service, *all, area, *as_at);
  const bool unnamed = unnamed_part(writer, *all, service.in_area(*all, area, *as_at), *as_at, context);
  writer.put(shown(
      list, context, "shared",
      unnamed
          ? "Nobody who is known by name sits in two of these bodies on that day. That several do, unnamed, papers say."
          : "No post or organisation is known to sit in two of these bodies on that day."));
  const Choice choice = choice_of(service, *all, context, area, *as_at);
  matrices(writer, *all, choice, context, *as_at);
  heading(writer, tr("What it takes"));
  parted(writer, meetings_table(*all, choice.rooms, area, *as_at), context, "meetings-page", "meetings",
         "Of no body anything is known that could be shown here.");
  parted(writer, hours_table(*all, choice.rooms, area, *as_at), context, "hours-page", "hours",
         "No organisation is known to sit in these bodies on that day.");
  return register_page(service, context, *view, options_of(tr("The same people in several rooms")), writer.take(),
                       {.area = true});
}

}  // namespace

exports::Table shared_table(BodiesService& service, const Register& all, const std::string& area, Date as_at) {
  exports::Table table{.id = "shared", .title = tr("The same people in several rooms on {0}", {as_at.text()})};
  table.columns = {{"organisation", tr("Organisation"), ColumnKind::text, {}, true},
                   {"post", tr("Post"), ColumnKind::text, {}, true},
                   {"rooms", tr("Rooms"), ColumnKind::integer, {}, true},
                   {"bodies", tr("Bodies"), ColumnKind::text}};
  if (too_many(service, all, area)) return table;
  for (const Several& one : in_several_rooms(all, service.in_area(all, area, as_at), as_at)) {
    std::vector<std::string> names;
    for (const std::string& code : one.bodies) names.push_back(all.name_at(code, as_at));
    table.rows.push_back(
        {body_cell(all, one.organisation, as_at), text_cell(one.post.empty() ? "several, or not known" : one.post),
         figure_cell(
             Quantity::count(static_cast<std::int64_t>(one.bodies.size()), "bodies"),
             figure_url(
                 all, "rooms",
                 {{"area", area}, {"as-at", as_at.iso()}, {"organisation", one.organisation}, {"post", one.post}})),
         text_cell(joined(names, "; "))});
  }
  table.notes = {
      "Posts that sit in several of these bodies. An organisation stands by itself where it sits in more of them than "
      "any one of its posts."};
  return table;
}

exports::Table overlap_table(BodiesService& service, const Register& all, const std::string& what,
                             const Context& context, Date as_at) {
  const std::string area = context.query_value("area");
  if (too_many(service, all, area)) return {};
  if (what == "shared") return shared_table(service, all, area, as_at);
  const Choice choice = choice_of(service, all, context, area, as_at);
  if (what == "meetings") return meetings_table(all, choice.rooms, area, as_at);
  if (what == "hours") return hours_table(all, choice.rooms, area, as_at);
  if (what != "shared-organisations" && what != "shared-posts") return {};
  std::vector<std::string> chosen = choice.chosen;
  if (chosen.size() > kMostInFile) chosen.resize(kMostInFile);
  exports::Table table = matrix(all, chosen, chosen, as_at, what == "shared-posts");
  if (chosen.size() < choice.chosen.size())
    table.notes.push_back(
        tr("The first {0} of {1} bodies by name; the others are not in this file. Choose a kind of body.",
           {std::to_string(kMostInFile), std::to_string(choice.chosen.size())}));
  return table;
}

void register_overlap_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  wiring.router.get("/bodies/overlap", web::Access::anyone(),
                    by_names(service, false, [s](Context& context) { return overlap_page(*s, context); }));
  add_kinds(
      wiring.figures,
      {.known = [s] { return s->known(); },
       .in_area = [s](const Register& all, const std::string& area, Date day) { return s->in_area(all, area, day); },
       .under = [s, permissions = &wiring.permissions](std::int64_t number) -> Result<std::shared_ptr<const Register>> {
         const auto under = s->under(Actor::system(*permissions), number);
         if (!under) return pass_on(under);
         return std::shared_ptr<const Register>(*under, &(*under)->applied.draft);
       },
       .entered = [s, w = &wiring](std::int64_t number) -> KindSources::Entered {
         const auto change = s->change(number);
         if (!change) return {};
         return {change->origin == "delivered" ? "the program, with which it came"
                                               : w->people(change->actor, Actor::system(w->permissions)),
                 change->at.iso()};
       }});
}

}  // namespace tithing::bodies
