// The site without sockets: requests as values in, answers out.
#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "base/log.h"
#include "db/db.h"
#include "govuk/assets.h"
#include "web/session.h"
#include "web/site.h"

using namespace tithing;
using namespace tithing::web;

namespace {

constexpr Permission kImport{"evidence.import", "Import police data and official tables"};

class FakeSessions : public SessionSource {
 public:
  explicit FakeSessions(const PermissionTable& table) : table_(table) {}
  std::optional<Session> find(std::string_view token) override {
    if (token == "broken") throw db::Error(db::Fault::connection, "cannot connect to server at 10.0.0.3");
    if (token == "analyst")
      return Session{Actor::account(1, "Performance analyst", {{Role::performance_analyst, "", ""}}, table_),
                     std::string(64, '1'), "k1"};
    if (token == "member")
      return Session{Actor::account(2, "Panel member", {{Role::panel_member, "", ""}}, table_), std::string(64, '2'),
                     "k2"};
    return std::nullopt;
  }

 private:
  const PermissionTable& table_;
};

struct House {
  PermissionTable table;
  Router router;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  FakeSessions sessions{table};
  int posted = 0;
  std::string uploaded;

  House() {
    log::set_quiet(true);
    table.add(kImport, {Role::performance_analyst});
    router.get("/", Access::anyone(), [](Context& context) { return page(context, {.title = "Home"}, {}); });
    router.get("/hello/:name", Access::anyone(), [](Context& context) {
      return text_answer(context.parameter("name") + " " + context.language, "text/plain; charset=utf-8");
    });
    router.get("/form", Access::anyone(),
               [](Context& context) { return page(context, {.title = "Form"}, csrf_field(context)); });
    router.post("/form", Access::anyone(), [this](Context& context) {
      ++posted;
      return text_answer("posted " + context.form_value("colour"), "text/plain; charset=utf-8");
    });
    router.get("/mine", Access::signed_in(), [](Context& context) { return page(context, {.title = "Mine"}, {}); });
    router.get("/import", Access::permission(kImport),
               [](Context& context) { return page(context, {.title = "Import"}, csrf_field(context)); });
    router.post_upload("/import", Access::permission(kImport), [this](Context& context) {
      REQUIRE(context.files.size() == 1);
      std::ifstream file(context.files[0].path);
      uploaded = context.files[0].file_name + ":" + std::string(std::istreambuf_iterator<char>(file), {});
      return redirect(html::Url("/import"));
    });
    router.get("/api/v1/figures", Access::anyone(), [](Context&) -> Answer {
      return problem_json({ProblemKind::invalid, "Give an area.", {{"area", "Give a code."}}});
    });
    router.get("/api/v1/mine", Access::signed_in(), [](Context&) { return json_answer("{}"); });
    router.get("/fails/:how", Access::anyone(), [](Context& context) -> Answer {
      const std::string how = context.parameter("how");
      if (how == "busy") throw db::Error(db::Fault::busy, "database is locked");
      if (how == "full") throw db::Error(db::Fault::full, "disk full");
      if (how == "unique") throw db::Error(db::Fault::unique, "UNIQUE constraint failed");
      if (how == "odd") throw 7;
      throw std::runtime_error("secret detail of the inside");
    });
    router.get("/api/v1/fails", Access::anyone(),
               [](Context&) -> Answer { throw std::runtime_error("secret detail of the inside"); });
    router.get("/kept", Access::anyone(), [](Context&) {
      Answer answer = download("a,b\n", "text/csv; charset=utf-8", "Trosedd \"ŷd\".csv");
      answer.set("Cache-Control", "public, max-age=60");
      return answer;
    });
    router.get("/echo", Access::anyone(),
               [](Context& context) { return redirect(local_path(context.query_value("to"))); });
    router.get("/conflict", Access::anyone(), [](Context& context) {
      return conflict_page(context, {{"Name", "Mine"}, {"Same", "x"}}, {{"Name", "<Theirs>"}, {"Same", "x"}},
                           html::Url("/form"));
    });
    router.get("/as-at", Access::anyone(), [](Context& context) {
      const Result<Date> date = context.as_at();
      if (!date) return problem_page(context, date.error());
      return page(context, {.title = "Then", .as_at_control = true}, {});
    });
  }

  Site site() {
    return Site({.router = router,
                 .clock = clock,
                 .sessions = sessions,
                 .form_key = Secret("0123456789abcdef0123456789abcdef")});
  }

  Answer ask(std::string method, std::string target, std::vector<http::Header> headers = {}, std::string body = {},
             bool secure = false) {
    http::Request request;
    request.method = std::move(method);
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    request.query = target.find('?') == std::string::npos ? "" : target.substr(target.find('?') + 1);
    request.headers = std::move(headers);
    if (!body.empty() && request.header("Content-Type").empty())
      request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    request.body.size = static_cast<std::int64_t>(body.size());
    request.body.in_memory = std::move(body);
    request.secure = secure;
    request.id = "request-0123456789";
    return site().handle(request);
  }

  Answer get(std::string target, std::string cookie = {}) {
    return cookie.empty() ? ask("GET", target) : ask("GET", target, {{"Cookie", cookie}});
  }
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string token_in(const std::string& html) {
  const std::string before = "name=\"csrf-token\" value=\"";
  const std::size_t at = html.find(before);
  REQUIRE(at != std::string::npos);
  return html.substr(at + before.size(), 128);
}

std::string cookie_in(const Answer& answer) {
  const std::string value(answer.header("Set-Cookie"));
  return value.substr(0, value.find(';'));
}

}  // namespace

TEST_CASE("every answer carries the security headers, whatever it is") {
  House house;
  const std::vector<Answer> answers = [&] {
    std::vector<Answer> all;
    all.push_back(house.get("/"));
    all.push_back(house.get("/nowhere"));
    all.push_back(house.get("/fails/inside"));
    all.push_back(house.get("/fails/odd"));
    all.push_back(house.get("/mine"));
    all.push_back(house.get("/%zz"));
    all.push_back(house.get("/?a=%zz"));
    all.push_back(house.get("/", "tithing=broken"));
    all.push_back(house.get("/api/v1/figures"));
    all.push_back(house.get("/kept"));
    all.push_back(house.ask("POST", "/form"));
    all.push_back(house.ask("PUT", "/form"));
    all.push_back(house.ask("OPTIONS", "/form"));
    all.push_back(house.get(std::string(govuk::embedded_assets().front().path)));
    return all;
  }();
  for (const Answer& answer : answers) {
    CAPTURE(answer.status);
    const std::string policy(answer.header("Content-Security-Policy"));
    CHECK(holds(policy, "default-src 'none'"));
    CHECK(holds(policy, "script-src 'self'"));
    CHECK(holds(policy, "frame-ancestors 'none'"));
    CHECK(holds(policy, "form-action 'self'"));
    CHECK_FALSE(holds(policy, "unsafe"));
    CHECK(answer.header("X-Content-Type-Options") == "nosniff");
    CHECK(answer.header("Referrer-Policy") == "same-origin");
    CHECK(answer.header("Cross-Origin-Opener-Policy") == "same-origin");
    CHECK(answer.header("Strict-Transport-Security").empty());
  }
  CHECK(house.ask("GET", "/", {}, {}, true).header("Strict-Transport-Security") == "max-age=31536000");
}

TEST_CASE("pages have no inline script or style, so that the policy can be strict") {
  House house;
  for (const char* path : {"/", "/form", "/nowhere", "/conflict"}) {
    const std::string body = house.get(path).body;
    CHECK_FALSE(holds(body, "<style"));
    CHECK_FALSE(holds(body, " style=\""));
    CHECK_FALSE(holds(body, " onclick"));
    for (std::size_t at = body.find("<script"); at != std::string::npos; at = body.find("<script", at + 1))
      CHECK(holds(body.substr(at, body.find('>', at) - at), " src=\"/assets/"));
  }
}

TEST_CASE("unknown paths, wrong methods, HEAD, a slash too many") {
  House house;
  CHECK(house.get("/nowhere").status == 404);
  CHECK(holds(house.get("/nowhere").body, "There is nothing at this address."));
  // Who is not signed in may do so; who is, is not told to.
  CHECK(holds(house.get("/nowhere").body, "shown to people who are signed in"));
  CHECK_FALSE(holds(house.get("/nowhere", "tithing=member").body, "igned in and take part"));
  const Answer wrong = house.ask("POST", "/mine");
  CHECK(wrong.status == 405);
  CHECK(wrong.header("Allow") == "GET, HEAD");
  CHECK(house.ask("OPTIONS", "/form").status == 204);
  CHECK(house.ask("OPTIONS", "/form").header("Allow") == "GET, HEAD, POST, OPTIONS");
  CHECK(house.ask("HEAD", "/hello/x").status == 200);
  CHECK(house.ask("HEAD", "/mine").status == 303);
  const Answer slash = house.get("/hello/x/?a=b");
  CHECK(slash.status == 301);
  CHECK(slash.header("Location") == "/hello/x?a=b");
  CHECK(house.get("//hello/x").status == 404);
  CHECK(house.get("/%ff").status == 400);
  CHECK(house.get("/?x=%").status == 400);
}

TEST_CASE("guards: anyone, signed in, permission") {
  House house;
  const Answer turned = house.get("/mine?a=b&c=d");
  CHECK(turned.status == 303);
  CHECK(turned.header("Location") == "/sign-in?next=%2Fmine%3Fa%3Db%26c%3Dd");
  CHECK(house.get("/mine", "tithing=member").status == 200);
  CHECK(house.get("/mine", "tithing=unknown").status == 303);
  const Answer refused = house.get("/import", "tithing=member");
  CHECK(refused.status == 403);
  CHECK(holds(refused.body, "You do not have the right to do this: Import police data and official tables."));
  CHECK(house.get("/import", "tithing=analyst").status == 200);
  const Answer api = house.get("/api/v1/mine");
  CHECK(api.status == 401);
  CHECK(api.header("Content-Type") == "application/problem+json");
  CHECK_FALSE(api.header("WWW-Authenticate").empty());
  CHECK(house.get("/api/v1/mine", "tithing=member").status == 200);
  const Answer posted = house.ask("POST", "/import", {}, "a=b");
  CHECK(posted.status == 403);
  CHECK(holds(posted.body, "Nothing was changed. Sign in"));
}

TEST_CASE("over TLS only the cookie with the __Host- prefix counts") {
  House house;
  CHECK(house.ask("GET", "/mine", {{"Cookie", "tithing=member"}}, {}, true).status == 303);
  CHECK(house.ask("GET", "/mine", {{"Cookie", "__Host-tithing=member"}}, {}, true).status == 200);
  CHECK(house.ask("GET", "/mine", {{"Cookie", "__Host-tithing=member"}}).status == 303);
}

TEST_CASE("a form without our token is refused with a sentence and changes nothing") {
  House house;
  for (const std::string& body : {std::string("colour=red"), std::string("colour=red&csrf-token="),
                                  "colour=red&csrf-token=" + std::string(128, '0')}) {
    const Answer answer = house.ask("POST", "/form", {}, body);
    CHECK(answer.status == 403);
    CHECK(holds(answer.body, "This form is out of date"));
  }
  CHECK(house.ask("POST", "/form").status == 403);
  CHECK(house.posted == 0);
}

TEST_CASE("a visitor's form is accepted with the token and the cookie it came with") {
  House house;
  const Answer form = house.get("/form");
  const std::string token = token_in(form.body);
  const std::string cookie = cookie_in(form);
  CHECK(cookie.rfind("tithing-visit=", 0) == 0);
  CHECK(holds(std::string(form.header("Set-Cookie")), "HttpOnly; SameSite=Lax"));
  CHECK(form.header("Cache-Control") == "private, no-store");

  CHECK(house.ask("POST", "/form", {{"Cookie", cookie}}, "colour=%20red%20&csrf-token=" + token).body == "posted red");
  CHECK(house.ask("POST", "/form", {{"Cookie", cookie}, {"X-CSRF-Token", token}}, "colour=red").body == "posted red");
  CHECK(house.posted == 2);
  // Without the cookie, with another visitor's, with a forged one, from another site: refused.
  CHECK(house.ask("POST", "/form", {}, "csrf-token=" + token).status == 403);
  CHECK(house.ask("POST", "/form", {{"Cookie", cookie_in(house.get("/form"))}}, "csrf-token=" + token).status == 403);
  CHECK(house.ask("POST", "/form", {{"Cookie", "tithing-visit=abc.def"}}, "csrf-token=" + token).status == 403);
  CHECK(house.ask("POST", "/form", {{"Cookie", cookie}, {"Sec-Fetch-Site", "cross-site"}}, "csrf-token=" + token)
            .status == 403);
  CHECK(house.posted == 2);
}

TEST_CASE("a visitor who sees no form gets no cookie") {
  House house;
  const Answer answer = house.get("/hello/x");
  CHECK(answer.header("Set-Cookie").empty());
  CHECK(answer.header("Cache-Control") == "no-cache");
  CHECK(answer.header("Vary") == "Cookie, Accept-Language");
  CHECK(house.get("/kept").header("Cache-Control") == "public, max-age=60");
  CHECK(house.get("/kept", "tithing=member").header("Cache-Control") == "private, no-store");
}

TEST_CASE("a form opened before signing in is stale afterwards") {
  House house;
  const Answer form = house.get("/form");
  const std::string token = token_in(form.body);
  const Answer stale =
      house.ask("POST", "/form", {{"Cookie", cookie_in(form) + "; tithing=member"}}, "csrf-token=" + token);
  CHECK(stale.status == 403);
  CHECK(holds(stale.body, "opened before you signed in"));
  const std::string fresh = token_in(house.get("/form", "tithing=member").body);
  CHECK(house.ask("POST", "/form", {{"Cookie", "tithing=member"}}, "csrf-token=" + fresh).status == 200);
  CHECK(house.ask("POST", "/form", {{"Cookie", "tithing=analyst"}}, "csrf-token=" + fresh).status == 403);
}

TEST_CASE("what is posted must be a form") {
  House house;
  const Answer form = house.get("/form");
  const http::Header cookie{"Cookie", cookie_in(form)};
  CHECK(house.ask("POST", "/form", {cookie, {"Content-Type", "text/plain"}}, "csrf-token=" + token_in(form.body))
            .status == 415);
  CHECK(house.ask("POST", "/form", {cookie}, "colour=%zz").status == 400);
  CHECK(house.ask("POST", "/form", {cookie, {"Content-Type", "multipart/form-data"}}, "x").status == 400);
}

TEST_CASE("an upload comes in a file, on routes that take one") {
  House house;
  const std::string token = token_in(house.get("/import", "tithing=analyst").body);
  const auto body = [](const std::string& csrf) {
    return "--cut\r\nContent-Disposition: form-data; name=\"csrf-token\"\r\n\r\n" + csrf +
           "\r\n--cut\r\nContent-Disposition: form-data; name=\"file\"; "
           "filename=\"C:\\\\x\\\\2022-01.csv\"\r\nContent-Type: text/csv\r\n\r\nCrime ID,Month\n\r\n--cut--\r\n";
  };
  const http::Header type{"Content-Type", "multipart/form-data; boundary=cut"};
  CHECK(house.ask("POST", "/import", {{"Cookie", "tithing=analyst"}, type}, body(token)).status == 303);
  CHECK(house.uploaded == "2022-01.csv:Crime ID,Month\n");
  house.uploaded.clear();
  CHECK(house.ask("POST", "/import", {{"Cookie", "tithing=analyst"}, type}, body(std::string(128, '0'))).status == 403);
  CHECK(house.ask("POST", "/import", {{"Cookie", "tithing=member"}, type}, body(token)).status == 403);
  CHECK(house.ask("POST", "/form", {{"Cookie", "tithing=analyst"}, type}, body(token)).status == 400);
  CHECK(house.uploaded.empty());
}

TEST_CASE("only somebody who may use an upload's route may send a large body") {
  House house;
  const Site site = house.site();
  const auto limit = [&](const char* path, const char* cookie) {
    http::Request head;
    head.method = "POST";
    head.path = head.target = path;
    head.headers.push_back({"Cookie", cookie});
    return site.body_limit(head);
  };
  CHECK(limit("/import", "tithing=analyst") == std::int64_t{4} * 1024 * 1024 * 1024);
  CHECK(limit("/import", "tithing=member") == -1);
  CHECK(limit("/import", "") == -1);
  CHECK(limit("/form", "tithing=analyst") == -1);
  CHECK(limit("/nowhere", "tithing=analyst") == -1);
  CHECK(site.body_limit("POST", "/import") > 0);
  CHECK(site.body_limit("GET", "/import") == -1);
}

TEST_CASE("language: asked for, kept, preferred") {
  House house;
  CHECK(house.get("/hello/x").body == "x en");
  CHECK(house.ask("GET", "/hello/x", {{"Accept-Language", "cy,en;q=0.5"}}).body == "x cy");
  const Answer asked = house.get("/hello/x?lang=cy");
  CHECK(asked.body == "x cy");
  CHECK(cookie_in(asked) == "language=cy");
  CHECK(house.get("/hello/x", "language=cy").body == "x cy");
  CHECK(house.get("/hello/x?lang=en", "language=cy").body == "x en");
  CHECK(house.get("/hello/x?lang=%22%3E", "language=cy").body == "x cy");
  CHECK(house.get("/hello/x", "language=../../x").body == "x en");
  CHECK(holds(house.get("/?lang=cy").body, "<html lang=\"cy\""));
  CHECK(house.get("/?lang=cy").header("Content-Language") == "cy");
}

TEST_CASE("a fault inside is a 500 with its number and without its detail") {
  House house;
  for (const char* path : {"/fails/inside", "/fails/odd", "/fails/unique", "/api/v1/fails"}) {
    const Answer answer = house.get(path);
    CAPTURE(path);
    CHECK(answer.status == 500);
    CHECK(holds(answer.body, "request-0123456789"));
    CHECK_FALSE(holds(answer.body, "secret detail"));
    CHECK_FALSE(holds(answer.body, "UNIQUE"));
    CHECK(answer.header("Cache-Control") == "private, no-store");
  }
  CHECK(house.get("/api/v1/fails").header("Content-Type") == "application/problem+json");
}

TEST_CASE("a store that is busy, full or away is a 503 with a sentence") {
  House house;
  for (const char* path : {"/fails/busy", "/fails/full"}) {
    const Answer answer = house.get(path);
    CHECK(answer.status == 503);
    CHECK(holds(answer.body, "Nothing of yours was changed."));
    CHECK_FALSE(answer.header("Retry-After").empty());
  }
  const Answer away = house.get("/", "tithing=broken");
  CHECK(away.status == 503);
  CHECK(holds(away.body, "The database cannot be reached."));
  CHECK_FALSE(holds(away.body, "10.0.0.3"));
}

TEST_CASE("problems have one table of statuses, also as JSON") {
  CHECK(status_of(ProblemKind::invalid) == 400);
  CHECK(status_of(ProblemKind::not_found) == 404);
  CHECK(status_of(ProblemKind::forbidden) == 403);
  CHECK(status_of(ProblemKind::conflict) == 409);
  CHECK(status_of(ProblemKind::unavailable) == 503);
  House house;
  CHECK(house.get("/api/v1/figures").body ==
        R"({"title":"Bad Request","status":400,"detail":"Give an area.","errors":[{"parameter":"area",)"
        R"("detail":"Give a code."}]})");
  CHECK(house.get("/api/v1/nowhere").header("Content-Type") == "application/problem+json");
}

TEST_CASE("a header cannot be smuggled in") {
  House house;
  CHECK(house.get("/echo?to=%2Fx%0d%0aSet-Cookie:%20a=b").header("Location") == "/");
  CHECK(house.get("/kept").header("Content-Disposition") ==
        "attachment; filename=\"Trosedd ___d_.csv\"; filename*=UTF-8''Trosedd%20%22%C5%B7d%22.csv");
  CHECK_THROWS_AS(text_answer("", "text/plain\r\nX: y"), std::invalid_argument);
}

TEST_CASE("going back goes to this site only") {
  for (const char* elsewhere : {"", "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)",
                                "evil", "\\\\evil", "/\t/evil.example"}) {
    CAPTURE(elsewhere);
    CHECK(local_path(elsewhere).text() == "/");
  }
  CHECK(local_path("/areas/E22000368?as-at=2012-01-01").text() == "/areas/E22000368?as-at=2012-01-01");
}

TEST_CASE("two editors: both versions are shown, escaped") {
  House house;
  const Answer answer = house.get("/conflict");
  CHECK(answer.status == 409);
  CHECK(holds(answer.body, "Mine"));
  CHECK(holds(answer.body, "&lt;Theirs&gt;"));
  CHECK(holds(answer.body, "href=\"/form\""));
}

TEST_CASE("a token in an address is not written to the log") {
  House house;
  house.router.get("/set-password/:token", Access::anyone(), [](Context&) -> Answer { throw std::runtime_error("x"); });
  CHECK(house.router.loggable("/set-password/abc?a=b") == "/set-password/...");
  CHECK(house.router.loggable("/set-password/abc") == "/set-password/...");
  CHECK(house.router.loggable("/set%2dpassword/abc") == "/set%2dpassword/...");
  CHECK(house.router.loggable("/hello/abc?a=b") == "/hello/abc?a=b");
  CHECK(house.router.loggable("/%zz") == "/%zz");
  CHECK(house.router.loggable("*") == "*");
}

TEST_CASE("the register's day") {
  House house;
  CHECK_FALSE(holds(house.get("/as-at").body, "You are looking at"));
  CHECK(holds(house.get("/as-at?as-at=2012-01-01").body, "1 January 2012"));
  const Answer wrong = house.get("/as-at?as-at=2012-02-30");
  CHECK(wrong.status == 400);
  CHECK(holds(wrong.body, "year-month-day"));
}

TEST_CASE("the present address with one thing changed") {
  http::Request request;
  request.path = "/areas/E22000368";
  Context context;
  context.request = &request;
  context.query = {{"page", "3"}, {"type", "theft & more"}, {"page", "4"}};
  CHECK(with_query(context, "page", "5").text() == "/areas/E22000368?page=5&type=theft%20%26%20more");
  CHECK(with_query(context, "page", "").text() == "/areas/E22000368?type=theft%20%26%20more");
  CHECK(with_query(context, "sort", "rate").text() ==
        "/areas/E22000368?page=3&type=theft%20%26%20more&page=4&sort=rate");
}

TEST_CASE("styles and scripts: kept for a year, asked for again by their tag") {
  House house;
  const govuk::Asset& asset = govuk::embedded_assets().front();
  const std::string path(asset.path);
  const Answer first = house.get(path);
  CHECK(first.status == 200);
  CHECK(first.body == asset.bytes);
  CHECK(first.header("Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(first.header("Set-Cookie").empty());
  CHECK(house.ask("GET", path, {{"If-None-Match", std::string(asset.etag)}}).status == 304);
  CHECK(house.ask("POST", path).status == 405);
}

TEST_CASE("what the server refuses before the site has the same frame") {
  const std::string body = Site::error_page(413, "Too large.", "abc-123");
  CHECK(holds(body, "Too large."));
  CHECK(holds(body, "abc-123"));
  CHECK(holds(body, "<h1"));
}
