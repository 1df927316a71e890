// A decision on an allocation as it is kept, and what can be said of it without asking anything else.
//
// Who does what follows the division of work between officers and the person who decides: an officer prepares and
// cannot sign, the decision-maker signs, partnerships are heard, and nobody agrees what they have prepared themselves.
// The path itself is a table (moves.h).
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
#include "records/record.h"
#include "slices/pots/records.h"

namespace tithing::decisions {

using namespace pots;  // pots and schemes, and through them the engine's words

inline constexpr const char* kRecordKind = "funding-decision";  // as audit rows have always named it
using DecisionId = Id<struct DecisionTag>;
std::string reference_of(DecisionId id);  // "FD-0012"
std::string address_of(DecisionId id);    // of its page
inline records::Record record_of(DecisionId id) { return records::record_of(kRecordKind, id.value); }

inline constexpr Permission kPrepareDecision{"funding.decisions.prepare",
                                             "Prepare decisions on money: draft, consult, answer, freeze"};
inline constexpr Permission kComment{"funding.decisions.comment", "Comment on a proposed allocation"};
inline constexpr Permission kAgree{"funding.decisions.agree", "Agree, publish and supersede decisions on money"};
inline constexpr Permission kReadDrafts{"funding.decisions.read",
                                        "Read decisions on money before anybody is consulted"};

// In the order of the path (moves.h), whose codes and names are these.
enum class DecisionState { draft, consultation, agreed, frozen, published, superseded };
inline constexpr DecisionState kDecisionStates[] = {DecisionState::draft,     DecisionState::consultation,
                                                    DecisionState::agreed,    DecisionState::frozen,
                                                    DecisionState::published, DecisionState::superseded};
std::string_view code_of(DecisionState state);  // "consultation": in addresses and in the store
std::string_view name_of(DecisionState state);  // "Consultation"
std::optional<DecisionState> decision_state_from(std::string_view code);

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
  std::string area;  // official codes of the pot's areas, or empty
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
  std::string named() const;      // "FD-0012, "Community safety fund""
  bool open_to_comments(Date today) const;
};
records::Standing standing_of(const Decision& decision);

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
// Why no comments are taken on that day, in a sentence; nothing where they are.
std::optional<std::string> no_comments(const Decision& decision, Date today);
// The parts of a scheme that a comment may be about, "area:bromsgrove" and its name; the whole first.
std::vector<std::pair<std::string, std::string>> parts_of(const std::optional<Scheme>& scheme);
// The name of such a part, also of one that is not there any more.
std::string about_text(const std::string& about, const std::optional<Scheme>& scheme);
// As it was called when the comment was written, whatever the scheme is now.
std::string about_of(const Comment& comment, const std::optional<Scheme>& scheme);
// "Fund 2012/13, version 2 of its scheme, version 1 of its pot"
std::string proposal_of(const Decision& decision);
// The organisation, and with names the person.
std::string written_by(const Comment& comment, bool with_names);
const Comment* answer_to(const std::vector<Comment>& comments, const Comment& comment);  // null: none yet
// Comments that nobody has answered.
int unanswered(const std::vector<Comment>& comments);

struct Acknowledgement {
  std::string finding;  // a sentence of findings_of
  std::string words;    // why it is as it should be
};

// Money of which year and areas: what takes the place of a decision is of the same pot, or of the same year and areas.
struct OfMoney {
  PotId pot;
  std::string financial_year, area;
  std::string area_words;  // the areas by their names
};
// Why the one cannot take the place of the other, in a sentence that says how they differ; nothing where it can.
std::optional<std::string> other_money(const OfMoney& decision, const OfMoney& successor);

// What has to be done before its draft can be changed, from where it stands: "withdraw this agreement", or that of
// `which`. Empty where there is nothing to be done, or nothing that can be.
std::string way_back(DecisionState state, const std::string& which = "this");

// Who may know of a decision: everyone once it is published; who may comment, from the consultation on; who prepares,
// agrees or audits, always.
bool may_read(const Actor& actor, DecisionState state);

}  // namespace tithing::decisions
