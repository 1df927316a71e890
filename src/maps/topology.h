// Shapes cut into arcs, so that a border shared by two shapes is simplified once and neighbours never gap or overlap.
//
// Points are integers of the drawing's grid. Two shapes share a border where they hold the same points in a row; a
// border that the source itself draws with different points on its two sides stays two arcs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tithing::maps {

struct GridXy {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend auto operator<=>(const GridXy&, const GridXy&) = default;
};
using GridRing = std::vector<GridXy>;  // closed without repeating the first point; at least 3 points

class Topology {
 public:
  // Each ring with the shape it belongs to. Points that repeat in a row are dropped; a ring left with fewer than three
  // is kept out (ring() is then empty).
  explicit Topology(const std::vector<GridRing>& rings, const std::vector<std::size_t>& shape_of_ring);

  // Visvalingam and Whyatt (1993), "Line generalisation by repeated elimination of points", Cartographic Journal
  // 30:46-51: points go in the order of the triangle they make with their neighbours, until at most `points` are left
  // over all arcs. Ends of arcs always stay. A ring keeps at least three points.
  void simplify(std::size_t points);

  std::size_t point_count() const;         // of all arcs as they now are
  GridRing ring(std::size_t index) const;  // as it now is
  // The arcs that have different groups on their two sides, or nothing on one: `group_of_shape` numbers the groups.
  std::vector<GridRing> borders(const std::vector<std::size_t>& group_of_shape) const;

 private:
  struct Arc {
    std::vector<GridXy> points;
    std::vector<double> significance;  // twice the effective area; infinity at the ends
    std::size_t shapes[2] = {};
    int uses = 0;
    double floor = 0;  // points at least this significant stay whatever the budget
    bool closed = false;
  };
  struct Use {
    std::size_t arc = 0;
    bool reversed = false;
  };
  std::vector<GridXy> kept(const Arc& arc) const;
  std::vector<Arc> arcs_;
  std::vector<std::vector<Use>> rings_;
  double threshold_ = 0;
};

}  // namespace tithing::maps
