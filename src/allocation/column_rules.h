// Rules that a heading implies and the rows bear out: which columns a column called "Total" is the sum of, what
// "Change" is the change of.
#pragma once

#include "allocation/printed_table.h"

namespace tithing::allocation {

// Gives columns without a stated rule the one that at least half of their rows bear out, one misprinted row or not.
// What is headed as a sum and is none of its neighbours' is named in `sums_of_what`.
void assume_rules(PrintedTable& table);

}  // namespace tithing::allocation
