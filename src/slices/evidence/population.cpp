#include "slices/evidence/population.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <span>

#include "base/csv.h"
#include "base/hash.h"
#include "base/table_text.h"
#include "base/table_words.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/binary.h"

namespace tithing::evidence {

namespace {

constexpr std::string_view kMagic = "TITHPOP2";
constexpr std::size_t kChecksum = 64;  // at the end: SHA-256 of all before it, in hexadecimal
constexpr std::int64_t kMostPeople = 999'999'999;

// "Mid-2011: Population" and "2011" are years; "Mid-2011: People per Sq Km" is not.
std::optional<int> year_of(std::string_view heading) {
  std::string text = lowered(visible(heading));
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

// Where the table begins: the first of the first lines that names LSOAs. What stands above are titles.
struct Heading {
  std::size_t row = 0;
  std::optional<std::size_t> code;
  std::optional<std::size_t> everybody;  // "Total", "All ages"
  bool of_2011 = false;
  std::vector<std::pair<int, std::size_t>> years;
};

Heading heading_of(const std::vector<CsvRecord>& records) {
  constexpr std::size_t kMostTitles = 20;
  Heading found;
  for (std::size_t row = 0; row < records.size() && row < kMostTitles; ++row) {
    Heading here;
    here.row = row;
    for (std::size_t i = 0; i < records[row].fields.size(); ++i) {
      const std::string heading = lowered(visible(records[row].fields[i]));
      if (!here.code && (heading == "lsoa 2021 code" || heading == "lsoa21cd")) here.code = i;
      here.of_2011 = here.of_2011 || heading == "lsoa 2011 code" || heading == "lsoa11cd";
      if (!here.everybody && (heading == "total" || heading == "all ages" || heading == "all persons"))
        here.everybody = i;
      if (const std::optional<int> year = year_of(heading)) here.years.emplace_back(*year, i);
    }
    if (here.code) return here;
    found.of_2011 = found.of_2011 || here.of_2011;
  }
  return found;
}

// The years of "mid-2021", "Mid 2021" and "mid_2021" in a text.
std::set<int> mid_years_in(std::string_view text) {
  std::set<int> years;
  const std::string small = lowered(text);
  for (std::size_t at = 0; (at = small.find("mid", at)) != std::string::npos; at += 3) {
    std::size_t digits = at + 3;
    while (digits < small.size() && (small[digits] == '-' || small[digits] == ' ' || small[digits] == '_')) ++digits;
    if (const std::optional<int> year = year_of(std::string_view(small).substr(digits, 4))) years.insert(*year);
  }
  return years;
}

}  // namespace

namespace {

std::optional<std::size_t> place_of(const Population& population, Lsoa lsoa, int year) {
  const auto column = std::lower_bound(population.years.begin(), population.years.end(), year);
  const auto row = std::lower_bound(population.lsoas.begin(), population.lsoas.end(), lsoa);
  if (column == population.years.end() || *column != year || row == population.lsoas.end() || *row != lsoa)
    return std::nullopt;
  return static_cast<std::size_t>(column - population.years.begin()) * population.lsoas.size() +
         static_cast<std::size_t>(row - population.lsoas.begin());
}

}  // namespace

std::optional<std::uint32_t> Population::of(Lsoa lsoa, int year) const {
  const auto place = place_of(*this, lsoa, year);
  return place && people[*place] != kNotKnown ? std::optional(people[*place]) : std::nullopt;
}

std::size_t Population::table_of(Lsoa lsoa, int year) const {
  return from.empty() ? 0 : from[*place_of(*this, lsoa, year)];
}

std::vector<std::int64_t> Population::lsoas_known() const {
  std::vector<std::int64_t> known;
  for (std::size_t year = 0; year < years.size(); ++year) {
    const auto first = people.begin() + static_cast<std::ptrdiff_t>(year * lsoas.size());
    known.push_back(std::count_if(first, first + static_cast<std::ptrdiff_t>(lsoas.size()),
                                  [](std::uint32_t n) { return n != kNotKnown; }));
  }
  return known;
}

Population combined(const std::vector<Population>& oldest_first) {
  Population all;
  for (const Population& table : oldest_first) {
    all.years.insert(all.years.end(), table.years.begin(), table.years.end());
    all.lsoas.insert(all.lsoas.end(), table.lsoas.begin(), table.lsoas.end());
  }
  std::sort(all.years.begin(), all.years.end());
  all.years.erase(std::unique(all.years.begin(), all.years.end()), all.years.end());
  std::sort(all.lsoas.begin(), all.lsoas.end());
  all.lsoas.erase(std::unique(all.lsoas.begin(), all.lsoas.end()), all.lsoas.end());
  all.people.assign(all.years.size() * all.lsoas.size(), kNotKnown);
  all.from.assign(all.people.size(), 0);
  for (std::size_t number = 0; number < oldest_first.size(); ++number) {
    const Population& table = oldest_first[number];
    for (std::size_t year = 0; year < table.years.size(); ++year) {
      const auto column = static_cast<std::size_t>(
          std::lower_bound(all.years.begin(), all.years.end(), table.years[year]) - all.years.begin());
      std::size_t row = 0;  // both lists ascend
      for (std::size_t i = 0; i < table.lsoas.size(); ++i) {
        while (all.lsoas[row] != table.lsoas[i]) ++row;
        const std::uint32_t people = table.people[year * table.lsoas.size() + i];
        if (people == kNotKnown) continue;
        all.people[column * all.lsoas.size() + row] = people;
        all.from[column * all.lsoas.size() + row] = static_cast<std::uint16_t>(number);
      }
    }
  }
  return all;
}

std::string years_in_words(std::span<const int> years) {
  std::vector<std::string> runs;
  for (std::size_t i = 0; i < years.size();) {
    std::size_t last = i;
    while (last + 1 < years.size() && years[last + 1] == years[last] + 1) ++last;
    runs.push_back(last == i ? std::to_string(years[i])
                             : std::to_string(years[i]) + " to " + std::to_string(years[last]));
    i = last + 1;
  }
  std::string text;
  for (std::size_t i = 0; i < runs.size(); ++i) text += (i == 0 ? "" : i + 1 == runs.size() ? " and " : ", ") + runs[i];
  return text;
}

Result<Population> read_population(const std::string& text, const std::string& name) {
  if (text.empty()) return invalid(tr("{0} is empty.", {name}));
  const Result<PlainTable> plain = plain_table(text);
  if (!plain) return invalid(tr("{0} cannot be read. {1}", {name, plain.error().message}));
  std::vector<CsvRecord> records = csv_records(plain->text);
  const Heading heading = heading_of(records);
  if (!heading.code) {
    if (heading.of_2011)
      return invalid(
          tr("{0} is of LSOAs of 2011. Populations are kept by LSOA of 2021, and those of 2011 that were "
             "split or merged cannot be told apart again. The ONS publishes the same years by LSOA of 2021: "
             "\"Lower layer Super Output Area population estimates\", columns \"LSOA 2021 Code\" and "
             "\"Mid-2012: Population\". Give that as CSV.",
             {name}));
    return invalid(tr(
        "{0} has no column \"LSOA 2021 Code\". Give the ONS estimates of population by LSOA of 2021 as CSV.", {name}));
  }
  const std::size_t code_column = *heading.code;
  std::vector<std::pair<int, std::size_t>> year_columns = heading.years;
  std::string also_read;
  if (heading.row > 0)
    also_read = plural(static_cast<std::int64_t>(heading.row), "line above the heading", "lines above the heading") +
                " passed over";
  if (year_columns.empty() && heading.everybody) {
    // One year by sex and age: the year stands in the title or in the file's name, else nobody knows it.
    std::string title = name;
    for (std::size_t i = 0; i < heading.row; ++i) title += " " + joined(records[i].fields, " ");
    const std::set<int> years = mid_years_in(title);
    if (years.size() != 1)
      return invalid(
          tr("{0} is a table of one year by sex and age, and does not say of which. Name its column \"{1}\" "
             "\"Mid-2022: Population\", with the year that it is of, and import it again: it adds that year "
             "to the others.",
             {name, std::string(trimmed(records[heading.row].fields[*heading.everybody]))}));
    year_columns.emplace_back(*years.begin(), *heading.everybody);
    also_read += std::string(also_read.empty() ? "" : ", ") + "everybody of mid-" + std::to_string(*years.begin()) +
                 ", as its title says";
  }
  if (year_columns.empty()) return invalid(tr("{0} has no column \"Mid-YYYY: Population\".", {name}));
  records.erase(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(heading.row));
  std::sort(year_columns.begin(), year_columns.end());
  Population population;
  population.read_as = plain->read_as + (plain->read_as.empty() || also_read.empty() ? "" : ", ") + also_read;
  for (const auto& [year, column] : year_columns) {
    if (!population.years.empty() && population.years.back() == year)
      return invalid(tr("{0} has two columns for {1}.", {name, std::to_string(year)}));
    population.years.push_back(year);
  }
  const std::size_t rows = records.size() - 1;
  if (rows == 0) return invalid(tr("{0} has a heading and no rows.", {name}));
  std::vector<Lsoa> codes;
  bool any = false;
  std::vector<std::uint32_t> numbers(rows * population.years.size());
  for (std::size_t i = 0; i < rows; ++i) {
    const CsvRecord& record = records[i + 1];
    const std::string where = name + ", line " + std::to_string(record.line);
    if (record.fields.size() != records[0].fields.size())
      return invalid(tr("{0}: the number of columns is not that of the heading.", {where}));
    const Lsoa code = lsoa_number(visible(record.fields[code_column]));
    if (code == kNoLsoa && std::any_of(record.fields.begin(), record.fields.end(),
                                       [](const std::string& cell) { return is_total_word(cell); })) {
      return invalid(tr("{0}: this line adds up the others. Take it out and import the table again.", {where}));
    }
    if (code == kNoLsoa)
      return invalid(tr("{0}: \"{1}\" is not the code of an LSOA.", {where, record.fields[code_column]}));
    codes.push_back(code);
    for (std::size_t year = 0; year < year_columns.size(); ++year) {
      const std::string& cell = record.fields[year_columns[year].second];
      std::uint32_t& people = numbers[year * rows + i];
      if (is_blank_word(cell)) {
        people = kNotKnown;
        ++population.blank;
        continue;
      }
      const std::optional<std::int64_t> number = whole_number_in(cell);
      if (!number || *number > kMostPeople)
        return invalid(tr("{0}: \"{1}\" is not a number of people.", {where, cell}));
      people = static_cast<std::uint32_t>(*number);
      any = true;
    }
  }
  if (!any) return invalid(tr("{0} has no number of people: every cell is blank.", {name}));
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return codes[a] < codes[b]; });
  for (std::size_t i = 0; i < rows; ++i) {
    if (i > 0 && codes[order[i]] == codes[order[i - 1]])
      return invalid(tr("{0} has {1} twice.", {name, lsoa_text(codes[order[i]])}));
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
  return out.bytes() + sha256(out.bytes());
}

Result<Population> population_from_bytes(std::string_view bytes) {
  const auto broken = [] {
    return unavailable(
        tr("The kept populations are damaged. Run \"tithing evidence rebuild\" to make them again from the "
           "original."));
  };
  if (bytes.size() < kChecksum ||
      sha256(bytes.substr(0, bytes.size() - kChecksum)) != bytes.substr(bytes.size() - kChecksum))
    return broken();
  BinaryReader in(bytes.substr(0, bytes.size() - kChecksum));
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
