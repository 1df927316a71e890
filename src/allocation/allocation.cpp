#include "allocation/allocation.h"

#include <algorithm>
#include <numeric>

#include "allocation/balance.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

using Exact = ExactArithmetic;

// Rounds the exact amounts to units. Those of an override are whole units already.
class Rounder {
 public:
  Rounder(const Scheme& scheme, Allocation& out) : scheme_(scheme), out_(out) {}

  void run(const Exact::Vector& amounts) {
    const Rounding& rounding = scheme_.rounding;
    const Integer unit(rounding.unit.pence);
    const Integer unit_denominator = amounts.d * unit;
    std::vector<std::pair<Integer, std::size_t>> remainders;
    for (std::size_t i = 0; i < amounts.n.size(); ++i) {
      const auto units = Integer::divide(amounts.n[i], unit_denominator);
      Integer whole = units.quotient;
      if (rounding.rule == Rounding::Rule::nearest && units.remainder + units.remainder >= unit_denominator)
        whole += Integer(1);
      if (!units.remainder.zero()) remainders.emplace_back(units.remainder, i);
      out_.areas[i].amount = Money{(whole * unit).to_int64().value_or(0)};
    }
    if (rounding.rule != Rounding::Rule::largest_remainder) return;
    // The remainders come to a number of whole units, and perhaps a part of one that nobody can get.
    Integer sum;
    for (const auto& [remainder, i] : remainders) sum += remainder;
    const std::int64_t left = Integer::divide(sum, unit_denominator).quotient.to_int64().value_or(0);
    std::sort(remainders.begin(), remainders.end(), [&](const auto& a, const auto& b) {
      return a.first != b.first ? b.first < a.first : scheme_.areas[a.second].key < scheme_.areas[b.second].key;
    });
    for (std::int64_t k = 0; k < left; ++k)
      out_.areas[remainders[static_cast<std::size_t>(k)].second].amount.pence += rounding.unit.pence;
  }

 private:
  const Scheme& scheme_;
  Allocation& out_;
};

void sum_up(Allocation& out) {
  out.total = Money{0};
  for (const AreaAmount& area : out.areas) out.total.pence += area.amount.pence;
}

// What rounding left goes to the recipient that the scheme names. Answers what a hold-back bears of it. invalid when it
// has less than rounding gave away.
Result<std::int64_t> rest_to_recipient(const Scheme& scheme, const Fraction& unrounded, Allocation& out) {
  const std::string& recipient = scheme.rounding.rest_to;
  if (recipient.empty()) return 0;
  const std::int64_t rest = Exact::to_units(unrounded, 1, false) - out.total.pence;
  const auto bear = [&](Money& amount, const std::string& name) -> Status {
    if (amount.pence + rest < 0) {
      const std::string sentence = "Rounding: the rounded amounts come to " + Money{-rest}.text() +
                                   " more than there is, and " + name + ", which is to bear that, has " +
                                   amount.text() + ". Choose the largest remainder, or name somebody else.";
      return invalid(sentence, {{"rounding.rest_to", sentence}});
    }
    amount.pence += rest;
    if (rest != 0) out.notes.push_back("Rounding left " + Money{rest}.text() + ", which " + name + " bears.");
    return {};
  };
  for (AreaAmount& area : out.areas)
    if (area.key == recipient) {
      if (const Status borne = bear(area.amount, area.name); !borne) return pass_on(borne);
      return 0;
    }
  for (HeldBack& held : out.held_back)
    if (held.purpose == recipient) {
      if (const Status borne = bear(held.amount, "“" + held.purpose + "”"); !borne) return pass_on(borne);
      return rest;
    }
  return 0;
}

// What no area got is added up from where it was left: by the steps, and by rounding. So the balance is a check of both
// and no difference that comes out by itself.
Status settle(const Scheme& scheme, const Fraction& left_by_steps, std::int64_t borne, Allocation& out) {
  sum_up(out);
  const Fraction left = left_by_steps + Exact::total(out.before_rounding) - Fraction::of(out.total) - Fraction(borne);
  const auto pence = left.whole() ? left.numerator().to_int64() : std::nullopt;
  // A part of a penny cannot be left over from whole pence: then the balance says so.
  out.unallocated = Money{pence ? *pence : left.floor().to_int64().value_or(0)};
  Balance balance{out.pot.known, out.over_programmed, {}, {}, out.unallocated, scheme.rounding};
  for (const HeldBack& held : out.held_back) balance.held.push_back(held.amount);
  for (const AreaAmount& area : out.areas) balance.areas.push_back(area.amount);
  // A scheme that gives out more than it declares is refused, once it is sure that it is rounding that does so.
  const bool undeclared = out.unallocated.pence < 0 && !scheme.rounding.may_exceed;
  balance.rounding.may_exceed = balance.rounding.may_exceed || undeclared;
  if (const Status fine = check_balance(balance); !fine) return fine;
  if (undeclared) {
    const std::string sentence =
        "Rounding: to the nearest " + scheme.rounding.unit.text() + ", the amounts come to " +
        Money{-out.unallocated.pence}.text() +
        " more than there is. Choose the largest remainder, name who bears the rest, or declare that they may come to "
        "more than there is (“may_exceed”), as some published tables do.";
    return invalid(sentence, {{"rounding.rule", sentence}});
  }
  for (const AreaAmount& area : out.areas) {
    if (scheme.tranches.empty()) continue;
    std::int64_t sum = 0;
    for (const Money tranche : area.tranches) sum += tranche.pence;
    if (sum != area.amount.pence)
      return unavailable(
          tr("The tranches of {0} come to {1}, not to {2}. That is a fault of the program. Tell whoever "
             "looks after it, with this scheme.",
             {area.name, Money{sum}.text(), area.amount.text()}));
  }
  return {};
}

void list_what_is_not_met(const Scheme& scheme, Allocation& out) {
  for (const PlanStep<Exact>& step : out.prepared.plan.steps) {
    if (step.kind != PlanStep<Exact>::Kind::limit) continue;
    for (std::size_t i = 0; i < out.areas.size(); ++i) {
      const AreaAmount& area = out.areas[i];
      const auto say = [&](Money difference, const char* side, std::int64_t bound) {
        out.not_met.push_back({area.key, step.index,
                               place_of(scheme, step.index) + ": " + area.name + " gets " + area.amount.text() + ", " +
                                   difference.text() + " " + side + " " + Money{bound}.text() + "."});
      };
      if (step.low[i] != kNoBound && area.amount.pence < step.low[i])
        say(Money{step.low[i] - area.amount.pence}, "less than", step.low[i]);
      if (step.high[i] != kNoBound && area.amount.pence > step.high[i])
        say(Money{area.amount.pence - step.high[i]}, "more than", step.high[i]);
    }
  }
}

}  // namespace

std::vector<Money> by_largest_remainder(Money amount, const std::vector<Fraction>& shares, Money unit,
                                        const std::vector<std::string>& keys) {
  Fraction whole(0);
  for (const Fraction& share : shares) whole = whole + share;
  std::vector<Money> out;
  if (whole.zero()) return std::vector<Money>(shares.size());
  std::vector<std::pair<Fraction, std::size_t>> remainders;
  std::int64_t left = amount.pence / unit.pence;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const Fraction units = Fraction(amount.pence) * shares[i] / whole / Fraction(unit.pence);
    const std::int64_t floor = units.floor().to_int64().value_or(0);
    out.push_back(Money{floor * unit.pence});
    left -= floor;
    remainders.emplace_back(units - Fraction(floor), i);
  }
  std::sort(remainders.begin(), remainders.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? b.first < a.first : keys[a.second] < keys[b.second];
  });
  for (std::int64_t k = 0; k < left; ++k) out[remainders[static_cast<std::size_t>(k)].second].pence += unit.pence;
  return out;
}

Result<Allocation> allocate(const Scheme& scheme) {
  Allocation out;
  auto prepared = prepare(scheme);
  if (!prepared) return pass_on(prepared);
  out.prepared = std::move(*prepared);
  out.pot = out.prepared.totals;
  auto outcome = Composition<Exact>(out.prepared.plan, &out.trace).run();
  if (!outcome) return pass_on(outcome);

  for (std::size_t i = 0; i < scheme.pot.top_slices.size(); ++i)
    out.held_back.push_back({scheme.pot.top_slices[i].purpose, out.pot.top_slices[i], {}});
  for (const auto& [step, pence] : outcome->held)
    out.held_back.push_back({std::get<HoldBack>(scheme.steps[step].what).purpose, Money{pence}, step});
  out.over_programmed = Money{outcome->over_programmed};
  for (const Area& area : scheme.areas) {
    AreaAmount amount;
    amount.key = area.key;
    amount.name = area.name;
    if (const auto found = out.prepared.last_year.find(area.key); found != out.prepared.last_year.end())
      amount.last_year = found->second;
    out.areas.push_back(std::move(amount));
  }
  out.notes = out.trace.notes;
  if (!out.complete()) {
    std::string names;
    for (const std::string& name : out.pot.unknown) names += (names.empty() ? "" : ", ") + name;
    out.notes.insert(out.notes.begin(), "Only known money is shared. Not known, and not nought: " + names + ".");
  }
  out.before_rounding = std::move(outcome->amounts);
  Rounder(scheme, out).run(out.before_rounding);
  sum_up(out);
  const auto borne = rest_to_recipient(scheme, Exact::total(out.before_rounding), out);
  if (!borne) return pass_on(borne);
  std::vector<Fraction> shares;
  std::vector<std::string> names;
  for (const Tranche& tranche : scheme.tranches) {
    shares.push_back(tranche.share);
    names.push_back(tranche.name);
  }
  if (!shares.empty())
    for (AreaAmount& area : out.areas) area.tranches = by_largest_remainder(area.amount, shares, Money{1}, names);
  if (const Status fine = settle(scheme, outcome->remaining, *borne, out); !fine) return pass_on(fine);
  if (out.unallocated.pence > 0) out.notes.push_back(out.unallocated.text() + " goes to no area.");
  if (out.unallocated.pence < 0)
    out.notes.push_back("The rounded amounts come to " + Money{-out.unallocated.pence}.text() +
                        " more than there is, which the scheme declares that rounding may give out." +
                        (out.over_programmed.pence == 0
                             ? ""
                             : " What there is holds over-programming of " + out.over_programmed.text() +
                                   ", which is beyond the known funds too."));
  list_what_is_not_met(scheme, out);
  return out;
}

Result<std::vector<Allocation>> allocate_years(const Scheme& scheme) {
  std::vector<Allocation> out;
  Scheme year = scheme;
  for (Step& step : year.steps) {
    auto* phase = std::get_if<PhaseIn>(&step.what);
    if (phase == nullptr) continue;
    for (int k = 1; k <= static_cast<int>(phase->path.size()); ++k) {
      phase->year = k;
      auto allocation = allocate(year);
      if (!allocation) return pass_on(allocation);
      out.push_back(std::move(*allocation));
    }
    return out;
  }
  auto allocation = allocate(scheme);
  if (!allocation) return pass_on(allocation);
  out.push_back(std::move(*allocation));
  return out;
}

}  // namespace tithing::allocation
