// The snapshot that the register shows: areas by code and in time (snapshot.cpp), their names and the search for them
// (snapshot_names.cpp), the LSOAs and wards that make them up (snapshot_lsoas.cpp).
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "slices/register/snapshot.h"
#include "slices/register/tenure.h"

namespace tithing::register_ {

// The forces of data.police.uk that police no area of the register: British Transport Police the railways, and Northern
// Ireland a country that has none of these areas. Known to everybody, from no file.
const std::vector<Area>& placeless_forces();

class Structure final : public Snapshot {
 public:
  explicit Structure(SnapshotInput input);
  std::int64_t version() const override { return input_.version; }

  const Area* find(std::string_view code) const override;
  bool in_force(const Area& area, Date as_at) const override;
  std::vector<const Area*> of_kind(AreaKind kind, Date as_at) const override;
  std::string name_at(const Area& area, Date as_at) const override;
  std::vector<NamePeriod> names(std::string_view code) const override;
  std::vector<const Area*> constituents(std::string_view code, AreaKind kind, Date as_at) const override;
  std::shared_ptr<const LsoaSet> lsoas(std::string_view code, Date as_at) const override;
  const Area* force_of(std::string_view code, Date as_at) const override;
  const Area* partnership_of(std::string_view code, Date as_at) const override;
  const Area* district_of(std::string_view code, Date as_at) const override;
  std::vector<Succession> successions_of(std::string_view code) const override;
  std::vector<Succession> successions() const override;
  const Fit* fit(std::string_view lsoa_2011) const override;
  std::optional<Zone> zone_of(std::string_view lsoa) const override { return input_.lsoas->zone_of(lsoa); }

  std::vector<const Area*> search(std::string_view text, int limit) const override;
  std::vector<std::string> sources() const override;
  std::vector<Sighting> sightings(std::string_view code) const override;
  std::vector<const Area*> forces_without_area() const override;
  std::optional<Date> newest_look_up() const override;
  const ProposedSuccession* proposal(std::int64_t succession) const override;

 private:
  struct Segment {
    std::vector<const Tenure*> active;
  };
  struct Places {
    std::vector<const Area*> district_2011, partnership_2011, district_2021, partnership_2021;
  };
  static void sort_by_name(std::vector<const Area*>& areas);
  void collect_areas();
  void collect_segments();
  std::size_t segment_number(Date as_at) const;
  const Segment& segment_at(Date as_at) const { return segments_[segment_number(as_at)]; }
  Date day_of_segment(std::size_t segment) const;
  const Tenure* tenure_of(const Area& area, Date as_at) const;
  std::optional<Date> day_of_rename(const std::string& code, Date after, Date by) const;

  // LSOAs of a whole district, by the best that is known, with what had to be decided.
  LsoaNumbers district_lsoas(const std::string& code, std::set<std::string>& notes, int depth = 0) const;
  static bool is_split(const Segment& segment, std::string_view district);

  // LSOAs of a partnership at the nearest other time when none of its districts was split; the earlier time first.
  LsoaNumbers unsplit_lsoas(const std::string& partnership, std::size_t segment, std::set<std::string>& notes) const;
  LsoaNumbers tenure_lsoas(const Tenure& tenure, std::size_t segment, std::set<std::string>& notes) const;
  LsoaSet make_lsoas(std::string_view code, std::size_t segment) const;
  std::string name_of_lsoa(std::string_view code) const;
  void note_shared(const LsoaNumbers& numbers, const std::vector<const Tenure*>& held,
                   std::set<std::string>& notes) const;
  enum class Wanted { district, partnership };
  const Area* place_of(std::string_view code, Date as_at, Wanted wanted) const;

  // Where most of a ward's LSOAs lie; the lower code where two hold the same number.
  const Area* most_of(const Area& ward, Date as_at, Wanted wanted) const;
  std::vector<const Area*> wards_of(const Area& area, Date as_at) const;
  std::shared_ptr<const Places> places_at(std::size_t segment) const;

  SnapshotInput input_;
  std::vector<Tenure> tenures_;
  std::vector<Area> areas_;
  std::unordered_map<std::string, std::size_t> by_code_;
  std::unordered_map<std::string, std::vector<Sighting>> sightings_;
  std::vector<Area> lsoa_2011_;
  std::vector<Area> lsoa_2021_;
  std::vector<Date> starts_;
  std::vector<Segment> segments_;

  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, std::size_t>, std::shared_ptr<const LsoaSet>> lsoa_sets_;
  mutable std::vector<std::shared_ptr<const Places>> places_;
  mutable std::unordered_map<std::int64_t, Fit> fits_;
};

}  // namespace tithing::register_
