// What holds of every scheme, shown on random ones.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "allocation/scheme_for_tests.h"
#include "allocation/write_json.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

std::int64_t between(std::int64_t low, std::int64_t high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::int64_t>(low, high + 1));
}
bool often() { return between(0, 1) == 1; }

WeightedIndicators random_need(const std::vector<Area>& areas, bool with_rates) {
  WeightedIndicators out;
  const auto count = between(1, 4);
  std::int64_t left = 100;
  for (std::int64_t k = 0; k < count; ++k) {
    const std::int64_t weight = k + 1 == count ? left : between(0, left);
    left -= weight;
    Indicator indicator;
    indicator.name = "Indicator " + std::to_string(k);
    indicator.weight = Fraction(weight);
    const bool rate = with_rates && often();
    if (rate) indicator.transform = Transform::rate;
    for (const Area& area : areas) {
      Observation one;
      one.value = Fraction(between(0, 50'000));
      if (rate) one.base = Fraction(between(1, 400'000));
      indicator.values[area.key].push_back(one);
    }
    indicator.values[areas.front().key].front().value = Fraction(between(1, 50'000));
    out.indicators.push_back(std::move(indicator));
  }
  return out;
}

Scheme random_base() {
  std::vector<std::pair<std::string, std::int64_t>> last;
  const auto count = between(1, 12);
  for (std::int64_t i = 0; i < count; ++i) last.emplace_back("area" + std::to_string(i), between(1, 90'000'000));
  Scheme out = scheme_of(between(1, 1'000'000'000), last);
  for (Area& area : out.areas) area.authorities.resize(static_cast<std::size_t>(between(1, 3)), "council");
  return out;
}

Limit random_limit() {
  Limit limit;
  const Limit::Kind kinds[] = {Limit::Kind::floor, Limit::Kind::cap, Limit::Kind::hold_harmless,
                               Limit::Kind::gain_limit};
  limit.kind = kinds[between(0, 3)];
  if (often()) {
    limit.share = percent(between(0, 100));
  } else {
    limit.amount = Money{between(0, 100'000'000)};
  }
  limit.in_proportion = true;
  return limit;
}

// Any composition that never asks for more than remains.
Scheme random_scheme() {
  Scheme out = random_base();
  out.rounding.unit = Money{often() ? 1 : 100};
  if (between(0, 3) == 0) {
    out.rounding.rule = Rounding::Rule::nearest;
    out.rounding.may_exceed = true;
  }
  if (often())
    out.steps.push_back(
        {HoldBack{"Central", of_percent(between(0, 60)), often() ? HoldBack::Of::pot : HoldBack::Of::remaining}, ""});
  if (often()) out.steps.push_back({OverProgramming{of_percent(between(0, 20)), "Treasurer"}, ""});
  if (often()) {
    const auto each = out.pot.funds.front().amount->pence / static_cast<std::int64_t>(out.areas.size()) / 12;
    out.steps.push_back({FixedAmount{Money{each}, often(), {}}, ""});
  }
  WeightedIndicators need = random_need(out.areas, true);
  if (often()) {
    need.size = of_percent(between(0, 100));
    out.steps.push_back({need, ""});
    out.steps.push_back({DirectShares{}, ""});
  } else {
    out.steps.push_back({need, ""});
  }
  const auto limits = between(0, 3);
  for (std::int64_t i = 0; i < limits; ++i) out.steps.push_back({random_limit(), ""});
  if (often())
    out.steps.push_back({PhaseIn{{percent(30), percent(70), percent(100)}, static_cast<int>(between(1, 3))}, ""});
  if (often()) out.steps.push_back({HoldBack{"Retained", of_percent(between(0, 30)), HoldBack::Of::allocations}, ""});
  return out;
}

std::string as_json(const Scheme& scheme) {
  const auto years = allocate_years(scheme);
  RC_ASSERT(years.has_value());
  JsonWriter json;
  json.begin_object();
  write_allocation(json, scheme, *years, true);
  json.end_object();
  return json.take();
}

}  // namespace

TEST_CASE("properties of every scheme") {
  CHECK(rc::check("the pot comes out to the penny; no floor or cap is broken in silence", [] {
    const Scheme scheme = random_scheme();
    const auto made = allocate(scheme);
    if (!made) RC_FAIL(made.error().message);
    Integer sum(made->unallocated.pence);
    for (std::size_t i = 0; i < made->areas.size(); ++i) {
      const AreaAmount& area = made->areas[i];
      RC_ASSERT(area.amount.pence >= 0);
      sum += Integer(area.amount.pence);
      // Rounding moves an amount by less than a unit.
      const Fraction moved = Fraction::of(area.amount) - made->exact(i);
      RC_ASSERT(moved < Fraction(scheme.rounding.unit.pence));
      RC_ASSERT(-Fraction(scheme.rounding.unit.pence) < moved);
    }
    for (const HeldBack& held : made->held_back) sum += Integer(held.amount.pence);
    RC_ASSERT(sum == Integer(made->pot.known.pence + made->over_programmed.pence));
    std::set<std::pair<std::size_t, std::string>> said;
    for (const NotMet& item : made->not_met) said.emplace(item.step, item.area);
    bool capped = false;
    for (std::size_t s = 0; s < scheme.steps.size(); ++s) {
      const auto* limit = std::get_if<Limit>(&scheme.steps[s].what);
      if (limit == nullptr) continue;
      capped = capped || limit->kind == Limit::Kind::cap || limit->kind == Limit::Kind::gain_limit;
      for (const AreaAmount& area : made->areas) {
        const Fraction last = Fraction::of(*area.last_year);
        const Fraction size = limit->amount ? Fraction::of(*limit->amount) : last * *limit->share;
        const Fraction amount = Fraction::of(area.amount);
        const bool kept = limit->kind == Limit::Kind::floor           ? !(amount < size)
                          : limit->kind == Limit::Kind::cap           ? !(size < amount)
                          : limit->kind == Limit::Kind::hold_harmless ? !(amount < last - size)
                                                                      : !(last + size < amount);
        if (!kept) RC_ASSERT(said.count({s, area.key}) == 1);
      }
    }
    // Without a cap all of it is given away, but for part of a rounding unit.
    const bool nearest = scheme.rounding.rule == Rounding::Rule::nearest;
    // More than there is goes out only as it is declared; and without the declaration the same scheme is refused.
    if (made->unallocated.pence < 0) {
      RC_ASSERT(nearest);
      Scheme undeclared = scheme;
      undeclared.rounding.may_exceed = false;
      const auto refused = allocate(undeclared);
      RC_ASSERT(!refused.has_value());
      RC_ASSERT(refused.error().kind == ProblemKind::invalid);
      RC_ASSERT(refused.error().fields.front().field == "rounding.rule");
    }
    if (nearest) return;
    if (!capped && scheme.rounding.unit.pence == 1) RC_ASSERT(made->unallocated.pence == 0);
    if (!capped) RC_ASSERT(made->unallocated.pence < scheme.rounding.unit.pence);
  }));

  CHECK(rc::check("the order of the areas does not matter, and a rerun is identical", [] {
    const Scheme scheme = random_scheme();
    const auto made = allocate(scheme);
    RC_ASSERT(made.has_value());
    RC_ASSERT(as_json(scheme) == as_json(scheme));
    Scheme turned = scheme;
    std::rotate(turned.areas.begin(),
                turned.areas.begin() + between(0, static_cast<std::int64_t>(turned.areas.size()) - 1),
                turned.areas.end());
    std::reverse(turned.areas.begin() + between(0, static_cast<std::int64_t>(turned.areas.size()) - 1),
                 turned.areas.end());
    const auto other = allocate(turned);
    RC_ASSERT(other.has_value());
    for (std::size_t i = 0; i < made->areas.size(); ++i)
      for (std::size_t j = 0; j < other->areas.size(); ++j)
        if (other->areas[j].key == made->areas[i].key) {
          RC_ASSERT(other->areas[j].amount == made->areas[i].amount);
          RC_ASSERT(other->exact(j) == made->exact(i));
        }
  }));

  CHECK(rc::check("two areas treated alike give their sum when they merge, where the scheme is additive", [] {
    Scheme scheme = random_base();
    RC_PRE(scheme.areas.size() >= 2u);
    // Counts, last year's split, an amount per authority, a share held back: nothing that bends at a threshold or a
    // rate.
    scheme.steps.push_back({HoldBack{"Central", of_percent(between(0, 50)), HoldBack::Of::pot}, ""});
    const auto each = scheme.pot.funds.front().amount->pence / static_cast<std::int64_t>(scheme.areas.size()) / 8;
    scheme.steps.push_back({FixedAmount{Money{each}, true, {}}, ""});
    WeightedIndicators need = random_need(scheme.areas, false);
    need.size = of_percent(between(0, 100));
    scheme.steps.push_back({need, ""});
    scheme.steps.push_back({DirectShares{}, ""});
    scheme.steps.push_back({PhaseIn{{percent(40), percent(100)}, 1}, ""});
    const auto apart = allocate(scheme);
    RC_ASSERT(apart.has_value());

    Scheme merged = scheme;
    const Area gone = merged.areas.back();
    merged.areas.pop_back();
    Area& stays = merged.areas.front();
    stays.authorities.insert(stays.authorities.end(), gone.authorities.begin(), gone.authorities.end());
    merged.successions = {{{stays.key, gone.key}, {{stays.key, {}}}}};
    for (Indicator& indicator : std::get<WeightedIndicators>(merged.steps[2].what).indicators) {
      Observation& mine = indicator.values[stays.key].front();
      mine.value = mine.value + indicator.values[gone.key].front().value;
      indicator.values.erase(gone.key);
    }
    const auto together = allocate(merged);
    if (!together) RC_FAIL(together.error().message);
    RC_ASSERT(together->exact(0) == apart->exact(0) + apart->exact(apart->areas.size() - 1));
    for (std::size_t i = 1; i < merged.areas.size(); ++i) RC_ASSERT(together->exact(i) == apart->exact(i));
  }));

  CHECK(rc::check("fixed point finds the same amounts to the penny", [] {
    const Scheme scheme = random_scheme();
    const auto made = allocate(scheme);
    RC_ASSERT(made.has_value());
    const auto plan = for_searching(made->prepared.plan);
    const auto found = Composition<FixedArithmetic>(plan, nullptr).run();
    RC_ASSERT(found.has_value());
    for (std::size_t i = 0; i < made->areas.size(); ++i) {
      const auto exact = made->exact(i).nearest().to_int64().value_or(0);
      RC_ASSERT(std::abs(FixedArithmetic::to_units({found->amounts.n[i]}, 1, true) - exact) <= 1);
    }
  }));

  CHECK(rc::check("a working reads back as it was written", [] {
    const Scheme scheme = random_scheme();
    const auto made = allocate(scheme);
    RC_ASSERT(made.has_value());
    const auto area = static_cast<std::size_t>(between(0, static_cast<std::int64_t>(made->areas.size()) - 1));
    const figures::Figure figure = explain(scheme, *made, area);
    RC_ASSERT(figure.quantity.integer() == made->areas[area].amount.pence);
    const auto again = figures::from_json(figures::to_json(figure));
    RC_ASSERT(again.has_value());
    RC_ASSERT(figures::to_json(*again) == figures::to_json(figure));
  }));
}
