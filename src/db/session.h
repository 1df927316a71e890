// Inside of the folder: what the two drivers have in common. A Session is one connection; a PooledDatabase lends
// sessions.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "db/db.h"

namespace tithing::db {

// One connection, used by one thread at a time. After a statement has failed, the transaction is lost on both engines
// (PostgreSQL refuses whatever follows; SQLite would go on), so every further statement throws until the rollback.
class Session : public Transaction {
 public:
  virtual void begin_read() = 0;   // a snapshot that cannot be written to
  virtual void begin_write() = 0;  // waits its turn; Fault::busy when that takes too long
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  virtual bool usable() const noexcept = 0;  // false once the connection is lost

  using Connection::run;
  std::int64_t run(const Query& query, const Parameters& parameters, FunctionRef<void(const Row&)> each) final;
  std::int64_t insert_many(const char* query_name, const char* table, const std::vector<const char*>& columns,
                           FunctionRef<bool(std::vector<Value>&)> next) final;

  std::optional<Fault> failed() const { return failed_; }
  bool touched() const { return touched_; }  // whether a statement of this transaction has answered
  void start_afresh() {
    failed_.reset();
    touched_ = false;
  }

 protected:
  virtual std::int64_t execute(const Query& query, const Parameters& parameters,
                               FunctionRef<void(const Row&)> each) = 0;
  // A driver that has a quicker way than one INSERT a row says so; rows have been checked before.
  virtual std::int64_t copy_in(const Query& insert, const char* table, const std::vector<const char*>& columns,
                               FunctionRef<bool(std::vector<Value>&)> next);

 public:
  // Rows as the engine writes them down and reads them, for copies of the store: PostgreSQL's COPY. `take` gets a piece
  // of text at a time, whole lines; `give` fills the next piece and says whether there was one.
  virtual void copy_out(const Query& query, FunctionRef<void(std::string_view)> take);
  virtual void copy_lines_in(const Query& query, FunctionRef<bool(std::string&)> give);

 protected:
  // A driver calls this before it throws what the engine reported.
  void mark_failed(Fault fault) {
    if (!failed_) failed_ = fault;
  }

 private:
  void refuse_after_failure(const char* query_name) const;
  std::optional<Fault> failed_;
  bool touched_ = false;
};

// BEGIN, COMMIT and their like belong to Database alone. Throws Fault::other for them.
void refuse_transaction_control(const Query& query, const std::string& first_word);
// Whether statements that begin with this word are worth keeping prepared.
bool is_kept(const std::string& first_word);
[[noreturn]] void throw_type(const std::string& query, int column, const char* wanted, const char* found);

class PooledDatabase : public Database {
 public:
  explicit PooledDatabase(int readers) : readers_(readers < 1 ? 1 : readers) {}

 protected:
  void read_in(FunctionRef<void(Connection&)> work) final;
  Status write_in(FunctionRef<Status(Transaction&)> work) final;
  virtual std::unique_ptr<Session> connect(bool writer) = 0;  // throws Fault::connection
  void connect_writer() { writer_ = connect(true); }
  void drop_sessions();  // a driver's destructor calls this while the driver still exists

 private:
  std::unique_ptr<Session> take_reader();
  void give_back(std::unique_ptr<Session> session, bool drop_idle);
  void begin_write();

  const int readers_;
  std::mutex writing_;
  std::unique_ptr<Session> writer_;
  std::mutex pool_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> idle_;
  int lent_ = 0;
};

Result<std::unique_ptr<Database>> open_sqlite(const Configuration& configuration);
Result<std::unique_ptr<Database>> open_postgresql(const Configuration& configuration);

// What is missing is applied in this transaction; as migrate().
Status migrate_in(Transaction& transaction, std::vector<struct Migration> migrations);

// SQLSTATE (PostgreSQL 15, appendix A) to Fault.
Fault fault_of_sqlstate(std::string_view state);

}  // namespace tithing::db
