#include <doctest/doctest.h>
#include <algorithm>
#include <cmath>

#include "maps/choropleth.h"
#include "maps/topology.h"

using namespace tithing;
using namespace tithing::maps;

namespace {

geometry::MultiPolygon square(double west, double south, double size) {
  return {{{{west, south}, {west + size, south}, {west + size, south + size}, {west, south + size}, {west, south}}}};
}

Cell cell(std::string code, geometry::MultiPolygon shape, double value, std::string group = {}) {
  Cell out;
  out.code = code;
  out.label = code;
  out.shape = std::move(shape);
  out.state = CellState::known;
  out.value = value;
  out.value_text = "value";
  out.group = std::move(group);
  return out;
}

Parameters two_squares() {
  Parameters parameters;
  parameters.id = "m";
  parameters.title = html::Content("Two squares");
  parameters.cells = {cell("A", square(-2.2, 52.2, 0.1), 1.0, "west"), cell("B", square(-2.1, 52.2, 0.1), 7.0, "east")};
  parameters.classes = {{0, 2, "0 to 2"}, {5, 9, "5 to 9"}};
  return parameters;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

double signed_area(const GridRing& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const GridXy a = ring[i];
    const GridXy b = ring[(i + 1) % ring.size()];
    sum += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
  }
  return sum / 2;
}

// Columns of jagged strips that tile a rectangle: neighbours share hundreds of points.
std::vector<GridRing> strips(int columns, int points) {
  const auto border = [&](int column) {
    GridRing line;
    for (int i = 0; i <= points; ++i) {
      const int wiggle =
          column == 0 || column == columns || i == 0 || i == points ? 0 : (i * 37 + column * 11) % 23 - 11;
      line.push_back({column * 100 + wiggle, i * 7});
    }
    return line;
  };
  std::vector<GridRing> rings;
  for (int c = 0; c < columns; ++c) {
    GridRing ring = border(c);
    GridRing right = border(c + 1);
    ring.insert(ring.end(), right.rbegin(), right.rend());
    rings.push_back(ring);
  }
  return rings;
}

}  // namespace

TEST_CASE("without simplification a ring comes back as it was, but for where it begins") {
  const std::vector<GridRing> rings = strips(3, 50);
  Topology topology(rings, {0, 1, 2});
  topology.simplify(100000);
  for (std::size_t r = 0; r < rings.size(); ++r) CHECK(signed_area(topology.ring(r)) == signed_area(rings[r]));
}

TEST_CASE("simplified neighbours leave no gap: the areas of a tiling still sum to the whole") {
  const std::vector<GridRing> rings = strips(8, 200);
  Topology topology(rings, {0, 1, 2, 3, 4, 5, 6, 7});
  const double whole = 8 * 100 * 200 * 7.0;
  for (const std::size_t budget : {2000u, 400u, 100u, 18u}) {
    topology.simplify(budget);
    double sum = 0;
    for (std::size_t r = 0; r < rings.size(); ++r) {
      const GridRing ring = topology.ring(r);
      CHECK(ring.size() >= 3);
      sum += std::fabs(signed_area(ring));
    }
    CHECK(sum == whole);
    if (budget >= 100) CHECK(topology.point_count() <= budget);
  }
}

TEST_CASE("an island keeps three points however little room there is") {
  GridRing circle;
  for (int i = 0; i < 90; ++i)
    circle.push_back({static_cast<int>(std::lround(1000 * std::cos(i * 0.0698))),
                      static_cast<int>(std::lround(1000 * std::sin(i * 0.0698)))});
  Topology topology({circle}, {0});
  topology.simplify(1);
  CHECK(topology.ring(0).size() >= 3);
  CHECK(std::fabs(signed_area(topology.ring(0))) > 1000000);
}

TEST_CASE("a hole and the island that fills it stay one line") {
  const GridRing outer{{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}};
  GridRing inner;
  for (int i = 0; i < 60; ++i)
    inner.push_back({500 + static_cast<int>(std::lround(200 * std::cos(i * 0.1047))),
                     500 + static_cast<int>(std::lround(200 * std::sin(i * 0.1047)))});
  GridRing filling(inner.rbegin(), inner.rend());
  std::rotate(filling.begin(), filling.begin() + 17, filling.end());
  Topology topology({outer, inner, filling}, {0, 0, 1});
  topology.simplify(14);
  CHECK(signed_area(topology.ring(1)) == -signed_area(topology.ring(2)));
  CHECK(topology.ring(1).size() < 20);
}

TEST_CASE("borders run only between groups and round the outside") {
  const std::vector<GridRing> rings = strips(4, 10);
  Topology topology(rings, {0, 1, 2, 3});
  CHECK(topology.borders({0, 1, 2, 3}).size() == topology.borders({0, 0, 1, 1}).size() + 2);
}

TEST_CASE("a map names each area, its class and its link, without style or script") {
  Parameters parameters = two_squares();
  parameters.cells[0].url = html::Url::path("/areas/{}", {"A"});
  const auto markup = render(parameters, "en");
  REQUIRE(markup.has_value());
  const std::string& svg = markup->text();
  CHECK(count(svg, "<path") == 3);  // two cells and the border between the groups
  CHECK(count(svg, "map__cell--1\"") == 1);
  CHECK(count(svg, "map__cell--2\"") == 1);
  CHECK(count(svg, "<a href=\"/areas/A\">") == 1);
  CHECK(count(svg, "<title>A: value</title>") == 1);
  CHECK(svg.find("style") == std::string::npos);
  CHECK(svg.find("aria-labelledby=\"m-title\"") != std::string::npos);
  CHECK(svg.find("aria-describedby") == std::string::npos);
}

TEST_CASE("a drawing keeps to its bytes, by fewer points and never by fewer areas") {
  Parameters parameters;
  parameters.id = "m";
  parameters.title = html::Content("A grid of jagged cells");
  parameters.classes = {{0, 9, "0 to 9"}};
  const auto edge = [](double x, double y, double dx, double dy, geometry::Ring& ring) {
    for (int i = 0; i < 40; ++i) {
      const double wiggle = i == 0 ? 0 : 0.0004 * ((std::min(i, 40 - i) * 13) % 7 - 3);  // the same from both ends
      ring.push_back({x + dx * i / 40 + (dx == 0 ? wiggle : 0), y + dy * i / 40 + (dy == 0 ? wiggle : 0)});
    }
  };
  for (int cx = 0; cx < 20; ++cx) {
    for (int cy = 0; cy < 20; ++cy) {
      const double x = -3 + cx * 0.05;
      const double y = 52 + cy * 0.05;
      geometry::Ring ring;
      edge(x, y, 0.05, 0, ring);
      edge(x + 0.05, y, 0, 0.05, ring);
      edge(x + 0.05, y + 0.05, -0.05, 0, ring);
      edge(x, y + 0.05, 0, -0.05, ring);
      ring.push_back(ring.front());
      parameters.cells.push_back(cell("Bromsgrove 0" + std::to_string(cx) + std::to_string(cy), {{ring}}, 1));
    }
  }
  parameters.byte_budget = 1'000'000;
  const auto whole = render(parameters, "en");
  parameters.byte_budget = 60'000;
  const auto small = render(parameters, "en");
  REQUIRE(small.has_value());
  CHECK(whole->text().size() > 70'000);
  CHECK(small->text().size() <= 60'000);
  CHECK(count(small->text(), "<path") == 400);
}

TEST_CASE("missing is hatched and withheld is dotted, and the legend counts them") {
  Parameters parameters = two_squares();
  parameters.cells[0].state = CellState::missing;
  parameters.cells[1].state = CellState::suppressed;
  const auto markup = render(parameters, "en");
  REQUIRE(markup.has_value());
  CHECK(count(markup->text(), "fill=\"url(#m-missing)\"") == 1);
  CHECK(count(markup->text(), "fill=\"url(#m-withheld)\"") == 1);
  const auto rows = legend(parameters, "en");
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].cells == 0);
  CHECK(rows[2].css_class == "map__key--missing");
  CHECK(rows[2].cells == 1);
  CHECK(rows[3].cells == 1);
}

TEST_CASE("what a map is called is escaped") {
  Parameters parameters = two_squares();
  parameters.cells[0].label = "<script>alert(1)</script>";
  const auto markup = render(parameters, "en");
  REQUIRE(markup.has_value());
  CHECK(markup->text().find("<script") == std::string::npos);
}

TEST_CASE("a map that cannot be drawn says why") {
  Parameters outside = two_squares();
  outside.cells[1].value = 3.5;
  CHECK(outside.fault().find("lies in no class") != std::string::npos);
  Parameters nameless = two_squares();
  nameless.id = "a b";
  CHECK_FALSE(nameless.fault().empty());
  Parameters many = two_squares();
  many.classes = {{0, 1, ""}, {1, 2, ""}, {2, 3, ""}, {3, 4, ""}, {4, 5, ""}, {5, 9, ""}};
  CHECK_FALSE(many.fault().empty());
  Parameters bare = two_squares();
  bare.cells[0].shape.clear();
  bare.cells[1].shape.clear();
  CHECK(bare.fault() == "None of the areas of the map has a boundary.");
  CHECK_FALSE(render(bare, "en").has_value());
}
