#include "allocation/printed_table.h"

#include <algorithm>
#include <map>

#include "allocation/column_rules.h"
#include "allocation/delimited.h"
#include "allocation/printed_text.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t column_called(const std::vector<PrintedColumn>& columns, std::string_view name) {
  const std::string wanted = lowered(trimmed(name));
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (lowered(columns[i].name) == wanted) return i;
  return kNone;
}

// The right side of "Total = CSF + YOT". Signs stand between spaces, so that "Non-crime" is a name.
Result<ColumnRule> rule_from(const std::string& heading, std::string_view text,
                             const std::vector<PrintedColumn>& columns) {
  const auto refused = [&](std::string_view part) {
    return invalid(
        tr("The heading “{0}” speaks of “{1}”, and there is no such column.", {heading, std::string(trimmed(part))}));
  };
  ColumnRule rule;
  if (const auto slash = text.find(" / "); slash != std::string_view::npos) {
    const std::size_t above = column_called(columns, text.substr(0, slash)),
                      below = column_called(columns, text.substr(slash + 3));
    if (above == kNone) return refused(text.substr(0, slash));
    if (below == kNone) return refused(text.substr(slash + 3));
    rule.terms.push_back({above, Fraction(1)});
    rule.over = below;
    return rule;
  }
  Fraction sign(1);
  while (true) {
    const auto plus = text.find(" + "), minus = text.find(" - ");
    const auto end = std::min(plus, minus);
    std::string_view part = trimmed(text.substr(0, end));
    Fraction factor = sign;
    if (const auto of = part.find("% of "); of != std::string_view::npos) {
      const auto percent = Fraction::parse(part.substr(0, of));
      if (!percent) return refused(part);
      factor = factor * *percent / Fraction(100);
      part = part.substr(of + 5);
    }
    const std::size_t column = column_called(columns, part);
    if (column == kNone) return refused(part);
    rule.terms.push_back({column, factor});
    if (end == std::string_view::npos) return rule;
    sign = Fraction(end == plus ? 1 : -1);
    text.remove_prefix(end + 3);
  }
}

// On one line, with what can be seen.
std::string one_line(const std::string& text) {
  std::string out;
  for (const char c : visible(text)) {
    const bool gap = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!gap)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return std::string(trimmed(out));
}

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "E07000234"
bool is_area_code(const std::string& text) {
  return text.size() == 9 && std::string("EWSNK").find(text[0]) != std::string::npos &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool heads_codes(const std::string& heading) {
  const std::vector<std::string> words = split(plain_name(heading), ' ');
  static const char* const kCodes[] = {"code", "codes", "ref", "reference", "id", "gss", "cod"};
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::any_of(std::begin(kCodes), std::end(kCodes), [&](const char* one) { return word == one; });
  });
}
bool heads_names(const std::string& heading) {
  static const char* const kPlain[] = {"",        "row",         "area",         "areas",     "name",
                                       "names",   "partnership", "partnerships", "csp",       "item",
                                       "line",    "district",    "districts",    "authority", "local authority",
                                       "council", "county",      "force",        "programme", "project",
                                       "fund",    "body",        "region",       "ardal",     "partneriaeth",
                                       "enw"};
  const std::string name = plain_name(heading);
  return std::any_of(std::begin(kPlain), std::end(kPlain), [&](const char* plain) { return name == plain; });
}
// "% of total", "Share (%)"; not "After 20% top-slice".
bool heads_per_cent(const std::string& heading) {
  for (auto at = heading.find('%'); at != std::string::npos; at = heading.find('%', at + 1)) {
    const std::string before(trimmed(std::string_view(heading).substr(0, at)));
    if (before.empty() || before.back() < '0' || before.back() > '9') return true;
  }
  const std::string name = plain_name(heading);
  return name.find("per cent") != std::string::npos || name.find("percent") != std::string::npos;
}
bool says_note(const std::string& label) {
  const std::string name = lowered(label);
  for (const char* word : {"note", "notes", "source", "sources", "footnote", "nodyn", "ffynhonnell"})
    if (name.starts_with(word) && (name.size() == std::string_view(word).size() ||
                                   std::string(" :.;-").find(name[std::string_view(word).size()]) != std::string::npos))
      return true;
  return false;
}

class Reader {
 public:
  Result<PrintedTable> read(std::string_view bytes) {
    if (const std::string sentence = not_a_table(bytes); !sentence.empty()) return invalid(sentence);
    const std::string text = decoded(bytes);
    if (text.find('\0') != std::string::npos)
      return invalid(
          tr("It holds NUL characters, which no table of text has. Save it as \"CSV UTF-8\" and try again."));
    const char separator = separator_of(text);
    comma_ = DecimalComma(separator);
    auto rows = read_delimited(text, separator);
    if (!rows) return pass_on(rows);
    rows_ = std::move(*rows);
    if (!rows_.empty() && lowered(rows_.front().fields.front()).starts_with("sep=")) rows_.erase(rows_.begin());
    std::erase_if(rows_, [](const DelimitedRow& row) {
      return std::all_of(row.fields.begin(), row.fields.end(),
                         [](const std::string& field) { return visible(field).empty(); });
    });
    take_titles();
    if (rows_.size() < 2) return invalid(tr("The table needs a row of headings and at least one row of amounts."));
    first_ = second_heading() ? 2 : 1;
    if (Status done = headings(); !done) return pass_on(done);
    for (std::size_t r = first_; r < rows_.size(); ++r)
      for (const std::size_t i : where_) comma_.see(field(r, i));
    find_headings_of_parts();
    for (std::size_t r = first_; r < rows_.size(); ++r)
      if (Status done = row(r); !done) return pass_on(done);
    if (out_.rows.empty()) return invalid(tr("The table has no row of amounts."));
    for (auto& [column, said] : two_ways_)
      out_.two_ways.push_back(
          said.first +
          (said.second == 1
               ? ""
               : " In this column " + plural(said.second - 1, "more amount is", "more amounts are") + " written so."));
    read_percentages();
    assume_rules(out_);
    find_units(out_);
    return std::move(out_);
  }

 private:
  std::string field(std::size_t r, std::size_t i) const {
    return i < rows_[r].fields.size() ? rows_[r].fields[i] : std::string();
  }
  std::string seen(std::size_t r, std::size_t i) const { return one_line(field(r, i)); }
  static std::size_t filled(const DelimitedRow& row) {
    return static_cast<std::size_t>(std::count_if(row.fields.begin(), row.fields.end(),
                                                  [](const std::string& field) { return !visible(field).empty(); }));
  }

  // Lines with one text alone above the first line with two.
  void take_titles() {
    std::size_t at = 0;
    while (at < rows_.size() && filled(rows_[at]) < 2) ++at;
    if (at == 0 || at == rows_.size()) return;
    for (std::size_t r = 0; r < at; ++r)
      for (std::size_t i = 0; i < rows_[r].fields.size(); ++i)
        if (const std::string title = seen(r, i); !title.empty()) out_.notes.push_back(title);
    rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  // "£, %, £, %" or "2023, 2024" below the first headings, with no name before them.
  bool second_heading() const {
    if (rows_.size() < 3 || !heads_names(seen(1, 0))) return false;
    bool any = false;
    for (std::size_t i = 1; i < rows_[1].fields.size(); ++i) {
      const std::string text = seen(1, i);
      if (text.empty()) continue;
      const bool year = text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) && has_digit(text) &&
                        text.find_first_not_of("0123456789") == std::string::npos;
      const bool span = has_digit(text) && text.find('/') != std::string::npos;
      const auto amount = printed_cell(text, false);
      if (!year && !span && (has_digit(text) || amount)) return false;
      any = true;
    }
    return any;
  }

  std::vector<std::string> names_of_columns() const {
    std::vector<std::string> out;
    for (std::size_t r = 0; r < first_; ++r) {
      std::string last;
      for (std::size_t i = 0; i < rows_[r].fields.size(); ++i) {
        if (i >= out.size()) out.resize(i + 1);
        std::string name = seen(r, i);
        // The upper heading stands over what the lower one divides.
        if (r == 0 && first_ == 2 && name.empty() && i > 0 && !seen(1, i).empty()) name = last;
        if (i > 0) last = name;
        out[i] += (out[i].empty() || name.empty() ? "" : " ") + name;
      }
      if (r == 0 && first_ == 2)
        for (std::size_t i = rows_[0].fields.size(); i < rows_[1].fields.size(); ++i) out.push_back(last);
    }
    return out;
  }

  // What the cells of a column are, whatever its heading.
  struct Cells {
    bool any = false, text = false, digits = false, codes = true;
  };
  Cells cells(std::size_t i) const {
    Cells out;
    for (std::size_t r = first_; r < rows_.size(); ++r) {
      const std::string one = seen(r, i);
      if (one.empty()) continue;
      out.any = true;
      out.codes = out.codes && is_area_code(one);
      out.digits = out.digits || has_digit(one);
      out.text = out.text || !printed_cell(one, false).has_value();
    }
    out.codes = out.codes && out.any;
    return out;
  }

  Status headings() {
    const std::vector<std::string> names = names_of_columns();
    std::size_t widest = names.size();
    for (const DelimitedRow& row : rows_) widest = std::max(widest, row.fields.size());
    const auto name = [&](std::size_t i) { return i < names.size() ? names[i] : std::string(); };
    std::vector<std::size_t> left;  // neither section, role, group nor note
    for (std::size_t i = 0; i < widest; ++i) {
      const std::string word = lowered(name(i));
      if (word == "section" && section_ == kNone)
        section_ = i;
      else if (word == "role" && role_ == kNone)
        role_ = i;
      else if (word == "group" && group_ == kNone)
        group_ = i;
      else if (word == "note" || word == "notes" || word == "comment" || word == "comments" || word == "remarks")
        continue;
      else
        left.push_back(i);
    }
    const auto is_code = [&](std::size_t i) { return cells(i).codes || (heads_codes(name(i)) && cells(i).any); };
    for (const std::size_t i : left)
      if (label_ == kNone && !is_code(i) && cells(i).text) label_ = i;
    if (label_ == kNone && !left.empty()) label_ = left.front();
    if (label_ != kNone && !heads_names(name(label_))) at_section_ = name(label_);
    if (label_ != kNone) out_.over_names = name(label_);
    std::vector<std::string> rules, wholes;
    for (const std::size_t i : left) {
      if (i == label_ || is_code(i)) continue;
      const Cells here = cells(i);
      if (name(i).empty() && !here.any) continue;
      if (here.any && here.text && !here.digits && i > 0) continue;  // words only: a district beside its partnership
      const std::string& whole = name(i);
      const auto equals = whole.find(" = ");
      std::string column(trimmed(std::string_view(whole).substr(0, equals)));
      const std::string line = "Line " + std::to_string(rows_[0].line);
      if (column.empty())
        return invalid(tr("{0}: column {1} has no heading, and there are amounts in it. Give it one.",
                          {line, std::to_string(i + 1)}));
      if (column_called(out_.columns, column) != kNone) {
        twice_.push_back(lowered(column));
        int number = 2;
        while (column_called(out_.columns, column + " (" + std::to_string(number) + ")") != kNone) ++number;
        column += " (" + std::to_string(number) + ")";
      }
      out_.columns.push_back({column, {}});
      where_.push_back(i);
      rules.push_back(equals == std::string::npos ? "" : whole.substr(equals + 3));
      wholes.push_back(whole);
    }
    if (label_ == kNone || out_.columns.empty())
      return invalid(tr("The table needs a column of names and at least one of amounts."));
    for (std::size_t c = 0; c < rules.size(); ++c) {
      if (rules[c].empty()) continue;
      auto rule = rule_from(wholes[c], rules[c], out_.columns);
      if (!rule) return pass_on(rule);
      for (const ColumnRule::Term& term : rule->terms)
        if (std::find(twice_.begin(), twice_.end(), lowered(out_.columns[term.column].name)) != twice_.end())
          return invalid(
              tr("Line {0}: two columns are called “{1}”, and the heading “{2}” speaks of one of them. Give each "
                 "its own name.",
                 {std::to_string(rows_[0].line), out_.columns[term.column].name, wholes[c]}));
      out_.columns[c].rule = std::move(*rule);
    }
    return {};
  }

  bool no_amounts(std::size_t r) const {
    return std::all_of(where_.begin(), where_.end(), [&](std::size_t i) { return visible(field(r, i)).empty(); });
  }
  bool is_total(std::size_t r) const {
    const std::string word = role_ == kNone ? std::string() : lowered(seen(r, role_));
    if (!word.empty()) return word == "total";
    const TotalWord said = total_word(seen(r, label_));
    return seen(r, label_).empty() || said == TotalWord::subtotal || said == TotalWord::total ||
           said == TotalWord::grand;
  }

  // A name without amounts is an amount that is not known, unless the table plainly has headings of parts: a line with
  // nothing but the name, a colon behind it, a table that names its first part over the names, or several at the
  // beginning of what a total ends.
  void find_headings_of_parts() {
    last_amounts_ = first_;
    for (std::size_t r = first_; r < rows_.size(); ++r)
      if (!no_amounts(r)) last_amounts_ = r;
    std::vector<std::size_t> first_of_block;
    bool begins = true;
    std::size_t blocks = 0;
    for (std::size_t r = first_; r < rows_.size() && r <= last_amounts_; ++r) {
      const std::string label = seen(r, label_);
      if (!no_amounts(r) || is_total(r) || says_note(label)) {
        if (begins && !is_total(r)) ++blocks;
        begins = is_total(r);
        continue;
      }
      const bool alone = rows_[r].fields.size() == 1;
      if (section_ == kNone && (alone || label.ends_with(':'))) {
        part_.push_back(r);
        begins = true;
      } else if (begins) {
        first_of_block.push_back(r);
        begins = true;
      }
    }
    if (section_ != kNone) return;
    // The heading over the names is the name of a first part only where another one begins below: "Year" and "Ward" are
    // none, and the first row of their tables is a name whose amounts are not known.
    const bool others = !part_.empty() || std::any_of(first_of_block.begin(), first_of_block.end(),
                                                      [&](std::size_t r) { return r > first_; });
    if (!others) at_section_.clear();
    if (!at_section_.empty() || first_of_block.size() > 1 || !part_.empty())
      part_.insert(part_.end(), first_of_block.begin(), first_of_block.end());
  }

  Status row(std::size_t r) {
    const DelimitedRow& from = rows_[r];
    const std::string label = seen(r, label_);
    const std::string role_word = role_ == kNone ? std::string() : lowered(seen(r, role_));
    const bool empty = no_amounts(r);
    if (empty && label.empty()) return {};  // a code alone
    const bool below = empty && r > last_amounts_ && !is_total(r);
    if (label.starts_with("*") || role_word == "note" || below || (says_note(label) && unreadable(r))) {
      out_.notes.push_back(label);
      return {};
    }
    if (std::find(part_.begin(), part_.end(), r) != part_.end()) {
      at_section_ =
          label.ends_with(':') ? std::string(trimmed(std::string_view(label).substr(0, label.size() - 1))) : label;
      return {};
    }
    PrintedRow made;
    made.line = from.line;
    made.label = label;
    made.section = section_ == kNone ? at_section_ : seen(r, section_);
    if (group_ != kNone) made.group = seen(r, group_);
    if (Status done = role(role_word, made); !done) return done;
    for (std::size_t c = 0; c < where_.size(); ++c) {
      const std::string printed = field(r, where_[c]);
      auto cell = printed_cell(printed, comma_.plain());
      if (!cell)
        return invalid("Line " + std::to_string(from.line) + ", column “" + out_.columns[c].name + "”: “" +
                       one_line(printed) +
                       (cell.error().message.starts_with("It has ")
                            ? "” cannot be read as an amount. "
                            : "” is neither an amount nor a percentage. Where it is not known, write TBC. ") +
                       cell.error().message + (comma_.plain() ? " The table writes pence behind a comma." : ""));
      cell->text = one_line(printed);
      if (!cell->two_ways.empty()) {
        auto& [sentence, times] = two_ways_[c];
        if (++times == 1)
          sentence = "Line " + std::to_string(from.line) + ", column “" + out_.columns[c].name + "”: “" + cell->text +
                     "” can be read as " + cell->two_ways +
                     ", so it was taken for neither. Write it in one of these two ways.";
      }
      // All sums of the table then fit into 64 bits.
      constexpr std::int64_t kMost = 4'000'000'000'000'000'000;
      weight_ += cell->money.pence < 0 ? -cell->money.pence : cell->money.pence;
      if (weight_ > kMost)
        return invalid(
            tr("Line {0}: the amounts of the table come to more than can be held.", {std::to_string(from.line)}));
      made.cells.push_back(std::move(*cell));
    }
    out_.rows.push_back(std::move(made));
    return {};
  }

  bool unreadable(std::size_t r) const {
    return std::all_of(where_.begin(), where_.end(), [&](std::size_t i) {
      const auto cell = printed_cell(field(r, i), comma_.plain());
      return !cell || cell->kind == PrintedCell::Kind::unknown;
    });
  }

  static Status role(const std::string& word, PrintedRow& row) {
    const std::string label = lowered(row.label);
    row.word = total_word(row.label);
    const bool named = row.word == TotalWord::subtotal || row.word == TotalWord::total || row.word == TotalWord::grand;
    if (word == "total" || (word.empty() && (label.empty() || named))) {
      row.role = PrintedRow::Role::total;
      if (!named) row.word = TotalWord::total;
      if (row.label.empty()) row.label = "total";
    } else if (word == "retained" ||
               (word.empty() && (label.starts_with("retained") || label.starts_with("held back")))) {
      row.role = PrintedRow::Role::retained;
    } else if (!word.empty() && word != "item") {
      return invalid(
          tr("Line {0}: “{1}” is not a role. Write item, retained, total or note.", {std::to_string(row.line), word}));
    }
    if (!word.empty() && row.role != PrintedRow::Role::total) row.word = TotalWord::none;
    return {};
  }

  // Numbers in a column of per cents, whether the sign stands behind each or in the heading alone.
  void read_percentages() {
    for (std::size_t c = 0; c < out_.columns.size(); ++c) {
      const std::string& name = out_.columns[c].name;
      bool pounds = false, within = true, hundred = false;
      for (const PrintedRow& row : out_.rows) {
        const PrintedCell& cell = row.cells[c];
        pounds = pounds || cell.text.find("\xC2\xA3") != std::string::npos;
        if (!cell.known()) continue;
        within = within && cell.money.pence >= 0 && cell.money.pence <= 10'000;
        hundred = hundred || (row.role == PrintedRow::Role::total && cell.money.pence == 10'000);
      }
      if (pounds || !(heads_per_cent(name) || (heads_a_share(name) && within && hundred))) continue;
      for (PrintedRow& row : out_.rows) {
        PrintedCell& cell = row.cells[c];
        if (!cell.known()) continue;
        cell.kind = PrintedCell::Kind::percent;
        cell.percent = Fraction(Integer(cell.money.pence), Integer(100));
        cell.money = Money{0};
      }
    }
  }

  PrintedTable out_;
  std::vector<DelimitedRow> rows_;
  std::size_t first_ = 1;           // row of amounts
  std::size_t last_amounts_ = 0;    // what has none behind it is a note
  std::vector<std::size_t> part_;   // rows that head a part
  std::vector<std::string> twice_;  // headings that stand over several columns
  DecimalComma comma_;
  std::map<std::size_t, std::pair<std::string, std::int64_t>> two_ways_;  // of a column: the first, and how many
  std::int64_t weight_ = 0;                                               // of all amounts, whatever their sign
  std::vector<std::size_t> where_;                                        // of each column, in the row's fields
  std::size_t section_ = kNone, role_ = kNone, group_ = kNone, label_ = kNone;
  std::string at_section_;
};

}  // namespace

Result<PrintedTable> read_printed_table(std::string_view bytes) { return Reader().read(bytes); }

}  // namespace tithing::allocation
