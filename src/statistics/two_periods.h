// The verdict on two periods of months, as figure, page and command give it: one rule and one set of words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "statistics/poisson.h"

namespace tithing::statistics {

// Where the season may do all of a change.
inline constexpr std::string_view kNoVerdict = "no verdict, these are other months of the year";

// Where the category held other crimes in a part of the months. What it held stands once, in the notes.
inline constexpr std::string_view kCategoryChanged = "no verdict, the category changed";
// What a verdict of higher or lower takes for granted, as the sentence that goes with it, and at length for a working
// (docs/guide/methods.md has the table).
inline constexpr std::string_view kAssumes = "This takes each crime as independent of the others.";
inline constexpr std::string_view kIndependent =
    "The verdict takes each crime as independent of the others. They come in bursts: where months vary twice as much "
    "as chance alone makes "
    "them, it calls about 17 of 100 unchanged pairs higher or lower, and where five times as much, about 38, not 5. "
    "The true interval is wider.";

// Whether two periods hold the season alike: the same months of different years, or whole years.
bool season_is_out(Period later, Period earlier);

// Why there is no verdict, though the counts alone would give one: "no verdict, the category changed" (`breaks`, as
// sentences, of the span from the first month of the one to the last of the other), or "no verdict, these are other
// months of the year". Nothing where there may be one, or where the counts are too few in any case.
std::optional<std::string> no_verdict(const Comparison& comparison, bool season_out,
                                      const std::vector<std::string>& breaks);
// Whether there is a verdict at all. Where there is none, no p and no z stands beside it: they would read as one.
bool judged(const Comparison& comparison, bool season_out, const std::vector<std::string>& breaks);

}  // namespace tithing::statistics
