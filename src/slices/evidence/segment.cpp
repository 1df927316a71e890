#include "slices/evidence/segment.h"

#include "base/translation.h"
#include "slices/evidence/binary.h"

namespace tithing::evidence {

namespace {
constexpr std::string_view kMagic = "TITHSEG1";
}

std::string to_segment(const ForceMonthCounts& counts) {
  BinaryWriter out;
  out.raw(kMagic);
  out.i64(counts.month.index());
  out.text(counts.force_slug);
  out.text(counts.reported_by);
  for (const std::int64_t number :
       {counts.rows, counts.without_lsoa, counts.without_coordinates, counts.without_crime_id, counts.repeated_crime_id,
        counts.repeated_row, counts.outside_uk, counts.filled_month, counts.other_reporter}) {
    out.i64(number);
  }
  out.u32(static_cast<std::uint32_t>(counts.types.size()));
  for (const ForceMonthCounts::Type& type : counts.types) {
    out.text(type.slug);
    out.text(type.name);
  }
  out.u32(static_cast<std::uint32_t>(counts.cells.size()));
  for (const ForceMonthCounts::Cell& cell : counts.cells) {
    out.u32(cell.lsoa);
    out.u32(cell.type);
    out.u32(cell.count);
  }
  return out.take();
}

Result<ForceMonthCounts> from_segment(std::string_view bytes) {
  const auto broken = [] {
    return unavailable(
        tr("The counts kept for a file are damaged. Run \"tithing evidence rebuild\" to make them again "
           "from the originals."));
  };
  BinaryReader in(bytes);
  if (in.raw(kMagic.size()) != kMagic) return broken();
  ForceMonthCounts counts;
  counts.month = Month::from_index(static_cast<std::int32_t>(in.i64()));
  counts.force_slug = in.text();
  counts.reported_by = in.text();
  for (std::int64_t* number : {&counts.rows, &counts.without_lsoa, &counts.without_coordinates,
                               &counts.without_crime_id, &counts.repeated_crime_id, &counts.repeated_row,
                               &counts.outside_uk, &counts.filled_month, &counts.other_reporter}) {
    *number = in.i64();
  }
  const std::uint32_t types = in.u32();
  for (std::uint32_t i = 0; i < types && in.ok(); ++i) {
    ForceMonthCounts::Type type;
    type.slug = in.text();
    type.name = in.text();
    counts.types.push_back(std::move(type));
  }
  const std::uint32_t cells = in.u32();
  if (!in.ok() || in.rest().size() != std::size_t{cells} * 12) return broken();
  counts.cells.reserve(cells);
  std::int64_t rows = 0;
  for (std::uint32_t i = 0; i < cells; ++i) {
    ForceMonthCounts::Cell cell{};
    cell.lsoa = in.u32();
    cell.type = in.u32();
    cell.count = in.u32();
    if (cell.type >= types) return broken();
    rows += cell.count;
    counts.cells.push_back(cell);
  }
  if (rows != counts.rows) return broken();
  return counts;
}

}  // namespace tithing::evidence
