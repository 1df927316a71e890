// What a street-level file holds, counted: per force-month the rows by LSOA and crime type, and what is odd about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/table_words.h"
#include "slices/evidence/byte_stream.h"
#include "slices/evidence/lsoa.h"
#include "slices/evidence/points.h"
#include "slices/evidence/street_file_name.h"
#include "slices/evidence/street_scan.h"

namespace tithing::evidence {

// Rows of one force and one month. Sums of `cells` are `rows`.
struct ForceMonthCounts {
  Month month;
  std::string force_slug;
  std::string reported_by;  // the force's name as its rows have it
  std::int64_t rows = 0;
  std::int64_t without_lsoa = 0;
  std::int64_t without_coordinates = 0;
  std::int64_t without_crime_id = 0;
  // Suspected repeats. They are counted as rows all the same: a Crime ID is not unique, and a row may truly occur
  // twice.
  std::int64_t repeated_crime_id = 0;  // rows whose Crime ID stands in an earlier row of this force-month
  std::int64_t repeated_row = 0;       // rows that equal an earlier row in every byte
  std::int64_t outside_uk = 0;         // coordinates that exist, but not in the United Kingdom
  std::int64_t filled_month = 0;       // blank month, taken from the file's name
  std::int64_t other_reporter = 0;     // "Reported by" another force than the file's
  // Rows that would lie in the United Kingdom with longitude and latitude in each other's place: they count, and their
  // positions are not used. Told by the file each time it is read; no part of its segment.
  std::int64_t swapped = 0;
  // Rows whose Crime ID a spreadsheet has made a number of ("1.23E+63"): it says no more which crime it is, so these
  // rows have no part in repeated_crime_id. Told by the file, as `swapped` is.
  std::int64_t spreadsheet_id = 0;
  struct Type {
    std::string slug;
    std::string name;
    friend bool operator==(const Type&, const Type&) = default;
  };
  std::vector<Type> types;  // by slug
  struct Cell {
    Lsoa lsoa;           // kNoLsoa: the row names none
    std::uint32_t type;  // index in `types`
    std::uint32_t count;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  std::vector<Cell> cells;  // by LSOA, then type; not placed last
  friend bool operator==(const ForceMonthCounts&, const ForceMonthCounts&) = default;
};

struct RefusedLine {
  std::int64_t line = 0;
  std::string reason;
  std::string text;
};

struct StreetFile {
  // One for a file whose name says its force and month; one per force and month found in the rows of any other, in
  // order.
  std::vector<ForceMonthCounts> parts;
  std::vector<std::vector<PointCell>> points;  // of each of `parts`: the same rows by position
  std::vector<RefusedLine> refused;
  bool extra_columns = false;  // an extract that somebody made, not a publication
  std::string read_as;         // StreetHeading::read_as
  std::int64_t repeated_headings =
      0;  // lines that are the heading once more: files laid one behind the other. Neither rows nor refused
  std::int64_t accepted() const;
};

// Reads the whole stream. `name` is for sentences; `expected` is what the file's name says, if it follows the pattern.
// Refused: month malformed or not the file's, coordinates that are no numbers or not on the globe, malformed LSOA code,
// wrong number of columns, bytes that are not UTF-8, NUL, a line over 1 MiB, a line of totals, a line without anything
// that a crime has. Blank fields are counted, never refused (a blank month only where the file's name does not give
// it); blank is also what programs write for it (base/table_words.h: NA, NaN, NULL, "-" and the like). A crime type
// that is not known counts as a type of its own. Problems besides those of scan_street: more than 100 crime types or
// 100,000 refused rows: it is something else.
Result<StreetFile> read_street_file(ByteStream& stream, const std::string& name,
                                    const std::optional<PoliceFileName>& expected);

// "1.23E+63": what a spreadsheet makes of a long row of digits. A Crime ID of data.police.uk has 64 characters.
bool is_spreadsheet_number(std::string_view text);

// "-2.314863" in millionths of a degree; empty when it is no number with at most three digits before the point.
std::optional<std::int32_t> parse_coordinate(std::string_view text);

// What stands in a field, or nothing where a program wrote "NA" or the like for it (base/table_words.h). Real values
// are longer, or no blank words: nearly every field is told by its length.
inline std::string_view value_of(std::string_view field) {
  constexpr std::size_t kLongestBlank = 8;
  if (field.empty() || (field.size() > kLongestBlank && field.front() != ' ' && field.front() != '\xC2')) return field;
  return is_blank_word(field) ? std::string_view() : field;
}

// Why a row of fields is refused, or an empty text. The same rule decides what counts and which rows lie behind a
// figure.
struct RowReading {
  Lsoa lsoa = kNoLsoa;
  std::int32_t longitude = 0;  // millionths of a degree, when there are coordinates
  std::int32_t latitude = 0;
  bool without_coordinates = false;
  bool outside_uk = false;
  bool swapped = false;  // .. and within it with longitude and latitude in each other's place
};
// Returns nullptr when the row is accepted, else the reason.
const char* read_place(const StreetRow& row, RowReading& into);

}  // namespace tithing::evidence
