// A whole CSV in memory, for the small official tables. The police files have their own reader (street_scan.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tithing::evidence {

struct CsvRecord {
  std::int64_t line = 0;  // the first of its lines, from 1
  std::vector<std::string> fields;
};

// RFC 4180 with line ends within quotes; a byte-order mark is left out. Never fails: an open quote ends with the text.
std::vector<CsvRecord> read_csv(std::string_view text);

}  // namespace tithing::evidence
