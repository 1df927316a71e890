// A pot of which nothing is known comes to what is not known, not to nought.
#pragma once

#include <algorithm>

#include "allocation/scheme.h"
#include "base/translation.h"

namespace tithing::allocation {

// It has funds, and of none of them the amount is known.
inline bool nothing_known(const std::vector<Fund>& funds) {
  return !funds.empty() &&
         std::none_of(funds.begin(), funds.end(), [](const Fund& fund) { return fund.amount.has_value(); });
}
inline bool nothing_known(const Pot& pot) { return nothing_known(pot.funds); }

// What is said of it instead of a table of noughts.
inline constexpr Marked kNothingKnown = marked(
    "No fund of the pot has an amount that is known, and what is not known is not nought: there is no table before an "
    "amount is entered in the pot.");

}  // namespace tithing::allocation
