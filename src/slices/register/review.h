// The review of a succession as a path (path/path.h): what look-ups or a paper show waits until a person says whether
// it happened. An answer can be given again: a day gets known, or a second look says otherwise.
#pragma once

#include "path/path.h"
#include "slices/register/succession.h"

namespace tithing::register_ {

inline constexpr const char* kSuccessionKind = "succession";

struct ReviewFacts {
  ProposedSuccession proposal;  // as it stands, with the last answer
};
extern const path::Path<ReviewFacts> kReviewPath;

// The move that answers so: "accept", "reject"; empty for no answer.
std::string_view move_of(Succession::Review answer);

// The names of the codes in a succession.
std::vector<NamedCode> named_codes(const std::vector<LookUp>& look_ups, const std::vector<SuccessionFactRow>& facts);

}  // namespace tithing::register_
