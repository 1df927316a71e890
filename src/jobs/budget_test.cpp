#include "jobs/budget.h"

#include <doctest/doctest.h>

using namespace tithing::jobs;

namespace {

constexpr std::int64_t kSecond = 1'000, kWindow = 600 * kSecond;

// Two pieces at once and 100 seconds of work for an account, three and 150 for an address, in ten minutes.
Budget budget() { return Budget(Limits{{2, 100}, {3, 150}, 600}); }

}  // namespace

TEST_CASE("so many pieces at once, by account and by address, and each sentence says which") {
  Budget all = budget();
  for (int i = 0; i < 2; ++i) {
    CHECK_FALSE(all.refusal("account:1", "192.0.2.1", 0));
    all.begin("account:1", "192.0.2.1");
  }
  const auto third = all.refusal("account:1", "192.0.2.9", 0);  // another address is no way round
  REQUIRE(third);
  CHECK(third->status == 429);
  CHECK(third->retry_after > 0);
  CHECK(third->sentence.find("You have 2 pieces of long work") == 0);
  // Another account from the same address: one more, then the address is full.
  CHECK_FALSE(all.refusal("account:2", "192.0.2.1", 0));
  all.begin("account:2", "192.0.2.1");
  const auto full = all.refusal("account:3", "192.0.2.1", 0);
  REQUIRE(full);
  CHECK(full->sentence.find("From your network address 3 pieces") == 0);
  CHECK_FALSE(all.refusal("account:3", "192.0.2.2", 0));
  all.end("account:1", "192.0.2.1", 5 * kSecond, 5 * kSecond);
  CHECK_FALSE(all.refusal("account:1", "192.0.2.1", 5 * kSecond));
}

TEST_CASE("so much time in a window, which comes back evenly") {
  Budget all = budget();
  const auto work = [&](const char* account, std::int64_t seconds, std::int64_t now) {
    all.begin(account, "192.0.2.1");
    all.end(account, "192.0.2.1", seconds * kSecond, now);
  };
  work("account:1", 99, 0);
  CHECK_FALSE(all.refusal("account:1", "192.0.2.1", 0));
  work("account:1", 21, 0);  // what has begun is never cut short by the budget: it counts afterwards
  const auto over = all.refusal("account:1", "192.0.2.1", 0);
  REQUIRE(over);
  CHECK(over->status == 429);
  // 120 of 100 seconds used: the 20 are forgotten in a fifth of the window.
  CHECK(over->retry_after == 125);
  CHECK(all.refusal("account:1", "192.0.2.1", 119 * kSecond));
  CHECK_FALSE(all.refusal("account:1", "192.0.2.1", 121 * kSecond));
  CHECK_FALSE(all.refusal("account:1", "192.0.2.1", over->retry_after * kSecond));
  // The address sums its accounts.
  work("account:2", 90, 121 * kSecond);
  const auto address = all.refusal("account:3", "192.0.2.1", 121 * kSecond);
  REQUIRE(address);
  CHECK(address->sentence.find("Your network address has used up") == 0);
  CHECK_FALSE(all.refusal("account:3", "192.0.2.2", 121 * kSecond));
}

TEST_CASE("it remembers nobody who has not been here for a window, and a clock that goes back takes nothing away") {
  Budget all = budget();
  for (int i = 0; i < 1'000; ++i) {
    const std::string account = "account:" + std::to_string(i), address = "198.51.100." + std::to_string(i);
    all.begin(account, address);
    all.end(account, address, 1, 0);
  }
  CHECK(all.known() == 2'000);
  CHECK_FALSE(all.refusal("account:1", "198.51.100.1", kWindow + 1));
  CHECK(all.known() <= 2);
  Budget back = budget();
  back.begin("account:1", "a");
  back.end("account:1", "a", 120 * kSecond, kWindow);
  CHECK(back.refusal("account:1", "a", 0));
}
