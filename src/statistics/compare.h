// An area beside areas like it: standardised rates, the areas most alike, and the mean of a "most similar" group.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "statistics/poisson.h"

namespace tithing::statistics {

// One age band, or any other stratum.
struct Stratum {
  std::int64_t count = 0;
  double population = 0;           // of the area
  double standard_population = 0;  // of the standard, such as the European Standard Population
};

// The rate that the area would have with the standard's make-up, `per` persons, with the interval of Dobson, Kuulasmaa,
// Eberle & Scherer (1991), Statistics in Medicine 10:457, on the exact interval of the total count. Invalid: no
// stratum, negative numbers, a stratum of the standard in which the area has nobody, a standard that is empty.
Result<Rate> directly_standardised_rate(const std::vector<Stratum>& strata, double per = 1000,
                                        double confidence = 0.95);

struct NearArea {
  std::size_t area = 0;
  double distance = 0;
  std::vector<double> differences;  // standardised, other less own, one for each characteristic used
};

struct NearAreas {
  std::vector<NearArea> areas;        // nearest first
  std::vector<std::size_t> used;      // characteristics; those the same everywhere cannot tell areas apart
  std::vector<double> deviations;     // of each that is used: what a difference is divided by
  std::vector<std::size_t> left_out;  // areas with an unknown characteristic
};

// The `count` areas most like `own`: each characteristic is put on the same scale (mean 0, standard deviation 1 over
// all areas with every characteristic known), and the distance is the root of the weighted squares. Not the Home
// Office's groups, whose method is not published for partnerships: show the characteristics and the distances.
// characteristics[area][k]. Invalid: no area, lists of different lengths, own unknown or out of range, weights that are
// negative or all zero.
Result<NearAreas> nearest_areas(const std::vector<std::vector<std::optional<double>>>& characteristics, std::size_t own,
                                std::size_t count, const std::vector<double>& weights = {});

struct GroupMean {
  double mean = 0;  // of the known rates, each counting once however large its area: HMICFRS's convention
  std::size_t known = 0;
  std::size_t unknown = 0;           // members without a rate, left out and to be said
  std::optional<double> own;         // the area's own rate
  std::optional<double> difference;  // own less mean
};

// The unweighted mean of the rates of a "most similar" group, own area included whether or not the list names it. Lists
// are not symmetric: that B is on A's list does not put A on B's. Invalid: indices out of range, no known rate.
Result<GroupMean> most_similar_mean(const std::vector<std::optional<double>>& rates, std::size_t own,
                                    const std::vector<std::size_t>& members);

}  // namespace tithing::statistics
