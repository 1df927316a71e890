// What pages and the command line show: read models, each with its permission.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "base/result.h"

namespace tithing::db {
class Database;
}

namespace tithing::identity {

struct AccountView {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::string email;
  std::string name;
  std::vector<Grant> grants;
  bool has_password = false;
  bool is_linked = false;  // with somebody at a provider, who comes in without a password
  bool can_come_in() const { return has_password || is_linked; }
  std::optional<Instant> suspended_at;
  Instant created_at;
  std::optional<Instant> last_seen_at;  // of its newest session that is alive
  int sessions = 0;                     // alive
};

struct SessionView {
  std::string key;
  Instant started_at;
  Instant last_seen_at;
  std::string remote_address;
  std::string browser;
};

// Those in whose name or address `text` stands, by name. Both need kAdminister; nobody else counts any.
std::int64_t count_of_accounts(db::Database& database, const Actor& actor, const std::string& text);
Result<std::vector<AccountView>> accounts(db::Database& database, const Actor& actor, Instant now,
                                          const std::string& text, int limit, int offset = 0);
Result<AccountView> account(db::Database& database, const Actor& actor, Instant now, std::int64_t id);
Result<AccountView> account_by_email(db::Database& database, const Actor& actor, Instant now, const std::string& email);
// One's own sessions that are alive, newest first.
std::vector<SessionView> own_sessions(db::Database& database, const Actor& actor, Instant now);
// One's own e-mail address.
std::string own_email(db::Database& database, const Actor& actor);

struct AuditLine {
  std::int64_t number = 0;
  std::string at;  // ISO 8601, UTC
  std::string actor;
  std::string actor_name;  // of an account by its present name; else as `actor`
  std::string action;
  std::string subject;
  std::string sentence;
  std::string hash;
};

// Newest first. Filters that are empty do not filter; `action` is the beginning of one. Both need kReadAudit; for
// anybody else there are none.
std::int64_t count_of_audit(db::Database& database, const Actor& actor, const std::string& action,
                            const std::string& subject);
Result<std::vector<AuditLine>> audit_lines(db::Database& database, const Actor& actor, const std::string& action,
                                           const std::string& subject, int limit, int offset = 0);
// The number of entries when the chain is whole; else a problem that names the first that is not. Needs kReadAudit.
Result<std::int64_t> check_audit(db::Database& database, const Actor& actor);

// Who an audit name ("account:12") is, as others see it: the account's name; anything else as it stands.
std::string person_of(db::Database& database, const std::string& audit_name);

}  // namespace tithing::identity
