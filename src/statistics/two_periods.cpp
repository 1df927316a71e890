#include "statistics/two_periods.h"

namespace tithing::statistics {

bool season_is_out(Period later, Period earlier) {
  if (later.months() % 12 == 0 && earlier.months() % 12 == 0) return true;
  return later.from.month() == earlier.from.month() && later.months() == earlier.months();
}

std::optional<std::string> no_verdict(const Comparison& comparison, bool season_out,
                                      const std::vector<std::string>& breaks) {
  if (!breaks.empty()) return std::string(kCategoryChanged);
  if (season_out || comparison.verdict == Verdict::too_few_to_say) return std::nullopt;
  return std::string(kNoVerdict);
}

bool judged(const Comparison& comparison, bool season_out, const std::vector<std::string>& breaks) {
  return comparison.verdict != Verdict::too_few_to_say && !no_verdict(comparison, season_out, breaks);
}

}  // namespace tithing::statistics
