#include "slices/comparison/peers.h"

#include <algorithm>
#include <cmath>

namespace tithing::comparison {

figures::Parameters asked_of(const std::string& area, Period period, const std::string& type, const std::string& as_at) {
  figures::Parameters parameters;
  parameters.values = {{"area", area}, {"from", period.from.iso()}, {"to", period.to.iso()}};
  if (!type.empty()) parameters.values["type"] = type;
  if (!as_at.empty()) parameters.values["as-at"] = as_at;
  return parameters;
}

Result<Peers> peers_of(const figures::Registry& registry, const figures::Viewer& viewer, const evidence::Snapshot& snapshot, const std::string& area, Period period,
                       const std::string& type, Date as_at) {
  const auto* own = snapshot.areas().find(area);
  if (own == nullptr) return not_found("There is no such area.");
  if (own->kind == register_::AreaKind::lsoa_2011 || own->kind == register_::AreaKind::lsoa_2021)
    return invalid("LSOAs are too small to be ranked. Compare a partnership, a district or a force.");
  std::vector<const register_::Area*> all;
  for (const evidence::Force& force : snapshot.forces()) {
    if (force.area_code.empty()) continue;
    if (own->kind == register_::AreaKind::police_force_area) {
      if (const auto* one = snapshot.areas().find(force.area_code)) all.push_back(one);
      continue;
    }
    const auto within = snapshot.areas().constituents(force.area_code, own->kind, as_at);
    all.insert(all.end(), within.begin(), within.end());
  }
  if (std::find(all.begin(), all.end(), own) == all.end()) all.push_back(own);
  std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->name != b->name ? a->name < b->name : a->code < b->code; });
  all.erase(std::unique(all.begin(), all.end()), all.end());
  Peers peers;
  const auto year = snapshot.population_year_for(period);
  for (const auto* one : all) {
    const auto crimes = registry.ask({"crimes", asked_of(one->code, period, type, as_at == viewer.today ? std::string() : as_at.iso())}, viewer, figures::Detail::value);
    std::optional<std::int64_t> people;
    if (const auto selection = snapshot.select(one->code, as_at); selection && year) people = snapshot.population(**selection, *year);
    if (!crimes || !crimes->quantity.known() || crimes->quantity.partial || !people || *people <= 0) {
      peers.left_out.push_back(one);
      continue;
    }
    if (one == own) peers.own = peers.areas.size();
    peers.areas.push_back(one);
    peers.observed.push_back({crimes->quantity.integer(), static_cast<double>(*people)});
  }
  return peers;
}

int rank_decimals(const statistics::RankInterval& rank) {
  for (const double one : {rank.rank, rank.lower, rank.upper}) {
    if (one != std::floor(one)) return 1;
  }
  return 0;
}

}  // namespace tithing::comparison
