#include "slices/funding/reconcile.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "slices/funding/allocation.h"

namespace tithing::funding {
namespace {

using Role = PrintedRow::Role;
using Rows = std::vector<std::size_t>;

// The items above a total, or to the end of the section where it states none.
struct Block {
  std::string section;
  Rows items;      // retained rows too
  Rows allocated;  // without them
  std::optional<std::size_t> total;
};

struct Group {
  Rows rows;
  Money unit{1};  // as far as the cells are printed
};

std::string in_section(const std::string& section) { return section.empty() ? "" : section + ", "; }

std::string signed_text(Money money) { return (money.pence > 0 ? "+" : "") + money.text(); }

class Reconciler {
 public:
  explicit Reconciler(const PrintedTable& table) : table_(table) {}

  Reconciliation run() {
    find_blocks();
    check_rows();
    for (const Block& block : blocks_)
      for (std::size_t c = 0; c < table_.columns.size(); ++c) check_column(block, c);
    check_sections();
    for (const Block& block : blocks_) {
      find_pro_rata(block);
      reproduce(block);
    }
    return std::move(out_);
  }

 private:
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

  void find_blocks() {
    Block block;
    const auto close = [&] {
      if (!block.items.empty()) blocks_.push_back(block);
      block = Block{};
    };
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const PrintedRow& row = table_.rows[r];
      if (!block.items.empty() && row.section != block.section) close();
      block.section = row.section;
      if (row.role == Role::total) {
        block.total = r;
        close();
        continue;
      }
      block.items.push_back(r);
      if (row.role == Role::item) block.allocated.push_back(r);
    }
    close();
  }

  void check_column(const Block& block, std::size_t c) {
    if (!any_money(block.items, c) || !block.total) return;
    ColumnCheck check;
    check.section = block.section;
    check.column = table_.columns[c].name;
    check.sum = sum_of_known(block.items, c);
    for (const std::size_t r : block.items)
      if (!cell(r, c).known()) check.unknown.push_back(label(r));
    if (cell(*block.total, c).known()) check.stated = cell(*block.total, c).money;
    const std::string where = in_section(check.section) + check.column + ": ";
    if (!check.unknown.empty()) {
      check.sentence = where + "the known rows come to " + check.sum.text() +
                       "; not known: " + joined(check.unknown, ", ") + ". " +
                       (check.stated ? "The stated total " + check.stated->text() + " cannot be checked."
                                     : "The total is not known either.");
    } else if (!check.stated) {
      check.sentence = where + "the rows come to " + check.sum.text() + "; no total is stated.";
    } else {
      check.difference = Money{check.sum.pence - check.stated->pence};
      check.sentence = where + "the rows come to " + check.sum.text() +
                       (check.ties() ? ", as stated."
                                     : ", the stated total is " + check.stated->text() + ": " +
                                           signed_text(*check.difference) + ".");
      if (!check.ties()) find_cell(block, c, *check.difference);
    }
    out_.columns.push_back(std::move(check));
  }

  // Funding and expenditure are set against each other when their stated totals agree somewhere.
  void check_sections() {
    if (blocks_.size() != 2 || !blocks_[0].total || !blocks_[1].total) return;
    const auto stated = [&](const Block& block, std::size_t c) { return cell(*block.total, c); };
    bool agree = false;
    for (std::size_t c = 0; c < table_.columns.size(); ++c)
      agree = agree || (stated(blocks_[0], c).known() && stated(blocks_[1], c).known() &&
                        stated(blocks_[0], c).money == stated(blocks_[1], c).money);
    if (!agree) return;
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (!any_money(blocks_[0].items, c) || !any_money(blocks_[1].items, c)) continue;
      SectionCheck check;
      check.column = table_.columns[c].name;
      check.above = blocks_[0].section;
      check.below = blocks_[1].section;
      check.above_sum = sum_of_known(blocks_[0].items, c);
      check.below_sum = sum_of_known(blocks_[1].items, c);
      check.difference = Money{check.below_sum.pence - check.above_sum.pence};
      check.complete = all_known(blocks_[0].items, c) && all_known(blocks_[1].items, c);
      const std::string known = check.complete ? "the rows" : "the known rows";
      check.sentence = check.column + ": " + known + " of " + check.below + " come to " + check.below_sum.text() +
                       ", those of " + check.above + " to " + check.above_sum.text() +
                       (check.difference.pence == 0 ? "." : ": " + signed_text(check.difference) + ".") +
                       (check.complete ? "" : " What is not known is not in either.");
      out_.sections.push_back(std::move(check));
    }
  }

  void check_rows() {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (!table_.columns[c].rule) continue;
      std::vector<RowCheck> checks;
      for (std::size_t r = 0; r < table_.rows.size(); ++r)
        if (auto check = check_row(r, c)) checks.push_back(std::move(*check));
      // A rule that nobody stated holds only where at least one row bears it out.
      const bool borne_out =
          std::any_of(checks.begin(), checks.end(), [](const RowCheck& check) { return check.ties(); });
      if (!table_.columns[c].rule->assumed || borne_out)
        for (RowCheck& check : checks) out_.rows.push_back(std::move(check));
    }
  }

  std::optional<RowCheck> check_row(std::size_t r, std::size_t c) const {
    const ColumnRule& rule = *table_.columns[c].rule;
    const PrintedCell& printed = cell(r, c);
    Fraction exact(0);
    for (const ColumnRule::Term& term : rule.terms) {
      if (!cell(r, term.column).known()) return std::nullopt;
      exact = exact + Fraction::of(cell(r, term.column).money) * term.factor;
    }
    RowCheck check;
    check.row = label(r);
    check.column = table_.columns[c].name;
    check.printed = printed.text;
    if (rule.over) {
      if (printed.kind != PrintedCell::Kind::percent || !cell(r, *rule.over).known() ||
          cell(r, *rule.over).money.pence == 0)
        return std::nullopt;
      exact = exact / Fraction::of(cell(r, *rule.over).money) * Fraction(100);
      check.percent = true;
      check.expected = exact.decimal(printed.decimals) + "%";
      check.exact = exact.text();
      const Integer power = Integer::power_of_ten(printed.decimals);
      check.difference = printed.percent - Fraction((exact * Fraction(power, Integer(1))).nearest(), power);
      check.sentence = check.row + ", " + check.column + ": " +
                       (check.ties() ? "ties." : "printed " + check.printed + ", expected " + check.expected + ".");
      return check;
    }
    if (!printed.known()) return std::nullopt;
    const std::int64_t unit = printed.decimals == 0 && printed.money.pence % 100 == 0 ? 100 : 1;
    const Fraction rounded((exact / Fraction(unit)).nearest() * Integer(unit), Integer(1));
    // Sums are exact; only a part of something is rounded by who printed it.
    const bool whole = std::all_of(rule.terms.begin(), rule.terms.end(),
                                   [](const ColumnRule::Term& term) { return term.factor.whole(); });
    const Fraction expected = whole ? exact : rounded;
    check.difference = Fraction::of(printed.money) - expected;
    check.expected = Money{expected.nearest().to_int64().value_or(0)}.text();
    check.exact = (exact / Fraction(100)).text();
    check.sentence = check.row + ", " + check.column + ": " +
                     (check.ties() ? "ties."
                                   : "printed " + printed.money.text() + ", expected " + check.expected +
                                         (exact == expected ? "" : " (exactly " + check.exact + ")") + ": " +
                                         signed_text(Money{check.difference.nearest().to_int64().value_or(0)}) + ".");
    return check;
  }

  // --- which pot and rounding gives these rows
  // -------------------------------------------------------------------------

  // The rows of a block that a split may have made: those of a stated group, all of them, and, because people print
  // what a formula gives before the rest is known, those that are known in a column where others are not.
  std::vector<Rows> groups_of(const Block& block) const {
    std::vector<Rows> out;
    const auto add = [&](Rows rows) {
      constexpr std::size_t kFewest = 3;  // two rows are given by almost any pot
      if (rows.size() >= kFewest && std::find(out.begin(), out.end(), rows) == out.end())
        out.push_back(std::move(rows));
    };
    std::vector<std::string> names;
    for (const std::size_t r : block.allocated)
      if (!table_.rows[r].group.empty() && std::find(names.begin(), names.end(), table_.rows[r].group) == names.end())
        names.push_back(table_.rows[r].group);
    for (const std::string& name : names) {
      Rows rows;
      for (const std::size_t r : block.allocated)
        if (table_.rows[r].group == name) rows.push_back(r);
      add(std::move(rows));
    }
    if (!names.empty()) return out;
    add(block.allocated);
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      Rows known;
      for (const std::size_t r : block.allocated)
        if (cell(r, c).known()) known.push_back(r);
      add(std::move(known));
    }
    return out;
  }

  struct Split {
    std::string name;
    std::vector<Fraction> shares;  // come to one
  };

  std::vector<Split> splits_for(const Rows& rows, std::size_t c) const {
    std::vector<Split> out;
    const std::vector<Fraction> printed = values(rows, c);
    const Fraction whole = sum(printed);
    for (std::size_t other = 0; other < table_.columns.size(); ++other) {
      if (other == c || table_.columns[other].rule || table_.columns[c].rule || !all_known(rows, other)) continue;
      const std::vector<Fraction> base = values(rows, other);
      const Fraction total = sum(base);
      if (total <= Fraction(0) ||
          std::any_of(base.begin(), base.end(), [](const Fraction& value) { return value.negative(); }))
        continue;
      Split split{"the split of " + table_.columns[other].name, {}};
      for (const Fraction& value : base) split.shares.push_back(value / total);
      out.push_back(std::move(split));
    }
    // Shares as people print them, as long as they are so coarse that few tables would fit them by chance.
    constexpr int kMostDecimals = 2;
    const Fraction unit(unit_of(rows, c).pence);
    for (int decimals = 0; decimals <= kMostDecimals; ++decimals) {
      const Fraction step(Integer(1), Integer::power_of_ten(decimals + 2));
      if (whole * step < Fraction(10) * unit) break;
      Split split{"shares to " + plural(decimals, "decimal", "decimals") + " of a per cent:", {}};
      Fraction total(0);
      bool none_is_nought = true;
      for (const Fraction& value : printed) {
        split.shares.push_back(Fraction((value / whole / step).nearest(), Integer(1)) * step);
        total = total + split.shares.back();
        none_is_nought = none_is_nought && !split.shares.back().zero();
        split.name += (split.shares.size() == 1 ? " " : ", ") + (split.shares.back() * Fraction(100)).decimal(decimals);
      }
      const bool new_ones =
          std::none_of(out.begin(), out.end(), [&](const Split& other) { return other.shares == split.shares; });
      if (total == Fraction(1) && none_is_nought && new_ones) out.push_back(std::move(split));
    }
    return out;
  }

  void reproduce(const Block& block) {
    const std::vector<Rows> groups = groups_of(block);
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (table_.columns[c].rule) continue;
      for (const Rows& rows : groups) {
        if (!all_known(rows, c)) continue;
        const std::vector<Fraction> printed = values(rows, c);
        if (std::any_of(printed.begin(), printed.end(), [](const Fraction& value) { return value <= Fraction(0); }))
          continue;
        const std::vector<Split> splits = splits_for(rows, c);
        if (splits.empty()) continue;
        NotReproduced nothing{table_.columns[c].name, labels(rows), {}, {}};
        bool found = false;
        for (const Split& split : splits) {
          for (const auto rule : {Rounding::Rule::nearest, Rounding::Rule::truncate, Rounding::Rule::largest_remainder})
            found = try_split(rows, c, split, rule) || found;
          nothing.tried.push_back(split.name);
        }
        if (found) continue;
        nothing.sentence = nothing.column + ": no pot gives " + joined(nothing.rows, ", ") +
                           " as printed by any rounding. Tried: " + joined(nothing.tried, "; ") + ".";
        out_.not_reproduced.push_back(std::move(nothing));
      }
    }
  }

  bool try_split(const Rows& rows, std::size_t c, const Split& split, Rounding::Rule rule) {
    const std::vector<Fraction> printed = values(rows, c);
    const Money unit_money = unit_of(rows, c);
    const Fraction unit(unit_money.pence), half(Integer(unit_money.pence), Integer(2));
    Reproduction made;
    made.column = table_.columns[c].name;
    made.rows = labels(rows);
    made.split = split.name;
    made.rule = rule;
    if (rule == Rounding::Rule::largest_remainder) {
      // It always gives the whole pot away: only the sum of the rows can be it.
      const Money whole{sum(printed).floor().to_int64().value_or(0)};
      const std::vector<Money> parts = by_largest_remainder(whole, split.shares, unit_money, made.rows);
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (parts[i] != cell(rows[i], c).money) return false;
      made.low = made.high = Fraction::of(whole);
      made.first = made.last = whole;
    } else {
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const Fraction from = (rule == Rounding::Rule::nearest ? printed[i] - half : printed[i]) / split.shares[i];
        const Fraction to = (rule == Rounding::Rule::nearest ? printed[i] + half : printed[i] + unit) / split.shares[i];
        if (i == 0 || made.low < from) made.low = from;
        if (i == 0 || to < made.high) made.high = to;
      }
      if (made.high <= made.low) return false;
      const Integer first = -(-made.low / unit).floor(), last = -(-made.high / unit).floor() - Integer(1);
      if (first <= last) {
        made.first = Money{(first * Integer(unit_money.pence)).to_int64().value_or(0)};
        made.last = Money{(last * Integer(unit_money.pence)).to_int64().value_or(0)};
      }
    }
    static const char* const kRules[] = {"rounded to the nearest ", "cut to whole ",
                                         "by largest remainder in units of "};
    const std::string rule_text = kRules[static_cast<int>(rule)] + unit_money.text();
    const std::string pot = !made.first ? "a pot between \xC2\xA3" + (made.low / Fraction(100)).decimal(4) +
                                              " and \xC2\xA3" + (made.high / Fraction(100)).decimal(4)
                            : *made.first == *made.last
                                ? "a pot of " + made.first->text()
                                : "any pot from " + made.first->text() + " to " + made.last->text();
    made.sentence = made.column + ": " + pot + " by " + made.split + ", " + rule_text + ", gives " +
                    joined(made.rows, ", ") + " as printed.";
    out_.reproductions.push_back(std::move(made));
    return true;
  }

  // --- which cell
  // --------------------------------------------------------------------------------------------------------

  std::optional<std::size_t> retained_of(const Block& block) const {
    std::optional<std::size_t> out;
    for (const std::size_t r : block.items) {
      if (table_.rows[r].role != Role::retained) continue;
      if (out) return std::nullopt;
      out = r;
    }
    return out;
  }

  // By how much the areas' money would have to shrink from one column to the other because of what was held back.
  std::optional<Fraction> held_back_factor(const Block& block, std::size_t from, std::size_t to) const {
    const auto retained = retained_of(block);
    if (!retained || !cell(*retained, from).known() || !cell(*retained, to).known() ||
        !all_known(block.allocated, from))
      return std::nullopt;
    const Fraction before = sum(values(block.allocated, from));
    const Fraction more = Fraction::of(cell(*retained, to).money) - Fraction::of(cell(*retained, from).money);
    if (before <= Fraction(0) || before <= more) return std::nullopt;
    return (before - more) / before;
  }

  static bool within(const Fraction& difference, const Fraction& unit) {
    return difference <= unit && -unit <= difference;
  }

  void find_pro_rata(const Block& block) {
    constexpr std::size_t kFewest = 4;
    if (block.allocated.size() < kFewest) return;
    for (std::size_t c = 1; c < table_.columns.size(); ++c) {
      const auto factor = held_back_factor(block, c - 1, c);
      if (!factor || *factor == Fraction(1) || table_.columns[c].rule || !all_known(block.allocated, c)) continue;
      ProRata made;
      made.column = table_.columns[c].name;
      made.from = table_.columns[c - 1].name;
      made.factor = *factor;
      const std::size_t retained = *retained_of(block);
      made.held_back = Money{cell(retained, c).money.pence - cell(retained, c - 1).money.pence};
      const Money unit = unit_of(block.allocated, c);
      for (const std::size_t r : block.allocated) {
        const Fraction exact = Fraction::of(cell(r, c - 1).money) * *factor;
        const Money expected{((exact / Fraction(unit.pence)).nearest() * Integer(unit.pence)).to_int64().value_or(0)};
        const Money printed = cell(r, c).money;
        made.rows.push_back({label(r), cell(r, c - 1).money, printed, expected, (exact / Fraction(100)).decimal(4),
                             Money{printed.pence - expected.pence}});
        if (!within(Fraction::of(printed) - exact, Fraction(unit.pence))) made.off.push_back(label(r));
      }
      if (made.off.size() > 1) continue;  // not what was done
      made.sentence = made.column + " is " + made.from + " less " + made.held_back.text() +
                      " held back in proportion: each row x " + made.factor.decimal(6) +
                      (made.off.empty() ? ", all within " + unit.text() + "."
                                        : ", all within " + unit.text() + " but " + made.off.front() + ".");
      out_.pro_rata.push_back(std::move(made));
    }
  }

  // A total is off by `difference`. A cell is found when the other rows follow another column, or a rule of the row, so
  // closely that this cell alone stands out, and correcting it by the difference brings it into line.
  void find_cell(const Block& block, std::size_t c, Money difference) {
    const Fraction off = Fraction::of(difference);
    std::vector<Correction> found;
    const auto add = [&](std::size_t r, std::string evidence) {
      Correction made;
      made.section = block.section;
      made.column = table_.columns[c].name;
      made.row = label(r);
      made.printed = cell(r, c).money;
      made.restored = Money{made.printed.pence - difference.pence};
      made.evidence = std::move(evidence);
      made.sentence = in_section(made.section) + made.column + ": " + made.row + " is printed as " +
                      made.printed.text() + "; " + made.restored.text() + " restores the total. " + made.evidence;
      for (const Correction& other : found)
        if (other.row == made.row) return;
      found.push_back(std::move(made));
    };
    for (const std::size_t r : block.items)
      for (const RowCheck& check : out_.rows)
        if (check.row == label(r) && !check.percent && check.difference == -off && speaks_of(check.column, c))
          add(r, "Its row misses “" + check.column + "” by the same amount.");
    constexpr std::size_t kFewest = 4;
    if (block.allocated.size() >= kFewest && all_known(block.allocated, c) && !table_.columns[c].rule) {
      const std::vector<Fraction> printed = values(block.allocated, c);
      const Fraction unit(unit_of(block.allocated, c).pence);
      for (std::size_t base = 0; base < table_.columns.size(); ++base) {
        if (base == c || table_.columns[base].rule || !all_known(block.allocated, base)) continue;
        const std::vector<Fraction> from = values(block.allocated, base);
        for (std::size_t j = 0; j < printed.size(); ++j)
          if (stands_out(printed, from, j, off, unit, held_back_factor(block, base, c)))
            add(block.allocated[j], "The other " + std::to_string(printed.size() - 1) + " rows follow " +
                                        table_.columns[base].name + " in proportion, each within " +
                                        Money{unit.nearest().to_int64().value_or(0)}.text() + ".");
      }
    }
    if (found.size() == 1) {
      out_.corrections.push_back(std::move(found.front()));
    } else {
      out_.no_single_cell.push_back(in_section(block.section) + table_.columns[c].name +
                                    ": no single cell stands out whose correction by " +
                                    signed_text(Money{-difference.pence}) + " would restore the total.");
    }
  }

  bool speaks_of(const std::string& column, std::size_t c) const {
    for (const PrintedColumn& other : table_.columns) {
      if (other.name != column || !other.rule || other.rule->over) continue;
      for (const ColumnRule::Term& term : other.rule->terms)
        if (term.column == c && term.factor == Fraction(1)) return true;
    }
    return false;
  }

  static bool stands_out(const std::vector<Fraction>& printed, const std::vector<Fraction>& from, std::size_t j,
                         const Fraction& off, const Fraction& unit, const std::optional<Fraction>& known_factor) {
    const Fraction rest = sum(from) - from[j];
    if (rest <= Fraction(0)) return false;
    const Fraction factor = known_factor ? *known_factor : (sum(printed) - printed[j]) / rest;
    for (std::size_t i = 0; i < printed.size(); ++i)
      if (i != j && !within(printed[i] - from[i] * factor, unit)) return false;
    const Fraction expected = from[j] * factor;
    return !within(printed[j] - expected, unit) && within(printed[j] - off - expected, unit);
  }

  const PrintedTable& table_;
  std::vector<Block> blocks_;
  Reconciliation out_;
};

}  // namespace

bool Reconciliation::ties() const {
  return std::all_of(columns.begin(), columns.end(),
                     [](const ColumnCheck& check) { return !check.difference || check.ties(); }) &&
         std::all_of(sections.begin(), sections.end(),
                     [](const SectionCheck& check) { return check.difference.pence == 0; }) &&
         std::all_of(rows.begin(), rows.end(), [](const RowCheck& check) { return check.ties(); });
}

Reconciliation reconcile(const PrintedTable& table) { return Reconciler(table).run(); }

}  // namespace tithing::funding
