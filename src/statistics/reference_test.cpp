// Compares afresh with R's own packages on random data. Skipped, and counted as skipped, where Rscript is not
// installed.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "statistics/knox.h"
#include "statistics/neighbours.h"
#include "statistics/poisson.h"
#include "statistics/seasonal.h"
#include "statistics/spatial.h"

using namespace tithing;
using namespace tithing::statistics;

namespace {

bool rscript_is_missing() {
  const char* path = std::getenv("PATH");
  if (path == nullptr) return true;
  for (const auto& folder : split(path, ':'))
    if (access((folder + "/Rscript").c_str(), X_OK) == 0) return false;
  return true;
}

constexpr const char* kScript = R"(
args <- commandArgs(TRUE)
d <- read.csv(file.path(args[1], "points.csv"))
s <- scan(file.path(args[1], "series.txt"), quiet = TRUE)
out <- function(name, x) cat(name, formatC(as.numeric(x), digits = 17, format = "g"), "\n")
fit <- stats::stl(ts(s, frequency = 12), s.window = "periodic")$time.series
out("periodic_seasonal", fit[, "seasonal"])
out("periodic_trend", fit[, "trend"])
fit <- stats::stl(ts(s, frequency = 12), s.window = 7, robust = TRUE)$time.series
out("robust_seasonal", fit[, "seasonal"])
out("robust_trend", fit[, "trend"])
if (requireNamespace("spdep", quietly = TRUE)) {
  nb <- spdep::dnearneigh(as.matrix(d[, c("x", "y")]), 0, 1.5)
  w <- spdep::nb2listw(nb, style = "W")
  b <- spdep::nb2listw(spdep::include.self(nb), style = "B")
  out("moran", spdep::moran.test(d$v, w, randomisation = TRUE)$estimate)
  out("geary", spdep::geary.test(d$v, w, randomisation = TRUE)$estimate)
  out("gistar", spdep::localG(d$v, b))
  out("gi", spdep::localG(d$v, spdep::nb2listw(nb, style = "B")))
  out("general_g", spdep::globalG.test(d$v, spdep::nb2listw(nb, style = "B"))$estimate)
  local <- spdep::localmoran(d$v, w)
  out("local_moran", local[, "Ii"])
  out("local_moran_variance", local[, "Var.Ii"])
  near <- spdep::knn2nb(spdep::knearneigh(as.matrix(d[, c("u", "v")]), k = 5))
  out("moran_of_nearest", spdep::moran.test(d$v, spdep::nb2listw(near, style = "W"), randomisation = TRUE)$estimate)
}
test <- poisson.test(d$day[2] + 1, conf.level = 0.95)
out("poisson_interval", test$conf.int)
if (requireNamespace("surveillance", quietly = TRUE)) {
  k <- surveillance::knox(dt = as.vector(dist(d$day)), ds = as.vector(dist(d[, c("x", "y")])), eps.t = 6, eps.s = 1.2,
                          simulate.p.value = FALSE)
  out("knox", k$statistic)
}
)";

void compare(const std::map<std::string, std::vector<double>>& from_r, const std::string& name,
             const std::vector<double>& ours) {
  const auto found = from_r.find(name);
  if (found == from_r.end()) return;  // that package is not installed
  CAPTURE(name);
  REQUIRE(found->second.size() == ours.size());
  for (std::size_t i = 0; i < ours.size(); ++i)
    CHECK(std::abs(ours[i] - found->second[i]) <= 1e-9 * (std::abs(found->second[i]) + 1e-3));
}

}  // namespace

TEST_CASE("R's stl, spdep and surveillance agree on random data" * doctest::skip(rscript_is_missing())) {
  char folder[] = "/tmp/tithing-reference-XXXXXX";
  REQUIRE(mkdtemp(folder) != nullptr);
  const std::string place = folder;
  CounterRandom random(20221122, 0);
  std::vector<Point> points, scattered;
  std::vector<double> values, series;
  std::vector<Event> events;
  {
    std::ofstream file(place + "/points.csv");
    file.precision(17);
    file << "x,y,u,v,day\n";
    for (int i = 0; i < 144; ++i) {
      points.push_back({static_cast<double>(i % 12), static_cast<double>(i / 12)});
      values.push_back(random.uniform() * 10);
      events.push_back({points.back(), static_cast<std::int32_t>(random.below(60))});
      scattered.push_back({points.back().x + random.uniform(), values.back()});  // no two of one distance
      file << points.back().x << ',' << points.back().y << ',' << scattered.back().x << ',' << values.back() << ','
           << events.back().day << '\n';
    }
    std::ofstream lines(place + "/series.txt");
    lines.precision(17);
    // An odd number: of an even one R's robust passes at times take another number than the mean of the two middle ones
    // for the median (README.md).
    for (int i = 0; i < 91; ++i) {
      series.push_back(100 + 10 * std::sin(i / 1.9) + 20 * random.uniform() + (i == 40 ? 200 : 0));
      lines << series.back() << '\n';
    }
    std::ofstream script(place + "/compare.R");
    script << kScript;
  }
  const std::string command = "Rscript --vanilla '" + place + "/compare.R' '" + place + "' > '" + place +
                              "/out.txt' 2> '" + place + "/err.txt'";
  REQUIRE(std::system(command.c_str()) == 0);
  std::map<std::string, std::vector<double>> from_r;
  std::ifstream out(place + "/out.txt");
  for (std::string line; std::getline(out, line);) {
    std::istringstream words(line);
    std::string name;
    words >> name;
    for (double x = 0; words >> x;) from_r[name].push_back(x);
  }
  REQUIRE(from_r.count("periodic_trend") == 1);

  const auto periodic = *stl(series);
  compare(from_r, "periodic_seasonal", periodic.seasonal);
  compare(from_r, "periodic_trend", periodic.trend);
  StlOptions options;
  options.seasonal_span = 7;
  options.robust = true;
  const auto robust = *stl(series, options);
  compare(from_r, "robust_seasonal", robust.seasonal);
  compare(from_r, "robust_trend", robust.trend);

  const auto graph = *within_distance(points, 1.5);
  const auto m = *moran(values, graph, Weights::row_standardised);
  compare(from_r, "moran", {m.statistic, m.expected, m.variance_randomised});
  const auto c = *geary(values, graph, Weights::row_standardised);
  compare(from_r, "geary", {c.statistic, c.expected, c.variance_randomised});
  std::vector<double> star;
  const auto locals = *getis_ord(values, graph, Star::with_self);
  for (const auto& local : locals) star.push_back(local->z);
  compare(from_r, "gistar", star);
  star.clear();
  const auto without_self = *getis_ord(values, graph, Star::without_self);
  for (const auto& local : without_self) star.push_back(local->z);
  compare(from_r, "gi", star);
  const auto g = *general_g(values, graph, Weights::binary);
  compare(from_r, "general_g", {g.statistic, g.expected, g.variance_randomised});
  std::vector<double> local_statistic, local_variance;
  const auto local_values = *local_moran(values, graph, Weights::row_standardised);
  for (const auto& local : local_values) {
    local_statistic.push_back(local->statistic);
    local_variance.push_back(local->variance);
  }
  compare(from_r, "local_moran", local_statistic);
  compare(from_r, "local_moran_variance", local_variance);
  const auto near = *moran(values, *nearest(scattered, 5), Weights::row_standardised);
  compare(from_r, "moran_of_nearest", {near.statistic, near.expected, near.variance_randomised});
  const auto interval = *poisson_interval(events[1].day + 1);
  compare(from_r, "poisson_interval", {interval.lower, interval.upper});
  KnoxOptions knox_options;
  knox_options.distance = Distance::straight;
  knox_options.distance_edges = {0, 1.2};
  knox_options.day_edges = {0, 7};
  knox_options.permutations = 9;
  compare(from_r, "knox", {static_cast<double>(knox(events, knox_options)->cells[0][0].observed)});
  for (const char* name : {"points.csv", "series.txt", "compare.R", "out.txt", "err.txt"})
    std::remove((place + "/" + name).c_str());
  rmdir(folder);
}
