// Guessing passwords: who has to wait, and who has not.
#include "slices/identity/bench_for_tests.h"

using namespace tithing;
using namespace tithing::identity;

TEST_CASE("throttle: the right password does not help while one has to wait, and another account is not held up") {
  on_each_engine([](Bench& bench) {
    bench.add("a@example.org");
    bench.add("b@example.org");
    for (int i = 0; i < 5; ++i) CHECK(bench.enter("a@example.org", kOther).error().kind == ProblemKind::invalid);
    const Result<SignedIn> held = bench.enter("a@example.org");
    REQUIRE_FALSE(held);
    CHECK(held.error().kind == ProblemKind::unavailable);
    CHECK(held.error().message.find("Wait 1 minute") != std::string::npos);
    CHECK(bench.enter("b@example.org"));
    bench.now.milliseconds += kMinute;
    CHECK(bench.enter("a@example.org"));
    // Success forgets the attempts.
    CHECK(bench.enter("a@example.org", kOther).error().kind == ProblemKind::invalid);
    CHECK(bench.enter("a@example.org"));
    // Every attempt from the fifth on leaves a sentence.
    CHECK(bench.audit("identity.sign-in-attempts").size() == 2);
  });
}

TEST_CASE("throttle: guesses from elsewhere keep nobody out, and the owner's success does not free the guesser") {
  on_each_engine([](Bench& bench) {
    bench.add("a@example.org");
    bench.address = "198.51.100.7";
    for (int i = 0; i < 5; ++i) CHECK(bench.enter("a@example.org", kOther).error().kind == ProblemKind::invalid);
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    bench.address = "192.0.2.1";
    CHECK(bench.enter("a@example.org"));
    bench.address = "198.51.100.7";
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    // Another address of the same /64 is the same subscriber.
    bench.address = "2001:db8:1:2::1";
    for (int i = 0; i < 5; ++i) CHECK(bench.enter("a@example.org", kOther).error().kind == ProblemKind::invalid);
    bench.address = "2001:db8:1:2:ffff::1";
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    bench.address = "2001:db8:1:3::1";
    CHECK(bench.enter("a@example.org"));
  });
}

TEST_CASE("throttle: a known device stays in while its network guesses, or many networks together; strangers wait") {
  on_each_engine([](Bench& bench) {
    bench.add("a@example.org");
    const Result<SignedIn> before = bench.enter("a@example.org");
    REQUIRE(before);
    const auto guess = [&](int attempts) {
      for (int i = 0; i < attempts; ++i) (void)bench.enter("a@example.org", kOther);
    };
    guess(6);
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    bench.device = before->device;
    const Result<SignedIn> in = bench.enter("a@example.org");
    REQUIRE(in);
    // The name of the device changes with each sign-in: an old one, which somebody may have seen, is nobody's.
    CHECK(in->device.reveal() != before->device.reveal());
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    // Twenty-one networks of five guesses each: from then on every stranger waits, wherever they are.
    bench.device = {};
    for (int network = 1; network <= 21; ++network) {
      bench.address = "203.0.113." + std::to_string(network);
      guess(5);
    }
    bench.address = "192.0.2.200";
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    bench.device = in->device;
    CHECK(bench.enter("a@example.org"));
  });
}

TEST_CASE("throttle: a device is free of others' guesses, not of its own; it is known to its accounts alone") {
  on_each_engine([](Bench& bench) {
    const std::int64_t id = bench.add("a@example.org");
    bench.add("b@example.org");
    bench.device = bench.enter("a@example.org")->device;
    for (int i = 0; i < 5; ++i) CHECK(bench.enter("a@example.org", kOther).error().kind == ProblemKind::invalid);
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    bench.now.milliseconds += kMinute;
    bench.device = bench.enter("a@example.org")->device;
    // At another account it is a stranger: its guesses there count for its network.
    for (int i = 0; i < 5; ++i) CHECK(bench.enter("b@example.org", kOther).error().kind == ProblemKind::invalid);
    CHECK(bench.enter("b@example.org").error().kind == ProblemKind::unavailable);
    const Secret known = bench.device;
    bench.device = {};
    CHECK(bench.enter("b@example.org").error().kind == ProblemKind::unavailable);
    // Whoever could have taken the account is known no more once its password is set anew.
    bench.device = known;
    REQUIRE(
        set_password_by_link(bench.by(bench.nobody), make_link(bench.by(bench.operator_), id)->secret, Secret(kOther)));
    bench.database.read([&](db::Connection& c) { CHECK_FALSE(device_is_known(c, hash_of_token(known.reveal()), id)); });
  });
}

TEST_CASE("throttle: a clock that goes back keeps nobody out") {
  on_each_engine([](Bench& bench) {
    bench.add("a@example.org");
    const std::int64_t month = 30 * 24 * kHour;
    bench.now.milliseconds += month;
    for (int i = 0; i < 8; ++i) (void)bench.enter("a@example.org", kOther);
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    bench.now.milliseconds -= month;
    CHECK(bench.enter("a@example.org"));
  });
}

TEST_CASE("throttle: an unknown address waits like a known one; one source cannot try many accounts") {
  on_each_engine([](Bench& bench) {
    bench.add("a@example.org");
    for (int i = 0; i < 5; ++i) CHECK(bench.enter("unknown@example.org").error().kind == ProblemKind::invalid);
    CHECK(bench.enter("unknown@example.org").error().kind == ProblemKind::unavailable);
    for (int i = 0; i < 15; ++i)
      CHECK(bench.enter("guess" + std::to_string(i) + "@example.org").error().kind == ProblemKind::invalid);
    CHECK(bench.enter("a@example.org").error().kind == ProblemKind::unavailable);
    bench.address = "198.51.100.7";
    CHECK(bench.enter("a@example.org"));
  });
}
