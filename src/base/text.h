// Small functions on text. All take and return UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tithing {

std::string_view trimmed(std::string_view text);  // without spaces, tabs and line ends at both ends
std::string lowered(std::string_view text);       // ASCII letters only
std::vector<std::string> split(std::string_view text, char separator);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
std::string grouped(std::int64_t number);           // "61,779", "-1,000"
std::string fixed(double number, int decimals);     // "12.30"; grouped thousands; "-0.0" is written "0.0"
std::string percent(double share, int decimals);    // 0.123 -> "12.3%"
bool is_utf8(std::string_view bytes);               // well-formed, no surrogates, no overlong forms
std::string to_valid_utf8(std::string_view bytes);  // what is not UTF-8 becomes U+FFFD
std::string slug(std::string_view text);            // "Theft from the person" -> "theft-from-the-person"
std::string url_encoded(std::string_view text);     // every byte but the unreserved ones of RFC 3986
std::string hex(std::string_view bytes);
std::string plural(std::int64_t count, std::string_view one, std::string_view many);  // "1 row", "2 rows"

}  // namespace tithing
