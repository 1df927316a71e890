// Reads an Excel workbook (Office Open XML, ECMA-376) as text: what a person sees in its cells, sheet by sheet.
//
// A file from outside is not trusted: what it unpacks to, its rows, columns and the memory that it takes as expanded
// are limited (a text that a thousand cells share counts a thousand times, and so do the empty cells before a cell far
// to the right), and nothing in it is run or fetched. Workbooks are read one at a time, so that the limit holds for
// all. Formulas give the value that was stored with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tithing::exports {

struct SheetRow {
  std::int64_t line = 0;            // as Excel numbers it, from 1
  std::vector<std::string> fields;  // by column from A; the last one is not empty
};

struct Sheet {
  std::string name;
  std::vector<SheetRow> rows;  // without those in which every cell is empty
};

struct XlsxLimits {
  std::size_t unpacked = 128u << 20;  // bytes of all parts that are read
  std::size_t memory = 512u << 20;    // of all parts, the tree of one of them, shared texts, and the cells as expanded
  std::size_t rows = 200'000;         // of all sheets
  std::size_t columns = 256;          // up to the last cell with a value
  std::size_t sheets = 50;
};

// Cells as text: numbers with as many digits as they need ("4", "0.125"), days by their format as "2012-04-01" (with
// "T09:30:00" when they have a time), truth as "TRUE" and "FALSE", errors as "#N/A". Days count from 1900 or from 1904,
// as the workbook says; 29 February 1900, which never was, stays the number 60. invalid, with a sentence that says what
// to do: no workbook, an older or another form of one, protected by a password, damaged, or beyond the limits.
Result<std::vector<Sheet>> read_xlsx(std::string_view bytes, const XlsxLimits& limits = {});

// Whether the bytes begin as a workbook does, of today's or of the older form: then read_xlsx says more.
bool looks_like_workbook(std::string_view bytes);

}  // namespace tithing::exports
