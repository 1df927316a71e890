// What the figure kinds of analysis share: their parameters, and what a figure takes over from the crimes it rests on.
#pragma once

#include <array>

#include "slices/analysis/kinds.h"
#include "statistics/describe.h"

namespace tithing::analysis {

std::vector<figures::ParameterSpecification> usual_parameters();  // area, from, to, type, as-at
std::shared_ptr<const figures::Figure> shared(figures::Figure figure);
Result<Question> question_of(const figures::Parameters& parameters, const figures::Viewer& viewer);
figures::Address crimes_address(const figures::Parameters& parameters, const std::string& area, const std::string& from,
                                const std::string& to);
// As at, evidence version and coverage.
void inherit(figures::Figure& figure, const figures::Figure& from);
// Why there is no such figure although the question is a good one: a missing month, one LSOA alone.
std::optional<figures::Quantity> withheld(const figures::Figure& crimes, figures::Unit unit,
                                          const std::string& unit_text);
// The same figure of the parts that can be told, or of the places that the crimes it rests on can be counted for.
void offer_parts(figures::Figure& figure, const figures::Address& address, const std::vector<KnownPart>& parts);
void offer_places(figures::Figure& figure, const figures::Address& address, const figures::Figure& crimes);
// Worked out from the crimes that the working rests on, unless it says that it is something else.
void given(figures::Figure& figure, const std::string& symbol, const std::string& label, const std::string& value,
           figures::Nature nature = figures::WorkedOut{});

// Of what rests on an area's months: over how many of them it was worked out, the first of its caveats.
void given_months(figures::Figure& figure);
// Over what it was worked out, under kExtentLabels; behind everything else, so that no place before it moves.
void given_extent(figures::Figure& figure, const Extent& extent);

inline constexpr const char* kSpreadLabel =
    "spread of the simulated counts: variance = mean + a mean^2, estimated from the counts";

// A p as p_text() writes it in the figure's sentence, so that told() finds it; of a p below that its bound, which the
// label says.
void given_p(figures::Figure& figure, const std::string& label, double p);

// A p as it is shown in tables and workings: "0.0280", "0.000003".
std::string p_shown(double p);

// Where the figures of one place keep what stands beside their value (figures::part_address).
// scan-cluster: of each cluster its LSOAs, crimes, expected, ratio, log-likelihood ratio, p, Gumbel's p.
constexpr std::size_t kFirstCluster = 8, kClusterNumbers = 7;
constexpr const char* kPlaceP = "2";      // lsoa-gi, cell-gi: p
constexpr const char* kPlaceRate = "3";   // the false discovery rate
constexpr const char* kPlaceCount = "4";  // crimes there
constexpr const char* kPlaceTimes = "2";  // cell-density: times the mean

// The Lorenz curve in eight points: shares of the crimes, busiest LSOAs first, and under which labels gini keeps what
// holds them.
inline constexpr std::array kLorenzShares = {0.1, 0.2, 0.25, 0.5, 0.75, 0.8, 0.9, 1.0};
std::string lorenz_label(double share,
                         bool as_share);  // "share of the LSOAs that hold 10% of the crimes, the busiest first"
std::int64_t lorenz_places(const statistics::Concentration& concentration, double share);

// displacement: how unlike the comparison areas are.
inline constexpr const char* kSizeLabel = "times as many crimes in the comparison areas before, on average";
inline constexpr const char* kIslandsLabel = "LSOAs without a neighbour, left out";

// grid-accuracy, of the share of the cells that its address names: what stands beside the index, as it is shown.
inline constexpr const char* kHitLabel = "share of the held-out crimes in them, as it is said";
inline constexpr const char* kEfficiencyLabel = "of the best choice there could have been, as it is said";
inline constexpr const char* kRecaptureLabel = "recapture rate index, as it is said";
inline constexpr const char* kOverlapLabel = "share of the chosen cells that are chosen a month later as well";

// Adds grid-hot-spots, grid-hot-spot-crimes and grid-accuracy.
void add_grid_kinds(figures::Registry& registry, Studies& studies);

}  // namespace tithing::analysis
