// Which one cell is off: every cell of a sum that does not tie is tried with what would make it tie, and the table is
// checked again.
#include <algorithm>
#include <set>

#include "allocation/reconcile_search.h"
#include "base/text.h"

namespace tithing::allocation {
namespace {

using Kind = PrintedCell::Kind;

// The verdicts of all checks in the order in which they are made: two runs over tables of one shape can be compared.
std::vector<Verdict> verdicts_of(const Reconciliation& found) {
  std::vector<Verdict> out;
  for (const ColumnCheck& check : found.columns) out.push_back(check.verdict);
  for (const RowCheck& check : found.rows) out.push_back(check.verdict);
  for (const ShareCheck& check : found.shares) out.push_back(check.verdict);
  for (const SectionCheck& check : found.sections) out.push_back(check.verdict);
  return out;
}

struct Trial {
  std::size_t row = 0, column = 0;
  Money value;
  friend auto operator<=>(const Trial&, const Trial&) = default;
};

struct Mended {
  Trial trial;
  std::set<std::size_t> checks;  // by their place in verdicts_of
};

class Cells {
 public:
  Cells(const PrintedTable& table, const Reconciliation& found) : table_(table), found_(found) {}

  bool too_many() const { return too_many_; }

  std::vector<Mended> run() {
    const std::vector<Verdict> before = verdicts_of(found_);
    std::vector<Mended> out;
    constexpr std::size_t kMostTrials = 300;  // each is a whole check of the table
    const std::set<Trial> trials = all();
    too_many_ = trials.size() > kMostTrials;
    if (too_many_) return out;
    for (const Trial& trial : trials) {
      PrintedTable changed = table_;
      changed.rows[trial.row].cells[trial.column].money = trial.value;
      const std::vector<Verdict> after = verdicts_of(checks_of(changed));
      if (after.size() != before.size()) continue;
      Mended made{trial, {}};
      bool breaks = false;
      for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i] == Verdict::ties && after[i] != Verdict::ties) breaks = true;
        if (before[i] == Verdict::does_not_tie && after[i] == Verdict::ties) made.checks.insert(i);
      }
      // One row alone may be off by how it was rounded.
      const bool column =
          std::any_of(made.checks.begin(), made.checks.end(), [&](std::size_t i) { return i < found_.columns.size(); });
      if (!breaks && (column || made.checks.size() > 1)) out.push_back(std::move(made));
    }
    return out;
  }

 private:
  bool off(const Checked& check) const { return check.verdict == Verdict::does_not_tie; }

  // The cells of every sum that is off, and what would make it tie.
  std::set<Trial> all() const {
    std::set<Trial> out;
    const auto add = [&](std::size_t row, std::size_t column, const std::optional<Fraction>& by) {
      const PrintedCell& cell = table_.rows[row].cells[column];
      if (!cell.known()) return;
      const auto pence = by && by->whole() ? by->numerator().to_int64() : std::nullopt;
      if (pence && *pence != 0) out.insert({row, column, Money{cell.money.pence + *pence}});
    };
    for (const ColumnCheck& check : found_.columns) {
      if (!off(check)) continue;
      for (const std::size_t r : check.at_rows) add(r, check.at_column, -Fraction::of(*check.difference));
      add(check.at_total, check.at_column, Fraction::of(*check.difference));
    }
    for (const RowCheck& check : found_.rows) {
      if (!off(check)) continue;
      const auto& rule = table_.columns[check.at_column].rule;
      if (!check.percent) add(check.at_row, check.at_column, -check.difference);
      for (const std::size_t c : check.of_columns) {
        std::optional<Fraction> by;
        for (std::size_t k = 0; !check.percent && rule && k < rule->terms.size(); ++k)
          if (rule->terms[k].column == c) by = check.difference / rule->terms[k].factor;
        add(check.at_row, c, by);
      }
    }
    return out;
  }

  const PrintedTable& table_;
  const Reconciliation& found_;
  bool too_many_ = false;
};

}  // namespace

void Search::find_single_cells(const PrintedTable& table) {
  Cells cells(table, out_);
  const std::vector<Mended> all = cells.run();
  too_many_cells_ = cells.too_many();
  for (const Mended& one : all) {
    // Another cell that mends the same, or more, stands beside it: then nobody can tell, or it is the other one.
    const bool alone = std::none_of(all.begin(), all.end(), [&](const Mended& other) {
      return other.trial != one.trial &&
             std::includes(other.checks.begin(), other.checks.end(), one.checks.begin(), one.checks.end());
    });
    if (!alone) continue;
    const auto& [r, c, value] = one.trial;
    Correction made;
    made.section = table_.rows[r].section;
    made.column = table_.columns[c].name;
    made.unit = table_.columns[c].unit;
    made.row = label(r);
    made.printed = cell(r, c).money;
    made.restored = value;
    made.mends = one.checks.size();
    made.said.numbers = {{text_in(c, made.printed), "as it is printed"},
                         {text_in(c, made.restored), "with which every sum that it stands in ties"}};
    made.said.formula = "x less what the sum is off by";
    std::vector<std::string> names;
    for (const std::size_t i : one.checks) {
      if (i < out_.columns.size()) {
        const ColumnCheck& check = out_.columns[i];
        names.push_back("“" + check.column + "” at " + check.named);
        explained_.emplace_back(check.at_column, check.at_total);
        add_cells(made.said, check.at_rows, check.at_column);
        add_cells(made.said, {check.at_total}, check.at_column);
      } else if (i < out_.columns.size() + out_.rows.size()) {
        const RowCheck& check = out_.rows[i - out_.columns.size()];
        names.push_back("“" + check.column + "” in the row " + check.row);
        for (const std::size_t of : check.of_columns) add_cells(made.said, {check.at_row}, of);
        add_cells(made.said, {check.at_row}, check.at_column);
      } else {
        names.push_back("the shares or parts beside it");
      }
    }
    made.evidence =
        "It is the only cell whose correction makes these tie and breaks nothing: " + joined(names, "; ") + ".";
    made.sentence = in_section(made.section) + made.column + ": " + made.row + " is printed as " +
                    text_in(c, made.printed) + "; with " + text_in(c, made.restored) +
                    " every sum that it stands in ties. " + made.evidence;
    out_.corrections.push_back(std::move(made));
  }
}

std::string Search::why_no_cell(const ColumnCheck& check) const {
  if (too_many_cells_) return "the table has too many cells for each of them to be tried.";
  std::vector<const RowCheck*> beside;  // rows whose rule takes a cell of this column, or is of one
  for (const RowCheck& row : out_.rows) {
    const bool takes = row.at_column == check.at_column ||
                       std::find(row.of_columns.begin(), row.of_columns.end(), check.at_column) != row.of_columns.end();
    if (takes && !row.percent) beside.push_back(&row);
  }
  if (beside.empty()) return "";
  std::vector<std::string> off;
  for (const RowCheck* row : beside)
    if (row->verdict == Verdict::does_not_tie) off.push_back(row->row);
  if (!off.empty())
    return "the row" + std::string(off.size() == 1 ? " " : "s ") + joined(off, ", ") +
           (off.size() == 1 ? " does" : " do") +
           " not tie either, and no correction of one cell makes row and column tie: more than one is wrong.";
  for (const ColumnCheck& other : out_.columns) {
    if (&other == &check || other.verdict != Verdict::does_not_tie || other.section != check.section) continue;
    if (Money{other.difference->pence}.pence != check.difference->pence) continue;
    const bool in_one_rule = std::any_of(beside.begin(), beside.end(), [&](const RowCheck* row) {
      return row->at_column == other.at_column ||
             std::find(row->of_columns.begin(), row->of_columns.end(), other.at_column) != row->of_columns.end();
    });
    if (in_one_rule)
      return "“" + check.column + "” and “" + other.column +
             "” are off by the same amount while every row ties, so in one row both cells are wrong by it. The sums do "
             "not tell in which row: compare both columns with where they come from.";
  }
  return "every row that its cells stand in ties, so that to correct one of them alone would break its row: two cells "
         "of one row are wrong together, or the stated total and one beside it.";
}

bool Search::explained(const ColumnCheck& check) const {
  return std::find(explained_.begin(), explained_.end(), std::pair(check.at_column, check.at_total)) !=
         explained_.end();
}

}  // namespace tithing::allocation
