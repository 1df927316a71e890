#include "slices/register/time_line.h"

#include <algorithm>
#include <set>

namespace tithing::register_ {

TimeLine::TimeLine(const SnapshotInput& input) : tenures_(tenures_of(input.look_ups, input.facts, input.successions)) {
  std::set<Date> days;
  for (const Tenure& tenure : tenures_) {
    if (tenure.from) days.insert(*tenure.from);
    if (tenure.to) days.insert(*tenure.to);
  }
  starts_.assign(days.begin(), days.end());
  segments_.resize(starts_.size() + 1);
  for (std::size_t s = 0; s < segments_.size(); ++s) {
    const Date day = s == 0 ? (starts_.empty() ? Date() : starts_.front().plus_days(-1)) : starts_[s - 1];
    for (const Tenure& tenure : tenures_)
      if (tenure.holds(day)) segments_[s].push_back(&tenure);
  }
}

std::size_t TimeLine::segment_of(Date as_at) const {
  return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), as_at) - starts_.begin());
}

bool TimeLine::is_split(std::size_t segment, std::string_view district) const {
  return std::count_if(active(segment).begin(), active(segment).end(),
                       [&](const Tenure* tenure) { return tenure->district == district; }) > 1;
}

const Tenure* TimeLine::of(const Area& area, Date as_at) const {
  for (const Tenure* tenure : active(as_at))
    if (tenure->code_of(area.kind) == area.code) return tenure;
  // Gone or not begun: its nearest time.
  const Tenure* nearest = nullptr;
  for (const Tenure& tenure : tenures_)
    if (tenure.code_of(area.kind) == area.code) nearest = &tenure;
  return nearest;
}

}  // namespace tithing::register_
