#include "allocation/scenarios.h"

#include <doctest/doctest.h>

#include "allocation/scheme_for_tests.h"
#include "allocation/write_json.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

// Population favours a, crime favours b: who gains turns on the weights alone.
Scheme two_needs(std::int64_t population_weight) {
  Scheme out = scheme_of(100'00, {{"a", 50'00}, {"b", 50'00}});
  out.title = "Population " + std::to_string(population_weight);
  WeightedIndicators need;
  need.indicators.push_back(indicator_of("population", Fraction(population_weight), {{"a", 80}, {"b", 20}}));
  need.indicators.push_back(indicator_of("crime", Fraction(100 - population_weight), {{"a", 30}, {"b", 70}}));
  out.steps = {{need, ""}};
  return out;
}

}  // namespace

TEST_CASE("scenarios beside each other") {
  const Scheme first = two_needs(60), second = two_needs(20);
  const auto one = allocate(first), two = allocate(second);
  REQUIRE(one);
  REQUIRE(two);
  const auto scenarios = compare({{&first, &*one}, {&second, &*two}});
  REQUIRE(scenarios.size() == 2);
  const Standing& a = scenarios[0].areas[0];
  CHECK(a.amount == Money{60'00});
  CHECK(a.share == percent(60));
  CHECK(a.per_head == Money{6});
  CHECK(a.change == Money{10'00});
  CHECK(a.change_share == percent(20));
  CHECK_FALSE(a.against);
  CHECK(scenarios[0].winners == 1);
  CHECK(scenarios[0].losers == 1);
  CHECK(scenarios[1].areas[0].against == Money{-20'00});
  CHECK(scenarios[1].areas[0].against_share == Fraction(Integer(-1), Integer(3)));
}

TEST_CASE("an area that had nothing last year has no percentage, and one that is not known no change") {
  Scheme scheme = two_needs(50);
  scheme.last_year->amounts["a"] = Money{0};
  scheme.last_year->amounts.erase("b");
  scheme.areas[1].population.reset();
  const auto made = allocate(scheme);
  REQUIRE(made);
  const auto scenario = compare({{&scheme, &*made}}).front();
  CHECK(scenario.areas[0].change == Money{55'00});
  CHECK_FALSE(scenario.areas[0].change_share);
  CHECK_FALSE(scenario.areas[1].change);
  CHECK_FALSE(scenario.areas[1].per_head);
  CHECK(scenario.winners == 1);
}

TEST_CASE("which weight, moved by how much, changes a sign or the order") {
  // a gets 30 + w/2 per cent: above 50 from w = 40 on. At 60 it gains; at exactly 40 it stays; below it loses.
  const auto found = sensitivity(two_needs(60), {7, 200});
  REQUIRE(found);
  const auto has = [&](const std::string& indicator, std::int64_t to, const std::string& what) {
    for (const WeightMove& move : found->moves)
      if (move.indicator_name == indicator && move.to == Fraction(to) && move.what.find(what) != std::string::npos)
        return true;
    return false;
  };
  CHECK(has("population", 40, "Area a stays as it was; now it gains"));
  CHECK(has("population", 40, "Area b stays as it was; now it loses"));
  CHECK(has("crime", 60, "Area a stays as it was; now it gains"));
  // At a tie the order goes by key, so it turns one step beyond.
  bool order = false;
  for (const WeightMove& move : found->moves)
    order = order || (move.area.empty() && move.indicator_name == "population" &&
                      move.to == Fraction(Integer(399), Integer(10)));
  CHECK(order);
  CHECK(found->robust.empty());
  CHECK(found->stability.seed == 7);
  CHECK(found->stability.draws == 200);
  // A tenth of 60 moves a by at most some 2.5 points: it gains in every draw.
  CHECK(found->stability.areas[0].same_sign == 200);
  CHECK(found->stability.same_top_five == 200);
  CHECK(found->stability.areas[0].lowest < Money{60'00});
  CHECK(Money{60'00} < found->stability.areas[0].highest);
}

TEST_CASE("the same seed draws the same; another seed another") {
  const auto text = [](std::uint64_t seed) {
    const auto found = sensitivity(two_needs(60), {seed, 100});
    REQUIRE(found);
    JsonWriter json;
    json.begin_object();
    write_sensitivity(json, *found);
    json.end_object();
    return json.take();
  };
  CHECK(text(1) == text(1));
  CHECK(text(1) != text(2));
}

TEST_CASE("an answer that no weight changes is said to be so; a scheme without weights has none to move") {
  Scheme scheme = two_needs(60);
  for (Indicator& indicator : std::get<WeightedIndicators>(scheme.steps[0].what).indicators) {
    indicator.values["a"].front().value = Fraction(90);
    indicator.values["b"].front().value = Fraction(10);
  }
  const auto found = sensitivity(scheme, {1, 10});
  REQUIRE(found);
  CHECK(found->moves.empty());
  CHECK(found->robust == std::vector<std::string>{"population", "crime"});
  scheme.steps = {{DirectShares{}, ""}};
  CHECK_FALSE(sensitivity(scheme, {1, 10}));
  CHECK_FALSE(sensitivity(two_needs(60), {1, 0}));
}

TEST_CASE("weights under which the scheme cannot be worked out are not said to change nothing") {
  // With all weight on the first indicator b has nothing, so a's cap leaves 50 to hold back from; a little weight on
  // the second, and b takes it: then the hold-back asks for more than remains.
  Scheme scheme = two_needs(100);
  auto& indicators = std::get<WeightedIndicators>(scheme.steps[0].what).indicators;
  indicators[0].values["a"].front().value = Fraction(1);
  indicators[0].values["b"].front().value = Fraction(0);
  Limit cap;
  cap.kind = Limit::Kind::cap;
  cap.amount = Money{50'00};
  cap.areas = {"a"};
  scheme.steps.push_back({cap, ""});
  scheme.steps.push_back({HoldBack{"Central", of_amount(10'00), HoldBack::Of::remaining}, ""});
  const auto found = sensitivity(scheme, {1, 10});
  REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().message));
  CHECK(found->moves.empty());
  CHECK(found->robust.empty());
  CHECK(found->not_looked_at == std::vector<std::string>{"population", "crime"});
  CHECK(found->stability.worked_out == 10);
  JsonWriter json;
  json.begin_object();
  write_sensitivity(json, *found);
  json.end_object();
  CHECK(json.text().find(R"("no_weight_changes_anything":[],"could_not_be_checked":["population","crime"])") !=
        std::string::npos);
  CHECK(json.text().find(R"("worked_out":10)") != std::string::npos);
}

TEST_CASE("hold-harmless at nought per cent is no loss to the search either") {
  Scheme scheme = two_needs(20);
  Limit harmless;
  harmless.kind = Limit::Kind::hold_harmless;
  harmless.share = Fraction(0);
  scheme.steps.push_back({harmless, ""});
  const auto found = sensitivity(scheme, {1, 10});
  REQUIRE(found);
  for (const WeightMove& move : found->moves) CHECK(move.what.find("loses") == std::string::npos);
}

TEST_CASE("any scenario can be the measure, and who gains and loses is said by name") {
  const Scheme first = two_needs(60), second = two_needs(20);
  const auto one = allocate(first), two = allocate(second);
  REQUIRE(one);
  REQUIRE(two);
  const auto scenarios = compare({{&first, &*one}, {&second, &*two}}, 1);
  CHECK(scenarios[0].areas[0].against == Money{20'00});
  CHECK_FALSE(scenarios[1].areas[0].against);
  const GainsAndLosses outcome = gains_and_losses(scenarios[0]);
  CHECK(outcome.gain == std::vector<std::string>{"Area a"});
  CHECK(outcome.lose == std::vector<std::string>{"Area b"});
  CHECK(outcome.stay.empty());
  CHECK(outcome.unknown.empty());
}

TEST_CASE("no change in per cent: last year's money was nought, or is not known, which are two things") {
  CHECK(no_change_share(Money{0}) == "Last year's amount was nought, so the change is no share of it.");
  CHECK(no_change_share({}) == "Last year's amount is not known, which is not nought.");
  CHECK(no_change_share({}, "The prior total") == "The prior total is not known, which is not nought.");
}
