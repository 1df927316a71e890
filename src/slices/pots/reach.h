// Which areas money is for, whose role reaches to all of them, and who takes part in what is decided about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "allocation/scheme.h"
#include "base/actor.h"
#include "base/date.h"
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

// The role reaches to every one of the areas: to it, or to the partnership or police force area that holds it. An empty
// area asks for every area there is. `areas` may be null: then nothing is known of what holds what.
bool reaches(const Actor& actor, const Permission& permission, std::string_view area, const register_::Areas* areas,
             Date today);

// "City of York (E22000371)": the name before the code; the code alone where the register does not have it.
std::string named(const std::string& code, const register_::Areas* areas);
// The areas of money in words, "every area" of one that is for all; the first few of many, and how many more.
std::string areas_in_words(std::string_view area, const register_::Areas* areas);
// forbidden, with the areas that the role does not reach to, and whom to ask; nothing where it reaches to all.
Status within_reach(const Actor& actor, const Permission& permission, std::string_view area,
                    const register_::Areas* areas, Date today);

// Who may speak on what a scheme gives: whose role reaches to one of the areas of the money, or whose own area is one
// of the scheme's, holds one, or lies in one. Where the scheme's keys are no codes of the register, the partnerships
// and districts within the areas of the money take part.
bool takes_part(const Actor& actor, const Permission& permission, std::string_view area,
                const std::vector<Area>& of_scheme, const register_::Areas* areas, Date today);

}  // namespace tithing::pots
