// The extent of points on a plane: of the bulk of them, without those that lie nowhere near.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "slices/analysis/answer.h"
#include "slices/analysis/input.h"

namespace tithing::analysis {

struct PointExtent {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  std::vector<std::size_t> strays;  // rising
};

// A point is a stray where it, with at most one in a hundred of the others (one where there are fewer than a hundred),
// lies further from the rest than the rest is wide and high: a wrong coordinate, 0 0, or another country. Fewer than 20
// points have none. Precondition: not empty.
PointExtent point_extent(const std::vector<statistics::Point>& points);

// Row by row, with the line of the file, for people to mend.
Listing listing_of_strays(const Input& input, const std::vector<statistics::Point>& points, const PointExtent& extent);
std::string strays_note(const PointExtent& extent);

}  // namespace tithing::analysis
