// Duties, calendar and overlap on small registers made here.
#include <doctest/doctest.h>

#include "slices/bodies/calendar.h"
#include "slices/bodies/duties.h"
#include "slices/bodies/edits.h"
#include "slices/bodies/overlap.h"
#include "slices/bodies/rules.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

Date day(int year, int month, int number) { return Date::from_ymd(year, month, number); }
const Date kDay = Date::from_ymd(2020, 6, 1);
const Date kToday = Date::from_ymd(2020, 5, 20);
const PermissionTable kNoPermissions;
const Scope kProgram(Actor::system(kNoPermissions), kToday, nullptr);  // may everything

Register small() {
  Register all;
  all.add({.kind = FactKind::kind, .role = "csp", .value = "partnership"});
  all.add({.kind = FactKind::kind, .role = "panel", .value = "panel"});
  all.add({.kind = FactKind::kind, .role = "council", .value = "council"});
  all.add({.kind = FactKind::function, .role = "plan", .value = "Make a plan", .detail = "csp", .holder = "England"});
  for (const char* code : {"a", "b", "w"}) {
    all.add({.kind = FactKind::body, .body = code, .role = "csp"});
    all.add(
        {.kind = FactKind::area, .body = code, .value = std::string(code) == "w" ? "W1" : std::string("E-") + code});
  }
  all.add({.kind = FactKind::body, .body = "panel", .role = "panel"});
  for (const char* code : {"north", "south"}) all.add({.kind = FactKind::body, .body = code, .role = "council"});
  return all;
}

void seat(Register& all, const char* body, const char* organisation, const char* post, const char* state = "") {
  all.add({.kind = FactKind::membership,
           .body = body,
           .other = organisation,
           .role = "member",
           .value = post,
           .state = state});
}

}  // namespace

TEST_CASE("gaps and double cover, by extent") {
  Register all = small();
  all.add({.kind = FactKind::discharge, .body = "a", .role = "plan", .from = day(2020, 1, 1)});
  const std::vector<std::string> bodies = {"a", "b", "w", "panel"};
  auto found = cover(all, bodies, kDay);
  REQUIRE(found.size() == 2);  // Wales is left out
  CHECK(found[0].state == Cover::State::covered);
  CHECK(found[1].state == Cover::State::gap);
  CHECK(found[1].laid_on == std::vector<std::string>{"b"});
  CHECK(cover(all, bodies, day(2019, 12, 31))[0].state == Cover::State::gap);
  all.add({.kind = FactKind::area, .body = "panel", .value = "E-a"});
  all.add({.kind = FactKind::discharge, .body = "panel", .role = "plan"});
  CHECK(cover(all, bodies, kDay)[0].state == Cover::State::twice);
}

TEST_CASE("clear working days leave out week-ends, bank holidays, and both ends") {
  // A meeting on Friday 9 November 2018: five clear days are Thursday to Friday of the week before, so Thursday 1
  // November.
  CHECK(clear_working_days_before(day(2018, 11, 9), 5, {}) == day(2018, 11, 1));
  // Over Easter 2018 (30 March and 2 April): Tuesday 10 April has 9, 6, 5, 4, 3 April clear, so Thursday 29 March.
  CHECK(clear_working_days_before(day(2018, 4, 10), 5, {day(2018, 3, 30), day(2018, 4, 2)}) == day(2018, 3, 29));
  CHECK(clear_working_days_before(day(2018, 11, 9), 0, {}) == day(2018, 11, 8));
}

TEST_CASE("the calendar is derived: quarters, days of the year, days before meetings, each with its rule") {
  Register all = small();
  all.add({.kind = FactKind::rule,
           .other = "csp",
           .role = "data",
           .value = "Data",
           .detail = "quarter",
           .holder = "England",
           .amount = 2,
           .paper = "SI 1"});
  all.add({.kind = FactKind::rule,
           .other = "panel",
           .role = "report",
           .value = "Report",
           .detail = "day 02-08",
           .from = day(2013, 1, 1)});
  all.add({.kind = FactKind::rule, .other = "panel", .role = "notes", .value = "Notes", .detail = "days-before 14"});
  all.add({.kind = FactKind::rule, .other = "panel", .role = "odd", .value = "Odd", .detail = "when it suits"});
  all.add({.kind = FactKind::meeting, .body = "panel", .from = day(2018, 11, 9), .to = day(2018, 11, 10)});
  // What relates to April to June 2026 is due by 30 September 2026.
  const auto data = calendar(all, {"a", "w"}, day(2026, 9, 1), day(2026, 10, 1));
  REQUIRE(data.size() == 1);
  CHECK(data[0].day == day(2026, 9, 30));
  CHECK(data[0].about == "1 April 2026 to 30 June 2026");
  CHECK(data[0].rule == "data, version 2");
  CHECK(calendar(all, {"a"}, day(2026, 1, 1), day(2027, 1, 1)).size() == 4);
  CHECK(calendar(all, {"panel"}, day(2012, 1, 1), day(2013, 1, 1)).empty());
  const auto panel = calendar(all, {"panel"}, day(2018, 1, 1), day(2019, 1, 1));
  REQUIRE(panel.size() == 2);
  CHECK(panel[0].day == day(2018, 2, 8));
  CHECK(panel[1].day == day(2018, 10, 26));
  CHECK(rules_not_understood(all).size() == 1);
  const std::string ics = to_ics(all, panel, "20260101T000000Z");
  CHECK(ics.find("DTSTART;VALUE=DATE:20181026\r\n") != std::string::npos);
  CHECK(ics.find("BEGIN:VEVENT") != std::string::npos);
  for (std::size_t at = 0, end = 0; (end = ics.find("\r\n", at)) != std::string::npos; at = end + 2)
    CHECK(end - at <= 75);
}

TEST_CASE("twelve months are counted from the last recorded meeting; where none is recorded, that is said") {
  CHECK(months_after(day(2024, 2, 29), 12) == day(2025, 2, 28));
  CHECK(months_after(day(2025, 3, 31), 12) == day(2026, 3, 31));
  Register all = small();
  all.add({.kind = FactKind::kind, .role = "scrutiny", .value = "scrutiny committee"});
  for (const char* code : {"busy", "idle"})
    all.add({.kind = FactKind::body, .body = code, .role = "scrutiny", .from = day(2009, 1, 1)});
  all.add({.kind = FactKind::rule,
           .other = "scrutiny",
           .role = "twelve",
           .value = "Scrutiny",
           .detail = "months-after-meeting 12",
           .amount = 1,
           .paper = "PJA 2006",
           .paragraph = "s.19"});
  all.add({.kind = FactKind::rule,
           .other = "csp",
           .role = "meeting",
           .value = "Public meeting",
           .detail = "no-day",
           .note = "No day is named."});
  for (const Date met : {day(2018, 3, 5), day(2018, 11, 20), day(2020, 6, 1), day(2020, 7, 1)})
    all.add({.kind = FactKind::meeting, .body = "busy", .from = met, .to = met.plus_days(1)});
  CHECK(calendar(all, {"busy", "idle"}, day(2018, 1, 1), day(2019, 1, 1)).empty());
  // After 20 November 2018 nothing for more than twelve months; after 1 July 2020 nothing is recorded.
  const auto due = calendar(all, {"busy", "idle"}, day(2019, 1, 1), day(2022, 1, 1));
  REQUIRE(due.size() == 2);
  CHECK(due[0].day == day(2019, 11, 20));
  CHECK(due[0].about == "Counted from the meeting on 20 November 2018; the next that is recorded is on 1 June 2020");
  CHECK(due[1].day == day(2021, 7, 1));
  CHECK(due[1].about == "Counted from the meeting on 1 July 2020; no later one is recorded");
  CHECK(due[1].rule == "twelve, version 1");
  CHECK(due[1].provision == "PJA 2006, s.19");
  const auto said = not_derived(all, {"busy", "idle"}, day(2021, 1, 1), day(2022, 1, 1), true);
  REQUIRE(said.size() == 1);
  CHECK(said[0] == "No meeting is recorded of idle: when \"Scrutiny\" (PJA 2006, s.19) falls due is not known.");
  CHECK(not_derived(all, {"busy"}, day(2021, 1, 1), day(2022, 1, 1), true).empty());
  CHECK(not_derived(all, {"a", "b"}, day(2021, 1, 1), day(2022, 1, 1), true) ==
        std::vector<std::string>{
            "No scrutiny committee is recorded here: when \"Scrutiny\" (PJA 2006, s.19) falls due is not known."});
  CHECK(not_derived(all, {"a"}, day(2021, 1, 1), day(2022, 1, 1), false).empty());
  CHECK(not_derived(all, {"busy"}, day(2017, 1, 1), day(2018, 1, 1), true).size() == 1);  // its meetings came later
  CHECK(rules_not_understood(all).empty());
  CHECK(rules_without_day(all, "", kDay).size() == 1);
  CHECK(rules_without_day(all, "a", kDay).size() == 1);
  CHECK(rules_without_day(all, "busy", kDay).empty());
}

TEST_CASE("a deadline that the list of bank holidays does not reach says so, and has no day") {
  Register all = small();
  all.add({.kind = FactKind::rule,
           .other = "panel",
           .role = "agenda",
           .value = "Agenda",
           .detail = "clear-working-days 5",
           .amount = 1,
           .paper = "SI 2"});
  for (const Date met : {day(2017, 1, 5), day(2018, 4, 10), day(2020, 6, 1), day(2021, 1, 6)})
    all.add({.kind = FactKind::meeting, .body = "panel", .from = met, .to = met.plus_days(1)});
  const auto due = [&](int year) { return calendar(all, {"panel"}, day(year, 1, 1), day(year + 1, 1, 1)); };
  const auto said = [&](int year) { return not_derived(all, {"panel"}, day(year, 1, 1), day(year + 1, 1, 1), false); };
  // Without any list nothing can be counted.
  CHECK(due(2018).empty());
  REQUIRE(said(2018).size() == 1);
  CHECK(said(2018)[0].find("there is no list of bank holidays") != std::string::npos);
  for (const Date holiday : {day(2017, 4, 14), day(2018, 3, 30), day(2018, 4, 2), day(2020, 12, 25)})
    all.add({.kind = FactKind::bank_holiday, .value = "Holiday", .from = holiday, .to = holiday.plus_days(1)});
  REQUIRE(due(2018).size() == 1);
  CHECK(due(2018)[0].day == day(2018, 3, 29));
  CHECK(said(2018).empty());
  // The first meeting of 2017 reaches back into 2016, of which there is no list; 2019 is missing within it, and 2021
  // lies behind it.
  CHECK(due(2016).empty());
  CHECK(due(2017).empty());
  REQUIRE(said(2017).size() == 1);
  CHECK(
      said(2017)[0] ==
      "When \"Agenda\" (SI 2) falls due before the meeting of panel on 5 January 2017 is not known: working days have "
      "to be counted, and the list of bank holidays "
      "reaches from 1 January 2017 to 31 December 2020, without 2019. Import the list of the years that are missing.");
  CHECK(due(2020).size() == 1);
  CHECK(due(2021).empty());
  CHECK(said(2021)[0].find("6 January 2021") != std::string::npos);
  CHECK(to_ics(all, due(2021), "20210101T000000Z", said(2021)).find("X-WR-CALDESC:When \"Agenda\"") !=
        std::string::npos);
  // Also in the year before, into whose days the deadline would fall.
  CHECK(said(2020).size() == 1);
}

TEST_CASE("what is due before the meetings of another body stands in the calendar of the one that it falls on") {
  Register all = small();
  all.add({.kind = FactKind::rule,
           .other = "csp",
           .role = "note",
           .value = "Note",
           .detail = "days-before 14 panel",
           .holder = "E1;E3",
           .amount = 1,
           .paper = "Principles"});
  all.add({.kind = FactKind::meeting, .body = "panel", .from = day(2018, 11, 9), .to = day(2018, 11, 10)});
  all.add({.kind = FactKind::area, .body = "a", .value = "E1"});
  all.add({.kind = FactKind::area, .body = "b", .value = "E2"});
  const auto due = calendar(all, {"a", "b", "panel"}, day(2018, 1, 1), day(2019, 1, 1));
  REQUIRE(due.size() == 1);
  CHECK(due[0].body == "a");
  CHECK(due[0].day == day(2018, 10, 26));
  CHECK(due[0].about == "Meeting of panel on 9 November 2018");
  CHECK(calendar(all, {"b"}, day(2018, 1, 1), day(2019, 1, 1)).empty());
  CHECK(not_derived(all, {"a"}, day(2018, 1, 1), day(2019, 1, 1), false).empty());
  CHECK(not_derived(all, {"a"}, day(2019, 1, 1), day(2020, 1, 1), false).size() == 1);
}

TEST_CASE("known on a day, and not known whether still: neither in force nor over, and not counted") {
  Register all = small();
  const Fact forum{.kind = FactKind::body, .body = "forum", .role = "csp", .seen = day(2012, 9, 5)};
  CHECK(standing(forum, day(2012, 9, 4)) == Standing::not_known);
  CHECK(standing(forum, day(2012, 9, 5)) == Standing::in_force);
  CHECK(standing(forum, day(2012, 9, 6)) == Standing::known_then);
  CHECK(standing_text(forum, day(2026, 1, 1)) == "known on 5 September 2012, not known whether still");
  CHECK(period_text(forum) == "known on 5 September 2012; since when and until when is not known");
  Fact since = forum;
  since.from = day(2010, 1, 1);
  CHECK(standing(since, day(2011, 1, 1)) == Standing::in_force);
  CHECK(standing(since, day(2013, 1, 1)) == Standing::known_then);
  since.seen.reset();  // whoever keeps the register says that it is still so
  CHECK(standing(since, day(2013, 1, 1)) == Standing::in_force);
  Fact ended = forum;
  ended.to = day(2014, 1, 1);
  CHECK(standing(ended, day(2013, 12, 31)) == Standing::in_force);
  CHECK(standing(ended, day(2014, 1, 1)) == Standing::over);
  all.add(forum);
  all.add({.kind = FactKind::membership,
           .body = "forum",
           .other = "north",
           .role = "member",
           .value = "Leader",
           .seen = day(2012, 9, 5)});
  all.add({.kind = FactKind::meetings, .body = "forum", .role = "6", .seen = day(2012, 9, 5)});
  CHECK(all.stands("forum", kDay));
  CHECK(all.of_body("forum", FactKind::membership, kDay).size() == 1);
  CHECK(all.known_of("forum", FactKind::membership, kDay).empty());
  CHECK(taken_seats(all, "forum", kDay).empty());
  CHECK(taken_seats(all, "forum", day(2012, 9, 5)).size() == 1);
  CHECK(load_of(all, "north", {"forum"}, kDay).seats == 0);
  CHECK(load_of(all, "north", {"forum"}, day(2012, 9, 5)).meetings == doctest::Approx(365.25 / 42));
  CHECK_FALSE(meetings_of(all, "forum", kDay).a_year.has_value());
  all.add({.kind = FactKind::area, .body = "forum", .value = "E-a"});
  all.add({.kind = FactKind::discharge, .body = "forum", .role = "plan", .seen = day(2012, 9, 5)});
  CHECK(cover(all, {"a", "forum"}, kDay)[0].state == Cover::State::earlier);
  CHECK(cover(all, {"a", "forum"}, day(2012, 9, 5))[0].state == Cover::State::covered);
}

TEST_CASE(
    "how often a body meets is said as a number a year or as one in so many weeks, and a vote only where a source says "
    "it") {
  Register all = small();
  Fact leads{.kind = FactKind::meetings, .body = "a", .role = "6"};
  CHECK(check(all, leads).has_value());
  CHECK(meetings_text(leads) == "a meeting every 6 weeks, about 8.7 a year");
  leads.amount = 9;
  CHECK_FALSE(check(all, leads).has_value());
  leads.role = "often";
  CHECK_FALSE(check(all, leads).has_value());
  for (const SeatRole& role : seat_roles())
    CHECK((role.vote == "not known") == (role.code != "member" && role.code != "associate"));
  Fact chair{.kind = FactKind::membership, .body = "a", .other = "north", .role = "chair"};
  CHECK(vote_of(chair) == "not known");
  chair.detail = "yes";
  CHECK(vote_of(chair) == "yes");
  CHECK(check(all, chair).has_value());
  chair.detail = "perhaps";
  CHECK_FALSE(check(all, chair).has_value());
  Fact line{.kind = FactKind::parent, .body = "a", .other = "b", .role = "community-safety", .value = "supported-by"};
  CHECK(check(all, line).has_value());
  CHECK(text_of(line) == "line upward: is supported by (b), community-safety");
  line.value = "likes";
  CHECK_FALSE(check(all, line).has_value());
}

TEST_CASE("what became of bodies names its instrument, with its reference and its day; in a proposal it need not") {
  Register all = small();
  const Edit merger{Edit::Action::add,
                    {.kind = FactKind::succession, .body = "a;b", .other = "w", .role = "merged", .from = kDay},
                    0,
                    0};
  Register draft = all;
  const auto refused = take_all(draft, {merger}, kProgram, kToday);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().fields.size() == 3);
  CHECK(refused.error().message.find("in a proposal instead") != std::string::npos);
  for (const char* missing : {"state", "value", "seen"}) {
    Edit edit = merger;
    edit.fact.state = std::string(missing) == "state" ? "a phone call" : "minute";
    edit.fact.value = std::string(missing) == "value" ? " " : "Minute 4";
    if (std::string(missing) != "seen") edit.fact.seen = kDay;
    draft = all;
    const auto again = take_all(draft, {edit}, kProgram, kToday);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().fields.front().field == missing);
  }
  draft = all;
  draft.proposal = 1;
  CHECK(take_all(draft, {merger}, kProgram, kToday).has_value());
  // What is wrong in itself is said first.
  Edit wrong = merger;
  wrong.fact.other = "nobody";
  draft = all;
  CHECK(take_all(draft, {wrong}, kProgram, kToday).error().fields.front().field == "other");
  Edit right = merger;
  right.fact.state = "agreement";
  right.fact.value = "Combination agreement of the authorities";
  right.fact.seen = kDay.plus_days(-30);
  draft = all;
  const auto done = take_all(draft, {right}, kProgram, kToday);
  REQUIRE(done.has_value());
  CHECK(draft.standing_of("a", kDay) == Standing::over);
  // The end cites what ended it, not the paper of its beginning alone.
  CHECK(draft.find("a")->of(FactKind::body).front()->note ==
        "Its end: by agreement of the authorities: Combination agreement of the authorities, 2 May 2020.");
  // An agreement of a day to come is nobody's yet.
  Edit early = right;
  early.fact.seen = kToday.plus_days(1);
  draft = all;
  const auto undecided = take_all(draft, {early}, kProgram, kToday);
  REQUIRE_FALSE(undecided.has_value());
  CHECK(undecided.error().fields.front().field == "seen");
  CHECK(undecided.error().fields.front().message.find("21 May 2020, is still to come") != std::string::npos);
  early.fact.seen = kToday;
  draft = all;
  CHECK(take_all(draft, {early}, kProgram, kToday).has_value());
  // A body that stands does not just get an end: that it ended is a succession as well.
  draft = all;
  const FactPointer stands = draft.find("north")->of(FactKind::body).front();
  Fact ended = *stands;
  ended.to = kDay;
  const auto silent = take_all(draft, {{Edit::Action::replace, ended, stands->record, stands->id}}, kProgram, kToday);
  REQUIRE_FALSE(silent.has_value());
  CHECK(silent.error().fields.front().field == "to");
  draft = all;
  Fact goes_on = *stands;
  goes_on.from = kDay;
  goes_on.role = "csp";
  CHECK(take_all(draft,
                 {{Edit::Action::replace, ended, stands->record, stands->id}, {Edit::Action::add, goes_on, 0, 0}},
                 kProgram, kToday)
            .has_value());
}

TEST_CASE("who held a function, one after another, within the time in which the body itself stood") {
  Register all = small();
  all.add({.kind = FactKind::kind, .role = "authority", .value = "authority", .detail = "local policing body"});
  all.add(
      {.kind = FactKind::body, .body = "old", .role = "authority", .to = day(2012, 11, 22), .seen = day(2012, 9, 28)});
  all.add({.kind = FactKind::body, .body = "new", .role = "authority", .from = day(2012, 11, 22)});
  all.add(
      {.kind = FactKind::body, .body = "planned", .role = "authority", .state = "proposed", .from = day(2028, 5, 1)});
  for (const char* code : {"old", "new", "planned"}) all.add({.kind = FactKind::area, .body = code, .value = "E23"});
  all.add({.kind = FactKind::succession, .body = "old", .other = "new", .role = "replaced", .from = day(2012, 11, 22)});
  all.add({.kind = FactKind::discharge, .body = "old", .role = "plan", .from = day(2010, 1, 1)});  // no end of its own
  const auto held = tenures(all, {"new", "old", "planned"}, kLocalPolicing);
  REQUIRE(held.size() == 2);
  CHECK(held[0].body == "old");
  CHECK(held[0].on(day(2012, 11, 21)));
  CHECK_FALSE(held[0].on(day(2012, 11, 22)));
  CHECK_FALSE(held[0].on(day(2012, 9, 27)));  // before it is known
  CHECK(tenure_text(held[0]) == "from a day that is not known, known from 28 September 2012, until 21 November 2012");
  CHECK(held[1].before == std::vector<std::string>{"old"});
  CHECK(tenure_text(held[1]) == "since 22 November 2012");
  const auto plan = tenures(all, {"new", "old"}, "plan");
  REQUIRE(plan.size() == 1);
  CHECK(tenure_text(plan[0]) == "since 1 January 2010 until 21 November 2012");
  CHECK(tenures(all, {"new", "old"}, "nothing").empty());
}

TEST_CASE("what two bodies share, who sits in several rooms, and the hours it takes") {
  Register all = small();
  seat(all, "a", "north", "Leader");
  seat(all, "a", "south", "Officer");
  seat(all, "b", "north", "Leader");
  seat(all, "b", "south", "Director");
  seat(all, "panel", "north", "", "vacant");
  const Shared both = shared(all, "a", "b", kDay);
  CHECK(both.organisations.size() == 2);
  CHECK(both.posts == std::vector<std::pair<std::string, std::string>>{{"north", "Leader"}});
  CHECK(both.seats_known);
  CHECK_FALSE(shared(all, "a", "panel", kDay).seats_known);
  const auto several = in_several_rooms(all, {"a", "b", "panel"}, kDay);
  REQUIRE(several.size() == 2);
  CHECK(several[0].post == "Leader");
  CHECK(several[0].bodies.size() == 2);
  CHECK(several[1].organisation == "south");
  CHECK(several[1].post.empty());  // by two posts, neither of which sits in both
  all.add({.kind = FactKind::meetings, .body = "a", .detail = "120", .amount = 4});
  Load load = load_of(all, "north", {"a", "b"}, kDay);
  CHECK(load.minutes == 480);
  CHECK_FALSE(load.complete());
  CHECK(load.without_meetings == std::vector<std::string>{"b"});
}

TEST_CASE("a chain of successions is followed both ways, also through a split") {
  Register all = small();
  for (const char* code : {"c", "d"}) all.add({.kind = FactKind::body, .body = code, .role = "csp", .from = kDay});
  all.add({.kind = FactKind::succession, .body = "a;b", .other = "c", .role = "merged", .from = kDay});
  all.add({.kind = FactKind::succession, .body = "c", .other = "d=70;w=30", .role = "split", .from = day(2021, 1, 1)});
  CHECK(all.ends_at("a").size() == 2);
  CHECK(all.comes_from("w").size() == 3);
  // What became of a is told already.
  CHECK_FALSE(check(all, {.kind = FactKind::succession, .body = "a", .role = "ended", .from = kDay}).has_value());
  CHECK_FALSE(
      check(all, {.kind = FactKind::succession, .body = "d", .other = "a", .role = "replaced", .from = day(2022, 1, 1)})
          .has_value());
}

TEST_CASE("a fact's row is read as it is written, and what is malformed says what to do") {
  const Fact fact{.kind = FactKind::membership,
                  .body = "a",
                  .other = "north",
                  .role = "chair",
                  .value = "Leader, \"elected\"",
                  .amount = 3,
                  .from = kDay,
                  .paper = "p"};
  const auto again = fact_from(fact_columns(), fields_of(fact));
  REQUIRE(again.has_value());
  CHECK(same_words(fact, *again));
  CHECK_FALSE(fact_from({"fact", "from"}, {"body", "1 April"}).has_value());
  CHECK_FALSE(fact_from({"fact"}, {"nonsense"}).has_value());
  const auto rows = read_csv("a,\"b \"\"c\"\"\nd\"\r\n\n1,2");
  REQUIRE(rows.has_value());
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].fields[1] == "b \"c\"\nd");
  CHECK((*rows)[1].line == 4);
  CHECK_FALSE(read_csv("\"open").has_value());
}
