#include <algorithm>
#include <chrono>
#include <thread>

#include "base/log.h"
#include "base/random.h"
#include "base/translation.h"
#include "db/session.h"
#include "db/sql_text.h"

namespace tithing::db {
namespace {

constexpr int kMostRepeats = 5;
constexpr auto kSlow = std::chrono::milliseconds(500);

// A callback that asks its own Database again would wait for itself (write in write) or see another snapshot than it
// thinks (read in write), so it is told at once.
thread_local std::vector<const void*> databases_in_use;

class InUse {
 public:
  explicit InUse(const void* database) {
    if (std::find(databases_in_use.begin(), databases_in_use.end(), database) != databases_in_use.end()) {
      throw Error(Fault::other,
                  "a transaction was begun inside another one of the same thread; pass the Connection on instead");
    }
    databases_in_use.push_back(database);
  }
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;
  ~InUse() { databases_in_use.pop_back(); }
};

void wait_before_repeat(int repeat) {
  const auto chance = static_cast<unsigned char>(random_bytes(1)[0]);  // so that two that met do not meet again
  std::this_thread::sleep_for(std::chrono::milliseconds((5 << repeat) * (128 + chance) / 256));
}

}  // namespace

std::optional<std::int64_t> Connection::integer(const Query& query, const Parameters& parameters) {
  std::optional<std::int64_t> answer;
  bool first = true;
  run(query, parameters, [&](const Row& row) {
    if (first) answer = row.maybe_integer(0);
    first = false;
  });
  return answer;
}

std::optional<std::string> Connection::text(const Query& query, const Parameters& parameters) {
  std::optional<std::string> answer;
  bool first = true;
  run(query, parameters, [&](const Row& row) {
    if (first) answer = row.maybe_text(0);
    first = false;
  });
  return answer;
}

int Row::column(std::string_view wanted) const {
  int found = -1;
  for (int i = 0; i < columns(); ++i) {
    if (name(i) != wanted) continue;
    if (found >= 0) {
      throw Error(Fault::type, std::string(query_name()) + ": two columns are called " + std::string(wanted));
    }
    found = i;
  }
  if (found < 0) throw Error(Fault::type, std::string(query_name()) + ": no column is called " + std::string(wanted));
  return found;
}

namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// The values of the next row, as many as there are columns and each of a kind that both engines keep alike.
bool next_row(const Query& query, const std::vector<const char*>& columns, FunctionRef<bool(std::vector<Value>&)> next,
              std::vector<Value>& values) {
  values.clear();
  if (!next(values)) return false;
  if (values.size() != columns.size()) {
    throw Error(Fault::parameter, std::string(query.name) + ": a row has " + std::to_string(values.size()) +
                                      " values for " + std::to_string(columns.size()) + " columns");
  }
  for (std::size_t i = 0; i < values.size(); ++i) check_value(query, columns[i], values[i]);
  return true;
}

}  // namespace

std::int64_t Transaction::insert_many(const char* query_name, const char*, const std::vector<const char*>&,
                                      FunctionRef<bool(std::vector<Value>&)>) {
  throw Error(Fault::other, std::string(query_name) + ": this connection takes no rows at once");
}

void Session::copy_out(const Query& query, FunctionRef<void(std::string_view)>) {
  throw Error(Fault::other, std::string(query.name) + ": this engine has no COPY");
}

void Session::copy_lines_in(const Query& query, FunctionRef<bool(std::string&)>) {
  throw Error(Fault::other, std::string(query.name) + ": this engine has no COPY");
}

void Session::refuse_after_failure(const char* query_name) const {
  if (!failed_) return;
  throw Error(
      *failed_ == Fault::busy ? Fault::busy : Fault::other,
      std::string(query_name) + ": a statement of this transaction failed before; return or let the error pass");
}

std::int64_t Session::insert_many(const char* query_name, const char* table, const std::vector<const char*>& columns,
                                  FunctionRef<bool(std::vector<Value>&)> next) {
  refuse_after_failure(query_name);
  if (!is_plain_name(table) || columns.empty() || !std::all_of(columns.begin(), columns.end(), is_plain_name)) {
    throw Error(Fault::parameter, std::string(query_name) + ": a table or column is not named as in the migrations");
  }
  std::string sql = "INSERT INTO " + std::string(table) + " (";
  std::string values;
  for (const char* column : columns) {
    sql += (column == columns.front() ? "" : ", ") + std::string(column);
    values += (column == columns.front() ? ":" : ", :") + std::string(column);
  }
  sql += ") VALUES (" + values + ")";
  const Query insert{query_name, sql.c_str()};
  const auto checked = [&](std::vector<Value>& row) { return next_row(insert, columns, next, row); };
  const std::int64_t written = copy_in(insert, table, columns, checked);
  touched_ = true;
  return written;
}

std::int64_t Session::copy_in(const Query& insert, const char*, const std::vector<const char*>& columns,
                              FunctionRef<bool(std::vector<Value>&)> next) {
  std::int64_t written = 0;
  std::vector<Value> row;
  Parameters parameters;
  parameters.reserve(columns.size());
  while (next(row)) {
    parameters.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) parameters.push_back({columns[i], std::move(row[i])});
    written += execute(insert, parameters, [](const Row&) {});
  }
  return written;
}

std::int64_t Session::run(const Query& query, const Parameters& parameters, FunctionRef<void(const Row&)> each) {
  refuse_after_failure(query.name);
  const auto start = std::chrono::steady_clock::now();
  const std::int64_t count = execute(query, parameters, [&](const Row& row) {
    touched_ = true;
    each(row);
  });
  touched_ = true;
  const auto took = std::chrono::steady_clock::now() - start;
  if (took >= kSlow) {
    log::warning(
        "slow query",
        {{"query", query.name},
         {"milliseconds", static_cast<long>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count())},
         {"rows", static_cast<long>(count)}});
  }
  return count;
}

void refuse_transaction_control(const Query& query, const std::string& first_word) {
  for (const char* word : {"BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE"}) {
    if (first_word == word) {
      throw Error(Fault::other, std::string(query.name) + ": transactions are begun and ended by Database alone");
    }
  }
}

bool is_kept(const std::string& first_word) {
  return first_word == "SELECT" || first_word == "INSERT" || first_word == "UPDATE" || first_word == "DELETE" ||
         first_word == "WITH" || first_word == "VALUES";
}

void throw_type(const std::string& query, int column, const char* wanted, const char* found) {
  throw Error(Fault::type,
              query + ": column " + std::to_string(column) + " was read as " + wanted + ", but it is " + found);
}

void PooledDatabase::drop_sessions() {
  idle_.clear();
  writer_.reset();
}

std::unique_ptr<Session> PooledDatabase::take_reader() {
  std::unique_lock lock(pool_);
  returned_.wait(lock, [&] { return lent_ < readers_; });
  ++lent_;
  while (!idle_.empty()) {
    std::unique_ptr<Session> session = std::move(idle_.back());
    idle_.pop_back();
    if (session->usable()) return session;
  }
  lock.unlock();
  try {
    return connect(false);
  } catch (...) {
    give_back(nullptr, false);
    throw;
  }
}

void PooledDatabase::give_back(std::unique_ptr<Session> session, bool drop_idle) {
  {
    const std::lock_guard lock(pool_);
    --lent_;
    // When one connection is lost, the server has most likely gone and the idle ones with it.
    if (drop_idle) idle_.clear();
    if (session && session->usable()) idle_.push_back(std::move(session));
  }
  returned_.notify_one();
}

void PooledDatabase::read_in(FunctionRef<void(Connection&)> work) {
  const InUse in_use(this);
  for (int repeat = 0;; ++repeat) {
    std::unique_ptr<Session> session = take_reader();
    session->start_afresh();
    try {
      session->begin_read();
      work(*session);
      session->rollback();
      give_back(std::move(session), false);
      return;
    } catch (const Error& error) {
      session->rollback();
      const bool lost = error.fault == Fault::connection;
      // Asked again only while `work` has seen nothing, so that it may collect rows without counting them twice.
      const bool again = repeat == 0 && !session->touched() && (lost || error.fault == Fault::busy);
      give_back(std::move(session), lost);
      if (!again) throw;
    } catch (...) {
      session->rollback();
      give_back(std::move(session), false);
      throw;
    }
  }
}

void PooledDatabase::begin_write() {
  if (!writer_ || !writer_->usable()) writer_ = connect(true);
  writer_->start_afresh();
  try {
    writer_->begin_write();
  } catch (const Error& error) {
    writer_->rollback();
    if (error.fault != Fault::connection) throw;
    // The connection was lost while idle. Nothing has been done yet, so a new one may take its place.
    writer_ = connect(true);
    writer_->begin_write();
  }
}

Status PooledDatabase::write_in(FunctionRef<Status(Transaction&)> work) {
  const InUse in_use(this);
  const std::lock_guard turn(writing_);
  for (int repeat = 0;; ++repeat) {
    try {
      begin_write();
      const Status status = work(*writer_);
      if (status && !writer_->failed()) {
        writer_->commit();
        return status;
      }
      const std::optional<Fault> failed = writer_->failed();
      writer_->rollback();
      if (failed == Fault::busy) {
        // `work` caught it and made a problem of it; it is tried again all the same.
        if (repeat >= kMostRepeats) throw Error(Fault::busy, "the store stayed busy; try again later");
      } else {
        if (status) throw Error(Fault::other, "a transaction went on after a failed statement; nothing of it was kept");
        return status;
      }
    } catch (const Error& error) {
      if (writer_) writer_->rollback();
      if (error.fault != Fault::busy || repeat >= kMostRepeats) throw;
    } catch (...) {
      if (writer_) writer_->rollback();
      throw;
    }
    wait_before_repeat(repeat);
  }
}

Result<std::unique_ptr<Database>> Database::open(const Configuration& configuration) {
  const std::string_view location = configuration.location.reveal();
  if (location.empty()) return invalid(tr("No database is named. Give a path or a PostgreSQL address."));
  const bool address = location.starts_with("postgresql://") || location.starts_with("postgres://");
  return address ? open_postgresql(configuration) : open_sqlite(configuration);
}

}  // namespace tithing::db
