// Coming in, going out, setting a password.
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/identity/commands_parts.h"
#include "slices/identity/one_time_codes.h"
#include "slices/identity/passwords.h"
#include "slices/identity/store_second_factor.h"

namespace tithing::identity {
namespace {

using commands::Note;
using db::Transaction;

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
    forget_devices_of(transaction, account->id);
    delete_steps_of(transaction, account->id);
    delete_attempts_of_email(transaction, sha256(account->email));
    note.was_done_by(account_record(account->id).subject());
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
  const Result<Admitted> admitted = admit(visit, email_hash, kPresentPassword, [&](Transaction&) { return account; });
  if (!admitted) return pass_on(admitted);
  if (!verify_password(present, account->password_hash))
    return invalid(tr("The present password is not right."),
                   {{"present-password", tr("Enter the password that you sign in with now.")}});
  const std::string hash = hash_password(password);
  return act_as_own(visit, account->id, [&](Transaction& transaction, Note& note) -> Status {
    const std::optional<Account> still = find_account(transaction, account->id);
    if (!still || still->suspended_at || still->password_hash != account->password_hash)
      return conflict(tr("The account was changed meanwhile. Sign in again and try once more."));
    delete_attempt(transaction, admitted->attempt);
    update_password(transaction, account->id, hash, visit.now);
    const std::int64_t ended = delete_sessions_of(transaction, account->id, visit.session_key);
    delete_links_of(transaction, account->id);
    delete_steps_of(transaction, account->id);
    note.says("identity.change-password",
              "Changed the own password; ended " + plural(ended, "other session", "other sessions") + ".");
    return {};
  });
}

Result<SignedIn> sign_in(const Visit& visit, std::string_view email, const Secret& password) {
  const std::string address = normal_email(email);
  const std::string email_hash = sha256(address);

  std::optional<Account> account;
  const Result<Admitted> admitted = admit(visit, email_hash, kPasswordGuess, [&](Transaction& transaction) {
    return account = find_account_by_email(transaction, address);
  });
  if (!admitted) return pass_on(admitted);

  const bool right = password.reveal().size() <= kLongestPassword
                         ? verify_password(password, account ? account->password_hash : std::string())
                         : verify_password(Secret("x"), std::string());
  if (!right || account->suspended_at) return refused_sign_in();
  const std::string better = needs_rehash(account->password_hash) ? hash_password(password) : std::string();

  SignedIn in;
  in.account_id = account->id;
  const Status done = act_as_own(visit, account->id, [&](Transaction& transaction, Note& note) -> Status {
    const std::optional<Account> still = find_account(transaction, account->id);
    if (!still || still->suspended_at || still->password_hash != account->password_hash) return refused_sign_in();
    if (!better.empty()) replace_hash(transaction, account->id, better);
    delete_attempts_like(transaction, email_hash, admitted->network, admitted->device);
    delete_attempt(transaction, admitted->attempt);
    come_in(transaction, visit, *still, in, note, "", false);
    return {};
  });
  if (!done) return pass_on(done);
  return in;
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
    forget_devices_of(transaction, visit.actor().account_id());
    note.says("identity.sign-out-everywhere",
              visit.actor().name() + " signed out everywhere: " + plural(ended, "session", "sessions") + " ended.");
    return {};
  });
}

}  // namespace tithing::identity
