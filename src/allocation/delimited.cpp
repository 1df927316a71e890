#include "allocation/delimited.h"

#include <algorithm>
#include <cstddef>

#include "base/table_text.h"
#include "base/text.h"

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
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!is_utf8(text)) return invalid("The table is not UTF-8 text. Save it as “CSV UTF-8”.");
  std::vector<DelimitedRow> rows;
  std::int64_t line = 1;
  std::size_t at = 0;
  while (at < text.size()) {
    DelimitedRow row;
    row.line = line;
    std::string field;
    bool ended = false;
    while (!ended) {
      if (at < text.size() && text[at] == '"' && trimmed(field).empty()) {
        field.clear();
        ++at;
        while (true) {
          if (at >= text.size())
            return invalid("Line " + std::to_string(row.line) + ": a quote is opened and never closed.");
          if (text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"') {
            field += '"';
            at += 2;
          } else if (text[at] == '"') {
            ++at;
            break;
          } else {
            if (text[at] == '\n') ++line;
            field += text[at++];
          }
        }
      }
      while (at < text.size() && text[at] != separator && text[at] != '\n') field += text[at++];
      ended = at >= text.size() || text[at] == '\n';
      if (at < text.size()) ++at;
      const auto characters =
          std::count_if(field.begin(), field.end(), [](char c) { return static_cast<signed char>(c) >= -64; });
      if (characters > kLongestCell)
        return invalid(
            "Line " + std::to_string(row.line) + ", column " + std::to_string(row.fields.size() + 1) +
            ": the cell has " + std::to_string(characters) +
            " characters, more than the 10,000 that are read. Shorten it, or see whether a quote is missing.");
      row.fields.emplace_back(trimmed(field));
      field.clear();
      if (row.fields.size() > kMostColumns)
        return invalid("Line " + std::to_string(row.line) + ": it has more than 1,000 columns.");
    }
    ++line;
    bool anything = false;
    for (const std::string& cell : row.fields) anything = anything || !cell.empty();
    if (anything) rows.push_back(std::move(row));
    if (rows.size() > kMostRows) return invalid("The table has more than 100,000 rows.");
  }
  return rows;
}

}  // namespace tithing::allocation
