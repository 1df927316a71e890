#include "maps/grid_map.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::maps;

namespace {

GridMap three_by_two() {
  GridMap map;
  map.id = "g";
  map.title = html::Content("Six cells");
  map.x0 = 460'000;
  map.y0 = 450'000;
  map.side = 500;
  map.columns = 3;
  map.rows = 2;
  // The lower row first: two hot cells over two hot cells, one without a class, one cold.
  map.cells = {1, 1, -1, 1, 1, 0};
  map.classes = {{2, Pattern::dots, "cold"}, {4, Pattern::lines, "hot"}};
  return map;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace

TEST_CASE("cells of one class side by side are one rectangle, north is up") {
  const auto drawn = render(three_by_two(), "en");
  REQUIRE(drawn.has_value());
  const std::string& svg = drawn->text();
  // 1280 units over three columns; the four hot cells are one rectangle at the left, the cold one stands right at the
  // top.
  CHECK(svg.find("viewBox=\"0 0 1280 853\"") != std::string::npos);
  CHECK(count(svg, "M0 0h853v853h-853z") == 2);  // colour and pattern
  CHECK(count(svg, "M853 0h427v426h-427z") == 2);
  CHECK(svg.find("url(#g-lines)") != std::string::npos);
  CHECK(svg.find("role=\"img\"") != std::string::npos);
  CHECK(svg.find("style=") == std::string::npos);
  const std::string legend = render_legend(three_by_two(), "en").text();
  CHECK(legend.find("(4 cells)") != std::string::npos);
  CHECK(legend.find("(1 cell)") != std::string::npos);
  CHECK(legend.find("map__key--lines") != std::string::npos);
}

TEST_CASE("sixty thousand cells of five classes stay a small drawing") {
  GridMap map = three_by_two();
  map.columns = 300;
  map.rows = 200;
  map.classes = {{1, Pattern::none, "a"},
                 {2, Pattern::none, "b"},
                 {3, Pattern::none, "c"},
                 {4, Pattern::none, "d"},
                 {5, Pattern::lines, "e"}};
  map.cells.clear();
  for (int row = 0; row < 200; ++row)
    for (int column = 0; column < 300; ++column) {
      const int away = (row - 100) * (row - 100) + (column - 150) * (column - 150);
      map.cells.push_back(static_cast<std::int8_t>(away < 500    ? 4
                                                   : away < 2000 ? 3
                                                   : away < 5000 ? 2
                                                   : away < 9000 ? 1
                                                                 : 0));
    }
  const auto drawn = render(map, "en");
  REQUIRE(drawn.has_value());
  CHECK(drawn->text().size() < 60'000);
}

TEST_CASE("what cannot be drawn is said") {
  GridMap map = three_by_two();
  map.cells.pop_back();
  CHECK_FALSE(render(map, "en").has_value());
  map = three_by_two();
  map.cells[0] = 2;
  CHECK(render(map, "en").error().message == "A cell of the map has a class that is not stated.");
  map = three_by_two();
  map.id = "a b";
  CHECK_FALSE(render(map, "en").has_value());
}
