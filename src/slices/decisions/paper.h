// The papers of a decision: from what is shown of it to a document, in one way. A frozen decision's papers are made
// from the frozen record alone; before that they say what is worked out today and that nothing of it is final.
#pragma once

#include <vector>

#include "slices/decisions/view.h"
#include "slices/pots/papers.h"

namespace tithing::decisions {

enum class PaperKind { allocation, notice };

// The allocation paper or the decision notice. Names of people stand in it for who is signed in. unavailable while
// there is no table, or where the frozen record is not what was frozen.
Result<exports::Document> paper_of(const DecisionView& view, PaperKind kind, bool with_names, Date today);
// The table and the workings of every amount. not_found before it is frozen.
Result<std::vector<exports::TableSheet>> workings_of(const DecisionView& view, bool with_names);

}  // namespace tithing::decisions
