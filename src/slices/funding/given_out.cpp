#include "slices/funding/given_out.h"

#include <algorithm>

#include "base/text.h"
#include "slices/funding/read_scheme.h"

namespace tithing::funding {
namespace {

Money plus(Money one, Money other) { return {one.pence + other.pence}; }
Money minus(Money one, Money other) { return {one.pence - other.pence}; }

const GivenOut* find(const std::vector<GivenOut>& all, DecisionId id) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const GivenOut& one) { return one.decision == id; });
  return found == all.end() ? nullptr : &*found;
}

// The most that it or one of those takes whose place it takes in turn.
Money most_of(const std::vector<GivenOut>& all, const GivenOut& head) {
  Money most;
  std::size_t steps = 0;
  for (const GivenOut* one = &head; one != nullptr && steps <= all.size(); ++steps) {
    if (one->taken && most < one->taken->amount) most = one->taken->amount;
    one = one->replaces ? find(all, *one->replaces) : nullptr;
  }
  return most;
}

std::string standing(const GivenOut& one) {
  return one.reference + " (" + lowered(name_of(one.state)) + ")";
}

std::string others_in_words(const std::vector<GivenOut>& others) {
  std::vector<std::string> parts;
  for (const GivenOut& one : others)
    if (one.taken) parts.push_back(standing(one) + " gives out " + one.taken->amount.text() + " of it");
  return joined(parts, ", ");
}

}  // namespace

bool in_force(DecisionState state) {
  return state == DecisionState::agreed || state == DecisionState::frozen || state == DecisionState::published;
}

Taken taken_by(const Allocation& allocation) {
  Taken out{allocation.total, allocation.over_programmed};
  for (const HeldBack& held : allocation.held_back)
    if (held.step) out.amount = plus(out.amount, held.amount);
  if (allocation.unallocated.pence < 0) out.beyond = minus(out.beyond, allocation.unallocated);
  return out;
}

Result<Taken> taken_by(const Frozen& frozen) {
  const auto scheme = frozen_scheme(frozen);
  if (!scheme) return pass_on(scheme);
  const auto pot = totals_of(scheme->pot);
  if (!pot) return pass_on(pot);
  Taken out;
  for (const FrozenLine& line : frozen.lines) {
    if (!line.amount) continue;
    if (line.kind == "total" || line.kind == "held-back") out.amount = plus(out.amount, *line.amount);
    if (line.kind == "over-programmed") out.beyond = plus(out.beyond, *line.amount);
    if (line.kind == "unallocated" && line.amount->pence < 0) out.beyond = minus(out.beyond, *line.amount);
  }
  // The lines do not say which hold-backs are the pot's: its top-slices are taken off once, for all decisions on it.
  for (const Money slice : pot->top_slices) out.amount = minus(out.amount, slice);
  return out;
}

DrawnSum sum_of(const DrawnPot& pot) {
  DrawnSum out;
  for (const GivenOut& one : pot.decisions) {
    if (!one.taken) out.not_known.push_back(one.reference);
    else if (out.beyond < one.taken->beyond) out.beyond = one.taken->beyond;
    const bool replaced = std::any_of(pot.decisions.begin(), pot.decisions.end(),
                                      [&](const GivenOut& other) { return other.replaces == one.decision; });
    if (!replaced) out.taken = plus(out.taken, most_of(pot.decisions, one));
  }
  out.left = minus(minus(pot.known, pot.top_slices), out.taken);
  return out;
}

std::optional<std::string> beyond_the_pot(const DrawnPot& pot, const Decision& decision, const Taken& mine) {
  if (pot.withdrawn) return "The pot was withdrawn: nothing can be given out of it. Choose a scheme of another pot.";
  if (pot.nothing_known)
    return "No fund of the pot has an amount that is known, and what is not known is not nought: nothing can be given out of it yet. "
           "Enter the amount in the pot first.";
  DrawnPot others = pot;
  std::erase_if(others.decisions, [&](const GivenOut& one) {
    return one.decision == decision.id || decision.replaces == one.decision || one.replaces == decision.id;
  });
  const DrawnSum sum = sum_of(others);
  const std::string instead = "let this decision take its place (\"Takes the place of\" in the draft), withdraw its agreement";
  if (!sum.not_known.empty())
    return "How much " + joined(sum.not_known, ", ") + " gives out of the same pot cannot be worked out today, and what is not known is not "
           "nought. Look at it first; " + instead + ", or mend what it rests on.";
  const Money beyond = sum.beyond < mine.beyond ? mine.beyond : sum.beyond;
  const Money over = minus(mine.amount, plus(sum.left, beyond));
  if (over.pence <= 0) return std::nullopt;
  std::string text = "More would be given out than the pot holds: its newest version (" + std::to_string(pot.version) + ") has known funds of " +
                     pot.known.text();
  if (pot.top_slices.pence != 0) text += ", of which top-slices take " + pot.top_slices.text();
  if (beyond.pence != 0) text += ", and " + beyond.text() + " is declared to go out beyond them";
  if (!others.decisions.empty()) text += "; " + others_in_words(others.decisions);
  text += "; this decision gives out " + mine.amount.text() + ", which is " + over.text() + " too much. ";
  if (others.decisions.empty()) return text + "Raise the pot, or withdraw this agreement and share out what the pot holds.";
  const Money left = plus(sum.left, beyond);
  return text + (left.pence > 0 ? "Share out no more than the " + left.text() + " that is left, " : "Nothing is left to share: ") + instead +
         ", or raise the pot.";
}

}  // namespace tithing::funding
