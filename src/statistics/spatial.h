// Is what lies near alike? Global and local measures of spatial association on a neighbour graph.
//
// Sources: Moran (1950), Geary (1954), Cliff & Ord (1981), Getis & Ord (1992), Ord & Getis (1995), Anselin (1995),
// Sokal, Oden & Thomson (1998). All p-values are two-sided. Areas without neighbours ("islands") take no part in a
// global measure, and have no local one. Unknown values (NaN) are refused: say first what a missing month means.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "statistics/neighbours.h"

namespace tithing::statistics {

enum class Weights {
  binary,            // every neighbour counts 1
  row_standardised,  // the neighbours of an area together count 1
};

struct GlobalAssociation {
  double statistic = 0;
  double expected = 0;             // under no association
  double variance_normal = 0;      // if values were draws of one normal distribution; 0 when not defined
  double variance_randomised = 0;  // if the values seen were dealt out at random
  double z = 0;                    // by the randomisation variance
  double p = 1;                    // two-sided, of z
  double p_normal = 1;             // two-sided, by the normal variance
  std::size_t used = 0;            // areas with neighbours
  std::size_t islands = 0;         // left out
};

// Invalid, for all three: sizes that differ, values that are not numbers, fewer than four areas with neighbours, or
// values that are all equal (there is nothing to be alike in).
Result<GlobalAssociation> moran(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights);
Result<GlobalAssociation> geary(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights);
// General G of Getis & Ord: do high values lie together (z > 0) or low ones (z < 0)? Values must not be negative.
Result<GlobalAssociation> general_g(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights);

struct LocalAssociation {
  double statistic = 0;  // Ii for local Moran; the z-score itself for Gi and Gi*
  double expected = 0;
  double variance = 0;
  double z = 0;
  double p = 1;  // two-sided, analytic
};

// For each area; empty where it has no neighbour, or where the variance is zero (all others are its neighbours).
using LocalAssociations = std::vector<std::optional<LocalAssociation>>;

// Local Moran with the expectation and variance conditional on the area's own value (Sokal and others 1998), as
// spdep::localmoran does by default. Islands keep their value in the mean. Invalid as above.
Result<LocalAssociations> local_moran(const std::vector<double>& values, const NeighbourGraph& graph, Weights weights);

enum class Star {
  without_self,  // Gi
  with_self,     // Gi*
};
// Ord & Getis (1995). Values must not be negative is a rule of the general G only; a sum of neighbours is compared with
// what is expected of any numbers. Invalid as above. Weights are binary: z is the same with row-standardised ones.
Result<LocalAssociations> getis_ord(const std::vector<double>& values, const NeighbourGraph& graph, Star star);

struct PermutationOptions {
  std::size_t permutations = 999;  // 9 to 99,999
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all. The answer does not depend on it.
};

struct LocalPermutation {
  std::size_t at_least = 0;  // permutations whose neighbour sum was as high or higher
  std::size_t at_most = 0;   // as low or lower
  double p = 1;              // two-sided: 2 (min + 1) / (permutations + 1), at most 1
};

// Conditional permutation: each area keeps its value while the others are dealt to its neighbours. The order of the
// neighbour sum decides Gi, Gi* and local Moran alike, so one answer serves all three. One table of drawn areas is
// shared by all (as rgeoda and esda do). The smallest p is 2 / (permutations + 1): over many areas no such p survives a
// false discovery rate, so use it to check the analytic p, not in its place. Empty for islands. Invalid as above.
Result<std::vector<std::optional<LocalPermutation>>> conditional_permutation(const std::vector<double>& values,
                                                                             const NeighbourGraph& graph,
                                                                             const PermutationOptions& options = {});

// Benjamini & Hochberg (1995): the smallest false discovery rate at which each would be called; those without a p stay
// empty and are not counted. A p outside [0, 1] counts as 1.
std::vector<std::optional<double>> false_discovery_rate(const std::vector<std::optional<double>>& p);

}  // namespace tithing::statistics
