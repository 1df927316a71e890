#include "statistics/forecast.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/random.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

constexpr double kPi = 3.14159265358979323846;

std::vector<double> seasonal_counts(std::size_t months, double trend, std::uint64_t seed, double noise = 5) {
  std::vector<double> y;
  CounterRandom random(seed, 1);
  for (std::size_t i = 0; i < months; ++i) {
    const auto t = static_cast<double>(i);
    y.push_back(std::round(200 + trend * t + 40 * std::sin(2 * kPi * t / 12) +
                           noise * (random.uniform() + random.uniform() + random.uniform() - 1.5) * 2));
  }
  return y;
}

}  // namespace

// Hyndman & Athanasopoulos, "Forecasting: principles and practice" (2nd ed.), sections 7.1 and 7.2: what R's forecast
// package prints for Saudi oil production 1996-2013 and Australian air passengers 1990-2016. The book's tables round
// the data to two decimals. For the air passengers R's search stops a little above the least sum of squares.
TEST_CASE("exponential smoothing agrees with R's forecast package") {
  const std::vector<double> oil = {445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43,
                                   521.28, 508.95, 488.89, 509.87, 456.72, 473.82, 525.95, 549.83, 542.34};
  const auto simple = *fit_ets(oil, false, false, false);
  CHECK(simple.alpha == doctest::Approx(0.8339).epsilon(1e-4));
  CHECK(simple.level == doctest::Approx(446.5868).epsilon(1e-4));
  CHECK(simple.aic == doctest::Approx(178.1430).epsilon(2e-5));
  CHECK(simple.corrected_aic == doctest::Approx(179.8573).epsilon(2e-5));
  CHECK(simple.last_level == doctest::Approx(542.6806).epsilon(1e-5));

  const std::vector<double> air = {17.55, 21.86, 23.89, 26.93, 26.89, 28.83, 30.08, 30.95, 30.19,
                                   31.58, 32.58, 33.48, 39.02, 41.39, 41.60, 44.66, 46.95, 48.73,
                                   51.49, 50.03, 60.64, 63.36, 66.36, 68.20, 68.12, 69.78, 72.60};
  const auto holt = *fit_ets(air, true, false, false);
  CHECK(holt.alpha == doctest::Approx(0.8302).epsilon(2e-2));
  CHECK(holt.level == doctest::Approx(15.5715).epsilon(2e-2));
  CHECK(holt.slope == doctest::Approx(2.1017).epsilon(3e-3));
  CHECK(holt.aic <= 141.1291);
  CHECK(holt.aic > 141.05);
  CHECK(holt.name() == "ETS(A,A,N)");
}

TEST_CASE("a clear season and trend are found, and forecast better than by last year alone") {
  const auto y = seasonal_counts(120, 1.0, 7);
  const auto f = *forecast(y);
  CHECK(f.chosen_by_test);
  CHECK(f.method != ForecastMethod::seasonal_naive);
  REQUIRE(f.steps.size() == 12);
  for (std::size_t h = 0; h < 12; ++h) {
    const double truth =
        200 + static_cast<double>(120 + h) + 40 * std::sin(2 * kPi * static_cast<double>(120 + h) / 12);
    CHECK(std::abs(f.steps[h].mean - truth) < 12);
    CHECK(f.steps[h].lower_95 < f.steps[h].lower_80);
    CHECK(f.steps[h].upper_80 < f.steps[h].upper_95);
  }
  REQUIRE(f.tests.size() == 3);
  CHECK(f.tests[0].method == ForecastMethod::seasonal_naive);
  CHECK(f.tests[0].against_naive == 1);
  for (const auto& test : f.tests) {
    CHECK(test.months == 36);
    if (test.method == f.method) CHECK(test.against_naive < 0.8);
  }
}

TEST_CASE("intervals hold about what they say on months not seen") {
  double within_80 = 0, within_95 = 0, months = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    auto y = seasonal_counts(96, 0, seed, 25);
    const std::vector<double> later(y.end() - 12, y.end());
    y.resize(84);
    const auto f = *forecast(y);
    for (std::size_t h = 0; h < 12; ++h) {
      within_80 += later[h] >= f.steps[h].lower_80 && later[h] <= f.steps[h].upper_80 ? 1 : 0;
      within_95 += later[h] >= f.steps[h].lower_95 && later[h] <= f.steps[h].upper_95 ? 1 : 0;
      ++months;
    }
  }
  CHECK(within_80 / months > 0.7);
  CHECK(within_80 / months < 0.92);
  CHECK(within_95 / months > 0.88);
}

TEST_CASE("seasonal naive and its widening interval") {
  std::vector<double> y;
  for (int i = 0; i < 36; ++i) y.push_back(100 + i % 12 + (i / 12) * 10);
  ForecastOptions options;
  options.horizon = 24;
  options.counts = false;
  const auto f = *forecast_by(y, ForecastMethod::seasonal_naive, options);
  CHECK(f.steps[0].mean == 120);
  CHECK(f.steps[12].mean == 120);
  CHECK(f.steps[0].upper_95 - f.steps[0].mean == doctest::Approx(1.959963984540054 * 10));
  CHECK(f.steps[12].upper_95 - f.steps[12].mean == doctest::Approx(1.959963984540054 * 10 * std::sqrt(2.0)));
}

TEST_CASE("the interval of ETS(A,N,N) widens by alpha squared") {
  const auto y = seasonal_counts(30, 0, 5, 30);
  auto m = *fit_ets(y, false, false, false);
  ForecastOptions options;
  options.counts = false;
  options.period = 200;  // no season possible
  const auto f = *forecast_by(y, ForecastMethod::exponential_smoothing, options);
  if (f.model == "ETS(A,N,N)") {
    const double first = f.steps[0].upper_95 - f.steps[0].mean;
    const double fourth = f.steps[3].upper_95 - f.steps[3].mean;
    CHECK(fourth / first == doctest::Approx(std::sqrt(1 + 3 * m.alpha * m.alpha)));
  } else {
    CHECK(f.model != "");
  }
}

TEST_CASE("the error scaled by seasonal naive's") {
  std::vector<double> history;
  for (int i = 0; i < 24; ++i) history.push_back(i < 12 ? 10 : 14);
  CHECK(*mase(history, {14, 14}, {16, 12}) == doctest::Approx(0.5));
  CHECK_FALSE(mase(std::vector<double>(24, 3.0), {1}, {1}));
  CHECK_FALSE(mase(history, {1, 2}, {1}));
  CHECK_FALSE(mase({1, 2, 3}, {1}, {1}));
}

TEST_CASE("short, constant, empty and broken series") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(forecast({}));
  CHECK_FALSE(forecast({1, 2}));
  CHECK_FALSE(forecast({1, 2, nan, 4}));
  ForecastOptions far;
  far.horizon = 1000;
  CHECK_FALSE(forecast(std::vector<double>(30, 1), far));
  CHECK_FALSE(forecast_by({1, 2, 3}, ForecastMethod::seasonal_naive));
  for (const std::size_t months : {3u, 5u, 11u, 13u, 24u, 27u, 36u, 60u}) {
    for (const double value : {0.0, 7.0}) {
      const auto f = forecast(std::vector<double>(months, value));
      REQUIRE(f);
      for (const auto& step : f->steps) {
        CHECK(std::isfinite(step.mean));
        CHECK(step.mean == doctest::Approx(value));
        CHECK(step.lower_95 >= 0);
        // A constant count is still a count: chance leaves an interval.
        if (value > 0) CHECK(step.upper_95 > value + 5);
      }
      CHECK(f->chosen_by_test == (months >= 39));
    }
  }
  const auto eleven = *forecast(seasonal_counts(11, 0, 1));
  CHECK_FALSE(eleven.chosen_by_test);
  CHECK(eleven.method == ForecastMethod::exponential_smoothing);
}
