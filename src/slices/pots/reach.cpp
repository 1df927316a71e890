#include "slices/pots/reach.h"

#include <algorithm>

#include "base/text.h"

namespace tithing::pots {
namespace {

// No area has this code: only a grant for every area covers it.
constexpr std::string_view kEvery = "*";

constexpr std::string_view kInFull = "community safety partnership";

bool is_partnership_in_full(const std::string& name) {
  return name.size() > kInFull.size() && lowered(name).ends_with(kInFull);
}

// Whether `outer` is `inner`, or the partnership or police force area that holds it.
bool holds(const std::string& outer, const std::string& inner, const register_::Areas* areas, Date today) {
  if (outer == inner) return true;
  if (areas == nullptr) return false;
  for (const register_::Area* around : {areas->partnership_of(inner, today), areas->force_of(inner, today)})
    if (around != nullptr && around->code == outer) return true;
  return false;
}

}  // namespace

std::vector<std::string> codes_of(std::string_view area) {
  std::vector<std::string> out;
  for (const std::string& part : split(area, ';'))
    if (const std::string code(trimmed(part)); !code.empty()) out.push_back(code);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::string area_of(std::vector<std::string> codes) { return joined(codes_of(joined(codes, ";")), ";"); }

Result<std::string> area_named(const std::string& lines, const register_::Areas& areas, Date today) {
  using enum register_::AreaKind;
  std::string text = lines;
  std::replace(text.begin(), text.end(), '\n', ';');
  std::vector<std::string> codes;
  for (const std::string& part : split(text, ';')) {
    const std::string wanted(trimmed(part));
    if (wanted.empty()) continue;
    const register_::Area* found = areas.find(wanted);
    if (found == nullptr && is_partnership_in_full(wanted)) {
      // Partnerships call themselves in full what the register calls by the area alone.
      const std::string bare(trimmed(wanted.substr(0, wanted.size() - kInFull.size())));
      for (const register_::Area* area : areas.of_kind(community_safety_partnership, today))
        if (found == nullptr && lowered(area->name) == lowered(bare)) found = area;
    }
    // A partnership and its only district often bear one name: the partnership is meant.
    for (const auto kind : {community_safety_partnership, police_force_area, district})
      for (const register_::Area* area : areas.of_kind(kind, today))
        if (found == nullptr && lowered(area->name) == lowered(wanted)) found = area;
    if (found == nullptr) {
      const std::string what = "There is no partnership, police force area or district called “" + wanted +
                               "” today. Write its name as the register has it, or its official code.";
      return invalid(what, {{"areas", what}});
    }
    codes.push_back(found->code);
  }
  return area_of(std::move(codes));
}

bool reaches(const Actor& actor, const Permission& permission, std::string_view area, const register_::Areas* areas,
             Date today) {
  const std::vector<std::string> codes = codes_of(area);
  if (codes.empty()) return actor.can(permission, kEvery);
  return std::all_of(codes.begin(), codes.end(), [&](const std::string& code) {
    if (actor.can(permission, code)) return true;
    if (areas == nullptr) return false;
    for (const register_::Area* around : {areas->partnership_of(code, today), areas->force_of(code, today)})
      if (around != nullptr && actor.can(permission, around->code)) return true;
    return false;
  });
}

std::string named(const std::string& code, const register_::Areas* areas) {
  const register_::Area* area = areas == nullptr ? nullptr : areas->find(code);
  return area == nullptr || area->name.empty() || area->name == code ? code : area->name + " (" + code + ")";
}

namespace {

std::string in_words(const std::vector<std::string>& codes, const register_::Areas* areas) {
  constexpr std::size_t kMost = 6;
  std::vector<std::string> names;
  for (const std::string& code : codes)
    if (names.size() < kMost) names.push_back(named(code, areas));
  return joined(names, ", ") + (codes.size() > kMost ? " and " + std::to_string(codes.size() - kMost) + " more" : "");
}

}  // namespace

std::string areas_in_words(std::string_view area, const register_::Areas* areas) {
  const std::vector<std::string> codes = codes_of(area);
  return codes.empty() ? "every area" : in_words(codes, areas);
}

Status within_reach(const Actor& actor, const Permission& permission, std::string_view area,
                    const register_::Areas* areas, Date today) {
  if (reaches(actor, permission, area, areas, today)) return {};
  const std::vector<std::string> codes = codes_of(area);
  if (codes.empty())
    return forbidden(
        "This money is for every area, and your role is for some areas only. Ask somebody who has it for all.");
  std::vector<std::string> beyond;
  for (const std::string& code : codes)
    if (!reaches(actor, permission, code, areas, today)) beyond.push_back(code);
  return forbidden("Your role does not reach to " + plural(static_cast<std::int64_t>(beyond.size()), "area", "areas") +
                   " of this money: " + in_words(beyond, areas) +
                   ". Ask an administrator, or whoever looks after the money there.");
}

bool takes_part(const Actor& actor, const Permission& permission, std::string_view area,
                const std::vector<Area>& of_scheme, const register_::Areas* areas, Date today) {
  if (actor.can(permission, kEvery)) return true;
  const std::vector<std::string> codes = codes_of(area);
  const bool by_code = areas != nullptr && std::any_of(of_scheme.begin(), of_scheme.end(), [&](const Area& one) {
                         return areas->find(one.key) != nullptr;
                       });
  for (const Grant& grant : actor.grants()) {
    const std::string& mine = grant.area_code;
    if (mine.empty() || !actor.can(permission, mine)) continue;
    for (const std::string& code : codes)
      if (holds(mine, code, areas, today) || (!by_code && holds(code, mine, areas, today))) return true;
    for (const Area& one : of_scheme)
      if (holds(mine, one.key, areas, today) || holds(one.key, mine, areas, today)) return true;
  }
  return false;
}

}  // namespace tithing::pots
