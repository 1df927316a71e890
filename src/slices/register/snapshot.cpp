#include "slices/register/snapshot.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "slices/register/area_names.h"
#include "slices/register/area_search.h"
#include "slices/register/extents.h"
#include "slices/register/time_line.h"

namespace tithing::register_ {
namespace {

Area lsoa_area(const LsoaTable::Lsoa& lsoa, AreaKind kind) {
  Area area;
  area.code = lsoa.code;
  area.kind = kind;
  area.name = lsoa.name;
  return area;
}

// The forces of data.police.uk that police no area of the register: British Transport Police the railways, and Northern
// Ireland a country that has none of these areas. Known to everybody, from no file.
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

class Structure final : public Snapshot {
 public:
  explicit Structure(SnapshotInput input)
      : input_(with_lsoas(std::move(input))),
        names_(input_),
        time_(input_),
        extents_(input_, time_, names_, [this](std::string_view code) { return find(code); }) {
    collect_areas();
    for (const LsoaTable::Lsoa& lsoa : input_.lsoas->of_2011())
      lsoa_2011_.push_back(lsoa_area(lsoa, AreaKind::lsoa_2011));
    for (const LsoaTable::Lsoa& lsoa : input_.lsoas->of_2021())
      lsoa_2021_.push_back(lsoa_area(lsoa, AreaKind::lsoa_2021));
  }

  std::int64_t version() const override { return input_.version; }

  const Area* find(std::string_view code) const override {
    if (const auto found = by_code_.find(std::string(code)); found != by_code_.end()) return &areas_[found->second];
    if (const std::int64_t at = input_.lsoas->find_2011(code); at >= 0)
      return &lsoa_2011_[static_cast<std::size_t>(at)];
    if (const std::int64_t at = input_.lsoas->find_2021(code); at >= 0)
      return &lsoa_2021_[static_cast<std::size_t>(at)];
    if (input_.wards)
      if (const Area* ward = input_.wards->find(code)) return ward;
    for (const Area& force : placeless_forces())
      if (force.code == code) return &force;
    return nullptr;
  }

  bool in_force(const Area& area, Date as_at) const override {
    return (!area.from || *area.from <= as_at) && (!area.to || as_at < *area.to);
  }

  std::vector<const Area*> of_kind(AreaKind kind, Date as_at) const override {
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
    std::set<std::string_view> codes;
    for (const Tenure* tenure : time_.active(as_at)) codes.insert(tenure->code_of(kind));
    for (const std::string_view code : codes) out.push_back(find(code));
    sort_by_name(out);
    return out;
  }

  std::string name_at(const Area& area, Date as_at) const override { return names_.at(area, as_at); }

  std::vector<NamePeriod> names(std::string_view code) const override { return names_.periods(code); }

  std::vector<const Area*> constituents(std::string_view code, AreaKind kind, Date as_at) const override {
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
    for (const Tenure* tenure : time_.active(as_at))
      if (tenure->code_of(area->kind) == code) codes.insert(tenure->code_of(kind));
    for (const std::string_view part : codes) out.push_back(find(part));
    sort_by_name(out);
    return out;
  }

  std::shared_ptr<const LsoaSet> lsoas(std::string_view code, Date as_at) const override {
    return extents_.of(code, as_at);
  }

  const Area* force_of(std::string_view code, Date as_at) const override {
    const Area* area = find(code);
    if (!area) return nullptr;
    if (area->kind == AreaKind::police_force_area) return area;
    const bool small = is_lsoa(area->kind) || area->kind == AreaKind::ward;
    const Area* below = small ? district_of(code, as_at) : area;
    if (!below) return nullptr;
    const Tenure* tenure = time_.of(*below, as_at);
    return tenure ? find(tenure->force) : nullptr;
  }

  const Area* partnership_of(std::string_view code, Date as_at) const override {
    const Area* area = find(code);
    if (!area || area->kind == AreaKind::police_force_area) return nullptr;
    if (area->kind == AreaKind::community_safety_partnership) return area;
    if (area->kind == AreaKind::district) {
      const Area* only = nullptr;
      for (const Tenure* tenure : time_.active(as_at)) {
        if (tenure->district != code) continue;
        if (only) return nullptr;
        only = find(tenure->partnership);
      }
      return only;
    }
    if (area->kind == AreaKind::ward) return extents_.most_of(*area, as_at, Wanted::partnership);
    return extents_.place_of(code, as_at, Wanted::partnership);
  }

  const Area* district_of(std::string_view code, Date as_at) const override {
    const Area* area = find(code);
    if (!area) return nullptr;
    if (area->kind == AreaKind::district) return area;
    if (area->kind == AreaKind::ward) return extents_.most_of(*area, as_at, Wanted::district);
    if (!is_lsoa(area->kind)) return nullptr;
    return extents_.place_of(code, as_at, Wanted::district);
  }

  std::vector<Succession> successions_of(std::string_view code) const override {
    std::vector<Succession> out;
    for (const ProposedSuccession& proposal : input_.successions) {
      const Succession& s = proposal.succession;
      if (std::find(s.predecessors.begin(), s.predecessors.end(), code) != s.predecessors.end() ||
          std::find(s.successors.begin(), s.successors.end(), code) != s.successors.end())
        out.push_back(s);
    }
    return out;
  }

  std::vector<Succession> successions() const override {
    std::vector<Succession> out;
    for (const ProposedSuccession& proposal : input_.successions) out.push_back(proposal.succession);
    return out;
  }

  const Fit* fit(std::string_view lsoa_2011) const override { return extents_.fit(lsoa_2011); }

  std::optional<Zone> zone_of(std::string_view lsoa) const override { return input_.lsoas->zone_of(lsoa); }

  std::vector<const Area*> search(std::string_view text, int limit) const override {
    AreaSearch search(text);
    for (const Area& area : areas_) {
      std::vector<std::string> former;
      for (const Sighting& sighting : names_.of(area.code))
        if (sighting.name != area.name) former.push_back(sighting.name);
      search.look_at(area, former);
    }
    for (std::size_t i = 0; input_.wards && i < input_.wards->wards().size(); ++i)
      search.look_at(input_.wards->wards()[i]);
    for (const Area& force : placeless_forces()) search.look_at(force);
    if (search.wants_lsoas()) {
      for (const Area& area : lsoa_2011_) search.look_at(area);
      for (const Area& area : lsoa_2021_)
        if (input_.lsoas->find_2011(area.code) < 0) search.look_at(area);
    }
    return search.best(limit);
  }

  std::vector<std::string> sources() const override {
    std::vector<std::string> out;
    for (const LookUp& look_up : input_.look_ups) out.push_back(look_up.source);
    if (!input_.fit_source.empty()) out.push_back(input_.fit_source);
    if (input_.wards && !input_.wards->source().empty()) out.push_back(input_.wards->source());
    return out;
  }

  std::vector<Sighting> sightings(std::string_view code) const override { return names_.of(code); }

  std::vector<const Area*> forces_without_area() const override {
    std::vector<const Area*> out;
    for (const Area& force : placeless_forces()) out.push_back(&force);
    return out;
  }

  std::optional<Date> newest_look_up() const override {
    return input_.look_ups.empty() ? std::nullopt : std::optional(input_.look_ups.back().on);
  }

  const ProposedSuccession* proposal(std::int64_t succession) const override {
    for (const ProposedSuccession& p : input_.successions)
      if (p.succession.id == succession) return &p;
    return nullptr;
  }

 private:
  using Wanted = Extents::Wanted;

  static void sort_by_name(std::vector<const Area*>& areas) {
    std::sort(areas.begin(), areas.end(),
              [](const Area* a, const Area* b) { return a->name != b->name ? a->name < b->name : a->code < b->code; });
  }

  void collect_areas() {
    std::map<std::string, Area> areas;
    for (const auto& [code, seen] : names_.all()) {
      Area& area = areas[code];
      area.code = code;
      area.kind = seen.kind;
      area.name = seen.sightings.back().name;
    }
    for (const SuccessionFactRow& fact : input_.facts) {
      Area& area = areas[fact.predecessor];
      if (!area.code.empty()) continue;
      area.code = fact.predecessor;
      area.kind = kind_of_code(fact.successor).value_or(AreaKind::community_safety_partnership);
      area.name = fact.predecessor_name;
    }
    for (auto& [code, area] : areas) {
      const TenureSpan span = span_of(time_.tenures(), area);
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

  std::vector<const Area*> wards_of(const Area& area, Date as_at) const {
    std::vector<const Area*> out;
    std::set<std::string_view> done;
    if (!input_.wards) return out;
    for (const std::string& lsoa : lsoas(area.code, as_at)->lsoa_2021) {
      const Area* ward = input_.wards->ward_of(lsoa);
      if (ward == nullptr || !done.insert(ward->code).second) continue;
      const Area* own = area.kind == AreaKind::police_force_area ? force_of(ward->code, as_at)
                        : area.kind == AreaKind::district        ? district_of(ward->code, as_at)
                                                                 : partnership_of(ward->code, as_at);
      if (own != nullptr && own->code == area.code) out.push_back(ward);
    }
    sort_by_name(out);
    return out;
  }

  static SnapshotInput with_lsoas(SnapshotInput input) {
    if (!input.lsoas) input.lsoas = std::make_shared<const LsoaTable>();
    return input;
  }

  const SnapshotInput input_;
  const AreaNames names_;
  const TimeLine time_;
  const Extents extents_;
  std::vector<Area> areas_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::vector<Area> lsoa_2011_;
  std::vector<Area> lsoa_2021_;
};

}  // namespace

std::shared_ptr<const Snapshot> make_snapshot(SnapshotInput input) {
  return std::make_shared<const Structure>(std::move(input));
}

}  // namespace tithing::register_
