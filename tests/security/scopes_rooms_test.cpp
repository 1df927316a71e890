// Route by role by scope over the rooms that are neither registers nor money, against scopes.csv: the whole program
// with its demonstration. An exercise, a list and a job are of Leeds or of nobody; what a form lacks is said after it
// was asked who sent it.
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "app/slices.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "scopes_table.h"
#include "support/house.h"

using namespace tithing;
using tithing::test::Expected;
using tithing::test::ScopeCase;

namespace {

constexpr ScopeCase kScopes[] = {{"everywhere", "", "", ""},           {"own-body", "north-yorkshire-csp", "", ""},
                                 {"own-area", "", "E22000372", ""},     // North Yorkshire's partnership
                                 {"area-within", "", "E23000009", ""},  // North Yorkshire's force
                                 {"other-area", "", "E23000016", ""},   // West Mercia
                                 {"former-body", "selby-csp", "", ""}};

bool of_rooms(const std::string& route) {
  for (const char* other : {"/bodies", "/areas", "/funding", "/pots", "/decisions", "/allocation", "/api/v1/"})
    if (route.starts_with(other)) return false;
  return true;
}

class Rooms : public test::House {
 public:
  Rooms() : House([](Wiring& all) { app::register_slices(all); }) {
    log::set_quiet(true);
    demonstration();
    wiring.jobs = &runner_;
  }
  std::string ask(const Expected& line) {
    as(Actor::account(++account_, "Somebody", test::grants_of(kScopes, line.scope, line.role), wiring.permissions));
    // Where an empty form would be refused before anybody is asked, what is needed to be asked.
    static const std::map<std::string, web::Fields> kForms = {
        {"/priorities/:id/stage", {{"move", "end-scoring"}, {"version", "999"}}},
        {"/evidence/publications/:kind/:key", {{"reason", "Order"}, {"file", "default"}}}};
    const auto form = kForms.find(line.route);
    std::string path = line.route;
    for (const auto& [parameter, value] :
         {std::pair<std::string, std::string>{":kind/:key", "police-month/north-yorkshire%202022-01"},
          {"accounts/:id", "accounts/2"},  // 1 is the only administrator, whom nobody may suspend
          {":kind", "crimes"},
          {":token", "none"},
          {":id", "1"}})
      if (const std::size_t at = path.find(parameter); at != std::string::npos)
        path.replace(at, parameter.size(), value);
    return std::to_string(line.method == "GET"
                              ? get(path).status
                              : post(path, form == kForms.end() ? web::Fields() : form->second).status);
  }

 private:
  jobs::Runner runner_{store(), clock};
  std::int64_t account_ = 1000;
};

}  // namespace

TEST_CASE("every restricted or changing route of the other rooms, as every role in every scope") {
  Rooms house;
  const std::vector<Expected> all = test::expected_of(kScopes, of_rooms);
  test::check_covered(all, house.wiring.router, of_rooms);
  CHECK(all.size() > 1000);
  for (const Expected& line : all) {
    CAPTURE(line.method);
    CAPTURE(line.route);
    CAPTURE(line.request);
    CAPTURE(line.scope);
    CAPTURE(line.role);
    const std::string status = house.ask(line);
    if (std::getenv("TITHING_SHOW_SCOPES") != nullptr)
      std::cout << line.method << "," << line.route << "," << line.request << "," << line.scope << "," << line.role
                << "," << status << "\n";
    CHECK(status == line.status);
  }
}
