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
      for (const auto& [area, codes] : served[std::string(trimmed(kind))])
        areas[area].insert(areas[area].end(), codes.begin(), codes.end());
    for (const auto& [area, codes] : areas) {
      if (!extends_to(function->holder, area)) continue;
      Cover one{function.get(), area, {}, codes, Cover::State::covered};
      for (const std::string& code : by_area[area])
        for (const FactPointer& discharge : all.of_body(code, FactKind::discharge, day))
          if (discharge->role == function->role) one.held.push_back(discharge);
      // Who is known with it on the day goes before who was known with it earlier.
      const auto known = [&](const FactPointer& fact) { return all.known_on(*fact, day); };
      if (const bool earlier = !one.held.empty() && std::none_of(one.held.begin(), one.held.end(), known); earlier) {
        one.state = Cover::State::earlier;
      } else {
        std::erase_if(one.held, [&](const FactPointer& fact) { return !known(fact); });
        one.state = one.held.empty()      ? Cover::State::gap
                    : one.held.size() > 1 ? Cover::State::twice
                                          : Cover::State::covered;
      }
      out.push_back(std::move(one));
    }
  }
  return out;
}

std::vector<Tenure> tenures(const Register& all, const std::vector<std::string>& bodies, const std::string& function) {
  std::vector<Tenure> out;
  for (const std::string& code : bodies) {
    const Register::Entry* entry = all.find(code);
    if (!entry) continue;
    std::vector<std::string> before;
    for (const FactPointer& succession : entry->of(FactKind::succession)) {
      const auto after = successors_of(*succession).value_or(std::vector<Share>());
      if (std::any_of(after.begin(), after.end(), [&](const Share& share) { return share.code == code; }))
        for (std::string& one : predecessors_of(*succession)) before.push_back(std::move(one));
    }
    for (const FactPointer& existence : entry->of(FactKind::body)) {
      if (existence->state == "proposed") continue;
      const Fact* kind = all.kind(existence->role);
      FactList held;
      if (function == kLocalPolicing) {
        if (kind && is_of_group(*kind, "local policing body")) held.push_back(existence);
      } else {
        for (const FactPointer& discharge : entry->of(FactKind::discharge))
          if (discharge->role == function) held.push_back(discharge);
      }
      for (const FactPointer& fact : held) {
        Tenure one{"", code, fact, fact->from, fact->to, fact->seen, before};
        if (existence->from && (!one.from || *one.from < *existence->from)) one.from = existence->from;
        if (existence->to && (!one.to || *one.to > *existence->to)) one.to = existence->to;
        if (one.from && one.to && *one.from >= *one.to) continue;
        std::set<std::string> areas;
        for (const FactPointer& area : entry->of(FactKind::area)) {
          const bool apart =
              (area->to && one.from && *area->to <= *one.from) || (area->from && one.to && *area->from >= *one.to);
          if (!apart) areas.insert(area->value);
        }
        for (const std::string& area : areas) {
          one.area = area;
          out.push_back(one);
        }
      }
    }
  }
  const auto begins = [](const Tenure& tenure) { return tenure.from.value_or(Date::from_ymd(1, 1, 1)); };
  std::sort(out.begin(), out.end(), [&](const Tenure& a, const Tenure& b) {
    if (a.area != b.area) return a.area < b.area;
    return begins(a) != begins(b) ? begins(a) < begins(b) : a.body < b.body;
  });
  return out;
}

std::string tenure_text(const Tenure& tenure) {
  std::string text = tenure.from ? "since " + tenure.from->text() : "from a day that is not known";
  if (!tenure.from && tenure.seen) text += ", known from " + tenure.seen->text() + (tenure.to ? "," : "");
  if (tenure.to) text += " until " + tenure.to->plus_days(-1).text();
  return text;
}

}  // namespace tithing::bodies
