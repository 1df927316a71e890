// Concentration, class breaks for maps, and rolling sums.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.h"

namespace tithing::statistics {

struct LorenzPoint {
  double places = 0;  // share of places, the busiest first
  double events = 0;  // share of events on them
};

struct Concentration {
  std::size_t places = 0;
  double events = 0;
  double gini = 0;         // as usual: cannot reach 0 when there are fewer events than places
  double generalised = 0;  // Bernasco & Steenbeek (2017): max(1, places / events) (gini - 1) + 1
  // Corrected for few units: generalised m / (m - 1), m the smaller of places and events; unknown when m <= 1.
  std::optional<double> unbiased;
  std::vector<LorenzPoint> curve;  // from (0, 0) to (1, 1)
  // The least share of places, busiest first, that holds at least `share` of the events; share in (0, 1].
  double places_for(double share) const;
};

// Bernasco & Steenbeek (2017), "More places than crimes: implications for evaluating the law of crime concentration at
// place", J. Quantitative Criminology 33:451-467. `events` holds one count per place, places without events included.
// Use LSOAs or snap points as places, never addresses: police.uk has no addresses.
// Invalid: no place, no event, a value that is negative or not finite.
Result<Concentration> concentration(const std::vector<double>& events);

struct ClassBreak {
  double lower = 0;       // smallest value in the class
  double upper = 0;       // largest value in the class
  std::size_t count = 0;  // how many values it holds; never 0
};

struct ClassBreaks {
  std::vector<ClassBreak> classes;  // rising; at most as many as asked
  std::size_t missing = 0;          // values left out because they are unknown
  // The class of a value that was among those given; nothing for unknown or for values outside every class.
  std::optional<std::size_t> class_of(double value) const;
};

// Quantile classes: of n values the class j of k ends at the value of order ceil(n j / k). Equal values always share a
// class, so with many ties there are fewer classes than asked, and each says how many it holds. With `zero_apart`,
// zeros make the first class and the quantiles are of the rest. Values that are not finite count as missing. Invalid:
// no known value, k outside 1..12, or a value below zero with `zero_apart`.
Result<ClassBreaks> quantile_classes(const std::vector<double>& values, std::size_t k = 5, bool zero_apart = false);

// The sum of the last `window` values at each place; empty until the window is full and whenever a value in it is
// missing: a missing month is not zero. Window 0 gives all empty.
std::vector<std::optional<double>> rolling_sums(const std::vector<std::optional<double>>& values,
                                                std::size_t window = 12);

}  // namespace tithing::statistics
