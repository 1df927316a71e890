// Mid-year population estimates by LSOA of 2021 (ONS), as read and as kept in the data folder.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "slices/evidence/lsoa.h"

namespace tithing::evidence {

// In Population::people: not known for that LSOA and year. Never nought.
constexpr std::uint32_t kNotKnown = 0xFFFFFFFF;

// Immutable once read.
struct Population {
  std::string read_as;      // "Windows-1252, separated by semicolons"; empty: UTF-8 with commas, or not known
  std::int64_t blank = 0;   // cells without a number, as `read_population` found them: "..", "[x]", empty. Not known,
                            // and not kept in bytes
  std::vector<int> years;   // ascending
  std::vector<Lsoa> lsoas;  // ascending
  std::vector<std::uint32_t> people;  // years x lsoas, year by year; kNotKnown where the tables are silent
  std::vector<std::uint16_t> from;    // as `people`: which of the tables put together it is from; empty for one table
  std::optional<std::uint32_t> of(Lsoa lsoa, int year) const;
  std::size_t table_of(Lsoa lsoa, int year) const;  // index in what was combined; precondition: of() has a value
  std::vector<std::int64_t> lsoas_known() const;    // for each year, of how many LSOAs it is known
  friend bool operator==(const Population& a, const Population& b) {
    return a.years == b.years && a.lsoas == b.lsoas && a.people == b.people && a.from == b.from;
  }
};

// Reads a CSV with a column of LSOA codes ("LSOA 2021 Code", "LSOA21CD") and columns "Mid-YYYY: Population" (or
// "YYYY"); others are left out. In any encoding and with any separator of base/table_text.h. Numbers may have
// separators of thousands. Problems: no such columns, a code that is none or stands twice, a cell that is no number.
Result<Population> read_population(const std::string& text, const std::string& name);

// Tables side by side, oldest import first: each year and LSOA from the newest table that knows it. A part adds or
// corrects; what it is silent about stands as it was.
Population combined(const std::vector<Population>& oldest_first);

// "2011 to 2022", "2011 to 2020 and 2022".
std::string years_in_words(std::span<const int> years);

// With their own checksum, against which they are held when they are read.
std::string to_bytes(const Population& population);
Result<Population> population_from_bytes(std::string_view bytes);

}  // namespace tithing::evidence
