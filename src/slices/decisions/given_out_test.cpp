// What decisions give out of one pot, as a rule on values: what others took, what is left, what takes another's place.
#include "slices/decisions/given_out.h"

#include <doctest/doctest.h>

#include "allocation/scheme_for_tests.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

DrawnPot pot_of(std::int64_t pounds) {
  return {.version = 2, .known = Money{pounds * 100}, .top_slices = {}, .decisions = {}};
}

GivenOut given(std::int64_t id, std::int64_t pounds, std::int64_t beyond = 0,
               std::optional<std::int64_t> replaces = {}) {
  GivenOut out{.decision = {id}, .reference = reference_of({id}), .state = DecisionState::published};
  if (replaces) out.replaces = DecisionId{*replaces};
  out.taken = Taken{Money{pounds * 100}, Money{beyond * 100}};
  return out;
}

Decision mine(std::optional<std::int64_t> replaces = {}) {
  Decision out;
  out.id = {9};
  if (replaces) out.replaces = DecisionId{*replaces};
  return out;
}

Decision mine_in(DecisionState state) {
  Decision out = mine();
  out.state = state;
  return out;
}

std::string said(const DrawnPot& pot, const Decision& decision, std::int64_t pounds, std::int64_t beyond = 0) {
  return beyond_the_pot(pot, decision, {Money{pounds * 100}, Money{beyond * 100}}).value_or("");
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a second decision on a pot gives out what the first left, and no more") {
  DrawnPot pot = pot_of(100);
  pot.decisions = {given(7, 60)};
  CHECK(said(pot, mine(), 40) == "");
  const std::string refused = said(pot, mine(), 41);
  for (const char* part :
       {"More would be given out than the pot holds", "version (2)", "£100.00",
        "FD-0007 (published) gives out £60.00 of it", "£41.00", "£1.00 too much", "the £40.00 that is left",
        "let it take the place of FD-0007 (\"Takes the place of\" in the draft)", "raise the pot"}) {
    CAPTURE(part);
    CHECK(has(refused, part));
  }
  CHECK_FALSE(has(refused, "withdraw"));  // what is published has no agreement to withdraw
  pot.decisions.push_back(given(8, 40));
  CHECK(has(said(pot, mine(), 1), "Nothing is left to share"));
  CHECK(said(pot, mine(), 0) == "");
  CHECK(sum_of(pot).left == Money{});
}

TEST_CASE("a pot that was lowered afterwards does not hold what was agreed on it") {
  const std::string refused = said(pot_of(10), mine_in(DecisionState::agreed), 100'000);
  CHECK(has(refused, "known funds of £10.00"));
  CHECK(has(refused, "£99,990.00 too much"));
  CHECK(has(refused, "Raise the pot, or withdraw this agreement"));
  DrawnPot gone = pot_of(100);
  gone.withdrawn = true;
  CHECK(has(said(gone, mine(), 1), "was withdrawn"));
  DrawnPot unknown = pot_of(0);
  unknown.nothing_known = true;
  CHECK(has(said(unknown, mine(), 0), "what is not known is not nought"));
}

TEST_CASE("what is advised can be done from where each decision stands") {
  using enum DecisionState;
  DrawnPot pot = pot_of(100);
  // A pot that was cut: a frozen decision has no agreement to withdraw, and its table stays.
  const std::string cut = said(pot, mine_in(frozen), 101);
  CHECK(has(cut,
            "Raise the pot again, or leave this decision frozen and agree another that shares out what there is and "
            "takes its place"));
  CHECK_FALSE(has(cut, "withdraw"));
  CHECK(has(said(pot, mine_in(draft), 101), "or share out what the pot holds in the draft."));
  CHECK(has(said(pot, mine_in(consultation), 101), "take this decision back to a draft"));
  for (const DecisionState state : {draft, consultation})
    CHECK_FALSE(has(said(pot, mine_in(state), 101), "withdraw this agreement"));
  // The other is only agreed: nothing takes its place yet.
  pot.decisions = {given(7, 100)};
  pot.decisions.front().state = agreed;
  const std::string second = said(pot, mine_in(draft), 1);
  CHECK(has(second,
            "withdraw the agreement to FD-0007; or wait until that is frozen, and then let it take that one's place"));
  CHECK_FALSE(has(second, "take the place of FD-0007"));
  const std::string after = said(pot, mine_in(frozen), 1);
  CHECK(has(after, "withdraw the agreement to FD-0007"));
  CHECK_FALSE(has(after, "wait until"));
  CHECK(can_be_done(pot).withdraw_agreement);
  CHECK_FALSE(can_be_done(pot).take_place);
  // It is frozen or published: its place can be taken, and no agreement withdrawn.
  for (const DecisionState state : {frozen, published}) {
    pot.decisions.front().state = state;
    CHECK(has(said(pot, mine_in(draft), 1), "let it take the place of FD-0007"));
    CHECK(has(said(pot, mine_in(agreed), 1), "withdraw this agreement and let it take the place of FD-0007"));
    CHECK_FALSE(has(said(pot, mine_in(draft), 1), "withdraw"));
    CHECK_FALSE(can_be_done(pot).withdraw_agreement);
    CHECK(can_be_done(pot).take_place);
  }
  pot.decisions.front().taken.reset();
  CHECK(has(said(pot, mine_in(frozen), 1), "leave this decision frozen"));
  DrawnPot gone = pot_of(100);
  gone.withdrawn = true;
  CHECK(has(said(gone, mine_in(frozen), 1), "Leave this decision frozen"));
  CHECK(has(said(gone, mine_in(agreed), 1), "Withdraw this agreement"));
}

TEST_CASE("what is declared beyond the known funds is declared once for a pot") {
  DrawnPot pot = pot_of(100);
  CHECK(said(pot, mine(), 110, 10) == "");
  CHECK(said(pot, mine(), 111, 10) != "");
  pot.decisions = {given(7, 60, 10)};
  CHECK(said(pot, mine(), 50, 10) == "");
  CHECK(said(pot, mine(), 51, 10) != "");  // two declarations of £10 are not £20
  CHECK(said(pot, mine(), 50) == "");      // what the first declared holds for the pot
}

TEST_CASE("top-slices are the pot's, and are taken once for all its decisions") {
  DrawnPot pot = pot_of(100);
  pot.top_slices = Money{20'00};
  pot.decisions = {given(7, 40)};
  CHECK(said(pot, mine(), 40) == "");
  CHECK(has(said(pot, mine(), 41), "top-slices take £20.00"));
}

TEST_CASE("what takes another's place is not counted beside it") {
  DrawnPot pot = pot_of(100);
  pot.decisions = {given(7, 100)};
  CHECK(said(pot, mine(7), 100) == "");
  CHECK(said(pot, mine(7), 101) != "");
  // The one whose place is to be taken is not refused for its successor; of the two the larger counts for a third.
  pot.decisions = {given(7, 30), given(8, 60, 0, 7)};
  Decision seventh;
  seventh.id = {7};
  CHECK(said(pot, seventh, 100) == "");
  CHECK(sum_of(pot).taken == Money{60'00});
  CHECK(said(pot, mine(), 40) == "");
  CHECK(said(pot, mine(), 41) != "");
}

TEST_CASE("what cannot be worked out is not nought") {
  DrawnPot pot = pot_of(100);
  pot.decisions = {given(7, 0)};
  pot.decisions.front().taken.reset();
  CHECK(has(said(pot, mine(), 1), "How much FD-0007 gives out of the same pot cannot be worked out"));
  CHECK(said(pot, mine(7), 100) == "");
  CHECK(sum_of(pot).not_known == std::vector<std::string>{"FD-0007"});
}

TEST_CASE("what a table takes: areas and hold-backs of its steps, the same from its frozen record") {
  Scheme scheme = scheme_of(100'00, {{"a", 50'00}, {"b", 50'00}});
  scheme.pot.top_slices.push_back({"audit", of_percent(10)});
  scheme.steps.push_back({HoldBack{"reviews", of_percent(20), HoldBack::Of::pot}, ""});
  scheme.steps.push_back({DirectShares{}, ""});
  const auto allocation = allocate(scheme);
  REQUIRE_MESSAGE(allocation.has_value(), allocation.error().message);
  CHECK(taken_by(*allocation).amount == Money{90'00});
  const auto frozen = taken_by(frozen_of(scheme, *allocation));
  REQUIRE_MESSAGE(frozen.has_value(), frozen.error().message);
  CHECK(frozen->amount == Money{90'00});
  CHECK(frozen->beyond == Money{});
}

TEST_CASE("the place of a decision is taken on the same pot, or for the same year and areas") {
  const OfMoney then{{1}, "2026/27", "E1", "Bromsgrove (E1)"};
  CHECK_FALSE(other_money(then, {{1}, "2027/28", "E2", ""}));
  CHECK_FALSE(other_money(then, {{2}, "2026/27", "E1", ""}));
  const auto why = other_money(then, {{2}, "2012/13", "E2", "Redditch (E2)"});
  REQUIRE(why.has_value());
  for (const char* part : {"2026/27", "2012/13", "Bromsgrove (E1)", "Redditch (E2)"}) CHECK(has(*why, part));
}
