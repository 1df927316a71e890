#include "statistics/forecast.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/translation.h"
#include "statistics/seasonal.h"

namespace tithing::statistics {

namespace {

constexpr double kZ80 = 1.2815515655446004;
constexpr double kZ95 = 1.959963984540054;

ForecastStep step_of(double mean, double variance, const ForecastOptions& options) {
  if (options.counts) variance = std::max(variance, std::max(mean, 0.0));
  const double deviation = std::sqrt(std::max(variance, 0.0));
  ForecastStep step{mean, mean - kZ80 * deviation, mean + kZ80 * deviation, mean - kZ95 * deviation,
                    mean + kZ95 * deviation};
  if (options.counts)
    for (double* x : {&step.mean, &step.lower_80, &step.upper_80, &step.lower_95, &step.upper_95})
      *x = std::max(*x, 0.0);
  return step;
}

// Forecast means and variances, before counts are made non-negative. Hyndman and others (2008), table 6.1.
void project(const EtsModel& m, std::size_t horizon, std::vector<double>& mean, std::vector<double>& variance) {
  const std::size_t period = m.last_season.size();
  double drift = 0;
  double damp = 1;
  double sum = 1;  // of squared responses to past errors
  double response_drift = 0;
  for (std::size_t h = 1; h <= horizon; ++h) {
    damp *= m.phi;
    drift += damp;
    mean.push_back(m.last_level + (m.trend ? drift * m.last_slope : 0) +
                   (m.seasonal ? m.last_season[(h - 1) % period] : 0));
    variance.push_back(m.variance * sum);
    response_drift += damp;
    const double c = m.alpha + m.beta * response_drift + (m.seasonal && h % period == 0 ? m.gamma : 0);
    sum += c * c;
  }
}

Result<Forecast> seasonal_naive(const std::vector<double>& y, const ForecastOptions& options) {
  const std::size_t p = options.period;
  if (y.size() < p + 1) return invalid(tr("Seasonal naive needs more than one whole year of months."));
  double square = 0;
  for (std::size_t i = p; i < y.size(); ++i) square += (y[i] - y[i - p]) * (y[i] - y[i - p]);
  const double variance = square / static_cast<double>(y.size() - p);
  Forecast f;
  f.model = "seasonal naive";
  for (std::size_t h = 1; h <= options.horizon; ++h) {
    const double mean = y[y.size() - p + (h - 1) % p];
    f.steps.push_back(step_of(mean, variance * static_cast<double>((h - 1) / p + 1), options));
  }
  return f;
}

Forecast from_model(const EtsModel& m, const ForecastOptions& options) {
  Forecast f;
  f.method = ForecastMethod::exponential_smoothing;
  f.model = m.name();
  std::vector<double> mean, variance;
  project(m, options.horizon, mean, variance);
  for (std::size_t h = 0; h < options.horizon; ++h) f.steps.push_back(step_of(mean[h], variance[h], options));
  return f;
}

Result<Forecast> stl_and_smoothing(const std::vector<double>& y, const ForecastOptions& options) {
  StlOptions stl_options;
  stl_options.period = options.period;
  const auto parts = stl(y, stl_options);
  if (!parts) return pass_on(parts);
  const auto level = fit_ets(parts->adjusted, false, false, false);
  if (!level) return pass_on(level);
  const auto damped = fit_ets(parts->adjusted, true, true, false);
  const EtsModel& m = damped && damped->corrected_aic < level->corrected_aic ? *damped : *level;
  Forecast f;
  f.method = ForecastMethod::stl_and_smoothing;
  f.model = "STL with " + m.name();
  std::vector<double> mean, variance;
  project(m, options.horizon, mean, variance);
  for (std::size_t h = 0; h < options.horizon; ++h) {
    const double season = parts->seasonal[y.size() - options.period + h % options.period];
    f.steps.push_back(step_of(mean[h] + season, variance[h], options));
  }
  return f;
}

Result<Forecast> by(const std::vector<double>& y, ForecastMethod method, const ForecastOptions& options) {
  switch (method) {
    case ForecastMethod::seasonal_naive:
      return seasonal_naive(y, options);
    case ForecastMethod::exponential_smoothing: {
      const auto m = fit_best_ets(y, options.period);
      if (!m) return pass_on(m);
      return from_model(*m, options);
    }
    case ForecastMethod::stl_and_smoothing:
      return stl_and_smoothing(y, options);
  }
  return invalid(tr("Choose one of the forecasting methods."));
}

Status check(const std::vector<double>& series, const ForecastOptions& options) {
  if (series.size() < 3) return invalid(tr("A forecast needs at least three months."));
  for (const double value : series)
    if (!std::isfinite(value))
      return invalid(tr("A forecast needs a number for every month. Choose months without a gap."));
  if (options.horizon < 1 || options.horizon > 120) return invalid(tr("Ask for between 1 and 120 months ahead."));
  if (options.period < 2) return invalid(tr("A season needs at least two observations in its period; 12 for months."));
  return {};
}

// Mean absolute difference between a month and the same month a year before; 0 when there is none.
double seasonal_difference(const std::vector<double>& y, std::size_t n, std::size_t period) {
  double sum = 0;
  for (std::size_t i = period; i < n; ++i) sum += std::abs(y[i] - y[i - period]);
  return n > period ? sum / static_cast<double>(n - period) : 0;
}

}  // namespace

Result<double> mase(const std::vector<double>& history, const std::vector<double>& actual,
                    const std::vector<double>& forecasts, std::size_t period) {
  if (actual.empty() || actual.size() != forecasts.size())
    return invalid(tr("There must be one forecast for each month that it is compared with."));
  if (history.size() < period + 1)
    return invalid(tr("The error's scale needs more than one whole year of months before."));
  const double scale = seasonal_difference(history, history.size(), period);
  if (!(scale > 0)) return invalid(tr("The months before are the same every year, so the error has no scale."));
  double sum = 0;
  for (std::size_t i = 0; i < actual.size(); ++i) sum += std::abs(actual[i] - forecasts[i]);
  const double result = sum / static_cast<double>(actual.size()) / scale;
  if (!std::isfinite(result)) return invalid(tr("Every month compared needs a number."));
  return result;
}

Result<Forecast> forecast_by(const std::vector<double>& series, ForecastMethod method, const ForecastOptions& options) {
  if (auto ok = check(series, options); !ok) return pass_on(ok);
  return by(series, method, options);
}

Result<Forecast> forecast(const std::vector<double>& series, const ForecastOptions& options) {
  if (auto ok = check(series, options); !ok) return pass_on(ok);
  const std::size_t n = series.size();
  constexpr ForecastMethod kMethods[] = {ForecastMethod::seasonal_naive, ForecastMethod::stl_and_smoothing,
                                         ForecastMethod::exponential_smoothing};
  struct Score {
    BackTest test;
    double scaled = 0;
    std::size_t scaled_months = 0;
    double within_80 = 0, within_95 = 0;
    bool failed = false;
  };
  std::vector<Score> scores(std::size(kMethods));
  std::size_t starts = 0;
  for (std::size_t k = 0; k < options.origins; ++k) {
    const std::size_t back = options.horizon + k * options.origin_step;
    // Every method needs two whole years and a little before the start.
    if (back > n || n - back < 2 * options.period + 3) break;
    const std::size_t start = n - back;
    const std::vector<double> before(series.begin(), series.begin() + static_cast<std::ptrdiff_t>(start));
    const double scale = seasonal_difference(series, start, options.period);
    ++starts;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      Score& s = scores[i];
      const auto f = by(before, kMethods[i], options);
      if (!f) {
        s.failed = true;
        continue;
      }
      for (std::size_t h = 0; h < options.horizon; ++h) {
        const double actual = series[start + h];
        const ForecastStep& step = f->steps[h];
        const double error = std::abs(actual - step.mean);
        s.test.mean_error += error;
        ++s.test.months;
        if (scale > 0) {
          s.scaled += error / scale;
          ++s.scaled_months;
        }
        s.within_80 += actual >= step.lower_80 && actual <= step.upper_80 ? 1 : 0;
        s.within_95 += actual >= step.lower_95 && actual <= step.upper_95 ? 1 : 0;
      }
    }
  }
  if (starts == 0) {
    auto f = by(series, n > options.period ? ForecastMethod::seasonal_naive : ForecastMethod::exponential_smoothing,
                options);
    return f;
  }
  std::vector<BackTest> tests;
  std::size_t best = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    Score& s = scores[i];
    if (s.failed || s.test.months == 0) continue;
    const auto months = static_cast<double>(s.test.months);
    s.test.method = kMethods[i];
    s.test.mean_error /= months;
    s.test.mase = s.scaled_months > 0 ? s.scaled / static_cast<double>(s.scaled_months) : 0;
    s.test.coverage_80 = s.within_80 / months;
    s.test.coverage_95 = s.within_95 / months;
    const double naive = scores[0].test.mean_error;  // its own has been divided already
    s.test.against_naive = naive > 0 ? s.test.mean_error / naive : s.test.mean_error > 0 ? 1e9 : 1;
    tests.push_back(s.test);
    if (s.test.mean_error < scores[best].test.mean_error * (1 - 1e-12)) best = i;
  }
  auto f = by(series, kMethods[best], options);
  if (!f) return f;
  f->tests = std::move(tests);
  f->chosen_by_test = true;
  return f;
}

std::string_view words(ForecastMethod method) {
  switch (method) {
    case ForecastMethod::seasonal_naive:
      return "the same month of the year before";
    case ForecastMethod::exponential_smoothing:
      return "exponential smoothing";
    case ForecastMethod::stl_and_smoothing:
      return "seasonal decomposition with exponential smoothing";
  }
  return "";
}

}  // namespace tithing::statistics
