// The register of bodies on both engines: what comes with the program, commands, and what they refuse.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/organisation.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/bodies/house_for_tests.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

std::size_t audit_rows(db::Database& database, const std::string& action) {
  std::size_t rows = 0;
  database.read(
      [&](db::Connection& connection) { rows = static_cast<std::size_t>(db::count_audit(connection, action, "")); });
  return rows;
}

int standing_csps(const Register& all, Date day, const std::string& parent) {
  int count = 0;
  for (const FactPointer& fact : all.children_of(parent, day)) count += all.kind_of(fact->body, day) == "csp" ? 1 : 0;
  return count;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const Date kApril = Date::from_ymd(2012, 4, 1);

}  // namespace

TEST_CASE("what comes with the program comes once, and Worcestershire has four partnerships and then two") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    const Status delivered = program.service->deliver_workspaces();
    REQUIRE_MESSAGE(delivered.has_value(), delivered.error().message);
    const auto all = program.service->known();
    const std::int64_t version = all->version;
    REQUIRE(program.service->deliver_workspaces().has_value());
    CHECK(program.service->known()->version == version);

    CHECK(standing_csps(*all, Date::from_ymd(2012, 1, 1), "safer-communities-board") == 4);
    CHECK(standing_csps(*all, Date::from_ymd(2012, 5, 1), "safer-communities-board") == 2);
    CHECK(standing_csps(*all, Date::from_ymd(2010, 1, 1), "safer-communities-board") == 0);
    CHECK(all->standing_of("redditch-csp", Date::from_ymd(2010, 1, 1)) == Standing::not_known);
    CHECK(all->standing_of("redditch-csp", kApril) == Standing::over);
    CHECK(all->ends_at("redditch-csp") == std::vector<std::string>{"north-worcestershire-csp"});
    CHECK(all->comes_from("north-worcestershire-csp").size() == 3);
    CHECK(all->standing_of("north-yorkshire-strategic-board", Date::from_ymd(2014, 1, 1)) == Standing::proposed);
    CHECK(all->ends_at("north-yorkshire-police-authority") ==
          std::vector<std::string>{"york-and-north-yorkshire-mayor"});
    CHECK_FALSE(all->stands("west-mercia-police-authority", Date::from_ymd(2012, 11, 22)));
    CHECK(all->stands("west-mercia-police-authority", Date::from_ymd(2012, 11, 21)));
    const auto hits = program.wiring.searches.back()("Redditch", program.actor(), Date::from_ymd(2026, 11, 22));
    REQUIRE(hits.size() == 1);
    CHECK(hits.front().note == "became North Worcestershire Community Safety Partnership");
    const auto by_code =
        program.wiring.searches.back()("X-wyre-forest-csp", program.actor(), Date::from_ymd(2026, 11, 22));
    REQUIRE(by_code.size() == 1);
    CHECK(has(by_code.front().note, "became North Worcestershire"));
  });
}

TEST_CASE("a succession, a membership, parents and days that cannot be are refused, and nothing is half done") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    REQUIRE(program.service->deliver_reference().has_value());
    const auto body = [&](const std::string& code, Date from) {
      REQUIRE(program.add({.kind = FactKind::body, .body = code, .role = "csp", .from = from}).has_value());
      REQUIRE(program.add({.kind = FactKind::name, .body = code, .value = "The " + code, .from = from}).has_value());
    };
    const Date early = Date::from_ymd(2010, 1, 1);
    for (const char* code : {"east", "west", "south"}) body(code, early);
    body("whole", kApril);
    body("half", kApril);
    const std::int64_t version = program.service->known()->version;
    const std::size_t audited = audit_rows(database, "bodies.edit");

    CHECK(has(program.refusal({.kind = FactKind::succession,
                               .body = "east;west",
                               .other = "whole;half",
                               .role = "merged",
                               .from = kApril}),
              "exactly one successor"));
    CHECK(has(program.refusal({.kind = FactKind::succession,
                               .body = "east",
                               .other = "whole=60;half=30",
                               .role = "split",
                               .from = kApril}),
              "must be 100"));
    CHECK(has(program.refusal({.kind = FactKind::succession,
                               .body = "east;west",
                               .other = "whole",
                               .role = "merged",
                               .from = Date::from_ymd(2009, 1, 1)}),
              "begins on 1 January 2010"));
    CHECK(has(program.refusal({.kind = FactKind::succession,
                               .body = "east",
                               .other = "whole",
                               .role = "replaced",
                               .from = Date::from_ymd(2011, 1, 1)}),
              "begins on 1 April 2012"));
    CHECK(has(program.refusal({.kind = FactKind::membership,
                               .body = "east",
                               .other = "west",
                               .role = "member",
                               .from = kApril,
                               .to = early}),
              "before it begins"));
    CHECK(has(program.refusal(
                  {.kind = FactKind::membership, .body = "whole", .other = "west", .role = "member", .from = early}),
              "begins on 1 April 2012"));
    CHECK(has(program.refusal({.kind = FactKind::membership, .body = "east", .role = "member", .from = kApril}),
              "vacant"));
    CHECK(has(program.refusal({.kind = FactKind::body, .body = "icb", .role = "integrated-care-board", .from = kApril}),
              "before 1 July 2022"));
    CHECK(has(
        program.refusal(
            {.kind = FactKind::body, .body = "trust", .role = "probation-trust", .from = Date::from_ymd(2015, 1, 1)}),
        "from 31 October 2014 on"));
    CHECK(program.service->known()->version == version);
    CHECK(audit_rows(database, "bodies.edit") == audited);

    REQUIRE(
        program
            .add({.kind = FactKind::parent, .body = "east", .other = "west", .role = "community-safety", .from = early})
            .has_value());
    REQUIRE(
        program
            .add(
                {.kind = FactKind::parent, .body = "west", .other = "south", .role = "community-safety", .from = early})
            .has_value());
    CHECK(has(
        program.refusal(
            {.kind = FactKind::parent, .body = "south", .other = "east", .role = "community-safety", .from = early}),
        "each would stand above the other"));
    // The other chain is another matter.
    CHECK(
        program
            .add(
                {.kind = FactKind::parent, .body = "south", .other = "east", .role = "criminal-justice", .from = early})
            .has_value());
    const auto nobody = program.service->make_change(
        Actor::nobody(), {{.fact = {.kind = FactKind::body, .body = "north", .role = "csp"}}}, "A test.");
    CHECK(nobody.error().kind == ProblemKind::forbidden);
    CHECK(program.service
              ->make_change(program.actor(), {{.fact = {.kind = FactKind::body, .body = "north", .role = "csp"}}}, " ")
              .error()
              .fields.front()
              .field == "reason");
  });
}

TEST_CASE("a merger ends the former bodies, carries what hangs on them, and can be undone") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    REQUIRE(program.service->deliver_reference().has_value());
    const Date early = Date::from_ymd(2010, 1, 1);
    for (const char* code : {"east", "west", "board"})
      REQUIRE(program.add({.kind = FactKind::body, .body = code, .role = "csp", .from = early}).has_value());
    REQUIRE(program.add({.kind = FactKind::body, .body = "whole", .role = "csp", .from = kApril}).has_value());
    for (const char* code : {"east", "west"}) {
      REQUIRE(
          program
              .add(
                  {.kind = FactKind::parent, .body = code, .other = "board", .role = "community-safety", .from = early})
              .has_value());
      REQUIRE(program.add({.kind = FactKind::area, .body = code, .value = std::string("X-") + code, .from = early})
                  .has_value());
      REQUIRE(program.add({.kind = FactKind::discharge, .body = code, .role = "partnership-plan", .from = early})
                  .has_value());
    }
    REQUIRE(
        program.add({.kind = FactKind::membership, .body = "east", .other = "board", .role = "chair", .from = early})
            .has_value());
    const auto merged = program.add({.kind = FactKind::succession,
                                     .body = "east;west",
                                     .other = "whole",
                                     .role = "merged",
                                     .value = "2012/77",
                                     .state = "order",
                                     .from = kApril,
                                     .seen = kApril.plus_days(-30)});
    REQUIRE_MESSAGE(merged.has_value(), merged.error().message);
    const auto all = program.service->known();
    CHECK_FALSE(all->stands("east", kApril));
    CHECK(all->stands("east", kApril.plus_days(-1)));
    CHECK(all->of_body("whole", FactKind::area, kApril).size() == 2);
    CHECK(all->of_body("whole", FactKind::parent, kApril).size() == 1);
    CHECK(all->of_body("whole", FactKind::discharge, kApril).size() == 1);
    CHECK(all->of_body("whole", FactKind::membership, kApril).empty());
    CHECK(all->of_body("east", FactKind::membership, kApril.plus_days(-1)).size() == 1);
    CHECK(all->of_body("east", FactKind::membership, kApril).empty());
    CHECK(program.service->history_of("whole", 100).size() == 5);

    const auto undone = program.service->undo(program.actor(), merged->change, "It did not happen.");
    REQUIRE_MESSAGE(undone.has_value(), undone.error().message);
    CHECK(program.service->known()->stands("east", kApril));
    CHECK(program.service->known()->of_body("whole", FactKind::area, kApril).empty());
    CHECK(program.service->undo(program.actor(), merged->change, "Again.").error().kind == ProblemKind::conflict);
    CHECK(audit_rows(database, "bodies.undo") == 1);
    // What others rest on cannot be undone first.
    CHECK(program.service->undo(program.actor(), 2, "The bodies that came first.").error().kind ==
          ProblemKind::conflict);
  });
}

TEST_CASE("a stale form is a conflict, and an import is all or nothing, tried first, and imports its own export") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    REQUIRE(program.service->deliver_workspaces().has_value());
    const auto all = program.service->known();
    const FactPointer name = all->find("redditch-csp")->of(FactKind::name).front();
    Fact changed = *name;
    changed.value = "Redditch Partnership";
    const Edit edit{.action = Edit::Action::replace, .fact = changed, .record = name->record, .seen_id = name->id};
    REQUIRE(program.service->make_change(program.actor(), {edit}, "A better name.").has_value());
    const auto second = program.service->make_change(program.actor(), {edit}, "From a stale form.");
    CHECK(second.error().kind == ProblemKind::conflict);
    CHECK(program.service->known()->last_name("redditch-csp") == "Redditch Partnership");
    CHECK(program.service->versions_of(name->record).size() == 2);

    const std::string header = "fact,body,other,Rolle,value,from,to\n";
    const std::vector<std::pair<std::string, std::string>> mapping = {{"Rolle", "role"}};
    const std::string good = header +
                             "membership,hub,redditch-council,member,Leader,2012-01-01,\nbody,hub,,forum,,2011-01-01,"
                             "\nbody,redditch-council,,council,,,\n";
    const std::string bad = good +
                            "parent,hub,hub-2,community-safety,,2011-01-01,\nparent,hub-2,hub,community-safety,,2011-"
                            "01-01,\nbody,hub-2,,forum,,2011-01-01,\n";
    const std::int64_t version = program.service->known()->version;
    const auto refused = program.service->import(program.actor(), bad, "bad.csv", mapping, false, "A test.");
    REQUIRE(refused.has_value());
    CHECK(refused->refused == 1);
    CHECK(refused->change == 0);
    CHECK(std::any_of(refused->rows.begin(), refused->rows.end(), [](const ImportRow& row) {
      return row.line == 6 && has(row.what, "each would stand above the other");
    }));
    CHECK(program.service->known()->version == version);
    CHECK_FALSE(program.service->import(program.actor(), good, "good.csv", {}, true, "").has_value());
    const auto trial = program.service->import(program.actor(), good, "good.csv", mapping, true, "");
    REQUIRE(trial.has_value());
    CHECK(trial->fresh == 3);
    CHECK(program.service->known()->version == version);
    REQUIRE(program.service->import(program.actor(), good, "good.csv", mapping, false, "A test.")->change > 0);
    CHECK(program.service->import(program.actor(), good, "good.csv", mapping, false, "A test.")->same == 3);

    std::string exported = joined(fact_columns(), ",") + "\n";
    for (const auto& [record, fact] : program.service->known()->facts()) {
      std::vector<std::string> quoted;
      for (std::string field : fields_of(*fact)) {
        for (std::size_t at = 0; (at = field.find('"', at)) != std::string::npos; at += 2) field.insert(at, 1, '"');
        quoted.push_back("\"" + field + "\"");
      }
      exported += joined(quoted, ",") + "\n";
    }
    const auto again = program.service->import(program.actor(), exported, "export.csv", {}, false, "A test.");
    REQUIRE(again.has_value());
    CHECK(again->fresh == 0);
    CHECK(again->refused == 0);
  });
}

TEST_CASE("whose records a person may change is asked again inside the transaction, of edits, imports and undoing") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    REQUIRE(program.service->deliver_workspaces().has_value());
    const auto actor = [&](Role role, const std::string& body, const std::string& area = "") {
      return Actor::account(7, "An editor", {{role, body.empty() ? std::string() : organisation_of_body(body), area}},
                            program.wiring.permissions);
    };
    const auto post = [](const std::string& body) {
      return std::vector<Edit>{
          {.fact = {.kind = FactKind::post, .body = body, .value = "Clerk", .from = Date::from_ymd(2025, 4, 1)}}};
    };
    const std::int64_t version = program.service->known()->version;
    const auto refused = [&](const Actor& who, const std::vector<Edit>& edits) {
      const auto tried = try_change(program.service->keeping(who), edits);
      const auto done = program.service->make_change(who, edits, "A test.");
      return !tried && !done && tried.error().kind == ProblemKind::forbidden &&
             done.error().kind == ProblemKind::forbidden && has(done.error().message, "Ask ");
    };
    CHECK(refused(actor(Role::partnership_manager, "leeds-csp"), post("bradford-csp")));
    CHECK(refused(actor(Role::partnership_manager, ""), post("west-yorkshire-police-and-crime-panel")));
    CHECK(refused(actor(Role::panel_support_officer, ""), post("leeds-csp")));
    CHECK(refused(actor(Role::responsible_authority_representative, "leeds-csp"),
                  {{.fact = {.kind = FactKind::name, .body = "leeds-csp", .value = "Ours", .from = kApril}}}));
    CHECK(refused(actor(Role::auditor, "leeds-csp"), post("leeds-csp")));
    // One edit out of reach, and none is made.
    std::vector<Edit> both = post("leeds-csp");
    both.push_back(post("bradford-csp").front());
    CHECK(refused(actor(Role::partnership_manager, "leeds-csp"), both));
    const std::string panel = "fact,body,value,from\npost,west-yorkshire-police-and-crime-panel,Clerk,2025-04-01\n";
    const auto imported =
        program.service->import(actor(Role::county_strategy_officer, ""), panel, "a.csv", {}, false, "A test.");
    REQUIRE(imported.has_value());
    CHECK(imported->refused == 1);
    CHECK(has(imported->rows.front().what, "police and crime panel"));
    CHECK(program.service
              ->import(actor(Role::county_strategy_officer, "safer-communities-board"), panel, "a.csv", {}, true, "")
              .error()
              .kind == ProblemKind::forbidden);
    CHECK(program.service->known()->version == version);

    const auto done =
        program.service->make_change(actor(Role::panel_support_officer, "west-yorkshire-police-and-crime-panel"),
                                     post("west-yorkshire-police-and-crime-panel"), "A test.");
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
    CHECK(program.service->undo(actor(Role::county_strategy_officer, ""), done->change, "Wrong.").error().kind ==
          ProblemKind::forbidden);
    CHECK(program.service->undo(actor(Role::performance_analyst, ""), done->change, "Wrong.").has_value());
    CHECK(
        program.service
            ->make_change(actor(Role::responsible_authority_representative, "leeds-csp"), post("leeds-csp"), "A test.")
            .has_value());
  });
}

TEST_CASE(
    "a file of the program that was mended replaces what its earlier delivery said, and leaves what people changed") {
  test::for_each_engine([](db::Database& database) {
    Program program(database);
    // Without the service's register, which it keeps for a second.
    const auto keeping = [&](const Actor& actor) -> Keeping {
      return {{database, program.wiring.kinds, Reach(actor, nullptr, program.clock.today()), program.clock.now()},
              nullptr,
              program.service->scope_of(actor)};
    };
    const auto deliver = [&](const std::string& bytes) {
      const Actor system = Actor::system(program.wiring.permissions);
      return import_facts(keeping(system), csv_rows(bytes).value(), "made.csv", {}, false, "Comes with the program.",
                          "delivered");
    };
    const std::string first =
        "fact,body,other,role,value,amount\nkind,,,forum,forum,\nbody,hub,,forum,,\nname,hub,,,Hub,\nmeetings,hub,,,,"
        "9\nbody,gone,,forum,,\nname,gone,,,Gone,\n";
    REQUIRE(deliver(first)->fresh == 6);
    CHECK(deliver(first)->change == 0);
    // Somebody renames it: that stays.
    const FactPointer name = program.service->known()->find("hub")->of(FactKind::name).front();
    Fact renamed = *name;
    renamed.value = "Our hub";
    REQUIRE(program.service
                ->make_change(program.actor(), {{Edit::Action::replace, renamed, name->record, name->id}}, "A test.")
                .has_value());
    const auto mended = deliver(
        "fact,body,other,role,value,amount\nkind,,,forum,a "
        "forum,\nbody,hub,,forum,,\nname,hub,,,Hub,\nmeetings,hub,,6,,\n");
    REQUIRE_MESSAGE(mended.has_value(), mended.error().message);
    CHECK(mended->change > 0);
    Program after(database);
    const auto all = after.service->known();
    CHECK(all->kind_name("forum") == "a forum");
    CHECK(all->general(FactKind::kind).size() == 1);
    CHECK(all->find("hub")->of(FactKind::meetings).size() == 1);
    CHECK(all->find("hub")->of(FactKind::meetings).front()->role == "6");
    CHECK(all->last_name("hub") == "Our hub");
    CHECK_FALSE(all->exists("gone"));
    REQUIRE(after.service->undo(after.actor(), mended->change, "A test.").has_value());
    CHECK(after.service->known()->exists("gone"));
  });
}
