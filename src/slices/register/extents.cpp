#include "slices/register/extents.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "slices/register/zones.h"

namespace tithing::register_ {

std::shared_ptr<const Areas::LsoaSet> Extents::of(std::string_view code, Date as_at) const {
  const std::size_t segment = time_.segment_of(as_at);
  // Beyond the newest look-up the extent is the last one known, and says so.
  const std::optional<Date> newest = input_.look_ups.empty() ? std::nullopt : std::optional(input_.look_ups.back().on);
  const bool beyond = newest && *newest < as_at;
  const std::pair<std::string, std::size_t> key(code, segment * 2 + (beyond ? 1 : 0));
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = sets_.find(key); found != sets_.end()) return found->second;
  }
  Areas::LsoaSet made = make(code, segment);
  const Area* area = beyond ? find_(code) : nullptr;
  const bool from_look_ups =
      area != nullptr && (area->kind == AreaKind::community_safety_partnership || area->kind == AreaKind::district);
  if (from_look_ups && !(made.lsoa_2011.empty() && made.lsoa_2021.empty()))
    made.notes.push_back("The newest look-up of areas is of " + Month::of(*newest).text() +
                         ": its extent is the one of that day, and what has changed since is not known.");
  auto set = std::make_shared<const Areas::LsoaSet>(std::move(made));
  const std::lock_guard lock(mutex_);
  return sets_.try_emplace(key, std::move(set)).first->second;
}

// LSOAs of a whole district, by the best that is known, with what had to be decided.
LsoaNumbers Extents::district_lsoas(const std::string& code, std::set<std::string>& notes, int depth) const {
  const LsoaTable& table = *input_.lsoas;
  if (const LsoaNumbers* now = table.of_district_2011(code)) return *now;
  const Area* area = find_(code);
  for (const auto& [on, name, source] : names_.of(code)) {
    if (const LsoaNumbers* former = table.of_former_district(name)) {
      notes.insert(name + " (" + code + ") is not among the districts of the exact fit (" +
                   std::to_string(table.district_year()) +
                   "); its LSOAs were taken by the names that LSOAs bore in 2011, \"" + name + " 001A\" and so on.");
      return *former;
    }
  }
  if (depth < 3) {
    LsoaNumbers sum;
    for (const ProposedSuccession& proposal : input_.successions) {
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

// LSOAs of a partnership at the nearest other time when none of its districts was split; the earlier time first.
LsoaNumbers Extents::unsplit_lsoas(const std::string& partnership, std::size_t segment,
                                   std::set<std::string>& notes) const {
  std::vector<std::size_t> order;
  for (std::size_t s = segment; s-- > 0;) order.push_back(s);
  for (std::size_t s = segment + 1; s < time_.size(); ++s) order.push_back(s);
  for (const std::size_t s : order) {
    LsoaNumbers sum;
    bool usable = false;
    for (const Tenure* tenure : time_.active(s)) {
      if (tenure->partnership != partnership) continue;
      usable = !time_.is_split(s, tenure->district);
      if (!usable) break;
      sum = united(sum, district_lsoas(tenure->district, notes));
    }
    if (usable && !sum.empty()) return sum;
  }
  return {};
}

LsoaNumbers Extents::tenure_lsoas(const Tenure& tenure, std::size_t segment, std::set<std::string>& notes) const {
  const LsoaNumbers whole = district_lsoas(tenure.district, notes);
  if (!time_.is_split(segment, tenure.district)) return whole;
  const Area* district = find_(tenure.district);
  const std::string name = district ? district->name : tenure.district;
  std::set<std::string> ignored;
  LsoaNumbers mine = intersected(whole, unsplit_lsoas(tenure.partnership, segment, ignored));
  LsoaNumbers covered;
  for (const Tenure* other : time_.active(segment)) {
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

Areas::LsoaSet Extents::make(std::string_view code, std::size_t segment) const {
  Areas::LsoaSet set;
  const LsoaTable& table = *input_.lsoas;
  const Area* area = find_(code);
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
    if (!part.whole())
      notes.insert(answer.why([&](std::string_view lsoa) {
        const Area* named = find_(lsoa);
        return named ? named->name : std::string();
      }));
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
    for (const Tenure* tenure : time_.active(segment))
      if (tenure->code_of(area->kind) == code) held.push_back(tenure);
    if (held.empty()) {
      // Not in force on that day: its own last (or first) time, so that its figures can still be asked for.
      for (std::size_t s = time_.size(); s-- > 0 && held.empty();) {
        for (const Tenure* tenure : time_.active(s))
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
      if (now && !(area->kind == AreaKind::community_safety_partnership && time_.is_split(used, tenure->district))) {
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

void Extents::note_shared(const LsoaNumbers& numbers, const std::vector<const Tenure*>& held,
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

const Area* Extents::place_of(std::string_view code, Date as_at, Wanted wanted) const {
  const bool wants_district = wanted == Wanted::district;
  const std::size_t segment = time_.segment_of(as_at);
  const std::shared_ptr<const Places> places = places_at(segment);
  if (const std::int64_t at = input_.lsoas->find_2011(code); at >= 0)
    return (wants_district ? places->district_2011 : places->partnership_2011)[static_cast<std::size_t>(at)];
  if (const std::int64_t at = input_.lsoas->find_2021(code); at >= 0)
    return (wants_district ? places->district_2021 : places->partnership_2021)[static_cast<std::size_t>(at)];
  return nullptr;
}

// Where most of a ward's LSOAs lie; the lower code where two hold the same number.
const Area* Extents::most_of(const Area& ward, Date as_at, Wanted wanted) const {
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

std::shared_ptr<const Extents::Places> Extents::places_at(std::size_t segment) const {
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
  for (const Tenure* tenure : time_.active(segment)) {
    const Area* district = find_(tenure->district);
    const Area* partnership = find_(tenure->partnership);
    const LsoaNumbers whole = district_lsoas(tenure->district, ignored);
    const LsoaNumbers part = tenure_lsoas(*tenure, segment, ignored);
    for (const std::uint32_t n : whole) places->district_2011[n] = district;
    for (const std::uint32_t n : part) places->partnership_2011[n] = partnership;
    const LsoaNumbers* now = table.of_district_2021(tenure->district);
    const bool split_here = time_.is_split(segment, tenure->district);
    for (const std::uint32_t n : now ? *now : table.to_2021(whole)) places->district_2021[n] = district;
    for (const std::uint32_t n : now && !split_here ? *now : table.to_2021(part))
      places->partnership_2021[n] = partnership;
  }
  const std::lock_guard lock(mutex_);
  if (!places_[segment]) places_[segment] = std::move(places);
  return places_[segment];
}

const Areas::Fit* Extents::fit(std::string_view lsoa_2011) const {
  const std::int64_t at = input_.lsoas->find_2011(lsoa_2011);
  if (at < 0) return nullptr;
  const std::lock_guard lock(mutex_);
  Areas::Fit& made = fits_[at];
  if (made.lsoa_2021.empty()) {
    made.change = input_.lsoas->of_2011()[static_cast<std::size_t>(at)].change;
    const auto [begin, end] = input_.lsoas->successors(static_cast<std::uint32_t>(at));
    for (const std::uint32_t* target = begin; target != end; ++target)
      made.lsoa_2021.push_back(input_.lsoas->of_2021()[*target].code);
  }
  return &made;
}

}  // namespace tithing::register_
