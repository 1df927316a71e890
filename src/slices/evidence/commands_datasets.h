// Official tables as publications: what they say, and how two of them are held against each other. Private to the
// commands.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "slices/evidence/data_folder.h"
#include "slices/evidence/population.h"
#include "slices/evidence/publications.h"
#include "slices/evidence/store.h"
#include "slices/evidence/table_c2.h"

namespace tithing::evidence {

// Populations are laid one over the other; of a table's edition one counts.
sources::Manner manner_of(const std::string& kind);
std::string about_of(const std::string& kind, const std::string& label);  // "ONS Table C2, year ending June 2025"
std::string years_text(const std::vector<int>& years);  // "mid-2011 to mid-2022", "mid-2019, mid-2021"

// Numbers that two publications both give.
struct Agreement {
  std::int64_t shared = 0;
  std::int64_t differing = 0;
  std::int64_t far = 0;  // by more than a tenth of the former number
  std::string sentence;
  // The part of it that is furthest off: a year of populations, a column of a table. One wrong year of twelve is few of
  // all numbers.
  struct Part {
    std::string name;  // "mid-2022"
    std::int64_t shared = 0;
    std::int64_t far = 0;
  };
  Part worst = {};
};
void compare_numbers(std::int64_t former, std::int64_t later, Agreement& into);

using OfficialNumbers =
    std::map<std::pair<std::string, std::string>, std::optional<std::int64_t>>;  // as store::official_numbers
OfficialNumbers numbers_of(const TableC2& table);
sources::Holding holding_of(const OfficialNumbers& numbers);
Agreement agreement(const OfficialNumbers& own, const OfficialNumbers& former);

// A file of populations against those that count, in any order: for each LSOA and year the one given last.
// A problem when one of those that count is damaged and cannot be made again.
Result<Agreement> agreement(const DataFolder& data, const Population& own,
                            const std::vector<store::DatasetRow>& counting);

sources::Publication publication_for_rule(db::Connection& connection, const DataFolder& data,
                                          const store::DatasetRow& row);
std::string holds_text(db::Connection& connection, const DataFolder& data, const store::DatasetRow& row);

}  // namespace tithing::evidence
