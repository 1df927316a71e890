#include "slices/comparison/peers.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "slices/evidence/crime_types.h"

namespace tithing::comparison {

figures::Parameters asked_of(const std::string& area, Period period, const std::string& type, const std::string& as_at) {
  figures::Parameters parameters;
  parameters.values = {{"area", area}, {"from", period.from.iso()}, {"to", period.to.iso()}};
  if (!type.empty()) parameters.values["type"] = type;
  if (!as_at.empty()) parameters.values["as-at"] = as_at;
  return parameters;
}

namespace {

bool has_every_month(const evidence::Snapshot& snapshot, std::size_t force, Period period) {
  std::int64_t there = 0;
  for (const evidence::ForceMonth& one : snapshot.ledger())
    if (static_cast<std::size_t>(one.force) == force && period.contains(one.month) && one.state == evidence::FileState::submitted) ++there;
  return there == period.months();
}

}  // namespace

Result<Peers> peers_of(const figures::Registry& registry, const figures::Viewer& viewer, const evidence::Snapshot& snapshot, const std::string& area, Period period,
                       const std::string& type, Date as_at) {
  const auto* own = snapshot.areas().find(area);
  if (own == nullptr) return not_found("There is no such area.");
  if (own->kind == register_::AreaKind::lsoa_2011 || own->kind == register_::AreaKind::lsoa_2021)
    return invalid("LSOAs are too small to be ranked. Compare a partnership, a district or a force.");
  std::vector<const register_::Area*> all;
  Peers peers;
  const auto* own_force = snapshot.areas().force_of(area, as_at);
  for (std::size_t i = 0; i < snapshot.forces().size(); ++i) {
    const evidence::Force& force = snapshot.forces()[i];
    if (force.area_code.empty()) continue;
    if ((own_force == nullptr || own_force->code != force.area_code) && !has_every_month(snapshot, i, period)) {
      peers.forces_without.push_back(force.name);
      continue;
    }
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
  peers.extent.unit = std::string(evidence::unit_of_type(type));
  peers.extent.of = own->kind == register_::AreaKind::police_force_area ? "police force areas"
                    : own->kind == register_::AreaKind::district        ? "districts"
                    : own->kind == register_::AreaKind::ward            ? "wards"
                                                                        : "partnerships";
  peers.extent.of_places = all.size();
  const auto year = snapshot.population_year_for(period);
  for (const auto* one : all) {
    const auto crimes = registry.ask({"crimes", asked_of(one->code, period, type, as_at == viewer.today ? std::string() : as_at.iso())}, viewer, figures::Detail::value);
    std::optional<std::int64_t> people;
    if (const auto selection = snapshot.select(one->code, as_at); selection && year) people = snapshot.population(**selection, *year);
    if (crimes && crimes->quantity.known()) peers.extent.of_crimes += crimes->quantity.integer();
    if (!crimes || !crimes->quantity.known() || crimes->quantity.partial || !people || *people <= 0) {
      peers.left_out.push_back(one);
      continue;
    }
    if (one == own) peers.own = peers.areas.size();
    peers.areas.push_back(one);
    peers.observed.push_back({crimes->quantity.integer(), static_cast<double>(*people)});
    peers.extent.places += 1;
    peers.extent.crimes += crimes->quantity.integer();
  }
  return peers;
}

std::string left_out_in_words(const Peers& peers) {
  std::vector<std::string> names;
  for (const auto* area : peers.left_out) names.push_back(area->name);
  std::string out;
  if (!names.empty()) out = "Left out because a month, a population or a count is not known: " + joined(names, ", ") + ".";
  if (!peers.forces_without.empty())
    out += (out.empty() ? "" : " ") + std::string("Not among those compared, because not every month is here: the areas of ") + joined(peers.forces_without, ", ") + ".";
  return out;
}

std::optional<std::string> too_few_peers(const Peers& peers) {
  if (peers.extent.enough()) return std::nullopt;
  return evidence::too_small("the comparison", peers.extent) + " " + left_out_in_words(peers);
}

int rank_decimals(const statistics::RankInterval& rank) {
  for (const double one : {rank.rank, rank.lower, rank.upper}) {
    if (one != std::floor(one)) return 1;
  }
  return 0;
}

}  // namespace tithing::comparison
