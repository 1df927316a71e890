#include "statistics/xmr.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace tithing;
using namespace tithing::statistics;

namespace {

using Series = std::vector<std::optional<double>>;

double rounded(double x) { return std::round(x * 100) / 100; }

std::string flags(const Xmr& chart, bool XmrPoint::*rule) {
  std::string text;
  for (const auto& point : chart.points) text += point.*rule ? '1' : '0';
  return text;
}

const Series kPlotTheDots = {1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1};

}  // namespace

// The values that NHSRplotthedots' own tests hold for this series.
TEST_CASE("mean and limits agree with NHSRplotthedots, screened and not") {
  const auto screened = *xmr(kPlotTheDots);
  CHECK(rounded(screened.groups[0].mean) == 1.94);
  CHECK(rounded(screened.groups[0].upper) == 4.6);
  CHECK(rounded(screened.groups[0].lower) == -0.72);
  CHECK(screened.groups[0].screened == 2);
  XmrOptions options;
  options.screen_moving_ranges = false;
  const auto plain = *xmr(kPlotTheDots, options);
  CHECK(rounded(plain.groups[0].mean) == 1.94);
  CHECK(rounded(plain.groups[0].upper) == 6.95);
  CHECK(rounded(plain.groups[0].lower) == -3.06);
  CHECK(flags(screened, &XmrPoint::outside) == "000010000000000000");
  CHECK(screened.points[4].signal == XmrSignal::outside);
}

TEST_CASE("the mean is screened only when asked") {
  XmrOptions options;
  options.screen_mean = true;
  const auto chart = *xmr(kPlotTheDots, options);
  CHECK(chart.groups[0].mean == doctest::Approx(25.0 / 17));
}

TEST_CASE("a natural floor hides a limit below zero and flags the same points") {
  XmrOptions options;
  options.natural_floor = true;
  const auto chart = *xmr(kPlotTheDots, options);
  CHECK(chart.groups[0].lower == 0);
  CHECK(flags(chart, &XmrPoint::outside) == "000010000000000000");
}

TEST_CASE("a trend of seven marks the whole run, six do not, a tie breaks it") {
  CHECK(flags(*xmr({2, 1, 2, 3, 4, 5, 6, 7, 3}), &XmrPoint::trend) == "011111110");
  CHECK(flags(*xmr({2, 7, 6, 5, 4, 3, 2, 1, 3}), &XmrPoint::trend) == "011111110");
  CHECK(flags(*xmr({1, 2, 3, 4, 5, 6}), &XmrPoint::trend) == "000000");
  CHECK(flags(*xmr({1, 2, 3, 3, 4, 5, 6}), &XmrPoint::trend) == "0000000");
  XmrOptions six;
  six.trend_length = 6;
  CHECK(flags(*xmr({1, 2, 3, 4, 5, 6}, six), &XmrPoint::trend) == "111111");
}

TEST_CASE("a shift of seven on one side") {
  const Series series = {9, 10, 9, 10, 9, 10, 9, 1, 2, 1, 2, 1, 2, 1};
  CHECK(flags(*xmr(series), &XmrPoint::shift) == "11111111111111");
  CHECK(flags(*xmr({9, 10, 9, 10, 9, 10, 1, 1, 2, 1, 2, 1}), &XmrPoint::shift) == "000000000000");
  XmrOptions off;
  off.rule_shift = false;
  CHECK(flags(*xmr(series, off), &XmrPoint::shift) == "00000000000000");
}

TEST_CASE("two of three near a limit need the same side and mark only the points near it") {
  // Mean 0, mean moving range set by the first fourteen points; near limit 2/3 of the way.
  XmrOptions fixed;
  fixed.fix_after = 14;
  Series series = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};  // mean 0, moving range 2, limits 5.32, near 3.547
  series.insert(series.end(), {4.0, 0.5, 4.0, -1.0, 4.0, -0.5, 4.0, -1.0, 4.0, 4.0, -1.0, 6.0, 4.0, 0.1});
  const auto chart = *xmr(series, fixed);
  CHECK(chart.groups[0].upper == doctest::Approx(5.32));
  // 6.0 lies outside; since November 2023 it counts with the 4.0 that follows, before it did not.
  CHECK(chart.points[25].outside);
  CHECK(flags(chart, &XmrPoint::two_of_three).substr(14) == "10100000000110");
  CHECK(chart.points[25].signal == XmrSignal::outside);
  CHECK(chart.points[26].signal == XmrSignal::two_of_three);
  fixed.two_of_three = TwoOfThree::before_november_2023;
  CHECK(flags(*xmr(series, fixed), &XmrPoint::two_of_three).substr(14) == "10100000000000");
  for (const TwoOfThree rule : {TwoOfThree::since_november_2023, TwoOfThree::before_november_2023}) {
    CHECK(two_of_three_named(name_of(rule)) == rule);
    CHECK(rule_text(rule).find("November 2023") != std::string_view::npos);
  }
  CHECK(!two_of_three_named("2023"));
}

TEST_CASE("the formula that is shown is the one that was used") {
  XmrOptions options;
  CHECK(limit_formula(options, true) ==
        "m + 2.66 x R, R = mean |x(t) - x(t-1)| over those below 3.267 times the mean of all of them");
  options.natural_floor = true;
  CHECK(limit_formula(options, false) ==
        "max(0, m - 2.66 x R), R = mean |x(t) - x(t-1)| over those below 3.267 times the mean of all of them");
  CHECK(limits_in_words(options).find("3.267") != std::string::npos);
  options.screen_moving_ranges = false;
  options.natural_floor = false;
  CHECK(limit_formula(options, false) == "m - 2.66 x R, R = mean |x(t) - x(t-1)|");
  CHECK(limits_in_words(options).find("3.267") == std::string::npos);
  // By hand, screened: 1 2 1 2 10 .. has moving ranges of 1 but for 8 and 9; their mean 32 / 17, and 3.267 times
  // it 6.15.
  const auto chart = *xmr(kPlotTheDots);
  CHECK(chart.groups[0].mean_moving_range == doctest::Approx(15.0 / 15));
  CHECK(chart.groups[0].upper == doctest::Approx(35.0 / 18 + 2.66));
}

TEST_CASE("an outside point is drawn as outside even within a trend") {
  XmrOptions fixed;
  fixed.fix_after = 6;
  const auto chart = *xmr({1, 2, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9}, fixed);
  CHECK(chart.points[12].signal == XmrSignal::outside);
  CHECK(chart.points[12].trend);
  CHECK(chart.points[5].signal == XmrSignal::trend);
}

TEST_CASE("a rebase starts everything again") {
  XmrOptions options;
  options.rebase_at = {7};
  const auto chart = *xmr({9, 10, 9, 10, 9, 10, 9, 1, 2, 1, 2, 1, 2, 1}, options);
  REQUIRE(chart.groups.size() == 2);
  CHECK(chart.groups[0].mean == doctest::Approx(66.0 / 7));
  CHECK(chart.groups[1].mean == doctest::Approx(10.0 / 7));
  CHECK_FALSE(chart.points[7].moving_range);
  CHECK_FALSE(chart.any_signal());
  options.rebase_at = {14};
  CHECK_FALSE(xmr({1, 2, 3}, options));
}

TEST_CASE("a missing month is not zero: no range spans it and no run crosses it") {
  const auto chart = *xmr({1, 2, 3, std::nullopt, 4, 5, 6, 7});
  CHECK(flags(chart, &XmrPoint::trend) == "00000000");
  CHECK_FALSE(chart.points[4].moving_range);
  CHECK(chart.groups[0].mean == 4);
  CHECK(chart.groups[0].known == 7);
  CHECK(chart.groups[0].trial);
}

TEST_CASE("little or strange input gives a stated result") {
  CHECK_FALSE(xmr({}));
  CHECK_FALSE(xmr({std::nullopt, std::nullopt}));
  CHECK_FALSE(xmr({1, std::numeric_limits<double>::quiet_NaN()}));
  CHECK_FALSE(xmr({1, std::numeric_limits<double>::infinity()}));
  const auto one = *xmr({5});
  CHECK_FALSE(one.groups[0].has_limits);
  CHECK(one.groups[0].mean == 5);
  CHECK_FALSE(one.any_signal());
  CHECK_FALSE(one.can_tell());
  CHECK_FALSE(xmr({5, std::nullopt, 6})->can_tell());
  CHECK(xmr({5, 6})->can_tell());
  const auto constant = *xmr(Series(20, 0.1));
  CHECK(constant.groups[0].has_limits);
  CHECK(constant.groups[0].upper == constant.groups[0].mean);
  CHECK_FALSE(constant.any_signal());
  CHECK_FALSE(constant.groups[0].trial);
  CHECK(xmr(Series(11, 1.0))->groups[0].trial);
}

TEST_CASE("limits of no width say nothing, and do not put every month outside") {
  // One step: its moving range is screened out, the others are nothing.
  Series step(12, 5.0);
  for (std::size_t i = 6; i < 12; ++i) step[i] = 9;
  const auto chart = *xmr(step);
  CHECK(chart.groups[0].screened == 1);
  CHECK_FALSE(chart.groups[0].has_limits);
  CHECK(chart.groups[0].why_none == NoLimits::no_width);
  CHECK_FALSE(chart.any_signal());
  CHECK_FALSE(chart.can_tell());
  CHECK(chart.why_nothing(8).find("limits would have no width") != std::string::npos);
  XmrOptions unscreened;
  unscreened.screen_moving_ranges = false;
  CHECK(xmr(step, unscreened)->can_tell());
}

TEST_CASE("with fewer months than the least there are no limits, and it says how many there are") {
  XmrOptions options;
  options.least = kLeastForLimits;
  const auto two = *xmr({5, 60}, options);
  CHECK_FALSE(two.can_tell());
  CHECK(two.groups[0].why_none == NoLimits::few);
  CHECK(two.why_nothing(options.least) == "too few months, since limits need at least 8 and there are 2");
  CHECK_FALSE(xmr({1, 2, 3, 4, 3, 2, 1}, options)->can_tell());
  CHECK(xmr({1, 2, 3, 4, 3, 2, 1, 2}, options)->can_tell());
  CHECK(xmr({5, std::nullopt, 6})->why_nothing(2) == "limits need at least two months in a row");
}
