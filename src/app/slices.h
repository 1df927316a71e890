// The one list of slices, in the order in which they depend on each other. A slice is removed by deleting its folder and its
// line here.
#pragma once

#include "slices/wiring.h"
#include "web/session.h"

namespace tithing::app {

// Fills the wiring; opens nothing. Returns what the site needs to know who is asking, which lives as long as the wiring.
web::SessionSource& register_slices(Wiring& wiring);

}  // namespace tithing::app
