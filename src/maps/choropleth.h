// A choropleth as SVG drawn on the server: it prints, goes into Word, and needs no script. Its twin is a list, which
// the page sets beside it from the same rows (`legend`, and the values it was given).
//
// Projection: the British National Grid (base/national_grid.h), north up. Colours come from classes of maps.css: one
// hue, rising with the class; missing is hatched, withheld is dotted, so that neither is mistaken for a value.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "base/translation.h"
#include "base/words.h"
#include "html/html.h"

namespace tithing::maps {

constexpr std::size_t kMaximumClasses = 5;

enum class CellState { known, missing, suppressed };

struct Cell {
  std::string code = {};
  geometry::MultiPolygon shape = {};
  CellState state = CellState::missing;
  double value = 0;             // meaningful when known
  std::string label = {};       // "Bromsgrove 001A"
  std::string value_text = {};  // "61.2 per 1,000", "not known", "fewer than 5"
  html::Url url = {};           // where a click leads, or empty
  std::string group = {};  // what it belongs to ("E07000234"): borders between groups are drawn stronger. May be empty
};

// One class: values from `lower` to `upper`, both included, as the caller states them.
struct Class {
  double lower = 0;
  double upper = 0;
  std::string text = {};              // "12.1 to 20.4"
  std::optional<Numeral> cells = {};  // a figure that says how many cells are of this class; counted here without one
};

struct Parameters {
  std::string id = {};             // unique on the page; letters, digits, hyphens
  html::Content title = {};        // what is shown: "Recorded crime per 1,000 people, January to November 2022"
  html::Content description = {};  // "5 classes of equal number of LSOAs; darker is higher."
  std::vector<Cell> cells = {};
  std::vector<Class> classes = {};  // rising, at most kMaximumClasses; a known value outside all of them is a problem
  std::vector<geometry::MultiPolygon> outlines =
      {};           // drawn over the cells without fill: a force area round its partnerships
  int width = 640;  // units of the drawing; the height follows from the area
  int maximum_height = 800;
  std::size_t point_budget = 7000;  // at most so many points kept over all borders; each is written for both its sides
  std::size_t byte_budget =
      60'000;         // fewer points are kept until the drawing is this small, or no border can lose more
  bool links = true;  // false: cells are no links (many cells and a list twin that holds the links)

  // Empty when it can be drawn, else one sentence that says what is wrong.
  std::string fault() const;
};

// <svg role="img" aria-labelledby=".."> or, with links, role="group" (an image's content is hidden from those who
// cannot see it). invalid with the sentence of fault().
Result<html::Markup> render(const Parameters& parameters, std::string_view language);

struct LegendRow {
  std::string css_class;  // "map__key--3"
  std::string text = {};  // "12.1 to 20.4"
  std::size_t cells = 0;
  std::optional<Numeral> figure = {};  // that says the same number
};
// The classes that were stated, then missing and withheld where there are any, each with its number of cells.
std::vector<LegendRow> legend(const Parameters& parameters, std::string_view language);
// The legend as a list with a swatch and a count in words.
html::Markup render_legend(const Parameters& parameters, std::string_view language);

// The class of a value (0 is the lowest), or nothing.
std::optional<std::size_t> class_of(const std::vector<Class>& classes, double value);

}  // namespace tithing::maps
