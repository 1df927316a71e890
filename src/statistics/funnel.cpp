#include "statistics/funnel.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "base/translation.h"
#include "statistics/special.h"

namespace tithing::statistics {

namespace {

Status check(const std::vector<Observed>& areas) {
  bool any = false;
  for (const auto& area : areas) {
    if (area.count < 0) return invalid(tr("A count cannot be below zero. Check the file it came from."));
    if (!(area.exposure >= 0) || std::isinf(area.exposure))
      return invalid(tr("A population must be a number of zero or more. Check the file it came from."));
    any = any || area.exposure > 0;
  }
  if (!any) return invalid(tr("A comparison needs at least one area with a known population."));
  return {};
}

double pooled_rate(const std::vector<Observed>& areas) {
  double count = 0;
  double exposure = 0;
  for (const auto& area : areas) {
    if (area.exposure <= 0) continue;
    count += static_cast<double>(area.count);
    exposure += area.exposure;
  }
  return count / exposure;
}

// R's default (type 7): linear between order statistics. Precondition: sorted, not empty.
double quantile7(const std::vector<double>& sorted, double p) {
  const double h = static_cast<double>(sorted.size() - 1) * p;
  const auto i = static_cast<std::size_t>(h);
  if (i + 1 >= sorted.size()) return sorted.back();
  return sorted[i] + (h - static_cast<double>(i)) * (sorted[i + 1] - sorted[i]);
}

// The Poisson quantile made continuous: r less the share of r's own probability that p does not need. Can be as low as
// -1 in theory; the caller cuts at zero.
double interpolated_quantile(double p, double mean) {
  const double z = *normal_quantile(p);
  double r = std::floor(std::max(0.0, mean + z * std::sqrt(mean)));
  while (r > 0 && poisson_cdf(r - 1, mean) >= p) --r;
  while (poisson_cdf(r, mean) < p) ++r;
  const double term = poisson_term(r, mean);
  if (!(term > 0)) return r;
  return r - (poisson_cdf(r, mean) - p) / term;
}

// A standard normal draw by the polar method; only ever called on a stream of its own.
double normal_draw(CounterRandom& random) {
  for (;;) {
    const double u = 2 * random.uniform() - 1;
    const double v = 2 * random.uniform() - 1;
    const double s = u * u + v * v;
    if (s > 0 && s < 1) return u * std::sqrt(-2 * std::log(s) / s);
  }
}

// Marsaglia & Tsang (2000), for shape >= 1/2.
double gamma_draw(CounterRandom& random, double shape) {
  double boost = 1;
  if (shape < 1) {
    boost = std::pow(1 - random.uniform(), 1 / shape);
    shape += 1;
  }
  const double d = shape - 1.0 / 3;
  const double c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = normal_draw(random);
    const double v = std::pow(1 + c * x, 3);
    if (v <= 0) continue;
    const double u = 1 - random.uniform();
    if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return boost * d * v;
  }
}

// Ranks from the highest, ties sharing the mean of their ranks.
void rank_into(const std::vector<double>& values, std::vector<std::size_t>& order, std::vector<double>& out) {
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return values[a] != values[b] ? values[a] > values[b] : a < b; });
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i + 1;
    while (j < order.size() && values[order[j]] == values[order[i]]) ++j;
    const double shared = (static_cast<double>(i + 1) + static_cast<double>(j)) / 2;
    for (std::size_t k = i; k < j; ++k) out[order[k]] = shared;
    i = j;
  }
}

}  // namespace

Interval Funnel::limits_at(double exposure, double coverage) const {
  if (!(exposure > 0) || !(coverage > 0 && coverage < 1)) return {target, target};
  const double tail = (1 - coverage) / 2;
  if (method == FunnelMethod::exact) {
    const double mean = target * exposure;
    return {std::max(0.0, interpolated_quantile(tail, mean)) / exposure,
            std::max(0.0, interpolated_quantile(1 - tail, mean)) / exposure};
  }
  const double z = -*normal_quantile(tail);
  double variance = target / exposure;
  if (widened) variance = method == FunnelMethod::multiplicative ? variance * phi : variance + tau_squared;
  const double reach = z * std::sqrt(variance);
  return {std::max(0.0, target - reach), target + reach};
}

Result<Funnel> funnel(const std::vector<Observed>& areas, const FunnelOptions& options) {
  if (auto ok = check(areas); !ok) return pass_on(ok);
  if (!(options.winsorise >= 0 && options.winsorise < 0.5))
    return invalid(tr("The share to pull in at each end must be at least 0 and below 0.5; 0.1 is usual."));
  if (!(options.target >= 0) || std::isinf(options.target)) return invalid(tr("The target rate must be above zero."));
  Funnel result;
  result.method = options.method;
  result.target = options.target > 0 ? options.target : pooled_rate(areas);
  if (!(result.target > 0)) return invalid(tr("No area has any event, so there is nothing to compare."));

  std::vector<double> scores;
  double sum_weight = 0;
  double sum_weight_squared = 0;
  for (const auto& area : areas) {
    if (area.exposure <= 0) continue;
    const double variance = result.target / area.exposure;
    scores.push_back((static_cast<double>(area.count) / area.exposure - result.target) / std::sqrt(variance));
    sum_weight += 1 / variance;
    sum_weight_squared += 1 / (variance * variance);
  }
  std::vector<double> sorted = scores;
  std::sort(sorted.begin(), sorted.end());
  const double low = quantile7(sorted, options.winsorise);
  const double high = quantile7(sorted, 1 - options.winsorise);
  double sum = 0;
  for (const double z : scores) {
    const double pulled = std::clamp(z, low, high);
    sum += pulled * pulled;
  }
  const auto n = static_cast<double>(scores.size());
  result.phi = sum / n;
  const double threshold = options.widen_only_if_clear ? 1 + 2 * std::sqrt(2 / n) : 1;
  if (scores.size() > 1 && options.method != FunnelMethod::exact && result.phi > threshold) {
    const double denominator = sum_weight - sum_weight_squared / sum_weight;
    if (denominator > 0) result.tau_squared = std::max(0.0, (n * result.phi - (n - 1)) / denominator);
    result.widened = options.method == FunnelMethod::multiplicative || result.tau_squared > 0;
  }

  result.points.reserve(areas.size());
  for (const auto& area : areas) {
    FunnelPoint point;
    if (area.exposure > 0) {
      point.rate = static_cast<double>(area.count) / area.exposure;
      point.limits_95 = result.limits_at(area.exposure, 0.95);
      point.limits_998 = result.limits_at(area.exposure, 0.998);
      double variance = result.target / area.exposure;
      if (result.widened)
        variance =
            result.method == FunnelMethod::multiplicative ? variance * result.phi : variance + result.tau_squared;
      point.z = (point.rate - result.target) / std::sqrt(variance);
      point.band = point.rate < point.limits_998.lower   ? FunnelBand::far_below
                   : point.rate < point.limits_95.lower  ? FunnelBand::below
                   : point.rate > point.limits_998.upper ? FunnelBand::far_above
                   : point.rate > point.limits_95.upper  ? FunnelBand::above
                                                         : FunnelBand::within;
    }
    result.points.push_back(point);
  }
  return result;
}

std::string_view words(FunnelBand band) {
  switch (band) {
    case FunnelBand::far_below:
      return "far below";
    case FunnelBand::below:
      return "below";
    case FunnelBand::within:
      return "within what chance allows";
    case FunnelBand::above:
      return "above";
    case FunnelBand::far_above:
      return "far above";
    case FunnelBand::unknown:
      return "unknown";
  }
  return "unknown";
}

Result<std::vector<RankInterval>> ranks(const std::vector<Observed>& areas, std::uint64_t seed, double confidence,
                                        std::size_t draws) {
  if (auto ok = check(areas); !ok) return pass_on(ok);
  if (!(confidence > 0 && confidence < 1)) return invalid(tr("Give a confidence between 0 and 1, for example 0.95."));
  if (draws < 100 || draws > 100000) return invalid(tr("Give between 100 and 100,000 draws; 1,000 is usual."));
  std::vector<std::size_t> order;
  std::vector<double> values(areas.size(), 0);
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (areas[i].exposure <= 0) continue;
    order.push_back(i);
    values[i] = static_cast<double>(areas[i].count) / areas[i].exposure;
  }
  std::vector<RankInterval> result(areas.size());
  std::vector<double> ranked(areas.size(), 0);
  rank_into(values, order, ranked);
  for (const std::size_t i : order) result[i].rank = ranked[i];

  std::vector<std::vector<double>> seen(areas.size());
  for (const std::size_t i : order) seen[i].reserve(draws);
  const std::vector<std::size_t> known = order;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    for (const std::size_t i : known) {
      CounterRandom random(seed, draw * areas.size() + i);
      values[i] = gamma_draw(random, static_cast<double>(areas[i].count) + 0.5) / areas[i].exposure;
    }
    rank_into(values, order, ranked);
    for (const std::size_t i : known) seen[i].push_back(ranked[i]);
  }
  const auto edge = static_cast<std::size_t>(static_cast<double>(draws) * (1 - confidence) / 2);
  for (const std::size_t i : known) {
    std::sort(seen[i].begin(), seen[i].end());
    result[i].lower = seen[i][edge];
    result[i].upper = seen[i][draws - 1 - edge];
  }
  return result;
}

Result<Shrinkage> shrink(const std::vector<Observed>& areas) {
  if (auto ok = check(areas); !ok) return pass_on(ok);
  Shrinkage result;
  result.mean = pooled_rate(areas);
  double exposure = 0;
  double spread = 0;
  double known = 0;
  for (const auto& area : areas) {
    if (area.exposure <= 0) continue;
    const double away = static_cast<double>(area.count) / area.exposure - result.mean;
    exposure += area.exposure;
    spread += area.exposure * away * away;
    ++known;
  }
  result.variance = std::max(0.0, spread / exposure - result.mean * known / exposure);
  for (const auto& area : areas) {
    Shrunk shrunk;
    shrunk.estimate = result.mean;
    if (area.exposure > 0) {
      shrunk.known = true;
      shrunk.raw = static_cast<double>(area.count) / area.exposure;
      const double chance = result.mean / area.exposure;
      shrunk.weight = result.variance > 0 ? result.variance / (result.variance + chance) : 0;
      shrunk.estimate = result.mean + (shrunk.raw - result.mean) * shrunk.weight;
    }
    result.areas.push_back(shrunk);
  }
  return result;
}

Result<double> overdispersion_of(const std::vector<double>& counts) {
  if (counts.size() < 2) return invalid(tr("Two periods or more are needed to see how much counts vary."));
  double sum = 0;
  for (const double count : counts) {
    if (!(count >= 0) || std::isinf(count)) return invalid(tr("A count must be a number of zero or more."));
    sum += count;
  }
  if (!(sum > 0)) return invalid(tr("There are no events, so nothing can be said of how much they vary."));
  const double mean = sum / static_cast<double>(counts.size());
  double square = 0;
  for (const double count : counts) square += (count - mean) * (count - mean);
  return std::max(1.0, square / mean / static_cast<double>(counts.size() - 1));
}

}  // namespace tithing::statistics
