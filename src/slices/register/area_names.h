// How areas have been called, look-up by look-up. A part of the snapshot.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "slices/register/snapshot.h"

namespace tithing::register_ {

class AreaNames {
 public:
  using Sightings = std::vector<Snapshot::Sighting>;
  // `input` outlives it.
  explicit AreaNames(const SnapshotInput& input);
  // Areas of the look-ups, by code: what they are, and which look-ups show them, by day; never empty.
  struct Seen {
    AreaKind kind = AreaKind::district;
    Sightings sightings;
  };
  const std::map<std::string, Seen, std::less<>>& all() const { return seen_; }
  const Sightings& of(std::string_view code) const;

  std::string at(const Area& area, Date as_at) const;
  std::vector<Areas::NamePeriod> periods(std::string_view code) const;

 private:
  std::optional<Date> day_of_rename(const std::string& code, Date after, Date by) const;

  const SnapshotInput& input_;
  std::map<std::string, Seen, std::less<>> seen_;
};

}  // namespace tithing::register_
