#include "slices/register/structure.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "slices/register/zones.h"

namespace tithing::register_ {
namespace {

Area lsoa_area(const LsoaTable::Lsoa& lsoa, AreaKind kind) {
  Area area;
  area.code = lsoa.code;
  area.kind = kind;
  area.name = lsoa.name;
  return area;
}
}  // namespace

const std::vector<Area>& placeless_forces() {
  static const std::vector<Area> forces = [] {
    std::vector<Area> made(2);
    made[0].code = "btp";
    made[0].name = "British Transport Police";
    made[1].code = "northern-ireland";
    made[1].name = "Police Service of Northern Ireland";
    for (Area& force : made) {
      force.kind = AreaKind::police_force_area;
      force.without_area = true;
    }
    return made;
  }();
  return forces;
}

Structure::Structure(SnapshotInput input) : input_(std::move(input)) {
  if (!input_.lsoas) input_.lsoas = std::make_shared<const LsoaTable>();
  tenures_ = tenures_of(input_.look_ups, input_.facts, input_.successions);
  collect_areas();
  collect_segments();
  for (const LsoaTable::Lsoa& lsoa : input_.lsoas->of_2011())
    lsoa_2011_.push_back(lsoa_area(lsoa, AreaKind::lsoa_2011));
  for (const LsoaTable::Lsoa& lsoa : input_.lsoas->of_2021())
    lsoa_2021_.push_back(lsoa_area(lsoa, AreaKind::lsoa_2021));
}

const Area* Structure::find(std::string_view code) const {
  if (const auto found = by_code_.find(std::string(code)); found != by_code_.end()) return &areas_[found->second];
  if (const std::int64_t at = input_.lsoas->find_2011(code); at >= 0) return &lsoa_2011_[static_cast<std::size_t>(at)];
  if (const std::int64_t at = input_.lsoas->find_2021(code); at >= 0) return &lsoa_2021_[static_cast<std::size_t>(at)];
  if (input_.wards)
    if (const Area* ward = input_.wards->find(code)) return ward;
  for (const Area& force : placeless_forces())
    if (force.code == code) return &force;
  return nullptr;
}

bool Structure::in_force(const Area& area, Date as_at) const {
  return (!area.from || *area.from <= as_at) && (!area.to || as_at < *area.to);
}

std::vector<const Area*> Structure::of_kind(AreaKind kind, Date as_at) const {
  std::vector<const Area*> out;
  if (kind == AreaKind::lsoa_2011 || kind == AreaKind::lsoa_2021) {
    for (const Area& area : kind == AreaKind::lsoa_2011 ? lsoa_2011_ : lsoa_2021_) out.push_back(&area);
    return out;
  }
  if (kind == AreaKind::ward) {
    for (std::size_t i = 0; input_.wards && i < input_.wards->wards().size(); ++i)
      out.push_back(&input_.wards->wards()[i]);
    sort_by_name(out);
    return out;
  }
  const Segment& segment = segment_at(as_at);
  std::set<std::string_view> codes;
  for (const Tenure* tenure : segment.active) codes.insert(tenure->code_of(kind));
  for (const std::string_view code : codes) out.push_back(find(code));
  sort_by_name(out);
  return out;
}

std::vector<const Area*> Structure::constituents(std::string_view code, AreaKind kind, Date as_at) const {
  std::vector<const Area*> out;
  const Area* area = find(code);
  if (!area) return out;
  if (kind == AreaKind::lsoa_2011 || kind == AreaKind::lsoa_2021) {
    const auto set = lsoas(code, as_at);
    for (const std::string& lsoa : kind == AreaKind::lsoa_2011 ? set->lsoa_2011 : set->lsoa_2021) {
      const std::int64_t at =
          kind == AreaKind::lsoa_2011 ? input_.lsoas->find_2011(lsoa) : input_.lsoas->find_2021(lsoa);
      if (at >= 0)
        out.push_back(&(kind == AreaKind::lsoa_2011 ? lsoa_2011_ : lsoa_2021_)[static_cast<std::size_t>(at)]);
    }
    sort_by_name(out);
    return out;
  }
  if (area->kind >= kind || area->without_area) return out;  // kinds are listed from the largest to the smallest
  if (kind == AreaKind::ward) return wards_of(*area, as_at);
  std::set<std::string_view> codes;
  for (const Tenure* tenure : segment_at(as_at).active)
    if (tenure->code_of(area->kind) == code) codes.insert(tenure->code_of(kind));
  for (const std::string_view part : codes) out.push_back(find(part));
  sort_by_name(out);
  return out;
}

const Area* Structure::force_of(std::string_view code, Date as_at) const {
  const Area* area = find(code);
  if (!area) return nullptr;
  if (area->kind == AreaKind::police_force_area) return area;
  const bool small = is_lsoa(area->kind) || area->kind == AreaKind::ward;
  const Area* below = small ? district_of(code, as_at) : area;
  if (!below) return nullptr;
  const Tenure* tenure = tenure_of(*below, as_at);
  return tenure ? find(tenure->force) : nullptr;
}

const Area* Structure::partnership_of(std::string_view code, Date as_at) const {
  const Area* area = find(code);
  if (!area || area->kind == AreaKind::police_force_area) return nullptr;
  if (area->kind == AreaKind::community_safety_partnership) return area;
  if (area->kind == AreaKind::district) {
    const Area* only = nullptr;
    for (const Tenure* tenure : segment_at(as_at).active) {
      if (tenure->district != code) continue;
      if (only) return nullptr;
      only = find(tenure->partnership);
    }
    return only;
  }
  if (area->kind == AreaKind::ward) return most_of(*area, as_at, Wanted::partnership);
  return place_of(code, as_at, Wanted::partnership);
}

const Area* Structure::district_of(std::string_view code, Date as_at) const {
  const Area* area = find(code);
  if (!area) return nullptr;
  if (area->kind == AreaKind::district) return area;
  if (area->kind == AreaKind::ward) return most_of(*area, as_at, Wanted::district);
  if (!is_lsoa(area->kind)) return nullptr;
  return place_of(code, as_at, Wanted::district);
}

std::vector<Succession> Structure::successions_of(std::string_view code) const {
  std::vector<Succession> out;
  for (const ProposedSuccession& proposal : input_.successions) {
    const Succession& s = proposal.succession;
    if (std::find(s.predecessors.begin(), s.predecessors.end(), code) != s.predecessors.end() ||
        std::find(s.successors.begin(), s.successors.end(), code) != s.successors.end())
      out.push_back(s);
  }
  return out;
}

std::vector<Succession> Structure::successions() const {
  std::vector<Succession> out;
  for (const ProposedSuccession& proposal : input_.successions) out.push_back(proposal.succession);
  return out;
}

std::vector<std::string> Structure::sources() const {
  std::vector<std::string> out;
  for (const LookUp& look_up : input_.look_ups) out.push_back(look_up.source);
  if (!input_.fit_source.empty()) out.push_back(input_.fit_source);
  if (input_.wards && !input_.wards->source().empty()) out.push_back(input_.wards->source());
  return out;
}

std::vector<const Area*> Structure::forces_without_area() const {
  std::vector<const Area*> out;
  for (const Area& force : placeless_forces()) out.push_back(&force);
  return out;
}

std::optional<Date> Structure::newest_look_up() const {
  return input_.look_ups.empty() ? std::nullopt : std::optional(input_.look_ups.back().on);
}

const ProposedSuccession* Structure::proposal(std::int64_t succession) const {
  for (const ProposedSuccession& p : input_.successions)
    if (p.succession.id == succession) return &p;
  return nullptr;
}

void Structure::sort_by_name(std::vector<const Area*>& areas) {
  std::sort(areas.begin(), areas.end(),
            [](const Area* a, const Area* b) { return a->name != b->name ? a->name < b->name : a->code < b->code; });
}

void Structure::collect_areas() {
  std::map<std::string, Area> areas;
  for (const LookUp& look_up : input_.look_ups) {
    const auto see = [&](const std::string& code, const std::string& name, AreaKind kind) {
      std::vector<Sighting>& seen = sightings_[code];
      if (!seen.empty() && seen.back().on == look_up.on) return;
      seen.push_back({look_up.on, name, look_up.source});
      Area& area = areas[code];
      area.code = code;
      area.kind = kind;
      area.name = name;
    };
    for (const LookUpRow& row : look_up.rows) {
      see(row.district, row.district_name, AreaKind::district);
      see(row.partnership, row.partnership_name, AreaKind::community_safety_partnership);
      see(row.force, row.force_name, AreaKind::police_force_area);
    }
  }
  for (const SuccessionFactRow& fact : input_.facts) {
    Area& area = areas[fact.predecessor];
    if (!area.code.empty()) continue;
    area.code = fact.predecessor;
    area.kind = kind_of_code(fact.successor).value_or(AreaKind::community_safety_partnership);
    area.name = fact.predecessor_name;
  }
  for (auto& [code, area] : areas) {
    const TenureSpan span = span_of(tenures_, area);
    area.from = span.from;
    area.to = span.to;
    area.dates_note = span.note;
    if (!span.any)
      area.dates_note =
          "Known from a paper only, and the succession that names it has not been accepted: from when and until when "
          "is not known.";
    by_code_.emplace(code, areas_.size());
    areas_.push_back(area);
  }
}

void Structure::collect_segments() {
  std::set<Date> days;
  for (const Tenure& tenure : tenures_) {
    if (tenure.from) days.insert(*tenure.from);
    if (tenure.to) days.insert(*tenure.to);
  }
  starts_.assign(days.begin(), days.end());
  segments_.resize(starts_.size() + 1);
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    const Date day = s == 0 ? (starts_.empty() ? Date() : starts_.front().plus_days(-1)) : starts_[s - 1];
    for (const Tenure& tenure : tenures_)
      if (tenure.holds(day)) segments_[s].active.push_back(&tenure);
  }
  places_.resize(segments_.size());
}

std::size_t Structure::segment_number(Date as_at) const {
  return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), as_at) - starts_.begin());
}

Date Structure::day_of_segment(std::size_t segment) const {
  if (segment > 0) return starts_[segment - 1];
  return starts_.empty() ? Date() : starts_.front().plus_days(-1);
}

const Tenure* Structure::tenure_of(const Area& area, Date as_at) const {
  for (const Tenure* tenure : segment_at(as_at).active)
    if (tenure->code_of(area.kind) == area.code) return tenure;
  // Gone or not begun: its nearest time.
  const Tenure* nearest = nullptr;
  for (const Tenure& tenure : tenures_)
    if (tenure.code_of(area.kind) == area.code) nearest = &tenure;
  return nearest;
}

std::shared_ptr<const Snapshot> make_snapshot(SnapshotInput input) {
  return std::make_shared<const Structure>(std::move(input));
}

}  // namespace tithing::register_
