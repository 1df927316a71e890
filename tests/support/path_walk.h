// The one test of a path: every move of every state by every role. What may be is written out in the test, not read
// from the table that is tested.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.h"
#include "path/path.h"

namespace tithing::test {

struct MayMove {
  const char* from;
  const char* move;
  std::vector<Role> roles;
};

// `make` puts a new record in that state, with nothing in the way, and lets somebody with that role for it make the
// move. Expected is: made where `expected` says so; forbidden or not_found for every other role, whatever the state;
// conflict for a role that may make the move somewhere, but not from there (or not_found, where the state is not public
// yet). Every row of the table has to be expected by somebody, and the table has to be without faults.
void walk(const path::Outline& outline, const std::vector<MayMove>& expected,
          const std::function<Status(Role role, std::string_view state, const std::string& move)>& make);

}  // namespace tithing::test
