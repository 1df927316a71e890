#include "statistics/neighbours.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/random.h"
#include "base/text.h"
#include "statistics/testdata/read_csv.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

std::vector<Polygon> columbus() {
  std::vector<Polygon> areas;
  const auto rows = testdata::read_csv("columbus.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto numbers = split(rows[i][2], ' ');
    Polygon polygon;
    polygon.rings.emplace_back();
    for (std::size_t k = 0; k + 1 < numbers.size(); k += 2)
      polygon.rings[0].push_back({std::stod(numbers[k]), std::stod(numbers[k + 1])});
    areas.push_back(polygon);
  }
  return areas;
}

Polygon square(double x, double y) { return {{{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}, {x, y}}}}; }

std::vector<Point> scattered(std::size_t count) {
  std::vector<Point> points;
  CounterRandom random(5, 5);
  for (std::size_t i = 0; i < count; ++i) points.push_back({random.uniform() * 100, random.uniform() * 30});
  return points;
}

double squared(const Point& a, const Point& b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

}  // namespace

// libpysal's Queen.from_shapefile and Rook.from_shapefile of the same outlines.
TEST_CASE("queen and rook graphs of Columbus") {
  const auto areas = columbus();
  const auto queen = *contiguity(areas, Contiguity::queen);
  const auto rook = *contiguity(areas, Contiguity::rook);
  CHECK(queen.size() == 49);
  CHECK(queen.links() == 236);
  CHECK(rook.links() == 200);
  CHECK(queen.symmetric());
  CHECK(rook.symmetric());
  CHECK(queen.islands() == 0);
  CHECK(queen.of(0).size() == 2);
  CHECK(queen.of(0)[0] == 1);
  CHECK(queen.of(0)[1] == 2);
}

TEST_CASE("a chessboard: rook has sides only, queen has corners too; islands are seen") {
  std::vector<Polygon> board;
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 3; ++x) board.push_back(square(x, y));
  board.push_back(square(10, 10));
  const auto rook = *contiguity(board, Contiguity::rook);
  const auto queen = *contiguity(board, Contiguity::queen);
  CHECK(rook.of(4).size() == 4);
  CHECK(queen.of(4).size() == 8);
  CHECK(rook.of(0).size() == 2);
  CHECK(queen.of(0).size() == 3);
  CHECK(queen.islands() == 1);
  CHECK(queen.of(9).empty());
}

TEST_CASE("snapping joins corners that differ by a hair") {
  auto a = square(0, 0);
  auto b = square(1.0000001, 0);
  CHECK(contiguity({a, b}, Contiguity::queen)->links() == 0);
  CHECK(contiguity({a, b}, Contiguity::rook, 0.001)->links() == 2);
}

TEST_CASE("distance bands agree with comparing every pair") {
  const auto points = scattered(700);
  const auto graph = *within_distance(points, 3.5);
  std::size_t links = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::vector<std::uint32_t> expected;
    for (std::uint32_t j = 0; j < points.size(); ++j)
      if (j != i && squared(points[i], points[j]) <= 3.5 * 3.5) expected.push_back(j);
    const auto found = graph.of(i);
    REQUIRE(std::vector<std::uint32_t>(found.begin(), found.end()) == expected);
    links += expected.size();
  }
  CHECK(graph.links() == links);
  CHECK(graph.symmetric());
}

TEST_CASE("a radius of side times root two holds the diagonals of a grid") {
  std::vector<Point> grid;
  for (int y = 0; y < 5; ++y)
    for (int x = 0; x < 5; ++x) grid.push_back({430000 + x * 250.0, 460000 + y * 250.0});
  CHECK(within_distance(grid, 250 * std::sqrt(2.0))->of(12).size() == 8);
  CHECK(within_distance(grid, 250)->of(12).size() == 4);
}

TEST_CASE("k nearest agree with sorting all, ties by number") {
  auto points = scattered(400);
  points[17] = points[18];  // identical points
  points[19] = points[18];
  for (const std::size_t k : {1u, 4u, 25u}) {
    const auto graph = *nearest(points, k);
    for (std::size_t i = 0; i < points.size(); ++i) {
      std::vector<std::uint32_t> all;
      for (std::uint32_t j = 0; j < points.size(); ++j)
        if (j != i) all.push_back(j);
      std::sort(all.begin(), all.end(), [&](std::uint32_t a, std::uint32_t b) {
        const double da = squared(points[i], points[a]), db = squared(points[i], points[b]);
        return da != db ? da < db : a < b;
      });
      all.resize(k);
      std::sort(all.begin(), all.end());
      const auto found = graph.of(i);
      REQUIRE(std::vector<std::uint32_t>(found.begin(), found.end()) == all);
    }
  }
  CHECK(nearest({{0, 0}, {1, 1}, {9, 9}}, 10)->links() == 6);
  CHECK(symmetric_of(*nearest({{0, 0}, {1, 0}, {3, 0}}, 1)).symmetric());
}

TEST_CASE("what has no neighbours") {
  CHECK_FALSE(within_distance({}, 1));
  CHECK_FALSE(within_distance({{0, 0}}, 0));
  CHECK_FALSE(within_distance({{0, std::numeric_limits<double>::quiet_NaN()}}, 1));
  CHECK(within_distance({{0, 0}}, 1)->links() == 0);
  CHECK(within_distance(std::vector<Point>(50, {3, 3}), 1)->links() == 50 * 49);
  CHECK_FALSE(nearest({{0, 0}}, 0));
  CHECK(nearest({{0, 0}}, 3)->size() == 1);
  CHECK_FALSE(contiguity({}, Contiguity::queen));
  CHECK(contiguity({Polygon{}}, Contiguity::rook)->islands() == 1);
}
