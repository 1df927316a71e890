// gzip (RFC 1952) of replies. Private to src/http.
#pragma once

#include <string>
#include <string_view>

namespace tithing::http {

// Level 1 (fast) to 9 (small). Empty when zlib fails, which only lack of memory can cause.
std::string gzipped(std::string_view bytes, int level);

// Whether an Accept-Encoding header takes gzip (RFC 9110, section 12.5.3). An absent header takes none.
bool accepts_gzip(std::string_view accept_encoding);

// Types that get smaller: text/*, JSON, SVG, JavaScript, XML.
bool is_compressible(std::string_view content_type);

}  // namespace tithing::http
