#include "slices/evidence/peers.h"

#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/crime_types.h"

namespace tithing::evidence {
namespace {

enum class Months { sound, partly_suspect, suspect, missing };

// A suspect month stands and says so, in a comparison too; but where half of the months or more are suspect, as a whole
// or in the one category that is asked for, there is nothing sound to compare. A month that says nothing of the force's
// own area is missing.
Months months_of(const Snapshot& snapshot, int force, const PeerQuestion& question) {
  const std::optional<int> type = type_of(snapshot, question.type);
  const bool whole_force = question.kind == register_::AreaKind::police_force_area;
  std::int64_t there = 0, sound = 0;
  for (const ForceMonth& one : snapshot.ledger()) {
    if (one.force != force || !question.period.contains(one.month) || one.state != FileState::submitted) continue;
    if (one.elsewhere || (one.unplaced && !whole_force)) continue;
    ++there;
    const bool doubted =
        type && *type >= 0 &&
        std::any_of(one.doubts.begin(), one.doubts.end(), [&](const TypeDoubt& doubt) { return doubt.type == *type; });
    if (one.suspicions.empty() && !doubted) ++sound;
  }
  if (there < question.period.months()) return Months::missing;
  return sound == there ? Months::sound : sound * 2 > there ? Months::partly_suspect : Months::suspect;
}

std::vector<std::string> names_of(const std::vector<const register_::Area*>& areas) {
  std::vector<std::string> names;
  for (const auto* area : areas) names.push_back(area->name);
  return names;
}

std::string plural_of(register_::AreaKind kind) {
  return kind == register_::AreaKind::police_force_area ? "police force areas"
         : kind == register_::AreaKind::district        ? "districts"
         : kind == register_::AreaKind::ward            ? "wards"
                                                        : "partnerships";
}

// The areas of a force that are compared.
std::vector<const register_::Area*> of_force(const Snapshot& snapshot, const std::string& force,
                                             const PeerQuestion& question) {
  if (question.kind != register_::AreaKind::police_force_area)
    return snapshot.areas().constituents(force, question.kind, question.as_at);
  const register_::Area* area = snapshot.areas().find(force);
  return area == nullptr ? std::vector<const register_::Area*>() : std::vector<const register_::Area*>{area};
}

struct Candidates {
  std::vector<const register_::Area*> areas;
  std::vector<const register_::Area*> suspect;  // of them: of the own force, whose months are
};

Candidates candidates_of(const Snapshot& snapshot, const register_::Area& own, const register_::Area* own_force,
                         const PeerQuestion& question, Peers& peers) {
  Candidates out;
  for (std::size_t i = 0; i < snapshot.forces().size(); ++i) {
    const Force& force = snapshot.forces()[i];
    const bool is_own = own_force != nullptr && own_force->code == force.area_code;
    if (force.area_code.empty() || (question.own_force_only && !is_own)) continue;
    const Months months = months_of(snapshot, static_cast<int>(i), question);
    if (months == Months::suspect) peers.forces_suspect.push_back(force.name);
    if (months == Months::partly_suspect) peers.forces_partly_suspect.push_back(force.name);
    if (!is_own && months == Months::missing) peers.forces_without.push_back(force.name);
    if (!is_own && (months == Months::missing || months == Months::suspect)) continue;
    const auto within = of_force(snapshot, force.area_code, question);
    out.areas.insert(out.areas.end(), within.begin(), within.end());
    if (months == Months::suspect) out.suspect = within;
  }
  if (own.kind == question.kind && std::find(out.areas.begin(), out.areas.end(), &own) == out.areas.end())
    out.areas.push_back(&own);
  std::sort(out.areas.begin(), out.areas.end(),
            [](const auto* a, const auto* b) { return a->name != b->name ? a->name < b->name : a->code < b->code; });
  out.areas.erase(std::unique(out.areas.begin(), out.areas.end()), out.areas.end());
  return out;
}

figures::Address count_of(const PeerQuestion& question, const std::string& code) {
  figures::Address address{"crimes", {}};
  address.parameters.values = {
      {"area", code},          {"from", question.period.from.iso()}, {"to", question.period.to.iso()},
      {"type", question.type}, {"as-at", question.as_at_text},       {"recorded-by", question.recorded_by}};
  std::erase_if(address.parameters.values, [](const auto& pair) { return pair.second.empty(); });
  return address;
}

}  // namespace

Result<Peers> peers_of(const figures::Registry& registry, const figures::Viewer& viewer, const Snapshot& snapshot,
                       const PeerQuestion& question) {
  const register_::Area* own = snapshot.areas().find(question.area);
  if (own == nullptr) return not_found(tr("There is no such area."));
  const register_::Area* own_force = snapshot.areas().force_of(question.area, question.as_at);
  if (question.own_force_only && own_force == nullptr)
    return not_found(tr("The register knows no police force area for {0} on that day.", {question.area}));
  Peers peers;
  const Candidates candidates = candidates_of(snapshot, *own, own_force, question, peers);
  peers.extent.unit = std::string(unit_of_type(question.type));
  peers.extent.of = plural_of(question.kind);
  peers.extent.of_places = candidates.areas.size();
  const auto year = snapshot.population_year_for(question.period);
  for (const register_::Area* one : candidates.areas) {
    auto crimes = registry.ask(count_of(question, one->code), viewer, figures::Detail::value);
    if (crimes && crimes->quantity.state() == figures::Quantity::State::suppressed) {
      peers.withheld.push_back(one);
      continue;
    }
    std::optional<std::int64_t> people;
    if (const auto selection = snapshot.select(one->code, question.as_at); selection && year)
      people = snapshot.population(**selection, *year);
    const bool known = crimes && crimes->quantity.known();
    if (known) peers.extent.of_crimes += crimes->quantity.integer();
    const bool suspect =
        std::find(candidates.suspect.begin(), candidates.suspect.end(), one) != candidates.suspect.end();
    if (!known || suspect || crimes->quantity.partial || !people || *people <= 0) {
      peers.left_out.push_back(one);
      continue;
    }
    if (one == own) peers.own = peers.areas.size();
    peers.areas.push_back(one);
    peers.observed.push_back({crimes->quantity.integer(), static_cast<double>(*people)});
    peers.extent.places += 1;
    peers.extent.crimes += crimes->quantity.integer();
    peers.crimes.push_back(std::move(*crimes));
  }
  return peers;
}

std::vector<LeftOut> left_out_of(const Peers& peers) {
  std::vector<LeftOut> out;
  const auto add = [&](const char* why, std::vector<std::string> names) {
    if (!names.empty()) out.push_back({why, std::move(names)});
  };
  add("Left out because a month, a population or a count is not known: ", names_of(peers.left_out));
  add("Left out because their counts are under 5, or would tell one that is, and are shown only to people who are "
      "signed in: ",
      names_of(peers.withheld));
  add("Not among those compared, because not every month is here: the areas of ", peers.forces_without);
  add("Not among those compared, because half of their months or more are suspect: the areas of ",
      peers.forces_suspect);
  add("Compared although some of their months are suspect: the areas of ", peers.forces_partly_suspect);
  return out;
}

std::string left_out_in_words(const Peers& peers) {
  std::string out;
  for (const LeftOut& one : left_out_of(peers))
    out += (out.empty() ? "" : " ") + one.why + joined(one.names, ", ") + ".";
  return out;
}

std::optional<std::string> too_few_peers(const Peers& peers, const std::string& what) {
  if (peers.extent.enough()) return std::nullopt;
  const std::string without = left_out_in_words(peers);
  return too_small(what, peers.extent) + (without.empty() ? "" : " " + without);
}

}  // namespace tithing::evidence
