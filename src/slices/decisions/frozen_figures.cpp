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

// An area's amount as it was frozen, to be shown to this viewer.
Result<figures::Figure> amount_of(const FrozenLine& line, DecisionId id, bool with_names) {
  auto figure = figures::from_json(line.working);
  if (!figure) return figure;
  address_parts(*figure, frozen_address(id, line.key), {});
  if (!with_names) hide_names(*figure);
  return figure;
}

// A number that the frozen table was worked out from, as it was then.
Result<figures::Figure> input_of(const Frozen& frozen, const FrozenInput& input, figures::Source record, DecisionId id,
                                 const std::string& of, bool with_names) {
  const auto quantity = figures::Quantity::stated(shown_value(input));
  if (!quantity) return not_found(tr("This number of the frozen record is no decimal number: {0}.", {input.value}));
  figures::Figure out;
  out.address = measure_address(frozen_address(id, ""), "", of);
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
  if (!with_names) hide_names(out);
  return out;
}

MeasuredTable measured(const Frozen& frozen, const std::string& title, figures::Address address, Grounds grounds) {
  MeasuredTable out;
  out.title = title;
  out.address = std::move(address);
  for (const FrozenLine& line : frozen.lines) {
    const Money amount = line.amount.value_or(Money{});
    if (line.kind == "area") out.areas.push_back({line.key, line.name, amount, line.last_year, line.population, {}});
    if (line.kind == "total") out.total = amount;
    if (line.kind == "held-back") out.held_back.emplace_back(line.name, amount);
    if (line.kind == "over-programmed") out.over_programmed = amount;
    if (line.kind == "unallocated") out.unallocated = amount;
    if (line.kind == "known") out.known = amount;
  }
  // Funds and parts stand in the scheme that was frozen with it.
  if (const auto scheme = read_scheme(frozen.values, NoFiles())) {
    out.funds = scheme->pot.funds;
    out.tranches = scheme->tranches;
    if (const auto allocation = allocate(*scheme))
      for (std::size_t i = 0; i < out.areas.size() && i < allocation->areas.size(); ++i)
        out.areas[i].tranches = allocation->areas[i].tranches;
  }
  out.grounds = std::move(grounds);
  return out;
}

}  // namespace

figures::Address frozen_address(DecisionId decision, const std::string& area) {
  return {kFrozenKind, {{{"area", area}, {"decision", std::to_string(decision.value)}}}};
}

Result<figures::Figure> frozen_figure(const Frozen& frozen, const std::string& title, const std::string& area,
                                      const std::string& of, bool with_names) {
  const DecisionId id = frozen.decision;
  // A number of a table that does not come out, or is not what was frozen, is no figure.
  if (const Status kept = stands(frozen); !kept) return pass_on(kept);
  const std::string older = of_an_older_rule(frozen);
  if (const FrozenLine* line = frozen.area(area); line != nullptr && of.empty()) {
    auto amount = amount_of(*line, id, with_names);
    if (amount && !older.empty()) amount->working.caveats.push_back(older);
    return amount;
  }
  // It is kept as it was frozen and can be fetched: a file, whoever froze it.
  figures::Source record;
  record.name = "The record that was frozen, decision-" + std::to_string(id.value) + ".json";
  record.sha256 = frozen.sha256;
  record.imported_at = frozen.at.iso();
  record.url = address_of(id) + "/frozen.json";
  for (std::size_t n = 0; of.starts_with("input-") && n < frozen.inputs.size(); ++n)
    if (of == "input-" + std::to_string(n + 1)) return input_of(frozen, frozen.inputs[n], record, id, of, with_names);
  if (of.starts_with("input-")) return not_found(tr("The frozen record has no number {0}.", {of}));
  MeasuredTable table = measured(frozen, title, frozen_address(id, ""), {record, record});
  table.amount = [&](const std::string& key) {
    const FrozenLine* found = frozen.area(key);
    auto figure = found == nullptr ? Result<figures::Figure>(not_found("")) : amount_of(*found, id, with_names);
    return figure ? std::move(*figure) : figures::Figure();
  };
  auto figure = measure(table, area, of);
  if (figure && !older.empty()) figure->working.caveats.push_back(older);
  if (figure && !with_names) hide_names(*figure);
  return figure;
}

}  // namespace tithing::decisions
