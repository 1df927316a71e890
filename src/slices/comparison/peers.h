// The areas of one kind beside each other, with what is known of each: counts of a period and residents.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "figures/registry.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/extent.h"
#include "statistics/funnel.h"

namespace tithing::comparison {

struct Peers {
  std::vector<const register_::Area*> areas;         // by name; those with whole counts and a population
  std::vector<statistics::Observed> observed;        // crimes over residents
  std::vector<const register_::Area*> left_out;      // a month is missing, a count is withheld, or the population is not known
  std::optional<std::size_t> own;                    // place in `areas`
  // Forces that have files, but not of every month: none of their areas is among those compared, and the page says so. One month of
  // another force, imported for itself, must not take everybody's comparison away.
  std::vector<std::string> forces_without;
  // Of all areas of the kind in the forces that have a file of every month, and of their crimes as far as they are known: of an area with
  // missing months those that are there, of a withheld count none.
  evidence::Extent extent;
};
// "North Worcestershire is left out, because a month ..": why those are missing; empty where nobody is.
std::string left_out_in_words(const Peers& peers);
// Why nothing is ranked or compared: fewer than kLeastShare of the areas or of their crimes are known. Nothing where enough are.
std::optional<std::string> too_few_peers(const Peers& peers);
// Partnerships, districts or forces of every force that has a file of each month, and of the area's own force, on that day. invalid for an LSOA, not_found for an
// unknown area.
Result<Peers> peers_of(const figures::Registry& registry, const figures::Viewer& viewer, const evidence::Snapshot& snapshot, const std::string& area, Period period,
                       const std::string& type, Date as_at);

// Parameters of the figures crimes and rate.
figures::Parameters asked_of(const std::string& area, Period period, const std::string& type, const std::string& as_at);

// Draws of the ranks are counted by it: the same ranks on the page and in the figure.
constexpr std::uint64_t kRankSeed = 1;
// Decimals of a rank and of the ends of its interval: equal rates share the mean of their ranks.
int rank_decimals(const statistics::RankInterval& rank);

}  // namespace tithing::comparison
