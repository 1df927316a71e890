#include "allocation/scenarios.h"

#include <algorithm>
#include <cstdlib>

namespace tithing::allocation {

std::string no_change_share(const std::optional<Money>& last_year, const std::string& whose) {
  return last_year ? whose + " was nought, so the change is no share of it."
                   : whose + " is not known, which is not nought.";
}
namespace {

std::optional<Fraction> ratio(Money change, Money before) {
  if (before.pence == 0) return std::nullopt;
  return Fraction(Integer(change.pence), Integer(before.pence));
}

}  // namespace

Standing standing_of(const std::string& key, const std::string& name, Money amount, std::optional<Money> last_year,
                     std::optional<std::int64_t> population, Money total) {
  Standing out{.key = key, .name = name, .amount = amount, .share = ratio(amount, total), .last_year = last_year};
  if (population && *population > 0)
    out.per_head = Money{Fraction(Integer(amount.pence), Integer(*population)).nearest().to_int64().value_or(0)};
  if (last_year) {
    out.change = Money{amount.pence - last_year->pence};
    out.change_share = ratio(*out.change, *last_year);
  }
  return out;
}

std::vector<Scenario> compare(const std::vector<Compared>& scenarios, std::size_t against) {
  std::vector<Scenario> out;
  for (const Compared& compared : scenarios) {
    Scenario scenario;
    scenario.title = compared.scheme->title;
    for (std::size_t i = 0; i < compared.allocation->areas.size(); ++i) {
      const AreaAmount& amount = compared.allocation->areas[i];
      Standing area = standing_of(amount.key, amount.name, amount.amount, amount.last_year,
                                  compared.scheme->areas[i].population, compared.allocation->total);
      if (area.change)
        ++(area.change->pence > 0 ? scenario.winners : area.change->pence < 0 ? scenario.losers : scenario.unchanged);
      scenario.areas.push_back(std::move(area));
    }
    out.push_back(std::move(scenario));
  }
  for (std::size_t k = 0; k < out.size(); ++k) {
    if (k == against) continue;
    const auto& base = out[against].areas;
    for (Standing& area : out[k].areas) {
      const auto same =
          std::find_if(base.begin(), base.end(), [&](const Standing& other) { return other.key == area.key; });
      if (same == base.end()) continue;
      area.against = Money{area.amount.pence - same->amount.pence};
      area.against_share = ratio(*area.against, same->amount);
    }
  }
  return out;
}

GainsAndLosses gains_and_losses(const Scenario& scenario) {
  std::vector<const Standing*> order;
  for (const Standing& area : scenario.areas) order.push_back(&area);
  const auto size = [](const Standing& area) { return area.change ? std::abs(area.change->pence) : 0; };
  std::stable_sort(order.begin(), order.end(),
                   [&](const Standing* a, const Standing* b) { return size(*a) > size(*b); });
  GainsAndLosses out;
  for (const Standing* area : order)
    (!area->change             ? out.unknown
     : area->change->pence > 0 ? out.gain
     : area->change->pence < 0 ? out.lose
                               : out.stay)
        .push_back(area->name);
  return out;
}

}  // namespace tithing::allocation
