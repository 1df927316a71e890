#include "slices/bodies/duties.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"

namespace tithing::bodies {

bool extends_to(const std::string& extent, const std::string& area_code) {
  const bool wales = !area_code.empty() && area_code[0] == 'W';
  if (extent == "England") return !wales;
  if (extent == "Wales") return wales;
  return true;
}

std::vector<Cover> cover(const Register& all, const std::vector<std::string>& bodies, Date day) {
  // Areas by kind of the bodies that serve them, and what each body discharges.
  std::map<std::string, std::map<std::string, std::vector<std::string>>> served;  // kind -> area -> bodies
  std::map<std::string, std::vector<std::string>> by_area;
  for (const std::string& code : bodies) {
    if (!all.stands(code, day)) continue;
    for (const FactPointer& area : all.of_body(code, FactKind::area, day)) {
      served[all.kind_of(code, day)][area->value].push_back(code);
      by_area[area->value].push_back(code);
    }
  }
  std::vector<Cover> out;
  for (const FactPointer& function : all.general(FactKind::function)) {
    if (standing(*function, day) != Standing::in_force || function->state == "power") continue;
    std::map<std::string, std::vector<std::string>> areas;
    for (const std::string& kind : split(function->detail, ';'))
      for (const auto& [area, codes] : served[std::string(trimmed(kind))]) areas[area].insert(areas[area].end(), codes.begin(), codes.end());
    for (const auto& [area, codes] : areas) {
      if (!extends_to(function->holder, area)) continue;
      Cover one{function.get(), area, {}, codes, Cover::State::covered};
      for (const std::string& code : by_area[area])
        for (const FactPointer& discharge : all.of_body(code, FactKind::discharge, day))
          if (discharge->role == function->role) one.held.push_back(discharge);
      one.state = one.held.empty() ? Cover::State::gap : one.held.size() > 1 ? Cover::State::twice : Cover::State::covered;
      out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace tithing::bodies
