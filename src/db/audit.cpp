#include "db/audit.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "db/columns.h"
#include "db/migrations.h"

namespace tithing::db {
namespace {

constexpr const char* kNoHash = "0000000000000000000000000000000000000000000000000000000000000000";

// The triggers are the one thing that the engines say differently. They keep the program, and anyone with an SQL prompt
// and no ill will, from altering an entry; ill will is found by verify_audit().
constexpr const char* kMigration = R"sql(
CREATE TABLE audit_entry (
  number BIGINT NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  sentence TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, number);
CREATE INDEX audit_entry_action ON audit_entry (action, number);
CREATE TABLE audit_head (
  id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO audit_head (id, number, hash)
  VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
-- only sqlite
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never changed');
END;
-- only sqlite
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries are never removed');
END;
-- only postgresql
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are never changed or removed';
END $$;
-- only postgresql
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();
-- only postgresql
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
)sql";

constexpr Query kHead = {"audit.head", "SELECT number, hash FROM audit_head WHERE id = 1"};
constexpr Query kInsert = {
    "audit.insert",
    "INSERT INTO audit_entry (number, at, actor, action, subject, sentence, detail, previous_hash, hash) "
    "VALUES (:number, :at, :actor, :action, :subject, :sentence, :detail, :previous_hash, :hash)"};
constexpr Query kMoveHead = {"audit.move_head", "UPDATE audit_head SET number = :number, hash = :hash WHERE id = 1"};
constexpr Query kWalk = {"audit.walk",
                         "SELECT number, at, actor, action, subject, sentence, detail, previous_hash, hash "
                         "FROM audit_entry WHERE number > :after ORDER BY number LIMIT :limit"};
// The prefix is compared as a range, [prefix, prefix + U+10FFFF), so that the index serves; '' is before everything.
constexpr Query kRead = {"audit.read",
                         "SELECT number, at, actor, action, subject, sentence, detail, previous_hash, hash "
                         "FROM audit_entry WHERE action >= :from AND action < :to "
                         "ORDER BY number DESC LIMIT :limit OFFSET :offset"};
constexpr Query kReadSubject = {"audit.read_subject",
                                "SELECT number, at, actor, action, subject, sentence, detail, previous_hash, hash "
                                "FROM audit_entry WHERE action >= :from AND action < :to AND subject = :subject "
                                "ORDER BY number DESC LIMIT :limit OFFSET :offset"};
constexpr Query kCount = {"audit.count", "SELECT count(*) FROM audit_entry WHERE action >= :from AND action < :to"};
constexpr Query kCountSubject = {
    "audit.count_subject",
    "SELECT count(*) FROM audit_entry WHERE action >= :from AND action < :to AND subject = :subject"};
constexpr const char* kAfterAll = "\xF4\x8F\xBF\xBF";  // U+10FFFF

AuditRow row_of(const Columns::Named& row) {
  return {row.integer("number"),
          row.text("at"),
          {row.text("actor"), row.text("action"), row.text("subject"), row.text("sentence"), row.text("detail")},
          row.text("previous_hash"),
          row.text("hash")};
}

// Names of files and people reach the sentence; whatever bytes they hold, the entry is written.
std::string storable(const std::string& text) {
  std::string out = to_valid_utf8(text);
  std::erase(out, '\0');
  return out;
}

struct Head {
  std::int64_t number = -1;
  std::string hash;
};

Head head_of(Connection& connection) {
  Head head;
  connection.run(kHead, {}, [&](const Row& row) { head = {row.integer("number"), row.text("hash")}; });
  return head;
}

}  // namespace

std::string audit_hash(const AuditRow& row) {
  std::string text;
  for (const std::string& field : {std::to_string(row.number), row.at, row.entry.actor, row.entry.action,
                                   row.entry.subject, row.entry.sentence, row.entry.detail, row.previous_hash}) {
    text += std::to_string(field.size()) + ":" + field;
  }
  return sha256(text);
}

void append_audit(Transaction& transaction, Instant at, const AuditEntry& entry) {
  const Head head = head_of(transaction);
  if (head.number < 0)
    throw Error(Fault::other, "the audit has lost its head; nothing can be written until it is restored");
  AuditRow row{head.number + 1,
               at.iso(),
               {storable(entry.actor), storable(entry.action), storable(entry.subject), storable(entry.sentence),
                storable(entry.detail)},
               head.hash,
               ""};
  row.hash = audit_hash(row);
  transaction.run(kInsert, {{"number", row.number},
                            {"at", row.at},
                            {"actor", row.entry.actor},
                            {"action", row.entry.action},
                            {"subject", row.entry.subject},
                            {"sentence", row.entry.sentence},
                            {"detail", row.entry.detail},
                            {"previous_hash", row.previous_hash},
                            {"hash", row.hash}});
  transaction.run(kMoveHead, {{"number", row.number}, {"hash", row.hash}});
}

std::vector<AuditRow> read_audit(Connection& connection, const std::string& action_prefix, const std::string& subject,
                                 int limit, int offset) {
  std::vector<AuditRow> rows;
  Columns columns;
  Parameters parameters = {
      {"from", action_prefix}, {"to", action_prefix + kAfterAll}, {"limit", limit}, {"offset", offset}};
  if (!subject.empty()) parameters.push_back({"subject", subject});
  connection.run(subject.empty() ? kRead : kReadSubject, parameters,
                 [&](const Row& row) { rows.push_back(row_of(columns.in(row))); });
  return rows;
}

std::int64_t count_audit(Connection& connection, const std::string& action_prefix, const std::string& subject) {
  Parameters parameters = {{"from", action_prefix}, {"to", action_prefix + kAfterAll}};
  if (!subject.empty()) parameters.push_back({"subject", subject});
  return connection.integer(subject.empty() ? kCount : kCountSubject, parameters).value_or(0);
}

Result<std::int64_t> verify_audit(Connection& connection) {
  constexpr int kPage = 1000;
  const Head head = head_of(connection);
  if (head.number < 0)
    return invalid(tr("The audit has lost its head, the record of its newest entry: it was removed."));
  Head last{0, kNoHash};
  std::string trouble;
  Columns columns;
  for (bool more = true; more && trouble.empty();) {
    const std::int64_t rows = connection.run(kWalk, {{"after", last.number}, {"limit", kPage}}, [&](const Row& answer) {
      if (!trouble.empty()) return;
      const AuditRow row = row_of(columns.in(answer));
      const std::string name = "Entry " + std::to_string(row.number);
      if (row.number != last.number + 1) {
        trouble = "Entry " + std::to_string(last.number + 1) + " is missing: it was removed or put elsewhere.";
      } else if (audit_hash(row) != row.hash) {
        trouble = name + " is not as it was written: it was changed, or another entry was put in its place.";
      } else if (row.previous_hash != last.hash) {
        trouble = name + " does not follow the entry before it: one of the two was changed, removed or put elsewhere.";
      }
      last = {row.number, row.hash};
    });
    more = rows == kPage;
  }
  if (!trouble.empty()) return invalid(trouble);
  if (last.number < head.number) {
    return invalid(tr("Entries after {0} are missing: the newest one was {1}.",
                      {std::to_string(last.number), std::to_string(head.number)}));
  }
  if (last.number > head.number || last.hash != head.hash) {
    return invalid(
        tr("The newest entry, {0}, is not the one that was written last: it was changed, or the record of "
           "the newest entry was.",
           {std::to_string(last.number)}));
  }
  return last.number;
}

std::vector<Migration> audit_migrations() { return {{1, "0001_audit", kMigration}}; }

}  // namespace tithing::db
