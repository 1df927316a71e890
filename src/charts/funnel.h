// Rate against population: which areas lie further from the rest than chance allows (Spiegelhalter 2005).
#pragma once

#include <string>
#include <vector>

#include "charts/frame.h"

namespace tithing::charts {

enum class Emphasis { none, outlier, highlighted };

struct FunnelArea {
  std::string label;
  double population = 0;  // > 0
  double rate = 0;
  Emphasis emphasis = Emphasis::none;
};

// Limits at one population; two points or more make the curves.
struct FunnelLimit {
  double population = 0;
  double low_95 = 0, high_95 = 0, low_998 = 0, high_998 = 0;
};

enum class PopulationScale { automatic, linear, logarithmic };

struct FunnelPlot {
  std::vector<FunnelArea> areas;
  std::vector<FunnelLimit> limits;  // in ascending order of population
  double target = 0;                // the rate of all
  std::string rate_unit;            // "crimes per 1,000 people"
  std::string population_unit;      // "population, mid-2020"
  int decimals = 1;
  PopulationScale scale = PopulationScale::automatic;  // logarithmic when the largest is 20 times the smallest
};

// Fewer than two areas that can be drawn, or all of them in one place: a sentence.
html::Markup funnel_plot(const FunnelPlot& plot, const Frame& frame);

// Populations at which to ask for limits, so that the curves are smooth: `count` of them over the areas' range.
std::vector<double> populations_for_limits(const std::vector<FunnelArea>& areas, int count = 40);

}  // namespace tithing::charts
