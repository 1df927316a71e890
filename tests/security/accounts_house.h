// A house with accounts, asked by browsers that keep cookies: for the tests of signing in and of accounts.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/text.h"
#include "slices/identity/commands.h"
#include "slices/identity/identity.h"
#include "slices/wiring.h"
#include "support/house.h"
#include "web/session.h"
#include "web/site.h"
#include "web/site_address.h"

namespace tithing::test {

inline const char* const kPassword = "otter bicycle Tuesday";
inline const char* const kOther = "marmalade lighthouse seven";

inline bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// A browser: keeps cookies, sends back the token of the last form.
struct Browser {
  const web::Site& site;
  std::map<std::string, std::string> cookies = {};
  std::string token = {};
  bool secure = false;
  std::string address = "192.0.2.1";
  std::string host = "tithing.example.org";

  web::Answer send(http::Request request) {
    request.secure = secure;
    request.remote_address = address;
    request.id = "request-0123456789";
    std::string line;
    for (const auto& [name, value] : cookies) line += (line.empty() ? "" : "; ") + name + "=" + value;
    if (!line.empty()) request.headers.push_back({"Cookie", line});
    request.headers.push_back({"Host", host});
    request.headers.push_back({"User-Agent", "Firefox"});
    web::Answer answer = site.handle(request);
    for (const http::Header& header : answer.headers) {
      if (header.name != "Set-Cookie") continue;
      const std::string pair = header.value.substr(0, header.value.find(';'));
      if (holds(header.value, "Max-Age=0"))
        cookies.erase(pair.substr(0, pair.find('=')));
      else
        cookies[pair.substr(0, pair.find('='))] = pair.substr(pair.find('=') + 1);
    }
    const std::string before = "name=\"csrf-token\" value=\"";
    if (const std::size_t at = answer.body.find(before); at != std::string::npos)
      token = answer.body.substr(at + before.size(), 128);
    return answer;
  }
  web::Answer get(const std::string& target) {
    http::Request request;
    request.method = "GET";
    request.target = target;
    request.path = target.substr(0, target.find('?'));
    request.query = target.find('?') == std::string::npos ? "" : target.substr(target.find('?') + 1);
    return send(std::move(request));
  }
  web::Answer post(const std::string& path, const web::Fields& fields) {
    http::Request request;
    request.method = "POST";
    request.target = request.path = path;
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    request.body.in_memory = "csrf-token=" + token;
    for (const auto& [name, value] : fields)
      request.body.in_memory += "&" + url_encoded(name) + "=" + url_encoded(value);
    request.body.size = static_cast<std::int64_t>(request.body.in_memory.size());
    return send(std::move(request));
  }
  web::Answer sign_in(const std::string& email, const std::string& password, const std::string& next = {}) {
    get("/sign-in");
    return post("/sign-in", {{"email", email}, {"password", password}, {"next", next}});
  }
  std::string session() const {
    const auto found = cookies.find(secure ? "__Host-tithing" : "tithing");
    return found == cookies.end() ? std::string() : found->second;
  }
};

struct AccountsHouse {
  TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  std::unique_ptr<db::Database> database;
  identity::Service* service = nullptr;
  std::unique_ptr<web::Site> site_;

  AccountsHouse() {
    log::set_quiet(true);
    wiring.data_folder = folder.path();
    wiring.clock = &clock;
    service = &identity::register_slice(wiring);
    wiring.site.address(web::kSiteName, "https://tithing.example.org");
    wiring.router.get("/", web::Access::anyone(), [](web::Context&) { return web::Answer(); });
    auto opened = db::Database::open({Secret(folder.path() + "/store.sqlite"), 2});
    REQUIRE(opened);
    database = std::move(*opened);
    REQUIRE(db::migrate(*database, all_migrations(wiring)));
    wiring.database = database.get();
    const auto key = service->form_key();
    REQUIRE(key);
    site_ = std::make_unique<web::Site>(web::SiteParts{.router = wiring.router,
                                                       .clock = clock,
                                                       .sessions = service->sessions(),
                                                       .form_key = *key,
                                                       .site = &wiring.site,
                                                       .hosts = {"tithing.example.org"}});
  }
  Browser browser() { return Browser{*site_}; }
  std::int64_t add(const std::string& email, Role role = Role::panel_member) {
    const Actor actor = Actor::command_line(wiring.permissions);
    const auto made = identity::create_account(
        {wiring.doing(actor)},
        {email, "Post " + email.substr(0, email.find('@')), {{role, "", ""}}, Secret(kPassword)});
    REQUIRE(made);
    return made->account_id;
  }
  int run(const std::vector<std::string>& path, const std::map<std::string, std::vector<std::string>>& values,
          std::string* out = nullptr, std::string input = {}) {
    for (const Subcommand& command : wiring.subcommands) {
      if (command.path != path) continue;
      Arguments arguments;
      arguments.values = values;
      std::ostringstream cout;
      std::ostringstream cerr;
      std::istringstream cin(input);
      auto* const old_out = std::cout.rdbuf(cout.rdbuf());
      auto* const old_err = std::cerr.rdbuf(cerr.rdbuf());
      auto* const old_in = std::cin.rdbuf(cin.rdbuf());
      const int code = command.run(arguments);
      std::cout.rdbuf(old_out);
      std::cerr.rdbuf(old_err);
      std::cin.rdbuf(old_in);
      if (out != nullptr) *out = cout.str() + cerr.str();
      return code;
    }
    FAIL("no such subcommand");
    return -1;
  }
};

}  // namespace tithing::test
