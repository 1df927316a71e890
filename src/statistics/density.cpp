#include "statistics/density.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "base/text.h"
#include "base/translation.h"
#include "statistics/fourier.h"
#include "statistics/parallel.h"

namespace tithing::statistics {

namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kMostPairs = 2e8;  // of point and cell, beyond which points are shared between cells

struct Weighted {
  double x, y, weight;
};

double reach_of(Kernel kernel, double h) { return kernel == Kernel::quartic ? h : 6 * h; }

double kernel_at(Kernel kernel, double squared, double h) {
  const double u = squared / (h * h);
  if (kernel == Kernel::quartic) return u < 1 ? 3 / (kPi * h * h) * (1 - u) * (1 - u) : 0;
  return u < 36 ? std::exp(-0.5 * u) / (2 * kPi * h * h) : 0;
}

// Every point on every cell within reach; a band of rows per step, so that the order of sums never changes.
void add_exactly(const std::vector<Weighted>& points, const DensityGrid& g, const DensityOptions& o,
                 std::vector<double>& values) {
  const double reach = reach_of(o.kernel, o.bandwidth);
  const auto row_of = [&](double y) { return (y - g.y0) / g.cell - 0.5; };
  constexpr std::size_t kBand = 8;
  const std::size_t bands = (g.rows + kBand - 1) / kBand;
  // Points by the first band they reach, in their own order within it.
  std::vector<std::vector<std::uint32_t>> reaching(bands);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double low = std::max(0.0, std::ceil(row_of(points[i].y - reach)));
    const double high = std::min(static_cast<double>(g.rows) - 1, std::floor(row_of(points[i].y + reach)));
    if (low > high) continue;
    for (auto b = static_cast<std::size_t>(low) / kBand; b <= static_cast<std::size_t>(high) / kBand; ++b)
      reaching[b].push_back(static_cast<std::uint32_t>(i));
  }
  parallel_for(bands, o.threads, [&](std::size_t b) {
    const std::size_t first = b * kBand;
    const std::size_t last = std::min(g.rows, first + kBand);
    for (const std::uint32_t i : reaching[b]) {
      const Weighted& p = points[i];
      for (std::size_t r = first; r < last; ++r) {
        const double dy = g.y0 + (static_cast<double>(r) + 0.5) * g.cell - p.y;
        const double left = reach * reach - dy * dy;
        if (left < 0) continue;
        const double half = std::sqrt(left);
        const double from = std::max(0.0, std::ceil((p.x - half - g.x0) / g.cell - 0.5));
        const double to = std::min(static_cast<double>(g.columns) - 1, std::floor((p.x + half - g.x0) / g.cell - 0.5));
        for (double c = from; c <= to; ++c) {
          const double dx = g.x0 + (c + 0.5) * g.cell - p.x;
          values[r * g.columns + static_cast<std::size_t>(c)] +=
              p.weight * kernel_at(o.kernel, dx * dx + dy * dy, o.bandwidth);
        }
      }
    }
  });
}

std::size_t power_of_two(std::size_t n) {
  std::size_t p = 1;
  while (p < n) p *= 2;
  return p;
}

// The grid of values convolved with the kernel, by Fourier transform. Both are real, so one transform serves both.
std::vector<double> convolve(const std::vector<double>& grid, const DensityGrid& g, const DensityOptions& o) {
  const double reach = reach_of(o.kernel, o.bandwidth);
  const auto cells =
      static_cast<std::size_t>(std::min(std::ceil(reach / g.cell), static_cast<double>(std::max(g.rows, g.columns))));
  const std::size_t rows = power_of_two(g.rows + cells);
  const std::size_t columns = power_of_two(g.columns + cells);
  const std::size_t across = std::min(cells, g.columns - 1);
  const std::size_t up = std::min(cells, g.rows - 1);
  const auto kernel = [&](std::size_t r, std::size_t c) {
    const double dx = static_cast<double>(c) * g.cell;
    const double dy = static_cast<double>(r) * g.cell;
    return kernel_at(o.kernel, dx * dx + dy * dy, o.bandwidth);
  };
  // Both parts must be of one size, or the rounding of the larger swamps the smaller.
  double grid_square = 0, kernel_square = 0;
  for (const double v : grid) grid_square += v * v;
  for (std::size_t r = 0; r <= up; ++r)
    for (std::size_t c = 0; c <= across; ++c) kernel_square += 4 * kernel(r, c) * kernel(r, c);
  std::vector<double> result(g.rows * g.columns, 0);
  if (!(grid_square > 0) || !(kernel_square > 0)) return result;
  const double scale = std::sqrt(grid_square / kernel_square);
  std::vector<std::complex<double>> work(rows * columns);
  for (std::size_t r = 0; r < g.rows; ++r)
    for (std::size_t c = 0; c < g.columns; ++c) work[r * columns + c] = {grid[r * g.columns + c], 0};
  for (std::size_t r = 0; r <= up; ++r) {
    for (std::size_t c = 0; c <= across; ++c) {
      const std::complex<double> k(0, scale * kernel(r, c));
      work[r * columns + c] += k;
      if (c > 0) work[r * columns + columns - c] += k;
      if (r > 0) work[(rows - r) * columns + c] += k;
      if (r > 0 && c > 0) work[(rows - r) * columns + columns - c] += k;
    }
  }
  fourier_2d(work, rows, columns, false, o.threads);
  // F = A + iB with A, B the transforms of the real parts: A = (F(k) + conj F(-k)) / 2, B = (F(k) - conj F(-k)) / 2i.
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t mr = (rows - r) % rows;
    for (std::size_t c = 0; c < columns; ++c) {
      const std::size_t mc = (columns - c) % columns;
      const std::size_t here = r * columns + c;
      const std::size_t there = mr * columns + mc;
      if (there < here) continue;
      const std::complex<double> f = work[here];
      const std::complex<double> m = std::conj(work[there]);
      const std::complex<double> product = (f + m) * (f - m) * std::complex<double>(0, -0.25);
      work[here] = product;
      work[there] = std::conj(product);
    }
  }
  fourier_2d(work, rows, columns, true, o.threads);
  for (std::size_t r = 0; r < g.rows; ++r)
    for (std::size_t c = 0; c < g.columns; ++c) result[r * g.columns + c] = work[r * columns + c].real() / scale;
  return result;
}

// Each point shared between the four nearest centres in proportion to its nearness; what falls beyond the outermost
// centres stays with them.
std::vector<double> binned(const std::vector<Weighted>& points, const DensityGrid& g) {
  std::vector<double> grid(g.rows * g.columns, 0);
  for (const auto& p : points) {
    const double fx = std::clamp((p.x - g.x0) / g.cell - 0.5, 0.0, static_cast<double>(g.columns - 1));
    const double fy = std::clamp((p.y - g.y0) / g.cell - 0.5, 0.0, static_cast<double>(g.rows - 1));
    const auto c = static_cast<std::size_t>(fx);
    const auto r = static_cast<std::size_t>(fy);
    const double tx = fx - static_cast<double>(c);
    const double ty = fy - static_cast<double>(r);
    const std::size_t c2 = std::min(c + 1, g.columns - 1);
    const std::size_t r2 = std::min(r + 1, g.rows - 1);
    grid[r * g.columns + c] += p.weight * (1 - tx) * (1 - ty);
    grid[r * g.columns + c2] += p.weight * tx * (1 - ty);
    grid[r2 * g.columns + c] += p.weight * (1 - tx) * ty;
    grid[r2 * g.columns + c2] += p.weight * tx * ty;
  }
  return grid;
}

// The part of each cell's kernel that lies on the window, by cells; 1 far from any edge.
std::vector<double> window_share(const DensityGrid& g, const DensityOptions& o, const std::vector<bool>& mask) {
  std::vector<double> window(g.rows * g.columns, 1);
  for (std::size_t i = 0; i < mask.size(); ++i) window[i] = mask[i] ? 1 : 0;
  std::vector<double> share = convolve(window, g, o);
  // What the same sum is on an endless plane.
  const auto cells = static_cast<long>(std::ceil(reach_of(o.kernel, o.bandwidth) / g.cell));
  const auto most = static_cast<long>(std::max(g.rows, g.columns));
  double whole = 0;
  if (cells <= 4 * most) {
    for (long r = -cells; r <= cells; ++r)
      for (long c = -cells; c <= cells; ++c)
        whole += kernel_at(
            o.kernel,
            (static_cast<double>(r) * static_cast<double>(r) + static_cast<double>(c) * static_cast<double>(c)) *
                g.cell * g.cell,
            o.bandwidth);
  } else {
    whole = 1 / (g.cell * g.cell);  // so wide that the sum is the integral
  }
  for (double& s : share) s /= whole;
  return share;
}

double quantile7(const std::vector<double>& sorted, double p) {
  const double h = static_cast<double>(sorted.size() - 1) * p;
  const auto i = static_cast<std::size_t>(h);
  if (i + 1 >= sorted.size()) return sorted.back();
  return sorted[i] + (h - static_cast<double>(i)) * (sorted[i + 1] - sorted[i]);
}

struct Axis {
  double mean = 0, variance = 0, quartiles = 0, median = 0;
};

Axis axis_of(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  Axis a;
  const auto n = static_cast<double>(x.size());
  for (const double v : x) a.mean += v / n;
  for (const double v : x) a.variance += (v - a.mean) * (v - a.mean) / (n - 1);
  a.quartiles = quantile7(x, 0.75) - quantile7(x, 0.25);
  a.median = quantile7(x, 0.5);
  return a;
}

}  // namespace

Result<Density> density(const std::vector<Point>& points, const DensityGrid& grid, const DensityOptions& options,
                        const std::vector<double>& weights, const std::vector<bool>& mask) {
  if (points.empty()) return invalid(tr("A density needs at least one point."));
  if (!weights.empty() && weights.size() != points.size())
    return invalid(tr("There must be one weight for each point."));
  if (grid.columns == 0 || grid.rows == 0 || !(grid.cell > 0) || std::isinf(grid.cell) || !std::isfinite(grid.x0) ||
      !std::isfinite(grid.y0))
    return invalid(tr("The grid needs rows, columns and cells with a side above zero."));
  if (grid.columns > 16'000'000 || grid.rows > 16'000'000 / grid.columns)
    return invalid(tr("The grid has more than 16,000,000 cells. Choose larger cells or a smaller area."));
  if (!(options.bandwidth > 0) || std::isinf(options.bandwidth))
    return invalid(tr("The bandwidth must be above zero."));
  const std::size_t cells = grid.rows * grid.columns;
  if (!mask.empty() && mask.size() != cells) return invalid(tr("The mask must have one entry for each cell."));
  if (!mask.empty() && std::none_of(mask.begin(), mask.end(), [](bool b) { return b; }))
    return invalid(tr("The mask leaves no cell. Choose another area."));
  Density result;
  std::vector<Weighted> inside;
  inside.reserve(points.size());
  const double x1 = grid.x0 + static_cast<double>(grid.columns) * grid.cell;
  const double y1 = grid.y0 + static_cast<double>(grid.rows) * grid.cell;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    if (!std::isfinite(points[i].x) || !std::isfinite(points[i].y))
      return invalid(tr("A density needs points with coordinates; leave out rows without a place."));
    if (!(weight >= 0) || std::isinf(weight)) return invalid(tr("A weight must be a number of zero or more."));
    if (points[i].x < grid.x0 || points[i].x > x1 || points[i].y < grid.y0 || points[i].y > y1) {
      ++result.outside;
      continue;
    }
    inside.push_back({points[i].x, points[i].y, weight});
  }
  result.used = inside.size();
  result.values.assign(cells, 0);
  if (inside.empty()) return result;

  // Snapped points share places: each place is worked out once.
  std::sort(inside.begin(), inside.end(), [](const Weighted& a, const Weighted& b) {
    return a.y != b.y ? a.y < b.y : a.x != b.x ? a.x < b.x : a.weight < b.weight;
  });
  std::size_t places = 0;
  for (std::size_t i = 1; i < inside.size(); ++i) {
    if (inside[i].x == inside[places].x && inside[i].y == inside[places].y) {
      inside[places].weight += inside[i].weight;
    } else {
      inside[++places] = inside[i];
    }
  }
  inside.resize(places + 1);

  const double reach = reach_of(options.kernel, options.bandwidth) / grid.cell;
  const double touched = std::min(static_cast<double>(cells), kPi * reach * reach + 1);
  result.exact = static_cast<double>(inside.size()) * touched <= kMostPairs;
  if (result.exact) {
    add_exactly(inside, grid, options, result.values);
  } else {
    result.values = convolve(binned(inside, grid), grid, options);
    for (double& v : result.values) v = std::max(v, 0.0);  // rounding of the transform
  }
  if (options.edge == EdgeCorrection::uniform) {
    const auto share = window_share(grid, options, mask);
    for (std::size_t i = 0; i < cells; ++i)
      result.values[i] = share[i] > 1e-9 ? result.values[i] / std::min(share[i], 1.0) : 0;
  }
  for (std::size_t i = 0; i < mask.size(); ++i)
    if (!mask[i]) result.values[i] = 0;
  return result;
}

Result<double> bandwidth_by(const std::vector<Point>& points, BandwidthRule rule) {
  std::vector<double> xs, ys;
  for (const auto& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return invalid(tr("A bandwidth needs points with coordinates."));
    xs.push_back(p.x);
    ys.push_back(p.y);
  }
  if (points.size() < 2) return invalid(tr("A bandwidth needs at least two different points."));
  const Axis x = axis_of(xs);
  const Axis y = axis_of(ys);
  if (!(x.variance + y.variance > 0)) return invalid(tr("A bandwidth needs at least two different points."));
  const auto n = static_cast<double>(points.size());
  switch (rule) {
    case BandwidthRule::scott:
      return std::sqrt((x.variance + y.variance) / 2) * std::pow(n, -1.0 / 6);
    case BandwidthRule::silverman: {
      const auto one = [&](const Axis& a) {
        const double deviation = std::sqrt(a.variance);
        const double spread = a.quartiles > 0 ? std::min(deviation, a.quartiles / 1.34) : deviation;
        return 1.06 * spread * std::pow(n, -0.2);
      };
      return (one(x) + one(y)) / 2;
    }
    case BandwidthRule::robust: {
      std::vector<double> distances;
      for (const auto& p : points) distances.push_back(std::hypot(p.x - x.mean, p.y - y.mean));
      std::sort(distances.begin(), distances.end());
      const double standard = std::sqrt((x.variance + y.variance) * (n - 1) / n);
      const double median = quantile7(distances, 0.5) * std::sqrt(1 / std::log(2.0));
      return 0.9 * (median > 0 ? std::min(standard, median) : standard) * std::pow(n, -0.2);
    }
  }
  return invalid(tr("Choose one of the bandwidth rules."));
}

std::optional<std::string> snap_caveat(double bandwidth_in_metres) {
  if (!(bandwidth_in_metres < 200)) return std::nullopt;
  return "The points are snapped to shared places, and a bandwidth of " + fixed(bandwidth_in_metres, 0) +
         " metres shows those places more than it shows crime. Choose 200 metres or more.";
}

}  // namespace tithing::statistics
