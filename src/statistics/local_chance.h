// What would chance have made of the surroundings of each area? The exact p of Gi, Gi* and local Moran.
//
// The z of these measures is compared with a normal distribution by custom. On sparse counts the sum of a few cells is
// far from normal and the smallest p are far too small: on pure noise of 0.1 crimes a cell nearly every map would show
// a hot spot. But if the values lay in any order, the sum of an area's neighbours would be a sum of k values drawn
// without replacement from those of the map, and there is one distribution of that sum for each k, which can be counted
// out. That p holds its level whatever the values are: few, skewed, or more spread out than Poisson's law has them.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"
#include "statistics/neighbours.h"
#include "statistics/spatial.h"

namespace tithing::statistics {

// Tails below 1e-15 are given as 1e-15.
struct LocalChance {
  double at_least = 1;  // P(a sum as high or higher)
  double at_most = 1;   // P(a sum as low or lower)
  // Both sides: the nearer tail, and of the other side as much as is no more probable (Blaker 2000). Where values lie
  // on no common lattice: twice the nearer tail.
  double p = 1;
  int side = 0;  // 1: the upper tail is the smaller one (hot), -1: the lower (cold), 0: equal
};

struct LocalChances {
  std::vector<std::optional<LocalChance>> areas;            // empty where an area has no neighbour
  std::vector<std::optional<double>> false_discovery_rate;  // Benjamini & Hochberg over those that have a p
  // False where values were rounded to a lattice for the count, always against a call: p is then an upper bound.
  bool exact = true;
  // False: too few events to tell. However these values had been laid, no area could have been called at `level`.
  bool can_call = true;
};

// Star::with_self: the sum of an area and its neighbours, k + 1 draws of all values (Gi*). Star::without_self: the sum
// of the neighbours, k draws of all values but the area's own, which decides Gi and local Moran with equal weights
// (binary or row-standardised) alike. invalid: as getis_ord, and when there are so many neighbours that the count would
// take more than some seconds.
Result<LocalChances> local_chance(const std::vector<double>& values, const NeighbourGraph& graph, Star star,
                                  double level = 0.05);

// The same over several maps of the same areas, months for instance, with one false discovery rate over all of them: so
// that the chance of any call is that of the whole and does not grow with the number of maps. A map in which all values
// are equal has no p. invalid when no map has one.
Result<std::vector<LocalChances>> local_chances(const std::vector<std::vector<double>>& maps,
                                                const NeighbourGraph& graph, Star star, double level = 0.05);

}  // namespace tithing::statistics
