#include "statistics/neighbours.h"

#include <algorithm>
#include <cmath>

#include "base/translation.h"
#include "statistics/point_grid.h"

namespace tithing::statistics {

class GraphBuilder {
 public:
  // Takes ordered pairs (a << 32 | b), in any order, with doubles.
  static NeighbourGraph from_pairs(std::vector<std::uint64_t>& pairs, std::size_t size) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    NeighbourGraph graph;
    graph.start_.assign(size + 1, 0);
    graph.neighbours_.reserve(pairs.size());
    for (const std::uint64_t pair : pairs) {
      const auto a = static_cast<std::uint32_t>(pair >> 32);
      const auto b = static_cast<std::uint32_t>(pair);
      if (a == b) continue;
      ++graph.start_[a + 1];
      graph.neighbours_.push_back(b);
    }
    for (std::size_t i = 0; i < size; ++i) graph.start_[i + 1] += graph.start_[i];
    return graph;
  }
};

namespace {

std::uint64_t pair_of(std::uint32_t a, std::uint32_t b) { return (static_cast<std::uint64_t>(a) << 32) | b; }

Status check(const std::vector<Point>& points) {
  if (points.empty()) return invalid(tr("Neighbours need at least one point."));
  if (points.size() > 0xFFFFFFFFu) return invalid(tr("Neighbours can be found for at most 4,294,967,295 points."));
  for (const auto& p : points)
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
      return invalid(tr("Neighbours need points with coordinates; leave out rows without a place."));
  return {};
}

double squared(const Point& a, const Point& b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

struct Corner {
  double x, y;
  std::uint32_t area;
  friend bool operator<(const Corner& a, const Corner& b) {
    if (a.x != b.x) return a.x < b.x;
    if (a.y != b.y) return a.y < b.y;
    return a.area < b.area;
  }
};

struct Side {
  double x1, y1, x2, y2;
  std::uint32_t area;
  bool same_place(const Side& o) const { return x1 == o.x1 && y1 == o.y1 && x2 == o.x2 && y2 == o.y2; }
  friend bool operator<(const Side& a, const Side& b) {
    if (a.x1 != b.x1) return a.x1 < b.x1;
    if (a.y1 != b.y1) return a.y1 < b.y1;
    if (a.x2 != b.x2) return a.x2 < b.x2;
    if (a.y2 != b.y2) return a.y2 < b.y2;
    return a.area < b.area;
  }
};

// Links all areas that meet in one run of equal places.
template <class Item, class Same>
void link_runs(std::vector<Item>& items, Same same, std::vector<std::uint64_t>& pairs) {
  std::sort(items.begin(), items.end());
  for (std::size_t i = 0; i < items.size();) {
    std::size_t j = i + 1;
    while (j < items.size() && same(items[i], items[j])) ++j;
    for (std::size_t a = i; a < j; ++a)
      for (std::size_t b = i; b < j; ++b)
        if (items[a].area != items[b].area) pairs.push_back(pair_of(items[a].area, items[b].area));
    i = j;
  }
}

}  // namespace

NeighbourGraph NeighbourGraph::from_lists(std::vector<std::vector<std::uint32_t>> lists) {
  std::vector<std::uint64_t> pairs;
  for (std::size_t i = 0; i < lists.size(); ++i)
    for (const std::uint32_t j : lists[i]) pairs.push_back(pair_of(static_cast<std::uint32_t>(i), j));
  return GraphBuilder::from_pairs(pairs, lists.size());
}

std::size_t NeighbourGraph::islands() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < size(); ++i) count += of(i).empty() ? 1 : 0;
  return count;
}

std::size_t NeighbourGraph::most() const {
  std::size_t most = 0;
  for (std::size_t i = 0; i < size(); ++i) most = std::max(most, of(i).size());
  return most;
}

bool NeighbourGraph::symmetric() const {
  for (std::size_t i = 0; i < size(); ++i) {
    for (const std::uint32_t j : of(i)) {
      const auto back = of(j);
      if (!std::binary_search(back.begin(), back.end(), static_cast<std::uint32_t>(i))) return false;
    }
  }
  return true;
}

Result<NeighbourGraph> contiguity(const std::vector<Polygon>& areas, Contiguity kind, double snap) {
  if (areas.empty()) return invalid(tr("Neighbours need at least one area."));
  if (!(snap >= 0) || std::isinf(snap)) return invalid(tr("The snapping distance must be zero or more."));
  const auto placed = [snap](Point p) {
    if (snap > 0) {
      p.x = std::floor(p.x / snap);
      p.y = std::floor(p.y / snap);
    }
    // Minus zero and zero are one place.
    p.x += 0.0;
    p.y += 0.0;
    return p;
  };
  std::vector<Corner> corners;
  std::vector<Side> sides;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    const auto area = static_cast<std::uint32_t>(i);
    for (const auto& ring : areas[i].rings) {
      for (std::size_t k = 0; k < ring.size(); ++k) {
        if (!std::isfinite(ring[k].x) || !std::isfinite(ring[k].y))
          return invalid(tr("An outline has a corner without coordinates. Check the boundary file."));
        const Point a = placed(ring[k]);
        if (kind == Contiguity::queen) {
          corners.push_back({a.x, a.y, area});
          continue;
        }
        const Point b = placed(ring[(k + 1) % ring.size()]);
        if (a.x == b.x && a.y == b.y) continue;
        const bool forward = a.x < b.x || (a.x == b.x && a.y < b.y);
        sides.push_back(forward ? Side{a.x, a.y, b.x, b.y, area} : Side{b.x, b.y, a.x, a.y, area});
      }
    }
  }
  std::vector<std::uint64_t> pairs;
  link_runs(
      corners, [](const Corner& a, const Corner& b) { return a.x == b.x && a.y == b.y; }, pairs);
  link_runs(
      sides, [](const Side& a, const Side& b) { return a.same_place(b); }, pairs);
  return GraphBuilder::from_pairs(pairs, areas.size());
}

Result<NeighbourGraph> within_distance(const std::vector<Point>& points, double radius) {
  if (auto ok = check(points); !ok) return pass_on(ok);
  if (!(radius > 0) || std::isinf(radius)) return invalid(tr("The distance must be a number above zero."));
  const PointGrid grid(points, radius);
  const auto reach = static_cast<std::int64_t>(std::ceil(radius * (1 + 1e-9) / grid.side()));
  const double limit = radius * radius * (1 + 2e-12);
  std::vector<std::uint64_t> pairs;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto c = grid.column(points[i].x);
    const auto r = grid.row(points[i].y);
    grid.visit(c - reach, c + reach, r - reach, r + reach, [&](std::uint32_t j) {
      if (j != i && squared(points[i], points[j]) <= limit) pairs.push_back(pair_of(static_cast<std::uint32_t>(i), j));
    });
  }
  return GraphBuilder::from_pairs(pairs, points.size());
}

Result<NeighbourGraph> nearest(const std::vector<Point>& points, std::size_t k) {
  if (auto ok = check(points); !ok) return pass_on(ok);
  if (k == 0) return invalid(tr("Ask for at least one nearest neighbour."));
  k = std::min(k, points.size() - 1);
  const PointGrid grid(points, 0);
  struct Candidate {
    double distance;
    std::uint32_t id;
    bool operator<(const Candidate& o) const { return distance != o.distance ? distance < o.distance : id < o.id; }
  };
  std::vector<std::uint64_t> pairs;
  pairs.reserve(points.size() * k);
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < points.size() && k > 0; ++i) {
    found.clear();
    const auto c = grid.column(points[i].x);
    const auto r = grid.row(points[i].y);
    const auto add = [&](std::uint32_t j) {
      if (j != i) found.push_back({squared(points[i], points[j]), j});
    };
    const std::int64_t most = std::max(grid.columns(), grid.rows());
    for (std::int64_t ring = 0; ring <= most; ++ring) {
      if (ring == 0) {
        grid.visit(c, c, r, r, add);
      } else {
        if (r - ring >= 0) grid.visit(c - ring, c + ring, r - ring, r - ring, add);
        if (r + ring < grid.rows()) grid.visit(c - ring, c + ring, r + ring, r + ring, add);
        if (c - ring >= 0) grid.visit(c - ring, c - ring, r - ring + 1, r + ring - 1, add);
        if (c + ring < grid.columns()) grid.visit(c + ring, c + ring, r - ring + 1, r + ring - 1, add);
      }
      if (found.size() < k) continue;
      // Anything not yet seen is at least `ring` whole cells away.
      std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(k - 1), found.end());
      const double safe = static_cast<double>(ring) * grid.side() * (1 - 1e-9);
      if (found[k - 1].distance < safe * safe) break;
    }
    std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(k - 1), found.end());
    for (std::size_t m = 0; m < k; ++m) pairs.push_back(pair_of(static_cast<std::uint32_t>(i), found[m].id));
  }
  return GraphBuilder::from_pairs(pairs, points.size());
}

NeighbourGraph symmetric_of(const NeighbourGraph& graph) {
  std::vector<std::uint64_t> pairs;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    for (const std::uint32_t j : graph.of(i)) {
      pairs.push_back(pair_of(static_cast<std::uint32_t>(i), j));
      pairs.push_back(pair_of(j, static_cast<std::uint32_t>(i)));
    }
  }
  return GraphBuilder::from_pairs(pairs, graph.size());
}

}  // namespace tithing::statistics
