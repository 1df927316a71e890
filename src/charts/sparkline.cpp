#include "charts/sparkline.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "charts/drawing.h"

namespace tithing::charts {
namespace {

constexpr double kWidth = 132, kHeight = 30, kMargin = 4;

html::Markup few_words(const Frame& frame, const Message& words) {
  html::Writer writer(frame.language);
  writer.element("span", {{"class", "tithing-chart__few"}}, words);
  return writer.take();
}

}  // namespace

html::Markup sparkline(const Sparkline& line, const Frame& frame) {
  std::vector<double> known;
  for (const auto& value : line.values) {
    if (value && std::isfinite(*value)) known.push_back(*value);
  }
  if (known.empty()) return few_words(frame, tr("no month is known"));
  if (known.size() == 1) return few_words(frame, tr("only one month is known"));
  const auto [least, most] = std::minmax_element(known.begin(), known.end());
  if (*least == *most) return few_words(frame, tr("always {0}", {fixed(*least, line.decimals)}));

  double low = *least, high = *most;
  for (const auto& limit : {line.lower, line.upper}) {
    if (!limit || !std::isfinite(*limit)) continue;
    low = std::min(low, *limit);
    high = std::max(high, *limit);
  }
  if (line.from_zero) {
    low = std::min(low, 0.0);
    high = std::max(high, 0.0);
  }
  const auto count = line.values.size();
  const double slot = (kWidth - 2 * kMargin) / static_cast<double>(count);
  const auto x = [&](std::size_t i) { return kMargin + slot * (static_cast<double>(i) + 0.5); };
  const Scale y{.low = low, .high = high, .from = kHeight - kMargin, .to = kMargin};

  const std::size_t missing = count - known.size();
  std::string description = frame.description;
  if (description.empty()) {
    description =
        rendered(tr("{0} months, from {1} to {2}; lowest {3}, highest {4}.",
                    {std::to_string(count), fixed(known.front(), line.decimals), fixed(known.back(), line.decimals),
                     fixed(*least, line.decimals), fixed(*most, line.decimals)}),
                 frame.language);
    if (missing > 0)
      description += " " + rendered(tr("Months missing: {0}.", {std::to_string(missing)}), frame.language);
  }
  Drawing drawing(frame, description, "tithing-sparkline", Form::wide, kWidth, kHeight);
  if (line.lower && line.upper && std::isfinite(*line.lower) && std::isfinite(*line.upper)) {
    const double top = y(std::max(*line.lower, *line.upper));
    drawing.rect(0, top, kWidth, y(std::min(*line.lower, *line.upper)) - top, "tithing-chart__limit-band");
  }
  if (low <= 0 && high >= 0) drawing.line(0, y(0), kWidth, y(0), "tithing-chart__zero");
  std::string d;
  bool joined = false;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& value = line.values[i];
    if (!value || !std::isfinite(*value)) {
      std::size_t end = i;
      while (end < count && !(line.values[end] && std::isfinite(*line.values[end]))) ++end;
      drawing.missing(kMargin + slot * static_cast<double>(i), kMargin, slot * static_cast<double>(end - i),
                      kHeight - 2 * kMargin);
      i = end - 1;
      joined = false;
      continue;
    }
    if (joined) {
      line_to(d, x(i), y(*value));
    } else {
      move_to(d, x(i), y(*value));
      d += "h0";  // a month between two gaps is a dot, by the round ends of the stroke
    }
    joined = true;
  }
  drawing.path(d, "tithing-chart__line tithing-chart__line--fine");
  for (std::size_t i = count; i-- > 0;) {
    if (!line.values[i] || !std::isfinite(*line.values[i])) continue;
    drawing.circle(x(i), y(*line.values[i]), 2.5, "tithing-chart__last");
    break;
  }
  return html::Markup::trusted(drawing.take());
}

}  // namespace tithing::charts
