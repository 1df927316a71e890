#include <algorithm>

#include "base/marked.h"
#include "base/text.h"
#include "base/translation.h"
#include "figures/combined.h"
#include "slices/pots/kinds_printed.h"
#include "slices/pots/pages.h"
#include "slices/pots/pages_cells.h"
#include "slices/pots/pages_money_table.h"

namespace tithing::pots {
namespace {

using exports::Cell;
using exports::ColumnKind;
using exports::Row;
using exports::Table;
using html::Markup;
using html::Url;
using html::Writer;

// The printed table that the other examples of its board are made from, and how their sources name it.
constexpr const char* kBoardTable = "worcestershire-table-1";
constexpr const char* kBoardName = "Worcestershire Safer Communities Board";

// The lists of findings that the verdict counts.
constexpr const char* kListOff = "does-not-tie";
constexpr const char* kListOpen = "not-checked";
constexpr const char* kListFine = "ties";

void list(Writer& writer, Message heading, const std::vector<Words>& sentences, const char* id = nullptr) {
  if (sentences.empty()) return;
  writer.element("h3", {{"class", "govuk-heading-s"}}, std::move(heading));
  if (id == nullptr)
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  else
    writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}, {"id", id}});
  for (const Words& sentence : sentences) writer.element("li", sentence);
  writer.close("ul");
}

}  // namespace

Table allocation_table(const Example& example, const Choice& choice, const Scheme& scheme,
                       const Allocation& allocation) {
  const figures::Address address = address_of(example, choice, "");
  MeasuredTable money = measured(scheme, allocation, address, {});
  money.title = example.title + ": allocation";
  Table table = money_table(money);
  put_notes(table, allocation, address);
  if (std::any_of(money.areas.begin(), money.areas.end(),
                  [](const MeasuredTable::Area& area) { return !area.last_year; }))
    table.notes.push_back(tr("Where last year's amount is not known there is no change: it is not taken for nought."));
  table.sources = {as_name(example.source)};
  return table;
}

Table years_table(const Example& example, const Choice& choice, const std::vector<Allocation>& years) {
  Table table = begun_years_table(example.title, years.front().areas, address_of(example, choice, ""));
  for (std::size_t year = 1; year <= years.size(); ++year) {
    Choice of_year = choice;
    of_year.year = static_cast<int>(year);
    std::vector<Cell> amounts;
    for (const AreaAmount& area : years[year - 1].areas)
      amounts.push_back(
          measured_cell(exports::money_cell(area.amount.pence), address_of(example, of_year, ""), area.key, ""));
    add_year(table, year, std::move(amounts));
  }
  table.sources = {as_name(example.source)};
  return table;
}

Table moves_table(const std::string& title, const Sensitivity& found, const figures::Address& address) {
  Table table{.id = "moves",
              .title = tr("{0}: weights that change the answer", {title}),
              .caption = tr("The smallest move of each weight that changes something")};
  table.columns = {
      {"weight", tr("Weight of")}, {"from", tr("From")}, {"to", tr("To")}, {"what", tr("What happens then")}};
  for (std::size_t i = 0; i < found.moves.size(); ++i) {
    const WeightMove& move = found.moves[i];
    const std::string of = "move-" + std::to_string(i + 1);
    table.rows.push_back({exports::text_cell(move.indicator_name),
                          measured_cell(exports::text_cell(move.from.text()), address, "", of + "-from"),
                          measured_cell(exports::text_cell(move.to.text()), address, "", of + "-to"),
                          exports::text_cell(move.what)});
  }
  table.notes = {tr("One weight is moved at a time, in steps of {0} points; the others keep their proportions.",
                    {as_setting(found.grid.text())})
                     .words("en")};
  for (const std::string& name : found.robust)
    table.notes.push_back(tr("{0}: no weight from {1} to {2} changes a sign or the order.",
                             {as_name(name), as_setting("0"), as_setting("100")})
                              .words("en"));
  for (const std::string& name : found.not_looked_at)
    table.notes.push_back(
        tr("{0}: could not be checked. Under some weights the scheme takes more than remains; under the "
           "others nothing changes.",
           {Words(as_name(name))}));
  return table;
}

Table stability_table(const std::string& title, const Sensitivity& found, const figures::Address& address) {
  Table table{.id = "stability",
              .title = tr("{0}: stability", {title}),
              .caption = tr("Every weight moved at random by at most a tenth of itself")};
  table.columns = {{"area", tr("Area")},
                   {"lowest", tr("Lowest"), ColumnKind::money},
                   {"highest", tr("Highest"), ColumnKind::money},
                   {"same-sign", tr("Times it gains or loses as now"), ColumnKind::integer}};
  for (const Stability::Area& area : found.stability.areas)
    table.rows.push_back({exports::text_cell(area.name),
                          measured_cell(exports::money_cell(area.lowest.pence), address, area.key, "lowest"),
                          measured_cell(exports::money_cell(area.highest.pence), address, area.key, "highest"),
                          measured_cell(exports::integer_cell(area.same_sign), address, area.key, "same-sign")});
  Words note = tr("Moved {0} times, with the seed {1}: the five largest keep their order in {2}",
                  {as_setting(grouped(found.stability.draws)), as_setting(std::to_string(found.stability.seed)),
                   measured_number(address, "", "draws-in-order", grouped(found.stability.same_top_five))})
                   .words("en");
  if (found.stability.worked_out < found.stability.draws)
    note += tr(" of the {0} that could be worked out",
               {measured_number(address, "", "draws-worked-out", grouped(found.stability.worked_out))})
                .words("en");
  table.notes = {note + ". The same seed gives the same table."};
  return table;
}

Table printed_table(const std::string& title, const PrintedTable& printed) {
  Table table{.id = "printed", .title = as_name(title), .caption = tr("The table as printed")};
  bool sections = false;
  for (const PrintedRow& row : printed.rows) sections = sections || !row.section.empty();
  table.columns = {{"row", tr("Row")}};
  if (sections) table.columns.push_back({"section", tr("Part")});
  for (std::size_t i = 0; i < printed.columns.size(); ++i)
    table.columns.push_back(
        {"column-" + std::to_string(i + 1),
         as_name(printed.columns[i].name.empty() ? "Column " + std::to_string(i + 1) : printed.columns[i].name)});
  for (const PrintedRow& row : printed.rows) {
    const std::string label = !row.label.empty()                    ? row.label
                              : row.role == PrintedRow::Role::total ? "(total)"
                                                                    : "(no name)";
    Row cells = {exports::text_cell(label)};
    if (sections) cells.push_back(exports::text_cell(row.section));
    for (const PrintedCell& cell : row.cells)
      cells.push_back(exports::text_cell(cell.text.empty() ? "not stated" : cell.text));
    cells.resize(table.columns.size(), exports::text_cell(tr("not stated")));
    table.rows.push_back(std::move(cells));
  }
  table.notes = printed.notes;
  return table;
}

// As money where the column holds money; else the number, without a pound that nobody has stated.
Cell amount_cell(const std::optional<Money>& amount, ColumnUnit unit, const char* why) {
  if (!amount || unit == ColumnUnit::pounds) return money_cell(amount, why).of_kind(ColumnKind::money);
  if (amount->pence % 100 == 0) return exports::integer_cell(amount->pence / 100).of_kind(ColumnKind::integer);
  return exports::decimal_cell(static_cast<double>(amount->pence) / 100, 2);
}

// Its name, with where it stands when there is another of that name.
std::string row_of(const ColumnCheck& check) {
  const std::string quoted = "“" + check.total + "”";
  return check.named.starts_with(quoted) ? check.total + check.named.substr(quoted.size()) : check.total;
}

Table totals_table(const std::string& title, const Reconciliation& found) {
  Table table{
      .id = "totals", .title = tr("{0}: stated totals", {title}), .caption = tr("Each stated total against its rows")};
  table.columns = {{"column", tr("Column")},
                   {"section", tr("Part")},
                   {"total", tr("Row")},
                   {"verdict", tr("Verdict")},
                   {"unit", tr("Unit")},
                   {"sum", tr("Sum of the known rows"), ColumnKind::decimal},
                   {"stated", tr("Stated total"), ColumnKind::decimal},
                   {"difference", tr("Difference"), ColumnKind::decimal},
                   {"unknown", tr("Rows not known")}};
  for (const ColumnCheck& check : found.columns)
    table.rows.push_back({exports::text_cell(check.column), exports::text_cell(check.section),
                          exports::text_cell(row_of(check)), exports::text_cell(std::string(name_of(check.verdict))),
                          exports::text_cell(std::string(name_of(check.unit))),
                          amount_cell(check.none_known() ? std::nullopt : std::optional(check.sum), check.unit,
                                      "None of the rows is known."),
                          amount_cell(check.stated, check.unit, "No total is stated in a number."),
                          amount_cell(check.difference, check.unit, "Something is not known."),
                          exports::text_cell(joined(check.unknown, ", "))});
  for (const Unchecked& one : found.unchecked) table.notes.push_back(tr("Could not be checked: {0}", {one.why}));
  return table;
}

namespace {

bool digit_at(const std::string& text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

// Whether `part` stands at `at` by itself, not within a longer number.
bool stands_at(const std::string& text, std::size_t at, const std::string& part) {
  if (part.empty() || text.compare(at, part.size(), part) != 0) return false;
  const std::size_t end = at + part.size();
  if (at > 0 && (digit_at(text, at - 1) || ((text[at - 1] == '.' || text[at - 1] == ',') && at > 1 &&
                                            digit_at(text, at - 2) && digit_at(text, at))))
    return false;
  return !(digit_at(text, end - 1) &&
           (digit_at(text, end) ||
            (end < text.size() && (text[end] == '.' || text[end] == ',') && digit_at(text, end + 1))));
}

// A sentence in which what is known of its numbers and names is said: of several that begin at one place the longest
// counts. `in_order`: numbers that stand in it one after another, each sought behind the one before it and where no
// name stands.
Words said_in(const std::string& sentence, const std::vector<Numeral>& known,
              const std::vector<Numeral>& in_order = {}) {
  Words out;
  std::size_t done = 0, next = 0;
  for (std::size_t at = 0; at < sentence.size();) {
    const Numeral* best = nullptr;
    const bool inside = at > 0 && digit_at(sentence, at - 1);
    for (const Numeral& one : known)
      if (!inside && !one.text.empty() && sentence.compare(at, one.text.size(), one.text) == 0 &&
          (best == nullptr || one.text.size() > best->text.size()))
        best = &one;
    if (best == nullptr && next < in_order.size() && stands_at(sentence, at, in_order[next].text))
      best = &in_order[next++];
    if (best == nullptr) {
      ++at;
      continue;
    }
    out += sentence.substr(done, at - done);
    out += *best;
    done = at += best->text.size();
  }
  return out += sentence.substr(done);
}

class Findings {
 public:
  Findings(const Reconciliation& found, const Example* example, const PrintedTable* table)
      : found_(found), example_(example) {
    if (table == nullptr) return;
    for (const PrintedColumn& column : table->columns) names_.push_back(as_name(column.name));
    for (const PrintedRow& row : table->rows)
      for (const std::string& name : {row.label, row.section, row.group}) names_.push_back(as_name(name));
  }

  Words plain(const std::string& sentence) const { return said_in(sentence, names_); }

  // A sentence with numbers of its own: each is a figure, but for what the method fixes.
  Words of(const std::string& kind, std::size_t index) const {
    const std::string name = kind + "-" + std::to_string(index + 1);
    const NamedFinding finding = finding_named(found_, name);
    std::vector<Numeral> numbers;
    for (std::size_t i = 0; example_ != nullptr && i < finding.said->numbers.size(); ++i) {
      const SaidNumber& one = finding.said->numbers[i];
      if (one.of_method)
        numbers.push_back(as_setting(one.text));
      else
        numbers.push_back({one.text, figures::Quantity::stated(one.text) ? Numeral::Kind::figure : Numeral::Kind::text,
                           finding_address(*example_, name, i).path(), one.label});
    }
    return said_in(*finding.sentence, names_, numbers);
  }

  // The verdict's sentence is made of sentences of the findings; what stands between them counts what is listed below.
  Words of_why(const std::string& why, const std::vector<std::pair<std::string, Words>>& sentences,
               const std::vector<Numeral>& counts) const {
    Words out;
    std::size_t done = 0;
    for (std::size_t at = 0; at < why.size();) {
      const std::pair<std::string, Words>* best = nullptr;
      for (const auto& one : sentences)
        if (!one.first.empty() && why.compare(at, one.first.size(), one.first) == 0 &&
            (best == nullptr || one.first.size() > best->first.size()))
          best = &one;
      if (best == nullptr) {
        ++at;
        continue;
      }
      out += said_in(why.substr(done, at - done), names_, counts);
      out += best->second;
      done = at += best->first.size();
    }
    return out += said_in(why.substr(done), names_, counts);
  }

  // A sentence that may speak of any of the stated totals.
  Words of_any(const std::string& sentence) const {
    std::vector<Numeral> known = names_;
    for (std::size_t i = 0; example_ != nullptr && i < found_.columns.size(); ++i) {
      const ColumnCheck& check = found_.columns[i];
      if (check.verdict != Verdict::does_not_tie || sentence.find(check.column) == std::string::npos) continue;
      add(known, text_of(check.sum, check.unit), check_address(*example_, i, "sum"));
      add(known, text_of(*check.stated, check.unit), check_address(*example_, i, "stated"));
      signed_too(known, *check.difference, check.unit, check_address(*example_, i, "difference"));
    }
    return said_in(sentence, known);
  }

  Words of(std::size_t index) const {
    const ColumnCheck& check = found_.columns[index];
    std::vector<Numeral> known = names_;
    if (example_ != nullptr) {
      add(known, text_of(check.sum, check.unit), check_address(*example_, index, "sum"));
      if (check.stated) add(known, text_of(*check.stated, check.unit), check_address(*example_, index, "stated"));
      if (check.difference)
        signed_too(known, *check.difference, check.unit, check_address(*example_, index, "difference"));
    }
    return said_in(check.sentence, known);
  }

  Words of(const SectionCheck& check) const {
    std::vector<Numeral> known = names_;
    const auto above = sum_of(check.column, check.above, check.above_sum),
               below = sum_of(check.column, check.below, check.below_sum);
    if (above) add(known, text_of(check.above_sum, check.unit), *above);
    if (below) add(known, text_of(check.below_sum, check.unit), *below);
    if (above && below) {
      signed_too(known, check.difference, check.unit,
                 figures::combined_address(*below, *above, figures::Combined::difference));
      signed_too(known, Money{-check.difference.pence}, check.unit,
                 figures::combined_address(*above, *below, figures::Combined::difference));
    }
    return said_in(check.sentence, known);
  }

 private:
  static void add(std::vector<Numeral>& known, std::string text, const figures::Address& address) {
    known.push_back({std::move(text), Numeral::Kind::figure, address.path(), "The rows of the column, as printed"});
  }
  static void signed_too(std::vector<Numeral>& known, Money amount, ColumnUnit unit, const figures::Address& address) {
    if (amount.pence != 0) add(known, signed_text_of(amount, unit), address);
  }
  std::optional<figures::Address> sum_of(const std::string& column, const std::string& section, Money sum) const {
    if (example_ == nullptr) return std::nullopt;
    for (std::size_t i = 0; i < found_.columns.size(); ++i)
      if (found_.columns[i].column == column && found_.columns[i].section == section &&
          found_.columns[i].sum.pence == sum.pence)
        return check_address(*example_, i, "sum");
    return std::nullopt;
  }

  const Reconciliation& found_;
  const Example* example_;
  std::vector<Numeral> names_;
};

}  // namespace

Markup findings(const Reconciliation& found, const std::string& language, const Example* example,
                const PrintedTable* table) {
  const Findings words(found, example, table);
  Writer writer(language);
  const Verdict verdict = found.verdict();
  // Word and mark, so that nothing hangs on a colour.
  const char* const mark = verdict == Verdict::ties           ? "\xE2\x9C\x93"
                           : verdict == Verdict::does_not_tie ? "\xE2\x9C\x97"
                                                              : "?";
  std::vector<Words> off, fine, open, cell, follow, gives;
  std::vector<std::pair<std::string, Words>> sentences;
  const auto tell = [&](std::vector<Words>& where, const std::string& sentence, Words told) {
    sentences.emplace_back(sentence, told);
    where.push_back(std::move(told));
  };
  const auto sort = [&](const Checked& check, Words told) {
    tell(check.verdict == Verdict::ties           ? fine
         : check.verdict == Verdict::does_not_tie ? off
                                                  : open,
         check.sentence, std::move(told));
  };
  for (std::size_t i = 0; i < found.columns.size(); ++i) sort(found.columns[i], words.of(i));
  for (const ShareCheck& check : found.shares) sort(check, words.plain(check.sentence));
  for (const SectionCheck& check : found.sections) sort(check, words.of(check));
  for (std::size_t i = 0; i < found.rows.size(); ++i) sort(found.rows[i], words.of("row", i));
  for (const Unchecked& one : found.unchecked) tell(open, one.why, words.plain(one.why));
  for (std::size_t i = 0; i < found.corrections.size(); ++i)
    tell(cell, found.corrections[i].sentence, words.of("cell", i));
  for (const std::string& sentence : found.no_single_cell) tell(cell, sentence, words.of_any(sentence));
  for (std::size_t i = 0; i < found.pro_rata.size(); ++i)
    tell(follow, found.pro_rata[i].sentence, words.of("follows", i));
  for (std::size_t i = 0; i < found.reproductions.size(); ++i)
    tell(gives, found.reproductions[i].sentence, words.of("reproduction", i));
  for (std::size_t i = 0; i < found.not_reproduced.size(); ++i)
    tell(gives, found.not_reproduced[i].sentence, words.of("not-reproduced", i));
  const auto count_of = [](const std::vector<Words>& of, const char* id) {
    return listed(static_cast<std::int64_t>(of.size()), id);
  };
  std::vector<Numeral> counts;
  if (verdict == Verdict::does_not_tie)
    counts = {count_of(off, kListOff)};
  else if (open.size() > 1)
    counts = {count_of(open, kListOpen), count_of(fine, kListFine)};
  else
    counts = {count_of(fine, kListFine)};
  writer.open("p", {{"class", "govuk-body-l"}})
      .element("span", {{"aria-hidden", "true"}}, std::string(mark) + " ")
      .element("strong", {},
               verdict == Verdict::ties           ? tr("Ties.")
               : verdict == Verdict::does_not_tie ? tr("Does not tie.")
                                                  : tr("Could not be checked."))
      .text(" ")
      .put(html::Content(words.of_why(found.why(), sentences, counts)))
      .close("p");
  list(writer, tr("What does not tie"), off, kListOff);
  list(writer, tr("The one cell whose correction restores a total"), cell);
  list(writer, tr("Columns that follow another column"), follow);
  list(writer, tr("The pot and the rounding that give the printed rows"), gives);
  list(writer, tr("What could not be checked"), open, kListOpen);
  list(writer, tr("What ties"), fine, kListFine);
  return writer.take();
}

Words shows_of(const Example& example) {
  const Example* const of_table = find_example(kBoardTable);
  const auto table = of_table == nullptr ? Result<PrintedTable>(not_found(std::string())) : table_of(*of_table);
  std::vector<Numeral> known = {as_name("Table 1")};
  if (table && example.source.find(kBoardName) != std::string::npos) {
    const Reconciliation found = reconcile(*table);
    for (std::size_t row = 0; row < table->rows.size(); ++row)
      for (std::size_t column = 0; column < table->rows[row].cells.size(); ++column) {
        const PrintedCell& cell = table->rows[row].cells[column];
        if (cell.known())
          known.push_back(
              {cell.text, Numeral::Kind::figure, printed_address(*of_table, row, column).path(), "As it was printed"});
      }
    for (std::size_t i = 0; i < found.reproductions.size(); ++i) {
      const SaidNumber& pot = found.reproductions[i].said.numbers.front();
      known.push_back({pot.text, Numeral::Kind::figure,
                       finding_address(*of_table, "reproduction-" + std::to_string(i + 1), 0).path(), pot.label});
    }
  }
  Words out;
  const Words told = said_in(example.shows, known);
  for (const Numeral& piece : told.pieces())
    out += piece.kind == Numeral::Kind::text ? dated(piece.text) : Words(piece);
  return out;
}

Result<PrintedTable> printed_from(const std::string& text) {
  const auto refused = [](const std::string& sentence) { return invalid(sentence, {{"table", sentence}}); };
  if (trimmed(text).empty()) return refused("Paste a table, or choose a file with one.");
  if (text.size() > kPrintedBytes) return refused("The table is longer than 256 kB. Give the printed table alone.");
  auto table = read_printed_table(text);
  if (!table) return refused(table.error().message);
  if (table->rows.size() > kPrintedRows || table->columns.size() > kPrintedColumns)
    return refused("The table has " + grouped(static_cast<std::int64_t>(table->rows.size())) + " rows and " +
                   grouped(static_cast<std::int64_t>(table->columns.size())) +
                   " columns; a page reads at most 500 rows and 60 columns.");
  return table;
}

}  // namespace tithing::pots
