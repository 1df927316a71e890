// The code of a lower-layer super output area (or its like in Scotland and Northern Ireland) in 32 bits, in the order of the text.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace tithing::evidence {

// Letter (E, N, S, W) and eight digits. The number's order is the order of the codes.
using Lsoa = std::uint32_t;
constexpr Lsoa kNoLsoa = 0xFFFFFFFF;

// The number of "E01024885", or kNoLsoa when it is no such code.
inline Lsoa lsoa_number(const char* text, std::size_t size) {
  if (size != 9) return kNoLsoa;
  Lsoa letter = 0;
  switch (text[0]) {
    case 'E': letter = 0; break;
    case 'N': letter = 1; break;
    case 'S': letter = 2; break;
    case 'W': letter = 3; break;
    default: return kNoLsoa;
  }
  Lsoa number = 0;
  for (int i = 1; i < 9; ++i) {
    const unsigned digit = static_cast<unsigned char>(text[i]) - '0';
    if (digit > 9) return kNoLsoa;
    number = number * 10 + digit;
  }
  return letter << 27 | number;
}
inline Lsoa lsoa_number(std::string_view text) { return lsoa_number(text.data(), text.size()); }

inline std::string lsoa_text(Lsoa lsoa) {
  std::string text(9, '0');
  text[0] = "ENSW"[lsoa >> 27 & 3];
  Lsoa number = lsoa & ((1U << 27) - 1);
  for (std::size_t i = 8; i > 0; --i, number /= 10) text[i] = static_cast<char>('0' + number % 10);
  return text;
}

}  // namespace tithing::evidence
