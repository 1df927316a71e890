// How long the search over weights takes: 330 areas, ten indicators, 10,000 re-weightings (goal: under a second), and
// how the cost grows with ten times fewer and ten times more areas. Beside it the exact allocation, once, of counts and
// of rates.
#include <chrono>
#include <cstdio>

#include "allocation/scenarios.h"
#include "base/random.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

constexpr int kIndicators = 10;
constexpr int kWeightings = 10'000;

Scheme scheme_of(int areas, bool rates) {
  CounterRandom random(1, static_cast<std::uint64_t>(areas));
  Scheme out;
  out.title = "Bench";
  Fund fund;
  fund.name = "Fund";
  fund.amount = Money{1'000'000'000'00};
  out.pot.funds.push_back(fund);
  out.last_year.emplace();
  WeightedIndicators need;
  for (int k = 0; k < kIndicators; ++k) {
    need.indicators.emplace_back();
    need.indicators.back().name = "Indicator " + std::to_string(k + 1);
    need.indicators.back().weight = Fraction(100 / kIndicators);
    if (rates) need.indicators.back().transform = Transform::rate;
  }
  for (int i = 0; i < areas; ++i) {
    const std::string key = "area" + std::to_string(i);
    out.areas.push_back({key, key, {}, {}});
    out.last_year->amounts[key] = Money{1 + random.below(500'000'000)};
    const std::int64_t people = 30'000 + random.below(400'000);
    for (Indicator& indicator : need.indicators)
      indicator.values[key].push_back({"", Fraction(1 + random.below(40'000)), Fraction(people), nullptr});
  }
  out.steps.push_back({need, ""});
  Limit harmless;
  harmless.kind = Limit::Kind::hold_harmless;
  harmless.share = Fraction(Integer(9), Integer(10));
  harmless.in_proportion = true;
  out.steps.push_back({harmless, ""});
  return out;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Seconds for kWeightings runs; the weights move a little each time.
double reweight(int areas, bool with_limit) {
  Scheme scheme = scheme_of(areas, false);
  if (!with_limit) scheme.steps.pop_back();
  const auto prepared = prepare(scheme);
  if (!prepared) {
    std::fprintf(stderr, "%s\n", prepared.error().message.c_str());
    std::exit(1);
  }
  Reweighting reweighting(prepared->plan);
  std::vector<FixedArithmetic::Int> amounts;
  std::int64_t check = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int w = 0; w < kWeightings; ++w) {
    const std::int64_t move = w % 1000;
    std::vector<Fraction> weights(kIndicators, Fraction(Integer(1000), Integer(10'000)));
    weights[0] = Fraction(Integer(1000 - move), Integer(10'000));
    weights[1] = Fraction(Integer(1000 + move), Integer(10'000));
    reweighting.set_weights(0, weights);
    if (reweighting.run(amounts)) check += FixedArithmetic::to_units({amounts.front()}, 1, true);
  }
  const double seconds = seconds_since(start);
  if (check == 0) std::exit(1);
  return seconds;
}

double exactly(int areas, bool rates) {
  const Scheme scheme = scheme_of(areas, rates);
  const auto start = std::chrono::steady_clock::now();
  const auto made = allocate(scheme);
  if (!made || made->total.pence == 0) std::exit(1);
  return seconds_since(start);
}

}  // namespace

int main() {
  std::printf("%d indicators, %d re-weightings\n\n", kIndicators, kWeightings);
  for (const bool limit : {false, true}) {
    const double small = reweight(33, limit), usual = reweight(330, limit), large = reweight(3300, limit);
    std::printf("%s\n", limit ? "with hold-harmless, iterated" : "weighted indicators alone");
    std::printf(
        "    33 areas: %7.3f s\n   330 areas: %7.3f s   goal: under 1 s; x%.1f of 33\n  3300 areas: %7.3f s   x%.1f of "
        "330 (linear: x10)\n\n",
        small, usual, usual / small, large, large / usual);
  }
  std::printf("exactly, once, with hold-harmless\n");
  const double counts = exactly(330, false), many = exactly(3300, false), rates = exactly(330, true);
  std::printf("   330 areas, counts: %8.4f s\n  3300 areas, counts: %8.4f s   x%.1f\n   330 areas, rates:  %8.4f s\n",
              counts, many, many / counts, rates);
  return 0;
}
