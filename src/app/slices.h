// The one list of slices, in the order in which they depend on each other. A slice is removed by deleting its folder
// and its line here.
#pragma once

#include "slices/identity/identity.h"
#include "slices/wiring.h"

namespace tithing::app {

// Fills the wiring; opens nothing. Returns the slice that knows who is asking; it lives as long as the wiring.
identity::Service& register_slices(Wiring& wiring);

}  // namespace tithing::app
