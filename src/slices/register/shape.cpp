#include "slices/register/shape.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "base/translation.h"

namespace tithing::register_ {
namespace {

double twice_signed_area(const MicroRing& ring) {
  // Relative to the first point: products of whole coordinates would lose digits.
  double sum = 0;
  if (ring.size() < 3) return 0;
  const Micro origin = ring.front();
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const double ax = static_cast<double>(ring[i].x) - origin.x;
    const double ay = static_cast<double>(ring[i].y) - origin.y;
    const double bx = static_cast<double>(ring[i + 1].x) - origin.x;
    const double by = static_cast<double>(ring[i + 1].y) - origin.y;
    sum += ax * by - bx * ay;
  }
  return sum;
}

MicroRing tidy(MicroRing ring) {
  ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
  return ring;
}

void put(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out += static_cast<char>((number & 0x7F) | 0x80);
    number >>= 7;
  }
  out += static_cast<char>(number);
}
void put_signed(std::string& out, std::int64_t number) {
  put(out, (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
}

struct Bytes {
  std::string_view text;
  bool broken = false;
  std::uint64_t take() {
    std::uint64_t number = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      if (text.empty()) break;
      const auto byte = static_cast<unsigned char>(text.front());
      text.remove_prefix(1);
      number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return number;
    }
    broken = true;
    return 0;
  }
  std::int64_t take_signed() {
    const std::uint64_t number = take();
    return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
  }
};

// Angle of `to` clockwise from `from`, in (0, 2 pi].
double clockwise(double from, double to) {
  constexpr double kTurn = 6.28318530717958647692;
  double angle = std::fmod(from - to, kTurn);
  if (angle <= 1e-12) angle += kTurn;
  return angle;
}

bool inside(double x, double y, const MicroRing& ring) {
  bool in = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const double xi = ring[i].x;
    const double yi = ring[i].y;
    const double xj = ring[j].x;
    const double yj = ring[j].y;
    if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) in = !in;
  }
  return in;
}

}  // namespace

Micro to_micro(geometry::Point point) {
  return {static_cast<std::int32_t>(std::lround(point.longitude * 1e6)),
          static_cast<std::int32_t>(std::lround(point.latitude * 1e6))};
}

Shape to_shape(const geometry::MultiPolygon& shape) {
  Shape out;
  for (const geometry::Polygon& polygon : shape) {
    MicroPolygon rings;
    for (const geometry::Ring& ring : polygon) {
      MicroRing points;
      points.reserve(ring.size());
      for (const geometry::Point p : ring) points.push_back(to_micro(p));
      points = tidy(std::move(points));
      if (points.size() < 3) {
        if (rings.empty()) break;  // an outside that is no ring: its holes go with it
        continue;
      }
      rings.push_back(std::move(points));
    }
    if (!rings.empty()) out.push_back(std::move(rings));
  }
  return out;
}

geometry::MultiPolygon to_degrees(const Shape& shape) {
  geometry::MultiPolygon out;
  out.reserve(shape.size());
  for (const MicroPolygon& polygon : shape) {
    geometry::Polygon& rings = out.emplace_back();
    for (const MicroRing& ring : polygon) {
      geometry::Ring& points = rings.emplace_back();
      points.reserve(ring.size() + 1);
      for (const Micro p : ring) points.push_back({p.x / 1e6, p.y / 1e6});
      points.push_back(points.front());
    }
  }
  return out;
}

std::size_t point_count(const Shape& shape) {
  std::size_t count = 0;
  for (const MicroPolygon& polygon : shape)
    for (const MicroRing& ring : polygon) count += ring.size();
  return count;
}

double twice_area(const Shape& shape) {
  double sum = 0;
  for (const MicroPolygon& polygon : shape)
    for (std::size_t r = 0; r < polygon.size(); ++r)
      sum += (r == 0 ? 1 : -1) * std::fabs(twice_signed_area(polygon[r]));
  return sum;
}

std::string encode(const Shape& shape) {
  std::string out;
  put(out, shape.size());
  Micro at;
  for (const MicroPolygon& polygon : shape) {
    put(out, polygon.size());
    for (const MicroRing& ring : polygon) {
      put(out, ring.size());
      for (const Micro p : ring) {
        put_signed(out, std::int64_t{p.x} - at.x);
        put_signed(out, std::int64_t{p.y} - at.y);
        at = p;
      }
    }
  }
  return out;
}

Result<Shape> decode(std::string_view text) {
  const auto fault = [] { return invalid(tr("The stored boundary cannot be read. Import its file again.")); };
  Bytes bytes{text};
  const std::uint64_t polygons = bytes.take();
  if (bytes.broken || polygons > text.size()) return fault();
  Shape shape(polygons);
  std::int64_t x = 0;
  std::int64_t y = 0;
  for (MicroPolygon& polygon : shape) {
    const std::uint64_t rings = bytes.take();
    if (bytes.broken || rings > text.size()) return fault();
    polygon.resize(rings);
    for (MicroRing& ring : polygon) {
      const std::uint64_t points = bytes.take();
      if (bytes.broken || points > bytes.text.size()) return fault();
      ring.reserve(points);
      for (std::uint64_t i = 0; i < points; ++i) {
        x += bytes.take_signed();
        y += bytes.take_signed();
        if (bytes.broken || x < std::numeric_limits<std::int32_t>::min() ||
            x > std::numeric_limits<std::int32_t>::max() || y < std::numeric_limits<std::int32_t>::min() ||
            y > std::numeric_limits<std::int32_t>::max())
          return fault();
        ring.push_back({static_cast<std::int32_t>(x), static_cast<std::int32_t>(y)});
      }
    }
  }
  if (!bytes.text.empty()) return fault();
  return shape;
}

Shape dissolve(const std::vector<const Shape*>& shapes) {
  // Every edge runs with its area on the left (outsides anticlockwise, holes clockwise); a second time it cancels the
  // first.
  using Edge = std::pair<Micro, Micro>;
  std::vector<Edge> edges;
  for (const Shape* shape : shapes) {
    for (const MicroPolygon& polygon : *shape) {
      for (std::size_t r = 0; r < polygon.size(); ++r) {
        const MicroRing& ring = polygon[r];
        const bool forward = (twice_signed_area(ring) > 0) == (r == 0);
        for (std::size_t i = 0; i < ring.size(); ++i) {
          const Micro a = ring[i];
          const Micro b = ring[(i + 1) % ring.size()];
          edges.push_back(forward ? Edge{a, b} : Edge{b, a});
        }
      }
    }
  }
  const auto undirected = [](const Edge& e) { return e.first < e.second ? e : Edge{e.second, e.first}; };
  std::sort(edges.begin(), edges.end(), [&](const Edge& a, const Edge& b) { return undirected(a) < undirected(b); });
  std::vector<Edge> left;
  for (std::size_t i = 0; i < edges.size();) {
    std::size_t j = i + 1;
    while (j < edges.size() && undirected(edges[j]) == undirected(edges[i])) ++j;
    if ((j - i) % 2 == 1) left.push_back(edges[i]);
    i = j;
  }
  std::sort(left.begin(), left.end());
  std::vector<bool> used(left.size(), false);
  const auto outgoing = [&](Micro from) {
    return std::lower_bound(left.begin(), left.end(), from, [](const Edge& e, Micro p) { return e.first < p; }) -
           left.begin();
  };

  std::vector<MicroRing> outsides;
  std::vector<MicroRing> holes;
  for (std::size_t start = 0; start < left.size(); ++start) {
    if (used[start]) continue;
    MicroRing ring;
    std::size_t edge = start;
    for (;;) {
      used[edge] = true;
      const Micro from = left[edge].first;
      const Micro at = left[edge].second;
      ring.push_back(from);
      if (at == left[start].first) break;
      // Where several rings meet, the next edge is the first one clockwise from where we came: it bounds the same area.
      const double back = std::atan2(static_cast<double>(from.y) - at.y, static_cast<double>(from.x) - at.x);
      std::size_t next = left.size();
      double best = std::numeric_limits<double>::infinity();
      for (auto i = static_cast<std::size_t>(outgoing(at)); i < left.size() && left[i].first == at; ++i) {
        if (used[i]) continue;
        const Micro to = left[i].second;
        const double angle =
            clockwise(back, std::atan2(static_cast<double>(to.y) - at.y, static_cast<double>(to.x) - at.x));
        if (angle < best) {
          best = angle;
          next = i;
        }
      }
      if (next == left.size()) break;  // an open line, from overlapping shapes: closed as it is
      edge = next;
    }
    if (ring.size() < 3) continue;
    (twice_signed_area(ring) > 0 ? outsides : holes).push_back(std::move(ring));
  }

  Shape out;
  std::sort(outsides.begin(), outsides.end(),
            [](const MicroRing& a, const MicroRing& b) { return twice_signed_area(a) > twice_signed_area(b); });
  for (MicroRing& ring : outsides) out.push_back({std::move(ring)});
  for (MicroRing& hole : holes) {
    // The middle of an edge lies on no other ring. The smallest outside round it owns the hole.
    const double x = (static_cast<double>(hole[0].x) + hole[1].x) / 2;
    const double y = (static_cast<double>(hole[0].y) + hole[1].y) / 2;
    for (std::size_t o = out.size(); o-- > 0;) {
      if (!inside(x, y, out[o].front())) continue;
      out[o].push_back(std::move(hole));
      break;
    }
  }
  return out;
}

}  // namespace tithing::register_
