// Decisions in the store, on both engines: the whole path, and every step that is refused.
#include <doctest/doctest.h>

#include "base/hash.h"
#include "slices/decisions/posts_for_tests.h"
#include "slices/decisions/service.h"
#include "slices/pots/service.h"
#include "slices/wiring.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

struct House {
  explicit House(db::Database& database_) : database(database_) { evidence.add_to(registry); }
  Doing as(const Actor& actor) { return doing_of(database, actor, clock, registry); }
  Decision prepared(bool with_unknown_fund = false) {
    const SchemeRecord scheme = scheme_in_store(as(officer), with_unknown_fund);
    const auto made = prepare_decision(as(officer), {"Fund 2012/13", "By recorded crime.", scheme.id, ""});
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    return *made;
  }
  Result<Decision> move(const Actor& actor, const Decision& decision, std::string_view step, MoveRequest request = {}) {
    return move_decision(as(actor), decision.id, decision.version, step, request);
  }
  Decision consulted() {
    Decision decision = prepared();
    const auto made =
        move(officer, decision, moves::consult, {.from = clock.today(), .to = clock.today().plus_days(10)});
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    return *made;
  }
  void days_pass(int days) { clock.advance_milliseconds(std::int64_t{days} * 86'400'000); }
  MoveRequest agreement() {
    return {.note = "It was urgent",
            .from = {},
            .to = {},
            .on = clock.today(),
            .authority = "Section 9",
            .interests = "None",
            .acknowledged = {},
            .successor = {},
            .nothing_private = true};
  }
  std::int64_t audited(const std::string& action) {
    std::int64_t rows = 0;
    database.read([&](db::Connection& connection) { rows = db::count_audit(connection, action, ""); });
    return rows;
  }
  Decision now(DecisionId id) {
    std::optional<Decision> found;
    database.read([&](db::Connection& connection) { found = decisions::store::decision(connection, id); });
    REQUIRE(found.has_value());
    return *found;
  }
  db::Database& database;
  TestEvidence evidence;
  figures::Registry registry;
  TestPosts posts;
  FakeClock clock{Date::from_ymd(2012, 1, 10)};
  const Actor officer = posts.officer(), manager = posts.manager(), maker = posts.maker(), both = posts.both();
};

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the whole path: consulted, answered, agreed, frozen, published, superseded; nothing edited away") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    Decision decision = house.consulted();
    CHECK(decision.state == DecisionState::consultation);
    const auto comment =
        comment_on(house.as(house.manager), decision.id, "area:a", "Ayton has fewer people than it has crime.");
    REQUIRE_MESSAGE(comment.has_value(), comment.error().message);
    CHECK(comment->organisation == "Ayton partnership");
    house.days_pass(11);
    CHECK(has(house.move(house.maker, decision, moves::agree, house.agreement()).error().message,
              "1 comment has no answer"));
    REQUIRE(
        answer_comment(house.as(house.officer), comment->id, "The formula is by crime alone this year.").has_value());
    CHECK(answer_comment(house.as(house.officer), comment->id, "Once more.").error().kind == ProblemKind::conflict);

    const auto agreed = house.move(house.maker, decision, moves::agree, house.agreement());
    REQUIRE_MESSAGE(agreed.has_value(), agreed.error().message);
    REQUIRE(agreed->agreement.has_value());
    CHECK(agreed->agreement->by_name == "Decision-maker");
    const auto frozen = house.move(house.officer, *agreed, moves::freeze);
    REQUIRE_MESSAGE(frozen.has_value(), frozen.error().message);
    const auto published = house.move(house.maker, *frozen, moves::publish, house.agreement());
    REQUIRE_MESSAGE(published.has_value(), published.error().message);
    CHECK(published->published_on == house.clock.today());

    database.read([&](db::Connection& connection) {
      const auto kept = decisions::store::frozen(connection, decision.id);
      REQUIRE(kept.has_value());
      CHECK(verify(*kept).has_value());
      CHECK(kept->sha256 == sha256(document_of(*kept)));
      REQUIRE(kept->area("a") != nullptr);
      CHECK(kept->area("a")->amount == Money{75'00});
      CHECK(kept->area("a")->last_year == Money{60'00});
      CHECK(recomputed(*kept)->empty());
      CHECK(kept->inputs.size() == 2);
      CHECK(kept->inputs[0].address == "/figures/crimes?area=a");
      CHECK(kept->inputs[0].evidence_version == "v300");
      CHECK_FALSE(kept->area("a")->working.empty());
      CHECK(path::events_of(connection, record_of(decision.id)).size() == 5);
      CHECK(decisions::store::comments(connection, decision.id).size() == 2);
    });

    // New evidence changes what would come out, and nothing of what was frozen.
    house.evidence.crimes_of_a = 100;
    const DecisionTable live =
        table_of(database, house.registry, *published, house.clock.today(), figures::Detail::value);
    REQUIRE(live.allocation.has_value());
    database.read([&](db::Connection& connection) {
      const auto kept = decisions::store::frozen(connection, decision.id);
      CHECK(recomputed(*kept)->empty());
      CHECK(differences(*kept, *live.allocation).size() == 2);
      CHECK(differences(kept->inputs, inputs_of(*live.scheme)).size() == 1);
    });

    // A second decision takes its place, once it is published itself.
    Decision second = house.prepared();
    MoveRequest why = house.agreement();
    why.successor = second.id;
    why.note = "More people were counted";
    CHECK(has(house.move(house.maker, *published, moves::supersede, why).error().message, "published first"));
    for (const auto& [actor, step] : {std::pair(&house.maker, moves::agree), std::pair(&house.officer, moves::freeze),
                                      std::pair(&house.maker, moves::publish)}) {
      const auto made = house.move(*actor, second, step, house.agreement());
      REQUIRE_MESSAGE(made.has_value(), made.error().message);
      second = *made;
    }
    const auto over = house.move(house.maker, *published, moves::supersede, why);
    REQUIRE_MESSAGE(over.has_value(), over.error().message);
    CHECK(house.now(decision.id).superseded_by == second.id);
    CHECK(house.now(decision.id).superseded_why == "More people were counted");
    CHECK(house.audited("funding.decision.") == 12);
    database.read([&](db::Connection& connection) { CHECK(db::verify_audit(connection).has_value()); });
  });
}

TEST_CASE("each step asks for its permission, its state and the version that was seen") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    const SchemeRecord scheme = scheme_in_store(house.as(house.officer));
    CHECK(prepare_decision(house.as(house.manager), {"T", "S", scheme.id, ""}).error().kind == ProblemKind::forbidden);
    const auto empty = prepare_decision(house.as(house.officer), {"", " ", scheme.id, ""});
    REQUIRE_FALSE(empty);
    CHECK(empty.error().fields.size() == 2);
    CHECK(prepare_decision(house.as(house.officer), {"T", "S", {99}, ""}).error().fields.front().field == "scheme");
    CHECK(house.audited("funding.decision.") == 0);

    Decision decision = house.prepared();
    const MoveRequest days{.from = house.clock.today(), .to = house.clock.today().plus_days(3)};
    CHECK(house.move(house.maker, decision, moves::consult, days).error().kind == ProblemKind::forbidden);
    // A partnership does not know of a draft.
    CHECK(comment_on(house.as(house.manager), decision.id, "", "Early").error().kind == ProblemKind::not_found);
    CHECK(house.move(house.officer, decision, moves::freeze).error().kind == ProblemKind::conflict);
    const auto revised = revise_decision(house.as(house.officer), decision.id, decision.version,
                                         {"Fund 2012/13, second", "By crime.", decision.scheme, ""});
    REQUIRE_MESSAGE(revised.has_value(), revised.error().message);
    CHECK(revised->version == 2);
    CHECK(
        revise_decision(house.as(house.officer), decision.id, 1, {"Late", "Late.", decision.scheme, ""}).error().kind ==
        ProblemKind::conflict);
    CHECK(house.move(house.officer, decision, moves::consult, days).error().kind == ProblemKind::conflict);  // stale
    CHECK(house.now(decision.id).title == "Fund 2012/13, second");
    decision = *revised;

    const auto open = house.move(house.officer, decision, moves::consult, days);
    REQUIRE(open.has_value());
    CHECK(revise_decision(house.as(house.officer), decision.id, open->version, {"T", "S", decision.scheme, ""})
              .error()
              .kind == ProblemKind::conflict);
    CHECK(comment_on(house.as(house.maker), decision.id, "", "I").error().kind == ProblemKind::forbidden);
    CHECK(comment_on(house.as(house.manager), decision.id, "", "  ").error().fields.front().field == "text");
    CHECK(comment_on(house.as(house.manager), decision.id, "area:nowhere", "Text").error().fields.front().field ==
          "about");
    CHECK(comment_on(house.as(house.manager), decision.id, "step:2", "Text").error().fields.front().field == "about");
    // Who manages another partnership may read it, and has no part in it.
    const Actor other = house.posts.as(7, "Another manager", {{Role::partnership_manager, "Seaton partnership", "z"}});
    const auto stranger = comment_on(house.as(other), decision.id, "step:1", "Text");
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error().kind == ProblemKind::forbidden);
    CHECK(has(stranger.error().message, "Comments are for the partnerships that this money is for"));
    const auto comment = comment_on(house.as(house.manager), decision.id, "step:1", "Text");
    REQUIRE(comment.has_value());
    CHECK(answer_comment(house.as(house.manager), comment->id, "Mine").error().kind == ProblemKind::forbidden);
    CHECK(answer_comment(house.as(house.officer), 999, "Nobody's").error().kind == ProblemKind::not_found);
    house.days_pass(4);
    const auto late = comment_on(house.as(house.manager), decision.id, "", "After close");
    REQUIRE_FALSE(late);
    CHECK(late.error().kind == ProblemKind::conflict);
    CHECK(has(late.error().message, "were taken until 13 January 2012"));
    // An officer cannot sign, and who is both cannot sign their own.
    CHECK(house.move(house.officer, *open, moves::agree, house.agreement()).error().kind == ProblemKind::forbidden);
    const auto back = house.move(house.both, *open, moves::take_back, {.note = "Wrong year"});
    REQUIRE_MESSAGE(back.has_value(), back.error().message);
    REQUIRE(answer_comment(house.as(house.officer), comment->id, "Noted").has_value());
    CHECK(has(house.move(house.both, *back, moves::agree, house.agreement()).error().message, "prepared themselves"));
    CHECK(house.move(house.maker, *back, moves::agree, house.agreement()).has_value());
  });
}

TEST_CASE("an unknown fund stays unknown and has to be acknowledged; changed or missing evidence cannot be frozen") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    Decision decision = house.prepared(true);
    decision = house.move(house.maker, decision, moves::agree, house.agreement()).value();
    const auto silent = house.move(house.officer, decision, moves::freeze);
    REQUIRE_FALSE(silent);
    CHECK(silent.error().fields.front().field == "acknowledge-1");
    CHECK(outlook(house.as(house.officer), decision).findings.size() == 1);

    // The evidence has changed since it was agreed.
    house.evidence.crimes_of_a = 301;
    const std::string finding = outlook(house.as(house.officer), decision).findings.front();
    MoveRequest request;
    request.acknowledged = {{finding, "The county decides in March"}};
    CHECK(has(house.move(house.officer, decision, moves::freeze, request).error().message,
              "not the one that was agreed"));
    house.evidence.crimes_of_a = -1;
    CHECK(has(house.move(house.officer, decision, moves::freeze, request).error().message, "cannot be worked out"));
    house.evidence.crimes_of_a = 300;
    CHECK(house.now(decision.id).state == DecisionState::agreed);
    const auto frozen = house.move(house.officer, decision, moves::freeze, request);
    REQUIRE_MESSAGE(frozen.has_value(), frozen.error().message);
    database.read([&](db::Connection& connection) {
      const auto kept = decisions::store::frozen(connection, decision.id);
      REQUIRE(kept.has_value());
      REQUIRE(kept->acknowledged.size() == 1);
      CHECK(kept->acknowledged[0].words == "The county decides in March");
      const auto unknown = std::find_if(kept->lines.begin(), kept->lines.end(),
                                        [](const FrozenLine& line) { return line.kind == "unknown"; });
      REQUIRE(unknown != kept->lines.end());
      CHECK_FALSE(unknown->amount.has_value());
      CHECK(verify(*kept).has_value());
    });
    // Whoever changes what is kept is found.
    REQUIRE(database.write([&](db::Transaction& transaction) -> Status {
      transaction.run({"test.tamper", "UPDATE funding_frozen_line SET amount = amount + 1 WHERE area_key = 'a'"});
      return {};
    }));
    database.read([&](db::Connection& connection) {
      CHECK_FALSE(verify(*decisions::store::frozen(connection, decision.id)).has_value());
    });
  });
}

TEST_CASE("a frozen table that does not come to its pot, or was changed, goes no further") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    Decision decision = house.prepared();
    decision = house.move(house.maker, decision, moves::agree, house.agreement()).value();
    decision = house.move(house.officer, decision, moves::freeze).value();
    const auto set_amount = [&](const std::string& area, std::int64_t pence) {
      REQUIRE(database.write([&](db::Transaction& transaction) -> Status {
        transaction.run({"test.amount", "UPDATE funding_frozen_line SET amount = :pence WHERE area_key = :area"},
                        {{"pence", pence}, {"area", area}});
        return {};
      }));
    };
    const auto refused = [&] {
      const auto published = house.move(house.maker, decision, moves::publish, house.agreement());
      REQUIRE_FALSE(published);
      CHECK(published.error().kind == ProblemKind::unavailable);
      CHECK(house.now(decision.id).state == DecisionState::frozen);
      return published.error().message;
    };
    // Changed in the store: the checksum says so.
    set_amount("a", 100000);
    CHECK(has(refused(), "What is kept is not what was frozen"));
    // As a program with a wrong rule would have frozen it: the record is whole, and the money does not come out.
    const auto sign = [&] {
      REQUIRE(database.write([&](db::Transaction& transaction) -> Status {
        transaction.run({"test.sign", "UPDATE funding_frozen SET sha256 = :sha256"},
                        {{"sha256", sha256(document_of(*decisions::store::frozen(transaction, decision.id)))}});
        return {};
      }));
    };
    sign();
    CHECK(has(refused(),
              "The areas get £1,025.00, £0.00 is held back and £0.00 goes to no area: that comes to £1,025.00, and "
              "there is £100.00."));
    // Areas changed for each other: the sum comes out, and the numbers do not give the table.
    set_amount("a", 2500);
    set_amount("b", 7500);
    sign();
    CHECK(has(
        refused(),
        "The frozen numbers do not work out to the frozen table again: Ayton: £25.00 when it was frozen, £75.00 now."));
    set_amount("a", 7500);
    set_amount("b", 2500);
    sign();
    CHECK(house.move(house.maker, decision, moves::publish, house.agreement()).has_value());
  });
}

TEST_CASE("a role for one area does not reach to the money of another") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    const Decision decision = house.prepared();
    const Actor local = house.posts.as(8, "District officer", {{Role::commissioning_officer, "District", "E22000368"}});
    const auto refused =
        house.move(local, decision, moves::consult, {.from = house.clock.today(), .to = house.clock.today()});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ProblemKind::forbidden);
    const Actor elsewhere = house.posts.as(9, "Another's", {{Role::decision_maker, "Other", "E23000016"}});
    CHECK(house.move(elsewhere, decision, moves::agree, house.agreement()).error().kind == ProblemKind::forbidden);
  });
}

TEST_CASE("the demonstration has a decision in each state, all said to be worked examples, and only once") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    FakeClock clock{Date::from_ymd(2026, 11, 22)};
    Wiring wiring;
    wiring.database = &database;
    wiring.clock = &clock;
    add_record_kinds(wiring.kinds);
    wiring.kinds.add(record_kind());
    TestPosts::name(wiring.permissions);
    for (int run = 0; run < 2; ++run) {
      pots::FundingService pots(wiring, nullptr);
      const Status done = deliver_decisions(wiring, pots);
      REQUIRE_MESSAGE(done.has_value(), done.error().message);
    }
    database.read([&](db::Connection& connection) {
      const auto all = decisions::store::decisions(connection, {true, true, {}});
      REQUIRE(all.size() == 5);
      for (const DecisionState state : {DecisionState::draft, DecisionState::consultation, DecisionState::agreed,
                                        DecisionState::frozen, DecisionState::published})
        CHECK(std::count_if(all.begin(), all.end(), [&](const Decision& one) { return one.state == state; }) == 1);
      for (const Decision& one : all) CHECK(one.title.starts_with("Worked example: "));
      const auto frozen = decisions::store::frozen(connection, {1});
      REQUIRE(frozen.has_value());
      // The stated 275,000 by last year's split, to the pound; the county's contribution stays unknown.
      CHECK(frozen->area("bromsgrove")->amount == Money{37'388'00});
      CHECK(frozen->acknowledged.size() == 1);
      CHECK(recomputed(*frozen)->empty());
    });
  });
}
