// The findings about one area's LSOAs, worked out once and kept until the evidence changes: a page, its exports and its
// figures ask for the same thing several times.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "slices/analysis/grid_study.h"
#include "slices/analysis/kept.h"
#include "slices/analysis/study.h"
#include "statistics/describe.h"
#include "statistics/scan.h"
#include "statistics/spatial.h"

namespace tithing::analysis {

// Hot spots of each month, worked out when somebody first asks for them.
struct HotMonths {
  std::mutex mutex;
  std::optional<Result<std::vector<Hot>>> made;
};

struct Study {
  Places places;                                      // every LSOA, with or without a boundary
  Places placed;                                      // those with a boundary
  Result<statistics::Concentration> concentration;    // of `places`
  Result<statistics::GlobalAssociation> moran;        // of the counts of `placed`, queen, row-standardised
  Result<Hot> hot;                                    // of `placed`, in its order
  Result<statistics::LocalAssociations> local_moran;  // of `placed`
  std::vector<std::optional<double>>
      local_moran_rate;  // false discovery rate of each, by the exact p of its neighbours' sum
  // Why its months are not held against each other, one before another or after it: the category changed within them.
  // Else empty.
  std::string across = {};
  std::shared_ptr<HotMonths> months = std::make_shared<HotMonths>();
};
// Of `placed`, as hot_spots_by_month has them; kept with the study. Long work, the first time.
Result<std::vector<Hot>> hot_months(const Study& study);

constexpr std::size_t kPageSimulations = 99;
constexpr std::uint64_t kSeed = 1;

// What the caches of this room may take together, in bytes: pages, exports and figures of one view ask for the same.
constexpr std::size_t kMostStudies = 32u << 20, kMostScans = 8u << 20;

// Safe from any thread. Two who ask for the same thing at once both work it out. What is not kept is long work
// (base/long_work.h): on a thread that answers pages QueueNeeded is thrown.
class Studies {
 public:
  Studies(evidence::Service& evidence, register_::Service& areas)
      : evidence_(&evidence), areas_(&areas), grids_(evidence, areas) {}
  evidence::Service& evidence() const { return *evidence_; }
  GridStudies& grids() { return grids_; }
  register_::Service& areas() const { return *areas_; }
  // invalid as places_of_area.
  Result<std::shared_ptr<const Study>> study(const evidence::Snapshot& snapshot, const Question& question,
                                             const Found& found);
  // The space-time permutation scan of the placed LSOAs by month, with kPageSimulations simulations from kSeed.
  // invalid for a single month.
  Result<std::shared_ptr<const statistics::Scan>> scan(const evidence::Snapshot& snapshot, const Question& question,
                                                       const Found& found);

  std::size_t bytes_kept() const { return studies_.bytes() + scans_.bytes() + grids_.bytes_kept(); }

 private:
  std::string key_of(const evidence::Snapshot& snapshot, const Question& question, const Found& found) const;
  evidence::Service* evidence_;
  register_::Service* areas_;
  GridStudies grids_;
  Kept<Study> studies_{kMostStudies};
  Kept<statistics::Scan> scans_{kMostScans};
};

}  // namespace tithing::analysis
