#include "slices/decisions/view.h"

#include <algorithm>

#include "slices/decisions/moves.h"

namespace tithing::decisions {

bool changed_after(const DecisionView& view, const Comment& comment) {
  if (!comment.proposal.empty()) return comment.proposal != proposal_of(view.decision);
  return std::any_of(view.events.begin(), view.events.end(), [&](const path::Event& event) {
    return event.move == kRevised && comment.at.milliseconds < event.at.milliseconds;
  });
}

}  // namespace tithing::decisions
