// Wards by best fit: which whole LSOAs of 2021 stand for a ward. The table is published (LSOA to ward, best fit); it is
// not the ward's own outline, and wherever a ward is shown the program says so (docs/adr/0015).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "slices/register/areas.h"

namespace tithing::register_ {

struct WardRow {
  std::string lsoa_2021;
  std::string ward;
  std::string ward_name;
  std::string district;  // as the table's year knew it
};
struct WardFit {
  int year = 2024;            // of the wards: WD24CD
  std::vector<WardRow> rows;  // by ward, then LSOA
  std::string source;         // "/evidence/sources/3" once imported
};

// Columns LSOA21CD, WDxxCD, WDxxNM and LADxxCD. invalid with a sentence naming line and column: a code that is none, an
// LSOA given twice, a ward with two names.
Result<WardFit> read_ward_fit(std::string_view csv);
std::string encode(const WardFit& fit);
// Throws when `encode` did not write it.
void decode(const std::string& text, WardFit& fit);

// The same, to be asked. Immutable.
class WardTable {
 public:
  explicit WardTable(WardFit fit);
  int year() const { return fit_.year; }
  const std::string& source() const { return fit_.source; }
  const std::vector<Area>& wards() const { return wards_; }            // by code
  const Area* find(std::string_view code) const;                       // null for what is no ward
  const std::vector<std::string>& lsoas(std::string_view ward) const;  // 2021 codes, ascending; empty for no ward
  const Area* ward_of(std::string_view lsoa_2021) const;

 private:
  WardFit fit_;
  std::vector<Area> wards_;
  std::vector<std::vector<std::string>> lsoas_;  // of `wards_`
  std::map<std::string, std::size_t, std::less<>> by_lsoa_;
};

}  // namespace tithing::register_
