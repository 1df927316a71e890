// The register's pages on a store with the demonstration workspaces, asked as a browser asks.
#pragma once

#include <doctest/doctest.h>

#include "support/source_dir.h"
#include "base/secret.h"
#include "bodies_migrations.h"
#include "db/audit.h"
#include "drafts_migrations.h"
#include "register_migrations.h"
#include "slices/bodies/service.h"
#include "slices/wiring.h"
#include "sources_migrations.h"
#include "support/store_support.h"
#include "web/session.h"
#include "web/site.h"

namespace tithing::bodies {

struct Sessions : web::SessionSource {
  std::optional<web::Session> session;
  std::optional<web::Session> find(std::string_view) override { return session; }
};

struct Pages {
  Pages() {
    database = std::move(db::Database::open({Secret(folder.path() + "/store.sqlite")}).value());
    wiring.clock = &clock;
    wiring.data_folder = folder.path();
    auto& areas = register_::register_slice(wiring);
    service = static_cast<BodiesService*>(&register_slice(wiring, areas));
    std::vector<db::Migration> migrations = db::audit_migrations();
    for (const auto& part : {sources_migrations(), drafts_migrations(), wiring.migrations}) migrations.insert(migrations.end(), part.begin(), part.end());
    REQUIRE(db::migrate(*database, migrations).has_value());
    wiring.database = database.get();
    for (const auto& load : wiring.demonstration) {
      const Status done = load(tests::source_dir() + "/data/sample");
      REQUIRE_MESSAGE(done.has_value(), done.error().message);
    }
    site.emplace(web::SiteParts{.router = wiring.router, .clock = clock, .sessions = sessions, .form_key = Secret("a key of thirty-two bytes or more")});
  }
  http::Response get(const std::string& target) { return ask("GET", target, {}); }
  http::Response ask(const std::string& method, const std::string& target, const std::string& body, const std::string& type = "application/x-www-form-urlencoded") {
    http::Request request;
    request.method = method;
    request.target = target;
    const std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    request.headers = {{"Host", "localhost"}, {"Cookie", "tithing=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"}};
    if (!body.empty()) {
      request.headers.push_back({"Content-Type", type});
      request.body.in_memory = body;
      request.body.size = static_cast<std::int64_t>(body.size());
    }
    return site->handle(request);
  }
  // A form with a file, as a browser sends it; `token` as token() gives it.
  http::Response upload(const std::string& target, const std::string& token, const std::string& mode, const std::string& file) {
    std::string body;
    const auto field = [&](const std::string& name, const std::string& value, const std::string& more = "") {
      body += "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + value + "\r\n";
    };
    field("csrf-token", token.substr(token.find('=') + 1, token.size() - token.find('=') - 2));
    field("mode", mode);
    field("reason", "A test");
    field("file", file, "; filename=\"facts.csv\"\r\nContent-Type: text/csv");
    return ask("POST", target, body + "--edge--\r\n", "multipart/form-data; boundary=edge");
  }
  void sign_in(Role role, const std::string& area = "", std::int64_t account = 7) {
    sessions.session = web::Session{Actor::account(account, "An editor", {{role, "Tithing", area}}, wiring.permissions), std::string(64, '5'), "key"};
  }
  // The hidden field with the token of this session's forms, as it is posted.
  std::string token(const http::Response& form) {
    const std::size_t hidden = form.body.find("type=\"hidden\"");
    REQUIRE(hidden != std::string::npos);
    const auto attribute = [&](const std::string& which) {
      const std::size_t begin = form.body.find(which + "=\"", form.body.rfind('<', hidden)) + which.size() + 2;
      return form.body.substr(begin, form.body.find('"', begin) - begin);
    };
    return attribute("name") + "=" + attribute("value") + "&";
  }

  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  BodiesService* service = nullptr;
  std::unique_ptr<db::Database> database;
  Sessions sessions;
  std::optional<web::Site> site;
};

inline bool has(const http::Response& response, const std::string& text) { return response.body.find(text) != std::string::npos; }

}  // namespace tithing::bodies
