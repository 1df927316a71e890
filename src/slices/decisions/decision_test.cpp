// The path of a decision as a rule on values: which step follows which, what stands in the way, what a form must say.
#include "slices/decisions/decision.h"
#include "allocation/findings.h"

#include <doctest/doctest.h>

#include "allocation/scheme_for_tests.h"
#include "slices/decisions/frozen.h"
#include "slices/decisions/moves.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

const Date kToday = Date::from_ymd(2012, 2, 1);

Decision decision_in(DecisionState state) {
  Decision out;
  out.id = {3};
  out.version = 1;
  out.title = "Fund 2012/13";
  out.state = state;
  out.consult_from = kToday.plus_days(-30);
  out.consult_to = kToday.plus_days(-1);
  if (state >= DecisionState::agreed)
    out.agreement = Agreement{kToday, "account:9", "The decision-maker", "Section 9", "None", "digest"};
  return out;
}

DecisionFacts fine() {
  DecisionFacts now;
  now.today = kToday;
  now.amounts = "digest";
  now.preparers = {"account:1"};
  now.actor = "account:9";
  return now;
}

MoveRequest everything() {
  MoveRequest request;
  request.note = "Because";
  request.from = kToday;
  request.to = kToday.plus_days(14);
  request.on = kToday;
  request.authority = "Section 9";
  request.interests = "None";
  request.successor = DecisionId{4};
  request.nothing_private = true;
  return request;
}

Status checked(const Decision& decision, std::string_view move, const MoveRequest& request, DecisionFacts now) {
  now.decision = decision;
  return check(move, request, now);
}
std::string refusal(const Decision& decision, std::string_view move, const MoveRequest& request,
                    const DecisionFacts& now) {
  const Status status = checked(decision, move, request, now);
  return status ? std::string() : status.error().message;
}
bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("each state allows its own steps and no other") {
  using enum DecisionState;
  const std::vector<std::tuple<DecisionState, std::string_view, DecisionState>> allowed = {
      {draft, moves::consult, consultation},    {draft, moves::agree, agreed},
      {consultation, moves::take_back, draft},  {consultation, moves::agree, agreed},
      {agreed, moves::freeze, frozen},          {agreed, moves::withdraw_agreement, draft},
      {frozen, moves::publish, published},      {frozen, moves::supersede, superseded},
      {published, moves::supersede, superseded}};
  DecisionFacts now = fine();
  now.successor_state = published;
  for (const DecisionState state : kDecisionStates)
    for (const path::Step& step : each_move()) {
      const std::string_view move = step.code;
      CAPTURE(code_of(state));
      CAPTURE(move);
      const auto found = std::find_if(allowed.begin(), allowed.end(), [&](const auto& one) {
        return std::get<0>(one) == state && std::get<1>(one) == move;
      });
      const auto to = after(state, move);
      REQUIRE(to.has_value() == (found != allowed.end()));
      if (to) CHECK(*to == std::get<2>(*found));
      const Status done = checked(decision_in(state), move, everything(), now);
      CHECK(done.has_value() == to.has_value());
      if (!done) CHECK(done.error().kind == ProblemKind::conflict);
    }
  for (const DecisionState state : kDecisionStates) CHECK(decision_state_from(code_of(state)) == state);
  CHECK(decision_in(draft).reference() == "FD-0003");
}

TEST_CASE("nobody agrees what they have prepared, before the comments are closed, or while one has no answer") {
  const Decision decision = decision_in(DecisionState::consultation);
  CHECK(refusal(decision, moves::agree, everything(), fine()).empty());
  DecisionFacts own = fine();
  own.preparers.push_back("account:9");
  CHECK(has(refusal(decision, moves::agree, everything(), own), "prepared themselves"));
  Decision open = decision;
  open.consult_to = kToday;
  CHECK(has(refusal(open, moves::agree, everything(), fine()), "from the day after"));
  DecisionFacts asked = fine();
  asked.comments = {{1, {3}, {}, "account:5", "", "Partnership", "", "Too little", 0}};
  CHECK(has(refusal(decision, moves::agree, everything(), asked), "1 comment has no answer"));
  asked.comments.push_back({2, {3}, {}, "account:1", "", "Office", "", "It follows last year", 1});
  CHECK(unanswered(asked.comments) == 0);
  CHECK(refusal(decision, moves::agree, everything(), asked).empty());
  // From a draft it must be said why nobody was asked.
  MoveRequest silent = everything();
  silent.note.clear();
  CHECK(has(refusal(decision_in(DecisionState::draft), moves::agree, silent, fine()),
            "Say why it is not put to comments again"));
  CHECK(refusal(decision, moves::agree, silent, fine()).empty());
  MoveRequest future = everything();
  future.on = kToday.plus_days(1);
  CHECK(has(refusal(decision, moves::agree, future, fine()), "in the future"));
  MoveRequest bare;
  const Status status = checked(decision, moves::agree, bare, fine());
  REQUIRE_FALSE(status);
  CHECK(status.error().fields.size() == 3);
}

TEST_CASE("what cannot be worked out, is another table than the agreed one, or is not acknowledged is not frozen") {
  const Decision decision = decision_in(DecisionState::agreed);
  CHECK(refusal(decision, moves::freeze, {}, fine()).empty());
  DecisionFacts now = fine();
  now.not_worked_out = "The evidence does not have crimes of Ayton.";
  CHECK(has(refusal(decision, moves::freeze, {}, now), "crimes of Ayton"));
  now = fine();
  now.amounts = "another";
  CHECK(has(refusal(decision, moves::freeze, {}, now), "not the one that was agreed"));
  now = fine();
  now.findings = {"The table does not come to the pot: £1.00 goes to no area.",
                  "The amount of \"County\" is not known."};
  MoveRequest request;
  request.acknowledged = {{now.findings[0], "The unit of rounding"}};
  const Status half = checked(decision, moves::freeze, request, now);
  REQUIRE_FALSE(half);
  REQUIRE(half.error().fields.size() == 1);
  CHECK(half.error().fields[0].field == "acknowledge-2");
  // Words for another sentence count for nothing: the finding may have changed since the form was shown.
  request.acknowledged.push_back({"The amount of \"District\" is not known.", "To be confirmed"});
  CHECK_FALSE(checked(decision, moves::freeze, request, now));
  request.acknowledged.push_back({now.findings[1], "To be confirmed"});
  CHECK(checked(decision, moves::freeze, request, now));
}

TEST_CASE("consultation has days, publication a check for private persons, succession a published successor") {
  MoveRequest request = everything();
  request.to = kToday.plus_days(-1);
  request.from = kToday.plus_days(-5);
  CHECK(has(refusal(decision_in(DecisionState::draft), moves::consult, request, fine()), "has passed"));
  request.from = kToday.plus_days(3);
  request.to = kToday.plus_days(2);
  CHECK(has(refusal(decision_in(DecisionState::draft), moves::consult, request, fine()), "before the first"));
  request = everything();
  request.nothing_private = false;
  CHECK(has(refusal(decision_in(DecisionState::frozen), moves::publish, request, fine()), "private person"));
  DecisionFacts now = fine();
  CHECK(has(refusal(decision_in(DecisionState::published), moves::supersede, everything(), now),
            "no decision of this reference"));
  now.successor_state = DecisionState::frozen;
  CHECK(has(refusal(decision_in(DecisionState::published), moves::supersede, everything(), now), "published first"));
  request = everything();
  request.successor = DecisionId{3};
  now.successor_state = DecisionState::published;
  CHECK(has(refusal(decision_in(DecisionState::published), moves::supersede, request, now), "its own place"));
  Decision open = decision_in(DecisionState::consultation);
  CHECK_FALSE(open.open_to_comments(kToday));
  CHECK(open.open_to_comments(kToday.plus_days(-1)));
  CHECK_FALSE(open.open_to_comments(kToday.plus_days(-31)));
}

TEST_CASE("who may know of a decision") {
  PermissionTable table;
  table.add(kPrepareDecision, {Role::commissioning_officer});
  table.add(kComment, {Role::partnership_manager});
  table.add(kAgree, {Role::decision_maker});
  table.add(kReadDrafts, {Role::auditor});
  const auto as = [&](Role role) { return Actor::account(1, "A post", {{role, "", ""}}, table); };
  for (const DecisionState state : kDecisionStates) {
    const bool out = state >= DecisionState::published;
    CHECK(may_read(Actor::nobody(), state) == out);
    CHECK(may_read(as(Role::panel_member), state) == out);
    CHECK(may_read(as(Role::partnership_manager), state) == (state != DecisionState::draft));
    for (const Role role : {Role::commissioning_officer, Role::decision_maker, Role::auditor})
      CHECK(may_read(as(role), state));
  }
}

TEST_CASE("findings name the difference, what is not known, and the limits that are not kept") {
  Scheme scheme = scheme_of(100'01, {{"a", 60'00}, {"b", 40'00}});
  scheme.steps = {{DirectShares{}, ""}};
  scheme.rounding = {Money{100}, Rounding::Rule::truncate, ""};
  Fund unknown;
  unknown.name = "County contribution";
  unknown.status = FundStatus::unknown;
  scheme.pot.funds.push_back(unknown);
  const auto made = allocate(scheme);
  REQUIRE(made.has_value());
  const auto findings = findings_of(*made);
  REQUIRE(findings.size() == 2);
  CHECK(has(findings[0], "does not come to the pot"));
  CHECK(has(findings[1], "County contribution"));
  CHECK(has(findings[1], "not known"));

  // The digest is of the table, not of the order in which its areas stand.
  Scheme turned = scheme;
  std::swap(turned.areas[0], turned.areas[1]);
  CHECK(digest_of(*allocate(turned)) == digest_of(*made));
  turned.pot.funds[0].amount = Money{101'01};
  CHECK(digest_of(*allocate(turned)) != digest_of(*made));
}

TEST_CASE("what was frozen works out to itself, and says where another table differs") {
  Scheme scheme = scheme_of(100'00, {{"a", 60'00}, {"b", 40'00}});
  WeightedIndicators need;
  need.indicators.push_back(indicator_of("Population", Fraction(60), {{"a", 80}, {"b", 20}}));
  need.indicators.push_back(indicator_of("Crime", Fraction(40), {{"a", 1}, {"b", 3}}));
  // One number is a figure of the evidence.
  auto figure = std::make_shared<figures::Figure>();
  figure->quantity = figures::Quantity::count(3, "crimes");
  figure->evidence_version = "v7";
  figure->address = {"crimes", {{{"area", "b"}}}};
  need.indicators[1].values["b"][0].address = "/figures/crimes?area=b";
  need.indicators[1].values["b"][0].figure = figure;
  scheme.steps = {{need, ""}};
  const auto made = allocate(scheme);
  REQUIRE(made.has_value());
  Frozen frozen = frozen_of(scheme, *made);
  frozen.decision = {5};
  frozen.sha256 = "not yet";
  CHECK_FALSE(verify(frozen));
  CHECK(frozen.scheme.find("/figures/crimes?area=b") != std::string::npos);
  CHECK(frozen.values.find("/figures/") == std::string::npos);
  REQUIRE(frozen.inputs.size() == 4);
  CHECK(std::count_if(frozen.inputs.begin(), frozen.inputs.end(),
                      [](const FrozenInput& one) { return one.evidence_version == "v7" && one.value == "3"; }) == 1);
  REQUIRE(frozen.area("a") != nullptr);
  CHECK(frozen.area("a")->working.find("Population") != std::string::npos);
  CHECK(figures::from_json(frozen.area("b")->working)->evidence_version == "v7");

  const auto again = recomputed(frozen);
  REQUIRE_MESSAGE(again.has_value(), again.error().message);
  CHECK(again->empty());

  Scheme later = scheme;
  std::get<WeightedIndicators>(later.steps[0].what).indicators[1].values["b"][0].value = Fraction(9);
  const auto moved = differences(frozen, *allocate(later));
  REQUIRE(moved.size() == 2);
  CHECK(has(moved[0], "Area a: "));
  CHECK(has(moved[0], "when it was frozen"));
  const auto inputs = differences(frozen.inputs, inputs_of(later));
  REQUIRE(inputs.size() == 1);
  CHECK(inputs[0] == "Crime of b: 3 when it was frozen, 9 now.");
  // Somebody who changes what is kept is found by the sum as well as by the checksum.
  frozen.lines[0].amount = Money{1};
  CHECK_FALSE(recomputed(frozen)->empty());
}

TEST_CASE("what is agreed from a draft says why nobody was asked, or was not asked again") {
  Decision decision = decision_in(DecisionState::draft);
  MoveRequest request = everything();
  request.note.clear();
  const auto taken_back = checked(decision, moves::agree, request, fine());
  decision.consult_from.reset();
  decision.consult_to.reset();
  const auto never = checked(decision, moves::agree, request, fine());
  REQUIRE_FALSE(taken_back);
  REQUIRE_FALSE(never);
  CHECK(taken_back.error().message == "It is a draft again. Say why it is not put to comments again.");
  CHECK(never.error().message == "Nobody was consulted. Say why not.");
  // Opened for later days and taken back before the first of them: nobody could comment.
  Decision before = decision_in(DecisionState::draft);
  DecisionFacts now = fine();
  now.taken_back = before.consult_from->plus_days(-1);
  CHECK(checked(before, moves::agree, request, now).error().message == "Nobody was consulted. Say why not.");
}

TEST_CASE("when comments could be made is what was, not what was planned") {
  Decision decision = decision_in(DecisionState::draft);
  decision.consult_from = Date::from_ymd(2012, 1, 9);
  decision.consult_to = Date::from_ymd(2012, 2, 6);
  const auto said = [&](std::optional<Date> taken_back) { return in_words(*consulted(decision, taken_back)).text(); };
  CHECK(said({}) == "It was open to comments from 9 January 2012 to 6 February 2012.");
  CHECK(said(Date::from_ymd(2012, 2, 1)) ==
        "It was open to comments from 9 January 2012 until it was taken back to a draft on 1 February 2012; it was to "
        "be open until 6 February 2012.");
  CHECK(consulted(decision, Date::from_ymd(2012, 2, 1))->to == Date::from_ymd(2012, 2, 1));
  CHECK(said(Date::from_ymd(2012, 2, 6)) ==
        "It was open to comments from 9 January 2012 until it was taken back to a draft on 6 February 2012.");
  // Taken back when it was over: all of it was.
  CHECK(said(Date::from_ymd(2012, 2, 7)) == "It was open to comments from 9 January 2012 to 6 February 2012.");
  CHECK(said(Date::from_ymd(2012, 1, 8)) ==
        "It was to be open to comments from 9 January 2012 to 6 February 2012, and was taken back to a draft on 8 "
        "January 2012, before the first of these days: nobody could comment.");
  decision.consult_from.reset();
  CHECK_FALSE(consulted(decision, {}));
}
