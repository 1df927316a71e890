// The figure kind `printed`: a cell of a printed table as it was transcribed, and what its reconciliation sets against
// a stated total.
#include "slices/pots/kinds_printed.h"
#include "allocation/reconcile.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/pots/grounds.h"

namespace tithing::pots {
namespace {

using figures::Figure;
using figures::Input;
using figures::Parameters;
using figures::Quantity;
using figures::Unit;

// From 1; nothing where there is none.
std::optional<std::size_t> place_of(const Parameters& parameters, const char* name, std::size_t most) {
  const std::string text = parameters.get(name);
  if (text.empty()) return std::nullopt;
  const auto value = static_cast<std::size_t>(std::stoul(text));
  return value >= 1 && value <= most ? std::optional(value - 1) : std::nullopt;
}

// Money where the column holds money; else the number that it is, without a unit that nobody has stated.
Quantity amount_of(const std::optional<Money>& amount, ColumnUnit unit, const char* why) {
  const bool pounds = unit == ColumnUnit::pounds;
  if (!amount) return pounds ? Quantity::unknown(Unit::pence, "pence", why) : Quantity::unknown(Unit::count, "", why);
  return pounds ? Quantity::pence(amount->pence)
                : Quantity::stated(text_of(*amount, unit))
                      .value_or(Quantity::unknown(Unit::count, "", "It is no number."));
}

Figure cell_figure(const Example& example, const PrintedTable& table, std::size_t row, std::size_t column) {
  const PrintedCell& cell = table.rows[row].cells[column];
  Figure out;
  out.quantity = Quantity::stated(cell.text).value_or(Quantity::unknown(
      Unit::pence, "pence", "The table states no number here: " + (cell.text.empty() ? "nothing" : cell.text) + "."));
  out.address = printed_address(example, row, column);
  out.working.title = example.title + ": " + table.rows[row].label + ", " + table.columns[column].name;
  out.working.in_words = "As it was printed. Nothing was worked out.";
  out.working.rounding = "As printed.";
  out.working.inputs.push_back(Input::of("", "cell", cell.text.empty() ? "nothing" : cell.text, source_of(example)));
  return out;
}

Result<Figure> check_figure(const Example& example, const PrintedTable& table, std::size_t index,
                            const std::string& of) {
  const Reconciliation found = reconcile(table);
  const ColumnCheck& check = found.columns[index];
  Figure out;
  out.address = check_address(example, index, of);
  out.working.title = example.title + ": " + check.column + (check.section.empty() ? "" : ", " + check.section) + ", " +
                      (of == "sum"      ? "sum of the known rows"
                       : of == "stated" ? "stated total"
                                        : "stated total against the rows");
  out.working.rounding = "None: as printed.";
  const figures::Source source = source_of(example);
  if (of == "stated") {
    out.quantity = amount_of(check.stated, check.unit, "The table states no total, or not in a number.");
    out.working.in_words = "As it was printed.";
    if (check.stated)
      out.working.inputs.push_back(Input::of("", "stated total", text_of(*check.stated, check.unit), source));
  } else if (of == "sum") {
    out.quantity = amount_of(check.none_known() ? std::nullopt : std::optional(check.sum), check.unit,
                             "None of the rows is known.");
    out.working.in_words = "The rows of the column whose amount is known, added up.";
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      if (table.columns[column].name != check.column) continue;
      for (std::size_t row = 0; row < table.rows.size(); ++row) {
        const PrintedRow& line = table.rows[row];
        if (line.role == PrintedRow::Role::total || column >= line.cells.size() ||
            (!check.section.empty() && line.section != check.section))
          continue;
        out.working.inputs.push_back(Input::of("", line.label, cell_figure(example, table, row, column)));
      }
    }
    if (out.working.inputs.empty()) out.working.inputs.push_back(Input::of("", "rows", "none", source));
  } else {
    out.quantity = amount_of(check.difference, check.unit, "Something is not known, so there is no difference.");
    out.working.formula = "d = s - t";
    auto sum = check_figure(example, table, index, "sum"), stated = check_figure(example, table, index, "stated");
    if (sum) out.working.inputs.push_back(Input::of("s", "sum of the known rows", std::move(*sum)));
    if (stated) out.working.inputs.push_back(Input::of("t", "stated total", std::move(*stated)));
  }
  return out;
}

// A number that the search for what is behind the rows has worked out: it is searched for again.
Result<Figure> finding_figure(const Example& example, const PrintedTable& table, const std::string& name,
                              const Parameters& parameters) {
  const Reconciliation found = reconcile(table);
  const NamedFinding finding = finding_named(found, name);
  const auto number =
      finding.said == nullptr ? std::nullopt : place_of(parameters, "number", finding.said->numbers.size());
  if (!number)
    return not_found(tr("The table has no such finding. They are on its page, /funding/examples/{0}.", {example.name}));
  const SaidNumber& said = finding.said->numbers[*number];
  Figure out;
  out.address = finding_address(example, name, *number);
  out.quantity =
      Quantity::stated(said.text).value_or(Quantity::unknown(Unit::count, "", "It is no number: " + said.text + "."));
  out.working.title = example.title + ": " + said.label;
  out.working.in_words = *finding.sentence;
  out.working.formula = finding.said->formula;
  out.working.rounding = "As the sentence says it.";
  for (const auto& [row, column] : finding.said->cells)
    out.working.inputs.push_back(Input::of("", table.rows[row].label + ", " + table.columns[column].name,
                                           cell_figure(example, table, row, column)));
  return out;
}

Result<Figure> compute(const Parameters& parameters) {
  const Example* example = find_example(parameters.get("example"));
  if (example == nullptr || example->kind != Example::Kind::table)
    return not_found(tr("There is no printed table {0}. The list is under /funding.", {parameters.get("example")}));
  const auto table = table_of(*example);
  if (!table) return pass_on(table);
  const std::string of = parameters.get("of");
  if (!parameters.get("check").empty()) {
    if (of != "sum" && of != "stated" && of != "difference")
      return invalid(tr("Write sum, stated or difference."), {{"of", tr("Write sum, stated or difference.")}});
    const auto index = place_of(parameters, "check", reconcile(*table).columns.size());
    if (!index)
      return not_found(
          tr("The table has no such check. They are on its page, /funding/examples/{0}.", {example->name}));
    return check_figure(*example, *table, *index, of);
  }
  if (const std::string finding = parameters.get("finding"); !finding.empty())
    return finding_figure(*example, *table, finding, parameters);
  const auto row = place_of(parameters, "row", table->rows.size());
  const auto column = row ? place_of(parameters, "column", table->rows[*row].cells.size()) : std::nullopt;
  if (!column)
    return not_found(tr("The table has no such cell. It is on its page, /funding/examples/{0}.", {example->name}));
  return cell_figure(*example, *table, *row, *column);
}

}  // namespace

figures::Address printed_address(const Example& example, std::size_t row, std::size_t column) {
  return {"printed",
          {{{"column", std::to_string(column + 1)}, {"example", example.name}, {"row", std::to_string(row + 1)}}}};
}

figures::Address check_address(const Example& example, std::size_t check, const std::string& of) {
  return {"printed", {{{"check", std::to_string(check + 1)}, {"example", example.name}, {"of", of}}}};
}

figures::Address finding_address(const Example& example, const std::string& finding, std::size_t number) {
  return {"printed", {{{"example", example.name}, {"finding", finding}, {"number", std::to_string(number + 1)}}}};
}

void add_printed_kind(figures::Registry& registry) {
  figures::Kind kind;
  kind.name = "printed";
  kind.title = "Number of a printed table";
  kind.description =
      "A cell of a published table as it was transcribed, what its reconciliation sets against a stated total, or a "
      "number of one of its other findings.";
  kind.parameters = {
      {"check", "integer", false, "Number of the check of a stated total, from 1; instead of row and column", "1"},
      {"column", "integer", false, "Column of amounts, from 1", "1"},
      {"example", "text", true, "Name of the worked example, as under /funding", "worcestershire-table-1"},
      {"finding", "text", false,
       "A finding, from 1 in its list, instead of row and column: reproduction-1, not-reproduced-1, follows-1, cell-1, "
       "row-1",
       "reproduction-1"},
      {"number", "integer", false, "Of a finding: which number of its sentence, from 1", "1"},
      {"of", "text", false, "Of a check: sum, stated or difference", "sum"},
      {"row", "integer", false, "Row, from 1", "1"}};
  kind.compute = [](const Parameters& parameters, const figures::Viewer&, figures::Detail) {
    return compute(parameters);
  };
  registry.add(std::move(kind), figures::Cost::light);
}

}  // namespace tithing::pots
