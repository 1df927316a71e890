#include "allocation/findings.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace tithing::allocation {

std::string excess_of(Money over_programmed, Money by_rounding) {
  const std::string start = "The table does not come to the pot: it awards ";
  if (over_programmed.pence == 0) return start + by_rounding.text() + " more than there is, because rounding may.";
  return start + Money{by_rounding.pence + over_programmed.pence}.text() +
         " more than the known funds: " + over_programmed.text() + " as the over-programming that is declared, and " +
         by_rounding.text() + " more, because rounding may.";
}

std::vector<std::string> findings_of(const Allocation& allocation) {
  std::vector<std::string> out;
  if (allocation.unallocated.pence > 0)
    out.push_back("The table does not come to the pot: " + allocation.unallocated.text() + " goes to no area.");
  if (allocation.unallocated.pence < 0)
    out.push_back(excess_of(allocation.over_programmed, Money{-allocation.unallocated.pence}));
  for (const std::string& fund : allocation.pot.unknown)
    out.push_back("The amount of \"" + fund +
                  "\" is not known: it is left out, and what the pot comes to is not known.");
  for (const NotMet& item : allocation.not_met) out.push_back(item.sentence);
  return out;
}

std::string digest_of(const Allocation& allocation) {
  std::vector<std::string> lines;
  for (const AreaAmount& area : allocation.areas) lines.push_back(area.key + "\t" + std::to_string(area.amount.pence));
  std::sort(lines.begin(), lines.end());  // the order of areas is no part of the answer
  lines.push_back("known\t" + std::to_string(allocation.pot.known.pence));
  lines.push_back("unallocated\t" + std::to_string(allocation.unallocated.pence));
  for (const HeldBack& held : allocation.held_back)
    lines.push_back("held\t" + held.purpose + "\t" + std::to_string(held.amount.pence));
  for (const std::string& fund : allocation.pot.unknown) lines.push_back("unknown\t" + fund);
  return sha256(joined(lines, "\n"));
}

}  // namespace tithing::allocation
