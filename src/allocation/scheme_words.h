// A scheme in sentences, for papers: what each step does, how it is rounded, what became of areas.
#pragma once

#include <string>
#include <vector>

#include "allocation/scheme.h"

namespace tithing::allocation {

// "20% of the pot is held back for ...". Names the scheme's own areas; no number is worked out here.
std::string in_words(const Scheme& scheme, std::size_t step);
// "To the nearest £1.00, halves up."
std::string in_words(const Rounding& rounding);
// "rate per 1,000 to 1 decimal, mean of 3 periods"
std::string in_words(const Indicator& indicator, std::size_t periods);
// "North Worcestershire succeeds Bromsgrove CSP, Redditch CSP, Wyre Forest CSP."
std::vector<std::string> successions_in_words(const Scheme& scheme);

}  // namespace tithing::allocation
