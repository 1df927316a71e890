// Hash sets for finding repeats in a file. Not for keys that people choose: a collision would only miscount a remark.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace tithing::evidence {

inline std::uint64_t folded_product(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Multiply-and-fold over 32 bytes at a time in two lanes. Never 0.
inline std::uint64_t row_hash(std::string_view text) {
  constexpr std::uint64_t kOne = 0x9E3779B97F4A7C15ULL;
  constexpr std::uint64_t kTwo = 0xC2B2AE3D27D4EB4FULL;
  const auto word = [](const char* at) {
    std::uint64_t value;
    std::memcpy(&value, at, 8);
    return value;
  };
  std::uint64_t first = kOne ^ text.size();
  std::uint64_t second = kTwo;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 32; left -= 32, at += 32) {
    first = folded_product(first ^ word(at), word(at + 8) ^ kOne);
    second = folded_product(second ^ word(at + 16), word(at + 24) ^ kTwo);
  }
  char rest[32] = {};
  std::memcpy(rest, at, left);
  first = folded_product(first ^ word(rest), word(rest + 8) ^ kOne);
  second = folded_product(second ^ word(rest + 16), word(rest + 24) ^ kTwo);
  const std::uint64_t hash = folded_product(first ^ kTwo, second ^ kOne);
  return hash == 0 ? 1 : hash;
}

// A set of hashes with one number each, open addressing.
class HashTable {
 public:
  void clear() {  // keeps its room
    if (used_ > 0) std::fill(slots_.begin(), slots_.end(), Slot{});
    used_ = 0;
  }
  // The number's place for this key; `fresh` tells whether it has just come in (the number is then 0).
  std::uint64_t& at(std::uint64_t key, bool& fresh) {
    if (slots_.empty() || used_ * 2 >= slots_.size()) grow();
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = key & mask;; i = (i + 1) & mask) {
      if (slots_[i].key == key) {
        fresh = false;
        return slots_[i].number;
      }
      if (slots_[i].key == 0) {
        slots_[i].key = key;
        ++used_;
        fresh = true;
        return slots_[i].number;
      }
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint64_t number = 0;
  };
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 4096 : slots_.size() * 2);
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
      if (slot.key == 0) continue;
      std::size_t i = slot.key & mask;
      while (slots_[i].key != 0) i = (i + 1) & mask;
      slots_[i] = slot;
    }
  }
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace tithing::evidence
