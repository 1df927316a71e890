// Rules of the assessment, as pure functions: which months are shown, what is compared with what, and how it is put in
// words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "statistics/funnel.h"
#include "statistics/poisson.h"
#include "statistics/two_periods.h"
#include "statistics/xmr.h"

namespace tithing::assessment {

// The months that a page shows when the address does not say: the last twelve that were submitted, or all there are.
Period shown_period(Period available);

// Two periods whose counts can be laid beside each other.
struct Compared {
  Period later;
  Period earlier;
  bool same_months = false;  // the same months of different years: the season is out of it
  std::string text() const;  // "July to November 2022 against February to June 2022"
};
// Prefers `shown` against the same months a year before, when those lie in `available`; else the later half of what is
// available against as many months just before. Nothing when there are fewer than two months.
std::optional<Compared> compared_periods(Period available, Period shown);

using statistics::season_is_out;
// "no clear change: between -4.2% and +1.3%" from a rate ratio and its interval. Of other months of the year there is
// no verdict, since the season may do it: "no verdict, these are other months of the year: between ..".
std::string in_words(const statistics::Comparison& comparison, bool season_out);

// Where a rate stands against the average of others, in words that say what the limits are made of. `widened`: by the
// spread between the `areas`, which is then what is inside or outside, and not chance.
std::string in_words(statistics::FunnelBand band, bool widened, std::size_t areas);

// Months with a count, in order, cut to the last `most`.
constexpr int kSeriesMonths = 36;
// Below this many months no limits are drawn; below twelve they are trial limits (NHS England, "Making data count").
constexpr int kLeastForLimits = static_cast<int>(statistics::kLeastForLimits);

}  // namespace tithing::assessment
