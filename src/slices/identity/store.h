// Rows of accounts, grants, sessions, links and attempts. SQL only; the rules are in domain.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "db/db.h"

namespace tithing::identity {

struct Account {
  std::int64_t id = 0;
  std::string email;  // lower case
  std::string name;
  std::string password_hash;  // empty: none has been set
  std::optional<Instant> password_changed_at;
  Instant created_at;
  std::optional<Instant> suspended_at;
  std::int64_t version = 1;  // one more with each change of name or grants
};

struct SessionRow {
  std::string token_hash;
  std::int64_t account_id = 0;
  Instant started_at;
  Instant last_seen_at;
  std::string remote_address;
  std::string browser;
};

struct LinkRow {
  std::string token_hash;
  std::int64_t account_id = 0;
  Instant made_at;
  std::string made_by;
  std::optional<Instant> used_at;
};

std::int64_t insert_account(db::Transaction& transaction, const Account& account);
std::optional<Account> find_account(db::Connection& connection, std::int64_t id);
std::optional<Account> find_account_by_email(db::Connection& connection, const std::string& email);
// By name, then number. `text` is looked for in name and address; empty: all.
std::vector<Account> list_accounts(db::Connection& connection, const std::string& text, int limit, int offset);
std::int64_t count_accounts(db::Connection& connection, const std::string& text);
// False when the account has another version by now.
bool update_account(db::Transaction& transaction, std::int64_t id, const std::string& name, std::int64_t version);
void update_password(db::Transaction& transaction, std::int64_t id, const std::string& hash, Instant at);
void replace_hash(db::Transaction& transaction, std::int64_t id,
                  const std::string& hash);  // the same password at another cost
void update_suspension(db::Transaction& transaction, std::int64_t id, std::optional<Instant> at);

std::vector<Grant> grants_of(db::Connection& connection, std::int64_t account_id);
void replace_grants(db::Transaction& transaction, std::int64_t account_id, const std::vector<Grant>& grants);
// Accounts that are not suspended and hold this role, for whatever area.
std::int64_t count_active_with_role(db::Connection& connection, Role role);

void insert_session(db::Transaction& transaction, const SessionRow& session);
std::optional<SessionRow> find_session(db::Connection& connection, const std::string& token_hash);
std::vector<SessionRow> sessions_of(db::Connection& connection, std::int64_t account_id);  // newest first
void touch_session(db::Transaction& transaction, const std::string& token_hash, Instant at);
std::int64_t delete_session(db::Transaction& transaction, const std::string& token_hash);
// All of the account's but `except` (empty: all).
std::int64_t delete_sessions_of(db::Transaction& transaction, std::int64_t account_id, const std::string& except);
std::int64_t delete_sessions_ended(db::Transaction& transaction, Instant started_before, Instant seen_before);

void insert_link(db::Transaction& transaction, const LinkRow& link);
std::optional<LinkRow> find_link(db::Connection& connection, const std::string& token_hash);
void use_link(db::Transaction& transaction, const std::string& token_hash, Instant at);
void delete_links_of(db::Transaction& transaction, std::int64_t account_id);  // that were not used

std::int64_t insert_attempt(db::Transaction& transaction, const std::string& email_hash, const std::string& address,
                            Instant at);
std::vector<Instant> attempts_of_email(db::Connection& connection, const std::string& email_hash,
                                       Instant since);  // ascending
std::vector<Instant> attempts_of_address(db::Connection& connection, const std::string& address,
                                         Instant since);  // ascending
void delete_attempt(db::Transaction& transaction, std::int64_t id);
void delete_attempts_of_email(db::Transaction& transaction, const std::string& email_hash);
void delete_attempts_before(db::Transaction& transaction, Instant before);

std::optional<std::string> find_key(db::Connection& connection, const std::string& name);
void insert_key_if_absent(db::Transaction& transaction, const std::string& name, const std::string& value);

}  // namespace tithing::identity
