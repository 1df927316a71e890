// A table of money as somebody else printed it: rows, columns, sections, stated totals, and what is not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocation/column_units.h"
#include "allocation/exact.h"
#include "allocation/total_words.h"
#include "base/money.h"
#include "base/result.h"

namespace tithing::allocation {

struct PrintedCell {
  enum class Kind { unknown, money, percent };
  Kind kind = Kind::unknown;
  Money money;
  Fraction percent;      // 8.40 for "8.40%"
  int decimals = 0;      // as printed
  std::string text;      // as printed
  std::string two_ways;  // "100.00 or 10,000": it can be read so, and it is not guessed which; then it is not known
  bool known() const { return kind == Kind::money; }
  bool blank() const { return text.empty(); }  // nothing stands there
};

struct PrintedRow {
  enum class Role {
    item,
    retained,
    total
  };  // retained: held back by who allocates; an item of the sum, not of the split
  std::string section, label, group;
  Role role = Role::item;
  TotalWord word = TotalWord::none;  // what the label alone says
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
  bool assumed = false;             // nobody stated it; the heading and most of the rows bear it out (column_rules.h)
};

struct PrintedColumn {
  std::string name;
  std::optional<ColumnRule> rule;
  ColumnUnit unit = ColumnUnit::not_said;
};

struct PrintedTable {
  std::vector<PrintedColumn> columns;
  std::vector<PrintedRow> rows;
  std::string over_names;          // the heading over the names of the rows: "Expenditure", "Year"
  std::vector<std::string> notes;  // titles above the headings, lines that begin with an asterisk, sources below
  std::vector<std::string>
      sums_of_what;                   // columns that are headed as a sum, of which no columns beside them are the parts
  std::vector<std::string> two_ways;  // sentences on amounts that can be read in two ways, one for each column
};

// Reads a table as programs save it, in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs.
// docs/guide/allocation.md says how rows and headings are understood. invalid with the line and column of a cell that
// is neither an amount, a percentage nor a word for "not known", naming what cannot be seen in it.
Result<PrintedTable> read_printed_table(std::string_view bytes);

}  // namespace tithing::allocation
