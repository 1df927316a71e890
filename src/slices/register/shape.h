// Shapes held exactly: longitude and latitude as whole millionths of a degree (some 11 cm). Equal points of neighbours
// stay equal, so borders within a union cancel out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"

namespace tithing::register_ {

struct Micro {
  std::int32_t x = 0;  // longitude
  std::int32_t y = 0;  // latitude
  friend auto operator<=>(const Micro&, const Micro&) = default;
};
using MicroRing = std::vector<Micro>;         // closed without repeating the first point
using MicroPolygon = std::vector<MicroRing>;  // the outside, then holes
using Shape = std::vector<MicroPolygon>;

Micro to_micro(geometry::Point point);
Shape to_shape(const geometry::MultiPolygon& shape);
geometry::MultiPolygon to_degrees(const Shape& shape);

std::size_t point_count(const Shape& shape);
// In square millionths of a degree, twice; holes taken off. For comparing shapes of one region with each other.
double twice_area(const Shape& shape);

// Differences between points as zigzag variable-length integers: about 3 bytes a point.
std::string encode(const Shape& shape);
// invalid for bytes that encode() did not write.
Result<Shape> decode(std::string_view bytes);

// The union of shapes that do not overlap. An edge that two of them share goes; what is left is joined to rings, which
// are sorted into outsides and holes. Where two neighbours draw their common border with different points a sliver is
// left.
Shape dissolve(const std::vector<const Shape*>& shapes);

}  // namespace tithing::register_
