#include <string>

#include "db/insert_each.h"
#include "slices/sources/sources.h"

namespace tithing::sources {

namespace {

constexpr db::Query kAdd{"sources.add",
                         "INSERT INTO source_file (kind, name, sha256, bytes, archive_name, archive_sha256, "
                         "imported_at, imported_by, publisher, licence, "
                         "rows_accepted, rows_refused, notes) VALUES (:kind, :name, :sha256, :bytes, :archive_name, "
                         ":archive_sha256, :imported_at, :imported_by, "
                         ":publisher, :licence, :rows_accepted, :rows_refused, :notes) RETURNING id"};

#define TITHING_SOURCE_COLUMNS                                                                                  \
  "id, kind, name, sha256, bytes, archive_name, archive_sha256, imported_at, imported_by, publisher, licence, " \
  "rows_accepted, "                                                                                             \
  "rows_refused, notes"
constexpr db::Query kFind{"sources.find", "SELECT " TITHING_SOURCE_COLUMNS " FROM source_file WHERE id = :id"};
constexpr db::Query kFindBySha{"sources.find_by_sha256",
                               "SELECT " TITHING_SOURCE_COLUMNS
                               " FROM source_file WHERE sha256 = :sha256 OR archive_sha256 = :sha256 ORDER BY id"};
constexpr db::Query kList{
    "sources.list", "SELECT " TITHING_SOURCE_COLUMNS
                    " FROM source_file WHERE :kind = '' OR kind = :kind ORDER BY id DESC LIMIT :limit OFFSET :offset"};
#undef TITHING_SOURCE_COLUMNS
constexpr db::Query kCount{"sources.count", "SELECT COUNT(*) FROM source_file WHERE :kind = '' OR kind = :kind"};
constexpr db::Query kCountKinds{"sources.count_kinds",
                                "SELECT kind, COUNT(*) AS files, CAST(SUM(rows_accepted) AS BIGINT) AS accepted, "
                                "CAST(SUM(rows_refused) AS BIGINT) AS refused "
                                "FROM source_file GROUP BY kind ORDER BY kind"};
// The kept file of a member of an archive is the archive.
constexpr db::Query kOriginals{
    "sources.originals",
    "SELECT CASE WHEN archive_sha256 = '' THEN sha256 ELSE archive_sha256 END AS original, "
    "MIN(CASE WHEN archive_sha256 = '' THEN name ELSE archive_name END) AS name FROM source_file "
    "GROUP BY CASE WHEN archive_sha256 = '' THEN sha256 ELSE archive_sha256 END ORDER BY original"};
constexpr db::Query kRefused{"sources.refused",
                             "SELECT line, reason, text FROM refused_row WHERE source_file = :id ORDER BY position"};

constexpr db::Query kAddChoice{"sources.add_choice",
                               "INSERT INTO publication_choice (kind, about, source_file, verdict, known, made_at, "
                               "made_by, reason) VALUES (:kind, :about, :source_file, "
                               ":verdict, :known, :at, :by, :reason) RETURNING id"};
constexpr db::Query kChoices{"sources.choices",
                             "SELECT id, kind, about, source_file, verdict, known, made_at, made_by, reason FROM "
                             "publication_choice WHERE kind = :kind AND "
                             "(:about = '' OR about = :about) AND known <= :known ORDER BY id"};

SourceFile read(const db::Row& row) {
  SourceFile file;
  file.id.value = row.integer("id");
  file.kind = row.text("kind");
  file.name = row.text("name");
  file.sha256 = row.text("sha256");
  file.bytes = row.integer("bytes");
  file.archive_name = row.text("archive_name");
  file.archive_sha256 = row.text("archive_sha256");
  file.imported_at = row.text("imported_at");
  file.imported_by = row.text("imported_by");
  file.publisher = row.text("publisher");
  file.licence = row.text("licence");
  file.rows_accepted = row.integer("rows_accepted");
  file.rows_refused = row.integer("rows_refused");
  file.notes = row.text("notes");
  return file;
}

}  // namespace

std::string page_of(std::int64_t source_file) { return "/evidence/sources/" + std::to_string(source_file); }

SourceFileId add(db::Transaction& transaction, const SourceFile& file, const std::vector<RefusedRow>& refused) {
  SourceFileId id;
  id.value = transaction
                 .integer(kAdd, {{"kind", file.kind},
                                 {"name", file.name},
                                 {"sha256", file.sha256},
                                 {"bytes", file.bytes},
                                 {"archive_name", file.archive_name},
                                 {"archive_sha256", file.archive_sha256},
                                 {"imported_at", file.imported_at},
                                 {"imported_by", file.imported_by},
                                 {"publisher", file.publisher},
                                 {"licence", file.licence},
                                 {"rows_accepted", file.rows_accepted},
                                 {"rows_refused", file.rows_refused},
                                 {"notes", file.notes}})
                 .value();
  db::insert_each(transaction, "sources.add_refused", "refused_row",
                  {"source_file", "position", "line", "reason", "text"}, refused,
                  [&](const RefusedRow& row, std::int64_t position) -> std::vector<db::Value> {
                    return {id.value, position, row.line, row.reason, row.text};
                  });
  return id;
}

std::optional<SourceFile> find(db::Connection& connection, SourceFileId id) {
  std::optional<SourceFile> file;
  connection.run(kFind, {{"id", id.value}}, [&](const db::Row& row) { file = read(row); });
  return file;
}

std::vector<SourceFile> find_by_sha256(db::Connection& connection, const std::string& sha256) {
  std::vector<SourceFile> files;
  connection.run(kFindBySha, {{"sha256", sha256}}, [&](const db::Row& row) { files.push_back(read(row)); });
  return files;
}

std::vector<SourceFile> list(db::Connection& connection, const std::string& kind, int limit, int offset) {
  std::vector<SourceFile> files;
  connection.run(kList, {{"kind", kind}, {"limit", limit}, {"offset", offset}},
                 [&](const db::Row& row) { files.push_back(read(row)); });
  return files;
}

std::int64_t count(db::Connection& connection, const std::string& kind) {
  return connection.integer(kCount, {{"kind", kind}}).value();
}

std::vector<KindCount> count_kinds(db::Connection& connection) {
  std::vector<KindCount> kinds;
  connection.run(kCountKinds, {}, [&](const db::Row& row) {
    kinds.push_back({row.text("kind"), row.integer("files"), row.integer("accepted"), row.integer("refused")});
  });
  return kinds;
}

std::vector<Original> originals(db::Connection& connection) {
  std::vector<Original> found;
  connection.run(kOriginals, {}, [&](const db::Row& row) {
    found.push_back({row.text("original"), row.text("name")});
  });
  return found;
}

void each_refused_row(db::Connection& connection, SourceFileId id, db::FunctionRef<void(const RefusedRow&)> each) {
  connection.run(kRefused, {{"id", id.value}}, [&](const db::Row& row) {
    each({row.integer("line"), row.text("reason"), row.text("text")});
  });
}

std::int64_t add_choice(db::Transaction& transaction, const Choice& choice) {
  return transaction
      .integer(kAddChoice, {{"kind", choice.kind},
                            {"about", choice.about},
                            {"source_file", choice.source_file == 0 ? std::nullopt : std::optional(choice.source_file)},
                            {"verdict", code_of(choice.verdict)},
                            {"known", choice.known},
                            {"at", choice.at},
                            {"by", choice.by},
                            {"reason", choice.reason}})
      .value();
}

std::vector<Choice> choices(db::Connection& connection, const std::string& kind, const std::string& about,
                            std::int64_t known) {
  std::vector<Choice> made;
  connection.run(kChoices, {{"kind", kind}, {"about", about}, {"known", known}}, [&](const db::Row& row) {
    Choice choice;
    choice.id = row.integer("id");
    choice.kind = row.text("kind");
    choice.about = row.text("about");
    choice.source_file = row.maybe_integer("source_file").value_or(0);
    choice.verdict = verdict_from(row.text("verdict")).value_or(Verdict::counts);
    choice.known = row.integer("known");
    choice.at = row.text("made_at");
    choice.by = row.text("made_by");
    choice.reason = row.text("reason");
    made.push_back(std::move(choice));
  });
  return made;
}

}  // namespace tithing::sources
