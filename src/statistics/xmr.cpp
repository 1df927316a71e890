#include "statistics/xmr.h"

#include <algorithm>
#include <cmath>

#include "base/marked.h"
#include "base/translation.h"

namespace tithing::statistics {

namespace {

constexpr double kLimit = 2.66;    // 3 / 1.128, Wheeler's scaling of the mean moving range
constexpr double kScreen = 3.267;  // the upper limit of a moving range in the same scale

struct MeanOf {
  double sum = 0;
  std::size_t count = 0;
  void add(double x) {
    sum += x;
    ++count;
  }
  double value() const { return count ? sum / static_cast<double>(count) : 0; }
};

void set_limits(Xmr& chart, XmrGroup& group, const XmrOptions& options) {
  const std::size_t base_end = options.fix_after ? std::min(group.end, group.begin + options.fix_after) : group.end;
  MeanOf mean;
  MeanOf ranges;
  for (std::size_t i = group.begin; i < base_end; ++i) {
    if (chart.points[i].value) mean.add(*chart.points[i].value);
    if (chart.points[i].moving_range) ranges.add(*chart.points[i].moving_range);
  }
  group.known = mean.count;
  group.trial = mean.count < options.trial_below;
  group.mean = mean.value();
  if (group.known < options.least)
    group.why_none = NoLimits::few;
  else if (ranges.count == 0)
    group.why_none = NoLimits::apart;
  if (group.why_none != NoLimits::none) return;
  group.has_limits = true;
  group.mean_moving_range = ranges.value();
  const double cut = kScreen * group.mean_moving_range;
  std::vector<bool> dropped(chart.points.size(), false);
  if (options.screen_moving_ranges && cut > 0) {
    MeanOf kept;
    for (std::size_t i = group.begin; i < base_end; ++i) {
      if (!chart.points[i].moving_range) continue;
      if (*chart.points[i].moving_range < cut) {
        kept.add(*chart.points[i].moving_range);
      } else {
        dropped[i] = true;
        ++group.screened;
      }
    }
    if (kept.count > 0) group.mean_moving_range = kept.value();
  }
  if (options.screen_mean && group.screened > 0) {
    const double reach = kLimit * group.mean_moving_range;
    MeanOf inner;
    for (std::size_t i = group.begin; i < base_end; ++i) {
      if (!chart.points[i].value) continue;
      const bool beside = dropped[i] || (i + 1 < base_end && dropped[i + 1]);
      if (beside && std::abs(*chart.points[i].value - group.mean) > reach) continue;
      inner.add(*chart.points[i].value);
    }
    if (inner.count > 0) group.mean = inner.value();
  }
  if (group.mean_moving_range == 0) {
    // The mean of equal values can differ from them in the last digit; that is not a difference.
    const double scale = 1e-12 * std::max(1.0, std::abs(group.mean));
    for (std::size_t i = group.begin; i < group.end; ++i)
      if (chart.points[i].value && std::abs(*chart.points[i].value - group.mean) > scale) {
        group.has_limits = false;
        group.why_none = NoLimits::no_width;
        return;
      }
  }
  const double reach = kLimit * group.mean_moving_range;
  group.lower = group.mean - reach;
  group.upper = group.mean + reach;
  group.near_lower = group.mean - reach * 2 / 3;
  group.near_upper = group.mean + reach * 2 / 3;
}

// Marks every run of at least `length` consecutive indices in [begin, end) for which `joins(i)` says that i belongs
// with i - 1, through `mark`.
template <class Joins, class Mark>
void mark_runs(std::size_t begin, std::size_t end, int length, Joins joins, Mark mark) {
  std::size_t start = begin;
  for (std::size_t i = begin + 1; i <= end; ++i) {
    if (i < end && joins(i)) continue;
    if (i - start >= static_cast<std::size_t>(length))
      for (std::size_t j = start; j < i; ++j) mark(j);
    start = i;
  }
}

// The longest strictly monotone stretches: neighbours share an end, so a turning point belongs to both.
void mark_trends(Xmr& chart, const XmrGroup& group, int length) {
  for (const int direction : {1, -1}) {
    mark_runs(
        group.begin, group.end, length,
        [&](std::size_t i) {
          const auto& before = chart.points[i - 1].value;
          const auto& here = chart.points[i].value;
          return before && here && (direction > 0 ? *here > *before : *here < *before);
        },
        [&](std::size_t i) { chart.points[i].trend = true; });
  }
}

void mark_two_of_three(Xmr& chart, const XmrGroup& group, TwoOfThree rule) {
  const bool outside_counts = rule == TwoOfThree::since_november_2023;
  const auto near = [&](std::size_t i) {
    const XmrPoint& p = chart.points[i];
    return p.value && (outside_counts || !p.outside) && (*p.value < group.near_lower || *p.value > group.near_upper);
  };
  for (std::size_t i = group.begin; i + 3 <= group.end; ++i) {
    const int side = chart.points[i].side;
    if (side == 0 || chart.points[i + 1].side != side || chart.points[i + 2].side != side) continue;
    if (near(i) + near(i + 1) + near(i + 2) < 2) continue;
    for (std::size_t j = i; j < i + 3; ++j)
      if (near(j)) chart.points[j].two_of_three = true;
  }
}

void mark_signals(Xmr& chart, XmrGroup& group, const XmrOptions& options) {
  if (!group.has_limits) return;
  for (std::size_t i = group.begin; i < group.end; ++i) {
    XmrPoint& p = chart.points[i];
    if (!p.value) continue;
    p.side = *p.value > group.mean ? 1 : *p.value < group.mean ? -1 : 0;
    p.outside = *p.value > group.upper || *p.value < group.lower;
  }
  // The mean of equal values can differ from them in the last digit; that is not a side.
  if (group.mean_moving_range == 0 && group.known > 0) {
    const double scale = 1e-12 * std::max(1.0, std::abs(group.mean));
    for (std::size_t i = group.begin; i < group.end; ++i) {
      XmrPoint& p = chart.points[i];
      if (p.value && std::abs(*p.value - group.mean) <= scale) {
        p.side = 0;
        p.outside = false;
      }
    }
  }
  mark_trends(chart, group, options.trend_length);
  mark_two_of_three(chart, group, options.two_of_three);
  mark_runs(
      group.begin, group.end, options.shift_length,
      [&](std::size_t i) { return chart.points[i].side != 0 && chart.points[i].side == chart.points[i - 1].side; },
      [&](std::size_t i) { chart.points[i].shift = chart.points[i].side != 0; });
  for (std::size_t i = group.begin; i < group.end; ++i) {
    XmrPoint& p = chart.points[i];
    p.outside = p.outside && options.rule_outside;
    p.trend = p.trend && options.rule_trend;
    p.two_of_three = p.two_of_three && options.rule_two_of_three;
    p.shift = p.shift && options.rule_shift;
    p.signal = p.outside        ? XmrSignal::outside
               : p.trend        ? XmrSignal::trend
               : p.two_of_three ? XmrSignal::two_of_three
               : p.shift        ? XmrSignal::shift
                                : XmrSignal::none;
  }
  if (options.natural_floor) {
    group.lower = std::max(group.lower, 0.0);
    group.near_lower = std::max(group.near_lower, 0.0);
  }
}

}  // namespace

bool Xmr::any_signal() const {
  return std::any_of(points.begin(), points.end(), [](const XmrPoint& p) { return p.signal != XmrSignal::none; });
}

bool Xmr::can_tell() const {
  return std::any_of(groups.begin(), groups.end(), [](const XmrGroup& g) { return g.has_limits; });
}

std::string Xmr::why_nothing(std::size_t least, const std::string& unit) const {
  std::size_t most = 0;
  bool no_width = false, apart = false;
  for (const XmrGroup& group : groups) {
    most = std::max(most, group.known);
    no_width = no_width || group.why_none == NoLimits::no_width;
    apart = apart || group.why_none == NoLimits::apart;
  }
  if (no_width)
    return "all " + unit +
           " but a step or two are alike, so that limits would have no width and everything off the mean would "
           "lie outside them";
  if (apart) return "limits need at least two " + unit + " in a row";
  return "too few " + unit + ", since limits need at least " + std::to_string(least) + " and there " +
         (most == 1 ? "is " : "are ") + std::to_string(most);
}

Result<Xmr> xmr(const std::vector<std::optional<double>>& values, const XmrOptions& options) {
  if (options.trend_length < 2 || options.shift_length < 2)
    return invalid(tr("A trend and a shift need a length of 2 points or more; 7 is usual."));
  bool any = false;
  for (const auto& value : values) {
    if (!value) continue;
    if (!std::isfinite(*value)) return invalid(tr("A control chart needs numbers; leave a missing month empty."));
    any = true;
  }
  if (!any) return invalid(tr("A control chart needs at least one month with a figure."));
  std::vector<std::size_t> starts{0};
  for (const std::size_t at : options.rebase_at) {
    if (at >= values.size())
      return invalid(tr("A new baseline must start within the series. Choose one of its months."));
    if (at > 0) starts.push_back(at);
  }
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());

  Xmr chart;
  chart.points.resize(values.size());
  for (std::size_t g = 0; g < starts.size(); ++g) {
    XmrGroup group;
    group.begin = starts[g];
    group.end = g + 1 < starts.size() ? starts[g + 1] : values.size();
    for (std::size_t i = group.begin; i < group.end; ++i) {
      chart.points[i].value = values[i];
      chart.points[i].group = g;
      if (i > group.begin && values[i] && values[i - 1])
        chart.points[i].moving_range = std::abs(*values[i] - *values[i - 1]);
    }
    set_limits(chart, group, options);
    mark_signals(chart, group, options);
    chart.groups.push_back(group);
  }
  return chart;
}

std::string_view words(XmrSignal signal) {
  switch (signal) {
    case XmrSignal::outside:
      return "outside the limits";
    case XmrSignal::trend:
      return "part of a trend";
    case XmrSignal::two_of_three:
      return "two of three near a limit";
    case XmrSignal::shift:
      return "part of a shift";
    case XmrSignal::none:
      return "";
  }
  return "";
}

std::string_view name_of(TwoOfThree rule) {
  return rule == TwoOfThree::since_november_2023 ? "since-november-2023" : "before-november-2023";
}

std::optional<TwoOfThree> two_of_three_named(std::string_view name) {
  for (const TwoOfThree rule : {TwoOfThree::since_november_2023, TwoOfThree::before_november_2023})
    if (name_of(rule) == name) return rule;
  return std::nullopt;
}

std::string_view rule_text(TwoOfThree rule) {
  return rule == TwoOfThree::since_november_2023
             ? "Two of three: two of three months in a row beyond two thirds of the way to a limit, those outside it "
               "included, all three on one side of the mean (Making Data Count since November 2023)."
             : "Two of three: two of three months in a row between two thirds of the way and the limit, those outside "
               "it "
               "not counted, all three on one side of the mean (Making Data Count until November 2023).";
}

std::string limits_in_words(const XmrOptions& options) {
  return std::string("The mean, less or plus 2.66 times the mean moving range") +
         (options.screen_moving_ranges ? ", in which moving ranges of 3.267 times their mean or more are left out once"
                                       : "") +
         ": an XmR chart.";
}

Words limits_words(const XmrOptions& options) {
  return marked(limits_in_words(options), {as_setting("2.66 times"), as_setting("3.267 times")});
}

Words rule_words(TwoOfThree rule) { return marked(rule_text(rule), {as_date("November 2023")}); }

std::string limit_formula(const XmrOptions& options, bool upper) {
  const std::string range =
      "2.66 x R, R = mean |x(t) - x(t-1)|" +
      std::string(options.screen_moving_ranges ? " over those below 3.267 times the mean of all of them" : "");
  return upper ? "m + " + range : options.natural_floor ? "max(0, m - 2.66 x R)" + range.substr(8) : "m - " + range;
}

}  // namespace tithing::statistics
