// The second line of every page of the rooms of money.
#pragma once

#include <string_view>
#include <vector>

#include "web/web.h"

namespace tithing::pots {

// `current` is the path of the one that is open.
std::vector<web::NavigationItem> funding_rooms(const web::Context& context, std::string_view current);

}  // namespace tithing::pots
