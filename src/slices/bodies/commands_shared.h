// What the commands of the register have in common.
#pragma once

#include "slices/bodies/commands.h"
#include "slices/bodies/store.h"

namespace tithing::bodies::changing {

// The register as it is in the store, as a draft; `known` where that is the same.
Register loaded(db::Connection& connection, const std::shared_ptr<const Register>& known);
// What a change did, for the list of changes and the audit.
std::string sentence_of(const Register& draft, const Effect& effect);
// Writes the change and its facts, and says so to the audit, about `subject`; gives its number.
std::int64_t write(db::Transaction& transaction, const Keeping& keeping, store::Change change, const Effect& effect,
                   commands::Note& note, records::Record subject, const std::string& action);
Status check_reason(const std::string& reason);
// invalid when an area that a body is to serve is not in the register of areas.
Status areas_exist(const Keeping& keeping, const std::vector<Edit>& edits);

}  // namespace tithing::bodies::changing
