// Duties, calendar and overlap on small registers made here.
#include <doctest/doctest.h>

#include "slices/bodies/calendar.h"
#include "slices/bodies/duties.h"
#include "slices/bodies/overlap.h"
#include "slices/bodies/rules.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

Date day(int year, int month, int number) { return Date::from_ymd(year, month, number); }
const Date kDay = Date::from_ymd(2020, 6, 1);

Register small() {
  Register all;
  all.add({.kind = FactKind::kind, .role = "csp", .value = "partnership"});
  all.add({.kind = FactKind::kind, .role = "panel", .value = "panel"});
  all.add({.kind = FactKind::kind, .role = "council", .value = "council"});
  all.add({.kind = FactKind::function, .role = "plan", .value = "Make a plan", .detail = "csp", .holder = "England"});
  for (const char* code : {"a", "b", "w"}) {
    all.add({.kind = FactKind::body, .body = code, .role = "csp"});
    all.add({.kind = FactKind::area, .body = code, .value = std::string(code) == "w" ? "W1" : std::string("E-") + code});
  }
  all.add({.kind = FactKind::body, .body = "panel", .role = "panel"});
  for (const char* code : {"north", "south"}) all.add({.kind = FactKind::body, .body = code, .role = "council"});
  return all;
}

void seat(Register& all, const char* body, const char* organisation, const char* post, const char* state = "") {
  all.add({.kind = FactKind::membership, .body = body, .other = organisation, .role = "member", .value = post, .state = state});
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
  // A meeting on Friday 9 November 2018: five clear days are Thursday to Friday of the week before, so Thursday 1 November.
  CHECK(clear_working_days_before(day(2018, 11, 9), 5, {}) == day(2018, 11, 1));
  // Over Easter 2018 (30 March and 2 April): Tuesday 10 April has 9, 6, 5, 4, 3 April clear, so Thursday 29 March.
  CHECK(clear_working_days_before(day(2018, 4, 10), 5, {day(2018, 3, 30), day(2018, 4, 2)}) == day(2018, 3, 29));
  CHECK(clear_working_days_before(day(2018, 11, 9), 0, {}) == day(2018, 11, 8));
}

TEST_CASE("the calendar is derived: quarters, days of the year, days before meetings, each with its rule") {
  Register all = small();
  all.add({.kind = FactKind::rule, .other = "csp", .role = "data", .value = "Data", .detail = "quarter", .holder = "England", .amount = 2, .paper = "SI 1"});
  all.add({.kind = FactKind::rule, .other = "panel", .role = "report", .value = "Report", .detail = "day 02-08", .from = day(2013, 1, 1)});
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
  for (std::size_t at = 0, end = 0; (end = ics.find("\r\n", at)) != std::string::npos; at = end + 2) CHECK(end - at <= 75);
}

TEST_CASE("twelve months are counted from the last recorded meeting; where none is recorded, that is said") {
  CHECK(months_after(day(2024, 2, 29), 12) == day(2025, 2, 28));
  CHECK(months_after(day(2025, 3, 31), 12) == day(2026, 3, 31));
  Register all = small();
  all.add({.kind = FactKind::kind, .role = "scrutiny", .value = "scrutiny committee"});
  for (const char* code : {"busy", "idle"}) all.add({.kind = FactKind::body, .body = code, .role = "scrutiny", .from = day(2009, 1, 1)});
  all.add({.kind = FactKind::rule, .other = "scrutiny", .role = "twelve", .value = "Scrutiny", .detail = "months-after-meeting 12", .amount = 1, .paper = "PJA 2006", .paragraph = "s.19"});
  all.add({.kind = FactKind::rule, .other = "csp", .role = "meeting", .value = "Public meeting", .detail = "no-day", .note = "No day is named."});
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
        std::vector<std::string>{"No scrutiny committee is recorded here: when \"Scrutiny\" (PJA 2006, s.19) falls due is not known."});
  CHECK(not_derived(all, {"a"}, day(2021, 1, 1), day(2022, 1, 1), false).empty());
  CHECK(not_derived(all, {"busy"}, day(2017, 1, 1), day(2018, 1, 1), true).size() == 1);  // its meetings came later
  CHECK(rules_not_understood(all).empty());
  CHECK(rules_without_day(all, "", kDay).size() == 1);
  CHECK(rules_without_day(all, "a", kDay).size() == 1);
  CHECK(rules_without_day(all, "busy", kDay).empty());
}

TEST_CASE("who held a function, one after another, within the time in which the body itself stood") {
  Register all = small();
  all.add({.kind = FactKind::kind, .role = "authority", .value = "authority", .detail = "local policing body"});
  all.add({.kind = FactKind::body, .body = "old", .role = "authority", .to = day(2012, 11, 22), .seen = day(2012, 9, 28)});
  all.add({.kind = FactKind::body, .body = "new", .role = "authority", .from = day(2012, 11, 22)});
  all.add({.kind = FactKind::body, .body = "planned", .role = "authority", .state = "proposed", .from = day(2028, 5, 1)});
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
  CHECK_FALSE(check(all, {.kind = FactKind::succession, .body = "d", .other = "a", .role = "replaced", .from = day(2022, 1, 1)}).has_value());
}

TEST_CASE("a fact's row is read as it is written, and what is malformed says what to do") {
  const Fact fact{.kind = FactKind::membership, .body = "a", .other = "north", .role = "chair", .value = "Leader, \"elected\"", .amount = 3, .from = kDay, .paper = "p"};
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
