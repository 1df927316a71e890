#include "slices/identity/commands.h"

#include <doctest/doctest.h>

#include "slices/identity/bench_for_tests.h"
#include "slices/identity/passwords.h"
#include "slices/identity/readings.h"

using namespace tithing;
using namespace tithing::identity;

TEST_CASE("an account is created with its audit sentence; a person without the permission creates none") {
  on_each_engine([](Bench& bench) {
    const Result<Token> made = create_account(
        bench.by(bench.operator_),
        {" Manager@Example.org ", "Partnership manager", {{Role::partnership_manager, "CSP", "E22000368"}}, {}});
    REQUIRE(made);
    CHECK(made->secret.reveal().size() == 43);
    REQUIRE(bench.audit().size() == 1);
    CHECK(bench.audit()[0].entry.actor == "command line");
    CHECK(
        bench.audit()[0].entry.sentence ==
        "Created the account Partnership manager (manager@example.org) with Partnership manager of CSP for E22000368.");
    CHECK(bench.audit()[0].entry.detail ==
          R"({"grants":[{"role":"partnership-manager","organisation":"CSP","area":"E22000368"}]})");

    const Actor manager = bench.actor_of(made->account_id);
    for (const Actor* actor : std::initializer_list<const Actor*>{&bench.nobody, &manager}) {
      const Result<Token> refused = create_account(bench.by(*actor), {"x@example.org", "X", {}, {}});
      REQUIRE_FALSE(refused);
      CHECK(refused.error().kind == ProblemKind::forbidden);
      CHECK_FALSE(make_link(bench.by(*actor), made->account_id));
      CHECK_FALSE(suspend_account(bench.by(*actor), made->account_id));
      CHECK_FALSE(reinstate_account(bench.by(*actor), made->account_id));
      CHECK_FALSE(end_sessions_of(bench.by(*actor), made->account_id));
      CHECK_FALSE(change_account(bench.by(*actor), made->account_id, 1, "X", {{Role::system_administrator, "", ""}}));
      CHECK_FALSE(accounts(bench.database, *actor, bench.now, "", 50));
      CHECK_FALSE(audit_lines(bench.database, *actor, "", "", 50));
    }
    CHECK(bench.audit().size() == 1);
  });
}

TEST_CASE("what is wrong with a new account is said field by field") {
  on_each_engine([](Bench& bench) {
    const Result<Token> wrong = create_account(bench.by(bench.operator_),
                                               {"nobody", " ", {{Role::panel_member, "", "E22 1"}}, Secret("short")});
    REQUIRE_FALSE(wrong);
    std::vector<std::string> fields;
    for (const FieldProblem& field : wrong.error().fields) fields.push_back(field.field);
    CHECK(fields == std::vector<std::string>{"name", "email", "area", "password"});
    bench.add("a@example.org");
    const Result<Token> twice = create_account(bench.by(bench.operator_), {"A@example.org", "Another", {}, {}});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().kind == ProblemKind::conflict);
    const AreaName area_name = [](std::string_view code) {
      return code == "E22000368" ? std::string("North Worcestershire") : std::string();
    };
    CHECK_FALSE(create_account(bench.by(bench.operator_),
                               {"b@example.org", "B", {{Role::panel_member, "", "E22999999"}}, {}}, area_name));
    CHECK(create_account(bench.by(bench.operator_), {"b@example.org", "B", {{Role::panel_member, "", "E22000368"}}, {}},
                         area_name));
    CHECK(bench.audit()[0].entry.sentence.find("Panel member for North Worcestershire (E22000368)") !=
          std::string::npos);
  });
}

TEST_CASE("sign-in: a new token each time, kept as its hash only") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const Result<SignedIn> first = bench.enter(" A@Example.org");
    const Result<SignedIn> second = bench.enter("a@example.org");
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->account_id == id);
    CHECK(first->secret.reveal() != second->secret.reveal());
    bench.database.read([&](db::Connection& c) {
      for (const SessionRow& session : sessions_of(c, id)) {
        CHECK(session.token_hash.size() == 64);
        CHECK(session.token_hash != first->secret.reveal());
        CHECK(session.browser == "Firefox");
      }
      CHECK(find_session(c, hash_of_token(first->secret.reveal())));
    });
    CHECK(bench.audit("identity.sign-in").size() == 2);
    CHECK(bench.audit()[0].entry.actor == "account:" + std::to_string(id));
  });
}

TEST_CASE("a sign-in within a session ends that session") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const Result<SignedIn> first = bench.enter("a@example.org");
    REQUIRE(first);
    Visit doing = bench.by(bench.nobody);
    doing.session_key = hash_of_token(first->secret.reveal());
    REQUIRE(sign_in(doing, "a@example.org", Secret(kPassword)));
    CHECK(bench.sessions(id) == 1);
  });
}

TEST_CASE("every refusal of a sign-in reads the same") {
  on_each_engine([](Bench& bench) {
    bench.add("a@example.org");
    const std::int64_t suspended = bench.add("s@example.org");
    REQUIRE(suspend_account(bench.by(bench.operator_), suspended));
    REQUIRE(create_account(bench.by(bench.operator_), {"w@example.org", "Waiting", {}, {}}));
    const Result<SignedIn> wrong = bench.enter("a@example.org", kOther);
    REQUIRE_FALSE(wrong);
    for (const Result<SignedIn>& refused :
         {bench.enter("unknown@example.org"), bench.enter("s@example.org"), bench.enter("w@example.org"),
          bench.enter("w@example.org", ""), bench.enter("a@example.org", std::string(5000, 'x').c_str())}) {
      REQUIRE_FALSE(refused);
      CHECK(refused.error().kind == wrong.error().kind);
      CHECK(refused.error().message == wrong.error().message);
    }
  });
}

TEST_CASE("the link sets the password once, ends the sessions, and dies after 72 hours") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    REQUIRE(bench.enter("a@example.org"));
    const Result<Token> link = make_link(bench.by(bench.operator_), id);
    REQUIRE(link);
    CHECK(bench.enter("a@example.org"));  // the present password stays until then
    CHECK_FALSE(set_password_by_link(bench.by(bench.nobody), link->secret, Secret("short")));
    CHECK(holder_of_link(bench.database, bench.now, link->secret)->email == "a@example.org");
    REQUIRE(set_password_by_link(bench.by(bench.nobody), link->secret, Secret(kOther)));
    CHECK(bench.sessions(id) == 0);
    CHECK_FALSE(bench.enter("a@example.org"));
    CHECK(bench.enter("a@example.org", kOther));
    CHECK_FALSE(set_password_by_link(bench.by(bench.nobody), link->secret, Secret(kPassword)));

    const Result<Token> earlier = make_link(bench.by(bench.operator_), id);
    const Result<Token> later = make_link(bench.by(bench.operator_), id);
    CHECK_FALSE(holder_of_link(bench.database, bench.now, earlier->secret));
    bench.now.milliseconds += kLinkLifetime - 1;
    CHECK(holder_of_link(bench.database, bench.now, later->secret));
    bench.now.milliseconds += 1;
    CHECK_FALSE(holder_of_link(bench.database, bench.now, later->secret));
    CHECK_FALSE(holder_of_link(bench.database, bench.now, Secret("unknown")));
    CHECK_FALSE(holder_of_link(bench.database, bench.now, Secret("")));
  });
}

TEST_CASE("suspending ends sessions and links at once") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    REQUIRE(bench.enter("a@example.org"));
    const Result<Token> link = make_link(bench.by(bench.operator_), id);
    REQUIRE(suspend_account(bench.by(bench.operator_), id));
    CHECK(bench.sessions(id) == 0);
    CHECK_FALSE(holder_of_link(bench.database, bench.now, link->secret));
    CHECK_FALSE(make_link(bench.by(bench.operator_), id));
    REQUIRE(reinstate_account(bench.by(bench.operator_), id));
    CHECK_FALSE(holder_of_link(bench.database, bench.now, link->secret));
    CHECK(bench.enter("a@example.org"));
    CHECK(suspend_account(bench.by(bench.operator_), 999).error().kind == ProblemKind::not_found);
  });
}

TEST_CASE("the last administrator cannot be suspended or lose the role") {
  on_each_engine([](Bench& bench) {
    const std::int64_t only = bench.add("admin@example.org", Role::system_administrator);
    CHECK(suspend_account(bench.by(bench.operator_), only).error().kind == ProblemKind::forbidden);
    CHECK(change_account(bench.by(bench.operator_), only, 1, "Admin", {{Role::auditor, "", ""}}).error().kind ==
          ProblemKind::forbidden);
    bench.database.read([&](db::Connection& c) {
      CHECK_FALSE(find_account(c, only)->suspended_at);
      CHECK(find_account(c, only)->version == 1);
      CHECK(grants_of(c, only)[0].role == Role::system_administrator);
    });
    const std::int64_t second = bench.add("second@example.org", Role::system_administrator);
    CHECK(change_account(bench.by(bench.actor_of(second)), only, 1, "Admin", {{Role::auditor, "", ""}}));
    CHECK(suspend_account(bench.by(bench.actor_of(second)), second).error().kind == ProblemKind::forbidden);
  });
}

TEST_CASE("two administrators: the second to save is told") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    REQUIRE(change_account(bench.by(bench.operator_), id, 1, "First", {{Role::auditor, "", ""}}));
    const Status second = change_account(bench.by(bench.operator_), id, 1, "Second", {});
    REQUIRE_FALSE(second);
    CHECK(second.error().kind == ProblemKind::conflict);
    bench.database.read([&](db::Connection& c) {
      CHECK(find_account(c, id)->name == "First");
      CHECK(grants_of(c, id).size() == 1);
    });
    CHECK(bench.audit()[0].entry.sentence ==
          "Changed the account Post a (a@example.org), now called First: Panel member for every area became Auditor "
          "for every area.");
  });
}

TEST_CASE("changing one's password needs the present one and ends the other sessions") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    REQUIRE(bench.enter("a@example.org"));
    const Result<SignedIn> here = bench.enter("a@example.org");
    const Actor actor = bench.actor_of(id);
    Visit doing = bench.by(actor);
    doing.session_key = hash_of_token(here->secret.reveal());
    CHECK(change_password(doing, Secret("wrong wrong wrong"), Secret(kOther)).error().fields[0].field ==
          "present-password");
    CHECK(change_password(doing, Secret(kPassword), Secret("short")).error().fields[0].field == "password");
    REQUIRE(change_password(doing, Secret(kPassword), Secret(kOther)));
    CHECK(bench.sessions(id) == 1);
    CHECK(bench.enter("a@example.org", kOther));
    CHECK_FALSE(bench.enter("a@example.org"));
    for (int i = 0; i < 5; ++i) (void)change_password(doing, Secret("wrong wrong wrong"), Secret(kPassword));
    CHECK(change_password(doing, Secret(kOther), Secret(kPassword)).error().kind == ProblemKind::unavailable);
    CHECK_FALSE(change_password(bench.by(bench.nobody), Secret(kOther), Secret(kPassword)));
  });
}

TEST_CASE("signing out, here and everywhere") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    for (int i = 0; i < 3; ++i) REQUIRE(bench.enter("a@example.org"));
    const Result<SignedIn> here = bench.enter("a@example.org");
    const Actor actor = bench.actor_of(id);
    Visit doing = bench.by(actor);
    doing.session_key = hash_of_token(here->secret.reveal());
    REQUIRE(sign_out(doing));
    CHECK(bench.sessions(id) == 3);
    REQUIRE(sign_out(doing));
    CHECK(bench.audit("identity.sign-out").size() == 1);
    REQUIRE(sign_out_everywhere(doing));
    CHECK(bench.sessions(id) == 0);
  });
}

TEST_CASE("a hash of an older cost is made again at sign-in") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const std::string cheap = hash_password(Secret(kPassword), {1, 8 * 1024 * 1024});
    REQUIRE(bench.database.write([&](db::Transaction& t) -> Status {
      replace_hash(t, id, cheap);
      return {};
    }));
    REQUIRE(bench.enter("a@example.org"));
    bench.database.read([&](db::Connection& c) { CHECK_FALSE(needs_rehash(find_account(c, id)->password_hash)); });
    CHECK(bench.enter("a@example.org"));
  });
}

TEST_CASE("no secret reaches the audit, and its chain is whole") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const Result<Token> link = make_link(bench.by(bench.operator_), id);
    REQUIRE(set_password_by_link(bench.by(bench.nobody), link->secret, Secret(kOther)));
    const Result<SignedIn> session = bench.enter("a@example.org", kOther);
    (void)bench.enter("a@example.org", "wrong wrong wrong");
    for (const db::AuditRow& row : bench.audit())
      for (const std::string& text : {row.entry.sentence, row.entry.detail, row.entry.subject, row.entry.actor})
        for (const std::string_view secret :
             {std::string_view(kPassword), std::string_view(kOther), std::string_view("wrong wrong wrong"),
              link->secret.reveal(), session->secret.reveal(), std::string_view("argon2")})
          CHECK(text.find(secret) == std::string::npos);
    CHECK(check_audit(bench.database, bench.operator_) == static_cast<std::int64_t>(bench.audit().size()));
  });
}

TEST_CASE("the key of visitors' forms is made once") {
  on_each_engine([](Bench& bench) {
    const Result<Secret> first = form_key(bench.database);
    const Result<Secret> second = form_key(bench.database);
    REQUIRE(first);
    CHECK(first->reveal().size() == 64);
    CHECK(first->reveal() == second->reveal());
  });
}

TEST_CASE("a grant may be for a body of the register: known, named in the audit, and kept as such") {
  on_each_engine([](Bench& bench) {
    // As in the program, names come from the same store: asked within the command's transaction, they would be a fault.
    const Organisations organisations{.of = [&bench](std::string_view code) -> std::optional<Organisation> {
      bench.database.read([](db::Connection&) {});
      if (code != "leeds-csp") return std::nullopt;
      return Organisation{"leeds-csp", "Leeds Partnership", "community safety partnership", ""};
    }};
    const Result<Token> refused =
        create_account(bench.by(bench.operator_),
                       {"a@example.org", "A", {{Role::partnership_manager, "body:nobody", ""}}, {}}, {}, organisations);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields.front().field == "organisation");
    const Result<Token> made = create_account(
        bench.by(bench.operator_), {"a@example.org", "A", {{Role::partnership_manager, "body:leeds-csp", ""}}, {}}, {},
        organisations);
    REQUIRE(made);
    CHECK(bench.audit()[0].entry.sentence ==
          "Created the account A (a@example.org) with Partnership manager of Leeds Partnership (leeds-csp) where its "
          "organisation is.");
    CHECK(bench.actor_of(made->account_id).grants().front().organisation == "body:leeds-csp");
    CHECK_FALSE(change_account(bench.by(bench.operator_), made->account_id, 1, "A",
                               {{Role::partnership_manager, "body:nobody", ""}}, {}, organisations));
    REQUIRE(change_account(bench.by(bench.operator_), made->account_id, 1, "A",
                           {{Role::partnership_manager, "Leeds", ""}}, {}, organisations));
    CHECK(bench.audit()[0].entry.sentence.find("of Leeds Partnership (leeds-csp) where its organisation is became "
                                               "Partnership manager of Leeds for every area.") != std::string::npos);
  });
}

TEST_CASE("who is behind an audit name is told by the account's name") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("analyst@example.org");
    CHECK(person_of(bench.database, "account:" + std::to_string(id)) == "Post analyst");
    for (const char* other : {"account:999", "account:", "account:1x", "system", "command line", ""})
      CHECK(person_of(bench.database, other) == other);
  });
}
