// The one answer to a change that does not fit what its editor saw.
#pragma once

#include <string>

#include "base/result.h"

namespace tithing::records {

// conflict: "“Pot of York” has been changed by somebody else meanwhile. ..." `name` may be empty.
tl::unexpected<Problem> overtaken(const std::string& name);

}  // namespace tithing::records
