#include "slices/identity/domain.h"

#include <doctest/doctest.h>

#include <rapidcheck.h>

#include "slices/identity/passwords.h"

using namespace tithing;
using namespace tithing::identity;

namespace {
bool may_be(std::string_view password) {
  return check_password(password, "manager@example.org", "Partnership manager").has_value();
}
Instant at(std::int64_t minutes) { return {1'800'000'000'000 + minutes * kMinute}; }
std::vector<Instant> every_minute(int count) {
  std::vector<Instant> times;
  for (int i = 0; i < count; ++i) times.push_back(at(i));
  return times;
}
}  // namespace

TEST_CASE("passwords that may be chosen") {
  for (const char* password : {"otter bicycle Tuesday", "correct marmalade", "g7#kQ!x92mLp", "lleuad wen dros y môr",
                               "密码密码密码一二三四五六七", "83719405628174"}) {
    CAPTURE(password);
    CHECK(may_be(password));
  }
}

TEST_CASE("passwords that may not: short, long, guessed first, one's own address, name or the product's") {
  CHECK_FALSE(may_be("short"));
  CHECK_FALSE(may_be("elevenchars"));
  CHECK(may_be("twelve chars"));
  CHECK_FALSE(may_be(std::string(500, 'x') + std::string(501, 'y')));
  CHECK(may_be("a certain beginning" + std::string(900, 'x')));
  for (const char* password :
       {"password1234",        "Password2024!",  "P4ssw0rd!!!!!",      "letmeinplease",
        "LetMeIn123456",       "qwertyuiop12",   "123456789012",       "987654321098",
        "abcdefghijklm",       "aaaaaaaaaaaa",   "abcabcabcabc",       "passwordpassword",
        "12345password",       "Manchester2024", "communitysafety1",   "correcthorsebatterystaple",
        "tithing12345",        "TithingTithing", "tithing-tithing-1",  "manager@example.org",
        "Manager@Example.org", "manager12345!",  "Partnership manager"}) {
    CAPTURE(password);
    CHECK_FALSE(may_be(password));
  }
  CHECK_FALSE(may_be("not utf-8 \xff\xfe\xfd at all"));
}

TEST_CASE("a refused password names the field and says what to do") {
  const Status refused = check_password("short", "", "");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ProblemKind::invalid);
  REQUIRE(refused.error().fields.size() == 1);
  CHECK(refused.error().fields[0].field == "password");
  CHECK(refused.error().fields[0].message.find("at least 12 characters") != std::string::npos);
  CHECK(refused.error().message.find("short") == std::string::npos);
}

TEST_CASE("property: no password of fewer than 12 characters, whatever it holds") {
  CHECK(rc::check([] {
    const auto password = *rc::gen::resize(11, rc::gen::string<std::string>());
    RC_PRE(password.size() < 12U);
    RC_ASSERT_FALSE(may_be(password));
  }));
}

TEST_CASE("throttle: five attempts are free, then the wait doubles from the last one") {
  for (int count = 0; count < 5; ++count) CHECK(wait_before_attempt(every_minute(count), 5, at(count)) == 0);
  CHECK(wait_before_attempt(every_minute(5), 5, at(4)) == 1 * kMinute);
  CHECK(wait_before_attempt(every_minute(5), 5, at(5)) == 0);
  CHECK(wait_before_attempt(every_minute(6), 5, at(5)) == 2 * kMinute);
  CHECK(wait_before_attempt(every_minute(7), 5, at(6)) == 4 * kMinute);
  CHECK(wait_before_attempt(every_minute(8), 5, at(7)) == 8 * kMinute);
  CHECK(wait_before_attempt(every_minute(9), 5, at(8)) == 15 * kMinute);
  CHECK(wait_before_attempt(every_minute(14), 5, at(13)) == 15 * kMinute);
}

TEST_CASE("throttle: what is older than 15 minutes does not count") {
  CHECK(wait_before_attempt(every_minute(5), 5, at(15)) == 0);
  CHECK(wait_before_attempt({at(0), at(0), at(0), at(0), at(14)}, 5, at(14)) == 1 * kMinute);
  CHECK(wait_before_attempt({at(0), at(0), at(0), at(0), at(14)}, 5, at(15)) == 0);
}

TEST_CASE("throttle: a clock that goes back makes nobody wait for more than 15 minutes") {
  // Ten attempts, and the clock is set back by ten minutes, an hour, a month.
  CHECK(wait_before_attempt(every_minute(10), 5, at(0)) == 15 * kMinute);
  CHECK(wait_before_attempt({at(60), at(60), at(60), at(60), at(60)}, 5, at(0)) == 0);
  const std::int64_t month = 30 * 24 * 60;
  CHECK(wait_before_attempt({at(month), at(month), at(month), at(month), at(month)}, 5, at(0)) == 0);
  CHECK(rc::check([] {
    std::vector<Instant> made;
    for (int i = 0; i < 60; ++i) made.push_back({*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)});
    RC_ASSERT(wait_before_attempt(made, 5, {*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)}) <= kThrottleWindow);
  }));
}

TEST_CASE("throttle: who counts with whom") {
  const auto times = [](int count, const char* network, const char* device) {
    return std::vector<Attempt>(static_cast<std::size_t>(count), Attempt{at(0), network, device});
  };
  const auto waits = [](const std::vector<Attempt>& attempts, const std::vector<Instant>& of_network,
                        const char* network, const char* device) {
    return wait_before_sign_in(attempts, of_network, network, device, at(0)) > 0;
  };
  CHECK(waits(times(5, "here", ""), {}, "here", ""));
  CHECK_FALSE(waits(times(5, "there", ""), {}, "here", ""));
  CHECK_FALSE(waits(times(99, "there", ""), {}, "here", ""));
  CHECK(waits(times(100, "there", ""), {}, "here", ""));
  CHECK_FALSE(waits(times(100, "here", ""), std::vector<Instant>(50, at(0)), "here", "phone"));
  CHECK(waits(times(5, "there", "phone"), {}, "here", "phone"));
  CHECK_FALSE(waits(times(5, "here", "phone"), {}, "here", ""));
  CHECK_FALSE(waits(times(5, "here", "laptop"), {}, "here", "phone"));
  CHECK(waits({}, std::vector<Instant>(20, at(0)), "here", ""));
}

TEST_CASE("property: whoever waits as told makes at most 40 attempts in any hour") {
  CHECK(rc::check([] {
    std::vector<Instant> made;
    std::int64_t now = 1'800'000'000'000;
    for (int i = 0; i < 200; ++i) {
      now += *rc::gen::inRange<std::int64_t>(0, 30'000);
      now += wait_before_attempt(made, 5, {now});
      RC_ASSERT(wait_before_attempt(made, 5, {now}) == 0);
      made.push_back({now});
    }
    for (std::size_t i = 0; i + 40 < made.size(); ++i)
      RC_ASSERT(made[i + 40].milliseconds - made[i].milliseconds > kHour);
  }));
}

TEST_CASE("waits are said in minutes, rounded up") {
  CHECK(wait_text(1) == "1 minute");
  CHECK(wait_text(kMinute) == "1 minute");
  CHECK(wait_text(kMinute + 1) == "2 minutes");
}

TEST_CASE("links last 72 hours") {
  CHECK(link_is_valid(at(0), at(0)));
  CHECK(link_is_valid(at(0), at(72 * 60 - 1)));
  CHECK_FALSE(link_is_valid(at(0), at(72 * 60)));
  CHECK(link_is_valid(at(5), at(0)));  // clocks differ by so much
  CHECK_FALSE(link_is_valid(at(6), at(0)));
}

TEST_CASE("sessions last 12 hours unused and 7 days in any case") {
  CHECK(session_is_alive(at(0), at(0), at(12 * 60 - 1)));
  CHECK_FALSE(session_is_alive(at(0), at(0), at(12 * 60)));
  const std::int64_t week = 7 * 24 * 60;
  CHECK(session_is_alive(at(0), at(week - 2), at(week - 1)));
  CHECK_FALSE(session_is_alive(at(0), at(week - 2), at(week)));
  // Made while the clock was a month ahead, it would otherwise last a month longer.
  CHECK_FALSE(session_is_alive(at(30 * 24 * 60), at(30 * 24 * 60), at(0)));
  CHECK_FALSE(session_is_alive(at(0), at(30 * 24 * 60), at(1)));
  CHECK(session_is_alive(at(5), at(5), at(0)));
}

TEST_CASE("addresses, names, grants") {
  CHECK(normal_email("  Manager@Example.ORG ") == "manager@example.org");
  for (const char* good :
       {"a@b", "manager.north-worcestershire@demonstration.invalid", "o'neill+csp@example.gov.wales"})
    CHECK(check_email(good));
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b,c@d", "a@b\r\nBcc: x", "<a@b>"})
    CHECK_FALSE(check_email(bad));
  CHECK_FALSE(check_name("  "));
  CHECK_FALSE(check_name("a\nb"));
  CHECK(check_name("Rheolwr partneriaeth, Sir Gâr"));
  CHECK(check_grant({Role::partnership_manager, "Wyre Forest", "E22000368"}));
  CHECK(check_grant({Role::partnership_manager, "", "X-bromsgrove-csp"}));
  CHECK_FALSE(check_grant({Role::partnership_manager, "", "E22 000368"}));
  CHECK_FALSE(check_grant({Role::partnership_manager, "", "'; DROP TABLE account"}));
  CHECK_FALSE(check_grant({Role::system_administrator, "", "E22000368"}));
}

TEST_CASE("somebody must remain to administer") {
  CHECK(keep_an_administrator(1));
  const Status refused = keep_an_administrator(0);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ProblemKind::forbidden);
}

TEST_CASE("passwords are kept as Argon2id and checked") {
  const HashCost cheap{1, 8 * 1024 * 1024};
  const std::string hash = hash_password(Secret("otter bicycle Tuesday"), cheap);
  CHECK(hash.rfind("$argon2id$", 0) == 0);
  CHECK(hash.find("otter") == std::string::npos);
  CHECK(verify_password(Secret("otter bicycle Tuesday"), hash, cheap));
  CHECK_FALSE(verify_password(Secret("otter bicycle tuesday"), hash, cheap));
  CHECK_FALSE(verify_password(Secret(""), hash, cheap));
  CHECK_FALSE(verify_password(Secret("otter bicycle Tuesday"), "", cheap));
  CHECK_FALSE(verify_password(Secret("otter bicycle Tuesday"), "not a hash", cheap));
  CHECK(hash_password(Secret("otter bicycle Tuesday"), cheap) != hash);
}

TEST_CASE("the cost is two passes over 19 MiB; a hash of another cost is made again") {
  const std::string hash = hash_password(Secret("otter bicycle Tuesday"));
  CHECK(hash.find("$m=19456,t=2,p=1$") != std::string::npos);
  CHECK_FALSE(needs_rehash(hash));
  CHECK(needs_rehash(hash_password(Secret("x"), {1, 8 * 1024 * 1024})));
}
