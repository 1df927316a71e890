// HTML brought into one form, so that two renderings can be compared: white space that no reader could see is dropped
// (at the edges of block elements; between words only one space counts), the characters of texts and values are written
// one way. Names, order and values of attributes, order of elements and every visible character and space stay.
#pragma once

#include <string>
#include <string_view>

namespace tithing::conformance {

// One tag or text a line.
std::string normal_form(std::string_view html);

}  // namespace tithing::conformance
