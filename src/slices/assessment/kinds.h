#pragma once

#include <string>
#include <vector>

#include "figures/registry.h"
#include "slices/evidence/extent.h"
#include "slices/evidence/peers.h"
#include "statistics/funnel.h"

namespace tithing::evidence {
class Service;
}

namespace tithing::assessment {

// Adds change, monthly-mean, monthly-lower-limit, monthly-upper-limit, average-rate and rate-compared. `registry`
// outlives the kinds: a figure made of figures asks for them there, so that their working is theirs.
void add_kinds(figures::Registry& registry, evidence::Service& evidence);

// The partnerships that rate-compared lays beside each other, for the plot: the same numbers as its working.
struct ComparedAreas {
  std::vector<std::string> codes;
  std::vector<std::string> names;
  std::vector<statistics::Observed> observed;  // crimes, and thousands of people
  statistics::Funnel funnel;                   // rates per 1,000
  evidence::Extent extent;                     // over whom
  std::vector<evidence::LeftOut> left_out;     // and who is not among them, and why
};
// `address` is that of a rate-compared figure. invalid when there are fewer than two partnerships to compare, or fewer
// than nine in ten of them (evidence::kLeastShare) are known.
Result<ComparedAreas> compared_areas(const figures::Registry& registry, evidence::Service& evidence,
                                     const figures::Address& address, const figures::Viewer& viewer);

}  // namespace tithing::assessment
