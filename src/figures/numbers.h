// A figure in a sentence or a cell: the number as it is shown, and the address that opens its working (base/words.h).
#pragma once

#include <string>
#include <string_view>

#include "base/words.h"
#include "figures/figure.h"

namespace tithing::figures {

// The figure's value: "25,328". What is not known or suppressed is its words, and opens its working too.
Numeral number(const Figure& figure);
Words number(const Result<Figure>& figure);  // a problem: "not known"

// A number that stands in the figure's working, by its place ("2.1", "interval.low", "coverage.present"; figure.h). The
// text must be the part's own value: a test follows it.
Numeral number_part(const Address& figure, std::string_view way, std::string text, std::string one_line = {});

// The level of an interval, with as many decimals as it needs: "95%", "99.8%", never "100%" of what is less.
std::string level_text(double level);
int decimals_of_level(double level);
// "12.1 to 15.3", both ends as parts; empty without an interval.
Words interval_words(const Figure& figure);
// What stands beside the number of a partial figure: "At least: months are missing or not known.", "At least: without
// Burglary in April 2022 (North Yorkshire Police), which is not known."; of a mean or a difference that it is of a part
// only. Empty for a whole one.
Words part_words(const Figure& figure);
// "11 of 11 force-months, 1 suspect".
Words coverage_words(const Figure& figure);

}  // namespace tithing::figures
