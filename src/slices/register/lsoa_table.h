// The LSOAs of 2011 and of 2021 and how they lie in districts, made once from the exact fit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "slices/register/areas.h"
#include "slices/register/look_up.h"

namespace tithing::register_ {

using LsoaNumbers = std::vector<std::uint32_t>;  // positions in a table of LSOAs, ascending

class LsoaTable {
 public:
  struct Lsoa {
    std::string code;
    std::string name;
    std::string district;  // by the districts of the exact fit
    char change = 'U';     // of 2011 LSOAs only
  };
  LsoaTable() = default;
  explicit LsoaTable(const ExactFit& fit);

  bool empty() const { return of_2011_.empty(); }
  int district_year() const { return district_year_; }
  const std::vector<Lsoa>& of_2011() const { return of_2011_; }  // by code
  const std::vector<Lsoa>& of_2021() const { return of_2021_; }  // by code
  // Position of a code, or -1.
  std::int64_t find_2011(std::string_view code) const;
  std::int64_t find_2021(std::string_view code) const;
  // The LSOAs of a district that the exact fit knows; null for others.
  const LsoaNumbers* of_district_2011(std::string_view district) const;
  const LsoaNumbers* of_district_2021(std::string_view district) const;
  // The 2011 LSOAs named after a district of 2011: "Bromsgrove 001A". Null when there is none.
  const LsoaNumbers* of_former_district(std::string_view district_name) const;
  // 2021 LSOAs that a 2011 LSOA became.
  std::pair<const std::uint32_t*, const std::uint32_t*> successors(std::uint32_t lsoa_2011) const;
  LsoaNumbers to_2021(const LsoaNumbers& lsoas_2011) const;
  // 2011 LSOAs of which a 2021 LSOA was made.
  std::pair<const std::uint32_t*, const std::uint32_t*> predecessors(std::uint32_t lsoa_2021) const;
  // What an LSOA of either census belongs to: a connected component of the exact fit. Empty for an unknown code.
  std::optional<Zone> zone_of(std::string_view code) const;
  // 2011 LSOAs that lie in two districts. Each counts for the district that its own name says when that is one of the
  // two, else for the one with the lower code.
  const LsoaNumbers& shared_between_districts() const { return shared_; }

 private:
  int district_year_ = 0;
  std::vector<Lsoa> of_2011_;
  std::vector<Lsoa> of_2021_;
  std::vector<std::uint32_t> first_;  // into targets_, one more than LSOAs
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint32_t> first_origin_;  // into origins_, one more than 2021 LSOAs
  std::vector<std::uint32_t> origins_;
  LsoaNumbers shared_;
  std::unordered_map<std::string, LsoaNumbers> by_district_2011_;
  std::unordered_map<std::string, LsoaNumbers> by_district_2021_;
  std::unordered_map<std::string, LsoaNumbers> by_former_name_;
};

// "Bristol, City of" and "The Vale of Glamorgan" as LSOA names write them: "bristol", "vale of glamorgan".
std::string plain_district_name(std::string_view name);

LsoaNumbers united(const LsoaNumbers& a, const LsoaNumbers& b);
LsoaNumbers intersected(const LsoaNumbers& a, const LsoaNumbers& b);

}  // namespace tithing::register_
