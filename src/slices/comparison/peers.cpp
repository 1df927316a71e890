#include "slices/comparison/peers.h"

#include <algorithm>
#include <cmath>

#include "base/translation.h"

namespace tithing::comparison {

figures::Parameters asked_of(const std::string& area, Period period, const std::string& type,
                             const std::string& as_at) {
  figures::Parameters parameters;
  parameters.values = {{"area", area}, {"from", period.from.iso()}, {"to", period.to.iso()}};
  if (!type.empty()) parameters.values["type"] = type;
  if (!as_at.empty()) parameters.values["as-at"] = as_at;
  return parameters;
}

Result<Peers> peers_of(const figures::Registry& registry, const figures::Viewer& viewer,
                       const evidence::Snapshot& snapshot, const std::string& area, Period period,
                       const std::string& type, Date as_at) {
  const auto* own = snapshot.areas().find(area);
  if (own == nullptr) return not_found(tr("There is no such area."));
  if (own->kind == register_::AreaKind::lsoa_2011 || own->kind == register_::AreaKind::lsoa_2021)
    return invalid(tr("LSOAs are too small to be ranked. Compare a partnership, a district or a force."));
  return evidence::peers_of(registry, viewer, snapshot,
                            {.area = area,
                             .kind = own->kind,
                             .period = period,
                             .type = type,
                             .as_at = as_at,
                             .as_at_text = as_at == viewer.today ? std::string() : as_at.iso()});
}

std::string why_not_among(const Peers& peers, const std::string& area) {
  const auto is_own = [&](const register_::Area* one) { return one->code == area; };
  if (std::any_of(peers.withheld.begin(), peers.withheld.end(), is_own))
    return "Its count is under 5, or would tell one that is: such counts are shown only to people who are signed in.";
  return "Its months are not all there, half of them or more are suspect, or its population is not known.";
}

int rank_decimals(const statistics::RankInterval& rank) {
  for (const double one : {rank.rank, rank.lower, rank.upper}) {
    if (one != std::floor(one)) return 1;
  }
  return 0;
}

}  // namespace tithing::comparison
