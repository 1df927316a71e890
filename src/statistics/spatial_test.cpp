#include "statistics/spatial.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "base/random.h"
#include "base/text.h"
#include "statistics/testdata/read_csv.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

bool close(double found, double expected, double relative = 1e-9) {
  const bool good = std::abs(found - expected) <= relative * std::abs(expected);
  if (!good) MESSAGE("found " << found << " expected " << expected << " relative " << (found / expected - 1));
  return good;
}

NeighbourGraph graph_of(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  std::vector<std::vector<std::uint32_t>> lists;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    lists.emplace_back();
    if (rows[i][column].empty()) continue;
    for (const auto& id : split(rows[i][column], ' '))
      lists.back().push_back(static_cast<std::uint32_t>(std::stoul(id)));
  }
  return NeighbourGraph::from_lists(lists);
}

std::vector<double> column_of(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  std::vector<double> values;
  for (std::size_t i = 1; i < rows.size(); ++i) values.push_back(std::stod(rows[i][column]));
  return values;
}

std::vector<Polygon> columbus_outlines() {
  std::vector<Polygon> areas;
  const auto rows = testdata::read_csv("columbus.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto numbers = split(rows[i][2], ' ');
    areas.emplace_back();
    areas.back().rings.emplace_back();
    for (std::size_t k = 0; k + 1 < numbers.size(); k += 2)
      areas.back().rings[0].push_back({std::stod(numbers[k]), std::stod(numbers[k + 1])});
  }
  return areas;
}

// Counts of Poisson noise on a square grid with queen neighbours.
struct Noise {
  std::vector<double> values;
  NeighbourGraph graph;
};
Noise noise(int side, double mean, std::uint64_t seed) {
  Noise n;
  std::vector<Point> points;
  for (int i = 0; i < side * side; ++i) {
    points.push_back({static_cast<double>(i % side), static_cast<double>(i / side)});
    CounterRandom random(seed, static_cast<std::uint64_t>(i));
    double count = 0;
    for (double t = -std::log(1 - random.uniform()); t < mean; t -= std::log(1 - random.uniform())) ++count;
    n.values.push_back(count);
  }
  n.graph = *within_distance(points, std::sqrt(2.0));
  return n;
}

}  // namespace

// R spdep 1.2-7: moran.test, geary.test, globalG.test.
TEST_CASE("global measures agree with spdep") {
  const auto sids = testdata::read_csv("sids2.csv");
  const auto rate = column_of(sids, 2);
  const auto sids_graph = graph_of(sids, 10);
  CHECK(close(moran(rate, sids_graph, Weights::row_standardised)->statistic, 0.247725193204801));
  CHECK(close(moran(rate, sids_graph, Weights::row_standardised)->p_normal / 2, 5.79165390745277e-05));
  CHECK(close(geary(rate, sids_graph, Weights::row_standardised)->statistic, 0.725278436850452));
  CHECK(close(general_g(rate, sids_graph, Weights::binary)->statistic, 0.054509445701336));

  const auto louis = testdata::read_csv("st_louis.csv");
  const auto m = *moran(column_of(louis, 0), graph_of(louis, 1), Weights::row_standardised);
  CHECK(close(m.statistic, 0.243655826217717));
  CHECK(close(m.expected, -0.012987012987013, 1e-12));
  CHECK(close(m.variance_normal, 0.00496813926011613));
  CHECK(close(m.variance_randomised, 0.00297610282861094));
  CHECK(close(m.p_normal / 2, 0.00013573931385464));

  const auto columbus = testdata::read_csv("columbus.csv");
  const auto crime = column_of(columbus, 0);
  const auto graph = graph_of(columbus, 1);
  CHECK(graph.links() == 230);
  const auto c = *moran(crime, graph, Weights::row_standardised);
  CHECK(close(c.statistic, 0.485770913661773));
  CHECK(close(c.variance_normal, 0.00886096226945051));
  CHECK(close(c.variance_randomised, 0.00899112132177907));
  CHECK(close(c.p / 2, 4.57826774130196e-08));
  CHECK(close(geary(crime, graph, Weights::row_standardised)->statistic, 0.547803377167251));
}

TEST_CASE("the two graphs built from the outlines of Columbus agree with libpysal's") {
  const auto crime = column_of(testdata::read_csv("columbus.csv"), 0);
  const auto areas = columbus_outlines();
  const auto queen = *contiguity(areas, Contiguity::queen);
  const auto rook = *contiguity(areas, Contiguity::rook);
  const auto w = Weights::row_standardised;
  CHECK(close(moran(crime, queen, w)->statistic, 0.500188557182861));
  CHECK(close(geary(crime, queen, w)->statistic, 0.540528202702068));
  CHECK(close(geary(crime, queen, w)->variance_normal, 0.00982153543355425));
  CHECK(close(geary(crime, queen, w)->variance_randomised, 0.00938426377696502));
  CHECK(close(moran(crime, rook, w)->statistic, 0.523670212750253));
  CHECK(close(geary(crime, rook, w)->statistic, 0.515440805865241));
  CHECK(close(geary(crime, rook, w)->variance_normal, 0.0114031096264689));
  CHECK(close(geary(crime, rook, w)->variance_randomised, 0.0108488827671319));
}

TEST_CASE("local Moran agrees with spdep's localmoran") {
  const auto sids = testdata::read_csv("sids2.csv");
  const auto local = *local_moran(column_of(sids, 2), graph_of(sids, 10), Weights::row_standardised);
  REQUIRE(local.size() == 100);
  for (std::size_t i = 0; i < 100; ++i) {
    REQUIRE(local[i]);
    CHECK(close(local[i]->statistic, std::stod(sids[i + 1][5])));
    CHECK(close(local[i]->expected, std::stod(sids[i + 1][6])));
    CHECK(close(local[i]->variance, std::stod(sids[i + 1][7])));
    CHECK(close(local[i]->z, std::stod(sids[i + 1][8])));
    CHECK(close(local[i]->p, std::stod(sids[i + 1][9])));
  }
}

TEST_CASE("Gi* agrees with spdep's localG") {
  const auto sids = testdata::read_csv("sids2.csv");
  const auto star = *getis_ord(column_of(sids, 2), graph_of(sids, 10), Star::with_self);
  for (std::size_t i = 0; i < 100; ++i) CHECK(close(star[i]->z, std::stod(sids[i + 1][4])));
}

// The six points of esda's documentation; spdep's localG gives the same.
TEST_CASE("Gi, Gi* and G of six points") {
  const std::vector<Point> points = {{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}};
  const std::vector<double> y = {2, 3, 3.2, 5, 8, 7};
  const auto graph = *within_distance(points, 15);
  const double gi[] = {-1.01367290, -0.04361589, 1.31558703, -0.31412676, 1.15373986, 1.77833941};
  const double star[] = {-1.3972763, -0.2891776, 0.6506496, -0.2891776, 1.2345209, 2.0242433};
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK((*getis_ord(y, graph, Star::without_self))[i]->z == doctest::Approx(gi[i]).epsilon(1e-7));
    CHECK((*getis_ord(y, graph, Star::with_self))[i]->z == doctest::Approx(star[i]).epsilon(1e-7));
  }
  CHECK(general_g(y, graph, Weights::binary)->statistic == doctest::Approx(0.55709779).epsilon(1e-8));
}

TEST_CASE("the variance of G, Moran and Geary is that of dealing the values out at random") {
  const auto n = noise(6, 3, 11);
  const auto g = *general_g(n.values, n.graph, Weights::binary);
  const auto m = *moran(n.values, n.graph, Weights::binary);
  const auto c = *geary(n.values, n.graph, Weights::binary);
  double sums[3] = {0, 0, 0}, squares[3] = {0, 0, 0};
  const int draws = 4000;
  auto values = n.values;
  for (int draw = 0; draw < draws; ++draw) {
    CounterRandom random(99, static_cast<std::uint64_t>(draw));
    for (std::size_t i = values.size(); i > 1; --i)
      std::swap(values[i - 1], values[random.below(static_cast<std::uint32_t>(i))]);
    const double s[3] = {general_g(values, n.graph, Weights::binary)->statistic,
                         moran(values, n.graph, Weights::binary)->statistic,
                         geary(values, n.graph, Weights::binary)->statistic};
    for (int k = 0; k < 3; ++k) {
      sums[k] += s[k];
      squares[k] += s[k] * s[k];
    }
  }
  const GlobalAssociation* all[3] = {&g, &m, &c};
  for (int k = 0; k < 3; ++k) {
    const double mean = sums[k] / draws;
    const double variance = squares[k] / draws - mean * mean;
    CHECK(std::abs(mean - all[k]->expected) < 5 * std::sqrt(all[k]->variance_randomised / draws));
    CHECK(variance == doctest::Approx(all[k]->variance_randomised).epsilon(0.1));
  }
}

TEST_CASE("conditional permutation agrees with doing it the long way") {
  const auto n = noise(5, 4, 3);
  PermutationOptions options;
  options.permutations = 19'999;
  options.threads = 1;
  const auto fast = *conditional_permutation(n.values, n.graph, options);
  for (const std::size_t i : {0u, 7u, 12u, 24u}) {
    double observed = 0;
    for (const auto j : n.graph.of(i)) observed += n.values[j];
    std::vector<double> others;
    for (std::size_t j = 0; j < n.values.size(); ++j)
      if (j != i) others.push_back(n.values[j]);
    int at_least = 0;
    const int draws = 20'000;
    for (int draw = 0; draw < draws; ++draw) {
      CounterRandom random(1234 + i, static_cast<std::uint64_t>(draw));
      double sum = 0;
      for (std::size_t k = 0; k < n.graph.of(i).size(); ++k) {
        std::swap(others[k], others[k + random.below(static_cast<std::uint32_t>(others.size() - k))]);
        sum += others[k];
      }
      at_least += sum >= observed ? 1 : 0;
    }
    CHECK(static_cast<double>(fast[i]->at_least) / 19'999 ==
          doctest::Approx(static_cast<double>(at_least) / draws).epsilon(0.08));
  }
}

TEST_CASE("the same seed gives the same permutation p on one thread and on many") {
  const auto n = noise(30, 3, 8);
  PermutationOptions options;
  options.seed = 77;
  options.threads = 1;
  const auto one = *conditional_permutation(n.values, n.graph, options);
  options.threads = 7;
  const auto many = *conditional_permutation(n.values, n.graph, options);
  for (std::size_t i = 0; i < one.size(); ++i) {
    REQUIRE(one[i]->at_least == many[i]->at_least);
    REQUIRE(one[i]->at_most == many[i]->at_most);
  }
  options.seed = 78;
  const auto other = *conditional_permutation(n.values, n.graph, options);
  std::size_t same = 0;
  for (std::size_t i = 0; i < one.size(); ++i) same += one[i]->at_least == other[i]->at_least ? 1 : 0;
  CHECK(same < one.size() / 2);
}

TEST_CASE("permutation and analytic p tell the same story") {
  const auto n = noise(40, 10, 21);
  const auto analytic = *getis_ord(n.values, n.graph, Star::without_self);
  const auto permuted = *conditional_permutation(n.values, n.graph);
  double sum = 0;
  for (std::size_t i = 0; i < n.values.size(); ++i) {
    sum += std::abs(analytic[i]->p - permuted[i]->p);
    if (analytic[i]->p < 0.05) CHECK(permuted[i]->p < 0.1);
  }
  CHECK(sum / static_cast<double>(n.values.size()) < 0.05);
}

TEST_CASE("the false discovery rate is Benjamini and Hochberg's") {
  // The fifteen p-values of Benjamini & Hochberg (1995), section 3.2: four are called at 0.05.
  const double given[] = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                          0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  std::vector<std::optional<double>> p(std::begin(given), std::end(given));
  p.insert(p.begin() + 3, std::nullopt);
  const auto rate = false_discovery_rate(p);
  int called = 0;
  for (const auto& r : rate) called += r && *r <= 0.05 ? 1 : 0;
  CHECK(called == 4);
  CHECK_FALSE(rate[3]);
  CHECK(close(*rate[0], 0.0015, 1e-12));
  CHECK(close(*rate[4], 0.0095 * 15 / 4, 1e-12));
  CHECK(false_discovery_rate({}).empty());
}

TEST_CASE("on noise alone an uncorrected map shows hundreds of spots and a corrected one next to none") {
  const auto n = noise(100, 3, 2024);
  const auto star = *getis_ord(n.values, n.graph, Star::with_self);
  std::vector<std::optional<double>> p;
  std::size_t uncorrected = 0;
  for (const auto& local : star) {
    p.push_back(local->p);
    uncorrected += local->p < 0.05 ? 1 : 0;
  }
  std::size_t corrected = 0;
  for (const auto& rate : false_discovery_rate(p)) corrected += *rate < 0.05 ? 1 : 0;
  CHECK(uncorrected > 300);
  CHECK(corrected <= 5);
}

TEST_CASE("what has no pattern is refused with a sentence; islands and full graphs have no local value") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto line = *within_distance({{0, 0}, {1, 0}, {2, 0}, {3, 0}, {9, 0}}, 1.5);
  CHECK_FALSE(moran({1, 1, 1, 1, 5}, line, Weights::binary));
  CHECK_FALSE(moran({1, 2, nan, 1, 5}, line, Weights::binary));
  CHECK_FALSE(moran({1, 2}, line, Weights::binary));
  CHECK_FALSE(general_g({1, 2, 3, -4, 5}, line, Weights::binary));
  CHECK_FALSE(general_g({0, 0, 3, 0, 5}, line, Weights::binary));
  CHECK_FALSE(conditional_permutation({1, 2, 3, 4, 5}, line, {.permutations = 3}));
  const auto m = *moran({1, 2, 3, 5, 99}, line, Weights::row_standardised);
  CHECK(m.islands == 1);
  CHECK(m.used == 4);
  const auto local = *local_moran({1, 2, 3, 5, 99}, line, Weights::row_standardised);
  CHECK_FALSE(local[4]);
  CHECK(local[0]);
  CHECK_FALSE((*conditional_permutation({1, 2, 3, 5, 99}, line))[4]);
  const auto full = *within_distance({{0, 0}, {1, 0}, {0, 1}, {1, 1}}, 5);
  const auto undefined = *getis_ord({1, 2, 3, 4}, full, Star::with_self);
  for (const auto& z : undefined) CHECK_FALSE(z);
  // A huge offset does not eat the differences.
  const auto shifted = *getis_ord({1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 5, 1e9}, line, Star::with_self);
  const auto plain = *getis_ord({1, 2, 3, 5, 0}, line, Star::with_self);
  CHECK(shifted[1]->z == doctest::Approx(plain[1]->z));
}
