// Cells of tables of money: each number opens its working.
#pragma once

#include "allocation/measures.h"
#include "exports/table.h"

namespace tithing::pots {

using namespace allocation;

// A cell whose number is a measure; one that is not known keeps its reason. Of an amount itself `of` is empty. Without
// an address it is the cell as it was.
exports::Cell measured_cell(exports::Cell cell, const figures::Address& amount, const std::string& area,
                            const std::string& of);
// "+£12.00": a difference says its sign, so that nothing hangs on a colour.
exports::Cell with_plus(exports::Cell cell);

}  // namespace tithing::pots
