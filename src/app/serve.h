// `tithing serve`: the site on a socket until the program is asked to stop.
#pragma once

#include "base/command_line.h"
#include "slices/identity/identity.h"
#include "slices/wiring.h"

namespace tithing::app {

// Adds `serve`, `demonstration`, `backup` and `restore`.
void register_commands(Wiring& wiring, identity::Service& identity);

}  // namespace tithing::app
