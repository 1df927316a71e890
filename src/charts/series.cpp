#include "charts/series.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/text.h"
#include "charts/drawing.h"

namespace tithing::charts {
namespace {

constexpr double kTop = 30;  // room above the plot for the unit
constexpr double kPoint = 3.2;
constexpr std::size_t kMostDots = 60;  // beyond that only the line

bool known(const SeriesPoint& point) { return point.value && std::isfinite(*point.value); }

struct Extent {
  std::size_t known = 0;
  double least = 0, most = 0;  // of the values
  std::size_t least_at = 0, most_at = 0, last_at = 0;
};

Extent extent_of(const Series& series) {
  Extent extent;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    if (!known(series.points[i])) continue;
    const double value = *series.points[i].value;
    if (extent.known == 0 || value < extent.least) extent.least = value, extent.least_at = i;
    if (extent.known == 0 || value > extent.most) extent.most = value, extent.most_at = i;
    extent.last_at = i;
    ++extent.known;
  }
  return extent;
}

void include(double& low, double& high, const std::optional<double>& value) {
  if (!value || !std::isfinite(*value)) return;
  low = std::min(low, *value);
  high = std::max(high, *value);
}

// Everything that is drawn, and zero.
std::pair<double, double> range_of(const Series& series) {
  double low = 0, high = 0;
  for (const SeriesPoint& point : series.points) {
    include(low, high, point.value);
    include(low, high, point.low);
    include(low, high, point.high);
  }
  for (const Limits& limits : series.limits) {
    include(low, high, limits.mean);
    include(low, high, limits.lower);
    include(low, high, limits.upper);
  }
  return {low, high};
}

void check(const Series& series) {
  for (std::size_t i = 1; i < series.points.size(); ++i) {
    if (series.points[i].month.index() != series.points[i - 1].month.index() + 1) {
      throw std::logic_error("a chart's months do not follow each other; a missing month is a point without a value");
    }
  }
  for (const Limits& limits : series.limits) {
    if (limits.begin > limits.end || limits.end > series.points.size())
      throw std::logic_error("limits lie outside the series");
  }
}

std::string month_word(Month month) { return month.short_text().substr(0, 3); }

// The plot and what is drawn on it.
struct Plot {
  double left, right, top, bottom;
  std::size_t count;
  Scale y;
  double slot() const { return (right - left) / static_cast<double>(count); }
  double edge(std::size_t i) const { return left + slot() * static_cast<double>(i); }
  double x(std::size_t i) const { return left + slot() * (static_cast<double>(i) + 0.5); }
};

void draw_missing(Drawing& drawing, const Series& series, const Plot& plot) {
  for (std::size_t i = 0; i < plot.count; ++i) {
    if (known(series.points[i])) continue;
    std::size_t end = i;
    while (end < plot.count && !known(series.points[end])) ++end;
    drawing.missing(plot.edge(i), plot.top, plot.edge(end) - plot.edge(i), plot.bottom - plot.top);
    i = end;
  }
}

void draw_interval_band(Drawing& drawing, const Series& series, const Plot& plot) {
  const auto has = [&](std::size_t i) {
    const SeriesPoint& point = series.points[i];
    return point.low && point.high && std::isfinite(*point.low) && std::isfinite(*point.high);
  };
  for (std::size_t i = 0; i < plot.count; ++i) {
    if (!has(i)) continue;
    std::size_t end = i;
    while (end < plot.count && has(end)) ++end;
    if (end - i == 1) {
      drawing.line(plot.x(i), plot.y(*series.points[i].low), plot.x(i), plot.y(*series.points[i].high),
                   "tithing-chart__whisker");
    } else {
      std::string d;
      for (std::size_t k = i; k < end; ++k)
        k == i ? move_to(d, plot.x(k), plot.y(*series.points[k].high))
               : line_to(d, plot.x(k), plot.y(*series.points[k].high));
      for (std::size_t k = end; k-- > i;) line_to(d, plot.x(k), plot.y(*series.points[k].low));
      drawing.path(d + "Z", "tithing-chart__interval");
    }
    i = end;
  }
}

void draw_limits(Drawing& drawing, const Series& series, const Plot& plot) {
  for (const Limits& limits : series.limits) {
    const double from = plot.edge(limits.begin), to = plot.edge(limits.end);
    for (const auto& limit : {limits.lower, limits.upper}) {
      if (limit) drawing.line(from, plot.y(*limit), to, plot.y(*limit), "tithing-chart__limit");
    }
    drawing.line(from, plot.y(limits.mean), to, plot.y(limits.mean), "tithing-chart__mean");
  }
}

void draw_line(Drawing& drawing, const Series& series, const Plot& plot) {
  std::string d;
  for (std::size_t i = 0; i < plot.count; ++i) {
    if (!known(series.points[i])) continue;
    const double y = plot.y(*series.points[i].value);
    if (i > 0 && known(series.points[i - 1])) {
      line_to(d, plot.x(i), y);
    } else {
      move_to(d, plot.x(i), y);
    }
  }
  drawing.path(d, "tithing-chart__line");
  for (std::size_t i = 0; i < plot.count; ++i) {
    const SeriesPoint& point = series.points[i];
    if (!known(point)) continue;
    const double x = plot.x(i), y = plot.y(*point.value);
    const bool alone =
        (i == 0 || !known(series.points[i - 1])) && (i + 1 == plot.count || !known(series.points[i + 1]));
    switch (point.mark) {
      case Mark::high:
        drawing.triangle(x, y, 6.5, true, "tithing-chart__signal");
        break;
      case Mark::low:
        drawing.triangle(x, y, 6.5, false, "tithing-chart__signal");
        break;
      case Mark::run:
        drawing.diamond(x, y, 6, "tithing-chart__signal");
        break;
      case Mark::none:
        if (point.provisional) {
          drawing.circle(x, y, kPoint + 0.6, "tithing-chart__point tithing-chart__point--provisional");
        } else if (alone || plot.count <= kMostDots) {
          drawing.circle(x, y, kPoint, "tithing-chart__point");
        }
        break;
    }
  }
}

// The word once for each run of the same signal, where there is room; the description and the table name them all.
void draw_signal_words(Drawing& drawing, const Series& series, const Plot& plot) {
  Places places({plot.left, plot.top - 14, plot.right, plot.bottom});
  for (std::size_t i = 0; i < plot.count; ++i) {
    if (!known(series.points[i])) continue;
    const double x = plot.x(i), y = plot.y(*series.points[i].value);
    places.take({x - 6, y - 6, x + 6, y + 6});
  }
  for (std::size_t i = 0; i < plot.count; ++i) {
    const SeriesPoint& point = series.points[i];
    if (!known(point) || point.mark == Mark::none || point.signal.empty()) continue;
    if (i > 0 && series.points[i - 1].mark == point.mark && series.points[i - 1].signal == point.signal) continue;
    if (const auto spot = places.find(plot.x(i), plot.y(*point.value), 9, point.signal, kSmallFont, true)) {
      drawing.text(spot->x, spot->y, point.signal, "tithing-chart__signal-word", spot->anchor);
    }
  }
}

void draw_y_axis(Drawing& drawing, const Ticks& ticks, const Plot& plot) {
  for (const double at : ticks.at) {
    const bool zero = std::abs(at) < (ticks.high - ticks.low) * 1e-9;
    drawing.line(plot.left, plot.y(at), plot.right, plot.y(at), zero ? "tithing-chart__zero" : "tithing-chart__grid");
    drawing.text(plot.left - 6, plot.y(at) + 4, fixed(zero ? 0.0 : at, ticks.decimals), "tithing-chart__tick",
                 Anchor::end);
  }
}

void draw_months(Drawing& drawing, const Series& series, const Plot& plot) {
  int step = 12;
  for (const int candidate : {1, 2, 3, 6}) {
    if (plot.slot() * candidate >= 30) {
      step = candidate;
      break;
    }
  }
  // Years alone have to keep their distance too.
  const int years = std::max(1, static_cast<int>(std::ceil(34 / (plot.slot() * 12))));
  bool first = true;
  for (std::size_t i = 0; i < plot.count; ++i) {
    const Month month = series.points[i].month;
    const bool shown = (month.month() - 1) % step == 0;
    if (shown && step < 12)
      drawing.text(plot.x(i), plot.bottom + 16, month_word(month), "tithing-chart__tick", Anchor::middle);
    const bool january = month.month() == 1;
    if (step < 12 ? shown && (january || first) : january && month.year() % years == 0) {
      // The first year is left out where the next one would run into it.
      const bool room = january || static_cast<double>(13 - month.month()) * plot.slot() >= 34 ||
                        plot.count < static_cast<std::size_t>(14 - month.month());
      if (room) {
        drawing.text(plot.x(i), plot.bottom + (step < 12 ? 32 : 16), std::to_string(month.year()),
                     "tithing-chart__tick", Anchor::middle);
      }
    }
    if (january && i > 0) drawing.line(plot.edge(i), plot.bottom, plot.edge(i), plot.bottom + 5, "tithing-chart__zero");
    if (shown) first = false;
  }
}

struct SideLabel {
  double y;
  std::string words;
  std::string css_class;
};

std::vector<SideLabel> side_labels(const Series& series, const Extent& extent, const Scale& y,
                                   const std::string& language) {
  std::vector<SideLabel> labels;
  const auto number = [&](double value) { return fixed(value, series.decimals); };
  const double last = *series.points[extent.last_at].value;
  labels.push_back({y(last), series.name.empty() ? number(last) : series.name + " " + number(last),
                    "tithing-chart__label tithing-chart__label--strong"});
  if (!series.limits.empty()) {
    const Limits& limits = series.limits.back();
    if (limits.upper)
      labels.push_back(
          {y(*limits.upper), rendered(tr("upper {0}", {number(*limits.upper)}), language), "tithing-chart__label"});
    labels.push_back(
        {y(limits.mean), rendered(tr("mean {0}", {number(limits.mean)}), language), "tithing-chart__label"});
    if (limits.lower)
      labels.push_back(
          {y(*limits.lower), rendered(tr("lower {0}", {number(*limits.lower)}), language), "tithing-chart__label"});
  }
  return labels;
}

// What hatching and hollow points mean, only where there are any.
void draw_key(Drawing& drawing, const Series& series, double left, double y) {
  const bool gap =
      std::any_of(series.points.begin(), series.points.end(), [](const SeriesPoint& point) { return !known(point); });
  const bool provisional = std::any_of(series.points.begin(), series.points.end(),
                                       [](const SeriesPoint& point) { return known(point) && point.provisional; });
  double x = left;
  if (gap) {
    drawing.missing(x, y - 10, 18, 12);
    const std::string words =
        series.missing_words.empty() ? rendered(tr("missing"), drawing.language()) : series.missing_words;
    drawing.text(x + 23, y, words, "tithing-chart__tick");
    x += 23 + text_width(words) + 18;
  }
  if (provisional) {
    drawing.circle(x + 4, y - 4, kPoint + 0.6, "tithing-chart__point tithing-chart__point--provisional");
    drawing.text(x + 13, y, tr("provisional"), "tithing-chart__tick");
  }
}

bool needs_key(const Series& series) {
  return std::any_of(series.points.begin(), series.points.end(),
                     [](const SeriesPoint& point) { return !known(point) || point.provisional; });
}

std::string draw(const Series& series, const Frame& frame, const std::string& description, const Extent& extent,
                 Form form) {
  const double width = form == Form::wide ? 720 : 340;
  const double plot_height = form == Form::wide ? 210 : 190;
  const auto [low, high] = range_of(series);
  const Ticks ticks = nice_ticks(low, high, form == Form::wide ? 5 : 4, series.decimals == 0);
  Plot plot{};
  plot.count = series.points.size();
  plot.top = kTop;
  plot.bottom = kTop + plot_height;
  plot.y = {.low = ticks.low, .high = ticks.high, .from = plot.bottom, .to = plot.top};
  double axis = 0;
  for (const double at : ticks.at) axis = std::max(axis, text_width(fixed(at, ticks.decimals), kSmallFont));
  plot.left = axis + 10;
  const auto labels = side_labels(series, extent, plot.y, frame.language);
  double side = 0;
  for (const SideLabel& label : labels) side = std::max(side, text_width(label.words));
  plot.right = width - side - 8;
  if (plot.right < plot.left + width * 0.4) plot.right = plot.left + width * 0.4;
  const double height = plot.bottom + 38 + (needs_key(series) ? 22 : 0);

  Drawing drawing(frame, description, "tithing-series", form, width, height);
  drawing.text(0, 14, series.unit, "tithing-chart__tick");
  draw_missing(drawing, series, plot);
  draw_y_axis(drawing, ticks, plot);
  draw_months(drawing, series, plot);
  draw_interval_band(drawing, series, plot);
  draw_limits(drawing, series, plot);
  draw_line(drawing, series, plot);
  draw_signal_words(drawing, series, plot);
  std::vector<double> y;
  for (const SideLabel& label : labels) y.push_back(label.y + 4);
  spread(y, 15, plot.top + 4, plot.bottom + 4);
  for (std::size_t i = 0; i < labels.size(); ++i)
    drawing.text(plot.right + 6, y[i], labels[i].words, labels[i].css_class);
  if (needs_key(series)) draw_key(drawing, series, plot.left, height - 6);
  return drawing.take();
}

// What stands in the place of a drawing, or nothing when it can be drawn.
Message reason_not_to_draw(const Series& series, const Extent& extent) {
  const std::string unit = series.unit.empty() ? std::string() : " " + series.unit;
  if (series.points.empty()) return tr("There is nothing to draw: no month was asked for.");
  if (extent.known == 0)
    return tr("There is nothing to draw: none of the {0} months has a value.", {std::to_string(series.points.size())});
  if (extent.known == 1) {
    return tr("There is nothing to compare: only {0} has a value, {1}.",
              {series.points[extent.last_at].month.text(), fixed(extent.most, series.decimals) + unit});
  }
  if (extent.least == extent.most) {
    return tr("There is nothing to compare: the value is {0} in each of the {1} months that have one.",
              {fixed(extent.most, series.decimals) + unit, std::to_string(extent.known)});
  }
  return {};
}

}  // namespace

std::string describe(const Series& series, const std::string& language) {
  const Extent extent = extent_of(series);
  if (extent.known == 0) return {};
  const auto say = [&](const Message& message) { return rendered(message, language); };
  const Period period{series.points.front().month, series.points.back().month};
  std::string out = say(tr("{0} months, {1}. Lowest {2} in {3}, highest {4} in {5}.",
                           {std::to_string(series.points.size()), period.text(), fixed(extent.least, series.decimals),
                            series.points[extent.least_at].month.text(), fixed(extent.most, series.decimals),
                            series.points[extent.most_at].month.text()}));
  std::vector<std::string> missing, provisional, signals;
  for (const SeriesPoint& point : series.points) {
    if (!known(point)) {
      missing.push_back(point.month.text());
      continue;
    }
    if (point.provisional) provisional.push_back(point.month.text());
    if (point.mark != Mark::none)
      signals.push_back(point.month.text() + (point.signal.empty() ? "" : " (" + point.signal + ")"));
  }
  if (!signals.empty()) out += " " + say(tr("Signals: {0}.", {joined(signals, ", ")}));
  if (!missing.empty()) out += " " + say(tr("Missing: {0}.", {joined(missing, ", ")}));
  if (!provisional.empty()) out += " " + say(tr("Provisional: {0}.", {joined(provisional, ", ")}));
  return out;
}

html::Markup series_chart(const Series& series, const Frame& frame) {
  check(series);
  const Extent extent = extent_of(series);
  if (const Message reason = reason_not_to_draw(series, extent); !reason.empty()) return sentence(frame, reason);
  const std::string description = frame.description.empty() ? describe(series, frame.language) : frame.description;
  return in_both_forms([&](Form form) { return draw(series, frame, description, extent, form); });
}

html::Markup series_panel(const Series& series, const Frame& frame, double low, double high) {
  check(series);
  const Extent extent = extent_of(series);
  const bool nothing = extent.known < 2;
  if (nothing) return sentence(frame, reason_not_to_draw(series, extent));
  constexpr double kWidth = 260, kHeight = 112;
  const Ticks ticks = nice_ticks(std::min(low, 0.0), std::max(high, 0.0), 2, series.decimals == 0);
  Plot plot{};
  plot.count = series.points.size();
  plot.top = 10;
  plot.bottom = kHeight - 22;
  plot.y = {.low = ticks.low, .high = ticks.high, .from = plot.bottom, .to = plot.top};
  double axis = 0;
  for (const double at : ticks.at) axis = std::max(axis, text_width(fixed(at, ticks.decimals), kSmallFont));
  const std::string last = fixed(*series.points[extent.last_at].value, series.decimals);
  plot.left = axis + 10;
  // As wide as the largest label of all panels, so that the months stand below each other.
  plot.right = kWidth - std::max(text_width(fixed(high, series.decimals)), text_width(last)) - 10;
  Drawing drawing(frame, frame.description.empty() ? describe(series, frame.language) : frame.description,
                  "tithing-series", Form::wide, kWidth, kHeight);
  draw_missing(drawing, series, plot);
  draw_y_axis(drawing, ticks, plot);
  draw_limits(drawing, series, plot);
  draw_line(drawing, series, plot);
  drawing.text(plot.left, plot.bottom + 16, series.points.front().month.short_text(), "tithing-chart__tick");
  drawing.text(plot.right, plot.bottom + 16, series.points.back().month.short_text(), "tithing-chart__tick",
               Anchor::end);
  drawing.text(plot.right + 6, plot.y(*series.points[extent.last_at].value) + 4, last,
               "tithing-chart__label tithing-chart__label--strong");
  return html::Markup::trusted(drawing.take());
}

Series with_control_limits(Series series, const statistics::Xmr& xmr) {
  if (xmr.points.size() != series.points.size()) throw std::logic_error("a control chart of another series");
  series.limits.clear();
  for (const statistics::XmrGroup& group : xmr.groups) {
    if (group.known == 0) continue;
    Limits limits{.begin = group.begin, .end = group.end, .mean = group.mean};
    if (group.has_limits) limits.lower = group.lower, limits.upper = group.upper;
    series.limits.push_back(limits);
  }
  for (std::size_t i = 0; i < xmr.points.size(); ++i) {
    const statistics::XmrPoint& from = xmr.points[i];
    SeriesPoint& point = series.points[i];
    point.signal = statistics::words(from.signal);
    if (from.signal == statistics::XmrSignal::none) {
      point.mark = Mark::none;
    } else if (from.signal == statistics::XmrSignal::outside) {
      point.mark = from.side > 0 ? Mark::high : Mark::low;
    } else {
      point.mark = Mark::run;
    }
  }
  return series;
}

}  // namespace tithing::charts
