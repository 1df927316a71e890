#include "db/migrations.h"

#include <algorithm>
#include <map>

#include "base/clock.h"
#include "base/hash.h"
#include "base/translation.h"
#include "db/session.h"
#include "db/sql_text.h"

namespace tithing::db {
namespace {

constexpr Query kCreate = {"migrations.create",
                           "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL PRIMARY KEY, "
                           "name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at TEXT NOT NULL)"};
constexpr Query kApplied = {"migrations.applied", "SELECT number, name, sha256 FROM schema_migration ORDER BY number"};
constexpr Query kIsApplied = {"migrations.is_applied", "SELECT count(*) FROM schema_migration WHERE number = :number"};
constexpr Query kRecord = {"migrations.record",
                           "INSERT INTO schema_migration (number, name, sha256, applied_at) "
                           "VALUES (:number, :name, :sha256, :applied_at)"};

Status check_applied(Connection& connection, const std::map<int, const Migration*>& known) {
  Status status;
  connection.run(kApplied, {}, [&](const Row& row) {
    if (!status) return;
    const auto number = row.integer(0);
    const std::string name = row.text(1);
    const auto found = known.find(static_cast<int>(number));
    if (found == known.end()) {
      status =
          invalid(tr("The store was made by a newer Tithing: its change {0} ({1}) is not known to this program. "
                     "Install the newer version, or restore a backup from before it.",
                     {std::to_string(number), name}));
    } else if (sha256(found->second->sql) != row.text(2)) {
      status =
          invalid(tr("The store's change {0} ({1}) is not the one this program holds under that number. The program "
                     "or the store was altered; install the version the store was made with.",
                     {std::to_string(number), name}));
    }
  });
  return status;
}

Status apply(Transaction& transaction, const Migration& migration) {
  // Another process may have been quicker.
  if (transaction.integer(kIsApplied, {{"number", migration.number}}) != 0) return {};
  for (const std::string& statement : migration_statements(migration.sql, transaction.engine())) {
    const std::string sql = in_words_of(transaction.engine(), statement);
    transaction.run(Query{migration.name, sql.c_str()});
  }
  transaction.run(kRecord, {{"number", migration.number},
                            {"name", migration.name},
                            {"sha256", sha256(migration.sql)},
                            {"applied_at", SystemClock().now().iso()}});
  return {};
}

// By number; invalid when two have one.
Status put_in_order(std::vector<Migration>& migrations, std::map<int, const Migration*>& known) {
  std::sort(migrations.begin(), migrations.end(),
            [](const Migration& a, const Migration& b) { return a.number < b.number; });
  for (const Migration& migration : migrations) {
    const auto [place, added] = known.emplace(migration.number, &migration);
    if (!added) {
      return invalid(tr("Two changes of the store have the number {0}: {1} and {2}.",
                        {std::to_string(migration.number), place->second->name, migration.name}));
    }
  }
  return {};
}

Status begin(Transaction& transaction, const std::map<int, const Migration*>& known) {
  transaction.run(Query{kCreate.name, in_words_of(transaction.engine(), kCreate.sql).c_str()});
  return check_applied(transaction, known);
}

}  // namespace

Status migrate_in(Transaction& transaction, std::vector<Migration> migrations) {
  std::map<int, const Migration*> known;
  if (Status fine = put_in_order(migrations, known); !fine) return fine;
  Status status = begin(transaction, known);
  for (const Migration& migration : migrations) {
    if (!status) break;
    status = apply(transaction, migration);
  }
  return status;
}

Status migrate(Database& database, std::vector<Migration> migrations) {
  std::map<int, const Migration*> known;
  if (Status fine = put_in_order(migrations, known); !fine) return fine;
  // Several processes may do this at once: write transactions take turns, and each looks again whether it is still
  // needed.
  Status status = database.write([&](Transaction& transaction) { return begin(transaction, known); });
  for (const Migration& migration : migrations) {
    if (!status) break;
    status = database.write([&](Transaction& transaction) { return apply(transaction, migration); });
  }
  return status;
}

}  // namespace tithing::db
