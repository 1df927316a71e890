#include "maps/grid_map.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/national_grid.h"
#include "base/text.h"
#include "maps/topology.h"

namespace tithing::maps {
namespace {

constexpr int kUnitsPerPixel = 2;

struct Rectangle {
  std::size_t column = 0, row = 0, columns = 0, rows = 0;  // row 0 is the lowest
};

// Runs of one class, joined with the run of the same columns in the row below.
std::vector<Rectangle> rectangles(const GridMap& map, std::int8_t wanted) {
  std::vector<Rectangle> out;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> below, here;  // first column and columns: place in `out`
  for (std::size_t row = 0; row < map.rows; ++row) {
    here.clear();
    for (std::size_t column = 0; column < map.columns;) {
      if (map.cells[row * map.columns + column] != wanted) {
        ++column;
        continue;
      }
      std::size_t end = column;
      while (end < map.columns && map.cells[row * map.columns + end] == wanted) ++end;
      const std::pair key{column, end - column};
      if (const auto found = below.find(key); found != below.end()) {
        ++out[found->second].rows;
        here.emplace(key, found->second);
      } else {
        here.emplace(key, out.size());
        out.push_back({column, row, end - column, 1});
      }
      column = end;
    }
    below.swap(here);
  }
  return out;
}

std::string pattern_id(const GridMap& map, Pattern pattern) {
  return map.id + (pattern == Pattern::lines ? "-lines" : "-dots");
}

void write_patterns(html::Writer& writer, const GridMap& map) {
  const auto uses = [&](Pattern pattern) {
    return std::any_of(map.classes.begin(), map.classes.end(),
                       [&](const GridClass& one) { return one.pattern == pattern; });
  };
  if (!uses(Pattern::lines) && !uses(Pattern::dots)) return;
  writer.open("defs");
  for (const Pattern pattern : {Pattern::lines, Pattern::dots}) {
    if (!uses(pattern)) continue;
    writer.open("pattern",
                {{"id", pattern_id(map, pattern)}, {"width", 10}, {"height", 10}, {"patternUnits", "userSpaceOnUse"}});
    if (pattern == Pattern::lines)
      writer.element("path", {{"d", "M-3 3l6-6M0 10L10 0M7 13l6-6"}, {"stroke", "#ffffff"}, {"stroke-width", 2}}, {});
    else
      writer.element("circle", {{"cx", 5}, {"cy", 5}, {"r", 2}, {"fill", "#505a5f"}}, {});
    writer.close("pattern");
  }
  writer.close("defs");
}

}  // namespace

std::string GridMap::fault() const {
  if (id.empty()) return "A map needs an id.";
  for (const char c : id)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
      return "A map's id holds letters, digits and hyphens only.";
  if (title.empty()) return "A map needs a title.";
  if (!(side > 0) || columns == 0 || rows == 0 || cells.size() != columns * rows)
    return "A map of cells needs a side and a class for each cell of its window.";
  if (classes.empty() || classes.size() > 5) return "A map has one to five classes.";
  for (const GridClass& one : classes)
    if (one.level < 1 || one.level > 5) return "A class is of level one to five.";
  for (const std::int8_t cell : cells)
    if (cell >= static_cast<std::int8_t>(classes.size())) return "A cell of the map has a class that is not stated.";
  if (width < 100 || maximum_height < 100) return "A map is at least 100 units wide and high.";
  return {};
}

Result<html::Markup> render(const GridMap& map, std::string_view language) {
  if (const std::string fault = map.fault(); !fault.empty()) return invalid(fault);
  const double per_cell =
      std::min(static_cast<double>(map.width * kUnitsPerPixel) / static_cast<double>(map.columns),
               static_cast<double>(map.maximum_height * kUnitsPerPixel) / static_cast<double>(map.rows));
  const auto at = [&](std::size_t cells) {
    return static_cast<std::int32_t>(std::lround(static_cast<double>(cells) * per_cell));
  };
  const std::int32_t width = at(map.columns), height = at(map.rows);
  const std::string title_id = map.id + "-title", description_id = map.id + "-description";
  html::Writer writer(language);
  html::Attributes svg{{"class", "map"},
                       {"id", map.id},
                       {"xmlns", "http://www.w3.org/2000/svg"},
                       {"width", width / kUnitsPerPixel},
                       {"viewBox", "0 0 " + std::to_string(width) + " " + std::to_string(height)},
                       {"role", "img"},
                       {"aria-labelledby", title_id}};
  if (!map.description.empty()) svg.emplace_back("aria-describedby", description_id);
  writer.open("svg", svg);
  writer.element("title", {{"id", title_id}}, html::Content(map.title.plain(language)));
  if (!map.description.empty())
    writer.element("desc", {{"id", description_id}}, html::Content(map.description.plain(language)));
  write_patterns(writer, map);
  writer.open("g", {{"class", "map__grid"}});
  for (std::size_t i = 0; i < map.classes.size(); ++i) {
    std::string path;
    for (const Rectangle& one : rectangles(map, static_cast<std::int8_t>(i))) {
      const std::int32_t left = at(one.column), right = at(one.column + one.columns);
      const std::int32_t top = height - at(one.row + one.rows), bottom = height - at(one.row);
      path += "M" + std::to_string(left) + " " + std::to_string(top) + "h" + std::to_string(right - left) + "v" +
              std::to_string(bottom - top) + "h-" + std::to_string(right - left) + "z";
    }
    if (path.empty()) continue;
    const GridClass& one = map.classes[i];
    writer.element("path", {{"class", "map__cell--" + std::to_string(one.level)}, {"d", path}}, {});
    if (one.pattern != Pattern::none)
      writer.element("path", {{"fill", "url(#" + pattern_id(map, one.pattern) + ")"}, {"d", path}}, {});
  }
  writer.close("g");
  std::vector<GridRing> rings;
  for (const geometry::Polygon& polygon : map.outline)
    for (const geometry::Ring& ring : polygon) {
      GridRing placed;
      for (const geometry::Point& point : ring) {
        const GridPoint p = to_national_grid(point);
        const GridXy xy{static_cast<std::int32_t>(std::lround((p.easting - map.x0) / map.side * per_cell)),
                        height - static_cast<std::int32_t>(std::lround((p.northing - map.y0) / map.side * per_cell))};
        if (placed.empty() || !(placed.back() == xy)) placed.push_back(xy);
      }
      while (placed.size() > 1 && placed.front() == placed.back()) placed.pop_back();
      if (placed.size() >= 3) rings.push_back(std::move(placed));
    }
  if (!rings.empty()) {
    Topology outline(rings, std::vector<std::size_t>(rings.size(), 0));
    outline.simplify(map.outline_points);
    std::string path;
    for (std::size_t r = 0; r < rings.size(); ++r) {
      const GridRing ring = outline.ring(r);
      for (std::size_t k = 0; k < ring.size(); ++k)
        path += std::string(k == 0 ? "M" : "L") + std::to_string(ring[k].x) + " " + std::to_string(ring[k].y);
      if (!ring.empty()) path += "z";
    }
    if (!path.empty()) writer.element("path", {{"class", "map__border"}, {"d", path}, {"fill", "none"}}, {});
  }
  writer.close("svg");
  return writer.take();
}

html::Markup render_legend(const GridMap& map, std::string_view language) {
  html::Writer writer(language);
  writer.open("ul", {{"class", "map-legend"}});
  for (std::size_t i = 0; i < map.classes.size(); ++i) {
    const GridClass& one = map.classes[i];
    const auto cells = std::count(map.cells.begin(), map.cells.end(), static_cast<std::int8_t>(i));
    // A figure that says another number than what is drawn is not shown for it.
    const Words number = one.cells && one.cells->text == grouped(cells) ? Words(*one.cells) : Words(grouped(cells));
    writer.open("li", {{"class", "map-legend__row"}});
    writer.element("span",
                   {{"class", "map__key map__key--" + std::to_string(one.level) +
                                  (one.pattern == Pattern::lines  ? " map__key--lines"
                                   : one.pattern == Pattern::dots ? " map__key--dots"
                                                                  : "")},
                    {"aria-hidden", "true"}},
                   {});
    writer.text(" ").put(html::Content(one.text)).text(" ");
    writer.element("span", {{"class", "map-legend__count"}},
                   cells == 1 ? tr("({0} cell)", {number}) : tr("({0} cells)", {number}));
    writer.close("li");
  }
  writer.close("ul");
  return writer.take();
}

}  // namespace tithing::maps
