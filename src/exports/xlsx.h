// An Excel workbook (ECMA-376): a sheet for each table, and last "About": what it is, its filters, sources and dates.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "exports/table.h"

namespace tithing::exports {

struct About {
  std::vector<std::pair<std::string, std::string>> filters;  // {"Area", "North Worcestershire"}
  std::string as_at;                                         // the day whose structure was used
  std::string evidence_version;                              // what was known
  std::string address;                                       // of the page that it was taken from
  Instant retrieved_at;  // also the workbook's date of creation: the same arguments give the same bytes
};

// Numbers are numbers, held unrounded and shown as on the page; what is not known is its text. The heading row is
// frozen. A text is never taken for a formula. invalid when the table is longer than a sheet (1,048,575 rows),
// unavailable when there is no room for the temporary file.
Result<std::string> to_xlsx(const Table& table, const About& about);

// Several tables in one workbook: a table and its workings. The first gives the workbook its title. A name is one to 31
// characters without []:*?/\ and other than "About", in any case, and no two are the same: std::logic_error otherwise.
struct TableSheet {
  std::string name;
  Table table;
};
Result<std::string> to_xlsx(const std::vector<TableSheet>& sheets, const About& about);

constexpr const char* kXlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr const char* kCsvType = "text/csv; charset=utf-8";

}  // namespace tithing::exports
