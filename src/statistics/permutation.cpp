// Conditional permutation of neighbour sums; the contract is in spatial.h.
//
// The usual way adds up k drawn values for each area and each draw: areas x permutations x k steps. Here the table of
// drawn areas is shared, so for one draw the k values differ between areas only where a drawn number is at or above the
// area's own (it must skip itself): the sum is a step function of the area's number with at most k steps. Each area
// then costs one comparison per draw, whatever k is.
#include <algorithm>
#include <cmath>

#include "base/long_work.h"
#include "base/random.h"
#include "base/translation.h"
#include "statistics/parallel.h"
#include "statistics/spatial.h"

namespace tithing::statistics {

namespace {

// Areas with the same number of neighbours, in rising order, with what they are compared with.
struct Group {
  std::size_t degree = 0;
  std::vector<std::uint32_t> areas;
  std::vector<double> high;  // a drawn sum at or above this is as high as the observed one
  std::vector<double> low;   // at or below this, as low
};

// `count` different numbers below `bound`, in the order drawn (Floyd's method keeps no table of all numbers).
void draw_distinct(CounterRandom& random, std::size_t count, std::uint32_t bound, std::vector<std::uint32_t>& out) {
  out.clear();
  if (count > 256 || count * 4 > bound) {
    std::vector<std::uint32_t> all(bound);
    for (std::uint32_t i = 0; i < bound; ++i) all[i] = i;
    for (std::size_t i = 0; i < count; ++i) {
      std::swap(all[i], all[i + random.below(bound - static_cast<std::uint32_t>(i))]);
      out.push_back(all[i]);
    }
    return;
  }
  while (out.size() < count) {
    const std::uint32_t id = random.below(bound);
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
}

// Adds one where the drawn sum reaches the observed one, over areas that share one drawn sum.
void compare(double sum, const double* high, const double* low, std::uint32_t* at_least, std::uint32_t* at_most,
             std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    at_least[i] += sum >= high[i] ? 1u : 0u;
    at_most[i] += sum <= low[i] ? 1u : 0u;
  }
}

struct Counts {
  std::vector<std::uint32_t> at_least, at_most;  // in the order of the groups
};

}  // namespace

Result<std::vector<std::optional<LocalPermutation>>> conditional_permutation(const std::vector<double>& values,
                                                                             const NeighbourGraph& graph,
                                                                             const PermutationOptions& options) {
  // The checks of the global measure are those of this one.
  if (const auto checked = moran(values, graph, Weights::binary); !checked) return pass_on(checked);
  if (options.permutations < 9 || options.permutations > 99'999)
    return invalid(tr("Ask for between 9 and 99,999 permutations; 999 is usual."));
  const std::size_t n = values.size();
  double scale = 0;
  for (const double value : values) scale = std::max(scale, std::abs(value));

  std::vector<std::size_t> group_of_degree(graph.most() + 1, 0);
  std::vector<Group> groups;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t degree = graph.of(i).size();
    if (degree == 0) continue;
    if (group_of_degree[degree] == 0) {
      groups.emplace_back();
      groups.back().degree = degree;
      group_of_degree[degree] = groups.size();
    }
    Group& group = groups[group_of_degree[degree] - 1];
    double sum = 0;
    for (const std::uint32_t j : graph.of(i)) sum += values[j];
    // Sums of the same numbers in another order may differ in their last digits; they are equal all the same.
    const double slack = 1e-14 * scale * static_cast<double>(degree + 1);
    group.areas.push_back(static_cast<std::uint32_t>(i));
    group.high.push_back(sum - slack);
    group.low.push_back(sum + slack);
  }
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.degree < b.degree; });
  std::size_t total = 0;
  for (const Group& group : groups) total += group.areas.size();

  constexpr std::size_t kBlock = 64;  // draws done together; counts are whole numbers, so their order is of no account
  const std::size_t blocks = (options.permutations + kBlock - 1) / kBlock;
  constexpr std::size_t kShares = 16;
  std::vector<Counts> shares(std::min(kShares, blocks));
  for (Counts& share : shares) {
    share.at_least.assign(total, 0);
    share.at_most.assign(total, 0);
  }
  parallel_for(shares.size(), options.threads, [&](std::size_t s) {
    Counts& counts = shares[s];
    std::vector<std::uint32_t> drawn, sorted;
    for (std::size_t block = s; block < blocks; block += shares.size()) {
      check_stop();
      const std::size_t last = std::min(options.permutations, (block + 1) * kBlock);
      for (std::size_t draw = block * kBlock; draw < last; ++draw) {
        CounterRandom random(options.seed, draw);
        draw_distinct(random, graph.most(), static_cast<std::uint32_t>(n - 1), drawn);
        std::size_t offset = 0;
        for (const Group& group : groups) {
          sorted.assign(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(group.degree));
          std::sort(sorted.begin(), sorted.end());
          // A drawn number counts the areas without i: below i it is itself, from i on it is the next one.
          double sum = 0;
          for (const std::uint32_t id : sorted) sum += values[id + 1];
          std::size_t begin = 0;
          for (std::size_t step = 0; step <= sorted.size(); ++step) {
            // Areas up to sorted[step] have exactly `step` drawn numbers below them.
            std::size_t end = group.areas.size();
            if (step < sorted.size())
              end = static_cast<std::size_t>(std::upper_bound(group.areas.begin() + static_cast<std::ptrdiff_t>(begin),
                                                              group.areas.end(), sorted[step]) -
                                             group.areas.begin());
            compare(sum, group.high.data() + begin, group.low.data() + begin, counts.at_least.data() + offset + begin,
                    counts.at_most.data() + offset + begin, end - begin);
            begin = end;
            if (step < sorted.size()) sum += values[sorted[step]] - values[sorted[step] + 1];
          }
          offset += group.areas.size();
        }
      }
    }
  });

  std::vector<std::optional<LocalPermutation>> result(n);
  std::size_t position = 0;
  for (const Group& group : groups) {
    for (const std::uint32_t area : group.areas) {
      LocalPermutation local;
      for (const Counts& share : shares) {
        local.at_least += share.at_least[position];
        local.at_most += share.at_most[position];
      }
      const auto tail = static_cast<double>(std::min(local.at_least, local.at_most));
      local.p = std::min(1.0, 2 * (tail + 1) / (static_cast<double>(options.permutations) + 1));
      result[area] = local;
      ++position;
    }
  }
  return result;
}

}  // namespace tithing::statistics
