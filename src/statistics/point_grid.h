// A grid over points, for finding those near a place. Used inside this folder only.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "statistics/neighbours.h"

namespace tithing::statistics {

// Points sorted into square cells, so that those near a place lie in few runs of memory. Points must be
// finite and at least one.
class PointGrid {
 public:
  PointGrid(const std::vector<Point>& points, double wanted_side) {
    x0_ = y0_ = std::numeric_limits<double>::infinity();
    double x1 = -x0_, y1 = -y0_;
    for (const auto& p : points) {
      x0_ = std::min(x0_, p.x);
      y0_ = std::min(y0_, p.y);
      x1 = std::max(x1, p.x);
      y1 = std::max(y1, p.y);
    }
    const double extent = std::max(x1 - x0_, y1 - y0_);
    // At most about two cells per point, however small the side asked for.
    const double least = extent / std::sqrt(2.0 * static_cast<double>(points.size()) + 16);
    side_ = std::max(wanted_side, least);
    if (!(side_ > 0)) side_ = 1;
    columns_ = static_cast<std::int64_t>((x1 - x0_) / side_) + 1;
    rows_ = static_cast<std::int64_t>((y1 - y0_) / side_) + 1;
    start_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
    std::vector<std::size_t> cell(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      cell[i] = static_cast<std::size_t>(row(points[i].y) * columns_ + column(points[i].x));
      ++start_[cell[i] + 1];
    }
    for (std::size_t c = 0; c + 1 < start_.size(); ++c) start_[c + 1] += start_[c];
    ids_.resize(points.size());
    std::vector<std::size_t> fill(start_.begin(), start_.end() - 1);
    for (std::size_t i = 0; i < points.size(); ++i) ids_[fill[cell[i]]++] = static_cast<std::uint32_t>(i);
  }

  std::int64_t column(double x) const {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>((x - x0_) / side_), 0, columns_ - 1);
  }
  std::int64_t row(double y) const {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>((y - y0_) / side_), 0, rows_ - 1);
  }
  double side() const { return side_; }
  std::int64_t columns() const { return columns_; }
  std::int64_t rows() const { return rows_; }

  // Every point of the cells (c, r) with c in [c0, c1], r in [r0, r1], cut to the grid.
  template <class Visit>
  void visit(std::int64_t c0, std::int64_t c1, std::int64_t r0, std::int64_t r1, Visit visit) const {
    c0 = std::max<std::int64_t>(c0, 0);
    r0 = std::max<std::int64_t>(r0, 0);
    c1 = std::min(c1, columns_ - 1);
    r1 = std::min(r1, rows_ - 1);
    if (c0 > c1) return;
    for (std::int64_t r = r0; r <= r1; ++r) {
      const std::size_t end = start_[static_cast<std::size_t>(r * columns_ + c1) + 1];
      for (std::size_t k = start_[static_cast<std::size_t>(r * columns_ + c0)]; k < end; ++k) visit(ids_[k]);
    }
  }

 private:
  double x0_ = 0, y0_ = 0, side_ = 1;
  std::int64_t columns_ = 1, rows_ = 1;
  std::vector<std::size_t> start_;
  std::vector<std::uint32_t> ids_;
};

}  // namespace tithing::statistics
