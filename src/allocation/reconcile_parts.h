// Which rows of a printed table are totals and of what, which are no items of any sum, and what is said of those.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "allocation/reconcile_rows.h"
#include "allocation/reconcile_search.h"

namespace tithing::allocation {

class RowParts : protected TableView {
 protected:
  explicit RowParts(const PrintedTable& table);

  // Columns in which rows and total are known and add up, and those in which they do not.
  struct Fit {
    int ties = 0, off = 0;
    bool near = false;  // within a tenth, in a column that is off
    bool whole() const { return ties > 0 && off == 0; }
  };

  bool is_total(std::size_t r) const;
  bool in_per_cent(std::size_t c) const;
  // The rows come to the total, but for their rounding.
  bool within_rounding(const Rows& rows, std::size_t total, std::size_t c) const;
  Fraction rounding_in(const Rows& rows, std::size_t total, std::size_t c) const;
  Fit fit(const Rows& rows, std::size_t total) const;
  bool forward(std::size_t r) const;
  Rows without(const Rows& rows, bool brought, bool carried) const;
  // The rows with which the total ties: all of them, or those without what is brought or carried forward. Nothing where
  // it ties with neither, or where what is brought or carried forward is not known.
  std::optional<Rows> reading(const Rows& rows, std::size_t total) const;
  bool ties(const Rows& rows, std::size_t total) const;
  // A row that is no item: a part of the row above it, an average, a number of people beside money.
  bool stands_aside(std::size_t r) const;
  // The row of which it is a part: the last above it that is none itself.
  std::optional<std::size_t> part_of(std::size_t r) const;
  // "Total Respect project" is an item, unless it is what the rows above come to, or nearly so at the end of a part.
  void decide_what_is_a_total();
  void add_block(Rows items, std::size_t total, bool upper);
  void leave_out(std::size_t r, const std::string& why);
  Rows allocated_of(const Rows& items) const;
  // The rows that a total is of: those since the last one; the totals since the last upper one with them; or all.
  void find_blocks();
  // What is brought or carried forward, below a total of the same part, is no part of that total.
  bool below_a_total(const Rows& rows) const;
  void total_of(std::size_t r, TotalWord word, Rows& own, const Rows& all, Rows& open,
                const std::optional<std::size_t>& ahead);
  void check_rows_aside();
  // The lines below a row that are "of which" come to no more than it.
  void check_parts_of(std::size_t r, std::size_t whole);
  // An average is none of the rows; where it is not theirs, nobody can tell of what it is.
  void check_average(std::size_t r);

  Reconciliation out_;
  std::vector<Role> roles_;  // as the table says, but for what its amounts decide
  std::vector<RowKind> kinds_;
  std::vector<bool> aside_;  // rows that are no items
  std::vector<Block> blocks_;
  std::set<std::size_t> covered_;  // rows that some total is of
  Rows loose_;                     // rows of parts that ended without a total
  Rows since_ahead_;               // totals of parts below a total that stands first
};

}  // namespace tithing::allocation
