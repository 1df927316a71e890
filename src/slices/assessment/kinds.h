#pragma once

#include "figures/registry.h"

namespace tithing::evidence {
class Service;
}

namespace tithing::assessment {

// Adds change, monthly-mean, monthly-lower-limit, monthly-upper-limit, average-rate and rate-compared. `registry` outlives
// the kinds: a figure made of figures asks for them there, so that their working is theirs.
void add_kinds(figures::Registry& registry, evidence::Service& evidence);

}  // namespace tithing::assessment
