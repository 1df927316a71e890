// Which areas money is for, as the rooms of money keep them, and whose it is by that (base/reach.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "allocation/scheme.h"
#include "base/date.h"
#include "base/reach.h"
#include "base/result.h"
#include "slices/register/areas.h"

namespace tithing::pots {

using namespace allocation;

// An area of money is kept as official codes with semicolons between them ("E22000332;E22000368"), sorted, each once;
// empty: every area.
std::vector<std::string> codes_of(std::string_view area);
std::string area_of(std::vector<std::string> codes);

// Lines (or what stands between semicolons) of names or official codes of partnerships, police force areas and
// districts, as they are today. invalid, with the field "areas", for what the register does not have.
Result<std::string> area_named(const std::string& lines, const register_::Areas& areas, Date today);

// Its areas', each of which a role has to reach to; the whole site's where it is for every area.
Whose whose_of(std::string_view area);

// The areas of money in words, "every area" of one that is for all; the first few of many, and how many more.
std::string areas_in_words(std::string_view area, const Ground& ground, Date day);

// Who may speak on what a scheme gives: whose role reaches to one of the areas of the money, or who is concerned by
// what is given to an area of the scheme. Where the scheme's keys are no codes of the register, whoever is concerned by
// the money's areas takes part.
bool takes_part(const Reach& reach, const Permission& permission, std::string_view area,
                const std::vector<Area>& of_scheme);

}  // namespace tithing::pots
