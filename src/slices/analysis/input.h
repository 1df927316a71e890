// What a method works on: rows with named columns, from a CSV or GeoJSON of the analyst's own, or from the evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "statistics/neighbours.h"

namespace tithing::analysis {

struct Input {
  std::string name;                            // "thefts.csv", or the area and its months in words
  std::vector<std::string> columns;            // lower case, spaces as underscores
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`
  std::vector<std::int64_t> lines;             // of the file, for messages; empty when there is none
  std::vector<statistics::Polygon> shapes;     // one per row in plane coordinates (metres), or none at all
  bool decimal_comma = false;      // the file divides its fields by semicolons, so that its commas stand in numbers
  double cell = 0;                 // side in metres where the rows are cells of a square grid already; else 0
  std::vector<std::string> notes;  // what has to be said about it, in sentences
  // Of two periods of an area's evidence: whether both hold the season alike, and where the category changed between
  // them. A file does not say which months its counts are of.
  bool season_out = true;
  std::vector<std::string> breaks;

  std::optional<std::size_t> find(std::string_view column) const;
  std::optional<std::size_t> find_any(std::initializer_list<std::string_view> names) const;
  // "line 7" of a file, else "row 6".
  std::string where(std::size_t row) const;
};

// Why an effect is not told of two periods between which the category changed: `breaks`, as sentences, are at least
// one.
std::string across_a_change(const std::vector<std::string>& breaks);

// At most this many rows and columns are read: enough for every LSOA of England and Wales over four years.
constexpr std::size_t kMostRows = 2'000'000;
constexpr std::size_t kMostColumns = 1'000;

// Comma-separated values after RFC 4180 with a heading row: quotes, doubled quotes, line ends within quotes, CRLF or
// LF, a byte-order mark. Rows with nothing in them are left out. invalid, with the line, for a quote that is never
// closed, a row of another length than the heading, a column named twice or not at all, text that is not UTF-8, or no
// row. Semicolons or tabs divide the fields where the heading has them and no comma. A row of totals is left out with a
// note, in GeoJSON too: one whose name says so (base/total_words.h), or one that is the sum of all others in every
// column to add up.
Result<Input> read_csv(std::string_view text, const std::string& name);
// A FeatureCollection (RFC 7946): properties become columns, points the columns longitude and latitude, polygons
// shapes.
Result<Input> read_geojson(std::string_view text, const std::string& name);
// By what it begins with: "{" is GeoJSON.
Result<Input> read_input(std::string_view text, const std::string& name);
// Reads a file. invalid when it cannot be read or is larger than 512 MiB.
Result<Input> read_file(const std::string& path);

// Cells as numbers, with separators of thousands or without; in a file with semicolons a comma is the decimal one. An
// empty cell, NA and its like (base/table_words.h) and "not known" are unknown. invalid, naming column and line, for
// anything else that is not a finite number.
Result<std::optional<double>> number_in(const Input& input, std::size_t row, std::size_t column);
Result<std::vector<std::optional<double>>> optional_numbers(const Input& input, std::size_t column);
// The rows in which all of these columns (as far as there are any) hold something, and a sentence that names those that
// are left out; empty when none is. For methods that look at each row by itself: an area whose count is not known is no
// area without crimes.
std::pair<Input, std::string> with_known(const Input& input, const std::vector<std::string_view>& columns);
// As above, and an unknown is invalid: the method has no place for gaps.
Result<std::vector<double>> numbers(const Input& input, std::size_t column);
// Whole numbers from 0 on.
Result<std::vector<std::int64_t>> counts(const Input& input, std::size_t column);
Result<Month> month_in(const Input& input, std::size_t row, std::size_t column);  // "2022-01", or a date in that month

// Positions of which nearly all would lie in Great Britain, and none does as it stands, with the two numbers in each
// other's place; and degrees in columns of metres. A sentence, or empty. Eastings and northings of England and Wales
// lie within each other's range: their exchange cannot be told from the numbers alone.
std::string misplaced(const std::vector<statistics::Point>& points, bool degrees);

// Degrees to metres: the British National Grid when all points but one in a hundred lie in Great Britain,
// else a plane about the middle of
// the points (equirectangular), good for a region.
std::vector<statistics::Point> to_plane(const std::vector<statistics::Point>& longitude_latitude);
// Columns x and y, easting and northing, or longitude and latitude (made metres); else the middles of the shapes.
// invalid when there are none of them.
Result<std::vector<statistics::Point>> places_of(const Input& input);
// The centre of gravity of the outlines; the mean corner when they enclose nothing.
statistics::Point middle_of(const statistics::Polygon& shape);

}  // namespace tithing::analysis
