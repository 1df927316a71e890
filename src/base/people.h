// Who a name of the audit ("account:12", "command line", "system") is, as it may be shown to a reader: the number of an
// account means nothing to anybody, and the name of who works here is for those who work here.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/actor.h"

namespace tithing {

using People = std::function<std::string(const std::string& audit_name, const Actor& reader)>;

constexpr std::string_view kUnnamed = "somebody with an account here, whose name is for those who are signed in";

inline bool may_know_names(const Actor& reader) { return reader.signed_in() || reader.trusted(); }

// What there is without a register of accounts: an account is a number, and nothing to who is not signed in.
inline std::string unnamed_people(const std::string& audit_name, const Actor& reader) {
  if (!audit_name.starts_with("account:") || may_know_names(reader)) return audit_name;
  return std::string(kUnnamed);
}

}  // namespace tithing
