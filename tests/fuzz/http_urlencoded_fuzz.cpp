// Query strings, forms, cookies: what comes out is proper text, and encoding it again gives it back.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fuzz/memory_budget.h"
#include "http/urlencoded.h"

using namespace tithing;
using namespace tithing::http;

namespace {
void insist(bool truth) {
  if (!truth) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto decoded = percent_decoded(bytes)) {
    insist(is_utf8(*decoded) && decoded->find('\0') == std::string::npos);
    insist(percent_decoded(url_encoded(*decoded)).value() == *decoded);
  }
  if (const auto pairs = parse_urlencoded(bytes)) {
    std::string again;
    for (const auto& [name, value] : *pairs) {
      insist(is_utf8(name) && is_utf8(value));
      if (!again.empty()) again += '&';
      again += url_encoded(name) + "=" + url_encoded(value);
    }
    insist(parse_urlencoded(again).value() == *pairs);
  }
  for (const auto& [name, value] : parse_cookies(bytes)) insist(!name.empty() && value.find(';') == std::string::npos);
  return 0;
}
