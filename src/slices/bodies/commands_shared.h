// What the commands of the register have in common.
#pragma once

#include "slices/bodies/commands.h"
#include "slices/bodies/store.h"

namespace tithing::bodies::changing {

// The register as it is in the store, as a draft; `known` where that is the same.
Register loaded(db::Connection& connection, const std::shared_ptr<const Register>& known);
// What a change did, for the list of changes and the audit.
std::string sentence_of(const Register& draft, const Effect& effect);
// Writes the change, its facts and its audit row; gives its number.
std::int64_t write(db::Transaction& transaction, const Doing& doing, store::Change change, const Effect& effect,
                   const std::string& subject, const std::string& action);
Status check_reason(const std::string& reason);
// forbidden where nobody has said whose records the actor may change.
Status no_scope(const Doing& doing);

}  // namespace tithing::bodies::changing
