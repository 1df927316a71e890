#include "allocation/plan.h"

#include <algorithm>

namespace tithing::allocation {
namespace {

using Exact = ExactArithmetic;
using Step_ = PlanStep<Exact>;

const Fraction kHundred(100);

bool meant(const std::vector<std::string>& only, const std::string& key) {
  return only.empty() || std::find(only.begin(), only.end(), key) != only.end();
}

// Parts that come to one: each value over their sum, on one denominator.
Exact::Shares shares_of(const std::vector<Fraction>& values) {
  Integer denominator(1);
  for (const Fraction& value : values)
    denominator *=
        Integer::divide(value.denominator(), Integer::greatest_common_divisor(denominator, value.denominator()))
            .quotient;
  Exact::Shares out;
  out.d = Integer(0);
  for (const Fraction& value : values) {
    out.n.push_back(value.numerator() * Integer::divide(denominator, value.denominator()).quotient);
    out.d += out.n.back();
  }
  Integer common = out.d;
  for (const Integer& n : out.n) common = Integer::greatest_common_divisor(common, n);
  if (common != Integer(1)) {
    out.d = Integer::divide(out.d, common).quotient;
    for (Integer& n : out.n) n = Integer::divide(n, common).quotient;
  }
  return out;
}

class Planner {
 public:
  Planner(const Scheme& scheme, Prepared& out) : scheme_(scheme), out_(out) {}

  Status run() {
    Plan<Exact>& plan = out_.plan;
    for (const Area& area : scheme_.areas) plan.names.push_back(area.name);
    plan.known = out_.totals.known.pence;
    plan.available = out_.totals.available.pence;
    plan.unit = scheme_.rounding.unit.pence;
    plan.nearest = scheme_.rounding.rule == Rounding::Rule::nearest;
    for (std::size_t i = 0; i < scheme_.steps.size(); ++i) {
      plan.places.push_back(place_of(scheme_, i));
      Step_ step;
      step.index = i;
      if (Status made = std::visit([&](const auto& what) { return make(what, step); }, scheme_.steps[i].what); !made)
        return made;
      plan.steps.push_back(std::move(step));
    }
    return {};
  }

 private:
  static void size(const Size& size, Step_& step) {
    step.measure = size.amount ? Step_::Measure::amount : size.share ? Step_::Measure::share : Step_::Measure::all;
    if (size.amount) step.amount = size.amount->pence;
    if (size.share) step.share = *size.share;
  }

  Status make(const HoldBack& what, Step_& step) {
    step.kind = Step_::Kind::hold_back;
    step.of = what.of;
    size(what.size, step);
    return {};
  }

  Status make(const FixedAmount& what, Step_& step) {
    step.kind = Step_::Kind::fixed;
    for (const Area& area : scheme_.areas) {
      const auto times = !meant(what.areas, area.key) ? 0
                         : what.per_authority         ? static_cast<std::int64_t>(area.authorities.size())
                                                      : 1;
      std::int64_t pence = 0;
      if (__builtin_mul_overflow(what.amount.pence, times, &pence) || pence > kLargestPot)
        return refused(step, what.amount.text() + " for each authority of " + area.name + " is too large to hold.");
      step.pence.push_back(pence);
    }
    return {};
  }

  tl::unexpected<Problem> refused(const Step_& step, const std::string& what) const {
    const std::string sentence = place_of(scheme_, step.index) + ": " + what;
    return invalid(sentence, {{"steps[" + std::to_string(step.index) + "]", sentence}});
  }

  Status make(const WeightedIndicators& what, Step_& step) {
    step.kind = Step_::Kind::shared;
    size(what.size, step);
    for (const Indicator& indicator : what.indicators) {
      std::vector<Fraction> values;
      for (const Area& area : scheme_.areas) values.push_back(measure_of(indicator, indicator.values.at(area.key)));
      step.indicators.push_back(shares_of(values));
      step.weights.push_back(indicator.weight / kHundred);
    }
    return {};
  }

  Status make(const DirectShares& what, Step_& step) {
    step.kind = Step_::Kind::shared;
    size(what.size, step);
    std::vector<Fraction> values;
    for (const Area& area : scheme_.areas)
      values.push_back(what.by == DirectShares::By::last_year ? Fraction::of(out_.last_year.at(area.key))
                                                              : what.values.at(area.key));
    if (std::all_of(values.begin(), values.end(), [](const Fraction& value) { return value.zero(); }))
      return refused(step, "last year's money is nought, so nothing can be shared by its split.");
    step.indicators.push_back(shares_of(values));
    step.weights.push_back(Fraction(1));
    return {};
  }

  // Limits are tightened to whole rounding units, so that rounding cannot break them.
  Result<std::int64_t> at_least(const Fraction& pence, const std::string& area, const Step_& step) const {
    if (pence <= Fraction(0)) return 0;
    const Integer unit(scheme_.rounding.unit.pence);
    const Integer up = -Integer::divide(-pence.numerator(), pence.denominator() * unit).quotient;
    const auto whole = (up * unit).to_int64();
    if (!whole || *whole > kLargestPot)
      return refused(step, "the least that " + area + " is to get is more than can be held.");
    return *whole;
  }
  std::int64_t at_most(const Fraction& pence) const {
    const Integer unit(scheme_.rounding.unit.pence);
    return (Integer::divide(pence.numerator(), pence.denominator() * unit).quotient * unit)
        .to_int64()
        .value_or(kNoBound);
  }

  Status make(const Limit& what, Step_& step) {
    step.kind = Step_::Kind::limit;
    const bool floor = what.kind == Limit::Kind::floor || what.kind == Limit::Kind::hold_harmless;
    step.in_proportion = !floor || what.in_proportion;
    for (const Area& area : scheme_.areas) {
      step.low.push_back(kNoBound);
      step.high.push_back(kNoBound);
      if (!meant(what.areas, area.key)) continue;
      const auto own = what.by_area.find(area.key);
      if (!what.by_area.empty() && own == what.by_area.end()) continue;
      const auto before = out_.last_year.find(area.key);
      const Fraction last = before == out_.last_year.end() ? Fraction(0) : Fraction::of(before->second);
      const Fraction size = own != what.by_area.end() ? Fraction::of(own->second)
                            : what.amount             ? Fraction::of(*what.amount)
                                                      : last * *what.share;
      switch (what.kind) {
        case Limit::Kind::floor:
        case Limit::Kind::hold_harmless: {
          const auto least = at_least(what.kind == Limit::Kind::floor ? size : last - size, area.name, step);
          if (!least) return pass_on(least);
          step.low.back() = *least;
          break;
        }
        case Limit::Kind::cap:
          step.high.back() = at_most(size);
          break;
        case Limit::Kind::gain_limit:
          step.high.back() = at_most(last + size);
          break;
      }
    }
    return {};
  }

  Status make(const PhaseIn& what, Step_& step) {
    step.kind = Step_::Kind::phase_in;
    step.moved = what.path[static_cast<std::size_t>(what.year) - 1];
    std::vector<Fraction> values;
    for (const Area& area : scheme_.areas) values.push_back(Fraction::of(out_.last_year.at(area.key)));
    step.before = shares_of(values);
    return {};
  }

  Status make(const Override& what, Step_& step) {
    step.kind = Step_::Kind::limit;
    step.pinned = true;
    for (const Area& area : scheme_.areas) {
      step.low.push_back(area.key == what.area ? what.value.pence : kNoBound);
      step.high.push_back(step.low.back());
    }
    return {};
  }

  Status make(const OverProgramming& what, Step_& step) {
    step.kind = Step_::Kind::over_programming;
    size(what.size, step);
    return {};
  }

  const Scheme& scheme_;
  Prepared& out_;
};

}  // namespace

Fraction measure_of(const Indicator& indicator, const std::vector<Observation>& observations) {
  Fraction sum(0);
  for (const Observation& observation : observations) {
    Fraction value = observation.value;
    if (indicator.transform == Transform::rate) value = value * Fraction(indicator.per) / *observation.base;
    if (indicator.decimals) {
      const Integer power = Integer::power_of_ten(*indicator.decimals);
      value = Fraction((value * Fraction(power, Integer(1))).nearest(), power);
    }
    sum = sum + value;
  }
  return sum / Fraction(static_cast<std::int64_t>(observations.size()));
}

Result<Prepared> prepare(const Scheme& scheme) {
  if (Status fine = check(scheme); !fine) return pass_on(fine);
  Prepared out;
  auto totals = totals_of(scheme.pot);
  if (!totals) return pass_on(totals);
  out.totals = std::move(*totals);
  if (scheme.last_year) {
    auto money = carried(*scheme.last_year, scheme.successions, scheme.areas);
    if (!money) return pass_on(money);
    out.last_year = std::move(*money);
  }
  if (Status made = Planner(scheme, out).run(); !made) return pass_on(made);
  return out;
}

Plan<FixedArithmetic> for_searching(const Plan<ExactArithmetic>& plan) {
  using Fixed = FixedArithmetic;
  Plan<Fixed> out;
  out.names = plan.names;
  out.known = plan.known;
  out.available = plan.available;
  out.unit = plan.unit;
  out.nearest = plan.nearest;
  out.places = plan.places;
  for (const Step_& step : plan.steps) {
    PlanStep<Fixed> to;
    to.kind = static_cast<PlanStep<Fixed>::Kind>(step.kind);
    to.index = step.index;
    to.measure = static_cast<PlanStep<Fixed>::Measure>(step.measure);
    to.amount = step.amount;
    to.share = Fixed::of(step.share);
    to.of = step.of;
    to.pence = step.pence;
    for (const Exact::Shares& shares : step.indicators) to.indicators.push_back(Fixed::of(shares));
    for (const Fraction& weight : step.weights) to.weights.push_back(Fixed::of(weight));
    to.low = step.low;
    to.high = step.high;
    to.pinned = step.pinned;
    to.in_proportion = step.in_proportion;
    to.moved = Fixed::of(step.moved);
    if (!step.before.n.empty()) to.before = Fixed::of(step.before);
    out.steps.push_back(std::move(to));
  }
  return out;
}

}  // namespace tithing::allocation
