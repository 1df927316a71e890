#include "charts/lorenz.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "charts/drawing.h"

namespace tithing::charts {
namespace {

// The first step by which half of the events are held: whole places, as in the tables beside the chart.
LorenzStep half_of(const std::vector<LorenzStep>& steps) {
  for (const LorenzStep& step : steps)
    if (step.events >= 0.5 - 1e-12) return step;
  return steps.back();
}

std::string draw(const LorenzCurve& curve, const Frame& frame, const std::string& description, Form form) {
  const double side = form == Form::wide ? 380 : 250, left = 46, top = 26, right = left + side, bottom = top + side;
  const Scale x{.low = 0, .high = 1, .from = left, .to = right};
  const Scale y{.low = 0, .high = 1, .from = bottom, .to = top};
  Drawing drawing(frame, description, "tithing-lorenz", form, form == Form::wide ? 720 : 340, bottom + 44);
  drawing.text(0, 14, tr("share of {0}", {curve.event_unit}), "tithing-chart__tick");
  for (const double at : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    drawing.line(left, y(at), right, y(at), at == 0 ? "tithing-chart__zero" : "tithing-chart__grid");
    drawing.text(left - 6, y(at) + 4, percent(at, 0), "tithing-chart__tick", Anchor::end);
    drawing.line(x(at), bottom, x(at), bottom + 5, "tithing-chart__zero");
    drawing.text(x(at), bottom + 18, percent(at, 0), "tithing-chart__tick", Anchor::middle);
  }
  drawing.text(right, bottom + 36, tr("share of {0}, the busiest first", {curve.place_unit}), "tithing-chart__tick",
               Anchor::end);
  std::string even, line;
  move_to(even, x(0), y(0));
  line_to(even, x(1), y(1));
  drawing.path(even, "tithing-chart__limit tithing-chart__limit--inner");
  for (std::size_t i = 0; i < curve.steps.size(); ++i)
    i == 0 ? move_to(line, x(curve.steps[i].places), y(curve.steps[i].events))
           : line_to(line, x(curve.steps[i].places), y(curve.steps[i].events));
  drawing.path(line, "tithing-chart__line");
  const LorenzStep half = half_of(curve.steps);
  drawing.line(left, y(half.events), x(half.places), y(half.events), "tithing-chart__mean");
  drawing.line(x(half.places), y(half.events), x(half.places), bottom, "tithing-chart__mean");
  drawing.circle(x(half.places), y(half.events), 4, "tithing-chart__highlight");
  drawing.text(x(half.places) + 10, y(half.events) + 18, tr("half in {0}", {percent(half.places, 1)}),
               "tithing-chart__label tithing-chart__label--strong");
  drawing.text(right - 6, y(0.08), tr("dotted: evenly spread"), "tithing-chart__tick", Anchor::end);
  return drawing.take();
}

}  // namespace

html::Markup lorenz_chart(const LorenzCurve& curve, const Frame& frame) {
  const bool fine =
      curve.steps.size() >= 2 && std::all_of(curve.steps.begin(), curve.steps.end(), [](const LorenzStep& step) {
        return step.places >= 0 && step.places <= 1 + 1e-9 && step.events >= 0 && step.events <= 1 + 1e-9;
      });
  if (!fine) return sentence(frame, tr("There is nothing to draw a curve of."));
  std::string description = frame.description;
  if (description.empty())
    description = rendered(tr("Half of all {0} are in {1} of {2}, the busiest first.",
                              {curve.event_unit, percent(half_of(curve.steps).places, 1), curve.place_unit}),
                           frame.language);
  return in_both_forms([&](Form form) { return draw(curve, frame, description, form); });
}

}  // namespace tithing::charts
