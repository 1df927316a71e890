// The second factor of an account: setting it up, coming in with it, losing it, and which roles need one.
#pragma once

#include <string>
#include <vector>

#include "slices/identity/commands.h"

namespace tithing::identity {

// A sign-in that waits for its second factor, of a right password within the last ten minutes. not_found, with one
// sentence, for any other.
struct Waiting {
  std::int64_t account_id = 0;
  std::string email;
  std::string name;
  bool enrolled = false;  // else it is set up now
};
Result<Waiting> waiting_sign_in(db::Database& database, Instant now, const Secret& step);

// Comes in with a code of the app, or with one of the recovery codes, which is then used up. invalid at "code";
// unavailable with the wait when there were too many attempts.
Result<SignedIn> sign_in_with_code(const Visit& visit, const Secret& step, const std::string& code);

// The key that an app was given, and the first code that it shows. The recovery codes are shown once.
struct Enrolled {
  SignedIn in;  // of a sign-in; of one who is in already `secret` stays empty
  std::vector<std::string> recovery_codes;
};
Result<Enrolled> enrol_at_sign_in(const Visit& visit, const Secret& step, const Secret& key, const std::string& code);
// One's own, while signed in. Ends the other sessions. conflict when there is one already.
Result<Enrolled> enrol(const Visit& visit, const Secret& key, const std::string& code);
// Both ask for a code, or a recovery code. A second factor that one of the roles needs cannot be removed.
Result<std::vector<std::string>> renew_recovery_codes(const Visit& visit, const std::string& code);
Status remove_second_factor(const Visit& visit, const std::string& code);

// By an administrator, for somebody who has lost app and recovery codes. Ends the sessions.
Status reset_second_factor(const Visit& visit, std::int64_t id);
// Which roles are not used without one. Who holds one of them and has none sets it up when signing in the next time.
Status require_second_factor(const Visit& visit, const std::vector<Role>& roles);

struct SecondFactorView {
  bool enrolled = false;
  Instant enrolled_at;
  std::int64_t recovery_codes = 0;  // not used yet
  bool needed = false;              // by a role of the account
};
SecondFactorView second_factor_of(db::Database& database, std::int64_t account_id);
std::vector<Role> roles_that_need_second_factor(db::Database& database);

}  // namespace tithing::identity
