#include <string>

#include "slices/sources/sources.h"

namespace tithing::sources {

namespace {

constexpr db::Query kAdd{
    "sources.add",
    "INSERT INTO source_file (kind, name, sha256, bytes, archive_name, archive_sha256, imported_at, imported_by, publisher, licence, "
    "rows_accepted, rows_refused, notes) VALUES (:kind, :name, :sha256, :bytes, :archive_name, :archive_sha256, :imported_at, :imported_by, "
    ":publisher, :licence, :rows_accepted, :rows_refused, :notes) RETURNING id"};
constexpr db::Query kAddRefused{
    "sources.add_refused", "INSERT INTO refused_row (source_file, position, line, reason, text) VALUES (:source_file, :position, :line, :reason, :text)"};

#define TITHING_SOURCE_COLUMNS                                                                                                     \
  "id, kind, name, sha256, bytes, archive_name, archive_sha256, imported_at, imported_by, publisher, licence, rows_accepted, " \
  "rows_refused, notes"
constexpr db::Query kFind{"sources.find", "SELECT " TITHING_SOURCE_COLUMNS " FROM source_file WHERE id = :id"};
constexpr db::Query kFindBySha{"sources.find_by_sha256",
                               "SELECT " TITHING_SOURCE_COLUMNS " FROM source_file WHERE sha256 = :sha256 OR archive_sha256 = :sha256 ORDER BY id"};
constexpr db::Query kList{"sources.list", "SELECT " TITHING_SOURCE_COLUMNS
                                          " FROM source_file WHERE :kind = '' OR kind = :kind ORDER BY id DESC LIMIT :limit OFFSET :offset"};
#undef TITHING_SOURCE_COLUMNS
constexpr db::Query kCount{"sources.count", "SELECT COUNT(*) FROM source_file WHERE :kind = '' OR kind = :kind"};
constexpr db::Query kCountKinds{"sources.count_kinds",
                                "SELECT kind, COUNT(*), CAST(SUM(rows_accepted) AS BIGINT), CAST(SUM(rows_refused) AS BIGINT) FROM source_file GROUP BY kind ORDER BY kind"};
constexpr db::Query kRefused{"sources.refused", "SELECT line, reason, text FROM refused_row WHERE source_file = :id ORDER BY position"};

constexpr db::Query kAddChoice{
    "sources.add_choice",
    "INSERT INTO publication_choice (kind, about, source_file, verdict, known, made_at, made_by, reason) VALUES (:kind, :about, :source_file, "
    ":verdict, :known, :at, :by, :reason) RETURNING id"};
constexpr db::Query kChoices{
    "sources.choices",
    "SELECT id, kind, about, source_file, verdict, known, made_at, made_by, reason FROM publication_choice WHERE kind = :kind AND "
    "(:about = '' OR about = :about) AND known <= :known ORDER BY id"};

SourceFile read(const db::Row& row) {
  SourceFile file;
  file.id.value = row.integer(0);
  file.kind = row.text(1);
  file.name = row.text(2);
  file.sha256 = row.text(3);
  file.bytes = row.integer(4);
  file.archive_name = row.text(5);
  file.archive_sha256 = row.text(6);
  file.imported_at = row.text(7);
  file.imported_by = row.text(8);
  file.publisher = row.text(9);
  file.licence = row.text(10);
  file.rows_accepted = row.integer(11);
  file.rows_refused = row.integer(12);
  file.notes = row.text(13);
  return file;
}

}  // namespace

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
  std::int64_t position = 0;
  for (const RefusedRow& row : refused) {
    transaction.run(kAddRefused,
                    {{"source_file", id.value}, {"position", position++}, {"line", row.line}, {"reason", row.reason}, {"text", row.text}});
  }
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
  connection.run(kList, {{"kind", kind}, {"limit", limit}, {"offset", offset}}, [&](const db::Row& row) { files.push_back(read(row)); });
  return files;
}

std::int64_t count(db::Connection& connection, const std::string& kind) { return connection.integer(kCount, {{"kind", kind}}).value(); }

std::vector<KindCount> count_kinds(db::Connection& connection) {
  std::vector<KindCount> kinds;
  connection.run(kCountKinds, {}, [&](const db::Row& row) { kinds.push_back({row.text(0), row.integer(1), row.integer(2), row.integer(3)}); });
  return kinds;
}

void each_refused_row(db::Connection& connection, SourceFileId id, db::FunctionRef<void(const RefusedRow&)> each) {
  connection.run(kRefused, {{"id", id.value}}, [&](const db::Row& row) { each({row.integer(0), row.text(1), row.text(2)}); });
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

std::vector<Choice> choices(db::Connection& connection, const std::string& kind, const std::string& about, std::int64_t known) {
  std::vector<Choice> made;
  connection.run(kChoices, {{"kind", kind}, {"about", about}, {"known", known}}, [&](const db::Row& row) {
    Choice choice;
    choice.id = row.integer(0);
    choice.kind = row.text(1);
    choice.about = row.text(2);
    choice.source_file = row.maybe_integer(3).value_or(0);
    choice.verdict = verdict_from(row.text(4)).value_or(Verdict::counts);
    choice.known = row.integer(5);
    choice.at = row.text(6);
    choice.by = row.text(7);
    choice.reason = row.text(8);
    made.push_back(std::move(choice));
  });
  return made;
}

}  // namespace tithing::sources
