// Words that stand in tables for something else: for "there is nothing here", and for "this line adds up the others".
#pragma once

#include <string_view>

namespace tithing {

// Nothing, whitespace, or what programs write for it: NA, N/A, #N/A, <NA>, NaN, NaT, NULL, None, "-", dashes, "..",
// "[x]",
// "\N". Whatever the case, with spaces around it. A blank is not nought.
bool is_blank_word(std::string_view text);

// "Total", "Totals", "Grand total", "Sub-total", "Overall", "Sum", "All areas", "Cyfanswm", "Is-gyfanswm", whatever the
// case, with a colon, a full stop, an asterisk or spaces around it. "Total Respect" is none.
bool is_total_word(std::string_view text);

}  // namespace tithing
