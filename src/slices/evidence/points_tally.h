// Counts of a file's rows by position and crime type, while the file is read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "slices/evidence/row_hash.h"

namespace tithing::evidence {

// Where rows of a crime type lie, packed so that the order of keys is the order of longitude, latitude, type:
// 29 bits of longitude and 28 of latitude in millionths of a degree, counted from -180 and -90, seven bits of type.
constexpr std::uint64_t position_key(std::int32_t longitude, std::int32_t latitude, std::size_t type) {
  return static_cast<std::uint64_t>(longitude + 180'000'000) << 35 |
         static_cast<std::uint64_t>(latitude + 90'000'000) << 7 | type;
}
// No longitude comes this far; rows without a position stand last.
constexpr std::uint64_t key_without_position(std::size_t type) { return ~std::uint64_t{127} | type; }
constexpr bool has_position(std::uint64_t key) { return key >> 7 != key_without_position(0) >> 7; }

// Rows are only noted down one after another and brought together at the end of the file, which is a third of the work
// of finding each in a table; a file of more rows than that has them counted in a table after all, so that memory stays
// bounded by the different positions.
class PointTally {
 public:
  struct Entry {
    std::uint64_t key;
    std::uint32_t place;
    std::uint32_t count;
  };
  void clear() {  // keeps its room
    noted_.clear();
    if (!entries_.empty()) std::fill(slots_.begin(), slots_.end(), std::uint64_t{0});
    entries_.clear();
  }
  void add(std::uint64_t key, std::uint32_t place) {
    noted_.push_back({key, place, 1});
    if (noted_.size() == kMostNoted) count_noted();
  }
  // The same key and place may come several times.
  std::span<const Entry> entries() {
    if (entries_.empty()) return noted_;
    count_noted();
    return entries_;
  }

 private:
  static constexpr std::size_t kMostNoted = 1 << 17;
  void count_noted() {
    for (const Entry& row : noted_) count(row.key, row.place);
    noted_.clear();
  }
  // Open addressing like HashTable, but compared in full: a collision here would move a crime.
  void count(std::uint64_t key, std::uint32_t place) {
    if (entries_.size() * 2 >= slots_.size()) grow();
    const std::uint64_t hash = hash_of(key, place);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      const std::uint64_t slot = slots_[i];
      if (slot == 0) {
        entries_.push_back({key, place, 1});
        slots_[i] = (hash >> 32 << 32) | entries_.size();
        return;
      }
      if (slot >> 32 != hash >> 32) continue;
      Entry& entry = entries_[(slot & 0xFFFFFFFF) - 1];
      if (entry.key == key && entry.place == place) {
        ++entry.count;
        return;
      }
    }
  }
  static std::uint64_t hash_of(std::uint64_t key, std::uint32_t place) {
    return folded_product(key ^ 0xC2B2AE3D27D4EB4FULL, 0x9E3779B97F4A7C15ULL + (std::uint64_t{place} << 1));
  }
  void grow() {
    slots_.assign(slots_.empty() ? 8192 : slots_.size() * 2, 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t number = 1; number <= entries_.size(); ++number) {
      const std::uint64_t hash = hash_of(entries_[number - 1].key, entries_[number - 1].place);
      std::size_t i = hash & mask;
      while (slots_[i] != 0) i = (i + 1) & mask;
      slots_[i] = (hash >> 32 << 32) | number;
    }
  }
  std::vector<std::uint64_t> slots_;
  std::vector<Entry> entries_;
  std::vector<Entry> noted_;
};

}  // namespace tithing::evidence
