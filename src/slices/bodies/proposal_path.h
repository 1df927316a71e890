// Where a proposal for the register stands (path/path.h).
#pragma once

#include "path/path.h"
#include "slices/bodies/proposals.h"

namespace tithing::bodies {

inline constexpr const char* kProposalKind = "proposal";

struct ProposalFacts {
  Proposal proposal;
  Applied applied;  // to the register as it is now
};
// Enacting needs that there is something in it, and that all of it fits.
extern const path::Path<ProposalFacts> kProposalPath;

// Of one that stands in no list of proposals: everybody who is signed in knows of them.
records::Standing standing_of(const Proposal& proposal);

}  // namespace tithing::bodies
