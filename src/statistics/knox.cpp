#include "statistics/knox.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/long_work.h"
#include "base/random.h"
#include "base/translation.h"
#include "statistics/parallel.h"
#include "statistics/point_grid.h"

namespace tithing::statistics {

namespace {

struct Pair {
  std::uint32_t a, b;
  std::uint32_t band;  // of distance
};

constexpr std::size_t kMostPairs = 200'000'000;

// Pairs by distance band, in band order, so that a permutation walks through memory once.
Result<std::vector<Pair>> close_pairs(const std::vector<Event>& events, const KnoxOptions& options) {
  std::vector<Point> points;
  points.reserve(events.size());
  for (const auto& event : events) points.push_back(event.place);
  const double reach = options.distance_edges.back();
  const PointGrid grid(points, reach);
  const auto cells = static_cast<std::int64_t>(std::ceil(reach * (1 + 1e-9) / grid.side()));
  const bool manhattan = options.distance == Distance::manhattan;
  std::vector<Pair> pairs;
  bool too_many = false;
  for (std::size_t i = 0; i < points.size() && !too_many; ++i) {
    const auto c = grid.column(points[i].x);
    const auto r = grid.row(points[i].y);
    grid.visit(c - cells, c + cells, r - cells, r + cells, [&](std::uint32_t j) {
      if (j <= i) return;
      const double dx = std::abs(points[i].x - points[j].x);
      const double dy = std::abs(points[i].y - points[j].y);
      const double d = manhattan ? dx + dy : std::sqrt(dx * dx + dy * dy);
      if (!(d < reach) || d < options.distance_edges.front()) return;
      const auto edge = std::upper_bound(options.distance_edges.begin(), options.distance_edges.end(), d);
      pairs.push_back(
          {static_cast<std::uint32_t>(i), j, static_cast<std::uint32_t>(edge - options.distance_edges.begin() - 1)});
    });
    too_many = pairs.size() > kMostPairs;
  }
  if (too_many)
    return invalid(
        tr("More than 200 million pairs lie within the largest distance. Choose a smaller distance or area."));
  std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
    return x.band != y.band ? x.band < y.band : x.a != y.a ? x.a < y.a : x.b < y.b;
  });
  return pairs;
}

}  // namespace

Result<Knox> knox(const std::vector<Event>& events, const KnoxOptions& options) {
  if (events.size() < 2) return invalid(tr("Near repeats need at least two events with a place and a date."));
  if (events.size() > 0xFFFFFFFFu) return invalid(tr("Near repeats can be sought among at most 4,294,967,295 events."));
  if (options.distance_edges.size() < 2 || options.day_edges.size() < 2)
    return invalid(tr("Give at least two edges of distance and two of days."));
  for (std::size_t i = 0; i < options.distance_edges.size(); ++i) {
    const double edge = options.distance_edges[i];
    if (!(edge >= 0) || std::isinf(edge) || (i > 0 && edge <= options.distance_edges[i - 1]))
      return invalid(tr("The edges of the distance bands must rise from zero or more."));
  }
  for (std::size_t i = 0; i < options.day_edges.size(); ++i)
    if (options.day_edges[i] < 0 || (i > 0 && options.day_edges[i] <= options.day_edges[i - 1]))
      return invalid(tr("The edges of the day bands must rise from zero or more."));
  if (options.day_edges.back() > 100'000) return invalid(tr("The last day band must end within 100,000 days."));
  if (options.permutations < 9 || options.permutations > 99'999)
    return invalid(tr("Ask for between 9 and 99,999 permutations; 999 is usual."));
  for (const auto& event : events)
    if (!std::isfinite(event.place.x) || !std::isfinite(event.place.y))
      return invalid(tr("Near repeats need events with coordinates; leave out rows without a place."));

  const auto found = close_pairs(events, options);
  if (!found) return pass_on(found);
  const std::vector<Pair>& pairs = *found;
  const std::size_t distances = options.distance_edges.size() - 1;
  const std::size_t spans = options.day_edges.size() - 1;
  const std::size_t width = spans + 1;  // one more for pairs outside every day band

  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  std::int32_t last = std::numeric_limits<std::int32_t>::min();
  for (const auto& event : events) {
    first = std::min(first, event.day);
    last = std::max(last, event.day);
  }
  if (static_cast<std::int64_t>(last) - first > 1'000'000)
    return invalid(tr("The dates lie more than a million days apart. Check the column of dates."));
  std::vector<std::int32_t> days;
  for (const auto& event : events) days.push_back(event.day - first);
  // Day band of every difference of days.
  std::vector<std::uint8_t> band(static_cast<std::size_t>(last - first) + 1, static_cast<std::uint8_t>(spans));
  if (spans > 250) return invalid(tr("Choose at most 250 day bands."));
  for (std::size_t d = 0; d < band.size(); ++d)
    for (std::size_t s = 0; s < spans; ++s)
      if (static_cast<std::int64_t>(d) >= options.day_edges[s] &&
          static_cast<std::int64_t>(d) < options.day_edges[s + 1])
        band[d] = static_cast<std::uint8_t>(s);

  const auto count = [&](const std::vector<std::int32_t>& when, std::vector<std::uint64_t>& out) {
    std::fill(out.begin(), out.end(), 0);
    for (const Pair& pair : pairs) {
      const std::int32_t apart = std::abs(when[pair.a] - when[pair.b]);
      ++out[pair.band * width + band[static_cast<std::size_t>(apart)]];
    }
  };
  std::vector<std::uint64_t> observed(distances * width);
  count(days, observed);

  struct Share {
    std::vector<std::uint64_t> sum, at_least;
  };
  std::vector<Share> shares(std::min<std::size_t>(16, options.permutations));
  parallel_for(shares.size(), options.threads, [&](std::size_t s) {
    Share& share = shares[s];
    share.sum.assign(observed.size(), 0);
    share.at_least.assign(observed.size(), 0);
    std::vector<std::uint64_t> counts(observed.size());
    std::vector<std::int32_t> dealt;
    for (std::size_t permutation = s; permutation < options.permutations; permutation += shares.size()) {
      check_stop();
      CounterRandom random(options.seed, permutation);
      dealt = days;
      for (std::size_t i = dealt.size(); i > 1; --i)
        std::swap(dealt[i - 1], dealt[random.below(static_cast<std::uint32_t>(i))]);
      count(dealt, counts);
      for (std::size_t k = 0; k < counts.size(); ++k) {
        share.sum[k] += counts[k];
        share.at_least[k] += counts[k] >= observed[k] ? 1 : 0;
      }
    }
  });

  Knox result;
  result.events = events.size();
  result.permutations = options.permutations;
  const auto runs = static_cast<double>(options.permutations);
  for (std::size_t d = 0; d < distances; ++d) {
    result.cells.emplace_back();
    for (std::size_t t = 0; t < spans; ++t) {
      std::uint64_t sum = 0, at_least = 0;
      for (const Share& share : shares) {
        sum += share.sum[d * width + t];
        at_least += share.at_least[d * width + t];
      }
      KnoxCell cell;
      cell.observed = observed[d * width + t];
      cell.expected = static_cast<double>(sum) / runs;
      if (sum > 0) cell.ratio = static_cast<double>(cell.observed) / cell.expected;
      cell.p = (static_cast<double>(at_least) + 1) / (runs + 1);
      result.cells.back().push_back(cell);
    }
  }
  std::vector<KnoxCell*> order;
  for (auto& row : result.cells)
    for (KnoxCell& cell : row) order.push_back(&cell);
  std::stable_sort(order.begin(), order.end(), [](const KnoxCell* a, const KnoxCell* b) { return a->p < b->p; });
  double least = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    least = std::max(least, order[i]->p * static_cast<double>(order.size() - i));
    order[i]->corrected_p = std::min(1.0, least);
  }
  result.can_call = static_cast<double>(order.size()) / (runs + 1) <= 0.05;
  return result;
}

}  // namespace tithing::statistics
