// Shapes on the globe, as plain values. Longitude and latitude are degrees (WGS 84).
#pragma once

#include <vector>

namespace tithing::geometry {

struct Point {
  double longitude = 0;
  double latitude = 0;
  friend bool operator==(const Point&, const Point&) = default;
};
using Ring = std::vector<Point>;    // closed: the last point equals the first
using Polygon = std::vector<Ring>;  // the first ring is the outside, the others are holes
using MultiPolygon = std::vector<Polygon>;

}  // namespace tithing::geometry
