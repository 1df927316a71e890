#include "slices/identity/commands_second_factor.h"

#include <algorithm>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/identity/commands_parts.h"
#include "slices/identity/one_time_codes.h"
#include "slices/identity/permissions.h"
#include "slices/identity/store_second_factor.h"

namespace tithing::identity {
namespace {

using commands::Note;
using db::Transaction;

tl::unexpected<Problem> wrong_code() {
  return invalid(
      tr("The code is not right."),
      {{"code", tr("Enter the six digits that your app shows now, or one of your recovery codes. Each works once: "
                   "if you have just used this one, wait for the next.")}});
}

tl::unexpected<Problem> nobody_waits() {
  return not_found(tr("The time to enter the second factor is over, or it has been entered. Sign in again."));
}

// The key under which wrong codes of an account are counted.
std::string guesses_at(std::int64_t account_id) {
  return sha256("second factor of account " + std::to_string(account_id));
}

std::optional<Account> account_that_waits(db::Connection& connection, Instant now, const Secret& token) {
  const std::optional<StepRow> step = find_step(connection, hash_of_token(token.reveal()));
  if (!step || step->made_at.milliseconds > now.milliseconds + kClockSlack ||
      now.milliseconds >= step->made_at.milliseconds + kStepLifetime)
    return std::nullopt;
  std::optional<Account> account = find_account(connection, step->account_id);
  return account && !account->suspended_at ? account : std::nullopt;
}

// Takes a code of the app or a recovery code. Empty: it is wrong, or was used. Else how it was done.
std::string take_code(Transaction& transaction, const Visit& visit, std::int64_t account_id, const std::string& typed) {
  const std::optional<SecondFactor> factor = find_second_factor(transaction, account_id);
  const std::string code = plain_code(typed);
  if (!factor) return {};
  const std::optional<std::string> bytes = bytes_of(factor->key);
  const auto step = bytes ? step_of_code(*bytes, code, visit.now, factor->last_step) : std::nullopt;
  if (step) return note_step(transaction, *factor, *step) ? "a code of the app" : std::string();
  if (!use_recovery_code(transaction, account_id, sha256(code), visit.now)) return {};
  return "a recovery code, " + plural(count_recovery_codes(transaction, account_id), "is", "are") + " left";
}

Result<Admitted> admit_guess(const Visit& visit, std::int64_t account_id) {
  return admit(visit, guesses_at(account_id), kCodeGuess,
               [&](Transaction& transaction) { return find_account(transaction, account_id); });
}

void forget_guesses(Transaction& transaction, const Admitted& admitted, std::int64_t account_id) {
  delete_attempts_like(transaction, guesses_at(account_id), admitted.network, admitted.device);
  delete_attempt(transaction, admitted.attempt);
}

std::vector<std::string> new_recovery_codes(Transaction& transaction, std::int64_t account_id) {
  std::vector<std::string> codes;
  std::vector<std::string> hashes;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(recovery_code_of(random_bytes(10)));
    hashes.push_back(sha256(plain_code(codes.back())));
  }
  replace_recovery_codes(transaction, account_id, hashes);
  return codes;
}

// Keeps the key whose first code is right.
Result<std::vector<std::string>> set_up(Transaction& transaction, const Visit& visit, std::int64_t account_id,
                                        const Secret& key, const std::string& code) {
  if (find_second_factor(transaction, account_id))
    return conflict(tr("The second factor of this account has been set up already."));
  const std::optional<std::string> bytes = bytes_of(key);
  if (!bytes || bytes->size() < kKeyBytes)
    return invalid(tr("This key is not one that was offered here. Begin again."));
  const auto step = step_of_code(*bytes, plain_code(code), visit.now, 0);
  if (!step)
    return invalid(
        tr("The code is not right."),
        {{"code", tr("Enter the six digits that the app shows now for this key. If they are refused again, see that "
                     "the clock of your device is right.")}});
  insert_second_factor(transaction, {account_id, key, visit.now, *step});
  return new_recovery_codes(transaction, account_id);
}

tl::unexpected<Problem> sign_in_first() { return forbidden(tr("Sign in first.")); }

}  // namespace

Result<Waiting> waiting_sign_in(db::Database& database, Instant now, const Secret& step) {
  return database.read([&](db::Connection& connection) -> Result<Waiting> {
    const std::optional<Account> account = account_that_waits(connection, now, step);
    if (!account) return nobody_waits();
    return Waiting{account->id, account->email, account->name, find_second_factor(connection, account->id).has_value()};
  });
}

Result<SignedIn> sign_in_with_code(const Visit& visit, const Secret& step, const std::string& code) {
  const Result<Waiting> waiting = waiting_sign_in(visit.database, visit.now, step);
  if (!waiting) return pass_on(waiting);
  const Result<Admitted> admitted = admit_guess(visit, waiting->account_id);
  if (!admitted) return pass_on(admitted);
  SignedIn in{.account_id = waiting->account_id};
  const Status done = act_as_own(visit, in.account_id, [&](Transaction& transaction, Note& note) -> Status {
    // Asked again: it may have been used meanwhile.
    const std::optional<Account> account = account_that_waits(transaction, visit.now, step);
    if (!account || account->id != in.account_id) return nobody_waits();
    const std::string taken = take_code(transaction, visit, account->id, code);
    if (taken.empty()) return wrong_code();
    forget_guesses(transaction, *admitted, account->id);
    delete_steps_of(transaction, account->id);
    open_session(transaction, visit, in, true);
    note.was_done_by(account_record(account->id).subject());
    note.says("identity.sign-in", called(*account) + " signed in with " + taken + ".");
    return {};
  });
  if (!done) return pass_on(done);
  return in;
}

Result<Enrolled> enrol_at_sign_in(const Visit& visit, const Secret& step, const Secret& key, const std::string& code) {
  const Result<Waiting> waiting = waiting_sign_in(visit.database, visit.now, step);
  if (!waiting) return pass_on(waiting);
  Enrolled enrolled{SignedIn{.account_id = waiting->account_id}, {}};
  const Status done = act_as_own(visit, waiting->account_id, [&](Transaction& transaction, Note& note) -> Status {
    const std::optional<Account> account = account_that_waits(transaction, visit.now, step);
    if (!account || account->id != waiting->account_id) return nobody_waits();
    auto codes = set_up(transaction, visit, account->id, key, code);
    if (!codes) return pass_on(codes);
    enrolled.recovery_codes = std::move(*codes);
    delete_steps_of(transaction, account->id);
    delete_sessions_of(transaction, account->id, "");
    open_session(transaction, visit, enrolled.in, true);
    note.was_done_by(account_record(account->id).subject());
    note.says("identity.set-up-second-factor", called(*account) + " set up a second factor and signed in with it.");
    return {};
  });
  if (!done) return pass_on(done);
  return enrolled;
}

Result<Enrolled> enrol(const Visit& visit, const Secret& key, const std::string& code) {
  if (!visit.actor().signed_in()) return sign_in_first();
  const std::int64_t id = visit.actor().account_id();
  Enrolled enrolled{SignedIn{.account_id = id}, {}};
  const Status done = act_as_own(visit, id, [&](Transaction& transaction, Note& note) -> Status {
    auto codes = set_up(transaction, visit, id, key, code);
    if (!codes) return pass_on(codes);
    enrolled.recovery_codes = std::move(*codes);
    const std::int64_t ended = delete_sessions_of(transaction, id, visit.session_key);
    note_second_factor_of_session(transaction, visit.session_key);
    note.says("identity.set-up-second-factor", visit.actor().name() + " set up a second factor; ended " +
                                                   plural(ended, "other session", "other sessions") + ".");
    return {};
  });
  if (!done) return pass_on(done);
  return enrolled;
}

Result<std::vector<std::string>> renew_recovery_codes(const Visit& visit, const std::string& code) {
  if (!visit.actor().signed_in()) return sign_in_first();
  const std::int64_t id = visit.actor().account_id();
  const Result<Admitted> admitted = admit_guess(visit, id);
  if (!admitted) return pass_on(admitted);
  std::vector<std::string> codes;
  const Status done = act_as_own(visit, id, [&](Transaction& transaction, Note& note) -> Status {
    if (take_code(transaction, visit, id, code).empty()) return wrong_code();
    forget_guesses(transaction, *admitted, id);
    codes = new_recovery_codes(transaction, id);
    note.says("identity.renew-recovery-codes", visit.actor().name() + " made new recovery codes; earlier ones ended.");
    return {};
  });
  if (!done) return pass_on(done);
  return codes;
}

Status remove_second_factor(const Visit& visit, const std::string& code) {
  if (!visit.actor().signed_in()) return sign_in_first();
  const std::int64_t id = visit.actor().account_id();
  const Result<Admitted> admitted = admit_guess(visit, id);
  if (!admitted) return pass_on(admitted);
  return act_as_own(visit, id, [&](Transaction& transaction, Note& note) -> Status {
    if (needs_second_factor(grants_of(transaction, id), roles_with_second_factor(transaction)))
      return forbidden(tr("One of your roles needs a second factor, so it cannot be removed."));
    if (take_code(transaction, visit, id, code).empty()) return wrong_code();
    forget_guesses(transaction, *admitted, id);
    delete_second_factor(transaction, id);
    note.says("identity.remove-second-factor", visit.actor().name() + " removed the own second factor.");
    return {};
  });
}

Status reset_second_factor(const Visit& visit, std::int64_t id) {
  return change_of(
      visit, id, commands::kAnyVersion, [&](Transaction& transaction, const Account& account, Note& note) -> Status {
        if (!delete_second_factor(transaction, id)) {
          note.nothing_done();
          return {};
        }
        const std::int64_t ended = delete_sessions_of(transaction, id, "");
        note.says("identity.reset-second-factor", "Reset the second factor of " + called(account) + " and ended " +
                                                      plural(ended, "session", "sessions") + ".");
        return {};
      });
}

Status require_second_factor(const Visit& visit, const std::vector<Role>& roles) {
  return commands::act(visit, kAdminister, Whose::of_site(), [&](Transaction& transaction, Note& note) -> Status {
    std::vector<Role> sorted = roles;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::vector<Role> former = roles_with_second_factor(transaction);
    std::sort(former.begin(), former.end());
    if (former == sorted) {
      note.nothing_done();
      return {};
    }
    replace_roles_with_second_factor(transaction, sorted);
    std::vector<std::string> names;
    for (const Role role : sorted) names.emplace_back(name_of(role));
    note.says("identity.require-second-factor", sorted.empty()
                                                    ? "No role needs a second factor any more."
                                                    : "These roles need a second factor: " + joined(names, ", ") + ".");
    return {};
  });
}

SecondFactorView second_factor_of(db::Database& database, std::int64_t account_id) {
  return database.read([&](db::Connection& connection) {
    SecondFactorView view;
    if (const auto factor = find_second_factor(connection, account_id)) {
      view.enrolled = true;
      view.enrolled_at = factor->enrolled_at;
    }
    view.recovery_codes = count_recovery_codes(connection, account_id);
    view.needed = needs_second_factor(grants_of(connection, account_id), roles_with_second_factor(connection));
    return view;
  });
}

std::vector<Role> roles_that_need_second_factor(db::Database& database) {
  return database.read([](db::Connection& connection) { return roles_with_second_factor(connection); });
}

}  // namespace tithing::identity
