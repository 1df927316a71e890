#include "slices/evidence/population.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"
#include "slices/evidence/binary.h"
#include "slices/evidence/csv_text.h"

namespace tithing::evidence {

namespace {

constexpr std::string_view kMagic = "TITHPOP1";

// "Mid-2011: Population" and "2011" are years; "Mid-2011: People per Sq Km" is not.
std::optional<int> year_of(std::string_view heading) {
  std::string text = lowered(trimmed(heading));
  if (text.starts_with("mid-")) {
    text.erase(0, 4);
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos) {
      if (trimmed(std::string_view(text).substr(colon + 1)) != "population") return std::nullopt;
      text.erase(colon);
    }
  }
  if (text.size() != 4 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
  return year >= 1990 && year <= 2100 ? std::optional(year) : std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> Population::of(Lsoa lsoa, int year) const {
  const auto column = std::lower_bound(years.begin(), years.end(), year);
  const auto row = std::lower_bound(lsoas.begin(), lsoas.end(), lsoa);
  if (column == years.end() || *column != year || row == lsoas.end() || *row != lsoa) return std::nullopt;
  return people[static_cast<std::size_t>(column - years.begin()) * lsoas.size() + static_cast<std::size_t>(row - lsoas.begin())];
}

Result<Population> read_population(const std::string& text, const std::string& name) {
  if (text.empty()) return invalid(name + " is empty.");
  if (!is_utf8(text)) return invalid(name + " is not UTF-8 text. Save it as CSV (UTF-8).");
  const std::vector<CsvRecord> records = read_csv(text);
  std::size_t code_column = 0;
  bool found = false;
  std::vector<std::pair<int, std::size_t>> year_columns;
  for (std::size_t i = 0; !records.empty() && i < records[0].fields.size(); ++i) {
    const std::string heading = lowered(trimmed(records[0].fields[i]));
    if (!found && (heading == "lsoa 2021 code" || heading == "lsoa21cd")) {
      code_column = i;
      found = true;
    }
    if (const std::optional<int> year = year_of(heading)) year_columns.emplace_back(*year, i);
  }
  if (!found) return invalid(name + " has no column \"LSOA 2021 Code\". Give the ONS estimates of population by LSOA of 2021 as CSV.");
  if (year_columns.empty()) return invalid(name + " has no column \"Mid-YYYY: Population\".");
  std::sort(year_columns.begin(), year_columns.end());
  Population population;
  for (const auto& [year, column] : year_columns) {
    if (!population.years.empty() && population.years.back() == year) return invalid(name + " has two columns for " + std::to_string(year) + ".");
    population.years.push_back(year);
  }
  const std::size_t rows = records.size() - 1;
  if (rows == 0) return invalid(name + " has a heading and no rows.");
  std::vector<Lsoa> codes;
  std::vector<std::uint32_t> numbers(rows * population.years.size());
  for (std::size_t i = 0; i < rows; ++i) {
    const CsvRecord& record = records[i + 1];
    const std::string where = name + ", line " + std::to_string(record.line);
    if (record.fields.size() != records[0].fields.size()) return invalid(where + ": the number of columns is not that of the heading.");
    const Lsoa code = lsoa_number(trimmed(record.fields[code_column]));
    if (code == kNoLsoa) return invalid(where + ": \"" + record.fields[code_column] + "\" is not the code of an LSOA.");
    codes.push_back(code);
    for (std::size_t year = 0; year < year_columns.size(); ++year) {
      std::uint64_t number = 0;
      int digits = 0;
      for (const char c : trimmed(record.fields[year_columns[year].second])) {
        if (c == ',') continue;
        if (c < '0' || c > '9' || ++digits > 9) {
          return invalid(where + ": \"" + record.fields[year_columns[year].second] + "\" is not a number of people.");
        }
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
      }
      if (digits == 0) return invalid(where + ": the population of mid-" + std::to_string(population.years[year]) + " is blank.");
      numbers[year * rows + i] = static_cast<std::uint32_t>(number);
    }
  }
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return codes[a] < codes[b]; });
  for (std::size_t i = 0; i < rows; ++i) {
    if (i > 0 && codes[order[i]] == codes[order[i - 1]]) return invalid(name + " has " + lsoa_text(codes[order[i]]) + " twice.");
    population.lsoas.push_back(codes[order[i]]);
  }
  population.people.resize(numbers.size());
  for (std::size_t year = 0; year < year_columns.size(); ++year) {
    for (std::size_t i = 0; i < rows; ++i) population.people[year * rows + i] = numbers[year * rows + order[i]];
  }
  return population;
}

std::string to_bytes(const Population& population) {
  BinaryWriter out;
  out.raw(kMagic);
  out.u32(static_cast<std::uint32_t>(population.years.size()));
  for (const int year : population.years) out.u32(static_cast<std::uint32_t>(year));
  out.u32(static_cast<std::uint32_t>(population.lsoas.size()));
  for (const Lsoa lsoa : population.lsoas) out.u32(lsoa);
  for (const std::uint32_t number : population.people) out.u32(number);
  return out.take();
}

Result<Population> population_from_bytes(std::string_view bytes) {
  const auto broken = [] {
    return unavailable("The kept populations are damaged. Run \"tithing evidence rebuild\" to make them again from the original.");
  };
  BinaryReader in(bytes);
  if (in.raw(kMagic.size()) != kMagic) return broken();
  Population population;
  const std::uint32_t years = in.u32();
  for (std::uint32_t i = 0; i < years && in.ok(); ++i) population.years.push_back(static_cast<int>(in.u32()));
  const std::uint32_t lsoas = in.u32();
  if (!in.ok() || in.rest().size() != (std::size_t{lsoas} + std::size_t{lsoas} * years) * 4) return broken();
  population.lsoas.reserve(lsoas);
  for (std::uint32_t i = 0; i < lsoas; ++i) population.lsoas.push_back(in.u32());
  population.people.reserve(std::size_t{lsoas} * years);
  for (std::size_t i = 0; i < std::size_t{lsoas} * years; ++i) population.people.push_back(in.u32());
  return population;
}

}  // namespace tithing::evidence
