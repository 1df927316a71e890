// What visitors are shown of the methods of this room: every police force area and partnership whose months are there,
// over its usual months, recorded crime.
#pragma once

#include <vector>

#include "figures/figure.h"
#include "slices/analysis/studies.h"

namespace tithing::analysis {

// Forces first; every heavy kind that takes nothing but an area and its months. A job works them out (app/visitors.h).
std::vector<figures::Address> views_for_visitors(Studies& studies, Date today);

}  // namespace tithing::analysis
