#include "slices/register/area_names.h"

namespace tithing::register_ {

AreaNames::AreaNames(const SnapshotInput& input) : input_(input) {
  for (const LookUp& look_up : input.look_ups) {
    const auto see = [&](const std::string& code, const std::string& name, AreaKind kind) {
      Seen& seen = seen_[code];
      if (!seen.sightings.empty() && seen.sightings.back().on == look_up.on) return;
      seen.sightings.push_back({look_up.on, name, look_up.source});
      seen.kind = kind;
    };
    for (const LookUpRow& row : look_up.rows) {
      see(row.district, row.district_name, AreaKind::district);
      see(row.partnership, row.partnership_name, AreaKind::community_safety_partnership);
      see(row.force, row.force_name, AreaKind::police_force_area);
    }
  }
}

const AreaNames::Sightings& AreaNames::of(std::string_view code) const {
  static const Sightings kNone;
  const auto found = seen_.find(code);
  return found == seen_.end() ? kNone : found->second.sightings;
}

std::string AreaNames::at(const Area& area, Date as_at) const {
  const Sightings& seen = of(area.code);
  if (seen.empty()) return area.name;
  std::string name = seen.front().name;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i].on <= as_at) {
      name = seen[i].name;
      continue;
    }
    if (i > 0 && seen[i].name != seen[i - 1].name) {
      const auto day = day_of_rename(area.code, seen[i - 1].on, seen[i].on);
      if (day && *day <= as_at) name = seen[i].name;
    }
    break;
  }
  return name;
}

std::vector<Areas::NamePeriod> AreaNames::periods(std::string_view code) const {
  std::vector<Areas::NamePeriod> out;
  const Sightings& all = of(code);
  std::vector<std::string> months;
  const auto close = [&](const std::string& name) {
    const bool one = months.size() == 1;
    std::string text = one ? "look-up of " : "look-ups of ";
    for (std::size_t i = 0; i < months.size(); ++i)
      text += (i == 0 ? "" : i + 1 == months.size() ? " and " : ", ") + months[i];
    out.push_back({name, text});
    months.clear();
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Snapshot::Sighting& seen = all[i];
    if (i > 0 && seen.name != all[i - 1].name) close(all[i - 1].name);
    months.push_back(Month::of(seen.on).text());
  }
  if (!months.empty()) close(all.back().name);
  return out;
}

std::optional<Date> AreaNames::day_of_rename(const std::string& code, Date after, Date by) const {
  for (const ProposedSuccession& proposal : input_.successions) {
    const Succession& s = proposal.succession;
    if (s.kind == SuccessionKind::renamed && s.review == Succession::Review::accepted && s.on && *s.on > after &&
        *s.on <= by && s.predecessors.front() == code)
      return s.on;
  }
  return std::nullopt;
}

}  // namespace tithing::register_
