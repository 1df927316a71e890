// Rows of a printed table that are no further items of its sum, by their names, and by how much rounded amounts may
// miss.
#pragma once

#include <string>
#include <string_view>

#include "allocation/reconcile_search.h"

namespace tithing::allocation {

enum class RowKind {
  item,
  of_which,         // "of which capital": a part of the row above it
  brought_forward,  // last year's money: the total takes it in or not, and only the amounts tell
  carried_forward,
  average,  // "Average", "Mean award", "Median": of the rows, not one of them
  count,    // "Total population": people beside the money
};
RowKind row_kind(std::string_view label);

// By how much a sum may miss because its items were rounded before they were printed: half a unit for each. Nothing
// unless all of them and the total are printed to one decimal and are not pounds (£000, £m): pence are exact, and so
// are whole pounds.
Fraction rounding_of_items(const std::vector<const PrintedCell*>& items, const PrintedCell& total, ColumnUnit unit);

// An average or a median of the rows, as it is printed.
bool is_average_of(const std::vector<Fraction>& values, const PrintedCell& printed);

}  // namespace tithing::allocation
