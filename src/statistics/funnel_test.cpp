#include "statistics/funnel.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/random.h"
#include "statistics/special.h"
#include "statistics/testdata/read_csv.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

bool close(double found, double expected, double relative = 1e-9) {
  const bool good = std::abs(found - expected) <= relative * std::abs(expected);
  if (!good) MESSAGE("found " << found << " expected " << expected);
  return good;
}

const std::vector<Observed> kFive = {{120, 10000}, {95, 9000}, {40, 5000}, {300, 20000}, {11, 1500}};

}  // namespace

TEST_CASE("empirical Bayes agrees with spdep's EBest on the infant deaths of North Carolina") {
  const auto rows = testdata::read_csv("sids2.csv");
  std::vector<Observed> areas;
  for (std::size_t i = 1; i < rows.size(); ++i) areas.push_back({std::stoll(rows[i][1]), std::stod(rows[i][0])});
  REQUIRE(areas.size() == 100);
  const auto shrinkage = shrink(areas);
  REQUIRE(shrinkage);
  CHECK(close(shrinkage->variance, 7.69293064701465e-07));
  CHECK(close(shrinkage->mean, 0.00202144489365442));
  for (std::size_t i = 0; i < areas.size(); ++i) CHECK(close(shrinkage->areas[i].estimate, std::stod(rows[i + 1][3])));
}

TEST_CASE("shrinkage of areas that differ by chance alone gives all of them the mean") {
  const auto shrinkage = *shrink({{10, 1000}, {10, 1000}, {11, 1000}, {0, 0}});
  CHECK(shrinkage.variance == 0);
  for (const auto& area : shrinkage.areas) CHECK(area.estimate == doctest::Approx(31.0 / 3000));
  CHECK_FALSE(shrinkage.areas[3].known);
  CHECK(shrink({{0, 5}, {0, 7}})->areas[0].estimate == 0);
}

TEST_CASE("exact funnel limits are interpolated Poisson quantiles") {
  FunnelOptions options;
  options.method = FunnelMethod::exact;
  options.target = 0.01;
  const auto plot = *funnel(kFive, options);
  // Mean 100: P(X <= 80) = 0.0226, P(X <= 81) = 0.0291; P(X <= 119) = 0.9715, P(X <= 120) = 0.9773.
  const double r81 = 81 - (poisson_cdf(81, 100) - 0.025) / poisson_term(81, 100);
  const double r120 = 120 - (poisson_cdf(120, 100) - 0.975) / poisson_term(120, 100);
  CHECK(poisson_cdf(80, 100) < 0.025);
  CHECK(close(plot.points[0].limits_95.lower, r81 / 10000));
  CHECK(close(plot.points[0].limits_95.upper, r120 / 10000));
  CHECK(plot.points[0].band == FunnelBand::above);  // 120 against an upper limit just below 120
  CHECK(plot.points[3].band == FunnelBand::far_above);
  CHECK(plot.points[4].band == FunnelBand::within);
  CHECK_FALSE(plot.widened);
}

// Worked by hand from Spiegelhalter (2005) section 4.2 in independent arithmetic (Python 3.11 floats).
TEST_CASE("overdispersion widens the limits, by factor or between areas") {
  FunnelOptions options;
  options.winsorise = 0.1;
  options.widen_only_if_clear = false;
  const auto additive = *funnel(kFive, options);
  CHECK(close(additive.target, 0.012439560439560439));
  CHECK(close(additive.phi, 2.964636687805714));
  CHECK(close(additive.tau_squared, 4.190097008543208e-06));
  CHECK(additive.widened);
  options.method = FunnelMethod::multiplicative;
  const auto factor = *funnel(kFive, options);
  const double naive = std::sqrt(additive.target / 10000);
  CHECK(close(factor.points[0].limits_95.upper, factor.target + 1.959963984540054 * naive * std::sqrt(factor.phi)));
  CHECK(close(factor.points[0].z, (0.012 - factor.target) / (naive * std::sqrt(factor.phi))));
  // phi may be chance with five areas: 1 + 2 sqrt(2/5) = 2.26.
  options.widen_only_if_clear = true;
  CHECK(funnel(kFive, options)->widened == (additive.phi > 1 + 2 * std::sqrt(0.4)));
}

TEST_CASE("on noise alone about one area in twenty lies beyond the 95% limits") {
  std::vector<Observed> areas;
  for (int i = 0; i < 2000; ++i) {
    CounterRandom random(7, static_cast<std::uint64_t>(i));
    const double exposure = 50.0 + i % 37;
    std::int64_t count = 0;
    for (double t = -std::log(1 - random.uniform()); t < exposure; t -= std::log(1 - random.uniform())) ++count;
    areas.push_back({count, exposure});
  }
  for (const auto method : {FunnelMethod::exact, FunnelMethod::additive}) {
    FunnelOptions options;
    options.method = method;
    const auto plot = *funnel(areas, options);
    int beyond = 0;
    for (const auto& point : plot.points)
      if (point.band != FunnelBand::within) ++beyond;
    CHECK(beyond > 60);
    CHECK(beyond < 140);
    CHECK_FALSE(plot.widened);
  }
}

TEST_CASE("funnel with little or strange input") {
  CHECK_FALSE(funnel({}));
  CHECK_FALSE(funnel({{0, 100}, {0, 200}}));
  CHECK_FALSE(funnel({{1, 0}}));
  CHECK_FALSE(funnel({{1, std::numeric_limits<double>::quiet_NaN()}}));
  CHECK_FALSE(funnel({{-1, 10}}));
  const auto one = *funnel({{5, 100}});
  CHECK(one.points[0].band == FunnelBand::within);
  const auto gap = *funnel({{5, 100}, {3, 0}, {6, 100}});
  CHECK(gap.points[1].band == FunnelBand::unknown);
  CHECK(gap.target == doctest::Approx(0.055));
  const auto equal = *funnel(std::vector<Observed>(10, {7, 100}));
  CHECK(equal.phi == doctest::Approx(0));
  CHECK(words(equal.points[3].band) == "within what chance allows");
}

TEST_CASE("ranks: sure when far apart, open when alike, the same for the same seed") {
  const auto apart = *ranks({{1000, 100}, {10, 100}, {100, 100}, {0, 0}}, 42);
  CHECK(apart[0].rank == 1);
  CHECK(apart[0].lower == 1);
  CHECK(apart[0].upper == 1);
  CHECK(apart[1].rank == 3);
  CHECK(apart[2].upper == 2);
  CHECK(apart[3].rank == 0);
  const auto alike = *ranks(std::vector<Observed>(20, {50, 100}), 42);
  CHECK(alike[4].rank == 10.5);
  CHECK(alike[4].lower <= 2);
  CHECK(alike[4].upper >= 19);
  const auto again = *ranks(std::vector<Observed>(20, {50, 100}), 42);
  CHECK(again[7].lower == alike[7].lower);
  CHECK(again[7].upper == alike[7].upper);
  CHECK_FALSE(ranks({{1, 1}}, 1, 0.95, 5));
}

TEST_CASE("overdispersion of a series") {
  CHECK(*overdispersion_of({10, 10, 10}) == 1);
  CHECK(close(*overdispersion_of({5, 15, 25, 35}), 500.0 / 20 / 3));
  CHECK_FALSE(overdispersion_of({1}));
  CHECK_FALSE(overdispersion_of({0, 0}));
  CHECK_FALSE(overdispersion_of({1, std::numeric_limits<double>::quiet_NaN()}));
}
