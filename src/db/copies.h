// The whole store as one file, and back: at one moment, while it is being used, on both engines.
//
// SQLite: the file is a SQLite database (backup API). PostgreSQL: a text of the program's own tables, each as COPY
// gives it, taken in one snapshot; nothing of the server's own tools is needed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "db/migrations.h"

namespace tithing::db {

// `also` reads the very state that was copied. The file must not be there yet; it is for its owner only from its first
// byte, and whole when this returns. unavailable when there is no room.
Status copy_store(Database& database, const Configuration& where, const std::vector<Migration>& migrations,
                  const std::string& path, FunctionRef<void(Connection&)> also);

// Why the file is no sound copy for this engine and this program; nothing when it is one. Reads all of it.
Status check_copy(Engine engine, const std::vector<Migration>& migrations, const std::string& path);

// Brings a copy to the present shape and does `last` with it. SQLite only: the file is changed, and is one file again
// when this returns.
Status make_ready(const std::string& path, const std::vector<Migration>& migrations,
                  FunctionRef<Status(Database&)> last);

// SQLite: replaces the store at `where` by a copy that was made ready, in one transaction, while it is used; who reads
// meanwhile still sees the old one. conflict when what is there is damaged and cannot be written over by a transaction:
// the file itself has to be replaced, and nobody may use it meanwhile.
Status replace_sqlite(const Configuration& where, const std::string& path);

// PostgreSQL: in the given transaction the program's tables are dropped, made anew as the copy had them, filled, and
// brought to the present shape. Tables that no change of this program names are left alone.
Status replace_postgresql(Transaction& transaction, const std::vector<Migration>& migrations, const std::string& path);

// Where a store's audit ends, as far as it can be read.
struct AuditEnd {
  std::int64_t number = 0;
  std::string hash;
  std::string at;  // of the newest entry; empty when there is none
};
std::optional<AuditEnd> audit_end(Connection& connection);
// The hash of one entry; empty when there is none.
std::string audit_hash_at(Connection& connection, std::int64_t number);

}  // namespace tithing::db
