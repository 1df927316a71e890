#include "statistics/poisson.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "base/random.h"
#include "statistics/noise.h"
#include "statistics/special.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

bool close(double found, double expected, double relative = 1e-12) {
  const bool good = std::abs(found - expected) <= relative * std::abs(expected);
  if (!good) MESSAGE("found " << found << " expected " << expected);
  return good;
}

}  // namespace

// Expected values of this and the next cases: mpmath 1.3.0 at 30 to 40 digits, from the definitions. Garwood (1936)
// prints 4.80 and 18.39 for a count of 10, 81.36 and 121.63 for 100.
TEST_CASE("Garwood's exact interval") {
  struct Row {
    std::int64_t count;
    double lower, upper;
  };
  for (const Row& row :
       {Row{0, 0, 3.6888794541139363}, Row{1, 0.025317807984289875, 5.5716433909388986},
        Row{2, 0.2422092785439649, 7.2246876677239608}, Row{5, 1.6234863901184205, 11.66833207932267},
        Row{10, 4.7953886961324336, 18.390356042017779}, Row{37, 26.051414567106028, 50.999626141930834},
        Row{100, 81.36399125092314, 121.62679379242639}, Row{1000, 938.97301840769522, 1063.952136016302},
        Row{61779, 61292.791313929529, 62268.106932471601}}) {
    CAPTURE(row.count);
    const auto interval = poisson_interval(row.count);
    REQUIRE(interval);
    CHECK(close(interval->lower, row.lower));
    CHECK(close(interval->upper, row.upper));
  }
  const auto wide = poisson_interval(10, 0.998);
  CHECK(close(wide->lower, 2.9605203727437596));
  CHECK(close(wide->upper, 24.133971145417588));
}

TEST_CASE("the mid-P and Byar intervals") {
  const auto mid = [](std::int64_t count) { return *poisson_interval(count, 0.95, IntervalMethod::mid_p); };
  CHECK(mid(0).lower == 0);
  CHECK(close(mid(0).upper, 2.995732273553991));
  CHECK(close(mid(1).lower, 0.05002034483533549));
  CHECK(close(mid(1).upper, 4.9318605247067734));
  CHECK(close(mid(10).lower, 5.0795218472173412));
  CHECK(close(mid(10).upper, 17.824853696569681));
  CHECK(close(mid(100).lower, 81.791821092012286));
  CHECK(close(mid(100).upper, 121.10349089745778));
  const auto byar = *poisson_interval(10, 0.95, IntervalMethod::byar);
  CHECK(close(byar.lower, 4.787449913967563));
  CHECK(close(byar.upper, 18.391458605756473));
  CHECK(poisson_interval(0, 0.95, IntervalMethod::byar)->lower == 0);
}

TEST_CASE("an exact interval covers at least what it says, whatever the truth") {
  for (double truth : {0.3, 2.0, 7.7, 31.0}) {
    double covered = 0;
    for (int count = 0; count < 120; ++count) {
      const auto interval = *poisson_interval(count);
      if (interval.lower <= truth && truth <= interval.upper) covered += poisson_term(count, truth);
    }
    CHECK(covered >= 0.95);
  }
}

TEST_CASE("rates and overdispersion") {
  const auto rate = poisson_rate(37, 12500);
  REQUIRE(rate);
  CHECK(close(rate->rate, 2.96));
  CHECK(close(rate->interval.lower, 26.051414567106028 / 12.5));
  CHECK(close(rate->interval.upper, 50.999626141930834 / 12.5));
  // Ten times the spread: a hundred counts are worth ten.
  const auto wide = poisson_interval(100, 0.95, IntervalMethod::exact, 10);
  CHECK(close(wide->lower, 47.953886961324336));
  CHECK(close(wide->upper, 183.90356042017779));
}

TEST_CASE("what cannot be used is refused with a sentence") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(poisson_interval(-1));
  CHECK_FALSE(poisson_interval(1, 1));
  CHECK_FALSE(poisson_interval(1, nan));
  CHECK_FALSE(poisson_interval(1, 0.95, IntervalMethod::exact, 0.5));
  CHECK_FALSE(poisson_rate(1, 0));
  CHECK_FALSE(poisson_rate(1, nan));
  CHECK_FALSE(poisson_rate(1, 1000, 0));
  CHECK_FALSE(compare_periods({1, 0}, {2, 1}));
  CHECK_FALSE(compare_periods({-1, 1}, {2, 1}));
  CHECK_FALSE(e_test({1, nan}, {1, 1}));
  CHECK(poisson_rate(5, 0).error().message ==
        "A rate needs days and a population above zero. Choose an area with a known population.");
}

TEST_CASE("the e-test") {
  // scipy.stats.poisson_means_test(0, 100, 3, 100), documented as 0.08837900929018157 (its sums stop at 1e-10).
  CHECK(close(*e_test({0, 100}, {3, 100}), 0.08837900929018157, 3e-9));
  // Full double sums with mpmath at 30 digits.
  CHECK(close(*e_test({0, 100}, {3, 100}), 0.08837900945483522));
  CHECK(close(*e_test({60, 51477.5}, {30, 54308.7}), 0.0006431446125781309));
  CHECK(close(*e_test({16, 1}, {25, 1}), 0.1647963178547274));
  CHECK(close(*e_test({3, 1}, {12, 2}), 0.2354794302898234));
  CHECK(close(*e_test({40, 365}, {55, 334}), 0.05018968048239111));
  CHECK(close(*e_test({25, 1}, {16, 1}), 0.1647963178547274));  // either way round
  CHECK(*e_test({0, 1}, {0, 7}) == 1);
  CHECK(*e_test({5, 1}, {5, 1}) == 1);
  const double big = *e_test({100000, 365}, {101000, 365});
  CHECK(big == doctest::Approx(two_sided_p(1000 / std::sqrt(201000.0))).epsilon(1e-3));
}

TEST_CASE("two periods compared: intervals of the ratio") {
  const auto c = *compare_periods({16, 1}, {25, 1});
  CHECK(close(c.ratio, 25.0 / 16));
  CHECK(close(c.exact.lower, 0.8019570732632083));
  CHECK(close(c.exact.upper, 3.132044145179799));
  CHECK(close(c.mid_p.lower, 0.8359329264007129));
  CHECK(close(c.mid_p.upper, 2.986778294639235));
  CHECK(close(c.wheeler_z, 2.0));  // 16 -> 25 is Wheeler's own example
  CHECK(c.verdict == Verdict::no_clear_change);

  const auto d = *compare_periods({60, 51477.5}, {30, 54308.7});
  CHECK(close(d.exact.lower, 0.2951275410736583));
  CHECK(close(d.exact.upper, 0.746415866762786));
  CHECK(close(d.mid_p.lower, 0.3023617425508696));
  CHECK(close(d.mid_p.upper, 0.7309387678392771));
  CHECK(d.verdict == Verdict::lower);

  const auto e = *compare_periods({0, 1}, {12, 1});
  CHECK_FALSE(e.ratio_is_known);
  CHECK(close(e.exact.lower, 2.778597330558157));
  CHECK(close(e.mid_p.lower, 3.52648052779795));
  CHECK(std::isinf(e.exact.upper));
  CHECK(e.verdict == Verdict::higher);
}

TEST_CASE("the verdict") {
  CHECK(compare_periods({0, 1}, {0, 1})->verdict == Verdict::too_few_to_say);
  CHECK(compare_periods({0, 1}, {9, 1})->verdict == Verdict::too_few_to_say);
  CHECK(compare_periods({5, 1}, {5, 1})->verdict == Verdict::no_clear_change);
  CHECK(compare_periods({100, 1}, {200, 1})->verdict == Verdict::higher);
  // Eleven months against twelve is not a fall of a twelfth.
  CHECK(compare_periods({12000, 365}, {10980, 334})->verdict == Verdict::no_clear_change);
  // A tenfold spread takes a sure change away.
  ComparisonOptions spread;
  spread.overdispersion = 10;
  CHECK(compare_periods({100, 1}, {150, 1})->verdict == Verdict::higher);
  CHECK(compare_periods({100, 1}, {150, 1}, spread)->verdict == Verdict::no_clear_change);
  // At a confidence of 99.99% ten events cannot tell two periods apart, however they fall.
  ComparisonOptions strict;
  strict.confidence = 0.9999;
  CHECK(compare_periods({0, 1}, {10, 1}, strict)->verdict == Verdict::too_few_to_say);
  CHECK(words(Verdict::too_few_to_say) == "too few to say");
  CHECK(rule_text({}).find("95% mid-P interval") != std::string::npos);
}

TEST_CASE("on noise alone a change is said about as often as the confidence allows") {
  CounterRandom random(20120401, 1);
  int said = 0;
  const int trials = 2000;
  for (int i = 0; i < trials; ++i) {
    std::int64_t counts[2] = {0, 0};
    for (auto& count : counts)
      for (double t = -std::log(1 - random.uniform()); t < 40; t -= std::log(1 - random.uniform())) ++count;
    const auto verdict = compare_periods({counts[0], 1}, {counts[1], 1})->verdict;
    if (verdict == Verdict::higher || verdict == Verdict::lower) ++said;
  }
  CHECK(said > trials * 0.03);
  CHECK(said < trials * 0.065);
}

TEST_CASE("what a change takes for granted: false calls of two unchanged years whose months vary more than chance") {
  // A hundred a month, twelve months against twelve; the variance of a month is so many times its mean.
  const auto false_calls = [](double times, double assumed) {
    constexpr int kPairs = 4'000;
    CounterRandom random(55, static_cast<std::uint64_t>(times * 10));
    int called = 0;
    for (int pair = 0; pair < kPairs; ++pair) {
      double earlier = 0, later = 0;
      for (int month = 0; month < 12; ++month) {
        earlier += noise_count(random, 100, (times - 1) / 100);
        later += noise_count(random, 100, (times - 1) / 100);
      }
      ComparisonOptions options;
      options.with_e_test = false;
      options.overdispersion = assumed;
      const auto found =
          compare_periods({static_cast<std::int64_t>(earlier), 365}, {static_cast<std::int64_t>(later), 365}, options);
      called += found->verdict == Verdict::higher || found->verdict == Verdict::lower ? 1 : 0;
    }
    return 100.0 * called / kPairs;
  };
  const double one = false_calls(1, 1), two = false_calls(2, 1), five = false_calls(5, 1), widened = false_calls(5, 5);
  MESSAGE("of 100 unchanged pairs called: " << one << " (variance = mean), " << two << " (twice), " << five
                                            << " (five times), " << widened << " (five times, and --overdispersion 5)");
  CHECK(one < 6.5);
  CHECK(two == doctest::Approx(17).epsilon(0.1));
  CHECK(five == doctest::Approx(38).epsilon(0.06));
  CHECK(widened < 6.5);
}
