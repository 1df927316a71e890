// A map of square cells as SVG drawn on the server: hot spots on a grid, a surface of density. Cells of one class that
// lie side by side are drawn as one rectangle, so that 60,000 cells stay a small drawing. What the classes mean is said
// by the legend in words; those that matter carry a pattern beside their colour.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/words.h"
#include "html/html.h"

namespace tithing::maps {

enum class Pattern { none, lines, dots };

struct GridClass {
  int level = 1;  // 1 to 5: how dark (map__cell--1 ..)
  Pattern pattern = Pattern::none;
  std::string text = {};              // "hot: more than chance would put there"
  std::optional<Numeral> cells = {};  // a figure that says how many cells are of this class; counted here without one
};

struct GridMap {
  std::string id = {};  // unique on the page; letters, digits, hyphens
  html::Content title = {};
  html::Content description = {};
  double x0 = 0, y0 = 0;  // lower left corner of the window on the British National Grid, metres
  double side = 0;        // of a cell, metres
  std::size_t columns = 0, rows = 0;
  std::vector<std::int8_t> cells = {};  // by rows from the lowest: index in `classes`, or -1 for none
  std::vector<GridClass> classes = {};
  geometry::MultiPolygon outline = {};  // drawn over the cells without fill
  int width = 640;
  int maximum_height = 800;
  std::size_t outline_points = 1500;  // at most about so many are drawn

  std::string fault() const;  // empty when it can be drawn
};

// <svg role="img">. invalid with the sentence of fault().
Result<html::Markup> render(const GridMap& map, std::string_view language);
// The classes with their patterns and their numbers of cells.
html::Markup render_legend(const GridMap& map, std::string_view language);

}  // namespace tithing::maps
