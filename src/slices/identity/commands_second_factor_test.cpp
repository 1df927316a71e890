#include "slices/identity/commands_second_factor.h"

#include "slices/identity/bench_for_tests.h"
#include "slices/identity/one_time_codes.h"
#include "slices/identity/session_source.h"
#include "slices/identity/store_second_factor.h"

using namespace tithing;
using namespace tithing::identity;

namespace {

const Secret kKey = key_of("12345678901234567890");

std::string code_now(const Bench& bench, std::int64_t steps_later = 0) {
  return code_of_step(*bytes_of(kKey), step_of(bench.now) + steps_later);
}

// An account with a second factor, and its recovery codes.
struct Protected {
  std::int64_t id = 0;
  std::vector<std::string> recovery_codes;
};
Protected protect(Bench& bench, const std::string& email) {
  Protected made{bench.add(email), {}};
  const Actor actor = bench.actor_of(made.id);
  Visit visit = bench.by(actor);
  visit.session_key = hash_of_token(bench.enter(email)->secret.reveal());
  const Result<Enrolled> done = enrol(visit, kKey, code_now(bench));
  REQUIRE(done);
  CHECK(done->in.secret.empty());
  made.recovery_codes = done->recovery_codes;
  return made;
}

Result<SignedIn> with_code(Bench& bench, const SignedIn& waiting, const std::string& code) {
  Visit visit = bench.by(bench.nobody);
  visit.device = bench.device;
  return sign_in_with_code(visit, waiting.step, code);
}

// Whether the session opens anything.
bool is_open(Bench& bench, const Secret& session) {
  FakeClock clock(bench.now.date());
  clock.advance_milliseconds(bench.now.milliseconds - clock.now().milliseconds);
  db::Database* const database = &bench.database;
  const Clock* const time = &clock;
  return StoredSessions(database, time, bench.table).find(session.reveal()).has_value();
}

}  // namespace

TEST_CASE("with a second factor a right password opens nothing; the code does, and each code once") {
  on_each_engine([](Bench& bench) {
    const Protected own = protect(bench, "a@example.org");
    CHECK(own.recovery_codes.size() == 10);
    bench.now.milliseconds += kMinute;
    const Result<SignedIn> waiting = bench.enter("a@example.org");
    REQUIRE(waiting);
    CHECK(waiting->next == SignedIn::Next::code);
    CHECK(waiting->secret.empty());
    CHECK(waiting->device.empty());
    CHECK(bench.sessions(own.id) == 1);  // the one in which it was set up
    CHECK(waiting_sign_in(bench.database, bench.now, waiting->step)->email == "a@example.org");
    CHECK(with_code(bench, *waiting, "000000").error().fields[0].field == "code");
    CHECK(with_code(bench, *waiting, "").error().kind == ProblemKind::invalid);
    const Result<SignedIn> in = with_code(bench, *waiting, code_now(bench).insert(3, " "));
    REQUIRE(in);
    CHECK(is_open(bench, in->secret));
    CHECK(bench.audit()[0].entry.sentence == "Post a (a@example.org) signed in with a code of the app.");
    CHECK(bench.audit()[0].entry.actor == "account:" + std::to_string(own.id));
    CHECK(with_code(bench, *waiting, code_now(bench, 1)).error().kind == ProblemKind::not_found);  // it waits no more
    // The same code, seen over a shoulder, opens nothing; nor does the one before it.
    const Result<SignedIn> again = bench.enter("a@example.org");
    CHECK(with_code(bench, *again, code_now(bench)).error().kind == ProblemKind::invalid);
    CHECK(with_code(bench, *again, code_now(bench, -1)).error().kind == ProblemKind::invalid);
    CHECK(with_code(bench, *again, code_now(bench, 1)));
  });
}

TEST_CASE("a sign-in waits ten minutes for its second factor, and not past a suspension or another password") {
  on_each_engine([](Bench& bench) {
    const Protected own = protect(bench, "a@example.org");
    const Result<SignedIn> waiting = bench.enter("a@example.org");
    CHECK(waiting_sign_in(bench.database, bench.now, waiting->step));
    bench.now.milliseconds += kStepLifetime;
    CHECK_FALSE(waiting_sign_in(bench.database, bench.now, waiting->step));
    CHECK(with_code(bench, *waiting, code_now(bench)).error().kind == ProblemKind::not_found);
    CHECK_FALSE(waiting_sign_in(bench.database, bench.now, Secret("unknown")));
    CHECK_FALSE(waiting_sign_in(bench.database, bench.now, Secret()));
    const Result<SignedIn> second = bench.enter("a@example.org");
    REQUIRE(suspend_account(bench.by(bench.operator_), own.id));
    CHECK(with_code(bench, *second, code_now(bench)).error().kind == ProblemKind::not_found);
    REQUIRE(reinstate_account(bench.by(bench.operator_), own.id));
    const Result<SignedIn> third = bench.enter("a@example.org");
    REQUIRE(set_password_by_link(bench.by(bench.nobody), make_link(bench.by(bench.operator_), own.id)->secret,
                                 Secret(kOther)));
    CHECK(with_code(bench, *third, code_now(bench)).error().kind == ProblemKind::not_found);
    // A sign-in of the future, because the clock was set back, waits no longer than any.
    bench.now.milliseconds += kHour;
    const Result<SignedIn> fourth = bench.enter("a@example.org", kOther);
    bench.now.milliseconds -= kHour;
    CHECK_FALSE(waiting_sign_in(bench.database, bench.now, fourth->step));
  });
}

TEST_CASE("guessing codes: five, whatever networks they come from; a known device has its own") {
  on_each_engine([](Bench& bench) {
    protect(bench, "a@example.org");
    bench.now.milliseconds += kMinute;
    const Result<SignedIn> in = with_code(bench, *bench.enter("a@example.org"), code_now(bench));
    REQUIRE(in);
    bench.now.milliseconds += kMinute;
    const Result<SignedIn> waiting = bench.enter("a@example.org");
    for (int i = 0; i < 5; ++i) {
      bench.address = "203.0.113." + std::to_string(i);
      CHECK(with_code(bench, *waiting, "000000").error().kind == ProblemKind::invalid);
    }
    bench.address = "203.0.113.99";
    const Result<SignedIn> held = with_code(bench, *waiting, code_now(bench));
    CHECK(held.error().kind == ProblemKind::unavailable);
    CHECK(held.error().message.find("Wait 1 minute") != std::string::npos);
    CHECK(bench.audit("identity.sign-in-attempts")[0].entry.sentence ==
          "Attempt 5 within 15 minutes at the second factor of Post a (a@example.org).");
    bench.device = in->device;
    CHECK(with_code(bench, *waiting, code_now(bench)));
  });
}

TEST_CASE("recovery codes: each once, however it is typed; new ones end the earlier; no code is in the store") {
  on_each_engine([](Bench& bench) {
    const Protected own = protect(bench, "a@example.org");
    std::string typed = own.recovery_codes[0];
    typed[0] = static_cast<char>(std::toupper(typed[0]));
    REQUIRE(with_code(bench, *bench.enter("a@example.org"), " " + typed + " "));
    CHECK(bench.audit()[0].entry.sentence == "Post a (a@example.org) signed in with a recovery code, 9 are left.");
    CHECK_FALSE(with_code(bench, *bench.enter("a@example.org"), own.recovery_codes[0]));
    CHECK(second_factor_of(bench.database, own.id).recovery_codes == 9);
    const Actor actor = bench.actor_of(own.id);
    CHECK_FALSE(renew_recovery_codes(bench.by(actor), "000000"));
    bench.now.milliseconds += kMinute;
    const auto fresh = renew_recovery_codes(bench.by(actor), code_now(bench));
    REQUIRE(fresh);
    CHECK(second_factor_of(bench.database, own.id).recovery_codes == 10);
    CHECK_FALSE(with_code(bench, *bench.enter("a@example.org"), own.recovery_codes[1]));
    CHECK(with_code(bench, *bench.enter("a@example.org"), (*fresh)[1]));
    CHECK_FALSE(renew_recovery_codes(bench.by(bench.nobody), code_now(bench)));
  });
}

TEST_CASE("a role that needs a second factor: set up at the next sign-in, and no session goes on without") {
  on_each_engine([](Bench& bench) {
    const std::int64_t auditor = bench.add("a@example.org", Role::auditor);
    bench.add("m@example.org", Role::panel_member);
    const Result<SignedIn> open = bench.enter("a@example.org");
    const Result<SignedIn> member = bench.enter("m@example.org");
    CHECK(is_open(bench, open->secret));
    CHECK(require_second_factor(bench.by(bench.actor_of(auditor)), {Role::auditor}).error().kind ==
          ProblemKind::forbidden);
    REQUIRE(require_second_factor(bench.by(bench.operator_), {Role::auditor, Role::auditor}));
    CHECK(bench.audit()[0].entry.sentence == "These roles need a second factor: Auditor.");
    REQUIRE(require_second_factor(bench.by(bench.operator_), {Role::auditor}));
    CHECK(bench.audit("identity.require-second-factor").size() == 1);  // nothing was changed the second time
    CHECK_FALSE(is_open(bench, open->secret));
    CHECK(is_open(bench, member->secret));

    const Result<SignedIn> waiting = bench.enter("a@example.org");
    REQUIRE(waiting);
    CHECK(waiting->next == SignedIn::Next::enrolment);
    CHECK(waiting->secret.empty());
    CHECK_FALSE(waiting_sign_in(bench.database, bench.now, waiting->step)->enrolled);
    CHECK(with_code(bench, *waiting, "").error().kind == ProblemKind::invalid);
    CHECK(enrol_at_sign_in(bench.by(bench.nobody), waiting->step, kKey, "000000").error().fields[0].field == "code");
    CHECK_FALSE(enrol_at_sign_in(bench.by(bench.nobody), waiting->step, Secret("GEZDGNBV"), code_now(bench)));
    const Result<Enrolled> enrolled = enrol_at_sign_in(bench.by(bench.nobody), waiting->step, kKey, code_now(bench));
    REQUIRE(enrolled);
    CHECK(enrolled->recovery_codes.size() == 10);
    CHECK(is_open(bench, enrolled->in.secret));
    CHECK(bench.sessions(auditor) == 1);
    const Actor actor = bench.actor_of(auditor);
    bench.now.milliseconds += kMinute;
    CHECK(remove_second_factor(bench.by(actor), code_now(bench)).error().kind == ProblemKind::forbidden);
    // The role is not needed any more: it can go.
    REQUIRE(require_second_factor(bench.by(bench.operator_), {}));
    CHECK(remove_second_factor(bench.by(actor), "000000").error().kind == ProblemKind::invalid);
    CHECK(remove_second_factor(bench.by(actor), code_now(bench)));
    CHECK(bench.enter("a@example.org")->next == SignedIn::Next::in);
  });
}

TEST_CASE("an administrator resets the second factor of who lost it; the audit tells, and nobody else may") {
  on_each_engine([](Bench& bench) {
    const Protected own = protect(bench, "a@example.org");
    const Actor actor = bench.actor_of(own.id);
    CHECK(reset_second_factor(bench.by(actor), own.id).error().kind == ProblemKind::forbidden);
    CHECK(reset_second_factor(bench.by(bench.operator_), 999).error().kind == ProblemKind::not_found);
    REQUIRE(reset_second_factor(bench.by(bench.operator_), own.id));
    CHECK(bench.sessions(own.id) == 0);
    CHECK(bench.audit()[0].entry.sentence == "Reset the second factor of Post a (a@example.org) and ended 1 session.");
    CHECK_FALSE(second_factor_of(bench.database, own.id).enrolled);
    CHECK(second_factor_of(bench.database, own.id).recovery_codes == 0);
    CHECK(bench.enter("a@example.org")->next == SignedIn::Next::in);
    REQUIRE(reset_second_factor(bench.by(bench.operator_), own.id));
    CHECK(bench.audit("identity.reset-second-factor").size() == 1);
  });
}

TEST_CASE("a second factor is set up once, and ends the sessions that were opened without it") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    const Result<SignedIn> other = bench.enter("a@example.org");
    const Result<SignedIn> here = bench.enter("a@example.org");
    const Actor actor = bench.actor_of(id);
    Visit visit = bench.by(actor);
    visit.session_key = hash_of_token(here->secret.reveal());
    CHECK_FALSE(enrol(visit, kKey, "000000"));
    REQUIRE(enrol(visit, kKey, code_now(bench)));
    CHECK(is_open(bench, here->secret));
    CHECK_FALSE(is_open(bench, other->secret));
    bench.now.milliseconds += kMinute;
    CHECK(enrol(visit, kKey, code_now(bench)).error().kind == ProblemKind::conflict);
    CHECK(enrol(bench.by(bench.nobody), kKey, code_now(bench)).error().kind == ProblemKind::forbidden);
    CHECK(second_factor_of(bench.database, id).enrolled);
    // The role that needs one is given later: the session with a second factor goes on.
    REQUIRE(require_second_factor(bench.by(bench.operator_), {Role::panel_member}));
    CHECK(is_open(bench, here->secret));
  });
}
