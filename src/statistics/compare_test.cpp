#include "statistics/compare.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "statistics/displacement.h"
#include "statistics/hotspots.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
}

TEST_CASE("a directly standardised rate by hand") {
  // Weights 0.25, 0.5, 0.25; rates 0.01, 0.02, 0.05; sum 0.025.
  const std::vector<Stratum> strata = {{10, 1000, 25}, {40, 2000, 50}, {25, 500, 25}};
  const auto rate = *directly_standardised_rate(strata);
  CHECK(rate.rate == doctest::Approx(25));
  // Dobson: variance = sum of (w/n)^2 x count; scaled by the exact limits of 75 (58.9917, 94.0138).
  const double variance = 0.25 * 0.25 / 1e6 * 10 + 0.25 / 4e6 * 40 + 0.25 * 0.25 / 250000 * 25;
  const auto exact = *poisson_interval(75);
  const double scale = std::sqrt(variance / 75);
  CHECK(rate.interval.lower == doctest::Approx(1000 * (0.025 + scale * (exact.lower - 75))));
  CHECK(rate.interval.upper == doctest::Approx(1000 * (0.025 + scale * (exact.upper - 75))));
  // With the area's own make-up as the standard it is the crude rate with its exact interval.
  const auto crude = *directly_standardised_rate({{10, 1000, 1000}, {40, 2000, 2000}});
  CHECK(crude.rate == doctest::Approx(50.0 / 3));
  CHECK(crude.interval.upper == doctest::Approx(poisson_rate(50, 3000)->interval.upper));
  CHECK(directly_standardised_rate({{0, 1000, 10}})->interval.upper == doctest::Approx(3.6888794541139363));
  CHECK_FALSE(directly_standardised_rate({}));
  CHECK_FALSE(directly_standardised_rate({{1, 0, 10}}));
  CHECK_FALSE(directly_standardised_rate({{1, 10, 0}}));
  CHECK_FALSE(directly_standardised_rate({{1, kNaN, 1}}));
}

TEST_CASE("areas most alike, on one scale, with what tells them apart") {
  const std::vector<std::vector<std::optional<double>>> c = {
      {10.0, 1000.0, 5.0}, {11.0, 1000.0, 5.0}, {10.0, 3000.0, 5.0}, {30.0, 5000.0, 5.0}, {std::nullopt, 1000.0, 5.0}};
  const auto near = *nearest_areas(c, 0, 2);
  REQUIRE(near.areas.size() == 2);
  CHECK(near.areas[0].area == 1);
  CHECK(near.areas[1].area == 2);
  CHECK(near.used == std::vector<std::size_t>{0, 1});  // the third is the same everywhere
  REQUIRE(near.deviations.size() == 2);
  CHECK(near.deviations[1] ==
        doctest::Approx(std::sqrt((2 * 1500.0 * 1500 + 500.0 * 500 + 2500.0 * 2500) / 3)));  // mean 2,500
  CHECK(near.areas[1].differences[1] == doctest::Approx(2000 / near.deviations[1]));
  CHECK(near.left_out == std::vector<std::size_t>{4});
  CHECK(near.areas[0].differences[1] == 0);
  const auto by_first = *nearest_areas(c, 0, 9, {1, 0, 0});
  CHECK(by_first.areas.size() == 3);
  CHECK(by_first.areas[0].area == 2);
  CHECK(by_first.areas[0].distance == 0);
  CHECK_FALSE(nearest_areas(c, 4, 2));
  CHECK_FALSE(nearest_areas(c, 9, 2));
  CHECK_FALSE(nearest_areas(c, 0, 2, {0, 0, 0}));
  CHECK_FALSE(nearest_areas({}, 0, 1));
  CHECK(nearest_areas({{1.0}}, 0, 3)->areas.empty());
}

TEST_CASE("the mean of a most similar group counts each area once, own included") {
  const auto mean = *most_similar_mean({10.0, 20.0, std::nullopt, 60.0}, 0, {1, 2, 3});
  CHECK(mean.mean == 30);
  CHECK(mean.known == 3);
  CHECK(mean.unknown == 1);
  CHECK(*mean.difference == -20);
  CHECK(most_similar_mean({10.0, 20.0}, 0, {0, 1})->mean == 15);
  CHECK_FALSE(most_similar_mean({10.0}, 0, {7}));
  CHECK_FALSE(most_similar_mean({std::nullopt, kNaN}, 0, {1}));
  CHECK_FALSE(most_similar_mean({std::nullopt, 5.0}, 0, {1})->own);
}

// ptools, wdd(c(20, 20), c(20, 10)): estimate -10, standard error 8.4.
TEST_CASE("the weighted displacement difference") {
  DisplacementInput input;
  input.control = {20, 20};
  input.treated = {20, 10};
  const auto d = *weighted_displacement_difference(input);
  CHECK(d.total == -10);
  CHECK(d.standard_error == doctest::Approx(std::sqrt(70.0)));
  CHECK(d.z == doctest::Approx(-10 / std::sqrt(70.0)));
  CHECK(d.interval.upper == doctest::Approx(-10 + 1.959963984540054 * std::sqrt(70.0)));
  CHECK(d.expected == 20);
  CHECK(*d.relative == doctest::Approx(0.5));
  // Displacement around eats half of it.
  input.treated_neighbours = BeforeAfter{20, 25};
  CHECK_FALSE(weighted_displacement_difference(input));
  input.control_neighbours = BeforeAfter{20, 20};
  const auto moved = *weighted_displacement_difference(input);
  CHECK(moved.local == -10);
  CHECK(moved.around == 5);
  CHECK(moved.total == -5);
  CHECK(moved.standard_error == doctest::Approx(std::sqrt(70.0 + 85)));
}

TEST_CASE("periods and comparison areas of other sizes, and nothing at all") {
  DisplacementInput input;
  input.treated = {120, 30};  // twelve months before, three after: as before
  input.control = {240, 60};
  input.length_before = 12;
  input.length_after = 3;
  input.control_weight = 0.5;
  const auto d = *weighted_displacement_difference(input);
  CHECK(d.total == doctest::Approx(0));
  CHECK(d.p == doctest::Approx(1));
  CHECK(d.standard_error == doctest::Approx(std::sqrt(30 + 120 / 16.0 + 0.25 * (60 + 240 / 16.0))));
  DisplacementInput nothing;
  CHECK_FALSE(weighted_displacement_difference(nothing));
  nothing.treated = {0, 5};
  CHECK_FALSE(weighted_displacement_difference(nothing)->relative);
  nothing.length_after = 0;
  CHECK_FALSE(weighted_displacement_difference(nothing));
}

TEST_CASE("accuracy of a hot-spot map by hand") {
  HotspotInput input;
  input.score = {9, 1, 5, 0, 0, 0, 0, 0, 0, 0};
  input.size = std::vector<double>(10, 2.0);
  input.earlier = {9, 1, 5, 0, 0, 0, 0, 0, 0, 0};
  input.later = {6, 8, 4, 2, 0, 0, 0, 0, 0, 0};
  const auto a = *hotspot_accuracy(input, 0.2);
  CHECK(a.chosen == std::vector<std::size_t>{0, 2});
  CHECK(a.hit_rate == doctest::Approx(0.5));
  CHECK(a.area_share == doctest::Approx(0.2));
  CHECK(a.accuracy_index == doctest::Approx(2.5));
  CHECK(a.best_index == doctest::Approx(3.5));  // 14 of 20 in the two fullest
  CHECK(a.efficiency_index == doctest::Approx(10.0 / 14));
  CHECK(*a.recapture_index == doctest::Approx((10.0 / 14) / (20.0 / 15)));
  // Half of the area is sea: the same map is less of a feat.
  input.feasible = {true, true, true, true, true, false, false, false, false, false};
  const auto land = *hotspot_accuracy(input, 0.4);
  CHECK(land.accuracy_index == doctest::Approx(1.25));
  CHECK(land.efficiency_index == doctest::Approx(10.0 / 14));
  input.later = std::vector<double>(10, 0);
  CHECK_FALSE(hotspot_accuracy(input, 0.4));
  CHECK_FALSE(hotspot_accuracy({}, 0.1));
  CHECK_FALSE(hotspot_accuracy({{1}, {0}, {}, {1}, {}}, 0.1));
  CHECK_FALSE(hotspot_accuracy({{kNaN}, {1}, {}, {1}, {}}, 0.1));
}

TEST_CASE("a back-test on a pattern that stays finds it, and on one that moves does not") {
  std::vector<std::vector<double>> stays, moves;
  for (std::size_t i = 0; i < 20; ++i) {
    stays.emplace_back();
    moves.emplace_back();
    for (std::size_t t = 0; t < 12; ++t) {
      stays.back().push_back(i < 2 ? 10 : 1);
      moves.back().push_back(i == (t * 7) % 20 ? 20 : 0);
    }
  }
  const std::vector<double> size(20, 1.0);
  const auto good = *hotspot_back_test(stays, size, 0.1, 6, 4);
  CHECK(good.tested == 4);
  CHECK(good.efficiency_index == doctest::Approx(1));
  CHECK(good.hit_rate == doctest::Approx(20.0 / 38));
  CHECK(good.overlap == 1);
  CHECK(*good.recapture_index == doctest::Approx(1));
  CHECK(hotspot_back_test(moves, size, 0.1, 6, 4)->hit_rate == 0);
  CHECK_FALSE(hotspot_back_test(stays, size, 0.1, 10, 4));
  CHECK_FALSE(hotspot_back_test({}, {}, 0.1, 1, 1));
}

TEST_CASE("the history of hot spots in words") {
  const auto h = *hotspot_histories({{false, false, false, false, false},
                                     {false, false, false, false, true},
                                     {true, true, true, false, true},
                                     {true, false, false, false, true},
                                     {true, true, true, true, false}});
  CHECK(words(h[0]) == "in no month by itself");
  CHECK(words(h[1]) == "new");
  CHECK(words(h[2]) == "persistent");
  CHECK(words(h[3]) == "comes and goes");
  CHECK(words(h[4]) == "fading");
  CHECK_FALSE(hotspot_histories({}));
  CHECK_FALSE(hotspot_histories({{true}}));
  CHECK_FALSE(hotspot_histories({{true, false}, {true}}));
}
