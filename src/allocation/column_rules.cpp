#include "allocation/column_rules.h"

#include <algorithm>
#include <optional>

#include "allocation/reconcile_rows.h"

namespace tithing::allocation {
namespace {

using Kind = PrintedCell::Kind;
using Terms = std::vector<ColumnRule::Term>;

// How many rows say something of a rule, and how many of them bear it out.
struct Borne {
  int rows = 0, out = 0;
  bool mostly() const { return out > 0 && out * 2 >= rows; }
};

class Assumer {
 public:
  explicit Assumer(PrintedTable& table) : table_(table) {}

  void run() {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (table_.columns[c].rule) continue;
      const std::string& name = table_.columns[c].name;
      if (is(c, Kind::money) && heads_a_sum(name))
        sum(c);
      else if (is(c, Kind::money) && heads_a_change(name))
        change(c);
      else if (is(c, Kind::percent) && heads_a_change(name))
        change_in_per_cent(c);
    }
  }

 private:
  // A column holds what its first cell that is known holds.
  bool is(std::size_t c, Kind kind) const {
    for (const PrintedRow& row : table_.rows)
      if (row.cells[c].kind != Kind::unknown) return row.cells[c].kind == kind;
    return false;
  }

  // What is off in a row is off in its total as well, so totals do not count.
  // `rounded`: but for their rounding, where the column is not of pounds.
  Borne borne(std::size_t c, const Terms& terms, bool rounded = false) const {
    const ColumnUnit unit =
        rounded ? unit_of_heading(table_.columns[c].name).value_or(ColumnUnit::not_said) : ColumnUnit::pounds;
    Borne out;
    for (const PrintedRow& row : table_.rows) {
      if (row.role == PrintedRow::Role::total) continue;
      if (!row.cells[c].known() || row.cells[c].money.pence == 0) continue;
      Fraction sum(0);
      bool known = true;
      std::vector<const PrintedCell*> parts;
      for (const ColumnRule::Term& term : terms) {
        known = known && row.cells[term.column].known();
        parts.push_back(&row.cells[term.column]);
        sum = sum + Fraction::of(row.cells[term.column].money) * term.factor;
      }
      if (!known) continue;
      ++out.rows;
      const Fraction off = sum - Fraction::of(row.cells[c].money);
      out.out += (off.negative() ? -off : off) <= rounding_of_items(parts, row.cells[c], unit);
    }
    return out;
  }

  void sum(std::size_t c) {
    // Columns that stand next to each other and to the total, percentages between them left out; any beginning.
    const auto run = [&](std::size_t from, std::size_t to) {
      Terms terms;
      for (std::size_t i = from; i <= to; ++i)
        if (is(i, Kind::money)) terms.push_back({i, Fraction(1)});
      return terms;
    };
    std::vector<Terms> all;
    for (std::size_t from = 0; c > 0 && from < c; ++from) all.push_back(run(from, c - 1));
    for (std::size_t to = c + 1; to < table_.columns.size(); ++to) all.push_back(run(c + 1, to));
    // And from the left with some columns in between passed over: a population, last year's money.
    for (std::size_t to = 1; c > 1 && to + 1 < c; ++to)
      for (std::size_t from = 0; from <= to; ++from) all.push_back(run(from, to));
    std::optional<Terms> best;
    Borne of_best;
    bool tried = false;
    // To the penny first; only where nothing comes to it so, but for rounding.
    for (const bool rounded : {false, true}) {
      if (best) break;
      for (const Terms& terms : all) {
        if (terms.size() < 2) continue;
        tried = true;
        const Borne here = borne(c, terms, rounded);
        if (here.mostly() && here.out > of_best.out) {
          best = terms;
          of_best = here;
        }
      }
    }
    if (best)
      table_.columns[c].rule = ColumnRule{*best, std::nullopt, true};
    else if (tried)
      table_.sums_of_what.push_back(table_.columns[c].name);
  }

  void change(std::size_t c) {
    take_best(c, [&](std::size_t before, std::size_t after) {
      return ColumnRule{{{after, Fraction(1)}, {before, Fraction(-1)}}, std::nullopt, true};
    });
  }

  template <class Make>
  void take_best(std::size_t c, Make make) {
    std::optional<ColumnRule> best;
    int of_best = 0;
    for (std::size_t before = 0; before < c; ++before)
      for (std::size_t after = 0; after < c; ++after) {
        if (before == after || !is(before, Kind::money) || !is(after, Kind::money)) continue;
        const ColumnRule rule = make(before, after);
        const Borne here = rule.over ? borne_in_per_cent(c, rule) : borne(c, rule.terms);
        if (!here.mostly() || here.out <= of_best) continue;
        best = rule;
        of_best = here.out;
      }
    if (best) table_.columns[c].rule = std::move(best);
  }

  Borne borne_in_per_cent(std::size_t c, const ColumnRule& rule) const {
    Borne out;
    for (const PrintedRow& row : table_.rows) {
      if (row.role == PrintedRow::Role::total) continue;
      const PrintedCell& printed = row.cells[c];
      if (printed.kind != Kind::percent || !row.cells[*rule.over].known() || row.cells[*rule.over].money.pence == 0)
        continue;
      Fraction sum(0);
      bool known = true;
      for (const ColumnRule::Term& term : rule.terms) {
        known = known && row.cells[term.column].known();
        sum = sum + Fraction::of(row.cells[term.column].money) * term.factor;
      }
      if (!known) continue;
      const Integer power = Integer::power_of_ten(printed.decimals);
      const Fraction exact = sum / Fraction::of(row.cells[*rule.over].money) * Fraction(100);
      ++out.rows;
      out.out += Fraction((exact * Fraction(power, Integer(1))).nearest(), power) == printed.percent;
    }
    return out;
  }

  void change_in_per_cent(std::size_t c) {
    take_best(c, [&](std::size_t before, std::size_t after) {
      return ColumnRule{{{after, Fraction(1)}, {before, Fraction(-1)}}, before, true};
    });
  }

  PrintedTable& table_;
};

}  // namespace

void assume_rules(PrintedTable& table) { Assumer(table).run(); }

}  // namespace tithing::allocation
