// How few places hold how much: the Lorenz curve with the busiest places first, so that it bends upwards.
#pragma once

#include <string>
#include <vector>

#include "charts/frame.h"

namespace tithing::charts {

struct LorenzStep {
  double places = 0;  // share of places, the busiest first, 0..1
  double events = 0;  // share of events on them, 0..1
};

struct LorenzCurve {
  std::vector<LorenzStep> steps;  // rising, from (0, 0) to (1, 1)
  std::string place_unit;         // "LSOAs"
  std::string event_unit;         // "crimes"
};

// Two steps or more, every number between 0 and 1; otherwise a sentence.
html::Markup lorenz_chart(const LorenzCurve& curve, const Frame& frame);

}  // namespace tithing::charts
