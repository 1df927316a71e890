// Did it work? Counts before and after, where something was done and where nothing was.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "statistics/poisson.h"

namespace tithing::statistics {

struct BeforeAfter {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

struct DisplacementInput {
  BeforeAfter treated;  // where it was done
  BeforeAfter control;  // comparison areas together
  // Where crime could have moved to, around each; both or neither.
  std::optional<BeforeAfter> treated_neighbours;
  std::optional<BeforeAfter> control_neighbours;
  double length_before = 1;  // of the two periods, in one unit
  double length_after = 1;
  double control_weight = 1;  // 1 / number of comparison areas, when several are added up
  double overdispersion = 1;  // variance over mean of such counts; >= 1
  double confidence = 0.95;
};

struct Displacement {
  double expected = 0;  // treated events after, had they changed as the comparison did
  double local = 0;     // change beyond the comparison's, in the treated area: negative is fewer events
  double around = 0;    // the same around it: positive is displacement, negative diffusion of benefit
  double total = 0;     // both: the weighted displacement difference
  double standard_error = 0;
  Interval interval;  // of `total`
  double z = 0;
  double p = 1;  // two-sided
  // (treated after / before) / (control after / before) with its interval; empty when any of the four is zero.
  std::optional<double> relative;
  Interval relative_interval;
};

// Wheeler & Ratcliffe (2018), "A simple weighted displacement difference test to evaluate place based crime
// interventions", Crime Science 7:11. Counts are taken as independent Poisson counts, times the overdispersion. The
// areas and months chosen belong to the result and must be shown with it. Invalid: negative counts, no event at all,
// lengths or weight not above zero, one neighbour without the other, options out of range.
Result<Displacement> weighted_displacement_difference(const DisplacementInput& input);

}  // namespace tithing::statistics
