// Proposals on both engines: what a command writes, and what it refuses.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.h"
#include "db/audit.h"
#include "slices/bodies/house_for_tests.h"
#include "slices/bodies/proposal_path.h"
#include "support/path_walk.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

// A reference and a day made up for the tests.
const Instrument kOrder{"order", "2014/77", Date::from_ymd(2014, 3, 1)};

struct Proposing : Program {
  explicit Proposing(db::Database& database) : Program(database) { REQUIRE(service->deliver_workspaces().has_value()); }
  std::shared_ptr<const Under> under(std::int64_t number) { return service->under(actor(), number).value(); }
  std::int64_t make() {
    const auto made = make_proposal(service->keeping(actor()), "Safer Redditch", "A test.");
    REQUIRE(made.has_value());
    return *made;
  }
  Status add(std::int64_t number, const Edit& edit) {
    return add_to_proposal(service->keeping(actor()), number, under(number)->proposal.version, {edit}, "A test.");
  }
  Edit renaming(const char* body, const char* name) {
    const FactPointer fact = service->known()->find(body)->of(FactKind::name).front();
    Fact changed = *fact;
    changed.value = name;
    return {Edit::Action::replace, changed, fact->record, fact->id};
  }
  std::int64_t audited(const std::string& action) {
    return store().read([&](db::Connection& connection) { return db::count_audit(connection, action, ""); });
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("the proposals of the demonstration come once, fit, and leave the register alone") {
  test::for_each_engine([](db::Database& database) {
    Proposing program(database);
    REQUIRE(program.service->count_proposals("") == 2);
    REQUIRE(program.service->deliver_workspaces().has_value());
    CHECK(program.service->count_proposals("open") == 2);
    CHECK_FALSE(program.service->known()->exists("worcestershire-county-csp"));
    const Date day = Date::from_ymd(2014, 5, 1);
    for (const Proposal& one : program.service->proposals("", 10, 0)) {
      const auto under = program.under(one.number);
      CAPTURE(one.title);
      CHECK(under->applied.fits());
      CHECK(under->proposal.edits.size() >= 2);
      CHECK_FALSE(compare(*under->known, under->applied, day).bodies.empty());
    }
    const auto county = program.under(1);
    CHECK(county->applied.draft.stands("worcestershire-county-csp", day));
    CHECK(county->applied.draft.standing_of("south-worcestershire-csp", day) == Standing::over);
    CHECK(county->applied.draft.stands("north-worcestershire-csp", Date::from_ymd(2014, 3, 31)));
    const auto board = program.under(2);
    CHECK(board->applied.draft.stands("north-yorkshire-strategic-board", day));
    CHECK(program.service->known()->standing_of("north-yorkshire-strategic-board", day) == Standing::proposed);
    // The lines of the partnerships upward end with the forum, and the paper puts nothing in their place.
    const Comparison result = compare(*board->known, board->applied, Date::from_ymd(2013, 1, 1));
    CHECK(std::any_of(result.bodies.begin(), result.bodies.end(), [](const Difference& one) {
      return one.body == "selby-csp" && one.fact == FactKind::parent && one.now.empty();
    }));
  });
}

TEST_CASE("enacting is one change of the register with its audit row, and can be undone") {
  test::for_each_engine([](db::Database& database) {
    Proposing program(database);
    const auto before = program.under(1);
    const std::int64_t changes = program.service->count_changes();
    const auto done = program.service->enact_proposal(program.actor(), 1, before->proposal.version,
                                                      before->known->version, "Order of the day.", kOrder);
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
    CHECK(program.service->count_changes() == changes + 1);
    CHECK(program.audited("bodies.proposal.enact") == 1);
    const Date day = Date::from_ymd(2014, 5, 1);
    const auto all = program.service->known();
    CHECK(all->stands("worcestershire-county-csp", day));
    CHECK_FALSE(all->stands("north-worcestershire-csp", day));
    CHECK(all->of_body("worcestershire-county-csp", FactKind::area, day).size() == 2);
    const auto after = program.under(1);
    CHECK(after->proposal.state == Proposal::State::enacted);
    CHECK(after->proposal.enacted_in == done->change);
    const auto events = program.service->events_of_proposal(1);
    REQUIRE(events.size() == 1);
    CHECK(events[0].reason == "Order of the day.");
    CHECK(events[0].sentence == done->sentence);
    CHECK(events[0].to == "enacted");
    CHECK(program.service->proposal_enacted_in(done->change) == 1);
    CHECK(after->applied.draft.stands("worcestershire-county-csp", day));
    // Not twice, and nothing can be added any more.
    CHECK(program.service->enact_proposal(program.actor(), 1, after->proposal.version, all->version, "Again.", kOrder)
              .error()
              .kind == ProblemKind::conflict);
    CHECK(has(program.add(1, program.renaming("leeds-csp", "Safer Leeds")).error().message, "has been enacted"));
    REQUIRE(program.service->undo(program.actor(), done->change, "It was quashed.").has_value());
    CHECK(program.service->known()->stands("north-worcestershire-csp", day));
    CHECK_FALSE(program.service->known()->exists("worcestershire-county-csp"));
  });
}

TEST_CASE("two editors, a moved register, an edit that does not fit: refused, and nothing half done") {
  test::for_each_engine([](db::Database& database) {
    Proposing program(database);
    const std::int64_t number = program.make();
    CHECK(program.audited("bodies.proposal.make") == 3);
    const std::int64_t version = program.under(number)->proposal.version;
    const Edit edit = program.renaming("leeds-csp", "Safer Leeds");
    REQUIRE(add_to_proposal(program.service->keeping(program.actor()), number, version, {edit}, "A test.").has_value());
    // The second editor saw the version before.
    const Status second = add_to_proposal(
        program.service->keeping(program.actor()), number, version,
        {{.fact = {.kind = FactKind::meeting, .body = "leeds-csp", .from = Date::from_ymd(2019, 1, 1)}}}, "A test.");
    CHECK(second.error().kind == ProblemKind::conflict);
    CHECK(reword_proposal(program.service->keeping(program.actor()), number, version, "Other", "Other").error().kind ==
          ProblemKind::conflict);
    CHECK(withdraw_proposal(program.service->keeping(program.actor()), number, version, "Other").error().kind ==
          ProblemKind::conflict);
    CHECK(take_out_of_proposal(program.service->keeping(program.actor()), number, version, 1).error().kind ==
          ProblemKind::conflict);
    CHECK(program.under(number)->proposal.edits.size() == 1);
    // What cannot be is refused at once, with its field.
    const Status never = program.add(number, {.fact = {.kind = FactKind::succession,
                                                       .body = "leeds-csp;bradford-csp",
                                                       .other = "kirklees-csp;wakefield-csp",
                                                       .role = "merged",
                                                       .from = Date::from_ymd(2020, 1, 1)}});
    CHECK(never.error().fields.front().field == "other");

    // The register moves: the edit says what stands there now, and the proposal cannot be enacted.
    const std::int64_t shown = program.service->known()->version;
    REQUIRE(
        program.service->make_change(program.actor(), {program.renaming("leeds-csp", "Leeds Together")}, "Meanwhile.")
            .has_value());
    auto moved = program.under(number);
    REQUIRE(moved->applied.misfits.size() == 1);
    CHECK(has(moved->applied.misfits.begin()->second.message, "Leeds Together"));
    const std::int64_t changes = program.service->count_changes();
    CHECK(has(program.service->enact_proposal(program.actor(), number, moved->proposal.version, shown, "Why.", kOrder)
                  .error()
                  .message,
              "register has changed"));
    CHECK(has(
        program.service
            ->enact_proposal(program.actor(), number, moved->proposal.version, moved->known->version, "Why.", kOrder)
            .error()
            .message,
        "does not fit"));
    CHECK(program.service->count_changes() == changes);
    CHECK(program.audited("bodies.proposal.enact") == 0);

    // Put on what is there now, it fits again; then it can be enacted.
    REQUIRE(put_on_what_is_now(program.service->keeping(program.actor()), number, moved->proposal.version,
                               moved->proposal.edits.front().id)
                .has_value());
    moved = program.under(number);
    CHECK(moved->applied.fits());
    REQUIRE(program.service
                ->enact_proposal(program.actor(), number, moved->proposal.version, moved->known->version, "Minute 4.",
                                 kOrder)
                .has_value());
    CHECK(program.service->known()->last_name("leeds-csp") == "Safer Leeds");
  });
}

TEST_CASE("taken out and withdrawn stay to be seen in the audit; nobody without the permission makes or enacts") {
  test::for_each_engine([](db::Database& database) {
    Proposing program(database);
    const std::int64_t number = program.make();
    Edit body{.fact = {.kind = FactKind::body, .body = "hub", .role = "forum", .from = Date::from_ymd(2020, 1, 1)}};
    Edit name{.fact = {.kind = FactKind::name, .body = "hub", .value = "The hub", .from = Date::from_ymd(2020, 1, 1)}};
    REQUIRE(
        add_to_proposal(program.service->keeping(program.actor()), number, 1, {body, name}, "One form.").has_value());
    REQUIRE(
        program.add(number, {.fact = {.kind = FactKind::meeting, .body = "hub", .from = Date::from_ymd(2020, 2, 1)}})
            .has_value());
    auto under = program.under(number);
    CHECK(under->proposal.edits.size() == 3);
    CHECK(under->proposal.edits[0].step == under->proposal.edits[1].step);
    // The meeting rests on the body: without it the meeting says so, and stays.
    REQUIRE(take_out_of_proposal(program.service->keeping(program.actor()), number, under->proposal.version,
                                 under->proposal.edits.front().step)
                .has_value());
    under = program.under(number);
    REQUIRE(under->proposal.edits.size() == 1);
    CHECK(has(under->applied.misfits.begin()->second.message, "There is no body with the code"));
    CHECK(program.audited("bodies.proposal.take-out") == 1);
    CHECK(take_out_of_proposal(program.service->keeping(program.actor()), number, under->proposal.version, 99)
              .error()
              .kind == ProblemKind::not_found);
    CHECK(program.under(number)->proposal.version == under->proposal.version);
    // It can be put back, by the version that was seen, and taken out again.
    const std::int64_t out = under->proposal.taken_out.front().step;
    CHECK(put_back_into_proposal(program.service->keeping(program.actor()), number, 1, out).error().kind ==
          ProblemKind::conflict);
    REQUIRE(put_back_into_proposal(program.service->keeping(program.actor()), number, under->proposal.version, out)
                .has_value());
    under = program.under(number);
    CHECK(under->proposal.edits.size() == 3);
    CHECK(under->proposal.taken_out.empty());
    CHECK(under->applied.fits());
    CHECK(program.audited("bodies.proposal.put-back") == 1);
    CHECK(put_back_into_proposal(program.service->keeping(program.actor()), number, under->proposal.version, out)
              .error()
              .kind == ProblemKind::not_found);
    REQUIRE(take_out_of_proposal(program.service->keeping(program.actor()), number, under->proposal.version, out)
                .has_value());
    under = program.under(number);

    CHECK(withdraw_proposal(program.service->keeping(program.actor()), number, under->proposal.version, " ")
              .error()
              .fields.front()
              .field == "reason");
    REQUIRE(withdraw_proposal(program.service->keeping(program.actor()), number, under->proposal.version, "Not now.")
                .has_value());
    under = program.under(number);
    CHECK(under->proposal.state == Proposal::State::withdrawn);
    CHECK_FALSE(under->applied.draft.exists("hub"));
    CHECK(program.service->count_proposals("withdrawn") == 1);
    CHECK(has(program.add(number, body).error().message, "withdrawn"));

    const auto nobody = Actor::nobody();
    const auto member = Actor::account(7, "A member", {{Role::panel_member, "", ""}}, program.wiring.permissions);
    CHECK(program.service->under(nobody, number).error().kind == ProblemKind::forbidden);
    CHECK(program.service->under(member, number).has_value());
    CHECK(make_proposal(program.service->keeping(member), "Mine", "Why").error().kind == ProblemKind::forbidden);
    const auto one = program.under(1);
    CHECK(program.service->enact_proposal(member, 1, one->proposal.version, one->known->version, "Why", kOrder)
              .error()
              .kind == ProblemKind::forbidden);
    CHECK(make_proposal(program.service->keeping(program.actor()), " ", "").error().fields.size() == 2);
    CHECK(program.service->under(member, 999).error().kind == ProblemKind::not_found);
  });
}

TEST_CASE("every move of a proposal in every state by every role") {
  test::for_each_engine([](db::Database& database) {
    Proposing program(database);
    const std::vector<Role> editors = {Role::commissioning_officer, Role::partnership_manager,
                                       Role::county_strategy_officer, Role::panel_support_officer,
                                       Role::system_administrator};
    test::walk(kProposalPath.outline(), {{"open", "enact", editors}, {"open", "withdraw", editors}},
               [&](Role role, std::string_view state, const std::string& move) {
                 // What a panel's support officer keeps is a panel; the others keep everything but panels.
                 const std::string body =
                     role == Role::panel_support_officer ? "west-yorkshire-police-and-crime-panel" : "leeds-csp";
                 const std::int64_t number = program.make();
                 REQUIRE(program.add(number, program.renaming(body.c_str(), "Another name")).has_value());
                 const auto decide = [&](const Actor& who, const std::string& code) -> Status {
                   const auto under = program.under(number);
                   const std::int64_t register_version = under->known->version;
                   if (code == "withdraw")
                     return withdraw_proposal(program.service->keeping(who), number, under->proposal.version,
                                              "Minute.");
                   const auto done = program.service->enact_proposal(who, number, under->proposal.version,
                                                                     register_version, "Minute.", kOrder);
                   if (!done) return pass_on(done);
                   REQUIRE(program.service->undo(program.actor(), done->change, "After the test.").has_value());
                   return {};
                 };
                 if (state == "enacted") REQUIRE(decide(program.actor(), "enact"));
                 if (state == "withdrawn") REQUIRE(decide(program.actor(), "withdraw"));
                 const std::size_t before = program.service->events_of_proposal(number).size();
                 const Status done = decide(Actor::account(7, "A", {{role, "", ""}}, program.wiring.permissions), move);
                 CHECK(program.service->events_of_proposal(number).size() == before + (done ? 1 : 0));
                 return done;
               });
  });
}

TEST_CASE("decisions from before there were events are events of the path") {
  Program whole;
  std::vector<db::Migration> all = test::all_migrations(whole.wiring), before;
  for (const db::Migration& one : all)
    if (one.number < 261) before.push_back(one);
  REQUIRE(before.size() < all.size());
  test::for_each_engine(before, [&](db::Database& database) {
    REQUIRE(database.write([](db::Transaction& transaction) -> Status {
      transaction.run(
          {"test.change",
           "INSERT INTO bodies_change (number, made_at, actor, origin, reason, sentence, digest) VALUES (3, 1, "
           "'system', 'edit', 'r', 's', '')"},
          {});
      transaction.run(
          {"test.proposals",
           "INSERT INTO bodies_proposal (number, title, reason, author, made_at, state, version, decided_by, "
           "decided_reason, decided_at, enacted_in) VALUES (1, 'One', 'r', 'system', 5, 'open', 2, '', '', NULL, "
           "NULL), "
           "(2, 'Two', 'r', 'system', 5, 'withdrawn', 4, 'account:9', 'Not now.', 77000, NULL), "
           "(3, 'Three', 'r', 'system', 5, 'enacted', 6, 'account:8', 'Order.', 88000, 3)"},
          {});
      return {};
    }));
    REQUIRE(db::migrate(database, all));
    database.read([&](db::Connection& connection) {
      const auto of = [&](std::int64_t number) {
        return path::events_of(connection, records::record_of(kProposalKind, number));
      };
      CHECK(of(1).empty());
      REQUIRE(of(2).size() == 1);
      CHECK(of(2)[0].by == "account:9");
      CHECK(of(2)[0].reason == "Not now.");
      CHECK(of(2)[0].at.milliseconds == 77000);
      CHECK(of(2)[0].move == "withdraw");
      CHECK(of(2)[0].sentence == "Withdrew proposal 2: Two");
      REQUIRE(of(3).size() == 1);
      CHECK(of(3)[0].to == "enacted");
      CHECK(of(3)[0].version == 6);
      for (std::int64_t number : {1, 2, 3}) {
        const auto standing = whole.wiring.kinds.standing(connection, records::record_of(kProposalKind, number));
        REQUIRE(standing.has_value());
        CHECK(standing->version == 2 * number);
      }
    });
  });
}
