// Reads other people's tables: what does not tie, by how much, and what would explain it. Nothing is filled in: what is
// not known stays so, and a sum over it is said to be one of the known rows only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "slices/funding/printed_table.h"
#include "slices/funding/scheme.h"

namespace tithing::funding {

// The rows of a section against its stated total.
struct ColumnCheck {
  std::string section, column;
  Money sum;  // of the known rows
  std::optional<Money> stated;
  std::vector<std::string> unknown;  // rows that are not known
  std::optional<Money> difference;   // sum - stated; none where something is not known
  bool ties() const { return difference && difference->pence == 0; }
  std::string sentence;
};

// Two sections that state the same total (funding and expenditure): their known rows against each other.
struct SectionCheck {
  std::string column, above, below;
  Money above_sum, below_sum;
  Money difference;      // below - above
  bool complete = true;  // false: something on either side is not known
  std::string sentence;
};

// A cell against the rule that its heading states.
struct RowCheck {
  std::string row, column;
  std::string printed, expected;  // as the column prints it
  std::string exact;              // before rounding
  Fraction difference;            // printed - expected; in pence, or in points of a per cent
  bool percent = false;
  bool ties() const { return difference.zero(); }
  std::string sentence;
};

// A pot and a rounding by which a split gives the printed rows.
struct Reproduction {
  std::string column;
  std::vector<std::string> rows;
  std::string split;  // "the split of 2011/12", "shares to 1 decimal: 15.9, 16.4, 49.0, 18.7 per cent"
  Rounding::Rule rule = Rounding::Rule::nearest;
  Fraction low, high;                // pots in pence that do it: low <= pot < high (nearest, truncate)
  std::optional<Money> first, last;  // the whole units among them; none: only pots with smaller change do it
  std::string sentence;
};

// What was tried for a group of rows, and that nothing reproduces it.
struct NotReproduced {
  std::string column;
  std::vector<std::string> rows;
  std::vector<std::string> tried;
  std::string sentence;
};

// A column that follows another one less what was held back.
struct ProRata {
  std::string column, from;
  Money held_back;  // by how much the retained row grew
  Fraction factor;
  struct Row {
    std::string row;
    Money before, printed, expected;
    std::string exact;
    Money difference;  // printed - expected
  };
  std::vector<Row> rows;
  std::vector<std::string> off;  // rows more than one unit away
  std::string sentence;
};

// The one cell whose correction restores the total.
struct Correction {
  std::string section, column, row;
  Money printed, restored;
  std::string evidence;
  std::string sentence;
};

struct Reconciliation {
  std::vector<ColumnCheck> columns;
  std::vector<SectionCheck> sections;
  std::vector<RowCheck> rows;
  std::vector<Reproduction> reproductions;
  std::vector<NotReproduced> not_reproduced;
  std::vector<ProRata> pro_rata;
  std::vector<Correction> corrections;
  std::vector<std::string> no_single_cell;  // sentences, for totals that no one cell explains
  // No sum, section or row that can be checked is off. What cannot be checked does not count.
  bool ties() const;
};

Reconciliation reconcile(const PrintedTable& table);

}  // namespace tithing::funding
