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

// Whether two periods hold the season alike: the same months of different years, or whole years.
bool season_is_out(Period later, Period earlier);

// Why there is no verdict, though the counts alone would give one: "no verdict, the category changed: .." (`breaks`, as
// sentences, of the span from the first month of the one to the last of the other), or "no verdict, these are other
// months of the year". Nothing where there may be one, or where the counts are too few in any case.
std::optional<std::string> no_verdict(const Comparison& comparison, bool season_out, const std::vector<std::string>& breaks);

}  // namespace tithing::statistics
