// Where and when do events cluster beyond chance? Kulldorff's scan statistic with circles and time intervals.
//
// Sources: Kulldorff (1997), Communications in Statistics 26:1481-1496 (Poisson, Bernoulli); Kulldorff and others
// (1998), AJPH 88:1377 (space-time); Kulldorff and others (2005), PLoS Medicine 2:e59 (space-time permutation); Abrams,
// Kleinman & Kulldorff (2010), IJHG 9:61 (Gumbel p). Conventions follow SaTScan 10: cylinders whose circle is centred
// on a location, holds whole locations and at most half of the population; only excesses are sought.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "statistics/neighbours.h"

namespace tithing::statistics {

enum class ScanModel {
  poisson,      // cases against expected numbers
  permutation,  // cases alone: more than place and month would lead one to expect; needs two months or more
  bernoulli,    // cases against controls
};

struct ScanData {
  std::vector<Point> places;            // one per location, plane coordinates
  std::size_t periods = 1;              // months; 1 makes the scan purely spatial
  std::vector<std::uint32_t> cases;     // [location * periods + period]
  std::vector<double> expected;         // Poisson: any positive measure of what is expected, such as population
  std::vector<std::uint32_t> controls;  // Bernoulli: events of the other kind
};

struct ScanOptions {
  ScanModel model = ScanModel::poisson;
  double most_population =
      0.5;                 // of the population (Poisson: expected; permutation: cases; Bernoulli: all) in a circle
  double most_time = 0.5;  // of the periods in an interval; at least one period
  std::uint32_t least_cases = 2;
  std::size_t simulations = 999;  // 0: no p-values; otherwise 9 to 99,999
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: all. The answer does not depend on it.
  std::size_t most_clusters = 10;
  // Crimes are more uneven than Poisson's law has them: against simulations by that law every second map of such noise
  // holds a "cluster". With this the spread that the counts themselves show beyond it is estimated by moments and is
  // given to the simulations: each location and period gets a gamma number of mean 1 and variance `Scan::spread`, so
  // that counts are negative binomial. Off: as SaTScan does. Bernoulli: not used, cases are a draw of the events there
  // were.
  bool estimate_spread = false;
};

struct Cluster {
  std::uint32_t centre = 0;
  double radius = 0;                     // to the furthest location in it
  std::vector<std::uint32_t> locations;  // nearest to the centre first
  std::size_t from = 0, to = 0;          // periods, both included
  std::uint64_t observed = 0;
  double expected = 0;       // scaled so that all cases are expected somewhere
  double relative_risk = 0;  // inside over outside; 0 when all cases are inside
  double log_likelihood_ratio = 0;
  // (simulated maxima as high or higher + 1) / (simulations + 1); 1 without simulations. Equal maxima count against the
  // cluster, where SaTScan draws lots between them.
  double p = 1;
  double gumbel_p = 1;  // from a Gumbel distribution fitted to the simulated maxima; finer than p when p is small
};

struct Scan {
  std::size_t windows = 0;        // circles and intervals looked at in the data
  std::vector<Cluster> clusters;  // most likely first; later ones share no location with those before
  std::vector<double> simulated;  // maxima, in order of simulation
  double spread = 0;              // of the simulations: variance = mean + spread x mean^2; 0 is Poisson's law
};

// Locations at equal distance from a centre enter its circle together. Invalid: no location, sizes that differ, no
// case, an expected number that is negative or not finite, cases where nothing is expected, shares outside (0, 0.9], a
// single period for the permutation model, simulations out of range.
Result<Scan> scan(const ScanData& data, const ScanOptions& options = {});

// c ln(c/E) + (C-c) ln((C-c)/(C-E)) when c > E, else 0.
double poisson_log_likelihood_ratio(double cases, double expected, double all_cases);
// Of `cases` among `events`, when `all_cases` of `all_events` are cases; 0 unless the share inside is the higher.
double bernoulli_log_likelihood_ratio(double cases, double events, double all_cases, double all_events);

}  // namespace tithing::statistics
