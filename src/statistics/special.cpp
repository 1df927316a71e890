#include "statistics/special.h"

#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <limits>

namespace tithing::statistics {

namespace {

using namespace boost::math::policies;

// Nothing is thrown: what is out of range is looked at before, and an answer too large or too small for a double is
// infinity or nought. Without promotion to long double, which takes ten times as long for digits that nobody sees.
using Total =
    policy<promote_double<false>, domain_error<ignore_error>, pole_error<ignore_error>, overflow_error<ignore_error>,
           underflow_error<ignore_error>, denorm_error<ignore_error>, rounding_error<ignore_error>,
           evaluation_error<ignore_error>, indeterminate_result_error<ignore_error>>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
using StudentT = boost::math::students_t_distribution<double, Total>;

// Beyond these Boost.Math has answers that are not numbers.
constexpr double kSmallestShape = 1e-6;
constexpr double kLargestShape = 1e12;
constexpr double kSmallestBeta = 1e-100;  // of a quantile's p: below, its root is not always found

bool shape(double a) { return a >= kSmallestShape && a <= kLargestShape; }

// Boost.Math's own slips (the quantile of beta(0.5, 2) at 1e-16 is infinite) are no answer.
std::optional<double> number(double x) {
  if (!std::isfinite(x)) return std::nullopt;
  return x;
}

// Of a probability: rounding may leave it by a hair above one.
double probability(double x) { return x < 1 ? x : 1; }

}  // namespace

double log_gamma(double x) { return x > 0 && std::isfinite(x) ? boost::math::lgamma(x, Total()) : kInfinity; }

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
  return -std::sqrt(2.0) * boost::math::erfc_inv(2 * p, Total());
}

std::optional<double> gamma_p(double a, double x) {
  if (!shape(a) || !(x >= 0)) return std::nullopt;
  return std::isinf(x) ? 1 : number(boost::math::gamma_p(a, x, Total()));
}

std::optional<double> gamma_q(double a, double x) {
  if (!shape(a) || !(x >= 0)) return std::nullopt;
  return std::isinf(x) ? 0 : number(boost::math::gamma_q(a, x, Total()));
}

std::optional<double> gamma_quantile(double a, double p) {
  if (!shape(a) || !(p >= 0 && p < 1)) return std::nullopt;
  return number(boost::math::gamma_p_inv(a, p, Total()));
}

std::optional<double> gamma_quantile_upper(double a, double q) {
  if (!shape(a) || !(q > 0 && q <= 1)) return std::nullopt;
  return number(boost::math::gamma_q_inv(a, q, Total()));
}

std::optional<double> beta_i(double a, double b, double x) {
  if (!shape(a) || !shape(b) || !(x >= 0 && x <= 1)) return std::nullopt;
  return number(boost::math::ibeta(a, b, x, Total()));
}

std::optional<double> beta_quantile(double a, double b, double p) {
  if (!shape(a) || !shape(b) || !(p == 0 || (p >= kSmallestBeta && p <= 1))) return std::nullopt;
  return number(boost::math::ibeta_inv(a, b, p, Total()));
}

std::optional<double> chi_square_cdf(double x, double degrees) { return gamma_p(degrees / 2, x / 2); }

std::optional<double> chi_square_upper(double x, double degrees) { return gamma_q(degrees / 2, x / 2); }

std::optional<double> chi_square_quantile(double p, double degrees) {
  const auto half = gamma_quantile(degrees / 2, p);
  if (!half) return std::nullopt;
  return 2 * *half;
}

std::optional<double> student_t_cdf(double t, double degrees) {
  if (!shape(degrees) || std::isnan(t)) return std::nullopt;
  if (std::isinf(t)) return t > 0 ? 1.0 : 0.0;
  return number(boost::math::cdf(StudentT(degrees), t));
}

std::optional<double> student_t_quantile(double p, double degrees) {
  if (!shape(degrees) || !(p > 0 && p < 1)) return std::nullopt;
  return number(boost::math::quantile(StudentT(degrees), p));
}

double poisson_term(double k, double mean) {
  if (!(k >= 0) || !(mean >= 0) || std::isinf(k) || std::isinf(mean)) return 0;
  if (mean == 0) return k == 0 ? 1 : 0;
  if (k == 0) return std::exp(-mean);
  return probability(number(boost::math::gamma_p_derivative(k + 1, mean, Total())).value_or(0));
}

double poisson_cdf(double k, double mean) {
  if (!(k >= 0)) return 0;
  if (!(mean > 0)) return 1;
  return gamma_q(std::floor(k) + 1, mean).value_or(k >= mean ? 1 : 0);
}

double poisson_upper(double k, double mean) {
  if (!(k > 0)) return 1;
  if (!(mean > 0)) return 0;
  return gamma_p(std::ceil(k), mean).value_or(k >= mean ? 0 : 1);
}

double binomial_term(double k, double n, double p) {
  if (!(k >= 0) || !(k <= n) || !(p >= 0 && p <= 1) || !(n <= kLargestShape)) return 0;
  if (p == 0) return k == 0 ? 1 : 0;
  if (p == 1) return k == n ? 1 : 0;
  if (k == 0) return std::exp(n * std::log1p(-p));
  if (k == n) return std::exp(n * std::log(p));
  return probability(boost::math::ibeta_derivative(k + 1, n - k + 1, p, Total()) / (n + 1));
}

}  // namespace tithing::statistics
