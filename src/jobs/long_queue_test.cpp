#include "jobs/long_queue.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "base/log.h"
#include "jobs_migrations.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::jobs;

namespace {

constexpr int kLong = 20'000;  // milliseconds: a test that fails, not one that waits

void pause(int milliseconds = 2) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

bool soon(const std::function<bool()>& condition) {
  for (int i = 0; i < kLong / 2; ++i) {
    if (condition()) return true;
    pause();
  }
  return false;
}

// What happened to one question.
struct Asked {
  std::atomic<bool> go_on{false};  // the work ends when this is set, or when it is stopped
  std::atomic<int> begun{0}, answered{0}, left{0}, dropped{0};
  std::atomic<std::int64_t> job{0};
  std::atomic<int> status{0};
};

struct Queueing {
  PermissionTable table;
  FakeClock clock{Date::from_ymd(2022, 11, 30)};
  Runner runner;
  LongQueue queue;

  Queueing(db::Database& database, LongQueue::Configuration configuration)
      : runner(database, clock, {.write_every_milliseconds = 5}), queue(runner, configuration) {
    log::set_quiet(true);
    table.add(kSeeAllJobs, {Role::system_administrator});
  }
  Actor account(std::int64_t id) const {
    return Actor::account(id, "Analyst", {Grant::everywhere(Role::performance_analyst)}, table);
  }
  LongAnswer ask(Asked& asked, std::int64_t account_id = 1, const std::string& address = "192.0.2.1") {
    return queue.ask({"Clusters of York", account(account_id), address,
                      [&asked]() -> LongAsk::Ended {
                        ++asked.begun;
                        for (int i = 0; !asked.go_on; ++i) {
                          report_work(i, 1'000'000, "Simulating");
                          check_stop();
                          pause(1);
                        }
                        ++asked.answered;
                        return {{}, "/figures/scan-cluster?area=E22000372"};
                      },
                      [&asked](std::int64_t job) {
                        asked.job = job;
                        ++asked.left;
                      },
                      [&asked](const Refusal& why) {
                        asked.status = why.status;
                        ++asked.dropped;
                      }});
  }
};

LongQueue::Configuration with(int workers, std::size_t waiting, int job_after_ms) {
  return {.workers = workers, .waiting = waiting, .job_after_ms = job_after_ms, .limits = {{100, 1'000}, {100, 1'000}}};
}

}  // namespace

TEST_CASE("never more at once than there are workers, what is too much is refused with when to come again") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    Queueing house(database, with(2, 3, kLong));
    Asked asked[6];
    for (int i = 0; i < 2; ++i) CHECK(house.ask(asked[i]).taken());
    REQUIRE(soon([&] { return asked[0].begun == 1 && asked[1].begun == 1; }));
    for (int i = 2; i < 5; ++i) CHECK(house.ask(asked[i]).taken());
    const auto sixth = house.ask(asked[5]);
    REQUIRE_FALSE(sixth.taken());
    CHECK(sixth.refused->status == 503);
    CHECK(sixth.refused->retry_after > 0);
    pause(50);
    CHECK(house.queue.state().under_way == 2);
    CHECK(house.queue.state().waiting == 3);
    for (Asked& one : asked) one.go_on = true;
    REQUIRE(house.queue.wait_until_idle(kLong));
    CHECK(house.queue.state().most_under_way == 2);
    for (int i = 0; i < 5; ++i) CHECK(asked[i].answered == 1);
    CHECK(asked[5].begun == 0);
    CHECK(house.runner.count(house.account(1), false) == 0);  // none of them took long
  });
}

TEST_CASE("nobody waits: what is under way ends at its next check, what waits never begins") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    Queueing house(database, with(1, 3, kLong));
    Asked first, second, third;
    const auto under_way = house.ask(first), waiting = house.ask(second);
    REQUIRE(under_way.taken());
    REQUIRE(waiting.taken());
    REQUIRE(house.ask(third).taken());
    REQUIRE(soon([&] { return first.begun == 1; }));
    house.queue.nobody_waits(waiting.effort);
    CHECK(house.queue.state().waiting == 1);
    house.queue.nobody_waits(under_way.effort);
    REQUIRE(soon([&] { return third.begun == 1; }));  // the worker is free again
    CHECK(first.answered == 0);
    CHECK(second.begun == 0);
    third.go_on = true;
    REQUIRE(house.queue.wait_until_idle(kLong));
    CHECK(house.queue.state().stopped == 2);
    house.queue.nobody_waits(under_way.effort);  // long over
  });
}

TEST_CASE("who has waited is shown a job, which goes on without anybody, tells how far it is and has its result") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    Queueing house(database, with(1, 3, 30));
    Asked asked, behind;
    const auto effort = house.ask(asked);
    REQUIRE(effort.taken());
    REQUIRE(house.ask(behind).taken());
    REQUIRE(soon([&] { return asked.left == 1; }));
    REQUIRE(soon([&] { return behind.left == 1; }));  // one that still waits has waited as long
    CHECK(behind.begun == 0);
    house.queue.nobody_waits(effort.effort);  // who was shown the job has gone to its page
    const Actor mine = house.account(1);
    REQUIRE(soon([&] {
      const auto job = house.runner.find(asked.job, mine);
      return job && job->done > 3 && job->message == "Simulating";
    }));
    CHECK(house.runner.find(asked.job, mine)->title == "Clusters of York");
    CHECK_FALSE(house.runner.find(asked.job, house.account(2)));  // nobody else's
    asked.go_on = true;
    REQUIRE(soon([&] { return house.runner.find(asked.job, mine)->state == State::done; }));
    CHECK(house.runner.find(asked.job, mine)->result_url == "/figures/scan-cluster?area=E22000372");
    // Stopped from its page, and by nobody else.
    REQUIRE(soon([&] { return behind.begun == 1; }));
    CHECK_FALSE(house.runner.cancel(behind.job, house.account(2)));
    CHECK(house.runner.cancel(behind.job, mine));
    REQUIRE(soon([&] { return house.runner.find(behind.job, mine)->state == State::cancelled; }));
    CHECK(behind.answered == 0);
    REQUIRE(house.queue.wait_until_idle(kLong));
  });
}

TEST_CASE("a budget for each account and each address") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    LongQueue::Configuration configuration = with(1, 30, kLong);
    configuration.limits = {{2, 1'000}, {3, 1'000}};
    Queueing house(database, configuration);
    Asked asked[6];
    CHECK(house.ask(asked[0], 1).taken());
    CHECK(house.ask(asked[1], 1).taken());
    const auto third = house.ask(asked[2], 1, "192.0.2.77");
    REQUIRE_FALSE(third.taken());
    CHECK(third.refused->status == 429);
    CHECK(house.ask(asked[3], 2).taken());
    CHECK_FALSE(house.ask(asked[4], 3).taken());
    CHECK(house.ask(asked[5], 3, "192.0.2.77").taken());
    CHECK(house.queue.state().refused == 2);
    for (Asked& one : asked) one.go_on = true;
    REQUIRE(house.queue.wait_until_idle(kLong));
    CHECK(house.ask(asked[2], 1).taken());
    REQUIRE(house.queue.wait_until_idle(kLong));
  });
}

TEST_CASE("a fault, work that never ends, and the end of the program: whoever waits hears of each") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    LongQueue::Configuration configuration = with(1, 3, kLong);
    configuration.longest_ms = 60;
    Queueing house(database, configuration);
    Asked endless;
    REQUIRE(house.ask(endless).taken());
    REQUIRE(soon([&] { return endless.dropped == 1; }));
    CHECK(endless.status == 503);
    std::atomic<int> told{0};
    REQUIRE(house.queue
                .ask({"One that fails", house.account(1), "192.0.2.1",
                      []() -> LongAsk::Ended { throw std::runtime_error("a fault"); }, [](std::int64_t) {},
                      [&](const Refusal&) { ++told; }})
                .taken());
    REQUIRE(soon([&] { return told == 1; }));
    Asked under_way, waiting, late;
    REQUIRE(house.ask(under_way).taken());
    REQUIRE(house.ask(waiting).taken());
    house.queue.stop();
    CHECK(under_way.dropped == 1);
    CHECK(waiting.dropped == 1);
    CHECK(waiting.begun == 0);
    REQUIRE_FALSE(house.ask(late).taken());
    house.queue.stop();
  });
}
