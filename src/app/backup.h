// One file with everything: a copy of the store as of one moment, and the kept files that it names. Serving goes on
// meanwhile, and so do imports.
#pragma once

#include <string>

#include "base/result.h"
#include "slices/wiring.h"

namespace tithing::app {

struct BackedUp {
  std::string sentence;  // what was done
  std::string warning;   // what could not be put in because it is missing or damaged in the data folder; or empty
};

// What is derived and missing is left out: it is made again. The file is read again and every byte of it held against
// its manifest before this returns. Nothing of it is seen under its name until then; it is its owner's only from its
// first byte, and what a killed backup leaves goes at the next start. invalid when the file is there already,
// unavailable when the disk is full.
Result<BackedUp> backup(Wiring& wiring, const std::string& path);

// Works on what is there, also when that is damaged: the store of wiring.data_folder need not be open, nor sound.
// `into`: a new folder instead, which is complete when it appears; empty: the data folder. The sentence says where the
// audit ended before and ends after, and what was lost in time. Sessions and open links have ended afterwards. invalid,
// with nothing changed, when the file is no backup, is cut short, or a checksum does not fit.
Result<std::string> restore(Wiring& wiring, const std::string& path, const std::string& into);

// What is cleared away at each start: work of processes that died.
void clear_left_behind(const std::string& data_folder);

}  // namespace tithing::app
