// What headings say of their columns; what a row's name says of it stands in base/total_words.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/total_words.h"

namespace tithing::allocation {

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

}  // namespace tithing::allocation
