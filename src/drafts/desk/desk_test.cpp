#include "drafts/desk/desk.h"

#include <doctest/doctest.h>

#include "support/store_support.h"
#include "web/session.h"
#include "web/site.h"

using namespace tithing;
using namespace tithing::drafts;

namespace {

struct Sessions : web::SessionSource {
  std::optional<web::Session> session;
  std::optional<web::Session> find(std::string_view) override { return session; }
};

struct House {
  House() {
    register_desk(wiring);
    database = std::move(*db::Database::open({.location = Secret(folder.path() + "/store.db")}));
    REQUIRE(db::migrate(*database, wiring.migrations));
    wiring.clock = &clock;
    wiring.database = database.get();
    site.emplace(web::SiteParts{.router = wiring.router, .clock = clock, .sessions = sessions, .form_key = Secret("a key of thirty-two bytes or more")});
    sign_in(1);
  }
  void sign_in(std::int64_t account) { sessions.session = web::Session{Actor::account(account, "Somebody", {}, wiring.permissions), std::string(64, '5'), "key"}; }
  http::Response ask(const std::string& method, const std::string& target, const std::string& body = {}) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    if (target.find('?') != std::string::npos) request.query = target.substr(target.find('?') + 1);
    request.headers = {{"Host", "localhost"}, {"Cookie", "tithing=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}};
    if (!body.empty()) {
      request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
      request.body.in_memory = body;
      request.body.size = static_cast<std::int64_t>(body.size());
    }
    return site->handle(request);
  }
  // A token of this session, from the form that throws a draft away.
  std::string token() {
    REQUIRE(save(*database, sessions.session->actor, clock.now(), {"for.token", "t", "/bodies", ""}, {}));
    const std::string page = ask("GET", "/drafts").body;
    const std::string mark = "name=\"csrf-token\" value=\"";
    const std::size_t begin = page.find(mark) + mark.size();
    const std::string value = page.substr(begin, page.find('"', begin) - begin);
    end(*database, sessions.session->actor, "for.token");
    return "csrf-token=" + value + "&";
  }

  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  std::unique_ptr<db::Database> database;
  Sessions sessions;
  std::optional<web::Site> site;
};

bool has(const http::Response& response, std::string_view text) { return response.body.find(text) != std::string::npos; }

const std::string kDraft = "draft-form=bodies.change/record/12&draft-title=Change+%3Cb%3E&draft-address=/bodies/change%3Frecord%3D12&draft-version=345&value=Typed";

}  // namespace

TEST_CASE("a script keeps a draft and is told the sentence, a button keeps it and leads to the list, and only with a token") {
  House house;
  CHECK(has(house.ask("GET", "/drafts"), "You have no drafts."));
  const std::string token = house.token();
  house.clock.advance_milliseconds((10 * 60 + 42) * 60'000);
  CHECK(house.ask("POST", "/drafts", kDraft).status == 403);
  CHECK(list(*house.database, house.sessions.session->actor).empty());

  const auto kept = house.ask("POST", "/drafts", token + kDraft);
  CHECK(kept.status == 200);
  CHECK(kept.header("Content-Type") == "application/json");
  CHECK(has(kept, "\"sentence\":\"Draft saved at 10:42 UTC.\""));
  const auto draft = find(*house.database, house.sessions.session->actor, "bodies.change/record/12");
  REQUIRE(draft);
  CHECK(draft->fields == web::Fields{{"value", "Typed"}});
  CHECK(draft->form.version == "345");

  const auto later = house.ask("POST", "/drafts", token + kDraft + "&draft-then=later");
  CHECK(later.status == 303);
  CHECK(later.header("Location") == "/drafts?done=kept");
  const auto page = house.ask("GET", "/drafts?done=kept");
  CHECK(has(page, "Your draft is kept."));
  CHECK(has(page, "Change &lt;b&gt;</a>"));
  CHECK(has(page, "href=\"/bodies/change?record=12\""));
  CHECK(has(page, "20 February 2027"));  // kept until

  // What cannot be kept is said, to the script as JSON and to the person as a page.
  const auto no = house.ask("POST", "/drafts", token + "draft-form=x&draft-address=https://example.org/");
  CHECK(no.status == 400);
  CHECK(no.header("Content-Type") == "application/problem+json");
  CHECK(has(house.ask("POST", "/drafts", token + "draft-form=x&draft-then=later"), "Open the form again"));
}

TEST_CASE("throwing away ends one's own draft and goes on within the site; nobody sees another's") {
  House house;
  const std::string token = house.token();
  house.ask("POST", "/drafts", token + kDraft);
  house.sign_in(2);
  CHECK_FALSE(has(house.ask("GET", "/drafts"), "Change &lt;b&gt;"));
  CHECK(house.ask("POST", "/drafts/remove", token + "draft-form=bodies.change/record/12").status == 303);
  house.sign_in(1);
  CHECK(has(house.ask("GET", "/drafts"), "Change &lt;b&gt;"));
  CHECK(house.ask("POST", "/drafts/remove", token + "draft-form=bodies.change/record/12&next=https://example.org/").header("Location") == "/");
  CHECK(has(house.ask("GET", "/drafts"), "You have no drafts."));
  house.ask("POST", "/drafts", token + kDraft);
  CHECK(house.ask("POST", "/drafts/remove", token + "draft-form=bodies.change/record/12&next=/bodies/change%3Frecord%3D12").header("Location") == "/bodies/change?record=12");
  CHECK(house.ask("POST", "/drafts/remove", token + "draft-form=bodies.change/record/12").header("Location") == "/drafts?done=away");
  house.sessions.session.reset();
  CHECK(house.ask("GET", "/drafts").status == 303);
  CHECK(house.ask("POST", "/drafts", token + kDraft).status == 403);
}

TEST_CASE("what is too old goes when the program starts") {
  House house;
  house.ask("POST", "/drafts", house.token() + kDraft);
  for (const auto& start : house.wiring.at_start) CHECK(start());
  CHECK(list(*house.database, house.sessions.session->actor).size() == 1);
  house.clock.advance_milliseconds(std::int64_t{kDaysKept} * 86'400'000 + 1);
  for (const auto& start : house.wiring.at_start) CHECK(start());
  CHECK(list(*house.database, house.sessions.session->actor).empty());
}
