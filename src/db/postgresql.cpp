// PostgreSQL 15 through libpq: one writing connection whose transactions take turns over all processes, several that
// read.
#include <libpq-fe.h>

#include <charconv>
#include <cstring>
#include <unordered_map>

#include "base/translation.h"
#include "db/session.h"
#include "db/sql_text.h"

namespace tithing::db {

Fault fault_of_sqlstate(std::string_view state) {
  if (state == "23505") return Fault::unique;
  if (state == "23503") return Fault::foreign_key;
  if (state == "23514" || state == "P0001") return Fault::check;  // P0001: a trigger's RAISE EXCEPTION
  if (state == "23502") return Fault::not_null;
  // 55P03 lock_not_available; 55006 object_in_use; 0A000 is mapped where it is known to be a stale plan.
  if (state == "40001" || state == "40P01" || state == "55P03" || state == "55006") return Fault::busy;
  if (state == "53100") return Fault::full;
  if (state == "22003" || state == "22P02" || state == "42804" || state == "22021" || state == "22P05")
    return Fault::type;
  if (state == "42P18" || state == "42P02") return Fault::parameter;
  if (state.starts_with("08") || state.starts_with("57P") || state == "53300") return Fault::connection;
  return Fault::other;
}

namespace {

// Object identifiers of pg_type.dat, which are fixed.
constexpr Oid kBool = 16, kBytea = 17, kChar = 18, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25;
constexpr Oid kFloat4 = 700, kFloat8 = 701, kUnknown = 705, kBpchar = 1042, kVarchar = 1043, kNumeric = 1700;

constexpr std::size_t kMostKept = 400;
constexpr std::size_t kPiece = std::size_t{1} << 16;  // bytes of COPY at a time

struct Answer {
  explicit Answer(PGresult* r) : result(r) {}
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;
  ~Answer() { PQclear(result); }
  PGresult* result;
  const char* field(int code) const {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? "" : text;
  }
};

class PostgresqlRow final : public Row {
 public:
  PostgresqlRow(const Query& query, const PGresult* result) : query_(query), result_(result) {}
  void go_to(int row) { row_ = row; }
  using Row::blob, Row::integer, Row::is_null, Row::real, Row::text;
  int columns() const override { return PQnfields(result_); }
  std::string_view name(int column) const override {
    const char* name = PQfname(result_, column);
    return name == nullptr ? "" : name;
  }
  bool is_null(int column) const override {
    within(column);
    return PQgetisnull(result_, row_, column) == 1;
  }
  std::int64_t integer(int column) const override {
    const Oid type = type_of(column, "a whole number");
    const std::string_view digits = value(column);
    if (type == kBool) return digits == "t" ? 1 : 0;  // a comparison, which on SQLite is 1 or 0
    if (type != kInt8 && type != kInt4 && type != kInt2 && type != kNumeric) wrong(column, "a whole number", type);
    std::int64_t number = 0;
    const auto [end, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (trouble == std::errc::result_out_of_range) {
      throw_type(query_.name, column, "a whole number", "beyond 64 bits");
    }
    if (trouble != std::errc() || end != digits.data() + digits.size()) wrong(column, "a whole number", type);
    return number;
  }
  double real(int column) const override {
    const Oid type = type_of(column, "a real number");
    const std::string_view digits = value(column);
    // An average of whole numbers is NUMERIC. So is a sum of them, which SQLite would refuse to read as a real number.
    if (type != kFloat8 && type != kFloat4 && type != kNumeric) wrong(column, "a real number", type);
    double number = 0;
    const auto [end, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (trouble != std::errc() || end != digits.data() + digits.size()) wrong(column, "a real number", type);
    return number;
  }
  std::string text(int column) const override {
    const Oid type = type_of(column, "text");
    if (type != kText && type != kVarchar && type != kBpchar && type != kName && type != kChar && type != kUnknown) {
      wrong(column, "text", type);
    }
    return std::string(value(column));
  }
  std::string blob(int column) const override {
    const Oid type = type_of(column, "bytes");
    if (type != kBytea) wrong(column, "bytes", type);
    std::size_t size = 0;
    unsigned char* bytes =
        PQunescapeBytea(reinterpret_cast<const unsigned char*>(PQgetvalue(result_, row_, column)), &size);
    if (bytes == nullptr) throw std::bad_alloc();
    std::string out(reinterpret_cast<const char*>(bytes), size);
    PQfreemem(bytes);
    return out;
  }

 protected:
  const char* query_name() const override { return query_.name; }

 private:
  void within(int column) const {
    if (column < 0 || column >= columns()) throw_type(query_.name, column, "part of the answer", "beyond the last one");
  }
  std::string_view value(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  Oid type_of(int column, const char* wanted) const {
    if (is_null(column)) throw_type(query_.name, column, wanted, "NULL");
    return PQftype(result_, column);
  }
  [[noreturn]] void wrong(int column, const char* wanted, Oid type) const {
    const bool integral = type == kInt8 || type == kInt4 || type == kInt2 || type == kBool;
    const bool real = type == kFloat8 || type == kFloat4 || type == kNumeric;
    throw_type(query_.name, column, wanted,
               integral         ? "a whole number"
               : real           ? "another kind of number"
               : type == kBytea ? "bytes"
               : type == kText  ? "text"
                                : "of another type");
  }
  const Query& query_;
  const PGresult* result_;
  int row_ = 0;
};

// One SQL text: what became of it, and the statement prepared for each combination of the values' types.
struct Kept {
  NumberedSql text;
  bool worth_keeping = true;
  std::unordered_map<std::string, std::string> statements;  // a digit per parameter -> the statement's name
};

class PostgresqlSession final : public Session {
 public:
  explicit PostgresqlSession(const Secret& location);
  PostgresqlSession(const PostgresqlSession&) = delete;
  PostgresqlSession& operator=(const PostgresqlSession&) = delete;
  ~PostgresqlSession() override { PQfinish(connection_); }

  Engine engine() const override { return Engine::postgresql; }
  void begin_read() override { command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); }
  void begin_write() override {
    // Every command writes the audit's head, so two write transactions at once could only fail each other. They take
    // turns, over all processes, by a lock taken before the snapshot. Its key is "tith" and the schema, so that two
    // stores in one database do not wait for each other.
    command("SELECT pg_advisory_lock(1953068136, hashtext(coalesce(current_schema()::text, '')))");
    locked_ = true;
    command("BEGIN ISOLATION LEVEL SERIALIZABLE");
  }
  void commit() override;
  void rollback() noexcept override;
  bool usable() const noexcept override { return PQstatus(connection_) == CONNECTION_OK; }
  void command(const char* sql);

 protected:
  std::int64_t execute(const Query& query, const Parameters& parameters, FunctionRef<void(const Row&)> each) override;
  std::int64_t copy_in(const Query& insert, const char* table, const std::vector<const char*>& columns,
                       FunctionRef<bool(std::vector<Value>&)> next) override;

 public:
  void copy_out(const Query& query, FunctionRef<void(std::string_view)> take) override;
  void copy_lines_in(const Query& query, FunctionRef<bool(std::string&)> give) override;

 private:
  void begin_copy(const Query& query, ExecStatusType wanted);
  void send(const Query& query, const std::string& lines);
  [[noreturn]] void fail(const std::string& where, const Answer& answer);
  void end_copy(const Query& insert, const char* give_up);
  Kept& text_of(const Query& query);
  const std::string& prepare(const Query& query, Kept& kept, const std::string& kinds, const std::vector<Oid>& types);
  void unlock() noexcept;
  void forget_statements() noexcept;

  PGconn* connection_ = nullptr;
  bool locked_ = false;
  bool stale_ = false;
  std::uint64_t next_name_ = 0;
  std::unordered_map<std::string, Kept> kept_;  // by the text as it was given
};

// The connection string's own mistakes are not repeated: libpq would quote the part it did not understand.
PostgresqlSession::PostgresqlSession(const Secret& location) {
  const std::string text(location.reveal());
  char* trouble = nullptr;
  PQconninfoOption* options = PQconninfoParse(text.c_str(), &trouble);
  PQfreemem(trouble);
  if (options == nullptr) throw Error(Fault::connection, "the PostgreSQL address is not well formed");
  std::string password;
  bool timed = false;
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    if (std::strcmp(option->keyword, "password") == 0) password = option->val;
    if (std::strcmp(option->keyword, "connect_timeout") == 0) timed = true;
  }
  PQconninfoFree(options);
  const char* keywords[] = {"dbname", "fallback_application_name", "client_encoding",
                            timed ? nullptr : "connect_timeout", nullptr};
  const char* values[] = {text.c_str(), "tithing", "UTF8", "10", nullptr};
  connection_ = PQconnectdbParams(keywords, values, 1);
  if (connection_ == nullptr) throw std::bad_alloc();
  if (PQstatus(connection_) != CONNECTION_OK) {
    std::string message = PQerrorMessage(connection_);
    PQfinish(connection_);
    for (std::size_t at = 0; !password.empty() && (at = message.find(password, at)) != std::string::npos;) {
      message.replace(at, password.size(), "...");
      at += 3;
    }
    while (!message.empty() && message.back() == '\n') message.pop_back();
    throw Error(Fault::connection, message);
  }
  PQsetNoticeProcessor(
      connection_, [](void*, const char*) {}, nullptr);
  try {
    command(
        "SET standard_conforming_strings = on; SET bytea_output = hex; SET extra_float_digits = 1; SET TimeZone = "
        "'UTC';"
        "SET lock_timeout = '5s'; SET client_min_messages = warning");
  } catch (...) {
    PQfinish(connection_);
    throw;
  }
}

void PostgresqlSession::fail(const std::string& where, const Answer& answer) {
  const std::string_view state = answer.field(PG_DIAG_SQLSTATE);
  std::string message = answer.field(PG_DIAG_MESSAGE_PRIMARY);
  Fault fault = fault_of_sqlstate(state);
  if (!usable() || state.empty()) {
    fault = Fault::connection;
    message = "the connection to PostgreSQL was lost";
  } else if (state == "0A000" && message.find("cached plan") != std::string::npos) {
    fault = Fault::busy;  // the table was altered since the statement was prepared
    stale_ = true;
  } else if (state.starts_with("22")) {
    message = message.substr(0, message.find(": \""));  // what follows is the value itself, which may be private
  }
  std::string constraint = answer.field(PG_DIAG_CONSTRAINT_NAME);
  if (fault == Fault::not_null) {
    constraint = std::string(answer.field(PG_DIAG_TABLE_NAME)) + "." + answer.field(PG_DIAG_COLUMN_NAME);
  }
  mark_failed(fault);
  throw Error(fault, where + ": " + message, constraint);
}

void PostgresqlSession::command(const char* sql) {
  const Answer answer(PQexec(connection_, sql));
  const ExecStatusType status = PQresultStatus(answer.result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(std::string(sql).substr(0, 40), answer);
  // COMMIT of a transaction that had failed succeeds as a ROLLBACK.
  if (std::strcmp(sql, "COMMIT") == 0 && std::strcmp(PQcmdStatus(answer.result), "COMMIT") != 0) {
    throw Error(Fault::other, "nothing was kept: a statement of the transaction had failed");
  }
}

void PostgresqlSession::commit() {
  try {
    command("COMMIT");
  } catch (const Error& error) {
    if (error.fault != Fault::connection) throw;
    throw Error(Fault::connection,
                "the connection to PostgreSQL was lost while committing; look whether the change was kept");
  }
  unlock();
}

void PostgresqlSession::rollback() noexcept {
  if (PQtransactionStatus(connection_) != PQTRANS_IDLE) PQclear(PQexec(connection_, "ROLLBACK"));
  unlock();
  if (stale_) forget_statements();
}

void PostgresqlSession::unlock() noexcept {
  if (!locked_) return;
  locked_ = false;
  PQclear(PQexec(connection_, "SELECT pg_advisory_unlock_all()"));
}

void PostgresqlSession::forget_statements() noexcept {
  kept_.clear();
  stale_ = false;
  PQclear(PQexec(connection_, "DEALLOCATE ALL"));
}

Kept& PostgresqlSession::text_of(const Query& query) {
  const auto found = kept_.find(query.sql);
  if (found != kept_.end()) return found->second;
  const std::string word = first_word(query.sql);
  refuse_transaction_control(query, word);
  if (migration_statements(query.sql, Engine::postgresql).size() != 1) {
    throw Error(Fault::other, std::string(query.name) + ": a query is one statement, no more and no less");
  }
  if (kept_.size() >= kMostKept) forget_statements();
  return kept_.emplace(query.sql, Kept{numbered_parameters(query.sql), is_kept(word), {}}).first->second;
}

const std::string& PostgresqlSession::prepare(const Query& query, Kept& kept, const std::string& kinds,
                                              const std::vector<Oid>& types) {
  const auto found = kept.statements.find(kinds);
  if (found != kept.statements.end()) return found->second;
  const std::string name = "s" + std::to_string(++next_name_);
  const Answer answer(
      PQprepare(connection_, name.c_str(), kept.text.sql.c_str(), static_cast<int>(types.size()), types.data()));
  if (PQresultStatus(answer.result) != PGRES_COMMAND_OK) fail(query.name, answer);
  return kept.statements.emplace(kinds, name).first->second;
}

Oid type_of(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::integer:
      return kInt8;
    case Value::Kind::real:
      return kFloat8;
    case Value::Kind::text:
      return kText;
    case Value::Kind::blob:
      return kBytea;
    case Value::Kind::null:
      break;
  }
  return 0;  // the server infers it
}

// Every value goes as the type it is, never as what the server infers, which would make `1 = :flag` a 32-bit number.
struct Bound {
  std::vector<Oid> types;
  std::vector<std::string> written;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;

  explicit Bound(const std::vector<const Value*>& given) : written(given.size()) {
    for (std::size_t i = 0; i < given.size(); ++i) {
      const Value& value = *given[i];
      types.push_back(type_of(value.kind()));
      formats.push_back(value.kind() == Value::Kind::blob ? 1 : 0);
      lengths.push_back(static_cast<int>(value.text().size()));
      if (value.kind() == Value::Kind::null) {
        values.push_back(nullptr);
      } else if (value.kind() == Value::Kind::integer) {
        written[i] = std::to_string(value.integer());
        values.push_back(written[i].c_str());
      } else if (value.kind() == Value::Kind::real) {
        char digits[40];
        const auto [end, trouble] = std::to_chars(digits, digits + sizeof digits, value.real());
        written[i].assign(digits, trouble == std::errc() ? end : digits);
        values.push_back(written[i].c_str());
      } else {
        values.push_back(value.text().data());
      }
    }
  }
};

std::int64_t PostgresqlSession::execute(const Query& query, const Parameters& parameters,
                                        FunctionRef<void(const Row&)> each) {
  Kept& kept = text_of(query);
  const std::vector<const Value*> values = matched_parameters(query, kept.text.names, parameters);
  const Bound bound(values);
  std::string kinds;
  for (const Value* value : values) kinds += static_cast<char>('0' + static_cast<int>(value->kind()));
  const int count = static_cast<int>(values.size());
  const Answer answer(kept.worth_keeping
                          ? PQexecPrepared(connection_, prepare(query, kept, kinds, bound.types).c_str(), count,
                                           bound.values.data(), bound.lengths.data(), bound.formats.data(), 0)
                          : PQexecParams(connection_, kept.text.sql.c_str(), count, bound.types.data(),
                                         bound.values.data(), bound.lengths.data(), bound.formats.data(), 0));
  const ExecStatusType status = PQresultStatus(answer.result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(query.name, answer);
  PostgresqlRow row(query, answer.result);
  const int rows = PQntuples(answer.result);
  for (int i = 0; i < rows; ++i) {
    row.go_to(i);
    each(row);
  }
  const std::string_view changed = PQcmdTuples(answer.result);
  std::int64_t number = rows;
  std::from_chars(changed.data(), changed.data() + changed.size(), number);
  return number;
}

// One value of COPY's text format (PostgreSQL 15, COPY, "Text Format").
void append_copied(std::string& line, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::null:
      line += "\\N";
      return;
    case Value::Kind::integer:
      line += std::to_string(value.integer());
      return;
    case Value::Kind::real: {
      char digits[40];
      const auto [end, trouble] = std::to_chars(digits, digits + sizeof digits, value.real());
      line.append(digits, trouble == std::errc() ? end : digits);
      return;
    }
    case Value::Kind::blob: {
      line += "\\\\x";
      for (const char c : value.text()) {
        const auto byte = static_cast<unsigned char>(c);
        line += "0123456789abcdef"[byte >> 4];
        line += "0123456789abcdef"[byte & 15];
      }
      return;
    }
    case Value::Kind::text:
      break;
  }
  for (const char c : value.text()) {
    if (c == '\\') {
      line += "\\\\";
    } else if (c == '\n') {
      line += "\\n";
    } else if (c == '\r') {
      line += "\\r";
    } else if (c == '\t') {
      line += "\\t";
    } else {
      line += c;
    }
  }
}

// Takes every answer that the COPY still owes; with `give_up` the server is told to forget the rows.
void PostgresqlSession::end_copy(const Query& insert, const char* give_up) {
  PQputCopyEnd(connection_, give_up);
  std::unique_ptr<Answer> refusal;
  while (PGresult* result = PQgetResult(connection_)) {
    auto answer = std::make_unique<Answer>(result);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && !refusal) refusal = std::move(answer);
  }
  if (give_up == nullptr && refusal) fail(insert.name, *refusal);
}

std::int64_t PostgresqlSession::copy_in(const Query& insert, const char* table, const std::vector<const char*>& columns,
                                        FunctionRef<bool(std::vector<Value>&)> next) {
  std::string sql = "COPY " + std::string(table) + " (";
  for (const char* column : columns) sql += (column == columns.front() ? "" : ", ") + std::string(column);
  sql += ") FROM STDIN";
  std::int64_t written = 0;
  std::vector<Value> row;
  copy_lines_in({insert.name, sql.c_str()}, [&](std::string& lines) {
    lines.clear();
    while (lines.size() <= kPiece && next(row)) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) lines += '\t';
        append_copied(lines, row[i]);
      }
      lines += '\n';
      ++written;
    }
    return !lines.empty();
  });
  return written;
}

void PostgresqlSession::begin_copy(const Query& query, ExecStatusType wanted) {
  const Answer answer(PQexec(connection_, query.sql));
  if (PQresultStatus(answer.result) != wanted) fail(query.name, answer);
}

void PostgresqlSession::send(const Query& query, const std::string& lines) {
  if (PQputCopyData(connection_, lines.data(), static_cast<int>(lines.size())) == 1) return;
  end_copy(query, nullptr);  // says why
  mark_failed(Fault::connection);
  throw Error(Fault::connection, std::string(query.name) + ": the connection to PostgreSQL was lost");
}

void PostgresqlSession::copy_lines_in(const Query& query, FunctionRef<bool(std::string&)> give) {
  begin_copy(query, PGRES_COPY_IN);
  try {
    for (std::string lines; give(lines);) send(query, lines);
  } catch (...) {
    if (PQtransactionStatus(connection_) == PQTRANS_ACTIVE) end_copy(query, "the rows stopped");
    mark_failed(Fault::other);
    throw;
  }
  end_copy(query, nullptr);
}

void PostgresqlSession::copy_out(const Query& query, FunctionRef<void(std::string_view)> take) {
  begin_copy(query, PGRES_COPY_OUT);
  for (;;) {
    char* line = nullptr;
    const int size = PQgetCopyData(connection_, &line, 0);
    if (size > 0) {
      const std::unique_ptr<char, decltype(&PQfreemem)> owned(line, PQfreemem);
      try {
        take({line, static_cast<std::size_t>(size)});
      } catch (...) {
        mark_failed(Fault::other);  // what is still coming is thrown away with the connection's transaction
        while (PQgetCopyData(connection_, &line, 0) > 0) PQfreemem(line);
        while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
        throw;
      }
      continue;
    }
    std::unique_ptr<Answer> refusal;
    while (PGresult* result = PQgetResult(connection_)) {
      auto answer = std::make_unique<Answer>(result);
      if (PQresultStatus(result) != PGRES_COMMAND_OK && !refusal) refusal = std::move(answer);
    }
    if (refusal) fail(query.name, *refusal);
    if (size == -1) return;
    mark_failed(Fault::connection);
    throw Error(Fault::connection, std::string(query.name) + ": the connection to PostgreSQL was lost");
  }
}

class PostgresqlDatabase final : public PooledDatabase {
 public:
  PostgresqlDatabase(Secret location, int readers) : PooledDatabase(readers), location_(std::move(location)) {
    connect_writer();
  }
  PostgresqlDatabase(const PostgresqlDatabase&) = delete;
  PostgresqlDatabase& operator=(const PostgresqlDatabase&) = delete;
  ~PostgresqlDatabase() override { drop_sessions(); }
  Engine engine() const override { return Engine::postgresql; }
  Status copy_to(const std::string&) override {
    return unavailable(tr("The store is on PostgreSQL, which makes its own copies: use pg_dump."));
  }
  Status restore_from(const std::string&) override {
    return unavailable(tr("The store is on PostgreSQL, which restores its own copies: use pg_restore."));
  }

 protected:
  std::unique_ptr<Session> connect(bool) override { return std::make_unique<PostgresqlSession>(location_); }

 private:
  const Secret location_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql(const Configuration& configuration) {
  try {
    return std::make_unique<PostgresqlDatabase>(configuration.location, configuration.readers);
  } catch (const Error& error) {
    return unavailable(
        tr("PostgreSQL cannot be reached: {0}. Check that it runs, and the address, user name and password "
           "given.",
           {error.what()}));
  }
}

}  // namespace tithing::db
