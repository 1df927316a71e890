// Reads comma-separated values (RFC 4180): quotes, doubled quotes, line breaks within quotes, CRLF and LF, a byte-order
// mark. The one reader of CSV but for police files, which are long and have their own (evidence/street_scan.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tithing {

// Reads one record after another from text that outlives it.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text, char separator = ',');
  // False at the end. `fields` is reused. A quote that is never closed ends the record at the end of the text and sets
  // broken().
  bool next(std::vector<std::string>& fields);
  std::int64_t line() const { return line_; }  // where the last record began, counted from 1
  bool broken() const { return broken_; }

 private:
  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::int64_t next_line_ = 1;
  std::int64_t line_ = 0;
  bool broken_ = false;
};

struct CsvRecord {
  std::int64_t line = 0;  // the first of its lines, counted from 1
  std::vector<std::string> fields;
};

// All of them, for a table that fits into memory. Never fails: an open quote ends with the text.
std::vector<CsvRecord> csv_records(std::string_view text);

}  // namespace tithing
