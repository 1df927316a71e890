// What a reader must know of a table of money before it is final, and the mark by which two tables are the same.
#pragma once

#include <string>
#include <vector>

#include "allocation/allocation.h"

namespace tithing::allocation {

// What a reader must know before the table is final: a difference to the pot, a fund that is not known, a limit that is
// not kept. None of them is repaired here: each has to be acknowledged in words.
std::vector<std::string> findings_of(const Allocation& allocation);
// Of a table that awards more than there is, by rounding: by how much, over-programming said apart. Precondition: it
// does.
std::string excess_of(Money over_programmed, Money by_rounding);

// SHA-256 over the areas' keys and pence and the pot's totals: two tables with one digest are the same table.
std::string digest_of(const Allocation& allocation);

}  // namespace tithing::allocation
