// Areas by their names, for the fields of forms of every room.
#pragma once

#include <memory>

#include "forms/picker.h"
#include "slices/register/areas.h"

namespace tithing::register_ {

// Named as on that day; former names are found too. `of` also knows the code of an LSOA, which nobody picks by name.
forms::Finder area_finder(std::shared_ptr<const Areas> areas, Date as_at);

}  // namespace tithing::register_
