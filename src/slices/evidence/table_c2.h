// ONS Table C2: police recorded crime for headline offences by community safety partnership area.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "slices/evidence/byte_stream.h"

namespace tithing::evidence {

struct TableC2 {
  std::string title;   // the first line of the file
  std::string period;  // "Year ending June 2025"
  struct Offence {
    std::string slug;
    std::string name;
  };
  std::vector<Offence> offences;
  enum class Level { force, partnership, unassigned };
  struct Row {
    Level level = Level::force;
    std::string force_code;
    std::string force_name;
    std::string area_code;  // the partnership's, the force's, or empty for what is not assigned
    std::string area_name;
    std::vector<std::optional<std::int64_t>> numbers;  // as `offences`; empty: "[x]" or blank
    std::int64_t line = 0;
  };
  std::vector<Row> rows;
  std::string read_as;  // "Windows-1252, separated by semicolons"; empty: UTF-8 with commas
  // What does not fit, in sentences: a total that its parts do not make, a row that carries another force's code.
  std::vector<std::string> remarks;
};

// Reads the CSV form of the table: title lines before the heading, line ends within headings, "170,002 ", "[x]", notes
// glued to names, rows that are not assigned to a partnership. Everything is kept as published; what does not fit
// becomes a remark. Problems: not such a table, a cell that is no number.
Result<TableC2> read_table_c2(const std::string& text, const std::string& name);

std::string_view name_of(TableC2::Level level);  // "force"

// By what a row is known in another edition of the table: its area's code and level, and where it has none its names.
std::string official_key(const std::string& area_code, const std::string& area_name, std::string_view level,
                         const std::string& force_name);
// The last month of "Year ending June 2025"; empty when it says none.
std::optional<Month> last_month_of(const std::string& period);

}  // namespace tithing::evidence
