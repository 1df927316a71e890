// A table of money, the same wherever one is shown: of a worked example, of a scheme, of a scenario beside others, of a
// decision. An area in each row, then the total and what went elsewhere; each number opens its working.
#pragma once

#include <string>
#include <vector>

#include "allocation/measures.h"
#include "exports/table.h"

namespace tithing::pots {

using namespace allocation;

// A share as a number to be shown: it has no penny in it, so that a double may hold it.
double shown(const Fraction& share);
// The amount, or why there is none.
exports::Cell money_cell(const std::optional<Money>& amount, const char* why);
inline constexpr const char* kNoLastYear = "Last year's amount is not known here.";

// Whether a column of amounts per head says anything: people are known of one area at least.
bool any_heads(const std::vector<Standing>& areas);
std::vector<exports::Column> money_columns(bool heads, bool sortable = false);
// The cells of one area under these columns. Without an address of the amounts no number leads anywhere.
exports::Row money_row(const Standing& area, bool heads, const figures::Address& address);

// All of it. `unknown`: funds of which no amount is known.
exports::Table money_table(const MeasuredTable& money, const std::vector<std::string>& unknown = {});
// What the engine says of the table stands below it.
void put_notes(exports::Table& table, const Allocation& allocation, const figures::Address& address);

// Each year of a phasing in beside the others: area and last year's money, then a column for each year.
exports::Table begun_years_table(const std::string& title, const std::vector<AreaAmount>& areas,
                                 const figures::Address& address);
// `amounts`: a cell for each area.
void add_year(exports::Table& table, std::size_t year, std::vector<exports::Cell> amounts);

}  // namespace tithing::pots
