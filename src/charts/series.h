// Months x values: trend, control chart, rate with its interval.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "charts/frame.h"
#include "statistics/xmr.h"

namespace tithing::charts {

enum class Mark { none, high, low, run };  // triangle up, triangle down, diamond

struct SeriesPoint {
  Month month;
  std::optional<double> value = {};           // none: missing. Hatched, never zero
  std::optional<double> low = {}, high = {};  // an interval, drawn as a band
  bool provisional = false;                   // hollow
  Mark mark = Mark::none;
  std::string signal = {};  // the word beside the mark: "above the limit"
};

// Mean and control limits of the points [begin, end).
struct Limits {
  std::size_t begin = 0, end = 0;
  double mean = 0;
  std::optional<double> lower = {}, upper = {};
};

struct Series {
  std::vector<SeriesPoint> points;  // one per month, without a hole: a missing month is a point without a value
  std::vector<Limits> limits;
  std::string unit;  // above the axis: "crimes", "crimes per 1,000 people"
  int decimals = 0;
  std::string name = {};           // beside the last value; several series are several charts
  std::string missing_words = {};  // "not submitted"; "missing" when empty
};

// std::logic_error when months do not follow each other. With fewer than two known values, or all of them equal, a
// sentence.
html::Markup series_chart(const Series& series, const Frame& frame);

// One small panel of a set (multiples.h), all of them on one scale. Values outside [low, high] are a bug.
html::Markup series_panel(const Series& series, const Frame& frame, double low, double high);

// Mean, limits and signals of a control chart. Precondition: made of the same values.
Series with_control_limits(Series series, const statistics::Xmr& xmr);

// "11 months, January to November 2022. Lowest 1,021 in February 2022, highest 1,304 in July 2022. Missing: May 2022."
std::string describe(const Series& series, const std::string& language);

}  // namespace tithing::charts
