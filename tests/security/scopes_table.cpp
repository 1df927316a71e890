#include "scopes_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "base/organisation.h"
#include "base/text.h"
#include "support/source_dir.h"

namespace tithing::test {
namespace {

struct Line {
  std::string method, route, request, status;
  std::vector<std::string> scopes, roles;
};

std::vector<Line> lines_of_table(std::span<const ScopeCase> scopes, const OfRoute& of_part) {
  std::ifstream file(tests::source_dir() + "/tests/security/scopes.csv");
  REQUIRE(file);
  std::vector<Line> lines;
  std::string text;
  std::getline(file, text);
  while (std::getline(file, text)) {
    if (text.empty() || text[0] == '#') continue;
    const auto fields = split(text, ',');
    REQUIRE_MESSAGE(fields.size() == 6, text);
    if (!of_part(fields[1])) continue;
    Line line{fields[0], fields[1], fields[2], fields[5], split(fields[3], ' '), split(fields[4], ' ')};
    if (line.scopes == std::vector<std::string>{"every"}) {
      line.scopes.clear();
      for (const ScopeCase& scope : scopes) line.scopes.emplace_back(scope.name);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::vector<Expected> expected_of(std::span<const ScopeCase> scopes, const OfRoute& of_part) {
  const std::vector<Line> lines = lines_of_table(scopes, of_part);
  std::map<std::string, std::map<std::string, std::string>> said;  // request and scope -> role -> status
  std::map<std::string, const Line*> requests;
  for (const bool others : {false, true})
    for (const Line& line : lines) {
      if ((line.roles == std::vector<std::string>{"others"}) != others) continue;
      requests[line.method + " " + line.route + " " + line.request] = &line;
      for (const std::string& scope : line.scopes) {
        const bool known = scope == kNoGrant || std::any_of(scopes.begin(), scopes.end(),
                                                            [&](const ScopeCase& s) { return s.name == scope; });
        CHECK_MESSAGE(known, "scopes.csv names a scope that the test does not know: " << scope);
        auto& roles = said[line.method + " " + line.route + " " + line.request + " " + scope];
        for (const std::string& role : line.roles) {
          CHECK_MESSAGE((role == "none" || role == "others" || role_from(role)), "scopes.csv names no role: " << role);
          CHECK_MESSAGE(roles.emplace(role, line.status).second,
                        "said twice: " << line.route << " " << line.request << " " << scope << " " << role);
        }
      }
    }
  std::vector<Expected> all;
  for (const auto& [request, line] : requests) {
    for (const ScopeCase& scope : scopes) {
      auto& roles = said[request + " " + scope.name];
      for (int r = 0; r < kRoleCount; ++r) {
        const std::string role(code_of(static_cast<Role>(r)));
        const auto one = roles.find(role) != roles.end() ? roles.find(role) : roles.find("others");
        if (one == roles.end()) {
          FAIL_CHECK("scopes.csv does not say: " << request << " " << std::string(scope.name) << " " << role);
          continue;
        }
        all.push_back({line->method, line->route, line->request, scope.name, role, one->second});
      }
    }
    const auto& roles = said[request + " " + kNoGrant];
    const auto none = roles.find("none");
    CHECK_MESSAGE(none != roles.end(), "scopes.csv does not say: " << request << " no-grant none");
    if (none != roles.end()) all.push_back({line->method, line->route, line->request, kNoGrant, "none", none->second});
  }
  return all;
}

void check_covered(const std::vector<Expected>& all, const web::Router& router, const OfRoute& of_part) {
  std::set<std::string> covered, present;
  for (const Expected& line : all) covered.insert(line.method + " " + line.route);
  for (const web::Route& route : router.routes()) {
    present.insert(route.method + " " + route.pattern);
    if (!of_part(route.pattern)) continue;
    if (route.method == "GET" && route.access.kind() == web::Access::Kind::anyone) continue;
    CHECK_MESSAGE(covered.count(route.method + " " + route.pattern) == 1,
                  "tests/security/scopes.csv has no lines for " << route.method << " " << route.pattern
                                                                << ": say which role may do it in which scope");
  }
  for (const std::string& route : covered)
    CHECK_MESSAGE(present.count(route) == 1, "there is no such route any more: " << route);
}

std::vector<Grant> grants_of(std::span<const ScopeCase> scopes, const std::string& scope, const std::string& role) {
  for (const ScopeCase& one : scopes)
    if (one.name == scope)
      return {{*role_from(role), *one.organisation ? organisation_of_body(one.organisation) : std::string(), one.area}};
  return {};
}

}  // namespace tithing::test
