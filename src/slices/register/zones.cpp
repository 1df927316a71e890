#include "slices/register/zones.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"

namespace tithing::register_ {
namespace {

Zone zone_or_itself(const std::string& code, const ZoneOf& zone_of) {
  if (std::optional<Zone> zone = zone_of(code)) return std::move(*zone);
  return {{code}, {code}, 'U'};
}

std::vector<std::string> sorted(std::set<std::string> codes) { return {codes.begin(), codes.end()}; }

std::vector<std::string> common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

std::string counted_of(std::size_t number, const char* census) {
  return std::to_string(number) + " LSOAs of " + census;
}

// "Until May 2023 the files do not tell .. apart" for one zone of which a part was asked for.
std::string why_of(const ZonePart& part, const NameOf& name_of) {
  const auto named = [&](const std::string& code) {
    const std::string name = name_of(code);
    return name.empty() || name == code ? code : code + " (" + name + ")";
  };
  const Zone& zone = part.zone;
  std::vector<std::string> asked;
  for (const std::string& code : part.asked) asked.push_back(named(code));
  const std::string what = joined(asked, ", ") + (asked.size() == 1 ? " is " : " are ");
  const std::string some = asked.size() == 1 ? "one" : std::to_string(asked.size());
  if (zone.change == 'S')
    return what + some + " of the " + counted_of(zone.of_2021.size(), "2021") + " into which " +
           named(zone.of_2011.front()) + " was split: files until May 2023 do not tell them apart.";
  if (zone.change == 'M')
    return what + some + " of the " + counted_of(zone.of_2011.size(), "2011") + " that were merged into " +
           named(zone.of_2021.front()) + ": files from June 2023 on do not tell them apart.";
  return joined(asked, ", ") + (asked.size() == 1 ? " belongs" : " belong") + " to " + joined(zone.of_2011, ", ") +
         " of 2011, which were divided anew into " + joined(zone.of_2021, ", ") +
         " of 2021: no file says how much of one lay in another.";
}

}  // namespace

ZoneAnswer answer_for(const std::vector<std::string>& lsoas, const ZoneOf& zone_of) {
  std::map<Zone, std::set<std::string>> asked;
  for (const std::string& code : lsoas) asked[zone_or_itself(code, zone_of)].insert(code);
  ZoneAnswer answer;
  for (auto& [zone, codes] : asked) {
    ZonePart part{zone, sorted(std::move(codes)), false, false};
    const std::vector<std::string> of_2011 = common(part.asked, zone.of_2011),
                                   of_2021 = common(part.asked, zone.of_2021);
    const bool whole = of_2011.size() == zone.of_2011.size() || of_2021.size() == zone.of_2021.size();
    // An old LSOA together with a part of another one has an outline in neither census.
    part.in_2011 = whole || of_2021.empty();
    part.in_2021 = whole || of_2011.empty();
    answer.in_2011 = answer.in_2011 && part.in_2011;
    answer.in_2021 = answer.in_2021 && part.in_2021;
    answer.parts.push_back(std::move(part));
  }
  return answer;
}

std::vector<std::string> ZoneAnswer::codes() const {
  std::set<std::string> out;
  for (const ZonePart& part : parts) {
    if (part.whole()) {
      out.insert(part.zone.of_2011.begin(), part.zone.of_2011.end());
      out.insert(part.zone.of_2021.begin(), part.zone.of_2021.end());
    } else {
      out.insert(part.asked.begin(), part.asked.end());
    }
  }
  return sorted(std::move(out));
}

std::vector<std::string> ZoneAnswer::of_2021() const {
  std::set<std::string> out;
  if (!in_2021) return {};
  for (const ZonePart& part : parts) {
    const std::vector<std::string>& codes = part.whole() ? part.zone.of_2021 : part.asked;
    out.insert(codes.begin(), codes.end());
  }
  return sorted(std::move(out));
}

std::vector<std::string> ZoneAnswer::completed() const {
  if (whole()) return {};
  std::set<std::string> out;
  for (const ZonePart& part : parts) {
    const bool older = !common(part.asked, part.zone.of_2011).empty();
    const std::vector<std::string>& codes = part.whole() ? part.asked : older ? part.zone.of_2011 : part.zone.of_2021;
    out.insert(codes.begin(), codes.end());
  }
  return sorted(std::move(out));
}

std::vector<std::string> ZoneAnswer::without_parts() const {
  if (whole()) return {};
  std::set<std::string> out;
  for (const ZonePart& part : parts)
    if (part.whole()) out.insert(part.asked.begin(), part.asked.end());
  return sorted(std::move(out));
}

std::string ZoneAnswer::why(const NameOf& name_of) const {
  constexpr std::size_t kNamed = 3;
  std::string text;
  std::size_t partial = 0;
  for (const ZonePart& part : parts) {
    if (part.whole() || ++partial > kNamed) continue;
    text += (text.empty() ? "" : " ") + why_of(part, name_of);
  }
  if (partial > kNamed)
    text += " So " +
            (partial == kNamed + 1 ? std::string("is one more") : "are " + std::to_string(partial - kNamed) + " more") +
            " of them.";
  return text;
}

std::vector<std::string> ComparableZone::codes() const {
  std::set<std::string> out(of_2011.begin(), of_2011.end());
  out.insert(of_2021.begin(), of_2021.end());
  return sorted(std::move(out));
}

std::string ComparableZone::code() const {
  if (of_2011.size() == 1) return of_2011.front();
  if (of_2021.size() == 1) return of_2021.front();
  return joined(of_2011.empty() ? of_2021 : of_2011, ",");
}

ComparableZones comparable_zones(const Areas::LsoaSet& area, Vintages vintages, const ZoneOf& zone_of) {
  ComparableZones out;
  if (!vintages.both()) {
    const std::vector<std::string>& own = vintages.of_2021 ? area.lsoa_2021 : area.lsoa_2011;
    for (const std::string& code : own) {
      ComparableZone zone;
      (vintages.of_2021 ? zone.of_2021 : zone.of_2011).push_back(code);
      out.zones.push_back(std::move(zone));
    }
    // Ground of the area that lies in none of these: a half, in files that know the whole only.
    std::set<Zone> cut;
    for (const std::string& code : vintages.of_2021 ? area.lsoa_2011 : area.lsoa_2021) {
      Zone zone = zone_or_itself(code, zone_of);
      const std::vector<std::string>& codes = vintages.of_2021 ? zone.of_2021 : zone.of_2011;
      if (!std::includes(own.begin(), own.end(), codes.begin(), codes.end())) cut.insert(std::move(zone));
    }
    out.cut.assign(cut.begin(), cut.end());
    return out;
  }
  std::set<Zone> touched;
  for (const auto* codes : {&area.lsoa_2011, &area.lsoa_2021})
    for (const std::string& code : *codes) touched.insert(zone_or_itself(code, zone_of));
  for (const Zone& zone : touched) {
    const bool within =
        std::includes(area.lsoa_2011.begin(), area.lsoa_2011.end(), zone.of_2011.begin(), zone.of_2011.end()) &&
        std::includes(area.lsoa_2021.begin(), area.lsoa_2021.end(), zone.of_2021.begin(), zone.of_2021.end());
    if (within) {
      out.zones.push_back({zone.of_2011, zone.of_2021});
    } else {
      out.cut.push_back(zone);
    }
  }
  std::sort(out.zones.begin(), out.zones.end(),
            [](const ComparableZone& a, const ComparableZone& b) { return a.code() < b.code(); });
  return out;
}

}  // namespace tithing::register_
