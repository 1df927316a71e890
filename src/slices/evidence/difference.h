// What differs between two publications of the same force-month.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "slices/evidence/byte_stream.h"
#include "slices/evidence/street_scan.h"

namespace tithing::evidence {

// Which of a file's rows belong to a publication. `named`: the file's name says its month and force, so all its rows
// do.
struct RowsOf {
  Month month;
  std::string force_slug;
  bool named = true;
  bool holds(const StreetRow& row) const;  // also false for refused rows
};

struct TypeDifference {
  std::string slug;
  std::string name;
  std::int64_t added = 0;          // only in the later one
  std::int64_t removed = 0;        // only in the former one
  std::int64_t other_outcome = 0;  // the same row but for its outcome
  std::int64_t otherwise_changed =
      0;  // the same Crime ID with another place, type or other field; under its later type
  friend bool operator==(const TypeDifference&, const TypeDifference&) = default;
};

// Rows are matched whole, then without their outcome, then by Crime ID; each row once. Types without a difference are
// left out; by slug.
Result<std::vector<TypeDifference>> compare_publications(ByteStream& former, const RowsOf& former_rows,
                                                         ByteStream& later, const RowsOf& later_rows);

}  // namespace tithing::evidence
