// What may be done to an exercise: permission, check, change and audit sentence in one transaction.
#pragma once

#include <string>
#include <vector>

#include "commands/move.h"
#include "slices/priorities/domain.h"
#include "slices/priorities/harm.h"
#include "slices/sources/choice_parts.h"

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

struct HarmImport {
  std::string name, version, publisher, note;
  std::string file_name;
  std::string csv;
};
// All or nothing: with one refused row nothing is kept, and the problem lists the lines. The file is kept as a source.
// A version that is there already is a publication more: see sources/editions.h for what is asked, and `manners` for
// the answer.
Result<std::int64_t> import_harm(const Doing& doing, const std::string& data_folder, const HarmImport& wanted,
                                 const std::vector<std::string>& types, const sources::Manners& manners = {});
// What that import would change.
Result<sources::Change> try_harm(const Doing& doing, const HarmImport& wanted, const std::vector<std::string>& types);
// Every version of a list of weights with its files.
std::vector<sources::Thing> harm_things(db::Database& database);
// Which file of a version counts, with a reason; what that changes. Permission, choice and audit row in one
// transaction.
Result<std::vector<sources::Change>> choose_harm(const Doing& doing, const std::string& key,
                                                 const sources::Chosen& chosen, const std::string& reason,
                                                 bool dry_run);

}  // namespace tithing::priorities
