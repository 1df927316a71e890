// Requests that meet long work: refused to visitors, handed to the queue for accounts, done again there.
#include <doctest/doctest.h>

#include "base/log.h"
#include "base/long_work.h"
#include "web/session.h"
#include "web/site.h"

using namespace tithing;
using namespace tithing::web;

namespace {

class Sessions : public SessionSource {
 public:
  explicit Sessions(const PermissionTable& table) : table_(table) {}
  std::optional<Session> find(std::string_view token) override {
    if (token != "analyst") return std::nullopt;
    return Session{Actor::account(1, "Analyst", {Grant::everywhere(Role::performance_analyst)}, table_),
                   std::string(64, '1'), "k1"};
  }

 private:
  const PermissionTable& table_;
};

struct House {
  PermissionTable table;
  Router router;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Sessions sessions{table};
  int begun = 0, done = 0;
  std::vector<Queued> asked;

  House() {
    log::set_quiet(true);
    const Handler scan = [this](Context& context) {
      ++begun;
      long_work("A scan");
      ++done;
      return text_answer("scanned " + context.query_value("area"), "text/plain; charset=utf-8");
    };
    router.get("/scan", Access::anyone(), scan);
    router.get("/api/v1/scan", Access::anyone(), scan);
    router.post("/scan", Access::signed_in(), scan);
    router.get("/light", Access::anyone(), [](Context&) { return text_answer("light", "text/plain"); });
  }
  Site site(bool with_queue) {
    SiteParts parts{.router = router, .clock = clock, .sessions = sessions, .form_key = Secret("form-key")};
    if (with_queue)
      parts.queue = [this](Queued queued) {
        asked.push_back(std::move(queued));
        return http::Response(299);
      };
    return Site(std::move(parts));
  }
};

http::Request request(const std::string& target, bool signed_in) {
  http::Request out;
  out.method = "GET";
  out.target = target;
  out.path = target.substr(0, target.find('?'));
  if (const auto at = target.find('?'); at != std::string::npos) out.query = target.substr(at + 1);
  if (signed_in) out.headers.push_back({"Cookie", "tithing=analyst"});
  out.remote_address = "192.0.2.7";
  out.id = "0123456789abcdef";
  return out;
}

}  // namespace

TEST_CASE("a visitor has no long work done: a page asks to sign in, the API says so") {
  House house;
  const Site site = house.site(true);
  const http::Response page = site.handle(request("/scan?area=E1", false));
  CHECK(page.status == 303);
  CHECK(page.header("Location").find("/sign-in?next=") == 0);
  const http::Response api = site.handle(request("/api/v1/scan?area=E1", false));
  CHECK(api.status == 403);
  CHECK(api.body.find("people with an account") != std::string::npos);
  CHECK(house.done == 0);
  CHECK(house.asked.empty());
  CHECK(site.handle(request("/light", false)).status == 200);
}

TEST_CASE("an account's request goes to the queue as a whole, with who asked and from where") {
  House house;
  const Site site = house.site(true);
  const http::Request asked = request("/scan?area=E1", true);
  site.handle(asked);
  REQUIRE(house.asked.size() == 1);
  CHECK(house.done == 0);  // not on this thread
  const Queued& queued = house.asked.front();
  CHECK(queued.title == "A scan");
  CHECK(queued.actor.audit_name() == "account:1");
  CHECK(queued.address == "192.0.2.7");
  CHECK(queued.result == "/scan?area=E1");
  {
    const AtWork here(Place::queue, std::make_shared<Effort>());
    const http::Response again = queued.again();
    CHECK(again.body == "scanned E1");
    CHECK(again.header("Cache-Control") == "private, no-store");
    CHECK_FALSE(again.header("Content-Security-Policy").empty());
  }
  CHECK(house.done == 1);
  const auto stopped = std::make_shared<Effort>();
  stopped->stop();
  const AtWork here(Place::queue, stopped);
  CHECK_THROWS_AS(queued.again(), Stopped);
}

TEST_CASE("what a page and the API are told when it has become a job, and when it is not taken") {
  House house;
  const Site site = house.site(true);
  const http::Request page = request("/scan", true), api = request("/api/v1/scan", true);
  site.handle(page);
  site.handle(api);
  REQUIRE(house.asked.size() == 2);
  const http::Response to_job = house.asked[0].left(12);
  CHECK(to_job.status == 303);
  CHECK(to_job.header("Location") == "/jobs/12");
  CHECK_FALSE(to_job.header("Content-Security-Policy").empty());
  CHECK(to_job.header("Cache-Control") == "private, no-store");
  const http::Response accepted = house.asked[1].left(12);
  CHECK(accepted.status == 202);
  CHECK(accepted.header("Location") == "/jobs/12.json");
  CHECK(accepted.body.find("\"job\":\"/jobs/12.json\"") != std::string::npos);
  const http::Response busy = house.asked[0].refused(429, "You have 3 pieces of long work waiting.", 7);
  CHECK(busy.status == 429);
  CHECK(busy.header("Retry-After") == "7");
  CHECK(busy.body.find("You have 3 pieces of long work waiting.") != std::string::npos);
  CHECK(busy.body.find("<h1") != std::string::npos);
  const http::Response full = house.asked[1].refused(503, "Much is waiting.", 10);
  CHECK(full.status == 503);
  CHECK(full.header("Content-Type") == "application/problem+json");
  CHECK(full.header("Retry-After") == "10");
}

TEST_CASE("a site without a queue does it where it is met, for accounts alone") {
  House house;
  const Site site = house.site(false);
  CHECK(site.handle(request("/scan?area=E2", true)).body == "scanned E2");
  CHECK(house.begun == 2);
  CHECK(house.done == 1);
  CHECK(site.handle(request("/scan", false)).status == 303);
  CHECK(house.done == 1);
}
