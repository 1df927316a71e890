// Speed and agreement of src/statistics.
//
//   bench/statistics                          every speed, beside the plain way of doing the same in the same run, and
//   the
//                                             noise and power tables on 100 maps each
//   bench/statistics src/statistics/testdata  also the largest differences from the references kept there
//   bench/statistics noise [MAPS [PART]]      the noise and power tables alone, on 1,000 maps unless given; fails where
//   a
//                                             method calls more than its level allows
//
// "Plain" is the textbook loop, written here; where it would take minutes it is run on a part and scaled up, and marked
// so.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include <time.h>

#include "noise_tables.h"

#include "base/random.h"
#include "base/text.h"
#include "statistics/density.h"
#include "statistics/forecast.h"
#include "statistics/funnel.h"
#include "statistics/knox.h"
#include "statistics/local_chance.h"
#include "statistics/neighbours.h"
#include "statistics/parallel.h"
#include "statistics/scan.h"
#include "statistics/seasonal.h"
#include "statistics/spatial.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

double seconds(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

struct Time {
  double wall, cpu;
};

template <class Work>
Time measure(Work work) {
  const double wall = seconds(CLOCK_MONOTONIC);
  const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  work();
  return {seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu};
}

void line(const char* what, Time ours, double plain_cpu, const char* goal) {
  if (plain_cpu > 0) {
    std::printf("%-58s %9.4f s %9.4f s CPU   plain %10.2f s CPU   %8.0f x   %s\n", what, ours.wall, ours.cpu, plain_cpu,
                plain_cpu / ours.cpu, goal);
  } else {
    std::printf("%-58s %9.4f s %9.4f s CPU   %36s   %s\n", what, ours.wall, ours.cpu, "", goal);
  }
}

double poisson_draw(CounterRandom& random, double mean) {
  double count = 0;
  for (double t = -std::log(1 - random.uniform()); t < mean; t -= std::log(1 - random.uniform())) ++count;
  return count;
}

void grids() {
  std::vector<Point> points;
  std::vector<double> counts;
  CounterRandom random(1, 0);
  for (int i = 0; i < 34969; ++i) {  // 187 x 187 cells of 250 m
    points.push_back({250.0 * (i % 187), 250.0 * (i / 187)});
    counts.push_back(poisson_draw(random, 3));
  }
  NeighbourGraph graph;
  const double radius = 250 * std::sqrt(2.0);
  const Time neighbours = measure([&] { graph = *within_distance(points, radius); });
  std::size_t links = 0;
  const Time pairs = measure([&] {
    for (std::size_t i = 0; i < 2000; ++i)
      for (const auto& p : points) {
        const double dx = p.x - points[i].x, dy = p.y - points[i].y;
        links += dx * dx + dy * dy <= radius * radius * (1 + 1e-12) ? 1 : 0;
      }
  });
  line("neighbours of 34,969 cells", neighbours, pairs.cpu * 34969 / 2000, "plain: part, scaled; spdep 13-17 s");

  LocalAssociations star;
  const Time analytic = measure([&] { star = *getis_ord(counts, graph, Star::with_self); });
  line("Gi* of 34,969 cells", analytic, 0, "spdep 0.06-0.10 s");
  std::vector<std::optional<double>> p;
  std::size_t uncorrected = 0, corrected = 0;
  for (const auto& s : star) {
    p.push_back(s->p);
    uncorrected += s->p < 0.05 ? 1 : 0;
  }
  for (const auto& q : false_discovery_rate(p)) corrected += *q < 0.05 ? 1 : 0;

  std::size_t exact_called = 0;
  for (const double mean : {0.05, 3.0}) {
    CounterRandom chance(2, 0);
    std::vector<double> sparse;
    for (std::size_t i = 0; i < counts.size(); ++i) sparse.push_back(poisson_draw(chance, mean));
    const Time exact = measure([&] {
      for (const auto& q : local_chance(sparse, graph, Star::with_self)->false_discovery_rate)
        exact_called += q && *q < 0.05 ? 1 : 0;
    });
    line(mean < 1 ? "exact p of Gi*, 34,969 cells, mean 0.05" : "exact p of Gi*, 34,969 cells, mean 3", exact, 0,
         "goal 0.25 s");
  }
  std::printf("   exactly, %zu cells on these two maps\n", exact_called);

  std::vector<std::optional<LocalPermutation>> permuted;
  const Time permutations = measure([&] { permuted = *conditional_permutation(counts, graph); });
  std::size_t reached = 0;
  const Time plain = measure([&] {
    std::vector<std::uint32_t> drawn(8);
    for (std::uint64_t draw = 0; draw < 50; ++draw) {
      CounterRandom r(1, draw);
      for (auto& id : drawn) id = r.below(34968);
      for (std::size_t i = 0; i < counts.size(); ++i) {
        double observed = 0, sum = 0;
        const auto of = graph.of(i);
        for (const auto j : of) observed += counts[j];
        for (std::size_t k = 0; k < of.size(); ++k) sum += counts[drawn[k] + (drawn[k] >= i ? 1 : 0)];
        reached += sum >= observed ? 1 : 0;
      }
    }
  });
  line("Gi*, 999 conditional permutations, 34,969 cells", permutations, plain.cpu * 999 / 50, "goal 0.3 s; spdep 40 s");
  std::printf("   on this noise %zu cells have p < 0.05 uncorrected, %zu at a false discovery rate of 5%% (%zu %zu)\n",
              uncorrected, corrected, links % 10, reached % 10);
}

void near_repeats() {
  for (const std::size_t n : {970u, 4000u, 11701u}) {
    std::vector<Event> events;
    CounterRandom random(2, n);
    for (std::size_t i = 0; i < n; ++i)
      events.push_back({{random.uniform() * 20000, random.uniform() * 30000},
                        static_cast<std::int32_t>(random.below(n < 1000 ? 31 : 365))});
    const Time ours = measure([&] { (void)knox(events); });
    double plain = 0;
    if (n == 970) {
      // Every pair anew for every permutation, as a distance matrix does.
      std::size_t near = 0;
      const Time all = measure([&] {
        for (int permutation = 0; permutation < 20; ++permutation)
          for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = i + 1; j < n; ++j)
              near +=
                  std::abs(events[i].place.x - events[j].place.x) + std::abs(events[i].place.y - events[j].place.y) <
                              600 &&
                          std::abs(events[i].day - events[j].day) < 21
                      ? 1
                      : 0;
      });
      plain = all.cpu * 999 / 20 + static_cast<double>(near % 2) * 1e-12;
    }
    const std::string what = "Knox, " + grouped(static_cast<std::int64_t>(n)) + " points, 999 permutations";
    line(what.c_str(), ours, plain, n == 970 ? "goal 0.010 s; NearRepeat 42.9 s" : "");
  }
}

void space_time() {
  for (const std::size_t n : {200u, 400u, 800u}) {
    ScanData data;
    data.periods = 36;
    CounterRandom random(3, n);
    for (std::size_t i = 0; i < n; ++i) {
      data.places.push_back({random.uniform() * 100, random.uniform() * 100});
      const double people = 0.3 + 1.4 * random.uniform();
      for (int t = 0; t < 36; ++t) {
        data.cases.push_back(static_cast<std::uint32_t>(poisson_draw(random, 0.5 * people)));
        data.expected.push_back(people);
      }
    }
    ScanOptions options;
    options.simulations = 99;
    Scan found;
    const Time ours = measure([&] { found = *scan(data, options); });
    // Plain: two logarithms for every window with an excess, timed on ten million of them.
    double sum = 0;
    const Time logs = measure([&] {
      for (int i = 1; i <= 10'000'000; ++i) sum += poisson_log_likelihood_ratio(20 + (i & 7), 15 + 1e-7 * i, 14000);
    });
    const double plain = logs.cpu / 1e7 * static_cast<double>(found.windows) * 100 * 0.5;
    const std::string what = "scan, " + std::to_string(n) + " areas, 36 months, 99 simulations";
    line(what.c_str(), ours, plain + sum * 0,
         n == 800 ? "goal 4 s CPU; SaTScan 34 s CPU; plain: scaled" : "plain: scaled");
  }
}

void densities() {
  std::vector<Point> points;
  CounterRandom random(4, 0);
  for (int i = 0; i < 1'000'000; ++i) points.push_back({random.uniform() * 51200, random.uniform() * 51200});
  const DensityGrid grid{0, 0, 50, 1024, 1024};
  for (const double bandwidth : {200.0, 500.0, 2000.0}) {
    Density d;
    const Time ours = measure([&] {
      d = *density(points, grid, {Kernel::quartic, bandwidth, EdgeCorrection::none, 0});
    });
    const std::string what = "KDE, 1,000,000 points, 1024 x 1024, quartic " +
                             std::to_string(static_cast<int>(bandwidth)) +
                             (d.exact ? " m, every point" : " m, Fourier");
    line(what.c_str(), ours, 0, "goal 1 s; spatstat 5.8 s");
  }
  const Time edge = measure([&] { (void)density(points, grid, {Kernel::gaussian, 300, EdgeCorrection::uniform, 0}); });
  line("KDE, the same, Gaussian 300 m with edge correction", edge, 0, "goal 1 s");
}

void series() {
  constexpr double kTurn = 6.283185307179586;
  std::vector<std::vector<double>> all(4300);
  for (std::size_t k = 0; k < all.size(); ++k) {
    CounterRandom random(5, k);
    const double size = 5 + static_cast<double>(k % 200);
    for (int i = 0; i < 120; ++i)
      all[k].push_back(poisson_draw(random, size * (1 + 0.002 * i + 0.2 * std::sin(i * kTurn / 12))));
  }
  std::vector<double> error(all.size(), 0);
  std::vector<int> method(all.size(), 0);
  const Time ours = measure([&] {
    parallel_for(all.size(), 0, [&](std::size_t k) {
      const auto parts = stl(all[k]);
      const auto f = forecast(all[k]);
      for (const auto& test : f->tests)
        if (test.method == f->method) error[k] = test.against_naive;
      method[k] = static_cast<int>(f->method);
      (void)parts;
    });
  });
  line("STL and forecast with back-test, 4,300 series x 120 months", ours, 0, "goal 10 s; R's ets alone about 2,600 s");
  double sum = 0;
  int chosen[3] = {0, 0, 0};
  for (std::size_t k = 0; k < all.size(); ++k) {
    sum += error[k] / static_cast<double>(all.size());
    ++chosen[method[k]];
  }
  std::printf("   error against seasonal naive, mean of the chosen: %.2f; chosen: naive %d, ETS %d, STL %d\n", sum,
              chosen[0], chosen[1], chosen[2]);
}

// ---- agreement

std::vector<std::vector<std::string>> table(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  std::string text;
  std::getline(file, text);
  while (std::getline(file, text)) rows.push_back(split(text, ','));
  return rows;
}

NeighbourGraph graph_of(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  std::vector<std::vector<std::uint32_t>> lists;
  for (const auto& row : rows) {
    lists.emplace_back();
    for (const auto& id : split(row[column], ' '))
      if (!id.empty()) lists.back().push_back(static_cast<std::uint32_t>(std::stoul(id)));
  }
  return NeighbourGraph::from_lists(lists);
}

std::vector<double> numbers(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  std::vector<double> values;
  for (const auto& row : rows) values.push_back(std::stod(row[column]));
  return values;
}

struct Difference {
  double most = 0;
  void of(double found, double expected) { most = std::max(most, std::abs(found - expected) / std::abs(expected)); }
  void print(const char* what) const { std::printf("%-66s %.1e\n", what, most); }
};

void agreement(const std::string& folder) {
  std::printf("\nlargest relative difference from the reference\n");
  const auto sids = table(folder + "/sids2.csv");
  const auto rate = numbers(sids, 2);
  const auto graph = graph_of(sids, 10);
  Difference eb, local, star, global;
  std::vector<Observed> areas;
  for (const auto& row : sids) areas.push_back({std::stoll(row[1]), std::stod(row[0])});
  const auto shrunk = *shrink(areas);
  const auto moran_i = *local_moran(rate, graph, Weights::row_standardised);
  const auto gi = *getis_ord(rate, graph, Star::with_self);
  for (std::size_t i = 0; i < sids.size(); ++i) {
    eb.of(shrunk.areas[i].estimate, std::stod(sids[i][3]));
    star.of(gi[i]->z, std::stod(sids[i][4]));
    local.of(moran_i[i]->statistic, std::stod(sids[i][5]));
    local.of(moran_i[i]->variance, std::stod(sids[i][7]));
    local.of(moran_i[i]->z, std::stod(sids[i][8]));
  }
  eb.print("empirical Bayes: spdep EBest, 100 counties");
  star.print("Gi*: spdep localG, 100 counties");
  local.print("local Moran, its variance and z: spdep localmoran, 100 counties");
  global.of(moran(rate, graph, Weights::row_standardised)->statistic, 0.247725193204801);
  global.of(geary(rate, graph, Weights::row_standardised)->statistic, 0.725278436850452);
  global.of(general_g(rate, graph, Weights::binary)->statistic, 0.054509445701336);
  const auto columbus = table(folder + "/columbus.csv");
  const auto crime = numbers(columbus, 0);
  const auto c = *moran(crime, graph_of(columbus, 1), Weights::row_standardised);
  global.of(c.statistic, 0.485770913661773);
  global.of(c.variance_normal, 0.00886096226945051);
  global.of(c.variance_randomised, 0.00899112132177907);
  std::vector<Polygon> outlines;
  for (const auto& row : columbus) {
    const auto xy = split(row[2], ' ');
    outlines.push_back({{{}}});
    for (std::size_t k = 0; k + 1 < xy.size(); k += 2)
      outlines.back().rings[0].push_back({std::stod(xy[k]), std::stod(xy[k + 1])});
  }
  const auto queen = *contiguity(outlines, Contiguity::queen);
  const auto rook = *contiguity(outlines, Contiguity::rook);
  global.of(moran(crime, queen, Weights::row_standardised)->statistic, 0.500188557182861);
  global.of(geary(crime, queen, Weights::row_standardised)->variance_randomised, 0.00938426377696502);
  global.of(moran(crime, rook, Weights::row_standardised)->statistic, 0.523670212750253);
  global.of(geary(crime, rook, Weights::row_standardised)->variance_normal, 0.0114031096264689);
  global.print("Moran, Geary, G and variances: spdep and libpysal, four graphs");
  const auto co2 = table(folder + "/carbon_dioxide.csv");
  StlOptions options;
  options.seasonal_span = 35;
  options.trend_span = 19;
  options.low_pass_span = 13;
  options.seasonal_degree = 1;
  options.seasonal_jump = 4;
  options.trend_jump = 2;
  options.low_pass_jump = 2;
  options.inner = 1;
  options.outer = 2;
  const auto parts = *stl(numbers(co2, 0), options);
  Difference stl_difference;
  for (std::size_t i = 0; i < co2.size(); ++i) {
    if (co2[i].size() < 4 || co2[i][1].empty()) continue;
    stl_difference.of(parts.seasonal[i], std::stod(co2[i][1]));
    stl_difference.of(parts.trend[i], std::stod(co2[i][2]));
  }
  stl_difference.print("STL: the authors' Fortran program, carbon dioxide, 14 months");
  ScanData data;
  data.periods = 19;
  for (const auto& row : table(folder + "/new_mexico.csv")) {
    data.places.push_back(
        {std::stod(row[2]) * 111.32 * std::cos(34.4 * 3.14159265358979 / 180), std::stod(row[1]) * 110.9});
    for (const auto& n : split(row[3], ' ')) data.cases.push_back(static_cast<std::uint32_t>(std::stoul(n)));
    for (const auto& e : split(row[4], ' ')) data.expected.push_back(std::stod(e));
  }
  const auto clusters = scan(data, {})->clusters;
  Difference scan_difference;
  scan_difference.of(clusters[0].log_likelihood_ratio, 10.979758);
  scan_difference.of(clusters[1].log_likelihood_ratio, 5.684828);
  scan_difference.of(clusters[2].log_likelihood_ratio, 3.884186);
  scan_difference.print("scan: SaTScan 10.3.2, New Mexico, three clusters (6 decimals printed)");
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1 && std::string(arguments[1]) == "noise") {
    const long maps = count > 2 ? std::strtol(arguments[2], nullptr, 10) : 1000;
    if (maps < 20 || maps > 1'000'000) {
      std::fprintf(stderr, "Give the number of maps, 20 to 1,000,000.\n");
      return 2;
    }
    return tithing::bench::print_noise_tables(static_cast<std::size_t>(maps), count > 3 ? arguments[3] : "") == 0 ? 0
                                                                                                                  : 1;
  }
  std::printf("%-58s %11s %15s\n", "", "elapsed", "processor");
  grids();
  near_repeats();
  space_time();
  densities();
  series();
  if (count > 1) agreement(arguments[1]);
  tithing::bench::print_noise_tables(100);
  return 0;
}
