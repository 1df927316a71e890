// Fitting of exponential smoothing models; the contract is in forecast.h.
#include <algorithm>
#include <cmath>
#include <limits>

#include "base/translation.h"
#include "statistics/forecast.h"

namespace tithing::statistics {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Form {
  bool trend, damped, seasonal;
};

// Runs the model over the series; leaves the final states in `m`. `season` is scratch of one period, in ring order.
double sum_of_squares(const std::vector<double>& y, EtsModel& m, std::vector<double>& season) {
  double level = m.level;
  double slope = m.slope;
  const double alpha = m.alpha, beta = m.beta, gamma = m.gamma, phi = m.phi;
  double sum = 0;
  if (m.seasonal) {
    season = m.season;
    const std::size_t period = season.size();
    double* ring = season.data();
    std::size_t s = 0;
    for (const double value : y) {
      const double drift = phi * slope;
      const double e = value - level - drift - ring[s];
      sum += e * e;
      level += drift + alpha * e;
      slope = drift + beta * e;
      ring[s] += gamma * e;
      if (++s == period) s = 0;
    }
    m.last_season.resize(period);
    for (std::size_t i = 0; i < period; ++i) m.last_season[i] = season[(s + i) % period];
  } else {
    for (const double value : y) {
      const double drift = phi * slope;
      const double e = value - level - drift;
      sum += e * e;
      level += drift + alpha * e;
      slope = drift + beta * e;
    }
  }
  m.last_level = level;
  m.last_slope = slope;
  return sum;
}

// Errors are linear in the starting level and slope: sets both to their least-squares values for the given smoothing.
void fit_start(const std::vector<double>& y, EtsModel& m) {
  const std::size_t period = m.seasonal ? m.season.size() : 1;
  std::vector<double> base = m.seasonal ? m.season : std::vector<double>(1, 0.0);
  std::vector<double> from_level(period, 0.0), from_slope(period, 0.0);
  double l0 = 0, b0 = 0;                // states from zero start
  double ll = 1, lb = 0;                // response to one of level
  double sl = 0, sb = m.trend ? 1 : 0;  // response to one of slope
  double aa = 0, ab = 0, bb = 0, ae = 0, be = 0;
  std::size_t s = 0;
  for (const double value : y) {
    const double e = value - l0 - m.phi * b0 - base[s];
    const double r = ll + m.phi * lb + from_level[s];  // what one of level adds to the fit
    const double q = sl + m.phi * sb + from_slope[s];
    aa += r * r;
    ab += r * q;
    bb += q * q;
    ae += r * e;
    be += q * e;
    l0 += m.phi * b0 + m.alpha * e;
    b0 = m.phi * b0 + m.beta * e;
    ll += m.phi * lb - m.alpha * r;
    lb = m.phi * lb - m.beta * r;
    sl += m.phi * sb - m.alpha * q;
    sb = m.phi * sb - m.beta * q;
    if (m.seasonal) {
      base[s] += m.gamma * e;
      from_level[s] -= m.gamma * r;
      from_slope[s] -= m.gamma * q;
      if (++s == period) s = 0;
    }
  }
  const double determinant = aa * bb - ab * ab;
  if (m.trend && determinant > 1e-9 * aa * bb) {
    m.level = (ae * bb - be * ab) / determinant;
    m.slope = (be * aa - ae * ab) / determinant;
  } else if (aa > 0) {
    m.slope = 0;
    m.level = ae / aa;
  }
}

double squash(double u) { return 1 / (1 + std::exp(-u)); }

// The smoothing parameters from free numbers, kept inside the usual region (0 < beta < alpha, 0 < gamma < 1 - alpha).
void apply(const double* u, const Form& form, EtsModel& m) {
  const auto unit = [](double x) { return 1e-4 + 0.9998 * squash(x); };
  std::size_t i = 0;
  m.alpha = unit(u[i++]);
  m.beta = form.trend ? m.alpha * unit(u[i++]) : 0;
  m.gamma = form.seasonal ? (1 - m.alpha) * unit(u[i++]) : 0;
  m.phi = form.damped ? 0.8 + 0.18 * squash(u[i++]) : 1;
}

// Nelder & Mead (1965) in at most four dimensions.
template <class Function>
void minimise(std::vector<double>& x, Function f, int most_steps, double tolerance) {
  const std::size_t n = x.size();
  struct Vertex {
    std::vector<double> x;
    double f;
  };
  std::vector<Vertex> simplex;
  simplex.push_back({x, f(x)});
  for (std::size_t i = 0; i < n; ++i) {
    auto moved = x;
    moved[i] += 1.2;
    simplex.push_back({moved, f(moved)});
  }
  const auto by_value = [](const Vertex& a, const Vertex& b) { return a.f < b.f; };
  std::vector<double> centre(n), trial(n);
  const auto blend = [&](double t) {
    for (std::size_t i = 0; i < n; ++i) trial[i] = centre[i] + t * (simplex[n].x[i] - centre[i]);
    return f(trial);
  };
  for (int step = 0; step < most_steps; ++step) {
    std::sort(simplex.begin(), simplex.end(), by_value);
    if (simplex[n].f - simplex[0].f <= tolerance * (std::abs(simplex[0].f) + 1e-300)) break;
    std::fill(centre.begin(), centre.end(), 0.0);
    for (std::size_t v = 0; v < n; ++v)
      for (std::size_t i = 0; i < n; ++i) centre[i] += simplex[v].x[i] / static_cast<double>(n);
    const double reflected = blend(-1);
    if (reflected < simplex[0].f) {
      auto kept = trial;
      const double expanded = blend(-2);
      simplex[n] = expanded < reflected ? Vertex{trial, expanded} : Vertex{kept, reflected};
    } else if (reflected < simplex[n - 1].f) {
      simplex[n] = {trial, reflected};
    } else {
      const double contracted = blend(reflected < simplex[n].f ? -0.5 : 0.5);
      if (contracted < std::min(reflected, simplex[n].f)) {
        simplex[n] = {trial, contracted};
      } else {
        for (std::size_t v = 1; v <= n; ++v) {
          for (std::size_t i = 0; i < n; ++i) simplex[v].x[i] = 0.5 * (simplex[0].x[i] + simplex[v].x[i]);
          simplex[v].f = f(simplex[v].x);
        }
      }
    }
  }
  std::sort(simplex.begin(), simplex.end(), by_value);
  x = simplex[0].x;
}

// Seasonal figures of the first whole years: each month less the year's moving mean, averaged and centred on zero.
std::vector<double> first_season(const std::vector<double>& y, std::size_t period) {
  const std::size_t years = std::min<std::size_t>(y.size() / period, 4);
  const std::size_t n = years * period;
  std::vector<double> sum(period, 0.0);
  std::vector<int> seen(period, 0);
  for (std::size_t i = period / 2; i + (period - period / 2) < n + (period % 2); ++i) {
    // A centred moving mean over one period (2 x period when it is even).
    double mean = 0;
    const std::size_t first = i - period / 2;
    if (period % 2 == 0) {
      mean = 0.5 * y[first] + 0.5 * y[first + period];
      for (std::size_t j = first + 1; j < first + period; ++j) mean += y[j];
    } else {
      for (std::size_t j = first; j < first + period; ++j) mean += y[j];
    }
    sum[i % period] += y[i] - mean / static_cast<double>(period);
    ++seen[i % period];
  }
  double all = 0;
  for (std::size_t s = 0; s < period; ++s) {
    if (seen[s] > 0) sum[s] /= seen[s];
    all += sum[s] / static_cast<double>(period);
  }
  for (double& s : sum) s -= all;
  return sum;
}

EtsModel fit(const std::vector<double>& y, const Form& form, std::size_t period) {
  EtsModel m;
  m.trend = form.trend;
  m.damped = form.damped;
  m.seasonal = form.seasonal;
  if (form.seasonal) m.season = first_season(y, period);
  std::vector<double> u{-0.5};
  if (form.trend) u.push_back(-2);
  if (form.seasonal) u.push_back(-2);
  if (form.damped) u.push_back(1);
  std::vector<double> scratch;
  double scale = 0;
  for (const double value : y) scale = std::max(scale, std::abs(value));

  if (!form.seasonal) {
    // Cheap enough to solve for the start at every step, so the optimum is that of all parameters together.
    const auto cost = [&](const std::vector<double>& x) {
      apply(x.data(), form, m);
      fit_start(y, m);
      return sum_of_squares(y, m, scratch);
    };
    if (!form.trend) {
      // One parameter: several valleys are possible, so look along the whole range first.
      double best = kInfinity, at = 0;
      for (int i = -14; i <= 14; ++i) {
        const double c = cost({i * 0.65});
        if (c < best) {
          best = c;
          at = i * 0.65;
        }
      }
      double low = at - 0.65, high = at + 0.65;
      constexpr double kGolden = 0.61803398874989485;
      double x1 = high - kGolden * (high - low), x2 = low + kGolden * (high - low);
      double f1 = cost({x1}), f2 = cost({x2});
      while (high - low > 1e-6) {
        if (f1 < f2) {
          high = x2;
          x2 = x1;
          f2 = f1;
          x1 = high - kGolden * (high - low);
          f1 = cost({x1});
        } else {
          low = x1;
          x1 = x2;
          f1 = f2;
          x2 = low + kGolden * (high - low);
          f2 = cost({x2});
        }
      }
      u[0] = cost({at}) < std::min(f1, f2) ? at : 0.5 * (low + high);
    } else {
      minimise(u, cost, 160, 1e-9);
    }
  } else {
    apply(u.data(), form, m);
    fit_start(y, m);
    const auto cost = [&](const std::vector<double>& x) {
      apply(x.data(), form, m);
      return sum_of_squares(y, m, scratch);
    };
    minimise(u, cost, 60, 1e-6);
    apply(u.data(), form, m);
    fit_start(y, m);
    minimise(u, cost, 40, 1e-7);
  }
  apply(u.data(), form, m);
  fit_start(y, m);
  m.sum_squares = sum_of_squares(y, m, scratch);
  const auto n = static_cast<double>(y.size());
  // Smoothing parameters, starting states (one season is bound by the others) and the variance.
  const double k = static_cast<double>(u.size()) + 1 + (form.trend ? 1 : 0) +
                   (form.seasonal ? static_cast<double>(period) - 1 : 0) + 1;
  m.variance = m.sum_squares / std::max(1.0, n - (k - 1));
  const double least = 1e-24 * scale * scale * n + 1e-300;
  m.aic = n * std::log(std::max(m.sum_squares, least)) + 2 * k;
  m.corrected_aic = n - k - 1 > 0 ? m.aic + 2 * k * (k + 1) / (n - k - 1) : kInfinity;
  return m;
}

Status check(const std::vector<double>& series) {
  for (const double value : series)
    if (!std::isfinite(value))
      return invalid(tr("A forecast needs a number for every month. Choose months without a gap."));
  return {};
}

bool long_enough(const std::vector<double>& series, const Form& form, std::size_t period) {
  std::size_t least = form.trend ? 5 : 3;
  if (form.seasonal) least = 2 * period + 3;
  return series.size() >= least;
}

}  // namespace

std::string EtsModel::name() const {
  return std::string("ETS(A,") + (damped ? "Ad" : trend ? "A" : "N") + "," + (seasonal ? "A" : "N") + ")";
}

Result<EtsModel> fit_ets(const std::vector<double>& series, bool trend, bool damped, bool seasonal,
                         std::size_t period) {
  if (auto ok = check(series); !ok) return pass_on(ok);
  if (seasonal && period < 2) return invalid(tr("A season needs at least two observations in its period."));
  const Form form{trend || damped, damped, seasonal};
  if (!long_enough(series, form, period))
    return invalid(tr("The series is too short for this model. Choose a longer period, or a model without a season."));
  return fit(series, form, period);
}

Result<EtsModel> fit_best_ets(const std::vector<double>& series, std::size_t period) {
  if (auto ok = check(series); !ok) return pass_on(ok);
  if (series.size() < 3) return invalid(tr("A forecast needs at least three months."));
  EtsModel best = fit(series, {false, false, false}, period);
  bool seasonal = false;
  if (period >= 2 && long_enough(series, {false, false, true}, period)) {
    EtsModel m = fit(series, {false, false, true}, period);
    seasonal = m.corrected_aic < best.corrected_aic;
    if (seasonal) best = std::move(m);
  }
  for (const Form form : {Form{true, true, seasonal}, Form{true, false, seasonal}}) {
    if (!long_enough(series, form, period)) continue;
    EtsModel m = fit(series, form, period);
    if (m.corrected_aic < best.corrected_aic) best = std::move(m);
  }
  return best;
}

}  // namespace tithing::statistics
