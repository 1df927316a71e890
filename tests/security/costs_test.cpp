// Kind x who asks x cost: what long work a visitor and an account can start, by every way that leads to it.
#include <doctest/doctest.h>

#include <fstream>
#include <map>

#include "app/slices.h"
#include "app/visitors.h"
#include "base/log.h"
#include "base/long_work.h"
#include "base/text.h"
#include "figures/answers.h"
#include "support/house.h"
#include "support/source_dir.h"

using namespace tithing;
using figures::Address;
using figures::Cost;
using figures::Kind;
using figures::Viewer;

namespace {

struct Line {
  std::string cost, visitor;
};

std::map<std::string, Line> table() {
  std::ifstream file(tests::source_dir() + "/tests/security/costs.csv");
  REQUIRE(file);
  std::map<std::string, Line> lines;
  std::string text;
  std::getline(file, text);
  while (std::getline(file, text)) {
    if (text.empty() || text[0] == '#') continue;
    const auto fields = split(text, ',');
    REQUIRE_MESSAGE(fields.size() == 3, text);
    CHECK_MESSAGE(lines.emplace(fields[0], Line{fields[1], fields[2]}).second, "twice: " << fields[0]);
  }
  return lines;
}

// The demonstration, loaded once: what has been worked out is kept for the length of a test case alone.
struct Demonstration {
  Demonstration() : house([](Wiring& wiring) { app::register_slices(wiring); }) {
    log::set_quiet(true);
    house.demonstration();
  }
  test::House house;
};

// The example of its own description, so far as it is required; with an area and months that the sample has.
Address example_of(const Kind& kind) {
  Address address{kind.name, {}};
  for (const figures::ParameterSpecification& parameter : kind.parameters)
    if (parameter.required || parameter.name == "area") address.parameters.values[parameter.name] = parameter.example;
  auto& values = address.parameters.values;
  if (values.contains("base-to")) values["from"] = "2022-06";
  if (values.contains("compare")) values["compare"] = "E22000369,E22000370";
  return address;
}

enum class Came { answer, problem, refused, queue };

// As a thread that answers pages meets it.
Came on_a_page(const figures::Registry& registry, const Address& address, const Viewer& viewer) {
  const AtWork here(Place::page);
  try {
    const auto figure = registry.ask(address, viewer);
    if (figure) return Came::answer;
    const bool refused = figure.error().kind == ProblemKind::forbidden &&
                         figure.error().message.find("takes long to work out") != std::string::npos;
    return refused ? Came::refused : Came::problem;
  } catch (const QueueNeeded&) {
    return Came::queue;
  }
}

const std::string kMonths = "area=E22000368&from=2022-01&to=2022-11";

}  // namespace

TEST_CASE("every kind says what it costs, as the table has it") {
  Wiring wiring;
  app::register_slices(wiring);
  auto lines = table();
  for (const Kind& kind : wiring.figures.kinds()) {
    CAPTURE(kind.name);
    const auto found = lines.find(kind.name);
    REQUIRE_MESSAGE(found != lines.end(), "tests/security/costs.csv does not say what this kind costs");
    CHECK(found->second.cost == (kind.cost == Cost::heavy ? "heavy" : "light"));
    CHECK((found->second.visitor == "told") == (kind.cost == Cost::light));
    lines.erase(found);
  }
  for (const auto& [kind, _] : lines) FAIL_CHECK("the table names a kind that is not there: " << kind);
}

TEST_CASE("on a cold start a heavy kind begins nothing on a thread that answers pages, whoever asks; a light one may") {
  Demonstration demonstration;
  test::House& house = demonstration.house;
  const auto lines = table();
  const Viewer visitor = Viewer::of(house.wiring.reach_of(Actor::nobody()));
  const Viewer analyst = Viewer::of(house.wiring.reach_of(house.actor(Role::performance_analyst)));
  for (const Kind& kind : house.wiring.figures.kinds()) {
    CAPTURE(kind.name);
    const Address address = example_of(kind);
    CAPTURE(address.path());
    const bool heavy = kind.cost == Cost::heavy;
    const Came to_visitor = on_a_page(house.wiring.figures, address, visitor);
    const Came to_analyst = on_a_page(house.wiring.figures, address, analyst);
    // Of some a visitor may not know at all; that is said before.
    CHECK((to_visitor == Came::refused || (heavy && to_visitor == Came::problem)) == heavy);
    CHECK(to_visitor != Came::queue);
    CHECK((to_analyst == Came::queue) == heavy);
    // A difference is light itself, and asks of what it is made of.
    if (kind.name == "difference") continue;
    const Address difference{"difference", {{{"first", address.path()}, {"second", address.path()}}}};
    const Came difference_to_visitor = on_a_page(house.wiring.figures, difference, visitor);
    CHECK(difference_to_visitor != Came::queue);
    if (heavy) CHECK(difference_to_visitor != Came::answer);
    CHECK((on_a_page(house.wiring.figures, difference, analyst) == Came::queue) == heavy);
  }
}

TEST_CASE("what a job keeps is what visitors are told: the usual view of every area, and no other parameter") {
  Demonstration demonstration;
  test::House& house = demonstration.house;
  const figures::Registry& figures = house.wiring.figures;
  const auto lines = table();
  const std::vector<Address> views = app::views_of_visitors(house.wiring);
  std::size_t of = 0, worked_out = 0;
  {
    const AtWork job(Place::keeping);
    worked_out =
        app::keep_for_visitors(house.wiring, [&](std::size_t, std::size_t all, const std::string&) { of = all; });
  }
  CHECK(of == views.size());
  CHECK(worked_out == views.size());
  const Viewer visitor = Viewer::of(house.wiring.reach_of(Actor::nobody()));
  for (const Address& view : figures.views_for_visitors(house.clock.today())) {
    CAPTURE(view.path());
    CHECK(lines.at(view.kind).visitor == "kept");
    const bool may_know = figures.may(view, visitor).has_value();
    CHECK((on_a_page(figures, view, visitor) == Came::answer) == may_know);
    // Past it: another day of the register, other months, another kind of crime, another size of cell.
    for (const auto& [name, value] : {std::pair{"as-at", "2022-12-31"}, std::pair{"from", "2022-03"},
                                      std::pair{"type", "burglary"}, std::pair{"cell", "1000"}}) {
      Address other = view;
      other.parameters.values[name] = value;
      const Came came = on_a_page(figures, other, visitor);
      CHECK((came == Came::refused || came == Came::problem));  // not every kind takes a cell
    }
  }
  CHECK(figures.bytes_kept() < figures::kMostForVisitors);
  house.as_nobody();
  for (const Address& view : views) {
    if (view.parameters.get("area") != "E22000368") continue;
    CAPTURE(view.path());
    CHECK(house.get(view.path()).status == 200);
    CHECK(house.get("/api/v1" + view.path()).status == 200);
    Address other = view;
    other.parameters.values["type"] = "burglary";
    const http::Response refused = house.get("/api/v1" + other.path());
    CHECK(refused.status == 403);
    CHECK(test::has(refused, view.path().substr(0, view.path().find('&'))));  // where there is one
    const http::Response page = house.get(other.path());
    CHECK(page.status == 403);
    CHECK(test::reads(page, "sign in"));
  }
  CHECK(house.long_work.empty());
}

TEST_CASE("every way to long work leads through the queue: pages, tables as files, the API, freezing") {
  Demonstration demonstration;
  test::House& house = demonstration.house;
  house.as(Role::performance_analyst);
  const std::string area = "/areas/E22000368/analysis/";
  // Each with months of its own, so that nothing of it is there yet.
  int first = 1;
  const auto months = [&first](int last) {
    return "from=2022-0" + std::to_string(first) + "&to=2022-0" + std::to_string(last);
  };
  const auto through_the_queue = [&](const std::string& target) {
    house.long_work.clear();
    const http::Response answer = house.get(target);
    CHECK_MESSAGE(answer.status == 200, target);
    CHECK_MESSAGE(!house.long_work.empty(), target);
    house.long_work.clear();
    CHECK(house.get(target).status == 200);
    CHECK_MESSAGE(house.long_work.empty(), "again, though it was kept: ", target);
  };
  for (const char* page : {"hot-spots", "grid", "density", "concentration", "clusters"}) {
    through_the_queue(area + page + "?type=crime&" + months(9));
    through_the_queue(area + page + "/table.csv?type=burglary&" + months(9));
    through_the_queue(area + page + "/table.xlsx?type=burglary&" + months(8));
    through_the_queue(area + page + "?type=crime&as-at=2022-12-31&" + months(9));
    ++first;
  }
  first = 1;
  through_the_queue(area + "grid-test/table.csv?type=crime&" + months(7));
  through_the_queue(area + "density?type=crime&bandwidth=900&" + months(9));
  through_the_queue("/figures/scan-cluster?area=E22000368&type=crime&" + months(6));
  through_the_queue("/api/v1/figures/grid-hot-spots?area=E22000368&type=crime&cell=500&" + months(6));
  through_the_queue("/api/v1/figures/moran?area=E22000368&type=drugs&part=coverage.present&" + months(6));
  // A figure is worked out before it is frozen; what was frozen is compared with what it would be today.
  house.long_work.clear();
  const http::Response frozen =
      house.post("/figures/gini/freeze?area=E22000368&type=crime&" + months(5), {{"reason", "A test"}});
  CHECK(frozen.status == 303);
  CHECK(house.long_work.size() == 1);
  const std::string page(frozen.header("Location"));
  CHECK(house.get(page).status == 200);
}
