// The path of a decision: draft, consultation, agreed, frozen, published, superseded. One table says which move leads
// from where to where, who makes it and what must hold before; what its form asks besides is said beside it. Rules on
// values only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "path/path.h"
#include "slices/decisions/consultation.h"
#include "slices/decisions/decision.h"

namespace tithing::decisions {

// Codes of the moves that something is said of outside the table.
namespace moves {
inline constexpr std::string_view consult = "consult", take_back = "take-back", agree = "agree",
                                  withdraw_agreement = "withdraw", freeze = "freeze", publish = "publish",
                                  supersede = "supersede";
}
// What is done to a decision without a move: events as well.
inline constexpr const char* kPrepared = "prepare";
inline constexpr const char* kRevised = "revise";

// What the person who makes a move says with it.
struct MoveRequest {
  // Why; needed by take-back, withdraw, supersede, by agree without consultation, and by publish where pot or scheme
  // have newer versions.
  std::string note;
  std::optional<Date> from, to;               // consult
  std::optional<Date> on;                     // agree: the day of the decision
  std::string authority, interests;           // agree
  std::vector<Acknowledgement> acknowledged;  // freeze
  std::optional<DecisionId> successor;        // supersede
  bool nothing_private = false;               // publish: what was written names no private person
};

// What is said of a finding; empty where nothing is.
std::string words_on(const MoveRequest& request, const std::string& finding);

// What is known when a move is asked for.
struct DecisionFacts {
  Decision decision;
  Date today;
  std::string actor;  // as in the audit
  std::vector<Comment> comments;
  std::vector<std::string> preparers;  // names as in the audit: of the decision, of the scheme and of the pot
  std::optional<Date> taken_back;      // the day, since it was last opened to comments
  // The table as it is worked out now, or why it is not.
  std::optional<std::string> not_worked_out;
  std::vector<std::string> findings;
  std::string amounts;  // its digest
  // Why the pot does not hold what the decision gives out (given_out.h).
  std::optional<std::string> beyond_pot;
  // What has a newer version than the decision rests on, pot or scheme, a sentence for each.
  std::vector<std::string> newer;
  // Of the successor that the form names.
  std::optional<DecisionState> successor_state;
  std::optional<std::string> successor_of_other_money;  // other_money(), in its sentence
};

// Of a draft: somebody could comment before.
bool draft_again(const DecisionFacts& now);

extern const path::Path<DecisionFacts> kDecisionPath;

// Each move once, as its form's address names it, in the order of the path.
std::vector<path::Step> each_move();
// Whether a move of this name leads on from the state, and where it leads.
std::optional<DecisionState> after(DecisionState state, std::string_view move);

// What the form of a move does not say, or says wrongly. The move leads on from where the decision stands.
Status check_form(std::string_view move, const MoveRequest& request, const DecisionFacts& now);
// The move whole, but for the right to make it: conflict when the state does not allow it, invalid with obstacles or
// fields.
Status check(std::string_view move, const MoveRequest& request, const DecisionFacts& now);

// What the audit and the path say of the move.
std::string sentence_of(const path::Step& step, const Decision& decision, const MoveRequest& request);
// The decision after the move, in its next version. `by` and `by_name` made it.
void apply(Decision& decision, const path::Step& step, const MoveRequest& request, const DecisionFacts& now,
           const std::string& by_name);

}  // namespace tithing::decisions
