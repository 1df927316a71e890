// Private to src/charts: an SVG that is written from left to right, scales, ticks, and places for labels.
//
// No style attributes (the content security policy forbids them): only classes, see assets/styles/_charts.scss. A
// number that is not finite is a bug of the chart and throws std::logic_error, so no "nan" reaches a page.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/translation.h"
#include "charts/frame.h"

namespace tithing::charts {

enum class Form { wide, narrow };

constexpr double kFont = 13;  // of text in a drawing, in its own units
constexpr double kSmallFont = 11.5;
// Mean width of a letter of common sans-serif typefaces, in units of the font's size.
double text_width(std::string_view text, double font = kFont);

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool overlaps(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

enum class Anchor { start, middle, end };

class Drawing {
 public:
  // `suffix` keeps the ids of the two forms apart.
  Drawing(const Frame& frame, const std::string& description, std::string_view css_class, Form form, double width,
          double height);
  void line(double x1, double y1, double x2, double y2, std::string_view css_class);
  void rect(double x, double y, double width, double height, std::string_view css_class);
  void circle(double x, double y, double radius, std::string_view css_class);
  void path(std::string_view d, std::string_view css_class);
  void text(double x, double y, std::string_view words, std::string_view css_class, Anchor anchor = Anchor::start);
  void text(double x, double y, const Message& words, std::string_view css_class, Anchor anchor = Anchor::start);
  // A place for which there is no number: hatched, so that it cannot be read as zero.
  void missing(double x, double y, double width, double height);
  void triangle(double x, double y, double size, bool up, std::string_view css_class);
  void diamond(double x, double y, double size, std::string_view css_class);
  const std::string& language() const { return language_; }
  std::string take();

 private:
  std::string out_;
  std::string language_;
};

// "12.5", shortest with at most one decimal.
void append_number(std::string& out, double number);
// "M1 2" and "L3 4".
void move_to(std::string& d, double x, double y);
void line_to(std::string& d, double x, double y);

// From values to units of the drawing. Precondition: low < high, and both > 0 when logarithmic.
struct Scale {
  double low = 0, high = 1;
  double from = 0, to = 1;
  bool logarithmic = false;
  double operator()(double value) const;
};

// Round steps (1, 2, 5 times a power of ten) that cover [low, high] with about `count` steps; `whole`: no step below 1.
struct Ticks {
  std::vector<double> at;
  int decimals = 0;
  double low = 0, high = 1;  // first and last tick
};
Ticks nice_ticks(double low, double high, int count, bool whole);
// 1, 2, 5, 10, 20 .. within [low, high]
std::vector<double> logarithmic_ticks(double low, double high, int most);

// Moves labels apart so that each has `gap`, staying in [top, bottom] as far as they fit. Order is kept.
void spread(std::vector<double>& y, double gap, double top, double bottom);

// Remembers where something stands, so that a label finds a free place or none.
class Places {
 public:
  explicit Places(Box within) : within_(within) {}
  void take(const Box& box) { taken_.push_back(box); }
  // Tries right, left, above, below of (x, y) at `distance`; returns where the text begins, or nothing.
  struct Spot {
    double x, y;  // of the text's baseline
    Anchor anchor;
  };
  std::optional<Spot> find(double x, double y, double distance, std::string_view words, double font,
                           bool vertical_first);

 private:
  bool is_free(const Box& box) const;
  Box within_;
  std::vector<Box> taken_;
};

// The drawing in both forms within one element, or a sentence in its place.
html::Markup in_both_forms(const std::function<std::string(Form)>& draw);
html::Markup sentence(const Frame& frame, const Message& words);

std::string rendered(const Message& message, const std::string& language);
// Lines of at most `width` units, broken at spaces; a word is never cut.
std::vector<std::string> wrapped(const std::string& text, double width, double font = kFont);

}  // namespace tithing::charts
