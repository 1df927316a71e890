#include "slices/identity/commands.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"
#include "base/organisation.h"
#include "base/random.h"
#include "base/text.h"
#include "db/audit.h"
#include "slices/identity/domain.h"
#include "slices/identity/passwords.h"
#include "slices/identity/permissions.h"
#include "slices/identity/store.h"

namespace tithing::identity {
namespace {

using db::Transaction;

constexpr std::string_view kFormKey = "form";

std::string subject_of(std::int64_t id) { return "account:" + std::to_string(id); }

void audit(Transaction& transaction, const Doing& doing, std::string action, std::int64_t account_id,
           std::string sentence, std::string detail = {}) {
  db::append_audit(
      transaction, doing.now,
      {doing.actor.audit_name(), std::move(action), subject_of(account_id), std::move(sentence), std::move(detail)});
}

std::string text_of(const Grant& grant, const AreaName& area_name, const Organisations& organisations) {
  std::string text(name_of(grant.role));
  if (!grant.organisation.empty()) text += " of " + organisation_text(organisations, grant.organisation);
  const bool by_organisation =
      grant.role != Role::system_administrator && !body_of_organisation(grant.organisation).empty();
  if (grant.area_code.empty()) return text + (by_organisation ? " where its organisation is" : " for every area");
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
  if (grants.size() > 50) return invalid("Give an account at most 50 roles.");
  for (const Grant& grant : grants) {
    if (const Status fine = check_grant(grant); !fine) return fine;
    if (const std::string code = body_of_organisation(grant.organisation);
        !code.empty() && organisations.of && !organisations.of(code))
      return invalid("There is no body with the code " + code + " in the register.",
                     {{"organisation", "Choose a body of the register that exists; " + code + " does not."}});
    if (area_name && !grant.area_code.empty() && area_name(grant.area_code).empty())
      return invalid("There is no area with the code " + grant.area_code + ".",
                     {{"area", "Enter the code of an area that exists; " + grant.area_code + " does not."}});
  }
  return {};
}

bool administers(const std::vector<Grant>& grants) {
  return std::any_of(grants.begin(), grants.end(),
                     [](const Grant& grant) { return grant.role == Role::system_administrator; });
}

tl::unexpected<Problem> no_such_account() {
  return not_found("There is no such account. Look for it in the list of accounts.");
}

Secret add_link(Transaction& transaction, const Doing& doing, std::int64_t id) {
  delete_links_of(transaction, id);
  Secret token(random_token());
  insert_link(transaction, {hash_of_token(token.reveal()), id, doing.now, doing.actor.audit_name(), std::nullopt});
  return token;
}

Instant before(Instant now, std::int64_t milliseconds) { return {now.milliseconds - milliseconds}; }

tl::unexpected<Problem> refused_sign_in() {
  return invalid("The e-mail address or the password is not right. Check both and try again.",
                 {{"email", "Check the e-mail address and the password: one of them is not right."}});
}

tl::unexpected<Problem> dead_link() {
  return not_found(
      "This link has been used, has been replaced by a newer one, or is older than 72 hours. Ask an administrator for "
      "a new one.");
}

}  // namespace

std::string hash_of_token(std::string_view token) { return sha256(token); }

Result<Token> create_account(const Doing& doing, const NewAccount& account, const AreaName& area_name,
                             const Organisations& organisations) {
  if (const Status allowed = doing.actor.require(kAdminister); !allowed) return pass_on(allowed);
  Account row;
  row.email = normal_email(account.email);
  row.name = std::string(trimmed(account.name));
  row.created_at = doing.now;
  std::vector<FieldProblem> fields;
  for (const Status& check :
       {check_name(row.name), check_email(row.email), check_grants(account.grants, area_name, organisations)})
    if (!check) fields.insert(fields.end(), check.error().fields.begin(), check.error().fields.end());
  if (!account.password.empty())
    if (const Status fine = check_password(account.password.reveal(), row.email, row.name); !fine)
      fields.insert(fields.end(), fine.error().fields.begin(), fine.error().fields.end());
  if (!fields.empty()) return invalid("Check what you entered: " + fields.front().message, fields);
  if (!account.password.empty()) {
    row.password_hash = hash_password(account.password);
    row.password_changed_at = doing.now;
  }

  // Names of organisations are read from the same store: before the transaction, not within it.
  const std::string with = text_of(account.grants, area_name, organisations);
  Token token;
  const Status done = doing.database.write([&](Transaction& transaction) -> Status {
    if (find_account_by_email(transaction, row.email))
      return problem(ProblemKind::conflict, "There is already an account with the e-mail address " + row.email + ".",
                     {{"email", "Enter another e-mail address: this one has an account already."}});
    token.account_id = insert_account(transaction, row);
    replace_grants(transaction, token.account_id, account.grants);
    token.secret = account.password.empty() ? add_link(transaction, doing, token.account_id) : Secret();
    audit(transaction, doing, "identity.create-account", token.account_id,
          "Created the account " + row.name + " (" + row.email + ") with " + with + ".", detail_of(account.grants));
    return {};
  });
  if (!done) return pass_on(done);
  return token;
}

Status change_account(const Doing& doing, std::int64_t id, std::int64_t version, const std::string& name,
                      const std::vector<Grant>& grants, const AreaName& area_name, const Organisations& organisations) {
  if (const Status allowed = doing.actor.require(kAdminister); !allowed) return allowed;
  const std::string new_name(trimmed(name));
  if (const Status fine = check_name(new_name); !fine) return fine;
  if (const Status fine = check_grants(grants, area_name, organisations); !fine) return fine;
  // Names of organisations and areas are read from the same store: before the transaction, not within it. Whoever
  // changes the grants in between changes the version as well.
  const std::vector<Grant> shown =
      doing.database.read([&](db::Connection& connection) { return grants_of(connection, id); });
  const std::string was = text_of(shown, area_name, organisations);
  const std::string is = text_of(grants, area_name, organisations);
  return doing.database.write([&](Transaction& transaction) -> Status {
    const std::optional<Account> account = find_account(transaction, id);
    if (!account) return no_such_account();
    const std::vector<Grant> former = grants_of(transaction, id);
    if (!update_account(transaction, id, new_name, version))
      return conflict("Somebody else has changed this account meanwhile. Nothing of yours was saved.");
    replace_grants(transaction, id, grants);
    if (administers(former) && !administers(grants) && !account->suspended_at)
      if (const Status kept = keep_an_administrator(count_active_with_role(transaction, Role::system_administrator));
          !kept)
        return kept;
    std::string sentence = "Changed the account " + account->name + " (" + account->email + ")";
    if (new_name != account->name) sentence += ", now called " + new_name;
    audit(transaction, doing, "identity.change-account", id, sentence + ": " + was + " became " + is + ".",
          detail_of(grants));
    return {};
  });
}

Result<Token> make_link(const Doing& doing, std::int64_t id) {
  if (const Status allowed = doing.actor.require(kAdminister); !allowed) return pass_on(allowed);
  Token token;
  token.account_id = id;
  const Status done = doing.database.write([&](Transaction& transaction) -> Status {
    const std::optional<Account> account = find_account(transaction, id);
    if (!account) return no_such_account();
    if (account->suspended_at) return invalid("This account is suspended. Reinstate it before you make a link.");
    token.secret = add_link(transaction, doing, id);
    audit(transaction, doing, "identity.make-link", id,
          "Made a one-time link to set the password of " + account->name + " (" + account->email + ").");
    return {};
  });
  if (!done) return pass_on(done);
  return token;
}

Status suspend_account(const Doing& doing, std::int64_t id) {
  if (const Status allowed = doing.actor.require(kAdminister); !allowed) return allowed;
  return doing.database.write([&](Transaction& transaction) -> Status {
    const std::optional<Account> account = find_account(transaction, id);
    if (!account) return no_such_account();
    if (account->suspended_at) return {};
    update_suspension(transaction, id, doing.now);
    if (administers(grants_of(transaction, id)))
      if (const Status kept = keep_an_administrator(count_active_with_role(transaction, Role::system_administrator));
          !kept)
        return kept;
    delete_sessions_of(transaction, id, "");
    delete_links_of(transaction, id);
    audit(transaction, doing, "identity.suspend-account", id,
          "Suspended the account " + account->name + " (" + account->email + ") and ended its sessions.");
    return {};
  });
}

Status reinstate_account(const Doing& doing, std::int64_t id) {
  if (const Status allowed = doing.actor.require(kAdminister); !allowed) return allowed;
  return doing.database.write([&](Transaction& transaction) -> Status {
    const std::optional<Account> account = find_account(transaction, id);
    if (!account) return no_such_account();
    if (!account->suspended_at) return {};
    update_suspension(transaction, id, std::nullopt);
    audit(transaction, doing, "identity.reinstate-account", id,
          "Reinstated the account " + account->name + " (" + account->email + ").");
    return {};
  });
}

Status end_sessions_of(const Doing& doing, std::int64_t id) {
  if (const Status allowed = doing.actor.require(kAdminister); !allowed) return allowed;
  return doing.database.write([&](Transaction& transaction) -> Status {
    const std::optional<Account> account = find_account(transaction, id);
    if (!account) return no_such_account();
    const std::int64_t ended = delete_sessions_of(transaction, id, "");
    audit(transaction, doing, "identity.end-sessions", id,
          "Ended " + plural(ended, "session", "sessions") + " of " + account->name + " (" + account->email + ").");
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

Status set_password_by_link(const Doing& doing, const Secret& token, const Secret& password) {
  const Result<LinkHolder> holder = holder_of_link(doing.database, doing.now, token);
  if (!holder) return pass_on(holder);
  if (const Status fine = check_password(password.reveal(), holder->email, holder->name); !fine) return fine;
  const std::string hash = hash_password(password);
  return doing.database.write([&](Transaction& transaction) -> Status {
    // Asked again: the link may have been used while the password was hashed.
    const std::string key = hash_of_token(token.reveal());
    const std::optional<LinkRow> link = find_link(transaction, key);
    const std::optional<Account> account = find_account(transaction, holder->account_id);
    if (!link || link->used_at || !link_is_valid(link->made_at, doing.now) || !account || account->suspended_at)
      return dead_link();
    use_link(transaction, key, doing.now);
    update_password(transaction, account->id, hash, doing.now);
    delete_sessions_of(transaction, account->id, "");
    delete_attempts_of_email(transaction, sha256(account->email));
    db::append_audit(transaction, doing.now,
                     {subject_of(account->id), "identity.set-password", subject_of(account->id),
                      "Set the password of " + account->name + " (" + account->email +
                          ") with the one-time link; earlier sessions ended.",
                      ""});
    return {};
  });
}

Status change_password(const Doing& doing, const Secret& present, const Secret& password) {
  if (!doing.actor.signed_in()) return forbidden("Sign in first.");
  std::optional<Account> account;
  doing.database.read(
      [&](db::Connection& connection) { account = find_account(connection, doing.actor.account_id()); });
  if (!account || account->suspended_at) return no_such_account();
  if (const Status fine = check_password(password.reveal(), account->email, account->name); !fine) return fine;

  // Guessing the present password here is guessing it at the door: the same throttle counts it.
  const std::string email_hash = sha256(account->email);
  std::int64_t attempt = 0;
  const Status admitted = doing.database.write([&](Transaction& transaction) -> Status {
    const std::vector<Instant> attempts =
        attempts_of_email(transaction, email_hash, before(doing.now, kThrottleWindow));
    if (const std::int64_t wait = wait_before_attempt(attempts, kAttemptsOfAccount, doing.now); wait > 0)
      return unavailable("There were too many attempts. Wait " + wait_text(wait) + " and try again.");
    attempt = insert_attempt(transaction, email_hash, doing.remote_address, doing.now);
    return {};
  });
  if (!admitted) return admitted;
  if (!verify_password(present, account->password_hash))
    return invalid("The present password is not right.",
                   {{"present-password", "Enter the password that you sign in with now."}});
  const std::string hash = hash_password(password);
  return doing.database.write([&](Transaction& transaction) -> Status {
    const std::optional<Account> still = find_account(transaction, account->id);
    if (!still || still->suspended_at || still->password_hash != account->password_hash)
      return conflict("The account was changed meanwhile. Sign in again and try once more.");
    delete_attempt(transaction, attempt);
    update_password(transaction, account->id, hash, doing.now);
    const std::int64_t ended = delete_sessions_of(transaction, account->id, doing.session_key);
    delete_links_of(transaction, account->id);
    audit(transaction, doing, "identity.change-password", account->id,
          "Changed the own password; ended " + plural(ended, "other session", "other sessions") + ".");
    return {};
  });
}

Result<Token> sign_in(const Doing& doing, std::string_view email, const Secret& password) {
  const std::string address = normal_email(email);
  const std::string email_hash = sha256(address);
  const Instant since = before(doing.now, kThrottleWindow);

  // The attempt is written down before the password is looked at, so that many at once are counted as many.
  std::int64_t attempt = 0;
  std::optional<Account> account;
  const Status admitted = doing.database.write([&](Transaction& transaction) -> Status {
    const std::vector<Instant> of_account = attempts_of_email(transaction, email_hash, since);
    const std::vector<Instant> of_address = attempts_of_address(transaction, doing.remote_address, since);
    const std::int64_t wait = std::max(wait_before_attempt(of_account, kAttemptsOfAccount, doing.now),
                                       wait_before_attempt(of_address, kAttemptsOfAddress, doing.now));
    if (wait > 0)
      return unavailable("There were too many attempts to sign in. Wait " + wait_text(wait) + " and try again.");
    attempt = insert_attempt(transaction, email_hash, doing.remote_address, doing.now);
    delete_attempts_before(transaction, before(doing.now, 24 * kHour));
    account = find_account_by_email(transaction, address);
    if (account && of_account.size() + 1 >= static_cast<std::size_t>(kAttemptsOfAccount))
      audit(transaction, doing, "identity.sign-in-attempts", account->id,
            "Attempt " + std::to_string(of_account.size() + 1) + " within 15 minutes to sign in as " + account->name +
                " (" + account->email + ").");
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
  const Status done = doing.database.write([&](Transaction& transaction) -> Status {
    const std::optional<Account> still = find_account(transaction, account->id);
    if (!still || still->suspended_at || still->password_hash != account->password_hash) return refused_sign_in();
    if (!better.empty()) replace_hash(transaction, account->id, better);
    delete_attempts_of_email(transaction, email_hash);
    delete_attempt(transaction, attempt);
    delete_sessions_ended(transaction, before(doing.now, kSessionLifetime), before(doing.now, kSessionIdle));
    if (!doing.session_key.empty()) delete_session(transaction, doing.session_key);
    token.secret = Secret(random_token());
    insert_session(transaction, {hash_of_token(token.secret.reveal()), account->id, doing.now, doing.now,
                                 doing.remote_address, to_valid_utf8(doing.browser.substr(0, 200))});
    db::append_audit(transaction, doing.now,
                     {subject_of(account->id), "identity.sign-in", subject_of(account->id),
                      account->name + " (" + account->email + ") signed in.", ""});
    return {};
  });
  if (!done) return pass_on(done);
  return token;
}

Status sign_out(const Doing& doing) {
  if (doing.session_key.empty()) return {};
  return doing.database.write([&](Transaction& transaction) -> Status {
    if (delete_session(transaction, doing.session_key) > 0)
      audit(transaction, doing, "identity.sign-out", doing.actor.account_id(), doing.actor.name() + " signed out.");
    return {};
  });
}

Status sign_out_everywhere(const Doing& doing) {
  if (!doing.actor.signed_in()) return forbidden("Sign in first.");
  return doing.database.write([&](Transaction& transaction) -> Status {
    const std::int64_t ended = delete_sessions_of(transaction, doing.actor.account_id(), "");
    audit(transaction, doing, "identity.sign-out-everywhere", doing.actor.account_id(),
          doing.actor.name() + " signed out everywhere: " + plural(ended, "session", "sessions") + " ended.");
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
