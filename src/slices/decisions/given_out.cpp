#include "slices/decisions/given_out.h"

#include <algorithm>
#include <cctype>

#include "allocation/read_scheme.h"
#include "base/text.h"

namespace tithing::decisions {
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

std::string standing(const GivenOut& one) { return one.reference + " (" + lowered(name_of(one.state)) + ")"; }

std::string others_in_words(const std::vector<GivenOut>& others) {
  std::vector<std::string> parts;
  for (const GivenOut& one : others)
    if (one.taken) parts.push_back(standing(one) + " gives out " + one.taken->amount.text() + " of it");
  return joined(parts, ", ");
}

std::string either_of(const std::vector<std::string>& names) {
  std::string out = names.front();
  for (std::size_t i = 1; i < names.size(); ++i) out += (i + 1 == names.size() ? " or " : ", ") + names[i];
  return out;
}

// A way that begins in the draft, from where this decision stands.
std::string in_the_draft(DecisionState mine, const std::string& what) {
  const std::string first = way_back(mine);
  return first.empty() ? what : first + " and " + what;
}

constexpr const char* kAnother =
    "leave this decision frozen and agree another that shares out what there is and takes "
    "its place (\"Takes the place of\" in that draft)";

// What can be done about the others, and about this decision, from where each of them stands on the path. The words
// and the table of one that is frozen stay as they are.
std::string ways_out(const std::vector<GivenOut>& others, DecisionState mine) {
  const bool frozen = mine == DecisionState::frozen;
  std::vector<std::string> agreed, kept, ways;
  for (const GivenOut& one : others) (one.state == DecisionState::agreed ? agreed : kept).push_back(one.reference);
  if (!kept.empty() && !frozen)
    ways.push_back(
        in_the_draft(mine, "let it take the place of " + either_of(kept) + " (\"Takes the place of\" in the draft)"));
  if (!agreed.empty()) ways.push_back("withdraw the agreement to " + either_of(agreed));
  if (!agreed.empty() && !frozen)
    ways.push_back("wait until that is frozen, and then " +
                   in_the_draft(mine, "let it take that one's place (\"Takes the place of\" in the draft)"));
  if (frozen) ways.push_back(kAnother);
  return joined(ways, "; or ");
}

// Of a pot that gives out nothing any more.
std::string other_pot(DecisionState mine) {
  if (mine == DecisionState::frozen)
    return "Leave this decision frozen, and agree another on a pot for the same year and areas that takes its place "
           "(\"Takes the place of\" in that draft).";
  std::string way = in_the_draft(mine, "choose a scheme of another pot in the draft.");
  way.front() = static_cast<char>(std::toupper(way.front()));
  return way;
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
  const MeasuredTable sums = in_sums(frozen.lines);
  Taken out{sums.total, sums.over_programmed};
  for (const auto& [purpose, held] : sums.held_back) out.amount = plus(out.amount, held);
  if (sums.unallocated.pence < 0) out.beyond = minus(out.beyond, sums.unallocated);
  // The lines do not say which hold-backs are the pot's: its top-slices are taken off once, for all decisions on it.
  for (const Money slice : pot->top_slices) out.amount = minus(out.amount, slice);
  return out;
}

CanBeDone can_be_done(const DrawnPot& pot) {
  CanBeDone out;
  for (const GivenOut& one : pot.decisions)
    (one.state == DecisionState::agreed ? out.withdraw_agreement : out.take_place) = true;
  return out;
}

GivenOfPot sum_of(const DrawnPot& pot) {
  const CanBeDone can = can_be_done(pot);
  GivenOfPot out{.version = pot.version,
                 .nothing_known = pot.nothing_known,
                 .withdraw_agreement = can.withdraw_agreement,
                 .take_place = can.take_place};
  for (const GivenOut& one : pot.decisions) {
    if (!one.taken)
      out.not_known.push_back(one.reference);
    else if (out.beyond < one.taken->beyond)
      out.beyond = one.taken->beyond;
    const bool replaced = std::any_of(pot.decisions.begin(), pot.decisions.end(),
                                      [&](const GivenOut& other) { return other.replaces == one.decision; });
    if (!replaced) out.taken = plus(out.taken, most_of(pot.decisions, one));
  }
  out.left = minus(minus(pot.known, pot.top_slices), out.taken);
  return out;
}

std::optional<std::string> beyond_the_pot(const DrawnPot& pot, const Decision& decision, const Taken& mine) {
  if (pot.withdrawn) return "The pot was withdrawn: nothing can be given out of it. " + other_pot(decision.state);
  if (pot.nothing_known)
    return "No fund of the pot has an amount that is known, and what is not known is not nought: nothing can be given "
           "out of it yet. Enter the amount in the pot first.";
  DrawnPot others = pot;
  std::erase_if(others.decisions, [&](const GivenOut& one) {
    return one.decision == decision.id || decision.replaces == one.decision || one.replaces == decision.id;
  });
  const GivenOfPot sum = sum_of(others);
  const bool frozen = decision.state == DecisionState::frozen;
  if (!sum.not_known.empty())
    return "How much " + joined(sum.not_known, ", ") +
           " gives out of the same pot cannot be worked out today, and what is not known is not "
           "nought. Look at it first, and mend what it rests on; or " +
           ways_out(others.decisions, decision.state) + ".";
  const Money beyond = sum.beyond < mine.beyond ? mine.beyond : sum.beyond;
  const Money over = minus(mine.amount, plus(sum.left, beyond));
  if (over.pence <= 0) return std::nullopt;
  std::string text = "More would be given out than the pot holds: its newest version (" + std::to_string(pot.version) +
                     ") has known funds of " + pot.known.text();
  if (pot.top_slices.pence != 0) text += ", of which top-slices take " + pot.top_slices.text();
  if (beyond.pence != 0) text += ", and " + beyond.text() + " is declared to go out beyond them";
  if (!others.decisions.empty()) text += "; " + others_in_words(others.decisions);
  text += "; this decision gives out " + mine.amount.text() + ", which is " + over.text() + " too much. ";
  if (others.decisions.empty())
    return text +
           (frozen ? "Raise the pot again, or " + ways_out({}, decision.state)
                   : "Raise the pot, or " + in_the_draft(decision.state, "share out what the pot holds in the draft")) +
           ".";
  const Money left = plus(sum.left, beyond);
  const std::string share = left.pence <= 0 ? "Nothing is left to share: "
                            : frozen        ? "No more than " + left.text() + " is left: "
                                            : "Share out no more than the " + left.text() + " that is left; or ";
  return text + share + ways_out(others.decisions, decision.state) + "; or raise the pot" + (frozen ? " again." : ".");
}

}  // namespace tithing::decisions
