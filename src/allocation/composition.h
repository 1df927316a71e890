// The rules of a scheme, written once and run in two arithmetics: exactly (what is paid, allocation.cpp) and in 128-bit
// fixed point (searching thousands of weights for the few that are then worked out exactly, sensitivity.cpp).
//
// An arithmetic A offers: Int; Scalar with + - * / and comparisons; Shares (parts that come to one); Vector (an amount
// for each area, in pence, over one denominator); Factor; and the functions used below.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "allocation/scheme.h"
#include "base/money.h"
#include "base/result.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {

constexpr std::int64_t kNoBound = -1;

template <class A>
struct PlanStep {
  enum class Kind { hold_back, fixed, shared, limit, phase_in, over_programming };
  Kind kind = Kind::shared;
  std::size_t index = 0;  // in Scheme::steps
  // how much: an amount, a share of something, or all that remains
  enum class Measure { all, amount, share } measure = Measure::all;
  std::int64_t amount = 0;
  typename A::Scalar share{};
  HoldBack::Of of = HoldBack::Of::pot;
  std::vector<std::int64_t> pence;             // fixed: to each area
  std::vector<typename A::Shares> indicators;  // shared: one or more, weighted
  std::vector<typename A::Scalar> weights;     // come to one
  std::vector<std::int64_t> low, high;         // limit: kNoBound where there is none; whole rounding units
  bool pinned = false;                         // limit: an override
  bool in_proportion = false;
  typename A::Scalar moved{};  // phase-in: 0..1
  typename A::Shares before{};
};

template <class A>
struct Plan {
  std::vector<std::string> names;  // of the areas
  std::int64_t known = 0, available = 0, unit = 1;
  bool nearest = false;  // hold-backs that are shares: to the nearest unit, otherwise cut
  std::vector<PlanStep<A>> steps;
  std::vector<std::string> places;  // by index in Scheme::steps
};

struct LimitRound {
  std::vector<std::size_t> at_floor, at_cap;  // areas that this round put at a bound
};

template <class A>
struct Trace {
  struct After {
    std::size_t index = 0;  // in Scheme::steps
    typename A::Vector amounts;
    typename A::Scalar remaining{};
    typename A::Scalar shared{};  // what the step handed out, held back or added
    std::vector<LimitRound> rounds;
  };
  std::vector<After> steps;
  std::vector<std::string> notes;
};

template <class A>
struct Outcome {
  typename A::Vector amounts;
  typename A::Scalar remaining{};                          // what no step has handed out
  std::vector<std::pair<std::size_t, std::int64_t>> held;  // step, pence
  std::int64_t over_programmed = 0;
  std::vector<bool> pinned;
};

// The bounds of all steps so far, together.
struct Bounds {
  explicit Bounds(std::size_t areas) : low(areas, 0), high(areas, kNoBound), pinned(areas, false) {}
  std::vector<std::int64_t> low, high;
  std::vector<bool> pinned;
  bool in_proportion = true;
};

// Finds the one factor by which the amounts that are not at a bound are multiplied, so that all bounds hold and the sum
// stays: each round freezes the areas on the side (floors or caps) that is violated by more, which no later round
// undoes. Answers what is left over because every area is at its cap, or has nothing to multiply; the bounds can be
// met.
template <class A>
typename A::Scalar share_again(typename A::Vector& amounts, const Bounds& bounds, std::vector<LimitRound>* rounds) {
  using Int = typename A::Int;
  const std::size_t count = bounds.low.size();
  std::vector<std::int64_t> at(count, kNoBound);  // where an area was put at a bound
  std::vector<std::size_t> free(count);
  for (std::size_t i = 0; i < count; ++i) free[i] = i;
  Int target = A::sum(amounts);
  while (true) {
    Int free_sum(0);
    for (const std::size_t i : free) free_sum += amounts.n[i];
    const bool can_multiply = !(free_sum == Int(0));
    const auto factor = can_multiply ? A::factor(target, free_sum) : A::factor(Int(0), Int(1));
    Int violation(0);
    LimitRound round;
    for (const std::size_t i : free) {
      const Int amount = A::times(amounts.n[i], factor);
      if (const Int low = A::bound_in(amounts, factor, bounds.low[i]); amount < low) {
        violation += low - amount;
        round.at_floor.push_back(i);
      } else if (bounds.high[i] != kNoBound) {
        if (const Int high = A::bound_in(amounts, factor, bounds.high[i]); high < amount) {
          violation -= amount - high;
          round.at_cap.push_back(i);
        }
      }
    }
    if (round.at_floor.empty() && round.at_cap.empty()) {
      const auto before = A::total(amounts);
      A::settle(amounts, factor, at);
      // What multiplying spread over the free areas is whole; something is left only where there was nothing to
      // multiply.
      return can_multiply ? A::pence(0) : before - A::total(amounts);
    }
    if (violation < Int(0)) {
      round.at_floor.clear();
    } else if (Int(0) < violation) {
      round.at_cap.clear();
    }
    for (const std::size_t i : round.at_floor) at[i] = bounds.low[i];
    for (const std::size_t i : round.at_cap) at[i] = bounds.high[i];
    for (const auto* put : {&round.at_floor, &round.at_cap})
      for (const std::size_t i : *put) target -= A::pence_in(amounts, at[i]);
    std::erase_if(free, [&at](std::size_t i) { return at[i] != kNoBound; });
    if (rounds != nullptr) rounds->push_back(std::move(round));
  }
}

template <class A>
class Composition {
 public:
  // `trace` may be null: then nothing is written down, and nothing is said.
  Composition(const Plan<A>& plan, Trace<A>* trace) : plan_(plan), trace_(trace), bounds_(plan.names.size()) {
    out_.amounts = A::zeros(plan.names.size());
    out_.remaining = A::pence(plan.available);
  }

  Result<Outcome<A>> run() {
    for (const PlanStep<A>& step : plan_.steps) {
      rounds_.clear();
      shared_ = A::pence(0);
      if (Status done = apply(step); !done) return pass_on(done);
      if (Status whole = conserved(step); !whole) return pass_on(whole);
      if (trace_ != nullptr) trace_->steps.push_back({step.index, out_.amounts, out_.remaining, shared_, rounds_});
    }
    end_limits(true);
    out_.pinned = bounds_.pinned;
    return std::move(out_);
  }

 private:
  using Scalar = typename A::Scalar;
  using Kind = typename PlanStep<A>::Kind;
  using Measure = typename PlanStep<A>::Measure;

  Status apply(const PlanStep<A>& step) {
    if (step.kind != Kind::limit) end_limits(false);
    switch (step.kind) {
      case Kind::hold_back:
        return hold_back(step);
      case Kind::fixed:
        return fixed(step);
      case Kind::shared:
        return shared(step);
      case Kind::limit:
        return limit(step);
      case Kind::phase_in:
        return phase_in(step);
      case Kind::over_programming:
        break;
    }
    const std::int64_t extra = measured(step, A::pence(plan_.known));
    if (__builtin_add_overflow(out_.over_programmed, extra, &out_.over_programmed) ||
        out_.over_programmed > kLargestPot)
      return refused(step, "what is awarded beyond the pot comes to more than can be held.");
    shared_ = A::pence(extra);
    out_.remaining = out_.remaining + shared_;
    return {};
  }

  std::int64_t measured(const PlanStep<A>& step, const Scalar& of) const {
    return step.measure == Measure::amount ? step.amount : A::to_units(of * step.share, plan_.unit, plan_.nearest);
  }

  // No step makes money or loses any: what the areas have, what remains and what is held back come to what there was.
  // That is a fault of a rule of this file, never of a scheme; nothing is answered then, and nothing searched further.
  Status conserved(const PlanStep<A>& step) const {
    Scalar here = A::total(out_.amounts) + out_.remaining;
    for (const auto& [at, pence] : out_.held) here = here + A::pence(pence);
    const Scalar there = A::pence(plan_.available) + A::pence(out_.over_programmed);
    const Scalar miss = A::tolerance(plan_.names.size() * plan_.steps.size());
    if (!(here + miss < there) && !(there + miss < here)) return {};
    return unavailable(
        tr("{0}: after it the areas, what remains and what is held back come to {1} and not to the {2} "
           "that there is. That is a fault of the program, so nothing is worked out from it. Tell whoever "
           "looks after the program, with this scheme.",
           {plan_.places[step.index], said(here), said(there)}));
  }

  // The place is the field as well, so that a form can show the sentence at its step.
  tl::unexpected<Problem> refused(const PlanStep<A>& step, const std::string& what) const {
    const std::string sentence = plan_.places[step.index] + ": " + what;
    return invalid(sentence, {{"steps[" + std::to_string(step.index) + "]", sentence}});
  }

  tl::unexpected<Problem> too_much(const PlanStep<A>& step, const Scalar& wanted, const Scalar& there) const {
    return refused(step, "it takes " + Money{A::to_units(wanted, 1, true)}.text() + ", and only " +
                             Money{A::to_units(there, 1, true)}.text() + " remains at this point.");
  }

  Status hold_back(const PlanStep<A>& step) {
    const bool from_areas = step.of == HoldBack::Of::allocations;
    const Scalar there = from_areas ? A::total(out_.amounts) : out_.remaining;
    const std::int64_t held = measured(step, step.of == HoldBack::Of::pot ? A::pence(plan_.available) : there);
    shared_ = A::pence(held);
    if (there + A::slack() < shared_) return too_much(step, shared_, there);
    if (from_areas) {
      if (held > 0) A::scale(out_.amounts, (there - shared_) / there);
    } else {
      out_.remaining = out_.remaining - shared_;
    }
    out_.held.emplace_back(step.index, held);
    return {};
  }

  Status fixed(const PlanStep<A>& step) {
    for (std::size_t i = 0; i < step.pence.size(); ++i) {
      shared_ = shared_ + A::pence(step.pence[i]);
      A::add_pence(out_.amounts, i, step.pence[i]);
    }
    if (out_.remaining + A::slack() < shared_) return too_much(step, shared_, out_.remaining);
    out_.remaining = out_.remaining - shared_;
    return {};
  }

  Status shared(const PlanStep<A>& step) {
    shared_ = step.measure == Measure::all      ? out_.remaining
              : step.measure == Measure::amount ? A::pence(step.amount)
                                                : out_.remaining * step.share;
    if (out_.remaining + A::slack() < shared_) return too_much(step, shared_, out_.remaining);
    if (step.indicators.size() == 1) {
      A::add_shared(out_.amounts, shared_, step.indicators.front());
    } else {
      A::add_shared(out_.amounts, shared_, A::mix(step.indicators, step.weights));
    }
    out_.remaining = out_.remaining - shared_;
    return {};
  }

  Status phase_in(const PlanStep<A>& step) {
    const Scalar whole = A::total(out_.amounts);
    A::scale(out_.amounts, step.moved);
    A::add_shared(out_.amounts, whole - whole * step.moved, step.before);
    return {};
  }

  Status limit(const PlanStep<A>& step) {
    // Limits side by side hold together: each is worked out from before the first of them, the money that could go to
    // no area included, or that would be counted once for every limit.
    if (!in_limits_) {
      unlimited_ = out_.amounts;
      unlimited_remaining_ = out_.remaining;
    }
    in_limits_ = true;
    limit_note_.clear();
    left_over_ = false;
    for (std::size_t i = 0; i < step.low.size(); ++i) bound(step, i);
    if (!step.pinned) bounds_.in_proportion = bounds_.in_proportion && step.in_proportion;
    out_.amounts = unlimited_;
    out_.remaining = unlimited_remaining_;
    const Scalar whole = A::total(out_.amounts);
    Scalar floors = A::pence(0), pins = A::pence(0);
    for (std::size_t i = 0; i < bounds_.low.size(); ++i)
      (bounds_.pinned[i] ? pins : floors) = (bounds_.pinned[i] ? pins : floors) + A::pence(bounds_.low[i]);
    if (whole + A::slack() < pins)
      return refused(step, "the overrides come to " + said(pins) + ", more than the " + said(whole) + " to be shared.");
    if (whole + A::slack() < pins + floors) {
      if (!bounds_.in_proportion)
        return refused(step, "the floors come to " + said(floors) + ", more than the " + said(whole - pins) +
                                 " to be shared. Lower them, or let them be met in proportion.");
      in_proportion(step, whole - pins, floors);
      return {};
    }
    const Scalar left = share_again<A>(out_.amounts, bounds_, trace_ == nullptr ? nullptr : &rounds_);
    if (A::pence(0) < left) {
      // In fixed point a trace of it is the arithmetic's own; only the exact run speaks.
      out_.remaining = out_.remaining + left;
      if (trace_ != nullptr) limit_note_ = plan_.places[step.index] + ": " + said(left);
      left_over_ = trace_ != nullptr;
    }
    return {};
  }

  // The floors cannot all be met: each area gets the same part of its own.
  void in_proportion(const PlanStep<A>& step, const Scalar& there, const Scalar& floors) {
    A::scale(out_.amounts, A::pence(0));
    for (std::size_t i = 0; i < bounds_.low.size(); ++i)
      if (!bounds_.pinned[i]) A::add_pence(out_.amounts, i, bounds_.low[i]);
    A::scale(out_.amounts, there / floors);
    for (std::size_t i = 0; i < bounds_.low.size(); ++i)
      if (bounds_.pinned[i]) A::add_pence(out_.amounts, i, bounds_.low[i]);
    if (trace_ != nullptr)
      limit_note_ = plan_.places[step.index] + ": it cannot be met. The floors come to " + said(floors) +
                    ", and there is " + said(there) + ": each area gets the same part of its floor, " +
                    A::percentage(there / floors) + "%.";
  }

  // What the last of several limits side by side said holds for all of them. What is left over there goes to no area
  // only where no step is behind them that may hand it out.
  void end_limits(bool at_the_end) {
    if (left_over_ && at_the_end)
      note(limit_note_ + " can go to no area, because each is at its bound or has nothing to be raised from.");
    else if (left_over_)
      note(limit_note_ +
           " is left over here, because each area is at its bound or has nothing to be raised from. "
           "It remains for the steps behind.");
    else if (!limit_note_.empty())
      note(std::move(limit_note_));
    limit_note_.clear();
    left_over_ = false;
    in_limits_ = false;
  }

  void bound(const PlanStep<A>& step, std::size_t i) {
    if (step.pinned) {
      if (step.low[i] == kNoBound) return;
      bounds_.low[i] = bounds_.high[i] = step.low[i];
      bounds_.pinned[i] = true;
      return;
    }
    if (bounds_.pinned[i]) return;
    if (step.low[i] != kNoBound && bounds_.low[i] < step.low[i]) bounds_.low[i] = step.low[i];
    if (step.high[i] != kNoBound && (bounds_.high[i] == kNoBound || step.high[i] < bounds_.high[i]))
      bounds_.high[i] = step.high[i];
    if (bounds_.high[i] != kNoBound && bounds_.high[i] < bounds_.low[i]) {
      note(plan_.places[step.index] + ": for " + plan_.names[i] + " the floor " + Money{bounds_.low[i]}.text() +
           " lies above the cap " + Money{bounds_.high[i]}.text() + ". The floor is kept.");
      bounds_.high[i] = bounds_.low[i];
    }
  }

  void note(std::string sentence) {
    if (trace_ != nullptr) trace_->notes.push_back(std::move(sentence));
  }
  static std::string said(const Scalar& pence) { return Money{A::to_units(pence, 1, true)}.text(); }

  const Plan<A>& plan_;
  Trace<A>* trace_;
  Outcome<A> out_;
  Bounds bounds_;
  typename A::Vector unlimited_;  // before the limits that are in force side by side
  Scalar unlimited_remaining_{};
  bool in_limits_ = false;
  std::string limit_note_;  // of what is left over, its beginning
  bool left_over_ = false;
  std::vector<LimitRound> rounds_;
  Scalar shared_{};
};

}  // namespace tithing::allocation
