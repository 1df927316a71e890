#include "slices/analysis/units.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace tithing::analysis {
namespace {

constexpr std::string_view kP = "p, 0 to 1";
constexpr std::string_view kShare = "share, 0 to 1";
constexpr std::string_view kOwn = "unit of the column";  // of the file's own numbers
constexpr std::string_view kScore = "points of the scale";
constexpr std::string_view kNone = "no unit";

struct Named {
  std::string_view where;  // "method/listing/name"; a part that is "*" stands for any, a listing of values is "-"
  std::string_view unit;
};

// The first that fits holds: what is special to a method comes before what a name means everywhere.
constexpr std::array kUnits = {
    // Counts, rates, ratios.
    Named{"change/*/ratio", "later rate over earlier rate"},
    Named{"change/*/mid_p_lower", "later rate over earlier rate"},
    Named{"change/*/mid_p_upper", "later rate over earlier rate"},
    Named{"change/*/exact_lower", "later rate over earlier rate"},
    Named{"change/*/exact_upper", "later rate over earlier rate"},
    Named{"interval/*/lower", "RATE"},
    Named{"interval/*/upper", "RATE"},
    Named{"ranks/*/rank", "rank, 1 the highest"},
    Named{"ranks/*/lower", "rank, 1 the highest"},
    Named{"ranks/*/upper", "rank, 1 the highest"},
    Named{"nearest/*/distance", "standard deviations"},
    Named{"nearest/nearest/*", "unit of the column"},
    Named{"funnel/-/target", "RATE"},
    Named{"shrink/*/weight", "share, 0 to 1"},
    Named{"shrink/-/variance_between_areas", "squared rate"},
    Named{"group-mean/-/difference", "RATE"},
    // Series: the file's own numbers.
    Named{"xmr/limits/points", "months or values"},
    Named{"xmr/limits/screened", "moving ranges"},
    Named{"forecast/*/mase", "errors of the year before"},
    Named{"forecast/*/against_naive", "errors of the year before"},
    Named{"forecast/*/months", "months"},
    Named{"hotspot-history/*/months", "months"},
    Named{"xmr/*/lower", kOwn},
    Named{"xmr/*/upper", kOwn},
    Named{"xmr/*/mean", kOwn},
    // Place.
    Named{"moran/-/variance", "squared statistic"},
    Named{"geary/-/variance", "squared statistic"},
    Named{"general-g/-/variance", "squared statistic"},
    Named{"moran/-/expected", kNone},
    Named{"geary/-/expected", kNone},
    Named{"general-g/-/expected", kNone},
    Named{"kde/-/cell", "metres"},
    Named{"kde/-/columns", "cells"},
    Named{"kde/-/rows", "cells"},
    Named{"kde/*/density", "events per square metre"},
    Named{"kde/-/points", "points"},
    Named{"gini/lorenz/places", kShare},
    Named{"gini/lorenz/events", kShare},
    Named{"gini/-/events", "events"},
    Named{"gini/-/gini", "0 even to 1 all in one"},
    Named{"*/*/generalised_gini", "0 even to 1 all in one"},
    Named{"*/*/unbiased_gini", "0 even to 1 all in one"},
    // Place and time.
    Named{"hotspot-accuracy/chosen/score", kOwn},
    Named{"hotspot-accuracy/*/later", "events"},
    Named{"scan/clusters/radius", "metres"},
    Named{"scan/clusters/relative_risk", "risk inside over outside"},
    Named{"knox/*/ratio", "observed over expected"},
    Named{"displacement/-/control_weight", "treated over comparison"},
    Named{"displacement/-/relative", "change over expected"},
    Named{"displacement/-/relative_lower", "change over expected"},
    Named{"displacement/-/relative_upper", "change over expected"},
    Named{"displacement/-/lower", "events"},
    Named{"displacement/-/upper", "events"},
    Named{"displacement/-/total", "events"},
    Named{"displacement/-/local", "events"},
    Named{"displacement/-/around", "events"},
    Named{"displacement/-/standard_error", "events"},
    Named{"displacement/groups/rows", "rows"},
    // Scores and harm.
    Named{"priorities/items/score", kScore},
    Named{"priorities/scores/weight", kShare},
    Named{"priorities/scores/value", kScore},
    Named{"priorities/scores/low", kScore},
    Named{"priorities/scores/high", kScore},
    Named{"priorities/what_puts_another_first/*", kShare},
    Named{"priorities/*/rank", "rank, 1 the first"},
    Named{"priorities/*/best_rank", "rank, 1 the first"},
    Named{"priorities/*/worst_rank", "rank, 1 the first"},
    Named{"priorities/-/spread_of_weights", kShare},
    Named{"harm/-/low", "points of the index"},
    Named{"harm/-/high", "points of the index"},
    Named{"harm/-/estimate", "points of the index"},
    Named{"harm/-/spread", "highest over lowest weight"},
    Named{"harm/*/weight", "points of the index"},
    // Names that mean the same everywhere.
    Named{"*/*/p", kP},
    Named{"*/*/normal_p", kP},
    Named{"*/*/exact_p", kP},
    Named{"*/*/mid_p", kP},
    Named{"*/*/e_test_p", kP},
    Named{"*/*/gumbel_p", kP},
    Named{"*/*/corrected_p", kP},
    Named{"*/*/permutation_p", kP},
    Named{"*/*/false_discovery_rate", "rate, 0 to 1"},
    Named{"*/*/level", "rate, 0 to 1"},
    Named{"*/*/confidence", kShare},
    Named{"*/*/z", "standard errors"},
    Named{"*/*/wheeler_z", "standard errors"},
    Named{"*/*/statistic", kNone},
    Named{"*/*/variance_normal", "squared statistic"},
    Named{"*/*/log_likelihood_ratio", "natural logarithms"},
    Named{"*/*/spread_beyond_poisson", "squared means"},
    Named{"*/*/overdispersion_phi", "variance over Poisson's"},
    Named{"*/*/overdispersion", "variance over Poisson's"},
    Named{"*/*/tau_squared", "squared rate"},
    Named{"*/*/per", "of exposure"},
    Named{"*/*/rate", "RATE"},
    Named{"*/*/own_rate", "RATE"},
    Named{"*/*/crude_rate", "RATE"},
    Named{"*/*/standardised_rate", "RATE"},
    Named{"*/*/raw", "RATE"},
    Named{"*/*/target", "RATE"},
    Named{"*/*/lower_95", "RATE"},
    Named{"*/*/upper_95", "RATE"},
    Named{"*/*/lower_998", "RATE"},
    Named{"*/*/upper_998", "RATE"},
    Named{"*/*/lower", "RATE"},
    Named{"*/*/upper", "RATE"},
    Named{"*/*/estimate", "RATE"},
    Named{"*/*/mean", kOwn},
    Named{"*/*/count", "events"},
    Named{"*/*/earlier", "events"},
    Named{"*/*/later", "events"},
    Named{"*/*/before", "events"},
    Named{"*/*/after", "events"},
    Named{"*/*/observed", "events"},
    Named{"*/*/expected", "events"},
    Named{"*/*/expected_after", "events"},
    Named{"*/*/events", "events"},
    Named{"*/*/exposure", "people or time, as in the file"},
    Named{"*/*/earlier_exposure", "people or time, as in the file"},
    Named{"*/*/later_exposure", "people or time, as in the file"},
    Named{"*/*/population", "people"},
    Named{"*/*/places", "places"},
    Named{"*/*/areas", "areas"},
    Named{"*/*/areas_left_out", "areas"},
    Named{"*/*/islands_left_out", "areas"},
    Named{"*/*/links", "ordered pairs of neighbours"},
    Named{"*/*/characteristics", "columns"},
    Named{"*/*/comparisons", "comparisons"},
    Named{"*/*/windows", "windows"},
    Named{"*/*/simulations", "simulations"},
    Named{"*/*/permutations", "permutations"},
    Named{"*/*/draws", "draws"},
    Named{"*/*/seed", "seed, no unit"},
    Named{"*/*/months", "months"},
    Named{"*/*/months_tested", "months"},
    Named{"*/*/months_known", "months"},
    Named{"*/*/months_hot", "months"},
    Named{"*/*/window", "months"},
    Named{"*/*/period", "values in a year"},
    Named{"*/*/trend_length", "months or values"},
    Named{"*/*/shift_length", "months or values"},
    Named{"*/*/known", "known values"},
    Named{"*/*/unknown", "unknown values"},
    Named{"*/*/metres_from", "metres"},
    Named{"*/*/metres_below", "metres"},
    Named{"*/*/days_from", "days"},
    Named{"*/*/days_below", "days"},
    Named{"*/*/x", "metres"},
    Named{"*/*/y", "metres"},
    Named{"*/*/x0", "metres"},
    Named{"*/*/y0", "metres"},
    Named{"*/*/bandwidth", "metres"},
    Named{"*/*/area_share", kShare},
    Named{"*/*/hit_rate", kShare},
    Named{"*/*/overlap", kShare},
    Named{"*/*/share_of_events", kShare},
    Named{"*/*/share_of_places", kShare},
    Named{"*/*/share", kShare},
    Named{"*/*/coverage_80", kShare},
    Named{"*/*/coverage_95", kShare},
    Named{"*/*/seasonal_strength", kShare},
    Named{"*/*/trend_strength", kShare},
    Named{"*/*/first_in_share_of_draws", kShare},
    Named{"*/*/order_kept_in_share_of_draws", kShare},
    Named{"*/*/agreement_of_scorers", "0 none to 1 complete"},
    Named{"*/*/accuracy_index", "times chance"},
    Named{"*/*/best_index", "times chance"},
    Named{"*/*/efficiency_index", kShare},
    Named{"*/*/efficiency_index_feasible", kShare},
    Named{"*/*/recapture_index", "later over earlier share"},
    Named{"*/*/scorers", "people"},
    Named{"hotspot-history/-/*", "places"},
    Named{"*/*/value", kOwn},
    Named{"*/*/moving_range", kOwn},
    Named{"*/*/mean_moving_range", kOwn},
    Named{"*/*/seasonal", kOwn},
    Named{"*/*/trend", kOwn},
    Named{"*/*/remainder", kOwn},
    Named{"*/*/adjusted", kOwn},
    Named{"*/*/rolling_year", kOwn},
    Named{"*/*/lower_80", kOwn},
    Named{"*/*/upper_80", kOwn},
    Named{"*/*/mean_error", kOwn},
    Named{"*/*/score", kOwn},
};

bool fits(std::string_view pattern, std::string_view part) { return pattern == "*" || pattern == part; }

// What rates are per: the value `per` of the answer, else events as they are.
std::string rate_words(const Answer& answer) {
  for (const NamedValue& one : answer.values)
    if (one.name == "per") {
      if (const auto* whole_number = std::get_if<std::int64_t>(&one.value))
        return "events per " + grouped(*whole_number);
      if (const auto* number = std::get_if<double>(&one.value)) return "events per " + significant(*number);
    }
  return "events";
}

bool a_number(const Value& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

}  // namespace

std::string unit_of(const Answer& answer, std::string_view listing, std::string_view name) {
  const std::string_view list = listing.empty() ? "-" : listing;
  // Forecasts have limits of the file's own numbers.
  if (answer.method == "forecast" && listing == "forecast" && name != "month") return std::string(kOwn);
  for (const Named& one : kUnits) {
    const auto first = one.where.find('/'), second = one.where.find('/', first + 1);
    if (!fits(one.where.substr(0, first), answer.method) ||
        !fits(one.where.substr(first + 1, second - first - 1), list) || !fits(one.where.substr(second + 1), name))
      continue;
    return one.unit == "RATE" ? rate_words(answer) : std::string(one.unit);
  }
  return "";
}

std::vector<std::string> without_unit(const Answer& answer) {
  std::vector<std::string> out;
  for (const NamedValue& one : answer.values)
    if (a_number(one.value) && unit_of(answer, "", one.name).empty()) out.push_back(one.name);
  for (const Listing& listing : answer.listings)
    for (std::size_t c = 0; c < listing.columns.size(); ++c)
      for (const auto& row : listing.rows)
        if (c < row.size() && a_number(row[c]) && unit_of(answer, listing.name, listing.columns[c]).empty()) {
          out.push_back(listing.name + "." + listing.columns[c]);
          break;
        }
  return out;
}

}  // namespace tithing::analysis
