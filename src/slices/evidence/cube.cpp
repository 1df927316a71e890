#include "slices/evidence/cube.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/translation.h"
#include "disk/durable_file.h"
#include "slices/evidence/binary.h"
#include "slices/evidence/crime_types.h"

namespace tithing::evidence {

static_assert(std::endian::native == std::endian::little, "the cube is mapped as it lies in the file");

namespace {

constexpr std::string_view kMagic = "TITHCUB2";
constexpr std::size_t kChecksum = 64;              // SHA-256 in hexadecimal
constexpr std::size_t kFixed = 8 + 8 + kChecksum;  // magic, size of the head, its checksum

tl::unexpected<Problem> broken() {
  return unavailable(
      tr("The counts cube is damaged or of another version. Run \"tithing evidence rebuild\" to make it "
         "again."));
}

}  // namespace

std::shared_ptr<const Cube> Cube::empty() { return std::shared_ptr<const Cube>(new Cube); }

Cube::~Cube() {
  if (mapped_ != nullptr) ::munmap(mapped_, mapped_size_);
}

Result<std::shared_ptr<const Cube>> Cube::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return not_found(tr("The counts cube has not been made yet."));
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  const std::size_t size = known ? static_cast<std::size_t>(status.st_size) : 0;
  void* mapped = size < kFixed + kChecksum ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  if (mapped == MAP_FAILED) return broken();
  std::shared_ptr<Cube> cube(new Cube);
  cube->mapped_ = mapped;
  cube->mapped_size_ = size;

  const std::string_view whole(static_cast<const char*>(mapped), size);
  const std::string_view all = whole.substr(0, size - kChecksum);
  if (!whole.starts_with(kMagic) || sha256(all) != whole.substr(all.size())) return broken();
  BinaryReader fixed(all.substr(0, kFixed));
  fixed.raw(kMagic.size());
  const std::uint64_t head_size = fixed.u64();
  const std::string_view checksum = fixed.raw(kChecksum);
  if (head_size < kFixed || head_size > all.size() || head_size % 4 != 0) return broken();
  const std::string_view head = all.substr(kFixed, head_size - kFixed);
  if (sha256(head) != checksum) return broken();

  BinaryReader in(head);
  cube->first_month_ = static_cast<std::int32_t>(in.i64());
  cube->month_count_ = in.u32();
  const std::uint32_t forces = in.u32();
  for (std::uint32_t i = 0; i < forces && in.ok(); ++i) {
    CubeForce force;
    force.slug = in.text();
    force.name = in.text();
    force.first_pair = in.u32();
    force.end_pair = in.u32();
    cube->forces_.push_back(std::move(force));
  }
  const std::uint32_t types = in.u32();
  for (std::uint32_t i = 0; i < types && in.ok(); ++i) {
    ForceMonthCounts::Type type;
    type.slug = in.text();
    type.name = in.text();
    if (type.slug == kAntiSocialBehaviour) cube->anti_social_behaviour_ = std::size_t{i} + 1;
    cube->types_.push_back(std::move(type));
  }
  const std::uint32_t pairs = in.u32();
  if (!in.ok()) return broken();
  cube->stride_ = std::size_t{types} + 1;
  cube->plane_size_ = pairs * cube->stride_;
  const std::size_t expected =
      head_size + 4 * (std::size_t{pairs} + (std::size_t{cube->month_count_} + 1) * cube->plane_size_);
  if (expected != all.size()) return broken();
  for (const CubeForce& force : cube->forces_) {
    if (force.first_pair >= force.end_pair || force.end_pair > pairs) return broken();
  }
  const auto* numbers = reinterpret_cast<const std::uint32_t*>(all.data() + head_size);
  cube->pairs_ = {numbers, pairs};
  cube->cells_ = numbers + pairs;
  return std::shared_ptr<const Cube>(cube);
}

std::optional<Period> Cube::months() const {
  if (month_count_ == 0) return std::nullopt;
  return Period{Month::from_index(first_month_),
                Month::from_index(first_month_ + static_cast<std::int32_t>(month_count_) - 1)};
}

std::optional<std::uint32_t> Cube::pair(std::size_t force, Lsoa lsoa) const {
  const auto begin = pairs_.begin() + forces_[force].first_pair;
  const auto end = pairs_.begin() + forces_[force].end_pair;
  const auto found = std::lower_bound(begin, end, lsoa);
  if (found == end || *found != lsoa) return std::nullopt;
  return static_cast<std::uint32_t>(found - pairs_.begin());
}

Cube::Planes Cube::planes(Period period) const {
  const std::int32_t last = first_month_ + static_cast<std::int32_t>(month_count_) - 1;
  const std::int32_t from = std::max(period.from.index(), first_month_);
  const std::int32_t to = std::min(period.to.index(), last);
  if (month_count_ == 0 || from > to) return {};
  return {cells_ + static_cast<std::size_t>(from - first_month_) * plane_size_,
          cells_ + static_cast<std::size_t>(to - first_month_ + 1) * plane_size_};
}

std::int64_t Cube::pair_sum(std::uint32_t pair, Period period, int type) const {
  const std::uint32_t one[] = {pair};
  return sum(one, period, type);
}

Cube::Columns Cube::columns(int type) const {
  if (type == kCrimeTypes) return {0, anti_social_behaviour_};
  return {static_cast<std::size_t>(type + 1), std::nullopt};
}

std::int64_t Cube::sum(std::span<const std::uint32_t> pairs, Period period, int type) const {
  const Planes two = planes(period);
  if (two.before == nullptr) return 0;
  const Columns wanted = columns(type);
  std::int64_t total = 0;
  for (const std::uint32_t pair : pairs) {
    const std::size_t at = pair * stride_ + wanted.counted;
    total += two.after[at] - two.before[at];
  }
  if (!wanted.taken_off) return total;
  for (const std::uint32_t pair : pairs) {
    const std::size_t at = pair * stride_ + *wanted.taken_off;
    total -= two.after[at] - two.before[at];
  }
  return total;
}

std::vector<std::int64_t> Cube::type_sums(std::size_t force, Period period) const {
  std::vector<std::int64_t> sums(types_.size(), 0);
  const Planes two = planes(period);
  if (two.before == nullptr) return sums;
  for (std::size_t pair = forces_[force].first_pair; pair < forces_[force].end_pair; ++pair) {
    for (std::size_t type = 0; type < sums.size(); ++type) {
      const std::size_t at = pair * stride_ + type + 1;
      sums[type] += two.after[at] - two.before[at];
    }
  }
  return sums;
}

std::int64_t Cube::range_sum(std::uint32_t first, std::uint32_t end, Period period, int type) const {
  const Planes two = planes(period);
  if (two.before == nullptr) return 0;
  const Columns wanted = columns(type);
  std::int64_t total = 0;
  for (std::size_t at = first * stride_ + wanted.counted; at < end * stride_; at += stride_) {
    total += two.after[at] - two.before[at];
  }
  if (!wanted.taken_off) return total;
  for (std::size_t at = first * stride_ + *wanted.taken_off; at < end * stride_; at += stride_) {
    total -= two.after[at] - two.before[at];
  }
  return total;
}

Status build_cube(std::size_t segments, const std::function<Result<ForceMonthCounts>(std::size_t)>& segment,
                  const std::string& path) {
  // First pass: the dictionaries.
  struct Named {
    std::string name;
    std::set<Lsoa> lsoas;
  };
  std::map<std::string, Named> forces;
  std::map<std::string, std::string> types;
  std::map<std::int32_t, std::vector<std::size_t>> by_month;
  for (std::size_t i = 0; i < segments; ++i) {
    const Result<ForceMonthCounts> counts = segment(i);
    if (!counts) return pass_on(counts);
    Named& force = forces[counts->force_slug];
    // Whoever reads the segments in another order must find the same name.
    if (force.name.empty() || (!counts->reported_by.empty() && counts->reported_by < force.name))
      force.name = counts->reported_by;
    for (const ForceMonthCounts::Cell& cell : counts->cells) {
      if (force.lsoas.empty() || *force.lsoas.rbegin() < cell.lsoa) {
        force.lsoas.insert(force.lsoas.end(), cell.lsoa);
      } else {
        force.lsoas.insert(cell.lsoa);
      }
    }
    force.lsoas.insert(kNoLsoa);
    for (const ForceMonthCounts::Type& type : counts->types) {
      const auto [found, inserted] = types.emplace(type.slug, type.name);
      if (!inserted && type.name < found->second) found->second = type.name;
    }
    by_month[counts->month.index()].push_back(i);
  }

  const std::int32_t first = by_month.empty() ? 0 : by_month.begin()->first;
  const std::uint32_t months = by_month.empty() ? 0 : static_cast<std::uint32_t>(by_month.rbegin()->first - first + 1);
  BinaryWriter head;
  head.i64(first);
  head.u32(months);
  head.u32(static_cast<std::uint32_t>(forces.size()));
  BinaryWriter pair_bytes;
  std::map<std::string, std::pair<std::uint32_t, std::vector<Lsoa>>> places;
  std::uint32_t pairs = 0;
  for (auto& [slug, force] : forces) {
    head.text(slug);
    head.text(force.name.empty() ? slug : force.name);
    head.u32(pairs);
    auto& place = places[slug];
    place.first = pairs;
    place.second.assign(force.lsoas.begin(), force.lsoas.end());
    force.lsoas.clear();
    for (const Lsoa lsoa : place.second) pair_bytes.u32(lsoa);
    pairs += static_cast<std::uint32_t>(place.second.size());
    head.u32(pairs);
  }
  head.u32(static_cast<std::uint32_t>(types.size()));
  std::map<std::string, std::uint32_t> type_index;
  for (const auto& [slug, name] : types) {
    type_index.emplace(slug, static_cast<std::uint32_t>(type_index.size()));
    head.text(slug);
    head.text(name);
  }
  head.u32(pairs);
  while ((kFixed + head.bytes().size()) % 4 != 0) head.raw(std::string_view("\0", 1));

  DurableFile file(path);
  Sha256 hash;
  const auto write = [&](std::string_view bytes) {
    hash.add(bytes);
    file.write(bytes);
  };
  BinaryWriter fixed;
  fixed.raw(kMagic);
  fixed.u64(kFixed + head.bytes().size());
  fixed.raw(sha256(head.bytes()));
  write(fixed.bytes());
  write(head.bytes());
  write(pair_bytes.bytes());

  // Second pass, month by month: one plane of running sums is kept and written as it stands.
  const std::size_t stride = types.size() + 1;
  std::vector<std::uint32_t> plane(pairs * stride);
  const std::string_view bytes(reinterpret_cast<const char*>(plane.data()), plane.size() * 4);
  write(bytes);
  for (std::uint32_t month = 0; month < months; ++month) {
    const auto found = by_month.find(first + static_cast<std::int32_t>(month));
    if (found != by_month.end()) {
      for (const std::size_t i : found->second) {
        const Result<ForceMonthCounts> counts = segment(i);
        if (!counts) return pass_on(counts);
        const auto& [first_pair, lsoas] = places[counts->force_slug];
        std::vector<std::uint32_t> column;
        for (const ForceMonthCounts::Type& type : counts->types) column.push_back(type_index[type.slug] + 1);
        std::size_t place = 0;
        for (const ForceMonthCounts::Cell& cell : counts->cells) {
          while (lsoas[place] != cell.lsoa) ++place;
          std::uint32_t* row = plane.data() + (first_pair + place) * stride;
          row[0] += cell.count;
          row[column[cell.type]] += cell.count;
        }
      }
    }
    write(bytes);
  }
  file.write(hash.finish());
  return file.commit();
}

}  // namespace tithing::evidence
