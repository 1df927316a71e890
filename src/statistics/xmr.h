// XmR control charts (individuals and moving ranges) with the rules of NHS England's "Making Data Count" as options.
//
// Sources: Wheeler (2000), "Understanding Variation"; the behaviour of NHSRplotthedots, with its disputed points as
// named options: screening of moving ranges (Wheeler himself is against it), length of a trend (6 or 7), whether a
// point on the mean breaks a shift (it does). Crime counts are seasonal: give this a seasonally adjusted series or
// differences from the same month of the year before, or summer will be flagged every year.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/words.h"

namespace tithing::statistics {

// Which points count as near a limit for "two of three". Until November 2023 the tools of Making Data Count counted
// only points between two thirds of the way and the limit; since then those beyond the limit as well. Either way all
// three lie on one side of the mean, and only the points that count are marked.
enum class TwoOfThree { since_november_2023, before_november_2023 };

struct XmrOptions {
  // Moving ranges of 3.267 times their mean or more are left out once, and their mean taken again.
  bool screen_moving_ranges = true;
  // Points whose moving range was screened out also leave the mean when beyond the limits (off in the published tool).
  bool screen_mean = false;
  bool rule_outside = true;
  bool rule_trend = true;
  bool rule_two_of_three = true;
  TwoOfThree two_of_three = TwoOfThree::since_november_2023;
  bool rule_shift = true;
  int trend_length = 7;          // points strictly rising or strictly falling
  int shift_length = 7;          // points on the same side of the mean
  bool natural_floor = false;    // no limit below zero is drawn: a count cannot fall below it
  std::size_t least = 2;         // with fewer points in a group there are no limits and nothing is said
  std::size_t trial_below = 12;  // with fewer points in a group its limits are called trial limits
  // Indices at which everything starts again (new mean, new limits, no run crosses it).
  std::vector<std::size_t> rebase_at;
  // Only the first so many points of each group make its mean and limits; all are judged by them. 0: all.
  std::size_t fix_after = 0;
};

// With fewer months than this no limits are drawn and nothing is said of signals, in figure, page and command alike;
// below twelve the limits are trial limits (NHS England, "Making data count").
constexpr std::size_t kLeastForLimits = 8;

// In order of priority, as a point is drawn with the first that holds.
enum class XmrSignal { none, outside, trend, two_of_three, shift };

struct XmrPoint {
  std::optional<double> value;
  std::optional<double> moving_range;  // from the point before in the same group, when both are known
  std::size_t group = 0;
  XmrSignal signal = XmrSignal::none;
  int side = 0;  // -1 below the mean, 0 on it or unknown, 1 above
  bool outside = false, trend = false, two_of_three = false, shift = false;
};

// Why a group has no limits. Of no width: the moving ranges that are left are all nothing though the points are not all
// alike, as in a series with a single step, so that every point off the mean would lie outside.
enum class NoLimits { none, few, apart, no_width };

struct XmrGroup {
  std::size_t begin = 0, end = 0;  // [begin, end) of the points
  std::size_t known = 0;           // points with a value
  bool has_limits = false;         // two neighbouring known points are the least
  NoLimits why_none = NoLimits::none;
  bool trial = true;  // fewer points than `trial_below`
  double mean = 0;
  double mean_moving_range = 0;
  std::size_t screened = 0;               // moving ranges left out
  double lower = 0, upper = 0;            // mean -/+ 2.66 mean moving ranges
  double near_lower = 0, near_upper = 0;  // two thirds of the way
};

struct Xmr {
  std::vector<XmrPoint> points;
  std::vector<XmrGroup> groups;
  bool any_signal() const;
  // Whether anything can be said: false where no group has limits. Then "no signal" means nothing.
  bool can_tell() const;
  // Why not, as the end of a sentence: "too few months, since limits need at least 8 and there are 2". `unit`: "months"
  // or "values".
  std::string why_nothing(std::size_t least, const std::string& unit = "months") const;
};

// `values` in order of time, one per period; an empty optional is a period that is missing: it is never zero, no moving
// range spans it and no run crosses it. Invalid: no known value at all, a value that is not a finite number, a rebase
// outside the series, lengths below 2. A constant series has limits at its mean and no signal.
Result<Xmr> xmr(const std::vector<std::optional<double>>& values, const XmrOptions& options = {});

// "outside the limits", "part of a trend", "two of three near a limit", "part of a shift", "" for none.
std::string_view words(XmrSignal signal);
// "since-november-2023", "before-november-2023": as in addresses and on the command line.
std::string_view name_of(TwoOfThree rule);
std::optional<TwoOfThree> two_of_three_named(std::string_view name);
// What the rule says, for notes under a chart, with its date.
std::string_view rule_text(TwoOfThree rule);
// How the limits are made with these options, in words and as a formula: "m + 2.66 R".
std::string limits_in_words(const XmrOptions& options);
// The same two with their constants and their day marked, for a page.
Words limits_words(const XmrOptions& options);
Words rule_words(TwoOfThree rule);
std::string limit_formula(const XmrOptions& options, bool upper);

}  // namespace tithing::statistics
