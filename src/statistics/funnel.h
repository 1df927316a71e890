// Areas beside each other: funnel plots, ranks with intervals, and empirical Bayes shrinkage of small-area rates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "statistics/poisson.h"

namespace tithing::statistics {

enum class FunnelMethod {
  exact,           // Poisson quantiles, interpolated as in Spiegelhalter (2005), appendix A.1.1
  multiplicative,  // normal limits, variance times the winsorised phi
  additive,        // normal limits, variance plus tau squared between areas (DerSimonian & Laird by phi)
};

struct FunnelOptions {
  FunnelMethod method = FunnelMethod::additive;
  double winsorise = 0.1;  // share of the z-scores pulled in at each end before phi is taken; [0, 0.5)
  // The target rate per unit of exposure; 0: all counts over all exposures.
  double target = 0;
  // phi up to 1 + 2 sqrt(2 / areas) could be chance: then limits are not widened (Spiegelhalter 2005, section 4).
  bool widen_only_if_clear = true;
};

enum class FunnelBand { unknown, far_below, below, within, above, far_above };

struct FunnelPoint {
  double rate = 0;  // per unit of exposure; not meaningful when the band is unknown
  double z = 0;     // standardised for the method chosen
  Interval limits_95;
  Interval limits_998;
  FunnelBand band = FunnelBand::unknown;  // unknown: no exposure
};

struct Funnel {
  double target = 0;
  FunnelMethod method = FunnelMethod::additive;
  double phi = 1;                   // winsorised overdispersion: mean square of the z-scores
  double tau_squared = 0;           // variance between areas, of the rate per unit of exposure
  bool widened = false;             // whether phi or tau squared is in the limits
  std::vector<FunnelPoint> points;  // in the order given
  // Limits at any exposure, for drawing the curves. `coverage` is 0.95 or 0.998 or any other in (0, 1); the lower
  // limit is never below zero.
  Interval limits_at(double exposure, double coverage) const;
};

// Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24:1185-1202.
// Areas without exposure keep their place and are `unknown`. Invalid: negative counts, exposures below zero or not
// finite, no area with exposure, no event at all and no target, options out of range.
Result<Funnel> funnel(const std::vector<Observed>& areas, const FunnelOptions& options = {});

// "far below", "below", "within what chance allows", "above", "far above", "unknown".
std::string_view words(FunnelBand band);

struct RankInterval {
  double rank = 0;  // 1 is the highest rate; equal rates share the mean of their ranks; 0 when there is no exposure
  double lower = 0;
  double upper = 0;
};

// Ranks of rates, with the interval that chance alone leaves open: each draw takes every area's rate from
// Gamma(count + 1/2, exposure) and ranks anew (Goldstein & Spiegelhalter 1996, JRSS A 159:385). The draws are counted
// by `seed`, so the answer is the same on any machine and any number of threads. Invalid as funnel, or draws outside
// [100, 100000].
Result<std::vector<RankInterval>> ranks(const std::vector<Observed>& areas, std::uint64_t seed,
                                        double confidence = 0.95, std::size_t draws = 1000);

struct Shrunk {
  double raw = 0;
  double estimate = 0;  // between raw and mean
  double weight = 0;    // of the raw rate: 0 is the mean alone, 1 the raw rate alone
  bool known = false;   // false: no exposure; then the estimate is the mean of all
};

struct Shrinkage {
  double mean = 0;      // b: all counts over all exposures
  double variance = 0;  // a: variance between areas beyond Poisson, at least zero
  std::vector<Shrunk> areas;
};

// Global empirical Bayes of Marshall (1991), Applied Statistics 40:283-294, by moments (spdep's EBest, Poisson family).
// Invalid as funnel.
Result<Shrinkage> shrink(const std::vector<Observed>& areas);

// Variance over mean of whole counts in like periods (Pearson's X^2 over its degrees of freedom), at least 1: what
// `overdispersion` elsewhere expects. Invalid: fewer than two periods, no events, a negative or non-finite value.
Result<double> overdispersion_of(const std::vector<double>& counts);

}  // namespace tithing::statistics
