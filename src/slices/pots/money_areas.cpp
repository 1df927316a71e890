#include "slices/pots/money_areas.h"

#include <algorithm>

#include "base/text.h"

namespace tithing::pots {
namespace {

constexpr std::string_view kInFull = "community safety partnership";

bool is_partnership_in_full(const std::string& name) {
  return name.size() > kInFull.size() && lowered(name).ends_with(kInFull);
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

Whose whose_of(std::string_view area) {
  std::vector<std::string> codes = codes_of(area);
  return codes.empty() ? Whose::of_site() : Whose::of_areas(std::move(codes));
}

std::string areas_in_words(std::string_view area, const Ground& ground, Date day) {
  constexpr std::size_t kMost = 6;
  const std::vector<std::string> codes = codes_of(area);
  if (codes.empty()) return "every area";
  std::vector<std::string> names;
  for (const std::string& code : codes)
    if (names.size() < kMost) names.push_back(named_area(ground, code, day));
  return joined(names, ", ") + (codes.size() > kMost ? " and " + std::to_string(codes.size() - kMost) + " more" : "");
}

bool takes_part(const Reach& reach, const Permission& permission, std::string_view area,
                const std::vector<Area>& of_scheme) {
  std::vector<std::string> keys;
  bool by_code = false;
  for (const Area& one : of_scheme) {
    keys.push_back(one.key);
    by_code = by_code || reach.ground().has_area(one.key);
  }
  if (reach.concerned(permission, keys)) return true;
  const std::vector<std::string> codes = codes_of(area);
  if (!by_code) return reach.concerned(permission, codes);
  return std::any_of(codes.begin(), codes.end(),
                     [&](const std::string& code) { return reach.may(permission, Whose::of_area(code)); });
}

}  // namespace tithing::pots
