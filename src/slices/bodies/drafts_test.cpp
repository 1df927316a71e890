// The draft of a form that was refused, corrected, checked and saved goes when the change is made.
#include "drafts/drafts.h"
#include "slices/bodies/house_for_tests.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

// What the form carries with it, as a browser sends it back.
web::Fields carried_by(const http::Response& page) {
  web::Fields out;
  for (const char* name : {"draft-form", "draft-title", "draft-address", "draft-version"})
    out.emplace_back(name, test::field_value(page, name));
  return out;
}

}  // namespace

TEST_CASE("the draft of a succession that was corrected in its form leaves the list when the succession is entered") {
  Pages house;
  house.sign_in(Role::system_administrator);
  const auto listed = [&] { return drafts::list(house.store(), house.who()).size(); };
  auto page = house.get("/bodies/change?fact=succession");
  REQUIRE(page.status == 200);
  const auto send = [&](const char* predecessors, const char* successor, const char* step) {
    web::Fields fields = carried_by(page);
    for (const auto& [name, value] : web::Fields{{"fact", "succession"},
                                                 {"action", "add"},
                                                 {"record", "0"},
                                                 {"seen-id", "0"},
                                                 {"body", predecessors},
                                                 {"other", successor},
                                                 {"role", "merged"},
                                                 {"from", "2027-04-01"},
                                                 {"state", "order"},
                                                 {"value", "2027/1, made up for this test"},
                                                 {"seen", "2026-11-01"},
                                                 {"reason", "Order"},
                                                 {"step", step}})
      fields.emplace_back(name, value);
    return house.shown(house.post("/bodies/change", fields));
  };
  // Refused: a merger of one. The draft is there, and the form that comes back is the same draft's.
  page = send("leeds-csp", "leeds-csp;bradford-csp", "check");
  CHECK(page.status == 400);
  CHECK(listed() == 1);
  // Other bodies than those that were named first; none becomes itself.
  page = send("bradford-csp;kirklees-csp", "calderdale-csp", "check");
  REQUIRE_MESSAGE(page.status == 200, page.body.substr(page.body.find("<main"), 3000));
  CHECK(listed() == 1);
  page = send("bradford-csp;kirklees-csp", "calderdale-csp", "save");
  REQUIRE(page.status == 303);
  CHECK(listed() == 0);
}

TEST_CASE("the draft of a succession that stands and was corrected goes as well") {
  Pages house;
  house.sign_in(Role::system_administrator);
  const FactPointer fact = house.service->known()->find("redditch-csp")->of(FactKind::succession).front();
  const std::string address = "/bodies/change?record=" + std::to_string(fact->record);
  auto page = house.get(address);
  REQUIRE(page.status == 200);
  const auto send = [&](const char* reason, const char* step) {
    web::Fields fields = carried_by(page);
    for (const auto& [name, value] : web::Fields{{"fact", "succession"},
                                                 {"action", "replace"},
                                                 {"record", std::to_string(fact->record)},
                                                 {"seen-id", std::to_string(fact->id)},
                                                 {"body", fact->body},
                                                 {"other", fact->other},
                                                 {"role", fact->role},
                                                 {"from", fact->from->iso()},
                                                 {"state", "order"},
                                                 {"value", "2012/1, made up for this test"},
                                                 {"seen", "2012-03-01"},
                                                 {"reason", reason},
                                                 {"step", step}})
      fields.emplace_back(name, value);
    return house.shown(house.post("/bodies/change", fields));
  };
  CHECK((page = send("", "check")).status == 400);
  CHECK(drafts::list(house.store(), house.who()).size() == 1);
  page = send("Order", "check");
  REQUIRE_MESSAGE(page.status == 200, page.body.substr(page.body.find("<main"), 3000));
  page = send("Order", "save");
  REQUIRE(page.status == 303);
  CHECK(drafts::list(house.store(), house.who()).empty());
}
