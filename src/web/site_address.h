// Where the visitor reaches this program, for addresses that leave it: in a file, in a letter.
#pragma once

#include <string>

#include "web/web.h"

namespace tithing::web {

// "https://tithing.example.org", as the visitor's browser says it; empty when it says none, or none that is a host.
std::string site_address(const Context& context);

}  // namespace tithing::web
