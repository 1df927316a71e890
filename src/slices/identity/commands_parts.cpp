#include "slices/identity/commands_parts.h"

#include "base/client_network.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/identity/one_time_codes.h"
#include "slices/identity/permissions.h"
#include "slices/identity/store_second_factor.h"

namespace tithing::identity {

using commands::Note;
using db::Transaction;

records::Record account_record(std::int64_t id) { return records::record_of(kAccountKind, id); }

std::string called(const Account& account) { return account.name + " (" + account.email + ")"; }

tl::unexpected<Problem> no_such_account() {
  return not_found(tr("There is no such account. Look for it in the list of accounts."));
}

Status change_of(const Visit& visit, std::int64_t id, std::int64_t seen,
                 const std::function<Status(Transaction&, const Account&, Note&)>& work) {
  if (Status allowed = visit.actor().require(kAdminister); !allowed) return allowed;
  Status done = commands::change(visit, kAdminister, account_record(id), seen,
                                 [&](Transaction& transaction, const records::Standing&, Note& note) -> Status {
                                   return work(transaction, *find_account(transaction, id), note);
                                 });
  if (!done && done.error().kind == ProblemKind::not_found) return no_such_account();
  return done;
}

Status act_as_own(const Visit& visit, std::int64_t id, const std::function<Status(Transaction&, Note&)>& work) {
  return commands::act_for_oneself(visit, [&](Transaction& transaction, Note& note) -> Status {
    note.is_about(account_record(id));
    return work(transaction, note);
  });
}

Instant before(Instant now, std::int64_t milliseconds) { return {now.milliseconds - milliseconds}; }

Result<Admitted> admit(const Visit& visit, const std::string& what, const Guess& guess,
                       const std::function<std::optional<Account>(Transaction&)>& find) {
  return commands::act_for_oneself(visit, [&](Transaction& transaction, Note& note) -> Result<Admitted> {
    const std::optional<Account> account = find(transaction);
    Admitted admitted;
    if (!guess.knows_password) admitted.network = client_network(visit.remote_address);
    if (const std::string device = hash_of_token(visit.device.reveal());
        device_is_known(transaction, device, account ? account->id : 0))
      admitted.device = device;
    const Instant since = before(visit.now, kThrottleWindow);
    const std::vector<Attempt> of_account = attempts_of_email(transaction, what, since);
    admitted.before = of_account.size();
    const std::vector<Instant> of_network =
        guess.knows_password ? std::vector<Instant>() : attempts_of_network(transaction, admitted.network, since);
    if (const std::int64_t wait =
            wait_before_sign_in(of_account, of_network, admitted.network, admitted.device, visit.now);
        wait > 0)
      return unavailable(tr("{0} Wait {1} and try again.", {std::string(guess.refusal), wait_text(wait)}));
    admitted.attempt = insert_attempt(transaction, what, {visit.now, admitted.network, admitted.device});
    delete_attempts_outside(transaction, before(visit.now, 24 * kHour), before(visit.now, -kThrottleWindow));
    if (!account || admitted.before + 1 < static_cast<std::size_t>(kAttemptsOfAccount)) {
      note.nothing_done();
      return admitted;
    }
    note.is_about(account_record(account->id));
    note.says("identity.sign-in-attempts", "Attempt " + std::to_string(admitted.before + 1) + " within 15 minutes " +
                                               guess.trying + " " + called(*account) + ".");
    return admitted;
  });
}

namespace {

// What comes after the first step.
SignedIn::Next next_step(Transaction& transaction, std::int64_t id) {
  if (find_second_factor(transaction, id)) return SignedIn::Next::code;
  return needs_second_factor(grants_of(transaction, id), roles_with_second_factor(transaction))
             ? SignedIn::Next::enrolment
             : SignedIn::Next::in;
}

Secret wait_for_second_factor(Transaction& transaction, const Visit& visit, std::int64_t id) {
  delete_steps_outside(transaction, before(visit.now, kStepLifetime), before(visit.now, -kStepLifetime));
  Secret token(random_token());
  insert_step(transaction, {hash_of_token(token.reveal()), id, visit.now});
  return token;
}

}  // namespace

void come_in(Transaction& transaction, const Visit& visit, const Account& account, SignedIn& in, Note& note,
             const std::string& how, bool second_factor) {
  note.was_done_by(account_record(account.id).subject());
  if (!second_factor) in.next = next_step(transaction, account.id);
  if (in.next == SignedIn::Next::in) {
    open_session(transaction, visit, in, second_factor);
    note.says("identity.sign-in", called(account) + " signed in" + how + ".");
    return;
  }
  in.step = wait_for_second_factor(transaction, visit, account.id);
  note.says("identity.first-step",
            called(account) + " took the first step of signing in" + how + ". The second factor is still to come.");
}

void open_session(Transaction& transaction, const Visit& visit, SignedIn& in, bool second_factor) {
  delete_sessions_ended(transaction, before(visit.now, kSessionLifetime), before(visit.now, kSessionIdle));
  if (!visit.session_key.empty()) delete_session(transaction, visit.session_key);
  in.secret = Secret(random_token());
  insert_session(transaction, {hash_of_token(in.secret.reveal()), in.account_id, visit.now, visit.now,
                               visit.remote_address, to_valid_utf8(visit.browser.substr(0, 200)), second_factor});
  forget_devices_before(transaction, before(visit.now, kDeviceLifetime));
  in.device = Secret(random_token());
  remember_device(transaction, visit.device.empty() ? std::string() : hash_of_token(visit.device.reveal()),
                  hash_of_token(in.device.reveal()), in.account_id, visit.now);
}

}  // namespace tithing::identity
