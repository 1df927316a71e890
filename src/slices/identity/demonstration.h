// Accounts of the demonstration: posts, not persons.
#pragma once

#include <string>

#include "base/result.h"
#include "slices/identity/pages.h"

namespace tithing::identity {

// Makes the accounts that are not there yet, each with a password of its own, and writes them to the file that
// demonstration_sign_ins_path() names. Where the file has gone, or the password of an account in it has been lost, new
// passwords are set. Repeatable.
Status make_demonstration_accounts(Rooms& rooms);

}  // namespace tithing::identity
