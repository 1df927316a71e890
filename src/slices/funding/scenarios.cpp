#include "slices/funding/scenarios.h"

#include <algorithm>

namespace tithing::funding {
namespace {

std::optional<Fraction> ratio(Money change, Money before) {
  if (before.pence == 0) return std::nullopt;
  return Fraction(Integer(change.pence), Integer(before.pence));
}

Standing standing(const Area& area, const AreaAmount& amount, Money total) {
  Standing out;
  out.key = amount.key;
  out.name = amount.name;
  out.amount = amount.amount;
  if (total.pence != 0) out.share = Fraction(Integer(amount.amount.pence), Integer(total.pence));
  if (area.population)
    out.per_head =
        Money{Fraction(Integer(amount.amount.pence), Integer(*area.population)).nearest().to_int64().value_or(0)};
  out.last_year = amount.last_year;
  if (amount.last_year) {
    out.change = Money{amount.amount.pence - amount.last_year->pence};
    out.change_share = ratio(*out.change, *amount.last_year);
  }
  return out;
}

}  // namespace

std::vector<Scenario> compare(const std::vector<Compared>& scenarios) {
  std::vector<Scenario> out;
  for (const Compared& compared : scenarios) {
    Scenario scenario;
    scenario.title = compared.scheme->title;
    for (std::size_t i = 0; i < compared.allocation->areas.size(); ++i) {
      Standing area = standing(compared.scheme->areas[i], compared.allocation->areas[i], compared.allocation->total);
      if (area.change)
        ++(area.change->pence > 0 ? scenario.winners : area.change->pence < 0 ? scenario.losers : scenario.unchanged);
      if (!out.empty()) {
        const auto& first = out.front().areas;
        const auto same =
            std::find_if(first.begin(), first.end(), [&](const Standing& other) { return other.key == area.key; });
        if (same != first.end()) {
          area.against = Money{area.amount.pence - same->amount.pence};
          area.against_share = ratio(*area.against, same->amount);
        }
      }
      scenario.areas.push_back(std::move(area));
    }
    out.push_back(std::move(scenario));
  }
  return out;
}

}  // namespace tithing::funding
