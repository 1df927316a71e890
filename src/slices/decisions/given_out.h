// What the decisions in force give out of one pot, and whether it holds that. Rules on values only.
//
// One decision's table comes to its pot by itself (balance.h). Two decisions on one pot, or one on a pot that was
// changed afterwards, may each come out and give away more than there is together: that is what is looked at here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "slices/decisions/decision.h"
#include "slices/decisions/frozen.h"
#include "slices/pots/given.h"

namespace tithing::decisions {

// Agreed, frozen or published: the money is given. A draft, a proposal and a superseded decision give nothing.
bool in_force(DecisionState state);

// What a table takes from its pot (pots/given.h).
Taken taken_by(const Allocation& allocation);
// Of a frozen table. invalid when its record cannot be read.
Result<Taken> taken_by(const Frozen& frozen);

struct GivenOut {
  DecisionId decision;
  std::string reference;
  DecisionState state = DecisionState::agreed;
  std::optional<DecisionId> replaces;  // the decision whose place it takes when it is published
  std::string by_name;                 // who agreed it, as it is shown
  Instant at;                          // when it was frozen; before that, when it was drawn up
  std::optional<Taken> taken;          // none: it cannot be worked out today, which is not nought
};

// A pot in its newest version, and the decisions in force on any version of it.
struct DrawnPot {
  std::int64_t version = 0;
  Money known, top_slices;
  bool nothing_known = false;  // no fund of it has an amount
  bool withdrawn = false;
  std::vector<GivenOut> decisions;
};

// What all of them take together, but for the decisions one by one. Of a decision and the one that takes its place only
// one will stand: the larger counts until then. Over-programming is declared once for a pot: the largest counts, they
// are not added up.
GivenOfPot sum_of(const DrawnPot& pot);

// What can be done with the decisions of a pot that gives out more than it holds, from where they stand.
struct CanBeDone {
  bool withdraw_agreement = false;  // one is only agreed
  bool take_place = false;          // one is frozen or published
};
CanBeDone can_be_done(const DrawnPot& pot);

// Why this decision may not be agreed, frozen or published as far as its pot goes, and what to do; nothing where it
// may. `pot.decisions` are the others; `mine` is what it would take.
std::optional<std::string> beyond_the_pot(const DrawnPot& pot, const Decision& decision, const Taken& mine);

}  // namespace tithing::decisions
