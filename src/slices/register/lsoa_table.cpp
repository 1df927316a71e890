#include "slices/register/lsoa_table.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text.h"

namespace tithing::register_ {
namespace {

std::int64_t find_in(const std::vector<LsoaTable::Lsoa>& table, std::string_view code) {
  const auto found =
      std::lower_bound(table.begin(), table.end(), code,
                       [](const LsoaTable::Lsoa& lsoa, std::string_view wanted) { return lsoa.code < wanted; });
  return found == table.end() || found->code != code ? -1 : found - table.begin();
}

const LsoaNumbers* look(const std::unordered_map<std::string, LsoaNumbers>& map, std::string key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

}  // namespace

std::string plain_district_name(std::string_view name) {
  if (const std::size_t comma = name.find(','); comma != std::string_view::npos) {
    const std::string_view tail = name.substr(comma);
    if (tail == ", City of" || tail == ", County of") name = name.substr(0, comma);
  }
  if (name.substr(0, 4) == "The ") name.remove_prefix(4);
  return lowered(name);
}

LsoaNumbers united(const LsoaNumbers& a, const LsoaNumbers& b) {
  LsoaNumbers out;
  out.reserve(a.size() + b.size());
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}
LsoaNumbers intersected(const LsoaNumbers& a, const LsoaNumbers& b) {
  LsoaNumbers out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

LsoaTable::LsoaTable(const ExactFit& fit) : district_year_(fit.district_year) {
  struct Target {
    std::string_view code;
    std::string_view name;
    std::string_view district;
  };
  std::vector<Target> targets;
  targets.reserve(fit.rows.size());
  for (const FitRow& row : fit.rows) targets.push_back({row.lsoa_2021, row.name_2021, row.district});
  std::sort(targets.begin(), targets.end(), [](const Target& a, const Target& b) { return a.code < b.code; });
  targets.erase(
      std::unique(targets.begin(), targets.end(), [](const Target& a, const Target& b) { return a.code == b.code; }),
      targets.end());
  of_2021_.reserve(targets.size());
  for (const Target& t : targets) {
    by_district_2021_[std::string(t.district)].push_back(static_cast<std::uint32_t>(of_2021_.size()));
    of_2021_.push_back({std::string(t.code), std::string(t.name), std::string(t.district), 'U'});
  }

  of_2011_.reserve(fit.rows.size());
  targets_.reserve(fit.rows.size());
  std::string previous_district;
  LsoaNumbers* previous = nullptr;
  for (std::size_t i = 0; i < fit.rows.size();) {
    const FitRow& row = fit.rows[i];
    const auto number = static_cast<std::uint32_t>(of_2011_.size());
    const std::string_view own_name = district_name_of_lsoa(row.name_2011);
    first_.push_back(static_cast<std::uint32_t>(targets_.size()));
    std::string_view chosen = row.district;
    bool several = false;
    bool by_name = false;
    std::size_t next = i;
    for (; next < fit.rows.size() && fit.rows[next].lsoa_2011 == row.lsoa_2011; ++next) {
      const FitRow& part = fit.rows[next];
      targets_.push_back(static_cast<std::uint32_t>(find_2021(part.lsoa_2021)));
      if (part.district == chosen && next != i) continue;
      if (next != i) several = true;
      // The name of the 2021 LSOA tells what the district is called.
      if (!by_name && district_name_of_lsoa(part.name_2021) == own_name) {
        chosen = part.district;
        by_name = true;
      } else if (!by_name && part.district < chosen) {
        chosen = part.district;
      }
    }
    of_2011_.push_back({row.lsoa_2011, row.name_2011, std::string(chosen), row.change});
    if (several) shared_.push_back(number);
    if (!previous || previous_district != chosen) {
      previous_district = std::string(chosen);
      previous = &by_district_2011_[previous_district];
    }
    previous->push_back(number);
    if (!own_name.empty()) by_former_name_[plain_district_name(own_name)].push_back(number);
    i = next;
  }
  first_.push_back(static_cast<std::uint32_t>(targets_.size()));

  // The same links from the other side.
  first_origin_.assign(of_2021_.size() + 1, 0);
  for (const std::uint32_t target : targets_) ++first_origin_[target + 1];
  for (std::size_t i = 0; i < of_2021_.size(); ++i) first_origin_[i + 1] += first_origin_[i];
  origins_.resize(targets_.size());
  std::vector<std::uint32_t> next_origin(first_origin_.begin(), first_origin_.end());
  for (std::uint32_t lsoa = 0; lsoa < of_2011_.size(); ++lsoa)
    for (std::uint32_t k = first_[lsoa]; k < first_[lsoa + 1]; ++k) origins_[next_origin[targets_[k]]++] = lsoa;
}

std::int64_t LsoaTable::find_2011(std::string_view code) const { return find_in(of_2011_, code); }
std::int64_t LsoaTable::find_2021(std::string_view code) const { return find_in(of_2021_, code); }
const LsoaNumbers* LsoaTable::of_district_2011(std::string_view district) const {
  return look(by_district_2011_, std::string(district));
}
const LsoaNumbers* LsoaTable::of_district_2021(std::string_view district) const {
  return look(by_district_2021_, std::string(district));
}
const LsoaNumbers* LsoaTable::of_former_district(std::string_view district_name) const {
  return look(by_former_name_, plain_district_name(district_name));
}

std::pair<const std::uint32_t*, const std::uint32_t*> LsoaTable::successors(std::uint32_t lsoa_2011) const {
  return {targets_.data() + first_[lsoa_2011], targets_.data() + first_[lsoa_2011 + 1]};
}

std::pair<const std::uint32_t*, const std::uint32_t*> LsoaTable::predecessors(std::uint32_t lsoa_2021) const {
  return {origins_.data() + first_origin_[lsoa_2021], origins_.data() + first_origin_[lsoa_2021 + 1]};
}

std::optional<Zone> LsoaTable::zone_of(std::string_view code) const {
  std::set<std::uint32_t> of_2011, of_2021;
  std::vector<std::uint32_t> to_follow;  // 2011 LSOAs
  const auto reach = [&](std::uint32_t lsoa_2011) {
    if (of_2011.insert(lsoa_2011).second) to_follow.push_back(lsoa_2011);
  };
  const auto reach_from = [&](std::uint32_t lsoa_2021) {
    if (!of_2021.insert(lsoa_2021).second) return;
    const auto [begin, end] = predecessors(lsoa_2021);
    std::for_each(begin, end, reach);
  };
  if (const std::int64_t at = find_2011(code); at >= 0) reach(static_cast<std::uint32_t>(at));
  if (const std::int64_t at = find_2021(code); at >= 0) reach_from(static_cast<std::uint32_t>(at));
  if (of_2011.empty() && of_2021.empty()) return std::nullopt;
  while (!to_follow.empty()) {
    const auto [begin, end] = successors(to_follow.back());
    to_follow.pop_back();
    std::for_each(begin, end, reach_from);
  }
  // The indicator follows from the shape of the component, so a table whose letters contradict its rows does no harm.
  Zone zone;
  for (const std::uint32_t lsoa : of_2011) zone.of_2011.push_back(of_2011_[lsoa].code);
  for (const std::uint32_t lsoa : of_2021) zone.of_2021.push_back(of_2021_[lsoa].code);
  zone.change = zone.of_2011.size() > 1 ? (zone.of_2021.size() > 1 ? 'X' : 'M') : (zone.of_2021.size() > 1 ? 'S' : 'U');
  return zone;
}

LsoaNumbers LsoaTable::to_2021(const LsoaNumbers& lsoas_2011) const {
  LsoaNumbers out;
  out.reserve(lsoas_2011.size() + 16);
  for (const std::uint32_t lsoa : lsoas_2011) {
    const auto [begin, end] = successors(lsoa);
    out.insert(out.end(), begin, end);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace tithing::register_
