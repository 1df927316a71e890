#include "slices/register/publications.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/date.h"
#include "base/text.h"

namespace tithing::register_ {
namespace {

struct Box {
  std::int64_t west = std::numeric_limits<std::int64_t>::max(), east = std::numeric_limits<std::int64_t>::min();
  std::int64_t south = std::numeric_limits<std::int64_t>::max(), north = std::numeric_limits<std::int64_t>::min();
};

Box box_of(const Shape& shape) {
  Box box;
  for (const MicroPolygon& polygon : shape) {
    if (polygon.empty()) continue;
    for (const Micro& point : polygon.front()) {
      box.west = std::min<std::int64_t>(box.west, point.x);
      box.east = std::max<std::int64_t>(box.east, point.x);
      box.south = std::min<std::int64_t>(box.south, point.y);
      box.north = std::max<std::int64_t>(box.north, point.y);
    }
  }
  return box;
}

std::string kinds_text(std::string_view code) {
  for (const AreaKind kind : {AreaKind::police_force_area, AreaKind::community_safety_partnership, AreaKind::district,
                              AreaKind::lsoa_2011, AreaKind::lsoa_2021})
    if (code_of(kind) == code)
      return kind == AreaKind::lsoa_2011 || kind == AreaKind::lsoa_2021 ? "LSOAs" : std::string(name_of(kind)) + "s";
  return std::string(code);
}

}  // namespace

sources::Manner manner_of(std::string_view kind) {
  return kind == kBoundariesKind || kind == kFactsKind ? sources::Manner::all_count : sources::Manner::one_counts;
}

std::string boundaries_key(AreaKind kind, std::string_view vintage) {
  return std::string(code_of(kind)) + " " + std::string(vintage);
}

std::string about_of(std::string_view kind, std::string_view key) {
  if (kind == kLookUpKind) {
    const auto day = Date::parse(key);
    return "Look-up of " + (day ? Month::of(*day).text() : std::string(key));
  }
  if (kind == kExactFitKind) return "LSOAs of 2011 and 2021 (exact fit)";
  if (kind == kWardFitKind) return "LSOAs of 2021 and wards (best fit)";
  if (kind == kCodeHistoryKind) return "Codes of districts and what became of them";
  if (kind == kFactsKind) return "Successions that papers tell of";
  const std::size_t space = key.find(' ');
  if (space == std::string_view::npos) return "Boundaries " + std::string(key);
  return "Boundaries of " + kinds_text(key.substr(0, space)) + ", " + std::string(key.substr(space + 1));
}

sources::Holding holding_of(const LookUp& look_up) {
  sources::Holding holding;
  holding.rows = static_cast<std::int64_t>(look_up.rows.size());
  for (const LookUpRow& row : look_up.rows) {
    holding.parts["partnership"][row.partnership_name.empty() ? row.partnership : row.partnership_name] +=
        sources::kMissed;
    holding.parts["police force area"][row.force_name.empty() ? row.force : row.force_name] += sources::kMissed;
  }
  return holding;
}

LookUpAgreement agreement(const LookUp& former, const LookUp& later) {
  const auto places = [](const LookUp& look_up) {
    std::map<std::string, std::set<std::string>> out;
    for (const LookUpRow& row : look_up.rows) out[row.district].insert(row.partnership + " " + row.force);
    return out;
  };
  const auto before = places(former);
  LookUpAgreement found;
  for (const auto& [district, where] : places(later)) {
    const auto there = before.find(district);
    if (there == before.end()) continue;
    ++found.shared;
    found.differing += there->second != where;
  }
  return found;
}

std::string far_apart(const Shape& former, const Shape& later) {
  const Box a = box_of(former);
  const Box b = box_of(later);
  if (a.east < b.west || b.east < a.west || a.north < b.south || b.north < a.south) return "it would lie elsewhere";
  const double before = std::fabs(twice_area(former));
  const double after = std::fabs(twice_area(later));
  if (before <= 0 || (after * 2 >= before && after <= before * 2)) return {};
  if (after < before)
    return "its area would be " + std::to_string(std::lround(100 - 100 * after / before)) + "% smaller";
  return "its area would be " + grouped(std::lround(after / before)) + " times as large";
}

}  // namespace tithing::register_
