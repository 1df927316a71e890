// The code of a lower-layer super output area (or its like in Scotland and Northern Ireland) in 32 bits, in the order
// of the text.
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

// Eight decimal digits as a number, all at once (the bytes of one word; little-endian). False when one is no digit.
inline bool eight_digits(const char* text, std::uint64_t& number) {
  std::uint64_t word;
  std::memcpy(&word, text, 8);
  word ^= 0x3030303030303030ULL;
  if (((word | (word + 0x7676767676767676ULL)) & 0x8080808080808080ULL) != 0) return false;
  word = word * 10 + (word >> 8);  // pairs
  number = ((word & 0x000000FF000000FFULL) * 0x000F424000000064ULL +
            ((word >> 16) & 0x000000FF000000FFULL) * 0x0000271000000001ULL) >>
           32;
  return true;
}

// The number of "E01024885", or kNoLsoa when it is no such code.
inline Lsoa lsoa_number(const char* text, std::size_t size) {
  if (size != 9) return kNoLsoa;
  Lsoa letter = 0;
  switch (text[0]) {
    case 'E':
      letter = 0;
      break;
    case 'N':
      letter = 1;
      break;
    case 'S':
      letter = 2;
      break;
    case 'W':
      letter = 3;
      break;
    default:
      return kNoLsoa;
  }
  std::uint64_t number = 0;
  if (!eight_digits(text + 1, number)) return kNoLsoa;
  return letter << 27 | static_cast<Lsoa>(number);
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
