// Maps of pure chance, and chance with something planted in it: what a method is held against before it may call a
// place a hot spot. A method that holds its level calls something on at most so many of the maps as it says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/random.h"
#include "statistics/neighbours.h"

namespace tithing::statistics {

// A number of events with this mean; its variance is mean + spread x mean^2: Poisson for 0, else negative binomial (a
// Poisson number whose mean is a gamma number).
double noise_count(CounterRandom& random, double mean, double spread = 0);
// A gamma number with this shape and mean 1, by Marsaglia & Tsang (2000).
double gamma_number(CounterRandom& random, double shape);

struct NoiseGrid {
  std::size_t side = 50;    // cells along each side
  double mean = 1;          // events in a cell
  double spread = 0;        // see noise_count
  std::size_t planted = 0;  // a block of so many cells square, off the middle; 0: none
  double times = 1;         // what the block's mean is multiplied by
  std::uint64_t seed = 1;   // each map takes its numbers from (seed, number of the map)
};
std::vector<double> noise_map(const NoiseGrid& grid, std::uint64_t map);
// Whether a cell is of the planted block.
bool planted_cell(const NoiseGrid& grid, std::size_t cell);
// The eight cells around each, in the order of noise_map.
NeighbourGraph eight_neighbours(std::size_t side);

// Of `of` maps `called` called something: the exact 95% interval of the share (Clopper & Pearson 1934).
std::pair<double, double> share_interval(std::size_t called, std::size_t of);

}  // namespace tithing::statistics
