// The catalogue as text. Not compared, because the engines write them in words of their own: the conditions of CHECK
// and of partial indexes, triggers, and the names of constraints.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "db/migrations.h"

namespace tithing::db {
namespace {

struct Column {
  std::string name, type, fallback;  // fallback: the DEFAULT
  bool not_null = false, identity = false;
};
struct ForeignKey {
  std::vector<std::string> columns, others;
  std::string table, on_delete, on_update;
};
struct Index {
  std::string name;  // empty for the index of a UNIQUE constraint
  std::vector<std::string> columns;
  bool unique = false, partial = false;
};
struct Table {
  std::vector<Column> columns;
  std::vector<std::string> key;
  std::map<std::string, ForeignKey> foreign_keys;  // by the engine's own name, not shown
  std::map<std::string, Index> indexes;
};
using Tables = std::map<std::string, Table>;

std::string uppered(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// 'open'::text -> 'open', '-1'::integer -> -1, (0)::bigint -> 0
std::string plain_default(std::string text, const std::string& type) {
  if (const std::size_t cast = text.rfind("::");
      cast != std::string::npos && text.find('\'', cast) == std::string::npos) {
    text = text.substr(0, cast);
  }
  while (text.size() >= 2 && text.front() == '(' && text.back() == ')') text = text.substr(1, text.size() - 2);
  const bool number = type == "BIGINT" || type == "INTEGER" || type == "DOUBLE PRECISION";
  if (number && text.size() >= 2 && text.front() == '\'') text = text.substr(1, text.size() - 2);
  return text;
}

std::string plain_type(const std::string& type) {
  const std::string upper = uppered(type);
  return upper == "BYTEA" ? "BLOB" : upper;
}

constexpr Query kSqliteColumns = {
    "catalogue.sqlite_columns",
    "SELECT t.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, t.sql LIKE '%AUTOINCREMENT%' "
    "FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
    "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY t.name, c.cid"};
constexpr Query kSqliteKey = {
    "catalogue.sqlite_key",
    "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c "
    "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~' AND c.pk > 0 ORDER BY t.name, c.pk"};
constexpr Query kSqliteForeignKeys = {
    "catalogue.sqlite_foreign_keys",
    "SELECT t.name, CAST(f.id AS TEXT), f.\"from\", f.\"table\", f.\"to\", f.on_delete, f.on_update "
    "FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' ORDER BY t.name, f.id, f.seq"};
constexpr Query kSqliteIndexes = {
    "catalogue.sqlite_indexes",
    "SELECT t.name, i.name, i.\"unique\", i.origin, i.partial, x.name, x.\"desc\" "
    "FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_xinfo(i.name) x "
    "WHERE t.type = 'table' AND i.origin <> 'pk' AND x.key = 1 ORDER BY t.name, i.name, x.seqno"};
constexpr Query kSqliteViews = {"catalogue.sqlite_views",
                                "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"};

void read_sqlite(Connection& connection, Tables& tables) {
  connection.run(kSqliteColumns, {}, [&](const Row& row) {
    Column column{row.text(1), plain_type(row.text(2)), row.maybe_text(4).value_or(""), row.integer(3) != 0, false};
    if (row.integer(5) > 0 && column.type == "INTEGER" && row.integer(6) != 0) {
      column.type = "BIGINT";  // the rewritten identity column
      column.identity = column.not_null = true;
    }
    tables[row.text(0)].columns.push_back(column);
  });
  connection.run(kSqliteKey, {}, [&](const Row& row) { tables[row.text(0)].key.push_back(row.text(1)); });
  connection.run(kSqliteForeignKeys, {}, [&](const Row& row) {
    ForeignKey& key = tables[row.text(0)].foreign_keys[row.text(1)];
    key.columns.push_back(row.text(2));
    key.table = row.text(3);
    if (const auto other = row.maybe_text(4)) key.others.push_back(*other);  // NULL: the other table's key
    key.on_delete = row.text(5);
    key.on_update = row.text(6);
  });
  connection.run(kSqliteIndexes, {}, [&](const Row& row) {
    Index& index = tables[row.text(0)].indexes[row.text(1)];
    if (row.text(3) == "c") index.name = row.text(1);
    index.unique = row.integer(2) != 0;
    index.partial = row.integer(4) != 0;
    index.columns.push_back(row.maybe_text(5).value_or("(expression)") + (row.integer(6) != 0 ? " DESC" : ""));
  });
}

constexpr Query kPostgresqlColumns = {
    "catalogue.postgresql_columns",
    "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
    "pg_get_expr(d.adbin, d.adrelid), a.attidentity <> '' FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
    "LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped "
    "ORDER BY c.relname, a.attnum"};
constexpr Query kPostgresqlKey = {
    "catalogue.postgresql_key",
    "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
    "CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place) "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number "
    "WHERE c.relnamespace = current_schema()::regnamespace AND i.indisprimary ORDER BY c.relname, k.place"};
constexpr Query kPostgresqlForeignKeys = {
    "catalogue.postgresql_foreign_keys",
    "SELECT c.relname, f.conname, a.attname, o.relname, b.attname, f.confdeltype, f.confupdtype "
    "FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class o ON o.oid = f.confrelid "
    "CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY k(own, other, place) "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.own "
    "JOIN pg_attribute b ON b.attrelid = o.oid AND b.attnum = k.other "
    "WHERE f.contype = 'f' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname, f.conname, k.place"};
constexpr Query kPostgresqlIndexes = {
    "catalogue.postgresql_indexes",
    "SELECT c.relname, x.relname, i.indisunique, u.conname IS NULL, i.indpred IS NOT NULL, a.attname, "
    "i.indoption[k.place - 1] & 1 "
    "FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid "
    "LEFT JOIN pg_constraint u ON u.conindid = x.oid AND u.contype = 'u' "
    "CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place) "
    "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > 0 "
    "WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisprimary AND k.place <= i.indnkeyatts "
    "ORDER BY c.relname, x.relname, k.place"};
constexpr Query kPostgresqlViews = {"catalogue.postgresql_views",
                                    "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = "
                                    "current_schema()::regnamespace ORDER BY relname"};

std::string action_of(const std::string& letter) {
  if (letter == "c") return "CASCADE";
  if (letter == "r") return "RESTRICT";
  if (letter == "n") return "SET NULL";
  if (letter == "d") return "SET DEFAULT";
  return "NO ACTION";
}

void read_postgresql(Connection& connection, Tables& tables) {
  connection.run(kPostgresqlColumns, {}, [&](const Row& row) {
    const bool identity = row.integer(5) != 0;
    tables[row.text(0)].columns.push_back(
        {row.text(1), plain_type(row.text(2)), row.maybe_text(4).value_or(""), row.integer(3) != 0, identity});
  });
  connection.run(kPostgresqlKey, {}, [&](const Row& row) { tables[row.text(0)].key.push_back(row.text(1)); });
  connection.run(kPostgresqlForeignKeys, {}, [&](const Row& row) {
    ForeignKey& key = tables[row.text(0)].foreign_keys[row.text(1)];
    key.columns.push_back(row.text(2));
    key.table = row.text(3);
    key.others.push_back(row.text(4));
    key.on_delete = action_of(row.text(5));
    key.on_update = action_of(row.text(6));
  });
  connection.run(kPostgresqlIndexes, {}, [&](const Row& row) {
    Index& index = tables[row.text(0)].indexes[row.text(1)];
    if (row.integer(3) != 0) index.name = row.text(1);
    index.unique = row.integer(2) != 0;
    index.partial = row.integer(4) != 0;
    index.columns.push_back(row.maybe_text(5).value_or("(expression)") + (row.integer(6) != 0 ? " DESC" : ""));
  });
}

std::string written(const Tables& tables, const std::string& name) {
  const Table& table = tables.at(name);
  std::string out = "table " + name + "\n";
  for (const Column& column : table.columns) {
    out += "  column " + column.name + " " + column.type + (column.not_null ? " NOT NULL" : "") +
           (column.identity ? " IDENTITY" : "");
    if (!column.fallback.empty()) out += " DEFAULT " + plain_default(column.fallback, column.type);
    out += "\n";
  }
  if (!table.key.empty()) out += "  primary key (" + joined(table.key, ", ") + ")\n";
  std::vector<std::string> lines;
  for (const auto& [unused, key] : table.foreign_keys) {
    std::vector<std::string> others = key.others;
    if (others.empty() && tables.contains(key.table)) others = tables.at(key.table).key;
    lines.push_back("  foreign key (" + joined(key.columns, ", ") + ") references " + key.table + " (" +
                    joined(others, ", ") + ") on delete " + key.on_delete + " on update " + key.on_update + "\n");
  }
  for (const auto& [unused, index] : table.indexes) {
    lines.push_back(std::string("  ") + (index.unique ? "unique " : "") +
                    (index.name.empty() ? "" : "index " + index.name + " ") + "(" + joined(index.columns, ", ") + ")" +
                    (index.partial ? " partial" : "") + "\n");
  }
  std::sort(lines.begin(), lines.end());
  for (const std::string& line : lines) out += line;
  return out;
}

}  // namespace

std::string catalogue(Database& database) {
  Tables tables;
  std::string views;
  const bool sqlite = database.engine() == Engine::sqlite;
  database.read([&](Connection& connection) {
    sqlite ? read_sqlite(connection, tables) : read_postgresql(connection, tables);
    connection.run(sqlite ? kSqliteViews : kPostgresqlViews, {},
                   [&](const Row& row) { views += "view " + row.text(0) + "\n"; });
  });
  std::string out;
  for (const auto& [name, unused] : tables) out += written(tables, name);
  return out + views;
}

}  // namespace tithing::db
