#include "statistics/scan.h"

#include <algorithm>
#include <cmath>

#include "base/long_work.h"
#include "base/random.h"
#include "base/translation.h"
#include "statistics/noise.h"
#include "statistics/parallel.h"

// Two copies of a loop, the wider for machines that have it. Not under a sanitizer, which starts too late for the
// choice.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define TITHING_SANITIZED
#endif
#endif
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(TITHING_SANITIZED) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define TITHING_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define TITHING_WIDE
#endif

namespace tithing::statistics {

namespace {

// All circles about one centre: locations from near to far, and how many of them each circle holds.
struct Circles {
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> sizes;  // rising
};

struct Setting {
  ScanModel model;
  std::size_t locations = 0;
  std::size_t periods = 0;
  std::size_t longest = 1;
  std::size_t stride = 0;  // periods + 1, of running sums over time
  double all_cases = 0;
  double all_events = 0;  // Bernoulli
  std::uint32_t least_cases = 2;
  std::vector<double> expected;       // [location * periods + period], adds up to all cases
  std::vector<double> expected_sums;  // [location * stride + period], running over time
  std::vector<double> weight;         // population of each location, for the size limit

  double ratio(double cases, double e) const {
    if (model == ScanModel::bernoulli)
      return bernoulli_log_likelihood_ratio(cases, e * all_events / all_cases, all_cases, all_events);
    return poisson_log_likelihood_ratio(cases, e, all_cases);
  }
};

Circles circles_about(const ScanData& data, const Setting& problem, std::uint32_t centre, double most_population) {
  struct Away {
    double distance;
    std::uint32_t id;
  };
  std::vector<Away> away;
  away.reserve(data.places.size());
  for (std::uint32_t i = 0; i < data.places.size(); ++i) {
    const double dx = data.places[i].x - data.places[centre].x;
    const double dy = data.places[i].y - data.places[centre].y;
    away.push_back({dx * dx + dy * dy, i});
  }
  std::sort(away.begin(), away.end(), [](const Away& a, const Away& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.id < b.id;
  });
  double all = 0;
  for (const double w : problem.weight) all += w;
  const double limit = all * most_population * (1 + 1e-12);
  Circles circles;
  double inside = 0;
  for (std::size_t i = 0; i < away.size();) {
    std::size_t j = i;
    while (j < away.size() && away[j].distance <= away[i].distance * (1 + 1e-12))
      inside += problem.weight[away[j++].id];
    if (inside > limit) break;
    for (std::size_t k = i; k < j; ++k) circles.order.push_back(away[k].id);
    circles.sizes.push_back(static_cast<std::uint32_t>(j));
    i = j;
  }
  return circles;
}

// What a window must exceed to be worth its logarithms. With d = cases - e > 0, C all cases and u = d / (C - e):
//   Poisson: LLR <= d^2/(2e) + 1.1 d^2/(2(C-e)) while u <= 1/4, because (1+r)ln(1+r) - r <= r^2/2 for r >= 0, and
//   (1-u)ln(1-u) + u <= (u^2/2)(1 + u/3 + u^2/6 + ...) <= 1.1 u^2/2; beyond u = 1/4 the window is looked at anyway.
//   Bernoulli: LLR = n KL(in) + (N-n) KL(out), and KL(q, p) <= (q-p)^2/(p(1-p)), so
//   LLR <= d^2 (1/e + 1/(C-e)) / (1 - C/N).
// Multiplied out, "cannot exceed L" reads d^2 (C + tilt e) <= factor L e (C - e).
struct Bound {
  float all;
  float tilt;
  float factor;
  float share;  // of C - e; d above it is looked at anyway
  float slack;  // more than the rounding of running sums in single precision
};

// Whether any interval of at most `longest` periods could exceed `level`, for cases `c` (running sums over time of the
// largest circle of a run) and expectation `e` (of the smallest): no circle of the run can do better.
TITHING_WIDE
bool may_exceed(const float* c, const float* e, std::size_t periods, std::size_t longest, const Bound& bound,
                float level) {
  const float target = bound.factor * level;
  const float all = bound.all, tilt = bound.tilt, share = bound.share, slack = bound.slack;
  for (std::size_t length = 1; length <= longest; ++length) {
    int any = 0;
    const std::size_t starts = periods - length + 1;
    for (std::size_t a = 0; a < starts; ++a) {
      const float expected = e[a + length] - e[a];
      const float d = c[a + length] - c[a] - expected + slack;
      const float rest = all - expected;
      const int high =
          static_cast<int>(d > 0) & (static_cast<int>(d * d * (all + tilt * expected) > target * expected * rest) |
                                     static_cast<int>(d > share * rest));
      any |= high;
    }
    if (any) return true;
  }
  return false;
}

// sums[j] += row[j]
TITHING_WIDE
void add_row(float* out, const float* before, const float* row, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = before[i] + row[i];
}

struct Window {
  double ratio = 0;
  std::uint32_t circle = 0;  // index into sizes
  std::uint32_t from = 0, to = 0;
  double cases = 0, expected = 0;
};

// Looks for windows about one centre that beat `best.ratio`, and puts the best of them there.
class Searcher {
 public:
  Searcher(const Setting& problem, const Bound& bound) : problem_(problem), bound_(bound) {}

  // Running sums of the expectation over circles and time: the same for every simulation.
  void centre(const Circles& circles) {
    circles_ = &circles;
    const std::size_t stride = problem_.stride;
    exact_.assign((circles.sizes.size() + 1) * stride, 0);
    expected_.assign((circles.sizes.size() + 1) * stride, 0);
    cases_.resize((circles.sizes.size() + 1) * stride);
    std::size_t done = 0;
    for (std::size_t k = 0; k < circles.sizes.size(); ++k) {
      double* now = &exact_[(k + 1) * stride];
      std::copy(&exact_[k * stride], &exact_[k * stride] + stride, now);
      for (; done < circles.sizes[k]; ++done) {
        const double* row = &problem_.expected_sums[circles.order[done] * stride];
        for (std::size_t t = 0; t < stride; ++t) now[t] += row[t];
      }
      for (std::size_t t = 0; t < stride; ++t) expected_[(k + 1) * stride + t] = static_cast<float>(now[t]);
    }
    // Runs of circles that differ by less than about one standard deviation in the longest interval.
    runs_.assign(1, 0);
    const double part = static_cast<double>(problem_.longest) / static_cast<double>(problem_.periods);
    for (std::size_t k = 0; k < circles.sizes.size();) {
      const double here = exact_[(k + 1) * stride + stride - 1] * part;
      std::size_t end = k + 1;
      while (end < circles.sizes.size() &&
             exact_[(end + 1) * stride + stride - 1] * part - here <= 0.9 * std::sqrt(here))
        ++end;
      runs_.push_back(end);
      k = end;
    }
  }

  // `sums`: running sums over time of the cases of every location.
  void search(const std::vector<float>& sums, Window& best) {
    const std::size_t stride = problem_.stride;
    std::fill(cases_.begin(), cases_.begin() + static_cast<std::ptrdiff_t>(stride), 0.0f);
    std::size_t done = 0;
    for (std::size_t k = 0; k < circles_->sizes.size(); ++k) {
      float* now = &cases_[(k + 1) * stride];
      const float* before = &cases_[k * stride];
      for (; done < circles_->sizes[k]; ++done) {
        add_row(now, before, &sums[circles_->order[done] * stride], stride);
        before = now;
      }
    }
    for (std::size_t r = 0; r + 1 < runs_.size(); ++r) search_run(runs_[r], runs_[r + 1], best);
  }

 private:
  // Circles [begin, end).
  void search_run(std::size_t begin, std::size_t end, Window& best) {
    const std::size_t stride = problem_.stride;
    if (!may_exceed(&cases_[end * stride], &expected_[(begin + 1) * stride], problem_.periods, problem_.longest, bound_,
                    static_cast<float>(best.ratio)))
      return;
    if (end - begin > 1) {
      const std::size_t middle = begin + (end - begin) / 2;
      search_run(begin, middle, best);
      search_run(middle, end, best);
      return;
    }
    const float* c = &cases_[end * stride];
    const double* e = &exact_[end * stride];
    for (std::size_t length = 1; length <= problem_.longest; ++length) {
      for (std::size_t a = 0; a + length <= problem_.periods; ++a) {
        const double cases = static_cast<double>(c[a + length]) - static_cast<double>(c[a]);
        const double expected = e[a + length] - e[a];
        const double d = cases - expected;
        if (!(d > 0) || cases < problem_.least_cases) continue;
        const double rest = problem_.all_cases - expected;
        if (d <= static_cast<double>(bound_.share) * rest &&
            d * d * (problem_.all_cases + static_cast<double>(bound_.tilt) * expected) <=
                static_cast<double>(bound_.factor) * best.ratio * expected * rest * (1 - 1e-9))
          continue;
        const double ratio = problem_.ratio(cases, expected);
        if (ratio > best.ratio)
          best = {ratio,
                  static_cast<std::uint32_t>(begin),
                  static_cast<std::uint32_t>(a),
                  static_cast<std::uint32_t>(a + length - 1),
                  cases,
                  expected};
      }
    }
  }

  const Setting& problem_;
  const Bound& bound_;
  const Circles* circles_ = nullptr;
  std::vector<double> exact_;
  std::vector<float> expected_, cases_;
  std::vector<std::size_t> runs_;
};

std::vector<float> running_sums(const std::vector<std::uint32_t>& cases, const Setting& problem) {
  std::vector<float> sums(problem.locations * problem.stride, 0.0f);
  for (std::size_t i = 0; i < problem.locations; ++i) {
    std::uint32_t sum = 0;
    for (std::size_t t = 0; t < problem.periods; ++t) {
      sum += cases[i * problem.periods + t];
      sums[i * problem.stride + t + 1] = static_cast<float>(sum);
    }
  }
  return sums;
}

// Variance of the counts beyond that of the model, in squared means (a: variance = E + a E^2), by moments; never below
// 0.
double spread_of(const ScanData& data, const Setting& p) {
  if (p.model == ScanModel::bernoulli || p.all_cases < 2) return 0;
  std::vector<double> by_place(p.locations, 0), by_time(p.periods, 0);
  for (std::size_t i = 0; i < p.locations; ++i)
    for (std::size_t t = 0; t < p.periods; ++t) {
      by_place[i] += p.expected[i * p.periods + t] / p.all_cases;
      by_time[t] += p.expected[i * p.periods + t] / p.all_cases;
    }
  double beyond = 0, squares = 0;
  for (std::size_t i = 0; i < p.locations; ++i)
    for (std::size_t t = 0; t < p.periods; ++t) {
      const double e = p.expected[i * p.periods + t], d = data.cases[i * p.periods + t] - e;
      // Where both margins are given the counts are hypergeometric; where the total is, multinomial.
      const bool margins = p.model == ScanModel::permutation;
      const double variance = margins ? e * (1 - by_place[i]) * (1 - by_time[t]) * p.all_cases / (p.all_cases - 1)
                                      : e * (1 - e / p.all_cases);
      const double left = margins ? (1 - by_place[i]) * (1 - by_time[t]) : 1 - e / p.all_cases;
      beyond += d * d - variance;
      squares += e * e * left;
    }
  if (!(squares > 0)) return 0;
  const double found = std::max(0.0, beyond / squares);
  if (p.model != ScanModel::permutation) return found;
  // Means made of the counts' own margins have the squares of these, larger by about spread / periods and spread /
  // places.
  const double larger = found * (1 / static_cast<double>(p.periods) + 1 / static_cast<double>(p.locations));
  return found / std::max(0.25, 1 - larger);
}

// Deals the cases anew under the hypothesis of no cluster.
class Simulator {
 public:
  Simulator(const ScanData& data, const Setting& problem, double spread) : problem_(problem), spread_(spread) {
    const std::size_t cells = data.cases.size();
    if (spread > 0 && problem.model == ScanModel::permutation) {
      totals_.assign(problem.locations, 0);
      for (std::size_t i = 0; i < cells; ++i) totals_[i / problem.periods] += data.cases[i];
    }
    if (problem.model == ScanModel::poisson) {
      cumulative_.reserve(cells);
      double sum = 0;
      for (const double e : problem.expected) cumulative_.push_back(sum += e);
      // A table of starting places for the search by size.
      guide_.resize(cells + 1);
      std::size_t k = 0;
      for (std::size_t g = 0; g <= cells; ++g) {
        const double at = sum * static_cast<double>(g) / static_cast<double>(cells);
        while (k + 1 < cells && cumulative_[k] <= at) ++k;
        guide_[g] = static_cast<std::uint32_t>(k);
      }
    } else if (problem.model == ScanModel::permutation) {
      for (std::size_t i = 0; i < problem.locations; ++i) {
        for (std::size_t t = 0; t < problem.periods; ++t) {
          for (std::uint32_t c = 0; c < data.cases[i * problem.periods + t]; ++c) {
            place_.push_back(static_cast<std::uint32_t>(i));
            time_.push_back(static_cast<std::uint32_t>(t));
          }
        }
      }
    } else {
      for (std::size_t cell = 0; cell < cells; ++cell)
        for (std::uint32_t c = 0; c < data.cases[cell] + data.controls[cell]; ++c)
          place_.push_back(static_cast<std::uint32_t>(cell));
    }
  }

  void simulate(CounterRandom random, std::vector<std::uint32_t>& cases) const {
    std::fill(cases.begin(), cases.end(), 0);
    const auto total = static_cast<std::size_t>(problem_.all_cases);
    if (spread_ > 0) {
      uneven(random, cases);
    } else if (problem_.model == ScanModel::poisson) {
      const double sum = cumulative_.back();
      const std::size_t cells = cumulative_.size();
      for (std::size_t i = 0; i < total; ++i) {
        const double u = random.uniform();
        const double at = u * sum;
        auto k = static_cast<std::size_t>(guide_[static_cast<std::size_t>(u * static_cast<double>(cells))]);
        while (k > 0 && cumulative_[k - 1] > at) --k;
        while (k + 1 < cells && cumulative_[k] <= at) ++k;
        ++cases[k];
      }
    } else if (problem_.model == ScanModel::permutation) {
      std::vector<std::uint32_t> time = time_;
      for (std::size_t i = time.size(); i > 1; --i)
        std::swap(time[i - 1], time[random.below(static_cast<std::uint32_t>(i))]);
      for (std::size_t i = 0; i < time.size(); ++i) ++cases[place_[i] * problem_.periods + time[i]];
    } else {
      std::vector<std::uint32_t> place = place_;
      for (std::size_t i = 0; i < total; ++i) {
        std::swap(place[i], place[i + random.below(static_cast<std::uint32_t>(place.size() - i))]);
        ++cases[place[i]];
      }
    }
  }

 private:
  // Negative binomial counts of the same total, and for the permutation model of the same total in each location.
  void uneven(CounterRandom& random, std::vector<std::uint32_t>& cases) const {
    std::vector<double> weight(problem_.expected);
    for (double& w : weight)
      if (w > 0) w *= gamma_number(random, 1 / spread_);
    const bool margins = problem_.model == ScanModel::permutation;
    if (margins) keep_margins(weight);
    std::vector<double> sums(margins ? problem_.periods : weight.size());
    const auto deal = [&](std::size_t first, std::size_t count, std::size_t events) {
      double sum = 0;
      for (std::size_t k = 0; k < count; ++k) sums[k] = sum += weight[first + k];
      for (std::size_t event = 0; event < events && sum > 0; ++event) {
        const double at = random.uniform() * sum;
        const auto to = static_cast<std::ptrdiff_t>(count);
        const auto k = std::upper_bound(sums.begin(), sums.begin() + to, at) - sums.begin();
        ++cases[first + std::min(static_cast<std::size_t>(k), count - 1)];
      }
    };
    if (!margins) return deal(0, weight.size(), static_cast<std::size_t>(problem_.all_cases));
    for (std::size_t i = 0; i < problem_.locations; ++i) deal(i * problem_.periods, problem_.periods, totals_[i]);
  }

  // The months' totals are those of the data: a month in which all locations have many is no cluster of this model.
  void keep_margins(std::vector<double>& weight) const {
    const std::size_t periods = problem_.periods;
    std::vector<double> wanted(periods, 0);
    for (std::size_t cell = 0; cell < weight.size(); ++cell) wanted[cell % periods] += problem_.expected[cell];
    for (int round = 0; round < 3; ++round) {
      for (std::size_t i = 0; i < problem_.locations; ++i) {
        double sum = 0;
        for (std::size_t t = 0; t < periods; ++t) sum += weight[i * periods + t];
        for (std::size_t t = 0; sum > 0 && t < periods; ++t) weight[i * periods + t] *= totals_[i] / sum;
      }
      std::vector<double> held(periods, 0);
      for (std::size_t cell = 0; cell < weight.size(); ++cell) held[cell % periods] += weight[cell];
      for (std::size_t cell = 0; cell < weight.size(); ++cell)
        if (held[cell % periods] > 0) weight[cell] *= wanted[cell % periods] / held[cell % periods];
    }
  }

  const Setting& problem_;
  double spread_ = 0;
  std::vector<std::uint32_t> totals_;  // of each location
  std::vector<double> cumulative_;
  std::vector<std::uint32_t> guide_;
  std::vector<std::uint32_t> place_, time_;
};

Status check(const ScanData& data, const ScanOptions& options) {
  const std::size_t cells = data.places.size() * data.periods;
  if (data.places.empty() || data.periods == 0)
    return invalid(tr("A scan needs at least one location and one period."));
  if (data.cases.size() != cells) return invalid(tr("There must be one count for each location and period."));
  if (options.model == ScanModel::poisson && data.expected.size() != cells)
    return invalid(tr("There must be one expected number, such as the population, for each location and period."));
  if (options.model == ScanModel::bernoulli && data.controls.size() != cells)
    return invalid(tr("There must be one count of controls for each location and period."));
  if (options.model == ScanModel::permutation && data.periods < 2)
    return invalid(tr("The permutation scan compares periods with each other and needs at least two."));
  for (const auto& place : data.places)
    if (!std::isfinite(place.x) || !std::isfinite(place.y)) return invalid(tr("Every location needs coordinates."));
  const auto share = [](double x) { return x > 0 && x <= 0.9; };
  if (!share(options.most_population) || !share(options.most_time))
    return invalid(tr("The largest cluster may hold between 0% and 90% of people and of time; 50% is usual."));
  if (options.simulations != 0 && (options.simulations < 9 || options.simulations > 99'999))
    return invalid(tr("Ask for no simulations or for between 9 and 99,999; 999 is usual."));
  std::uint64_t cases = 0;
  for (const auto c : data.cases) cases += c;
  if (cases == 0) return invalid(tr("There are no cases, so there is nothing to cluster."));
  if (cases > 16'000'000)
    return invalid(tr("A scan takes at most 16,000,000 cases. Choose a shorter time or one crime type."));
  if (options.model == ScanModel::poisson) {
    for (std::size_t i = 0; i < cells; ++i) {
      if (!(data.expected[i] >= 0) || std::isinf(data.expected[i]))
        return invalid(tr("An expected number must be zero or more. Check the populations."));
      if (data.expected[i] == 0 && data.cases[i] > 0)
        return invalid(tr("A location has cases where none can be expected. Check its population."));
    }
  }
  if (options.model == ScanModel::bernoulli) {
    std::uint64_t controls = 0;
    for (const auto c : data.controls) controls += c;
    if (controls == 0) return invalid(tr("There are no controls to compare the cases with."));
    if (controls > 16'000'000) return invalid(tr("A scan takes at most 16,000,000 controls."));
  }
  return {};
}

Setting prepare(const ScanData& data, const ScanOptions& options) {
  Setting p;
  p.model = options.model;
  p.locations = data.places.size();
  p.periods = data.periods;
  p.stride = p.periods + 1;
  p.longest =
      std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(p.periods) * options.most_time + 1e-9));
  p.least_cases = options.least_cases;
  for (const auto c : data.cases) p.all_cases += c;
  p.expected.assign(data.cases.size(), 0);
  p.weight.assign(p.locations, 0);
  if (options.model == ScanModel::poisson) {
    double sum = 0;
    for (const double e : data.expected) sum += e;
    for (std::size_t i = 0; i < p.expected.size(); ++i) p.expected[i] = data.expected[i] / sum * p.all_cases;
  } else if (options.model == ScanModel::permutation) {
    std::vector<double> by_place(p.locations, 0), by_time(p.periods, 0);
    for (std::size_t i = 0; i < p.locations; ++i) {
      for (std::size_t t = 0; t < p.periods; ++t) {
        by_place[i] += data.cases[i * p.periods + t];
        by_time[t] += data.cases[i * p.periods + t];
      }
    }
    for (std::size_t i = 0; i < p.locations; ++i)
      for (std::size_t t = 0; t < p.periods; ++t)
        p.expected[i * p.periods + t] = by_place[i] * by_time[t] / p.all_cases;
  } else {
    for (std::size_t i = 0; i < data.cases.size(); ++i)
      p.all_events += static_cast<double>(data.cases[i]) + static_cast<double>(data.controls[i]);
    for (std::size_t i = 0; i < data.cases.size(); ++i)
      p.expected[i] =
          (static_cast<double>(data.cases[i]) + static_cast<double>(data.controls[i])) * p.all_cases / p.all_events;
  }
  p.expected_sums.assign(p.locations * p.stride, 0);
  for (std::size_t i = 0; i < p.locations; ++i) {
    for (std::size_t t = 0; t < p.periods; ++t) {
      p.weight[i] += p.expected[i * p.periods + t];
      p.expected_sums[i * p.stride + t + 1] = p.expected_sums[i * p.stride + t] + p.expected[i * p.periods + t];
    }
  }
  return p;
}

Bound bound_of(const Setting& p) {
  Bound b{};
  b.all = static_cast<float>(p.all_cases);
  // Single precision loses at most a few parts in ten million of the largest sum, and of the product.
  b.slack = static_cast<float>(4e-7 * p.all_cases + 1e-6);
  if (p.model == ScanModel::bernoulli) {
    b.tilt = 0;
    b.factor = static_cast<float>((1 - p.all_cases / p.all_events) * (1 - 1e-5));
    b.share = 1e30f;
  } else {
    b.tilt = 0.1f;
    b.factor = static_cast<float>(2 * (1 - 1e-5));
    b.share = 0.25f;
  }
  return b;
}

}  // namespace

double poisson_log_likelihood_ratio(double cases, double expected, double all_cases) {
  if (!(cases > expected) || !(cases > 0)) return 0;
  if (!(expected > 0)) return 0;
  const double rest = all_cases - cases;
  double ratio = cases * std::log(cases / expected);
  if (rest > 0) ratio += rest * std::log(rest / (all_cases - expected));
  return std::max(0.0, ratio);
}

double bernoulli_log_likelihood_ratio(double cases, double events, double all_cases, double all_events) {
  if (!(events > 0) || !(all_events > events) || cases * all_events <= all_cases * events) return 0;
  const auto term = [](double x, double of) { return x > 0 ? x * std::log(x / of) : 0.0; };
  const double outside = all_cases - cases;
  const double others = all_events - events;
  return std::max(0.0, term(cases, events) + term(events - cases, events) + term(outside, others) +
                           term(others - outside, others) - term(all_cases, all_events) -
                           term(all_events - all_cases, all_events));
}

Result<Scan> scan(const ScanData& data, const ScanOptions& options) {
  if (auto ok = check(data, options); !ok) return pass_on(ok);
  const Setting problem = prepare(data, options);
  const Bound bound = bound_of(problem);
  const auto n = static_cast<std::uint32_t>(problem.locations);
  std::vector<Circles> circles(n);
  parallel_for(n, options.threads, [&](std::size_t i) {
    circles[i] = circles_about(data, problem, static_cast<std::uint32_t>(i), options.most_population);
  });

  Scan result;
  std::size_t intervals = 0;
  for (std::size_t length = 1; length <= problem.longest; ++length) intervals += problem.periods - length + 1;
  for (const Circles& c : circles) result.windows += c.sizes.size() * intervals;

  // The data: the best window about every centre.
  std::vector<Window> best(n);
  const std::vector<float> observed = running_sums(data.cases, problem);
  parallel_for(n, options.threads, [&](std::size_t i) {
    Searcher searcher(problem, bound);
    searcher.centre(circles[i]);
    searcher.search(observed, best[i]);
  });

  if (options.simulations > 0) {
    if (options.estimate_spread) result.spread = spread_of(data, problem);
    const Simulator simulator(data, problem, result.spread);
    result.simulated.assign(options.simulations, 0);
    // A few dozen simulations share the work of each centre.
    const std::size_t share = std::clamp<std::size_t>(options.simulations / 4, 1, 64);
    const std::size_t shares = (options.simulations + share - 1) / share;
    parallel_for(shares, options.threads, [&](std::size_t s) {
      const std::size_t first = s * share;
      const std::size_t count = std::min(share, options.simulations - first);
      std::vector<std::vector<float>> sums;
      std::vector<std::uint32_t> cases(data.cases.size());
      for (std::size_t k = 0; k < count; ++k) {
        check_stop();
        simulator.simulate(CounterRandom(options.seed, first + k), cases);
        sums.push_back(running_sums(cases, problem));
      }
      std::vector<Window> maxima(count);
      Searcher searcher(problem, bound);
      for (std::uint32_t i = 0; i < n; ++i) {
        check_stop();
        searcher.centre(circles[i]);
        for (std::size_t k = 0; k < count; ++k) searcher.search(sums[k], maxima[k]);
      }
      for (std::size_t k = 0; k < count; ++k) result.simulated[first + k] = maxima[k].ratio;
    });
  }

  std::vector<std::uint32_t> order(n);
  for (std::uint32_t i = 0; i < n; ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return best[a].ratio != best[b].ratio ? best[a].ratio > best[b].ratio : a < b;
  });
  double mean = 0, square = 0;
  for (const double x : result.simulated) mean += x / static_cast<double>(result.simulated.size());
  for (const double x : result.simulated) square += (x - mean) * (x - mean);
  const double deviation =
      result.simulated.size() > 1 ? std::sqrt(square / static_cast<double>(result.simulated.size() - 1)) : 0;
  std::vector<bool> taken(n, false);
  for (const std::uint32_t i : order) {
    if (result.clusters.size() >= options.most_clusters || !(best[i].ratio > 0)) break;
    const Window& w = best[i];
    Cluster cluster;
    cluster.centre = i;
    cluster.locations.assign(circles[i].order.begin(), circles[i].order.begin() + circles[i].sizes[w.circle]);
    if (std::any_of(cluster.locations.begin(), cluster.locations.end(), [&](std::uint32_t l) { return taken[l]; }))
      continue;
    for (const std::uint32_t l : cluster.locations) taken[l] = true;
    const Point& a = data.places[i];
    const Point& b = data.places[cluster.locations.back()];
    cluster.radius = std::hypot(a.x - b.x, a.y - b.y);
    cluster.from = w.from;
    cluster.to = w.to;
    cluster.observed = static_cast<std::uint64_t>(w.cases + 0.5);
    cluster.expected = w.expected;
    const double rest = problem.all_cases - w.cases;
    if (rest > 0) cluster.relative_risk = (w.cases / w.expected) / (rest / (problem.all_cases - w.expected));
    cluster.log_likelihood_ratio = w.ratio;
    if (!result.simulated.empty()) {
      std::size_t higher = 0;
      for (const double x : result.simulated) higher += x >= w.ratio * (1 - 1e-12) ? 1 : 0;
      cluster.p = (static_cast<double>(higher) + 1) / (static_cast<double>(options.simulations) + 1);
      cluster.gumbel_p = cluster.p;
      if (deviation > 0) {
        // By moments: scale = deviation sqrt(6) / pi, place = mean - 0.5772 scale.
        const double scale = deviation * 0.77969680123368;
        const double place = mean - 0.57721566490153286 * scale;
        cluster.gumbel_p = -std::expm1(-std::exp(-(w.ratio - place) / scale));
      }
    }
    result.clusters.push_back(std::move(cluster));
  }
  return result;
}

}  // namespace tithing::statistics
