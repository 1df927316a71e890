// Pages as they are read, for tests.
#pragma once

#include <string>
#include <string_view>

namespace tithing::funding {

// What a person reads: the markup around numbers left out.
inline std::string words_of(const std::string& html) {
  std::string out;
  bool inside = false;
  for (const char c : html) {
    if (c == '<') inside = true;
    else if (c == '>') inside = false;
    else if (!inside) out += c;
  }
  return out;
}

inline bool reads(const std::string& html, std::string_view words) { return words_of(html).find(words) != std::string::npos; }

}  // namespace tithing::funding
