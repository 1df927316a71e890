// Who sits in several rooms: the matrix of bodies, the list, the hours; each number a figure that is explained.
#include <algorithm>

#include "base/text.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/overlap.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using exports::Cell;
using exports::ColumnKind;
using exports::text_cell;
using figures::Figure;
using figures::Quantity;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::size_t kMostInMatrix = 20;

Quantity counted(const Shared& both, std::size_t number, const std::string& unit) {
  if (number == 0 && !both.statements.empty())
    return Quantity::unknown(figures::Unit::count, unit, both.statements.front()->value);
  if (!both.seats_known) return Quantity::unknown(figures::Unit::count, unit, "Who sits in one of the two is not known on that day.");
  Quantity quantity = Quantity::count(static_cast<std::int64_t>(number), unit);
  quantity.partial = !both.statements.empty();
  return quantity;
}

std::string seats_text(const Register& all, const std::string& body, Date day) {
  std::vector<std::string> parts;
  for (const FactPointer& seat : all.of_body(body, FactKind::membership, day)) {
    std::string who = seat->other.empty() ? (seat->holder.empty() ? std::string("vacant") : seat->holder) : all.name_at(seat->other, day);
    if (!seat->value.empty()) who += " (" + seat->value + ")";
    parts.push_back(who);
  }
  return parts.empty() ? "no seat is known" : joined(parts, "; ");
}

Result<Figure> shared_figure(BodiesService& service, const figures::Parameters& parameters, const figures::Viewer& viewer, bool posts) {
  const std::string a = parameters.get("a");
  const std::string b = parameters.get("b");
  const auto all = service.known();
  for (const auto& [name, code] : {std::pair<const char*, const std::string&>{"a", a}, {"b", b}})
    if (!all->exists(code)) return invalid("There is no body with the code " + code + ".", {{name, "Give the code of a body, such as safer-communities-board."}});
  const std::string as_at = parameters.get("as-at");
  const Date day = as_at.empty() ? viewer.today : *Date::parse(as_at);
  const Shared both = shared(*all, a, b, day);
  const std::string unit = posts ? "posts" : "organisations";
  Figure figure;
  figure.address = {posts ? "shared-posts" : "shared-organisations", parameters};
  figure.quantity = counted(both, posts ? both.posts.size() : both.organisations.size(), unit);
  figure.as_at = day.iso();
  figure.evidence_version = "register change " + std::to_string(all->version);
  figures::Working& working = figure.working;
  working.title = (posts ? "Posts" : "Organisations") + std::string(" that sit in both ") + all->name_at(a, day) + " and " + all->name_at(b, day) + " on " + day.text();
  working.in_words = posts ? "Posts of one organisation that hold a seat in both bodies on the day. A seat that is vacant, or of which the post is not known, is not counted."
                           : "Organisations that hold a seat in both bodies on the day, by whatever post. A vacant seat is not counted.";
  working.formula = "n = |A ∩ B|";
  working.inputs.push_back({"A", "seats in " + all->name_at(a, day), nullptr, std::nullopt, seats_text(*all, a, day)});
  working.inputs.push_back({"B", "seats in " + all->name_at(b, day), nullptr, std::nullopt, seats_text(*all, b, day)});
  working.rounding = "None: a count.";
  if (posts)
    for (const auto& [organisation, post] : both.posts) working.caveats.push_back("In both: " + post + " of " + all->name_at(organisation, day) + ".");
  else
    for (const std::string& code : both.organisations) working.caveats.push_back("In both: " + all->name_at(code, day) + ".");
  for (const FactPointer& fact : both.statements)
    working.caveats.push_back("A paper says of the two (" + fact->paper + ", " + fact->paragraph + "): " + fact->value);
  return figure;
}

Result<Figure> hours_figure(BodiesService& service, const figures::Parameters& parameters, const figures::Viewer& viewer) {
  const auto all = service.known();
  const std::string code = parameters.get("organisation");
  if (!all->exists(code)) return invalid("There is no body with the code " + code + ".", {{"organisation", "Give the code of an organisation in the register."}});
  const std::string as_at = parameters.get("as-at");
  const Date day = as_at.empty() ? viewer.today : *Date::parse(as_at);
  std::vector<std::string> bodies;
  for (const FactPointer& seat : all->seats_of(code, day)) bodies.push_back(seat->body);
  std::sort(bodies.begin(), bodies.end());
  bodies.erase(std::unique(bodies.begin(), bodies.end()), bodies.end());
  const Load load = load_of(*all, code, bodies, day);
  Figure figure;
  figure.address = {"meeting-hours", parameters};
  const bool nothing = load.minutes == 0 && !load.complete();
  figure.quantity = load.seats == 0 ? Quantity::count(0, "hours a year")
                    : nothing      ? Quantity::unknown(figures::Unit::count, "hours a year", "How often, or how long, the bodies meet in which it sits is not known.")
                                   : Quantity::real(static_cast<double>(load.minutes) / 60, figures::Unit::count, "hours a year", 1);
  figure.quantity.partial = !load.complete();
  figure.as_at = day.iso();
  figure.evidence_version = "register change " + std::to_string(all->version);
  figures::Working& working = figure.working;
  working.title = "Hours a year that " + all->name_at(code, day) + " spends in meetings of the register's bodies, on " + day.text();
  working.in_words = "For each body in which it sits: its seats there, times the meetings a year, times the minutes of one; in hours. Travel and preparation are not in it.";
  working.formula = "h = Σ seats × meetings × minutes / 60";
  for (const std::string& body : bodies) {
    const Load one = load_of(*all, code, {body}, day);
    working.inputs.push_back({"", all->name_at(body, day), nullptr, std::nullopt,
                              plural(one.seats, "seat", "seats") + ", " +
                                  (one.without_meetings.empty() ? grouped(one.meetings) + " attendances a year" : std::string("meetings a year not known")) + ", " +
                                  (one.complete() ? grouped(one.minutes) + " minutes" : std::string("minutes not known"))});
  }
  working.rounding = "Shown to one decimal; held unrounded.";
  for (const std::string& body : load.without_meetings) working.caveats.push_back("How often " + all->name_at(body, day) + " meets is not known.");
  for (const std::string& body : load.without_length) working.caveats.push_back("How long a meeting of " + all->name_at(body, day) + " takes is not known.");
  return figure;
}

Cell figure_cell(const Quantity& quantity, const Url& url) {
  Cell cell = quantity.known() ? exports::integer_cell(quantity.integer()) : exports::unknown_cell(quantity.reason());
  if (quantity.partial) cell = cell.noted("At least: a paper says that there are more, without naming them.");
  return cell.linked(url, "How it came about");
}

// Bodies of which at least a seat or a statement about two bodies is known: others would be empty rows.
std::vector<std::string> rooms(const Register& all, const std::vector<std::string>& bodies, Date day) {
  std::vector<std::string> out;
  for (const std::string& code : bodies) {
    const Register::Entry* entry = all.find(code);
    if (!entry || !all.stands(code, day)) continue;
    if (!all.of_body(code, FactKind::membership, day).empty() || !entry->statements.empty()) out.push_back(code);
    else if (std::any_of(entry->of(FactKind::statement).begin(), entry->of(FactKind::statement).end(), [](const FactPointer& f) { return !f->other.empty(); })) out.push_back(code);
  }
  return out;
}

exports::Table matrix(const Register& all, const std::vector<std::string>& bodies, Date day, bool posts) {
  const std::string kind = posts ? "shared-posts" : "shared-organisations";
  exports::Table table{.id = posts ? "posts" : "organisations", .title = std::string(posts ? "Posts" : "Organisations") + " that two bodies share on " + day.text()};
  table.columns.push_back({"body", "Body", ColumnKind::text});
  for (const std::string& code : bodies) table.columns.push_back({code, all.name_at(code, day), ColumnKind::integer});
  for (const std::string& a : bodies) {
    exports::Row row{text_cell(all.name_at(a, day)).linked(Url::path("/bodies/{}", {a}, {{"as-at", day.iso()}}))};
    for (const std::string& b : bodies) {
      if (a == b) {
        row.push_back(text_cell("·"));
        continue;
      }
      const Shared both = shared(all, a, b, day);
      row.push_back(figure_cell(counted(both, posts ? both.posts.size() : both.organisations.size(), ""),
                                Url::path("/figures/" + kind, {}, {{"a", a}, {"as-at", day.iso()}, {"b", b}})));
    }
    table.rows.push_back(std::move(row));
  }
  table.notes = {"Not known: who sits in one of the two is not known, or a paper says that several sit in both without naming them. The figure says which."};
  return table;
}

Answer overlap_page(BodiesService& service, Context& context) {
  const auto as_at = context.as_at();
  if (!as_at) return web::problem_page(context, as_at.error());
  const auto all = service.known();
  const std::string area = context.query_value("area");
  Writer writer(context.language);
  as_at_form(writer, context, *as_at, true);
  if (too_many(service, *all, area)) {
    paragraph(writer, tr("There are many bodies in the register. Enter the code of an area to see who sits in several rooms."));
    return web::page(context, options_of(tr("Overlap")), writer.take());
  }
  std::vector<std::string> bodies = rooms(*all, service.in_area(*all, area, *as_at), *as_at);
  exports::Table list = shared_table(service, *all, area, *as_at);
  writer.put(shown(list, context, "shared", "No post or organisation is known to sit in two of these bodies on that day."));
  if (bodies.size() > kMostInMatrix) {
    paragraph(writer, tr("The matrix shows the first {0} of {1} bodies of which a seat is known.", {std::to_string(kMostInMatrix), std::to_string(bodies.size())}));
    bodies.resize(kMostInMatrix);
  }
  if (bodies.size() > 1)
    for (const bool posts : {false, true})
      writer.put(exports::to_html(matrix(*all, bodies, *as_at, posts), {.language = context.language, .paged = false}));
  exports::Table hours{.id = "hours", .title = "Meetings and hours a year, by organisation"};
  hours.columns = {{"organisation", "Organisation", ColumnKind::text}, {"seats", "Seats", ColumnKind::integer}, {"meetings", "Attendances a year", ColumnKind::integer},
                   {"hours", "Hours a year", ColumnKind::decimal}};
  std::vector<std::string> organisations;
  for (const std::string& body : bodies)
    for (const FactPointer& seat : all->of_body(body, FactKind::membership, *as_at))
      if (!seat->other.empty()) organisations.push_back(seat->other);
  std::sort(organisations.begin(), organisations.end());
  organisations.erase(std::unique(organisations.begin(), organisations.end()), organisations.end());
  for (const std::string& code : organisations) {
    const Load load = load_of(*all, code, bodies, *as_at);
    Cell meetings = load.meetings > 0 ? exports::integer_cell(load.meetings) : exports::unknown_cell("How often the bodies meet is not known.");
    if (load.meetings > 0 && !load.without_meetings.empty()) meetings = meetings.noted("At least: how often some of the bodies meet is not known.");
    Cell spent = load.minutes > 0 ? exports::decimal_cell(static_cast<double>(load.minutes) / 60, 1) : exports::unknown_cell("How long the meetings are is not known.");
    hours.rows.push_back({text_cell(all->name_at(code, *as_at)).linked(Url::path("/bodies/{}", {code}, {{"as-at", as_at->iso()}})), exports::integer_cell(load.seats), meetings,
                          spent.linked(Url::path("/figures/meeting-hours", {}, {{"as-at", as_at->iso()}, {"organisation", code}}), "How it came about, over all bodies")});
  }
  writer.put(exports::to_html(hours, {.language = context.language, .paged = false, .empty_text = "No organisation is known to sit in these bodies on that day."}));
  return web::page(context, options_of(tr("The same people in several rooms")), writer.take());
}

}  // namespace

exports::Table shared_table(BodiesService& service, const Register& all, const std::string& area, Date as_at) {
  exports::Table table{.id = "shared", .title = "The same people in several rooms on " + as_at.text()};
  table.columns = {{"organisation", "Organisation", ColumnKind::text, "", true}, {"post", "Post", ColumnKind::text, "", true}, {"rooms", "Rooms", ColumnKind::integer, "", true},
                   {"bodies", "Bodies", ColumnKind::text}};
  if (too_many(service, all, area)) return table;
  for (const Several& one : in_several_rooms(all, service.in_area(all, area, as_at), as_at)) {
    std::vector<std::string> names;
    for (const std::string& code : one.bodies) names.push_back(all.name_at(code, as_at));
    table.rows.push_back({text_cell(all.name_at(one.organisation, as_at)).linked(Url::path("/bodies/{}", {one.organisation}, {{"as-at", as_at.iso()}})),
                          text_cell(one.post.empty() ? "not known" : one.post), exports::integer_cell(static_cast<std::int64_t>(one.bodies.size())), text_cell(joined(names, "; "))});
  }
  return table;
}

void register_overlap_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  wiring.router.get("/bodies/overlap", web::Access::anyone(), [s](Context& context) { return overlap_page(*s, context); });
  const std::vector<figures::ParameterSpecification> two = {{"a", "text", true, "Code of a body", "safer-communities-board"},
                                                            {"b", "text", true, "Code of another body", "west-mercia-criminal-justice-board"},
                                                            {"as-at", "date", false, "The day; today unless given", "2012-09-05"}};
  wiring.figures.add({"shared-organisations", "Organisations that two bodies share", "Organisations with a seat in both bodies on a day.", two,
                      [s](const figures::Parameters& p, const figures::Viewer& viewer, figures::Detail) { return shared_figure(*s, p, viewer, false); }, {}});
  wiring.figures.add({"shared-posts", "Posts that two bodies share", "Posts with a seat in both bodies on a day.", two,
                      [s](const figures::Parameters& p, const figures::Viewer& viewer, figures::Detail) { return shared_figure(*s, p, viewer, true); }, {}});
  wiring.figures.add({"meeting-hours", "Hours in meetings", "Hours a year that an organisation spends in the meetings of bodies in which it sits.",
                      {{"organisation", "text", true, "Code of the organisation", "worcestershire-county-council"}, {"as-at", "date", false, "The day; today unless given", "2012-09-05"}},
                      [s](const figures::Parameters& p, const figures::Viewer& viewer, figures::Detail) { return hours_figure(*s, p, viewer); }, {}});
}

}  // namespace tithing::bodies
