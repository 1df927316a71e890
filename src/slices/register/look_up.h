// The tables that geography comes in, as plain values: look-ups of districts to partnerships to forces, the exact fit
// of 2011 to 2021 LSOAs, the table of local authority codes, and facts of succession taken from papers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "slices/register/areas.h"

namespace tithing::register_ {

struct LookUpRow {
  std::string district;
  std::string district_name;
  std::string partnership;
  std::string partnership_name;
  std::string force;
  std::string force_name;
};

// How things stood on a day, which is taken as the last day of the month that the look-up names.
struct LookUp {
  Date on;
  std::vector<LookUpRow> rows;     // sorted by district, then partnership
  std::string source;              // "/evidence/sources/3" once imported
  std::string month_text() const;  // "December 2022"
};

struct FitRow {
  std::string lsoa_2011;
  std::string name_2011;
  std::string lsoa_2021;
  std::string name_2021;
  std::string district;  // of the 2021 LSOA, by the districts of `ExactFit::year`
  char change = 'U';     // U unchanged, S split, M merged, X neither
};
struct ExactFit {
  int district_year = 2022;
  std::vector<FitRow> rows;  // sorted by 2011 code, then 2021 code
  std::string source;
};

struct CodeHistoryRow {
  std::string code;
  std::string name;
  std::string successor;  // the code that is active; the same when it still is
  std::string successor_name;
};

// One predecessor of one succession, as a paper states it.
struct SuccessionFactRow {
  SuccessionKind kind = SuccessionKind::merged;
  std::string predecessor;
  std::string predecessor_name;
  std::vector<std::string> predecessor_districts;
  std::string successor;
  std::optional<Date> on;
  std::optional<Date> not_before;
  std::optional<Date> not_after;
  std::string source;  // the paper
  std::string paragraph;
  std::string evidence;  // what it says
};

// What a table of a known form turned out to be, or nothing when its heading is none of ours.
enum class TableForm { look_up, exact_fit, ward_fit, code_history, succession_facts };
std::optional<TableForm> form_of(std::string_view csv);

// Each is invalid with a sentence naming line and column. `file_name` helps to date a look-up; `dated` overrules.
Result<LookUp> read_look_up(std::string_view csv, std::string_view file_name, std::optional<Date> dated);
Result<ExactFit> read_exact_fit(std::string_view csv);
Result<std::vector<CodeHistoryRow>> read_code_history(std::string_view csv);
Result<std::vector<SuccessionFactRow>> read_succession_facts(std::string_view csv);

// E or W and eight digits. `local` also allows the register's own "X-..." codes.
bool is_official_code(std::string_view code);
std::optional<AreaKind> kind_of_code(std::string_view code);  // by its prefix; LSOAs count as lsoa_2011

std::string_view code_of(SuccessionKind kind);
std::string_view name_of(SuccessionKind kind);
std::optional<SuccessionKind> succession_kind_from(std::string_view code);

// "Bromsgrove" of "Bromsgrove 001A"; empty when the name does not end so.
std::string_view district_name_of_lsoa(std::string_view lsoa_name);

}  // namespace tithing::register_
