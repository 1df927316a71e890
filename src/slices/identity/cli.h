// Subcommands `tithing user ...` and `tithing audit ...`.
#pragma once

#include "slices/identity/pages.h"

namespace tithing::identity {

void register_commands(Rooms& rooms);

}  // namespace tithing::identity
