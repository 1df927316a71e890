// What the numbers of a printed column are: money, or a number of people, crimes, points. Found once, from the column's
// heading, the marks in its cells and what the table says of itself, and used wherever a value of it is printed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"

namespace tithing::allocation {

struct PrintedTable;

enum class ColumnUnit {
  not_said,  // nothing says it plainly: its values are printed without a unit
  pounds,
  number,  // people, crimes, hectares, rates, ranks, scores
  per_cent,
};

// What a heading says by itself; none: it says nothing, as "2022/23" does not. A scale, as in "£000", is `not_said`:
// its 275 are not £275.
std::optional<ColumnUnit> unit_of_heading(std::string_view heading);

// Fills in the unit of every column. Marks in the cells come before the heading, the heading before the column's rule
// ("Total = A + B" is what A and B are), and what titles and parts say of the table comes last.
void find_units(PrintedTable& table);

// "£1,250.00"; "1,250", "2.5" where it is not money or nothing says so.
std::string text_of(Money amount, ColumnUnit unit);
std::string signed_text_of(Money amount, ColumnUnit unit);  // "+£10.00", "-10"
// "pounds", "number", "per cent", "not said"
std::string_view name_of(ColumnUnit unit);

// Columns of which nobody expects a total: people, rates, ranks.
bool has_no_sum(const std::string& heading);
// What is so much for each: of a whole it is not the sum of its parts, and only what it is divided by would tell it.
bool is_a_rate(const std::string& heading);

}  // namespace tithing::allocation
