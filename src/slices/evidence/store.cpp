#include "slices/evidence/store.h"

#include <algorithm>

#include "base/text.h"
#include "db/columns.h"
#include "db/insert_each.h"

namespace tithing::evidence::store {

namespace {

constexpr db::Query kVersion{"evidence.version", "SELECT version FROM evidence_state WHERE id = 1"};
constexpr db::Query kSetVersion{"evidence.set_version", "UPDATE evidence_state SET version = :version WHERE id = 1"};
constexpr db::Query kAddImport{
    "evidence.add_import",
    "INSERT INTO evidence_import (imported_at, imported_by, sentence) VALUES (:at, :by, :sentence) RETURNING id"};
constexpr db::Query kAddImportFile{
    "evidence.add_import_file",
    "INSERT INTO evidence_import_file (import_id, position, name, archive, outcome, sentence, source_file, "
    "rows_accepted, rows_refused) VALUES "
    "(:import_id, :position, :name, :archive, :outcome, :sentence, :source_file, :rows_accepted, :rows_refused)"};
constexpr db::Query kFindImport{"evidence.find_import",
                                "SELECT id, imported_at, imported_by, sentence FROM evidence_import WHERE id = :id"};
constexpr db::Query kListImports{
    "evidence.list_imports",
    "SELECT id, imported_at, imported_by, sentence FROM evidence_import ORDER BY id DESC LIMIT :limit OFFSET :offset"};
constexpr db::Query kCountImports{"evidence.count_imports", "SELECT COUNT(*) FROM evidence_import"};
constexpr db::Query kImportFiles{
    "evidence.import_files",
    "SELECT name, archive, outcome, sentence, source_file, rows_accepted, rows_refused FROM evidence_import_file "
    "WHERE import_id = :import_id ORDER BY position LIMIT :limit OFFSET :offset"};
constexpr db::Query kCountImportFiles{"evidence.count_import_files",
                                      "SELECT COUNT(*) FROM evidence_import_file WHERE import_id = :import_id"};
constexpr db::Query kAddPublication{
    "evidence.add_publication",
    "INSERT INTO evidence_publication (force_slug, force_name, month, version, state, is_extract, named, source_file, "
    "import_id, segment, problem, "
    "accepted, refused, without_lsoa, without_coordinates, without_crime_id, repeated_crime_id, repeated_row, "
    "outside_uk, other_reporter, replaces, types, swapped) "
    "VALUES (:force_slug, :force_name, :month, :version, :state, :is_extract, :named, :source_file, :import_id, "
    ":segment, :problem, :accepted, "
    ":refused, :without_lsoa, :without_coordinates, :without_crime_id, :repeated_crime_id, :repeated_row, :outside_uk, "
    ":other_reporter, :replaces, :types, :swapped) "
    "RETURNING id"};
constexpr db::Query kSetState{"evidence.set_state", "UPDATE evidence_publication SET state = :state WHERE id = :id"};
constexpr db::Query kSetSegment{"evidence.set_segment",
                                "UPDATE evidence_publication SET segment = :segment WHERE id = :id"};
constexpr db::Query kAddDifference{"evidence.add_difference",
                                   "INSERT INTO evidence_difference (publication, type_slug, type_name, added, "
                                   "removed, other_outcome, otherwise_changed) VALUES (:publication, "
                                   ":type_slug, :type_name, :added, :removed, :other_outcome, :otherwise_changed)"};
#define TITHING_PUBLICATION                                                                                            \
  "SELECT p.id, p.force_slug, p.force_name, p.month, p.version, p.state, p.is_extract, p.named, p.source_file, "       \
  "p.import_id, p.segment, "                                                                                           \
  "p.problem, p.accepted, p.refused, p.without_lsoa, p.without_coordinates, p.without_crime_id, p.repeated_crime_id, " \
  "p.repeated_row, "                                                                                                   \
  "p.outside_uk, p.other_reporter, p.replaces, s.sha256, s.name, s.archive_name, s.archive_sha256, s.imported_at, "    \
  "p.types, p.swapped "                                                                                                \
  "FROM evidence_publication p JOIN source_file s ON s.id = p.source_file "
constexpr db::Query kPublications{"evidence.publications",
                                  TITHING_PUBLICATION "ORDER BY p.force_slug, p.month, p.version"};
constexpr db::Query kPublicationsOf{"evidence.publications_of", TITHING_PUBLICATION
                                    "WHERE p.source_file = :source_file ORDER BY p.force_slug, p.month"};
constexpr db::Query kFindPublication{"evidence.find_publication", TITHING_PUBLICATION "WHERE p.id = :id"};
constexpr db::Query kRevisions{"evidence.revisions", TITHING_PUBLICATION
                               "WHERE p.replaces IS NOT NULL ORDER BY p.id DESC LIMIT :limit OFFSET :offset"};
#undef TITHING_PUBLICATION
constexpr db::Query kCountRevisions{"evidence.count_revisions",
                                    "SELECT COUNT(*) FROM evidence_publication WHERE replaces IS NOT NULL"};
constexpr db::Query kDifferences{"evidence.differences",
                                 "SELECT type_slug, type_name, added, removed, other_outcome, otherwise_changed FROM "
                                 "evidence_difference WHERE publication = :publication ORDER BY type_slug"};
constexpr db::Query kKnown{"evidence.known_checksums",
                           "SELECT sha256, archive_sha256 FROM source_file WHERE kind = :kind"};
constexpr db::Query kAddDataset{"evidence.add_dataset",
                                "INSERT INTO evidence_dataset (kind, label, state, source_file, import_id, remarks) "
                                "VALUES (:kind, :label, :state, :source_file, :import_id, :remarks) RETURNING id"};
constexpr db::Query kSetDatasetState{"evidence.set_dataset_state",
                                     "UPDATE evidence_dataset SET state = :state WHERE id = :id"};
constexpr db::Query kDatasets{
    "evidence.datasets",
    "SELECT d.id, d.kind, d.label, d.source_file, d.remarks, d.state, s.name, s.sha256, s.imported_at, s.rows_accepted "
    "FROM evidence_dataset d JOIN source_file s ON s.id = d.source_file WHERE d.kind = :kind ORDER BY d.id"};
constexpr db::Query kOfficialNumbers{"evidence.official_numbers",
                                     "SELECT area_code, area_name, level, force_name, offence, number FROM "
                                     "evidence_official_value WHERE dataset = :dataset ORDER BY position"};
constexpr db::Query kAddReading{"evidence.add_reading",
                                "INSERT INTO evidence_reading (token, kind, name, path, read_at, read_by, sentence) "
                                "VALUES (:token, :kind, :name, :path, :at, :by, :sentence)"};
constexpr db::Query kFindReading{
    "evidence.find_reading",
    "SELECT token, kind, name, path, read_at, read_by, sentence FROM evidence_reading WHERE token = :token"};
constexpr db::Query kReadingChanges{"evidence.reading_changes",
                                    "SELECT kind, about_key, about, counts_now, counts_then, rows_now, rows_then, "
                                    "outcome, asks, offered FROM evidence_reading_change "
                                    "WHERE token = :token ORDER BY position"};
constexpr db::Query kRemoveReadingChanges{"evidence.remove_reading_changes",
                                          "DELETE FROM evidence_reading_change WHERE token IN (SELECT token FROM "
                                          "evidence_reading WHERE token = :token OR read_at < :older)"};
constexpr db::Query kRemoveReadings{"evidence.remove_readings",
                                    "DELETE FROM evidence_reading WHERE token = :token OR read_at < :older"};
constexpr db::Query kOfficial{
    "evidence.official_value",
    "SELECT level, force_name, area_name, offence_name, number FROM evidence_official_value WHERE dataset = :dataset "
    "AND "
    "area_code = :area_code AND offence = :offence AND level <> 'unassigned' ORDER BY position LIMIT 1"};
constexpr db::Query kOffences{"evidence.official_offences",
                              "SELECT DISTINCT offence, offence_name, offence_position FROM evidence_official_value "
                              "WHERE dataset = :dataset ORDER BY offence_position"};

std::string_view text_of(PublicationState state) {
  switch (state) {
    case PublicationState::counts:
      return "counts";
    case PublicationState::superseded:
      return "superseded";
    case PublicationState::set_aside:
      return "set-aside";
    case PublicationState::malformed:
      return "malformed";
  }
  return "";
}

PublicationState state_of(const std::string& text) {
  if (text == "superseded") return PublicationState::superseded;
  if (text == "set-aside") return PublicationState::set_aside;
  if (text == "malformed") return PublicationState::malformed;
  return PublicationState::counts;
}

std::optional<std::int64_t> or_null(std::int64_t id) { return id == 0 ? std::nullopt : std::optional(id); }

PublicationRow read_publication(const db::Columns::Named& row) {
  PublicationRow p;
  p.publication.id = row.integer("id");
  p.publication.force_slug = row.text("force_slug");
  p.force_name = row.text("force_name");
  p.publication.month = Month::from_index(static_cast<std::int32_t>(row.integer("month")));
  p.publication.version = row.integer("version");
  p.publication.state = state_of(row.text("state"));
  p.publication.is_extract = row.flag("is_extract");
  p.named = row.flag("named");
  p.source_file = row.integer("source_file");
  p.import_id = row.integer("import_id");
  p.segment = row.text("segment");
  p.problem = row.text("problem");
  p.accepted = row.integer("accepted");
  p.refused = row.integer("refused");
  p.without_lsoa = row.integer("without_lsoa");
  p.without_coordinates = row.integer("without_coordinates");
  p.without_crime_id = row.integer("without_crime_id");
  p.repeated_crime_id = row.integer("repeated_crime_id");
  p.repeated_row = row.integer("repeated_row");
  p.outside_uk = row.integer("outside_uk");
  p.other_reporter = row.integer("other_reporter");
  p.replaces = row.maybe_integer("replaces").value_or(0);
  p.publication.sha256 = row.text("sha256");
  p.file_name = row.text("name");
  p.archive_name = row.text("archive_name");
  p.archive_sha256 = row.text("archive_sha256");
  p.imported_at = row.text("imported_at");
  p.types = row.text("types");
  p.swapped = row.integer("swapped");
  return p;
}

ImportRow read_import(const db::Row& row) {
  return {row.integer("id"), row.text("imported_at"), row.text("imported_by"), row.text("sentence")};
}

}  // namespace

std::string version(db::Connection& connection) { return connection.text(kVersion).value_or(""); }

void set_version(db::Transaction& transaction, const std::string& version) {
  transaction.run(kSetVersion, {{"version", version}});
}

std::int64_t add_import(db::Transaction& transaction, const std::string& at, const std::string& by,
                        const std::string& sentence) {
  return transaction.integer(kAddImport, {{"at", at}, {"by", by}, {"sentence", sentence}}).value();
}

void add_import_file(db::Transaction& transaction, std::int64_t import_id, std::int64_t position,
                     const ImportFileRow& row) {
  transaction.run(kAddImportFile, {{"import_id", import_id},
                                   {"position", position},
                                   {"name", row.name},
                                   {"archive", row.archive},
                                   {"outcome", row.outcome},
                                   {"sentence", row.sentence},
                                   {"source_file", or_null(row.source_file)},
                                   {"rows_accepted", row.accepted},
                                   {"rows_refused", row.refused}});
}

std::optional<ImportRow> find_import(db::Connection& connection, std::int64_t id) {
  std::optional<ImportRow> found;
  connection.run(kFindImport, {{"id", id}}, [&](const db::Row& row) { found = read_import(row); });
  return found;
}

std::vector<ImportRow> list_imports(db::Connection& connection, int limit, int offset) {
  std::vector<ImportRow> imports;
  connection.run(kListImports, {{"limit", limit}, {"offset", offset}},
                 [&](const db::Row& row) { imports.push_back(read_import(row)); });
  return imports;
}

std::int64_t count_imports(db::Connection& connection) { return connection.integer(kCountImports).value(); }

std::vector<ImportFileRow> import_files(db::Connection& connection, std::int64_t import_id, int limit, int offset) {
  std::vector<ImportFileRow> files;
  connection.run(kImportFiles, {{"import_id", import_id}, {"limit", limit}, {"offset", offset}},
                 [&](const db::Row& row) {
                   files.push_back({row.text("name"), row.text("archive"), row.text("outcome"), row.text("sentence"),
                                    row.maybe_integer("source_file").value_or(0), row.integer("rows_accepted"),
                                    row.integer("rows_refused")});
                 });
  return files;
}

std::int64_t count_import_files(db::Connection& connection, std::int64_t import_id) {
  return connection.integer(kCountImportFiles, {{"import_id", import_id}}).value();
}

std::int64_t add_publication(db::Transaction& transaction, const PublicationRow& row) {
  return transaction
      .integer(kAddPublication, {{"force_slug", row.publication.force_slug},
                                 {"force_name", row.force_name},
                                 {"month", std::int64_t{row.publication.month.index()}},
                                 {"version", row.publication.version},
                                 {"state", text_of(row.publication.state)},
                                 {"is_extract", row.publication.is_extract ? 1 : 0},
                                 {"named", row.named ? 1 : 0},
                                 {"source_file", row.source_file},
                                 {"import_id", row.import_id},
                                 {"segment", row.segment},
                                 {"problem", row.problem},
                                 {"accepted", row.accepted},
                                 {"refused", row.refused},
                                 {"without_lsoa", row.without_lsoa},
                                 {"without_coordinates", row.without_coordinates},
                                 {"without_crime_id", row.without_crime_id},
                                 {"repeated_crime_id", row.repeated_crime_id},
                                 {"repeated_row", row.repeated_row},
                                 {"outside_uk", row.outside_uk},
                                 {"other_reporter", row.other_reporter},
                                 {"replaces", or_null(row.replaces)},
                                 {"types", row.types},
                                 {"swapped", row.swapped}})
      .value();
}

void set_state(db::Transaction& transaction, std::int64_t publication, PublicationState state) {
  transaction.run(kSetState, {{"id", publication}, {"state", text_of(state)}});
}

void set_segment(db::Transaction& transaction, std::int64_t publication, const std::string& segment) {
  transaction.run(kSetSegment, {{"id", publication}, {"segment", segment}});
}

void add_difference(db::Transaction& transaction, std::int64_t publication, const TypeDifference& difference) {
  transaction.run(kAddDifference, {{"publication", publication},
                                   {"type_slug", difference.slug},
                                   {"type_name", difference.name},
                                   {"added", difference.added},
                                   {"removed", difference.removed},
                                   {"other_outcome", difference.other_outcome},
                                   {"otherwise_changed", difference.otherwise_changed}});
}

std::vector<PublicationRow> publications(db::Connection& connection) {
  std::vector<PublicationRow> rows;
  db::Columns columns;
  connection.run(kPublications, {}, [&](const db::Row& row) { rows.push_back(read_publication(columns.in(row))); });
  return rows;
}

std::vector<PublicationRow> publications_of(db::Connection& connection, std::int64_t source_file) {
  std::vector<PublicationRow> rows;
  db::Columns columns;
  connection.run(kPublicationsOf, {{"source_file", source_file}},
                 [&](const db::Row& row) { rows.push_back(read_publication(columns.in(row))); });
  return rows;
}

std::optional<PublicationRow> find_publication(db::Connection& connection, std::int64_t id) {
  std::optional<PublicationRow> found;
  db::Columns columns;
  connection.run(kFindPublication, {{"id", id}},
                 [&](const db::Row& row) { found = read_publication(columns.in(row)); });
  return found;
}

std::vector<PublicationRow> revisions(db::Connection& connection, int limit, int offset) {
  std::vector<PublicationRow> rows;
  db::Columns columns;
  connection.run(kRevisions, {{"limit", limit}, {"offset", offset}},
                 [&](const db::Row& row) { rows.push_back(read_publication(columns.in(row))); });
  return rows;
}

std::int64_t count_revisions(db::Connection& connection) { return connection.integer(kCountRevisions).value(); }

std::vector<TypeDifference> differences(db::Connection& connection, std::int64_t publication) {
  std::vector<TypeDifference> rows;
  connection.run(kDifferences, {{"publication", publication}}, [&](const db::Row& row) {
    rows.push_back({row.text("type_slug"), row.text("type_name"), row.integer("added"), row.integer("removed"),
                    row.integer("other_outcome"), row.integer("otherwise_changed")});
  });
  return rows;
}

std::set<std::string> known_checksums(db::Connection& connection, const std::string& kind) {
  std::set<std::string> known;
  connection.run(kKnown, {{"kind", kind}}, [&](const db::Row& row) {
    known.insert(row.text("sha256"));
    if (!row.text("archive_sha256").empty()) known.insert(row.text("archive_sha256"));
  });
  return known;
}

std::int64_t add_dataset(db::Transaction& transaction, const DatasetRow& row, std::int64_t import_id) {
  return transaction
      .integer(kAddDataset, {{"kind", row.kind},
                             {"label", row.label},
                             {"state", row.counts ? "counts" : "superseded"},
                             {"source_file", row.source_file},
                             {"import_id", import_id},
                             {"remarks", row.remarks}})
      .value();
}

void set_dataset_counts(db::Transaction& transaction, std::int64_t dataset, bool counts) {
  transaction.run(kSetDatasetState, {{"id", dataset}, {"state", counts ? "counts" : "superseded"}});
}

std::vector<DatasetRow> all_datasets(db::Connection& connection, const std::string& kind) {
  std::vector<DatasetRow> rows;
  connection.run(kDatasets, {{"kind", kind}}, [&](const db::Row& row) {
    rows.push_back({row.integer("id"), row.text("kind"), row.text("label"), row.integer("source_file"),
                    row.text("remarks"), row.text("state") == "counts", row.text("name"), row.text("sha256"),
                    row.text("imported_at"), row.integer("rows_accepted")});
  });
  return rows;
}

std::vector<DatasetRow> datasets(db::Connection& connection, const std::string& kind) {
  std::vector<DatasetRow> rows = all_datasets(connection, kind);
  std::erase_if(rows, [](const DatasetRow& row) { return !row.counts; });
  std::reverse(rows.begin(), rows.end());
  return rows;
}

std::map<std::pair<std::string, std::string>, std::optional<std::int64_t>> official_numbers(db::Connection& connection,
                                                                                            std::int64_t dataset) {
  std::map<std::pair<std::string, std::string>, std::optional<std::int64_t>> numbers;
  db::Columns columns;
  connection.run(kOfficialNumbers, {{"dataset", dataset}}, [&](const db::Row& each) {
    const auto row = columns.in(each);
    const std::string area =
        official_key(row.text("area_code"), row.text("area_name"), row.text("level"), row.text("force_name"));
    numbers.emplace(std::pair(area, row.text("offence")), row.maybe_integer("number"));
  });
  return numbers;
}

void add_reading(db::Transaction& transaction, const Reading& reading) {
  transaction.run(kAddReading, {{"token", reading.token},
                                {"kind", reading.kind},
                                {"name", reading.name},
                                {"path", reading.path},
                                {"at", reading.at},
                                {"by", reading.by},
                                {"sentence", reading.sentence}});
  db::insert_each(transaction, "evidence.add_reading_changes", "evidence_reading_change",
                  {"token", "position", "kind", "about_key", "about", "counts_now", "counts_then", "rows_now",
                   "rows_then", "outcome", "asks", "offered"},
                  reading.changes, [&](const sources::Change& change, std::int64_t position) -> std::vector<db::Value> {
                    return {reading.token,    position,       change.kind, change.key,
                            change.about,     change.now,     change.then, change.rows_now,
                            change.rows_then, change.outcome, change.asks, change.offered ? 1 : 0};
                  });
}

std::optional<Reading> find_reading(db::Connection& connection, const std::string& token) {
  std::optional<Reading> found;
  connection.run(kFindReading, {{"token", token}}, [&](const db::Row& row) {
    found = Reading{row.text("token"),   row.text("kind"),    row.text("name"),     row.text("path"),
                    row.text("read_at"), row.text("read_by"), row.text("sentence"), {}};
  });
  if (!found) return found;
  connection.run(kReadingChanges, {{"token", token}}, [&](const db::Row& row) {
    sources::Change change;
    change.kind = row.text("kind");
    change.key = row.text("about_key");
    change.about = row.text("about");
    change.now = row.text("counts_now");
    change.then = row.text("counts_then");
    change.rows_now = row.maybe_integer("rows_now");
    change.rows_then = row.maybe_integer("rows_then");
    change.outcome = row.text("outcome");
    change.asks = row.text("asks");
    change.offered = row.flag("offered");
    found->changes.push_back(std::move(change));
  });
  return found;
}

void remove_readings(db::Transaction& transaction, const std::string& token, const std::string& older_than) {
  transaction.run(kRemoveReadingChanges, {{"token", token}, {"older", older_than}});
  transaction.run(kRemoveReadings, {{"token", token}, {"older", older_than}});
}

void add_official_values(db::Transaction& transaction, std::int64_t dataset, const TableC2& table) {
  // A row of the store for each row of the table and each offence; rows of one line of the table share a position,
  // from 1.
  std::size_t next = 0;
  transaction.insert_many("evidence.add_official_values", "evidence_official_value",
                          {"dataset", "position", "level", "force_code", "force_name", "area_code", "area_name",
                           "offence", "offence_name", "offence_position", "number"},
                          [&](std::vector<db::Value>& values) {
                            if (next == table.rows.size() * table.offences.size()) return false;
                            const std::size_t line = next / table.offences.size(),
                                              offence = next % table.offences.size();
                            const TableC2::Row& row = table.rows[line];
                            values = {dataset,
                                      static_cast<std::int64_t>(line + 1),
                                      name_of(row.level),
                                      row.force_code,
                                      row.force_name,
                                      row.area_code,
                                      row.area_name,
                                      table.offences[offence].slug,
                                      table.offences[offence].name,
                                      static_cast<std::int64_t>(offence),
                                      row.numbers[offence]};
                            ++next;
                            return true;
                          });
}

std::optional<OfficialValue> official_value(db::Connection& connection, std::int64_t dataset,
                                            const std::string& area_code, const std::string& offence) {
  std::optional<OfficialValue> found;
  connection.run(kOfficial, {{"dataset", dataset}, {"area_code", area_code}, {"offence", offence}},
                 [&](const db::Row& row) {
                   found = OfficialValue{row.text("level"), row.text("force_name"), row.text("area_name"),
                                         row.text("offence_name"), row.maybe_integer("number")};
                 });
  return found;
}

std::vector<std::pair<std::string, std::string>> official_offences(db::Connection& connection, std::int64_t dataset) {
  std::vector<std::pair<std::string, std::string>> offences;
  connection.run(kOffences, {{"dataset", dataset}},
                 [&](const db::Row& row) { offences.emplace_back(row.text("offence"), row.text("offence_name")); });
  return offences;
}

}  // namespace tithing::evidence::store
