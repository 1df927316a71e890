#include "base/random.h"

#include <sodium.h>

#include <stdexcept>

namespace tithing {

std::string random_bytes(std::size_t count) {
  if (sodium_init() < 0) throw std::runtime_error("the cryptographic library cannot be started");
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string random_token() {
  const std::string bytes = random_bytes(32);
  char text[64];
  sodium_bin2base64(text, sizeof text, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text;
}

std::uint32_t CounterRandom::below(std::uint32_t bound) {
  std::uint64_t product = (next() >> 32) * bound;
  auto low = static_cast<std::uint32_t>(product);
  if (low < bound) {
    const std::uint32_t threshold = (0u - bound) % bound;
    while (low < threshold) {
      product = (next() >> 32) * bound;
      low = static_cast<std::uint32_t>(product);
    }
  }
  return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace tithing
