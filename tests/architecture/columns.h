// The rule that columns are read by name (src/db/README.md, rule 6), on texts like the rules of architecture.txt.
#pragma once

#include <map>
#include <string>

#include "architecture/rules.h"

namespace tithing::architecture {

// Files that may count their columns -> why. Path below src/.
using ByPlace = std::map<std::string, std::string>;

// Sentences, each naming the file, the line and what stands there: a column read by its place (`row.text(2)`), a helper
// that takes one (`day(const Row& row, int column)`), and an exception that nothing needs. src/db is left out: it makes
// rows.
Names check_columns(const Files& files, const ByPlace& by_place);

}  // namespace tithing::architecture
