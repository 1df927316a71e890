#include "charts/drawing.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "base/text.h"

namespace tithing::charts {
namespace {

double finite(double number) {
  if (!std::isfinite(number)) throw std::logic_error("a chart was to draw a number that is not finite");
  return number;
}

void append_attribute(std::string& out, std::string_view name, double number) {
  out += ' ';
  out += name;
  out += "=\"";
  append_number(out, number);
  out += '"';
}

void append_class(std::string& out, std::string_view css_class) {
  out += " class=\"";
  out += css_class;
  out += '"';
}

std::string_view name_of(Anchor anchor) {
  return anchor == Anchor::start ? "start" : anchor == Anchor::middle ? "middle" : "end";
}

}  // namespace

double text_width(std::string_view text, double font) {
  const auto letters =
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return 0.56 * font * static_cast<double>(letters);
}

void append_number(std::string& out, double number) {
  char text[64];
  int length = std::snprintf(text, sizeof text, "%.1f", finite(number));
  if (length > 2 && text[length - 1] == '0') length -= 2;  // "12.0" is "12"
  std::string_view view(text, static_cast<std::size_t>(length));
  if (view == "-0") view = "0";
  out += view;
}

void move_to(std::string& d, double x, double y) {
  d += 'M';
  append_number(d, x);
  d += ' ';
  append_number(d, y);
}

void line_to(std::string& d, double x, double y) {
  d += 'L';
  append_number(d, x);
  d += ' ';
  append_number(d, y);
}

Drawing::Drawing(const Frame& frame, const std::string& description, std::string_view css_class, Form form,
                 double width, double height)
    : language_(frame.language) {
  if (frame.id.empty() || frame.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) {
    throw std::logic_error("not an id of a chart: " + frame.id);
  }
  const std::string id = frame.id + (form == Form::narrow ? "-narrow" : "");
  out_ = "<svg class=\"tithing-chart__svg ";
  out_ += css_class;
  out_ += form == Form::narrow ? " tithing-chart__svg--narrow" : " tithing-chart__svg--wide";
  out_ += "\" viewBox=\"0 0 ";
  append_number(out_, width);
  out_ += ' ';
  append_number(out_, height);
  out_ += "\" role=\"img\" aria-labelledby=\"" + id + "-title " + id + "-desc\" focusable=\"false\">";
  out_ += "<title id=\"" + id + "-title\">" + html::escaped(frame.title.in(frame.language)) + "</title>";
  out_ += "<desc id=\"" + id + "-desc\">" + html::escaped(description) + "</desc>";
}

void Drawing::line(double x1, double y1, double x2, double y2, std::string_view css_class) {
  out_ += "<line";
  append_attribute(out_, "x1", x1);
  append_attribute(out_, "y1", y1);
  append_attribute(out_, "x2", x2);
  append_attribute(out_, "y2", y2);
  append_class(out_, css_class);
  out_ += "/>";
}

void Drawing::rect(double x, double y, double width, double height, std::string_view css_class) {
  out_ += "<rect";
  append_attribute(out_, "x", x);
  append_attribute(out_, "y", y);
  append_attribute(out_, "width", std::max(0.0, finite(width)));
  append_attribute(out_, "height", std::max(0.0, finite(height)));
  append_class(out_, css_class);
  out_ += "/>";
}

void Drawing::circle(double x, double y, double radius, std::string_view css_class) {
  out_ += "<circle";
  append_attribute(out_, "cx", x);
  append_attribute(out_, "cy", y);
  append_attribute(out_, "r", radius);
  append_class(out_, css_class);
  out_ += "/>";
}

void Drawing::path(std::string_view d, std::string_view css_class) {
  if (d.empty()) return;
  out_ += "<path d=\"";
  out_ += d;
  out_ += '"';
  append_class(out_, css_class);
  out_ += "/>";
}

void Drawing::text(double x, double y, std::string_view words, std::string_view css_class, Anchor anchor) {
  out_ += "<text";
  append_attribute(out_, "x", x);
  append_attribute(out_, "y", y);
  if (anchor != Anchor::start) {
    out_ += " text-anchor=\"";
    out_ += name_of(anchor);
    out_ += '"';
  }
  append_class(out_, css_class);
  out_ += '>';
  out_ += html::escaped(words);
  out_ += "</text>";
}

void Drawing::text(double x, double y, const Message& words, std::string_view css_class, Anchor anchor) {
  const Message::Rendered rendered_words = words.in(language_);
  const std::size_t start = out_.size();
  text(x, y, rendered_words.text, css_class, anchor);
  if (rendered_words.fallback && language_ != "en") out_.insert(start + 5, " lang=\"en\"");  // after "<text"
}

void Drawing::missing(double x, double y, double width, double height) {
  if (width <= 0 || height <= 0) return;
  rect(x, y, width, height, "tithing-chart__missing");
  // Strokes from lower left to upper right, cut at the edges: no pattern, whose id would have to be unique on the page.
  constexpr double kStep = 6;
  std::string d;
  for (double offset = kStep / 2; offset < width + height; offset += kStep) {
    const double x1 = std::max(0.0, offset - height), y1 = std::min(offset, height);
    const double x2 = std::min(offset, width), y2 = std::max(0.0, offset - width);
    move_to(d, x + x1, y + y1);
    line_to(d, x + x2, y + y2);
  }
  path(d, "tithing-chart__hatch");
}

void Drawing::triangle(double x, double y, double size, bool up, std::string_view css_class) {
  const double tip = up ? -size : size;
  std::string d;
  move_to(d, x, y + tip);
  line_to(d, x + size, y - tip * 0.7);
  line_to(d, x - size, y - tip * 0.7);
  path(d + "Z", css_class);
}

void Drawing::diamond(double x, double y, double size, std::string_view css_class) {
  std::string d;
  move_to(d, x, y - size);
  line_to(d, x + size, y);
  line_to(d, x, y + size);
  line_to(d, x - size, y);
  path(d + "Z", css_class);
}

std::string Drawing::take() {
  out_ += "</svg>";
  return std::move(out_);
}

double Scale::operator()(double value) const {
  const double share = logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
  return finite(from + share * (to - from));
}

Ticks nice_ticks(double low, double high, int count, bool whole) {
  finite(low);
  finite(high);
  if (!(low < high)) high = low + 1;
  const double raw = (high - low) / std::max(1, count);
  const double power = std::pow(10, std::floor(std::log10(raw)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= raw * 0.999999) {
      step = factor * power;
      break;
    }
  }
  if (whole) step = std::max(1.0, std::round(step));
  Ticks ticks;
  ticks.decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
  const double first = std::floor(low / step + 1e-9), last = std::ceil(high / step - 1e-9);
  for (double i = first; i <= last; ++i) ticks.at.push_back(i * step);
  ticks.low = ticks.at.front();
  ticks.high = ticks.at.back();
  return ticks;
}

std::vector<double> logarithmic_ticks(double low, double high, int most) {
  std::vector<double> all;
  for (double power = std::pow(10, std::floor(std::log10(low))); power <= high; power *= 10) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor * power >= low && factor * power <= high) all.push_back(factor * power);
    }
  }
  if (static_cast<int>(all.size()) <= most) return all;
  std::vector<double> out;
  const std::size_t step = (all.size() + static_cast<std::size_t>(most) - 1) / static_cast<std::size_t>(most);
  for (std::size_t i = 0; i < all.size(); i += step) out.push_back(all[i]);
  return out;
}

void spread(std::vector<double>& y, double gap, double top, double bottom) {
  std::vector<std::size_t> order(y.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return y[a] != y[b] ? y[a] < y[b] : a < b; });
  double next = top;
  for (const std::size_t i : order) {
    y[i] = std::max(y[i], next);
    next = y[i] + gap;
  }
  double last = bottom;
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    y[*i] = std::min(y[*i], last);
    last = y[*i] - gap;
  }
}

bool Places::is_free(const Box& box) const {
  if (box.left < within_.left || box.right > within_.right || box.top < within_.top || box.bottom > within_.bottom)
    return false;
  return std::none_of(taken_.begin(), taken_.end(), [&](const Box& other) { return box.overlaps(other); });
}

std::optional<Places::Spot> Places::find(double x, double y, double distance, std::string_view words, double font,
                                         bool vertical_first) {
  const double width = text_width(words, font);
  const double up = font * 0.8, down = font * 0.25;
  struct Choice {
    Spot spot;
    Box box;
  };
  const auto right = [&](double dy) {
    const Spot spot{x + distance, y + font * 0.35 + dy, Anchor::start};
    return Choice{spot, {spot.x, spot.y - up, spot.x + width, spot.y + down}};
  };
  const auto left = [&](double dy) {
    const Spot spot{x - distance, y + font * 0.35 + dy, Anchor::end};
    return Choice{spot, {spot.x - width, spot.y - up, spot.x, spot.y + down}};
  };
  const auto above = [&] {
    const Spot spot{x, y - distance - down, Anchor::middle};
    return Choice{spot, {x - width / 2, spot.y - up, x + width / 2, spot.y + down}};
  };
  const auto below = [&] {
    const Spot spot{x, y + distance + up, Anchor::middle};
    return Choice{spot, {x - width / 2, spot.y - up, x + width / 2, spot.y + down}};
  };
  std::vector<Choice> choices;
  if (vertical_first) choices = {above(), below()};
  for (const double dy : {0.0, -font, font}) {
    choices.push_back(right(dy));
    choices.push_back(left(dy));
  }
  if (!vertical_first) {
    choices.push_back(above());
    choices.push_back(below());
  }
  for (const Choice& choice : choices) {
    if (!is_free(choice.box)) continue;
    take(choice.box);
    return choice.spot;
  }
  return std::nullopt;
}

html::Markup in_both_forms(const std::function<std::string(Form)>& draw) {
  return html::Markup::trusted("<div class=\"tithing-chart\">" + draw(Form::wide) + draw(Form::narrow) + "</div>");
}

html::Markup sentence(const Frame& frame, const Message& words) {
  html::Writer writer(frame.language);
  writer.open("p", {{"class", "govuk-body tithing-chart__sentence"}})
      .element("strong", frame.title)
      .text(" ")
      .put(words)
      .close("p");
  return writer.take();
}

std::string rendered(const Message& message, const std::string& language) { return message.in(language).text; }

std::vector<std::string> wrapped(const std::string& text, double width, double font) {
  std::vector<std::string> lines;
  for (const std::string& word : split(text, ' ')) {
    if (word.empty()) continue;
    if (lines.empty() || text_width(lines.back() + " " + word, font) > width) {
      lines.push_back(word);
    } else {
      lines.back() += " " + word;
    }
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

}  // namespace tithing::charts
