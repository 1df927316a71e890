// The pages of drafts: the list of one's own, keeping and throwing away.
#pragma once

#include "drafts/drafts.h"
#include "slices/wiring.h"

namespace tithing::drafts {

// Migrations, routes, and at each start the end of drafts that are too old.
void register_desk(Wiring& wiring);

}  // namespace tithing::drafts
