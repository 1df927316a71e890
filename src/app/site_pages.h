// Pages that belong to no slice: search over all of them, the accessibility statement, and the answer of a machine that
// is well.
#pragma once

#include "slices/wiring.h"

namespace tithing::app {

void register_site_pages(Wiring& wiring);

}  // namespace tithing::app
