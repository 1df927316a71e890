// In what a number of an answer is: printed beside it on the command line, and in the JSON under "units".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "slices/analysis/answer.h"

namespace tithing::analysis {

// Of a value (`listing` empty) or of a column of a listing: "metres", "events per 1,000", "standard errors", "p, 0 to
// 1". Empty where it is words, yes or no, or a month.
std::string unit_of(const Answer& answer, std::string_view listing, std::string_view name);

// Numbers of the answer that have no unit, "areas.rate": there are none, and the tests see to it.
std::vector<std::string> without_unit(const Answer& answer);

}  // namespace tithing::analysis
