// Finds the commas and line ends of a block of CSV, 64 bytes at a time, and the places that need a closer look.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tithing::evidence {

struct Separators {
  std::vector<std::uint32_t> commas;         // positions, ascending
  std::vector<std::uint32_t> line_ends;      // positions of '\n', ascending
  std::vector<std::uint32_t> commas_before;  // for each line end, how many commas lie before it
  // Starts of the 64-byte chunks that hold a quote, a NUL or a byte outside ASCII, ascending.
  std::vector<std::uint32_t> odd_chunks;
  std::size_t comma_count = 0;  // the vectors are kept larger than what is in use
  std::size_t line_count = 0;
  std::size_t odd_count = 0;
};

// Precondition: size < 2^32. With AVX2 where the machine has it (`allow_wide`), else byte by byte: the same answer.
void find_separators(const char* bytes, std::size_t size, Separators& into, bool allow_wide = true);

}  // namespace tithing::evidence
