#include "slices/comparison/store.h"

#include <map>

#include "db/insert_each.h"

namespace tithing::comparison::store {
namespace {

#define TITHING_AREA_LIST                                                                                \
  "SELECT id, kind, name, version, publisher, note, source_file, sha256, imported_by, imported_at FROM " \
  "comparison_list "
const db::Query kLists{"comparison.lists", TITHING_AREA_LIST "ORDER BY id DESC"};
const db::Query kRows{"comparison.rows",
                      "SELECT area, other, value FROM comparison_row WHERE list = :list ORDER BY position"};
const db::Query kRowsOfArea{
    "comparison.rows_of_area",
    "SELECT area, other, value FROM comparison_row WHERE list = :list AND area = :area ORDER BY position"};
const db::Query kInsertList{"comparison.insert_list",
                            "INSERT INTO comparison_list (kind, name, version, publisher, note, source_file, sha256, "
                            "imported_at, imported_by) VALUES "
                            "(:kind, :name, :version, :publisher, :note, :source, :sha256, :at, :by) RETURNING id"};

AreaList list_of(const db::Row& row) {
  const auto kind = kind_from(row.text("kind"));
  if (!kind)
    throw db::Error(db::Fault::type, "comparison_list " + std::to_string(row.integer("id")) +
                                         " is of a kind that this program does not know");
  return {row.integer("id"),          *kind,
          row.text("name"),           row.text("version"),
          row.text("publisher"),      row.text("note"),
          row.integer("source_file"), row.text("sha256"),
          row.text("imported_by"),    {row.integer("imported_at")}};
}

}  // namespace

std::vector<AreaList> lists(db::Connection& connection) {
  std::vector<AreaList> out;
  connection.run(kLists, {}, [&](const db::Row& row) { out.push_back(list_of(row)); });
  std::map<std::string, std::vector<AreaList*>> by_key;
  for (AreaList& list : out) by_key[key_of(list)].push_back(&list);
  for (const auto& [key, same] : by_key) {
    const std::vector<sources::Choice> choices = sources::choices(connection, kListPublications, key);
    if (same.size() < 2 && choices.empty()) continue;
    const std::vector<sources::Standing> standings =
        sources::standings_of(editions(connection, same.front()->name, same.front()->version).editions, choices);
    for (std::size_t i = 0; i < same.size(); ++i) {
      AreaList& list = *same[same.size() - 1 - i];  // the lists come newest first
      list.counts = standings[i].state == sources::Standing::State::counts;
      list.why = standings[i].why;
    }
  }
  return out;
}

Editions editions(db::Connection& connection, const std::string& name, const std::string& version) {
  Editions found;
  std::vector<AreaList> all;
  connection.run(kLists, {}, [&](const db::Row& row) { all.push_back(list_of(row)); });
  for (auto list = all.rbegin(); list != all.rend(); ++list) {
    if (list->name != name || list->version != version) continue;
    const auto file = sources::find(connection, sources::SourceFileId{list->source_file});
    found.editions.push_back({list->source_file, file ? file->name : key_of(*list), list->sha256,
                              list->imported_at.iso(), holding_of(rows(connection, list->id, {}))});
    found.lists.push_back(list->id);
  }
  return found;
}

std::optional<AreaList> list(db::Connection& connection, std::int64_t id) {
  for (AreaList& one : lists(connection))
    if (one.id == id) return std::move(one);
  return std::nullopt;
}

std::vector<ListRow> rows(db::Connection& connection, std::int64_t list, const std::string& area) {
  std::vector<ListRow> out;
  const auto take = [&](const db::Row& row) {
    out.push_back(
        {row.text("area"), row.text("other"), row.is_null("value") ? std::nullopt : std::optional(row.real("value"))});
  };
  if (area.empty())
    connection.run(kRows, {{"list", list}}, take);
  else
    connection.run(kRowsOfArea, {{"list", list}, {"area", area}}, take);
  return out;
}

std::int64_t insert_list(db::Transaction& transaction, const AreaList& list, const std::vector<ListRow>& rows) {
  const auto id = transaction.integer(kInsertList, {{"kind", code_of(list.kind)},
                                                    {"name", list.name},
                                                    {"version", list.version},
                                                    {"publisher", list.publisher},
                                                    {"note", list.note},
                                                    {"source", list.source_file},
                                                    {"sha256", list.sha256},
                                                    {"at", list.imported_at.milliseconds},
                                                    {"by", list.imported_by}});
  if (!id) return 0;
  db::insert_each(transaction, "comparison.insert_rows", "comparison_row",
                  {"list", "position", "area", "other", "value"}, rows,
                  [&](const ListRow& row, std::int64_t position) -> std::vector<db::Value> {
                    return {*id, position, row.area, row.other, row.value};
                  });
  return *id;
}

}  // namespace tithing::comparison::store
