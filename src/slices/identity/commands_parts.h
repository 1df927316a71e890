// What the commands of identity share among themselves.
#pragma once

#include <functional>
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

enum class Guess { password, code };
// An attempt that may be made: written down before what was guessed is looked at, so that many at once are counted as
// many.
struct Admitted {
  std::int64_t attempt = 0;
  std::string network;
  std::string device;      // hash, where the account knows it
  std::size_t before = 0;  // attempts at the account within the window
};
// `what` names what is guessed at: the hash of an address. `account_id` is 0 where there is none, which is admitted in
// the same way. unavailable with `refusal` and how long to wait.
Result<Admitted> admit(db::Transaction& transaction, const Visit& visit, const std::string& what,
                       std::int64_t account_id, const std::string& refusal, Guess guess = Guess::password);

// What a first step that was right leads to: the session, or a sign-in that waits for its second factor. `how` is said
// by the audit: "", " with the account of https://..". With `second_factor` there has been one already.
void come_in(db::Transaction& transaction, const Visit& visit, const Account& account, SignedIn& in,
             commands::Note& note, const std::string& how, bool second_factor);
// The session and the device, each under a new token, of the account that `in` names.
void open_session(db::Transaction& transaction, const Visit& visit, SignedIn& in, bool second_factor);

}  // namespace tithing::identity
