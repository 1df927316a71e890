// Who is next to whom: neighbour graphs of areas and points, in the forms that spatial statistics use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace tithing::statistics {

struct Point {
  double x = 0;  // any plane coordinates in one unit; never degrees for distances
  double y = 0;
};

// Rings of one area, outer and inner alike, closed or not; contiguity asks only for shared corners and sides.
struct Polygon {
  std::vector<std::vector<Point>> rings;
};

// Neighbours of each area in rising order, never itself, stored one after the other.
class NeighbourGraph {
 public:
  NeighbourGraph() = default;
  // Precondition: every index is below lists.size(). Doubles and self-references are left out.
  static NeighbourGraph from_lists(std::vector<std::vector<std::uint32_t>> lists);
  std::size_t size() const { return start_.empty() ? 0 : start_.size() - 1; }
  std::span<const std::uint32_t> of(std::size_t i) const {
    return {neighbours_.data() + start_[i], neighbours_.data() + start_[i + 1]};
  }
  std::size_t links() const { return neighbours_.size(); }  // ordered pairs
  std::size_t islands() const;                              // areas without a neighbour
  std::size_t most() const;                                 // the largest number of neighbours
  bool symmetric() const;

 private:
  friend class GraphBuilder;
  std::vector<std::size_t> start_;
  std::vector<std::uint32_t> neighbours_;
};

enum class Contiguity {
  queen,  // share at least one corner
  rook,   // share at least one side, that is two corners that follow each other on both outlines
};

// Areas that touch. Corners are equal when they fall into the same square of side `snap` (0: equal coordinates).
// Outlines must come from one topology (as TopoJSON's arcs and the ONS boundaries do): a corner lying in the middle of
// a neighbour's longer side is not seen. Invalid: no area, a coordinate that is not a number, a negative snap.
Result<NeighbourGraph> contiguity(const std::vector<Polygon>& areas, Contiguity kind, double snap = 0);

// Points no further apart than `radius` (a relative 1e-12 is forgiven, so that the diagonal of a grid counts).
// Invalid: no point, coordinates that are not numbers, radius not above zero.
Result<NeighbourGraph> within_distance(const std::vector<Point>& points, double radius);

// The k nearest others of each point; of equally near ones those that come first. Not symmetric. With k >= points, all
// others. Invalid as above, or k = 0.
Result<NeighbourGraph> nearest(const std::vector<Point>& points, std::size_t k);

// Adds the reverse of every link, so that the graph is symmetric.
NeighbourGraph symmetric_of(const NeighbourGraph& graph);

}  // namespace tithing::statistics
