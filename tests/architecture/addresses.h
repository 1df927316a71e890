// Who spells which address. A room's pages are found by the routes that it registers and by the names that it gives to
// the site map; no other room writes such an address out.
#pragma once

#include <map>
#include <string>

#include "architecture/rules.h"

namespace tithing::architecture {

// `files`: path below src/ -> text; those of slices, desks and app are looked at, without tests. `stays`: how a path
// ends
// -> why it spells an address of another room. A sentence for each address that is another's, for each name that is
// asked for and not given, and for each reason that has gone.
Names check_addresses(const Files& files, const std::map<std::string, std::string>& stays);

}  // namespace tithing::architecture
