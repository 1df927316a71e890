#include "slices/identity/commands.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"
#include "base/organisation.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/identity/domain.h"
#include "slices/identity/passwords.h"
#include "slices/identity/permissions.h"
#include "slices/identity/store.h"

namespace tithing::identity {
namespace {

using commands::Note;
using db::Transaction;

constexpr std::string_view kFormKey = "form";

records::Record record(std::int64_t id) { return records::record_of(kAccountKind, id); }

std::string called(const Account& account) { return account.name + " (" + account.email + ")"; }

std::string text_of(const Grant& grant, const AreaName& area_name, const Organisations& organisations) {
  std::string text(name_of(grant.role));
  if (!grant.organisation.empty()) text += " of " + organisation_text(organisations, grant.organisation);
  if (grant.area_code.empty()) return text + (is_everywhere(grant) ? " for every area" : " where its organisation is");
  const std::string area = area_name ? area_name(grant.area_code) : std::string();
  return text + " for " + (area.empty() ? grant.area_code : area + " (" + grant.area_code + ")");
}

std::string text_of(const std::vector<Grant>& grants, const AreaName& area_name, const Organisations& organisations) {
  if (grants.empty()) return "no role";
  std::vector<std::string> parts;
  for (const Grant& grant : grants) parts.push_back(text_of(grant, area_name, organisations));
  return joined(parts, "; ");
}

std::string detail_of(const std::vector<Grant>& grants) {
  JsonWriter json;
  json.begin_object().key("grants").begin_array();
  for (const Grant& grant : grants)
    json.begin_object()
        .member("role", code_of(grant.role))
        .member("organisation", grant.organisation)
        .member("area", grant.area_code)
        .end_object();
  json.end_array().end_object();
  return json.take();
}

Status check_grants(const std::vector<Grant>& grants, const AreaName& area_name, const Organisations& organisations) {
  if (grants.size() > 50) return invalid(tr("Give an account at most 50 roles."));
  for (const Grant& grant : grants) {
    if (const Status fine = check_grant(grant); !fine) return fine;
    if (const std::string code = body_of_organisation(grant.organisation);
        !code.empty() && organisations.of && !organisations.of(code))
      return invalid(tr("There is no body with the code {0} in the register.", {code}),
                     {{"organisation", tr("Choose a body of the register that exists; {0} does not.", {code})}});
    if (area_name && !grant.area_code.empty() && area_name(grant.area_code).empty())
      return invalid(tr("There is no area with the code {0}.", {grant.area_code}),
                     {{"area", tr("Enter the code of an area that exists; {0} does not.", {grant.area_code})}});
  }
  return {};
}

bool administers(const std::vector<Grant>& grants) {
  return std::any_of(grants.begin(), grants.end(),
                     [](const Grant& grant) { return grant.role == Role::system_administrator; });
}

tl::unexpected<Problem> no_such_account() {
  return not_found(tr("There is no such account. Look for it in the list of accounts."));
}

Secret add_link(Transaction& transaction, const Visit& visit, std::int64_t id) {
  delete_links_of(transaction, id);
  Secret token(random_token());
  insert_link(transaction, {hash_of_token(token.reveal()), id, visit.now, visit.actor().audit_name(), std::nullopt});
  return token;
}

// A change of somebody's account by who administers them.
Status change_of(const Visit& visit, std::int64_t id, std::int64_t seen,
                 const std::function<Status(Transaction&, const Account&, Note&)>& work) {
  if (Status allowed = visit.actor().require(kAdminister); !allowed) return allowed;
  Status done = commands::change(visit, kAdminister, record(id), seen,
                                 [&](Transaction& transaction, const records::Standing&, Note& note) -> Status {
                                   return work(transaction, *find_account(transaction, id), note);
                                 });
  if (!done && done.error().kind == ProblemKind::not_found) return no_such_account();
  return done;
}

// What somebody does to their own account, whom the session or a secret names.
Status act_as_own(const Visit& visit, std::int64_t id, const std::function<Status(Transaction&, Note&)>& work) {
  return commands::act_for_oneself(visit, [&](Transaction& transaction, Note& note) -> Status {
    note.is_about(record(id));
    return work(transaction, note);
  });
}

Instant before(Instant now, std::int64_t milliseconds) { return {now.milliseconds - milliseconds}; }

tl::unexpected<Problem> refused_sign_in() {
  return invalid(tr("The e-mail address or the password is not right. Check both and try again."),
                 {{"email", tr("Check the e-mail address and the password: one of them is not right.")}});
}

tl::unexpected<Problem> dead_link() {
  return not_found(
      tr("This link has been used, has been replaced by a newer one, or is older than 72 hours. Ask an "
         "administrator for a new one."));
}

}  // namespace

void add_kinds(records::Kinds& kinds) {
  kinds.add({.code = kAccountKind,
             .name = "account",
             .read = kAdminister,
             .columns = {"account_grant.organisation", "account_grant.area_code"},
             .find = [](db::Connection& connection, const std::string& id) -> std::optional<records::Standing> {
               const auto account = find_account(connection, records::Record{kAccountKind, id}.number());
               if (!account) return std::nullopt;
               return records::Standing{.name = account->name,
                                        .address = "/administration/accounts/" + id,
                                        .whose = Whose::of_site(),
                                        .version = account->version};
             }});
}

std::string hash_of_token(std::string_view token) { return sha256(token); }

Result<Token> create_account(const Visit& visit, const NewAccount& account, const AreaName& area_name,
                             const Organisations& organisations) {
  if (const Status allowed = visit.actor().require(kAdminister); !allowed) return pass_on(allowed);
  Account row;
  row.email = normal_email(account.email);
  row.name = std::string(trimmed(account.name));
  row.created_at = visit.now;
  std::vector<FieldProblem> fields;
  for (const Status& check :
       {check_name(row.name), check_email(row.email), check_grants(account.grants, area_name, organisations)})
    if (!check) fields.insert(fields.end(), check.error().fields.begin(), check.error().fields.end());
  if (!account.password.empty())
    if (const Status fine = check_password(account.password.reveal(), row.email, row.name); !fine)
      fields.insert(fields.end(), fine.error().fields.begin(), fine.error().fields.end());
  if (!fields.empty()) return invalid(tr("Check what you entered: {0}", {fields.front().message}), fields);
  if (!account.password.empty()) {
    row.password_hash = hash_password(account.password);
    row.password_changed_at = visit.now;
  }

  // Names of organisations are read from the same store: before the transaction, not within it.
  const std::string with = text_of(account.grants, area_name, organisations);
  Token token;
  const auto made = commands::begin(
      visit, kAdminister, Whose::of_site(), [&](Transaction& transaction, Note& note) -> Result<records::Record> {
        if (find_account_by_email(transaction, row.email))
          return problem(ProblemKind::conflict,
                         tr("There is already an account with the e-mail address {0}.", {row.email}),
                         {{"email", "Enter another e-mail address: this one has an account already."}});
        token.account_id = insert_account(transaction, row);
        replace_grants(transaction, token.account_id, account.grants);
        token.secret = account.password.empty() ? add_link(transaction, visit, token.account_id) : Secret();
        note.says("identity.create-account", "Created the account " + called(row) + " with " + with + ".",
                  detail_of(account.grants));
        return record(token.account_id);
      });
  if (!made) return pass_on(made);
  return token;
}

Status change_account(const Visit& visit, std::int64_t id, std::int64_t version, const std::string& name,
                      const std::vector<Grant>& grants, const AreaName& area_name, const Organisations& organisations) {
  if (const Status allowed = visit.actor().require(kAdminister); !allowed) return allowed;
  const std::string new_name(trimmed(name));
  if (const Status fine = check_name(new_name); !fine) return fine;
  if (const Status fine = check_grants(grants, area_name, organisations); !fine) return fine;
  // Names of organisations and areas are read from the same store: before the transaction, not within it. Whoever
  // changes the grants in between changes the version as well.
  const std::vector<Grant> shown =
      visit.database.read([&](db::Connection& connection) { return grants_of(connection, id); });
  const std::string was = text_of(shown, area_name, organisations);
  const std::string is = text_of(grants, area_name, organisations);
  return change_of(visit, id, version, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
    const std::vector<Grant> former = grants_of(transaction, id);
    if (!update_account(transaction, id, new_name, version)) return commands::overtaken(account.name);
    replace_grants(transaction, id, grants);
    if (administers(former) && !administers(grants) && !account.suspended_at)
      if (Status kept = keep_an_administrator(count_active_with_role(transaction, Role::system_administrator)); !kept)
        return kept;
    const std::string renamed = new_name == account.name ? std::string() : ", now called " + new_name;
    note.says("identity.change-account",
              "Changed the account " + called(account) + renamed + ": " + was + " became " + is + ".",
              detail_of(grants));
    return {};
  });
}

Result<Token> make_link(const Visit& visit, std::int64_t id) {
  Token token;
  token.account_id = id;
  const Status done = change_of(
      visit, id, commands::kAnyVersion, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
        if (account.suspended_at) return invalid(tr("This account is suspended. Reinstate it before you make a link."));
        token.secret = add_link(transaction, visit, id);
        note.says("identity.make-link", "Made a one-time link to set the password of " + called(account) + ".");
        return {};
      });
  if (!done) return pass_on(done);
  return token;
}

Status suspend_account(const Visit& visit, std::int64_t id) {
  return change_of(
      visit, id, commands::kAnyVersion, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
        if (account.suspended_at) {
          note.nothing_done();
          return {};
        }
        update_suspension(transaction, id, visit.now);
        if (administers(grants_of(transaction, id)))
          if (Status kept = keep_an_administrator(count_active_with_role(transaction, Role::system_administrator));
              !kept)
            return kept;
        delete_sessions_of(transaction, id, "");
        delete_links_of(transaction, id);
        note.says("identity.suspend-account", "Suspended the account " + called(account) + " and ended its sessions.");
        return {};
      });
}

Status reinstate_account(const Visit& visit, std::int64_t id) {
  return change_of(visit, id, commands::kAnyVersion,
                   [&](Transaction& transaction, const Account& account, Note& note) -> Status {
                     update_suspension(transaction, id, std::nullopt);
                     note.says("identity.reinstate-account", "Reinstated the account " + called(account) + ".");
                     if (!account.suspended_at) note.nothing_done();
                     return {};
                   });
}

Status end_sessions_of(const Visit& visit, std::int64_t id) {
  return change_of(visit, id, commands::kAnyVersion,
                   [&](Transaction& transaction, const Account& account, Note& note) -> Status {
                     const std::int64_t ended = delete_sessions_of(transaction, id, "");
                     note.says("identity.end-sessions",
                               "Ended " + plural(ended, "session", "sessions") + " of " + called(account) + ".");
                     return {};
                   });
}

Result<LinkHolder> holder_of_link(db::Database& database, Instant now, const Secret& token) {
  return database.read([&](db::Connection& connection) -> Result<LinkHolder> {
    const std::optional<LinkRow> link = find_link(connection, hash_of_token(token.reveal()));
    if (!link || link->used_at || !link_is_valid(link->made_at, now)) return dead_link();
    const std::optional<Account> account = find_account(connection, link->account_id);
    if (!account || account->suspended_at) return dead_link();
    return LinkHolder{account->id, account->email, account->name};
  });
}

Status set_password_by_link(const Visit& visit, const Secret& token, const Secret& password) {
  const Result<LinkHolder> holder = holder_of_link(visit.database, visit.now, token);
  if (!holder) return pass_on(holder);
  if (const Status fine = check_password(password.reveal(), holder->email, holder->name); !fine) return fine;
  const std::string hash = hash_password(password);
  return act_as_own(visit, holder->account_id, [&](Transaction& transaction, Note& note) -> Status {
    // Asked again: the link may have been used while the password was hashed.
    const std::string key = hash_of_token(token.reveal());
    const std::optional<LinkRow> link = find_link(transaction, key);
    const std::optional<Account> account = find_account(transaction, holder->account_id);
    if (!link || link->used_at || !link_is_valid(link->made_at, visit.now) || !account || account->suspended_at)
      return dead_link();
    use_link(transaction, key, visit.now);
    update_password(transaction, account->id, hash, visit.now);
    delete_sessions_of(transaction, account->id, "");
    delete_attempts_of_email(transaction, sha256(account->email));
    note.was_done_by(record(account->id).subject());
    note.says("identity.set-password",
              "Set the password of " + called(*account) + " with the one-time link; earlier sessions ended.");
    return {};
  });
}

Status change_password(const Visit& visit, const Secret& present, const Secret& password) {
  if (!visit.actor().signed_in()) return forbidden(tr("Sign in first."));
  std::optional<Account> account;
  visit.database.read(
      [&](db::Connection& connection) { account = find_account(connection, visit.actor().account_id()); });
  if (!account || account->suspended_at) return no_such_account();
  if (const Status fine = check_password(password.reveal(), account->email, account->name); !fine) return fine;

  // Guessing the present password here is guessing it at the door: the same throttle counts it.
  const std::string email_hash = sha256(account->email);
  std::int64_t attempt = 0;
  const Status admitted = visit.database.write([&](Transaction& transaction) -> Status {
    const std::vector<Instant> attempts =
        attempts_of_email(transaction, email_hash, before(visit.now, kThrottleWindow));
    if (const std::int64_t wait = wait_before_attempt(attempts, kAttemptsOfAccount, visit.now); wait > 0)
      return unavailable(tr("There were too many attempts. Wait {0} and try again.", {wait_text(wait)}));
    attempt = insert_attempt(transaction, email_hash, visit.remote_address, visit.now);
    return {};
  });
  if (!admitted) return admitted;
  if (!verify_password(present, account->password_hash))
    return invalid(tr("The present password is not right."),
                   {{"present-password", tr("Enter the password that you sign in with now.")}});
  const std::string hash = hash_password(password);
  return act_as_own(visit, account->id, [&](Transaction& transaction, Note& note) -> Status {
    const std::optional<Account> still = find_account(transaction, account->id);
    if (!still || still->suspended_at || still->password_hash != account->password_hash)
      return conflict(tr("The account was changed meanwhile. Sign in again and try once more."));
    delete_attempt(transaction, attempt);
    update_password(transaction, account->id, hash, visit.now);
    const std::int64_t ended = delete_sessions_of(transaction, account->id, visit.session_key);
    delete_links_of(transaction, account->id);
    note.says("identity.change-password",
              "Changed the own password; ended " + plural(ended, "other session", "other sessions") + ".");
    return {};
  });
}

Result<Token> sign_in(const Visit& visit, std::string_view email, const Secret& password) {
  const std::string address = normal_email(email);
  const std::string email_hash = sha256(address);
  const Instant since = before(visit.now, kThrottleWindow);

  // The attempt is written down before the password is looked at, so that many at once are counted as many.
  std::int64_t attempt = 0;
  std::optional<Account> account;
  const Status admitted = commands::act_for_oneself(visit, [&](Transaction& transaction, Note& note) -> Status {
    const std::vector<Instant> of_account = attempts_of_email(transaction, email_hash, since);
    const std::vector<Instant> of_address = attempts_of_address(transaction, visit.remote_address, since);
    const std::int64_t wait = std::max(wait_before_attempt(of_account, kAttemptsOfAccount, visit.now),
                                       wait_before_attempt(of_address, kAttemptsOfAddress, visit.now));
    if (wait > 0)
      return unavailable(tr("There were too many attempts to sign in. Wait {0} and try again.", {wait_text(wait)}));
    attempt = insert_attempt(transaction, email_hash, visit.remote_address, visit.now);
    delete_attempts_before(transaction, before(visit.now, 24 * kHour));
    account = find_account_by_email(transaction, address);
    // An attempt is kept; the audit hears of it when there are many.
    if (!account || of_account.size() + 1 < static_cast<std::size_t>(kAttemptsOfAccount)) {
      note.nothing_done();
      return {};
    }
    note.is_about(record(account->id));
    note.says("identity.sign-in-attempts", "Attempt " + std::to_string(of_account.size() + 1) +
                                               " within 15 minutes to sign in as " + called(*account) + ".");
    return {};
  });
  if (!admitted) return pass_on(admitted);

  const bool right = password.reveal().size() <= kLongestPassword
                         ? verify_password(password, account ? account->password_hash : std::string())
                         : verify_password(Secret("x"), std::string());
  if (!right || account->suspended_at) return refused_sign_in();
  const std::string better = needs_rehash(account->password_hash) ? hash_password(password) : std::string();

  Token token;
  token.account_id = account->id;
  const Status done = act_as_own(visit, account->id, [&](Transaction& transaction, Note& note) -> Status {
    const std::optional<Account> still = find_account(transaction, account->id);
    if (!still || still->suspended_at || still->password_hash != account->password_hash) return refused_sign_in();
    if (!better.empty()) replace_hash(transaction, account->id, better);
    delete_attempts_of_email(transaction, email_hash);
    delete_attempt(transaction, attempt);
    delete_sessions_ended(transaction, before(visit.now, kSessionLifetime), before(visit.now, kSessionIdle));
    if (!visit.session_key.empty()) delete_session(transaction, visit.session_key);
    token.secret = Secret(random_token());
    insert_session(transaction, {hash_of_token(token.secret.reveal()), account->id, visit.now, visit.now,
                                 visit.remote_address, to_valid_utf8(visit.browser.substr(0, 200))});
    note.was_done_by(record(account->id).subject());
    note.says("identity.sign-in", called(*account) + " signed in.");
    return {};
  });
  if (!done) return pass_on(done);
  return token;
}

Status sign_out(const Visit& visit) {
  if (visit.session_key.empty()) return {};
  return act_as_own(visit, visit.actor().account_id(), [&](Transaction& transaction, Note& note) -> Status {
    note.says("identity.sign-out", visit.actor().name() + " signed out.");
    if (delete_session(transaction, visit.session_key) == 0) note.nothing_done();
    return {};
  });
}

Status sign_out_everywhere(const Visit& visit) {
  if (!visit.actor().signed_in()) return forbidden(tr("Sign in first."));
  return act_as_own(visit, visit.actor().account_id(), [&](Transaction& transaction, Note& note) -> Status {
    const std::int64_t ended = delete_sessions_of(transaction, visit.actor().account_id(), "");
    note.says("identity.sign-out-everywhere",
              visit.actor().name() + " signed out everywhere: " + plural(ended, "session", "sessions") + " ended.");
    return {};
  });
}

Result<Secret> form_key(db::Database& database) {
  std::optional<std::string> key =
      database.read([&](db::Connection& connection) { return find_key(connection, std::string(kFormKey)); });
  if (!key) {
    const std::string fresh = hex(random_bytes(32));
    const Status done = database.write([&](Transaction& transaction) -> Status {
      insert_key_if_absent(transaction, std::string(kFormKey), fresh);
      key = find_key(transaction, std::string(kFormKey));
      return {};
    });
    if (!done) return pass_on(done);
  }
  return Secret(*key);
}

}  // namespace tithing::identity
