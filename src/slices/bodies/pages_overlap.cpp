// Who sits in several rooms: the list, the matrix of bodies, meetings and hours; each number a figure that is
// explained.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/kinds.h"
#include "slices/bodies/pages_work.h"

namespace tithing::bodies {
namespace {

using figures::Quantity;

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

std::vector<std::string> by_name(const Register& all, const std::vector<std::string>& codes, Date day) {
  std::set<std::pair<std::string, std::string>> named;
  for (const std::string& code : codes) named.emplace(all.name_at(code, day), code);
  std::vector<std::string> out;
  for (const auto& [name, code] : named) out.push_back(code);
  return out;
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
  choice.rooms = by_name(all, rooms_among(all, bodies, day), day);
  const auto standing =
      std::count_if(bodies.begin(), bodies.end(), [&](const std::string& code) { return all.stands(code, day); });
  choice.left_out = static_cast<std::size_t>(standing) - choice.rooms.size();
  const std::vector<std::string> wanted = forms::lines_of(forms::at(forms::values_asked(context), "body"));
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
    table.columns.push_back({code, as_name(all.name_at(code, day)), ColumnKind::integer});
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
  std::vector<std::string> codes;
  for (const auto& [code, load] : by_organisation) codes.push_back(code);
  Load together;
  for (const std::string& code : by_name(all, codes, day)) {
    together.add(by_organisation.at(code));
    row(body_cell(all, code, day), by_organisation.at(code), code);
  }
  if (!codes.empty())
    row(text_cell(
            tr("All of these {0}", {plural(static_cast<std::int64_t>(codes.size()), "organisation", "organisations")})),
        together, "");
  table.notes = {
      "Unknown numbers of meetings are not counted as none: where only some are known, the number is a floor."};
  return table;
}

// One of several lists of this page, with the number of its own page in the address.
html::Markup parted(exports::Table table, const Context& context, const std::string& file, const Label& none) {
  return lists::part(context, {.table = std::move(table),
                               .none = none,
                               .csv_path = "/bodies/files/" + file + ".csv",
                               .xlsx_path = "/bodies/files/" + file + ".xlsx",
                               .page_name = file + "-page"});
}

void choice_form(Writer& writer, const Register& all, const Choice& choice, const Context& context, Date day) {
  std::set<std::pair<std::string, std::string>> kinds;  // name, code
  for (const std::string& code : choice.rooms)
    kinds.emplace(all.kind_name(all.kind_of(code, day)), all.kind_of(code, day));
  forms::Field kind{.name = "kind", .label = tr("Kind of body"), .kind = forms::Kind::choice};
  kind.choices = {{"", tr("All kinds")}};
  for (const auto& [name, code] : kinds) kind.choices.emplace_back(code, name);
  forms::Field bodies{.name = "body", .label = tr("Bodies"), .kind = forms::Kind::ticks};
  bodies.hint = tr("Choose none to show all of them.");
  for (const std::string& code : choice.rooms) bodies.choices.emplace_back(code, all.name_at(code, day));
  const forms::Values asked = forms::values_asked(context);
  const Problem nothing;
  Writer inside(context.language);
  forms::Form form(inside, context, asked, nothing);
  form.begin_asking(Url("/bodies/overlap"));
  for (const char* name : {"as-at", "area", "proposal"})
    if (!forms::at(asked, name).empty()) form.hidden(name, forms::at(asked, name));
  form.put(kind);
  if (choice.rooms.size() <= kMostToTick)
    form.put(bodies);
  else
    form.hidden_lines("body", forms::at(asked, "body"));
  form.button(tr("Show the matrix of these"), "", "", "govuk-button--secondary");
  form.end();
  render(writer, govuk::DetailsParams{.summary = tr("Choose the bodies of the matrix"),
                                      .text = inside.take(),
                                      .open = !forms::at(asked, "kind").empty() || !forms::at(asked, "body").empty()});
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
  const Query query = lists::query_without(context, {"rows", "columns", "meetings-page", "hours-page", "page"});
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

Answer overlap_page(const Work& work) {
  const auto& [service, wiring, context, view] = work;
  const Register& all = *view.all;
  const std::string area = context.query_value("area");
  Writer writer(context.language);
  if (too_many(service, all, area)) {
    paragraph(writer,
              tr("There are many bodies in the register. Enter the name of an area to see who sits in several rooms."));
    return register_page(service, context, view, options_of(tr("Overlap")), writer.take(), {.area = true});
  }
  exports::Table list = shared_table(service, all, area, view.as_at);
  const bool unnamed = unnamed_part(writer, all, service.in_area(all, area, view.as_at), view.as_at, context);
  writer.put(shown(
      list, context, "shared",
      unnamed ? tr("Nobody who is known by name sits in two of these bodies on that day. That several do, unnamed, "
                   "papers say.")
              : tr("No post or organisation is known to sit in two of these bodies on that day.")));
  const Choice choice = choice_of(service, all, context, area, view.as_at);
  matrices(writer, all, choice, context, view.as_at);
  heading(writer, tr("What it takes"));
  writer.put(parted(meetings_table(all, choice.rooms, area, view.as_at), context, "meetings",
                    tr("Of no body anything is known that could be shown here.")));
  writer.put(parted(hours_table(all, choice.rooms, area, view.as_at), context, "hours",
                    tr("No organisation is known to sit in these bodies on that day.")));
  return register_page(service, context, view, options_of(tr("The same people in several rooms")), writer.take(),
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
                    by_names(service, false, with_work(wiring, service, overlap_page)));
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
