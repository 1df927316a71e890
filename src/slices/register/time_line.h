// Which district lay in which partnership and force, from when until when: time cut where any of it changed. A part of
// the snapshot.
#pragma once

#include <vector>

#include "slices/register/snapshot.h"
#include "slices/register/tenure.h"

namespace tithing::register_ {

class TimeLine {
 public:
  explicit TimeLine(const SnapshotInput& input);
  TimeLine(const TimeLine&) = delete;
  TimeLine& operator=(const TimeLine&) = delete;

  const std::vector<Tenure>& tenures() const { return tenures_; }
  // Segments of time within which nothing changes, from the first to the last.
  std::size_t size() const { return segments_.size(); }
  std::size_t segment_of(Date as_at) const;
  const std::vector<const Tenure*>& active(std::size_t segment) const { return segments_[segment]; }
  const std::vector<const Tenure*>& active(Date as_at) const { return segments_[segment_of(as_at)]; }
  // Whether the district lies in several partnerships then.
  bool is_split(std::size_t segment, std::string_view district) const;
  // Of an area that is gone or has not begun, its nearest time; null for one that was never there.
  const Tenure* of(const Area& area, Date as_at) const;

 private:
  std::vector<Tenure> tenures_;
  std::vector<Date> starts_;
  std::vector<std::vector<const Tenure*>> segments_;
};

}  // namespace tithing::register_
