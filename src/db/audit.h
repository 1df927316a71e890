// The audit: append-only rows, each holding the hash of the one before. A command writes its row in its own
// transaction.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "db/db.h"

namespace tithing::db {

struct AuditEntry {
  std::string actor;     // "account:12", "command line", "system"
  std::string action;    // "evidence.import"
  std::string subject;   // "dataset:44", "area:E22000368"; may be empty
  std::string sentence;  // "Imported 11 files of North Yorkshire Police, January to November 2022: 61,779 rows
                         // accepted, 0 refused."
  std::string detail;    // JSON or empty; never a secret
};

struct AuditRow {
  std::int64_t number;
  std::string at;  // ISO 8601, UTC
  AuditEntry entry;
  std::string previous_hash;
  std::string hash;
};

// SHA-256 over the entry's fields, length-prefixed, its number, its time and the hash before it.
std::string audit_hash(const AuditRow& row);

void append_audit(Transaction& transaction, Instant at, const AuditEntry& entry);

// Newest first, `limit` from the `offset`th. Filters that are empty do not filter.
std::vector<AuditRow> read_audit(Connection& connection, const std::string& action_prefix, const std::string& subject,
                                 int limit, int offset);
std::int64_t count_audit(Connection& connection, const std::string& action_prefix, const std::string& subject);

// Walks the whole chain. A problem names the first entry that was changed, removed or put elsewhere. The newest number
// and hash are also kept in audit_head, so that cutting off the end is found.
Result<std::int64_t> verify_audit(Connection& connection);

std::vector<struct Migration> audit_migrations();

}  // namespace tithing::db
