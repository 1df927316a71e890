#include "allocation/cells.h"

#include <utility>
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

using figures::Address;
using figures::Figure;

// The numbers of the evidence below: which part of it was there.
void inherit(Figure& figure, const Scheme& scheme) {
  for (const Step& step : scheme.steps) {
    const auto* weighted = std::get_if<WeightedIndicators>(&step.what);
    if (weighted == nullptr) continue;
    for (const Indicator& indicator : weighted->indicators)
      for (const auto& [key, values] : indicator.values)
        for (const Observation& value : values) {
          if (value.figure == nullptr) continue;
          figure.as_at = value.figure->as_at;
          figure.evidence_version = value.figure->evidence_version;
          figures::add(figure.coverage, value.figure->coverage);
        }
  }
}

}  // namespace

Figure cell_of(const Scheme& scheme, const Allocation& allocation, std::size_t area, const Address& cell,
               const Grounds& grounds) {
  Figure figure = explain(scheme, allocation, area, grounds);
  figure.address = cell;
  figures::place_parts(figure);
  inherit(figure, scheme);
  return figure;
}

Result<Figure> asked_of(const Scheme& scheme, const Allocation& allocation, const Address& asked,
                        const Grounds& grounds, std::function<Result<Sensitivity>()> sensitivity) {
  const std::string key = asked.parameters.get("area"), of = asked.parameters.get("of");
  const auto amount = [&](const std::string& area) {
    for (std::size_t i = 0; i < allocation.areas.size(); ++i)
      if (allocation.areas[i].key == area)
        return std::optional(cell_of(scheme, allocation, i, measure_address(asked, area, ""), grounds));
    return std::optional<Figure>();
  };
  if (of.empty()) {
    if (key.empty())
      return invalid(tr("Give area, or of a measure of the whole table, for example of=total."),
                     {{"area", tr("Give area, or of a measure of the whole table, for example of=total.")}});
    auto figure = amount(key);
    if (!figure) {
      std::vector<std::string> there;
      for (const Area& area : scheme.areas)
        if (there.size() < 8) there.push_back(area.name + " (" + area.key + ")");
      return not_found(
          scheme.areas.size() > there.size()
              ? tr("The scheme “{0}” has no area with the key {1}. Its areas: {2} and {3} more.",
                   {scheme.title, key, joined(there, ", "), std::to_string(scheme.areas.size() - there.size())})
              : tr("The scheme “{0}” has no area with the key {1}. Its areas: {2}.",
                   {scheme.title, key, joined(there, ", ")}));
    }
    return std::move(*figure);
  }
  MeasuredTable table = measured(scheme, allocation, asked, grounds);
  if (scheme.last_year) table.grounds_last_year = grounds.of(scheme.last_year->origin);
  table.amount = [&](const std::string& area) { return *amount(area); };
  table.sensitivity = std::move(sensitivity);
  auto figure = measure(table, key, of);
  if (!figure) return figure;
  figures::place_parts(*figure);
  inherit(*figure, scheme);
  return figure;
}

}  // namespace tithing::allocation
