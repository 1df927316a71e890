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

// Multiply-and-fold, 64 bytes at a time in four lanes that do not wait for each other. Never 0.
inline std::uint64_t row_hash(std::string_view text) {
  constexpr std::uint64_t kOne = 0x9E3779B97F4A7C15ULL;
  constexpr std::uint64_t kTwo = 0xC2B2AE3D27D4EB4FULL;
  const auto word = [](const char* at) {
    std::uint64_t value;
    std::memcpy(&value, at, 8);
    return value;
  };
  std::uint64_t a = kOne ^ text.size(), b = kTwo, c = ~kOne, d = ~kTwo;
  const auto take = [&](const char* at) {
    a = folded_product(a ^ word(at), word(at + 8) ^ kOne);
    b = folded_product(b ^ word(at + 16), word(at + 24) ^ kTwo);
    c = folded_product(c ^ word(at + 32), word(at + 40) ^ kOne);
    d = folded_product(d ^ word(at + 48), word(at + 56) ^ kTwo);
  };
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 64; left -= 64, at += 64) take(at);
  if (left > 0) {
    if (text.size() >= 64) {
      take(at + left - 64);  // the last 64 bytes, some of them for the second time; the size is in the hash as well
    } else {
      char rest[64] = {};
      std::memcpy(rest, at, left);
      take(rest);
    }
  }
  const std::uint64_t hash = folded_product(folded_product(a ^ kTwo, b ^ kOne) ^ c, d ^ kOne);
  return hash == 0 ? 1 : hash;
}

// Whether two texts are the same; for short ones, without a call.
inline bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  if (a.size() < 8) return a == b;
  const auto word = [](const char* at) {
    std::uint64_t value;
    std::memcpy(&value, at, 8);
    return value;
  };
  const std::size_t last = a.size() - 8;
  std::uint64_t difference = word(a.data() + last) ^ word(b.data() + last);
  for (std::size_t i = 0; i < last; i += 8) difference |= word(a.data() + i) ^ word(b.data() + i);
  return difference == 0;
}

// A set of hashes with one number each, open addressing. What is searched is small: eight bytes for each key, half of
// them taken from the key, half the place of its entry; entries lie one after another. It is what has to stay in the
// cache.
class HashTable {
 public:
  void clear() {  // keeps its room
    if (!entries_.empty()) std::fill(slots_.begin(), slots_.end(), std::uint64_t{0});
    entries_.clear();
  }
  // The number's place for this key, until the next call; `fresh` tells whether the key has just come in (the number is
  // then 0).
  std::uint64_t& at(std::uint64_t key, bool& fresh) {
    if (entries_.size() * 2 >= slots_.size()) grow();
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = key & mask;; i = (i + 1) & mask) {
      const std::uint64_t slot = slots_[i];
      if (slot == 0) {
        entries_.push_back({key, 0});
        slots_[i] = slot_of(key, entries_.size());
        fresh = true;
        return entries_.back().number;
      }
      if (slot >> 32 == key >> 32) {
        Entry& entry = entries_[(slot & 0xFFFFFFFF) - 1];
        if (entry.key == key) {
          fresh = false;
          return entry.number;
        }
      }
    }
  }

 private:
  struct Entry {
    std::uint64_t key;
    std::uint64_t number;
  };
  static std::uint64_t slot_of(std::uint64_t key, std::size_t place) {
    return (key >> 32 << 32) | static_cast<std::uint64_t>(place);
  }
  void grow() {
    slots_.assign(slots_.empty() ? 4096 : slots_.size() * 2, 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t place = 1; place <= entries_.size(); ++place) {
      const std::uint64_t key = entries_[place - 1].key;
      std::size_t i = key & mask;
      while (slots_[i] != 0) i = (i + 1) & mask;
      slots_[i] = slot_of(key, place);
    }
  }
  std::vector<std::uint64_t> slots_;
  std::vector<Entry> entries_;
};

}  // namespace tithing::evidence
