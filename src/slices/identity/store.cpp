#include "slices/identity/store.h"

#include "base/text.h"
#include "slices/identity/identity.h"

namespace tithing::identity {
namespace {

using db::Connection;
using db::Query;
using db::Row;
using db::Transaction;

#define ACCOUNT_COLUMNS "id, email, name, password_hash, password_changed_at, created_at, suspended_at, version"

constexpr Query kInsertAccount{
    "identity.insert_account",
    "INSERT INTO account (email, name, password_hash, password_changed_at, created_at, suspended_at, version) "
    "VALUES (:email, :name, :hash, :changed, :created, :suspended, 1) RETURNING id"};
constexpr Query kAccount{"identity.account", "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = :id"};
constexpr Query kAccountByEmail{"identity.account_by_email",
                                "SELECT " ACCOUNT_COLUMNS " FROM account WHERE email = :email"};
constexpr Query kAccounts{
    "identity.accounts", "SELECT " ACCOUNT_COLUMNS
                         " FROM account WHERE LOWER(name) LIKE :pattern ESCAPE '\\' OR email LIKE :pattern ESCAPE '\\' "
                         "ORDER BY LOWER(name), id LIMIT :limit OFFSET :offset"};
constexpr Query kCountAccounts{
    "identity.count_accounts",
    "SELECT COUNT(*) FROM account WHERE LOWER(name) LIKE :pattern ESCAPE '\\' OR email LIKE :pattern ESCAPE '\\'"};
constexpr Query kUpdateAccount{
    "identity.update_account",
    "UPDATE account SET name = :name, version = version + 1 WHERE id = :id AND version = :version"};
constexpr Query kUpdatePassword{"identity.update_password",
                                "UPDATE account SET password_hash = :hash, password_changed_at = :at WHERE id = :id"};
constexpr Query kReplaceHash{"identity.replace_hash", "UPDATE account SET password_hash = :hash WHERE id = :id"};
constexpr Query kUpdateSuspension{"identity.update_suspension", "UPDATE account SET suspended_at = :at WHERE id = :id"};

constexpr Query kGrants{"identity.grants",
                        "SELECT role, organisation, area_code FROM account_grant WHERE account_id = :id ORDER BY role, "
                        "organisation, area_code"};
constexpr Query kDeleteGrants{"identity.delete_grants", "DELETE FROM account_grant WHERE account_id = :id"};
constexpr Query kInsertGrant{
    "identity.insert_grant",
    "INSERT INTO account_grant (account_id, role, organisation, area_code) VALUES (:id, :role, :organisation, :area) "
    "ON CONFLICT (account_id, role, organisation, area_code) DO NOTHING"};
constexpr Query kCountWithRole{
    "identity.count_with_role",
    "SELECT COUNT(DISTINCT account.id) FROM account JOIN account_grant ON account_grant.account_id = account.id "
    "WHERE account_grant.role = :role AND account.suspended_at IS NULL"};

#define SESSION_COLUMNS "token_hash, account_id, started_at, last_seen_at, remote_address, browser"
constexpr Query kInsertSession{"identity.insert_session",
                               "INSERT INTO account_session (" SESSION_COLUMNS
                               ") VALUES (:hash, :account, :started, :seen, :address, :browser)"};
constexpr Query kSession{"identity.session",
                         "SELECT " SESSION_COLUMNS " FROM account_session WHERE token_hash = :hash"};
constexpr Query kSessions{"identity.sessions",
                          "SELECT " SESSION_COLUMNS
                          " FROM account_session WHERE account_id = :account ORDER BY last_seen_at DESC, token_hash"};
constexpr Query kTouchSession{
    "identity.touch_session",
    "UPDATE account_session SET last_seen_at = :at WHERE token_hash = :hash AND last_seen_at < :at"};
constexpr Query kDeleteSession{"identity.delete_session", "DELETE FROM account_session WHERE token_hash = :hash"};
constexpr Query kDeleteSessions{"identity.delete_sessions",
                                "DELETE FROM account_session WHERE account_id = :account AND token_hash <> :except"};
constexpr Query kDeleteEnded{"identity.delete_ended_sessions",
                             "DELETE FROM account_session WHERE started_at <= :started OR last_seen_at <= :seen"};

#define LINK_COLUMNS "token_hash, account_id, made_at, made_by, used_at"
constexpr Query kInsertLink{"identity.insert_link",
                            "INSERT INTO account_link (" LINK_COLUMNS ") VALUES (:hash, :account, :made, :by, NULL)"};
constexpr Query kLink{"identity.link", "SELECT " LINK_COLUMNS " FROM account_link WHERE token_hash = :hash"};
constexpr Query kUseLink{"identity.use_link", "UPDATE account_link SET used_at = :at WHERE token_hash = :hash"};
constexpr Query kDeleteLinks{"identity.delete_links",
                             "DELETE FROM account_link WHERE account_id = :account AND used_at IS NULL"};

constexpr Query kInsertAttempt{"identity.insert_attempt",
                               "INSERT INTO sign_in_attempt (email_hash, remote_address, attempted_at) VALUES (:email, "
                               ":address, :at) RETURNING id"};
constexpr Query kAttemptsOfEmail{"identity.attempts_of_email",
                                 "SELECT attempted_at FROM sign_in_attempt WHERE email_hash = :email AND attempted_at "
                                 "> :since ORDER BY attempted_at"};
constexpr Query kAttemptsOfAddress{"identity.attempts_of_address",
                                   "SELECT attempted_at FROM sign_in_attempt WHERE remote_address = :address AND "
                                   "attempted_at > :since ORDER BY attempted_at"};
constexpr Query kDeleteAttempt{"identity.delete_attempt", "DELETE FROM sign_in_attempt WHERE id = :id"};
constexpr Query kDeleteAttemptsOfEmail{"identity.delete_attempts_of_email",
                                       "DELETE FROM sign_in_attempt WHERE email_hash = :email"};
constexpr Query kDeleteAttemptsBefore{"identity.delete_attempts_before",
                                      "DELETE FROM sign_in_attempt WHERE attempted_at < :before"};

constexpr Query kEndSessions{"identity.end_sessions", "DELETE FROM account_session"};
constexpr Query kEndLinks{"identity.end_links", "DELETE FROM account_link WHERE used_at IS NULL"};
constexpr Query kEndAttempts{"identity.end_attempts", "DELETE FROM sign_in_attempt"};

constexpr Query kKey{"identity.key", "SELECT value FROM identity_key WHERE name = :name"};
constexpr Query kInsertKey{
    "identity.insert_key",
    "INSERT INTO identity_key (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING"};

std::optional<Instant> maybe_instant(const Row& row, std::string_view column) {
  if (row.is_null(column)) return std::nullopt;
  return Instant{row.integer(column)};
}

Account account_of(const Row& row) {
  Account account;
  account.id = row.integer("id");
  account.email = row.text("email");
  account.name = row.text("name");
  account.password_hash = row.maybe_text("password_hash").value_or("");
  account.password_changed_at = maybe_instant(row, "password_changed_at");
  account.created_at = {row.integer("created_at")};
  account.suspended_at = maybe_instant(row, "suspended_at");
  account.version = row.integer("version");
  return account;
}

SessionRow session_of(const Row& row) {
  return {row.text("token_hash"),        row.integer("account_id"),  {row.integer("started_at")},
          {row.integer("last_seen_at")}, row.text("remote_address"), row.text("browser")};
}

db::Value value_of(const std::optional<Instant>& at) { return at ? db::Value(at->milliseconds) : db::Value(); }
db::Value value_or_null(const std::string& text) { return text.empty() ? db::Value() : db::Value(text); }

// For LIKE: what was typed is looked for as it stands.
std::string pattern_of(const std::string& text) {
  std::string pattern = "%";
  for (const char c : lowered(trimmed(text))) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern == "%" ? pattern : pattern + "%";
}

std::optional<Account> one_account(Connection& connection, const Query& query, const db::Parameters& parameters) {
  std::optional<Account> found;
  connection.run(query, parameters, [&](const Row& row) { found = account_of(row); });
  return found;
}

std::vector<Instant> instants(Connection& connection, const Query& query, const db::Parameters& parameters) {
  std::vector<Instant> found;
  connection.run(query, parameters, [&](const Row& row) { found.push_back({row.integer("attempted_at")}); });
  return found;
}

}  // namespace

std::int64_t insert_account(Transaction& transaction, const Account& account) {
  return transaction
      .integer(kInsertAccount, {{"email", account.email},
                                {"name", account.name},
                                {"hash", value_or_null(account.password_hash)},
                                {"changed", value_of(account.password_changed_at)},
                                {"created", account.created_at.milliseconds},
                                {"suspended", value_of(account.suspended_at)}})
      .value();
}

std::optional<Account> find_account(Connection& connection, std::int64_t id) {
  return one_account(connection, kAccount, {{"id", id}});
}

std::optional<Account> find_account_by_email(Connection& connection, const std::string& email) {
  return one_account(connection, kAccountByEmail, {{"email", email}});
}

std::vector<Account> list_accounts(Connection& connection, const std::string& text, int limit, int offset) {
  std::vector<Account> found;
  connection.run(kAccounts, {{"pattern", pattern_of(text)}, {"limit", limit}, {"offset", offset}},
                 [&](const Row& row) { found.push_back(account_of(row)); });
  return found;
}

std::int64_t count_accounts(Connection& connection, const std::string& text) {
  return connection.integer(kCountAccounts, {{"pattern", pattern_of(text)}}).value_or(0);
}

bool update_account(Transaction& transaction, std::int64_t id, const std::string& name, std::int64_t version) {
  return transaction.run(kUpdateAccount, {{"id", id}, {"name", name}, {"version", version}}) == 1;
}

void update_password(Transaction& transaction, std::int64_t id, const std::string& hash, Instant at) {
  transaction.run(kUpdatePassword, {{"id", id}, {"hash", hash}, {"at", at.milliseconds}});
}

void replace_hash(Transaction& transaction, std::int64_t id, const std::string& hash) {
  transaction.run(kReplaceHash, {{"id", id}, {"hash", hash}});
}

void update_suspension(Transaction& transaction, std::int64_t id, std::optional<Instant> at) {
  transaction.run(kUpdateSuspension, {{"id", id}, {"at", value_of(at)}});
}

std::vector<Grant> grants_of(Connection& connection, std::int64_t account_id) {
  std::vector<Grant> grants;
  connection.run(kGrants, {{"id", account_id}}, [&](const Row& row) {
    // A role that this program does not know, written by a newer one, gives nothing.
    if (const std::optional<Role> role = role_from(row.text("role")))
      grants.push_back({*role, row.text("organisation"), row.text("area_code")});
  });
  return grants;
}

void replace_grants(Transaction& transaction, std::int64_t account_id, const std::vector<Grant>& grants) {
  transaction.run(kDeleteGrants, {{"id", account_id}});
  for (const Grant& grant : grants)
    transaction.run(kInsertGrant, {{"id", account_id},
                                   {"role", code_of(grant.role)},
                                   {"organisation", grant.organisation},
                                   {"area", grant.area_code}});
}

std::int64_t count_active_with_role(Connection& connection, Role role) {
  return connection.integer(kCountWithRole, {{"role", code_of(role)}}).value_or(0);
}

void insert_session(Transaction& transaction, const SessionRow& session) {
  transaction.run(kInsertSession, {{"hash", session.token_hash},
                                   {"account", session.account_id},
                                   {"started", session.started_at.milliseconds},
                                   {"seen", session.last_seen_at.milliseconds},
                                   {"address", session.remote_address},
                                   {"browser", session.browser}});
}

std::optional<SessionRow> find_session(Connection& connection, const std::string& token_hash) {
  std::optional<SessionRow> found;
  connection.run(kSession, {{"hash", token_hash}}, [&](const Row& row) { found = session_of(row); });
  return found;
}

std::vector<SessionRow> sessions_of(Connection& connection, std::int64_t account_id) {
  std::vector<SessionRow> found;
  connection.run(kSessions, {{"account", account_id}}, [&](const Row& row) { found.push_back(session_of(row)); });
  return found;
}

void touch_session(Transaction& transaction, const std::string& token_hash, Instant at) {
  transaction.run(kTouchSession, {{"hash", token_hash}, {"at", at.milliseconds}});
}

std::int64_t delete_session(Transaction& transaction, const std::string& token_hash) {
  return transaction.run(kDeleteSession, {{"hash", token_hash}});
}

std::int64_t delete_sessions_of(Transaction& transaction, std::int64_t account_id, const std::string& except) {
  return transaction.run(kDeleteSessions, {{"account", account_id}, {"except", except}});
}

std::int64_t delete_sessions_ended(Transaction& transaction, Instant started_before, Instant seen_before) {
  return transaction.run(kDeleteEnded, {{"started", started_before.milliseconds}, {"seen", seen_before.milliseconds}});
}

void insert_link(Transaction& transaction, const LinkRow& link) {
  transaction.run(kInsertLink, {{"hash", link.token_hash},
                                {"account", link.account_id},
                                {"made", link.made_at.milliseconds},
                                {"by", link.made_by}});
}

std::optional<LinkRow> find_link(Connection& connection, const std::string& token_hash) {
  std::optional<LinkRow> found;
  connection.run(kLink, {{"hash", token_hash}}, [&](const Row& row) {
    found = LinkRow{row.text("token_hash"),
                    row.integer("account_id"),
                    {row.integer("made_at")},
                    row.text("made_by"),
                    maybe_instant(row, "used_at")};
  });
  return found;
}

void use_link(Transaction& transaction, const std::string& token_hash, Instant at) {
  transaction.run(kUseLink, {{"hash", token_hash}, {"at", at.milliseconds}});
}

void delete_links_of(Transaction& transaction, std::int64_t account_id) {
  transaction.run(kDeleteLinks, {{"account", account_id}});
}

std::int64_t insert_attempt(Transaction& transaction, const std::string& email_hash, const std::string& address,
                            Instant at) {
  return transaction.integer(kInsertAttempt, {{"email", email_hash}, {"address", address}, {"at", at.milliseconds}})
      .value();
}

std::vector<Instant> attempts_of_email(Connection& connection, const std::string& email_hash, Instant since) {
  return instants(connection, kAttemptsOfEmail, {{"email", email_hash}, {"since", since.milliseconds}});
}

std::vector<Instant> attempts_of_address(Connection& connection, const std::string& address, Instant since) {
  return instants(connection, kAttemptsOfAddress, {{"address", address}, {"since", since.milliseconds}});
}

void delete_attempt(Transaction& transaction, std::int64_t id) { transaction.run(kDeleteAttempt, {{"id", id}}); }
void delete_attempts_of_email(Transaction& transaction, const std::string& email_hash) {
  transaction.run(kDeleteAttemptsOfEmail, {{"email", email_hash}});
}
void delete_attempts_before(Transaction& transaction, Instant before) {
  transaction.run(kDeleteAttemptsBefore, {{"before", before.milliseconds}});
}

std::optional<std::string> find_key(Connection& connection, const std::string& name) {
  return connection.text(kKey, {{"name", name}});
}
void insert_key_if_absent(Transaction& transaction, const std::string& name, const std::string& value) {
  transaction.run(kInsertKey, {{"name", name}, {"value", value}});
}

void end_all_that_is_open(Transaction& transaction) {
  for (const Query& query : {kEndSessions, kEndLinks, kEndAttempts}) transaction.run(query);
}

}  // namespace tithing::identity
