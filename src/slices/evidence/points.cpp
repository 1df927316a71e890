#include "slices/evidence/points.h"

#include <algorithm>

#include "base/hash.h"
#include "base/translation.h"
#include "slices/evidence/binary.h"

namespace tithing::evidence {

namespace {

constexpr std::string_view kMagic = "TITHPNT1";
constexpr std::size_t kHead = 8 + 64;

void put(std::string& out, std::uint64_t number) {
  for (; number >= 128; number >>= 7) out += static_cast<char>((number & 127) | 128);
  out += static_cast<char>(number);
}
void put_difference(std::string& out, std::int64_t difference) {
  put(out, (static_cast<std::uint64_t>(difference) << 1) ^ static_cast<std::uint64_t>(difference >> 63));
}

// Reading past the end gives zeros, and `ok` turns false.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}
  bool ok() const { return ok_; }
  bool done() const { return at_ == end_; }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= std::uint64_t{byte & 127U} << shift;
      if (byte < 128) return value;
    }
    ok_ = false;
    return 0;
  }
  std::int64_t difference() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  std::string_view block(std::size_t size) {
    if (!ok_ || size > static_cast<std::size_t>(end_ - at_)) {
      ok_ = false;
      return {};
    }
    const std::string_view part(at_, size);
    at_ += size;
    return part;
  }

 private:
  const char* at_;
  const char* end_;
  bool ok_ = true;
};

using Cells = std::vector<PointCell>::const_iterator;

// The types of one position: their number, then type and count of each.
void put_types(std::string& out, Cells first, Cells end) {
  put(out, static_cast<std::uint64_t>(end - first));
  for (; first != end; ++first) {
    put(out, first->type);
    put(out, first->count);
  }
}

Cells end_of_position(Cells first, Cells end) {
  return std::find_if(first, end, [&](const PointCell& cell) {
    return cell.longitude != first->longitude || cell.latitude != first->latitude;
  });
}

std::string block_of(Cells first, Cells end) {
  std::string block;
  const Cells placed = std::find_if(first, end, [](const PointCell& cell) { return cell.longitude != kNoPosition; });
  put_types(block, first, placed);
  std::uint64_t positions = 0;
  for (Cells at = placed; at != end; at = end_of_position(at, end)) ++positions;
  put(block, positions);
  std::int64_t longitude = 0, latitude = 0;
  for (Cells at = placed; at != end;) {
    const Cells next = end_of_position(at, end);
    put_difference(block, at->longitude - longitude);
    put_difference(block, at->latitude - latitude);
    longitude = at->longitude;
    latitude = at->latitude;
    put_types(block, at, next);
    at = next;
  }
  return block;
}

bool read_types(Numbers& in, std::size_t types, PointCell cell, std::vector<PointCell>& into) {
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    cell.type = static_cast<std::uint32_t>(in.number());
    cell.count = static_cast<std::uint32_t>(in.number());
    if (cell.type >= types || cell.count == 0) return false;
    into.push_back(cell);
  }
  return in.ok();
}

bool read_block(std::string_view block, Lsoa lsoa, std::size_t types, std::vector<PointCell>& into) {
  Numbers in(block);
  PointCell cell{lsoa, kNoPosition, kNoPosition, 0, 0};
  if (!read_types(in, types, cell, into)) return false;
  std::int64_t longitude = 0, latitude = 0;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    longitude += in.difference();
    latitude += in.difference();
    if (longitude < -180'000'000 || longitude > 180'000'000 || latitude < -90'000'000 || latitude > 90'000'000)
      return false;
    cell.longitude = static_cast<std::int32_t>(longitude);
    cell.latitude = static_cast<std::int32_t>(latitude);
    if (!read_types(in, types, cell, into)) return false;
  }
  return in.ok() && in.done();
}

Result<ForceMonthPoints> read(std::string_view bytes, const std::span<const Lsoa>* wanted) {
  const auto broken = [] {
    return unavailable(
        tr("The positions kept for a file are damaged. Run \"tithing evidence rebuild\" to make them again "
           "from the originals."));
  };
  if (bytes.size() < kHead || !bytes.starts_with(kMagic)) return broken();
  const std::string_view body = bytes.substr(kHead);
  if (sha256(body) != bytes.substr(kMagic.size(), 64)) return broken();
  BinaryReader in(body);
  ForceMonthPoints points;
  points.month = Month::from_index(static_cast<std::int32_t>(in.i64()));
  points.force_slug = in.text();
  points.rows = in.i64();
  const std::uint32_t types = in.u32();
  for (std::uint32_t i = 0; i < types && in.ok(); ++i) points.types.push_back(in.text());
  const std::uint32_t lsoas = in.u32();
  if (!in.ok()) return broken();
  Numbers list(in.rest());
  std::uint64_t lsoa = 0;
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < lsoas; ++i) {
    lsoa += list.number();
    const std::string_view block = list.block(list.number());
    if (!list.ok() || lsoa > kNoLsoa) return broken();
    if (wanted != nullptr) {
      while (next < wanted->size() && (*wanted)[next] < lsoa) ++next;
      if (next == wanted->size()) return points;
      if ((*wanted)[next] != lsoa) continue;
    }
    if (!read_block(block, static_cast<Lsoa>(lsoa), types, points.cells)) return broken();
  }
  if (!list.done()) return broken();
  return points;
}

}  // namespace

std::string to_points(const ForceMonthPoints& points) {
  BinaryWriter out;
  out.i64(points.month.index());
  out.text(points.force_slug);
  out.i64(points.rows);
  out.u32(static_cast<std::uint32_t>(points.types.size()));
  for (const std::string& type : points.types) out.text(type);
  std::string list;
  std::uint32_t lsoas = 0;
  Lsoa before = 0;
  for (Cells first = points.cells.begin(); first != points.cells.end(); ++lsoas) {
    const Cells end =
        std::find_if(first, points.cells.end(), [&](const PointCell& cell) { return cell.lsoa != first->lsoa; });
    const std::string block = block_of(first, end);
    put(list, first->lsoa - before);
    put(list, block.size());
    list += block;
    before = first->lsoa;
    first = end;
  }
  out.u32(lsoas);
  std::string bytes(kMagic);
  std::string body = out.take() + list;
  bytes += sha256(body);
  return bytes + body;
}

Result<ForceMonthPoints> from_points(std::string_view bytes) { return read(bytes, nullptr); }
Result<ForceMonthPoints> from_points(std::string_view bytes, std::span<const Lsoa> wanted) {
  return read(bytes, &wanted);
}

}  // namespace tithing::evidence
