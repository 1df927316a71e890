// A table of money as somebody else printed it: rows, columns, sections, stated totals, and what is not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "slices/funding/exact.h"

namespace tithing::funding {

struct PrintedCell {
  enum class Kind { unknown, money, percent };
  Kind kind = Kind::unknown;
  Money money;
  Fraction percent;  // 8.40 for "8.40%"
  int decimals = 0;  // as printed
  std::string text;  // as printed
  bool known() const { return kind == Kind::money; }
};

struct PrintedRow {
  enum class Role {
    item,
    retained,
    total
  };  // retained: held back by who allocates; an item of the sum, not of the split
  std::string section, label, group;
  Role role = Role::item;
  std::int64_t line = 0;
  std::vector<PrintedCell> cells;  // one for each column
};

// "Total = CSF + YOT", "After = 80% of Share", "Change % = Change / Before": what a heading says of its column.
struct ColumnRule {
  struct Term {
    std::size_t column = 0;
    Fraction factor{1};  // -1 where it is taken away, 80/100 for a part
  };
  std::vector<Term> terms;
  std::optional<std::size_t> over;  // then the one term divided by this column, in per cent
  bool assumed = false;             // a column called Total without a rule: the sum of those to its left
};

struct PrintedColumn {
  std::string name;
  std::optional<ColumnRule> rule;
};

struct PrintedTable {
  std::vector<PrintedColumn> columns;
  std::vector<PrintedRow> rows;
  std::vector<std::string> notes;  // lines that begin with an asterisk
};

// Reads a table, comma-separated or pasted (tabs). README.md says how rows and headings are understood. invalid with
// the line and column of a cell that is neither an amount, a percentage nor a word for "not known".
Result<PrintedTable> read_printed_table(std::string_view text);

}  // namespace tithing::funding
