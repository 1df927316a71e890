#include "charts/intervals.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "charts/drawing.h"

namespace tithing::charts {
namespace {

bool known(const IntervalRow& row) { return row.value && std::isfinite(*row.value); }
bool has_interval(const IntervalRow& row) {
  return row.low && row.high && std::isfinite(*row.low) && std::isfinite(*row.high);
}

std::string draw(const IntervalChart& chart, const Frame& frame, const std::string& description, Form form) {
  const bool wide = form == Form::wide;
  const double width = wide ? 720 : 340;
  double low = 0, high = 0;
  bool first = !chart.from_zero;
  const auto include = [&](double value) {
    low = first ? value : std::min(low, value);
    high = first ? value : std::max(high, value);
    first = false;
  };
  double values = 0;
  for (const IntervalRow& row : chart.rows) {
    values = std::max(values, text_width(known(row) ? fixed(*row.value, chart.decimals) : row.words));
    if (!known(row)) continue;
    include(*row.value);
    if (has_interval(row)) include(*row.low), include(*row.high);
  }
  const bool reference = chart.reference && std::isfinite(*chart.reference);
  if (reference) include(*chart.reference);
  const Ticks ticks = nice_ticks(low, high, wide ? 6 : 4, chart.decimals == 0);

  // Wide: names in a column at the left. Narrow: each name on a line of its own above its interval.
  double names = 0;
  if (wide) {
    for (const IntervalRow& row : chart.rows) names = std::max(names, text_width(row.label));
    names = std::min(names, 250.0);
  }
  const double left = wide ? names + 14 : 8, right = width - values - 12;
  const Scale x{.low = ticks.low, .high = ticks.high, .from = left, .to = right};
  std::vector<std::vector<std::string>> labels;
  double height = reference ? 40 : 24;
  const double top = height;
  std::vector<double> middle;  // of each row's interval
  for (const IntervalRow& row : chart.rows) {
    labels.push_back(wrapped(row.label, wide ? names + 1 : width - 16));
    const double lines = static_cast<double>(labels.back().size());
    if (wide) {
      const double row_height = std::max(24.0, lines * 15 + 9);
      middle.push_back(height + row_height / 2);
      height += row_height;
    } else {
      middle.push_back(height + lines * 15 + 11);
      height += lines * 15 + 23;
    }
  }
  const double bottom = height;

  Drawing drawing(frame, description, "tithing-intervals", form, width, bottom + 40);
  for (const double at : ticks.at) {
    const bool zero = std::abs(at) < (ticks.high - ticks.low) * 1e-9;
    drawing.line(x(at), top, x(at), bottom, zero ? "tithing-chart__zero" : "tithing-chart__grid");
    drawing.text(x(at), bottom + 16, fixed(zero ? 0.0 : at, ticks.decimals), "tithing-chart__tick", Anchor::middle);
  }
  drawing.text(left, bottom + 34, chart.unit, "tithing-chart__tick");
  if (reference) {
    const double at = x(*chart.reference);
    const std::string words = chart.reference_label + " " + fixed(*chart.reference, chart.decimals);
    const double half = text_width(words) / 2;
    drawing.line(at, top - 6, at, bottom, "tithing-chart__mean");
    drawing.text(std::clamp(at, half, std::max(half, width - half)), top - 12, words, "tithing-chart__label",
                 Anchor::middle);
  }
  for (std::size_t i = 0; i < chart.rows.size(); ++i) {
    const IntervalRow& row = chart.rows[i];
    const char* name_class =
        row.highlighted ? "tithing-chart__label tithing-chart__label--strong" : "tithing-chart__label";
    const double lines = static_cast<double>(labels[i].size());
    for (std::size_t k = 0; k < labels[i].size(); ++k) {
      const double line = static_cast<double>(k);
      if (wide) {
        drawing.text(names, middle[i] + 4.5 + (line - (lines - 1) / 2) * 15, labels[i][k], name_class, Anchor::end);
      } else {
        drawing.text(left, middle[i] - 11 - (lines - 1 - line) * 15, labels[i][k], name_class);
      }
    }
    if (known(row)) {
      if (has_interval(row)) {
        const double from = x(*row.low), to = x(*row.high);
        const char* whisker =
            row.highlighted ? "tithing-chart__whisker tithing-chart__whisker--highlighted" : "tithing-chart__whisker";
        drawing.line(from, middle[i], to, middle[i], whisker);
        drawing.line(from, middle[i] - 4, from, middle[i] + 4, whisker);
        drawing.line(to, middle[i] - 4, to, middle[i] + 4, whisker);
      }
      if (row.highlighted) {
        drawing.circle(x(*row.value), middle[i], 6, "tithing-chart__highlight");
      } else {
        drawing.circle(x(*row.value), middle[i], 4.2, "tithing-chart__point");
      }
      drawing.text(width - 2, middle[i] + 4.5, fixed(*row.value, chart.decimals), name_class, Anchor::end);
    } else {
      drawing.missing(left, middle[i] - 6, right - left, 12);
      if (row.words.empty()) {
        drawing.text(width - 2, middle[i] + 4.5, tr("not known"), "tithing-chart__label", Anchor::end);
      } else {
        drawing.text(width - 2, middle[i] + 4.5, row.words, "tithing-chart__label", Anchor::end);
      }
    }
  }
  return drawing.take();
}

std::string describe(const IntervalChart& chart, const std::string& language) {
  const IntervalRow* least = nullptr;
  const IntervalRow* most = nullptr;
  std::size_t count = 0;
  std::string highlighted;
  for (const IntervalRow& row : chart.rows) {
    if (!known(row)) continue;
    ++count;
    if (least == nullptr || *row.value < *least->value) least = &row;
    if (most == nullptr || *row.value > *most->value) most = &row;
    if (!row.highlighted) continue;
    highlighted += " " + row.label + " " + fixed(*row.value, chart.decimals);
    if (has_interval(row)) {
      highlighted +=
          " (" +
          rendered(tr("{0} to {1}", {fixed(*row.low, chart.decimals), fixed(*row.high, chart.decimals)}), language) +
          ")";
    }
    highlighted += ".";
  }
  if (least == nullptr) return {};
  return rendered(tr("{0} areas. Lowest {1} {2}, highest {3} {4}.",
                     {std::to_string(count), least->label, fixed(*least->value, chart.decimals), most->label,
                      fixed(*most->value, chart.decimals)}),
                  language) +
         highlighted;
}

}  // namespace

html::Markup interval_chart(const IntervalChart& given, const Frame& frame) {
  IntervalChart chart = given;
  const IntervalRow* one = nullptr;
  std::size_t count = 0;
  for (IntervalRow& row : chart.rows) {
    if (!known(row) && row.words.empty()) row.words = rendered(tr("not known"), frame.language);
    if (!known(row)) continue;
    one = &row;
    ++count;
  }
  if (count == 0) return sentence(frame, tr("There is nothing to draw: no area has a value."));
  if (count == 1) {
    return sentence(frame, tr("There is nothing to compare: only {0} has a value, {1}.",
                              {one->label, fixed(*one->value, chart.decimals) + " " + chart.unit}));
  }
  const std::string description = frame.description.empty() ? describe(chart, frame.language) : frame.description;
  return in_both_forms([&](Form form) { return draw(chart, frame, description, form); });
}

}  // namespace tithing::charts
