#include "slices/analysis/hot_spots.h"

#include "statistics/local_chance.h"

namespace tithing::analysis {
namespace {

Hot hot_of(const std::vector<double>& values, const statistics::NeighbourGraph& graph,
           const statistics::LocalChances& chance, double level) {
  Hot out;
  out.islands = graph.islands();
  out.can_call = chance.can_call;
  const auto found = statistics::getis_ord(values, graph, statistics::Star::with_self);
  out.false_discovery_rate = chance.false_discovery_rate;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& area = chance.areas[i];
    out.z.push_back(found && (*found)[i] ? std::optional((*found)[i]->z) : std::nullopt);
    out.p.push_back(area ? std::optional(area->p) : std::nullopt);
    const bool called = area && out.false_discovery_rate[i].value_or(1) <= level;
    out.hot.push_back(called && area->side > 0);
    out.cold.push_back(called && area->side < 0);
  }
  return out;
}

}  // namespace

Result<Hot> hot_spots(const std::vector<double>& values, const std::vector<statistics::Polygon>& shapes, double level) {
  const auto graph = statistics::contiguity(shapes, statistics::Contiguity::queen);
  if (!graph) return pass_on(graph);
  const auto chance = statistics::local_chance(values, *graph, statistics::Star::with_self, level);
  if (!chance) return pass_on(chance);
  return hot_of(values, *graph, *chance, level);
}

Result<std::vector<Hot>> hot_spots_by_month(const std::vector<std::vector<double>>& by_month,
                                            const std::vector<statistics::Polygon>& shapes, double level) {
  const auto graph = statistics::contiguity(shapes, statistics::Contiguity::queen);
  if (!graph) return pass_on(graph);
  std::vector<std::vector<double>> maps(by_month.empty() ? 0 : by_month.front().size());
  for (std::size_t month = 0; month < maps.size(); ++month)
    for (const auto& place : by_month) maps[month].push_back(place[month]);
  const auto chances = statistics::local_chances(maps, *graph, statistics::Star::with_self, level);
  if (!chances) return pass_on(chances);
  std::vector<Hot> out;
  for (std::size_t month = 0; month < maps.size(); ++month)
    out.push_back(hot_of(maps[month], *graph, (*chances)[month], level));
  return out;
}

std::string too_few_to_tell(const std::string& places) {
  return "Too few crimes to tell: wherever they had been, none of the " + places +
         " could have been called hot. Take more months, more crime types or larger cells.";
}

std::string calling_formula(bool false_discovery_rate) {
  const std::string z =
      "Gi*(i) = (sum over i and its neighbours of x - k m) / (s x sqrt((n k - k^2) / (n - 1))); p(i) = the exact, "
      "two-sided p: the share of all orders of the same numbers in which i and its neighbours hold a sum as far out "
      "(Blaker 2000); ";
  if (!false_discovery_rate) return z + "hot: Gi*(i) > 0 and p(i) at most 0.05; cold: Gi*(i) < 0 and p(i) at most 0.05";
  return z +
         "q(i) = the false discovery rate at which p(i) would be called, the least over r from the rank of p(i) to n "
         "of n p[r] / r "
         "(Benjamini & Hochberg 1995); hot: Gi*(i) > 0 and q(i) at most 0.05; cold: Gi*(i) < 0 and q(i) at most 0.05";
}

std::string exact_p_words() {
  return "p is exact: how often as much would come together if the same numbers lay in any other order, counted out "
         "and "
         "not taken from the normal distribution, which sees hot spots in noise when crimes are few. One busy place by "
         "itself is not called: the question is what lies together.";
}

}  // namespace tithing::analysis
