// Which file counts for a force-month when several say something about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"

namespace tithing::evidence {

enum class PublicationState { counts, superseded, set_aside, malformed };

struct Publication {
  std::int64_t id = 0;
  std::string force_slug;
  Month month;
  std::int64_t version = 0;
  PublicationState state = PublicationState::counts;
  bool is_extract = false;
  std::string sha256;  // of the file
};

enum class Decision {
  known,      // this very file is there already
  takes,      // nothing counted for this force-month
  replaces,   // what counted before is kept as superseded
  set_aside,  // kept, not counted
};

// The rule. A file whose bytes are known for that force-month changes nothing. What was published last counts, and "last" is the
// order of imports. An extract (a file with further columns, or with rows of several forces or months) is not a publication: it
// counts only where there is nothing else, and is replaced by any publication.
Decision decide(const std::vector<Publication>& of_this_force_month, bool is_extract, const std::string& sha256);

}  // namespace tithing::evidence
