#include "allocation/delimited.h"

#include <algorithm>
#include <cstddef>

#include "base/csv.h"
#include "base/table_text.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {

Result<std::vector<DelimitedRow>> read_delimited(std::string_view text) {
  const auto table = plain_table(text);
  if (!table) return pass_on(table);
  auto rows = read_delimited(table->text, ',');
  if (!rows) return rows;
  for (DelimitedRow& row : *rows)
    for (std::string& field : row.fields) field = visible(field);
  return rows;
}

Result<std::vector<DelimitedRow>> read_delimited(std::string_view text, char separator) {
  constexpr std::ptrdiff_t kLongestCell = 10'000;
  constexpr std::size_t kMostRows = 100'000, kMostColumns = 1'000;
  if (!is_utf8(text)) return invalid(tr("The table is not UTF-8 text. Save it as “CSV UTF-8”."));
  std::vector<DelimitedRow> rows;
  CsvReader reader(text, separator);
  for (DelimitedRow row; reader.next(row.fields);) {
    row.line = reader.line();
    const std::string line = "Line " + std::to_string(row.line);
    if (reader.broken()) return invalid(tr("{0}: a quote is opened and never closed.", {line}));
    if (row.fields.size() > kMostColumns) return invalid(tr("{0}: it has more than 1,000 columns.", {line}));
    bool anything = false;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      std::string& cell = row.fields[i];
      const auto characters =
          std::count_if(cell.begin(), cell.end(), [](char c) { return static_cast<signed char>(c) >= -64; });
      if (characters > kLongestCell)
        return invalid(
            tr("{0}, column {1}: the cell has {2} characters, more than the 10,000 that are read. Shorten it, "
               "or see whether a quote is missing.",
               {line, std::to_string(i + 1), std::to_string(characters)}));
      cell = std::string(trimmed(cell));
      anything = anything || !cell.empty();
    }
    if (anything) rows.push_back(row);
    if (rows.size() > kMostRows) return invalid(tr("The table has more than 100,000 rows."));
  }
  return rows;
}

}  // namespace tithing::allocation
