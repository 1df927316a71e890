// The pages of decisions through the site's own pipeline, for tests: one scheme on one pot, and posts that walk the path.
#pragma once

#include <doctest/doctest.h>

#include "base/secret.h"
#include "base/text.h"
#include "drafts/drafts.h"
#include "drafts_migrations.h"
#include "exports/parts_for_tests.h"
#include "slices/funding/decisions_for_tests.h"
#include "slices/funding/funding.h"
#include "slices/funding/pages_decisions.h"
#include "slices/funding/words_for_tests.h"
#include "sources_migrations.h"
#include "web/session.h"
#include "web/site.h"

namespace tithing::funding {

struct Sessions : web::SessionSource {
  std::optional<web::Session> session;
  std::optional<web::Session> find(std::string_view) override { return session; }
};

struct Pages {
  Pages() {
    database = std::move(db::Database::open({Secret(folder.path() + "/store.sqlite")}).value());
    wiring.clock = &clock;
    wiring.data_folder = folder.path();
    evidence.add_to(wiring.figures);
    register_slice(wiring);
    std::vector<db::Migration> migrations = db::audit_migrations();
    for (const auto& part : {sources_migrations(), drafts_migrations(), wiring.migrations}) migrations.insert(migrations.end(), part.begin(), part.end());
    REQUIRE(db::migrate(*database, migrations).has_value());
    wiring.database = database.get();
    const Actor officer = posts.officer();
    scheme = scheme_in_store({*database, officer, clock.now(), wiring.figures, nullptr, nullptr}, true).id;
    site.emplace(web::SiteParts{.router = wiring.router, .clock = clock, .sessions = sessions, .form_key = Secret("a key of thirty-two bytes or more")});
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
  void as(const std::optional<Actor>& actor) {
    sessions.session.reset();
    if (actor) sessions.session = web::Session{*actor, std::string(64, '5'), "key"};
  }
  // Asks for the form first, for its token and its version.
  http::Response post(const std::string& target, const web::Fields& fields) {
    const http::Response form = get(target);
    std::string body = hidden(form.body, "csrf") + "&" + hidden(form.body, "version") + "&" + hidden(form.body, "finding-1");
    for (const auto& [name, value] : fields) body += "&" + name + "=" + url_encoded(value);
    return ask("POST", target, body);
  }
  static std::string hidden(const std::string& html, const std::string& name) {
    const std::size_t at = html.find("name=\"" + name);
    if (at == std::string::npos) return {};
    const std::size_t value = html.find("value=\"", at) + 7;
    std::string text = html.substr(value, html.find('"', value) - value);
    for (const auto& [entity, sign] : {std::pair("&quot;", "\""), std::pair("&#39;", "'"), std::pair("&amp;", "&")})
      for (std::size_t i = text.find(entity); i != std::string::npos; i = text.find(entity)) text.replace(i, std::string(entity).size(), sign);
    return html.substr(at + 6, html.find('"', at + 6) - at - 6) + "=" + url_encoded(text);
  }
  std::string number() const { return std::to_string(scheme.value); }

  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  TestEvidence evidence;
  Wiring wiring;
  TestPosts posts{wiring.permissions};
  std::unique_ptr<db::Database> database;
  Sessions sessions;
  SchemeId scheme;
  std::optional<web::Site> site;
};

inline bool has(const http::Response& response, const std::string& text) { return response.body.find(text) != std::string::npos; }

}  // namespace tithing::funding
