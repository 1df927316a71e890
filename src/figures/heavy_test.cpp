// Kinds that cost much: who may ask, what is kept, and for whom.
#include <doctest/doctest.h>

#include "base/long_work.h"
#include "base/translation.h"
#include "figures/answers.h"
#include "figures/registry.h"

using namespace tithing;
using namespace tithing::figures;

namespace {

struct House {
  PermissionTable table;
  Registry registry;
  std::string known = "v1";
  mutable int worked_out = 0;

  House() {
    registry.add({"scan",
                  "A scan",
                  "",
                  {{"area", "area", true, "", "E1"}, {"seed", "integer", false, "", "1"}},
                  [this](const Parameters& parameters, const Viewer& viewer, Detail) -> Result<Figure> {
                    if (parameters.get("seed") == "13") return invalid(tr("Not this seed."));
                    long_work("A scan");
                    ++worked_out;
                    Figure figure;
                    figure.quantity = Quantity::count(viewer.protect_small_numbers ? 1 : 2, "clusters");
                    figure.working.title = "Clusters of " + parameters.get("area");
                    return figure;
                  },
                  {}},
                 Cost::heavy);
    registry.add({"twice",
                  "Twice a scan",
                  "",
                  {{"area", "area", true, "", "E1"}},
                  [this](const Parameters& parameters, const Viewer& viewer, Detail detail) -> Result<Figure> {
                    auto one = registry.ask({"scan", parameters}, viewer, detail);
                    if (!one) return one;
                    one->quantity = Quantity::count(2 * one->quantity.integer(), "clusters");
                    return one;
                  },
                  {}},
                 Cost::light);
    registry.known_by([this] { return known; });
  }
  Viewer account(std::int64_t id, Role role = Role::performance_analyst) const {
    return Viewer::of(Reach(Actor::account(id, "A", {Grant::everywhere(role)}, table), std::make_shared<Ground>(),
                            Date::from_ymd(2026, 11, 22)));
  }
  Viewer visitor() const {
    return Viewer::of(Reach(Actor::nobody(), std::make_shared<Ground>(), Date::from_ymd(2026, 11, 22)));
  }
};

Address scan(const std::string& area, const std::string& seed = {}) {
  Address address{"scan", {{{"area", area}}}};
  if (!seed.empty()) address.parameters.values["seed"] = seed;
  return address;
}

}  // namespace

TEST_CASE("a visitor is told what is kept for visitors and nothing else, also by way of another kind") {
  const House house;
  {
    const AtWork job(Place::keeping);
    REQUIRE(house.registry.ask(scan("E1"), house.visitor()));
  }
  REQUIRE(house.worked_out == 1);
  for (const Place place : {Place::page, Place::queue}) {
    const AtWork here(place);
    CHECK(house.registry.ask(scan("E1"), house.visitor())->quantity.integer() == 1);
    CHECK(house.registry.ask({"twice", {{{"area", "E1"}}}}, house.visitor())->quantity.integer() == 2);
    for (const Address& address :
         {scan("E2"), scan("E1", "2"), scan("E1", "3"), Address{"twice", {{{"area", "E2"}}}}}) {
      const auto refused = house.registry.ask(address, house.visitor());
      REQUIRE_FALSE(refused);
      CHECK(refused.error().kind == ProblemKind::forbidden);
      CHECK(refused.error().message.find("sign in") != std::string::npos);
    }
    // Of an area of which something is kept, where that is.
    CHECK(house.registry.ask(scan("E1", "2"), house.visitor()).error().message.find("/figures/scan?area=E1") !=
          std::string::npos);
    CHECK(house.registry.ask(scan("E2"), house.visitor()).error().message.find("/figures/") == std::string::npos);
  }
  CHECK(house.worked_out == 1);
}

TEST_CASE("an account's question is worked out once where it may be, and is then had on a page") {
  const House house;
  const Viewer analyst = house.account(1);
  {
    const AtWork page(Place::page);
    CHECK_THROWS_AS(house.registry.ask(scan("E1"), analyst), QueueNeeded);
    CHECK_THROWS_AS(house.registry.ask({"twice", {{{"area", "E1"}}}}, analyst), QueueNeeded);
  }
  CHECK(house.worked_out == 0);
  {
    const AtWork queue(Place::queue);
    REQUIRE(house.registry.ask(scan("E1"), analyst));
  }
  const AtWork page(Place::page);
  const auto kept = house.registry.ask(scan("E1"), analyst);
  REQUIRE(kept);
  CHECK(kept->quantity.integer() == 2);
  CHECK(kept->address == scan("E1"));
  CHECK(house.worked_out == 1);
  // What is wrong with a question is said at once, and nothing of it is kept.
  CHECK(house.registry.ask({"scan", {}}, analyst).error().kind == ProblemKind::invalid);
  // Nobody else's: neither another account's, nor of another role, nor a visitor's.
  CHECK_THROWS_AS(house.registry.ask(scan("E1"), house.account(2)), QueueNeeded);
  CHECK_THROWS_AS(house.registry.ask(scan("E1"), house.account(1, Role::panel_member)), QueueNeeded);
  CHECK_FALSE(house.registry.ask(scan("E1"), house.visitor()));
}

TEST_CASE("what is kept is of one state of knowledge") {
  House house;
  const Viewer analyst = house.account(1);
  REQUIRE(house.registry.ask(scan("E1"), analyst));
  REQUIRE(house.registry.ask(scan("E1"), analyst));
  CHECK(house.worked_out == 1);
  house.known = "v2";
  REQUIRE(house.registry.ask(scan("E1"), analyst));
  CHECK(house.worked_out == 2);
  REQUIRE(house.registry.ask(scan("E2"), analyst));
  const std::size_t bytes = house.registry.bytes_kept();
  house.known = "v3";
  house.registry.forget_former();
  CHECK(bytes > 0);
  CHECK(house.registry.bytes_kept() == 0);
}

TEST_CASE("work that is stopped keeps nothing") {
  const House house;
  const auto effort = std::make_shared<Effort>();
  effort->stop();
  const AtWork here(Place::queue, effort);
  CHECK_THROWS_AS(house.registry.ask(scan("E1"), house.account(1)), Stopped);
  CHECK(house.worked_out == 0);
  CHECK(house.registry.bytes_kept() == 0);
}

TEST_CASE("so many bytes are kept and no more, and what was asked for longest ago goes first") {
  Answers answers(20'000);
  Figure figure;
  figure.working.in_words = std::string(1'000, 'a');
  const std::size_t one = bytes_of(figure);
  CHECK(one > 1'000);
  for (int i = 0; i < 1'000; ++i) {
    answers.keep("account", scan("E" + std::to_string(i)), "v1", figure);
    CHECK(answers.find("account", scan("E0"), "v1") != nullptr);  // asked for again and again: it stays
    REQUIRE(answers.bytes() <= 20'000);
  }
  CHECK(answers.find("account", scan("E1"), "v1") == nullptr);
  CHECK(answers.find("account", scan("E999"), "v1") != nullptr);
  CHECK(answers.find("account", scan("E999"), "v2") == nullptr);
  CHECK(answers.find("another", scan("E999"), "v1") == nullptr);
  Figure larger = figure;
  larger.working.in_words = std::string(30'000, 'a');
  answers.keep("account", scan("E1"), "v1", larger);  // more than there is room for at all
  CHECK(answers.bytes() <= 20'000);
}
