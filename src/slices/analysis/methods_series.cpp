// Months in a row: signals, seasons, and the months to come.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/methods.h"
#include "statistics/describe.h"
#include "statistics/forecast.h"
#include "statistics/seasonal.h"
#include "statistics/xmr.h"

namespace tithing::analysis {
namespace {

const CommandOption kPeriod{"--period", "Observations in a year, 2 to 366; 12 unless given"};

struct Series {
  std::optional<Month> from;  // empty: the file has no months, the rows are taken as they come
  std::vector<std::optional<double>> values;
  std::string label(std::size_t i) const {
    return from ? from->plus(static_cast<int>(i)).iso() : std::to_string(i + 1);
  }
};

// One value per month in order of time; months without a row are missing.
Result<Series> series_of(const Input& input) {
  const auto column = column_of(input, {"value", "count"});
  if (!column) return pass_on(column);
  const auto read = optional_numbers(input, *column);
  if (!read) return pass_on(read);
  Series series;
  const auto month = input.find("month");
  if (!month) {
    series.values = *read;
    return series;
  }
  std::vector<Month> when;
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    const auto one = month_in(input, row, *month);
    if (!one) return pass_on(one);
    when.push_back(*one);
  }
  const auto [first, last] = std::minmax_element(when.begin(), when.end());
  series.from = *first;
  const int months = last->index() - first->index() + 1;
  if (months > 2400) return invalid(tr("{0} spans more than 2,400 months.", {input.name}));
  series.values.assign(static_cast<std::size_t>(months), std::nullopt);
  std::vector<bool> seen(series.values.size(), false);
  for (std::size_t row = 0; row < when.size(); ++row) {
    const auto at = static_cast<std::size_t>(when[row].index() - first->index());
    if (seen[at])
      return invalid(tr("{0}, {1}: {2} is there twice. Give one row for each month.",
                        {input.name, input.where(row), when[row].text()}));
    seen[at] = true;
    series.values[at] = (*read)[row];
  }
  return series;
}

Result<std::vector<double>> without_gaps(const Series& series, const std::string& name) {
  std::vector<double> out;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    if (!series.values[i])
      return invalid(series.from
                         ? tr("{0}: {1} is missing. A missing month is not zero: choose months without a gap.",
                              {name, series.from->plus(static_cast<int>(i)).text()})
                         : tr("{0}: row {1} is missing. A missing month is not zero: choose months without a gap.",
                              {name, std::to_string(i + 1)}));
    out.push_back(*series.values[i]);
  }
  return out;
}

Result<Answer> control_chart(const Input& input, Settings& settings) {
  statistics::XmrOptions options;
  options.screen_moving_ranges = settings.choice("screen", "yes", {"yes", "no"}) == "yes";
  options.trend_length = static_cast<int>(settings.whole("trend-length", options.trend_length, 3, 100));
  options.shift_length = static_cast<int>(settings.whole("shift-length", options.shift_length, 3, 100));
  options.natural_floor = settings.has("floor");
  options.least = statistics::kLeastForLimits;
  options.fix_after = static_cast<std::size_t>(settings.whole("fix-after", 0, 0, 10'000));
  options.two_of_three = *statistics::two_of_three_named(
      settings.choice("two-of-three", "since-november-2023", {"since-november-2023", "before-november-2023"}));
  const auto period = static_cast<std::size_t>(settings.whole("period", 12, 2, 366));
  if (!settings.status()) return pass_on(settings.status());
  auto series = series_of(input);
  if (!series) return pass_on(series);
  Answer answer;
  if (settings.has("adjusted")) {
    const auto whole_series = without_gaps(*series, input.name);
    if (!whole_series) return pass_on(whole_series);
    statistics::StlOptions stl_options;
    stl_options.period = period;
    const auto parts = statistics::stl(*whole_series, stl_options);
    if (!parts) return pass_on(parts);
    for (std::size_t i = 0; i < parts->adjusted.size(); ++i) series->values[i] = parts->adjusted[i];
    answer.notes.push_back("The season (STL) was taken off first.");
  } else {
    answer.notes.push_back("Crime has seasons: with two years or more, --adjusted takes them off first.");
  }
  for (const std::string& written :
       settings.has("rebase") ? split(settings.text("rebase"), ',') : std::vector<std::string>()) {
    std::optional<std::size_t> at;
    for (std::size_t i = 0; i < series->values.size(); ++i)
      if (series->label(i) == trimmed(written)) at = i;
    if (!at)
      return invalid(
          tr("--rebase {0} is no month of the series. Write it as in the file: {1}.", {written, series->label(0)}));
    options.rebase_at.push_back(*at);
  }
  std::sort(options.rebase_at.begin(), options.rebase_at.end());
  const auto chart = statistics::xmr(series->values, options);
  if (!chart) return pass_on(chart);
  Listing groups{
      "limits", {"from", "to", "points", "mean", "lower", "upper", "mean_moving_range", "screened", "trial"}, {}};
  for (const auto& group : chart->groups) {
    const auto value = [&](double number) { return group.has_limits ? Value(number) : Value(); };
    const double lower = options.natural_floor ? std::max(0.0, group.lower) : group.lower;
    groups.rows.push_back({series->label(group.begin), series->label(group.end - 1), whole(group.known),
                           value(group.mean), value(lower), value(group.upper), value(group.mean_moving_range),
                           whole(group.screened), group.trial});
  }
  Listing points{"points", {"month", "value", "moving_range", "signal"}, {}};
  std::size_t signals = 0;
  for (std::size_t i = 0; i < chart->points.size(); ++i) {
    const auto& point = chart->points[i];
    signals += point.signal != statistics::XmrSignal::none ? 1 : 0;
    points.rows.push_back({series->label(i), maybe(point.value), maybe(point.moving_range),
                           std::string(statistics::words(point.signal))});
  }
  std::size_t known = 0;
  for (const auto& group : chart->groups) known += group.known;
  const bool month = series->from.has_value();
  const std::string there = month ? plural(static_cast<std::int64_t>(known), "month", "months")
                                  : plural(static_cast<std::int64_t>(known), "value", "values");
  if (!chart->can_tell())
    answer.findings = {"Nothing can be said of " + there + ": " +
                       chart->why_nothing(options.least, month ? "months" : "values") + "."};
  else
    answer.findings = {signals == 0 ? "No signal: nothing here is more than the usual variation."
                                    : plural(static_cast<std::int64_t>(signals), "point carries", "points carry") +
                                          " a signal."};
  for (const auto& group : chart->groups)
    if (chart->can_tell() && group.trial) {
      answer.findings.front() +=
          " The limits are trial limits: they rest on fewer than twelve " + std::string(month ? "months." : "values.");
      break;
    }
  if (chart->can_tell()) {
    answer.notes.push_back(statistics::limits_in_words(options));
    answer.notes.push_back(std::string(statistics::rule_text(options.two_of_three)));
  }
  answer.values = {{"moving_ranges_screened", options.screen_moving_ranges},
                   {"two_of_three", std::string(statistics::name_of(options.two_of_three))},
                   {"trend_length", std::int64_t{options.trend_length}},
                   {"shift_length", std::int64_t{options.shift_length}}};
  answer.listings = {std::move(groups), std::move(points)};
  return answer;
}

Result<Answer> seasonal(const Input& input, Settings& settings) {
  statistics::StlOptions options;
  options.period = static_cast<std::size_t>(settings.whole("period", 12, 2, 366));
  options.seasonal_span = static_cast<std::size_t>(settings.whole("span", 0, 0, 9999));
  options.trend_span = static_cast<std::size_t>(settings.whole("trend-span", 0, 0, 9999));
  options.low_pass_span = static_cast<std::size_t>(settings.whole("low-pass-span", 0, 0, 9999));
  options.robust = settings.has("robust");
  if (!settings.status()) return pass_on(settings.status());
  const auto series = series_of(input);
  if (!series) return pass_on(series);
  const auto values = without_gaps(*series, input.name);
  if (!values) return pass_on(values);
  const auto parts = statistics::stl(*values, options);
  if (!parts) return pass_on(parts);
  Answer answer;
  answer.values = {{"seasonal_strength", maybe(parts->seasonal_strength)},
                   {"trend_strength", maybe(parts->trend_strength)},
                   {"robust", options.robust},
                   {"period", whole(options.period)}};
  Listing list{"points", {"month", "value", "seasonal", "trend", "remainder", "adjusted", "rolling_year"}, {}};
  const auto rolling = statistics::rolling_sums(series->values, options.period);
  for (std::size_t i = 0; i < values->size(); ++i)
    list.rows.push_back({series->label(i), (*values)[i], parts->seasonal[i], parts->trend[i], parts->remainder[i],
                         parts->adjusted[i], maybe(rolling[i])});
  answer.listings.push_back(std::move(list));
  answer.notes = {
      "STL of Cleveland and others (1990): value = seasonal + trend + remainder; adjusted = value less seasonal."};
  return answer;
}

std::string_view name_of(statistics::ForecastMethod method) {
  switch (method) {
    case statistics::ForecastMethod::seasonal_naive:
      return "seasonal naive";
    case statistics::ForecastMethod::exponential_smoothing:
      return "exponential smoothing";
    case statistics::ForecastMethod::stl_and_smoothing:
      return "STL with smoothing";
  }
  return "";
}

Result<Answer> forecast(const Input& input, Settings& settings) {
  statistics::ForecastOptions options;
  options.period = static_cast<std::size_t>(settings.whole("period", 12, 2, 366));
  options.horizon = static_cast<std::size_t>(settings.whole("horizon", 12, 1, 120));
  options.origins = static_cast<std::size_t>(settings.whole("origins", 3, 1, 100));
  options.counts = settings.choice("counts", "yes", {"yes", "no"}) == "yes";
  if (!settings.status()) return pass_on(settings.status());
  const auto series = series_of(input);
  if (!series) return pass_on(series);
  const auto values = without_gaps(*series, input.name);
  if (!values) return pass_on(values);
  const auto found = statistics::forecast(*values, options);
  if (!found) return pass_on(found);
  Answer answer;
  answer.values = {
      {"model", found->model}, {"chosen_by_back_test", found->chosen_by_test}, {"months_known", whole(values->size())}};
  answer.findings = {found->chosen_by_test
                         ? "Chosen by how it did on months that it had not seen: " + found->model + "."
                         : "The series is too short for a back-test (two years and the months ahead): " + found->model +
                               "."};
  Listing steps{"forecast", {"month", "mean", "lower_80", "upper_80", "lower_95", "upper_95"}, {}};
  for (std::size_t i = 0; i < found->steps.size(); ++i) {
    const auto& step = found->steps[i];
    steps.rows.push_back(
        {series->label(values->size() + i), step.mean, step.lower_80, step.upper_80, step.lower_95, step.upper_95});
  }
  Listing tests{
      "back_tests", {"method", "months", "mean_error", "mase", "against_naive", "coverage_80", "coverage_95"}, {}};
  for (const auto& test : found->tests)
    tests.rows.push_back({std::string(name_of(test.method)), whole(test.months), test.mean_error, test.mase,
                          test.against_naive, test.coverage_80, test.coverage_95});
  answer.listings = {std::move(steps), std::move(tests)};
  answer.notes = {
      "against_naive: mean absolute error over that of taking the same month of the year before; below 1 is better."};
  return answer;
}

}  // namespace

std::vector<Method> series_methods() {
  return {
      {"xmr",
       "Control chart: which months are more than the usual variation?",
       "value (or count); optional: month",
       {{"--adjusted", "Take the season off first (STL; two years or more)", false},
        {"--rebase", "Months at which limits start again, with commas"},
        {"--screen", "yes or no: leave out moving ranges beyond 3.267 times their mean; yes unless given"},
        {"--two-of-three",
         "since-november-2023: points outside a limit count as well; before-november-2023: they do not; the first "
         "unless "
         "given"},
        {"--trend-length", "Points of a trend; 7 unless given"},
        {"--shift-length", "Points of a shift; 7 unless given"},
        {"--fix-after", "Only the first so many points make the limits"},
        {"--floor", "No limit below zero", false},
        kPeriod},
       AreaForm::series,
       "",
       control_chart},
      {"seasonal",
       "Season, trend and remainder (STL), and the adjusted series",
       "value (or count); optional: month",
       {kPeriod,
        {"--span", "Span of the seasonal loess, odd; the same season every year unless given"},
        {"--trend-span", "Span of the trend loess, odd"},
        {"--low-pass-span", "Span of the low-pass filter, odd"},
        {"--robust", "Weigh down months that fit badly", false}},
       AreaForm::series,
       "",
       seasonal},
      {"forecast",
       "The months to come, with intervals, by the method that did best on held-out months",
       "value (or count); optional: month",
       {{"--horizon", "Months ahead, 1 to 120; 12 unless given"},
        {"--origins", "Back-tests; 3 unless given"},
        {"--counts", "yes or no: the series counts events; yes unless given"},
        kPeriod},
       AreaForm::series,
       "",
       forecast},
  };
}

}  // namespace tithing::analysis
