// Positions of a selection, put together from those of the force-months that count.
#include <algorithm>

#include "base/long_work.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/snapshot.h"

namespace tithing::evidence {

namespace {

struct Found {
  Lsoa lsoa;
  std::int32_t longitude;
  std::int32_t latitude;
  std::uint32_t month;
  std::uint32_t count;
  bool same_place(const Found& other) const {
    return lsoa == other.lsoa && longitude == other.longitude && latitude == other.latitude;
  }
};

}  // namespace

Result<PointCounts> EvidenceSnapshot::points(const Selection& selection, Period period, int type) const {
  PointCounts out;
  out.months = period;
  const std::optional<Period> there = months();
  if (!there || period.to < there->from || there->to < period.from) {
    out.months.to = out.months.from.plus(-1);
    return out;
  }
  out.months = {std::max(period.from, there->from), std::min(period.to, there->to)};
  const std::string wanted = slug_of(*this, type);
  std::vector<Found> found;
  for (std::size_t force = 0; force < forces_.size(); ++force) {
    std::vector<Lsoa> lsoas;  // the pairs of a force lie in the order of their LSOAs
    for (const std::uint32_t pair : pairs_of(selection, static_cast<int>(force)))
      lsoas.push_back(input_.cube->pairs()[pair]);
    if (lsoas.empty()) continue;
    for (Month month = out.months.from; month <= out.months.to; month = month.plus(1)) {
      const CountedFile* const counted = file(static_cast<int>(force), month);
      if (counted == nullptr) continue;
      check_stop();
      const Result<ForceMonthPoints> points = input_.points(*counted, forces_[force].slug, lsoas);
      if (!points) return pass_on(points);
      const auto index = static_cast<std::uint32_t>(month.index() - out.months.from.index());
      for (const PointCell& cell : points->cells) {
        if (!belongs_to(points->types[cell.type], wanted)) continue;
        out.rows += cell.count;
        if (cell.longitude == kNoPosition) {
          out.without_position += cell.count;
        } else {
          found.push_back({cell.lsoa, cell.longitude, cell.latitude, index, cell.count});
        }
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    if (a.lsoa != b.lsoa) return a.lsoa < b.lsoa;
    return a.longitude != b.longitude ? a.longitude < b.longitude : a.latitude < b.latitude;
  });
  const auto months = static_cast<std::size_t>(out.months.months());
  const Found* last = nullptr;
  for (const Found& one : found) {
    if (last == nullptr || !last->same_place(one)) {
      if (last == nullptr || last->lsoa != one.lsoa)
        out.lsoas.push_back(one.lsoa == kNoLsoa ? std::string() : lsoa_text(one.lsoa));
      out.points.push_back({one.longitude, one.latitude, static_cast<std::uint32_t>(out.lsoas.size() - 1)});
      out.counts.resize(out.points.size() * months);
    }
    out.counts[(out.points.size() - 1) * months + one.month] += one.count;
    last = &one;
  }
  return out;
}

}  // namespace tithing::evidence
