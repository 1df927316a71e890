#include "statistics/poisson.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "base/translation.h"
#include "statistics/special.h"

namespace tithing::statistics {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The x in [low, high] where the falling or rising function crosses zero; f(low) and f(high) differ in sign.
template <class Function>
double crossing(double low, double high, Function f) {
  const bool rising = f(low) < 0;
  for (int i = 0; i < 200 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    if (middle == low || middle == high) break;
    ((f(middle) < 0) == rising ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

// P(X > c) + P(X = c) / 2 under Poisson(mean), in the gamma form, which is defined for fractional c too.
double mid_upper(double c, double mean) {
  const double at_least = c > 0 ? gamma_p(c, mean).value_or(0) : 1;
  return 0.5 * (at_least + gamma_p(c + 1, mean).value_or(0));
}

double mid_lower(double c, double mean) {
  const double below = c > 0 ? gamma_q(c, mean).value_or(0) : 0;
  return 0.5 * (below + gamma_q(c + 1, mean).value_or(0));
}

Interval exact_count(double c, double tail) {
  return {c > 0 ? gamma_quantile(c, tail).value_or(0) : 0, gamma_quantile_upper(c + 1, tail).value_or(kInfinity)};
}

Interval mid_p_count(double c, double tail) {
  const Interval outer = exact_count(c, tail);  // the mid-P interval lies inside the exact one
  Interval inner;
  if (c > 0) inner.lower = crossing(outer.lower, c, [&](double m) { return mid_upper(c, m) - tail; });
  inner.upper = crossing(std::max(c, 1e-300), outer.upper, [&](double m) { return mid_lower(c, m) - tail; });
  return inner;
}

Interval byar_count(double c, double tail) {
  const double z = -normal_quantile(tail).value_or(0);
  Interval interval;
  if (c > 0) interval.lower = std::max(0.0, c * std::pow(1 - 1 / (9 * c) - z / (3 * std::sqrt(c)), 3));
  const double d = c + 1;
  interval.upper = d * std::pow(1 - 1 / (9 * d) + z / (3 * std::sqrt(d)), 3);
  return interval;
}

Status check(double confidence, double overdispersion) {
  if (!(confidence > 0 && confidence < 1)) return invalid(tr("Give a confidence between 0 and 1, for example 0.95."));
  if (!(overdispersion >= 1) || std::isinf(overdispersion))
    return invalid(tr("Give an overdispersion of 1 or more; 1 means that the counts vary as a Poisson count does."));
  return {};
}

Status check(const Observed& observed) {
  if (observed.count < 0) return invalid(tr("A count cannot be below zero. Check the file it came from."));
  if (!(observed.exposure > 0) || std::isinf(observed.exposure))
    return invalid(tr("A rate needs days and a population above zero. Choose an area with a known population."));
  return {};
}

// Intervals of p in Binomial(n, p) with k successes, then of the ratio r where p = r later / (r later + earlier).
Interval ratio_interval(double k, double n, double scale, double tail, bool mid) {
  double low = k > 0 ? beta_quantile(k, n - k + 1, tail).value_or(0) : 0;
  double high = k < n ? beta_quantile(k + 1, n - k, 1 - tail).value_or(1) : 1;
  if (mid) {
    // P(X >= k) = I_p(k, n-k+1); mid-P averages it with P(X > k).
    const auto at_least = [&](double p) {
      const double a = k > 0 ? beta_i(k, n - k + 1, p).value_or(0) : 1;
      const double b = k < n ? beta_i(k + 1, n - k, p).value_or(0) : 0;
      return 0.5 * (a + b);
    };
    const double middle = std::clamp(k / n, low, high);
    if (k > 0) low = crossing(low, middle, [&](double p) { return at_least(p) - tail; });
    if (k < n) high = crossing(middle, high, [&](double p) { return at_least(p) - (1 - tail); });
  }
  const auto ratio = [&](double p) { return p >= 1 ? kInfinity : scale * p / (1 - p); };
  return {ratio(low), ratio(high)};
}

// Z of Krishnamoorthy & Thomson, zero when both counts are zero; rises with k1 for every k2.
double score(double k1, double k2, double n1, double n2) {
  const double variance = k1 / (n1 * n1) + k2 / (n2 * n2);
  if (variance <= 0) return 0;
  return (k1 / n1 - k2 / n2) / std::sqrt(variance);
}

double e_test_p(double k1, double n1, double k2, double n2) {
  k1 = std::round(k1);
  k2 = std::round(k2);
  if (k1 + k2 <= 0) return 1;
  const double rate = (k1 + k2) / (n1 + n2);
  const double mean1 = rate * n1;
  const double mean2 = rate * n2;
  // Equal to the observed value counts as "at least as far"; rounding must not decide that.
  const double observed = std::abs(score(k1, k2, n1, n2)) * (1 - 1e-12);
  if (observed == 0) return 1;
  const double spread = 40 * std::sqrt(mean2) + 100;
  const double first = std::floor(std::max(0.0, mean2 - spread));
  const double last = std::ceil(mean2 + spread);
  // For a fixed k2 the score rises with k1, so its two critical regions are tails; both edges rise with k2.
  double upper_edge = 0;   // smallest k1 with score >= observed
  double lower_edge = -1;  // largest k1 with score <= -observed
  bool started = false;
  double p = 0;
  for (double j = first; j <= last; ++j) {
    const double weight = poisson_term(j, mean2);
    if (weight < 1e-30) {
      if (j > mean2) break;
      continue;
    }
    if (!started) {
      started = true;
      // First row: jump near the edges instead of walking to them from zero.
      double low = -1, high = 1;
      while (score(high, j, n1, n2) < observed) high *= 2;
      while (high - low > 1) {
        const double middle = std::floor((low + high) / 2);
        (score(middle, j, n1, n2) >= observed ? high : low) = middle;
      }
      upper_edge = high;
    }
    while (score(upper_edge, j, n1, n2) < observed) ++upper_edge;
    while (score(lower_edge + 1, j, n1, n2) <= -observed) ++lower_edge;
    p += weight * (poisson_upper(upper_edge, mean1) + poisson_cdf(lower_edge, mean1));
  }
  return std::clamp(p, 0.0, 1.0);
}

}  // namespace

Result<Interval> poisson_interval(std::int64_t count, double confidence, IntervalMethod method, double overdispersion) {
  if (auto ok = check(confidence, overdispersion); !ok) return pass_on(ok);
  if (count < 0) return invalid(tr("A count cannot be below zero. Check the file it came from."));
  const double c = static_cast<double>(count) / overdispersion;
  const double tail = (1 - confidence) / 2;
  Interval interval;
  switch (method) {
    case IntervalMethod::exact:
      interval = exact_count(c, tail);
      break;
    case IntervalMethod::mid_p:
      interval = mid_p_count(c, tail);
      break;
    case IntervalMethod::byar:
      interval = byar_count(c, tail);
      break;
  }
  return Interval{interval.lower * overdispersion, interval.upper * overdispersion};
}

Result<Rate> poisson_rate(std::int64_t count, double exposure, double per, double confidence, IntervalMethod method,
                          double overdispersion) {
  if (auto ok = check(Observed{count, exposure}); !ok) return pass_on(ok);
  if (!(per > 0) || std::isinf(per))
    return invalid(tr("Give what the rate is per as a number above zero, such as 1000."));
  const auto interval = poisson_interval(count, confidence, method, overdispersion);
  if (!interval) return pass_on(interval);
  const double factor = per / exposure;
  return Rate{static_cast<double>(count) * factor, {interval->lower * factor, interval->upper * factor}};
}

Result<double> e_test(Observed first, Observed second) {
  if (auto ok = check(first); !ok) return pass_on(ok);
  if (auto ok = check(second); !ok) return pass_on(ok);
  return e_test_p(static_cast<double>(first.count), first.exposure, static_cast<double>(second.count), second.exposure);
}

Result<Comparison> compare_periods(Observed earlier, Observed later, const ComparisonOptions& options) {
  if (auto ok = check(options.confidence, options.overdispersion); !ok) return pass_on(ok);
  if (options.least_total < 0) return invalid(tr("The least total cannot be below zero."));
  if (auto ok = check(earlier); !ok) return pass_on(ok);
  if (auto ok = check(later); !ok) return pass_on(ok);
  Comparison c;
  c.earlier = earlier;
  c.later = later;
  c.options = options;
  const double phi = options.overdispersion;
  const double k1 = static_cast<double>(earlier.count) / phi;
  const double k2 = static_cast<double>(later.count) / phi;
  const double n = k1 + k2;
  const double scale = earlier.exposure / later.exposure;
  if (earlier.count > 0) {
    c.ratio_is_known = true;
    c.ratio = static_cast<double>(later.count) / static_cast<double>(earlier.count) * scale;
  }
  const double tail = (1 - options.confidence) / 2;
  if (n > 0) {
    c.exact = ratio_interval(k2, n, scale, tail, false);
    c.mid_p = ratio_interval(k2, n, scale, tail, true);
  } else {
    c.exact = c.mid_p = {0, kInfinity};
  }
  if (options.with_e_test) c.e_test_p = e_test_p(k1, earlier.exposure, k2, later.exposure);
  // On a level: both counts as they would be over the mean exposure.
  const double mean_exposure = 0.5 * (earlier.exposure + later.exposure);
  c.wheeler_z = 2 * (std::sqrt(k2 * mean_exposure / later.exposure) - std::sqrt(k1 * mean_exposure / earlier.exposure));

  const auto chosen = [&](double k) { return ratio_interval(k, n, scale, tail, options.mid_p_verdict); };
  const Interval& deciding = options.mid_p_verdict ? c.mid_p : c.exact;
  if (earlier.count + later.count < options.least_total || n <= 0) {
    c.verdict = Verdict::too_few_to_say;
  } else if (deciding.lower > 1) {
    c.verdict = Verdict::higher;
  } else if (deciding.upper < 1) {
    c.verdict = Verdict::lower;
  } else if (!(chosen(n).lower > 1) && !(chosen(0).upper < 1)) {
    c.verdict = Verdict::too_few_to_say;
  }
  return c;
}

std::string_view words(Verdict verdict) {
  switch (verdict) {
    case Verdict::no_clear_change:
      return "no clear change";
    case Verdict::higher:
      return "higher";
    case Verdict::lower:
      return "lower";
    case Verdict::too_few_to_say:
      return "too few to say";
  }
  return "too few to say";
}

std::string rule_text(const ComparisonOptions& options) {
  std::string text = "Higher or lower is said when the " + percent(options.confidence, 0) + " " +
                     (options.mid_p_verdict ? "mid-P" : "exact") +
                     " interval of the ratio of the two rates leaves out 1; too few to say, when both periods together "
                     "hold fewer than " +
                     grouped(options.least_total) + " events or no division of them could have told the periods apart.";
  if (options.overdispersion > 1)
    text += " The counts vary " + fixed(options.overdispersion, 2) +
            " times as much as a Poisson count, and the interval is widened for it.";
  return text;
}

}  // namespace tithing::statistics
