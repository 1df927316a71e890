#include "slices/evidence/service.h"

#include <time.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "base/log.h"
#include "base/refusal.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/commands_derived.h"
#include "slices/evidence/commands_doubts.h"
#include "slices/evidence/difference.h"
#include "slices/evidence/points_files.h"
#include "slices/evidence/reference_tables.h"
#include "slices/sources/sources.h"

namespace tithing::evidence {

namespace {

constexpr std::int64_t kLookAgainMs = 250;

std::int64_t monotonic_ms() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000 + 1;
}

}  // namespace

EvidenceService::EvidenceService(Wiring& wiring, std::function<std::shared_ptr<const register_::Areas>()> areas)
    : wiring_(wiring), areas_(std::move(areas)) {}

const DataFolder& EvidenceService::data() {
  const std::lock_guard lock(mutex_);
  if (!data_) data_ = std::make_unique<const DataFolder>(wiring_.data_folder);
  return *data_;
}

Holdings EvidenceService::holdings() { return {*wiring_.database, *wiring_.clock, data(), areas_}; }

std::shared_ptr<const EvidenceSnapshot> EvidenceService::evidence() {
  std::shared_ptr<const register_::Areas> areas = areas_();
  std::shared_ptr<const EvidenceSnapshot> current;
  {
    const std::lock_guard lock(mutex_);
    current = current_;
  }
  const std::int64_t now = monotonic_ms();
  const bool same_areas = current && current->areas().version() == areas->version();
  if (same_areas && now - checked_ms_ < kLookAgainMs) return current;
  const std::lock_guard loading(load_mutex_);
  {
    const std::lock_guard lock(mutex_);
    current = current_;
  }
  if (current && current->areas().version() == areas->version()) {
    const std::string version =
        wiring_.database->read([&](db::Connection& connection) { return store::version(connection); });
    if (version == current->version()) {
      checked_ms_ = now;
      return current;
    }
  }
  current = load(std::move(areas));
  const std::lock_guard lock(mutex_);
  current_ = current;
  checked_ms_ = now;
  return current;
}

std::shared_ptr<const EvidenceSnapshot> EvidenceService::load(std::shared_ptr<const register_::Areas> areas) {
  SnapshotInput input;
  input.areas = std::move(areas);
  struct Table {
    std::int64_t source_file;
    std::string checksum;
    std::string name;
  };
  struct Kept {
    std::string version;
    std::vector<store::PublicationRow> publications;
    std::vector<Table> populations;  // newest import first
  };
  auto [version, publications, populations] = wiring_.database->read([&](db::Connection& connection) {
    Kept kept{store::version(connection), store::publications(connection), {}};
    for (const store::DatasetRow& row : store::datasets(connection, "population")) {
      if (const auto file = sources::find(connection, sources::SourceFileId{row.source_file}))
        kept.populations.push_back({row.source_file, file->sha256, file->name});
    }
    return kept;
  });
  input.version = std::move(version);
  const Result<std::shared_ptr<const Cube>> cube = cube_of(data(), publications);
  if (!cube) throw Refusal(cube.error());
  input.cube = *cube;
  std::vector<Population> tables;
  for (auto table = populations.rbegin(); table != populations.rend(); ++table) {
    Result<Population> population = population_of(data(), table->checksum, table->name);
    if (!population) throw Refusal(population.error());
    tables.push_back(std::move(*population));
    input.population_sources.push_back(table->source_file);
  }
  if (!tables.empty()) input.population = std::make_shared<const Population>(combined(tables));
  for (const store::PublicationRow& row : publications) {
    input.publications.push_back(facts_of(row));
    if (row.publication.state != PublicationState::counts) continue;
    CountedFile file;
    file.month = row.publication.month;
    file.source_file = row.source_file;
    file.named = row.named;
    file.name = row.file_name;
    file.sha256 = row.publication.sha256;
    file.archive_name = row.archive_name;
    file.archive_sha256 = row.archive_sha256;
    file.imported_at = row.imported_at;
    file.segment = row.segment;
    input.files.push_back(std::move(file));
    input.file_forces.push_back(row.publication.force_slug);
  }
  // Positions from before they were kept, or damaged, are made again the first time they are asked for.
  input.points = [kept = &data()](const CountedFile& file, const std::string& force_slug,
                                  std::span<const Lsoa> lsoas) -> Result<ForceMonthPoints> {
    const std::string name = points_name(file.sha256, force_slug, file.month, file.segment);
    if (Result<ForceMonthPoints> there = read_points(*kept, name, lsoas)) return there;
    const Result<ForceMonthPoints> made =
        points_from_original(*kept, file.sha256, file.archive_sha256, file.name, force_slug, file.month, file.segment);
    if (!made) return made;
    const std::string bytes = to_points(*made);
    if (const Status written = write_points(*kept, nullptr, name, bytes); !written)
      log::warning("positions not kept", {{"why", written.error().message}});
    return from_points(bytes, lsoas);
  };
  return std::make_shared<const EvidenceSnapshot>(std::move(input));
}

std::optional<figures::Source> EvidenceService::source(std::int64_t source_file) {
  const std::optional<sources::SourceFile> file = wiring_.database->read(
      [&](db::Connection& connection) { return sources::find(connection, sources::SourceFileId{source_file}); });
  if (!file) return std::nullopt;
  figures::Source source;
  source.name = file->name;
  source.archive = file->archive_name;
  source.sha256 = file->sha256;
  source.imported_at = file->imported_at;
  source.publisher = file->publisher;
  source.licence = file->licence;
  source.url = sources::page_of(source_file);
  return source;
}

Result<OfficialAnswer> EvidenceService::official(const std::string& area, const std::string& offence) {
  return wiring_.database->read([&](db::Connection& connection) -> Result<OfficialAnswer> {
    std::vector<store::DatasetRow> tables = store::datasets(connection, "table-c2");
    if (tables.empty())
      return not_found(
          tr("No official table has been imported. Import ONS Table C2 with \"tithing import table-c2\"."));
    // The latest edition, in whatever order they were given.
    std::stable_sort(tables.begin(), tables.end(), [](const store::DatasetRow& a, const store::DatasetRow& b) {
      return last_month_of(a.label).value_or(Month::from_ym(1900, 1)) >
             last_month_of(b.label).value_or(Month::from_ym(1900, 1));
    });
    const store::DatasetRow& table = tables.front();
    const std::optional<store::OfficialValue> value = store::official_value(connection, table.id, area, offence);
    if (!value) {
      std::vector<std::string> slugs;
      bool known = false;
      for (const auto& [slug, name] : store::official_offences(connection, table.id)) {
        slugs.push_back(slug);
        known = known || slug == offence;
      }
      if (known) return not_found(tr("Table C2 ({0}) has no row for the area {1}.", {table.label, area}));
      return invalid(tr("Table C2 has no column {0}. It has: {1}.", {offence, joined(slugs, ", ")}),
                     {{"offence", tr("There is no column {0}.", {offence})}});
    }
    OfficialAnswer found;
    found.period = table.label;
    found.area_name = value->area_name;
    found.offence_name = value->offence_name;
    found.level = value->level;
    found.number = value->number;
    found.source_file = table.source_file;
    for (const std::string& remark : split(table.remarks, '\n')) {
      if (remark.find(value->force_name) != std::string::npos) found.remarks.push_back(remark);
    }
    return found;
  });
}

Status EvidenceService::rows(const EvidenceSnapshot& snapshot, const CountedFile& file,
                             const std::function<bool(Lsoa, const std::string&)>& wanted,
                             const figures::RowSink& sink) {
  class Writer : public StreetVisitor {
   public:
    Writer(const RowsOf& rows, const std::string& name, const std::function<bool(Lsoa, const std::string&)>& wanted,
           const figures::RowSink& sink)
        : rows_(rows), name_(name), wanted_(wanted), sink_(sink) {}
    void row(const StreetRow& row) override {
      if (!rows_.holds(row)) return;
      const std::string_view code = value_of(row.fields[kLsoaCode]);
      if (!wanted_(code.empty() ? kNoLsoa : lsoa_number(code), crime_type_slug(row.fields[kCrimeType]))) return;
      std::vector<std::string> out = {name_, std::to_string(row.number)};
      for (const std::string_view field : row.fields) out.emplace_back(field);
      sink_(out);
    }
    void refused(std::int64_t, std::string, std::string) override {}

   private:
    const RowsOf& rows_;
    const std::string& name_;
    const std::function<bool(Lsoa, const std::string&)>& wanted_;
    const figures::RowSink& sink_;
  };
  const Result<std::unique_ptr<ByteStream>> stream = open_original(data(), file.sha256, file.archive_sha256, file.name);
  if (!stream) return pass_on(stream);
  const RowsOf rows{file.month, snapshot.forces()[static_cast<std::size_t>(file.force)].slug, file.named};
  Writer writer(rows, file.name, wanted, sink);
  HashingStream hashing(**stream);
  const Result<StreetHeading> read = scan_street(hashing, file.name, writer);
  if (!read) return pass_on(read);
  if (const Status drained = hashing.drain(); !drained) return drained;
  if (hashing.finish() != file.sha256)
    return unavailable(
        tr("The kept original of {0} is not what was imported: its checksum differs. Restore it from a backup.",
           {file.name}));
  return {};
}

EvidenceService::SourcePage EvidenceService::source_files(const std::string& kind, int limit, int offset) {
  return wiring_.database->read([&](db::Connection& connection) {
    SourcePage page;
    page.files = sources::list(connection, kind, limit, offset);
    page.total = sources::count(connection, kind);
    return page;
  });
}

std::vector<sources::KindCount> EvidenceService::source_kinds() {
  return wiring_.database->read([&](db::Connection& connection) { return sources::count_kinds(connection); });
}

std::optional<sources::SourceFile> EvidenceService::source_file(std::int64_t id) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return sources::find(connection, sources::SourceFileId{id}); });
}

std::vector<store::PublicationRow> EvidenceService::publications_of(std::int64_t source_file) {
  return wiring_.database->read(
      [&](db::Connection& connection) { return store::publications_of(connection, source_file); });
}

std::vector<sources::RefusedRow> EvidenceService::refused_rows(std::int64_t source_file) {
  return wiring_.database->read([&](db::Connection& connection) {
    std::vector<sources::RefusedRow> rows;
    sources::each_refused_row(connection, sources::SourceFileId{source_file},
                              [&](const sources::RefusedRow& row) { rows.push_back(row); });
    return rows;
  });
}

EvidenceService::ImportPage EvidenceService::imports(int limit, int offset) {
  return wiring_.database->read([&](db::Connection& connection) {
    ImportPage page;
    page.imports = store::list_imports(connection, limit, offset);
    page.total = store::count_imports(connection);
    return page;
  });
}

std::optional<EvidenceService::ImportFiles> EvidenceService::import_files(std::int64_t id, int limit, int offset) {
  return wiring_.database->read([&](db::Connection& connection) -> std::optional<ImportFiles> {
    const std::optional<store::ImportRow> import = store::find_import(connection, id);
    if (!import) return std::nullopt;
    return ImportFiles{*import, store::import_files(connection, id, limit, offset),
                       store::count_import_files(connection, id)};
  });
}

namespace {

std::optional<EvidenceService::Revision> revision_of(db::Connection& connection, const store::PublicationRow& later) {
  if (later.replaces == 0) return std::nullopt;
  const std::optional<store::PublicationRow> former = store::find_publication(connection, later.replaces);
  if (!former) return std::nullopt;
  return EvidenceService::Revision{later, *former, store::differences(connection, later.publication.id)};
}

}  // namespace

EvidenceService::RevisionPage EvidenceService::revisions(int limit, int offset) {
  return wiring_.database->read([&](db::Connection& connection) {
    RevisionPage page;
    for (const store::PublicationRow& later : store::revisions(connection, limit, offset)) {
      if (std::optional<Revision> revision = revision_of(connection, later))
        page.revisions.push_back(std::move(*revision));
    }
    page.total = store::count_revisions(connection);
    return page;
  });
}

std::optional<EvidenceService::Revision> EvidenceService::revision(std::int64_t publication) {
  return wiring_.database->read([&](db::Connection& connection) -> std::optional<Revision> {
    const std::optional<store::PublicationRow> later = store::find_publication(connection, publication);
    return later ? revision_of(connection, *later) : std::nullopt;
  });
}

std::vector<store::DatasetRow> EvidenceService::datasets(const std::string& kind) {
  return wiring_.database->read([&](db::Connection& connection) { return store::datasets(connection, kind); });
}

Status EvidenceService::keep_reading(store::Reading reading) {
  const Instant now = wiring_.clock->now();
  reading.at = now.iso();
  return wiring_.database->write([&](db::Transaction& transaction) -> Status {
    store::remove_readings(transaction, "", Instant{now.milliseconds - 86'400'000}.iso());
    store::add_reading(transaction, reading);
    return {};
  });
}

std::optional<store::Reading> EvidenceService::reading(const std::string& token) {
  return wiring_.database->read([&](db::Connection& connection) { return store::find_reading(connection, token); });
}

void EvidenceService::forget_reading(const std::string& token) {
  const Status done = wiring_.database->write([&](db::Transaction& transaction) -> Status {
    store::remove_readings(transaction, token, "");
    return {};
  });
  if (!done) log::warning("a reading was not forgotten", {{"why", done.error().message}});
}

Status EvidenceService::demonstrate(const std::string& sample_folder) {
  const Actor actor = Actor::system(wiring_.permissions);
  std::error_code error;
  // data/sample holds police/, population/ and official-tables/ (see its README).
  const auto csv_files = [&](const std::string& folder) {
    std::vector<std::string> files;
    for (std::filesystem::directory_iterator it(sample_folder + "/" + folder, error), end; !error && it != end;
         it.increment(error)) {
      const std::string name = it->path().filename().string();
      if (name.ends_with(".csv") || name.ends_with(".csv.gz")) files.push_back(it->path().string());
    }
    return files;
  };
  if (std::filesystem::is_directory(sample_folder + "/police", error)) {
    const Result<ImportReport> report = import_police(doing(actor), holdings(), {sample_folder + "/police"}, nullptr);
    if (!report) return pass_on(report);
    log::info("sample", {{"police", report->sentence}});
  }
  for (const std::string& file : csv_files("population")) {
    const Result<ImportReport> report = import_population(doing(actor), holdings(), file);
    if (!report) return pass_on(report);
  }
  for (const std::string& file : csv_files("official-tables")) {
    const Result<ImportReport> report = import_table_c2(doing(actor), holdings(), file);
    if (!report) return pass_on(report);
  }
  forget();
  return {};
}

}  // namespace tithing::evidence
