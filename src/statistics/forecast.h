// Next year's months with honest intervals: exponential smoothing and seasonal naive, chosen by back-test.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tithing::statistics {

enum class ForecastMethod {
  seasonal_naive,         // the same month of the year before
  exponential_smoothing,  // the best additive-error ETS model by corrected AIC
  stl_and_smoothing,      // STL's season, and a level with or without damped trend for the rest
};

struct ForecastStep {
  double mean = 0;
  double lower_80 = 0, upper_80 = 0;
  double lower_95 = 0, upper_95 = 0;
};

// An additive-error exponential smoothing model (Hyndman, Koehler, Ord & Snyder 2008).
struct EtsModel {
  bool trend = false, damped = false, seasonal = false;
  double alpha = 0, beta = 0, gamma = 0, phi = 1;
  double level = 0, slope = 0;  // initial states
  std::vector<double> season;   // initial, one per month of the period
  double last_level = 0, last_slope = 0;
  std::vector<double> last_season;    // the next month first
  double sum_squares = 0;             // of one-step errors
  double variance = 0;                // of one-step errors, by degrees of freedom
  double aic = 0, corrected_aic = 0;  // on n ln(sum of squares), as R's forecast::ets counts it
  std::string name() const;           // "ETS(A,Ad,A)"
};

// The model of the given form that fits best by least squares. Level and slope at the start are fitted with the
// smoothing parameters; the starting season is taken from the first years' months. Invalid: a value that is not a
// number, too few values (a trend needs 5, a season two whole periods and 3).
Result<EtsModel> fit_ets(const std::vector<double>& series, bool trend, bool damped, bool seasonal,
                         std::size_t period = 12);
// The best form by corrected AIC: first with or without a season, then with no, a damped or a straight trend. Forms
// that the series is too short for are left out.
Result<EtsModel> fit_best_ets(const std::vector<double>& series, std::size_t period = 12);

struct ForecastOptions {
  std::size_t period = 12;
  std::size_t horizon = 12;
  std::size_t origins = 3;      // back-tests, from the last possible start backwards
  std::size_t origin_step = 6;  // months between their starts
  // The series counts events: no forecast or limit below zero, and no interval narrower than that of a Poisson count.
  bool counts = true;
};

// How a method did on months that it had not seen.
struct BackTest {
  ForecastMethod method = ForecastMethod::seasonal_naive;
  std::size_t months = 0;    // forecasts compared
  double mean_error = 0;     // mean absolute error
  double mase = 0;           // over the mean absolute seasonal difference before each start (Hyndman & Koehler 2006)
  double against_naive = 1;  // mean absolute error over that of seasonal naive on the same months; below 1 is better
  double coverage_80 = 0;    // share of months inside the intervals
  double coverage_95 = 0;
};

struct Forecast {
  ForecastMethod method = ForecastMethod::seasonal_naive;
  std::string model;                // "seasonal naive", "ETS(A,N,A)", "STL with ETS(A,N,N)"
  std::vector<ForecastStep> steps;  // horizon months from the end of the series
  std::vector<BackTest> tests;      // one per method tried; empty when the series is too short for one
  bool chosen_by_test = false;      // false: too short, so seasonal naive, or a level alone under one year and a month
};

// Chooses the method with the least mean absolute error on held-out months; seasonal naive wins ties and needs no other
// reason. A back-test starts need two whole periods before and `horizon` months after it.
// Invalid: fewer than 3 months, values that are not numbers (a missing month is not zero: choose months without a gap),
// horizon 0 or above 120, period below 2.
Result<Forecast> forecast(const std::vector<double>& series, const ForecastOptions& options = {});

// By the named method alone, without a back-test. Invalid as above and as the method needs.
Result<Forecast> forecast_by(const std::vector<double>& series, ForecastMethod method,
                             const ForecastOptions& options = {});

// Mean absolute error of `forecasts` over the mean absolute seasonal difference of `history`.
// Invalid when the history is the same every year, shorter than period + 1, or the sizes differ.
Result<double> mase(const std::vector<double>& history, const std::vector<double>& actual,
                    const std::vector<double>& forecasts, std::size_t period = 12);

std::string_view words(ForecastMethod method);

}  // namespace tithing::statistics
