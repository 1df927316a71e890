#include "statistics/describe.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace tithing;
using namespace tithing::statistics;

namespace {
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
}

// The examples of the R package lorenzgini.
TEST_CASE("Gini in the form for fewer crimes than places") {
  const auto a = *concentration({10, 8, 2, 0, 0, 0, 0, 0, 0, 0});
  CHECK(a.gini == doctest::Approx(0.78).epsilon(1e-12));
  CHECK(a.generalised == doctest::Approx(0.78).epsilon(1e-12));
  const auto b = *concentration({5, 2, 1, 0, 0, 0, 0, 0, 0, 0});
  CHECK(b.gini == doctest::Approx(0.8).epsilon(1e-12));
  CHECK(b.generalised == doctest::Approx(0.75).epsilon(1e-12));
  const auto one = *concentration({12, 0, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(one.generalised == doctest::Approx(0.9).epsilon(1e-12));
  CHECK(*one.unbiased == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("concentration of evenly spread, single and impossible input") {
  CHECK(concentration({3, 3, 3, 3})->gini == doctest::Approx(0));
  // Four crimes as evenly as can be on ten places.
  CHECK(concentration({1, 1, 1, 1, 0, 0, 0, 0, 0, 0})->generalised == doctest::Approx(0));
  CHECK_FALSE(concentration({1, 0})->unbiased);
  CHECK(concentration({7})->gini == 0);
  CHECK_FALSE(concentration({7})->unbiased);
  CHECK_FALSE(concentration({}));
  CHECK_FALSE(concentration({0, 0}));
  CHECK_FALSE(concentration({1, -1}));
  CHECK_FALSE(concentration({1, kNaN}));
}

TEST_CASE("the share of places that holds a share of the events") {
  const auto c = *concentration({10, 8, 2, 0, 0, 0, 0, 0, 0, 0});
  CHECK(c.places_for(0.5) == doctest::Approx(0.1));
  CHECK(c.places_for(0.51) == doctest::Approx(0.2));
  CHECK(c.places_for(1) == doctest::Approx(0.3));
  CHECK(c.curve.front().events == 0);
  CHECK(c.curve.back().places == 1);
  CHECK(c.curve.size() == 11);
}

TEST_CASE("quantile classes keep equal values together and say what they hold") {
  const auto plain = *quantile_classes({1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  REQUIRE(plain.classes.size() == 5);
  CHECK(plain.classes[0].lower == 1);
  CHECK(plain.classes[0].upper == 2);
  CHECK(plain.classes[4].upper == 10);
  for (const auto& c : plain.classes) CHECK(c.count == 2);

  const auto ties = *quantile_classes({0, 0, 0, 0, 0, 0, 1, 2, 3, kNaN});
  CHECK(ties.missing == 1);
  std::size_t held = 0;
  for (const auto& c : ties.classes) held += c.count;
  CHECK(held == 9);
  CHECK(ties.classes[0].count == 6);
  CHECK(ties.classes[0].upper == 0);
  CHECK(ties.classes.size() == 3);
  CHECK(*ties.class_of(0) == 0);
  CHECK(*ties.class_of(3) == 2);
  CHECK_FALSE(ties.class_of(kNaN));
  CHECK_FALSE(ties.class_of(99));

  CHECK(quantile_classes({4, 4, 4})->classes.size() == 1);
  CHECK(quantile_classes({4})->classes[0].count == 1);
  CHECK_FALSE(quantile_classes({}));
  CHECK_FALSE(quantile_classes({kNaN}));
  CHECK_FALSE(quantile_classes({1}, 0));
}

TEST_CASE("zeros can stand apart") {
  const auto c = *quantile_classes({0, 0, 0, 1, 2, 3, 4}, 5, true);
  REQUIRE(c.classes.size() == 5);
  CHECK(c.classes[0].upper == 0);
  CHECK(c.classes[0].count == 3);
  CHECK(c.classes[1].lower == 1);
  CHECK(quantile_classes({0, 0}, 5, true)->classes.size() == 1);
  CHECK_FALSE(quantile_classes({0, -1}, 5, true));
}

TEST_CASE("rolling sums are empty over a missing month") {
  std::vector<std::optional<double>> months;
  for (int i = 1; i <= 14; ++i) months.push_back(i);
  auto sums = rolling_sums(months);
  CHECK_FALSE(sums[10]);
  CHECK(*sums[11] == 78);
  CHECK(*sums[13] == 102);
  months[1] = std::nullopt;
  sums = rolling_sums(months);
  CHECK_FALSE(sums[11]);
  CHECK_FALSE(sums[12]);
  CHECK(*sums[13] == 102);
  CHECK(rolling_sums({}, 12).empty());
  CHECK_FALSE(rolling_sums({1.0}, 0)[0]);
}
