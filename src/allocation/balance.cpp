#include "allocation/balance.h"

#include <algorithm>

#include "base/translation.h"

namespace tithing::allocation {
namespace {

Integer sum(const std::vector<Money>& amounts) {
  Integer out;
  for (const Money money : amounts) out += Integer(money.pence);
  return out;
}

std::string said(const Integer& pence) {
  const auto money = to_money(pence);
  return money ? money->text() : pence.text() + " pence";
}

tl::unexpected<Problem> fault(const std::string& what) {
  return unavailable(
      tr("{0} That is a fault of the program or of what it keeps, not of the scheme: no table is shown, "
         "agreed, frozen or published from it. Tell whoever looks after the program.",
         {what}));
}

}  // namespace

Status check_balance(const Balance& balance) {
  const auto negative = [](Money money) { return money.pence < 0; };
  if (std::any_of(balance.areas.begin(), balance.areas.end(), negative) ||
      std::any_of(balance.held.begin(), balance.held.end(), negative))
    return fault("An amount of the table is below nought.");
  const Integer areas = sum(balance.areas), held = sum(balance.held);
  const Integer there = Integer(balance.known.pence) + Integer(balance.over_programmed.pence);
  if (areas + held + Integer(balance.unallocated.pence) != there)
    return fault("The areas get " + said(areas) + ", " + said(held) + " is held back and " +
                 balance.unallocated.text() + " goes to no area: that comes to " +
                 said(areas + held + Integer(balance.unallocated.pence)) + ", and there is " + said(there) + ".");
  if (!negative(balance.unallocated)) return {};
  // Halves of a unit, twice, so that nothing has to be divided.
  const Integer too_much = -Integer(balance.unallocated.pence);
  const Integer most = Integer(static_cast<std::int64_t>(balance.areas.size())) * Integer(balance.rounding.unit.pence);
  const bool explained = balance.rounding.rule == Rounding::Rule::nearest && !(most < too_much + too_much);
  if (explained && balance.rounding.may_exceed) return {};
  return fault("The areas get " + said(areas) + " and " + said(held) + " is held back: " + said(too_much) +
               " more than the " + said(there) + " that there is, which " +
               (explained ? "the scheme does not declare that rounding may give out." : "rounding does not explain."));
}

}  // namespace tithing::allocation
