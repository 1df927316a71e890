// How sure a count is, and whether two counts differ: intervals of a Poisson count or rate, and two periods compared.
//
// Counts are of recorded events; exposure is whatever the events are counted over, in any unit that is the same on
// both sides (days x population, days alone, or population alone). All functions are pure and total.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tithing::statistics {

struct Interval {
  double lower = 0;
  double upper = 0;
};

enum class IntervalMethod {
  exact,  // Garwood (1936): never covers less than it says, often more
  mid_p,  // half the probability of the count itself: covers what it says on average
  byar,   // Byar's approximation (Breslow & Day 1987, p. 69): the one public health tables use
};

// The interval of the expected count behind `count`. `confidence` in (0, 1). `overdispersion` (variance over mean,
// >= 1) widens it: the count is treated as count / overdispersion independent events.
// Invalid: a negative count, a confidence outside (0, 1), an overdispersion below 1 or not finite.
Result<Interval> poisson_interval(std::int64_t count, double confidence = 0.95,
                                  IntervalMethod method = IntervalMethod::exact, double overdispersion = 1);

struct Rate {
  double rate = 0;  // per `per` units of exposure
  Interval interval;
};

// `per` x count / exposure with its interval; per 1,000 residents by default. Invalid as above, and when `exposure`
// is not a positive number: a rate over nobody is unknown, not zero.
Result<Rate> poisson_rate(std::int64_t count, double exposure, double per = 1000, double confidence = 0.95,
                          IntervalMethod method = IntervalMethod::exact, double overdispersion = 1);

// One side of a comparison.
struct Observed {
  std::int64_t count = 0;
  double exposure = 1;
};

enum class Verdict { no_clear_change, higher, lower, too_few_to_say };

struct ComparisonOptions {
  double confidence = 0.95;
  double overdispersion = 1;      // variance over mean, from the series' own past; >= 1
  std::int64_t least_total = 10;  // with fewer events in both periods together nothing is said
  bool mid_p_verdict = true;      // the interval that the verdict reads: mid-P (true) or exact (false)
  bool with_e_test = true;        // it takes longer than all the rest: a table of many comparisons leaves it out
};

// Later against earlier.
struct Comparison {
  Observed earlier;
  Observed later;
  ComparisonOptions options;
  bool ratio_is_known = false;  // false when the earlier count is zero
  double ratio = 0;             // (later rate) / (earlier rate), when known
  // Intervals of the rate ratio, by conditioning on the total (Przyborowski & Wilenski 1940): exact after
  // Clopper & Pearson (1934), and mid-P. An upper limit may be infinite when the earlier count is zero.
  Interval exact;
  Interval mid_p;
  // Two-sided, Krishnamoorthy & Thomson (2004); counts divided by the overdispersion first; 1 when it was left out.
  double e_test_p = 1;
  double wheeler_z = 0;  // 2 (sqrt(later) - sqrt(earlier)), exposures put on a level; Wheeler advises |z| > 3
  Verdict verdict = Verdict::no_clear_change;
};

// `too_few_to_say`: the total is below `least_total`, or even all events in one period would not have told the
// periods apart. `higher` and `lower`: the interval named by `mid_p_verdict` leaves out 1. The e-test's p and
// Wheeler's z stand beside it as second opinions and do not decide.
// Invalid: negative counts, exposures that are not positive numbers, options out of range.
Result<Comparison> compare_periods(Observed earlier, Observed later, const ComparisonOptions& options = {});

// Two-sided p of equal rates, Krishnamoorthy & Thomson (2004), J. Statistical Planning and Inference 119:23-35.
// Counts may be fractional after division by an overdispersion; they are rounded. 1 when both counts are zero.
// Invalid as compare_periods.
Result<double> e_test(Observed first, Observed second);

// "no clear change", "higher", "lower", "too few to say".
std::string_view words(Verdict verdict);

// The rule in one sentence, for a working: which interval, at what confidence, and what counts as too few.
std::string rule_text(const ComparisonOptions& options);

}  // namespace tithing::statistics
