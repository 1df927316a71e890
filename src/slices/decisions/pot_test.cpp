// Several decisions on one pot, and a pot that changes under them, in the store on both engines.
#include <doctest/doctest.h>

#include "base/translation.h"
#include "slices/decisions/drawn_pot.h"
#include "slices/decisions/posts_for_tests.h"
#include "slices/wiring.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct House {
  explicit House(db::Database& database_) : database(database_) {
    evidence.add_to(registry);
    scheme = scheme_in_store(as(officer));
  }
  Doing as(const Actor& actor) { return doing_of(database, actor, clock, registry); }
  Decision prepared(std::optional<DecisionId> replaces = {}) {
    const auto made = prepare_decision(
        as(officer), {.title = "Fund 2012/13", .summary = "By crime.", .scheme = scheme.id, .replaces = replaces});
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    return *made;
  }
  Result<Decision> move(const Decision& decision, std::string_view step, MoveRequest request) {
    return move_decision(as(is_for_maker(step) ? maker : officer), decision.id, decision.version, step, request);
  }
  Decision moved(const Decision& decision, std::initializer_list<std::string_view> steps) {
    Decision out = decision;
    for (const std::string_view step : steps) {
      auto made = move(out, step, everything());
      REQUIRE_MESSAGE(made.has_value(), made.error().message);
      out = *made;
    }
    return out;
  }
  MoveRequest everything() {
    MoveRequest request;
    request.note = "Because";
    request.on = clock.today();
    request.authority = "Section 9";
    request.interests = "None";
    request.nothing_private = true;
    return request;
  }
  void pot_becomes(std::int64_t pence) {
    std::optional<PotRecord> pot;
    database.read([&](db::Connection& connection) { pot = pots::store::pot(connection, scheme.pot); });
    pot->pot.funds.front().amount = Money{pence};
    const auto saved = save_pot(as(officer), {.id = pot->id,
                                              .seen = pot->version,
                                              .title = pot->title,
                                              .financial_year = pot->financial_year,
                                              .area = pot->area,
                                              .pot = pot->pot,
                                              .reason = "The grant was changed"});
    REQUIRE_MESSAGE(saved.has_value(), saved.error().message);
  }
  Decision now(DecisionId id) {
    std::optional<Decision> found;
    database.read([&](db::Connection& connection) { found = decisions::store::decision(connection, id); });
    return *found;
  }
  db::Database& database;
  TestEvidence evidence;
  figures::Registry registry;
  TestPosts posts;
  FakeClock clock{Date::from_ymd(2012, 1, 10)};
  const Actor officer = posts.officer(), maker = posts.maker();
  SchemeRecord scheme;
};

path::Obstacles obstacles(House& house, const Actor& actor, const Decision& decision, std::string_view move) {
  return kDecisionPath.find(code_of(decision.state), move)->needs(outlook(house.as(actor), decision));
}

}  // namespace

TEST_CASE("one pot is not given out twice, at whatever step the second decision is") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    // Both drawn up while nothing was decided; the first is agreed alone.
    const Decision first = house.moved(house.prepared(), {moves::agree}), second = house.prepared();
    const auto refused = house.move(second, moves::agree, house.everything());
    REQUIRE_FALSE(refused);
    for (const std::string& part : {first.reference() + " (agreed) gives out £100.00 of it",
                                    std::string("Nothing is left to share"), std::string("£100.00 too much")})
      CHECK(has(refused.error().message, part));
    // What is advised can be done: the place of what is only agreed cannot be taken yet.
    CHECK(has(refused.error().message,
              "withdraw the agreement to " + first.reference() + "; or wait until that is frozen"));
    CHECK(prepare_decision(house.as(house.officer),
                           {.title = "T", .summary = "S", .scheme = house.scheme.id, .replaces = first.id})
              .error()
              .fields.front()
              .field == "replaces");
    CHECK(house.now(second.id).state == DecisionState::draft);
    CHECK(has(obstacles(house, house.maker, second, moves::agree).front(), first.reference()));
    // Published, the first still stands in the way; withdrawn it would not.
    const Decision published = house.moved(first, {moves::freeze, moves::publish});
    CHECK(
        has(house.move(second, moves::agree, house.everything()).error().message, first.reference() + " (published)"));
    CHECK(house.now(published.id).state == DecisionState::published);
  });
}

TEST_CASE("of two agreements before there was this rule neither is frozen or published") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    const Decision first = house.moved(house.prepared(), {moves::agree, moves::freeze});
    Decision second = house.prepared();
    // As an older program wrote it.
    REQUIRE(database.write([&](db::Transaction& transaction) -> Status {
      auto agreed = *decisions::store::decision(transaction, second.id);
      agreed.state = DecisionState::agreed;
      agreed.agreement = decisions::store::decision(transaction, first.id)->agreement;
      ++agreed.version;
      return decisions::store::update_decision(transaction, agreed) ? Status() : conflict(tr("no"));
    }));
    second = house.now(second.id);
    CHECK(has(house.move(second, moves::freeze, house.everything()).error().message, first.reference() + " (frozen)"));
    CHECK(has(house.move(first, moves::publish, house.everything()).error().message, second.reference() + " (agreed)"));
    const Decision draft = house.moved(second, {moves::withdraw_agreement});
    CHECK(draft.state == DecisionState::draft);
    CHECK(house.moved(first, {moves::publish}).state == DecisionState::published);
  });
}

TEST_CASE("a decision that takes another's place supersedes it when it is published, in one change") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    const Decision first = house.moved(house.prepared(), {moves::agree, moves::freeze, moves::publish});
    const Decision second = house.moved(house.prepared(first.id), {moves::agree, moves::freeze});
    CHECK(house.now(first.id).state == DecisionState::published);
    CHECK(sum_of(drawn_pot(database, house.registry, house.scheme.pot, house.clock.today())).left == Money{});
    house.moved(second, {moves::publish});
    const Decision over = house.now(first.id);
    CHECK(over.state == DecisionState::superseded);
    CHECK(over.superseded_by == second.id);
    database.read([&](db::Connection& connection) {
      CHECK(path::events_of(connection, record_of(first.id)).back().sentence ==
            "Superseded FD-0001, \"Fund 2012/13\" by FD-0002.");
      CHECK(db::verify_audit(connection).has_value());
    });
    // Only of what is frozen or published, and of the same money.
    const auto draft = house.prepared();
    CHECK(prepare_decision(house.as(house.officer),
                           {.title = "T", .summary = "S", .scheme = house.scheme.id, .replaces = draft.id})
              .error()
              .fields.front()
              .field == "replaces");
    CHECK(prepare_decision(house.as(house.officer),
                           {.title = "T", .summary = "S", .scheme = house.scheme.id, .replaces = DecisionId{99}})
              .error()
              .fields.front()
              .field == "replaces");
  });
}

TEST_CASE(
    "a pot that is changed under a decision is looked at before anything is agreed or frozen, and said when it is "
    "published") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    Decision decision = house.moved(house.prepared(), {moves::agree});
    house.pot_becomes(10'00);
    const auto refused = house.move(decision, moves::freeze, house.everything());
    REQUIRE_FALSE(refused);
    for (const char* part :
         {"The pot was changed on 10 January 2012: this decision rests on version 1 of \"Fund\", and the newest is "
          "version 2.",
          "withdraw the agreement, and save the draft again", "known funds of £10.00", "£90.00 too much"})
      CHECK(has(refused.error().message, part));
    decision = house.moved(decision, {moves::withdraw_agreement});
    CHECK(has(house.move(decision, moves::agree, house.everything()).error().message, "save the draft again"));
    const auto saved =
        revise_decision(house.as(house.officer), decision.id, decision.version,
                        {.title = decision.title, .summary = decision.summary, .scheme = decision.scheme});
    REQUIRE_MESSAGE(saved.has_value(), saved.error().message);
    decision = house.moved(*saved, {moves::agree, moves::freeze});
    // Frozen it stays as it was: raised, it is published with words; lowered, the pot does not hold it.
    house.pot_becomes(20'00);
    MoveRequest silent = house.everything();
    silent.note.clear();
    const auto unsaid = house.move(decision, moves::publish, silent);
    REQUIRE_FALSE(unsaid);
    CHECK(unsaid.error().fields.front().field == "note");
    CHECK(outlook(house.as(house.maker), decision).newer.size() == 1);
    house.pot_becomes(9'99);
    CHECK(has(house.move(decision, moves::publish, house.everything()).error().message, "£0.01 too much"));
    house.pot_becomes(10'00);
    decision = house.moved(decision, {moves::publish});
    database.read([&](db::Connection& connection) {
      CHECK(decisions::store::frozen(connection, decision.id)->area("a")->amount == Money{7'50});
      CHECK(path::events_of(connection, record_of(decision.id)).back().reason == "Because");
    });
  });
}

TEST_CASE("a decision is not superseded by one for another year and other areas") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    const Decision first = house.moved(house.prepared(), {moves::agree, moves::freeze, moves::publish});
    Pot pot;
    Fund fund;
    fund.name = "Fund";
    fund.amount = Money{100'00};
    pot.funds.push_back(fund);
    const auto kept =
        save_pot(house.as(house.officer), {.title = "Another", .financial_year = "2026/27", .area = "", .pot = pot});
    REQUIRE(kept.has_value());
    const auto scheme = save_scheme(house.as(house.officer), {.pot = kept->id, .document = house.scheme.document});
    REQUIRE_MESSAGE(scheme.has_value(), scheme.error().message);
    house.scheme = *scheme;
    const Decision other = house.moved(house.prepared(), {moves::agree, moves::freeze, moves::publish});
    MoveRequest request = house.everything();
    request.successor = other.id;
    const auto refused = house.move(first, moves::supersede, request);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields.front().field == "successor");
    CHECK(has(refused.error().message, "this decision is for 2012/13 and that one for 2026/27"));
    CHECK(has(prepare_decision(house.as(house.officer),
                               {.title = "T", .summary = "S", .scheme = scheme->id, .replaces = first.id})
                  .error()
                  .message,
              "2012/13"));
    CHECK(house.now(first.id).state == DecisionState::published);
  });
}

TEST_CASE("a frozen decision whose pot was cut: what the refusal advises leads on") {
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    const Decision frozen = house.moved(house.prepared(), {moves::agree, moves::freeze});
    house.pot_becomes(10'00);
    const auto refused = house.move(frozen, moves::publish, house.everything());
    REQUIRE_FALSE(refused);
    CHECK(has(refused.error().message, "Raise the pot again, or leave this decision frozen and agree another"));
    CHECK_FALSE(has(refused.error().message, "ithdraw"));
    CHECK_FALSE(house.move(frozen, moves::withdraw_agreement, house.everything()));
    // Another that rests on the pot as it is now takes its place.
    const Decision other = house.moved(house.prepared(frozen.id), {moves::agree});
    database.read([&](db::Connection& connection) {
      const auto taking = decisions::store::decisions_taking_place(connection, frozen.id);
      REQUIRE(taking.size() == 1);
      CHECK(taking.front().id == other.id);
    });
    house.moved(other, {moves::freeze, moves::publish});
    CHECK(house.now(frozen.id).state == DecisionState::superseded);
  });
  test::for_each_engine(all_of_money(), [](db::Database& database) {
    House house(database);
    const Decision frozen = house.moved(house.prepared(), {moves::agree, moves::freeze});
    house.pot_becomes(10'00);
    house.pot_becomes(100'00);
    CHECK(house.moved(frozen, {moves::publish}).state == DecisionState::published);
  });
}
