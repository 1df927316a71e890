// Reads other people's tables: what does not tie, by how much, and what would explain it. Nothing is filled in: what is
// not known stays so, and a sum over it is said to be one of the known rows only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocation/printed_table.h"
#include "allocation/scheme.h"

namespace tithing::allocation {

enum class Verdict {
  ties,
  does_not_tie,
  could_not_be_checked,  // something is not known, or nothing is stated: never "fine"
};
std::string_view code_of(Verdict verdict);  // "ties", "does-not-tie", "could-not-be-checked"
std::string_view name_of(Verdict verdict);  // "Ties", "Does not tie", "Could not be checked"

// What every check says of itself.
struct Checked {
  Verdict verdict = Verdict::could_not_be_checked;
  std::string why;  // of what does not tie, by how much; of what could not be checked, what is missing; else empty
  std::string sentence;
  bool ties() const { return verdict == Verdict::ties; }
};

// The rows of a part, or the totals of a lower level, against their stated total.
struct ColumnCheck : Checked {
  std::string section, column;
  ColumnUnit unit = ColumnUnit::not_said;
  std::string total;  // the name of the row that states it
  std::string named;  // the same in quotes, with where it stands when the part has another total of this name:
                      // “Sub-total” below South
  Money sum;          // of the known rows
  std::optional<Money> stated;
  std::vector<std::string> unknown;  // rows that are not known
  std::optional<Money> difference;   // sum - stated; none where something is not known
  // Where they stand in the table.
  std::size_t at_column = 0, at_total = 0;
  std::vector<std::size_t> at_rows;
  bool none_known() const { return !at_rows.empty() && unknown.size() == at_rows.size(); }
};

// Percentages that are parts of a whole against what they are stated to come to, or 100.
struct ShareCheck : Checked {
  std::string section, column;
  Fraction sum;                    // of the known rows, in per cent
  std::optional<Fraction> stated;  // none: 100 is meant
  Fraction rounding;               // by which rounded parts may miss
  std::vector<std::string> unknown;
};

// Two sections that state the same total (funding and expenditure): their known rows against each other.
struct SectionCheck : Checked {
  std::string column, above, below;
  ColumnUnit unit = ColumnUnit::not_said;
  Money above_sum, below_sum;
  Money difference;      // below - above
  bool complete = true;  // false: something on either side is not known
};

// A number of a finding's sentence, as it stands there.
struct SaidNumber {
  std::string text;
  std::string label;  // "the least pot that gives the rows", of the figure that it is (kinds_printed.cpp)
  bool of_method =
      false;  // no figure: what the method fixes, the unit of rounding, to how many decimals shares are cut
};

// The numbers of a finding's sentence in their order, and what they were worked out from.
struct Said {
  std::vector<SaidNumber> numbers;
  std::vector<std::pair<std::size_t, std::size_t>> cells;  // row and column
  std::string formula;
};

// A cell against the rule that its heading states or the rows bear out.
struct RowCheck : Checked {
  Said said;
  std::string row, column;
  ColumnUnit unit = ColumnUnit::not_said;
  std::string printed, expected;  // as the column prints it
  std::string exact;              // before rounding
  Fraction difference;            // printed - expected; in pence, or in points of a per cent
  bool percent = false;
  // Where it stands, and the columns that its rule takes.
  std::size_t at_row = 0, at_column = 0;
  std::vector<std::size_t> of_columns;
};

// Of amounts that can be read in two ways.
inline constexpr std::string_view kTwoReadings = "two readings";

// What is there and no check reaches: a part without a total, a total without an amount, a sum of nobody knows what.
struct Unchecked {
  std::string what, why;
};

// A pot and a rounding by which a split gives the printed rows.
struct Reproduction {
  Said said;
  std::string column;
  ColumnUnit unit = ColumnUnit::not_said;
  std::vector<std::string> rows;
  std::string split;  // "the split of 2011/12", "shares to 1 decimal: 15.9, 16.4, 49.0, 18.7 per cent"
  Rounding::Rule rule = Rounding::Rule::nearest;
  Fraction low, high;                // pots in pence that do it: low <= pot < high (nearest, truncate)
  std::optional<Money> first, last;  // the whole units among them; none: only pots with smaller change do it
  std::string sentence;
};

// What was tried for a group of rows, and that nothing reproduces it.
struct NotReproduced {
  Said said;
  std::string column;
  std::vector<std::string> rows;
  std::vector<std::string> tried;
  std::string sentence;
};

// A column that follows another one less what was held back.
struct ProRata {
  Said said;
  std::string column, from;
  ColumnUnit unit = ColumnUnit::not_said;
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

// The one cell whose correction restores the total, or every sum it stands in.
struct Correction {
  Said said;
  std::string section, column, row;
  ColumnUnit unit = ColumnUnit::not_said;
  Money printed, restored;
  std::string evidence;
  std::string sentence;
  std::size_t mends = 1;  // how many checks tie then that did not
};

struct Reconciliation {
  std::vector<ColumnCheck> columns;
  std::vector<ShareCheck> shares;
  std::vector<SectionCheck> sections;
  std::vector<RowCheck> rows;
  std::vector<Reproduction> reproductions;
  std::vector<NotReproduced> not_reproduced;
  std::vector<ProRata> pro_rata;
  std::vector<Correction> corrections;
  std::vector<std::string> no_single_cell;  // sentences, for totals that no one cell explains, with why
  std::string why_no_cell;                  // of the first of them where cells stand in rows that are checked as well
  std::vector<Unchecked> unchecked;
  std::vector<std::string>
      left_out;  // rows that are no items of a sum, each with why: “of which capital” (a part of North)
  // Does not tie: one check does not. Ties: there are checks, every one ties, and nothing is left unchecked. Otherwise
  // it could not be checked.
  Verdict verdict() const;
  std::string why() const;  // in one or two sentences, whatever the verdict
  bool ties() const { return verdict() == Verdict::ties; }
};

Reconciliation reconcile(const PrintedTable& table);

// A finding that has a sentence with numbers of its own, by its name: "reproduction-1", "not-reproduced-2",
// "follows-1", "cell-1", "row-3", each counted from 1 in its list; empty for another name.
struct NamedFinding {
  const Said* said = nullptr;
  const std::string* sentence = nullptr;
};
NamedFinding finding_named(const Reconciliation& found, std::string_view name);

}  // namespace tithing::allocation
