#include "guards.h"
#include "support/source_dir.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/clock.h"
#include "base/text.h"
#include "web/session.h"
#include "web/site.h"

namespace tithing::test {
namespace {

constexpr int kReached = 299;

std::vector<std::vector<std::string>> read_csv(const std::string& name, std::size_t columns) {
  const std::string path = tests::source_dir() + "/tests/security/" + name;
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(file, line);  // headings
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    rows.push_back(split(line, ','));
    if (rows.back().size() != columns)
      throw std::runtime_error(name + ": a line has not " + std::to_string(columns) + " columns: " + line);
  }
  return rows;
}

web::Answer ask(const web::Site& site, const std::string& method, const std::string& path, const std::string& role,
                const std::string& token = {}) {
  http::Request request;
  request.method = method;
  request.target = request.path = path;
  if (!role.empty()) request.headers.push_back({"Cookie", "tithing=" + role});
  if (!token.empty()) request.headers.push_back({"X-CSRF-Token", token});
  return site.handle(request);
}

}  // namespace

std::optional<web::Session> RoleSessions::find(std::string_view token) {
  const std::optional<Role> role = role_from(token);
  if (!role) return std::nullopt;
  return web::Session{Actor::account(1, std::string(token), {{*role, "", ""}}, table_), std::string(64, 'a'), "key"};
}

std::vector<RouteLine> read_routes() {
  std::vector<RouteLine> lines;
  for (const auto& row : read_csv("routes.csv", 3)) lines.push_back({row[0], row[1], row[2]});
  return lines;
}

std::map<std::string, std::set<std::string>> read_permissions() {
  std::map<std::string, std::set<std::string>> permissions;
  for (const auto& row : read_csv("permissions.csv", 2)) {
    std::set<std::string>& roles = permissions[row[0]];
    for (const std::string& role : split(row[1], ' ')) {
      if (role.empty()) continue;
      if (!role_from(role)) throw std::runtime_error("permissions.csv: there is no role " + role);
      roles.insert(role);
    }
  }
  return permissions;
}

std::string text_of(const web::Access& access) {
  switch (access.kind()) {
    case web::Access::Kind::anyone:
      return "anyone";
    case web::Access::Kind::signed_in:
      return "signed-in";
    case web::Access::Kind::permission:
      return std::string(access.required().name);
  }
  return "?";
}

std::string path_of(const std::string& pattern) {
  std::string path;
  for (const std::string& segment : split(pattern.substr(1), '/'))
    path += "/" + (!segment.empty() && segment[0] == ':' ? std::string("1") : segment);
  return path;
}

std::vector<std::string> check_routes(const web::Router& router, const PermissionTable& permissions, Extent extent) {
  std::vector<std::string> differences;
  const std::vector<RouteLine> lines = read_routes();
  for (const web::Route& route : router.routes()) {
    const std::string line = route.method + "," + route.pattern + "," + text_of(route.access);
    const auto expected = std::find_if(lines.begin(), lines.end(), [&](const RouteLine& l) {
      return l.method == route.method && l.pattern == route.pattern;
    });
    if (expected == lines.end())
      differences.push_back("routes.csv does not expect this route: " + line);
    else if (expected->access != text_of(route.access))
      differences.push_back("routes.csv expects " + expected->access + " for: " + line);
    if (route.method != "GET" && !route.token_protected)
      differences.push_back("a form that is not protected by its token: " + line);
  }
  const std::map<std::string, std::set<std::string>> expected_permissions = read_permissions();
  for (const PermissionTable::Entry& entry : permissions.entries()) {
    std::set<std::string> roles;
    for (const Role role : entry.roles) roles.emplace(code_of(role));
    std::string line = std::string(entry.permission.name) + ",";
    for (const std::string& role : roles) line += (role == *roles.begin() ? "" : " ") + role;
    const auto expected = expected_permissions.find(std::string(entry.permission.name));
    if (expected == expected_permissions.end() || expected->second != roles)
      differences.push_back("permissions.csv has another line for: " + line);
  }
  for (const web::Route& route : router.routes())
    if (route.access.kind() == web::Access::Kind::permission &&
        std::none_of(permissions.entries().begin(), permissions.entries().end(),
                     [&](const auto& entry) { return entry.permission.name == route.access.required().name; }))
      differences.push_back("no role can hold the permission of: " + route.method + " " + route.pattern);
  if (extent == Extent::part) return differences;
  for (const RouteLine& line : lines)
    if (std::none_of(router.routes().begin(), router.routes().end(), [&](const web::Route& route) {
          return route.method == line.method && route.pattern == line.pattern;
        }))
      differences.push_back("there is no such route any more: " + line.method + "," + line.pattern + "," + line.access);
  for (const auto& [permission, roles] : expected_permissions)
    if (std::none_of(permissions.entries().begin(), permissions.entries().end(),
                     [&, name = permission](const auto& entry) { return entry.permission.name == name; }))
      differences.push_back("there is no such permission any more: " + permission);
  return differences;
}

std::vector<std::string> check_answers(const web::Router& router, const PermissionTable& permissions) {
  std::vector<std::string> differences;
  const std::vector<RouteLine> lines = read_routes();
  const std::map<std::string, std::set<std::string>> holders = read_permissions();

  web::Router reached;
  const web::Handler say = [](web::Context&) { return web::Answer(kReached); };
  for (const web::Route& route : router.routes()) {
    if (route.method == "GET")
      reached.get(route.pattern, route.access, say);
    else if (route.upload)
      reached.post_upload(route.pattern, route.access, say);
    else
      reached.post(route.pattern, route.access, say);
  }
  const std::string token_page = "/the-token-of-this-test";
  reached.get(token_page, web::Access::anyone(),
              [](web::Context& context) { return web::text_answer(context.csrf_token, "text/plain"); });

  const FakeClock clock(Date::from_ymd(2026, 11, 22));
  RoleSessions sessions(permissions);
  const web::Site site(
      {.router = reached, .clock = clock, .sessions = sessions, .form_key = Secret("a key of this test")});

  std::vector<std::string> roles = {""};
  for (int i = 0; i < kRoleCount; ++i) roles.emplace_back(code_of(static_cast<Role>(i)));
  for (const RouteLine& line : lines) {
    const bool present = std::any_of(router.routes().begin(), router.routes().end(), [&](const web::Route& route) {
      return route.method == line.method && route.pattern == line.pattern;
    });
    if (!present) continue;
    for (const std::string& role : roles) {
      const auto held = holders.find(line.access);
      const bool allowed =
          line.access == "anyone" ||
          (!role.empty() && (line.access == "signed-in" || (held != holders.end() && held->second.count(role) > 0)));
      const bool post = line.method != "GET";
      const bool api = line.pattern.rfind("/api/", 0) == 0;
      const std::string path = path_of(line.pattern);
      // A visitor has no session whose token could be sent along, so a visitor's form is refused whoever may post it.
      const std::string token = post && !role.empty() ? ask(site, "GET", token_page, role).body : std::string();
      const int status = ask(site, line.method, path, role, token).status;
      const int expected = post && role.empty() ? (allowed ? 403
                                                   : api   ? 401
                                                           : 403)
                           : allowed            ? kReached
                           : !role.empty()      ? 403
                           : api                ? 401
                                                : 303;
      const std::string who = role.empty() ? "nobody" : role;
      if (status != expected)
        differences.push_back(line.method + " " + path + " as " + who + ": " + std::to_string(status) + " instead of " +
                              std::to_string(expected));
      if (post && allowed && !role.empty() && ask(site, line.method, path, role).status != 403)
        differences.push_back(line.method + " " + path + " as " + who + " without the form's token is not refused");
    }
  }
  return differences;
}

}  // namespace tithing::test
