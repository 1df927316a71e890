// Near repeats: do events that are close in place come close in time more often than chance would have it?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "statistics/neighbours.h"

namespace tithing::statistics {

struct Event {
  Point place;           // plane coordinates, metres for instance
  std::int32_t day = 0;  // any count of days
};

enum class Distance { manhattan, straight };

struct KnoxOptions {
  // Rising edges of the bands, in the unit of the coordinates and in days. A band holds its lower edge and not its
  // upper one: [0, 0.1) is the same place, [0, 7) the same day to six days later. (The Near Repeat Calculator prints
  // bands one unit off; these are as they say.)
  std::vector<double> distance_edges{0, 0.1, 200, 400, 600};
  std::vector<std::int32_t> day_edges{0, 7, 14, 21};
  Distance distance = Distance::manhattan;
  std::size_t permutations = 999;
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all. The answer does not depend on it.
};

struct KnoxCell {
  std::uint64_t observed = 0;   // pairs of events
  double expected = 0;          // mean over the permutations
  std::optional<double> ratio;  // observed over expected; empty when nothing is expected
  double p = 1;                 // (permutations with as many pairs or more + 1) / (permutations + 1)
  double corrected_p = 1;       // by Holm (1979) over all bands: that any of them is called by chance is at most this
};

struct Knox {
  std::size_t events = 0;
  std::size_t permutations = 0;
  std::vector<std::vector<KnoxCell>> cells;  // [distance band][day band]
  // False: too few permutations for so many bands; the smallest corrected p there could be is above 0.05.
  bool can_call = true;
};

// Knox (1964), with the Monte Carlo test of near-repeat analysis (Johnson and others 2007; Ratcliffe 2009): the days
// are dealt anew among the places. Only for events that have dates: police.uk's months cannot be used, and a caller who
// has only months must refuse. Invalid: fewer than two events, places that are not numbers, edges that do not rise,
// fewer than 9 or more than 99,999 permutations, or more than 200 million pairs within reach.
Result<Knox> knox(const std::vector<Event>& events, const KnoxOptions& options = {});

}  // namespace tithing::statistics
