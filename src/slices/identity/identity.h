// Public face of `identity`: who may sign in, with which roles, and what they did.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/actor.h"
#include "base/result.h"
#include "base/secret.h"
#include "forms/picker.h"
#include "slices/identity/organisations.h"
#include "slices/identity/permissions.h"
#include "web/session.h"

namespace tithing {
struct Wiring;
}
namespace tithing::db {
class Transaction;
}

namespace tithing::identity {

// Everything may be called from any thread once the database is open.
class Service {
 public:
  virtual ~Service() = default;
  virtual web::SessionSource& sessions() = 0;
  // The key that signs the cookies of visitors who are not signed in: made once per store, the same for every process
  // of it. Precondition: the store is migrated.
  virtual Result<Secret> form_key() = 0;
  // How areas are called, so that grants are shown by name and refused for a code that does not exist. Empty name: no
  // such area. Call while wiring; without it codes are shown as they are.
  virtual void name_areas_with(std::function<std::string(std::string_view code)> name_of_area) = 0;
  // How areas are found by their names in forms. Call while wiring; without it an area is written by its code.
  virtual void find_areas_with(std::function<forms::Finder(Date today)> finder) = 0;
  // The same for organisations: a grant may then be for a body of the register.
  virtual void name_organisations_with(Organisations organisations) = 0;
};

// Routes, permissions, subcommands, migrations and demonstration accounts.
Service& register_slice(Wiring& wiring);

// Where the demonstration's accounts and their passwords are written, for `./run` to print: readable by the owner
// alone.
std::string demonstration_sign_ins_path(const std::string& data_folder);

// After a restore: who had a session, a link or an attempt to sign in when the backup was made may have lost the right
// to it since. Passwords, accounts and roles stay.
void end_all_that_is_open(db::Transaction& transaction);

}  // namespace tithing::identity
