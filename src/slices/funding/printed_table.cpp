#include "slices/funding/printed_table.h"

#include <algorithm>

#include "base/text.h"
#include "slices/funding/delimited.h"

namespace tithing::funding {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

bool says_unknown(const std::string& text) {
  static const char* const kWords[] = {
      "",  "tbc", "tba",          "n/a",          "na", "not known", "unknown", "not available",
      "?", "-",   "\xE2\x80\x93", "\xE2\x80\x94", "..", "[x]"};
  const std::string word = lowered(text);
  return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* known) { return word == known; });
}

int decimals_in(std::string_view text) {
  const auto point = text.rfind('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

Result<PrintedCell> cell_from(const std::string& printed) {
  PrintedCell cell;
  cell.text = printed;
  std::string text = printed;
  while (!text.empty() && (text.back() == '*' || text.back() == ' ')) text.pop_back();
  if (says_unknown(text)) return cell;
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') text = "-" + text.substr(1, text.size() - 2);
  if (text.starts_with("\xE2\x88\x92")) text = "-" + text.substr(3);  // U+2212
  if (text.starts_with("+")) text.erase(0, 1);
  if (text.starts_with("\xC2\xA3-")) text = "-\xC2\xA3" + text.substr(3);
  if (text.ends_with('%')) {
    text.pop_back();
    const auto number = Fraction::parse(text);
    if (!number) return pass_on(number);
    cell.kind = PrintedCell::Kind::percent;
    cell.percent = *number;
    cell.decimals = decimals_in(trimmed(text));
    return cell;
  }
  const auto money = Money::parse(text);
  if (!money) return pass_on(money);
  cell.kind = PrintedCell::Kind::money;
  cell.money = *money;
  cell.decimals = decimals_in(text);
  return cell;
}

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
    return invalid("The heading “" + heading + "” speaks of “" + std::string(trimmed(part)) +
                   "”, and there is no such column.");
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

class Reader {
 public:
  Result<PrintedTable> read(std::string_view text) {
    const auto rows = read_delimited(text);
    if (!rows) return pass_on(rows);
    if (rows->size() < 2) return invalid("The table needs a row of headings and at least one row of amounts.");
    if (Status done = headings(rows->front()); !done) return pass_on(done);
    for (std::size_t r = 1; r < rows->size(); ++r)
      if (Status done = row((*rows)[r]); !done) return pass_on(done);
    if (out_.rows.empty()) return invalid("The table has no row of amounts.");
    return std::move(out_);
  }

 private:
  Status headings(const DelimitedRow& row) {
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
      const std::string name = lowered(row.fields[i]);
      if (name == "section") {
        section_ = i;
      } else if (name == "role") {
        role_ = i;
      } else if (name == "group") {
        group_ = i;
      } else if (name == "note") {
        note_ = i;
      } else if (label_ == kNone) {
        label_ = i;
        static const char* const kPlain[] = {"", "row", "area", "areas", "name", "partnership", "csp", "item", "line"};
        if (std::none_of(std::begin(kPlain), std::end(kPlain), [&](const char* plain) { return name == plain; }))
          at_section_ = row.fields[i];
      } else {
        const auto equals = row.fields[i].find(" = ");
        std::string column(trimmed(std::string_view(row.fields[i]).substr(0, equals)));
        if (column.empty())
          return invalid("Line " + std::to_string(row.line) + ": column " + std::to_string(i + 1) + " has no heading.");
        if (column_called(out_.columns, column) != kNone)
          return invalid("Line " + std::to_string(row.line) + ": two columns are called “" + column + "”.");
        out_.columns.push_back({column, {}});
        where_.push_back(i);
        rules.push_back(equals == std::string::npos ? "" : row.fields[i].substr(equals + 3));
      }
    }
    if (label_ == kNone || out_.columns.empty())
      return invalid("The table needs a column of names and at least one of amounts.");
    for (std::size_t c = 0; c < rules.size(); ++c) {
      if (!rules[c].empty()) {
        auto rule = rule_from(row.fields[where_[c]], rules[c], out_.columns);
        if (!rule) return pass_on(rule);
        out_.columns[c].rule = std::move(*rule);
      } else if (lowered(out_.columns[c].name) == "total" && c >= 2) {
        ColumnRule sum;
        sum.assumed = true;
        for (std::size_t left = 0; left < c; ++left) sum.terms.push_back({left, Fraction(1)});
        out_.columns[c].rule = std::move(sum);
      }
    }
    return {};
  }

  Status row(const DelimitedRow& row) {
    const auto field = [&](std::size_t i) { return i < row.fields.size() ? row.fields[i] : std::string(); };
    const std::string label = field(label_);
    if (label.starts_with("*") || lowered(field(role_)) == "note") {
      out_.notes.push_back(label);
      return {};
    }
    bool empty = true;
    for (const std::size_t i : where_) empty = empty && field(i).empty();
    if (empty) {  // a name alone begins a section
      at_section_ = label;
      return {};
    }
    PrintedRow made;
    made.line = row.line;
    made.label = label;
    made.section = section_ == kNone ? at_section_ : field(section_);
    made.group = field(group_);
    if (Status done = role(lowered(field(role_)), made); !done) return done;
    for (std::size_t c = 0; c < where_.size(); ++c) {
      auto cell = cell_from(field(where_[c]));
      if (!cell)
        return invalid(
            "Line " + std::to_string(row.line) + ", column “" + out_.columns[c].name + "”: “" + field(where_[c]) +
            "” is neither an amount nor a percentage. Where it is not known, write TBC. " + cell.error().message);
      // All sums of the table then fit into 64 bits.
      constexpr std::int64_t kMost = 4'000'000'000'000'000'000;
      weight_ += cell->money.pence < 0 ? -cell->money.pence : cell->money.pence;
      if (weight_ > kMost)
        return invalid("Line " + std::to_string(row.line) +
                       ": the amounts of the table come to more than can be held.");
      made.cells.push_back(std::move(*cell));
    }
    out_.rows.push_back(std::move(made));
    return {};
  }

  static Status role(const std::string& word, PrintedRow& row) {
    const std::string label = lowered(row.label);
    if (word == "total" || (word.empty() && (label.empty() || label == "total" || label.starts_with("total ") ||
                                             label.starts_with("published total")))) {
      row.role = PrintedRow::Role::total;
      if (row.label.empty()) row.label = "total";
    } else if (word == "retained" ||
               (word.empty() && (label.starts_with("retained") || label.starts_with("held back")))) {
      row.role = PrintedRow::Role::retained;
    } else if (!word.empty() && word != "item") {
      return invalid("Line " + std::to_string(row.line) + ": “" + word +
                     "” is not a role. Write item, retained, total or note.");
    }
    return {};
  }

  PrintedTable out_;
  std::int64_t weight_ = 0;         // of all amounts, whatever their sign
  std::vector<std::size_t> where_;  // of each column, in the row's fields
  std::size_t section_ = kNone, role_ = kNone, group_ = kNone, note_ = kNone, label_ = kNone;
  std::string at_section_;
};

}  // namespace

Result<PrintedTable> read_printed_table(std::string_view text) { return Reader().read(text); }

}  // namespace tithing::funding
