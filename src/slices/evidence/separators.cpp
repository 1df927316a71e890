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

// Where the next finds go. A value of its own, so that it stays in registers.
struct Cursor {
  std::uint32_t* commas_begin;
  std::uint32_t* comma;
  std::uint32_t* line_end;
  std::uint32_t* commas_before;
  std::uint32_t* odd;
  explicit Cursor(Separators& into)
      : commas_begin(into.commas.data()),
        comma(into.commas.data() + into.comma_count),
        line_end(into.line_ends.data() + into.line_count),
        commas_before(into.commas_before.data() + into.line_count),
        odd(into.odd_chunks.data() + into.odd_count) {}
  void give_back(Separators& into) const {
    into.comma_count = static_cast<std::size_t>(comma - into.commas.data());
    into.line_count = static_cast<std::size_t>(line_end - into.line_ends.data());
    into.odd_count = static_cast<std::size_t>(odd - into.odd_chunks.data());
  }
};

inline __attribute__((always_inline)) void take(std::uint64_t commas, std::uint64_t line_ends, bool odd,
                                                std::uint32_t base, Cursor& at) {
  if (odd) [[unlikely]]
    *at.odd++ = base;
  const auto commas_so_far = static_cast<std::uint32_t>(at.comma - at.commas_begin);
  std::uint64_t rest = commas;
  // A chunk of such a file holds three or four: those without a branch each. What is written too much is written over.
  for (int i = 0; i < 4; ++i, rest &= rest - 1) at.comma[i] = base + static_cast<std::uint32_t>(std::countr_zero(rest));
  const int count = std::popcount(commas);
  if (count > 4) [[unlikely]] {
    for (int i = 4; i < count; ++i, rest &= rest - 1)
      at.comma[i] = base + static_cast<std::uint32_t>(std::countr_zero(rest));
  }
  at.comma += count;
  for (; line_ends != 0; line_ends &= line_ends - 1) {
    const int place = std::countr_zero(line_ends);
    *at.line_end++ = base + static_cast<std::uint32_t>(place);
    *at.commas_before++ =
        commas_so_far + static_cast<std::uint32_t>(std::popcount(commas & ((std::uint64_t{1} << place) - 1)));
  }
}

void find_bytewise(const char* bytes, std::size_t from, std::size_t size, Separators& into) {
  Cursor cursor(into);
  for (std::size_t at = from; at < size; at += 64) {
    const std::size_t count = size - at < 64 ? size - at : 64;
    const Masks masks = masks_of_bytes(bytes + at, count);
    take(masks.commas, masks.line_ends, masks.odd != 0, static_cast<std::uint32_t>(at), cursor);
  }
  cursor.give_back(into);
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
  Cursor cursor(into);
  std::size_t at = 0;
  for (; at + 64 <= size; at += 64) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at + 32));
    const std::uint64_t commas = bits(_mm256_cmpeq_epi8(low, comma)) | bits(_mm256_cmpeq_epi8(high, comma)) << 32;
    const std::uint64_t line_ends = bits(_mm256_cmpeq_epi8(low, line_end)) | bits(_mm256_cmpeq_epi8(high, line_end))
                                                                                 << 32;
    // The top bit of a byte is set where it is outside ASCII.
    const __m256i quotes = _mm256_or_si256(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote));
    const __m256i zeros = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), zero);
    const __m256i odd = _mm256_or_si256(_mm256_or_si256(low, high), _mm256_or_si256(quotes, zeros));
    take(commas, line_ends, bits(odd) != 0, static_cast<std::uint32_t>(at), cursor);
  }
  cursor.give_back(into);
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
