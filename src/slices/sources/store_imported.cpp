#include "slices/sources/store_imported.h"

#include <algorithm>
#include <set>

#include "db/insert_each.h"

namespace tithing::sources::store {

namespace {

std::string names_of(const ImportedKind& kind) {
  std::string names;
  for (const ListColumn& column : kind.columns) names += (names.empty() ? "" : ", ") + std::string(column.name);
  return names;
}

}  // namespace

std::vector<ImportedList> imported(db::Connection& connection, const ImportedKind& kind) {
  const std::string sql = std::string("SELECT id, ") + (kind.sorts.empty() ? "'' AS kind" : "kind") +
                          ", name, version, publisher, note, source_file, sha256, imported_by, imported_at FROM " +
                          kind.list_table + " ORDER BY id DESC";
  std::vector<ImportedList> lists;
  connection.run({"sources.imported", sql.c_str()}, {}, [&](const db::Row& row) {
    lists.push_back({row.integer("id"),
                     row.text("kind"),
                     row.text("name"),
                     row.text("version"),
                     row.text("publisher"),
                     row.text("note"),
                     row.integer("source_file"),
                     row.text("sha256"),
                     row.text("imported_by"),
                     {row.integer("imported_at")}});
  });
  return lists;
}

Editions editions_of(db::Connection& connection, const ImportedKind& kind, const std::string& key) {
  Editions found;
  found.lists = imported(connection, kind);
  std::erase_if(found.lists, [&](const ImportedList& list) { return list.key() != key; });
  std::reverse(found.lists.begin(), found.lists.end());
  found.choices = choices(connection, kind.code, key);
  for (const ImportedList& list : found.lists) {
    const auto file = find(connection, SourceFileId{list.source_file});
    found.editions.push_back({list.source_file, file ? file->name : key, list.sha256, list.imported_at.iso(),
                              holding_of(kind, rows_of(connection, kind, list.id, {}))});
  }
  return found;
}

std::vector<ImportedList> imported_and_counting(db::Connection& connection, const ImportedKind& kind) {
  std::vector<ImportedList> lists = imported(connection, kind);
  std::set<std::string> seen, several;  // a version of one file about which nobody chose counts
  for (const ImportedList& list : lists)
    if (!seen.insert(list.key()).second) several.insert(list.key());
  for (const Choice& choice : choices(connection, kind.code, {})) several.insert(choice.about);
  for (const std::string& key : several) {
    const Editions there = editions_of(connection, kind, key);
    const std::vector<Standing> standings = standings_of(there.editions, there.choices);
    for (ImportedList& list : lists)
      for (std::size_t i = 0; i < there.lists.size(); ++i) {
        if (there.lists[i].id != list.id) continue;
        list.counts = standings[i].state == Standing::State::counts;
        list.why = standings[i].why;
      }
  }
  return lists;
}

std::vector<ListRow> rows_of(db::Connection& connection, const ImportedKind& kind, std::int64_t list,
                             const std::string& first) {
  const std::string sql = "SELECT " + names_of(kind) + " FROM " + kind.row_table + " WHERE list = :list" +
                          (first.empty() ? "" : " AND " + std::string(kind.columns.front().name) + " = :first") +
                          " ORDER BY position";
  db::Parameters parameters = {{"list", list}};
  if (!first.empty()) parameters.push_back({"first", first});
  std::vector<ListRow> rows;
  connection.run({"sources.imported_rows", sql.c_str()}, parameters, [&](const db::Row& row) {
    ListRow values;
    for (const ListColumn& column : kind.columns) {
      if (row.is_null(column.name))
        values.emplace_back();
      else
        values.push_back(column.number ? db::Value(row.real(column.name)) : db::Value(row.text(column.name)));
    }
    rows.push_back(std::move(values));
  });
  return rows;
}

std::int64_t insert(db::Transaction& transaction, const ImportedKind& kind, const ImportedList& list,
                    const std::vector<ListRow>& rows) {
  const std::string sql = "INSERT INTO " + kind.list_table + " (" + (kind.sorts.empty() ? "" : "kind, ") +
                          "name, version, publisher, note, source_file, sha256, imported_at, imported_by) VALUES (" +
                          (kind.sorts.empty() ? "" : ":kind, ") +
                          ":name, :version, :publisher, :note, :source, :sha256, :at, :by) RETURNING id";
  db::Parameters parameters = {{"name", list.name},
                               {"version", list.version},
                               {"publisher", list.publisher},
                               {"note", list.note},
                               {"source", list.source_file},
                               {"sha256", list.sha256},
                               {"at", list.imported_at.milliseconds},
                               {"by", list.imported_by}};
  if (!kind.sorts.empty()) parameters.push_back({"kind", list.sort});
  const std::int64_t id = transaction.integer({"sources.insert_imported", sql.c_str()}, parameters).value();
  std::vector<const char*> columns = {"list", "position"};
  for (const ListColumn& column : kind.columns) columns.push_back(column.name);
  db::insert_each(transaction, "sources.insert_imported_rows", kind.row_table.c_str(), columns, rows,
                  [&](const ListRow& row, std::int64_t position) {
                    std::vector<db::Value> values = {id, position};
                    values.insert(values.end(), row.begin(), row.end());
                    return values;
                  });
  return id;
}

}  // namespace tithing::sources::store
