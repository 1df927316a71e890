// The snapshot that pages and figures read, and what is behind it: files, publications, the cube.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "slices/evidence/cube.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/ledger.h"
#include "slices/evidence/points.h"
#include "slices/evidence/population.h"

namespace tithing::evidence {

// A file that counts, with what a working says about it.
struct CountedFile {
  int force = 0;
  Month month;
  std::int64_t source_file = 0;
  bool named = true;
  std::string name;
  std::string sha256;
  std::string archive_name;
  std::string archive_sha256;
  std::string imported_at;
  std::string segment;  // checksum of its counts
};

// Whether files in the LSOAs of this census can be counted for all of the selection. 0: no row tells, so none is there.
bool answers(const Selection& selection, int vintage);

struct SnapshotInput {
  std::string version;
  std::shared_ptr<const Cube> cube;
  std::shared_ptr<const register_::Areas> areas;
  std::shared_ptr<const Population> population;  // of all tables that count; may be null
  std::vector<std::int64_t> population_sources;  // the files of the tables, in the order in which they were combined
  std::vector<PublicationFacts> publications;
  std::vector<CountedFile> files;        // by force slug and month; `force` is set by the snapshot
  std::vector<std::string> file_forces;  // slug of each of `files`
  // The positions of a file's rows that lie in these LSOAs (ascending). Safe from any thread.
  std::function<Result<ForceMonthPoints>(const CountedFile& file, const std::string& force_slug,
                                         std::span<const Lsoa> lsoas)>
      points;
};

class EvidenceSnapshot : public Snapshot {
 public:
  explicit EvidenceSnapshot(SnapshotInput input);

  const std::string& version() const override { return input_.version; }
  const register_::Areas& areas() const override { return *input_.areas; }
  std::span<const Force> forces() const override { return forces_; }
  std::span<const CrimeType> crime_types() const override { return types_; }
  std::optional<int> type_index(std::string_view slug) const override;
  std::optional<int> force_index(std::string_view area_code_or_slug) const override;
  std::optional<Period> months() const override;
  Result<std::shared_ptr<const Selection>> select(const std::string& area_code, Date as_at,
                                                  Recorder recorder) const override;
  Result<std::shared_ptr<const Selection>> select_lsoas(const std::vector<std::string>& codes, Date as_at,
                                                        Recorder recorder) const override;
  std::int64_t count(const Selection& selection, Period period, int type) const override;
  std::vector<MonthCount> series(const Selection& selection, Period period, int type) const override;
  std::vector<LsoaCount> by_lsoa(const Selection& selection, Period period, int type) const override;
  std::int64_t without_place(const Selection& selection, Period period, int type) const override;
  Result<PointCounts> points(const Selection& selection, Period period, int type) const override;
  std::int64_t by_other_forces(const Selection& selection, Period period, int type) const override;
  figures::Coverage coverage(const Selection& selection, Period period, int type) const override;
  std::span<const ForceMonth> ledger() const override { return ledger_; }
  const ForceMonth* force_month(int force, Month month) const override;
  std::optional<std::int64_t> population(const Selection& selection, int year) const override;
  std::span<const int> population_years() const override;
  std::optional<int> population_year_for(Period period) const override;

  // Of a category of the table that no row has, or of one that has (then the same as `coverage`).
  figures::Coverage coverage_of(const Selection& selection, Period period, std::string_view type_slug) const;
  // Why the type is not known in a force-month although its file is there, as sentences; empty when it is known. A part
  // of a force is not known where the file's rows name no place; the whole may be.
  std::vector<std::string> why_not_known(int force, Month month, int type, std::string_view type_slug,
                                         bool whole_force) const;
  const Cube& cube() const { return *input_.cube; }
  const CountedFile* file(int force, Month month) const;
  // Those of the selection's pairs that are the force's own; the span lives as long as the selection.
  std::span<const std::uint32_t> pairs_of(const Selection& selection, int force) const;
  // The residents of a selection as far as they are known, and of which LSOAs they are not.
  struct People {
    std::int64_t known = 0;
    std::int64_t lsoas = 0;            // of how many LSOAs
    std::vector<std::string> without;  // codes
    struct Table {
      std::int64_t source_file = 0;
      std::int64_t lsoas = 0;  // for how many LSOAs its number counts
    };
    std::vector<Table> tables;
  };
  People people(const Selection& selection, int year) const;
  // The year for a period that everybody's figures use (`population_year_for`), so that rates compare; where the
  // selection has no whole population in it, by the same rule among the years in which it has.
  std::optional<int> population_year_for(const Selection& selection, Period period) const;

 private:
  // Why the type is not known in a month whose file is there; nothing when it is. `slug` is empty for kAllTypes and
  // kCrimeTypes.
  std::vector<std::string> not_known(const ForceMonth& entry, int type, std::string_view slug, bool whole_force) const;
  std::string unknown_categories(const ForceMonth& entry, int type) const;  // of a month that is there in part
  bool never_publishes(int force, int type) const;
  bool asks_for(int asked, int type) const;  // whether rows of the type count when `asked` is asked for
  figures::Coverage coverage_by(const Selection& selection, Period period, int type, std::string_view slug) const;
  std::shared_ptr<const Selection> remember(const std::string& key, Selection selection) const;
  // Fills in what the exact fit says of a selection of LSOAs, and gives the answer with the codes to count.
  register_::ZoneAnswer through_the_fit(Selection& selection, const std::vector<std::string>& lsoas) const;
  // Which force's rows are a place's own: one force's for all LSOAs, or each LSOA's. Nothing: of a force that was not
  // imported.
  struct OwnForces {
    std::optional<int> of_all = {};
    std::vector<std::optional<int>> of_each = {};  // one for each LSOA; empty: `of_all` holds
    std::optional<int> of(std::size_t lsoa) const { return of_each.empty() ? of_all : of_each[lsoa]; }
  };
  void add_places(Selection& selection, const std::vector<Lsoa>& lsoas, const OwnForces& own, Recorder recorder) const;
  std::optional<std::size_t> in_cube(int force) const { return cube_force_[static_cast<std::size_t>(force)]; }

  SnapshotInput input_;
  std::vector<Force> forces_;  // by slug, as the cube's but with those whose files are all malformed
  std::vector<std::optional<std::size_t>> cube_force_;  // index in the cube
  std::vector<int> force_of_pair_;
  std::vector<CrimeType> types_;
  std::vector<ForceMonth> ledger_;
  std::map<std::string, std::size_t, std::less<>> file_index_;  // "<force> <month index>"
  struct Place {
    Lsoa lsoa;
    std::uint32_t pair;
  };
  std::vector<Place> places_;  // every pair by LSOA
  // Per force: all its rows, and those of each type, over every month. A force that never has a category does not
  // publish it.
  struct Published {
    std::int64_t rows = 0;
    std::vector<std::int64_t> by_type;
  };
  std::vector<Published> published_;
  std::vector<int> full_years_;  // of populations: those with as many LSOAs as any, or nearly
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const Selection>> selections_;
};

}  // namespace tithing::evidence
