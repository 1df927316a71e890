// A pot and a scheme as the JSON that read_scheme.h reads: what is kept in the store, and what is exported.
#pragma once

#include <string>

#include "allocation/scheme.h"

namespace tithing::allocation {

// What stands under "pot" in a scheme.
std::string write_pot(const Pot& pot);

// With its pot it is a file for `tithing allocate`; without, what the store keeps. Reading it again gives the same
// scheme: values that were written as figures of the evidence are written as such, whatever was answered.
std::string write_scheme(const Scheme& scheme, bool with_pot);

}  // namespace tithing::allocation
