// What is picked by name in the forms of money: areas, and what an indicator counts.
#pragma once

#include <memory>
#include <string>

#include "forms/picker.h"
#include "slices/pots/records.h"
#include "slices/register/areas.h"

namespace tithing::pots {

// Areas that money can be for: partnerships, police force areas and districts of the register. Of a partnership and its
// district that bear one name the partnership is meant. Null: no register, and nothing is found.
forms::Finder money_finder(std::shared_ptr<const register_::Areas> areas, Date today);

// Areas of a scheme: those that it has, those of last year's money, then the register's as they are on that day and as
// they were. Another name is taken as it is written.
forms::Finder scheme_area_finder(const Scheme& scheme, std::shared_ptr<const register_::Areas> areas, Date today);
// The key of an area that was picked: its code, or for a name of its own one made of it that no other area bears.
std::string key_of(const std::string& picked, const std::vector<Area>& areas);

// What an indicator counts, of the figures that are whole counts of an area: "crimes/burglary", "population".
forms::Finder indicator_finder();

}  // namespace tithing::pots
