#include "charts/multiples.h"

#include <algorithm>
#include <cmath>

#include "base/translation.h"
#include "charts/drawing.h"

namespace tithing::charts {

html::Markup small_multiples(const std::vector<Panel>& panels, const Frame& frame) {
  if (panels.empty()) return sentence(frame, tr("There is nothing to draw."));
  double low = 0, high = 0;
  const auto include = [&](const std::optional<double>& value) {
    if (!value || !std::isfinite(*value)) return;
    low = std::min(low, *value);
    high = std::max(high, *value);
  };
  for (const Panel& panel : panels) {
    for (const SeriesPoint& point : panel.series.points) include(point.value);
    for (const Limits& limits : panel.series.limits) {
      include(limits.mean);
      include(limits.lower);
      include(limits.upper);
    }
  }
  if (low == high) high = low + 1;
  html::Writer writer(frame.language);
  writer.open("ul", {{"class", "tithing-multiples"}, {"aria-label", frame.title.in(frame.language)}});
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const Panel& panel = panels[i];
    writer.open("li", {{"class", "tithing-multiples__panel"}}).open("p", {{"class", "tithing-multiples__title"}});
    if (panel.url.empty()) {
      writer.text(panel.title);
    } else {
      writer.element("a", {{"class", "govuk-link"}, {"href", panel.url}}, panel.title);
    }
    writer.close("p");
    const Frame inner{
        .id = frame.id + "-" + std::to_string(i + 1), .title = as_name(panel.title), .language = frame.language};
    writer.put(series_panel(panel.series, inner, low, high));
    writer.close("li");
  }
  writer.close("ul");
  return writer.take();
}

}  // namespace tithing::charts
