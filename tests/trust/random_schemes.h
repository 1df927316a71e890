// Schemes made up by chance, as JSON; the same seed gives the same scheme on any machine.
#pragma once

#include <cstdint>
#include <string>

namespace second {

// Every kind of step in every order, as often as not side by side with limits; every rounding rule; amounts of every
// size. Well written always; some ask for more than there is, and are refused by any engine.
std::string random_scheme(std::uint64_t seed);

}  // namespace second
