#include "slices/register/snapshot.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "slices/register/tenure.h"
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

// How well a name or code answers a search: smaller is better, negative is not at all.
int rank_of(const std::string& lower_name, const std::string& lower_code, const std::string& wanted) {
  if (lower_code == wanted) return 0;
  if (lower_name == wanted) return 1;
  const std::size_t at = lower_name.find(wanted);
  if (at == 0) return 2;
  if (at != std::string::npos && (lower_name[at - 1] == ' ' || lower_name[at - 1] == '-' || lower_name[at - 1] == '('))
    return 3;
  if (wanted.size() >= 4 && lower_code.compare(0, wanted.size(), wanted) == 0) return 4;
  if (at != std::string::npos && wanted.size() >= 3) return 5;
  return -1;
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
  explicit Structure(SnapshotInput input) : input_(std::move(input)) {
    if (!input_.lsoas) input_.lsoas = std::make_shared<const LsoaTable>();
    tenures_ = tenures_of(input_.look_ups, input_.facts, input_.successions);
    collect_areas();
    collect_segments();
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
    const Segment& segment = segment_at(as_at);
    std::set<std::string_view> codes;
    for (const Tenure* tenure : segment.active) codes.insert(tenure->code_of(kind));
    for (const std::string_view code : codes) out.push_back(find(code));
    sort_by_name(out);
    return out;
  }

  std::string name_at(const Area& area, Date as_at) const override {
    const auto found = sightings_.find(area.code);
    if (found == sightings_.end() || found->second.empty()) return area.name;
    const std::vector<Sighting>& seen = found->second;
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

  std::vector<NamePeriod> names(std::string_view code) const override {
    std::vector<NamePeriod> out;
    const auto found = sightings_.find(std::string(code));
    if (found == sightings_.end()) return out;
    std::vector<std::string> months;
    const auto close = [&](const std::string& name) {
      const bool one = months.size() == 1;
      std::string text = one ? "look-up of " : "look-ups of ";
      for (std::size_t i = 0; i < months.size(); ++i)
        text += (i == 0 ? "" : i + 1 == months.size() ? " and " : ", ") + months[i];
      out.push_back({name, text});
      months.clear();
    };
    for (std::size_t i = 0; i < found->second.size(); ++i) {
      const Sighting& seen = found->second[i];
      if (i > 0 && seen.name != found->second[i - 1].name) close(found->second[i - 1].name);
      months.push_back(Month::of(seen.on).text());
    }
    if (!months.empty()) close(found->second.back().name);
    return out;
  }

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
    for (const Tenure* tenure : segment_at(as_at).active)
      if (tenure->code_of(area->kind) == code) codes.insert(tenure->code_of(kind));
    for (const std::string_view part : codes) out.push_back(find(part));
    sort_by_name(out);
    return out;
  }

  std::shared_ptr<const LsoaSet> lsoas(std::string_view code, Date as_at) const override {
    const std::size_t segment = segment_number(as_at);
    // Beyond the newest look-up the extent is the last one known, and says so.
    const std::optional<Date> newest = newest_look_up();
    const bool beyond = newest && *newest < as_at;
    const std::pair<std::string, std::size_t> key(code, segment * 2 + (beyond ? 1 : 0));
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = lsoa_sets_.find(key); found != lsoa_sets_.end()) return found->second;
    }
    LsoaSet made = make_lsoas(code, segment);
    const Area* area = beyond ? find(code) : nullptr;
    const bool from_look_ups =
        area != nullptr && (area->kind == AreaKind::community_safety_partnership || area->kind == AreaKind::district);
    if (from_look_ups && !(made.lsoa_2011.empty() && made.lsoa_2021.empty()))
      made.notes.push_back("The newest look-up of areas is of " + Month::of(*newest).text() +
                           ": its extent is the one of that day, and what has changed since is not known.");
    auto set = std::make_shared<const LsoaSet>(std::move(made));
    const std::lock_guard lock(mutex_);
    return lsoa_sets_.try_emplace(key, std::move(set)).first->second;
  }

  const Area* force_of(std::string_view code, Date as_at) const override {
    const Area* area = find(code);
    if (!area) return nullptr;
    if (area->kind == AreaKind::police_force_area) return area;
    const bool small = is_lsoa(area->kind) || area->kind == AreaKind::ward;
    const Area* below = small ? district_of(code, as_at) : area;
    if (!below) return nullptr;
    const Tenure* tenure = tenure_of(*below, as_at);
    return tenure ? find(tenure->force) : nullptr;
  }

  const Area* partnership_of(std::string_view code, Date as_at) const override {
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

  const Area* district_of(std::string_view code, Date as_at) const override {
    const Area* area = find(code);
    if (!area) return nullptr;
    if (area->kind == AreaKind::district) return area;
    if (area->kind == AreaKind::ward) return most_of(*area, as_at, Wanted::district);
    if (!is_lsoa(area->kind)) return nullptr;
    return place_of(code, as_at, Wanted::district);
  }

  std::vector<Succession> successions_of(std::string_view code) const override {
    std::vector<Succession> out;
    for (const Proposal& proposal : input_.successions) {
      const Succession& s = proposal.succession;
      if (std::find(s.predecessors.begin(), s.predecessors.end(), code) != s.predecessors.end() ||
          std::find(s.successors.begin(), s.successors.end(), code) != s.successors.end())
        out.push_back(s);
    }
    return out;
  }

  std::vector<Succession> successions() const override {
    std::vector<Succession> out;
    for (const Proposal& proposal : input_.successions) out.push_back(proposal.succession);
    return out;
  }

  const Fit* fit(std::string_view lsoa_2011) const override {
    const std::int64_t at = input_.lsoas->find_2011(lsoa_2011);
    if (at < 0) return nullptr;
    const std::lock_guard lock(mutex_);
    Fit& made = fits_[at];
    if (made.lsoa_2021.empty()) {
      made.change = input_.lsoas->of_2011()[static_cast<std::size_t>(at)].change;
      const auto [begin, end] = input_.lsoas->successors(static_cast<std::uint32_t>(at));
      for (const std::uint32_t* target = begin; target != end; ++target)
        made.lsoa_2021.push_back(input_.lsoas->of_2021()[*target].code);
    }
    return &made;
  }

  std::optional<Zone> zone_of(std::string_view lsoa) const override { return input_.lsoas->zone_of(lsoa); }

  std::vector<const Area*> search(std::string_view text, int limit) const override {
    const std::string wanted = lowered(trimmed(text));
    std::vector<const Area*> out;
    if (wanted.empty() || limit <= 0) return out;
    struct Hit {
      int rank;
      const Area* area;
    };
    std::vector<Hit> hits;
    for (const Area& area : areas_) {
      int best = rank_of(lowered(area.name), lowered(area.code), wanted);
      if (const auto seen = sightings_.find(area.code); seen != sightings_.end()) {
        for (const Sighting& sighting : seen->second) {
          if (sighting.name == area.name) continue;
          const int old = rank_of(lowered(sighting.name), {}, wanted);
          if (old >= 0 && (best < 0 || old < best)) best = old;
        }
      }
      if (best >= 0) hits.push_back({best, &area});
    }
    for (std::size_t i = 0; input_.wards && i < input_.wards->wards().size(); ++i) {
      const Area& ward = input_.wards->wards()[i];
      const int rank = rank_of(lowered(ward.name), lowered(ward.code), wanted);
      if (rank >= 0) hits.push_back({rank, &ward});
    }
    for (const Area& force : placeless_forces()) {
      const int rank = rank_of(lowered(force.name), force.code, wanted);
      if (rank >= 0) hits.push_back({rank, &force});
    }
    // LSOAs are looked for only by something like "Bromsgrove 001" or a code: their names all hold a digit.
    if (std::any_of(wanted.begin(), wanted.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      for (const Area& area : lsoa_2011_) {
        const int rank = rank_of(lowered(area.name), lowered(area.code), wanted);
        if (rank >= 0) hits.push_back({rank, &area});
      }
      for (const Area& area : lsoa_2021_) {
        if (input_.lsoas->find_2011(area.code) >= 0) continue;
        const int rank = rank_of(lowered(area.name), lowered(area.code), wanted);
        if (rank >= 0) hits.push_back({rank, &area});
      }
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
      if (a.rank != b.rank) return a.rank < b.rank;
      if (a.area->kind != b.area->kind) return a.area->kind < b.area->kind;
      if (a.area->name != b.area->name) return a.area->name < b.area->name;
      return a.area->code < b.area->code;
    });
    for (const Hit& hit : hits) {
      if (out.size() == static_cast<std::size_t>(limit)) break;
      out.push_back(hit.area);
    }
    return out;
  }

  std::vector<std::string> sources() const override {
    std::vector<std::string> out;
    for (const LookUp& look_up : input_.look_ups) out.push_back(look_up.source);
    if (!input_.fit_source.empty()) out.push_back(input_.fit_source);
    if (input_.wards && !input_.wards->source().empty()) out.push_back(input_.wards->source());
    return out;
  }

  std::vector<Sighting> sightings(std::string_view code) const override {
    const auto found = sightings_.find(std::string(code));
    return found == sightings_.end() ? std::vector<Sighting>() : found->second;
  }

  std::vector<const Area*> forces_without_area() const override {
    std::vector<const Area*> out;
    for (const Area& force : placeless_forces()) out.push_back(&force);
    return out;
  }

  std::optional<Date> newest_look_up() const override {
    return input_.look_ups.empty() ? std::nullopt : std::optional(input_.look_ups.back().on);
  }

  const Proposal* proposal(std::int64_t succession) const override {
    for (const Proposal& p : input_.successions)
      if (p.succession.id == succession) return &p;
    return nullptr;
  }

 private:
  struct Segment {
    std::vector<const Tenure*> active;
  };
  struct Places {
    std::vector<const Area*> district_2011, partnership_2011, district_2021, partnership_2021;
  };

  static void sort_by_name(std::vector<const Area*>& areas) {
    std::sort(areas.begin(), areas.end(),
              [](const Area* a, const Area* b) { return a->name != b->name ? a->name < b->name : a->code < b->code; });
  }

  void collect_areas() {
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

  void collect_segments() {
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

  std::size_t segment_number(Date as_at) const {
    return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), as_at) - starts_.begin());
  }
  const Segment& segment_at(Date as_at) const { return segments_[segment_number(as_at)]; }
  Date day_of_segment(std::size_t segment) const {
    if (segment > 0) return starts_[segment - 1];
    return starts_.empty() ? Date() : starts_.front().plus_days(-1);
  }

  const Tenure* tenure_of(const Area& area, Date as_at) const {
    for (const Tenure* tenure : segment_at(as_at).active)
      if (tenure->code_of(area.kind) == area.code) return tenure;
    // Gone or not begun: its nearest time.
    const Tenure* nearest = nullptr;
    for (const Tenure& tenure : tenures_)
      if (tenure.code_of(area.kind) == area.code) nearest = &tenure;
    return nearest;
  }

  std::optional<Date> day_of_rename(const std::string& code, Date after, Date by) const {
    for (const Proposal& proposal : input_.successions) {
      const Succession& s = proposal.succession;
      if (s.kind == SuccessionKind::renamed && s.review == Succession::Review::accepted && s.on && *s.on > after &&
          *s.on <= by && s.predecessors.front() == code)
        return s.on;
    }
    return std::nullopt;
  }

  // LSOAs of a whole district, by the best that is known, with what had to be decided.
  LsoaNumbers district_lsoas(const std::string& code, std::set<std::string>& notes, int depth = 0) const {
    const LsoaTable& table = *input_.lsoas;
    if (const LsoaNumbers* now = table.of_district_2011(code)) return *now;
    const Area* area = find(code);
    std::vector<std::string> names;
    if (const auto seen = sightings_.find(code); seen != sightings_.end())
      for (const Sighting& s : seen->second) names.push_back(s.name);
    for (const std::string& name : names) {
      if (const LsoaNumbers* former = table.of_former_district(name)) {
        notes.insert(name + " (" + code + ") is not among the districts of the exact fit (" +
                     std::to_string(table.district_year()) +
                     "); its LSOAs were taken by the names that LSOAs bore in 2011, \"" + name + " 001A\" and so on.");
        return *former;
      }
    }
    if (depth < 3) {
      LsoaNumbers sum;
      for (const Proposal& proposal : input_.successions) {
        const Succession& s = proposal.succession;
        if (s.review == Succession::Review::rejected || s.area_kind != AreaKind::district || s.successors.size() != 1 ||
            s.successors.front() != code)
          continue;
        for (const std::string& former : s.predecessors)
          if (former != code) sum = united(sum, district_lsoas(former, notes, depth + 1));
        if (!sum.empty()) {
          notes.insert((area ? area->name : code) +
                       " is newer than the exact fit; its LSOAs are those of the districts it replaced.");
          return sum;
        }
      }
    }
    if (!table.empty()) notes.insert("No LSOA is known for " + (area ? area->name + " (" + code + ")" : code) + ".");
    return {};
  }

  static bool is_split(const Segment& segment, std::string_view district) {
    int partnerships = 0;
    for (const Tenure* tenure : segment.active) partnerships += tenure->district == district ? 1 : 0;
    return partnerships > 1;
  }

  // LSOAs of a partnership at the nearest other time when none of its districts was split; the earlier time first.
  LsoaNumbers unsplit_lsoas(const std::string& partnership, std::size_t segment, std::set<std::string>& notes) const {
    std::vector<std::size_t> order;
    for (std::size_t s = segment; s-- > 0;) order.push_back(s);
    for (std::size_t s = segment + 1; s < segments_.size(); ++s) order.push_back(s);
    for (const std::size_t s : order) {
      LsoaNumbers sum;
      bool usable = false;
      for (const Tenure* tenure : segments_[s].active) {
        if (tenure->partnership != partnership) continue;
        usable = !is_split(segments_[s], tenure->district);
        if (!usable) break;
        sum = united(sum, district_lsoas(tenure->district, notes));
      }
      if (usable && !sum.empty()) return sum;
    }
    return {};
  }

  LsoaNumbers tenure_lsoas(const Tenure& tenure, std::size_t segment, std::set<std::string>& notes) const {
    const LsoaNumbers whole = district_lsoas(tenure.district, notes);
    if (!is_split(segments_[segment], tenure.district)) return whole;
    const Area* district = find(tenure.district);
    const std::string name = district ? district->name : tenure.district;
    std::set<std::string> ignored;
    LsoaNumbers mine = intersected(whole, unsplit_lsoas(tenure.partnership, segment, ignored));
    LsoaNumbers covered;
    for (const Tenure* other : segments_[segment].active) {
      if (other->district != tenure.district) continue;
      const LsoaNumbers part = intersected(whole, unsplit_lsoas(other->partnership, segment, ignored));
      covered = united(covered, part);
      if (other->partnership == tenure.partnership) continue;
      LsoaNumbers rest;
      std::set_difference(mine.begin(), mine.end(), part.begin(), part.end(), std::back_inserter(rest));
      mine = std::move(rest);  // claimed by two: counts for neither
    }
    std::string note =
        name + " (" + tenure.district +
        ") is split between partnerships; which LSOAs belong to which was taken from the districts they had before.";
    if (covered.size() < whole.size())
      note += " " + plural(static_cast<std::int64_t>(whole.size() - covered.size()), "LSOA", "LSOAs") +
              " of it could not be decided and count for none of them.";
    notes.insert(note);
    return mine;
  }

  LsoaSet make_lsoas(std::string_view code, std::size_t segment) const {
    LsoaSet set;
    const LsoaTable& table = *input_.lsoas;
    const Area* area = find(code);
    if (!area) return set;
    std::set<std::string> notes;
    LsoaNumbers numbers;
    LsoaNumbers numbers_2021;
    if (is_lsoa(area->kind)) {
      // Of the other census only what is the same ground: an LSOA that was merged has no LSOA of 2021 of its own.
      const ZoneAnswer answer =
          answer_for({std::string(code)}, [&](std::string_view lsoa) { return table.zone_of(lsoa); });
      const ZonePart& part = answer.parts.front();
      const bool old = area->kind == AreaKind::lsoa_2011;
      set.lsoa_2011 = part.whole() ? part.zone.of_2011 : old ? part.asked : std::vector<std::string>();
      set.lsoa_2021 = part.whole() ? part.zone.of_2021 : old ? std::vector<std::string>() : part.asked;
      if (!old && part.zone.of_2011.size() > 1 && part.whole())
        notes.insert("It was made of " + std::to_string(part.zone.of_2011.size()) + " LSOAs of 2011.");
      if (!part.whole()) notes.insert(answer.why([&](std::string_view lsoa) { return name_of_lsoa(lsoa); }));
    } else if (area->kind == AreaKind::ward) {
      // Whole LSOAs of 2021; of 2011 those whose zone lies in it altogether.
      set.lsoa_2021 = input_.wards->lsoas(code);
      const ZoneAnswer answer = answer_for(set.lsoa_2021, [&](std::string_view lsoa) { return table.zone_of(lsoa); });
      for (const ZonePart& part : answer.parts)
        if (part.whole()) set.lsoa_2011.insert(set.lsoa_2011.end(), part.zone.of_2011.begin(), part.zone.of_2011.end());
      std::sort(set.lsoa_2011.begin(), set.lsoa_2011.end());
      notes.insert("A best fit: the whole LSOAs of 2021 that the Office for National Statistics puts to the ward of " +
                   std::to_string(input_.wards->year()) +
                   ", not the ward's own outline. Crimes near its edge may count for its neighbour.");
    } else {
      std::vector<const Tenure*> held;
      std::size_t used = segment;
      for (const Tenure* tenure : segments_[segment].active)
        if (tenure->code_of(area->kind) == code) held.push_back(tenure);
      if (held.empty()) {
        // Not in force on that day: its own last (or first) time, so that its figures can still be asked for.
        for (std::size_t s = segments_.size(); s-- > 0 && held.empty();) {
          for (const Tenure* tenure : segments_[s].active)
            if (tenure->code_of(area->kind) == code) held.push_back(tenure);
          used = s;
        }
        if (!held.empty())
          notes.insert(area->name + " (" + area->code +
                       ") was not there on that day; its extent is that of the nearest time it was.");
      }
      std::set<std::string> done;
      for (const Tenure* tenure : held) {
        if (area->kind == AreaKind::community_safety_partnership) {
          numbers = united(numbers, tenure_lsoas(*tenure, used, notes));
        } else if (done.insert(tenure->district).second) {
          numbers = united(numbers, district_lsoas(tenure->district, notes));
        }
      }
      // Of districts that the exact fit lists, the 2021 LSOAs are known by themselves; of others through their 2011
      // ones.
      for (const Tenure* tenure : held) {
        const LsoaNumbers* now = table.of_district_2021(tenure->district);
        if (now &&
            !(area->kind == AreaKind::community_safety_partnership && is_split(segments_[used], tenure->district))) {
          numbers_2021 = united(numbers_2021, *now);
        } else {
          std::set<std::string> ignored;
          numbers_2021 = united(numbers_2021, table.to_2021(area->kind == AreaKind::community_safety_partnership
                                                                ? tenure_lsoas(*tenure, used, ignored)
                                                                : district_lsoas(tenure->district, ignored)));
        }
      }
      note_shared(numbers, held, notes);
    }
    for (const std::uint32_t n : numbers) set.lsoa_2011.push_back(table.of_2011()[n].code);
    for (const std::uint32_t n : numbers_2021) set.lsoa_2021.push_back(table.of_2021()[n].code);
    set.notes.assign(notes.begin(), notes.end());
    return set;
  }

  std::string name_of_lsoa(std::string_view code) const {
    const Area* lsoa = find(code);
    return lsoa ? lsoa->name : std::string();
  }

  void note_shared(const LsoaNumbers& numbers, const std::vector<const Tenure*>& held,
                   std::set<std::string>& notes) const {
    const LsoaTable& table = *input_.lsoas;
    for (const std::uint32_t lsoa : table.shared_between_districts()) {
      const bool inside = std::binary_search(numbers.begin(), numbers.end(), lsoa);
      bool touches = false;
      const auto [begin, end] = table.successors(lsoa);
      for (const std::uint32_t* target = begin; target != end; ++target)
        for (const Tenure* tenure : held) touches |= tenure->district == table.of_2021()[*target].district;
      const LsoaTable::Lsoa& which = table.of_2011()[lsoa];
      if (inside || touches)
        notes.insert("LSOA " + which.code + " (" + which.name +
                     ") of 2011 lies in two districts; by its name it counts " +
                     (inside ? "here." : "for the other one, not here."));
    }
  }

  enum class Wanted { district, partnership };
  const Area* place_of(std::string_view code, Date as_at, Wanted wanted) const {
    const bool wants_district = wanted == Wanted::district;
    const std::size_t segment = segment_number(as_at);
    const std::shared_ptr<const Places> places = places_at(segment);
    if (const std::int64_t at = input_.lsoas->find_2011(code); at >= 0)
      return (wants_district ? places->district_2011 : places->partnership_2011)[static_cast<std::size_t>(at)];
    if (const std::int64_t at = input_.lsoas->find_2021(code); at >= 0)
      return (wants_district ? places->district_2021 : places->partnership_2021)[static_cast<std::size_t>(at)];
    return nullptr;
  }

  // Where most of a ward's LSOAs lie; the lower code where two hold the same number.
  const Area* most_of(const Area& ward, Date as_at, Wanted wanted) const {
    std::map<std::string_view, std::pair<int, const Area*>> found;
    for (const std::string& lsoa : input_.wards->lsoas(ward.code))
      if (const Area* place = place_of(lsoa, as_at, wanted)) {
        auto& [number, area] = found[place->code];
        ++number;
        area = place;
      }
    const std::pair<int, const Area*>* best = nullptr;
    for (const auto& [code, one] : found)
      if (best == nullptr || one.first > best->first) best = &one;
    return best == nullptr ? nullptr : best->second;
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

  std::shared_ptr<const Places> places_at(std::size_t segment) const {
    {
      const std::lock_guard lock(mutex_);
      if (places_[segment]) return places_[segment];
    }
    auto places = std::make_shared<Places>();
    const LsoaTable& table = *input_.lsoas;
    places->district_2011.resize(table.of_2011().size());
    places->partnership_2011.resize(table.of_2011().size());
    places->district_2021.resize(table.of_2021().size());
    places->partnership_2021.resize(table.of_2021().size());
    std::set<std::string> ignored;
    for (const Tenure* tenure : segments_[segment].active) {
      const Area* district = find(tenure->district);
      const Area* partnership = find(tenure->partnership);
      const LsoaNumbers whole = district_lsoas(tenure->district, ignored);
      const LsoaNumbers part = tenure_lsoas(*tenure, segment, ignored);
      for (const std::uint32_t n : whole) places->district_2011[n] = district;
      for (const std::uint32_t n : part) places->partnership_2011[n] = partnership;
      const LsoaNumbers* now = table.of_district_2021(tenure->district);
      const bool split_here = is_split(segments_[segment], tenure->district);
      for (const std::uint32_t n : now ? *now : table.to_2021(whole)) places->district_2021[n] = district;
      for (const std::uint32_t n : now && !split_here ? *now : table.to_2021(part))
        places->partnership_2021[n] = partnership;
    }
    const std::lock_guard lock(mutex_);
    if (!places_[segment]) places_[segment] = std::move(places);
    return places_[segment];
  }

  SnapshotInput input_;
  std::vector<Tenure> tenures_;
  std::vector<Area> areas_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::unordered_map<std::string, std::vector<Sighting>> sightings_;
  std::vector<Area> lsoa_2011_;
  std::vector<Area> lsoa_2021_;
  std::vector<Date> starts_;
  std::vector<Segment> segments_;

  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, std::size_t>, std::shared_ptr<const LsoaSet>> lsoa_sets_;
  mutable std::vector<std::shared_ptr<const Places>> places_;
  mutable std::unordered_map<std::int64_t, Fit> fits_;
};

}  // namespace

std::shared_ptr<const Snapshot> make_snapshot(SnapshotInput input) {
  return std::make_shared<const Structure>(std::move(input));
}

}  // namespace tithing::register_
