// One interface to two engines, SQLite 3.40 and PostgreSQL 15. The same SQL text runs on both; parameters are named
// (:name).
//
// Threading: a Database may be used from any thread. It lends a Connection to one callback at a time; never keep one.
// Errors: a fault of the store is a db::Error. What a caller can expect (not found, already there) it asks for by
// Fault.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace tithing::db {

enum class Engine { sqlite, postgresql };

enum class Fault {
  unique,
  foreign_key,
  check,
  not_null,
  busy,        // the store is locked or a serialisation failed: the transaction may be tried again
  parameter,   // a named parameter without a value, or a value without a parameter
  type,        // a column read as what it is not: NULL as a number, text as a number, a number beyond 64 bits
  connection,  // the store cannot be reached
  full,        // the disk is full
  other,
};

class Error : public std::runtime_error {
 public:
  Error(Fault fault_, const std::string& what, std::string constraint_ = {})
      : std::runtime_error(what), fault(fault_), constraint(std::move(constraint_)) {}
  Fault fault;
  // PostgreSQL: the name of the constraint or index; for NOT NULL "table.column". SQLite: for unique and NOT NULL the
  // columns, "table.column, table.column" (the index when it is over an expression), for CHECK its name or, without
  // one, its text; for a foreign key nothing. What a trigger refuses is Fault::check without a constraint.
  std::string constraint;
};

// NULL, a whole number, a real number, text or bytes. There is no silent conversion between them.
class Value {
 public:
  enum class Kind { null, integer, real, text, blob };
  Value() = default;
  Value(std::nullptr_t) {}
  Value(std::int64_t number) : kind_(Kind::integer), integer_(number) {}
  Value(int number) : kind_(Kind::integer), integer_(number) {}
  Value(bool) = delete;  // write 1 or 0: the columns are BIGINT on both engines
  Value(double number) : kind_(Kind::real), real_(number) {}
  Value(std::string text) : kind_(Kind::text), text_(std::move(text)) {}
  Value(std::string_view text) : kind_(Kind::text), text_(text) {}
  Value(const char* text) : kind_(Kind::text), text_(text) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }
  static Value blob(std::string bytes) {
    Value value(std::move(bytes));
    value.kind_ = Kind::blob;
    return value;
  }
  Kind kind() const { return kind_; }
  std::int64_t integer() const { return integer_; }
  double real() const { return real_; }
  const std::string& text() const { return text_; }

 private:
  Kind kind_ = Kind::null;
  std::int64_t integer_ = 0;
  double real_ = 0;
  std::string text_;
};

struct Parameter {
  std::string_view name;
  Value value;
};
using Parameters = std::vector<Parameter>;

// A query has a name, so that a slow one can be found in the log and counted. `sql` is one statement.
// What the drivers make alike: text is ordered by code point, LIKE tells capitals apart, "x" is a name and never text,
// text is UTF-8 without zero bytes, numbers are finite. What they cannot: a division by zero is NULL on SQLite and an
// error on PostgreSQL; a NULL parameter that meets no column needs CAST(:a AS TEXT) IS NULL; do not change the table
// being walked. Portable SQL: TEXT, BIGINT, DOUBLE PRECISION, BYTEA is written BLOB (the driver of PostgreSQL rewrites
// the type in migrations), partial unique indexes, CHECK, foreign keys, ON CONFLICT .. DO UPDATE .. RETURNING, FILTER,
// window functions, recursive CTEs. Arithmetic on bare parameters needs CAST(:a AS BIGINT).
struct Query {
  const char* name;
  const char* sql;
};

// One row of an answer. Columns are read by the name that the statement gives them (SELECT v.version, count(*) AS
// scores: "version", "scores"), or counted from 0. Reading NULL as a plain value, a type as another, or a name that is
// not there or is there twice, throws Fault::type.
class Row {
 public:
  virtual ~Row() = default;
  virtual int columns() const = 0;
  virtual std::string_view name(int column) const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string text(int column) const = 0;
  virtual std::string blob(int column) const = 0;
  std::optional<std::int64_t> maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  std::optional<std::string> maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
  }

  int column(std::string_view name) const;
  bool is_null(std::string_view name) const { return is_null(column(name)); }
  std::int64_t integer(std::string_view name) const { return integer(column(name)); }
  bool flag(std::string_view name) const { return integer(column(name)) != 0; }  // truth is 1 or 0
  double real(std::string_view name) const { return real(column(name)); }
  std::string text(std::string_view name) const { return text(column(name)); }
  std::string blob(std::string_view name) const { return blob(column(name)); }
  std::optional<std::int64_t> maybe_integer(std::string_view name) const { return maybe_integer(column(name)); }
  std::optional<std::string> maybe_text(std::string_view name) const { return maybe_text(column(name)); }

 protected:
  virtual const char* query_name() const = 0;
};

// A reference to a callable, without allocation and without <functional>. Lives only as long as the call it is passed
// to.
template <class Signature>
class FunctionRef;
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  template <class F>
  FunctionRef(F&& f)  // NOLINT: meant to convert
      : object_(const_cast<void*>(static_cast<const void*>(&f))), call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(static_cast<Args>(args)...);
        }) {}
  R operator()(Args... args) const { return call_(object_, static_cast<Args>(args)...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Engine engine() const = 0;
  // Runs one statement, calling `each` for every row, and returns the number of rows changed (INSERT, UPDATE, DELETE)
  // or read. Statements are prepared once per connection and kept. Throws Error. After a statement has failed the whole
  // transaction is lost, on both engines: catch the Error only to return a Problem from it.
  virtual std::int64_t run(const Query& query, const Parameters& parameters, FunctionRef<void(const Row&)> each) = 0;
  std::int64_t run(const Query& query, const Parameters& parameters = {}) {
    return run(query, parameters, [](const Row&) {});
  }
  // The first row's first column, or nothing.
  std::optional<std::int64_t> integer(const Query& query, const Parameters& parameters = {});
  std::optional<std::string> text(const Query& query, const Parameters& parameters = {});
};

// A write transaction: BEGIN IMMEDIATE on SQLite, SERIALIZABLE on PostgreSQL. Ends with commit, or with rollback when
// the callback throws or returns a Problem.
class Transaction : public Connection {
 public:
  // Many rows into one table: COPY on PostgreSQL, one prepared statement on SQLite. `next` fills one value for each
  // column and says whether there was one more row. Returns the rows written. Faults are those of INSERT; the names of
  // table and columns are a-z, 0-9 and "_", as in the migrations. On PostgreSQL `next` must not run statements of this
  // transaction.
  virtual std::int64_t insert_many(const char* query_name, const char* table, const std::vector<const char*>& columns,
                                   FunctionRef<bool(std::vector<Value>&)> next);
};

struct Configuration {
  // A path (SQLite), or a libpq connection string starting with "postgresql://" or "postgres://".
  // It may hold a password, so it is a secret.
  Secret location;
  int readers = 4;  // connections for reading; SQLite has one writer
};

class Database {
 public:
  // Opens without creating any table. unavailable with a sentence when the store cannot be reached.
  static Result<std::unique_ptr<Database>> open(const Configuration& configuration);
  virtual ~Database() = default;
  virtual Engine engine() const = 0;
  // Reads see one snapshot for the length of the callback. Writing in it is a fault, and so is calling read() or
  // write() of the same Database inside a callback: pass the Connection on. A lost connection is replaced once, unless
  // `work` has seen rows. Returns what `work` returns.
  template <class Work>
  std::invoke_result_t<Work&, Connection&> read(Work&& work) {
    using Answer = std::invoke_result_t<Work&, Connection&>;
    if constexpr (std::is_void_v<Answer>) {
      read_in(work);
    } else {
      std::optional<Answer> answer;
      read_in([&](Connection& connection) { answer.emplace(work(connection)); });
      return std::move(*answer);
    }
  }
  // Runs `work` in one write transaction; a problem or an exception undoes it. On Fault::busy it is run again, up to
  // five times, so `work` must have no effect outside the transaction. `work` returns a Status or a Result, which is
  // returned.
  template <class Work>
  std::invoke_result_t<Work&, Transaction&> write(Work&& work) {
    using Answer = std::invoke_result_t<Work&, Transaction&>;
    if constexpr (std::is_same_v<Answer, Status>) {
      return write_in(work);
    } else {
      std::optional<Answer> answer;
      const Status status = write_in([&](Transaction& transaction) -> Status {
        answer.emplace(work(transaction));
        if (!*answer) return pass_on(*answer);
        return {};
      });
      if (!status) return pass_on(status);
      return std::move(*answer);
    }
  }
  // SQLite only: a consistent copy of the whole store while it is being used (backup API). On PostgreSQL unavailable,
  // with a sentence naming pg_dump.
  virtual Status copy_to(const std::string& path) = 0;
  // SQLite only: replaces the whole store by a copy made with copy_to, in one transaction, while it is being used; who
  // reads meanwhile still sees the old one. invalid when the file is not a sound copy; the store is then as it was. Run
  // migrate() afterwards: the copy may be older than this program.
  virtual Status restore_from(const std::string& path) = 0;

 protected:
  virtual void read_in(FunctionRef<void(Connection&)> work) = 0;
  virtual Status write_in(FunctionRef<Status(Transaction&)> work) = 0;
};

}  // namespace tithing::db
