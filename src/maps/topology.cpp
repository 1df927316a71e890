#include "maps/topology.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <unordered_map>
#include <utility>

namespace tithing::maps {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

std::uint64_t key_of(GridXy p) {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(p.x)) << 32) | static_cast<std::uint32_t>(p.y);
}

double twice_area(GridXy a, GridXy b, GridXy c) {
  return std::fabs(static_cast<double>(b.x - a.x) * (c.y - a.y) - static_cast<double>(c.x - a.x) * (b.y - a.y));
}

GridRing tidy(const GridRing& ring) {
  GridRing out;
  out.reserve(ring.size());
  for (const GridXy p : ring)
    if (out.empty() || out.back() != p) out.push_back(p);
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  // A spike (there and back along the same segment) bears no area and would make false junctions.
  bool changed = true;
  while (changed && out.size() >= 3) {
    changed = false;
    for (std::size_t i = 0; i < out.size() && out.size() >= 3; ++i) {
      const std::size_t next = (i + 1) % out.size();
      const std::size_t after = (i + 2) % out.size();
      if (out[i] == out[after]) {
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(std::max(next, after)));
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(std::min(next, after)));
        changed = true;
      }
    }
  }
  if (out.size() < 3) out.clear();
  return out;
}

// Effective areas of an open line: its ends are infinite, and no point is less significant than one that went before
// it.
std::vector<double> significance_of(const std::vector<GridXy>& line) {
  const std::size_t n = line.size();
  std::vector<double> significance(n, kInfinite);
  if (n < 3) return significance;
  std::vector<std::size_t> before(n);
  std::vector<std::size_t> after(n);
  std::vector<double> area(n, kInfinite);
  using Entry = std::pair<double, std::size_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (std::size_t i = 0; i < n; ++i) {
    before[i] = i == 0 ? 0 : i - 1;
    after[i] = std::min(i + 1, n - 1);
    if (i > 0 && i + 1 < n) {
      area[i] = twice_area(line[i - 1], line[i], line[i + 1]);
      queue.emplace(area[i], i);
    }
  }
  double least = 0;
  while (!queue.empty()) {
    const auto [value, i] = queue.top();
    queue.pop();
    if (significance[i] != kInfinite || value != area[i]) continue;  // already out, or out of date
    least = std::max(least, value);
    significance[i] = least;
    const std::size_t b = before[i];
    const std::size_t a = after[i];
    after[b] = a;
    before[a] = b;
    for (const std::size_t j : {b, a}) {
      if (j == 0 || j == n - 1) continue;
      area[j] = twice_area(line[before[j]], line[j], line[after[j]]);
      queue.emplace(area[j], j);
    }
  }
  return significance;
}

}  // namespace

Topology::Topology(const std::vector<GridRing>& rings, const std::vector<std::size_t>& shape_of_ring) {
  std::vector<GridRing> clean;
  clean.reserve(rings.size());
  for (const GridRing& ring : rings) clean.push_back(tidy(ring));

  // A point is a junction when the rings through it do not all have the same two neighbours there.
  struct Neighbours {
    GridXy low;
    GridXy high;
    bool junction = false;
  };
  std::unordered_map<std::uint64_t, Neighbours> points;
  for (const GridRing& ring : clean) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      GridXy low = ring[(i + ring.size() - 1) % ring.size()];
      GridXy high = ring[(i + 1) % ring.size()];
      if (high < low) std::swap(low, high);
      const auto [found, added] = points.try_emplace(key_of(ring[i]), Neighbours{low, high, false});
      if (!added && (found->second.low != low || found->second.high != high)) found->second.junction = true;
    }
  }

  std::map<std::vector<GridXy>, std::size_t> known;  // arcs by their points, in the direction that sorts first
  const auto add_arc = [&](std::vector<GridXy> line, bool closed, std::size_t shape) {
    std::vector<GridXy> backward(line.rbegin(), line.rend());
    const bool reversed = backward < line;
    if (reversed) line.swap(backward);
    const auto [found, added] = known.try_emplace(line, arcs_.size());
    if (added) {
      Arc arc;
      arc.significance = significance_of(line);
      arc.points = std::move(line);
      arc.closed = closed;
      arcs_.push_back(std::move(arc));
    }
    Arc& arc = arcs_[found->second];
    if (arc.uses < 2) arc.shapes[arc.uses] = shape;
    ++arc.uses;
    return Use{found->second, reversed};
  };

  rings_.resize(clean.size());
  for (std::size_t r = 0; r < clean.size(); ++r) {
    GridRing ring = clean[r];
    if (ring.empty()) continue;
    const std::size_t n = ring.size();
    std::vector<std::size_t> cuts;
    for (std::size_t i = 0; i < n; ++i)
      if (points.at(key_of(ring[i])).junction) cuts.push_back(i);
    if (cuts.empty()) {
      // An island, or the hole that another shape fills: both begin at the least point, so they are one arc.
      std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end()), ring.end());
      ring.push_back(ring.front());
      rings_[r].push_back(add_arc(std::move(ring), true, shape_of_ring[r]));
      continue;
    }
    for (std::size_t c = 0; c < cuts.size(); ++c) {
      const std::size_t from = cuts[c];
      const std::size_t to = c + 1 < cuts.size() ? cuts[c + 1] : cuts[0] + n;
      std::vector<GridXy> line;
      line.reserve(to - from + 1);
      for (std::size_t i = from; i <= to; ++i) line.push_back(ring[i % n]);
      const bool closed = cuts.size() == 1;
      rings_[r].push_back(add_arc(std::move(line), closed, shape_of_ring[r]));
    }
  }

  // A ring must keep three points: each of its arcs keeps as many of its own as are needed for that.
  for (const std::vector<Use>& ring : rings_) {
    if (ring.size() >= 3 || ring.empty()) continue;
    const std::size_t inner = ring.size() == 1 ? 2 : 1;
    for (const Use use : ring) {
      Arc& arc = arcs_[use.arc];
      if (arc.points.size() < inner + 2) {
        arc.floor = 0;  // nothing to spare: all of it stays, when there is anything at all
        if (arc.points.size() > 2) arc.floor = -1;
        continue;
      }
      std::vector<double> inside(arc.significance.begin() + 1, arc.significance.end() - 1);
      std::nth_element(inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(inner - 1), inside.end(),
                       std::greater<>());
      const double needed = inside[inner - 1];
      if (arc.floor == 0 || needed < arc.floor) arc.floor = needed;
    }
  }
}

std::vector<GridXy> Topology::kept(const Arc& arc) const {
  const double least = arc.floor < 0 ? 0 : (arc.floor > 0 ? std::min(threshold_, arc.floor) : threshold_);
  std::vector<GridXy> out;
  for (std::size_t i = 0; i < arc.points.size(); ++i)
    if (arc.significance[i] >= least) out.push_back(arc.points[i]);
  return out;
}

void Topology::simplify(std::size_t points) {
  std::vector<double> inner;
  std::size_t ends = 0;
  for (const Arc& arc : arcs_) {
    for (const double s : arc.significance) {
      if (s == kInfinite) {
        ++ends;
      } else {
        inner.push_back(s);
      }
    }
  }
  const std::size_t room = points > ends ? points - ends : 0;
  if (inner.size() <= room) {
    threshold_ = 0;
    return;
  }
  std::nth_element(inner.begin(), inner.begin() + static_cast<std::ptrdiff_t>(room), inner.end(), std::greater<>());
  threshold_ = std::nextafter(inner[room], kInfinite);
}

std::size_t Topology::point_count() const {
  std::size_t count = 0;
  for (const Arc& arc : arcs_) count += kept(arc).size();
  return count;
}

GridRing Topology::ring(std::size_t index) const {
  GridRing out;
  for (const Use use : rings_[index]) {
    std::vector<GridXy> line = kept(arcs_[use.arc]);
    if (use.reversed) std::reverse(line.begin(), line.end());
    out.insert(out.end(), line.begin(), line.end() - 1);  // the next arc, or the ring's start, holds the last point
  }
  return out;
}

std::vector<GridRing> Topology::borders(const std::vector<std::size_t>& group_of_shape) const {
  std::vector<GridRing> out;
  for (const Arc& arc : arcs_) {
    if (arc.uses >= 2 && group_of_shape[arc.shapes[0]] == group_of_shape[arc.shapes[1]]) continue;
    out.push_back(kept(arc));
  }
  return out;
}

}  // namespace tithing::maps
