// Figure by role: every kind of the whole program against figures.csv, on the demonstration.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "app/slices.h"
#include "base/log.h"
#include "base/text.h"
#include "desks/figures/desk.h"
#include "support/house.h"
#include "support/source_dir.h"

using namespace tithing;

namespace {

struct Line {
  std::string kind, request;
  std::vector<std::string> roles;
  int status = 0;
};

std::vector<Line> lines_of_table() {
  std::ifstream file(tests::source_dir() + "/tests/security/figures.csv");
  REQUIRE(file);
  std::vector<Line> lines;
  std::string text;
  std::getline(file, text);
  while (std::getline(file, text)) {
    if (text.empty() || text[0] == '#') continue;
    const auto fields = split(text, ',');
    REQUIRE_MESSAGE(fields.size() == 4, text);
    lines.push_back({fields[0], fields[1], split(fields[2], ' '), fields[3].empty() ? 0 : std::stoi(fields[3])});
  }
  return lines;
}

struct Demonstration {
  Demonstration() : house([](Wiring& wiring) { app::register_slices(wiring); }) {
    log::set_quiet(true);
    house.demonstration();
  }
  test::House house;
};

}  // namespace

TEST_CASE("every kind of figure is in the table, and one that is not for anyone has a gate") {
  Wiring wiring;
  app::register_slices(wiring);
  std::map<std::string, bool> anyone;  // kind -> for anyone
  for (const Line& line : lines_of_table()) anyone[line.kind] = line.roles == std::vector<std::string>{"anyone"};
  for (const figures::Kind& kind : wiring.figures.kinds()) {
    CAPTURE(kind.name);
    const auto found = anyone.find(kind.name);
    REQUIRE_MESSAGE(found != anyone.end(), "tests/security/figures.csv does not say who may know of this kind");
    CHECK_MESSAGE(found->second == !kind.may, "the table and the kind disagree on whether there is a gate");
    anyone.erase(found);
  }
  for (const auto& [kind, _] : anyone) FAIL_CHECK("the table names a kind that is not there: " << kind);
}

TEST_CASE("figures of what not everybody may know: page, API and CSV answer each role as the table says") {
  Demonstration demonstration;
  test::House& house = demonstration.house;
  std::map<std::string, std::map<std::string, int>> said;  // request -> role -> status
  for (const Line& line : lines_of_table())
    for (const std::string& role : line.roles)
      if (role != "anyone")
        CHECK_MESSAGE(said[line.kind + "?" + line.request].emplace(role, line.status).second,
                      "said twice: " << line.kind << " " << role);
  REQUIRE(said.size() >= 6);
  for (const auto& [request, roles] : said) {
    const auto expected = [&](const std::string& role) {
      return roles.contains(role) ? roles.at(role) : roles.at("others");
    };
    const auto ask = [&](const std::string& who, int status) {
      CAPTURE(request);
      CAPTURE(who);
      for (const char* where : {"/api/v1/figures/", "/figures/"}) {
        const http::Response answer = house.get(where + request);
        // A visitor's page asks to sign in, whatever is there.
        CHECK_MESSAGE(answer.status == status, where, " ", answer.body.substr(0, 300));
        if (status != 200) CHECK(answer.body.find("£1") == std::string::npos);
      }
    };
    for (int i = 0; i < kRoleCount; ++i) {
      const Role role = static_cast<Role>(i);
      for (const char* area : {"", "E22000342"}) {  // Wakefield: none of the requests is of it
        house.as(role, area);
        ask(std::string(code_of(role)) + " " + area, expected(std::string(code_of(role))));
      }
    }
    house.as(Actor::account(9, "Nobody in particular", {}, house.wiring.permissions));
    ask("none", expected("none"));
    house.as_nobody();
    ask("visitor", expected("visitor"));
  }
}

TEST_CASE("a figure that was frozen is told to those alone who may know of it, in the list and in its count too") {
  Demonstration demonstration;
  test::House& house = demonstration.house;
  const auto freeze = [&](const char* address) {
    const auto parsed = figures::Address::parse(address);
    REQUIRE(parsed);
    const auto figure =
        house.wiring.figures.ask(*parsed, figures::Viewer::of(house.wiring.reach_of(house.command_line())));
    REQUIRE_MESSAGE(figure.has_value(), figure.error().message);
    const auto id = figures::freeze(house.wiring.doing(house.command_line()), *figure, "A test of who may know");
    REQUIRE(id);
    return std::to_string(*id);
  };
  const std::string pot = freeze("/figures/pot?of=known&pot=1&version=1");
  const std::string both = freeze(
      "/figures/difference?first=/figures/pot?of=known%26pot=1%26version=1&second=/figures/"
      "pot?of=known%26pot=3%26version=1");
  house.as(Role::panel_member);
  for (const std::string& id : {pot, both}) CHECK(house.get("/figures/frozen/" + id).status == 403);
  CHECK_FALSE(test::has(house.get("/figures/frozen"), "A test of who may know"));
  house.as(Role::commissioning_officer);
  for (const std::string& id : {pot, both}) CHECK(house.get("/figures/frozen/" + id).status == 200);
  CHECK(test::has(house.get("/figures/frozen"), "A test of who may know"));
}
