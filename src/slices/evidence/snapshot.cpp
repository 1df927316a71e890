#include "slices/evidence/snapshot.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

namespace {

constexpr std::size_t kKeptSelections = 4'000;

std::string file_key(const std::string& force, Month month) { return force + " " + std::to_string(month.index()); }

Territory territory_of(const register_::Areas& areas, Date as_at) {
  std::vector<std::pair<Lsoa, int>> lsoas;
  Territory territory;
  for (const register_::Area* area : areas.of_kind(register_::AreaKind::police_force_area, as_at)) {
    const int index = static_cast<int>(territory.area_codes.size());
    territory.area_codes.push_back(area->code);
    territory.area_names.push_back(area->name);
    const auto set = areas.lsoas(area->code, as_at);
    for (const auto* codes : {&set->lsoa_2011, &set->lsoa_2021}) {
      for (const std::string& code : *codes) lsoas.emplace_back(lsoa_number(code), index);
    }
  }
  std::sort(lsoas.begin(), lsoas.end());
  lsoas.erase(std::unique(lsoas.begin(), lsoas.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
              lsoas.end());
  for (const auto& [lsoa, index] : lsoas) {
    territory.lsoas.push_back(lsoa);
    territory.area.push_back(index);
  }
  return territory;
}

std::vector<Lsoa> numbers_of(std::initializer_list<const std::vector<std::string>*> lists) {
  std::vector<Lsoa> lsoas;
  for (const auto* codes : lists)
    for (const std::string& code : *codes) lsoas.push_back(lsoa_number(code));
  std::sort(lsoas.begin(), lsoas.end());
  lsoas.erase(std::unique(lsoas.begin(), lsoas.end()), lsoas.end());
  return lsoas;
}

}  // namespace

bool answers(const Selection& selection, int vintage) {
  return vintage == 2011 ? selection.in_2011 : vintage == 2021 ? selection.in_2021 : true;
}

register_::Vintages vintages_of(const Snapshot& snapshot, const Selection& selection, Period period) {
  register_::Vintages vintages;
  for (const ForceMonth& entry : snapshot.ledger()) {
    if (!period.contains(entry.month) || entry.state != FileState::submitted) continue;
    if (std::find(selection.forces.begin(), selection.forces.end(), entry.force) == selection.forces.end()) continue;
    vintages.of_2011 = vintages.of_2011 || entry.lsoa_vintage == 2011;
    vintages.of_2021 = vintages.of_2021 || entry.lsoa_vintage == 2021;
  }
  return vintages;
}

std::optional<std::string> not_known_by_fit(const Snapshot& snapshot, const Selection& selection, Period period) {
  if (selection.in_2011 && selection.in_2021) return std::nullopt;
  const register_::Vintages vintages = vintages_of(snapshot, selection, period);
  if ((!vintages.of_2011 || selection.in_2011) && (!vintages.of_2021 || selection.in_2021)) return std::nullopt;
  return selection.why_not_known;
}

std::optional<Period> known_by_fit(const Selection& selection, Period period) {
  const Month first_of_2021 = Month::from_ym(kFirstYearOf2021Codes, kFirstMonthOf2021Codes);
  Period known = period;
  if (!selection.in_2011) known.from = std::max(known.from, first_of_2021);
  if (!selection.in_2021) known.to = std::min(known.to, first_of_2021.plus(-1));
  return known.from <= known.to ? std::optional(known) : std::nullopt;
}

std::string_view name_of(FileState state) {
  switch (state) {
    case FileState::submitted:
      return "submitted";
    case FileState::missing:
      return "missing";
    case FileState::malformed:
      return "malformed";
  }
  return "";
}

EvidenceSnapshot::EvidenceSnapshot(SnapshotInput input) : input_(std::move(input)) {
  std::map<std::string, std::string> names;
  for (const PublicationFacts& p : input_.publications) names.emplace(p.force_slug, p.force_name);
  for (const CubeForce& force : input_.cube->forces()) names[force.slug] = force.name;
  for (const auto& [slug, name] : names) {
    const KnownForce* known = known_force_by_slug(slug);
    forces_.push_back({slug, known != nullptr ? std::string(known->name) : name,
                       known != nullptr ? std::string(known->area_code) : std::string()});
    const auto found = std::find_if(input_.cube->forces().begin(), input_.cube->forces().end(),
                                    [&](const CubeForce& f) { return f.slug == slug; });
    cube_force_.push_back(found == input_.cube->forces().end()
                              ? std::nullopt
                              : std::optional(static_cast<std::size_t>(found - input_.cube->forces().begin())));
  }
  force_of_pair_.resize(input_.cube->pairs().size());
  for (std::size_t i = 0; i < forces_.size(); ++i) {
    if (!cube_force_[i]) continue;
    const CubeForce& force = input_.cube->forces()[*cube_force_[i]];
    for (std::uint32_t pair = force.first_pair; pair < force.end_pair; ++pair) {
      force_of_pair_[pair] = static_cast<int>(i);
      if (input_.cube->pairs()[pair] != kNoLsoa) places_.push_back({input_.cube->pairs()[pair], pair});
    }
  }
  std::sort(places_.begin(), places_.end(),
            [](const Place& a, const Place& b) { return a.lsoa != b.lsoa ? a.lsoa < b.lsoa : a.pair < b.pair; });
  for (const ForceMonthCounts::Type& type : input_.cube->types()) {
    CrimeType shown{type.slug, type.name, std::nullopt, std::nullopt};
    if (const KnownCrimeType* known = known_crime_type(type.slug)) {
      shown.first = Month::from_ym(known->first_year, known->first_month);
      if (known->last_year != 0) shown.last = Month::from_ym(known->last_year, known->last_month);
    }
    types_.push_back(std::move(shown));
  }
  published_.resize(forces_.size());
  for (std::size_t i = 0; i < forces_.size(); ++i) {
    if (!cube_force_[i] || !input_.cube->months()) continue;
    published_[i].by_type = input_.cube->type_sums(*cube_force_[i], *input_.cube->months());
    for (const std::int64_t rows : published_[i].by_type) published_[i].rows += rows;
  }
  for (std::size_t i = 0; i < input_.files.size(); ++i) {
    CountedFile& file = input_.files[i];
    file.force = force_index(input_.file_forces[i]).value_or(-1);
    file_index_.emplace(file_key(input_.file_forces[i], file.month), i);
  }
  if (input_.population) {
    // A year of which there is only a part stands beside the others, but is no year for everybody.
    const std::vector<std::int64_t> known = input_.population->lsoas_known();
    const std::int64_t most = known.empty() ? 0 : *std::max_element(known.begin(), known.end());
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (known[i] * 100 >= most * 99) full_years_.push_back(input_.population->years[i]);
    }
  }
  Date as_at;
  for (const PublicationFacts& p : input_.publications) as_at = std::max(as_at, p.month.last_day());
  ledger_ = make_ledger(forces_, types_, *input_.cube, input_.publications,
                        input_.areas ? territory_of(*input_.areas, as_at) : Territory{});
}

std::optional<int> EvidenceSnapshot::type_index(std::string_view slug) const {
  for (std::size_t i = 0; i < types_.size(); ++i) {
    if (types_[i].slug == slug) return static_cast<int>(i);
  }
  return std::nullopt;
}

std::optional<int> EvidenceSnapshot::force_index(std::string_view area_code_or_slug) const {
  if (area_code_or_slug.empty()) return std::nullopt;
  for (std::size_t i = 0; i < forces_.size(); ++i) {
    if (forces_[i].area_code == area_code_or_slug || forces_[i].slug == area_code_or_slug) return static_cast<int>(i);
  }
  return std::nullopt;
}

std::optional<Period> EvidenceSnapshot::months() const {
  if (ledger_.empty()) return std::nullopt;
  Period period{ledger_.front().month, ledger_.front().month};
  for (const ForceMonth& entry : ledger_) {
    period.from = std::min(period.from, entry.month);
    period.to = std::max(period.to, entry.month);
  }
  return period;
}

std::shared_ptr<const Selection> EvidenceSnapshot::remember(const std::string& key, Selection selection) const {
  auto kept = std::make_shared<const Selection>(std::move(selection));
  const std::lock_guard lock(mutex_);
  if (selections_.size() >= kKeptSelections) selections_.clear();
  selections_[key] = kept;
  return kept;
}

register_::ZoneAnswer EvidenceSnapshot::through_the_fit(Selection& selection,
                                                        const std::vector<std::string>& lsoas) const {
  const register_::ZoneAnswer answer =
      register_::answer_for(lsoas, [&](std::string_view code) { return areas().zone_of(code); });
  selection.lsoas_2021 = answer.of_2021();
  selection.in_2011 = answer.in_2011;
  selection.in_2021 = answer.in_2021;
  if (answer.whole()) return answer;
  const auto name_of = [&](std::string_view code) {
    const register_::Area* area = areas().find(code);
    return area != nullptr ? area->name : std::string();
  };
  selection.why_not_known = answer.why(name_of);
  const std::vector<std::string> completed = answer.completed(), without = answer.without_parts();
  if (answer.parts.size() == 1) {
    // One zone: the one LSOA that it was or became, where there is one.
    const register_::Zone& zone = answer.parts.front().zone;
    const std::string one = zone.of_2011.size() == 1   ? zone.of_2011.front()
                            : zone.of_2021.size() == 1 ? zone.of_2021.front()
                                                       : std::string();
    const std::string together = joined(completed, ", ") + " together";
    if (one.empty()) {
      selection.instead.push_back({together, "", completed});
    } else {
      selection.instead.push_back(
          {together + ": " + one + (name_of(one).empty() ? "" : " (" + name_of(one) + ")"), one, {}});
    }
    return answer;
  }
  const auto more = static_cast<std::int64_t>(completed.size()) - static_cast<std::int64_t>(lsoas.size());
  selection.instead.push_back({more > 0
                                   ? "with " + plural(more, "LSOA", "LSOAs") + " more, so that whole zones are counted"
                                   : std::string("with the LSOAs that complete its zones"),
                               "", completed});
  if (!without.empty()) {
    selection.instead.push_back({"only the " + plural(static_cast<std::int64_t>(without.size()), "LSOA", "LSOAs") +
                                     " that can be counted in every month",
                                 "", without});
  }
  return answer;
}

void EvidenceSnapshot::add_places(Selection& selection, const std::vector<Lsoa>& lsoas, const OwnForces& own,
                                  Recorder recorder) const {
  // Both are sorted: one walk over the places for a large selection, a search for each LSOA of a small one.
  auto at = places_.begin();
  for (std::size_t i = 0; i < lsoas.size(); ++i) {
    at = std::lower_bound(at, places_.end(), lsoas[i], [](const Place& place, Lsoa lsoa) { return place.lsoa < lsoa; });
    for (auto place = at; place != places_.end() && place->lsoa == lsoas[i]; ++place) {
      const bool is_own = own.of(i) == force_of_pair_[place->pair];
      (is_own || recorder == Recorder::all ? selection.pairs : selection.others).push_back(place->pair);
    }
  }
  std::sort(selection.pairs.begin(), selection.pairs.end());
  std::sort(selection.others.begin(), selection.others.end());
}

Result<std::shared_ptr<const Selection>> EvidenceSnapshot::select(const std::string& area_code, Date as_at,
                                                                  Recorder recorder) const {
  const std::string key = area_code + " " + as_at.iso() + (recorder == Recorder::all ? " all" : "");
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = selections_.find(key); found != selections_.end()) return found->second;
  }
  const register_::Area* area = areas().find(area_code);
  const KnownForce* known = known_force_by_area(area_code);
  // A force without an area of its own goes by its name in the files.
  const std::optional<int> imported = force_index(area_code);
  const bool without_area =
      area != nullptr ? area->without_area : imported && forces_[static_cast<std::size_t>(*imported)].area_code.empty();
  if (area == nullptr && (!imported || (known == nullptr && !without_area))) {
    return not_found(tr("There is no area with the code {0}. Search for it by name to find its code.", {area_code}));
  }
  Selection selection;
  selection.code = area_code;
  selection.title = area != nullptr ? areas().name_at(*area, as_at) : forces_[static_cast<std::size_t>(*imported)].name;
  selection.kind = area != nullptr ? area->kind : register_::AreaKind::police_force_area;
  if (area != nullptr && area->kind == register_::AreaKind::ward) selection.title += " ward (best fit)";
  if (without_area) {
    selection.notes.push_back(selection.title +
                              " polices no area of the register's: these are all rows of its files, wherever they lie. "
                              "They are in no other force's figures "
                              "unless recorded-by=all is asked for.");
  }
  if (area == nullptr) {
    if (!without_area)
      selection.notes.push_back("The register holds no area " + area_code +
                                " yet: these are the rows of the force's files.");
  } else if (!areas().in_force(*area, as_at)) {
    selection.notes.push_back(selection.title + " (" + area_code + ") was not in force on " + as_at.text() + ".");
  }
  std::vector<Lsoa> lsoas;
  if (area != nullptr) {
    const auto set = areas().lsoas(area_code, as_at);
    for (const std::string& note : set->notes) selection.notes.push_back(note);
    if (register_::is_lsoa(area->kind) || area->kind == register_::AreaKind::ward) {
      const register_::ZoneAnswer answer = through_the_fit(
          selection, register_::is_lsoa(area->kind) ? std::vector<std::string>{area_code} : set->lsoa_2021);
      const std::vector<std::string> codes = answer.codes();
      lsoas = numbers_of({&codes});
    } else {
      lsoas = numbers_of({&set->lsoa_2011, &set->lsoa_2021});
      selection.lsoas_2021 = set->lsoa_2021;
    }
  }
  const register_::Area* force_area = area == nullptr ? nullptr : areas().force_of(area_code, as_at);
  const std::string force_code = area == nullptr ? area_code : force_area != nullptr ? force_area->code : std::string();
  const std::optional<int> force = force_index(force_code);
  if (force) {
    selection.forces.push_back(*force);
  } else if (const KnownForce* named = known_force_by_area(force_code);
             named != nullptr || (named = known_force_by_slug(force_code)) != nullptr) {
    selection.unimported_force = named->name;
  } else {
    selection.unimported_force = "the force of " + selection.title;
  }
  selection.whole_force = selection.kind == register_::AreaKind::police_force_area;
  if (selection.whole_force && force && in_cube(*force)) {
    const CubeForce& range = input_.cube->forces()[*in_cube(*force)];
    for (std::uint32_t pair = range.first_pair; pair < range.end_pair; ++pair) selection.pairs.push_back(pair);
    Selection places;
    add_places(places, lsoas, {.of_all = force}, Recorder::territorial_force);
    selection.others = std::move(places.others);
    if (recorder == Recorder::all) {
      selection.pairs.insert(selection.pairs.end(), selection.others.begin(), selection.others.end());
      std::sort(selection.pairs.begin(), selection.pairs.end());
      selection.others.clear();
    }
  } else {
    add_places(selection, lsoas, {.of_all = force}, recorder);
  }
  return remember(key, std::move(selection));
}

Result<std::shared_ptr<const Selection>> EvidenceSnapshot::select_lsoas(const std::vector<std::string>& codes,
                                                                        Date as_at, Recorder recorder) const {
  std::set<std::string> wanted(codes.begin(), codes.end());
  if (wanted.empty())
    return invalid(tr("Give at least one LSOA, for example E01027558."), {{"lsoas", tr("Give at least one LSOA.")}});
  std::string key = "lsoas " + as_at.iso() + (recorder == Recorder::all ? " all" : "");
  for (const std::string& code : wanted) key += " " + code;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = selections_.find(key); found != selections_.end()) return found->second;
  }
  Selection selection;
  std::vector<Lsoa> lsoas;
  OwnForces own;
  std::set<int> forces;
  std::set<std::string> unimported;
  for (const std::string& code : wanted) {
    const register_::Area* area = areas().find(code);
    if (lsoa_number(code) == kNoLsoa || area == nullptr || !register_::is_lsoa(area->kind)) {
      return invalid(tr("\"{0}\" is not the code of an LSOA. LSOAs look like E01027558.", {code}),
                     {{"lsoas", tr("\"{0}\" is not the code of an LSOA.", {code})}});
    }
  }
  const register_::ZoneAnswer answer = through_the_fit(selection, {wanted.begin(), wanted.end()});
  for (const std::string& code : answer.codes()) {
    const register_::Area* force_area = areas().force_of(code, as_at);
    const std::optional<int> force = force_area != nullptr ? force_index(force_area->code) : std::nullopt;
    lsoas.push_back(lsoa_number(code));
    own.of_each.push_back(force);
    if (force) {
      forces.insert(*force);
    } else {
      unimported.insert(force_area != nullptr ? force_area->name : "the force of " + code);
    }
  }
  selection.title =
      wanted.size() == 1 ? *wanted.begin() : plural(static_cast<std::int64_t>(wanted.size()), "LSOA", "LSOAs");
  selection.forces.assign(forces.begin(), forces.end());
  if (!unimported.empty()) selection.unimported_force = *unimported.begin();
  add_places(selection, lsoas, own, recorder);
  return remember(key, std::move(selection));
}

std::int64_t EvidenceSnapshot::count(const Selection& selection, Period period, int type) const {
  return input_.cube->sum(selection.pairs, period, type);
}

std::vector<Snapshot::LsoaCount> EvidenceSnapshot::by_lsoa(const Selection& selection, Period period, int type) const {
  std::map<Lsoa, std::int64_t> sums;
  for (const std::uint32_t pair : selection.pairs) {
    const Lsoa lsoa = input_.cube->pairs()[pair];
    if (lsoa == kNoLsoa) continue;
    const std::int64_t rows = input_.cube->pair_sum(pair, period, type);
    if (rows != 0) sums[lsoa] += rows;
  }
  std::vector<LsoaCount> counts;
  for (const auto& [lsoa, rows] : sums) counts.push_back({lsoa_text(lsoa), rows});
  return counts;
}

std::int64_t EvidenceSnapshot::without_place(const Selection& selection, Period period, int type) const {
  std::int64_t rows = 0;
  for (const int force : selection.forces) {
    if (const auto found = in_cube(force))
      rows += input_.cube->pair_sum(input_.cube->forces()[*found].end_pair - 1, period, type);
  }
  return rows;
}

std::int64_t EvidenceSnapshot::by_other_forces(const Selection& selection, Period period, int type) const {
  return input_.cube->sum(selection.others, period, type);
}

const ForceMonth* EvidenceSnapshot::force_month(int force, Month month) const {
  if (ledger_.empty() || force < 0) return nullptr;
  const std::size_t months = ledger_.size() / forces_.size();
  const std::int64_t offset = month.index() - ledger_.front().month.index();
  if (offset < 0 || offset >= static_cast<std::int64_t>(months)) return nullptr;
  return &ledger_[static_cast<std::size_t>(force) * months + static_cast<std::size_t>(offset)];
}

const CountedFile* EvidenceSnapshot::file(int force, Month month) const {
  const auto found = file_index_.find(file_key(forces_[static_cast<std::size_t>(force)].slug, month));
  return found == file_index_.end() ? nullptr : &input_.files[found->second];
}

std::span<const std::uint32_t> EvidenceSnapshot::pairs_of(const Selection& selection, int force) const {
  const std::optional<std::size_t> found = in_cube(force);
  if (!found) return {};
  const CubeForce& range = input_.cube->forces()[*found];  // the pairs of a force lie together
  const auto first = std::lower_bound(selection.pairs.begin(), selection.pairs.end(), range.first_pair);
  const auto end = std::lower_bound(first, selection.pairs.end(), range.end_pair);
  return {first, end};
}

EvidenceSnapshot::People EvidenceSnapshot::people(const Selection& selection, int year) const {
  People people;
  std::map<std::size_t, std::int64_t> tables;
  for (const std::string& code : selection.lsoas_2021) {
    const Lsoa lsoa = lsoa_number(code);
    const auto number = input_.population ? input_.population->of(lsoa, year) : std::nullopt;
    if (!number) {
      people.without.push_back(code);
      continue;
    }
    people.known += *number;
    ++people.lsoas;
    ++tables[input_.population->table_of(lsoa, year)];
  }
  for (const auto& [table, lsoas] : tables) {
    if (table < input_.population_sources.size()) people.tables.push_back({input_.population_sources[table], lsoas});
  }
  return people;
}

std::optional<std::int64_t> EvidenceSnapshot::population(const Selection& selection, int year) const {
  const People people = this->people(selection, year);
  return people.lsoas > 0 && people.without.empty() ? std::optional(people.known) : std::nullopt;
}

std::span<const int> EvidenceSnapshot::population_years() const {
  if (!input_.population) return {};
  return input_.population->years;
}

namespace {

// The year of the period's last month, else the nearest before, else the earliest.
std::optional<int> year_among(std::span<const int> years, Period period) {
  if (years.empty()) return std::nullopt;
  int chosen = years.front();
  for (const int year : years) {
    if (year <= period.to.year()) chosen = year;
  }
  return chosen;
}

}  // namespace

std::optional<int> EvidenceSnapshot::population_year_for(Period period) const {
  return year_among(full_years_, period);
}

std::optional<int> EvidenceSnapshot::population_year_for(const Selection& selection, Period period) const {
  const std::optional<int> for_all = population_year_for(period);
  if (for_all && population(selection, *for_all)) return for_all;
  std::vector<int> whole;
  for (const int year : population_years()) {
    if (population(selection, year)) whole.push_back(year);
  }
  return whole.empty() ? for_all : year_among(whole, period);
}

}  // namespace tithing::evidence
