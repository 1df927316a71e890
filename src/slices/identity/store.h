// Rows of accounts, grants, sessions, links and attempts. SQL only; the rules are in domain.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.h"
#include "base/clock.h"
#include "db/db.h"
#include "slices/identity/domain.h"

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
  bool second_factor = false;  // it was opened with one
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

bool device_is_known(db::Connection& connection, const std::string& device_hash, std::int64_t account_id);
// The device is called `fresh` from now on, for every account that knows it as `former`, and this one knows it.
void remember_device(db::Transaction& transaction, const std::string& former, const std::string& fresh,
                     std::int64_t account_id, Instant at);
void forget_devices_of(db::Transaction& transaction, std::int64_t account_id);
void forget_devices_before(db::Transaction& transaction, Instant before);

std::int64_t insert_attempt(db::Transaction& transaction, const std::string& email_hash, const Attempt& attempt);
std::vector<Attempt> attempts_of_email(db::Connection& connection, const std::string& email_hash,
                                       Instant since);  // ascending
// Without those of known devices.
std::vector<Instant> attempts_of_network(db::Connection& connection, const std::string& network,
                                         Instant since);  // ascending
void delete_attempt(db::Transaction& transaction, std::int64_t id);
// Those that count for whoever comes from there: of the device, or of the network without any.
void delete_attempts_like(db::Transaction& transaction, const std::string& email_hash, const std::string& network,
                          const std::string& device);
void delete_attempts_of_email(db::Transaction& transaction, const std::string& email_hash);
void delete_attempts_outside(db::Transaction& transaction, Instant from, Instant until);

std::optional<std::string> find_key(db::Connection& connection, const std::string& name);
void insert_key_if_absent(db::Transaction& transaction, const std::string& name, const std::string& value);

}  // namespace tithing::identity
