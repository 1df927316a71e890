#include "slices/identity/commands_parts.h"

#include "base/client_network.h"
#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "slices/identity/permissions.h"

namespace tithing::identity {

using commands::Note;
using db::Transaction;

records::Record account_record(std::int64_t id) { return records::record_of(kAccountKind, id); }

std::string called(const Account& account) { return account.name + " (" + account.email + ")"; }

tl::unexpected<Problem> no_such_account() {
  return not_found("There is no such account. Look for it in the list of accounts.");
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

Result<Admitted> admit(Transaction& transaction, const Visit& visit, const std::string& what, std::int64_t account_id,
                       const std::string& refusal, Guess guess) {
  Admitted admitted;
  // Whoever guesses codes knows the password already: all strangers together have the attempts of one.
  if (guess == Guess::password) admitted.network = client_network(visit.remote_address);
  if (const std::string device = hash_of_token(visit.device.reveal()); device_is_known(transaction, device, account_id))
    admitted.device = device;
  const Instant since = before(visit.now, kThrottleWindow);
  const std::vector<Attempt> of_account = attempts_of_email(transaction, what, since);
  admitted.before = of_account.size();
  const std::vector<Instant> of_network =
      guess == Guess::password ? attempts_of_network(transaction, admitted.network, since) : std::vector<Instant>();
  if (const std::int64_t wait =
          wait_before_sign_in(of_account, of_network, admitted.network, admitted.device, visit.now);
      wait > 0)
    return unavailable(refusal + " Wait " + wait_text(wait) + " and try again.");
  admitted.attempt = insert_attempt(transaction, what, {visit.now, admitted.network, admitted.device});
  delete_attempts_outside(transaction, before(visit.now, 24 * kHour), before(visit.now, -kThrottleWindow));
  return admitted;
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
