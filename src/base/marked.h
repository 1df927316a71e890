// A sentence that is written elsewhere as plain text, and whose writer knows what its numbers are.
//
//   marked("The busiest 5% of cells (Chainey, Tompson & Uhlig 2008).", {as_setting("5%"), as_name("2008")})
//
// For what a method fixes, whom it cites and what it dates. A number that was worked out is a figure
// (figures/numbers.h).
#pragma once

#include <initializer_list>
#include <string_view>

#include "base/words.h"

namespace tithing {

// Each numeral is sought behind the one before it, where it is no part of a longer number. One that is not there is
// left out, and the text is what it was.
Words marked(std::string_view text, std::initializer_list<Numeral> numerals);

// A sentence that is written elsewhere as plain text, with its dates said to be dates: "1 April 2012", "November 2022",
// "January to November 2022", "2022-11", "2022-11-30", "2011/12". A year alone is left as it stands: it may be a count.
Words dated(std::string_view text);

}  // namespace tithing
