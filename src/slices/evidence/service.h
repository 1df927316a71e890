// What evidence keeps for the life of the program: the present snapshot, and the way to the store.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "slices/evidence/commands.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/kinds.h"
#include "slices/evidence/snapshot.h"
#include "slices/wiring.h"

namespace tithing::evidence {

// Safe to call from any thread once the database is open.
class EvidenceService : public Service, public KindSources {
 public:
  EvidenceService(Wiring& wiring, std::function<std::shared_ptr<const register_::Areas>()> areas);

  std::shared_ptr<const Snapshot> snapshot() override { return evidence(); }
  std::shared_ptr<const EvidenceSnapshot> evidence() override;
  std::optional<figures::Source> source(std::int64_t source_file) override;
  Result<OfficialAnswer> official(const std::string& area, const std::string& offence) override;
  Status rows(const EvidenceSnapshot& snapshot, const CountedFile& file,
              const std::function<bool(Lsoa, const std::string&)>& wanted, const figures::RowSink& sink) override;

  // What pages show.
  struct SourcePage {
    std::vector<sources::SourceFile> files;
    std::int64_t total = 0;
  };
  SourcePage source_files(const std::string& kind, int limit, int offset);
  std::vector<sources::KindCount> source_kinds();
  std::optional<sources::SourceFile> source_file(std::int64_t id);
  std::vector<store::PublicationRow> publications_of(std::int64_t source_file);  // what came of a street file
  std::vector<sources::RefusedRow> refused_rows(std::int64_t source_file);
  struct ImportPage {
    std::vector<store::ImportRow> imports;
    std::int64_t total = 0;
  };
  ImportPage imports(int limit, int offset);
  struct ImportFiles {
    store::ImportRow import;
    std::vector<store::ImportFileRow> files;
    std::int64_t total = 0;
  };
  std::optional<ImportFiles> import_files(std::int64_t id, int limit, int offset);
  struct Revision {
    store::PublicationRow later;
    store::PublicationRow former;
    std::vector<TypeDifference> differences;
  };
  struct RevisionPage {
    std::vector<Revision> revisions;
    std::int64_t total = 0;
  };
  RevisionPage revisions(int limit, int offset);
  std::optional<Revision> revision(std::int64_t publication);
  std::vector<store::DatasetRow> datasets(const std::string& kind);

  // Uploads that were read and wait for an answer; those of the day before go when another one is kept.
  Status keep_reading(store::Reading reading);
  std::optional<store::Reading> reading(const std::string& token);
  void forget_reading(const std::string& token);

  Holdings holdings();
  Doing doing(const Actor& actor) { return wiring_.doing(actor); }
  Wiring& wiring() { return wiring_; }
  void forget() { checked_ms_ = 0; }  // the next snapshot looks at the store again
  Status demonstrate(const std::string& sample_folder);

 private:
  const DataFolder& data();
  std::shared_ptr<const EvidenceSnapshot> load(std::shared_ptr<const register_::Areas> areas);

  Wiring& wiring_;
  std::function<std::shared_ptr<const register_::Areas>()> areas_;
  std::mutex mutex_;       // of what follows
  std::mutex load_mutex_;  // one thread loads, the others go on with what there is
  std::unique_ptr<const DataFolder> data_;
  std::shared_ptr<const EvidenceSnapshot> current_;
  std::atomic<std::int64_t> checked_ms_{0};
};

// What slice.cpp puts together.
void register_subcommands(Wiring& wiring, EvidenceService& service);
void register_pages(Wiring& wiring, EvidenceService& service);
void register_publication_pages(Wiring& wiring, EvidenceService& service);
void register_import_pages(Wiring& wiring, EvidenceService& service);

}  // namespace tithing::evidence
