#include "slices/bodies/kinds.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/people.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/bodies/delivered.h"

namespace tithing::bodies {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Quantity;
using figures::Unit;
using figures::Viewer;

constexpr const char* kHours = "hours a year";
constexpr const char* kAttendances = "attendances a year";
constexpr const char* kMeetings = "meetings a year";

// What a figure is asked of: the register as it is, the day, and the bodies of the area.
struct Question {
  std::shared_ptr<const Register> all;
  Date day;
  std::string area;
  std::vector<std::string> bodies;
  std::function<KindSources::Entered(std::int64_t)> entered = {};
  bool names_people = false;
  std::string within() const {
    return area.empty() ? "the register's bodies" : "bodies that serve " + area + " or an area within it";
  }
};

Result<Question> question_of(const KindSources& sources, const Parameters& parameters, const Viewer& viewer,
                             bool with_bodies) {
  Question question{
      sources.known(), viewer.today, parameters.get("area"), {}, sources.entered, !viewer.protect_small_numbers};
  if (const std::string proposal = parameters.get("proposal"); !proposal.empty()) {
    // Who is not signed in sees small numbers protected, and no proposals.
    if (viewer.protect_small_numbers)
      return forbidden(tr("Proposals are for people who work with the register. Sign in to see them."));
    if (proposal.size() > 9 || proposal.find_first_not_of("0123456789") != std::string::npos || !sources.under)
      return invalid(tr("Write proposal as its number."),
                     {{"proposal", tr("Give the number of a proposal, such as 1.")}});
    auto under = sources.under(std::stoll(proposal));
    if (!under) return pass_on(under);
    question.all = *under;
  }
  if (const std::string text = parameters.get("as-at"); !text.empty()) {
    const auto day = Date::parse(text);
    if (!day)
      return invalid(tr("Write as-at as a day such as 2012-09-05."),
                     {{"as-at", tr("Write as-at as a day such as 2012-09-05.")}});
    question.day = *day;
  }
  for (const char* name : {"a", "b", "body", "organisation"})
    if (const std::string code = parameters.get(name); !code.empty() && !question.all->exists(code))
      return invalid(tr("There is no body with the code {0}.", {code}),
                     {{name, tr("Give the code of a body in the register, such as safer-communities-board.")}});
  if (!with_bodies) return question;
  if (question.area.empty() && parameters.get("organisation").empty() &&
      question.all->entries().size() > kMostWithoutArea)
    return invalid(tr("There are many bodies in the register. Give an area."),
                   {{"area", tr("Give the code of an area, such as E23000016.")}});
  question.bodies = sources.in_area(*question.all, question.area, question.day);
  return question;
}

Figure begin(const Question& question, const char* kind, const Parameters& parameters, Quantity quantity) {
  Figure figure;
  figure.address = {kind, parameters};
  figure.quantity = std::move(quantity);
  figure.as_at = question.day.iso();
  figure.evidence_version =
      "register change " + std::to_string(question.all->version) +
      (question.all->proposal > 0 ? " under proposal " + std::to_string(question.all->proposal) : "");
  return figure;
}

// Where a fact ends: at its paper and paragraph, with the checksum of the paper where one was read; where it names no
// paper and paragraph, at who entered it and when. Accounts are named to people who are signed in.
figures::Source source_of(const Question& question, const Fact& fact) {
  const Paper* paper = find_paper(fact.paper);
  const std::string page = "/bodies/" + fact.body + "?as-at=" + question.day.iso();
  figures::Source source;
  if (!fact.paper.empty() && !fact.paragraph.empty()) {
    source = figures::Source::of_paper(paper ? paper->title : fact.paper, fact.paragraph,
                                       paper ? "/bodies/papers/" + paper->code : page,
                                       paper ? paper->sha256 : std::string());
  } else {
    const KindSources::Entered entered =
        question.entered && fact.added_in > 0 ? question.entered(fact.added_in) : KindSources::Entered();
    const bool program = entered.by.rfind("the program", 0) == 0;
    const std::string by = entered.by.empty()                 ? std::string()
                           : question.names_people || program ? entered.by
                                                              : std::string(kUnnamed);
    source = figures::Source::of_entry(text_of(fact) + (fact.paper.empty() ? "" : ", after " + fact.paper), by,
                                       entered.at, page);
  }
  source.filter = "Record " + std::to_string(fact.record) + ": " + text_of(fact) + ". Holds " + period_text(fact) +
                  (fact.note.empty() ? "." : ". " + fact.note) +
                  (fact.inferred.empty() ? "" : " Inferred from " + fact.inferred);
  return source;
}

figures::Input fact_input(const Question& question, const std::string& symbol, const std::string& label,
                          const Fact& fact) {
  return {symbol, label, nullptr, source_of(question, fact), {}};
}

std::string seat_label(const Question& question, const Fact& seat) {
  return question.all->name_at(seat.other, question.day) + " in " + question.all->name_at(seat.body, question.day);
}

figures::Input given(const std::string& label, const std::string& value) {
  return figures::Input::of("", label, value, figures::Wording{});
}

// Every seat in these bodies that is somebody's: what nought of somebody rests on. None known is no nought.
FactList seats_looked_through(const Question& question) {
  FactList out;
  for (const std::string& body : question.bodies)
    for (const FactPointer& seat : taken_seats(*question.all, body, question.day)) out.push_back(seat);
  return out;
}

constexpr const char* kNoSeatKnown = "Who sits in these bodies is not known on that day.";

void look_through(const Question& question, figures::Working& working) {
  for (const FactPointer& seat : seats_looked_through(question))
    working.inputs.push_back(fact_input(question, "", "Looked through: " + seat_label(question, *seat), *seat));
  if (working.inputs.empty()) working.inputs.push_back(given("seats", "none is known"));
}

Result<Figure> shared_figure(const KindSources& sources, const Parameters& parameters, const Viewer& viewer,
                             Detail detail, bool posts) {
  const auto question = question_of(sources, parameters, viewer, false);
  if (!question) return pass_on(question);
  const Register& all = *question->all;
  const Date day = question->day;
  const std::string a = parameters.get("a");
  const std::string b = parameters.get("b");
  if (a == b)
    return invalid(tr("A body shares everything with itself. Give two bodies."),
                   {{"b", tr("Give another body than a.")}});
  const Shared both = shared(all, a, b, day);
  Figure figure =
      begin(*question, posts ? "shared-posts" : "shared-organisations", parameters, shared_quantity(both, posts));
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  working.title = (posts ? "Posts" : "Organisations") + std::string(" that sit in both ") + all.name_at(a, day) +
                  " and " + all.name_at(b, day) + " on " + day.text();
  working.in_words =
      posts
          ? "Posts of one organisation that hold a seat in both bodies on the day. A seat that is vacant is not "
            "counted. Where an organisation sits in both and the post of one seat is not known, the number is a floor, "
            "or not known."
          : "Organisations that hold a seat in both bodies on the day, by whatever post. A vacant seat is not counted.";
  working.formula = "n = |A ∩ B|";
  for (const auto& [symbol, code] : {std::pair<const char*, const std::string&>{"A", a}, {"B", b}}) {
    const FactList seats = taken_seats(all, code, day);
    if (seats.empty())
      working.inputs.push_back(
          figures::Input::of(symbol, "seats in " + all.name_at(code, day), "none is known", figures::Wording{}));
    for (const FactPointer& seat : seats)
      working.inputs.push_back(fact_input(*question, symbol, seat_label(*question, *seat), *seat));
  }
  for (const FactPointer& fact : both.statements)
    working.inputs.push_back(fact_input(*question, "", "What a paper says of the two", *fact));
  working.rounding = "None: a count.";
  if (posts)
    for (const auto& [organisation, post] : both.posts)
      working.caveats.push_back("In both: " + post + " of " + all.name_at(organisation, day) + ".");
  else
    for (const std::string& code : both.organisations)
      working.caveats.push_back("In both: " + all.name_at(code, day) + ".");
  for (const FactPointer& fact : both.statements) working.caveats.push_back("A paper says of the two: " + fact->value);
  return figure;
}

Result<Figure> rooms_figure(const KindSources& sources, const Parameters& parameters, const Viewer& viewer,
                            Detail detail) {
  const auto question = question_of(sources, parameters, viewer, true);
  if (!question) return pass_on(question);
  const Register& all = *question->all;
  const std::string organisation = parameters.get("organisation");
  const std::string post = parameters.get("post");
  const std::vector<std::string> rooms = rooms_of(all, organisation, post, question->bodies, question->day);
  const bool known = !rooms.empty() || !seats_looked_through(*question).empty();
  Figure figure = begin(*question, "rooms", parameters,
                        known ? Quantity::count(static_cast<std::int64_t>(rooms.size()), "bodies")
                              : Quantity::unknown(Unit::count, "bodies", kNoSeatKnown));
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  working.title = "Bodies in which " + (post.empty() ? std::string() : post + " of ") +
                  all.name_at(organisation, question->day) + " sits on " + question->day.text();
  working.in_words = post.empty() ? "Of " + question->within() +
                                        ", those in which the organisation holds a seat on the day, by whatever post. "
                                        "A vacant seat is not counted."
                                  : "Of " + question->within() +
                                        ", those in which this post of the organisation holds a seat on the day. Seats "
                                        "of which the post is not known are not counted.";
  working.formula = "n = number of different bodies among the seats";
  for (const std::string& body : rooms)
    for (const FactPointer& seat : taken_seats(all, body, question->day))
      if (seat->other == organisation && (post.empty() || seat->value == post))
        working.inputs.push_back(fact_input(*question, "", all.name_at(body, question->day), *seat));
  if (rooms.empty()) look_through(*question, working);
  working.rounding = "None: a count.";
  return figure;
}

enum class Of { seats, attendances, hours };

const char* name_of(Of of) {
  return of == Of::seats ? "seats" : of == Of::attendances ? "attendances" : "meeting-hours";
}

Quantity quantity_of(Of of, const Load& load) {
  return of == Of::seats         ? Quantity::count(load.seats, "seats")
         : of == Of::attendances ? attendances_quantity(load)
                                 : hours_quantity(load);
}

const char* unit_of(Of of) { return of == Of::seats ? "seats" : of == Of::attendances ? kAttendances : kHours; }

std::string what_of(Of of) {
  return of == Of::seats         ? "Seats"
         : of == Of::attendances ? "Attendances a year at meetings"
                                 : "Hours a year in meetings";
}

// The seats of one organisation with what is known of the meetings of each body in which it sits.
Figure load_figure(const Question& question, Of of, const std::string& organisation, const Parameters& parameters,
                   Detail detail) {
  const Register& all = *question.all;
  const Load load = load_of(all, organisation, question.bodies, question.day);
  const bool known = load.seats > 0 || !seats_looked_through(question).empty();
  Figure figure = begin(question, name_of(of), parameters,
                        known ? quantity_of(of, load) : Quantity::unknown(Unit::count, unit_of(of), kNoSeatKnown));
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  working.title = what_of(of) + " of " + all.name_at(organisation, question.day) + " in " + question.within() +
                  ", on " + question.day.text();
  if (of == Of::seats) {
    working.in_words =
        "Seats that the organisation holds in these bodies on the day, each counted, also several in one body. A "
        "vacant seat is not counted.";
    working.formula = "n = number of seats";
  } else if (of == Of::attendances) {
    working.in_words =
        "For each of its seats the meetings a year of that body, added up: as many attendances as there are seats and "
        "meetings.";
    working.formula = "n = Σ seats × meetings a year";
  } else {
    working.in_words =
        "For each of its seats the meetings a year of that body times the minutes of one, added up, in hours. Travel "
        "and preparation are not in it.";
    working.formula = "h = Σ seats × meetings a year × minutes / 60";
  }
  for (const std::string& body : rooms_of(all, organisation, "", question.bodies, question.day)) {
    const std::string name = all.name_at(body, question.day);
    for (const FactPointer& seat : taken_seats(all, body, question.day))
      if (seat->other == organisation) working.inputs.push_back(fact_input(question, "", "Seat in " + name, *seat));
    if (of == Of::seats) continue;
    const Meetings meetings = meetings_of(all, body, question.day);
    if (meetings.fact)
      working.inputs.push_back(fact_input(question, "", "Meetings of " + name, *meetings.fact));
    else
      working.inputs.push_back(given("Meetings of " + name, "not known"));
  }
  if (working.inputs.empty()) look_through(question, working);
  working.rounding = of == Of::hours ? "Shown to one decimal; held unrounded." : "None: a count.";
  if (of == Of::seats) return figure;
  for (const std::string& body : load.without_meetings)
    working.caveats.push_back("How often " + all.name_at(body, question.day) +
                              " meets is not known: it is not in the sum.");
  if (of == Of::hours)
    for (const std::string& body : load.without_length)
      working.caveats.push_back("How long a meeting of " + all.name_at(body, question.day) +
                                " takes is not known: it is not in the sum.");
  return figure;
}

Result<Figure> load_kind(const KindSources& sources, const Parameters& parameters, const Viewer& viewer, Detail detail,
                         Of of) {
  const auto question = question_of(sources, parameters, viewer, true);
  if (!question) return pass_on(question);
  if (const std::string organisation = parameters.get("organisation"); !organisation.empty())
    return load_figure(*question, of, organisation, parameters, detail);
  const auto by_organisation = loads(*question->all, question->bodies, question->day);
  Load together;
  for (const auto& [code, load] : by_organisation) together.add(load);
  Figure figure = begin(
      *question, name_of(of), parameters,
      by_organisation.empty() ? Quantity::unknown(Unit::count, unit_of(of), kNoSeatKnown) : quantity_of(of, together));
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  working.title = what_of(of) + " of all organisations in " + question->within() + ", on " + question->day.text();
  working.in_words = "The figures of the organisations that sit in these bodies, added up.";
  working.formula = of == Of::hours ? "h = Σ hours of each organisation" : "n = Σ of each organisation";
  for (const auto& [code, load] : by_organisation) {
    Parameters one = parameters;
    one.values["organisation"] = code;
    if (one.get("as-at").empty()) one.values["as-at"] = question->day.iso();
    working.inputs.push_back({"",
                              question->all->name_at(code, question->day),
                              std::make_shared<const Figure>(load_figure(*question, of, code, one, detail)),
                              std::nullopt,
                              {}});
  }
  if (working.inputs.empty()) working.inputs.push_back(given("organisations", "none is known to sit in these bodies"));
  working.rounding = of == Of::hours ? "Shown to one decimal; added up unrounded." : "None: a count.";
  if (of == Of::seats) return figure;
  for (const std::string& body : together.without_meetings)
    working.caveats.push_back("How often " + question->all->name_at(body, question->day) +
                              " meets is not known: it is not in the sum.");
  if (of == Of::hours)
    for (const std::string& body : together.without_length)
      working.caveats.push_back("How long a meeting of " + question->all->name_at(body, question->day) +
                                " takes is not known: it is not in the sum.");
  return figure;
}

Figure meetings_figure(const Question& question, const std::string& body, const Parameters& parameters, Detail detail) {
  const Meetings meetings = meetings_of(*question.all, body, question.day);
  Figure figure = begin(question, "meetings-a-year", parameters, meetings_quantity(meetings));
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  working.title = "Meetings a year of " + question.all->name_at(body, question.day) + ", on " + question.day.text();
  working.in_words =
      "As the paper says it, or as it was entered. Meetings that are recorded one by one are not counted up: there may "
      "be others.";
  working.formula = "n";
  if (meetings.fact && !meetings.fact->amount) {
    working.in_words = "The source says in how many weeks there is a meeting: a year of 365.25 days, divided by them.";
    working.formula = "n = 365.25 / (7 × weeks)";
    working.inputs.push_back(figures::Input::of("weeks", "Weeks between two meetings", meetings.fact->role,
                                                source_of(question, *meetings.fact)));
    working.inputs.push_back(figures::Input::of("", "Days of a year", "365.25",
                                                figures::Constant{"the mean length of a year of the Julian calendar"}));
    working.rounding = "Shown to one decimal; held unrounded.";
    return figure;
  }
  if (meetings.fact)
    working.inputs.push_back(fact_input(question, "n", "Meetings a year", *meetings.fact));
  else
    working.inputs.push_back(figures::Input::of("n", "Meetings a year", "not known", figures::Wording{}));
  working.rounding = "None: a count.";
  return figure;
}

Result<Figure> meetings_kind(const KindSources& sources, const Parameters& parameters, const Viewer& viewer,
                             Detail detail) {
  const std::string body = parameters.get("body");
  const auto question = question_of(sources, parameters, viewer, body.empty());
  if (!question) return pass_on(question);
  if (!body.empty() && !question->area.empty())
    return invalid(tr("Give either a body or an area."), {{"area", tr("Leave the area out, or the body.")}});
  if (!body.empty()) return meetings_figure(*question, body, parameters, detail);
  const std::vector<std::string> rooms = rooms_among(*question->all, question->bodies, question->day);
  Figure figure =
      begin(*question, "meetings-a-year", parameters,
            rooms.empty() ? Quantity::unknown(Unit::count, kMeetings,
                                              "Neither seats nor meetings of these bodies are known on that day.")
                          : meetings_quantity(*question->all, rooms, question->day));
  if (detail == Detail::value) return figure;
  figures::Working& working = figure.working;
  working.title = "Meetings a year of " + question->within() + ", on " + question->day.text();
  working.in_words =
      "The meetings a year of each of these bodies, added up. Bodies of which neither seats nor meetings are known are "
      "left out.";
  working.formula = "n = Σ meetings a year";
  for (const std::string& code : rooms) {
    Parameters one;
    one.values = {{"as-at", question->day.iso()}, {"body", code}};
    if (const std::string proposal = parameters.get("proposal"); !proposal.empty()) one.values["proposal"] = proposal;
    auto part = std::make_shared<const Figure>(meetings_figure(*question, code, one, detail));
    if (!part->quantity.known())
      working.caveats.push_back("How often " + question->all->name_at(code, question->day) +
                                " meets is not known: it is not in the sum.");
    working.inputs.push_back({"", question->all->name_at(code, question->day), std::move(part), std::nullopt, {}});
  }
  if (working.inputs.empty()) working.inputs.push_back(given("bodies", "none is known"));
  working.rounding = "None: a count.";
  return figure;
}

}  // namespace

namespace {

// Whole where it is, else to one decimal: a meeting every six weeks is 8.7 a year.
Quantity a_year(double number, const char* unit) {
  const double whole = std::round(number);
  return whole == number ? Quantity::count(static_cast<std::int64_t>(whole), unit)
                         : Quantity::real(number, Unit::count, unit, 1);
}

}  // namespace

Quantity shared_quantity(const Shared& both, bool posts) {
  const std::size_t number = posts ? both.posts.size() : both.organisations.size();
  const char* unit = posts ? "posts" : "organisations";
  if (number == 0 && !both.statements.empty())
    return Quantity::unknown(Unit::count, unit, both.statements.front()->value);
  if (!both.seats_known)
    return Quantity::unknown(Unit::count, unit, "Who sits in one of the two is not known on that day.");
  if (posts && number == 0 && !both.posts_known)
    return Quantity::unknown(
        Unit::count, unit,
        "An organisation sits in both, and by which post in one of them is not known: it may be the same.");
  Quantity quantity = Quantity::count(static_cast<std::int64_t>(number), unit);
  quantity.partial = !both.statements.empty() || (posts && !both.posts_known);
  return quantity;
}

Quantity attendances_quantity(const Load& load) {
  if (load.seats > 0 && load.seats_with_meetings == 0)
    return Quantity::unknown(Unit::count, kAttendances, "How often the bodies meet in which it sits is not known.");
  Quantity quantity = a_year(load.meetings, kAttendances);
  quantity.partial = !load.without_meetings.empty();
  return quantity;
}

Quantity hours_quantity(const Load& load) {
  if (load.seats == 0) return Quantity::count(0, kHours);
  if (load.seats_with_length == 0)
    return Quantity::unknown(Unit::count, kHours,
                             "How often, or how long, the bodies meet in which it sits is not known.");
  Quantity quantity = Quantity::real(load.minutes / 60, Unit::count, kHours, 1);
  quantity.partial = !load.complete();
  return quantity;
}

Quantity meetings_quantity(const Meetings& meetings) {
  return meetings.a_year ? a_year(*meetings.a_year, kMeetings)
                         : Quantity::unknown(Unit::count, kMeetings, "How often it meets is not known on that day.");
}

Quantity meetings_quantity(const Register& all, const std::vector<std::string>& bodies, Date day) {
  double sum = 0;
  std::size_t known = 0;
  for (const std::string& body : bodies)
    if (const Meetings meetings = meetings_of(all, body, day); meetings.a_year) {
      sum += *meetings.a_year;
      ++known;
    }
  if (known == 0 && !bodies.empty())
    return Quantity::unknown(Unit::count, kMeetings, "How often these bodies meet is not known on that day.");
  Quantity quantity = a_year(sum, kMeetings);
  quantity.partial = known < bodies.size();
  return quantity;
}

void add_kinds(figures::Registry& registry, KindSources sources) {
  const auto from = std::make_shared<const KindSources>(std::move(sources));
  using Specification = figures::ParameterSpecification;
  const Specification day{"as-at", "date", false, "The day; today unless given", "2012-09-05"};
  const Specification under{"proposal", "integer", false, "Number of a proposal; the register as it is unless given",
                            "1"};
  const Specification area{"area", "area", false, "Only bodies that serve this area or one within it", "E23000009"};
  const std::vector<Specification> two = {
      {"a", "text", true, "Code of a body", "safer-communities-board"},
      {"b", "text", true, "Code of another body", "west-mercia-criminal-justice-board"},
      day,
      under};
  for (const bool posts : {false, true})
    registry.add(
        {posts ? "shared-posts" : "shared-organisations",
         posts ? "Posts that two bodies share" : "Organisations that two bodies share",
         posts ? "Posts with a seat in both bodies on a day." : "Organisations with a seat in both bodies on a day.",
         two,
         [from, posts](const Parameters& p, const Viewer& v, Detail d) { return shared_figure(*from, p, v, d, posts); },
         {}},
        figures::Cost::light);
  registry.add({"rooms",
                "Rooms in which somebody sits",
                "Bodies in which an organisation, or one of its posts, holds a seat on a day.",
                {{"organisation", "text", true, "Code of the organisation", "worcestershire-county-council"},
                 {"post", "text", false, "Its post; any of them unless given", "Chair"},
                 area,
                 day,
                 under},
                [from](const Parameters& p, const Viewer& v, Detail d) { return rooms_figure(*from, p, v, d); },
                {}},
               figures::Cost::light);
  const std::vector<Specification> of_one = {
      {"organisation", "text", false, "Code of the organisation; all of them unless given",
       "worcestershire-county-council"},
      area,
      day,
      under};
  registry.add({"seats",
                "Seats",
                "Seats that an organisation holds in bodies on a day.",
                of_one,
                [from](const Parameters& p, const Viewer& v, Detail d) { return load_kind(*from, p, v, d, Of::seats); },
                {}},
               figures::Cost::light);
  registry.add(
      {"attendances",
       "Attendances a year",
       "Seats of an organisation times the meetings a year of the bodies in which it sits.",
       of_one,
       [from](const Parameters& p, const Viewer& v, Detail d) { return load_kind(*from, p, v, d, Of::attendances); },
       {}},
      figures::Cost::light);
  registry.add({"meeting-hours",
                "Hours in meetings",
                "Hours a year that an organisation spends in the meetings of bodies in which it sits.",
                of_one,
                [from](const Parameters& p, const Viewer& v, Detail d) { return load_kind(*from, p, v, d, Of::hours); },
                {}},
               figures::Cost::light);
  registry.add(
      {"meetings-a-year",
       "Meetings a year",
       "How often a body meets in a year, or all bodies of an area together.",
       {{"body", "text", false, "Code of a body; all of them together unless given", "safer-communities-board"},
        area,
        day,
        under},
       [from](const Parameters& p, const Viewer& v, Detail d) { return meetings_kind(*from, p, v, d); },
       {}},
      figures::Cost::light);
}

}  // namespace tithing::bodies
