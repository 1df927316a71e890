#include "statistics/noise.h"

#include <cmath>

#include "statistics/special.h"

namespace tithing::statistics {

namespace {

double normal_number(CounterRandom& random) {
  const double u = 1 - random.uniform(), v = random.uniform();
  return std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
}

// By products of uniform numbers, in parts: a sum of Poisson numbers is one.
double poisson_number(CounterRandom& random, double mean) {
  double count = 0;
  for (; mean > 20; mean -= 20) count += poisson_number(random, 20);
  const double end = std::exp(-mean);
  for (double product = 1 - random.uniform(); product > end; product *= 1 - random.uniform()) ++count;
  return count;
}

}  // namespace

double gamma_number(CounterRandom& random, double shape) {
  // Below one by the way of one more.
  double boost = 1, a = shape;
  if (a < 1) {
    boost = std::pow(1 - random.uniform(), 1 / a);
    a += 1;
  }
  const double d = a - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = normal_number(random), root = 1 + c * x;
    if (root <= 0) continue;
    const double v = root * root * root;
    if (std::log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return boost * d * v / shape;
  }
}

double noise_count(CounterRandom& random, double mean, double spread) {
  if (spread > 0) mean *= gamma_number(random, 1 / spread);
  return mean > 0 ? poisson_number(random, mean) : 0;
}

bool planted_cell(const NoiseGrid& grid, std::size_t cell) {
  const std::size_t from = grid.side / 3, row = cell / grid.side, column = cell % grid.side;
  return row >= from && row < from + grid.planted && column >= from && column < from + grid.planted;
}

std::vector<double> noise_map(const NoiseGrid& grid, std::uint64_t map) {
  CounterRandom random(grid.seed, map);
  std::vector<double> counts(grid.side * grid.side);
  for (std::size_t i = 0; i < counts.size(); ++i)
    counts[i] = noise_count(random, grid.mean * (planted_cell(grid, i) ? grid.times : 1), grid.spread);
  return counts;
}

NeighbourGraph eight_neighbours(std::size_t side) {
  std::vector<std::vector<std::uint32_t>> lists(side * side);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const std::size_t row = i / side, column = i % side;
    for (std::size_t r = row > 0 ? row - 1 : 0; r <= std::min(row + 1, side - 1); ++r)
      for (std::size_t c = column > 0 ? column - 1 : 0; c <= std::min(column + 1, side - 1); ++c)
        if (r * side + c != i) lists[i].push_back(static_cast<std::uint32_t>(r * side + c));
  }
  return NeighbourGraph::from_lists(std::move(lists));
}

std::pair<double, double> share_interval(std::size_t called, std::size_t of) {
  const auto k = static_cast<double>(called), n = static_cast<double>(of);
  const double low = called == 0 ? 0 : beta_quantile(k, n - k + 1, 0.025).value_or(0);
  const double high = called == of ? 1 : beta_quantile(k + 1, n - k, 0.975).value_or(1);
  return {low, high};
}

}  // namespace tithing::statistics
