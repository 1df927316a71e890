// What a row's name says of it: an item, or the sum of others. The words of totals live here, for printed tables of
// money, files of an analyst's own, police files and populations alike.
#pragma once

#include <string>
#include <string_view>

namespace tithing {

enum class TotalWord {
  none,
  perhaps,   // "Total Respect project": begins like a total and may be an item; the amounts decide
  subtotal,  // of the rows above it
  total,
  grand,  // of all rows: "Grand total", "All areas", "Force total"
};

// Small letters, without marks, colons, brackets round a unit, and what cannot be seen: "TOTAL (£):*" -> "total".
std::string plain_name(std::string_view label);

// English and Welsh. Nothing of an empty name: a row without one is a total by itself.
TotalWord total_word(std::string_view label);

// The exact words alone ("Total", "Grand total:", "All areas"), not a name that ends with one: for rows of which there
// are millions.
bool is_total_name(std::string_view label);
// A word that stands behind "total" without making a name of it: "grant", "funding", "of".
bool is_word_of_money(std::string_view word);

}  // namespace tithing
