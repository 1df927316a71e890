// Copies of a store on SQLite.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>

#include "base/translation.h"
#include "db/copies.h"
#include "db/session.h"

namespace tithing::db {

// copies_postgresql.cpp
Status copy_postgresql(Database& database, const std::vector<Migration>& migrations, const std::string& path,
                       FunctionRef<void(Connection&)> also);
Status check_postgresql_copy(const std::vector<Migration>& migrations, const std::string& path);

namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr const char* kNoCopy = "The store in it is not a sound copy of a Tithing store.";

constexpr Query kHead{"copies.audit_head", "SELECT number, hash FROM audit_head WHERE id = 1"};
constexpr Query kAt{"copies.audit_at", "SELECT at, hash FROM audit_entry WHERE number = :number"};

// A database by the library itself, closed with the value.
class Raw {
 public:
  Raw(const std::string& path, int flags) {
    code_ = sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code_ == SQLITE_OK) sqlite3_busy_timeout(handle_, kBusyMilliseconds);
  }
  ~Raw() { sqlite3_close(handle_); }
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;
  int code() const { return code_; }
  sqlite3* handle() const { return handle_; }
  // The first column of the first row; empty when there is none or the statement fails.
  std::string first(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    std::string text;
    if (sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
      if (const unsigned char* value = sqlite3_column_text(statement, 0)) text = reinterpret_cast<const char*>(value);
    sqlite3_finalize(statement);
    return text;
  }

 private:
  sqlite3* handle_ = nullptr;
  int code_ = SQLITE_OK;
};

// All pages in one step: one snapshot of the source, one transaction of the target.
int copy_pages(sqlite3* source, sqlite3* target) {
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", source, "main");
  if (backup == nullptr) return sqlite3_errcode(target);
  const int code = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  return code == SQLITE_DONE ? finished : code;
}

tl::unexpected<Problem> cannot_copy(const std::string& why) {
  return unavailable(tr("The store could not be copied ({0}). Check that there is enough space and try again.", {why}));
}

// Without a write-ahead log of its own, and on the disk.
Status make_one_file(const std::string& path) {
  {
    const Raw copy(path, SQLITE_OPEN_READWRITE);
    if (copy.code() != SQLITE_OK || copy.first("PRAGMA journal_mode = DELETE") != "delete")
      return cannot_copy("it could not be made one file");
  }
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool written = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!written) return cannot_copy("it could not be written to the disk");
  return {};
}

Status check_sqlite_copy(const std::string& path) {
  const Raw copy(path, SQLITE_OPEN_READONLY);
  if (copy.code() != SQLITE_OK || copy.first("PRAGMA quick_check(1)") != "ok" ||
      copy.first("SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'") != "1")
    return invalid(kNoCopy);
  return {};
}

}  // namespace

Status copy_store(Database& database, const Configuration& where, const std::vector<Migration>& migrations,
                  const std::string& path, FunctionRef<void(Connection&)> also) {
  if (database.engine() == Engine::postgresql) return copy_postgresql(database, migrations, path, also);
  const int created = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (created < 0) return cannot_copy(errno == EEXIST ? "there is a file of that name already" : "no file can be made");
  ::close(created);
  {
    const Raw source(std::string(where.location.reveal()), SQLITE_OPEN_READONLY);
    const Raw target(path, SQLITE_OPEN_READWRITE);
    int code = source.code() == SQLITE_OK ? target.code() : source.code();
    if (code == SQLITE_OK) code = copy_pages(source.handle(), target.handle());
    if (code != SQLITE_OK) return cannot_copy(sqlite3_errstr(code));
  }
  if (const Status sound = check_sqlite_copy(path); !sound)
    return unavailable(
        tr("The store is damaged: a copy of it does not pass its own check. Restore the last good backup."));
  {
    auto copy = Database::open({Secret(path), 1});
    if (!copy) return pass_on(copy);
    (*copy)->read([&](Connection& connection) { also(connection); });
  }
  return make_one_file(path);
}

Status check_copy(Engine engine, const std::vector<Migration>& migrations, const std::string& path) {
  return engine == Engine::postgresql ? check_postgresql_copy(migrations, path) : check_sqlite_copy(path);
}

Status make_ready(const std::string& path, const std::vector<Migration>& migrations,
                  FunctionRef<Status(Database&)> last) {
  try {
    auto copy = Database::open({Secret(path), 1});
    if (!copy) return pass_on(copy);
    if (Status migrated = migrate(**copy, migrations); !migrated) return migrated;
    if (Status done = last(**copy); !done) return done;
  } catch (const Error& error) {
    if (error.fault == Fault::full)
      return unavailable(tr("There is no room to prepare the store in the data folder. Nothing was restored."));
    return invalid(kNoCopy);
  }
  return make_one_file(path);
}

Status replace_sqlite(const Configuration& where, const std::string& path) {
  const Raw source(path, SQLITE_OPEN_READONLY);
  const Raw target(std::string(where.location.reveal()), SQLITE_OPEN_READWRITE);
  int code = source.code() == SQLITE_OK ? target.code() : source.code();
  if (code == SQLITE_OK) code = copy_pages(source.handle(), target.handle());
  switch (code & 0xFF) {
    case SQLITE_OK:
      return {};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return unavailable(tr("The store is locked by another program. It is as it was; try again in a moment."));
    case SQLITE_FULL:
      return unavailable(tr("The disk is full: the store could not be restored. It is as it was."));
    default:
      return conflict(tr("The store that is there is damaged ({0}).", {sqlite3_errstr(code)}));
  }
}

std::optional<AuditEnd> audit_end(Connection& connection) {
  std::optional<AuditEnd> end;
  connection.run(kHead, {}, [&](const Row& row) { end = AuditEnd{row.integer("number"), row.text("hash"), {}}; });
  if (end) connection.run(kAt, {{"number", end->number}}, [&](const Row& row) { end->at = row.text("at"); });
  return end;
}

std::string audit_hash_at(Connection& connection, std::int64_t number) {
  std::string hash;
  connection.run(kAt, {{"number", number}}, [&](const Row& row) { hash = row.text("hash"); });
  return hash;
}

}  // namespace tithing::db
