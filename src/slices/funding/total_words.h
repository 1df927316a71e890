// What a row's name says of it: an item, or the sum of others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tithing::funding {

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

// A heading that says that its column is the sum of others: "Total", "Total grant (£)", "Overall".
bool heads_a_sum(std::string_view heading);
// "Change", "Variation £".
bool heads_a_change(std::string_view heading);
// "Share", "% of total".
bool heads_a_share(std::string_view heading);
// The words of a share's heading that say of what, but for those of money and years: nothing of "Share of the pot (%)",
// "crime" of "Share of crime".
std::vector<std::string> what_a_share_is_of(std::string_view heading);
// "Population", "Number of crimes": its column counts something, and is not money.
bool heads_a_count(std::string_view heading);

}  // namespace tithing::funding
