// One file with everything: every table of the store as of one moment, and the kept originals.
#pragma once

#include <string>

#include "base/result.h"
#include "slices/wiring.h"

namespace tithing::app {

// Both return a sentence that says what was done. The format is that of tar (gzip): store/<table>.csv, originals/.., manifest.
// It is the same for both engines, so that a store can be moved from one to the other.
Result<std::string> backup(Wiring& wiring, const std::string& path);
Result<std::string> restore(Wiring& wiring, const std::string& path);

}  // namespace tithing::app
