// SQLite 3.40: write-ahead log, one writing connection, several that can only read.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <thread>
#include <unordered_map>

#include "base/translation.h"
#include "db/session.h"
#include "db/sql_text.h"

namespace tithing::db {
namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr int kBetweenTries = 10;  // milliseconds
constexpr std::size_t kMostKept = 400;

Fault fault_of(int extended, sqlite3* database) {
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return Fault::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return Fault::foreign_key;
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_TRIGGER:
      return Fault::check;
    case SQLITE_CONSTRAINT_NOTNULL:
      return Fault::not_null;
    case SQLITE_CONSTRAINT_DATATYPE:
      return Fault::type;
    default:
      break;
  }
  switch (extended & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::busy;
    case SQLITE_FULL:
      return Fault::full;
    case SQLITE_IOERR:
      return sqlite3_system_errno(database) == ENOSPC ? Fault::full : Fault::other;
    case SQLITE_CANTOPEN:
    case SQLITE_NOTADB:
      return Fault::connection;
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return Fault::type;
    case SQLITE_ERROR:
      return std::string_view(sqlite3_errmsg(database)) == "integer overflow" ? Fault::type : Fault::other;
    default:
      return Fault::other;
  }
}

Error error_of(sqlite3* database, const std::string& where) {
  const Fault fault = fault_of(sqlite3_extended_errcode(database), database);
  const std::string message = sqlite3_errmsg(database);
  std::string constraint;
  const std::string marker = " constraint failed: ";
  if (const std::size_t at = message.find(marker); at != std::string::npos) {
    constraint = message.substr(at + marker.size());
    if (constraint.starts_with("index '") && constraint.ends_with("'")) {
      constraint = constraint.substr(7, constraint.size() - 8);
    }
  }
  return Error(fault, where + ": " + message, constraint);
}

struct Statement {
  sqlite3_stmt* handle = nullptr;
  std::vector<std::string> names;
  bool changes = false;  // whether its answer is a number of changed rows
  bool kept = true;
  bool busy = false;

  Statement() = default;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(handle); }
};

class SqliteRow final : public Row {
 public:
  SqliteRow(const Query& query, sqlite3_stmt* statement) : query_(query), statement_(statement) {}
  using Row::blob, Row::integer, Row::is_null, Row::real, Row::text;
  int columns() const override { return sqlite3_column_count(statement_); }
  std::string_view name(int column) const override {
    const char* name = sqlite3_column_name(statement_, column);
    return name == nullptr ? "" : name;
  }
  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    expect(column, SQLITE_INTEGER, "a whole number");
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    expect(column, SQLITE_FLOAT, "a real number");
    return sqlite3_column_double(statement_, column);
  }
  std::string text(int column) const override {
    expect(column, SQLITE_TEXT, "text");
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }
  std::string blob(int column) const override {
    expect(column, SQLITE_BLOB, "bytes");
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes == nullptr ? std::string()
                            : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 protected:
  const char* query_name() const override { return query_.name; }

 private:
  int type(int column) const {
    if (column < 0 || column >= columns()) throw_type(query_.name, column, "part of the answer", "beyond the last one");
    return sqlite3_column_type(statement_, column);
  }
  void expect(int column, int wanted, const char* name) const {
    const int found = type(column);
    if (found == wanted) return;
    throw_type(query_.name, column, name,
               found == SQLITE_NULL      ? "NULL"
               : found == SQLITE_INTEGER ? "a whole number"
               : found == SQLITE_FLOAT   ? "a real number"
               : found == SQLITE_TEXT    ? "text"
                                         : "bytes");
  }
  const Query& query_;
  sqlite3_stmt* statement_;
};

class SqliteSession final : public Session {
 public:
  SqliteSession(const std::string& path, bool writer) {
    const int flags =
        (writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path.c_str(), &database_, flags, nullptr);
    try {
      if (code != SQLITE_OK) throw Error(Fault::connection, std::string("open: ") + sqlite3_errstr(code));
      sqlite3_extended_result_codes(database_, 1);
      sqlite3_busy_timeout(database_, kBusyMilliseconds);
      // "name" is a name and never text, as on PostgreSQL.
      sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
      sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
      sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
      sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
      if (writer) waiting("PRAGMA journal_mode = WAL");
      // LIKE tells capitals apart, as on PostgreSQL.
      command(
          "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA case_sensitive_like = ON;"
          "PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864");
      waiting("SELECT count(*) FROM sqlite_schema");  // a file that is no database is noticed here
    } catch (...) {
      sqlite3_close_v2(database_);
      throw;
    }
  }
  SqliteSession(const SqliteSession&) = delete;
  SqliteSession& operator=(const SqliteSession&) = delete;
  ~SqliteSession() override {
    kept_.clear();
    sqlite3_close_v2(database_);
  }

  Engine engine() const override { return Engine::sqlite; }
  void begin_read() override { command("BEGIN"); }
  void begin_write() override { command("BEGIN IMMEDIATE"); }
  void commit() override { command("COMMIT"); }
  void rollback() noexcept override {
    if (sqlite3_get_autocommit(database_) == 0) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  bool usable() const noexcept override { return sqlite3_get_autocommit(database_) != 0; }
  sqlite3* handle() { return database_; }

 protected:
  std::int64_t execute(const Query& query, const Parameters& parameters, FunctionRef<void(const Row&)> each) override;

 private:
  void command(const char* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw error_of(database_, sql);
  }
  // SQLite does not wait for its turn where two that open the same file could wait for each other (the change to WAL,
  // what a process left behind that was killed): both are told "busy" at once, so one of them has to come again.
  void waiting(const char* sql) {
    using Clock = std::chrono::steady_clock;
    const auto until = Clock::now() + std::chrono::milliseconds(kBusyMilliseconds);
    for (;;) {
      try {
        return command(sql);
      } catch (const Error& error) {
        if (error.fault != Fault::busy || Clock::now() >= until) throw;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(kBetweenTries));
    }
  }
  std::unique_ptr<Statement> prepare(const Query& query);

  sqlite3* database_ = nullptr;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::unique_ptr<Statement>, TextHash, std::equal_to<>> kept_;
};

std::unique_ptr<Statement> SqliteSession::prepare(const Query& query) {
  const std::string word = first_word(query.sql);
  refuse_transaction_control(query, word);
  auto statement = std::make_unique<Statement>();
  const char* tail = nullptr;
  if (sqlite3_prepare_v3(database_, query.sql, -1, is_kept(word) ? SQLITE_PREPARE_PERSISTENT : 0, &statement->handle,
                         &tail) != SQLITE_OK) {
    const Error error = error_of(database_, query.name);
    mark_failed(error.fault);
    throw error;
  }
  for (const SqlToken& token : sql_tokens(tail)) {
    if (token.kind != SqlToken::Kind::blank && token.text != ";") {
      throw Error(Fault::other, std::string(query.name) + ": a query is one statement, and this text holds more");
    }
  }
  if (statement->handle == nullptr) throw Error(Fault::other, std::string(query.name) + ": there is no statement");
  for (int index = 1; index <= sqlite3_bind_parameter_count(statement->handle); ++index) {
    const char* name = sqlite3_bind_parameter_name(statement->handle, index);
    if (name == nullptr || name[0] != ':') {
      throw Error(Fault::parameter, std::string(query.name) + ": parameters are written :name");
    }
    statement->names.emplace_back(name + 1);
  }
  statement->kept = is_kept(word);
  statement->changes = statement->kept && sqlite3_stmt_readonly(statement->handle) == 0;
  return statement;
}

void bind(sqlite3_stmt* statement, const std::vector<const Value*>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Value& value = *values[i];
    const int index = static_cast<int>(i) + 1;
    switch (value.kind()) {
      case Value::Kind::null:
        sqlite3_bind_null(statement, index);
        break;
      case Value::Kind::integer:
        sqlite3_bind_int64(statement, index, value.integer());
        break;
      case Value::Kind::real:
        sqlite3_bind_double(statement, index, value.real());
        break;
      case Value::Kind::text:
        sqlite3_bind_text64(statement, index, value.text().data(), value.text().size(), SQLITE_STATIC, SQLITE_UTF8);
        break;
      case Value::Kind::blob:
        sqlite3_bind_blob64(statement, index, value.text().data(), value.text().size(), SQLITE_STATIC);
        break;
    }
  }
}

std::int64_t SqliteSession::execute(const Query& query, const Parameters& parameters,
                                    FunctionRef<void(const Row&)> each) {
  const auto found = kept_.find(std::string_view(query.sql));
  std::unique_ptr<Statement> own;  // not kept, or kept and being walked by a caller further up
  Statement* statement = found == kept_.end() ? nullptr : found->second.get();
  if (statement == nullptr || statement->busy) {
    own = prepare(query);
    statement = own.get();
  }
  const std::vector<const Value*> values = matched_parameters(query, statement->names, parameters);
  if (own && own->kept && found == kept_.end()) {
    if (kept_.size() >= kMostKept) std::erase_if(kept_, [](const auto& entry) { return !entry.second->busy; });
    kept_.emplace(query.sql, std::move(own));
  }
  struct Walk {
    explicit Walk(Statement& s) : walked(s) { walked.busy = true; }
    Walk(const Walk&) = delete;
    Walk& operator=(const Walk&) = delete;
    ~Walk() {
      sqlite3_reset(walked.handle);
      sqlite3_clear_bindings(walked.handle);
      walked.busy = false;
    }
    Statement& walked;
  };
  const Walk walk(*statement);
  bind(statement->handle, values);
  const SqliteRow row(query, statement->handle);
  std::int64_t count = 0;
  for (;;) {
    const int code = sqlite3_step(statement->handle);
    if (code == SQLITE_ROW) {
      ++count;
      each(row);
    } else if (code == SQLITE_DONE) {
      return statement->changes ? sqlite3_changes64(database_) : count;
    } else {
      const Error error = error_of(database_, query.name);
      mark_failed(error.fault);
      throw error;
    }
  }
}

class SqliteDatabase final : public PooledDatabase {
 public:
  SqliteDatabase(std::string path, int readers) : PooledDatabase(readers), path_(std::move(path)) { connect_writer(); }
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;
  ~SqliteDatabase() override { drop_sessions(); }
  Engine engine() const override { return Engine::sqlite; }
  Status copy_to(const std::string& path) override;
  Status restore_from(const std::string& path) override;

 protected:
  std::unique_ptr<Session> connect(bool writer) override { return std::make_unique<SqliteSession>(path_, writer); }

 private:
  const std::string path_;
};

Status flush_to_disk(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unavailable(tr("The copy could not be opened again."));
  const bool written = ::fsync(file) == 0;
  ::close(file);
  if (!written) return unavailable(tr("The copy could not be written to the disk. Check that there is enough space."));
  return {};
}

// All pages in one step: one snapshot of the source, one transaction of the target. What went wrong, or nothing.
std::string copy_pages(sqlite3* source, sqlite3* target) {
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", source, "main");
  if (backup == nullptr) return sqlite3_errmsg(target);
  const int code = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (code == SQLITE_DONE && finished == SQLITE_OK) return "";
  return sqlite3_errstr(code == SQLITE_DONE ? finished : code);
}

// Written beside its place under another name and given its name when it is whole, so that half a copy is never taken
// for one.
Status SqliteDatabase::copy_to(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    return conflict(tr("There is already a file of this name. Choose another name for the copy."));
  }
  const std::string partial = path + ".partial";
  ::unlink(partial.c_str());
  const int created = ::open(partial.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (created < 0) return unavailable(tr("The copy cannot be written there. Check the folder and its permissions."));
  ::close(created);
  std::string trouble;
  {
    SqliteSession source(path_, false);
    sqlite3* target = nullptr;
    const int code = sqlite3_open_v2(partial.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    trouble = code == SQLITE_OK ? copy_pages(source.handle(), target) : sqlite3_errstr(code);
    // Without a write-ahead log of its own, the copy is one file that can be read from a read-only place.
    if (trouble.empty() &&
        sqlite3_exec(target, "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr) != SQLITE_OK) {
      trouble = sqlite3_errmsg(target);
    }
    if (sqlite3_close(target) != SQLITE_OK && trouble.empty()) trouble = "the copy could not be closed";
  }
  Status done;
  if (!trouble.empty()) {
    done = unavailable(
        tr("The store could not be copied ({0}). Check that there is enough space and try again.", {trouble}));
  } else {
    done = flush_to_disk(partial);
  }
  // link() and not rename(): it never replaces a file that has appeared meanwhile. Some file systems have no links.
  if (done && ::link(partial.c_str(), path.c_str()) != 0 &&
      (errno == EEXIST || std::rename(partial.c_str(), path.c_str()) != 0)) {
    done = errno == EEXIST ? conflict(tr("There is already a file of this name. Choose another name for the copy."))
                           : unavailable(tr("The finished copy could not be given its name."));
  }
  ::unlink(partial.c_str());
  return done;
}

Status SqliteDatabase::restore_from(const std::string& path) {
  constexpr const char* kNoCopy = "The file is not a sound copy of a Tithing store. Nothing was changed.";
  if (::access(path.c_str(), R_OK) != 0) return not_found(tr("There is no file of this name that can be read."));
  try {
    SqliteSession source(path, false);
    const auto is_sound = [&] {
      return source.text({"restore.check", "SELECT quick_check FROM pragma_quick_check LIMIT 1"}) == "ok" &&
             source.integer({"restore.kind", "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'"}) ==
                 1;
    };
    if (!is_sound()) return invalid(kNoCopy);
    SqliteSession target(path_, true);
    const std::string trouble = copy_pages(source.handle(), target.handle());
    if (!trouble.empty()) {
      return unavailable(tr("The store could not be restored ({0}). It is as it was; try again.", {trouble}));
    }
  } catch (const Error& error) {
    if (error.fault == Fault::busy)
      return unavailable(tr("The store is locked by another program. Try again in a moment."));
    return invalid(kNoCopy);
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const Configuration& configuration) {
  const std::string path(configuration.location.reveal());
  if (path.starts_with(":") || path.starts_with("file:")) {
    return invalid(tr("The database is named by the path of a file or by a PostgreSQL address."));
  }
  // Made here so that only its owner may read it; SQLite gives its log files the same permissions.
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
  try {
    return std::make_unique<SqliteDatabase>(path, configuration.readers);
  } catch (const Error& error) {
    if (error.fault == Fault::full) return unavailable(tr("The database cannot be opened: the disk is full."));
    if (error.fault == Fault::busy)
      return unavailable(tr("The database is locked by another program. Try again in a moment."));
    return unavailable(
        tr("The database file cannot be opened ({0}). Check that its folder exists, that you may write to "
           "it, and that the file is a Tithing database.",
           {error.what()}));
  }
}

}  // namespace tithing::db
