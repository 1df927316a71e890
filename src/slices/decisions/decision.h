// The path of a decision on an allocation: draft, consultation, agreed, frozen, published, superseded. Rules on values
// only: which step may follow which state, who may take it, and what must hold before.
//
// Who does what follows the division of work between officers and the person who decides: an officer prepares and
// cannot sign, the decision-maker signs, partnerships are heard, and nobody agrees what they have prepared themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "allocation/allocation.h"
#include "base/actor.h"
#include "base/clock.h"
#include "base/words.h"
#include "slices/pots/records.h"

namespace tithing::decisions {

using namespace pots;  // pots and schemes, and through them the engine's words

using DecisionId = Id<struct DecisionTag>;
std::string reference_of(DecisionId id);  // "FD-0012"

inline constexpr Permission kPrepareDecision{"funding.decisions.prepare",
                                             "Prepare decisions on money: draft, consult, answer, freeze"};
inline constexpr Permission kComment{"funding.decisions.comment", "Comment on a proposed allocation"};
inline constexpr Permission kAgree{"funding.decisions.agree", "Agree, publish and supersede decisions on money"};
inline constexpr Permission kReadDrafts{"funding.decisions.read",
                                        "Read decisions on money before anybody is consulted"};

enum class DecisionState { draft, consultation, agreed, frozen, published, superseded };
inline constexpr DecisionState kDecisionStates[] = {DecisionState::draft,     DecisionState::consultation,
                                                    DecisionState::agreed,    DecisionState::frozen,
                                                    DecisionState::published, DecisionState::superseded};
std::string_view code_of(DecisionState state);  // "consultation": in addresses and in the store
std::string_view name_of(DecisionState state);  // "Open to comments"
std::optional<DecisionState> decision_state_from(std::string_view code);

enum class Move { consult, take_back, agree, withdraw_agreement, freeze, publish, supersede };
inline constexpr Move kMoves[] = {Move::consult, Move::take_back, Move::agree,    Move::withdraw_agreement,
                                  Move::freeze,  Move::publish,   Move::supersede};
std::string_view code_of(Move move);  // "take-back": in addresses and in the store
std::string_view name_of(Move move);  // "Take it back to a draft"
std::optional<Move> move_from(std::string_view code);
const Permission& permission_of(Move move);
// Where a move leads from a state, or none when it cannot be made there.
std::optional<DecisionState> after(DecisionState state, Move move);

// What was agreed, by whom and on whose authority.
struct Agreement {
  Date on;
  std::string by;  // as in the audit
  std::string by_name;
  std::string authority;  // "Police and Crime Commissioner, under section 9 of the Act": as written
  std::string interests;  // the declaration of interests, as written
  std::string amounts;    // digest_of() the table that was agreed
};

struct Decision {
  DecisionId id;
  std::int64_t version = 0;  // counts every change; a form that saw another one is stale
  std::string title;
  std::string summary;  // what is proposed, and why
  std::string financial_year;
  std::string area;  // official code of the pot's area, or empty
  PotId pot;
  std::int64_t pot_version = 0;
  SchemeId scheme;
  std::int64_t scheme_version = 0;
  DecisionState state = DecisionState::draft;
  std::string prepared_by;  // as in the audit
  std::string prepared_by_name;
  Instant created_at;
  std::optional<Date> consult_from, consult_to;  // both days included; of the last consultation
  // On what that was opened: the draft may be another one since.
  struct Asked {
    std::string title, area;
    SchemeId scheme;
    std::int64_t scheme_version = 0;
  };
  std::optional<Asked> asked;
  std::optional<Agreement> agreement;
  std::optional<Date> published_on;
  std::optional<DecisionId> superseded_by;
  std::string superseded_why;
  std::string delivered;               // its name in the demonstration, or empty
  std::optional<DecisionId> replaces;  // the decision that it supersedes when it is published

  std::string reference() const;  // "FD-0012"
  bool open_to_comments(Date today) const;
};

struct Comment {
  std::int64_t id = 0;
  DecisionId decision;
  Instant at;
  std::string by;  // as in the audit
  std::string by_name;
  std::string organisation;  // of the grant under which it was made; may be empty
  std::string about;         // "area:bromsgrove", "step:2" (counted from 1), or empty: the whole
  std::string text;
  std::int64_t answers = 0;  // of another comment, whose answer it is
  std::string about_name =
      {};  // what `about` was called when it was written: "Step 1 (direct shares)"; empty in old ones
  std::string proposal = {};  // on which proposal: its title and the versions of scheme and pot; empty in old ones
};
// The name of a part of a scheme that a comment may be about; "the whole" of none.
std::string about_text(const std::string& about, const std::optional<Scheme>& scheme);
// As it was called when the comment was written, whatever the scheme is now.
std::string about_of(const Comment& comment, const std::optional<Scheme>& scheme);
// "Fund 2012/13, version 2 of its scheme, version 1 of its pot"
std::string proposal_of(const Decision& decision);
// Comments that nobody has answered.
int unanswered(const std::vector<Comment>& comments);

struct Acknowledgement {
  std::string finding;  // a sentence of findings_of
  std::string words;    // why it is as it should be
};

// When comments could be made: the last consultation as it was, which need not be as it was planned.
struct Consulted {
  Date from, to;                   // days on which comments could be made, both included
  bool any = true;                 // false: it was taken back before the first of them
  std::optional<Date> taken_back;  // where that ended it before the last day that was set
  Date planned_to;
};
// None where it was never opened. `taken_back` is the day on which it was last taken back, since it was last opened.
std::optional<Consulted> consulted(const Decision& decision, std::optional<Date> taken_back);
// "It was open to comments from 9 January 2012 until it was taken back to a draft on 1 February 2012; it was to be open
// until 6 February 2012."
Words in_words(const Consulted& consulted);

// What the person who makes a move says with it.
struct MoveRequest {
  // Why; needed by take_back, withdraw_agreement, supersede, by agree without consultation, and by publish where pot or
  // scheme have newer versions.
  std::string note;
  std::optional<Date> from, to;               // consult
  std::optional<Date> on;                     // agree: the day of the decision
  std::string authority, interests;           // agree
  std::vector<Acknowledgement> acknowledged;  // freeze
  std::optional<DecisionId> successor;        // supersede
  bool nothing_private = false;               // publish: what was written names no private person
};

// Money of which year and areas: what takes the place of a decision is of the same pot, or of the same year and areas.
struct OfMoney {
  PotId pot;
  std::string financial_year, area;
  std::string area_words;  // the areas by their names
};
// Why the one cannot take the place of the other, in a sentence that says how they differ; nothing where it can.
std::optional<std::string> other_money(const OfMoney& decision, const OfMoney& successor);

// What is known when a move is asked for.
struct Circumstances {
  Date today;
  std::vector<Comment> comments;
  // The table as it is worked out now, or why it is not; asked for by consult, agree and freeze.
  std::optional<std::string> not_worked_out;
  std::vector<std::string> findings;
  std::string amounts;                 // its digest
  std::vector<std::string> preparers;  // names as in the audit: of the decision, of the scheme and of the pot
  std::string actor;                   // as in the audit
  std::optional<DecisionState> successor_state;
  std::optional<std::string> successor_of_other_money;  // other_money(), in its sentence
  // Why the pot does not hold what the decision gives out (given_out.h); asked for by agree, freeze and publish.
  std::optional<std::string> beyond_pot;
  // What has a newer version than the decision rests on, pot or scheme, a sentence for each.
  std::vector<std::string> newer;
  std::optional<Date> taken_back;  // the day, since it was last opened to comments
};

// What stands in the way of the move whatever the form says, as sentences that tell what to do first. Empty: nothing.
std::vector<std::string> obstacles(const Decision& decision, Move move, const Circumstances& now);

// The move whole: conflict when the state does not allow it, invalid with obstacles or fields.
Status check(const Decision& decision, Move move, const MoveRequest& request, const Circumstances& now);

// Who may know of a decision: everyone once it is published; who may comment, from the consultation on; who prepares,
// agrees or audits, always.
bool may_read(const Actor& actor, DecisionState state);

}  // namespace tithing::decisions
