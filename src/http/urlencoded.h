// Percent-encoding, query strings, urlencoded forms and cookies: pure parsers.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tithing::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Decodes %XX (RFC 3986); "+" stays a plus. Invalid: a broken escape, a NUL, or bytes that are not UTF-8.
Result<std::string> percent_decoded(std::string_view text);

// Decodes a query string or an application/x-www-form-urlencoded body, in the order sent, repeated names kept
// (WHATWG URL standard, "application/x-www-form-urlencoded parsing", but strict). Invalid: as percent_decoded, or more
// than 10,000 pairs.
Result<Pairs> parse_urlencoded(std::string_view text);

// The pairs of a Cookie header (RFC 6265, section 5.4), in order; what is not name=value is passed over.
Pairs parse_cookies(std::string_view header);

}  // namespace tithing::http
