#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "base/log.h"
#include "base/translation.h"
#include "jobs/jobs.h"
#include "jobs_migrations.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::jobs;

namespace {

constexpr int kLong = 20'000;  // milliseconds: a test that fails, not one that waits

// Work that stands still where the test wants it.
class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    reached_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, std::chrono::milliseconds(kLong), [&] { return open_; });
  }
  bool reached() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::milliseconds(kLong), [&] { return reached_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool reached_ = false, open_ = false;
};

template <class Condition>
bool soon(Condition condition) {
  for (int i = 0; i < kLong / 5; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

struct People {
  PermissionTable table;
  Actor analyst, other, administrator;
  People() {
    table.add(kSeeAllJobs, {Role::system_administrator});
    analyst = Actor::account(1, "Analyst", {{Role::performance_analyst, "", ""}}, table);
    other = Actor::account(2, "Other", {{Role::performance_analyst, "", ""}}, table);
    administrator = Actor::account(3, "Administrator", {{Role::system_administrator, "", ""}}, table);
  }
};

const FakeClock& clock_of_test() {
  static const FakeClock clock(Date::from_ymd(2022, 11, 30));
  return clock;
}

}  // namespace

TEST_CASE("work that succeeds is done, with its result and its sentence") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 10});
    const auto id = runner.start(
        "evidence.import", "Import of 2022-11.zip", people.analyst,
        [](Progress& progress) -> Status {
          progress.report(3, 11, "Reading March");
          progress.result("/evidence/imports/4");
          progress.conclude("61,779 rows accepted.");
          return {};
        },
        "files");
    REQUIRE(id);
    REQUIRE(runner.wait_until_idle(kLong));
    const auto job = runner.find(*id, people.analyst);
    REQUIRE(job);
    CHECK(job->state == State::done);
    CHECK(job->done == 11);
    CHECK(job->of == 11);
    CHECK(job->unit == "files");
    CHECK(job->message == "61,779 rows accepted.");
    CHECK(job->result_url == "/evidence/imports/4");
    CHECK(job->started_by == "account:1");
    CHECK(job->started_by_name == "Analyst");
    CHECK(job->created.iso() == "2022-11-30T00:00:00.000Z");
    CHECK(job->started);
    CHECK(job->finished);
  });
}

TEST_CASE("a problem's sentence and a fault's apology end in a failed job") {
  log::set_quiet(true);
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 10});
    const auto refused = runner.start("a", "A", people.analyst, [](Progress&) -> Status {
      return invalid(tr("The zip is cut short. Download it again."));
    });
    const auto broken =
        runner.start("b", "B", people.analyst, [](Progress&) -> Status { throw std::runtime_error("/secret/path"); });
    const auto after = runner.start("c", "C", people.analyst, [](Progress&) -> Status { return {}; });
    REQUIRE(runner.wait_until_idle(kLong));
    CHECK(runner.find(*refused, people.analyst)->state == State::failed);
    CHECK(runner.find(*refused, people.analyst)->message == "The zip is cut short. Download it again.");
    CHECK(runner.find(*broken, people.analyst)->state == State::failed);
    CHECK(runner.find(*broken, people.analyst)->message.find("secret") == std::string::npos);
    CHECK(runner.find(*after, people.analyst)->state == State::done);  // the thread lives on
  });
}

TEST_CASE("progress can be seen here at once and from another process soon") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Gate gate;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 10});
    Runner elsewhere(database, clock_of_test(), {.write_every_milliseconds = 10});
    const auto id = runner.start("a", "A", people.analyst, [&](Progress& progress) -> Status {
      progress.report(4, 9, "Half way");
      gate.wait();
      return {};
    });
    REQUIRE(gate.reached());
    CHECK(runner.find(*id, people.analyst)->done == 4);
    CHECK(runner.list(people.analyst, false, 50, 0).at(0).message == "Half way");
    CHECK(soon([&] { return elsewhere.find(*id, people.analyst)->done == 4; }));
    CHECK(elsewhere.find(*id, people.analyst)->state == State::running);
    gate.open();
    CHECK(soon([&] { return elsewhere.find(*id, people.analyst)->state == State::done; }));
  });
}

TEST_CASE("reports are gathered, not written one by one") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Gate gate;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 600'000});
    Runner elsewhere(database, clock_of_test(), {.write_every_milliseconds = 600'000});
    const auto id = runner.start("a", "A", people.analyst, [&](Progress& progress) -> Status {
      for (int i = 0; i <= 100'000; ++i) progress.report(i, 100'000);
      gate.wait();
      return {};
    });
    REQUIRE(gate.reached());
    CHECK(runner.find(*id, people.analyst)->done == 100'000);
    CHECK(elsewhere.find(*id, people.analyst)->done == 0);  // the time to write has not come
    gate.open();
    REQUIRE(runner.wait_until_idle(kLong));
    CHECK(elsewhere.find(*id, people.analyst)->done == 100'000);
  });
}

TEST_CASE("reporting inside a transaction does not wait for the store") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Gate gate;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 5});
    const auto id = runner.start("a", "A", people.analyst, [&](Progress& progress) -> Status {
      return database.write([&](db::Transaction&) -> Status {
        for (int i = 1; i <= 20; ++i) {
          progress.report(i, 20);
          std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        gate.wait();
        return {};
      });
    });
    REQUIRE(gate.reached());
    CHECK(runner.find(*id, people.analyst)->done == 20);
    CHECK(runner.cancel(*id, people.analyst));  // nor does asking to stop
    gate.open();
    REQUIRE(runner.wait_until_idle(kLong));
    CHECK(runner.find(*id, people.analyst)->state == State::done);  // it did not ask
  });
}

TEST_CASE("jobs are one's own, administrators see all, nobody none") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 10});
    const auto work = [](Progress&) -> Status { return {}; };
    const auto mine = runner.start("a", "Mine", people.analyst, work);
    const auto theirs = runner.start("a", "Theirs", people.other, work);
    REQUIRE(runner.wait_until_idle(kLong));
    CHECK(runner.find(*mine, people.analyst));
    CHECK(runner.find(*theirs, people.analyst).error().kind == ProblemKind::not_found);
    CHECK(runner.find(*theirs, people.administrator));
    CHECK(runner.find(*mine, Actor::nobody()).error().kind == ProblemKind::not_found);
    CHECK(runner.find(999'999, people.administrator).error().kind == ProblemKind::not_found);
    CHECK(runner.count(people.analyst, false) == 1);
    CHECK(runner.count(people.analyst, true) == 1);  // asking for all does not give it
    CHECK(runner.list(people.analyst, true, 50, 0).size() == 1);
    CHECK(runner.count(people.administrator, true) == 2);
    CHECK(runner.list(people.administrator, true, 50, 0).at(0).title == "Theirs");  // newest first
    CHECK(runner.list(people.administrator, true, 1, 1).at(0).title == "Mine");
    CHECK(runner.list(people.administrator, false, 50, 0).empty());
    CHECK(runner.list(Actor::nobody(), true, 50, 0).empty());
    CHECK(runner.start("a", "A", Actor::nobody(), work).error().kind == ProblemKind::forbidden);
    CHECK(runner.cancel(*theirs, people.analyst).error().kind == ProblemKind::not_found);
    CHECK(runner.cancel(*mine, people.analyst).error().kind == ProblemKind::conflict);
  });
}

TEST_CASE("one works at a time, what waits can be stopped, what runs is asked") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Gate gate;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 10});
    bool second_ran = false;
    const auto first = runner.start("a", "First", people.analyst, [&](Progress& progress) -> Status {
      gate.wait();
      return progress.cancelled() ? Status(unavailable(tr("undone"))) : Status();
    });
    const auto second = runner.start("a", "Second", people.analyst, [&](Progress&) -> Status {
      second_ran = true;
      return {};
    });
    REQUIRE(gate.reached());
    CHECK(runner.find(*second, people.analyst)->state == State::queued);
    CHECK_FALSE(runner.wait_until_idle(20));
    CHECK(runner.cancel(*second, people.analyst));
    CHECK(runner.cancel(*first, people.administrator));
    gate.open();
    REQUIRE(runner.wait_until_idle(kLong));
    CHECK(runner.find(*first, people.analyst)->state == State::cancelled);
    CHECK(runner.find(*first, people.analyst)->message == "Stopped by Administrator; nothing was changed.");
    CHECK(runner.find(*second, people.analyst)->state == State::cancelled);
    CHECK_FALSE(second_ran);
  });
}

TEST_CASE("what a process that died has left is failed at the next start, with a sentence") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Gate gate;
    FakeClock clock(Date::from_ymd(2022, 11, 30));
    Runner died(database, clock, {.write_every_milliseconds = 600'000});  // so that it gives no sign of life
    const auto running = died.start("a", "Running", people.analyst, [&](Progress&) -> Status {
      gate.wait();
      return {};
    });
    const auto waiting = died.start("a", "Waiting", people.analyst, [](Progress&) -> Status { return {}; });
    REQUIRE(gate.reached());
    {
      Runner next(database, clock, {.write_every_milliseconds = 600'000});
      REQUIRE(soon([&] { return next.find(*running, people.analyst)->state == State::running; }));
      if (database.engine() == db::Engine::postgresql) {
        CHECK(*next.recover() == 0);  // the other may well live: it has just given a sign
        clock.advance_milliseconds(61'000);
      }
      CHECK(*next.recover() == 2);
      CHECK(*next.recover() == 0);
      CHECK(next.find(*running, people.analyst)->state == State::failed);
      CHECK(next.find(*running, people.analyst)->message ==
            "The program was stopped; nothing was changed. Start it again.");
      CHECK(next.find(*running, people.analyst)->finished);
      CHECK(next.find(*waiting, people.analyst)->message ==
            "The program was stopped before this began; nothing was changed. Start it again.");
    }
    gate.open();
    REQUIRE(died.wait_until_idle(kLong));
  });
}

TEST_CASE("a runner that is stopped asks its work to end and fails what waits") {
  test::for_each_engine(jobs_migrations(), [](db::Database& database) {
    const People people;
    Gate begun;
    Runner runner(database, clock_of_test(), {.write_every_milliseconds = 10});
    const auto running = runner.start("a", "Running", people.analyst, [&](Progress& progress) -> Status {
      begun.open();
      begun.wait();
      while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return unavailable(tr("undone"));
    });
    const auto waiting = runner.start("a", "Waiting", people.analyst, [](Progress&) -> Status { return {}; });
    REQUIRE(begun.reached());
    runner.stop();
    CHECK(runner.find(*running, people.analyst)->message ==
          "The program was stopped; nothing was changed. Start it again.");
    CHECK(runner.find(*waiting, people.analyst)->state == State::failed);
    CHECK(runner.start("a", "A", people.analyst, [](Progress&) -> Status { return {}; }).error().kind ==
          ProblemKind::unavailable);
  });
}
