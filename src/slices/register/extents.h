// Of which LSOAs an area was made on a day, and in which area an LSOA lay. A part of the snapshot; what was worked out
// is kept.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "slices/register/area_names.h"
#include "slices/register/time_line.h"

namespace tithing::register_ {

class Extents {
 public:
  using Find = std::function<const Area*(std::string_view code)>;
  // All of it outlives the extents; `find` is asked later.
  Extents(const SnapshotInput& input, const TimeLine& time, const AreaNames& names, Find find)
      : input_(input), time_(time), names_(names), find_(std::move(find)), places_(time.size()) {}

  std::shared_ptr<const Areas::LsoaSet> of(std::string_view code, Date as_at) const;
  enum class Wanted { district, partnership };
  const Area* place_of(std::string_view lsoa, Date as_at, Wanted wanted) const;
  const Area* most_of(const Area& ward, Date as_at, Wanted wanted) const;
  const Areas::Fit* fit(std::string_view lsoa_2011) const;

 private:
  struct Places {
    std::vector<const Area*> district_2011, partnership_2011, district_2021, partnership_2021;
  };
  LsoaNumbers district_lsoas(const std::string& code, std::set<std::string>& notes, int depth = 0) const;
  LsoaNumbers unsplit_lsoas(const std::string& partnership, std::size_t segment, std::set<std::string>& notes) const;
  LsoaNumbers tenure_lsoas(const Tenure& tenure, std::size_t segment, std::set<std::string>& notes) const;
  Areas::LsoaSet make(std::string_view code, std::size_t segment) const;
  void note_shared(const LsoaNumbers& numbers, const std::vector<const Tenure*>& held,
                   std::set<std::string>& notes) const;
  std::shared_ptr<const Places> places_at(std::size_t segment) const;

  const SnapshotInput& input_;
  const TimeLine& time_;
  const AreaNames& names_;
  Find find_;
  mutable std::mutex mutex_;
  mutable std::map<std::pair<std::string, std::size_t>, std::shared_ptr<const Areas::LsoaSet>> sets_;
  mutable std::vector<std::shared_ptr<const Places>> places_;
  mutable std::unordered_map<std::int64_t, Areas::Fit> fits_;
};

}  // namespace tithing::register_
