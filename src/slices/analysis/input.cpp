#include "slices/analysis/input.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <set>

#include "base/csv.h"
#include "base/national_grid.h"
#include "base/table_text.h"
#include "base/table_words.h"
#include "base/text.h"
#include "base/total_words.h"
#include "base/translation.h"
#include "statistics/two_periods.h"

namespace tithing::analysis {

std::string across_a_change(const std::vector<std::string>& breaks) {
  std::string said(statistics::kCategoryChanged);
  said.front() = 'N';
  return said + ". " + joined(breaks, " ") +
         " What was counted before is not what was counted after: choose both periods on one side of it.";
}

namespace {

std::string column_name(std::string_view heading) {
  std::string name = lowered(visible(heading));
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

bool unknown(std::string_view text) { return is_blank_word(text) || lowered(text) == "not known"; }

constexpr std::string_view kSpaces[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};  // plain, no-break, thin

// "1,234" and "1 234" without their separators of thousands; anything else as it stands. They stand before every three
// digits or nowhere.
std::string without_thousands(std::string_view text, bool commas) {
  std::string out;
  std::size_t since = 0;  // digits since the last separator
  bool any = false;
  std::size_t at = 0;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) out += text[at++];
  while (at < text.size() && text[at] != '.') {
    if (text[at] >= '0' && text[at] <= '9') {
      out += text[at++];
      ++since;
      continue;
    }
    std::size_t width = commas && text[at] == ',' ? 1 : 0;
    for (const std::string_view space : kSpaces)
      if (text.substr(at).starts_with(space)) width = space.size();
    const bool right = width > 0 && since > 0 && (any ? since == 3 : since <= 3);
    if (!right) return std::string(text);
    any = true;
    since = 0;
    at += width;
  }
  if (any && since != 3) return std::string(text);
  return out + std::string(text.substr(at));
}

// "12,5" and "1.234,5" as files with semicolons write numbers. "1,234" may be either: then nothing.
std::optional<std::string> with_decimal_comma(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::string(text);
  if (text.find(',', comma + 1) != std::string_view::npos) return std::string(text);
  std::string whole(text.substr(0, comma));
  const bool dots = whole.find('.') != std::string::npos;
  if (!dots && text.size() - comma - 1 == 3) return std::nullopt;
  std::erase(whole, '.');
  return whole + "." + std::string(text.substr(comma + 1));
}

// What stands in a row that adds up others, where its name says so: a cell that is no number.
const std::string* total_cell(const std::vector<std::string>& fields) {
  for (const std::string& field : fields) {
    if (field.empty() || (field[0] >= '0' && field[0] <= '9')) continue;
    const TotalWord word = total_word(field);
    if (word != TotalWord::none && word != TotalWord::perhaps) return &field;
  }
  return nullptr;
}

// Columns of whole numbers that could be added up: no positions, no times.
std::vector<std::size_t> columns_to_add(const Input& input) {
  static constexpr std::string_view kNone[] = {"x",    "y",    "easting", "northing", "longitude", "latitude",
                                               "lon",  "lat",  "year",    "hour",     "week",      "day",
                                               "cell", "line", "rank",    "id"};
  std::vector<std::size_t> out;
  for (std::size_t column = 0; column < input.columns.size(); ++column) {
    if (std::find(std::begin(kNone), std::end(kNone), input.columns[column]) != std::end(kNone)) continue;
    bool whole = true, any = false;
    for (std::size_t row = 0; whole && row < input.rows.size(); ++row) {
      const auto number = number_in(input, row, column);
      whole = number && (!*number || (**number == std::floor(**number) && **number >= 0));
      any = any || (whole && *number && **number > 0);
    }
    if (whole && any) out.push_back(column);
  }
  return out;
}

// A row that is called after its area ("England") and is the sum of all others: in every column that could be added up.
// Of fewer than three others, or of numbers below a hundred, it may be chance.
std::optional<std::size_t> sum_of_the_others(const Input& input, std::string& columns) {
  constexpr std::size_t kFewestOthers = 3, kMostLooked = 100'000;
  constexpr double kLeast = 100;
  if (input.rows.size() <= kFewestOthers || input.rows.size() > kMostLooked) return std::nullopt;
  if (input.find_any({"month", "date", "when", "period"})) return std::nullopt;  // a series is no table of areas
  if (!input.find_any({"name", "area", "code", "lsoa", "label", "place", "partnership", "force", "district"}))
    return std::nullopt;
  const std::vector<std::size_t> added = columns_to_add(input);
  std::vector<std::vector<std::optional<double>>> numbers;
  std::vector<double> sums;
  for (const std::size_t column : added) {
    numbers.push_back(*optional_numbers(input, column));
    double sum = 0;
    for (const auto& one : numbers.back()) sum += one.value_or(0);
    sums.push_back(sum);
    columns += (columns.empty() ? "" : ", ") + input.columns[column];
  }
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    bool all = !added.empty(), large = false;
    for (std::size_t i = 0; all && i < added.size(); ++i) {
      const auto& one = numbers[i][row];
      all = one && 2 * *one == sums[i];
      large = large || (all && *one >= kLeast);
    }
    if (all && large) return row;
  }
  return std::nullopt;
}

void leave_out(Input& input, std::size_t row) {
  const auto at = static_cast<std::ptrdiff_t>(row);
  input.rows.erase(input.rows.begin() + at);
  if (row < input.lines.size()) input.lines.erase(input.lines.begin() + at);
  if (row < input.shapes.size()) input.shapes.erase(input.shapes.begin() + at);
}

std::string row_name(const Input& input, std::size_t row) {
  const auto column =
      input.find_any({"name", "area", "label", "place", "partnership", "force", "district", "code", "lsoa"});
  return column ? input.rows[row][*column] : input.rows[row].front();
}

// Rows of totals are no areas: by their name, else because they are the sum of all others.
void leave_out_totals(Input& input) {
  for (std::size_t row = input.rows.size(); row-- > 0;) {
    const std::string* word = total_cell(input.rows[row]);
    if (word == nullptr) continue;
    std::string where = input.where(row);
    where[0] = static_cast<char>(where[0] - 'a' + 'A');
    input.notes.push_back(where + " (\"" + *word +
                          "\") adds up the other rows and is left out: it is no area and no month of its own.");
    leave_out(input, row);
  }
  std::string columns;
  if (const auto row = sum_of_the_others(input, columns)) {
    std::string where = input.where(*row);
    where[0] = static_cast<char>(where[0] - 'a' + 'A');
    input.notes.push_back(where + " (\"" + row_name(input, *row) + "\") is the sum of the " +
                          grouped(static_cast<std::int64_t>(input.rows.size() - 1)) + " other rows (" + columns +
                          ") and is left out: it is their total and no area beside them.");
    leave_out(input, *row);
  }
}

}  // namespace

std::optional<std::size_t> Input::find(std::string_view column) const {
  const auto found = std::find(columns.begin(), columns.end(), column_name(column));
  return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
}

std::optional<std::size_t> Input::find_any(std::initializer_list<std::string_view> names) const {
  for (const std::string_view one : names)
    if (const auto found = find(one)) return found;
  return std::nullopt;
}

std::string Input::where(std::size_t row) const {
  return row < lines.size() ? "line " + std::to_string(lines[row]) : "row " + std::to_string(row + 1);
}

Result<Input> read_csv(std::string_view text, const std::string& name) {
  const auto plain = plain_table(text);
  if (!plain) return invalid(tr("{0} cannot be read. {1}", {name, plain.error().message}));
  Input input;
  input.name = name;
  input.decimal_comma = plain->separator == ';';
  if (!plain->read_as.empty()) input.notes.push_back(name + " is read as " + plain->read_as + ".");
  CsvReader records(plain->text);
  std::vector<std::string> fields;
  while (records.next(fields)) {
    const std::string line = name + ", line " + std::to_string(records.line());
    if (records.broken()) return invalid(tr("{0}: a quote is opened and never closed.", {line}));
    if (fields.size() == 1 && trimmed(fields[0]).empty()) continue;
    if (input.columns.empty()) {
      if (fields.size() > kMostColumns)
        return invalid(tr("{0}: there are more than {1} columns.", {line, std::to_string(kMostColumns)}));
      std::set<std::string> seen;
      for (const std::string& heading : fields) {
        input.columns.push_back(column_name(heading));
        if (input.columns.back().empty())
          return invalid(tr("{0}: a column has no name. The first line names the columns.", {line}));
        if (!seen.insert(input.columns.back()).second)
          return invalid(tr("{0}: the column {1} is named twice.", {line, input.columns.back()}));
      }
      continue;
    }
    if (fields.size() != input.columns.size())
      return invalid(tr("{0}: there are {1} fields under {2} headings.",
                        {line, std::to_string(fields.size()), std::to_string(input.columns.size())}));
    if (input.rows.size() >= kMostRows)
      return invalid(tr("{0} has more than {1} rows.", {name, grouped(static_cast<std::int64_t>(kMostRows))}));
    for (std::string& field : fields) field = visible(field);
    if (std::all_of(fields.begin(), fields.end(), [](const std::string& field) { return field.empty(); })) continue;
    input.lines.push_back(records.line());
    input.rows.push_back(std::move(fields));
  }
  leave_out_totals(input);
  if (input.rows.empty())
    return invalid(tr("{0} has no rows. The first line names the columns, each further line is a row.", {name}));
  return input;
}

Result<Input> read_input(std::string_view text, const std::string& name) {
  std::string_view begin = text;
  if (begin.starts_with("\xEF\xBB\xBF")) begin.remove_prefix(3);
  begin = trimmed(begin);
  if (!begin.starts_with("{")) return read_csv(text, name);
  auto read = read_geojson(begin, name);
  if (!read) return read;
  leave_out_totals(*read);
  if (read->rows.empty()) return invalid(tr("{0} has no features but for one that adds up others.", {name}));
  return read;
}

Result<Input> read_file(const std::string& path) {
  constexpr std::size_t kMostBytes = std::size_t{512} << 20;
  const auto slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return invalid(tr("{0} cannot be opened. Is the name right, and may you read it?", {path}));
  std::string text;
  std::string block(std::size_t{1} << 16, '\0');
  std::size_t got = 0;
  while (text.size() <= kMostBytes && (got = std::fread(block.data(), 1, block.size(), file)) > 0)
    text.append(block, 0, got);
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) return invalid(tr("{0} cannot be read. Is it a file, and not a folder?", {path}));
  if (text.size() > kMostBytes) return invalid(tr("{0} is larger than 512 MiB.", {path}));
  return read_input(text, name);
}

Result<std::optional<double>> number_in(const Input& input, std::size_t row, std::size_t column) {
  const std::string& written = input.rows[row][column];
  if (unknown(written)) return std::optional<double>();
  std::string text = without_thousands(written, !input.decimal_comma);
  if (input.decimal_comma) {
    const auto decimal = with_decimal_comma(text);
    if (!decimal)
      return invalid(
          tr("{0}, {1}: \"{2}\" in the column {3} may be a whole number with a separator of thousands or one "
             "with three decimals. Write it without the comma.",
             {input.name, input.where(row), written, input.columns[column]}));
    text = *decimal;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
    return invalid(tr("{0}, {1}: \"{2}\" in the column {3} is not a number.",
                      {input.name, input.where(row), text.substr(0, 40), input.columns[column]}));
  return std::optional(number);
}

Result<std::vector<std::optional<double>>> optional_numbers(const Input& input, std::size_t column) {
  std::vector<std::optional<double>> out;
  out.reserve(input.rows.size());
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    const auto number = number_in(input, row, column);
    if (!number) return pass_on(number);
    out.push_back(*number);
  }
  return out;
}

std::pair<Input, std::string> with_known(const Input& input, const std::vector<std::string_view>& columns) {
  std::vector<std::size_t> needed;
  for (const std::string_view name : columns)
    if (const auto column = input.find(name)) needed.push_back(*column);
  std::vector<std::string> named;
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    const bool lacks =
        std::any_of(needed.begin(), needed.end(), [&](std::size_t column) { return unknown(input.rows[row][column]); });
    if (lacks)
      named.push_back(row_name(input, row));
    else
      kept.push_back(row);
  }
  if (named.empty()) return {input, {}};
  Input out = input;
  out.rows.clear();
  out.lines.clear();
  out.shapes.clear();
  for (const std::size_t row : kept) {
    out.rows.push_back(input.rows[row]);
    if (row < input.lines.size()) out.lines.push_back(input.lines[row]);
    if (row < input.shapes.size()) out.shapes.push_back(input.shapes[row]);
  }
  const auto count = static_cast<std::int64_t>(named.size());
  constexpr std::size_t kNamed = 5;
  const bool more = named.size() > kNamed;
  if (more) named.resize(kNamed);
  return {out, plural(count, "row has", "rows have") + " no number and " + (count == 1 ? "is" : "are") +
                   " left out: " + joined(named, ", ") + (more ? " and others" : "") +
                   ". What is not known is not nought: whatever is said of all rows is said without " +
                   (count == 1 ? "it." : "them.")};
}

Result<std::vector<double>> numbers(const Input& input, std::size_t column) {
  const auto read = optional_numbers(input, column);
  if (!read) return pass_on(read);
  std::vector<double> out;
  out.reserve(read->size());
  for (std::size_t row = 0; row < read->size(); ++row) {
    if (!(*read)[row])
      return invalid(
          tr("{0}, {1}: the column {2} is empty. This method has no place for gaps: fill it, or leave the "
             "row out.",
             {input.name, input.where(row), input.columns[column]}));
    out.push_back(*(*read)[row]);
  }
  return out;
}

Result<std::vector<std::int64_t>> counts(const Input& input, std::size_t column) {
  const auto read = numbers(input, column);
  if (!read) return pass_on(read);
  std::vector<std::int64_t> out;
  out.reserve(read->size());
  for (std::size_t row = 0; row < read->size(); ++row) {
    const double number = (*read)[row];
    if (number < 0 || number != std::floor(number) || number > 9e15)
      return invalid(tr("{0}, {1}: the column {2} must hold whole numbers from 0 on.",
                        {input.name, input.where(row), input.columns[column]}));
    out.push_back(static_cast<std::int64_t>(number));
  }
  return out;
}

Result<Month> month_in(const Input& input, std::size_t row, std::size_t column) {
  const std::string& text = input.rows[row][column];
  if (const auto month = Month::parse(text)) return *month;
  if (const auto date = Date::parse(text)) return Month::of(*date);
  return invalid(tr("{0}, {1}: \"{2}\" in the column {3} is not a month. Write 2022-01.",
                    {input.name, input.where(row), text.substr(0, 40), input.columns[column]}));
}

std::string misplaced(const std::vector<statistics::Point>& points, bool degrees) {
  if (points.empty()) return {};
  const auto britain = [](double longitude, double latitude) {
    return longitude > -9.5 && longitude < 3 && latitude > 49 && latitude < 62;
  };
  const auto grid = [](double easting, double northing) {
    return easting >= 0 && easting <= 700'000 && northing >= 0 && northing <= 1'300'000;
  };
  std::size_t there = 0, exchanged = 0, as_degrees = 0, as_degrees_exchanged = 0;
  for (const auto& point : points) {
    there += degrees ? britain(point.x, point.y) : grid(point.x, point.y);
    exchanged += degrees ? britain(point.y, point.x) : grid(point.y, point.x);
    as_degrees += britain(point.x, point.y);
    as_degrees_exchanged += britain(point.y, point.x);
  }
  // One in a hundred may be wrong by itself.
  const auto nearly_all = [&](std::size_t count) { return (points.size() - count) * 100 <= points.size(); };
  if (degrees && nearly_all(exchanged) && there == 0)
    return "longitude and latitude stand in each other's place: the positions would lie in Great Britain the other way "
           "about. Change the names of the two columns.";
  if (!degrees && (nearly_all(as_degrees) || nearly_all(as_degrees_exchanged)))
    return "the columns x and y hold degrees, not metres. Name them longitude and latitude.";
  if (!degrees && nearly_all(exchanged) && there == 0)
    return "easting and northing stand in each other's place: the positions would lie on the National Grid the other "
           "way about. Change the names of the two columns.";
  return {};
}

std::vector<statistics::Point> to_plane(const std::vector<statistics::Point>& points) {
  // One position in a hundred may be wrong: it must not move the others to another plane.
  std::size_t abroad = 0;
  double longitude = 0, latitude = 0;
  for (const auto& point : points) {
    abroad += point.x > -9.5 && point.x < 3 && point.y > 49 && point.y < 62 ? 0 : 1;
    longitude += point.x / static_cast<double>(points.size());
    latitude += point.y / static_cast<double>(points.size());
  }
  const bool britain = abroad * 100 <= points.size();
  constexpr double kRadius = 6'371'008.8;  // mean radius of the Earth (IUGG), metres
  constexpr double kDegree = std::numbers::pi / 180;
  const double across = std::cos(latitude * kDegree);
  std::vector<statistics::Point> out;
  out.reserve(points.size());
  for (const auto& point : points) {
    const GridPoint grid = britain ? to_national_grid({point.x, point.y}) : GridPoint{};
    if (britain && std::isfinite(grid.easting) && std::isfinite(grid.northing)) {
      out.push_back({grid.easting, grid.northing});
    } else {
      out.push_back({kRadius * across * (point.x - longitude) * kDegree, kRadius * (point.y - latitude) * kDegree});
    }
  }
  return out;
}

statistics::Point middle_of(const statistics::Polygon& shape) {
  if (shape.rings.empty() || shape.rings[0].empty()) return {};
  // Relative to a corner, so that large coordinates do not eat the digits.
  const statistics::Point origin = shape.rings[0][0];
  double area = 0, x = 0, y = 0, mean_x = 0, mean_y = 0, corners = 0;
  for (const auto& ring : shape.rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto& a = ring[i];
      const auto& b = ring[(i + 1) % ring.size()];
      const double ax = a.x - origin.x, ay = a.y - origin.y, bx = b.x - origin.x, by = b.y - origin.y;
      const double cross = ax * by - bx * ay;
      area += cross;
      x += (ax + bx) * cross;
      y += (ay + by) * cross;
      mean_x += ax;
      mean_y += ay;
      corners += 1;
    }
  }
  if (std::abs(area) < 1e-12) return {origin.x + mean_x / corners, origin.y + mean_y / corners};
  return {origin.x + x / (3 * area), origin.y + y / (3 * area)};
}

Result<std::vector<statistics::Point>> places_of(const Input& input) {
  auto x = input.find_any({"x", "easting"}), y = input.find_any({"y", "northing"});
  bool degrees = false;
  if (!x || !y) {
    x = input.find_any({"longitude", "lon"});
    y = input.find_any({"latitude", "lat"});
    degrees = true;
  }
  if (x && y) {
    const auto across = numbers(input, *x);
    if (!across) return pass_on(across);
    const auto up = numbers(input, *y);
    if (!up) return pass_on(up);
    std::vector<statistics::Point> points;
    points.reserve(across->size());
    for (std::size_t i = 0; i < across->size(); ++i) {
      points.push_back({(*across)[i], (*up)[i]});
      if (degrees && (std::abs(points[i].x) > 180 || std::abs(points[i].y) > 90))
        return invalid(tr("{0}, {1}: longitude and latitude are not degrees. Metres belong in columns x and y.",
                          {input.name, input.where(i)}));
    }
    if (const std::string fault = misplaced(points, degrees); !fault.empty()) return invalid(input.name + ": " + fault);
    return degrees ? to_plane(points) : points;
  }
  if (input.shapes.size() == input.rows.size() && !input.shapes.empty()) {
    std::vector<statistics::Point> points;
    points.reserve(input.shapes.size());
    for (const auto& shape : input.shapes) points.push_back(middle_of(shape));
    return points;
  }
  return invalid(
      tr("{0} has no positions. Give columns x and y in metres, or longitude and latitude in degrees, or "
         "a GeoJSON.",
         {input.name}));
}

}  // namespace tithing::analysis
