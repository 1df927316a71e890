// The register's service: snapshots that are shared until the store's version changes, and boundaries made from what is
// stored.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "path/events.h"
#include "slices/register/commands.h"
#include "slices/register/register.h"
#include "slices/register/snapshot.h"
#include "slices/register/store.h"
#include "slices/sources/choice_parts.h"

namespace tithing::register_ {

class RegisterService final : public Service {
 public:
  explicit RegisterService(Wiring& wiring);

  std::shared_ptr<const Areas> areas() override { return snapshot(); }
  Result<std::shared_ptr<const Areas>> areas_as_known(std::int64_t version) override;
  std::shared_ptr<const Boundary> boundary(std::string_view code, Date as_at) override;
  std::vector<std::shared_ptr<const Boundary>> boundaries(const std::vector<std::string>& codes, Date as_at) override;
  Result<GeographyReport> import_geography(const Actor& actor, const std::vector<std::string>& paths,
                                           std::optional<Date> dated) override {
    return import_geography(actor, paths, dated, {});
  }
  Result<GeographyReport> import_geography(const Actor& actor, const std::vector<std::string>& paths,
                                           std::optional<Date> dated, const sources::Manners& manners);
  std::vector<sources::Thing> things(const std::string& kind, const std::string& key, bool all);
  Result<std::vector<sources::Change>> choose(const Actor& actor, const Choosing& choosing);
  Status review_succession(const Actor& actor, std::int64_t id, Succession::Review review, std::optional<Date> on,
                           const std::string& reason) override;

  std::shared_ptr<const Snapshot> snapshot();
  // The same with the version of the succession that the reviewer saw.
  Status review_succession(const Actor& actor, std::int64_t id, Succession::Review review, std::optional<Date> on,
                           const std::string& reason, std::int64_t seen);
  struct Reviewed {
    records::Standing standing;
    std::vector<store::Review> reviews;  // oldest first, and each with its event of the path
    std::vector<path::Event> events;
  };
  std::optional<Reviewed> reviewed(std::int64_t succession);
  // Accepts what the sample's own papers tell of, if nobody has reviewed it yet. Repeatable.
  Status demonstrate(const std::string& sample_folder);

 private:
  // What a command has done is seen at once.
  template <class Answer>
  Answer seen_at_once(Answer answer) {
    forget_check();
    return answer;
  }
  std::shared_ptr<const Snapshot> load(db::Connection& connection, std::int64_t at_version);
  void forget_check();

  using Stored = std::shared_ptr<const std::vector<store::StoredBoundary>>;
  // Shapes as stored, by code; those not yet in memory are read in one go.
  std::map<std::string, Stored> stored(const std::vector<std::string>& codes);
  std::shared_ptr<const Boundary> own_shape(const Area& area, const std::map<std::string, Stored>& shapes) const;
  std::shared_ptr<const Boundary> dissolved(const Area& area, const Snapshot& areas, Date as_at);
  // Of an LSOA that was split or made by a merger: from its parts in the other census.
  std::shared_ptr<const Boundary> from_the_other_census(const Area& area, const Snapshot& areas);
  std::shared_ptr<const Boundary> dissolved_from_lsoas(const Area& area, const Snapshot& areas, Date as_at);

  Wiring& wiring_;
  std::mutex mutex_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::chrono::steady_clock::time_point checked_{};
  std::int64_t fit_id_ = 0;
  std::shared_ptr<const LsoaTable> fit_;
  std::string fit_source_;
  std::int64_t ward_fit_id_ = 0;
  std::shared_ptr<const WardTable> wards_;
  std::int64_t boundary_version_ = -1;
  std::map<std::string, Stored, std::less<>> stored_;
  std::map<std::string, std::shared_ptr<const Boundary>> dissolved_;
};

}  // namespace tithing::register_
