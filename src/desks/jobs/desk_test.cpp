#include "desks/jobs/desk.h"

#include <doctest/doctest.h>

#include <condition_variable>
#include <mutex>

#include "support/store_support.h"

using namespace tithing;
using namespace tithing::jobs;

namespace {

// The desk with a runner on a fresh SQLite store.
struct House {
  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2022, 11, 30)};
  Wiring wiring;
  std::unique_ptr<db::Database> database;
  std::unique_ptr<Runner> runner;
  http::Request request;

  House() {
    register_desk(wiring);
    database = std::move(*db::Database::open({.location = Secret("" + folder.path() + "/store.db")}));
    REQUIRE(db::migrate(*database, wiring.migrations));
    wiring.clock = &clock;
    wiring.database = database.get();
    runner = std::make_unique<Runner>(*database, clock, Configuration{.write_every_milliseconds = 10});
    wiring.jobs = runner.get();
  }

  Actor person(std::int64_t id, Role role = Role::performance_analyst) {
    return Actor::account(id, "Person " + std::to_string(id), {{role, "", ""}}, wiring.permissions);
  }

  web::Answer ask(const std::string& method, const std::string& path, const Actor& actor, web::Fields query = {}) {
    const auto match = wiring.router.match(method, path);
    REQUIRE(match.route != nullptr);
    CHECK(match.route->access.kind() == web::Access::Kind::signed_in);
    request.method = method;
    request.path = path;
    request.target = path;
    web::Context context;
    context.request = &request;
    context.actor = actor;
    context.today = clock.today();
    context.now = clock.now();
    context.parameters = match.parameters;
    context.query = std::move(query);
    return match.route->handler(context);
  }
};

class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    reached_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
  }
  void until_reached() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return reached_; });
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

bool has(const web::Answer& answer, std::string_view text) { return answer.body.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("a job under way says how much is done and asks again by itself, until script takes over") {
  House house;
  Gate gate;
  const auto id = house.runner->start(
      "evidence.import", "Import of <b>2022-11.zip</b>", house.person(1),
      [&](Progress& progress) -> Status {
        progress.report(1234, 61779, "Reading North Yorkshire");
        gate.wait();
        progress.result("/evidence/imports/4");
        progress.conclude("61,779 rows accepted.");
        return {};
      },
      "rows");
  REQUIRE(id);
  gate.until_reached();
  const std::string path = page_of(*id).text();
  CHECK(path == "/jobs/" + std::to_string(*id));

  const web::Answer page = house.ask("GET", path, house.person(1));
  CHECK(page.status == 200);
  CHECK(page.header("Refresh") == "2");
  CHECK(page.header("Cache-Control") == "no-store");
  CHECK(has(page, "1,234 of 61,779 rows"));
  CHECK(has(page, "max=\"61779\" value=\"1234\""));
  CHECK(has(page, "Reading North Yorkshire"));
  CHECK(has(page, "&lt;b&gt;2022-11.zip"));
  CHECK_FALSE(has(page, "<b>2022"));
  CHECK(has(page, "data-running"));
  CHECK(has(page, "data-live=\"" + path + "?live=1\""));
  CHECK_FALSE(has(page, "/evidence/imports/4"));

  const web::Answer live = house.ask("GET", path, house.person(1), {{"live", "1"}});
  CHECK(live.header("Refresh").empty());
  CHECK_FALSE(has(live, "data-live"));

  const web::Answer json = house.ask("GET", path + ".json", house.person(1));
  CHECK(json.status == 200);
  CHECK(has(json, "\"state\":\"running\""));
  CHECK(has(json, "\"done\":1234"));
  CHECK(has(json, "\"finished\":null"));

  gate.open();
  REQUIRE(house.runner->wait_until_idle(20'000));
  const web::Answer done = house.ask("GET", path, house.person(1));
  CHECK(done.header("Refresh").empty());
  CHECK_FALSE(has(done, "data-running"));
  CHECK(has(done, "61,779 rows accepted."));
  CHECK(has(done, "href=\"/evidence/imports/4\""));
  CHECK(has(done, "30 November 2022, 00:00 UTC"));
}

TEST_CASE("the page of another person's job is not found, and nor is a number that is none") {
  House house;
  const auto id = house.runner->start("a", "Mine", house.person(1), [](Progress&) -> Status { return {}; });
  REQUIRE(house.runner->wait_until_idle(20'000));
  const std::string path = page_of(*id).text();
  CHECK(house.ask("GET", path, house.person(2)).status == 404);
  CHECK(house.ask("GET", path + ".json", house.person(2)).status == 404);
  CHECK(house.ask("POST", path + "/cancel", house.person(2)).status == 404);
  CHECK(house.ask("GET", path, house.person(3, Role::system_administrator)).status == 200);
  for (const char* wrong : {"/jobs/x", "/jobs/1x", "/jobs/99999999999999999999", "/jobs/-1", "/jobs/.json"})
    CHECK(house.ask("GET", wrong, house.person(1)).status == 404);
}

TEST_CASE("the list is one's own; an administrator may ask for everyone's") {
  House house;
  for (int i = 0; i < 51; ++i)
    REQUIRE(house.runner->start("a", "Job " + std::to_string(i) + ".", house.person(1),
                                [](Progress&) -> Status { return {}; }));
  REQUIRE(house.runner->start("a", "Other's", house.person(2), [](Progress&) -> Status { return {}; }));
  REQUIRE(house.runner->wait_until_idle(20'000));
  const web::Answer mine = house.ask("GET", "/jobs", house.person(1));
  CHECK(has(mine, "Job 50."));
  CHECK_FALSE(has(mine, "Job 0."));  // on the second page
  CHECK_FALSE(has(mine, "Other"));
  CHECK(has(mine, "/jobs?page=2"));
  CHECK(has(house.ask("GET", "/jobs", house.person(1), {{"page", "2"}}), "Job 0."));
  CHECK_FALSE(has(house.ask("GET", "/jobs", house.person(1), {{"all", "1"}}), "Other"));
  const Actor administrator = house.person(3, Role::system_administrator);
  CHECK(has(house.ask("GET", "/jobs", administrator), "Nothing has been started."));
  CHECK(has(house.ask("GET", "/jobs", administrator, {{"all", "1"}}), "Other"));
}

TEST_CASE("stopping sends back to the job's page, also when it was over already") {
  House house;
  const auto id = house.runner->start("a", "A", house.person(1), [](Progress&) -> Status { return {}; });
  REQUIRE(house.runner->wait_until_idle(20'000));
  const web::Answer answer = house.ask("POST", page_of(*id).text() + "/cancel", house.person(1));
  CHECK(answer.status == 303);
  CHECK(answer.header("Location") == page_of(*id).text());
}
