#include "statistics/seasonal.h"

#include <algorithm>
#include <cmath>

#include "base/translation.h"

namespace tithing::statistics {

namespace {

using Series = std::vector<double>;

struct Loess {
  std::size_t span;  // nearest points used
  int degree;
  std::size_t jump;
};

// The loess fit at position x (1-based) of y[0, n), from the points left..right (1-based) with weights that may be
// multiplied by `robustness`. False when all weights vanish.
bool fit_at(const double* y, std::size_t n, std::size_t span, int degree, double x, std::size_t left, std::size_t right,
            const double* robustness, std::vector<double>& w, double& fitted) {
  const double range = static_cast<double>(n) - 1;
  double h = std::max(x - static_cast<double>(left), static_cast<double>(right) - x);
  // With a span beyond the series the window is widened by what is missing.
  if (span > n) h += static_cast<double>((span - n) / 2);
  const double near = 0.001 * h;
  const double far = 0.999 * h;
  double sum = 0;
  for (std::size_t j = left; j <= right; ++j) {
    const double r = std::abs(static_cast<double>(j) - x);
    double weight = 0;
    if (r <= far) {
      if (r <= near) {
        weight = 1;
      } else {
        const double u = r / h;
        const double v = 1 - u * u * u;
        weight = v * v * v;
      }
      if (robustness) weight *= robustness[j - 1];
      sum += weight;
    }
    w[j - 1] = weight;
  }
  if (sum <= 0) return false;
  for (std::size_t j = left; j <= right; ++j) w[j - 1] /= sum;
  if (h > 0 && degree > 0) {
    double a = 0;
    for (std::size_t j = left; j <= right; ++j) a += w[j - 1] * static_cast<double>(j);
    double b = x - a;
    double c = 0;
    for (std::size_t j = left; j <= right; ++j) {
      const double d = static_cast<double>(j) - a;
      c += w[j - 1] * d * d;
    }
    if (std::sqrt(c) > 0.001 * range) {
      b /= c;
      for (std::size_t j = left; j <= right; ++j) w[j - 1] *= b * (static_cast<double>(j) - a) + 1;
    }
  }
  fitted = 0;
  for (std::size_t j = left; j <= right; ++j) fitted += w[j - 1] * y[j - 1];
  return true;
}

// Loess of y at 1..n, at every jump-th place with lines between.
void smooth(const double* y, std::size_t n, const Loess& loess, const double* robustness, double* out,
            std::vector<double>& w) {
  if (n < 2) {
    out[0] = y[0];
    return;
  }
  if (w.size() < n) w.resize(n);
  const std::size_t jump = std::min(loess.jump, n - 1);
  const std::size_t span = loess.span;
  std::size_t left = 1;
  std::size_t right = n;
  const auto at = [&](std::size_t i) {
    if (!fit_at(y, n, span, loess.degree, static_cast<double>(i), left, right, robustness, w, out[i - 1]))
      out[i - 1] = y[i - 1];
  };
  if (span >= n) {
    for (std::size_t i = 1; i <= n; i += jump) at(i);
  } else if (jump == 1) {
    const std::size_t half = (span + 1) / 2;
    right = span;
    for (std::size_t i = 1; i <= n; ++i) {
      if (i > half && right != n) {
        ++left;
        ++right;
      }
      at(i);
    }
  } else {
    const std::size_t half = (span + 1) / 2;
    for (std::size_t i = 1; i <= n; i += jump) {
      if (i < half) {
        left = 1;
      } else if (i >= n - half + 1) {
        left = n - span + 1;
      } else {
        left = i - half + 1;
      }
      right = left + span - 1;
      at(i);
    }
  }
  if (jump == 1) return;
  std::size_t last = 1;
  for (std::size_t i = 1; i + jump <= n; i += jump) {
    const double slope = (out[i + jump - 1] - out[i - 1]) / static_cast<double>(jump);
    for (std::size_t j = i + 1; j < i + jump; ++j) out[j - 1] = out[i - 1] + slope * static_cast<double>(j - i);
    last = i + jump;
  }
  if (last != n) {
    at(n);  // with the window of the last place visited
    const double slope = (out[n - 1] - out[last - 1]) / static_cast<double>(n - last);
    for (std::size_t j = last + 1; j < n; ++j) out[j - 1] = out[last - 1] + slope * static_cast<double>(j - last);
  }
}

// Moving averages of `length`; n - length + 1 values.
void average(const double* x, std::size_t n, std::size_t length, double* out) {
  double sum = 0;
  for (std::size_t i = 0; i < length; ++i) sum += x[i];
  out[0] = sum / static_cast<double>(length);
  for (std::size_t i = length; i < n; ++i) {
    sum += x[i] - x[i - length];
    out[i - length + 1] = sum / static_cast<double>(length);
  }
}

struct Plan {
  std::size_t period;
  Loess seasonal, trend, low_pass;
  int inner, outer;
  bool periodic;
};

// One value before and one after each month's own series, by loess at its ends.
void smooth_months(const Series& detrended, const Plan& plan, const double* robustness, Series& out) {
  const std::size_t n = detrended.size();
  Series month, weights, fitted, w;
  for (std::size_t m = 0; m < plan.period; ++m) {
    const std::size_t k = (n - m - 1) / plan.period + 1;
    month.resize(k);
    weights.resize(k);
    fitted.assign(k + 2, 0);
    w.assign(k, 0);
    for (std::size_t i = 0; i < k; ++i) {
      month[i] = detrended[i * plan.period + m];
      if (robustness) weights[i] = robustness[i * plan.period + m];
    }
    const double* r = robustness ? weights.data() : nullptr;
    smooth(month.data(), k, plan.seasonal, r, fitted.data() + 1, w);
    const std::size_t right = std::min(plan.seasonal.span, k);
    if (!fit_at(month.data(), k, plan.seasonal.span, plan.seasonal.degree, 0, 1, right, r, w, fitted[0]))
      fitted[0] = fitted[1];
    const std::size_t left = k > plan.seasonal.span ? k - plan.seasonal.span + 1 : 1;
    if (!fit_at(month.data(), k, plan.seasonal.span, plan.seasonal.degree, static_cast<double>(k + 1), left, k, r, w,
                fitted[k + 1]))
      fitted[k + 1] = fitted[k];
    for (std::size_t i = 0; i < k + 2; ++i) out[i * plan.period + m] = fitted[i];
  }
}

void inner_loop(const Series& y, const Plan& plan, const double* robustness, Series& seasonal, Series& trend) {
  const std::size_t n = y.size();
  const std::size_t p = plan.period;
  Series detrended(n), cycle(n + 2 * p), a(n + 2 * p), b(n + 2 * p), low(n), w(n + 2 * p);
  for (int i = 0; i < plan.inner; ++i) {
    for (std::size_t j = 0; j < n; ++j) detrended[j] = y[j] - trend[j];
    smooth_months(detrended, plan, robustness, cycle);
    average(cycle.data(), n + 2 * p, p, a.data());
    average(a.data(), n + p + 1, p, b.data());
    average(b.data(), n + 2, 3, a.data());
    smooth(a.data(), n, plan.low_pass, nullptr, low.data(), w);
    for (std::size_t j = 0; j < n; ++j) seasonal[j] = cycle[p + j] - low[j];
    for (std::size_t j = 0; j < n; ++j) detrended[j] = y[j] - seasonal[j];
    smooth(detrended.data(), n, plan.trend, robustness, trend.data(), w);
  }
}

double median_of_two(Series& x) {
  // The mean of the two middle values, which are one and the same for an odd number.
  const std::size_t n = x.size();
  const std::size_t low = n - (n / 2 + 1);
  std::nth_element(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n / 2), x.end());
  const double upper = x[n / 2];
  std::nth_element(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(low), x.end());
  return 0.5 * (x[low] + upper);
}

void robustness_weights(const Series& y, const Series& seasonal, const Series& trend, Series& weights) {
  const std::size_t n = y.size();
  Series r(n);
  for (std::size_t i = 0; i < n; ++i) r[i] = std::abs(y[i] - seasonal[i] - trend[i]);
  Series sorted = r;
  const double six_medians = 6 * median_of_two(sorted);
  const double far = 0.999 * six_medians;
  const double near = 0.001 * six_medians;
  for (std::size_t i = 0; i < n; ++i) {
    if (r[i] <= near) {
      weights[i] = 1;
    } else if (r[i] <= far) {
      const double u = r[i] / six_medians;
      weights[i] = (1 - u * u) * (1 - u * u);
    } else {
      weights[i] = 0;
    }
  }
}

std::size_t odd_from(double x) {
  const auto whole = static_cast<std::size_t>(std::ceil(x));
  return whole % 2 == 0 ? whole + 1 : whole;
}

double variance_of(const Series& x) {
  double mean = 0;
  for (const double v : x) mean += v / static_cast<double>(x.size());
  double sum = 0;
  for (const double v : x) sum += (v - mean) * (v - mean);
  return sum / static_cast<double>(x.size() - 1);
}

// `scale`: the size of the series' own numbers; what varies only in their last digits does not vary.
std::optional<double> strength(const Series& remainder, const Series& part, double scale) {
  Series both(part.size());
  for (std::size_t i = 0; i < part.size(); ++i) both[i] = part[i] + remainder[i];
  const double all = variance_of(both);
  if (!(all > 1e-24 * scale * scale)) return std::nullopt;
  return std::max(0.0, 1 - variance_of(remainder) / all);
}

}  // namespace

Result<Decomposition> stl(const std::vector<double>& series, const StlOptions& options) {
  const std::size_t n = series.size();
  const std::size_t period = options.period;
  if (period < 2) return invalid(tr("A season needs at least two observations in its period; 12 for months."));
  if (n < 2 * period)
    return invalid(tr("Seasonal decomposition needs at least two whole years of months. Choose a longer period."));
  for (const double value : series)
    if (!std::isfinite(value))
      return invalid(tr("Seasonal decomposition needs a number for every month. Choose months without a gap."));
  const auto bad_span = [](std::size_t span) { return span != 0 && (span < 3 || span % 2 == 0); };
  if (bad_span(options.seasonal_span) || bad_span(options.trend_span) || bad_span(options.low_pass_span))
    return invalid(tr("The spans of the smoothing must be odd numbers of 3 or more."));
  const auto bad_degree = [](int degree) { return degree != 0 && degree != 1; };
  if (bad_degree(options.seasonal_degree) || bad_degree(options.trend_degree) || bad_degree(options.low_pass_degree))
    return invalid(tr("The degree of the smoothing must be 0 or 1."));

  Plan plan;
  plan.period = period;
  plan.periodic = options.seasonal_span == 0;
  const std::size_t seasonal = plan.periodic ? 10 * n + 1 : options.seasonal_span;
  const double p = static_cast<double>(period);
  const std::size_t trend =
      options.trend_span ? options.trend_span : odd_from(1.5 * p / (1 - 1.5 / static_cast<double>(seasonal)));
  const std::size_t low = options.low_pass_span ? options.low_pass_span : odd_from(p);
  const auto jump = [](std::size_t asked, std::size_t span) { return asked ? asked : (span + 9) / 10; };
  plan.seasonal = {seasonal, plan.periodic ? 0 : options.seasonal_degree, jump(options.seasonal_jump, seasonal)};
  plan.trend = {trend, options.trend_degree, jump(options.trend_jump, trend)};
  plan.low_pass = {low, options.low_pass_degree, jump(options.low_pass_jump, low)};
  plan.inner = options.inner > 0 ? options.inner : options.robust ? 1 : 2;
  plan.outer = options.outer >= 0 ? options.outer : options.robust ? 15 : 0;

  Decomposition d;
  d.seasonal.assign(n, 0);
  d.trend.assign(n, 0);
  d.weights.assign(n, 1);
  inner_loop(series, plan, nullptr, d.seasonal, d.trend);
  for (int i = 0; i < plan.outer; ++i) {
    robustness_weights(series, d.seasonal, d.trend, d.weights);
    inner_loop(series, plan, d.weights.data(), d.seasonal, d.trend);
  }
  if (plan.periodic) {
    // Exactly the same every year: the mean of each month's values.
    for (std::size_t m = 0; m < period; ++m) {
      double sum = 0;
      std::size_t count = 0;
      for (std::size_t i = m; i < n; i += period, ++count) sum += d.seasonal[i];
      for (std::size_t i = m; i < n; i += period) d.seasonal[i] = sum / static_cast<double>(count);
    }
  }
  d.remainder.resize(n);
  d.adjusted.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    d.adjusted[i] = series[i] - d.seasonal[i];
    d.remainder[i] = d.adjusted[i] - d.trend[i];
  }
  double scale = 0;
  for (const double value : series) scale = std::max(scale, std::abs(value));
  d.seasonal_strength = strength(d.remainder, d.seasonal, scale);
  d.trend_strength = strength(d.remainder, d.trend, scale);
  return d;
}

}  // namespace tithing::statistics
