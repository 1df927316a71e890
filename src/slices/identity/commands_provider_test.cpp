#include "slices/identity/commands_provider.h"

#include "slices/identity/bench_for_tests.h"
#include "slices/identity/commands_second_factor.h"
#include "slices/identity/readings.h"

using namespace tithing;
using namespace tithing::identity;

namespace {

const char* const kIssuer = "https://login.example.org";

oidc::Claims person(const std::string& subject, const std::string& email, bool verified = true) {
  return {kIssuer, subject, email, verified, "Sam Example", false};
}

Result<SignedIn> enter(Bench& bench, const oidc::Claims& claims, bool new_accounts = false) {
  return sign_in_by_provider(bench.by(bench.nobody), claims, new_accounts);
}

}  // namespace

TEST_CASE("provider: the account of a verified address is linked once; from then on the subject counts") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const Result<SignedIn> in = enter(bench, person("1", "A@Example.org"));
    REQUIRE(in);
    CHECK(in->account_id == id);
    CHECK_FALSE(in->secret.empty());
    CHECK_FALSE(in->device.empty());
    CHECK(bench.audit()[0].entry.sentence ==
          "Post a (a@example.org) signed in with an account of https://login.example.org, linked to it by the verified "
          "e-mail address.");
    CHECK(bench.audit()[0].entry.actor == "account:" + std::to_string(id));
    CHECK(enter(bench, person("1", ""))->account_id == id);
    CHECK(bench.audit()[0].entry.sentence ==
          "Post a (a@example.org) signed in with an account of https://login.example.org.");
    // Another person to whom the address went, or of another provider.
    CHECK(enter(bench, person("2", "a@example.org")).error().kind == ProblemKind::forbidden);
    oidc::Claims elsewhere = person("1", "");
    elsewhere.issuer = "https://other.example";
    CHECK(enter(bench, elsewhere).error().kind == ProblemKind::forbidden);
    CHECK(subjects_of(bench.database, id).size() == 1);
  });
}

TEST_CASE("provider: nobody else comes in, and nothing is kept of them") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const std::size_t before = bench.audit().size();
    CHECK(enter(bench, person("1", "a@example.org", false)).error().kind == ProblemKind::forbidden);
    CHECK(enter(bench, person("1", "x@example.org")).error().kind == ProblemKind::forbidden);
    CHECK(enter(bench, person("1", "x@example.org", false), true).error().kind == ProblemKind::forbidden);
    CHECK(enter(bench, person("1", "not an address"), true).error().kind == ProblemKind::forbidden);
    CHECK(bench.audit().size() == before);
    REQUIRE(suspend_account(bench.by(bench.operator_), id));
    CHECK(enter(bench, person("1", "a@example.org")).error().kind == ProblemKind::forbidden);
    CHECK(enter(bench, person("1", "a@example.org"), true).error().kind == ProblemKind::forbidden);
    CHECK(subjects_of(bench.database, id).empty());
  });
}

TEST_CASE("provider: where it is configured so, a stranger gets an account without a role") {
  on_each_engine([](Bench& bench) {
    const Result<SignedIn> in = enter(bench, person("1", "New@example.org"), true);
    REQUIRE(in);
    bench.database.read([&](db::Connection& c) {
      const auto account = find_account(c, in->account_id);
      REQUIRE(account);
      CHECK(account->email == "new@example.org");
      CHECK(account->name == "Sam Example");
      CHECK(account->password_hash.empty());
      CHECK(grants_of(c, account->id).empty());
    });
    CHECK(enter(bench, person("1", "")).value().account_id == in->account_id);
    CHECK(account(bench.database, bench.operator_, bench.now, in->account_id)->can_come_in());
  });
}

TEST_CASE("provider: the second factor is asked for as after a password, unless the provider asked for one") {
  on_each_engine([](Bench& bench) {
    bench.add("a@example.org", Role::auditor);
    REQUIRE(require_second_factor(bench.by(bench.operator_), {Role::auditor}));
    const Result<SignedIn> waiting = enter(bench, person("1", "a@example.org"));
    REQUIRE(waiting);
    CHECK(waiting->next == SignedIn::Next::enrolment);
    CHECK(waiting->secret.empty());
    oidc::Claims claims = person("1", "a@example.org");
    claims.several_factors = true;
    CHECK_FALSE(enter(bench, claims)->secret.empty());
  });
}

TEST_CASE("provider: administrators link and take away, with their audit rows") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const std::int64_t other = bench.add("b@example.org");
    CHECK(link_subject(bench.by(bench.actor_of(id)), id, kIssuer, "7").error().kind == ProblemKind::forbidden);
    CHECK(link_subject(bench.by(bench.operator_), 999, kIssuer, "7").error().kind == ProblemKind::not_found);
    CHECK(link_subject(bench.by(bench.operator_), id, kIssuer, " ").error().fields[0].field == "subject");
    REQUIRE(link_subject(bench.by(bench.operator_), id, kIssuer, " 7 "));
    CHECK(bench.audit()[0].entry.sentence == "Linked Post a (a@example.org) with 7 of https://login.example.org.");
    REQUIRE(link_subject(bench.by(bench.operator_), id, kIssuer, "7"));
    CHECK(bench.audit("identity.link-subject").size() == 1);
    CHECK(link_subject(bench.by(bench.operator_), other, kIssuer, "7").error().kind == ProblemKind::conflict);
    CHECK(enter(bench, person("7", "whatever@example.org", false))->account_id == id);
    CHECK(bench.sessions(id) == 1);
    REQUIRE(unlink_subject(bench.by(bench.operator_), id, kIssuer, "7"));
    CHECK(bench.sessions(id) == 0);
    CHECK(bench.audit()[0].entry.sentence ==
          "Post a (a@example.org) is no longer 7 of https://login.example.org; ended 1 session.");
    CHECK(enter(bench, person("7", "")).error().kind == ProblemKind::forbidden);
    CHECK_FALSE(unlink_subject(bench.by(bench.actor_of(id)), id, kIssuer, "7"));
  });
}
