// The numbers of a frozen table as figures, each part of a working under an address of its own: from the record alone.
#pragma once

#include <string>

#include "figures/figure.h"
#include "slices/decisions/frozen.h"

namespace tithing::decisions {

inline constexpr const char* kFrozenKind = "frozen-allocation";

// Of an area's amount; of what stands beside it with a further "of" (allocation/measures.h).
figures::Address frozen_address(DecisionId decision, const std::string& area);

// The frozen table as its measures need it.
MeasuredTable measured(const Frozen& frozen, const std::string& title, Grounds grounds = {});

// An area's amount, or with `of` a measure of the area or of the table, or "input-3", a number that it was worked out
// from. `title` is the decision's. Without names it says of accounts only that they are officers'. not_found for what
// the table does not have; unavailable where the record is not what was frozen.
Result<figures::Figure> frozen_figure(const Frozen& frozen, const std::string& title, const std::string& area,
                                      const std::string& of, bool with_names);

}  // namespace tithing::decisions
