// A segment: the counts of one force-month as bytes, the same bytes for the same rows whatever their order. Segments
// lie in <data>/evidence/segments under their checksum and can be made again from the kept originals.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "slices/evidence/street_counts.h"

namespace tithing::evidence {

std::string to_segment(const ForceMonthCounts& counts);
// A problem when the bytes are not a segment of this version.
Result<ForceMonthCounts> from_segment(std::string_view bytes);

}  // namespace tithing::evidence
