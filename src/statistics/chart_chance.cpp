#include "statistics/chart_chance.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/random.h"
#include "base/translation.h"
#include "statistics/spatial.h"

namespace tithing::statistics {

namespace {

struct Seen {
  std::size_t signals = 0;
  double furthest = 0;  // from the mean, in mean moving ranges
  bool limits = false;
};

Seen seen_of(const Xmr& chart) {
  Seen seen;
  for (const XmrPoint& point : chart.points) {
    const XmrGroup& group = chart.groups[point.group];
    if (!point.value || !group.has_limits) continue;
    seen.limits = true;
    seen.signals += point.signal != XmrSignal::none ? 1 : 0;
    if (group.mean_moving_range > 0)
      seen.furthest = std::max(seen.furthest, std::abs(*point.value - group.mean) / group.mean_moving_range);
  }
  return seen;
}

// Charts of normal numbers that are missing where `there` says so.
std::vector<Seen> simulate(const std::vector<bool>& there, const XmrOptions& options, std::size_t simulations,
                           std::uint64_t seed) {
  XmrOptions same = options;
  same.natural_floor = false;  // normal numbers have none
  std::vector<Seen> all;
  std::vector<std::optional<double>> values(there.size());
  for (std::size_t draw = 0; draw < simulations; ++draw) {
    CounterRandom random(seed, draw);
    for (std::size_t i = 0; i < there.size(); ++i) {
      const double u = 1 - random.uniform(), v = random.uniform();
      values[i] =
          there[i] ? std::optional(std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v)) : std::nullopt;
    }
    if (const auto chart = xmr(values, same)) all.push_back(seen_of(*chart));
  }
  return all;
}

}  // namespace

Result<ChartsChance> charts_chance(const std::vector<std::vector<std::optional<double>>>& series,
                                   const XmrOptions& options, std::size_t simulations, std::uint64_t seed) {
  if (series.empty()) return invalid(tr("There is no series to make a control chart of."));
  if (simulations < 99 || simulations > 9'999)
    return invalid(tr("Ask for between 99 and 9,999 simulations; 999 is usual."));
  ChartsChance out;
  std::map<std::vector<bool>, std::vector<Seen>> made;
  std::vector<std::optional<double>> p;
  for (const auto& values : series) {
    ChartChance one;
    std::vector<bool> there;
    for (const auto& value : values) there.push_back(value.has_value());
    if (std::find(there.begin(), there.end(), true) != there.end()) {
      const auto chart = xmr(values, options);
      if (!chart) return pass_on(chart);
      const Seen seen = seen_of(*chart);
      one.signals = seen.signals;
      if (seen.limits) {
        auto& chance = made[there];
        if (chance.empty()) chance = simulate(there, options, simulations, seed);
        std::size_t as_many = 0, as_far = 0;
        for (const Seen& drawn : chance) {
          one.expected_signals += static_cast<double>(drawn.signals) / static_cast<double>(chance.size());
          as_many += drawn.signals >= seen.signals ? 1 : 0;
          as_far += drawn.furthest >= seen.furthest ? 1 : 0;
        }
        const double rarer =
            static_cast<double>(std::min(as_many, as_far) + 1) / static_cast<double>(chance.size() + 1);
        one.p = std::min(1.0, 2 * rarer);
      }
    }
    out.signals += one.signals;
    out.expected_signals += one.expected_signals;
    p.push_back(one.p);
    out.charts.push_back(one);
  }
  const auto corrected = false_discovery_rate(p);
  for (std::size_t i = 0; i < out.charts.size(); ++i) out.charts[i].corrected_p = corrected[i];
  return out;
}

}  // namespace tithing::statistics
