#include "slices/pots/pickers.h"

#include <algorithm>

#include "base/text.h"
#include "slices/evidence/type_names.h"
#include "slices/register/area_picker.h"

namespace tithing::pots {
namespace {

using forms::Finder;
using forms::Match;
using register_::AreaKind;

constexpr std::string_view kWritten = "as written: ";  // before a name that is nobody's in the register

Finder none() {
  return {"area",
          "areas",
          {},
          [](std::string_view) -> std::optional<Match> { return std::nullopt; },
          [](std::string_view) { return std::vector<Match>(); }};
}

bool has(const std::vector<Match>& all, const std::string& code) {
  return std::any_of(all.begin(), all.end(), [&](const Match& one) { return one.code == code; });
}

bool has_key(const std::vector<Area>& areas, const std::string& key) {
  return std::any_of(areas.begin(), areas.end(), [&](const Area& area) { return area.key == key; });
}

// Without wards, and of a partnership and its district that bear one name the partnership alone.
std::vector<Match> of_money(const register_::Areas& areas, Date today, std::vector<Match> found) {
  std::vector<std::string> partnerships;
  for (const Match& one : found)
    if (const register_::Area& area = *areas.find(one.code);
        area.kind == AreaKind::community_safety_partnership && areas.in_force(area, today))
      partnerships.push_back(lowered(one.name));
  std::erase_if(found, [&](const Match& one) {
    const AreaKind kind = areas.find(one.code)->kind;
    return kind == AreaKind::ward ||
           (kind == AreaKind::district && std::count(partnerships.begin(), partnerships.end(), lowered(one.name)) > 0);
  });
  return found;
}

std::vector<Match> indicators() {
  std::vector<Match> out;
  for (const auto& type : evidence::named_types()) {
    out.push_back({"crimes/" + type.slug, type.name,
                   type.when.empty() ? "police data, by month" : "police data, by month: " + type.when});
  }
  out.push_back({"population", "Population", "mid-year estimate of the residents"});
  out.push_back({"official-crimes", "Official recorded crime", "total of the newest official table"});
  return out;
}

}  // namespace

Finder money_finder(std::shared_ptr<const register_::Areas> areas, Date today) {
  if (areas == nullptr) return none();
  Finder finder = register_::area_finder(areas, today);
  finder.matching = [areas, today, all = finder.matching](std::string_view text) {
    constexpr std::string_view kInFull = " community safety partnership";
    // Partnerships call themselves in full what the register calls by the area alone.
    if (lowered(text).ends_with(kInFull)) text.remove_suffix(kInFull.size());
    std::vector<Match> out = of_money(*areas, today, all(text));
    std::erase_if(out, [&](const Match& one) { return !areas->in_force(*areas->find(one.code), today); });
    return out;
  };
  return finder;
}

Finder scheme_area_finder(const Scheme& scheme, std::shared_ptr<const register_::Areas> areas, Date today) {
  const Finder known = areas == nullptr ? none() : register_::area_finder(areas, today);
  std::vector<Match> own;
  for (const Area& area : scheme.areas) own.push_back({area.key, area.name, "area of the scheme"});
  const auto former = [&](const std::string& key) {
    const auto name =
        scheme.last_year ? scheme.last_year->names.find(key) : std::map<std::string, std::string>::const_iterator();
    const bool named = scheme.last_year && name != scheme.last_year->names.end();
    if (!has(own, key) && (named || !known.of(key)))
      own.push_back({key, named ? name->second : key, "area of last year"});
  };
  if (scheme.last_year)
    for (const auto& [key, amount] : scheme.last_year->amounts) former(key);
  for (const Succession& one : scheme.successions) {
    for (const std::string& key : one.before) former(key);
    for (const Succession::After& next : one.after) former(next.area);
  }
  Finder out{"area", "areas", known.address};
  out.of = [own, of = known.of](std::string_view code) -> std::optional<Match> {
    for (const Match& one : own)
      if (one.code == code) return one;
    if (code.starts_with(kWritten))
      return Match{std::string(code), std::string(code.substr(kWritten.size())), "a name of your own"};
    return of(code);
  };
  out.matching = [own, areas, today, matching = known.matching](std::string_view text) {
    std::vector<Match> found;
    for (const Match& one : own)
      if (lowered(one.name).find(lowered(text)) != std::string::npos) found.push_back(one);
    const std::vector<Match> registered = matching(text);
    for (const Match& one : areas == nullptr ? registered : of_money(*areas, today, registered))
      if (!has(found, one.code) && !has(own, one.code)) found.push_back(one);
    return found;
  };
  out.as_written = [](std::string_view text) {
    return Match{std::string(kWritten) + std::string(text), std::string(text),
                 "as it is written: not in the register, so figures of the evidence are not found by it"};
  };
  return out;
}

std::string key_of(const std::string& picked, const std::vector<Area>& areas) {
  if (!picked.starts_with(kWritten)) return picked;
  const std::string name = picked.substr(kWritten.size()), first = slug(name).empty() ? "area" : slug(name);
  std::string key = first;
  for (int more = 2; has_key(areas, key); ++more) key = first + "-" + std::to_string(more);
  return key;
}

Finder indicator_finder() {
  return {"indicator", "indicators", "/funding/indicators",
          [](std::string_view code) -> std::optional<Match> {
            for (const Match& one : indicators())
              if (one.code == code) return one;
            // As addresses said it before there was a choice; and a category that is none of the known.
            if (code == "crimes") return Match{"crimes", indicators()[1].name, {}};
            for (const std::string_view kind : {"crimes/", "official-crimes/"})
              if (code.starts_with(kind)) return Match{std::string(code), std::string(code.substr(kind.size())), {}};
            return std::nullopt;
          },
          [](std::string_view text) {
            std::vector<Match> out;
            for (Match& one : indicators())
              if (lowered(one.name).find(lowered(text)) != std::string::npos) out.push_back(std::move(one));
            return out;
          }};
}

}  // namespace tithing::pots
