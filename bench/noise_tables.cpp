#include "noise_tables.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <time.h>

#include "statistics/knox.h"
#include "statistics/local_chance.h"
#include "statistics/noise.h"
#include "statistics/parallel.h"
#include "statistics/poisson.h"
#include "statistics/scan.h"
#include "statistics/special.h"

namespace tithing::bench {
namespace {

using namespace tithing::statistics;

double thread_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// The method's answer about one map, and the processor's time for it.
struct Asked {
  bool called = false;  // anything; in the power table: what was planted
  double seconds = 0;
};
using Method = std::function<bool(std::uint64_t map)>;

struct Row {
  std::size_t called = 0;
  double seconds = 0;  // of one map, mean
};

Row ask(std::size_t maps, const Method& method) {
  std::vector<Asked> asked(maps);
  parallel_for(maps, 0, [&](std::size_t map) {
    const double from = thread_seconds();
    asked[map].called = method(map);
    asked[map].seconds = thread_seconds() - from;
  });
  Row row;
  for (const Asked& one : asked) {
    row.called += one.called ? 1 : 0;
    row.seconds += one.seconds / static_cast<double>(maps);
  }
  return row;
}

std::size_t too_often = 0;

// Whether a level of 6% would give as many calls but once in a million times.
bool beyond(std::size_t called, std::size_t maps) {
  double below = 0;
  for (std::size_t k = 0; k < called; ++k)
    below += binomial_term(static_cast<double>(k), static_cast<double>(maps), 0.06);
  return 1 - below < 1e-6;
}

void print(const char* method, const std::string& what, std::size_t maps, const Row& row, bool judged) {
  const auto [low, high] = share_interval(row.called, maps);
  const double share = static_cast<double>(row.called) / static_cast<double>(maps);
  const bool bad = judged && beyond(row.called, maps);
  too_often += bad ? 1 : 0;
  std::printf("%-34s %-44s %5zu of %5zu  %5.1f%%  (%.1f to %.1f)  %8.4f s%s\n", method, what.c_str(), row.called, maps,
              100 * share, 100 * low, 100 * high, row.seconds, bad ? "  ABOVE ITS LEVEL" : "");
  std::fflush(stdout);
}

bool any(const std::vector<std::optional<double>>& rate) {
  return std::any_of(rate.begin(), rate.end(), [](const auto& q) { return q && *q <= 0.05; });
}

// What stood before: z against the normal distribution.
bool normal_calls(const std::vector<double>& values, const NeighbourGraph& graph) {
  const auto star = getis_ord(values, graph, Star::with_self);
  if (!star) return false;
  std::vector<std::optional<double>> p;
  for (const auto& one : *star) p.push_back(one ? std::optional(one->p) : std::nullopt);
  return any(false_discovery_rate(p));
}

bool exact_calls(const std::vector<double>& values, const NeighbourGraph& graph, Star star) {
  const auto chance = local_chance(values, graph, star);
  return chance && any(chance->false_discovery_rate);
}

// Whether a cell of the planted block, or beside it, is hot.
bool finds(const NoiseGrid& grid, const std::vector<double>& values, const NeighbourGraph& graph, Star star) {
  const auto chance = local_chance(values, graph, star);
  if (!chance) return false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (chance->false_discovery_rate[i].value_or(1) > 0.05 || chance->areas[i]->side < 0) continue;
    if (planted_cell(grid, i)) return true;
    for (const auto j : graph.of(i))
      if (planted_cell(grid, j)) return true;
  }
  return false;
}

std::string words(double mean, double spread) {
  char text[80];
  std::snprintf(
      text, sizeof text, "mean %g, %s", mean,
      spread == 0 ? "Poisson" : ("variance = mean + " + std::to_string(static_cast<int>(spread)) + " mean^2").c_str());
  return text;
}

const double kMeans[] = {0.01, 0.05, 0.1, 0.5, 1, 3, 20};
const double kSpreads[] = {0, 1, 5};

void maps_of_cells(std::size_t side, std::size_t maps, const std::vector<double>& means) {
  const NeighbourGraph graph = eight_neighbours(side);
  for (const double mean : means)
    for (const double spread : kSpreads) {
      NoiseGrid grid;
      grid.side = side;
      grid.mean = mean;
      grid.spread = spread;
      const auto what = words(mean, spread);
      print("normal p (before)", what, maps,
            ask(maps, [&](auto map) { return normal_calls(noise_map(grid, map), graph); }), false);
      print("Gi*, exact p", what, maps,
            ask(maps, [&](auto map) { return exact_calls(noise_map(grid, map), graph, Star::with_self); }), true);
      print("local Moran and Gi, exact p", what, maps,
            ask(maps, [&](auto map) { return exact_calls(noise_map(grid, map), graph, Star::without_self); }), true);
    }
}

// Irregular areas, as LSOAs are: the neighbours of each are its nearest six and whoever has it as one of theirs.
struct Areas {
  NeighbourGraph graph;
  std::vector<double> people;
};

Areas areas_of(std::size_t n) {
  CounterRandom random(5, 0);
  std::vector<Point> points;
  Areas areas;
  for (std::size_t i = 0; i < n; ++i) {
    points.push_back({random.uniform() * 10'000, random.uniform() * 10'000});
    areas.people.push_back(std::round(1000 + 1500 * random.uniform()));
  }
  areas.graph = symmetric_of(*nearest(points, 6));
  return areas;
}

std::vector<double> counts_of(const Areas& areas, double mean, double spread, std::uint64_t map) {
  CounterRandom random(6, map);
  std::vector<double> counts;
  for (const double people : areas.people) counts.push_back(noise_count(random, mean * people / 1750, spread));
  return counts;
}

void maps_of_areas(std::size_t maps) {
  const Areas areas = areas_of(500);
  for (const double mean : {0.1, 1.0, 10.0})
    for (const double spread : {0.0, 1.0}) {
      const auto what = words(mean, spread);
      const auto rates = [&](std::uint64_t map) {
        auto values = counts_of(areas, mean, spread, map);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] *= 1000 / areas.people[i];
        return values;
      };
      print("counts, normal p (before)", what, maps,
            ask(maps, [&](auto map) { return normal_calls(counts_of(areas, mean, spread, map), areas.graph); }), false);
      print(
          "counts, Gi*, exact p", what, maps,
          ask(maps,
              [&](auto map) { return exact_calls(counts_of(areas, mean, spread, map), areas.graph, Star::with_self); }),
          true);
      print("counts, local Moran, exact p", what, maps,
            ask(maps,
                [&](auto map) {
                  return exact_calls(counts_of(areas, mean, spread, map), areas.graph, Star::without_self);
                }),
            true);
      print("rates, Gi*, p bounded", what, maps,
            ask(maps, [&](auto map) { return exact_calls(rates(map), areas.graph, Star::with_self); }), true);
    }
}

// Twelve months of hot spots, asked together.
void months(std::size_t maps) {
  const NeighbourGraph graph = eight_neighbours(30);
  NoiseGrid grid;
  grid.side = 30;
  for (const double mean : {0.1, 1.0}) {
    grid.mean = mean;
    const auto year = [&](std::uint64_t map) {
      std::vector<std::vector<double>> all;
      for (std::uint64_t month = 0; month < 12; ++month) all.push_back(noise_map(grid, 12 * map + month));
      return all;
    };
    print("twelve months, one rate over all", words(mean, 0), maps,
          ask(maps,
              [&](auto map) {
                const auto chances = local_chances(year(map), graph, Star::with_self);
                return chances && std::any_of(chances->begin(), chances->end(),
                                              [](const auto& month) { return any(month.false_discovery_rate); });
              }),
          true);
  }
}

ScanData scan_data(double mean, double spread, double times, std::uint64_t map) {
  CounterRandom random(7, map);
  ScanData data;
  data.periods = 12;
  for (std::size_t i = 0; i < 100; ++i) {
    data.places.push_back(
        {static_cast<double>(i % 10) + 0.3 * random.uniform(), static_cast<double>(i / 10) + 0.3 * random.uniform()});
    const double people = 1000 + 1500 * random.uniform();
    const bool planted = i % 10 < 3 && i / 10 < 3;
    for (int t = 0; t < 12; ++t) {
      const double here = mean * people / 1750 * (planted && t >= 4 && t < 7 ? times : 1);
      data.cases.push_back(static_cast<std::uint32_t>(noise_count(random, here, spread)));
      data.expected.push_back(people);
    }
  }
  return data;
}

bool scan_calls(const ScanData& data, ScanModel model, bool estimate, std::uint64_t map) {
  ScanOptions options;
  options.model = model;
  options.simulations = 99;
  options.seed = map + 1;
  options.threads = 1;
  options.estimate_spread = estimate;
  const auto found = scan(data, options);
  return found && !found->clusters.empty() && found->clusters.front().p <= 0.05;
}

void scans(std::size_t maps) {
  for (const ScanModel model : {ScanModel::permutation, ScanModel::poisson}) {
    const bool permutation = model == ScanModel::permutation;
    for (const double mean : {0.1, 1.0, 5.0})
      for (const double spread : {0.0, 1.0, 2.0}) {
        print(permutation ? "scan, permutation, even (before)" : "scan, Poisson, even (before)", words(mean, spread),
              maps, ask(maps, [&](auto map) { return scan_calls(scan_data(mean, spread, 1, map), model, false, map); }),
              false);
        print(permutation ? "scan, permutation, spread kept" : "scan, Poisson, spread kept", words(mean, spread), maps,
              ask(maps, [&](auto map) { return scan_calls(scan_data(mean, spread, 1, map), model, true, map); }), true);
      }
  }
}

// Burglaries of a year; places, and days, may be uneven: some draw many. Of `repeats` another follows near and soon.
std::vector<Event> events_of(bool uneven, std::size_t repeats, std::uint64_t map) {
  CounterRandom random(8, map);
  std::vector<double> days(365, 1);
  if (uneven)
    for (double& day : days) day = gamma_number(random, 1);
  double all = 0;
  for (double& day : days) day = all += day;
  std::vector<Event> events;
  std::vector<Point> busy;
  for (int i = 0; i < 20; ++i) busy.push_back({random.uniform() * 8000, random.uniform() * 8000});
  for (int i = 0; i < 400; ++i) {
    Point place{random.uniform() * 8000, random.uniform() * 8000};
    if (uneven && random.below(2) == 0) {
      place = busy[random.below(20)];
      place.x += 300 * random.uniform();
      place.y += 300 * random.uniform();
    }
    const auto day = std::upper_bound(days.begin(), days.end(), random.uniform() * all) - days.begin();
    events.push_back({place, static_cast<std::int32_t>(day)});
  }
  for (std::size_t i = 0; i < repeats; ++i) {
    Event next = events[i];
    next.place.x += 90 * random.uniform();
    next.day += static_cast<std::int32_t>(random.below(6));
    events.push_back(next);
  }
  return events;
}

bool knox_calls(const std::vector<Event>& events, bool corrected, std::uint64_t map) {
  KnoxOptions options;
  options.seed = map + 1;
  options.threads = 1;
  const auto found = knox(events, options);
  for (const auto& row : found->cells)
    for (const auto& cell : row)
      if ((corrected ? cell.corrected_p : cell.p) <= 0.05) return true;
  return false;
}

// Moran's I, Geary's C and the general G ask once for the whole map.
void global_measures(std::size_t maps) {
  const NeighbourGraph graph = eight_neighbours(20);
  NoiseGrid grid;
  grid.side = 20;
  for (const double mean : {0.05, 0.5, 3.0})
    for (const double spread : {0.0, 5.0}) {
      grid.mean = mean;
      grid.spread = spread;
      const auto said = [&](const auto& measure) {
        return ask(maps, [&](std::uint64_t map) {
          const auto found = measure(noise_map(grid, map));
          return found && found->p <= 0.05;
        });
      };
      const auto what = words(mean, spread);
      print("Moran's I", what, maps,
            said([&](const auto& values) { return moran(values, graph, Weights::row_standardised); }), true);
      print("Geary's C", what, maps,
            said([&](const auto& values) { return geary(values, graph, Weights::row_standardised); }), true);
      print("general G", what, maps,
            said([&](const auto& values) { return general_g(values, graph, Weights::binary); }), true);
    }
}

// A year against the year before, as Poisson counts: what this is worth where months vary more than that.
void changes(std::size_t maps) {
  for (const auto& [mean, spread] :
       {std::pair{2.0, 0.0}, {20.0, 0.0}, {200.0, 0.0}, {20.0, 0.05}, {200.0, 0.005}, {200.0, 0.05}}) {
    char what[80];
    std::snprintf(what, sizeof what, "%g a month, variance %g times the mean", mean, 1 + spread * mean);
    print("change of two periods", what, maps,
          ask(maps,
              [&, mean = mean, spread = spread](std::uint64_t map) {
                CounterRandom random(9, map);
                std::int64_t before = 0, after = 0;
                for (int month = 0; month < 12; ++month) {
                  before += static_cast<std::int64_t>(noise_count(random, mean, spread));
                  after += static_cast<std::int64_t>(noise_count(random, mean, spread));
                }
                ComparisonOptions options;
                options.with_e_test = false;
                const auto found = compare_periods({before, 1}, {after, 1}, options);
                return found && (found->verdict == Verdict::higher || found->verdict == Verdict::lower);
              }),
          spread == 0);
  }
}

void power(std::size_t maps, std::size_t fewer) {
  std::printf(
      "\nPOWER: maps on which what was planted was found at 5%%\n2,500 cells, a block of 4 by 4 with so many times the "
      "mean\n");
  const NeighbourGraph graph = eight_neighbours(50);
  const std::size_t power_maps = std::max<std::size_t>(maps / 5, 20);
  for (const auto& [mean, spread] : {std::pair{0.05, 0.0}, {0.1, 0.0}, {0.5, 0.0}, {0.5, 1.0}, {3.0, 0.0}, {3.0, 1.0}})
    for (const double times : {2.0, 4.0, 8.0, 16.0}) {
      NoiseGrid grid;
      grid.mean = mean;
      grid.spread = spread;
      grid.planted = 4;
      grid.times = times;
      const std::string what = words(mean, spread) + ", x " + std::to_string(static_cast<int>(times));
      print("Gi*, exact p", what, power_maps,
            ask(power_maps, [&](auto map) { return finds(grid, noise_map(grid, map), graph, Star::with_self); }),
            false);
      print("local Moran and Gi, exact p", what, power_maps,
            ask(power_maps, [&](auto map) { return finds(grid, noise_map(grid, map), graph, Star::without_self); }),
            false);
    }
  std::printf("100 places, 12 months: 9 places in 3 months\n");
  for (const double spread : {0.0, 1.0})
    for (const double times : {2.0, 4.0, 8.0})
      print("scan, permutation, spread kept", words(3, spread) + ", x " + std::to_string(static_cast<int>(times)),
            fewer,
            ask(fewer,
                [&](auto map) {
                  return scan_calls(scan_data(3, spread, times, map), ScanModel::permutation, true, map);
                }),
            false);
  std::printf("400 events, and so many that follow one within 90 metres and 6 days\n");
  for (const std::size_t repeats : {2u, 4u, 8u, 16u})
    print("near repeats, all bands together", std::to_string(repeats) + " repeats", fewer,
          ask(fewer, [&](auto map) { return knox_calls(events_of(false, repeats, map), true, map); }), false);
}

}  // namespace

std::size_t print_noise_tables(std::size_t maps, const std::string& only) {
  too_often = 0;
  const auto wanted = [&](const char* part) { return only.empty() || only == part; };
  const std::size_t fewer = std::max<std::size_t>(maps / 5, 20);
  std::printf(
      "\nNOISE: maps on which anything was called at 5%%, with the exact 95%% interval, and seconds of one core a "
      "map\n");
  if (wanted("cells")) {
    std::printf("2,500 cells, the eight around each\n");
    maps_of_cells(50, maps, {std::begin(kMeans), std::end(kMeans)});
  }
  if (wanted("many-cells")) {
    std::printf("34,969 cells\n");
    maps_of_cells(187, maps, {0.05, 0.5, 3});
  }
  if (wanted("areas")) {
    std::printf("500 areas with 6 and more neighbours, 1,000 to 2,500 residents\n");
    maps_of_areas(maps);
  }
  if (wanted("months")) {
    std::printf("900 cells, months\n");
    months(maps);
  }
  if (wanted("global")) {
    std::printf("400 cells, one answer for the whole map\n");
    global_measures(maps);
  }
  if (wanted("change")) {
    std::printf("two years of twelve months, nothing changed\n");
    changes(maps);
  }
  if (wanted("scan")) {
    std::printf("100 places, 12 months, 99 simulations\n");
    scans(fewer);
  }
  if (wanted("knox")) std::printf("400 events, 12 bands, 999 permutations\n");
  for (const bool uneven : {false, true}) {
    if (!wanted("knox")) break;
    const char* what = uneven ? "uneven places and days" : "even places and days";
    print("near repeats, band by band (before)", what, fewer,
          ask(fewer, [&](auto map) { return knox_calls(events_of(uneven, 0, map), false, map); }), false);
    print("near repeats, all bands together", what, fewer,
          ask(fewer, [&](auto map) { return knox_calls(events_of(uneven, 0, map), true, map); }), true);
  }

  if (wanted("power")) power(maps, fewer);
  std::printf("\n%zu rows above their level\n", too_often);
  return too_often;
}

}  // namespace tithing::bench
