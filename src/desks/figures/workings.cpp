#include "desks/figures/workings.h"

#include <charconv>
#include <cmath>

#include "base/money.h"
#include "base/text.h"
#include "base/translation.h"
#include "desks/figures/cells.h"

namespace tithing::figures {
namespace {

using exports::Cell;
using exports::ColumnKind;
using exports::text_cell;

constexpr std::string_view kPound = "\xC2\xA3";

// A number as it is written in a working ("61,779", "-12.345678"), with its decimals; nothing when it is none.
std::optional<std::pair<double, int>> number_in(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c != ',') digits += c;
  double number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number))
    return std::nullopt;
  const std::size_t point = digits.find('.');
  return std::pair(number, point == std::string::npos ? 0 : static_cast<int>(digits.size() - point - 1));
}

struct Value {
  Cell cell = text_cell("");
  std::string unit;
};

// A value that was given in words: a number where it is one.
Value value_of(const std::string& given) {
  if (const auto money = Money::parse(given); money && given.find(kPound) != std::string::npos)
    return {exports::money_cell(money->pence).of_kind(ColumnKind::money), "pounds"};
  std::string text = given;
  const bool pounds = text.starts_with(kPound) || text.starts_with("-" + std::string(kPound));
  if (pounds) text.erase(text.find(kPound), kPound.size());  // more decimals than pennies have
  const bool share = !pounds && text.ends_with("%");
  if (share) text.pop_back();
  const auto number = number_in(text);
  if (!number) return {};
  if (share)
    return {exports::per_cent_cell(number->first / 100, number->second).of_kind(ColumnKind::per_cent), "per cent"};
  return {exports::decimal_cell(number->first, number->second).of_kind(ColumnKind::decimal), pounds ? "pounds" : ""};
}

Value value_of(const Figure& figure) {
  const Quantity& quantity = figure.quantity;
  Value out{cell_of(figure), quantity.unit_text()};
  if (!quantity.known()) return out;
  switch (quantity.unit()) {
    case Unit::pence:
      out.cell = out.cell.of_kind(ColumnKind::money);
      out.unit = "pounds";
      break;
    case Unit::share:
    case Unit::change:
      out.cell = out.cell.of_kind(quantity.exact() ? ColumnKind::integer : ColumnKind::per_cent);
      break;
    default:
      out.cell = out.cell.of_kind(quantity.exact() ? ColumnKind::integer : ColumnKind::decimal);
      break;
  }
  return out;
}

std::string text_of(const Source& source) {
  std::string out = source.name;
  const auto add = [&](const char* before, const std::string& text) {
    if (!text.empty()) out += (out.empty() ? "" : "; ") + (before + text);
  };
  add("in ", source.archive);
  add("", source.publisher);
  add("", source.paragraph);
  add(source.kind == Source::Kind::constructed ? "by " : "entered by ", source.entered_by);
  add(source.kind == Source::Kind::entry         ? "entered "
      : source.kind == Source::Kind::constructed ? "loaded "
                                                 : "imported ",
      source.imported_at);
  if (source.rows) add("", plural(*source.rows, "row", "rows"));
  add("", source.filter);
  add("", source.licence);
  return out;
}

class Rows {
 public:
  explicit Rows(exports::Table& table) : table_(table) {}

  void add(const std::string& of, const std::string& path, const std::string& what, const Figure& figure) {
    const std::string shown =
        figure.quantity.known()
            ? figure.quantity.text()
            : figure.quantity.text() + (figure.quantity.reason().empty() ? "" : ": " + figure.quantity.reason());
    row(of, path.empty() ? "0" : path, what, value_of(figure), shown, figure.working.formula, figure.working.in_words,
        figure.working.rounding, joined(figure.working.caveats, " "), "", "",
        figure.address.kind.empty() ? "" : figure.address.path());
    for (std::size_t i = 0; i < figure.working.inputs.size(); ++i) {
      const Input& input = figure.working.inputs[i];
      const std::string way = path + (path.empty() ? "" : ".") + std::to_string(i + 1);
      const std::string label = input.symbol.empty() ? input.label : input.symbol + ": " + input.label;
      if (input.figure != nullptr) {
        add(of, way, label.empty() ? input.figure->working.title : label, *input.figure);
      } else if (input.source) {
        row(of, way, label.empty() ? "source" : label, value_of(input.given.text()), input.given.text(), "", "", "", "",
            text_of(*input.source), input.source->sha256, input.source->url);
      } else {
        row(of, way, label, value_of(input.given.text()), input.given.text(), "", "", "", "", "", "", "");
      }
    }
  }

 private:
  void row(const std::string& of, const std::string& path, const std::string& what, Value value,
           const std::string& shown, const std::string& formula, const std::string& in_words,
           const std::string& rounding, const std::string& caveats, const std::string& source,
           const std::string& checksum, const std::string& address) {
    value.cell.note.clear();  // stands in the column of what is shown
    table_.rows.push_back({text_cell(of), text_cell(path), text_cell(what), std::move(value.cell),
                           text_cell(value.unit), text_cell(shown), text_cell(formula), text_cell(in_words),
                           text_cell(rounding), text_cell(caveats), text_cell(source), text_cell(checksum),
                           text_cell(address)});
  }

  exports::Table& table_;
};

}  // namespace

exports::Table workings_table(std::string title, const std::string& heading,
                              const std::vector<std::pair<std::string, Figure>>& figures) {
  exports::Table table{.id = "workings", .title = as_name(std::move(title)), .caption = tr("Workings")};
  table.columns = {{"of", as_name(heading)},     {"path", tr("Path")},
                   {"what", tr("What")},         {"value", tr("Value"), ColumnKind::decimal},
                   {"unit", tr("Unit")},         {"shown", tr("As shown")},
                   {"formula", tr("Formula")},   {"in-words", tr("In words")},
                   {"rounding", tr("Rounding")}, {"caveats", tr("What to know")},
                   {"source", tr("Source")},     {"checksum", tr("SHA-256 of the source")},
                   {"address", tr("Address")}};
  Rows rows(table);
  for (const auto& [of, figure] : figures) rows.add(of, "", figure.working.title, figure);
  table.notes = {
      "The path counts inputs: 2.1 is the first input of the second. 0 is the figure itself.",
      "A value is a number as a spreadsheet can hold it; what is shown is exact, or says how far it is rounded."};
  return table;
}

}  // namespace tithing::figures
