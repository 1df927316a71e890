// A grant's organisation is a body of the register, by its code, or words. The mark before a code keeps the two apart,
// so that nobody comes to a right by entering a body under what was somebody's words.
#pragma once

#include <string>
#include <string_view>

namespace tithing {

inline constexpr std::string_view kBodyMark = "body:";

// "redditch-csp" of "body:redditch-csp"; empty for words.
inline std::string body_of_organisation(std::string_view organisation) {
  return organisation.substr(0, kBodyMark.size()) == kBodyMark ? std::string(organisation.substr(kBodyMark.size()))
                                                               : std::string();
}
inline std::string organisation_of_body(std::string_view code) { return std::string(kBodyMark) + std::string(code); }

}  // namespace tithing
