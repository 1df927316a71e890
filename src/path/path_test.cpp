#include "path/path.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tithing;
using namespace tithing::path;

namespace {

constexpr Permission kWrite{"notes.write", "Write briefing notes"};
constexpr Permission kApprove{"notes.approve", "Approve briefing notes"};

struct Facts {
  int unanswered = 0;
};
Obstacles all_answered(const Facts& facts) {
  if (facts.unanswered == 0) return {};
  return {"2 questions have no answer yet. Answer them first."};
}

constexpr State kStates[] = {{"draft", marked("Draft"), marked("Being written.")},
                             {"with-chair", marked("With the chair"), marked("Waits for approval.")},
                             {"approved", marked("Approved"), marked("Nothing changes any more."), true}};
constexpr Move<Facts> kMoves[] = {
    {.from = "draft",
     .to = "with-chair",
     .code = "send",
     .name = marked("Send it to the chair"),
     .who = &kWrite,
     .needs = all_answered,
     .needs_words = marked("every question has an answer"),
     .sentence = "Sent {name} to the chair.",
     .tells = marked("the chair")},
    {.from = "with-chair",
     .to = "draft",
     .code = "return",
     .name = marked("Return it"),
     .who = &kApprove,
     .asks = Asks::reason,
     .sentence = "Returned {name}: {reason}",
     .tells = marked("whoever wrote it")},
    {.from = "with-chair",
     .to = "approved",
     .code = "approve",
     .name = marked("Approve it"),
     .who = &kApprove,
     .sentence = "Approved {name}.",
     .warning = true},
};
constexpr Path<Facts> kPath{"note", kStates, kMoves};

PermissionTable table() {
  PermissionTable out;
  out.add(kWrite, {Role::partnership_manager});
  out.add(kApprove, {Role::partnership_chair});
  return out;
}
const PermissionTable kTable = table();
Reach reach(Role role, std::string area) {
  return {Actor::account(1, "A", {{role, "", std::move(area)}}, kTable), nullptr, Date::from_ymd(2018, 10, 1)};
}

}  // namespace

TEST_CASE("a sound table has no faults") { CHECK(faults_of(kPath.outline()).empty()); }

TEST_CASE("faults of a table are named") {
  static constexpr State states[] = {
      {"a", marked("A"), marked("First.")}, {"b", marked("B"), marked("Second.")}, {"c", {}, marked("Third."), true}};
  static constexpr Move<Facts> moves[] = {
      {.from = "a", .to = "x", .code = "go", .name = marked("Go"), .who = &kWrite, .sentence = "Went."},
      {.from = "a",
       .to = "c",
       .code = "go",
       .name = marked("Go"),
       .who = &kWrite,
       .asks = Asks::reason,
       .sentence = "Went."},
      {.from = "c", .to = "a", .code = "back", .name = marked(""), .who = nullptr, .sentence = "Back."}};
  const auto faults = faults_of(Path<Facts>{"bad", states, moves}.outline());
  const auto found = [&](const char* sentence) {
    return std::find(faults.begin(), faults.end(), sentence) != faults.end();
  };
  CHECK(found("The state b cannot be reached."));
  CHECK(found("The state b leads nowhere, and is not said to be final."));
  CHECK(found("The state c has no name or no meaning."));
  CHECK(found("The state c is final, but leads on."));
  CHECK(found("The move go from a is from or to a state that is not there."));
  CHECK(found("The move go from a is there twice."));
  CHECK(found("The move go from a asks for a reason that its sentence does not tell."));
  CHECK(found("The move back from c has no name or no sentence."));
  CHECK(found("The move back from c is nobody's."));
  CHECK(faults.size() == 9);
}

TEST_CASE("a predicate has words and words have a predicate; what was public is not hidden") {
  static constexpr State states[] = {
      {"draft", marked("Draft"), marked("First.")},
      {"out", marked("Published"), marked("Public."), false, records::Publication::published}};
  static constexpr Move<Facts> moves[] = {{.from = "draft",
                                           .to = "out",
                                           .code = "publish",
                                           .name = marked("Publish"),
                                           .who = &kWrite,
                                           .needs = all_answered,
                                           .sentence = "Published {name}."},
                                          {.from = "out",
                                           .to = "draft",
                                           .code = "hide",
                                           .name = marked("Hide"),
                                           .who = &kWrite,
                                           .needs_words = marked("nobody has seen it"),
                                           .sentence = "Hid {name}."}};
  CHECK(faults_of(Path<Facts>{"bad", states, moves}.outline()) ==
        std::vector<std::string>{"The move publish from draft needs something that is not said in words.",
                                 "The move hide from out says in words what nothing asks for.",
                                 "The move hide from out hides what was public. Withdraw it with a notice instead."});
}

TEST_CASE("every move from every state, for every role: only those of the table, with what stands in the way") {
  struct Expected {
    const char* state;
    const char* move;
    Role role;
  };
  const Expected expected[] = {{"draft", "send", Role::partnership_manager},
                               {"with-chair", "return", Role::partnership_chair},
                               {"with-chair", "approve", Role::partnership_chair}};
  for (const State& state : kStates)
    for (const Role role : {Role::partnership_manager, Role::partnership_chair, Role::auditor})
      for (const char* area : {"", "york"})
        for (const Offer& offer : kPath.offers(state.code, {}, reach(role, area), Whose::of_area("york"))) {
          const bool right = std::any_of(std::begin(expected), std::end(expected), [&](const Expected& one) {
            return one.state == std::string(state.code) && offer.step.code == one.move && one.role == role;
          });
          CAPTURE(state.code);
          CAPTURE(std::string(offer.step.code));
          CHECK(offer.open() == right);
        }
  const auto elsewhere = kPath.offers("draft", {}, reach(Role::partnership_manager, "leeds"), Whose::of_area("york"));
  REQUIRE(elsewhere.size() == 1);
  CHECK_FALSE(elsewhere[0].may);
  const auto not_yet = kPath.offers("draft", {2}, reach(Role::partnership_manager, "york"), Whose::of_area("york"));
  CHECK(not_yet[0].may);
  CHECK_FALSE(not_yet[0].open());
  CHECK(not_yet[0].not_yet == Obstacles{"2 questions have no answer yet. Answer them first."});
}

TEST_CASE("a move is checked: where it leads from, what it needs, what it asks") {
  CHECK(kPath.check("draft", {}, {"send", ""})->step.to == "with-chair");
  CHECK(kPath.check("approved", {}, {"send", ""}).error().kind == ProblemKind::conflict);
  CHECK(kPath.check("approved", {}, {"send", ""}).error().message ==
        "This cannot be done in the state “Approved”. Look at where it stands now.");
  CHECK(kPath.check("draft", {}, {"no-such", ""}).error().kind == ProblemKind::conflict);
  CHECK(kPath.check("draft", {1}, {"send", ""}).error().kind == ProblemKind::invalid);
  const auto without = kPath.check("with-chair", {}, {"return", "  "});
  REQUIRE_FALSE(without);
  CHECK(without.error().fields.at(0).field == "reason");
  CHECK_FALSE(kPath.check("with-chair", {}, {"return", std::string(4001, 'x')}));
  const auto move = kPath.check("with-chair", {}, {"return", " The theme of burglary is missing. "});
  REQUIRE(move);
  CHECK(move->reason == "The theme of burglary is missing.");
  CHECK(sentence_of(move->step, "the note of Leeds", move->reason) ==
        "Returned the note of Leeds: The theme of burglary is missing.");
}

TEST_CASE("the guide's table has every state and every move") {
  const std::string text = table_of(kPath.outline());
  CHECK(text.find("| With the chair | Waits for approval. |") != std::string::npos);
  CHECK(text.find("| Draft | Send it to the chair | With the chair | write briefing notes | every question has an "
                  "answer |  | the chair |") != std::string::npos);
  CHECK(text.find("| With the chair | Return it | Draft | approve briefing notes |  | a reason | whoever wrote it |") !=
        std::string::npos);
}
