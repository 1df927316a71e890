#include "slices/decisions/frozen_figures.h"

#include "allocation/measures.h"
#include "allocation/read_scheme.h"
#include "base/translation.h"
#include "slices/pots/grounds.h"

namespace tithing::decisions {
namespace {

// Everything below a frozen amount is frozen with it: its parts have addresses under it, whatever they were figures of.
void address_parts(figures::Figure& figure, const figures::Address& cell, const std::string& way) {
  const std::string before = figure.address.kind.empty() ? std::string() : figure.address.path();
  figure.address = cell;
  if (!way.empty()) figure.address.parameters.values["part"] = way;
  if (!before.empty()) figure.working.caveats.push_back("Frozen. Its address in the evidence was " + before + ".");
  figure.working.rows_url.clear();
  for (std::size_t i = 0; i < figure.working.inputs.size(); ++i) {
    figures::Input& input = figure.working.inputs[i];
    if (input.figure == nullptr) continue;
    figures::Figure part = *input.figure;
    address_parts(part, cell, way + (way.empty() ? "" : ".") + std::to_string(i + 1));
    input.figure = std::make_shared<const figures::Figure>(std::move(part));
  }
}

// An area's amount as it was frozen.
Result<figures::Figure> amount_of(const FrozenLine* line, DecisionId id) {
  if (line == nullptr) return not_found(std::string());
  auto figure = figures::from_json(line->working);
  if (figure) address_parts(*figure, frozen_address(id, line->key), {});
  return figure;
}

// A number that the frozen table was worked out from, as it was then.
Result<figures::Figure> input_of(const Frozen& frozen, const FrozenInput& input, figures::Source record,
                                 const std::string& of) {
  const auto quantity = figures::Quantity::stated(shown_value(input));
  if (!quantity) return not_found(tr("This number of the frozen record is no decimal number: {0}.", {input.value}));
  figures::Figure out;
  out.address = measure_address(frozen_address(frozen.decision, ""), "", of);
  out.quantity = *quantity;
  out.as_at = input.as_at;
  out.evidence_version = input.evidence_version;
  out.working.title = input.indicator + ": " +
                      (frozen.area(input.area) == nullptr ? input.area : frozen.area(input.area)->name) +
                      (input.period.empty() ? "" : ", " + input.period) + ", as frozen";
  out.working.in_words = "The number as it stood when the decision was frozen. It is not asked for again.";
  if (!input.address.empty())
    out.working.caveats.push_back("Frozen. Its address in the evidence was " + input.address + ".");
  if (!input.source.empty()) out.working.caveats.push_back("Its source: " + input.source + ".");
  out.working.inputs.push_back(figures::Input::of("", input.indicator, shown_value(input), std::move(record)));
  return out;
}

// What is asked for, with all names.
Result<figures::Figure> part_of(const Frozen& frozen, const std::string& title, const std::string& area,
                                const std::string& of) {
  const DecisionId id = frozen.decision;
  const std::string older = of_an_older_rule(frozen);
  const auto with_rule = [&](Result<figures::Figure> figure) {
    if (figure && !older.empty()) figure->working.caveats.push_back(older);
    return figure;
  };
  if (const FrozenLine* line = frozen.area(area); line != nullptr && of.empty()) return with_rule(amount_of(line, id));
  // It is kept as it was frozen and can be fetched: a file, whoever froze it.
  const figures::Source record{.name = "The record that was frozen, decision-" + std::to_string(id.value) + ".json",
                               .sha256 = frozen.sha256,
                               .imported_at = frozen.at.iso(),
                               .url = address_of(id) + "/frozen.json"};
  for (std::size_t n = 0; n < frozen.inputs.size(); ++n)
    if (of == "input-" + std::to_string(n + 1)) return input_of(frozen, frozen.inputs[n], record, of);
  if (of.starts_with("input-")) return not_found(tr("The frozen record has no number {0}.", {of}));
  MeasuredTable table = measured(frozen, title, {record, record});
  table.amount = [&](const std::string& key) { return amount_of(frozen.area(key), id).value_or(figures::Figure()); };
  return with_rule(measure(table, area, of));
}

}  // namespace

MeasuredTable measured(const Frozen& frozen, const std::string& title, Grounds grounds) {
  MeasuredTable out = in_sums(frozen.lines);
  out.title = title;
  out.address = frozen_address(frozen.decision, "");
  out.grounds = std::move(grounds);
  // Funds and parts stand in the scheme that was frozen with it.
  const auto scheme = read_scheme(frozen.values, NoFiles());
  if (!scheme) return out;
  out.funds = scheme->pot.funds;
  out.tranches = scheme->tranches;
  if (const auto allocation = allocate(*scheme))
    for (std::size_t i = 0; i < out.areas.size() && i < allocation->areas.size(); ++i)
      out.areas[i].tranches = allocation->areas[i].tranches;
  return out;
}

figures::Address frozen_address(DecisionId decision, const std::string& area) {
  return {kFrozenKind, {{{"area", area}, {"decision", std::to_string(decision.value)}}}};
}

Result<figures::Figure> frozen_figure(const Frozen& frozen, const std::string& title, const std::string& area,
                                      const std::string& of, bool with_names) {
  // A number of a table that does not come out, or is not what was frozen, is no figure.
  if (const Status kept = stands(frozen); !kept) return pass_on(kept);
  auto figure = part_of(frozen, title, area, of);
  if (figure && !with_names) hide_names(*figure);
  return figure;
}

}  // namespace tithing::decisions
