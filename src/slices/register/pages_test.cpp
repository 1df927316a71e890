// The pages of the register as a visitor and as an analyst get them.
#include <doctest/doctest.h>

#include "support/source_dir.h"
#include "base/secret.h"
#include "db/audit.h"
#include "register_migrations.h"
#include "slices/register/service.h"
#include "slices/wiring.h"
#include "sources_migrations.h"
#include "support/store_support.h"
#include "web/session.h"
#include "web/site.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

struct Sessions : web::SessionSource {
  std::optional<web::Session> session;
  std::optional<web::Session> find(std::string_view) override { return session; }
};

struct Pages {
  Pages() {
    database = std::move(db::Database::open({Secret(folder.path() + "/store.sqlite")}).value());
    wiring.clock = &clock;
    wiring.data_folder = folder.path();
    register_slice(wiring);
    std::vector<db::Migration> migrations = db::audit_migrations();
    for (const auto& part : {sources_migrations(), wiring.migrations})
      migrations.insert(migrations.end(), part.begin(), part.end());
    REQUIRE(db::migrate(*database, migrations).has_value());
    wiring.database = database.get();
    REQUIRE(wiring.demonstration.front()(tests::source_dir() + "/data/sample").has_value());
    site.emplace(web::SiteParts{.router = wiring.router,
                                .clock = clock,
                                .sessions = sessions,
                                .form_key = Secret("a key of thirty-two bytes or more")});
  }
  http::Response get(const std::string& target) { return ask("GET", target, {}); }
  http::Response ask(const std::string& method, const std::string& target, const std::string& body) {
    http::Request request;
    request.method = method;
    request.target = target;
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    request.headers = {{"Host", "localhost"}, {"Cookie", "tithing=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}};
    if (!body.empty()) {
      request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
      request.body.in_memory = body;
      request.body.size = static_cast<std::int64_t>(body.size());
    }
    return site->handle(request);
  }
  void sign_in(Role role) {
    sessions.session = web::Session{Actor::account(7, "An analyst", {{role, "Tithing", ""}}, wiring.permissions),
                                    std::string(64, '5'), "key"};
  }

  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  std::unique_ptr<db::Database> database;
  Sessions sessions;
  std::optional<web::Site> site;
};

bool has(const http::Response& response, const std::string& text) {
  return response.body.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("area pages say what it is, what it was, and how sure that is") {
  Pages pages;
  const auto north = pages.get("/areas/E22000368");
  CHECK(north.status == 200);
  CHECK(has(north, "<h1"));
  CHECK(has(north, "was last known to be made up of 3 districts"));
  CHECK(has(north, "The newest look-up that has been imported is of December 2022"));
  CHECK(has(north, "1 April 2012"));
  CHECK(has(north, "X-bromsgrove-csp"));
  CHECK(has(north, "It recommends; it does not record that the merger took place"));
  CHECK(has(north, "<svg"));
  CHECK_FALSE(has(north, "Review succession"));
  const auto then = pages.get("/areas/E22000368?as-at=2012-01-01");
  CHECK(has(then, "It was not there yet on 1 January 2012."));
  CHECK(has(then, "You are looking at 1 January 2012"));
  const auto seven = pages.get("/areas/E22000372?as-at=2022-12-01");
  CHECK(has(seven, "On 1 December 2022 North Yorkshire was made up of 7 districts."));
  CHECK(has(pages.get("/areas/X-wyre-forest-csp?as-at=2012-01-01"),
            "a code of this register: the official one is not known"));
  CHECK(has(pages.get("/areas/E07000112?as-at=2017-06-01"), "Shepway"));
  const auto parts = pages.wiring.services.empty()
                         ? nullptr
                         : static_cast<RegisterService*>(pages.wiring.services.front().get())->areas();
  const auto lsoas = parts->constituents("E07000234", AreaKind::lsoa_2011, Date::from_ymd(2022, 12, 31));
  REQUIRE(lsoas.size() == 58);
  CHECK(has(pages.get("/areas/E07000234"), ">" + lsoas[49]->name + "<"));
  CHECK_FALSE(has(pages.get("/areas/E07000234"), ">" + lsoas[50]->name + "<"));
  CHECK(has(pages.get("/areas/E07000234?page=2"), ">" + lsoas[57]->name + "<"));
  CHECK(pages.get("/areas/E22999999").status == 404);
  CHECK(pages.get("/areas/E22000368?as-at=yesterday").status == 400);
  CHECK(pages.get("/areas/%3Cscript%3E").status == 404);
}

TEST_CASE("the list of forces, and the JSON of an area") {
  Pages pages;
  const auto areas = pages.get("/areas");
  CHECK(areas.status == 200);
  CHECK(has(areas, "43 police force areas"));
  CHECK(has(areas, "(14 waiting for review)"));
  const auto json = pages.get("/api/v1/areas/E22000368?as-at=2022-12-31");
  CHECK(json.status == 200);
  CHECK(has(json, "\"districts\":[{\"code\":\"E07000234\",\"name\":\"Bromsgrove\"}"));
  CHECK(has(json, "\"as_at_note\":null"));
  CHECK(has(json, "\"from\":\"2012-04-01\""));
  CHECK(pages.get("/api/v1/areas/nothing").status == 404);
}

TEST_CASE("successions: everybody reads, a reviewer answers, an answer that cannot be is given back") {
  Pages pages;
  const auto list = pages.get("/areas/successions");
  CHECK(list.status == 200);
  CHECK(has(list, "Folkestone and Hythe (E07000112) changed its name."));
  CHECK_FALSE(has(list, "href=\"/areas/successions/1\""));
  CHECK(has(pages.get("/areas/successions?state=rejected"), "There are none."));
  CHECK(pages.get("/areas/successions/1").status != 200);
  pages.sign_in(Role::panel_member);
  CHECK(pages.get("/areas/successions/1").status == 403);
  pages.sign_in(Role::performance_analyst);
  const auto form = pages.get("/areas/successions/1");
  REQUIRE(form.status == 200);
  CHECK(has(pages.get("/areas/successions"), "href=\"/areas/successions/1\""));
  CHECK(pages.get("/areas/successions/999").status == 404);
  CHECK(pages.get("/areas/successions/x").status == 404);
  CHECK(pages.ask("POST", "/areas/successions/1", "review=accepted").status == 403);  // without the form's token

  // The hidden field with the token of this session's forms.
  const std::size_t hidden = form.body.find("type=\"hidden\"");
  REQUIRE(hidden != std::string::npos);
  const auto attribute = [&](const std::string& which) {
    const std::size_t begin = form.body.find(which + "=\"", form.body.rfind('<', hidden)) + which.size() + 2;
    return form.body.substr(begin, form.body.find('"', begin) - begin);
  };
  const std::string token = attribute("name") + "=" + attribute("value") + "&";
  const auto refused =
      pages.ask("POST", "/areas/successions/1", token + "review=accepted&on=2030-01-01&reason=a%20%3Cb%3E");
  CHECK(refused.status == 400);
  CHECK(has(refused, "The day must not be later than"));
  CHECK(has(refused, "a &lt;b&gt;"));
  CHECK(has(pages.ask("POST", "/areas/successions/1", token + "review=&on="), "Select accept or reject"));
  CHECK(has(pages.ask("POST", "/areas/successions/1", token + "review=accepted&on=tomorrow"), "Enter a day such as"));
  const auto saved = pages.ask("POST", "/areas/successions/1", token + "review=accepted&on=2018-04-01&reason=Order");
  CHECK(saved.status == 303);
  CHECK(has(pages.get("/areas/successions?state=accepted"), "changed its name, 1 April 2018."));
  CHECK(has(pages.get("/areas/E07000112?as-at=2018-03-31"), "<h1 class=\"govuk-heading-l\">Shepway"));
}
