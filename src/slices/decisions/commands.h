// What may be done with decisions: each command asks for the permission of its step again, checks the state and what
// must hold before (decision.h), and writes the change, its event and its audit row in one transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "slices/decisions/decision.h"
#include "slices/decisions/frozen.h"
#include "slices/decisions/store.h"
#include "slices/pots/commands.h"

namespace tithing::decisions {

// What a decision is about, worked out on the versions that it names with what everybody may see of the evidence today:
// what is published rests on no number that is withheld.
struct DecisionTable {
  std::optional<SchemeRecord> scheme_record;
  std::optional<PotRecord> pot_record;
  std::optional<Scheme> scheme;  // as written, or with the answers of its figures when `allocation` is there
  std::optional<Allocation> allocation;
  std::string problem;  // why there is no allocation
};
DecisionTable table_of(db::Database& database, const figures::Registry& registry, const Decision& decision, Date today,
                       figures::Detail detail);

// Whether the actor may prepare decisions on money of this area: the permission, and that the role reaches to it.
Status may_prepare(const Doing& doing, const std::string& area);

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

// One step on the path. What is agreed, frozen or published gives out no more than the pot's newest version holds
// together with what other decisions in force take of it; publishing one that takes the place of another supersedes
// that. forbidden, conflict or invalid as check() in decision.h says.
Result<Decision> move_decision(const Doing& doing, DecisionId id, std::int64_t seen, Move move,
                               const MoveRequest& request);
// What stands in the way of a step for this actor now, as sentences; none: the form may be filled in.
struct MoveOutlook {
  std::vector<std::string> obstacles;
  std::vector<std::string> findings;
  std::optional<Consulted> consulted;
  bool commented = false;          // in a consultation before the last one too
  std::vector<std::string> newer;  // pot or scheme, as newer_versions() says
};
// A consultation that ended in a draft again: taken back, or agreed and the agreement withdrawn.
struct Return {
  Date opened, on;
  std::string days;  // "from 9 January 2012 to 6 February 2012": on which comments were to be taken
  std::string why;
  bool agreement = false;
  bool last = false;  // no other consultation was opened after it
};
std::vector<Return> returns_of(const std::vector<store::DecisionEvent>& events);  // oldest first
// "It was opened to comments on 9 January 2012 and taken back to a draft on 1 February 2012: the year was wrong."
Words in_words(const Return& back);
// The day on which the decision was last taken back, since it was last opened to comments.
std::optional<Date> taken_back_on(const std::vector<store::DecisionEvent>& events);
// Whether the actor may comment on it while it is open: the permission, and a part in what the scheme gives (reach.h).
Status may_comment(const Doing& doing, const Decision& decision, const std::vector<Area>& of_scheme);
MoveOutlook outlook(const Doing& doing, const Decision& decision, Move move);

// While the consultation is open, by who takes part. `about` is "area:KEY", "step:N" (from 1) or empty. invalid with
// the fields "text" and "about"; conflict when comments are not taken, or not any more.
Result<Comment> comment_on(const Doing& doing, DecisionId id, const std::string& about, const std::string& text);
// By who prepares, once for each comment, from the consultation on until it is agreed.
Result<Comment> answer_comment(const Doing& doing, std::int64_t comment, const std::string& text);

}  // namespace tithing::decisions
