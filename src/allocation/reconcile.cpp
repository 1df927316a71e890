#include "allocation/reconcile.h"

#include <algorithm>

#include "allocation/reconcile_parts.h"
#include "base/text.h"

namespace tithing::allocation {
namespace {

using Kind = PrintedCell::Kind;

std::string percent_text(const Fraction& percent) {
  return percent.text().find('/') == std::string::npos ? percent.text() + "%" : percent.decimal(4) + "%";
}

class Reconciler : RowParts {
 public:
  explicit Reconciler(const PrintedTable& table, bool checks_only = false)
      : RowParts(table), search_(table, out_), checks_only_(checks_only) {}

  Reconciliation run() {
    decide_what_is_a_total();
    find_blocks();
    check_rows();
    for (const Block& block : blocks_)
      for (std::size_t c = 0; c < table_.columns.size(); ++c) check_column(block, c);
    check_sections();
    if (!checks_only_) {
      search_.find_single_cells(table_);
      for (const auto& [index, block] : off_) {
        const ColumnCheck& check = out_.columns[index];
        if (!search_.explained(check)) search_.find_cell(*block, check);
      }
    }
    check_rows_aside();
    for (const Block& block : blocks_) {
      if (block.upper || checks_only_) continue;
      search_.find_pro_rata(block);
      search_.reproduce(block);
    }
    list_unchecked();
    return std::move(out_);
  }

 private:
  // --- sums
  // ------------------------------------------------------------------------------------------------------------

  // “Sub-total”, or “Sub-total” below South where the part has two of that name.
  std::string named(const Block& block) const {
    const std::string& name = label(*block.total);
    const auto alike = std::count_if(blocks_.begin(), blocks_.end(), [&](const Block& other) {
      return other.total && other.section == block.section && plain_name(label(*other.total)) == plain_name(name);
    });
    if (alike < 2 || block.items.empty()) return "“" + name + "”";
    const bool behind = *block.total > block.items.back();
    return "“" + name + "” " + (behind ? "below " + label(block.items.back()) : "above " + label(block.items.front()));
  }

  static std::string not_known(const std::vector<std::string>& rows) { return "not known: " + joined(rows, ", "); }

  void check_column(const Block& block, std::size_t c) {
    if (in_per_cent(c)) {
      check_shares(block, c);
      return;
    }
    if (!block.total) return;
    const auto said = [&](Money amount) { return text_in(c, amount); };
    const PrintedCell& total = cell(*block.total, c);
    if (total.blank() && (has_no_sum(table_.columns[c].name) || !any_money(block.items, c))) return;
    ColumnCheck check;
    check.section = block.section;
    check.column = table_.columns[c].name;
    check.unit = table_.columns[c].unit;
    check.total = label(*block.total);
    check.named = named(block);
    check.at_column = c;
    check.at_total = *block.total;
    check.at_rows = block.items;
    check.sum = sum_of_known(block.items, c);
    for (const std::size_t r : block.items)
      if (!cell(r, c).known()) check.unknown.push_back(label(r));
    if (total.known()) check.stated = total.money;
    const bool plain = !block.upper && check.named == "“" + check.total + "”";
    const std::string where = in_section(check.section) + check.column + (plain ? "" : " (" + check.named + ")") + ": ";
    if (!check.unknown.empty()) {
      check.why = not_known(check.unknown) + (check.stated ? "" : "; the total is not known either");
      const bool none = check.unknown.size() == block.items.size();  // of which no sum is to be had, not one of nought
      check.sentence = where + (none ? "no row is known" : "the known rows come to " + said(check.sum)) +
                       "; not known: " + joined(check.unknown, ", ") + ". " +
                       (check.stated ? "The stated total " + said(*check.stated) + " cannot be checked."
                                     : "The total is not known either.");
    } else if (!check.stated) {
      check.why = total.blank() ? "no total is stated" : "the total is not known";
      check.sentence = where + "the rows come to " + said(check.sum) + "; " + check.why + ".";
    } else if (is_a_rate(check.column) && check.sum.pence != check.stated->pence) {
      check.why = "a rate, an average or a rank of the whole is not the sum of its rows";
      check.sentence = where +
                       "its heading says that it is a rate, an average or a rank, and of a whole that is not the sum "
                       "of its rows (they come to " +
                       said(check.sum) + ", stated is " + said(*check.stated) +
                       "). It would have to be worked out from what it is divided by.";
    } else {
      check.difference = Money{check.sum.pence - check.stated->pence};
      const bool ties = within_rounding(block.items, *block.total, c);
      const Rows fewer = without(block.items, true, true);
      const Money of_fewer = sum_of_known(fewer, c);
      if (!ties && !block.perhaps.empty() && of_fewer != check.sum) {
        check.why = "it cannot be told whether " + joined(labels(block.perhaps), ", ") +
                    (block.perhaps.size() == 1 ? " is" : " are") + " in the total";
        check.sentence = where + "with " + joined(labels(block.perhaps), ", ") + " the rows come to " +
                         said(check.sum) + ", without to " + said(of_fewer) + ", and the stated total is " +
                         said(*check.stated) + ": " + check.why + ", so it could not be checked.";
        check.difference.reset();
        out_.columns.push_back(std::move(check));
        return;
      }
      check.verdict = ties ? Verdict::ties : Verdict::does_not_tie;
      if (!ties) check.why = "the rows come to " + said(check.sum) + ", stated is " + said(*check.stated);
      if (ties && check.difference->pence != 0)
        check.sentence = where + "the rows come to " + said(check.sum) + ", the stated total is " +
                         said(*check.stated) + ": within rounding, of half a unit as printed for each row.";
      else
        check.sentence =
            where + "the rows come to " + said(check.sum) +
            (ties ? ", as stated."
                  : ", the stated total is " + said(*check.stated) + ": " + signed_text_in(c, *check.difference) + ".");
      if (!ties) off_.push_back({out_.columns.size(), &block});
    }
    out_.columns.push_back(std::move(check));
  }

  // Said once of a column of percentages, so that no table ties over what nobody has looked at.
  void not_looked_at(const Block& block, std::size_t c, const std::string& why) {
    const bool any = std::any_of(block.items.begin(), block.items.end(),
                                 [&](std::size_t r) { return cell(r, c).kind == Kind::percent; });
    const std::string& name = table_.columns[c].name;
    const bool said = std::any_of(out_.unchecked.begin(), out_.unchecked.end(),
                                  [&](const Unchecked& one) { return one.what == name; });
    if (any && !said) out_.unchecked.push_back({name, "“" + name + "” could not be checked: " + why + "."});
  }

  // Parts of a whole: headed so, or stated to come to 100.
  void check_shares(const Block& block, std::size_t c) {
    const std::string& name = table_.columns[c].name;
    if (table_.columns[c].rule) return;
    if (heads_a_change(name)) {
      not_looked_at(
          block, c,
          "a change in per cent is not the sum of its rows, and no two columns are here of which it is the change");
      return;
    }
    std::optional<Fraction> stated;
    if (block.total && cell(*block.total, c).kind == Kind::percent) stated = cell(*block.total, c).percent;
    const bool headed = heads_a_share(name);
    if (!headed && !(stated && *stated == Fraction(100))) {
      if (stated)
        not_looked_at(
            block, c,
            "its heading does not say of what these percentages are, and they are not stated to come to 100%");
      return;
    }
    ShareCheck check;
    check.section = block.section;
    check.column = name;
    check.stated = stated;
    const auto half = [](const PrintedCell& one) {
      return Fraction(Integer(1), Integer(2) * Integer::power_of_ten(one.decimals));
    };
    bool any = false;
    for (const std::size_t r : block.items) {
      if (cell(r, c).kind != Kind::percent) {
        check.unknown.push_back(label(r));
        continue;
      }
      any = true;
      check.sum = check.sum + cell(r, c).percent;
      check.rounding = check.rounding + half(cell(r, c));
    }
    if (!any && !stated) return;
    const bool own_whole = !stated && !block.upper;
    if (!stated && !own_whole) return;
    const Fraction whole = stated ? *stated : Fraction(100);
    if (stated && *stated != Fraction(100)) check.rounding = check.rounding + half(cell(*block.total, c));
    const Fraction miss = whole < check.sum ? check.sum - whole : whole - check.sum;
    const std::string where = in_section(check.section) + name + ": ";
    if (!check.unknown.empty()) {
      check.why = not_known(check.unknown);
      check.sentence = where + "the known shares come to " + percent_text(check.sum) +
                       "; not known: " + joined(check.unknown, ", ") + ". It cannot be checked that they come to " +
                       percent_text(whole) + ".";
    } else {
      // Rows that are the whole, but for their own rounding: then the total is 100%, or what the printed rows come to.
      Fraction of_rows;
      for (const std::size_t r : block.items) of_rows = of_rows + half(cell(r, c));
      const Fraction hundred(100);
      const bool all = (hundred < check.sum ? check.sum - hundred : hundred - check.sum) <= of_rows;
      const bool ties = miss.zero() || (miss <= check.rounding && (!all || whole == hundred));
      check.verdict = ties ? Verdict::ties : Verdict::does_not_tie;
      if (!ties) check.why = "the shares come to " + percent_text(check.sum) + ", not " + percent_text(whole);
      check.sentence = where + "the shares come to " + percent_text(check.sum) +
                       (miss.zero() ? (stated ? ", as stated." : ".")
                        : ties      ? ", " + percent_text(whole) + " but for their rounding."
                                    : ", not " + percent_text(whole) + ", which rounding does not explain.");
    }
    out_.shares.push_back(std::move(check));
    if (!block.upper) check_parts(block, c, whole == Fraction(100));
  }

  // Each share of a column against the amounts of another one, out of `whole`; and how many of them tie.
  struct Parts {
    std::vector<RowCheck> checks;
    std::size_t out = 0;
    bool mostly() const { return out * 2 > checks.size(); }
  };
  Parts parts_of(const Block& block, std::size_t c, std::size_t d, const Fraction& whole) const {
    Parts parts;
    for (const std::size_t r : block.items) {
      if (cell(r, c).kind != Kind::percent) continue;
      RowCheck check = in_percent(r, c, Fraction::of(cell(r, d).money) / whole * Fraction(100));
      check.of_columns.push_back(d);
      check.said.cells.emplace_back(r, d);
      parts.out += check.ties() ? 1 : 0;
      parts.checks.push_back(std::move(check));
    }
    return parts;
  }

  // Each share against the amounts that it is the share of: those of the column that most rows bear out, or of the only
  // one that there is. Where several could be meant and none is borne out, it is said that nobody can tell.
  void check_parts(const Block& block, std::size_t c, bool of_all) {
    Parts best;
    std::vector<std::size_t> amounts;  // columns that it could be the share of
    for (std::size_t d = 0; d < table_.columns.size(); ++d) {
      if (in_per_cent(d) || !any_money(block.items, d)) continue;
      const std::string& name = table_.columns[d].name;
      if (!has_no_sum(name) && !heads_a_change(name)) amounts.push_back(d);
      if (!all_known(block.items, d)) continue;
      // Of what the rows come to, or of any total that is stated: a misprinted row makes every share of the sum wrong.
      std::vector<Fraction> wholes = {sum(values(block.items, d))};
      for (std::size_t r = 0; r < table_.rows.size(); ++r)
        if (is_total(r) && cell(r, d).known()) wholes.push_back(Fraction::of(cell(r, d).money));
      for (const Fraction& whole : wholes) {
        if (whole <= Fraction(0)) continue;
        Parts parts = parts_of(block, c, d, whole);
        if (parts.mostly() && parts.out > best.out) best = std::move(parts);
      }
    }
    for (std::size_t d = 0; amounts.empty() && d < table_.columns.size(); ++d)
      if (heads_a_count(table_.columns[d].name) && any_money(block.items, d)) amounts.assign(1, d);
    if (best.out == 0 && !amounts.empty()) best = of_the_only_one(block, c, amounts, of_all);
    out_.rows.insert(out_.rows.end(), best.checks.begin(), best.checks.end());
  }

  Parts of_the_only_one(const Block& block, std::size_t c, const std::vector<std::size_t>& amounts, bool of_all) {
    const std::string& name = table_.columns[c].name;
    const auto open = [&](const std::string& why) {
      out_.unchecked.push_back({name, in_section(block.section) + "“" + name + "”: " + why});
      return Parts();
    };
    std::vector<std::string> names;
    for (const std::size_t d : amounts) names.push_back(table_.columns[d].name);
    const auto among = split(plain_name(names.front()), ' ');
    const auto of = what_a_share_is_of(name);
    const bool named = std::all_of(of.begin(), of.end(), [&](const std::string& word) {
      return std::find(among.begin(), among.end(), word) != among.end();
    });
    if (names.size() > 1)
      return open("the shares are not those of one of the amounts beside them (" + joined(names, ", ") +
                  "), so it cannot be told of what they are. Name the column in the heading, or leave the others out.");
    if (!named || !of_all)
      return open("the shares are not those of “" + names.front() +
                  "”, and of what they are does not stand beside them.");
    const std::size_t d = amounts.front();
    if (!all_known(block.items, d))
      return open("it cannot be checked against “" + names.front() + "”, of which some rows are not known.");
    const Fraction whole = sum(values(block.items, d));
    if (whole <= Fraction(0)) return open("“" + names.front() + "” comes to nought or less, which has no shares.");
    return parts_of(block, c, d, whole);
  }

  // Funding and expenditure are set against each other when their stated totals agree somewhere.
  void check_sections() {
    std::vector<const Block*> parts;
    for (const Block& block : blocks_)
      if (!block.upper) parts.push_back(&block);
    if (parts.size() != 2 || !parts[0]->total || !parts[1]->total || parts[0]->section == parts[1]->section) return;
    const Block &above = *parts[0], &below = *parts[1];
    bool agree = false;
    for (std::size_t c = 0; c < table_.columns.size(); ++c)
      agree = agree || (cell(*above.total, c).known() && cell(*below.total, c).known() &&
                        cell(*above.total, c).money == cell(*below.total, c).money);
    if (!agree) return;
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (in_per_cent(c) || !any_money(above.items, c) || !any_money(below.items, c)) continue;
      SectionCheck check;
      check.column = table_.columns[c].name;
      check.unit = table_.columns[c].unit;
      check.above = above.section;
      check.below = below.section;
      check.above_sum = sum_of_known(above.items, c);
      check.below_sum = sum_of_known(below.items, c);
      check.difference = Money{check.below_sum.pence - check.above_sum.pence};
      check.complete = all_known(above.items, c) && all_known(below.items, c);
      const Money size{check.difference.pence < 0 ? -check.difference.pence : check.difference.pence};
      const bool same =
          Fraction::of(size) <= rounding_in(above.items, *above.total, c) + rounding_in(below.items, *below.total, c);
      const std::string known = check.complete ? "the rows" : "the known rows";
      check.sentence = check.column + ": " + known + " of " + check.below + " come to " + text_in(c, check.below_sum) +
                       ", those of " + check.above + " to " + text_in(c, check.above_sum) +
                       (check.difference.pence == 0
                            ? "."
                            : ": " + signed_text_in(c, check.difference) + (same ? ", within rounding." : ".")) +
                       (check.complete ? "" : " What is not known is not in either.");
      if (!check.complete)
        check.why = "something in " + check.above + " or " + check.below + " is not known";
      else if (same)
        check.verdict = Verdict::ties;
      else {
        check.verdict = Verdict::does_not_tie;
        check.why = check.below + " and " + check.above + " differ by " + signed_text_in(c, check.difference);
      }
      out_.sections.push_back(std::move(check));
    }
  }

  // --- rows
  // ------------------------------------------------------------------------------------------------------------

  void check_rows() {
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      if (!table_.columns[c].rule) continue;
      for (std::size_t r = 0; r < table_.rows.size(); ++r)
        if (kinds_[r] == RowKind::average)
          continue;  // of rounded means no sum is exact
        else if (auto check = check_row(r, c))
          out_.rows.push_back(std::move(*check));
    }
  }

  RowCheck row_check(std::size_t r, std::size_t c) const {
    RowCheck check;
    check.row = label(r);
    check.column = table_.columns[c].name;
    check.unit = table_.columns[c].unit;
    check.printed = cell(r, c).text;
    check.at_row = r;
    check.at_column = c;
    if (const auto& rule = table_.columns[c].rule) {
      for (const ColumnRule::Term& term : rule->terms) check.of_columns.push_back(term.column);
      if (rule->over) check.of_columns.push_back(*rule->over);
    }
    check.said.cells.emplace_back(r, c);
    for (const std::size_t of : check.of_columns) check.said.cells.emplace_back(r, of);
    return check;
  }

  // The numbers of a row's sentence; what is said of the exact value is left out where it is a fraction.
  static void say_row(RowCheck& check, const std::string& printed, const std::string& exact,
                      const std::string& difference) {
    check.said.numbers.push_back({printed, "as it is printed"});
    if (check.verdict == Verdict::could_not_be_checked) return;
    check.said.numbers.push_back({check.expected, "as the other columns have it"});
    if (!exact.empty()) check.said.numbers.push_back({exact, "before rounding"});
    if (!difference.empty()) check.said.numbers.push_back({difference, "as printed less as the other columns have it"});
  }

  RowCheck in_percent(std::size_t r, std::size_t c, const Fraction& exact) const {
    const PrintedCell& printed = cell(r, c);
    RowCheck check = row_check(r, c);
    check.percent = true;
    check.expected = exact.decimal(printed.decimals) + "%";
    check.exact = exact.text();
    const Integer power = Integer::power_of_ten(printed.decimals);
    check.difference = printed.percent - Fraction((exact * Fraction(power, Integer(1))).nearest(), power);
    const bool ties = check.difference.zero();
    check.verdict = ties ? Verdict::ties : Verdict::does_not_tie;
    if (!ties) check.why = "printed " + check.printed + ", expected " + check.expected;
    check.sentence = check.row + ", " + check.column + ": " + (ties ? "ties." : check.why + ".");
    if (!ties) say_row(check, check.printed, "", "");
    return check;
  }

  std::optional<RowCheck> check_row(std::size_t r, std::size_t c) const {
    const ColumnRule& rule = *table_.columns[c].rule;
    const PrintedCell& printed = cell(r, c);
    if (printed.kind != (rule.over ? Kind::percent : Kind::money)) return std::nullopt;  // nothing is stated
    Fraction exact(0);
    std::vector<std::string> unknown;
    for (const ColumnRule::Term& term : rule.terms) {
      if (!cell(r, term.column).known()) unknown.push_back(table_.columns[term.column].name);
      exact = exact + Fraction::of(cell(r, term.column).money) * term.factor;
    }
    if (rule.over && !cell(r, *rule.over).known()) unknown.push_back(table_.columns[*rule.over].name);
    const bool nothing_to_divide_by = rule.over && unknown.empty() && cell(r, *rule.over).money.pence == 0;
    if (!unknown.empty() || nothing_to_divide_by) {
      RowCheck check = row_check(r, c);
      check.percent = rule.over.has_value();
      check.why = nothing_to_divide_by ? table_.columns[*rule.over].name + " is nought" : not_known(unknown);
      check.sentence = check.row + ", " + check.column + ": printed " + check.printed + ", and it cannot be checked; " +
                       check.why + ".";
      say_row(check, check.printed, "", "");
      return check;
    }
    if (rule.over) return in_percent(r, c, exact / Fraction::of(cell(r, *rule.over).money) * Fraction(100));
    RowCheck check = row_check(r, c);
    const std::int64_t unit = printed.decimals == 0 && printed.money.pence % 100 == 0 ? 100 : 1;
    const Fraction rounded((exact / Fraction(unit)).nearest() * Integer(unit), Integer(1));
    // Sums are exact; only a part of something is rounded by who printed it.
    const bool whole = std::all_of(rule.terms.begin(), rule.terms.end(),
                                   [](const ColumnRule::Term& term) { return term.factor.whole(); });
    const Fraction expected = whole ? exact : rounded;
    check.difference = Fraction::of(printed.money) - expected;
    check.expected = text_in(c, Money{expected.nearest().to_int64().value_or(0)});
    check.exact = (exact / Fraction(100)).text();
    std::vector<const PrintedCell*> parts;
    for (const ColumnRule::Term& term : rule.terms) parts.push_back(&cell(r, term.column));
    const Fraction slack = whole ? rounding_of_items(parts, printed, table_.columns[c].unit) : Fraction(0);
    const bool ties = (check.difference.negative() ? -check.difference : check.difference) <= slack;
    check.verdict = ties ? Verdict::ties : Verdict::does_not_tie;
    if (!ties) check.why = "printed " + text_in(c, printed.money) + ", expected " + check.expected;
    check.sentence = check.row + ", " + check.column + ": " +
                     (ties ? check.difference.zero() ? "ties." : "ties within rounding."
                           : "printed " + text_in(c, printed.money) + ", expected " + check.expected +
                                 (exact == expected ? "" : " (exactly " + check.exact + ")") + ": " +
                                 signed_text_in(c, Money{check.difference.nearest().to_int64().value_or(0)}) + ".");
    if (!ties)
      say_row(check, text_in(c, printed.money), exact == expected ? "" : check.exact,
              signed_text_in(c, Money{check.difference.nearest().to_int64().value_or(0)}));
    return check;
  }

  // --- what nobody has looked at
  // ---------------------------------------------------------------------------------------

  void list_unchecked() {
    const bool any_total = std::any_of(roles_.begin(), roles_.end(), [](Role role) { return role == Role::total; });
    const bool shares =
        std::any_of(out_.shares.begin(), out_.shares.end(), [](const ShareCheck& check) { return !check.stated; });
    if (!any_total) {
      if (out_.rows.empty() && !shares)
        out_.unchecked.push_back(
            {"totals", "No row states a total, and no heading states a rule, so there is nothing to check."});
    } else {
      Rows loose;
      for (std::size_t r = 0; r < roles_.size(); ++r)
        if (!is_total(r) && !aside_[r] && covered_.count(r) == 0) loose.push_back(r);
      if (!loose.empty())
        out_.unchecked.push_back({"rows", "No total is stated of: " + joined(labels(loose), ", ") + "."});
      if (out_.columns.empty() && out_.shares.empty())
        out_.unchecked.push_back({"totals", "No total is stated in a number."});
    }
    // Whatever states a total has been set against something, or it is said that it was not.
    for (std::size_t r = 0; r < roles_.size(); ++r) {
      const bool stated = std::any_of(table_.rows[r].cells.begin(), table_.rows[r].cells.end(),
                                      [](const PrintedCell& one) { return one.kind != Kind::unknown; });
      const bool looked_at =
          std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) { return block.total == r; });
      const bool told = std::any_of(out_.unchecked.begin(), out_.unchecked.end(),
                                    [&](const Unchecked& one) { return one.what == label(r); });
      if (is_total(r) && stated && !looked_at && !told)
        out_.unchecked.push_back(
            {label(r), "“" + label(r) + "” states a total, and there are no rows that it could be of."});
    }
    for (const std::string& sentence : table_.two_ways) out_.unchecked.push_back({std::string(kTwoReadings), sentence});
    for (const std::string& name : table_.sums_of_what)
      out_.unchecked.push_back({name, "“" + name +
                                          "” is headed as a sum, and in most rows no columns beside it come to it: it "
                                          "is not known what it is the sum of."});
  }

  Search search_;
  bool checks_only_ = false;
  std::vector<std::pair<std::size_t, const Block*>> off_;  // checks of columns that do not tie
};

}  // namespace

Reconciliation reconcile(const PrintedTable& table) { return Reconciler(table).run(); }

Reconciliation checks_of(const PrintedTable& table) { return Reconciler(table, true).run(); }

}  // namespace tithing::allocation
