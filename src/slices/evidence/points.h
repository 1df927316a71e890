// Where the rows of one force-month lie: counts by position and crime type, as bytes. The same bytes for the same rows,
// whatever their order. They lie in <data>/evidence/points beside the segments and can be made again from the
// originals.
//
// Layout: "TITHPNT1", the SHA-256 of what follows in hexadecimal, month, force, rows, crime types by slug, number of
// LSOAs; then for each LSOA, in order, its number (as the difference from the one before), the size of its block, its
// block: counts of rows without a position, then positions by longitude and latitude, each with its counts. Numbers
// within the list of LSOAs are of variable length (seven bits a byte), positions are differences from the one before:
// some nine bytes a position.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "slices/evidence/lsoa.h"

namespace tithing::evidence {

constexpr std::int32_t kNoPosition = INT32_MIN;  // as longitude and as latitude: the row has no coordinates

// Rows of one LSOA, position and type.
struct PointCell {
  Lsoa lsoa = kNoLsoa;         // kNoLsoa: the row names none
  std::int32_t longitude = 0;  // millionths of a degree, as the file has them
  std::int32_t latitude = 0;
  std::uint32_t type = 0;  // index in the types of the force-month
  std::uint32_t count = 0;
  friend bool operator==(const PointCell&, const PointCell&) = default;
};

struct ForceMonthPoints {
  Month month;
  std::string force_slug;
  std::int64_t rows = 0;           // the sum of all counts, before any LSOA is left out
  std::vector<std::string> types;  // by slug
  std::vector<PointCell> cells;    // by LSOA; without a position first, then by longitude, latitude, type
  friend bool operator==(const ForceMonthPoints&, const ForceMonthPoints&) = default;
};

std::string to_points(const ForceMonthPoints& points);
// Those of these LSOAs (ascending), or of all. A problem when the bytes are not whole or not of this version.
Result<ForceMonthPoints> from_points(std::string_view bytes);
Result<ForceMonthPoints> from_points(std::string_view bytes, std::span<const Lsoa> wanted);

}  // namespace tithing::evidence
