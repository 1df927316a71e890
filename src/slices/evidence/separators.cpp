#include "slices/evidence/separators.h"

#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tithing::evidence {

namespace {

struct Masks {
  std::uint64_t commas = 0;
  std::uint64_t line_ends = 0;
  std::uint64_t odd = 0;
};

Masks masks_of_bytes(const char* bytes, std::size_t size) {
  Masks masks;
  for (std::size_t i = 0; i < size; ++i) {
    const unsigned char byte = static_cast<unsigned char>(bytes[i]);
    const std::uint64_t bit = std::uint64_t{1} << i;
    if (byte == ',') masks.commas |= bit;
    if (byte == '\n') masks.line_ends |= bit;
    if (byte == '"' || byte == 0 || byte >= 0x80) masks.odd |= bit;
  }
  return masks;
}

void make_room(Separators& into, std::size_t size) {
  if (into.commas.size() < size + 64) {
    into.commas.resize(size + 64);
    into.line_ends.resize(size + 64);
    into.commas_before.resize(size + 64);
    into.odd_chunks.resize(size / 64 + 2);
  }
  into.comma_count = into.line_count = into.odd_count = 0;
}

inline __attribute__((always_inline)) void take(const Masks& masks, std::uint32_t base, Separators& into) {
  if (masks.odd != 0) into.odd_chunks[into.odd_count++] = base;
  std::uint64_t line_ends = masks.line_ends;
  const std::size_t commas_so_far = into.comma_count;
  std::uint32_t* comma = into.commas.data() + into.comma_count;
  for (std::uint64_t rest = masks.commas; rest != 0; rest &= rest - 1) {
    *comma++ = base + static_cast<std::uint32_t>(std::countr_zero(rest));
  }
  into.comma_count = static_cast<std::size_t>(comma - into.commas.data());
  for (; line_ends != 0; line_ends &= line_ends - 1) {
    const int at = std::countr_zero(line_ends);
    into.line_ends[into.line_count] = base + static_cast<std::uint32_t>(at);
    const std::uint64_t before = masks.commas & ((std::uint64_t{1} << at) - 1);
    into.commas_before[into.line_count++] =
        static_cast<std::uint32_t>(commas_so_far + static_cast<std::size_t>(std::popcount(before)));
  }
}

void find_bytewise(const char* bytes, std::size_t from, std::size_t size, Separators& into) {
  for (std::size_t at = from; at < size; at += 64) {
    const std::size_t count = size - at < 64 ? size - at : 64;
    take(masks_of_bytes(bytes + at, count), static_cast<std::uint32_t>(at), into);
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) inline std::uint64_t bits(__m256i v) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(v)));
}

__attribute__((target("avx2,bmi,popcnt"))) void find_wide(const char* bytes, std::size_t size, Separators& into) {
  const __m256i comma = _mm256_set1_epi8(',');
  const __m256i line_end = _mm256_set1_epi8('\n');
  const __m256i quote = _mm256_set1_epi8('"');
  const __m256i zero = _mm256_setzero_si256();
  std::size_t at = 0;
  for (; at + 64 <= size; at += 64) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at + 32));
    Masks masks;
    masks.commas = bits(_mm256_cmpeq_epi8(low, comma)) | bits(_mm256_cmpeq_epi8(high, comma)) << 32;
    masks.line_ends = bits(_mm256_cmpeq_epi8(low, line_end)) | bits(_mm256_cmpeq_epi8(high, line_end)) << 32;
    // The top bit of a byte is set where it is outside ASCII.
    const __m256i odd_low = _mm256_or_si256(low, _mm256_or_si256(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(low, zero)));
    const __m256i odd_high =
        _mm256_or_si256(high, _mm256_or_si256(_mm256_cmpeq_epi8(high, quote), _mm256_cmpeq_epi8(high, zero)));
    masks.odd = bits(_mm256_or_si256(odd_low, odd_high));
    take(masks, static_cast<std::uint32_t>(at), into);
  }
  find_bytewise(bytes, at, size, into);
}
#endif

}  // namespace

void find_separators(const char* bytes, std::size_t size, Separators& into, bool allow_wide) {
  make_room(into, size);
#if defined(__x86_64__)
  if (allow_wide && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
    find_wide(bytes, size, into);
    return;
  }
#endif
  find_bytewise(bytes, 0, size, into);
}

}  // namespace tithing::evidence
