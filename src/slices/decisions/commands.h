// What may be done with decisions: begun, changed and moved through src/commands, which asks for permission, reach and
// version again and writes the audit row; what must hold before is in moves.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/change.h"
#include "slices/decisions/moves.h"
#include "slices/decisions/view.h"
#include "slices/pots/commands.h"

namespace tithing::decisions {

DecisionTable table_of(db::Database& database, const figures::Registry& registry, const Decision& decision, Date today,
                       figures::Detail detail);

struct DecisionDraft {
  std::string title;
  std::string summary;
  SchemeId scheme;  // its newest version, on the newest version of its pot
  std::string delivered;
  std::optional<DecisionId> replaces = {};  // a frozen or published decision, which it supersedes when it is published
};
// As a draft. forbidden; invalid with the fields "title", "summary", "scheme", "replaces".
Result<Decision> prepare_decision(const Doing& doing, const DecisionDraft& draft);
// While it is a draft: other words, another scheme of the same or another pot, or the newest versions of the same.
// conflict when `seen` is not the version that is there.
Result<Decision> revise_decision(const Doing& doing, DecisionId id, std::int64_t seen, const DecisionDraft& draft);

// One move on the path. What is agreed, frozen or published gives out no more than the pot's newest version holds
// together with what other decisions in force take of it; publishing one that takes the place of another supersedes
// that. forbidden, conflict or invalid as check() in moves.h says.
Result<Decision> move_decision(const Doing& doing, DecisionId id, std::int64_t seen, std::string_view move,
                               const MoveRequest& request);
// What is known now to whoever would make a move. `table` is that of the decision.
DecisionFacts facts_of(const Doing& doing, const Decision& decision, const DecisionTable& table,
                       const MoveRequest& request = {});
// The same, with the table as it is worked out today.
DecisionFacts outlook(const Doing& doing, const Decision& decision);

// Whether somebody may comment on it while it is open: the permission, and a part in what the scheme gives.
Status may_comment(const Reach& reach, const Decision& decision, const std::vector<Area>& of_scheme);
// While the consultation is open, by who takes part. `about` is "area:KEY", "step:N" (from 1) or empty. invalid with
// the fields "text" and "about"; conflict when comments are not taken, or not any more.
Result<Comment> comment_on(const Doing& doing, DecisionId id, const std::string& about, const std::string& text);
// By who prepares, once for each comment, from the consultation on until it is agreed.
Result<Comment> answer_comment(const Doing& doing, std::int64_t comment, const std::string& text);

}  // namespace tithing::decisions
