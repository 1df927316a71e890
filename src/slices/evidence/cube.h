// The counts cube: month x crime type x LSOA x force, with running sums over the months, in one memory-mapped file.
//
// Layout (all numbers little-endian, version 2):
//   head         "TITHCUB2", bytes of the head, checksum of the head, months, forces, types, pairs, the dictionaries
//   pairs        LSOA number of each (force, LSOA) pair, by force, then LSOA; the pairs of a force are contiguous, and
//   its last
//                one is kNoLsoa: the rows without a place
//   planes       months + 1 planes of pairs x (types + 1) 32-bit running sums; plane m holds what lies in the first m
//   months;
//                in each pair first the sum over all types, then each type by slug
//   checksum     SHA-256 of all before it, in hexadecimal: every number is held against it when the file is opened
// Dictionaries are sorted and nothing else goes in, so the same segments give the same bytes. A sum over any months is
// the difference of two planes: its cost does not grow with the months.
//
// Cube is immutable and safe from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "slices/evidence/lsoa.h"
#include "slices/evidence/street_counts.h"

namespace tithing::evidence {

struct CubeForce {
  std::string slug;
  std::string name;
  std::uint32_t first_pair = 0;  // its pairs are [first_pair, end_pair); the last one is the rows without a place
  std::uint32_t end_pair = 0;
};

class Cube {
 public:
  static std::shared_ptr<const Cube> empty();
  // Maps the file, having held all of it against its checksum. not_found when there is none; unavailable when it is not
  // a whole cube of this version.
  static Result<std::shared_ptr<const Cube>> open(const std::string& path);
  ~Cube();
  Cube(const Cube&) = delete;
  Cube& operator=(const Cube&) = delete;

  std::optional<Period> months() const;
  std::span<const CubeForce> forces() const { return forces_; }
  std::span<const ForceMonthCounts::Type> types() const { return types_; }
  std::span<const Lsoa> pairs() const { return pairs_; }
  // The pair's number, or nothing.
  std::optional<std::uint32_t> pair(std::size_t force, Lsoa lsoa) const;

  // Sums over a period (cut to the months there are). `type` is an index in types(), -1 for all, or -2 for all but
  // anti-social behaviour: no sums of its own, but those of all less those of that category.
  std::int64_t pair_sum(std::uint32_t pair, Period period, int type) const;
  std::int64_t sum(std::span<const std::uint32_t> pairs, Period period, int type) const;
  // Of all the pairs of a force by type, in the order of types().
  std::vector<std::int64_t> type_sums(std::size_t force, Period period) const;
  std::int64_t range_sum(std::uint32_t first, std::uint32_t end, Period period, int type) const;

 private:
  Cube() = default;
  struct Planes {
    const std::uint32_t* before = nullptr;  // null: the period holds no month of the cube
    const std::uint32_t* after = nullptr;
  };
  Planes planes(Period period) const;
  // Where the sums of a type lie in a pair, and those that are taken off them.
  struct Columns {
    std::size_t counted = 0;
    std::optional<std::size_t> taken_off;
  };
  Columns columns(int type) const;

  void* mapped_ = nullptr;
  std::size_t mapped_size_ = 0;
  std::int32_t first_month_ = 0;
  std::uint32_t month_count_ = 0;
  std::vector<CubeForce> forces_;
  std::vector<ForceMonthCounts::Type> types_;
  std::optional<std::size_t> anti_social_behaviour_;  // its column, where it occurs
  std::span<const Lsoa> pairs_;
  const std::uint32_t* cells_ = nullptr;
  std::size_t stride_ = 0;      // types + 1
  std::size_t plane_size_ = 0;  // pairs x stride
};

// Builds the cube of these segments at `path` (written aside, synced, renamed). `segment(i)` gives the i-th; it is
// asked twice for each, so that never more than one and one plane are in memory.
Status build_cube(std::size_t segments, const std::function<Result<ForceMonthCounts>(std::size_t)>& segment,
                  const std::string& path);

}  // namespace tithing::evidence
