// Which of the two languages a visitor reads.
#pragma once

#include <string>
#include <string_view>

namespace tithing::web {

bool is_language(std::string_view code);  // "en" or "cy"

// The one of "en" and "cy" that Accept-Language (RFC 9110, section 12.5.4) weighs higher; English when it says neither,
// or both alike. "cy-GB" is Welsh.
std::string preferred_language(std::string_view accept_language);

}  // namespace tithing::web
