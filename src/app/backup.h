// One file with everything: a copy of the store as of one moment, and the kept files. Serving goes on meanwhile.
#pragma once

#include <string>

#include "base/result.h"
#include "slices/wiring.h"

namespace tithing::app {

// Both return a sentence that says what was done. The file is a gzipped tar: manifest.txt (format, then "<sha256>
// <path>" of every file), store.sqlite, originals/.., evidence/... invalid when the file is there already, unavailable
// on PostgreSQL (with the command to use) and when the disk is full.
Result<std::string> backup(Wiring& wiring, const std::string& path);
// invalid, with nothing changed, when the file is no backup, is cut short, or a checksum does not fit.
Result<std::string> restore(Wiring& wiring, const std::string& path);

}  // namespace tithing::app
