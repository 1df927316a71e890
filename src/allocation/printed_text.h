// The many ways in which printed tables write an amount. Encodings, separators, what cannot be seen: base/table_text.h.
#pragma once

#include <string>

#include "allocation/printed_table.h"
#include "base/result.h"
#include "base/table_text.h"

namespace tithing::allocation {

// Why a typed number was refused: that it can be read in two ways, where it can; else `why`.
std::string refused_number(const std::string& typed, const std::string& why);

// "£1,000.50", "£ 100000", "200 000", "(14,201)", "£(14,201.00)", "14,201-", "£-" (nought, as accounts print it),
// "nil",
// "-8.40%", with footnote marks behind it; or a word for "not known". What can be read in two ways is not known, and
// says so (two_ways). invalid for anything else, naming what cannot be
// seen in it.
Result<PrintedCell> printed_cell(const std::string& printed, bool decimal_comma);

}  // namespace tithing::allocation
