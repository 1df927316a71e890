// What a table says of its rows, for the checks (reconcile.cpp) and for the search for what is behind printed rows
// (reconcile_search.cpp).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "allocation/reconcile.h"

namespace tithing::allocation {

using Rows = std::vector<std::size_t>;

// Rows and the total that they are stated to come to, or the rows of a part that states none.
struct Block {
  std::string section;
  Rows items;      // retained rows too; of an upper level the totals that it sums
  Rows allocated;  // without them; none of an upper level
  std::optional<std::size_t> total;
  bool upper = false;  // a sum of other totals
  Rows perhaps;        // brought or carried forward, where the amounts do not tell whether the total takes them in
};

class TableView {
 public:
  using Role = PrintedRow::Role;
  explicit TableView(const PrintedTable& table) : table_(table) {}

 protected:
  const PrintedCell& cell(std::size_t row, std::size_t column) const { return table_.rows[row].cells[column]; }
  const std::string& label(std::size_t row) const { return table_.rows[row].label; }
  std::vector<std::string> labels(const Rows& rows) const {
    std::vector<std::string> out;
    for (const std::size_t r : rows) out.push_back(label(r));
    return out;
  }
  bool all_known(const Rows& rows, std::size_t column) const {
    return std::all_of(rows.begin(), rows.end(), [&](std::size_t r) { return cell(r, column).known(); });
  }
  bool any_money(const Rows& rows, std::size_t column) const {
    return std::any_of(rows.begin(), rows.end(), [&](std::size_t r) { return cell(r, column).known(); });
  }
  std::vector<Fraction> values(const Rows& rows, std::size_t column) const {
    std::vector<Fraction> out;
    for (const std::size_t r : rows) out.push_back(Fraction::of(cell(r, column).money));
    return out;
  }
  static Fraction sum(const std::vector<Fraction>& values) {
    Fraction out(0);
    for (const Fraction& value : values) out = out + value;
    return out;
  }
  Money sum_of_known(const Rows& rows, std::size_t column) const {
    Money out;
    for (const std::size_t r : rows)
      if (cell(r, column).known()) out.pence += cell(r, column).money.pence;
    return out;
  }
  Money unit_of(const Rows& rows, std::size_t column) const {
    constexpr std::int64_t kPound = 100;
    for (const std::size_t r : rows)
      if (cell(r, column).money.pence % kPound != 0 || cell(r, column).decimals > 0) return Money{1};
    return Money{kPound};
  }

  static std::string in_section(const std::string& section) { return section.empty() ? "" : section + ", "; }
  static void add_cells(Said& said, const Rows& rows, std::size_t column) {
    for (const std::size_t r : rows) said.cells.emplace_back(r, column);
  }
  std::string text_in(std::size_t column, Money amount) const { return text_of(amount, table_.columns[column].unit); }
  std::string signed_text_in(std::size_t column, Money amount) const {
    return signed_text_of(amount, table_.columns[column].unit);
  }

  const PrintedTable& table_;
};

// Which pot and rounding give the printed rows, which column follows another, which one cell is off.
class Search : TableView {
 public:
  Search(const PrintedTable& table, Reconciliation& out) : TableView(table), out_(out) {}
  void find_pro_rata(const Block& block);
  void reproduce(const Block& block);
  // Cells of which each is the only one whose correction makes a sum tie that does not, and breaks none
  // (reconcile_cells.cpp).
  void find_single_cells(const PrintedTable& table);
  bool explained(const ColumnCheck& check) const;  // by one of these
  void find_cell(const Block& block, const ColumnCheck& check);

 private:
  struct Split {
    std::string name;
    std::vector<Fraction> shares;       // come to one
    std::optional<std::size_t> column;  // whose split it is
    std::vector<SaidNumber> numbers;    // of its name
  };
  std::vector<Rows> groups_of(const Block& block) const;
  std::vector<Split> splits_for(const Rows& rows, std::size_t c) const;
  bool try_split(const Rows& rows, std::size_t c, const Split& split, Rounding::Rule rule);
  std::optional<std::size_t> retained_of(const Block& block) const;
  std::optional<Fraction> held_back_factor(const Block& block, std::size_t from, std::size_t to) const;

  // Why no one cell of the column can be told to be the wrong one, where its cells stand in rows that are checked as
  // well.
  std::string why_no_cell(const ColumnCheck& check) const;

  Reconciliation& out_;
  bool too_many_cells_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> explained_;  // column and row of the total
};

// The checks alone, without the search for what is behind the rows.
Reconciliation checks_of(const PrintedTable& table);

}  // namespace tithing::allocation
