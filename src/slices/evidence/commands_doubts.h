// What an import would do to the coverage ledger: which months would become suspect, and why. Private to the commands.
#pragma once

#include <vector>

#include "slices/evidence/commands.h"
#include "slices/evidence/ledger.h"

namespace tithing::evidence {

PublicationFacts facts_of(const store::PublicationRow& row);

// Adds to `changes`, as sources::remark, each month of the forces that they speak of which would be suspect for other
// reasons than now, or no longer. Only what a ledger tells of: without areas in the holdings not whose rows they
// are. What it makes is noted in the journal and goes again. `if_it_counts`: `then` is what would be if all that is
// asked about or offered counted. Problems: of the data folder.
Status add_doubts(const Holdings& holdings, Journal& journal, const std::vector<store::PublicationRow>& now,
                  const std::vector<store::PublicationRow>& then, std::vector<sources::Change>& changes,
                  bool if_it_counts = false);

}  // namespace tithing::evidence
