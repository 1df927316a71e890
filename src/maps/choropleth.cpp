#include "maps/choropleth.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/national_grid.h"
#include "base/text.h"
#include "maps/topology.h"

namespace tithing::maps {
namespace {

// The drawing's units are halved pixels at the usual width, so that whole numbers are fine enough.
constexpr int kUnitsPerPixel = 2;

struct Frame {
  double west = 0;
  double north = 0;
  double metres_per_unit = 1;
  int width = 0;
  int height = 0;
  GridXy place(GridPoint p) const {
    return {static_cast<std::int32_t>(std::lround((p.easting - west) / metres_per_unit)),
            static_cast<std::int32_t>(std::lround((north - p.northing) / metres_per_unit))};
  }
};

using ProjectedRings = std::vector<std::vector<GridPoint>>;

ProjectedRings project(const geometry::MultiPolygon& shape) {
  ProjectedRings rings;
  for (const geometry::Polygon& polygon : shape) {
    for (const geometry::Ring& ring : polygon) {
      std::vector<GridPoint>& out = rings.emplace_back();
      out.reserve(ring.size());
      for (const geometry::Point p : ring) out.push_back(to_national_grid(p));
    }
  }
  return rings;
}

Frame frame_of(const std::vector<ProjectedRings>& shapes, int width, int maximum_height) {
  double west = std::numeric_limits<double>::infinity();
  double south = west;
  double east = -west;
  double north = -west;
  for (const ProjectedRings& rings : shapes) {
    for (const auto& ring : rings) {
      for (const GridPoint p : ring) {
        west = std::min(west, p.easting);
        east = std::max(east, p.easting);
        south = std::min(south, p.northing);
        north = std::max(north, p.northing);
      }
    }
  }
  constexpr int kMargin = 4;
  const double across = std::max(east - west, 1.0);
  const double down = std::max(north - south, 1.0);
  const double room_x = width * kUnitsPerPixel - 2 * kMargin;
  const double room_y = maximum_height * kUnitsPerPixel - 2 * kMargin;
  Frame frame;
  frame.metres_per_unit = std::max(across / room_x, down / room_y);
  frame.width = static_cast<int>(std::ceil(across / frame.metres_per_unit)) + 2 * kMargin;
  frame.height = static_cast<int>(std::ceil(down / frame.metres_per_unit)) + 2 * kMargin;
  frame.west = west - kMargin * frame.metres_per_unit;
  frame.north = north + kMargin * frame.metres_per_unit;
  return frame;
}

GridRing place(const std::vector<GridPoint>& ring, const Frame& frame) {
  GridRing out;
  out.reserve(ring.size());
  for (const GridPoint p : ring) out.push_back(frame.place(p));
  return out;
}

void append_number(std::string& out, std::int32_t number, bool first) {
  if (!first && number >= 0) out += ' ';
  out += std::to_string(number);
}

// "M12 34l1-2 3 4z": relative and without needless separators.
void append_path(std::string& out, const GridRing& line, bool close) {
  if (line.size() < 2) return;
  out += 'M';
  append_number(out, line[0].x, true);
  append_number(out, line[0].y, false);
  out += 'l';
  bool first = true;
  for (std::size_t i = 1; i < line.size(); ++i) {
    append_number(out, line[i].x - line[i - 1].x, first);
    append_number(out, line[i].y - line[i - 1].y, false);
    first = false;
  }
  if (close) out += 'z';
}

double twice_ring_area(const GridRing& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const GridXy a = ring[i];
    const GridXy b = ring[(i + 1) % ring.size()];
    sum += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
  }
  return std::fabs(sum);
}

std::string cell_class(const Parameters& parameters, const Cell& cell) {
  switch (cell.state) {
    case CellState::missing:
      return "map__cell--missing";
    case CellState::suppressed:
      return "map__cell--withheld";
    case CellState::known:
      break;
  }
  return "map__cell--" + std::to_string(*class_of(parameters.classes, cell.value) + 1);
}

// Patterns cannot come from a style sheet of another file, so these two states name theirs in an attribute.
std::string pattern_of(const Parameters& parameters, const Cell& cell) {
  if (cell.state == CellState::missing) return "url(#" + parameters.id + "-missing)";
  if (cell.state == CellState::suppressed) return "url(#" + parameters.id + "-withheld)";
  return {};
}

void write_patterns(html::Writer& writer, const Parameters& parameters) {
  bool missing = false;
  bool withheld = false;
  for (const Cell& cell : parameters.cells) {
    missing |= cell.state == CellState::missing;
    withheld |= cell.state == CellState::suppressed;
  }
  if (!missing && !withheld) return;
  writer.open("defs");
  if (missing) {
    writer.open(
        "pattern",
        {{"id", parameters.id + "-missing"}, {"width", 12}, {"height", 12}, {"patternUnits", "userSpaceOnUse"}});
    writer.element("rect", {{"width", 12}, {"height", 12}, {"fill", "#ffffff"}}, {});
    writer.element("path", {{"d", "M-3 3l6-6M0 12L12 0M9 15l6-6"}, {"stroke", "#505a5f"}, {"stroke-width", 2}}, {});
    writer.close("pattern");
  }
  if (withheld) {
    writer.open(
        "pattern",
        {{"id", parameters.id + "-withheld"}, {"width", 12}, {"height", 12}, {"patternUnits", "userSpaceOnUse"}});
    writer.element("rect", {{"width", 12}, {"height", 12}, {"fill", "#f3f2f1"}}, {});
    writer.element("circle", {{"cx", 6}, {"cy", 6}, {"r", 2}, {"fill", "#505a5f"}}, {});
    writer.close("pattern");
  }
  writer.close("defs");
}

struct Drawing {
  std::vector<std::size_t> first_ring;  // of each cell, and the end
  std::vector<std::size_t> groups;      // of each cell
  bool several_groups = false;
  std::size_t path_bytes = 0;  // of the last draw()
};

html::Markup draw(const Parameters& parameters, const Frame& frame, Drawing& drawing, Topology& topology,
                  std::size_t points, std::string_view language) {
  topology.simplify(points);
  drawing.path_bytes = 0;
  const std::string title_id = parameters.id + "-title";
  const std::string description_id = parameters.id + "-description";
  html::Writer writer(language);
  const bool described = !parameters.description.empty();
  html::Attributes svg{{"class", "map"},
                       {"id", parameters.id},
                       {"xmlns", "http://www.w3.org/2000/svg"},
                       {"width", frame.width / kUnitsPerPixel},
                       {"viewBox", "0 0 " + std::to_string(frame.width) + " " + std::to_string(frame.height)},
                       {"role", parameters.links ? "group" : "img"},
                       {"aria-labelledby", title_id}};
  if (described) svg.emplace_back("aria-describedby", description_id);
  writer.open("svg", svg);
  writer.element("title", {{"id", title_id}}, html::Content(parameters.title.plain(language)));
  if (described)
    writer.element("desc", {{"id", description_id}}, html::Content(parameters.description.plain(language)));
  write_patterns(writer, parameters);

  writer.open("g", {{"class", "map__cells"}});
  for (std::size_t c = 0; c < parameters.cells.size(); ++c) {
    const Cell& cell = parameters.cells[c];
    std::vector<GridRing> rings;
    double largest = 0;
    for (std::size_t r = drawing.first_ring[c]; r < drawing.first_ring[c + 1]; ++r) {
      rings.push_back(topology.ring(r));
      largest = std::max(largest, twice_ring_area(rings.back()));
    }
    std::string path;
    for (const GridRing& ring : rings) {
      const double area = twice_ring_area(ring);
      if (area < 8 && area < largest) continue;  // an islet below one pixel beside something larger
      append_path(path, ring, true);
    }
    if (path.empty()) continue;
    drawing.path_bytes += path.size();
    const bool linked = parameters.links && !cell.url.empty();
    if (linked) writer.open("a", {{"href", cell.url}});
    html::Attributes attributes{{"class", cell_class(parameters, cell)}, {"d", path}};
    if (const std::string pattern = pattern_of(parameters, cell); !pattern.empty())
      attributes.emplace_back("fill", pattern);
    writer.open("path", attributes);
    writer.element("title", html::Content(cell.label + ": " + cell.value_text));
    writer.close("path");
    if (linked) writer.close("a");
  }
  writer.close("g");

  if (drawing.several_groups) {
    std::string path;
    for (const GridRing& border : topology.borders(drawing.groups)) append_path(path, border, false);
    drawing.path_bytes += path.size();
    writer.element("path", {{"class", "map__border"}, {"d", path}, {"fill", "none"}}, {});
  }
  if (!parameters.outlines.empty()) {
    std::vector<GridRing> outline;
    std::vector<std::size_t> owner;
    for (std::size_t o = 0; o < parameters.outlines.size(); ++o) {
      for (const auto& ring : project(parameters.outlines[o])) {
        outline.push_back(place(ring, frame));
        owner.push_back(o);
      }
    }
    Topology outlines(outline, owner);
    outlines.simplify(points / 4);
    std::string path;
    for (std::size_t r = 0; r < outline.size(); ++r) append_path(path, outlines.ring(r), true);
    writer.element("path", {{"class", "map__outline"}, {"d", path}, {"fill", "none"}}, {});
  }
  writer.close("svg");
  return writer.take();
}

}  // namespace

std::optional<std::size_t> class_of(const std::vector<Class>& classes, double value) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (value >= classes[i].lower && value <= classes[i].upper) return i;
  return std::nullopt;
}

std::string Parameters::fault() const {
  if (id.empty()) return "A map needs an id.";
  for (const char c : id)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'))
      return "A map's id holds letters, digits and hyphens only.";
  if (title.empty()) return "A map needs a title.";
  if (classes.size() > kMaximumClasses) return "A map has five classes at most.";
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (!(classes[i].lower <= classes[i].upper)) return "A class of a map ends before it begins.";
    if (i > 0 && classes[i].lower < classes[i - 1].upper) return "The classes of a map must rise.";
  }
  if (width < 100 || maximum_height < 100) return "A map is at least 100 units wide and high.";
  bool drawn = false;
  for (const Cell& cell : cells) {
    drawn |= !cell.shape.empty();
    if (cell.state == CellState::known && !class_of(classes, cell.value))
      return "The value of " + cell.label + " (" + cell.value_text + ") lies in no class of the map.";
  }
  if (!drawn) return "None of the areas of the map has a boundary.";
  return {};
}

Result<html::Markup> render(const Parameters& parameters, std::string_view language) {
  if (const std::string fault = parameters.fault(); !fault.empty()) return invalid(fault);

  std::vector<ProjectedRings> projected;
  projected.reserve(parameters.cells.size());
  for (const Cell& cell : parameters.cells) projected.push_back(project(cell.shape));
  const Frame frame = frame_of(projected, parameters.width, parameters.maximum_height);

  Drawing drawing;
  std::vector<GridRing> rings;
  std::vector<std::size_t> cell_of_ring;
  std::map<std::string, std::size_t> group_numbers;
  for (std::size_t c = 0; c < parameters.cells.size(); ++c) {
    drawing.first_ring.push_back(rings.size());
    for (const auto& ring : projected[c]) {
      rings.push_back(place(ring, frame));
      cell_of_ring.push_back(c);
    }
    drawing.groups.push_back(group_numbers.try_emplace(parameters.cells[c].group, group_numbers.size()).first->second);
  }
  drawing.first_ring.push_back(rings.size());
  drawing.several_groups = group_numbers.size() > 1;
  Topology topology(rings, cell_of_ring);
  std::size_t points = parameters.point_budget;
  html::Markup drawn = draw(parameters, frame, drawing, topology, points, language);
  // Each step takes off what is too much of the paths; what is not path cannot shrink.
  for (int step = 0; step < 6 && drawn.text().size() > parameters.byte_budget; ++step) {
    const std::size_t least = 3 * rings.size();
    if (points <= least) break;
    const double paths = static_cast<double>(drawing.path_bytes);
    const double wanted = paths - static_cast<double>(drawn.text().size() - parameters.byte_budget);
    const double kept = static_cast<double>(std::min(points, topology.point_count()));
    points = std::max(least, static_cast<std::size_t>(kept * std::clamp(wanted / paths, 0.3, 0.95)));
    drawn = draw(parameters, frame, drawing, topology, points, language);
  }
  return drawn;
}

std::vector<LegendRow> legend(const Parameters& parameters, std::string_view language) {
  std::vector<LegendRow> rows;
  for (std::size_t i = 0; i < parameters.classes.size(); ++i)
    rows.push_back({"map__key--" + std::to_string(i + 1), parameters.classes[i].text, 0, parameters.classes[i].cells});
  std::size_t missing = 0;
  std::size_t withheld = 0;
  for (const Cell& cell : parameters.cells) {
    if (cell.state == CellState::missing) ++missing;
    if (cell.state == CellState::suppressed) ++withheld;
    if (cell.state != CellState::known) continue;
    if (const auto index = class_of(parameters.classes, cell.value)) ++rows[*index].cells;
  }
  if (missing > 0) rows.push_back({"map__key--missing", tr("Not known").in(language).text, missing, {}});
  if (withheld > 0)
    rows.push_back({"map__key--withheld", tr("Withheld: a count under 5").in(language).text, withheld, {}});
  return rows;
}

html::Markup render_legend(const Parameters& parameters, std::string_view language) {
  html::Writer writer(language);
  writer.open("ul", {{"class", "map-legend"}});
  for (const LegendRow& row : legend(parameters, language)) {
    writer.open("li", {{"class", "map-legend__row"}});
    writer.element("span", {{"class", "map__key " + row.css_class}, {"aria-hidden", "true"}}, {});
    writer.text(" ");
    writer.put(html::Content(row.text));
    writer.text(" ");
    // A figure that says another number than what is drawn is not shown for it.
    const std::string counted = grouped(static_cast<std::int64_t>(row.cells));
    const Words number = row.figure && row.figure->text == counted ? Words(*row.figure) : Words(counted);
    writer.element("span", {{"class", "map-legend__count"}},
                   row.cells == 1 ? tr("({0} area)", {number}) : tr("({0} areas)", {number}));
    writer.close("li");
  }
  writer.close("ul");
  return writer.take();
}

}  // namespace tithing::maps
