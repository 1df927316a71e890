// The same small chart for many crime types or areas, all on one scale, so that they can be compared by eye.
#pragma once

#include <string>
#include <vector>

#include "charts/series.h"

namespace tithing::charts {

struct Panel {
  std::string title;
  html::Url url = {};  // where it is shown in full
  Series series;
};

// A list; the panels flow into as many columns as there is room for. The frame's title names the list.
html::Markup small_multiples(const std::vector<Panel>& panels, const Frame& frame);

}  // namespace tithing::charts
