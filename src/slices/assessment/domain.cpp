#include "slices/assessment/domain.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace tithing::assessment {

Period shown_period(Period available) {
  const int months = std::min(available.months(), 12);
  return {available.to.plus(1 - months), available.to};
}

std::string Compared::text() const { return later.text() + " against " + earlier.text(); }

std::optional<Compared> compared_periods(Period available, Period shown) {
  const Period year_before{shown.from.plus(-12), shown.to.plus(-12)};
  if (available.contains(year_before.from) && available.contains(shown.to) && shown.months() <= 12)
    return Compared{shown, year_before, true};
  const Period within{std::max(available.from, shown.from), std::min(available.to, shown.to)};
  if (within.to < within.from) return std::nullopt;
  const int half = within.months() / 2;
  if (half == 0) return std::nullopt;
  return Compared{{within.to.plus(1 - half), within.to}, {within.to.plus(1 - 2 * half), within.to.plus(-half)}, false};
}

std::string in_words(statistics::FunnelBand band, bool widened, std::size_t areas) {
  using statistics::FunnelBand;
  if (!widened || band == FunnelBand::unknown) return std::string(statistics::words(band));
  const std::string spread = "the spread between the " + std::to_string(areas) + " areas, which is wider than chance";
  switch (band) {
    case FunnelBand::within:
      return "within " + spread;
    case FunnelBand::above:
      return "above the 95% limits of " + spread;
    case FunnelBand::far_above:
      return "far above, outside the 99.8% limits of " + spread;
    case FunnelBand::below:
      return "below the 95% limits of " + spread;
    case FunnelBand::far_below:
      return "far below, outside the 99.8% limits of " + spread;
    case FunnelBand::unknown:
      break;
  }
  return "unknown";
}

std::string in_words(const statistics::Comparison& comparison, bool season_out) {
  const bool few = comparison.verdict == statistics::Verdict::too_few_to_say;
  std::string verdict(statistics::words(comparison.verdict));
  if (const auto none = statistics::no_verdict(comparison, season_out, {})) verdict = *none;
  if (few || !comparison.ratio_is_known) return verdict;
  const auto signed_percent = [](double ratio) {
    const std::string text = percent(ratio - 1, 1);
    return ratio > 1 && text != "0.0%" ? "+" + text : text;
  };
  if (!std::isfinite(comparison.mid_p.upper)) return verdict + ": more than " + signed_percent(comparison.mid_p.lower);
  return verdict + ": between " + signed_percent(comparison.mid_p.lower) + " and " +
         signed_percent(comparison.mid_p.upper);
}

}  // namespace tithing::assessment
