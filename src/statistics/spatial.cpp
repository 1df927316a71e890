#include "statistics/spatial.h"

#include <algorithm>
#include <cmath>

#include "base/translation.h"
#include "statistics/special.h"

namespace tithing::statistics {

namespace {

double real(std::size_t n) { return static_cast<double>(n); }

Status check(const std::vector<double>& values, const NeighbourGraph& graph) {
  if (values.size() != graph.size())
    return invalid(tr("There must be one value for each area of the neighbour graph."));
  for (const double value : values)
    if (!std::isfinite(value)) return invalid(tr("Every area needs a number. Leave out areas whose value is unknown."));
  return {};
}

// The part of the data that global measures use, and the sums of its weights.
struct Connected {
  std::vector<double> x;  // values of areas with neighbours
  double n = 0;
  double mean = 0;
  double m2 = 0;  // sum of squares about the mean
  double m4 = 0;
  double s0 = 0, s1 = 0, s2 = 0;
  double cross = 0;       // sum of w (xi - mean)(xj - mean)
  double difference = 0;  // sum of w (xi - xj)^2
  double product = 0;     // sum of w xi xj
};

Result<Connected> connect(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights) {
  if (auto ok = check(values, graph); !ok) return pass_on(ok);
  const std::size_t size = graph.size();
  // An area that is only another's neighbour (nearest-k graphs) still takes part.
  std::vector<bool> linked(size, false);
  for (std::size_t i = 0; i < size; ++i) {
    if (!graph.of(i).empty()) linked[i] = true;
    for (const std::uint32_t j : graph.of(i)) linked[j] = true;
  }
  Connected c;
  for (std::size_t i = 0; i < size; ++i)
    if (linked[i]) c.x.push_back(values[i]);
  c.n = real(c.x.size());
  if (c.x.size() < 4)
    return invalid(tr("At least four areas with neighbours are needed to see whether like lies by like."));
  const auto [low, high] = std::minmax_element(c.x.begin(), c.x.end());
  if (*low == *high) return invalid(tr("All areas have the same value, so there is no pattern to look for."));
  for (const double value : c.x) c.mean += value / c.n;
  for (const double value : c.x) {
    const double d = (value - c.mean) * (value - c.mean);
    c.m2 += d;
    c.m4 += d * d;
  }
  const auto weight = [&](std::size_t i) { return weights == Weights::binary ? 1.0 : 1.0 / real(graph.of(i).size()); };
  std::vector<double> row(size, 0), column(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    if (graph.of(i).empty()) continue;
    const double w = weight(i);
    for (const std::uint32_t j : graph.of(i)) {
      c.s0 += w;
      row[i] += w;
      column[j] += w;
      const auto back = graph.of(j);
      const bool mutual = std::binary_search(back.begin(), back.end(), static_cast<std::uint32_t>(i));
      // S1 = half the sum over ordered pairs of (wij + wji)^2; a one-way link is met only once.
      c.s1 += mutual ? 0.5 * (w + weight(j)) * (w + weight(j)) : w * w;
      c.cross += w * (values[i] - c.mean) * (values[j] - c.mean);
      c.difference += w * (values[i] - values[j]) * (values[i] - values[j]);
      c.product += w * values[i] * values[j];
    }
  }
  for (std::size_t i = 0; i < size; ++i) c.s2 += (row[i] + column[i]) * (row[i] + column[i]);
  return c;
}

GlobalAssociation finish(const Connected& c, GlobalAssociation g, std::size_t all) {
  g.used = c.x.size();
  g.islands = all - g.used;
  if (g.variance_randomised > 0) {
    g.z = (g.statistic - g.expected) / std::sqrt(g.variance_randomised);
    g.p = two_sided_p(g.z);
  }
  if (g.variance_normal > 0) g.p_normal = two_sided_p((g.statistic - g.expected) / std::sqrt(g.variance_normal));
  return g;
}

}  // namespace

Result<GlobalAssociation> moran(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights) {
  const auto connected = connect(values, graph, weights);
  if (!connected) return pass_on(connected);
  const Connected& c = *connected;
  const double n = c.n;
  GlobalAssociation g;
  g.statistic = n / c.s0 * c.cross / c.m2;
  g.expected = -1 / (n - 1);
  const double s02 = c.s0 * c.s0;
  g.variance_normal = (n * n * c.s1 - n * c.s2 + 3 * s02) / (s02 * (n * n - 1)) - g.expected * g.expected;
  const double k = n * c.m4 / (c.m2 * c.m2);
  g.variance_randomised =
      (n * ((n * n - 3 * n + 3) * c.s1 - n * c.s2 + 3 * s02) - k * ((n * n - n) * c.s1 - 2 * n * c.s2 + 6 * s02)) /
          ((n - 1) * (n - 2) * (n - 3) * s02) -
      g.expected * g.expected;
  return finish(c, g, graph.size());
}

Result<GlobalAssociation> geary(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights) {
  const auto connected = connect(values, graph, weights);
  if (!connected) return pass_on(connected);
  const Connected& c = *connected;
  const double n = c.n;
  GlobalAssociation g;
  g.statistic = (n - 1) * c.difference / (2 * c.s0 * c.m2);
  g.expected = 1;
  const double s02 = c.s0 * c.s0;
  g.variance_normal = ((2 * c.s1 + c.s2) * (n - 1) - 4 * s02) / (2 * (n + 1) * s02);
  const double k = n * c.m4 / (c.m2 * c.m2);
  g.variance_randomised =
      ((n - 1) * c.s1 * (n * n - 3 * n + 3 - (n - 1) * k) -
       0.25 * (n - 1) * c.s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * k) + s02 * (n * n - 3 - (n - 1) * (n - 1) * k)) /
      (n * (n - 2) * (n - 3) * s02);
  return finish(c, g, graph.size());
}

Result<GlobalAssociation> general_g(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights) {
  for (const double value : values)
    if (value < 0) return invalid(tr("The general G is for counts and rates: no value may be below zero."));
  const auto connected = connect(values, graph, weights);
  if (!connected) return pass_on(connected);
  const Connected& c = *connected;
  const double n = c.n;
  double t1 = 0, t2 = 0, t3 = 0, t4 = 0;  // sums of powers
  for (const double x : c.x) {
    t1 += x;
    t2 += x * x;
    t3 += x * x * x;
    t4 += x * x * x * x;
  }
  const double pairs = t1 * t1 - t2;
  GlobalAssociation g;
  if (!(pairs > 0)) return invalid(tr("Only one area has a value above zero, so there are no pairs to compare."));
  g.statistic = c.product / pairs;
  g.expected = c.s0 / (n * (n - 1));
  const double s02 = c.s0 * c.s0;
  const double b0 = (n * n - 3 * n + 3) * c.s1 - n * c.s2 + 3 * s02;
  const double b1 = -((n * n - n) * c.s1 - 2 * n * c.s2 + 6 * s02);
  const double b2 = -(2 * n * c.s1 - (n + 3) * c.s2 + 6 * s02);
  const double b3 = 4 * (n - 1) * c.s1 - 2 * (n + 1) * c.s2 + 8 * s02;
  const double b4 = c.s1 - c.s2 + s02;
  g.variance_randomised = (b0 * t2 * t2 + b1 * t4 + b2 * t1 * t1 * t2 + b3 * t1 * t3 + b4 * t1 * t1 * t1 * t1) /
                              (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3)) -
                          g.expected * g.expected;
  return finish(c, g, graph.size());
}

Result<LocalAssociations> local_moran(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights) {
  if (const auto connected = connect(values, graph, weights); !connected) return pass_on(connected);
  const double n = real(values.size());
  double mean = 0;
  for (const double value : values) mean += value / n;
  double m2 = 0;
  for (const double value : values) m2 += (value - mean) * (value - mean) / n;
  LocalAssociations result(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto neighbours = graph.of(i);
    if (neighbours.empty()) continue;
    const double w = weights == Weights::binary ? 1.0 : 1.0 / real(neighbours.size());
    double lag = 0;
    for (const std::uint32_t j : neighbours) lag += values[j] - mean;
    const double z = values[i] - mean;
    const double wi = w * real(neighbours.size());
    const double wi2 = w * wi;
    LocalAssociation local;
    local.statistic = z / m2 * w * lag;
    local.expected = -(z * z * wi) / ((n - 1) * m2);
    local.variance = z / m2 * (z / m2) * (n / (n - 2)) * (wi2 - wi * wi / (n - 1)) * (m2 - z * z / (n - 1));
    if (!(local.variance > 0)) continue;
    local.z = (local.statistic - local.expected) / std::sqrt(local.variance);
    local.p = two_sided_p(local.z);
    result[i] = local;
  }
  return result;
}

Result<LocalAssociations> getis_ord(const std::vector<double>& values, const NeighbourGraph& graph, Star star) {
  if (const auto connected = connect(values, graph, Weights::binary); !connected) return pass_on(connected);
  const double n = real(values.size());
  // About the mean, so that large values do not cancel.
  double mean = 0;
  for (const double value : values) mean += value / n;
  double square = 0;
  for (const double value : values) square += (value - mean) * (value - mean);
  LocalAssociations result(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto neighbours = graph.of(i);
    if (neighbours.empty()) continue;
    double sum = 0;
    for (const std::uint32_t j : neighbours) sum += values[j] - mean;
    const double own = values[i] - mean;
    double m = n;       // the values that neighbours are drawn from
    double centre = 0;  // their mean, about `mean`
    double variance = square / n;
    double w = real(neighbours.size());
    if (star == Star::with_self) {
      sum += own;
      w += 1;
    } else {
      m = n - 1;
      centre = -own / m;
      variance = (square - own * own) / m - centre * centre;
    }
    LocalAssociation local;
    local.variance = variance * (m * w - w * w) / (m - 1);
    local.expected = w * (mean + centre);
    // A spread that is only the last digits of the sums is none.
    if (!(variance > 1e-14 * square / n) || !(local.variance > 0)) continue;
    local.z = (sum - w * centre) / std::sqrt(local.variance);
    local.statistic = local.z;
    local.p = two_sided_p(local.z);
    result[i] = local;
  }
  return result;
}

std::vector<std::optional<double>> false_discovery_rate(const std::vector<std::optional<double>>& p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (p[i]) order.push_back(i);
  const auto value = [&](std::size_t i) { return *p[i] >= 0 && *p[i] <= 1 ? *p[i] : 1.0; };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return value(a) != value(b) ? value(a) < value(b) : a < b; });
  std::vector<std::optional<double>> rate(p.size());
  double least = 1;
  for (std::size_t r = order.size(); r-- > 0;) {
    least = std::min(least, value(order[r]) * real(order.size()) / real(r + 1));
    rate[order[r]] = least;
  }
  return rate;
}

}  // namespace tithing::statistics
