#include "slices/register/structure.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "slices/register/zones.h"

namespace tithing::register_ {
namespace {

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
}  // namespace

std::string Structure::name_at(const Area& area, Date as_at) const {
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

std::vector<Structure::NamePeriod> Structure::names(std::string_view code) const {
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

std::vector<const Area*> Structure::search(std::string_view text, int limit) const {
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

std::vector<Structure::Sighting> Structure::sightings(std::string_view code) const {
  const auto found = sightings_.find(std::string(code));
  return found == sightings_.end() ? std::vector<Sighting>() : found->second;
}

std::optional<Date> Structure::day_of_rename(const std::string& code, Date after, Date by) const {
  for (const ProposedSuccession& proposal : input_.successions) {
    const Succession& s = proposal.succession;
    if (s.kind == SuccessionKind::renamed && s.review == Succession::Review::accepted && s.on && *s.on > after &&
        *s.on <= by && s.predecessors.front() == code)
      return s.on;
  }
  return std::nullopt;
}

}  // namespace tithing::register_
