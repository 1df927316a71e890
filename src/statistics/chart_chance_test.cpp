#include "statistics/chart_chance.h"

#include <doctest/doctest.h>

#include <cmath>

#include "statistics/noise.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

std::vector<std::optional<double>> noise_series(std::size_t months, double mean, std::uint64_t stream) {
  CounterRandom random(41, stream);
  std::vector<std::optional<double>> values;
  for (std::size_t i = 0; i < months; ++i) values.push_back(noise_count(random, mean));
  return values;
}

}  // namespace

TEST_CASE("charts of noise carry about as many signals as is said, and are called as rarely as they may be") {
  std::vector<std::vector<std::optional<double>>> series;
  for (std::uint64_t i = 0; i < 200; ++i) series.push_back(noise_series(36, 100, i));
  const auto found = charts_chance(series);
  REQUIRE(found);
  CHECK(found->signals > 50);  // a page of many charts is never without one
  CHECK(static_cast<double>(found->signals) == doctest::Approx(found->expected_signals).epsilon(0.25));
  std::size_t small = 0;
  for (const auto& chart : found->charts) {
    small += *chart.p <= 0.05 ? 1 : 0;
    CHECK(*chart.corrected_p >= *chart.p);
  }
  // At most 5%, doubled against two questions: 30 of 200 would come less than once in a million times.
  CHECK(small <= 30);
}

TEST_CASE("the chart with a pattern comes first") {
  std::vector<std::vector<std::optional<double>>> series;
  for (std::uint64_t i = 0; i < 14; ++i) series.push_back(noise_series(36, 50, 500 + i));
  auto risen = noise_series(36, 50, 600);
  for (std::size_t i = 20; i < risen.size(); ++i) *risen[i] += 30;
  auto one_month = noise_series(36, 50, 601);
  *one_month[30] = 200;
  series.push_back(risen);
  series.push_back(one_month);
  const auto found = charts_chance(series);
  REQUIRE(found);
  for (std::size_t i = 0; i < 14; ++i) {
    CHECK(*found->charts[i].corrected_p > *found->charts[14].corrected_p);
    CHECK(*found->charts[i].corrected_p > *found->charts[15].corrected_p);
  }
  CHECK(*found->charts[14].corrected_p <= 0.05);
  CHECK(*found->charts[15].corrected_p <= 0.05);
}

TEST_CASE("what has no limits has no p, and gaps are simulated where they are") {
  auto gap = noise_series(24, 20, 700);
  gap[7].reset();
  const auto found = charts_chance({{}, {std::nullopt, 3.0}, gap, std::vector<std::optional<double>>(12, 5.0)});
  REQUIRE(found);
  CHECK(!found->charts[0].p);
  CHECK(!found->charts[1].p);
  CHECK(found->charts[2].p);
  CHECK(*found->charts[3].p == 1);  // all equal: nothing is rarer
  CHECK(found->charts[3].signals == 0);
  CHECK(!charts_chance({}));
  CHECK(!charts_chance({gap}, {}, 5));
  const auto again = charts_chance({gap});
  CHECK(again->charts[0].p == found->charts[2].p);
}
