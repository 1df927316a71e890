#include "allocation/reconcile_search.h"

#include <algorithm>

#include "allocation/allocation.h"
#include "base/text.h"

namespace tithing::allocation {
namespace {

Fraction sum_of(const std::vector<Fraction>& values) {
  Fraction out(0);
  for (const Fraction& value : values) out = out + value;
  return out;
}

bool within(const Fraction& difference, const Fraction& unit) { return difference <= unit && -unit <= difference; }

bool stands_out(const std::vector<Fraction>& printed, const std::vector<Fraction>& from, std::size_t j,
                const Fraction& off, const Fraction& unit, const std::optional<Fraction>& known_factor) {
  const Fraction rest = sum_of(from) - from[j];
  if (rest <= Fraction(0)) return false;
  const Fraction factor = known_factor ? *known_factor : (sum_of(printed) - printed[j]) / rest;
  for (std::size_t i = 0; i < printed.size(); ++i)
    if (i != j && !within(printed[i] - from[i] * factor, unit)) return false;
  const Fraction expected = from[j] * factor;
  return !within(printed[j] - expected, unit) && within(printed[j] - off - expected, unit);
}

}  // namespace

// --- which pot and rounding gives these rows
// -------------------------------------------------------------------------

// The rows of a block that a split may have made: those of a stated group, all of them, and, because people print
// what a formula gives before the rest is known, those that are known in a column where others are not.
std::vector<Rows> Search::groups_of(const Block& block) const {
  std::vector<Rows> out;
  const auto add = [&](Rows rows) {
    constexpr std::size_t kFewest = 3;  // two rows are given by almost any pot
    if (rows.size() >= kFewest && std::find(out.begin(), out.end(), rows) == out.end()) out.push_back(std::move(rows));
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

std::vector<Search::Split> Search::splits_for(const Rows& rows, std::size_t c) const {
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
    Split split{"the split of " + table_.columns[other].name, {}, other, {}};
    for (const Fraction& value : base) split.shares.push_back(value / total);
    out.push_back(std::move(split));
  }
  // Shares as people print them, as long as they are so coarse that few tables would fit them by chance.
  constexpr int kMostDecimals = 2;
  const Fraction unit(unit_of(rows, c).pence);
  for (int decimals = 0; decimals <= kMostDecimals; ++decimals) {
    const Fraction step(Integer(1), Integer::power_of_ten(decimals + 2));
    if (whole * step < Fraction(10) * unit) break;
    Split split{"shares to " + plural(decimals, "decimal", "decimals") + " of a per cent:",
                {},
                std::nullopt,
                {{std::to_string(decimals), "decimals of a per cent", true}}};
    Fraction total(0);
    bool none_is_nought = true;
    for (std::size_t i = 0; i < printed.size(); ++i) {
      split.shares.push_back(Fraction((printed[i] / whole / step).nearest(), Integer(1)) * step);
      total = total + split.shares.back();
      none_is_nought = none_is_nought && !split.shares.back().zero();
      const std::string shown = (split.shares.back() * Fraction(100)).decimal(decimals);
      split.name += (i == 0 ? " " : ", ") + shown;
      split.numbers.push_back({shown, "share of " + label(rows[i]) + " in the rows, in per cent"});
    }
    const bool new_ones =
        std::none_of(out.begin(), out.end(), [&](const Split& other) { return other.shares == split.shares; });
    if (total == Fraction(1) && none_is_nought && new_ones) out.push_back(std::move(split));
  }
  return out;
}

void Search::reproduce(const Block& block) {
  const std::vector<Rows> groups = groups_of(block);
  for (std::size_t c = 0; c < table_.columns.size(); ++c) {
    // People and crimes come out of no pot.
    if (table_.columns[c].rule || table_.columns[c].unit == ColumnUnit::number) continue;
    for (const Rows& rows : groups) {
      if (!all_known(rows, c)) continue;
      const std::vector<Fraction> printed = values(rows, c);
      if (std::any_of(printed.begin(), printed.end(), [](const Fraction& value) { return value <= Fraction(0); }))
        continue;
      const std::vector<Split> splits = splits_for(rows, c);
      if (splits.empty()) continue;
      NotReproduced nothing;
      nothing.column = table_.columns[c].name;
      nothing.rows = labels(rows);
      nothing.said.formula = "share = row / sum of the rows, cut to so many decimals";
      add_cells(nothing.said, rows, c);
      bool found = false;
      for (const Split& split : splits) {
        for (const auto rule : {Rounding::Rule::nearest, Rounding::Rule::truncate, Rounding::Rule::largest_remainder})
          found = try_split(rows, c, split, rule) || found;
        nothing.tried.push_back(split.name);
        nothing.said.numbers.insert(nothing.said.numbers.end(), split.numbers.begin(), split.numbers.end());
        if (split.column) add_cells(nothing.said, rows, *split.column);
      }
      if (found) continue;
      nothing.sentence = nothing.column + ": no pot gives " + joined(nothing.rows, ", ") +
                         " as printed by any rounding. Tried: " + joined(nothing.tried, "; ") + ".";
      out_.not_reproduced.push_back(std::move(nothing));
    }
  }
}

bool Search::try_split(const Rows& rows, std::size_t c, const Split& split, Rounding::Rule rule) {
  const std::vector<Fraction> printed = values(rows, c);
  const Money unit_money = unit_of(rows, c);
  const Fraction unit(unit_money.pence), half(Integer(unit_money.pence), Integer(2));
  Reproduction made;
  made.column = table_.columns[c].name;
  made.unit = table_.columns[c].unit;
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
  static const char* const kRules[] = {"rounded to the nearest ", "cut to whole ", "by largest remainder in units of "};
  const std::string rule_text = kRules[static_cast<int>(rule)] + text_in(c, unit_money);
  const std::string pound = table_.columns[c].unit == ColumnUnit::pounds ? "\xC2\xA3" : "";
  const std::string pot = !made.first ? "a pot between " + pound + (made.low / Fraction(100)).decimal(4) + " and " +
                                            pound + (made.high / Fraction(100)).decimal(4)
                          : *made.first == *made.last
                              ? "a pot of " + text_in(c, *made.first)
                              : "any pot from " + text_in(c, *made.first) + " to " + text_in(c, *made.last);
  auto& numbers = made.said.numbers;
  if (!made.first) {
    numbers.push_back({pound + (made.low / Fraction(100)).decimal(4), "no pot below this gives the rows"});
    numbers.push_back({pound + (made.high / Fraction(100)).decimal(4), "every pot that gives the rows is below this"});
  } else {
    numbers.push_back({text_in(c, *made.first), *made.first == *made.last ? "the pot that gives the rows"
                                                                          : "the least pot that gives the rows"});
    if (*made.first != *made.last) numbers.push_back({text_in(c, *made.last), "the largest pot that gives the rows"});
  }
  numbers.insert(numbers.end(), split.numbers.begin(), split.numbers.end());
  numbers.push_back({rule_text, "how it is rounded", true});
  made.said.formula =
      rule == Rounding::Rule::nearest ? "largest of (a(i) - u / 2) / s(i) <= pot < smallest of (a(i) + u / 2) / s(i), "
                                        "a the rows, s the split, u the unit"
      : rule == Rounding::Rule::truncate
          ? "largest of a(i) / s(i) <= pot < smallest of (a(i) + u) / s(i), a the rows, s the split, u the unit"
          : "pot = sum of a(i), a the rows: the largest remainder gives all of it away";
  add_cells(made.said, rows, c);
  if (split.column) add_cells(made.said, rows, *split.column);
  made.sentence = made.column + ": " + pot + " by " + made.split + ", " + rule_text + ", gives " +
                  joined(made.rows, ", ") + " as printed.";
  out_.reproductions.push_back(std::move(made));
  return true;
}

// --- which cell
// --------------------------------------------------------------------------------------------------------

std::optional<std::size_t> Search::retained_of(const Block& block) const {
  std::optional<std::size_t> out;
  for (const std::size_t r : block.items) {
    if (table_.rows[r].role != Role::retained) continue;
    if (out) return std::nullopt;
    out = r;
  }
  return out;
}

// By how much the areas' money would have to shrink from one column to the other because of what was held back.
std::optional<Fraction> Search::held_back_factor(const Block& block, std::size_t from, std::size_t to) const {
  const auto retained = retained_of(block);
  if (!retained || !cell(*retained, from).known() || !cell(*retained, to).known() || !all_known(block.allocated, from))
    return std::nullopt;
  const Fraction before = sum(values(block.allocated, from));
  const Fraction more = Fraction::of(cell(*retained, to).money) - Fraction::of(cell(*retained, from).money);
  if (before <= Fraction(0) || before <= more) return std::nullopt;
  return (before - more) / before;
}

void Search::find_pro_rata(const Block& block) {
  constexpr std::size_t kFewest = 4;
  if (block.allocated.size() < kFewest) return;
  for (std::size_t c = 1; c < table_.columns.size(); ++c) {
    const auto factor = held_back_factor(block, c - 1, c);
    if (!factor || *factor == Fraction(1) || table_.columns[c].rule || !all_known(block.allocated, c) ||
        table_.columns[c].unit == ColumnUnit::number)
      continue;
    ProRata made;
    made.column = table_.columns[c].name;
    made.unit = table_.columns[c].unit;
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
    // Less is held back than before: then the rows share more, and nothing is taken from them.
    const bool given = made.held_back.pence < 0;
    const Money size{given ? -made.held_back.pence : made.held_back.pence};
    made.said.numbers = {
        {text_in(c, size), given ? "what is held back less than before" : "what is held back more than before"},
        {made.factor.decimal(6), "factor of every row"},
        {"within " + text_in(c, unit), "unit of rounding", true}};
    made.said.formula = "f = (S - h) / S, S the sum of the rows before, h what is held back more than before";
    add_cells(made.said, block.allocated, c - 1);
    add_cells(made.said, {retained}, c - 1);
    add_cells(made.said, {retained}, c);
    made.sentence = made.column + " is " + made.from + (given ? " and " : " less ") + text_in(c, size) +
                    (given ? " that is no longer held back, shared out in proportion: each row x "
                           : " held back in proportion: each row x ") +
                    made.factor.decimal(6) +
                    (made.off.empty() ? ", all within " + text_in(c, unit) + "."
                                      : ", all within " + text_in(c, unit) + " but " + made.off.front() + ".");
    out_.pro_rata.push_back(std::move(made));
  }
}

// A total is off by `difference`. A cell is found when the other rows follow another column, or a rule of the row, so
// closely that this cell alone stands out, and correcting it by the difference brings it into line.
void Search::find_cell(const Block& block, const ColumnCheck& check) {
  const std::size_t c = check.at_column;
  const Money difference = *check.difference;
  const Fraction off = Fraction::of(difference);
  std::vector<Correction> found;
  const auto add = [&](std::size_t r, std::size_t base, const Fraction& unit, std::size_t others) {
    const std::string within_unit = text_in(c, Money{unit.nearest().to_int64().value_or(0)});
    const std::string evidence = "The other " + std::to_string(others) + " rows follow " + table_.columns[base].name +
                                 " in proportion, each within " + within_unit + ".";
    Correction made;
    made.section = block.section;
    made.column = table_.columns[c].name;
    made.unit = table_.columns[c].unit;
    made.row = label(r);
    made.printed = cell(r, c).money;
    made.restored = Money{made.printed.pence - difference.pence};
    made.evidence = evidence;
    made.said.numbers = {{text_in(c, made.printed), "as it is printed"},
                         {text_in(c, made.restored), "with which the total is right"},
                         {std::to_string(others), "rows that follow the other column"},
                         {"within " + within_unit, "unit of rounding", true}};
    made.said.formula = "x - (sum of the rows - stated total)";
    add_cells(made.said, block.items, c);
    if (block.total) add_cells(made.said, {*block.total}, c);
    made.sentence = in_section(made.section) + made.column + ": " + made.row + " is printed as " +
                    text_in(c, made.printed) + "; " + text_in(c, made.restored) + " restores the total. " +
                    made.evidence;
    for (const Correction& other : found)
      if (other.row == made.row) return;
    found.push_back(std::move(made));
  };
  constexpr std::size_t kFewest = 4;
  if (block.allocated.size() >= kFewest && all_known(block.allocated, c) && !table_.columns[c].rule) {
    const std::vector<Fraction> printed = values(block.allocated, c);
    const Fraction unit(unit_of(block.allocated, c).pence);
    for (std::size_t base = 0; base < table_.columns.size(); ++base) {
      if (base == c || table_.columns[base].rule || !all_known(block.allocated, base)) continue;
      const std::vector<Fraction> from = values(block.allocated, base);
      for (std::size_t j = 0; j < printed.size(); ++j)
        if (stands_out(printed, from, j, off, unit, held_back_factor(block, base, c)))
          add(block.allocated[j], base, unit, printed.size() - 1);
    }
  }
  if (found.size() == 1) {
    out_.corrections.push_back(std::move(found.front()));
  } else {
    std::vector<std::string> rows;
    for (const Correction& one : found) rows.push_back(one.row);
    const std::string beside = found.empty() ? why_no_cell(check) : "";
    const std::string why =
        !found.empty()    ? "each of these would do it: " + joined(rows, ", ") + "."
        : !beside.empty() ? beside
                          : "nothing beside the column tells which of its cells is wrong, or whether the total is.";
    if (out_.no_single_cell.empty()) out_.why_no_cell = beside;
    const bool alone = check.named == "“" + check.total + "”";
    out_.no_single_cell.push_back(
        in_section(block.section) + table_.columns[c].name + (alone ? "" : " (" + check.named + ")") +
        ": no single cell stands out whose correction would restore the total, which is off by " +
        signed_text_in(c, difference) + ", because " + why);
  }
}

}  // namespace tithing::allocation
