// Route by role by scope over the rooms of money, against scopes.csv: the whole program with its demonstration, which
// has a decision in each state that a form needs.
#include <doctest/doctest.h>

#include "app/slices.h"
#include "base/log.h"
#include "scopes_table.h"
#include "support/house.h"

using namespace tithing;
using tithing::test::Expected;
using tithing::test::ScopeCase;

namespace {

constexpr const char* kWorcestershire = "E07000234;E07000235;E07000236;E07000237;E07000238;E07000239";
constexpr ScopeCase kScopes[] = {{"everywhere", "", "", ""},
                                 {"area-within", "", "E23000016", ""},     // West Mercia holds all six districts
                                 {"own-body", "west-mercia-pcc", "", ""},  // serves West Mercia
                                 {"smaller-area", "", "E22000368", ""},    // North Worcestershire: three of the six
                                 {"other-area", "", "E22000345", ""}};     // Leeds

bool of_money(const std::string& route) { return route.starts_with("/funding"); }

class Money : public test::House {
 public:
  Money() : House([](Wiring& all) { app::register_slices(all); }) {
    log::set_quiet(true);
    demonstration();
  }
  std::string ask(const Expected& line) {
    as(Actor::account(++account_, "Somebody", test::grants_of(kScopes, line.scope, line.role), wiring.permissions));
    std::string path = line.route;
    const bool of_decision = path.starts_with("/funding/decisions/");
    for (const auto& [parameter, value] : {std::pair<std::string, std::string>{":comment", "1"},
                                           {":step", "1"},
                                           {":id", of_decision ? decision_for(path) : "1"}})
      if (const std::size_t at = path.find(parameter); at != std::string::npos)
        path.replace(at, parameter.size(), value);
    if (path == "/funding/schemes/new") path += "?pot=1";
    return std::to_string(line.method == "GET" ? get(path).status : post(path, sent(line)).status);
  }

 private:
  // The demonstration's decision in the state from which the form leads; the frozen one is Warwickshire's.
  std::string decision_for(const std::string& path) {
    for (const auto& [ends, id] : {std::pair<const char*, const char*>{"/supersede", "1"},
                                   {"/take-back", "2"},
                                   {"/comment", "2"},
                                   {":comment", "2"},
                                   {"/withdraw", "4"},
                                   {"/freeze", "4"},
                                   {"/publish", "5"}})
      if (path.ends_with(ends)) return id;
    return "3";
  }
  web::Fields sent(const Expected& line) {
    if (line.request != "whole") return {};
    if (line.route == "/funding/decisions/new") return {{"title", "Fund"}, {"summary", "Why."}, {"scheme", "1"}};
    return {{"title", "Fund"},       {"financial-year", "2012/13"}, {"areas", kWorcestershire},    {"do", "save"},
            {"fund-0-name", "Fund"}, {"fund-0-amount", "100"},      {"fund-0-status", "confirmed"}};
  }
  std::int64_t account_ = 1000;
};

}  // namespace

TEST_CASE("every restricted or changing route of money, as every role in every scope") {
  Money house;
  const std::vector<Expected> all = test::expected_of(kScopes, of_money);
  test::check_covered(all, house.wiring.router, of_money);
  CHECK(all.size() > 1000);
  for (const Expected& line : all) {
    CAPTURE(line.method);
    CAPTURE(line.route);
    CAPTURE(line.request);
    CAPTURE(line.scope);
    CAPTURE(line.role);
    CHECK(house.ask(line) == line.status);
  }
}
