// Distribution functions and their inverses, in double precision (about 1e-12 relative away from the far tails).
//
// All are total: an argument outside the stated range, or NaN, gives an empty optional; no function returns NaN.
// Sources: Abramowitz & Stegun (1964) ch. 6 and 26; Loader (2000), "Fast and accurate computation of binomial
// probabilities", for the Poisson and binomial terms without cancellation; Lentz's continued fractions as in
// Thompson & Barnett (1986).
#pragma once

#include <optional>

namespace tithing::statistics {

double log_gamma(double x);                       // natural logarithm of Gamma(x), x > 0; infinity for x <= 0
double normal_cdf(double z);                      // P(Z <= z), exact in both tails; 0 for NaN
double two_sided_p(double z);                     // P(|Z| >= |z|)
std::optional<double> normal_quantile(double p);  // 0 < p < 1

// Regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x); a > 0, x >= 0.
std::optional<double> gamma_p(double a, double x);
std::optional<double> gamma_q(double a, double x);
// x with P(a, x) = p; a > 0, 0 <= p < 1.
std::optional<double> gamma_quantile(double a, double p);
// x with Q(a, x) = q, exact for small q; a > 0, 0 < q <= 1.
std::optional<double> gamma_quantile_upper(double a, double q);

// Regularised incomplete beta function I_x(a, b); a, b > 0, 0 <= x <= 1.
std::optional<double> beta_i(double a, double b, double x);
std::optional<double> beta_quantile(double a, double b, double p);  // 0 <= p <= 1

std::optional<double> chi_square_cdf(double x, double degrees);
std::optional<double> chi_square_upper(double x, double degrees);  // 1 - cdf, exact for large x
std::optional<double> chi_square_quantile(double p, double degrees);
std::optional<double> student_t_cdf(double t, double degrees);
std::optional<double> student_t_quantile(double p, double degrees);

// Probability of exactly k under Poisson(mean), k >= 0 (need not be whole: the density of the gamma form), mean >= 0.
double poisson_term(double k, double mean);
double poisson_cdf(double k, double mean);    // P(X <= k); 0 for k < 0
double poisson_upper(double k, double mean);  // P(X >= k); 1 for k <= 0
double binomial_term(double k, double n, double p);

}  // namespace tithing::statistics
