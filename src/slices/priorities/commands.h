// What may be done to an exercise: permission, check, change and audit sentence in one transaction.
#pragma once

#include <string>
#include <vector>

#include "commands/move.h"
#include "slices/priorities/domain.h"

namespace tithing::priorities {

using commands::Doing;

Result<std::int64_t> begin_exercise(const Doing& doing, Exercise exercise);
// `exercise.version` is the one that the editor saw; another one by now is a conflict.
Status change_exercise(const Doing& doing, Exercise exercise);
Status move_exercise(const Doing& doing, std::int64_t id, std::int64_t seen_version, const path::Asked& asked);

// One item's scores by the actor, or, while it is moderated, what was agreed of it. `seen` is the newest score of the
// item (of the actor's own, or of those agreed) that the form was made from: a newer one is a conflict. All or nothing;
// a score that is as it was is not written again.
Status give_scores(const Doing& doing, std::int64_t id, const std::string& item, bool moderated, std::int64_t seen,
                   const std::vector<Score>& scores);

// That the actor has an interest in what is scored, as a sentence; an empty one ends what was declared. Scores given of
// it stay and do not count while it holds. Until the exercise is over.
Status declare_interest(const Doing& doing, std::int64_t id, const std::string& item, const std::string& what);

}  // namespace tithing::priorities
