#include "statistics/local_chance.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "statistics/noise.h"
#include "statistics/special.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

struct Tails {
  double at_least = 0, at_most = 0, both = 0;
};

// Every choice of k of the values, one by one: the definition, for a dozen values.
Tails all_choices(const std::vector<double>& values, std::size_t k, double sum) {
  std::vector<double> sums;
  for (unsigned mask = 0; mask < (1u << values.size()); ++mask) {
    double of = 0;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (mask >> i & 1u) {
        of += values[i];
        ++taken;
      }
    if (taken == k) sums.push_back(of);
  }
  const auto share = [&](auto holds) {
    return static_cast<double>(std::count_if(sums.begin(), sums.end(), holds)) / static_cast<double>(sums.size());
  };
  const auto upper = [&](double s) { return share([&](double x) { return x >= s - 1e-9; }); };
  const auto lower = [&](double s) { return share([&](double x) { return x <= s + 1e-9; }); };
  Tails tails{upper(sum), lower(sum), 0};
  const double nearer = std::min(tails.at_least, tails.at_most);
  tails.both = share([&](double x) { return std::min(upper(x), lower(x)) <= nearer * (1 + 1e-9); });
  return tails;
}

// A ring in which area i has 1 + i % 4 neighbours to its right, so that there are several k.
NeighbourGraph ring(std::size_t n) {
  std::vector<std::vector<std::uint32_t>> lists(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 1; k <= 1 + i % 4; ++k) lists[i].push_back(static_cast<std::uint32_t>((i + k) % n));
  return NeighbourGraph::from_lists(lists);
}

bool any_called(const std::vector<std::optional<double>>& rate) {
  return std::any_of(rate.begin(), rate.end(), [](const auto& q) { return q && *q <= 0.05; });
}

// The number of calls that a method which calls something on at most `level` of maps passes but once in a million
// times.
std::size_t most_calls(std::size_t maps, double level) {
  double beyond = 1;
  std::size_t k = 0;
  for (; beyond > 1e-6; ++k) beyond -= binomial_term(static_cast<double>(k), static_cast<double>(maps), level);
  return k - 1;
}

}  // namespace

TEST_CASE("the exact p of Gi and Gi* are those of writing down every order") {
  const std::vector<std::vector<double>> maps = {
      {0, 0, 0, 1, 0, 2, 0, 5, 1, 0, 3}, {4, 1, 1, 7, 2, 2, 9, 30, 1, 0, 3}, {-3, 0, 2, 2, -1, 4, 4, 4, 0, 0, 1}};
  for (const auto& values : maps) {
    const NeighbourGraph graph = ring(values.size());
    for (const Star star : {Star::with_self, Star::without_self}) {
      const auto found = local_chance(values, graph, star);
      REQUIRE(found);
      CHECK(found->exact);
      for (std::size_t i = 0; i < values.size(); ++i) {
        double sum = star == Star::with_self ? values[i] : 0;
        for (const auto j : graph.of(i)) sum += values[j];
        std::vector<double> among = values;
        if (star == Star::without_self) among.erase(among.begin() + static_cast<std::ptrdiff_t>(i));
        const Tails tails = all_choices(among, graph.of(i).size() + (star == Star::with_self ? 1 : 0), sum);
        const auto& area = found->areas[i];
        REQUIRE(area);
        CHECK(area->at_least == doctest::Approx(tails.at_least).epsilon(1e-9));
        CHECK(area->at_most == doctest::Approx(tails.at_most).epsilon(1e-9));
        CHECK(area->p == doctest::Approx(tails.both).epsilon(1e-9));
        CHECK(area->side == (tails.at_least < tails.at_most ? 1 : tails.at_least > tails.at_most ? -1 : 0));
      }
    }
  }
}

TEST_CASE("with nearly everybody as a neighbour what is left out is counted instead") {
  const std::vector<double> values = {0, 3, 1, 0, 8, 2, 2, 0, 1, 5};
  std::vector<std::vector<std::uint32_t>> lists(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t k = 1; k <= 6 + i % 3; ++k)
      lists[i].push_back(static_cast<std::uint32_t>((i + k) % values.size()));
  const auto graph = NeighbourGraph::from_lists(lists);
  const auto found = local_chance(values, graph, Star::without_self);
  REQUIRE(found);
  for (std::size_t i = 0; i < values.size(); ++i) {
    double sum = 0;
    for (const auto j : graph.of(i)) sum += values[j];
    std::vector<double> among = values;
    among.erase(among.begin() + static_cast<std::ptrdiff_t>(i));
    const Tails tails = all_choices(among, graph.of(i).size(), sum);
    REQUIRE(found->areas[i]);
    CHECK(found->areas[i]->at_least == doctest::Approx(tails.at_least).epsilon(1e-9));
    CHECK(found->areas[i]->at_most == doctest::Approx(tails.at_most).epsilon(1e-9));
    CHECK(found->areas[i]->p == doctest::Approx(tails.both).epsilon(1e-9));
  }
}

TEST_CASE("values that are not whole are rounded against a call, and by little") {
  std::vector<double> values;
  CounterRandom random(7, 0);
  for (int i = 0; i < 12; ++i) values.push_back(std::exp(3 * random.uniform()));
  const NeighbourGraph graph = ring(values.size());
  for (const Star star : {Star::with_self, Star::without_self}) {
    const auto found = local_chance(values, graph, star);
    REQUIRE(found);
    CHECK(!found->exact);
    for (std::size_t i = 0; i < values.size(); ++i) {
      double sum = star == Star::with_self ? values[i] : 0;
      for (const auto j : graph.of(i)) sum += values[j];
      std::vector<double> among = values;
      if (star == Star::without_self) among.erase(among.begin() + static_cast<std::ptrdiff_t>(i));
      const Tails tails = all_choices(among, graph.of(i).size() + (star == Star::with_self ? 1 : 0), sum);
      REQUIRE(found->areas[i]);
      CHECK(found->areas[i]->at_least >= tails.at_least - 1e-12);
      CHECK(found->areas[i]->at_most >= tails.at_most - 1e-12);
      // Of some hundreds of choices at most a few lie within the width of the lattice.
      CHECK(found->areas[i]->at_least <= tails.at_least + 0.02);
      CHECK(found->areas[i]->at_most <= tails.at_most + 0.02);
      CHECK(found->areas[i]->p ==
            doctest::Approx(std::min(1.0, 2 * std::min(found->areas[i]->at_least, found->areas[i]->at_most))));
    }
  }
}

TEST_CASE("on dense counts the exact p is the normal one, and a shift of all values changes nothing") {
  NoiseGrid grid;
  grid.mean = 400;
  grid.side = 30;
  std::vector<double> values = noise_map(grid, 3);
  const NeighbourGraph graph = eight_neighbours(grid.side);
  const auto exact = local_chance(values, graph, Star::with_self);
  const auto normal = getis_ord(values, graph, Star::with_self);
  REQUIRE(exact);
  REQUIRE(normal);
  CHECK(exact->exact);
  for (std::size_t i = 0; i < values.size(); ++i) {
    CHECK(exact->areas[i]->p == doctest::Approx((*normal)[i]->p).epsilon(0.2));
    if (std::abs((*normal)[i]->z) > 0.5) CHECK(((*normal)[i]->z > 0) == (exact->areas[i]->side > 0));
  }
  for (double& value : values) value -= 1000;
  const auto shifted = local_chance(values, graph, Star::with_self);
  REQUIRE(shifted);
  for (std::size_t i = 0; i < values.size(); ++i) CHECK(shifted->areas[i]->p == exact->areas[i]->p);
}

TEST_CASE("noise of 2,500 cells is called as rarely as it may be, however sparse and however uneven") {
  // 100 maps of each; a method that calls something on 5% of maps fails here less than once in a million.
  constexpr std::size_t kMaps = 100;
  const std::size_t most = most_calls(kMaps, 0.05);
  CHECK(most < 21);
  const NeighbourGraph graph = eight_neighbours(50);
  for (const auto& [mean, spread] :
       {std::pair{0.02, 0.0}, {0.1, 0.0}, {0.5, 0.0}, {0.1, 5.0}, {1.0, 1.0}, {3.0, 5.0}}) {
    NoiseGrid grid;
    grid.mean = mean;
    grid.spread = spread;
    grid.seed = 20;
    std::size_t star = 0, moran = 0, normal = 0;
    for (std::uint64_t map = 0; map < kMaps; ++map) {
      const auto values = noise_map(grid, map);
      const auto with = local_chance(values, graph, Star::with_self);
      const auto without = local_chance(values, graph, Star::without_self);
      REQUIRE(with);
      REQUIRE(without);
      star += any_called(with->false_discovery_rate) ? 1 : 0;
      moran += any_called(without->false_discovery_rate) ? 1 : 0;
      std::vector<std::optional<double>> p;
      for (const auto& one : *getis_ord(values, graph, Star::with_self))
        p.push_back(one ? std::optional(one->p) : std::nullopt);
      normal += any_called(false_discovery_rate(p)) ? 1 : 0;
    }
    INFO("mean " << mean << ", spread " << spread << ": Gi* " << star << ", local Moran " << moran << ", by the normal "
                 << normal << " of " << kMaps);
    CHECK(star <= most);
    CHECK(moran <= most);
    // What this replaced, so that the test is seen to be one.
    CHECK(normal > most);
  }
}

TEST_CASE("a planted cluster is found, and little else") {
  NoiseGrid grid;
  grid.mean = 0.1;
  grid.planted = 4;
  grid.times = 20;
  const NeighbourGraph graph = eight_neighbours(grid.side);
  std::size_t found_in = 0, called = 0, far = 0;
  for (std::uint64_t map = 0; map < 20; ++map) {
    const auto chance = local_chance(noise_map(grid, map), graph, Star::with_self);
    REQUIRE(chance);
    bool hit = false;
    for (std::size_t i = 0; i < chance->areas.size(); ++i) {
      if (chance->false_discovery_rate[i].value_or(1) > 0.05 || chance->areas[i]->side < 0) continue;
      ++called;
      bool near = planted_cell(grid, i);
      for (const auto j : graph.of(i)) near = near || planted_cell(grid, j);
      hit = hit || near;
      far += near ? 0 : 1;
    }
    found_in += hit ? 1 : 0;
  }
  CHECK(found_in == 20);
  CHECK(far * 10 < called);
}

TEST_CASE("where nothing could ever be called it is said") {
  NoiseGrid grid;
  const NeighbourGraph graph = eight_neighbours(grid.side);
  std::vector<double> values(2500, 0);
  for (std::size_t events = 1; events <= 6; ++events) {
    values[1225] = 0;
    // The clearest there could be: everything in one place.
    values[1225] = static_cast<double>(events);
    const auto one_place = local_chance(values, graph, Star::with_self);
    REQUIRE(one_place);
    const bool called = any_called(one_place->false_discovery_rate);
    if (!one_place->can_call) CHECK(!called);
  }
  // One event is somewhere.
  std::vector<double> one(2500, 0);
  one[1225] = 1;
  const auto alone = local_chance(one, graph, Star::with_self);
  REQUIRE(alone);
  CHECK(!any_called(alone->false_discovery_rate));
  CHECK(!alone->can_call);
  // A few events dealt out over small grids: where it says that none could be called, none is.
  std::size_t too_few = 0;
  for (std::uint64_t deal = 0; deal < 300; ++deal) {
    CounterRandom random(31, deal);
    const std::size_t side = 3 + random.below(6);
    std::vector<double> few(side * side, 0);
    for (std::uint32_t event = 0; event <= deal % 4; ++event)
      ++few[deal % 3 == 0 ? 0 : random.below(static_cast<std::uint32_t>(few.size()))];
    const auto found = local_chance(few, eight_neighbours(side), Star::with_self);
    if (!found || found->can_call) continue;
    ++too_few;
    CHECK(!any_called(found->false_discovery_rate));
  }
  CHECK(too_few > 50);
  // Twenty could be called.
  std::vector<double> twenty(2500, 0);
  for (std::size_t i = 0; i < 20; ++i) twenty[i * 120] = 1;
  const auto spread_out = local_chance(twenty, graph, Star::with_self);
  REQUIRE(spread_out);
  CHECK(spread_out->can_call);
  CHECK(!any_called(spread_out->false_discovery_rate));
}

TEST_CASE("many maps share one false discovery rate, and maps of one value have no p") {
  NoiseGrid grid;
  grid.side = 20;
  grid.mean = 0.5;
  const NeighbourGraph graph = eight_neighbours(grid.side);
  std::vector<std::vector<double>> maps;
  for (std::uint64_t m = 0; m < 6; ++m) maps.push_back(noise_map(grid, m));
  maps.emplace_back(400, 0.0);
  const auto together = local_chances(maps, graph, Star::with_self);
  REQUIRE(together);
  REQUIRE(together->size() == 7);
  CHECK(!together->back().areas[5]);
  CHECK(!together->back().can_call);
  std::vector<std::optional<double>> p;
  for (const auto& map : *together)
    for (const auto& area : map.areas) p.push_back(area ? std::optional(area->p) : std::nullopt);
  const auto q = false_discovery_rate(p);
  for (std::size_t m = 0; m < 7; ++m)
    for (std::size_t i = 0; i < 400; ++i) CHECK((*together)[m].false_discovery_rate[i] == q[m * 400 + i]);
  CHECK(!local_chances({std::vector<double>(400, 1.0)}, graph, Star::with_self));
  CHECK(!local_chance({1, 2}, graph, Star::with_self));
}

TEST_CASE("noise has the mean and the variance it says") {
  for (const auto& [mean, spread] : {std::pair{0.3, 0.0}, {50.0, 0.0}, {0.5, 4.0}, {6.0, 0.5}}) {
    CounterRandom random(11, 0);
    double sum = 0, square = 0;
    constexpr int kDraws = 40'000;
    for (int i = 0; i < kDraws; ++i) {
      const double x = noise_count(random, mean, spread);
      sum += x;
      square += x * x;
    }
    const double found = sum / kDraws, variance = square / kDraws - found * found;
    const double expected = mean + spread * mean * mean;
    CHECK(std::abs(found - mean) < 5 * std::sqrt(expected / kDraws));
    CHECK(variance == doctest::Approx(expected).epsilon(0.1));
  }
  const auto [low, high] = share_interval(57, 200);
  CHECK(low == doctest::Approx(0.2236).epsilon(0.001));
  CHECK(high == doctest::Approx(0.3529).epsilon(0.001));
  CHECK(share_interval(0, 1000).first == 0);
  CHECK(share_interval(5, 5).second == 1);
}
