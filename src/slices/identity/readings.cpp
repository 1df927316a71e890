#include "slices/identity/readings.h"

#include <map>

#include "base/translation.h"
#include "db/audit.h"
#include "db/db.h"
#include "slices/identity/commands.h"
#include "slices/identity/domain.h"
#include "slices/identity/permissions.h"
#include "slices/identity/store.h"
#include "slices/identity/store_subjects.h"

namespace tithing::identity {
namespace {

AccountView view_of(db::Connection& connection, const Account& account, Instant now) {
  AccountView view;
  view.id = account.id;
  view.version = account.version;
  view.email = account.email;
  view.name = account.name;
  view.grants = grants_of(connection, account.id);
  view.has_password = !account.password_hash.empty();
  view.is_linked = !subjects_of_account(connection, account.id).empty();
  view.suspended_at = account.suspended_at;
  view.created_at = account.created_at;
  for (const SessionRow& session : sessions_of(connection, account.id)) {
    if (!session_is_alive(session.started_at, session.last_seen_at, now)) continue;
    ++view.sessions;
    if (!view.last_seen_at || *view.last_seen_at < session.last_seen_at) view.last_seen_at = session.last_seen_at;
  }
  return view;
}

tl::unexpected<Problem> no_such_account() {
  return not_found(tr("There is no such account. Look for it in the list of accounts."));
}

// The account that an audit name ("account:12") is of; nothing for anything else.
std::optional<Account> account_of(db::Connection& connection, const std::string& audit_name) {
  const auto record = records::record_from(audit_name);
  if (!record || record->kind != kAccountKind || record->number() <= 0) return std::nullopt;
  return find_account(connection, record->number());
}

// Each name is looked up once.
class Names {
 public:
  explicit Names(db::Connection& connection) : connection_(connection) {}
  std::string of(const std::string& actor) {
    const auto [place, added] = names_.emplace(actor, actor);
    if (added)
      if (const std::optional<Account> account = account_of(connection_, actor)) place->second = account->name;
    return place->second;
  }

 private:
  db::Connection& connection_;
  std::map<std::string, std::string> names_;
};

std::vector<AuditLine> lines_of(db::Connection& connection, const std::vector<db::AuditRow>& rows) {
  Names names(connection);
  std::vector<AuditLine> lines;
  for (const db::AuditRow& row : rows)
    lines.push_back({row.number, row.at, row.entry.actor, names.of(row.entry.actor), row.entry.action,
                     row.entry.subject, row.entry.sentence, row.hash});
  return lines;
}

}  // namespace

std::int64_t count_of_accounts(db::Database& database, const Actor& actor, const std::string& text) {
  if (!actor.require(kAdminister)) return 0;
  return database.read([&](db::Connection& connection) { return count_accounts(connection, text); });
}

Result<std::vector<AccountView>> accounts(db::Database& database, const Actor& actor, Instant now,
                                          const std::string& text, int limit, int offset) {
  if (const Status allowed = actor.require(kAdminister); !allowed) return pass_on(allowed);
  return database.read([&](db::Connection& connection) {
    std::vector<AccountView> found;
    for (const Account& account : list_accounts(connection, text, limit, offset))
      found.push_back(view_of(connection, account, now));
    return found;
  });
}

Result<AccountView> account(db::Database& database, const Actor& actor, Instant now, std::int64_t id) {
  if (const Status allowed = actor.require(kAdminister); !allowed) return pass_on(allowed);
  return database.read([&](db::Connection& connection) -> Result<AccountView> {
    if (const std::optional<Account> row = find_account(connection, id)) return view_of(connection, *row, now);
    return no_such_account();
  });
}

Result<AccountView> account_by_email(db::Database& database, const Actor& actor, Instant now,
                                     const std::string& email) {
  if (const Status allowed = actor.require(kAdminister); !allowed) return pass_on(allowed);
  return database.read([&](db::Connection& connection) -> Result<AccountView> {
    if (const std::optional<Account> row = find_account_by_email(connection, normal_email(email)))
      return view_of(connection, *row, now);
    return not_found(
        tr("There is no account with the e-mail address {0}. See `tithing user list`.", {normal_email(email)}));
  });
}

std::vector<SessionView> own_sessions(db::Database& database, const Actor& actor, Instant now) {
  return database.read([&](db::Connection& connection) {
    std::vector<SessionView> found;
    for (const SessionRow& session : sessions_of(connection, actor.account_id()))
      if (session_is_alive(session.started_at, session.last_seen_at, now))
        found.push_back(
            {session.token_hash, session.started_at, session.last_seen_at, session.remote_address, session.browser});
    return found;
  });
}

std::string own_email(db::Database& database, const Actor& actor) {
  return database.read([&](db::Connection& connection) {
    const std::optional<Account> row = find_account(connection, actor.account_id());
    return row ? row->email : std::string();
  });
}

std::int64_t count_of_audit(db::Database& database, const Actor& actor, const std::string& action,
                            const std::string& subject) {
  if (!actor.require(kReadAudit)) return 0;
  return database.read([&](db::Connection& connection) { return db::count_audit(connection, action, subject); });
}

Result<std::vector<AuditLine>> audit_lines(db::Database& database, const Actor& actor, const std::string& action,
                                           const std::string& subject, int limit, int offset) {
  if (const Status allowed = actor.require(kReadAudit); !allowed) return pass_on(allowed);
  return database.read([&](db::Connection& connection) {
    return lines_of(connection, db::read_audit(connection, action, subject, limit, offset));
  });
}

Result<std::int64_t> check_audit(db::Database& database, const Actor& actor) {
  if (const Status allowed = actor.require(kReadAudit); !allowed) return pass_on(allowed);
  return database.read([&](db::Connection& connection) { return db::verify_audit(connection); });
}

std::string person_of(db::Database& database, const std::string& audit_name) {
  return database.read([&](db::Connection& connection) {
    const auto account = account_of(connection, audit_name);
    return account ? account->name : audit_name;
  });
}

}  // namespace tithing::identity
