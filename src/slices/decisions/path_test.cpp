// The path of a decision on both engines: every move of every state by every role, and what became of decisions before
// there was one table of events for it.
#include <doctest/doctest.h>

#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/decisions/posts_for_tests.h"
#include "support/path_walk.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

struct Walked {
  explicit Walked(db::Database& store) : database(store) { evidence.add_to(registry); }
  Doing as(const Actor& actor) { return doing_of(database, actor, clock, registry); }
  MoveRequest everything() {
    MoveRequest request;
    request.note = "Because";
    request.from = request.to = clock.today();
    request.on = clock.today();
    request.authority = "Section 9";
    request.interests = "None";
    request.nothing_private = true;
    request.successor = successor;
    return request;
  }
  // A decision in that state, on money of its own; comments are taken back until yesterday.
  Decision in(std::string_view state) {
    const SchemeRecord scheme = scheme_in_store(as(posts.officer()));
    Decision out =
        prepare_decision(as(posts.officer()), {.title = "Fund", .summary = "By crime.", .scheme = scheme.id}).value();
    const auto on = [&](std::string_view move) {
      const auto made = move_decision(as(is_for_maker(move) ? posts.maker() : posts.officer()), out.id, out.version,
                                      move, everything());
      REQUIRE_MESSAGE(made.has_value(), made.error().message);
      out = *made;
    };
    if (state == "consultation") on(moves::consult);
    if (state == "consultation") clock.advance_milliseconds(86'400'000);
    if (state == "draft" || state == "consultation") return out;
    on(moves::agree);
    if (state != "agreed") on(moves::freeze);
    if (state == "published" || state == "superseded") on(moves::publish);
    if (state == "superseded") on(moves::supersede);
    return out;
  }
  db::Database& database;
  TestEvidence evidence;
  figures::Registry registry;
  TestPosts posts;
  FakeClock clock{Date::from_ymd(2012, 1, 10)};
  std::optional<DecisionId> successor;
};

}  // namespace

TEST_CASE("every state x move x role") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    Walked walked(database);
    walked.successor = walked.in("published").id;
    const std::vector<Role> prepares = {Role::commissioning_officer}, agrees = {Role::decision_maker};
    std::map<std::string, Decision> there;
    test::walk(kDecisionPath.outline(),
               {{"draft", "consult", prepares},
                {"draft", "agree", agrees},
                {"consultation", "take-back", prepares},
                {"consultation", "agree", agrees},
                {"agreed", "freeze", prepares},
                {"agreed", "withdraw", agrees},
                {"frozen", "publish", agrees},
                {"frozen", "supersede", agrees},
                {"published", "supersede", agrees}},
               [&](Role role, std::string_view state, const std::string& move) {
                 // One that nobody could move stands where it stood.
                 Decision& decision = there.try_emplace(std::string(state)).first->second;
                 if (!decision.id) decision = walked.in(state);
                 const Actor actor = walked.posts.as(20, "Somebody", {{role, "Office", ""}});
                 const auto made =
                     move_decision(walked.as(actor), decision.id, decision.version, move, walked.everything());
                 if (!made) return Status(pass_on(made));
                 decision = {};
                 return Status();
               });
  });
}

TEST_CASE("a form that says too little is refused at its fields, and nothing is moved") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    Walked walked(database);
    const Decision decision = walked.in("draft");
    MoveRequest request = walked.everything();
    request.to.reset();
    const auto refused = move_decision(walked.as(walked.posts.officer()), decision.id, 1, moves::consult, request);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields.front().field == "to");
    CHECK(move_decision(walked.as(walked.posts.officer()), decision.id, 1, moves::consult, walked.everything()));
  });
}

TEST_CASE("what became of decisions before the one table of events is all there, with where each move led") {
  std::vector<db::Migration> before = all_of_money();
  std::erase_if(before, [](const db::Migration& one) { return one.number == 270; });
  REQUIRE(before.size() + 1 == all_of_money().size());
  test::for_each_engine(before, [](db::Database& database) {
    constexpr std::pair<const char*, const char*> kDone[] = {
        {"prepare", ""},  {"revise", ""},  {"consult", ""},        {"take-back", "Wrong year"},
        {"consult", ""},  {"agree", ""},   {"withdraw", "Again"},  {"agree", "Now"},
        {"freeze", ""},   {"publish", ""}, {"supersede", "Later"}, {"prepare", ""},
        {"agree", "Now"}, {"freeze", ""},  {"supersede", "S"}};
    REQUIRE(database.write([&](db::Transaction& transaction) -> Status {
      for (const char* sql :
           {"INSERT INTO funding_pot (version) VALUES (1)",
            "INSERT INTO funding_pot_version VALUES (1, 1, 'Pot', '2012/13', '', '{}', 0, '', 0, 'account:1', 'A')",
            "INSERT INTO funding_scheme (version, pot) VALUES (1, 1)",
            "INSERT INTO funding_scheme_version VALUES (1, 1, 1, 'Scheme', '{}', 0, '', 0, 'account:1', 'A')"})
        transaction.run({"test.before", sql});
      for (int i = 0; i < 2; ++i)
        transaction.run(
            {"test.decision",
             "INSERT INTO funding_decision (version, title, summary, financial_year, area, pot, pot_version, "
             "scheme, scheme_version, state, prepared_by, prepared_by_name, created_at, superseded_why) "
             "VALUES (1, 'D', 'S', '2012/13', '', 1, 1, 1, 1, 'superseded', 'account:1', 'A', 0, '')"});
      std::int64_t at = 0;
      for (const auto& [what, note] : kDone) {
        ++at;
        transaction.run({"test.event",
                         "INSERT INTO funding_decision_event (decision, at, actor, actor_name, what, sentence, note) "
                         "VALUES (:decision, :at, 'account:1', 'A. Reed', :what, :sentence, :note)"},
                        {{"decision", at > 11 ? 2 : 1},
                         {"at", at},
                         {"what", what},
                         {"sentence", "Sentence " + std::to_string(at)},
                         {"note", note}});
      }
      return {};
    }));
    REQUIRE(db::migrate(database, all_of_money()));
    const auto [first, second] = database.read([](db::Connection& connection) {
      return std::pair(path::events_of(connection, record_of(DecisionId{1})),
                       path::events_of(connection, record_of(DecisionId{2})));
    });
    REQUIRE(first.size() == 11);
    REQUIRE(second.size() == 4);
    std::vector<std::string> ways;
    std::int64_t at = 0;
    for (const auto* events : {&first, &second}) {
      std::int64_t version = 0;
      for (const path::Event& event : *events) {
        CHECK(event.at.milliseconds == ++at);
        CHECK(event.version == ++version);
        CHECK(event.move == kDone[at - 1].first);
        CHECK(event.reason == kDone[at - 1].second);
        CHECK(event.sentence == "Sentence " + std::to_string(at));
        CHECK(event.by == "account:1");
        CHECK(event.by_name == "A. Reed");
        ways.push_back(event.from + ">" + event.to);
        // What the table of moves has leads where the table says.
        if (const auto* move = kDecisionPath.find(event.from, event.move)) CHECK(event.to == move->to);
      }
    }
    CHECK(joined(ways, " ") ==
          "draft>draft draft>draft draft>consultation consultation>draft draft>consultation consultation>agreed "
          "agreed>draft draft>agreed agreed>frozen frozen>published published>superseded "
          "draft>draft draft>agreed agreed>frozen frozen>superseded");
    CHECK(returns_of(first).size() == 2);
  });
}
