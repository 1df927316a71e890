// The areas of an area's own kind beside each other (evidence/peers.h), and what the figures and the page of them
// share.
#pragma once

#include <cstdint>
#include <string>

#include "figures/registry.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/peers.h"
#include "statistics/compare.h"

namespace tithing::comparison {

using evidence::left_out_in_words;
using evidence::Peers;
using evidence::too_few_peers;

// Partnerships, districts or forces of every force that has a file of each month and sound ones of most, and of the
// area's own force, on that day. invalid for an LSOA, not_found for an unknown area.
Result<Peers> peers_of(const figures::Registry& registry, const figures::Viewer& viewer,
                       const evidence::Snapshot& snapshot, const std::string& area, Period period,
                       const std::string& type, Date as_at);

// Why the area itself is not among them, as a sentence.
std::string why_not_among(const Peers& peers, const std::string& area);

// Parameters of the figures crimes and rate.
figures::Parameters asked_of(const std::string& area, Period period, const std::string& type, const std::string& as_at);

// Draws of the ranks are counted by it: the same ranks on the page and in the figure.
constexpr std::uint64_t kRankSeed = 1;
// Decimals of a rank and of the ends of its interval: equal rates share the mean of their ranks.
int rank_decimals(const statistics::RankInterval& rank);

}  // namespace tithing::comparison
