// Whoever waits for a simulation can have it stopped, on any number of threads.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "base/long_work.h"
#include "base/random.h"
#include "statistics/knox.h"
#include "statistics/neighbours.h"
#include "statistics/parallel.h"
#include "statistics/scan.h"
#include "statistics/spatial.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

// Whether the work ends by Stopped when it is told so a moment after it has begun. What would take minutes has to.
bool stops(const std::function<void()>& work) {
  const auto effort = std::make_shared<Effort>();
  std::thread teller([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    effort->stop();
  });
  bool stopped = false;
  try {
    const AtWork here(Place::queue, effort);
    work();
  } catch (const Stopped&) {
    stopped = true;
  }
  teller.join();
  return stopped;
}

std::vector<Point> places(std::size_t count) {
  std::vector<Point> out;
  CounterRandom draw(1, 7);
  for (std::size_t i = 0; i < count; ++i)
    out.push_back({static_cast<double>(draw.below(100'000)), static_cast<double>(draw.below(100'000))});
  return out;
}

}  // namespace

TEST_CASE("a loop over many is broken off, on one thread and on several, and every helper ends") {
  for (const unsigned threads : {1u, 4u}) {
    CAPTURE(threads);
    std::atomic<int> done{0}, elsewhere{0};
    CHECK(stops([&] {
      parallel_for(1'000'000, threads, [&](std::size_t) {
        if (place_of_work() != Place::queue) ++elsewhere;
        ++done;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      });
    }));
    CHECK(done > 0);
    CHECK(done < 10'000);
    CHECK(elsewhere == 0);  // helpers are of the same queue
  }
}

TEST_CASE("a scan, permutations and Knox's test are broken off in the middle") {
  CHECK(stops([] {
    ScanData data;
    data.places = places(1'200);
    data.periods = 24;
    CounterRandom draw(3, 3);
    for (std::size_t i = 0; i < data.places.size() * data.periods; ++i) data.cases.push_back(draw.below(4));
    ScanOptions options;
    options.model = ScanModel::permutation;
    options.simulations = 9'999;
    (void)scan(data, options);
  }));
  CHECK(stops([] {
    std::vector<double> values;
    CounterRandom draw(4, 4);
    const auto points = places(5'000);
    for (std::size_t i = 0; i < points.size(); ++i) values.push_back(draw.below(30));
    const auto graph = nearest(points, 8);
    REQUIRE(graph);
    PermutationOptions options;
    options.permutations = 99'999;
    (void)conditional_permutation(values, *graph, options);
  }));
  CHECK(stops([] {
    std::vector<Event> events;
    CounterRandom draw(5, 5);
    for (const Point& place : places(4'000)) events.push_back({place, static_cast<std::int32_t>(draw.below(365))});
    KnoxOptions options;
    options.distance_edges = {0, 1'000, 5'000};
    options.permutations = 99'999;
    (void)knox(events, options);
  }));
}
