// Mid-year population estimates by LSOA of 2021 (ONS), as read and as kept in the data folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "slices/evidence/lsoa.h"

namespace tithing::evidence {

// Immutable once read.
struct Population {
  std::vector<int> years;    // ascending
  std::vector<Lsoa> lsoas;   // ascending
  std::vector<std::uint32_t> people;  // years x lsoas, year by year
  std::optional<std::uint32_t> of(Lsoa lsoa, int year) const;
  friend bool operator==(const Population&, const Population&) = default;
};

// Reads a CSV with a column of LSOA codes ("LSOA 2021 Code", "LSOA21CD") and columns "Mid-YYYY: Population" (or "YYYY"); others are
// left out. Numbers may have separators of thousands. Problems: no such columns, a code that is none or stands twice, a cell that
// is no number.
Result<Population> read_population(const std::string& text, const std::string& name);

std::string to_bytes(const Population& population);
Result<Population> population_from_bytes(std::string_view bytes);

}  // namespace tithing::evidence
