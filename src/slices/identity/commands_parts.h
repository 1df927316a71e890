// What the commands of identity share among themselves.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "slices/identity/commands.h"
#include "slices/identity/domain.h"
#include "slices/identity/store.h"

namespace tithing::identity {

records::Record account_record(std::int64_t id);
std::string called(const Account& account);  // "Partnership manager (manager@example.org)"
tl::unexpected<Problem> no_such_account();
Instant before(Instant now, std::int64_t milliseconds);

// A change of somebody's account by who administers them.
Status change_of(const Visit& visit, std::int64_t id, std::int64_t seen,
                 const std::function<Status(db::Transaction&, const Account&, commands::Note&)>& work);
// What somebody does to their own account, whom the session or a secret names.
Status act_as_own(const Visit& visit, std::int64_t id,
                  const std::function<Status(db::Transaction&, commands::Note&)>& work);

// What is guessed at, in the words of the refusal and of the audit.
struct Guess {
  const char* refusal;
  const char* trying;
  bool knows_password;  // then all strangers together have the attempts of one
};
inline constexpr Guess kPasswordGuess{"There were too many attempts to sign in.", "to sign in as", false};
inline constexpr Guess kPresentPassword{"There were too many attempts.", "to give the present password of", false};
inline constexpr Guess kCodeGuess{"There were too many codes that were not right.", "at the second factor of", true};

// An attempt that may be made: written down before what was guessed is looked at, so that many at once are counted as
// many. From the fifth on the audit hears of each.
struct Admitted {
  std::int64_t attempt = 0;
  std::string network;
  std::string device;      // hash, where the account knows it
  std::size_t before = 0;  // attempts at the account within the window
};
// `what` names what is guessed at: the hash of an address. `find` gives the account, which need not be there: nobody is
// admitted otherwise for that. unavailable with how long to wait.
Result<Admitted> admit(const Visit& visit, const std::string& what, const Guess& guess,
                       const std::function<std::optional<Account>(db::Transaction&)>& find);

// What a first step that was right leads to: the session, or a sign-in that waits for its second factor. `how` is said
// by the audit: "", " with the account of https://..". With `second_factor` there has been one already.
void come_in(db::Transaction& transaction, const Visit& visit, const Account& account, SignedIn& in,
             commands::Note& note, const std::string& how, bool second_factor);
// The session and the device, each under a new token, of the account that `in` names.
void open_session(db::Transaction& transaction, const Visit& visit, SignedIn& in, bool second_factor);

}  // namespace tithing::identity
