#include "slices/evidence/commands_datasets.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.h"
#include "slices/evidence/commands_derived.h"

namespace tithing::evidence {

sources::Manner manner_of(const std::string& kind) {
  return kind == kPopulationKind ? sources::Manner::all_count : sources::Manner::one_counts;
}

std::string about_of(const std::string& kind, const std::string& label) {
  if (kind == kPopulationKind) return "Populations by LSOA of 2021";
  return "ONS Table C2, " + lowered(label.substr(0, 1)) + (label.empty() ? std::string() : label.substr(1));
}

std::string years_text(const std::vector<int>& years) {
  if (years.empty()) return "no year";
  const bool all = years.back() - years.front() + 1 == static_cast<int>(years.size());
  if (all && years.size() > 1)
    return "mid-" + std::to_string(years.front()) + " to mid-" + std::to_string(years.back());
  std::vector<std::string> texts;
  for (const int year : years) texts.push_back("mid-" + std::to_string(year));
  return joined(texts, ", ");
}

void compare_numbers(std::int64_t former, std::int64_t later, Agreement& into) {
  ++into.shared;
  if (former == later) return;
  ++into.differing;
  const std::int64_t apart = former < later ? later - former : former - later;
  into.far += apart * 10 > (former < 0 ? -former : former);
}

namespace {

// Keeps the part with the larger share of numbers that are far off.
void keep_worst(Agreement::Part part, Agreement& into) {
  if (part.shared > 0 && part.far * std::max<std::int64_t>(into.worst.shared, 1) > into.worst.far * part.shared)
    into.worst = std::move(part);
}

}  // namespace

OfficialNumbers numbers_of(const TableC2& table) {
  OfficialNumbers numbers;
  for (const TableC2::Row& row : table.rows) {
    const std::string area = official_key(row.area_code, row.area_name, name_of(row.level), row.force_name);
    for (std::size_t i = 0; i < table.offences.size(); ++i)
      numbers.emplace(std::pair(area, table.offences[i].slug), row.numbers[i]);
  }
  return numbers;
}

sources::Holding holding_of(const OfficialNumbers& numbers) {
  sources::Holding holding;
  std::set<std::string> areas;
  for (const auto& [key, number] : numbers) {
    areas.insert(key.first);
    if (!number) continue;
    // A column or an area that is there without a number is as good as missing.
    holding.parts["column"][key.second] += sources::kMissed;
    holding.parts["area"][key.first] += sources::kMissed;
  }
  holding.rows = static_cast<std::int64_t>(areas.size());
  return holding;
}

Agreement agreement(const OfficialNumbers& own, const OfficialNumbers& former) {
  Agreement found;
  std::map<std::string, Agreement> columns;
  for (const auto& [key, number] : own) {
    const auto there = former.find(key);
    if (!number || there == former.end() || !there->second) continue;
    compare_numbers(*there->second, *number, found);
    compare_numbers(*there->second, *number, columns[key.second]);
  }
  for (const auto& [column, part] : columns) keep_worst({"the column " + column, part.shared, part.far}, found);
  found.sentence = "It replaces what counts: " + grouped(found.differing) + " of " +
                   plural(found.shared, "number", "numbers") + " that both give differ.";
  return found;
}

Result<Agreement> agreement(const DataFolder& data, const Population& own,
                            const std::vector<store::DatasetRow>& counting) {
  std::vector<store::DatasetRow> newest_first = counting;
  std::sort(newest_first.begin(), newest_first.end(),
            [](const store::DatasetRow& a, const store::DatasetRow& b) { return a.id > b.id; });
  std::vector<Population> former;
  for (const store::DatasetRow& row : newest_first) {
    Result<Population> population = population_of(data, row.sha256, row.file_name);
    if (!population) return pass_on(population);
    former.push_back(std::move(*population));
  }
  Agreement found;
  std::int64_t fresh = 0;
  std::set<int> years, fresh_years(own.years.begin(), own.years.end());
  for (const Population& one : former) {
    for (const int year : one.years) fresh_years.erase(year);
  }
  for (const int year : own.years) {
    Agreement of_year;
    for (const Lsoa lsoa : own.lsoas) {
      const std::optional<std::uint32_t> number = own.of(lsoa, year);
      if (!number) continue;
      std::optional<std::uint32_t> there;
      for (const Population& one : former) {
        there = one.of(lsoa, year);
        if (there) break;
      }
      if (there) {
        compare_numbers(*there, *number, found);
        compare_numbers(*there, *number, of_year);
      } else {
        ++fresh;
      }
    }
    keep_worst({years_text({year}), of_year.shared, of_year.far}, found);
  }
  std::vector<int> added(fresh_years.begin(), fresh_years.end());
  found.sentence = "It is laid over what counts: ";
  if (!added.empty()) found.sentence += "adds " + years_text(added) + ", ";
  found.sentence += plural(fresh, "number that was not there", "numbers that were not there") + ", and changes " +
                    grouped(found.differing) + " of " + plural(found.shared, "number", "numbers") +
                    " that both give. Nothing is removed.";
  return found;
}

sources::Publication publication_for_rule(db::Connection& connection, const DataFolder&, const store::DatasetRow& row) {
  sources::Publication publication;
  publication.source_file = row.source_file;
  publication.holding.rows = row.rows;
  if (row.kind == kTableC2Kind) publication.holding = holding_of(store::official_numbers(connection, row.id));
  return publication;
}

std::string holds_text(db::Connection&, const DataFolder& data, const store::DatasetRow& row) {
  if (row.kind != kPopulationKind) return plural(row.rows, "row", "rows");
  const Result<Population> population = population_of(data, row.sha256, row.file_name);
  return plural(row.rows, "LSOA", "LSOAs") + ", " +
         (population ? years_text(population->years)
                     : std::string("and the years cannot be read: the file is damaged"));
}

}  // namespace tithing::evidence
