#include "charts/funnel.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "charts/drawing.h"

namespace tithing::charts {
namespace {

bool drawable(const FunnelArea& area) {
  return std::isfinite(area.rate) && std::isfinite(area.population) && area.population > 0;
}

struct Range {
  double low = 0, high = 0;
};

Range population_range(const std::vector<FunnelArea>& areas) {
  Range range;
  bool first = true;
  for (const FunnelArea& area : areas) {
    if (!drawable(area)) continue;
    range.low = first ? area.population : std::min(range.low, area.population);
    range.high = first ? area.population : std::max(range.high, area.population);
    first = false;
  }
  return range;
}

bool is_logarithmic(const FunnelPlot& plot, const Range& range) {
  if (plot.scale != PopulationScale::automatic) return plot.scale == PopulationScale::logarithmic;
  return range.high > 20 * range.low;
}

// A curve, cut where it leaves the plot at the top or at the bottom: limits of small populations are far away.
void add_curve(std::string& d, const std::vector<FunnelLimit>& limits, double FunnelLimit::*side, const Scale& x,
               const Scale& y) {
  bool drawing = false;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const double value = limits[i].*side;
    const bool inside = std::isfinite(value) && value >= y.low && value <= y.high;
    if (i > 0 && std::isfinite(value) && std::isfinite(limits[i - 1].*side)) {
      const double before = limits[i - 1].*side;
      const bool was_inside = before >= y.low && before <= y.high;
      if (inside != was_inside) {
        const double edge = (inside ? before : value) > y.high ? y.high : y.low;
        const double share = (edge - before) / (value - before);
        const double at_x =
            x(limits[i - 1].population) + share * (x(limits[i].population) - x(limits[i - 1].population));
        if (inside) {
          move_to(d, at_x, y(edge));
          drawing = true;
        } else if (drawing) {
          line_to(d, at_x, y(edge));
        }
      }
    }
    if (inside) drawing ? line_to(d, x(limits[i].population), y(value)) : move_to(d, x(limits[i].population), y(value));
    drawing = inside;
  }
}

std::string short_number(double number) {
  if (number >= 1e6) return fixed(number / 1e6, std::fmod(number, 1e6) == 0 ? 0 : 1) + "m";
  if (number >= 1e3) return fixed(number / 1e3, std::fmod(number, 1e3) == 0 ? 0 : 1) + "k";
  return fixed(number, 0);
}

std::string draw(const FunnelPlot& plot, const Frame& frame, const std::string& description, Form form) {
  const bool wide = form == Form::wide;
  const double width = wide ? 720 : 340, top = 30, bottom = wide ? 330 : 260;
  const Range range = population_range(plot.areas);
  const bool logarithmic = is_logarithmic(plot, range);

  // All points and the target are in sight; curves may leave the plot.
  double low = plot.target, high = plot.target;
  for (const FunnelArea& area : plot.areas) {
    if (!drawable(area)) continue;
    low = std::min(low, area.rate);
    high = std::max(high, area.rate);
  }
  const double spare = (high - low) * 0.08;
  const Ticks ticks = nice_ticks(std::min(0.0, low), high + spare, wide ? 6 : 4, plot.decimals == 0);
  double axis = 0;
  for (const double at : ticks.at) axis = std::max(axis, text_width(fixed(at, ticks.decimals), kSmallFont));
  const double left = axis + 10, right = width - 14;
  const Scale y{.low = ticks.low, .high = ticks.high, .from = bottom, .to = top};
  Scale x{.low = 0, .high = range.high * 1.04, .from = left, .to = right, .logarithmic = logarithmic};
  if (logarithmic) x.low = range.low / 1.15, x.high = range.high * 1.15;

  Drawing drawing(frame, description, "tithing-funnel", form, width, bottom + 44);
  drawing.text(0, 14, plot.rate_unit, "tithing-chart__tick");
  for (const double at : ticks.at) {
    const bool zero = std::abs(at) < (ticks.high - ticks.low) * 1e-9;
    drawing.line(left, y(at), right, y(at), zero ? "tithing-chart__zero" : "tithing-chart__grid");
    drawing.text(left - 6, y(at) + 4, fixed(zero ? 0.0 : at, ticks.decimals), "tithing-chart__tick", Anchor::end);
  }
  const auto at_x =
      logarithmic ? logarithmic_ticks(x.low, x.high, wide ? 8 : 4) : nice_ticks(0, x.high, wide ? 8 : 4, true).at;
  for (const double at : at_x) {
    if (at < x.low || at > x.high) continue;
    drawing.line(x(at), bottom, x(at), bottom + 5, "tithing-chart__zero");
    drawing.text(x(at), bottom + 18, short_number(at), "tithing-chart__tick",
                 x(at) + 16 > right ? Anchor::end : Anchor::middle);
  }
  drawing.text(right, bottom + 36, plot.population_unit, "tithing-chart__tick", Anchor::end);

  std::vector<FunnelLimit> limits;
  for (const FunnelLimit& limit : plot.limits) {
    if (std::isfinite(limit.population) && limit.population >= x.low && limit.population <= x.high &&
        limit.population > 0)
      limits.push_back(limit);
  }
  std::string inner, outer;
  add_curve(inner, limits, &FunnelLimit::low_95, x, y);
  add_curve(inner, limits, &FunnelLimit::high_95, x, y);
  add_curve(outer, limits, &FunnelLimit::low_998, x, y);
  add_curve(outer, limits, &FunnelLimit::high_998, x, y);
  drawing.path(inner, "tithing-chart__limit tithing-chart__limit--inner");
  drawing.path(outer, "tithing-chart__limit");
  drawing.line(left, y(plot.target), right, y(plot.target), "tithing-chart__mean");

  Places places({left, top - 10, width, bottom});
  std::string dots;
  for (const FunnelArea& area : plot.areas) {
    if (!drawable(area)) continue;
    const double px = x(area.population), py = y(area.rate);
    places.take({px - 4, py - 4, px + 4, py + 4});
    if (area.emphasis != Emphasis::none) continue;
    move_to(dots, px, py);
    dots += "h0";  // one path of dots, by the round ends of its stroke: hundreds of areas stay small
  }
  drawing.path(dots, "tithing-chart__dots");

  // Labels of the curves stand at their right end, where they are close together and the points are few.
  const auto name_curve = [&](double FunnelLimit::*side, const char* name) {
    if (limits.empty()) return;
    const double value = limits.back().*side;
    if (!std::isfinite(value) || value < y.low || value > y.high) return;
    if (const auto spot = places.find(x(limits.back().population), y(value), 5, name, kSmallFont, true)) {
      drawing.text(spot->x, spot->y, name, "tithing-chart__tick", spot->anchor);
    }
  };

  const auto draw_emphasis = [&](Emphasis emphasis) {
    for (const FunnelArea& area : plot.areas) {
      if (!drawable(area) || area.emphasis != emphasis) continue;
      const double px = x(area.population), py = y(area.rate);
      if (emphasis == Emphasis::highlighted) {
        drawing.circle(px, py, 6, "tithing-chart__highlight");
      } else {
        drawing.diamond(px, py, 5, "tithing-chart__outlier");
      }
      const char* css_class = emphasis == Emphasis::highlighted ? "tithing-chart__label tithing-chart__label--strong"
                                                                : "tithing-chart__label";
      if (const auto spot = places.find(px, py, 9, area.label, kFont, false)) {
        drawing.text(spot->x, spot->y, area.label, css_class, spot->anchor);
      } else if (emphasis == Emphasis::highlighted) {
        // The area that the page is about is named in any case.
        const bool at_right = px + 10 + text_width(area.label) <= width;
        drawing.text(at_right ? px + 10 : px - 10, py - 8, area.label, css_class,
                     at_right ? Anchor::start : Anchor::end);
      }
    }
  };
  draw_emphasis(Emphasis::highlighted);
  name_curve(&FunnelLimit::high_998, "99.8%");
  name_curve(&FunnelLimit::high_95, "95%");
  draw_emphasis(Emphasis::outlier);
  return drawing.take();
}

std::string describe(const FunnelPlot& plot, std::size_t count, const std::string& language) {
  std::vector<std::string> outliers;
  std::string out = rendered(
      tr("{0} areas. The rate of all is {1}.", {std::to_string(count), fixed(plot.target, plot.decimals)}), language);
  for (const FunnelArea& area : plot.areas) {
    if (!drawable(area) || area.emphasis == Emphasis::none) continue;
    const std::string words = area.label + " (" + fixed(area.rate, plot.decimals) + ")";
    if (area.emphasis == Emphasis::highlighted) {
      out += " " + words + ".";
    } else {
      outliers.push_back(words);
    }
  }
  if (!outliers.empty())
    out += " " + rendered(tr("Beyond what chance allows: {0}.", {joined(outliers, ", ")}), language);
  return out;
}

}  // namespace

std::vector<double> populations_for_limits(const std::vector<FunnelArea>& areas, int count) {
  const Range range = population_range(areas);
  std::vector<double> out;
  if (range.low <= 0 || count < 2) return out;
  const double low = range.low / 1.15, high = range.high * 1.04;
  for (int i = 0; i < count; ++i) out.push_back(low * std::pow(high / low, static_cast<double>(i) / (count - 1)));
  return out;
}

html::Markup funnel_plot(const FunnelPlot& plot, const Frame& frame) {
  std::size_t count = 0;
  const FunnelArea* one = nullptr;
  bool different = false;
  for (const FunnelArea& area : plot.areas) {
    if (!drawable(area)) continue;
    ++count;
    if (one != nullptr && (area.rate != one->rate || area.population != one->population)) different = true;
    if (one == nullptr) one = &area;
  }
  if (count == 0 || !std::isfinite(plot.target))
    return sentence(frame, tr("There is nothing to draw: no area has both a rate and a population."));
  if (count == 1)
    return sentence(frame, tr("There is nothing to compare: only {0} has a rate, {1}.",
                              {one->label, fixed(one->rate, plot.decimals)}));
  if (!different)
    return sentence(frame, tr("There is nothing to compare: all {0} areas have the rate {1}.",
                              {std::to_string(count), fixed(one->rate, plot.decimals)}));
  const std::string description = frame.description.empty() ? describe(plot, count, frame.language) : frame.description;
  return in_both_forms([&](Form form) { return draw(plot, frame, description, form); });
}

}  // namespace tithing::charts
