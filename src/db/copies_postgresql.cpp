// Copies of a store on PostgreSQL, as a text:
//
//   tithing store on postgresql 1
//   change NUMBER SHA-256           of each row of schema_migration: the shape in which the tables were
//   table NAME COLUMN ..            then its rows as COPY writes them, and a line "\."
//   sequence TABLE COLUMN VALUE CALLED
//   end
//
// Tables come in an order in which no row is written before the one that it refers to.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "db/copies.h"
#include "db/session.h"
#include "db/sql_text.h"
#include "disk/durable_file.h"

namespace tithing::db {
namespace {

constexpr const char* kFirstLine = "tithing store on postgresql 1";
constexpr std::size_t kPiece = std::size_t{1} << 16;

constexpr Query kTables{"copies.tables",
                        "SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND "
                        "relkind = 'r' ORDER BY relname"};
constexpr Query kReferences{"copies.references",
                            "SELECT c.relname AS child, p.relname AS parent FROM pg_constraint k "
                            "JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid "
                            "WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND "
                            "c.relnamespace = current_schema()::regnamespace"};
constexpr Query kColumns{"copies.columns",
                         "SELECT a.attname AS name, CASE WHEN a.attidentity = '' THEN '' ELSE "
                         "pg_get_serial_sequence(quote_ident(c.relname), a.attname) END AS sequence "
                         "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
                         "WHERE c.relname = :table AND c.relnamespace = current_schema()::regnamespace "
                         "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"};
constexpr Query kChanges{"copies.changes", "SELECT number, sha256 FROM schema_migration ORDER BY number"};
constexpr Query kSetSequence{"copies.set_sequence",
                             "SELECT setval(CAST(pg_get_serial_sequence(:table, :column) AS regclass), "
                             "CAST(:value AS BIGINT), CAST(:called AS BIGINT) = 1)"};

// What follows "CREATE TABLE", "CREATE FUNCTION" and "RENAME TO" in the changes: what is the program's own.
struct OwnNames {
  std::set<std::string> tables = {"schema_migration"};
  std::set<std::string> functions;
};

OwnNames names_in(const std::vector<Migration>& migrations) {
  OwnNames names;
  for (const Migration& migration : migrations) {
    std::vector<std::string> words;
    for (const SqlToken& token : sql_tokens(migration.sql)) {
      if (token.kind == SqlToken::Kind::word) words.push_back(lowered(token.text));
    }
    for (std::size_t i = 0; i + 2 < words.size(); ++i) {
      const bool makes = words[i] == "create";
      if (makes && words[i + 1] == "table") {
        const bool maybe = words[i + 2] == "if" && i + 5 < words.size();  // IF NOT EXISTS
        names.tables.insert(words[i + (maybe ? 5 : 2)]);
      } else if (words[i] == "rename" && words[i + 1] == "to") {
        names.tables.insert(words[i + 2]);
      } else if (makes && words[i + 1] == "function") {
        names.functions.insert(words[i + 2]);
      }
    }
  }
  return names;
}

std::vector<std::string> own_tables(Connection& connection, const OwnNames& names) {
  std::vector<std::string> tables;
  connection.run(kTables, {}, [&](const Row& row) {
    if (names.tables.count(row.text("name")) > 0) tables.push_back(row.text("name"));
  });
  return tables;
}

// Parents before children.
std::vector<std::string> in_order_of_references(Connection& connection, std::vector<std::string> tables) {
  std::map<std::string, std::set<std::string>> waits_for;
  connection.run(kReferences, {}, [&](const Row& row) { waits_for[row.text("child")].insert(row.text("parent")); });
  std::vector<std::string> ordered;
  std::set<std::string> there;
  while (!tables.empty()) {
    const auto ready = std::find_if(tables.begin(), tables.end(), [&](const std::string& table) {
      const std::set<std::string>& parents = waits_for[table];
      return std::all_of(parents.begin(), parents.end(), [&](const std::string& parent) {
        return there.count(parent) > 0 || std::find(tables.begin(), tables.end(), parent) == tables.end();
      });
    });
    if (ready == tables.end()) throw Error(Fault::other, "copies.order: tables refer to each other in a circle");
    there.insert(*ready);
    ordered.push_back(*ready);
    tables.erase(ready);
  }
  return ordered;
}

Session& session_of(Connection& connection) { return dynamic_cast<Session&>(connection); }

bool is_plain(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

tl::unexpected<Problem> broken() {
  return invalid(tr("The store in it is not a sound copy of a Tithing store on PostgreSQL."));
}

// A copy, read line by line.
class CopyReader {
 public:
  explicit CopyReader(const std::string& path) : in_(path, std::ios::binary) {}

  // What comes before the tables: the changes that its tables had, each known to this program.
  Result<std::vector<Migration>> changes(const std::vector<Migration>& migrations) {
    std::string line;
    if (!std::getline(in_, line) || line != kFirstLine) return broken();
    std::vector<Migration> found;
    while (next_line() && line_.starts_with("change ")) {
      const std::vector<std::string> words = split(line_, ' ');
      if (words.size() != 3) return broken();
      const auto known = std::find_if(migrations.begin(), migrations.end(), [&](const Migration& migration) {
        return std::to_string(migration.number) == words[1] && sha256(migration.sql) == words[2];
      });
      if (known == migrations.end()) {
        return invalid(
            tr("The backup was made by a newer Tithing: its change {0} is not known to this program. Install "
               "the newer version.",
               {words[1]}));
      }
      found.push_back(*known);
    }
    return found;
  }

  struct Table {
    std::string name;
    std::vector<std::string> columns;
  };
  // The table that the present line begins.
  std::optional<Table> table() const {
    const std::vector<std::string> words = split(line_, ' ');
    if (words.size() < 3 || words[0] != "table" || !std::all_of(words.begin(), words.end(), is_plain))
      return std::nullopt;
    return Table{words[1], {words.begin() + 2, words.end()}};
  }
  // The next rows of the present table; false at its end, or at the file's.
  bool rows(std::string& piece) {
    piece.clear();
    if (ended_) return false;
    while (piece.size() < kPiece && std::getline(in_, line_)) {
      if (line_ == "\\.") {
        ended_ = true;
        break;
      }
      piece += line_;
      piece += '\n';
    }
    return !piece.empty();
  }
  bool table_ended() {
    for (std::string piece; !ended_ && rows(piece);) {
    }
    return std::exchange(ended_, false);
  }
  bool next_line() { return static_cast<bool>(std::getline(in_, line_)); }
  const std::string& line() const { return line_; }

 private:
  std::ifstream in_;
  std::string line_;
  bool ended_ = false;
};

std::string column_list(const std::vector<std::string>& columns) { return joined(columns, ", "); }

}  // namespace

Status copy_postgresql(Database& database, const std::vector<Migration>& migrations, const std::string& path,
                       FunctionRef<void(Connection&)> also) {
  const OwnNames names = names_in(migrations);
  return database.read([&](Connection& connection) -> Status {
    DurableFile out(path, 0600);
    out.write(std::string(kFirstLine) + "\n");
    connection.run(kChanges, {}, [&](const Row& row) {
      out.write("change " + std::to_string(row.integer("number")) + " " + row.text("sha256") + "\n");
    });
    std::string sequences;
    for (const std::string& table : in_order_of_references(connection, own_tables(connection, names))) {
      std::vector<std::string> columns;
      std::map<std::string, std::string> counted;  // identity column -> its sequence
      connection.run(kColumns, {{"table", table}}, [&](const Row& row) {
        columns.push_back(row.text("name"));
        if (const std::string sequence = row.maybe_text("sequence").value_or(""); !sequence.empty())
          counted[columns.back()] = sequence;
      });
      out.write("table " + table + " " + joined(columns, " ") + "\n");
      const std::string sql = "COPY " + table + " (" + column_list(columns) + ") TO STDOUT";
      session_of(connection).copy_out({"copies.copy_out", sql.c_str()}, [&](std::string_view line) {
        out.write(line);
      });
      out.write("\\.\n");
      for (const auto& [column, sequence] : counted) {
        const std::string state = "SELECT last_value, is_called FROM " + sequence;
        connection.run({"copies.sequence", state.c_str()}, {}, [&](const Row& row) {
          sequences += "sequence " + table + " " + column + " " + std::to_string(row.integer("last_value")) + " " +
                       std::to_string(row.integer("is_called")) + "\n";
        });
      }
    }
    out.write(sequences + "end\n");
    also(connection);
    return out.commit();
  });
}

Status check_postgresql_copy(const std::vector<Migration>& migrations, const std::string& path) {
  CopyReader copy(path);
  const auto changes = copy.changes(migrations);
  if (!changes) return pass_on(changes);
  const OwnNames names = names_in(*changes);
  bool known_shape = false;
  for (auto table = copy.table(); table; table = copy.table()) {
    if (names.tables.count(table->name) == 0 || !copy.table_ended() || !copy.next_line()) return broken();
    known_shape = known_shape || table->name == "schema_migration";
  }
  while (copy.line().starts_with("sequence ") && copy.next_line()) {
  }
  if (!known_shape || copy.line() != "end") return broken();
  return {};
}

Status replace_postgresql(Transaction& transaction, const std::vector<Migration>& migrations, const std::string& path) {
  const OwnNames names = names_in(migrations);
  CopyReader copy(path);
  auto changes = copy.changes(migrations);
  if (!changes) return pass_on(changes);
  const auto run = [&](const std::string& sql) { transaction.run(Query{"copies.replace", sql.c_str()}); };
  for (const std::string& table : own_tables(transaction, names)) run("DROP TABLE IF EXISTS " + table + " CASCADE");
  for (const std::string& function : names.functions) run("DROP FUNCTION IF EXISTS " + function + " CASCADE");
  if (const Status made = migrate_in(transaction, *changes); !made) return made;
  // What the changes themselves put into tables is among the rows that come.
  std::vector<std::string> fresh = in_order_of_references(transaction, own_tables(transaction, names));
  for (auto table = fresh.rbegin(); table != fresh.rend(); ++table) run("DELETE FROM " + *table);
  for (auto table = copy.table(); table; table = copy.table()) {
    const std::string sql = "COPY " + table->name + " (" + column_list(table->columns) + ") FROM STDIN";
    session_of(transaction).copy_lines_in({"copies.copy_in", sql.c_str()}, [&](std::string& piece) {
      return copy.rows(piece);
    });
    if (!copy.table_ended() || !copy.next_line()) return broken();
  }
  for (; copy.line().starts_with("sequence "); copy.next_line()) {
    const std::vector<std::string> words = split(copy.line(), ' ');
    if (words.size() != 5) return broken();
    transaction.run(kSetSequence, {{"table", words[1]},
                                   {"column", words[2]},
                                   {"value", std::int64_t{std::stoll(words[3])}},
                                   {"called", words[4] == "1" ? 1 : 0}});
  }
  if (copy.line() != "end") return broken();
  return migrate_in(transaction, migrations);
}

}  // namespace tithing::db
