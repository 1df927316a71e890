#include "statistics/seasonal.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/random.h"
#include "statistics/testdata/read_csv.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

bool close(double found, double expected, double relative = 1e-10) {
  const bool good = std::abs(found - expected) <= relative * std::abs(expected);
  if (!good) MESSAGE("found " << found << " expected " << expected << " relative " << (found / expected - 1));
  return good;
}

const std::vector<double> kThirty = {5, 9, 2, 9, 0, 6, 3, 8, 5, 8, 7, 8, 8, 0, 2,
                                     5, 0, 5, 6, 7, 3, 6, 1, 4, 4, 4, 3, 7, 5, 8};

}  // namespace

TEST_CASE("STL agrees with its authors' program on carbon dioxide at Mauna Loa") {
  const auto rows = testdata::read_csv("carbon_dioxide.csv");
  std::vector<double> series;
  for (std::size_t i = 1; i < rows.size(); ++i) series.push_back(std::stod(rows[i][0]));
  REQUIRE(series.size() == 348);
  StlOptions options;
  options.seasonal_span = 35;
  options.trend_span = 19;
  options.low_pass_span = 13;
  options.seasonal_degree = 1;
  options.seasonal_jump = 4;
  options.trend_jump = 2;
  options.low_pass_jump = 2;
  options.inner = 1;
  options.outer = 2;
  const auto d = *stl(series, options);
  int compared = 0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (rows[i + 1].size() < 4 || rows[i + 1][1].empty()) continue;
    CHECK(close(d.seasonal[i], std::stod(rows[i + 1][1])));
    CHECK(close(d.trend[i], std::stod(rows[i + 1][2])));
    CHECK(close(d.weights[i], std::stod(rows[i + 1][3]), 1e-9));
    ++compared;
  }
  CHECK(compared == 14);
}

// Published in the tests of the stl-cpp library (float precision), which took them from R's stl with these options.
TEST_CASE("STL of a short series, plain and robust") {
  StlOptions options;
  options.period = 7;
  options.seasonal_span = 7;
  options.inner = 2;
  auto d = *stl(kThirty, options);
  const double seasonal[] = {0.36926576, 0.75655484, -1.3324139, 1.9553658, -0.6044802};
  const double trend[] = {4.804099, 4.9097075, 5.015316, 5.16045, 5.305584};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(d.seasonal[i] == doctest::Approx(seasonal[i]).epsilon(1e-6));
    CHECK(d.trend[i] == doctest::Approx(trend[i]).epsilon(1e-6));
  }
  CHECK(*d.seasonal_strength == doctest::Approx(0.284111676315015).epsilon(1e-6));
  CHECK(*d.trend_strength == doctest::Approx(0.16384245231864702).epsilon(1e-6));
  options.robust = true;
  options.inner = 0;
  d = *stl(kThirty, options);
  const double robust_seasonal[] = {0.14922355, 0.47939026, -1.833231, 1.7411387, 0.8200711};
  const double weights[] = {0.99374926, 0.8129377, 0.9385952, 0.9458036, 0.29742217};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(d.seasonal[i] == doctest::Approx(robust_seasonal[i]).epsilon(1e-6));
    CHECK(d.weights[i] == doctest::Approx(weights[i]).epsilon(1e-6));
  }
}

TEST_CASE("a periodic season is the same every year, and the parts add up") {
  std::vector<double> series;
  CounterRandom random(3, 3);
  for (int i = 0; i < 59; ++i)
    series.push_back(100 + 0.5 * i + 10 * std::sin(i * 2 * 3.14159265358979 / 12) + random.uniform());
  const auto d = *stl(series);
  for (std::size_t i = 0; i < series.size(); ++i) {
    CHECK(d.seasonal[i] + d.trend[i] + d.remainder[i] == doctest::Approx(series[i]).epsilon(1e-12));
    if (i >= 12) CHECK(d.seasonal[i] == d.seasonal[i - 12]);
  }
  CHECK(*d.seasonal_strength > 0.95);
  CHECK(*d.trend_strength > 0.95);
}

TEST_CASE("what STL cannot do it says; a constant series is all trend") {
  CHECK_FALSE(stl(std::vector<double>(23, 1.0)));
  CHECK_FALSE(stl({}));
  std::vector<double> gap(36, 1.0);
  gap[5] = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(stl(gap));
  StlOptions even;
  even.seasonal_span = 8;
  CHECK_FALSE(stl(std::vector<double>(36, 1.0), even));
  StlOptions robust;
  robust.robust = true;
  for (const auto& options : {StlOptions{}, robust}) {
    const auto d = *stl(std::vector<double>(36, 4.2), options);
    for (std::size_t i = 0; i < 36; ++i) {
      CHECK(d.trend[i] == doctest::Approx(4.2));
      CHECK(std::abs(d.seasonal[i]) < 1e-9);
    }
    CHECK_FALSE(d.seasonal_strength);
  }
}
