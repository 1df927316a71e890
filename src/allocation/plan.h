// A scheme made ready to run: indicators as shares, limits as pence for each area.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "allocation/arithmetic.h"
#include "allocation/composition.h"
#include "allocation/scheme.h"

namespace tithing::allocation {

struct Prepared {
  PotTotals totals;
  std::map<std::string, Money> last_year;  // by area of this year
  Plan<ExactArithmetic> plan;
};

// Checks the scheme first. invalid as `check` and `totals_of` say.
Result<Prepared> prepare(const Scheme& scheme);

// An indicator's value for an area, exactly: the mean over its periods of the count, the rate or the percentage.
Fraction measure_of(const Indicator& indicator, const std::vector<Observation>& observations);

// The same plan in fixed point.
Plan<FixedArithmetic> for_searching(const Plan<ExactArithmetic>& plan);

}  // namespace tithing::allocation
