// Expected values: mpmath 1.3.0 at 40 digits, from the defining series and integrals, rounded to 17-18 digits.
#include "statistics/special.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace tithing::statistics;

namespace {

bool close(double found, double expected, double relative = 2e-13) {
  const bool good = std::abs(found - expected) <= relative * std::abs(expected);
  if (!good) MESSAGE("found " << found << " expected " << expected << " relative " << (found / expected - 1));
  return good;
}

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("incomplete gamma functions agree with 40-digit values in both tails") {
  struct Row {
    double a, x, p, q;
  };
  for (const Row& row :
       {Row{0.5, 0.3, 0.561421973919000145, 0.438578026080999855},
        Row{1, 2, 0.864664716763387308, 0.135335283236612692}, Row{3, 10, 0.997230604284488424, 0.00276939571551157594},
        Row{10, 3, 0.00110248813011547974, 0.99889751186988452},
        Row{100, 90, 0.158220989186430168, 0.841779010813569832},
        Row{100, 120, 0.972136260109479339, 0.0278637398905206615},
        Row{5000, 5100, 0.920671118922381023, 0.0793288810776189768},
        Row{61779, 61500, 0.130751462235013773, 0.869248537764986227},
        Row{1e6, 1001000, 0.841344786368340292, 0.158655213631659708}}) {
    CAPTURE(row.a);
    CHECK(close(*gamma_p(row.a, row.x), row.p, 1e-12));
    CHECK(close(*gamma_q(row.a, row.x), row.q, 1e-12));
    CHECK(close(*gamma_quantile(row.a, row.p), row.x, 1e-12));
    CHECK(close(*gamma_quantile_upper(row.a, row.q), row.x, 1e-12));
  }
}

TEST_CASE("normal distribution") {
  CHECK(close(*normal_quantile(0.975), 1.95996398454005424));
  CHECK(close(*normal_quantile(0.999), 3.09023230616781354));
  CHECK(close(*normal_quantile(0.0013), -3.01145375849978402));
  CHECK(close(*normal_quantile(1e-10), -6.3613409024040562));
  CHECK(close(*normal_quantile(0.4), -0.253347103135799799));
  CHECK(close(*normal_quantile(0.9999999), 5.19933758219281693, 1e-10));  // 0.9999999 itself is rounded
  CHECK(close(*normal_quantile(1e-200), -30.2055941795796431));
  CHECK(*normal_quantile(0.5) == 0);
  CHECK(close(two_sided_p(1.95996398454005424), 0.05));
  CHECK_FALSE(normal_quantile(0));
  CHECK_FALSE(normal_quantile(1));
  CHECK_FALSE(normal_quantile(kNaN));
}

TEST_CASE("incomplete beta function and its quantile") {
  CHECK(close(*beta_i(0.5, 0.5, 0.3), 0.369010119565545383));
  CHECK(close(*beta_i(2, 3, 0.4), 0.5248));
  CHECK(close(*beta_i(10, 20, 0.2), 0.0492635173042125006));
  CHECK(close(*beta_i(100, 200, 0.35), 0.732571464957544333));
  CHECK(close(*beta_i(1, 1000, 0.002), 0.864935477553316395));
  CHECK(close(*beta_i(3000, 3100, 0.48), 0.0325553939360084694, 1e-12));
  CHECK(*beta_i(3, 4, 0) == 0);
  CHECK(*beta_i(3, 4, 1) == 1);
  CHECK(close(*beta_quantile(2, 3, 0.025), 0.0675859864885429551));
  CHECK(close(*beta_quantile(16, 26, 0.975), 0.530637451967166545));
  CHECK(close(*beta_quantile(1, 50, 0.001), 0.0000200098064728224988));
  CHECK(close(*beta_quantile(500, 400, 0.975), 0.587876632557063425));
  CHECK(close(*beta_quantile(5, 1, 0.025), 0.478176249895018493));
  CHECK_FALSE(beta_i(0, 1, 0.5));
  CHECK_FALSE(beta_i(1, 1, kNaN));
}

TEST_CASE("Student's t") {
  CHECK(close(*student_t_cdf(2, 10), 0.963305982614629817));
  CHECK(close(*student_t_cdf(-1.5, 3), 0.115291932622411526));
  CHECK(close(*student_t_cdf(0.1, 30), 0.539495194104864422));
  CHECK(close(*student_t_cdf(4, 1), 0.922020869622630675));
  CHECK(close(*student_t_quantile(0.975, 1), 12.7062047361747046, 1e-12));
  CHECK(close(*student_t_quantile(0.975, 10), 2.22813885198627475, 1e-12));
  CHECK(close(*student_t_quantile(0.995, 5), 4.03214298355522808, 1e-12));
  CHECK(close(*student_t_quantile(0.9, 30), 1.31041502539139558, 1e-12));
  CHECK(close(*student_t_quantile(0.501, 7), 0.00259746361366220519, 1e-10));
}

TEST_CASE("chi-square, log gamma and single terms") {
  CHECK(close(*chi_square_quantile(0.95, 1), 1.95996398454005424 * 1.95996398454005424));
  CHECK(close(*chi_square_upper(4, 2), std::exp(-2)));
  CHECK(close(*chi_square_cdf(4, 2), -std::expm1(-2)));
  CHECK(close(log_gamma(1e-5), 11.5129196928958257));
  CHECK(close(log_gamma(0.5), 0.572364942924700087));
  CHECK(std::abs(log_gamma(1)) < 1e-14);
  CHECK(std::abs(log_gamma(2)) < 1e-14);
  CHECK(close(log_gamma(3.7), 1.42807232666538792));
  CHECK(close(log_gamma(15.5), 26.5369144911156136));
  CHECK(close(log_gamma(171), 706.573062245787347));
  CHECK(close(log_gamma(1e6), 12815504.5691476117));
  CHECK(close(poisson_term(0, 3.5), 0.0301973834223185007));
  CHECK(close(poisson_term(3, 3.5), 0.215785469038650953));
  CHECK(close(poisson_term(100, 80), 0.00393945815919925968));
  CHECK(close(poisson_term(61779, 61500), 0.000853215762289594078));
  CHECK(close(binomial_term(3, 10, 0.3), 0.266827932));
  CHECK(close(binomial_term(61, 150, 0.4), 0.0652854198051320548));
  CHECK(close(binomial_term(30000, 61779, 0.48), 0.0000661499094604219679, 1e-12));
}

TEST_CASE("Poisson tails are the sums of their terms") {
  double sum = 0;
  for (int k = 0; k <= 40; ++k) {
    sum += poisson_term(k, 17.3);
    CHECK(close(poisson_cdf(k, 17.3), sum, 1e-12));
    CHECK(poisson_upper(k + 1, 17.3) == doctest::Approx(1 - sum).epsilon(1e-9));
  }
  CHECK(poisson_cdf(-1, 3) == 0);
  CHECK(poisson_upper(0, 3) == 1);
  CHECK(poisson_cdf(5, 0) == 1);
}

TEST_CASE("whatever is asked there is a number between its bounds or none, and never a NaN") {
  const double infinity = std::numeric_limits<double>::infinity();
  const double asked[] = {0,           -0.0,     1,         -1,     0.5,    2,    0.999999999999, 1e-16,
                          1 - 1.2e-16, 1e-7,     1e-101,    1e-320, 1e-300, 1e12, 1.1e12,         1e300,
                          61779.5,     infinity, -infinity, kNaN,   4e6,    8.3e6};
  int given = 0, refused = 0;
  const auto within = [&](std::optional<double> found, double low, double high) {
    ++(found ? given : refused);
    return !found || (*found >= low && *found <= high);
  };
  for (const double a : asked)
    for (const double b : asked) {
      CAPTURE(a);
      CAPTURE(b);
      CHECK(within(gamma_p(a, b), 0, 1));
      CHECK(within(gamma_q(a, b), 0, 1));
      CHECK(within(gamma_quantile(a, b), 0, infinity));
      CHECK(within(gamma_quantile_upper(a, b), 0, infinity));
      CHECK(within(student_t_cdf(a, b), 0, 1));
      CHECK(within(student_t_quantile(a, b), -infinity, infinity));
      CHECK(within(poisson_term(a, b), 0, 1));
      CHECK(within(poisson_cdf(a, b), 0, 1));
      CHECK(within(poisson_upper(a, b), 0, 1));
      for (const double c : asked) {
        CAPTURE(c);
        CHECK(within(beta_i(a, b, c), 0, 1));
        CHECK(within(beta_quantile(a, b, c), 0, 1));
        CHECK(within(binomial_term(a, b, c), 0, 1));
      }
    }
  CHECK(given > 0);
  CHECK(refused > 0);
}

TEST_CASE("far tails keep their digits") {
  CHECK(close(*gamma_p(12119.75, 10987.617825882638), 1.208670818387230539e-26, 2e-12));
  CHECK(close(*gamma_q(106.092, 233.23694305893486), 3.804509555847064777e-21, 2e-12));
}
