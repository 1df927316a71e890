// Proposals on both engines: what a command writes, and what it refuses.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/text.h"
#include "db/audit.h"
#include "slices/bodies/house_for_tests.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

// A reference and a day made up for the tests.
const Instrument kOrder{"order", "2014/77", Date::from_ymd(2014, 3, 1)};

struct Proposing : Program {
  explicit Proposing(db::Database& database) : Program(database) { REQUIRE(service->deliver_workspaces().has_value()); }
  std::shared_ptr<const Under> under(std::int64_t number) { return service->under(actor(), number).value(); }
  std::int64_t make() {
    const auto made = service->make_proposal(actor(), "Safer Redditch", "A test.");
    REQUIRE(made.has_value());
    return *made;
  }
  Status add(std::int64_t number, const Edit& edit) {
    return service->add_to_proposal(actor(), number, under(number)->proposal.version, {edit}, "A test.");
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
    CHECK(after->proposal.decided_reason == "Order of the day.");
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
    REQUIRE(program.service->add_to_proposal(program.actor(), number, version, {edit}, "A test.").has_value());
    // The second editor saw the version before.
    const Status second = program.service->add_to_proposal(
        program.actor(), number, version,
        {{.fact = {.kind = FactKind::meeting, .body = "leeds-csp", .from = Date::from_ymd(2019, 1, 1)}}}, "A test.");
    CHECK(second.error().kind == ProblemKind::conflict);
    CHECK(program.service->reword_proposal(program.actor(), number, version, "Other", "Other").error().kind ==
          ProblemKind::conflict);
    CHECK(program.service->withdraw_proposal(program.actor(), number, version, "Other").error().kind ==
          ProblemKind::conflict);
    CHECK(program.service->take_out_of_proposal(program.actor(), number, version, 1).error().kind ==
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
    REQUIRE(program.service
                ->put_on_what_is_now(program.actor(), number, moved->proposal.version, moved->proposal.edits.front().id)
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
    REQUIRE(program.service->add_to_proposal(program.actor(), number, 1, {body, name}, "One form.").has_value());
    REQUIRE(
        program.add(number, {.fact = {.kind = FactKind::meeting, .body = "hub", .from = Date::from_ymd(2020, 2, 1)}})
            .has_value());
    auto under = program.under(number);
    CHECK(under->proposal.edits.size() == 3);
    CHECK(under->proposal.edits[0].step == under->proposal.edits[1].step);
    // The meeting rests on the body: without it the meeting says so, and stays.
    REQUIRE(
        program.service
            ->take_out_of_proposal(program.actor(), number, under->proposal.version, under->proposal.edits.front().step)
            .has_value());
    under = program.under(number);
    REQUIRE(under->proposal.edits.size() == 1);
    CHECK(has(under->applied.misfits.begin()->second.message, "There is no body with the code"));
    CHECK(program.audited("bodies.proposal.take-out") == 1);
    CHECK(program.service->take_out_of_proposal(program.actor(), number, under->proposal.version, 99).error().kind ==
          ProblemKind::not_found);
    CHECK(program.under(number)->proposal.version == under->proposal.version);

    CHECK(program.service->withdraw_proposal(program.actor(), number, under->proposal.version, " ")
              .error()
              .fields.front()
              .field == "reason");
    REQUIRE(
        program.service->withdraw_proposal(program.actor(), number, under->proposal.version, "Not now.").has_value());
    under = program.under(number);
    CHECK(under->proposal.state == Proposal::State::withdrawn);
    CHECK_FALSE(under->applied.draft.exists("hub"));
    CHECK(program.service->count_proposals("withdrawn") == 1);
    CHECK(has(program.add(number, body).error().message, "withdrawn"));

    const auto nobody = Actor::nobody();
    const auto member = Actor::account(7, "A member", {{Role::panel_member, "", ""}}, program.wiring.permissions);
    CHECK(program.service->under(nobody, number).error().kind == ProblemKind::forbidden);
    CHECK(program.service->under(member, number).has_value());
    CHECK(program.service->make_proposal(member, "Mine", "Why").error().kind == ProblemKind::forbidden);
    const auto one = program.under(1);
    CHECK(program.service->enact_proposal(member, 1, one->proposal.version, one->known->version, "Why", kOrder)
              .error()
              .kind == ProblemKind::forbidden);
    CHECK(program.service->make_proposal(program.actor(), " ", "").error().fields.size() == 2);
    CHECK(program.service->under(member, 999).error().kind == ProblemKind::not_found);
  });
}
