#include "allocation/reconcile_parts.h"

#include <algorithm>

#include "base/text.h"

namespace tithing::allocation {

using Kind = PrintedCell::Kind;

RowParts::RowParts(const PrintedTable& table) : TableView(table) {
  for (const PrintedRow& row : table.rows) {
    roles_.push_back(row.role);
    kinds_.push_back(row.role == Role::item ? row_kind(row.label) : RowKind::item);
  }
  aside_.resize(roles_.size());
}

bool RowParts::is_total(std::size_t r) const { return roles_[r] == Role::total; }

bool RowParts::in_per_cent(std::size_t c) const {
  for (const PrintedRow& row : table_.rows)
    if (row.cells[c].kind != Kind::unknown) return row.cells[c].kind == Kind::percent;
  return false;
}

bool RowParts::within_rounding(const Rows& rows, std::size_t total, std::size_t c) const {
  const Fraction added = sum(values(rows, c)), stated = Fraction::of(cell(total, c).money);
  return (added < stated ? stated - added : added - stated) <= rounding_in(rows, total, c);
}

Fraction RowParts::rounding_in(const Rows& rows, std::size_t total, std::size_t c) const {
  std::vector<const PrintedCell*> items;
  for (const std::size_t r : rows) items.push_back(&cell(r, c));
  return rounding_of_items(items, cell(total, c), table_.columns[c].unit);
}

RowParts::Fit RowParts::fit(const Rows& rows, std::size_t total) const {
  Fit out;
  for (std::size_t c = 0; c < table_.columns.size(); ++c) {
    if (rows.empty() || !cell(total, c).known() || !all_known(rows, c)) continue;
    const Fraction added = sum(values(rows, c)), stated = Fraction::of(cell(total, c).money);
    const bool ties = within_rounding(rows, total, c);
    ++(ties ? out.ties : out.off);
    const Fraction miss = added < stated ? stated - added : added - stated;
    out.near = out.near || (!ties && miss * Fraction(10) <= (added < Fraction(0) ? -added : added));
  }
  return out;
}

bool RowParts::forward(std::size_t r) const {
  return kinds_[r] == RowKind::brought_forward || kinds_[r] == RowKind::carried_forward;
}

Rows RowParts::without(const Rows& rows, bool brought, bool carried) const {
  Rows out;
  for (const std::size_t r : rows)
    if (!(brought && kinds_[r] == RowKind::brought_forward) && !(carried && kinds_[r] == RowKind::carried_forward))
      out.push_back(r);
  return out;
}

std::optional<Rows> RowParts::reading(const Rows& rows, std::size_t total) const {
  if (fit(rows, total).whole()) return rows;
  for (const std::size_t r : rows)
    for (std::size_t c = 0; forward(r) && c < table_.columns.size(); ++c)
      if (cell(total, c).known() && !cell(r, c).known()) return std::nullopt;
  for (const auto& [brought, carried] : {std::pair(true, true), std::pair(true, false), std::pair(false, true)}) {
    Rows fewer = without(rows, brought, carried);
    if (fewer.size() < rows.size() && fit(fewer, total).whole()) return fewer;
  }
  return std::nullopt;
}

bool RowParts::ties(const Rows& rows, std::size_t total) const { return reading(rows, total).has_value(); }

bool RowParts::stands_aside(std::size_t r) const {
  if (kinds_[r] == RowKind::average) return true;
  if (kinds_[r] == RowKind::of_which) return part_of(r).has_value();
  if (kinds_[r] != RowKind::count) return false;
  for (std::size_t c = 0; c < table_.columns.size(); ++c)  // in a column of people it is one of them
    if (cell(r, c).known() && heads_a_count(table_.columns[c].name)) return false;
  return true;
}

std::optional<std::size_t> RowParts::part_of(std::size_t r) const {
  for (std::size_t i = r; i > 0 && table_.rows[i - 1].section == table_.rows[r].section; --i)
    if (kinds_[i - 1] != RowKind::of_which) return i - 1;
  return std::nullopt;
}

void RowParts::decide_what_is_a_total() {
  Rows above;
  for (std::size_t r = 0; r < roles_.size(); ++r) {
    const PrintedRow& row = table_.rows[r];
    if (!above.empty() && table_.rows[above.front()].section != row.section) above.clear();
    if (row.word == TotalWord::perhaps && roles_[r] == Role::item && !above.empty()) {
      const bool last = r + 1 == roles_.size() || table_.rows[r + 1].section != row.section;
      const Fit with_above = fit(above, r);
      if (with_above.whole() || (last && with_above.near)) roles_[r] = Role::total;
    }
    aside_[r] = !is_total(r) && stands_aside(r);
    if (is_total(r))
      above.clear();
    else if (!aside_[r])
      above.push_back(r);
  }
}

void RowParts::add_block(Rows items, std::size_t total, bool upper) {
  Block block;
  block.section = table_.rows[total].section;
  block.total = total;
  block.upper = upper;
  if (const Rows all = items; std::any_of(all.begin(), all.end(), [&](std::size_t r) { return forward(r); })) {
    const auto read = reading(all, total);
    if (read) items = *read;
    for (const std::size_t r : all) {
      if (!forward(r)) continue;
      if (!read)
        block.perhaps.push_back(r);
      else if (std::find(items.begin(), items.end(), r) == items.end())
        leave_out(r, "“" + label(total) + "” is without it");
      covered_.insert(r);
    }
  }
  if (!upper) block.allocated = allocated_of(items);
  block.items = std::move(items);
  for (const std::size_t r : block.items) covered_.insert(r);
  blocks_.push_back(std::move(block));
}

void RowParts::leave_out(std::size_t r, const std::string& why) {
  out_.left_out.push_back("“" + label(r) + "” (" + why + ")");
}

Rows RowParts::allocated_of(const Rows& items) const {
  Rows out;
  for (const std::size_t r : items)
    if (roles_[r] == Role::item) out.push_back(r);
  return out;
}

void RowParts::find_blocks() {
  Rows own, all, open;               // since the last total; items so far; totals that no other has summed yet
  std::optional<std::size_t> ahead;  // a total that stands before its rows
  const auto close_part = [&] {
    if (ahead) {
      Rows rows = own;
      rows.insert(rows.begin(), since_ahead_.begin(), since_ahead_.end());
      if (!rows.empty()) {
        add_block(rows, *ahead, !since_ahead_.empty());
        open.push_back(*ahead);
      }
    } else if (!own.empty() && below_a_total(own)) {
      for (const std::size_t r : own) {
        leave_out(r, "it stands below the total");
        covered_.insert(r);
      }
    } else if (!own.empty()) {
      Block block;
      block.section = table_.rows[own.front()].section;
      block.items = own;
      block.allocated = allocated_of(own);
      blocks_.push_back(std::move(block));
    }
    if (!ahead) loose_.insert(loose_.end(), own.begin(), own.end());
    own.clear();
    since_ahead_.clear();
    ahead.reset();
  };
  for (std::size_t r = 0; r < roles_.size(); ++r) {
    const std::string& section = table_.rows[r].section;
    const bool begins = r == 0 || table_.rows[r - 1].section != section;
    if (begins) close_part();
    if (aside_[r]) continue;
    if (!is_total(r)) {
      own.push_back(r);
      all.push_back(r);
      continue;
    }
    const TotalWord word = table_.rows[r].word;
    std::size_t next = r + 1;
    while (next < roles_.size() && aside_[next]) ++next;
    const bool rows_follow = next < roles_.size() && !is_total(next) && table_.rows[next].section == section;
    if (own.empty() && rows_follow && (begins || open.empty()) && since_ahead_.empty() && !ahead) {
      ahead = r;
      continue;
    }
    // The rows belong to the total that stands before them, unless this one is theirs as well.
    if (ahead && !own.empty() && (word == TotalWord::grand || !ties(own, r))) close_part();
    total_of(r, word, own, all, open, ahead);
  }
  close_part();
}

bool RowParts::below_a_total(const Rows& rows) const {
  return std::all_of(rows.begin(), rows.end(), [&](std::size_t r) {
    for (std::size_t i = 0; forward(r) && i < rows.front(); ++i)
      if (is_total(i) && table_.rows[i].section == table_.rows[r].section) return true;
    return false;
  });
}

void RowParts::total_of(std::size_t r, TotalWord word, Rows& own, const Rows& all, Rows& open,
                        const std::optional<std::size_t>& ahead) {
  Rows upper = open;
  upper.insert(upper.end(), loose_.begin(), loose_.end());
  upper.insert(upper.end(), own.begin(), own.end());
  std::sort(upper.begin(), upper.end());
  const bool levels = !open.empty();
  bool of_own = !own.empty() && (!levels || word == TotalWord::subtotal);
  if (!own.empty() && levels && word != TotalWord::subtotal) {
    // "Total" behind sub-totals and further rows may be of these rows or of everything: what adds up decides, then
    // the name.
    const bool only_subtotals = std::all_of(open.begin(), open.end(),
                                            [&](std::size_t t) { return table_.rows[t].word == TotalWord::subtotal; });
    if (word == TotalWord::grand)
      of_own = false;
    else if (ties(own, r))
      of_own = true;
    else if (ties(upper, r) || ties(all, r))
      of_own = false;
    else
      of_own = !only_subtotals;
  }
  if (of_own) {
    add_block(own, r, false);
    if (ahead) since_ahead_.insert(since_ahead_.end(), {r});
    open.push_back(r);
  } else if (!upper.empty() || !all.empty()) {
    // Of the totals so far, or of every row where these do not come to it (a sub-total that is an "of which").
    const bool rows = levels && !ties(upper, r) && ties(all, r);
    add_block(rows || upper.empty() ? all : upper, r, levels);
    for (const std::size_t i : own) covered_.insert(i);
    open.assign(1, r);
    loose_.clear();
  } else {
    out_.unchecked.push_back(
        {label(r), "“" + label(r) + "” states a total, and there are no rows that it could be of."});
  }
  own.clear();
}

void RowParts::check_rows_aside() {
  for (std::size_t r = 0; r < roles_.size(); ++r) {
    if (!aside_[r]) continue;
    if (kinds_[r] == RowKind::of_which)
      check_parts_of(r, *part_of(r));
    else if (kinds_[r] == RowKind::average)
      check_average(r);
    else
      leave_out(r, "a number of people is no money");
  }
}

void RowParts::check_parts_of(std::size_t r, std::size_t whole) {
  leave_out(r, "a part of " + label(whole));
  for (std::size_t c = 0; c < table_.columns.size(); ++c) {
    if (!cell(r, c).known() || !cell(whole, c).known()) continue;
    Money parts;
    for (std::size_t i = whole + 1; i <= r; ++i)
      if (cell(i, c).known()) parts.pence += cell(i, c).money.pence;
    const Money of = cell(whole, c).money;
    if (parts.pence < 0 || of.pence < 0 || parts.pence <= of.pence) continue;
    out_.unchecked.push_back({label(r), table_.columns[c].name + ": what is “of which” below " + label(whole) +
                                            " comes to " + text_in(c, parts) + ", more than its " + text_in(c, of) +
                                            ", so it is not known of what it is a part."});
  }
}

void RowParts::check_average(std::size_t r) {
  leave_out(r, "an average is no item");
  for (std::size_t c = 0; c < table_.columns.size(); ++c) {
    if (!cell(r, c).known() || is_a_rate(table_.columns[c].name)) continue;
    bool looked = false, borne_out = false;
    for (const Block& block : blocks_) {
      if (block.section != table_.rows[r].section || block.items.empty() || !all_known(block.items, c)) continue;
      looked = true;
      for (const Rows& rows : {block.items, without(block.items, true, true), block.allocated})
        borne_out = borne_out || is_average_of(values(rows, c), cell(r, c));
    }
    if (looked && !borne_out)
      out_.unchecked.push_back(
          {label(r), table_.columns[c].name + ": “" + label(r) + "” is printed as " + text_in(c, cell(r, c).money) +
                         ", which is neither the mean nor the median of the rows: it is not known of what it is one."});
  }
}

}  // namespace tithing::allocation
