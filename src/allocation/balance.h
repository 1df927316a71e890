// The one place that says whether an allocation gives out what there is: every table passes through it before anybody
// sees it, whatever its steps (allocation.cpp), and every frozen one again when it is read (frozen.cpp).
#pragma once

#include <vector>

#include "allocation/scheme.h"

namespace tithing::allocation {

struct Balance {
  Money known;              // the funds whose amount is known
  Money over_programmed;    // declared to be awarded beyond them
  std::vector<Money> held;  // top-slices too
  std::vector<Money> areas;
  Money unallocated;  // below nought only by what rounding to the nearest gives too much, where that is declared
  Rounding rounding;
};

// Areas, holds and unallocated come to the known funds and what is declared beyond them; nobody gets less than nought;
// and more than there is goes out only where the scheme declares that it may (Rounding::may_exceed), amounts being
// rounded to the nearest unit, by half of one for each area at most. unavailable, with the sums in its sentence: what
// does not come out is a fault of the program or of the store, and nothing that rests on it is to be used.
Status check_balance(const Balance& balance);

}  // namespace tithing::allocation
