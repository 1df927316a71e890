// What can be asked of an allocation, as figures with addresses: an area's amount with every step of its working, and
// the measures beside it (measures.h).
#pragma once

#include <functional>

#include "allocation/measures.h"

namespace tithing::allocation {

// `cell` is the figure's address; `area` counts in the scheme's order.
figures::Figure cell_of(const Scheme& scheme, const Allocation& allocation, std::size_t area,
                        const figures::Address& cell, const Grounds& grounds = {});

// The figure under an address with the parameters "area" and "of". `sensitivity` is asked when a measure needs it.
Result<figures::Figure> asked_of(const Scheme& scheme, const Allocation& allocation, const figures::Address& asked,
                                 const Grounds& grounds, std::function<Result<Sensitivity>()> sensitivity = {});

}  // namespace tithing::allocation
