// The guards of the whole program, and one real request for every page as every role.
#include <doctest/doctest.h>

#include "app/open.h"
#include "app/slices.h"
#include "base/log.h"
#include "base/text.h"
#include "guards.h"
#include "jobs/jobs.h"
#include "support/store_support.h"
#include "web/site.h"

using namespace tithing;
using tithing::test::Extent;

TEST_CASE("every route of the program has the guard of the table") {
  log::set_quiet(true);
  Wiring wiring;
  app::register_slices(wiring);
  REQUIRE(wiring.router.routes().size() > 30);
  for (const std::string& difference : test::check_routes(wiring.router, wiring.permissions, Extent::whole))
    FAIL_CHECK(difference);
  for (const std::string& difference : test::check_answers(wiring.router, wiring.permissions)) FAIL_CHECK(difference);
}

TEST_CASE("every name of the site map leads to a page, and so does every line of navigation") {
  Wiring wiring;
  app::register_slices(wiring);
  const auto leads = [&](const html::Url& url) {
    const std::string path = url.text().substr(0, url.text().find('?'));
    return wiring.router.match("GET", path).route != nullptr;
  };
  REQUIRE(wiring.site.addresses().size() > 10);
  for (const auto& [name, pattern] : wiring.site.addresses()) {
    CAPTURE(name);
    CHECK(leads(wiring.site.at(name, std::vector<std::string>(split(pattern, '{').size() - 1, "x"))));
  }
  web::Context context;
  const auto texts = [&](web::Home home, const std::string& code) {
    std::vector<std::string> out;
    for (const web::NavigationItem& item : wiring.site.lines(home, context, code, "")) {
      CAPTURE(item.url.text());
      CHECK(leads(item.url));
      out.push_back(item.text.plain("en"));
    }
    return out;
  };
  using Texts = std::vector<std::string>;
  CHECK(texts(web::Home::site, "") == Texts{"Areas", "Bodies", "Priorities", "Money", "Data sets", "Figures"});
  CHECK(texts(web::Home::area, "E22000368") == Texts{"Crime", "Register", "Analysis", "Priorities", "Bodies"});
  CHECK(texts(web::Home::money, "") == Texts{"Funding", "Scenarios side by side", "Decisions"});
  context.actor = Actor::system(wiring.permissions);
  CHECK(texts(web::Home::money, "") ==
        Texts{"Funding", "Pots of money", "Scenarios side by side", "Decisions", "Check a printed table"});
}

TEST_CASE("on an empty store no page fails for any role, and none opens that is closed") {
  log::set_quiet(true);
  const test::TemporaryFolder folder;
  const FakeClock clock(Date::from_ymd(2026, 11, 22));
  Wiring wiring;
  wiring.clock = &clock;
  app::register_slices(wiring);
  const auto opened = app::open(wiring, folder.path());
  REQUIRE(opened);
  jobs::Runner runner(*wiring.database, clock);
  wiring.jobs = &runner;

  test::RoleSessions sessions(wiring.permissions);
  const web::Site site({.router = wiring.router,
                        .clock = clock,
                        .sessions = sessions,
                        .form_key = Secret("a key of this test"),
                        .site = &wiring.site,
                        .people = wiring.people});
  const auto holders = test::read_permissions();
  for (const web::Route& route : wiring.router.routes()) {
    if (route.method != "GET") continue;
    for (int i = -1; i < kRoleCount; ++i) {
      const std::string role = i < 0 ? std::string() : std::string(code_of(static_cast<Role>(i)));
      http::Request request;
      request.method = "GET";
      request.target = request.path = test::path_of(route.pattern);
      if (!role.empty()) request.headers.push_back({"Cookie", "tithing=" + role});
      const web::Answer answer = site.handle(request);
      CAPTURE(request.path);
      CAPTURE(role);
      CHECK(answer.status != 500);
      CHECK_FALSE(answer.header("Content-Security-Policy").empty());
      if (i >= 0) CHECK(answer.header("Cache-Control") == "private, no-store");
      const std::string access = test::text_of(route.access);
      if (access == "anyone") continue;
      const auto held = holders.find(access);
      const bool allowed = i >= 0 && (access == "signed-in" || (held != holders.end() && held->second.count(role) > 0));
      if (!allowed) CHECK((answer.status == 303 || answer.status == 401 || answer.status == 403));
    }
  }
}
