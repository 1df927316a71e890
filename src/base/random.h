// Two sources of chance, never to be confused: secrets come from the operating system, statistics from a seeded
// counter.
#pragma once

#include <cstdint>
#include <string>

namespace tithing {

std::string random_bytes(std::size_t count);  // cryptographic, from the operating system
std::string random_token();                   // 256 bits as 43 characters of URL-safe base64

// A counter-based generator (SplitMix64 over seed and counter): draw (seed, stream, index) is the same on any number of
// threads and in any order. Steele, Lea, Flood (2014), "Fast splittable pseudorandom number generators".
class CounterRandom {
 public:
  CounterRandom(std::uint64_t seed, std::uint64_t stream) : state_(mix(seed ^ mix(stream + 0x9E3779B97F4A7C15ULL))) {}
  std::uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15ULL); }
  // Uniform in [0, bound), without bias (Lemire's multiplication with rejection). Precondition: bound > 0.
  std::uint32_t below(std::uint32_t bound);
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }  // in [0, 1)

 private:
  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

}  // namespace tithing
