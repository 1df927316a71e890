// Proposals put on small registers made here.
#include "slices/bodies/proposals.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tithing;
using namespace tithing::bodies;

namespace {

const Date kEarly = Date::from_ymd(2010, 1, 1);
const Date kApril = Date::from_ymd(2020, 4, 1);

// East and west, each with a plan, an area and a line to the board; the police sit in both, the council in the east.
struct Small {
  Small() {
    for (const auto& [code, name] :
         {std::pair<const char*, const char*>{"csp", "partnership"}, {"board", "board"}, {"force", "police"}})
      put({.kind = FactKind::kind, .role = code, .value = name});
    put({.kind = FactKind::function, .role = "plan", .value = "Make a plan", .detail = "csp", .holder = "England"});
    for (const char* code : {"east", "west"}) {
      put({.kind = FactKind::body, .body = code, .role = "csp", .from = kEarly});
      put({.kind = FactKind::area, .body = code, .value = std::string("E-") + code, .from = kEarly});
      put({.kind = FactKind::discharge, .body = code, .role = "plan", .from = kEarly});
      put({.kind = FactKind::meetings, .body = code, .detail = "120", .amount = 4, .from = kEarly});
    }
    put({.kind = FactKind::name, .body = "east", .value = "Eastern", .from = kEarly});
    put({.kind = FactKind::body, .body = "board", .role = "board", .from = kEarly});
    put({.kind = FactKind::parent, .body = "east", .other = "board", .role = "community-safety", .from = kEarly});
    put({.kind = FactKind::body, .body = "police", .role = "force", .from = kEarly});
    for (const char* code : {"east", "west"})
      put({.kind = FactKind::membership,
           .body = code,
           .other = "police",
           .role = "member",
           .value = "Superintendent",
           .from = kEarly});
  }
  // As the store would give it: records and versions from one up.
  std::int64_t put(Fact fact) {
    fact.id = fact.record = ++last;
    all.add(fact);
    return fact.record;
  }
  const Fact& only(const char* body, FactKind kind) const { return *all.find(body)->of(kind).front(); }
  Register all;
  std::int64_t last = 0;
};

Proposal proposal(const std::vector<Edit>& edits) {
  Proposal out;
  out.number = 7;
  std::int64_t id = 0;
  for (const Edit& edit : edits) {
    ++id;
    out.edits.push_back({id, id, edit, "A test.", "nobody", {}});
  }
  return out;
}

Edit add(Fact fact) { return {.fact = std::move(fact)}; }

std::vector<Edit> one_partnership() {
  return {add({.kind = FactKind::body, .body = "whole", .role = "csp", .from = kApril}),
          add({.kind = FactKind::name, .body = "whole", .value = "Whole", .from = kApril}),
          add({.kind = FactKind::succession, .body = "east;west", .other = "whole", .role = "merged", .from = kApril})};
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a proposal is put on a copy: the register stays as it is, and the day decides") {
  const Small small;
  const Applied applied = apply(small.all, proposal(one_partnership()));
  CHECK(applied.fits());
  CHECK(applied.draft.proposal == 7);
  CHECK(applied.draft.stands("whole", kApril));
  CHECK_FALSE(applied.draft.stands("east", kApril));
  CHECK(applied.draft.stands("east", kApril.plus_days(-1)));
  CHECK_FALSE(small.all.exists("whole"));
  CHECK(small.all.stands("east", kApril));
  CHECK(applied.draft.of_body("whole", FactKind::area, kApril).size() == 2);
  CHECK(applied.effect.before.size() == 2);  // the existence of both
}

TEST_CASE("what it comes to on a day: bodies, duties and hours beside the register") {
  const Small small;
  const Applied applied = apply(small.all, proposal(one_partnership()));
  const Comparison before = compare(small.all, applied, kApril.plus_days(-1));
  CHECK(before.bodies.empty());
  CHECK(before.duties.empty());
  CHECK(before.loads.empty());

  const Comparison then = compare(small.all, applied, kApril);
  std::vector<std::string> what;
  for (const Difference& one : then.bodies) what.push_back(std::string(name_of(one.what)) + " " + one.body);
  CHECK(what == std::vector<std::string>{"Ended east", "Ended west", "Began whole"});
  CHECK(then.bodies.front().now == "became Whole");
  REQUIRE(then.duties.size() == 2);  // one for each area
  CHECK(then.duties[0].before == Cover::State::covered);
  CHECK(then.duties[0].held_before == std::vector<std::string>{"east"});
  CHECK(then.duties[0].after == Cover::State::covered);
  CHECK(then.duties[0].held_after == std::vector<std::string>{"whole"});
  // Who sits is decided anew, so the police sit nowhere under the proposal: 2 seats of 4 meetings of 2 hours before.
  REQUIRE(then.loads.size() == 1);
  CHECK(then.loads[0].organisation == "police");
  CHECK(then.loads[0].before.seats == 2);
  CHECK(then.loads[0].before.minutes == 2 * 4 * 120);
  CHECK(then.loads[0].after.seats == 0);
}

TEST_CASE("gaps and double cover that a proposal brings are found") {
  Small small;
  const Fact& duty = small.only("east", FactKind::discharge);
  const Applied gap = apply(small.all, proposal({{Edit::Action::remove, duty, duty.record, duty.id}}));
  REQUIRE(gap.fits());
  const Comparison empty = compare(small.all, gap, kApril);
  REQUIRE(empty.duties.size() == 1);
  CHECK(empty.duties[0].area == "E-east");
  CHECK(empty.duties[0].after == Cover::State::gap);
  const Applied twice =
      apply(small.all, proposal({add({.kind = FactKind::area, .body = "west", .value = "E-east", .from = kApril})}));
  const Comparison both = compare(small.all, twice, kApril);
  REQUIRE(both.duties.size() == 1);
  CHECK(both.duties[0].after == Cover::State::twice);
}

TEST_CASE("an edit that no longer fits says why, and the others are tried all the same") {
  Small small;
  const Fact name = small.only("east", FactKind::name);
  Fact better = name;
  better.value = "The East";
  Proposal both = proposal({{Edit::Action::replace, better, name.record, name.id},
                            add({.kind = FactKind::meeting, .body = "west", .from = kApril})});
  CHECK(apply(small.all, both).fits());

  // Somebody renames it in the register meanwhile.
  Fact theirs = name;
  theirs.id = 900;
  theirs.value = "Far East";
  small.all.remove(name.record);
  small.all.add(theirs);
  Applied moved = apply(small.all, both);
  REQUIRE(moved.misfits.size() == 1);
  CHECK(moved.misfits.count(1) == 1);
  CHECK(has(moved.misfits.at(1).message, "Far East"));
  CHECK(moved.draft.last_name("east") == "Far East");
  CHECK(moved.draft.find("west")->of(FactKind::meeting).size() == 1);
  CHECK(moved.effect.after.size() == 1);

  // Taken away altogether; then a rule that stands against an edit.
  small.all.remove(name.record);
  CHECK(has(apply(small.all, both).misfits.at(1).message, "taken out of the register"));
  const Applied late = apply(
      small.all, proposal({add({.kind = FactKind::meeting, .body = "west", .from = Date::from_ymd(2009, 1, 1)})}));
  CHECK(has(late.misfits.at(1).message, "begins on 1 January 2010"));
  // Two edits of one fact: the second says so.
  const Fact& line = small.only("east", FactKind::parent);
  const Edit away{Edit::Action::remove, line, line.record, line.id};
  Fact ended = line;
  ended.to = kApril;
  const Applied doubled =
      apply(small.all, proposal({{Edit::Action::replace, ended, line.record, line.id}, away, away}));
  CHECK(doubled.misfits.count(3) == 1);
}

TEST_CASE("an edit that cannot be leaves the draft as it was: a merger whose consequences do not fit") {
  Small small;
  // The line to the board would pass to the successor, above which the board already reports: refused, after the ends
  // of the former have been put in.
  small.put({.kind = FactKind::body, .body = "whole", .role = "csp", .from = kEarly});
  small.put({.kind = FactKind::parent, .body = "board", .other = "whole", .role = "community-safety", .from = kEarly});
  Register draft = small.all;
  Effect effect;
  const Status refused =
      take(draft,
           add({.kind = FactKind::succession, .body = "east;west", .other = "whole", .role = "merged", .from = kApril}),
           effect);
  CHECK_FALSE(refused.has_value());
  CHECK(effect.before.empty());
  CHECK(effect.after.empty());
  CHECK(draft.facts().size() == small.all.facts().size());
  CHECK(draft.stands("east", kApril));
  CHECK(draft.find("whole")->of(FactKind::area).empty());
}

TEST_CASE("a fact that comes with one edit and goes with another is in no effect") {
  const Small small;
  // The proposal's own body is merged away again by its own succession: its existence is entered once, with its end.
  std::vector<Edit> edits = one_partnership();
  const Date later = Date::from_ymd(2022, 1, 1);
  edits.push_back(add({.kind = FactKind::succession, .body = "whole", .role = "ended", .from = later}));
  const Applied applied = apply(small.all, proposal(edits));
  REQUIRE(applied.fits());
  int existences = 0;
  for (const Fact& fact : applied.effect.after)
    if (fact.kind == FactKind::body && fact.body == "whole") {
      ++existences;
      CHECK(fact.to == later);
    }
  CHECK(existences == 1);
  for (const Fact& fact : applied.effect.before) CHECK(fact.record > 0);
}
