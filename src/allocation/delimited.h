// Reads a table as people save or paste it: commas, semicolons or tabs, quotes after RFC 4180, CRLF or LF, byte-order
// mark.
#pragma once

#include <string_view>
#include <vector>

#include "base/csv.h"
#include "base/result.h"

namespace tithing::allocation {

using DelimitedRow = CsvRecord;

// In any encoding and with any separator that base/table_text.h tells. Lines
// with nothing in them are left out. invalid, naming the line, for a quote that is not closed, a text that is not
// UTF-8, or a table of more than 100,000 rows or 1,000 columns, and naming the column too, for a cell of more
// than 10,000 characters: what is done with names would take long.
Result<std::vector<DelimitedRow>> read_delimited(std::string_view text);
// The same with a separator that is known.
Result<std::vector<DelimitedRow>> read_delimited(std::string_view text, char separator);

}  // namespace tithing::allocation
