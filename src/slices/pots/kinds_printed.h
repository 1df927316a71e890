#pragma once

#include <string>

#include "figures/registry.h"
#include "slices/pots/examples.h"

namespace tithing::pots {

// Addresses of numbers of a printed table that comes with the program; places count from 0 here and from 1 in the
// address.
figures::Address printed_address(const Example& example, std::size_t row, std::size_t column);
figures::Address check_address(const Example& example, std::size_t check,
                               const std::string& of);  // "sum", "stated", "difference"
// A number of the sentence of a finding (finding_named in reconcile.h); it counts from 0 here.
figures::Address finding_address(const Example& example, const std::string& finding, std::size_t number);

void add_printed_kind(figures::Registry& registry);

}  // namespace tithing::pots
