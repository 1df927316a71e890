#include "statistics/special.h"

#include <cmath>
#include <limits>

namespace tithing::statistics {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kPi = 3.14159265358979323846;
constexpr double kTiny = 1e-300;
constexpr int kMostTerms = 2'000'000;

// log Gamma(x + 1) - Stirling's leading part ln(sqrt(2 pi x)) + x ln x - x, for x > 0.
double stirling_error(double x) {
  if (x < 15) {
    // Raise x until the asymptotic series is good to the last digit: Gamma(x+1) = Gamma(x+n+1) / ((x+1)...(x+n)).
    double shifted = x;
    double log_product = 0;
    while (shifted < 15) {
      shifted += 1;
      log_product += std::log(shifted);
    }
    const double log_gamma_1 = 0.5 * std::log(2 * kPi * shifted) + shifted * std::log(shifted) - shifted +
                               stirling_error(shifted) - log_product;
    return log_gamma_1 - (0.5 * std::log(2 * kPi * x) + x * std::log(x) - x);
  }
  const double r = 1 / (x * x);
  return (1.0 / 12 -
          r * (1.0 / 360 -
               r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * (691.0 / 360360 - r * (1.0 / 156))))))) /
         x;
}

// x ln(x / m) + m - x without cancellation when x is near m (Loader's deviance term).
double deviance(double x, double m) {
  if (std::abs(x - m) < 0.1 * (x + m)) {
    const double v = (x - m) / (x + m);
    double sum = (x - m) * v;
    double term = 2 * x * v;
    for (int j = 1; j < 1000; ++j) {
      term *= v * v;
      const double next = sum + term / (2 * j + 1);
      if (next == sum) break;
      sum = next;
    }
    return sum;
  }
  return x * std::log(x / m) + m - x;
}

// P(a, x) by its power series, without the leading factor: sum of x^n / ((a+1)...(a+n)).
double gamma_series(double a, double x) {
  double term = 1;
  double sum = 1;
  for (int n = 1; n < kMostTerms; ++n) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * kEpsilon * 0.25) break;
  }
  return sum;
}

// Q(a, x) x Gamma(a) e^x x^-a by Lentz's continued fraction, for x > a + 1.
double gamma_fraction(double a, double x) {
  double b = x + 1 - a;
  double c = 1 / kTiny;
  double d = 1 / b;
  double h = d;
  for (int i = 1; i < kMostTerms; ++i) {
    const double an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (std::abs(d) < kTiny) d = kTiny;
    c = b + an / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    const double factor = d * c;
    h *= factor;
    if (std::abs(factor - 1) < 2 * kEpsilon) break;
  }
  return h;
}

struct Tails {
  double lower;
  double upper;
};

Tails gamma_tails(double a, double x) {
  if (x <= 0) return {0, 1};
  if (std::isinf(x)) return {1, 0};
  const double leading = poisson_term(a, x);  // x^a e^-x / Gamma(a + 1)
  if (x < a + 1) {
    const double lower = leading * gamma_series(a, x);
    return {lower < 1 ? lower : 1, lower < 1 ? 1 - lower : 0};
  }
  const double upper = leading * a * gamma_fraction(a, x);
  return {upper < 1 ? 1 - upper : 0, upper < 1 ? upper : 1};
}

double beta_fraction(double a, double b, double x) {
  const double qab = a + b;
  const double qap = a + 1;
  const double qam = a - 1;
  double c = 1;
  double d = 1 - qab * x / qap;
  if (std::abs(d) < kTiny) d = kTiny;
  d = 1 / d;
  double h = d;
  for (int m = 1; m < kMostTerms; ++m) {
    const double m2 = 2.0 * m;
    double aa = m * (b - m) * x / ((qam + m2) * (a + m2));
    d = 1 + aa * d;
    if (std::abs(d) < kTiny) d = kTiny;
    c = 1 + aa / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    h *= d * c;
    aa = -(a + m) * (qab + m) * x / ((a + m2) * (qap + m2));
    d = 1 + aa * d;
    if (std::abs(d) < kTiny) d = kTiny;
    c = 1 + aa / c;
    if (std::abs(c) < kTiny) c = kTiny;
    d = 1 / d;
    const double factor = d * c;
    h *= factor;
    if (std::abs(factor - 1) < 2 * kEpsilon) break;
  }
  return h;
}

// I_x(a, b) and its complement, each computed directly on its own side.
Tails beta_tails(double a, double b, double x) {
  if (x <= 0) return {0, 1};
  if (x >= 1) return {1, 0};
  const double y = 1 - x;
  // x^a y^b / B(a, b) = binomial term of a in a+b, times ab/(a+b).
  const double leading = binomial_term(a, a + b, x) * a * b / (a + b);
  if (x < (a + 1) / (a + b + 2)) {
    const double lower = leading * beta_fraction(a, b, x) / a;
    return {lower, 1 - lower};
  }
  const double upper = leading * beta_fraction(b, a, y) / b;
  return {1 - upper, upper};
}

// The x in [low, high] with f(x) = 0 for rising f: secant steps kept inside a shrinking bracket, to the last digits.
// `slope` may be zero where the density vanishes; then the step is a bisection.
template <class Value, class Slope>
double rising_root(double low, double high, double start, Value value, Slope slope) {
  double x = start > low && start < high ? start : 0.5 * (low + high);
  for (int i = 0; i < 300; ++i) {
    const double f = value(x);
    if (f == 0) return x;
    if (f < 0) {
      low = x;
    } else {
      high = x;
    }
    const double s = slope(x);
    double next = s > 0 ? x - f / s : low - 1;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::abs(next - x) <= 1e-15 * std::abs(next) || next == low || next == high) return next;
    x = next;
  }
  return x;
}

// The gamma quantile from whichever tail is the smaller, so that neither loses digits.
double gamma_root(double a, double p, bool upper) {
  const double z = upper ? -normal_quantile(p).value_or(0) : normal_quantile(p).value_or(0);
  const double k = 1 / (9 * a);
  double start = a * std::pow(1 - k + z * std::sqrt(k), 3);
  if (!(start > 0)) start = a * 0.01;
  double high = start * 2 + 10;
  if (upper) {
    while (gamma_tails(a, high).upper > p) high *= 2;
  } else {
    while (gamma_tails(a, high).lower < p) high *= 2;
  }
  const auto density = [a](double x) { return poisson_term(a, x) * a / x; };
  if (upper)
    return rising_root(
        0, high, start, [&](double x) { return p - gamma_tails(a, x).upper; }, density);
  if (a < 1 || p < 1e-3) {
    // The density may be infinite at zero: solve in ln x, where the lower tail is nearly straight.
    double log_low = -1;
    while (gamma_tails(a, std::exp(log_low)).lower > p) {
      log_low *= 2;
      if (log_low < -740) return 0;
    }
    const double log_start = (std::log(p) + log_gamma(a + 1)) / a;
    const double root = rising_root(
        log_low, std::log(high), log_start,
        [&](double u) { return std::log(std::max(gamma_tails(a, std::exp(u)).lower, kTiny)) - std::log(p); },
        [&](double u) {
          const double x = std::exp(u);
          return density(x) * x / std::max(gamma_tails(a, x).lower, kTiny);
        });
    return std::exp(root);
  }
  return rising_root(
      0, high, start, [&](double x) { return gamma_tails(a, x).lower - p; }, density);
}

bool positive(double x) { return x > 0 && std::isfinite(x); }

}  // namespace

double log_gamma(double x) {
  if (!(x > 0)) return kInfinity;
  if (std::isinf(x)) return kInfinity;
  if (x < 1e-8) return -std::log(x) - 0.57721566490153286 * x;
  // ln Gamma(x + 1) - ln x
  return 0.5 * std::log(2 * kPi * x) + x * std::log(x) - x + stirling_error(x) - std::log(x);
}

double normal_cdf(double z) {
  if (std::isnan(z)) return 0;
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

double two_sided_p(double z) {
  if (std::isnan(z)) return 1;
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

std::optional<double> normal_quantile(double p) {
  if (!(p > 0 && p < 1)) return std::nullopt;
  if (p > 0.5) {
    // 1 - p is exact here.
    const auto mirrored = normal_quantile(1 - p);
    return -*mirrored;
  }
  if (p == 0.5) return 0.0;
  // Abramowitz & Stegun 26.2.23 as a start (error below 4.5e-4), then Halley's steps on the logarithm-free tail.
  const double t = std::sqrt(-2 * std::log(p));
  double z = -(t - (2.515517 + 0.802853 * t + 0.010328 * t * t) /
                       (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t));
  for (int i = 0; i < 4; ++i) {
    const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * kPi);
    if (density < kTiny) break;
    const double e = (normal_cdf(z) - p) / density;
    const double step = e / (1 + 0.5 * z * e);
    z -= step;
    if (std::abs(step) < 1e-16 * std::abs(z)) break;
  }
  return z;
}

std::optional<double> gamma_p(double a, double x) {
  if (!positive(a) || !(x >= 0)) return std::nullopt;
  return gamma_tails(a, x).lower;
}

std::optional<double> gamma_q(double a, double x) {
  if (!positive(a) || !(x >= 0)) return std::nullopt;
  return gamma_tails(a, x).upper;
}

std::optional<double> gamma_quantile(double a, double p) {
  if (!positive(a) || !(p >= 0 && p < 1)) return std::nullopt;
  if (p == 0) return 0.0;
  return p > 0.5 ? gamma_root(a, 1 - p, true) : gamma_root(a, p, false);
}

std::optional<double> gamma_quantile_upper(double a, double q) {
  if (!positive(a) || !(q > 0 && q <= 1)) return std::nullopt;
  if (q == 1) return 0.0;
  return q > 0.5 ? gamma_root(a, 1 - q, false) : gamma_root(a, q, true);
}

std::optional<double> beta_i(double a, double b, double x) {
  if (!positive(a) || !positive(b) || !(x >= 0 && x <= 1)) return std::nullopt;
  return beta_tails(a, b, x).lower;
}

std::optional<double> beta_quantile(double a, double b, double p) {
  if (!positive(a) || !positive(b) || !(p >= 0 && p <= 1)) return std::nullopt;
  if (p == 0 || p == 1) return p;
  const double mean = a / (a + b);
  const double deviation = std::sqrt(mean * (1 - mean) / (a + b + 1));
  const double start = mean + deviation * *normal_quantile(p);
  // In the logit of x, where both ends are far away and small answers keep their digits.
  const auto to_x = [](double u) { return 1 / (1 + std::exp(-u)); };
  const double first = start > 0 && start < 1 ? std::log(start / (1 - start)) : std::log(mean / (1 - mean));
  const bool use_upper = p > 0.5;
  const double target = use_upper ? 1 - p : p;
  const auto value = [&](double u) {
    const Tails tails = beta_tails(a, b, to_x(u));
    if (use_upper) return std::log(target) - std::log(std::max(tails.upper, kTiny));
    return std::log(std::max(tails.lower, kTiny)) - std::log(target);
  };
  const auto slope = [&](double u) {
    const double x = to_x(u);
    const Tails tails = beta_tails(a, b, x);
    const double density = binomial_term(a, a + b, x) * a * b / (a + b);  // dI/du = x(1-x) dI/dx
    return density / std::max(use_upper ? tails.upper : tails.lower, kTiny);
  };
  return to_x(rising_root(-740, 740, first, value, slope));
}

std::optional<double> chi_square_cdf(double x, double degrees) {
  if (!(x >= 0)) return std::nullopt;
  return gamma_p(degrees / 2, x / 2);
}

std::optional<double> chi_square_upper(double x, double degrees) {
  if (!(x >= 0)) return std::nullopt;
  return gamma_q(degrees / 2, x / 2);
}

std::optional<double> chi_square_quantile(double p, double degrees) {
  const auto half = gamma_quantile(degrees / 2, p);
  if (!half) return std::nullopt;
  return 2 * *half;
}

std::optional<double> student_t_cdf(double t, double degrees) {
  if (!positive(degrees) || std::isnan(t)) return std::nullopt;
  if (std::isinf(t)) return t > 0 ? 1.0 : 0.0;
  const double x = degrees / (degrees + t * t);
  const double tail = 0.5 * beta_tails(degrees / 2, 0.5, x).lower;
  return t > 0 ? 1 - tail : tail;
}

std::optional<double> student_t_quantile(double p, double degrees) {
  if (!positive(degrees) || !(p > 0 && p < 1)) return std::nullopt;
  if (p == 0.5) return 0.0;
  if (p > 0.5) return -*student_t_quantile(1 - p, degrees);
  const auto x = beta_quantile(degrees / 2, 0.5, 2 * p);
  if (!x || *x <= 0) return std::nullopt;
  // Near the middle 1 - x loses its digits, so the last steps are Newton's on the distribution itself.
  double t = -std::sqrt(degrees * (1 - *x) / *x);
  const double scale = std::exp(log_gamma((degrees + 1) / 2) - log_gamma(degrees / 2)) / std::sqrt(degrees * kPi);
  for (int i = 0; i < 3; ++i) {
    const double density = scale * std::pow(1 + t * t / degrees, -(degrees + 1) / 2);
    if (!(density > kTiny)) break;
    const double step = (*student_t_cdf(t, degrees) - p) / density;
    if (!(std::abs(step) < 0.1 * std::abs(t) + 0.1)) break;
    t -= step;
  }
  return t;
}

double poisson_term(double k, double mean) {
  if (!(k >= 0) || !(mean >= 0) || std::isinf(k) || std::isinf(mean)) return 0;
  if (mean == 0) return k == 0 ? 1 : 0;
  if (k == 0) return std::exp(-mean);
  return std::exp(-stirling_error(k) - deviance(k, mean)) / std::sqrt(2 * kPi * k);
}

double poisson_cdf(double k, double mean) {
  if (!(k >= 0)) return 0;
  if (!(mean > 0)) return 1;
  return gamma_tails(std::floor(k) + 1, mean).upper;
}

double poisson_upper(double k, double mean) {
  if (!(k > 0)) return 1;
  if (!(mean > 0)) return 0;
  return gamma_tails(std::ceil(k), mean).lower;
}

double binomial_term(double k, double n, double p) {
  if (!(k >= 0) || !(k <= n) || !(p >= 0 && p <= 1)) return 0;
  const double q = 1 - p;
  if (p == 0) return k == 0 ? 1 : 0;
  if (q == 0) return k == n ? 1 : 0;
  if (k == 0) return std::exp(n * std::log1p(-p));
  if (k == n) return std::exp(n * std::log(p));
  const double exponent =
      stirling_error(n) - stirling_error(k) - stirling_error(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
  return std::exp(exponent) * std::sqrt(n / (2 * kPi * k * (n - k)));
}

}  // namespace tithing::statistics
