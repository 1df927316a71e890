#include "slices/analysis/strays.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace tithing::analysis {
namespace {

struct Span {
  double low = 0, high = 0;
  double width() const { return high - low; }
};

Span span_of(const std::vector<statistics::Point>& points, const std::vector<std::size_t>& kept,
             double statistics::Point::*axis) {
  Span span{points[kept.front()].*axis, points[kept.front()].*axis};
  for (const std::size_t i : kept) {
    span.low = std::min(span.low, points[i].*axis);
    span.high = std::max(span.high, points[i].*axis);
  }
  return span;
}

// Takes off one end of one axis at most `most` points behind a gap wider than what is left in either direction.
bool take_off(const std::vector<statistics::Point>& points, std::vector<std::size_t>& kept, std::size_t most,
              double statistics::Point::*axis, double statistics::Point::*across, bool from_above) {
  std::sort(kept.begin(), kept.end(), [&](std::size_t a, std::size_t b) {
    const double x = points[a].*axis, y = points[b].*axis;
    return x != y ? (from_above ? x > y : x < y) : a < b;
  });
  for (std::size_t count = 1; count <= std::min(most, kept.size() - 1); ++count) {
    const double gap = std::abs(points[kept[count]].*axis - points[kept[count - 1]].*axis);
    const std::vector<std::size_t> rest(kept.begin() + static_cast<std::ptrdiff_t>(count), kept.end());
    if (gap > std::max(span_of(points, rest, axis).width(), span_of(points, rest, across).width()) && gap > 0) {
      kept = rest;
      return true;
    }
  }
  return false;
}

}  // namespace

PointExtent point_extent(const std::vector<statistics::Point>& points) {
  std::vector<std::size_t> kept(points.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  const auto x = &statistics::Point::x, y = &statistics::Point::y;
  constexpr std::size_t kFewest = 20;
  const std::size_t most = std::max<std::size_t>(points.size() / 100, 1);
  while (points.size() >= kFewest && points.size() - kept.size() < most) {
    const std::size_t left = most - (points.size() - kept.size());
    if (!take_off(points, kept, left, x, y, true) && !take_off(points, kept, left, x, y, false) &&
        !take_off(points, kept, left, y, x, true) && !take_off(points, kept, left, y, x, false))
      break;
  }
  PointExtent extent;
  const Span across = span_of(points, kept, x), up = span_of(points, kept, y);
  extent.x0 = across.low;
  extent.x1 = across.high;
  extent.y0 = up.low;
  extent.y1 = up.high;
  std::sort(kept.begin(), kept.end());
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!std::binary_search(kept.begin(), kept.end(), i)) extent.strays.push_back(i);
  return extent;
}

Listing listing_of_strays(const Input& input, const std::vector<statistics::Point>& points, const PointExtent& extent) {
  Listing list{"strays", {"row", "x", "y"}, {}};
  for (const std::size_t i : extent.strays) list.rows.push_back({input.where(i), points[i].x, points[i].y});
  return list;
}

std::string strays_note(const PointExtent& extent) {
  const auto count = static_cast<std::int64_t>(extent.strays.size());
  return plural(count, "point lies", "points lie") +
         " further from the rest than the rest is wide. The grid is laid over the rest, and " +
         (count == 1 ? "it is" : "they are") + " listed apart: look whether the position is right.";
}

}  // namespace tithing::analysis
