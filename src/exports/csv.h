// CSV after RFC 4180: comma, CRLF, fields quoted where they must be, UTF-8 with or without the mark that Excel wants.
//
// The first row holds the headings as shown, with the unit. A number is written with the digits that are shown, without
// separators of thousands: 61779, 12.3; a share as 12.3 under a heading that says %; money in pounds, 1234.56; a date
// as 2012-04-01. What is not known stays the text that is shown ("not known", "fewer than 5"), never empty and never 0.
//
// A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe
// before it (OWASP, "CSV Injection"), unless it is a plain number such as -1.25.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exports/table.h"

namespace tithing::exports {

struct CsvOptions {
  bool byte_order_mark = true;
};

std::string to_csv(const Table& table, const CsvOptions& options = {});

// Appends one line with its CRLF, guarded and quoted.
void append_csv_line(std::string& out, const std::vector<std::string>& fields);

// Writes row after row to a file, for what does not fit in memory. The file has its name only when finish() says so;
// until then, and when it is never called, there is only "<path>.part", which is removed.
class CsvFile {
 public:
  static Result<std::unique_ptr<CsvFile>> create(const std::string& path, const CsvOptions& options = {});
  ~CsvFile();
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;
  // unavailable when the disk is full.
  Status row(const std::vector<std::string>& fields);
  Status finish();
  std::int64_t rows() const;

 private:
  CsvFile();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tithing::exports
