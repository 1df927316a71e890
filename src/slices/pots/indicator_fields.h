// An indicator of a step as the fields of a form, and back: a value for each area, typed, pasted or from a file; or
// figures of the evidence, picked by their name. The address of a figure is written here, and never typed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "slices/pots/money_fields.h"

namespace tithing::pots {

// A file that came with the form.
struct Upload {
  std::string name;
  std::string bytes;  // as they came
  std::string text;   // as CSV
};

// "indicators-0-name", "indicators-1-name", ..: one is added and taken out as a row.
const forms::Rows& indicator_rows();
inline int indicator_count(const Entered& entered) { return count(indicator_rows(), entered); }
std::string indicator_at(int indicator);  // "indicators-0-"

// The parts of one indicator's form.
std::vector<forms::Field> indicator_head(int indicator);    // name, weight, how it is shared by
std::vector<forms::Field> indicator_source(int indicator);  // where the values come from
// Years of a table: each with its name and fields for each area. One at least.
forms::Rows year_rows(int indicator);
std::vector<forms::Field> year_fields(int indicator, int year, const std::vector<Area>& areas);
// What is counted, by name, over which months or of which year.
forms::Questions evidence_questions(int indicator);

// As the step keeps them. "from": "table", "evidence", or "kept" for addresses that the form has no fields for.
void put_indicator(Entered& out, const Indicator& indicator, int number);
// Of the form whose fields are settled here. `former`: the step as it is kept.
Indicator indicator_from(Entered& entered, int number, const Scheme& scheme, const WeightedIndicators* former,
                         const std::map<std::string, Upload>& uploads, std::vector<KeptTable>& tables,
                         Problem& problem);
// As step_turned(), of every indicator.
bool indicators_turned(Entered& entered, const std::vector<Area>& areas, Problem& problem);

// The source of a table: as it was kept (`kept`) while it says the same, else the file or the lines that came.
void keep_source(const Entered& entered, const std::string& at, const std::string& text, const Upload* upload,
                 const Origin* kept, std::int64_t rows, const std::string& name, Origin& origin,
                 std::vector<KeptTable>& tables);

}  // namespace tithing::pots
