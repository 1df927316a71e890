// Counting the sums of k values drawn without replacement; the contract is in local_chance.h.
//
// Let every value be taken with probability q, independently, and count how many were taken and what they add up to.
// Given that k were taken, every choice of k is equally likely: so one table serves every k, and as all its terms are
// positive nothing cancels. Equal values come together, as a binomial number of them. A sum without an area's own value
// is had by taking that value out of the table again, which costs no more than writing the table down.
#include "statistics/local_chance.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/long_work.h"
#include "base/translation.h"
#include "statistics/special.h"

namespace tithing::statistics {

namespace {

constexpr double kLeast = 1e-15;    // digits below this are those of the sums
constexpr double kUsualWork = 2e8;  // multiplications of one table
constexpr double kMostWork = 4e9;
constexpr std::size_t kFewestBins = 512;
constexpr std::size_t kSmallRange = 4096;  // up to here the table goes to the highest sum that could be

double real(std::size_t n) { return static_cast<double>(n); }

// Row c: P(c taken and the sum is at least s), for s in [0, bins).
class Table {
 public:
  // `values` are steps of a lattice from zero on. Sums of `bins` - 1 and more are counted together.
  Table(const std::map<std::uint32_t, std::size_t>& values, std::size_t n, std::size_t most, std::size_t bins)
      : most_(most), bins_(bins), q_(std::min(0.5, real(std::max<std::size_t>(most, 1)) / real(n))) {
    rows_.assign(most + 1, std::vector<double>(bins, 0));
    std::vector<std::size_t> reach(most + 1, 0);  // one past the last sum that is not zero
    rows_[0][0] = 1;
    reach[0] = 1;
    std::vector<double> weight;
    for (const auto& [value, held] : values) {
      check_stop();
      add(value, held, weight, reach);
    }
    for (auto& row : rows_)
      for (std::size_t s = bins; s-- > 1;) row[s - 1] += row[s];
  }

  std::size_t bins() const { return bins_; }
  const std::vector<double>& row(std::size_t c) const { return rows_[c]; }

  // Rows up to `most` with one of `value` taken out: G = G' ((1 - q) + q y z^value).
  void without(std::uint32_t value, std::vector<std::vector<double>>& out) const {
    out.resize(most_ + 1);
    for (std::size_t c = 0; c <= most_; ++c) {
      out[c].resize(bins_);
      const double keep = 1 / (1 - q_);
      const double* all = rows_[c].data();
      double* now = out[c].data();
      for (std::size_t s = 0; s < bins_; ++s) now[s] = all[s] * keep;
      if (c == 0) continue;
      const double* before = out[c - 1].data();
      const double part = q_ * keep;
      const std::size_t shift = std::min<std::size_t>(value, bins_);
      for (std::size_t s = 0; s < shift; ++s) now[s] -= part * before[0];
      for (std::size_t s = shift; s < bins_; ++s) now[s] -= part * before[s - shift];
    }
  }

 private:
  void add(std::uint32_t value, std::size_t held, std::vector<double>& weight, std::vector<std::size_t>& reach) {
    weight.clear();
    for (std::size_t j = 0; j <= std::min(held, most_); ++j) weight.push_back(binomial_term(real(j), real(held), q_));
    for (std::size_t c = most_ + 1; c-- > 0;) {
      double* now = rows_[c].data();
      for (std::size_t s = 0; s < reach[c]; ++s) now[s] *= weight[0];
      for (std::size_t j = 1; j <= std::min(held, c); ++j) {
        const std::size_t length = reach[c - j];
        if (length == 0 || weight.size() <= j) continue;
        const double w = weight[j];
        if (w == 0) continue;
        const double* before = rows_[c - j].data();
        // A step may be large: what would fall beyond the table is added to its last place.
        const std::uint64_t step = static_cast<std::uint64_t>(value) * j;
        const std::size_t inside = step >= bins_ ? 0 : std::min(length, bins_ - static_cast<std::size_t>(step));
        double* shifted = now + (inside > 0 ? step : 0);
        for (std::size_t s = 0; s < inside; ++s) shifted[s] += w * before[s];
        double beyond = 0;
        for (std::size_t s = inside; s < length; ++s) beyond += before[s];
        if (length > inside) now[bins_ - 1] += w * beyond;
        reach[c] = std::max(reach[c], length > inside ? bins_ : inside + static_cast<std::size_t>(step));
      }
    }
  }

  std::size_t most_, bins_;
  double q_;
  std::vector<std::vector<double>> rows_;
};

// What an area's sum is compared with: `drawn` of the values, or all but so many of them where that is fewer.
struct Draw {
  std::size_t taken = 0;
  bool complement = false;
};

Draw draw_of(std::size_t drawn, std::size_t among) {
  return drawn * 2 > among ? Draw{among - drawn, true} : Draw{drawn, false};
}

struct Lattice {
  double least = 0;
  double step = 1;
  bool exact = true;
};

bool whole(const std::vector<double>& values, double least) {
  return std::all_of(values.begin(), values.end(), [&](double x) {
    const double d = x - least;
    return d == std::floor(d) && d < 4e9;
  });
}

class Chances {
 public:
  Chances(const std::vector<double>& values, const NeighbourGraph& graph, Star star)
      : values_(values),
        graph_(graph),
        star_(star),
        n_(values.size()),
        among_(n_ - (star == Star::with_self ? 0 : 1)) {}

  Result<LocalChances> work_out(double level) {
    prepare();
    if (!choose_lattice())
      return invalid(
          tr("The chance of so many neighbours cannot be counted out in reasonable time. Choose a smaller "
             "distance, or fewer nearest places."));
    LocalChances out;
    out.exact = lattice_.exact;
    out.areas.assign(n_, std::nullopt);
    if (lattice_.exact) {
      run(true, true, out);
      out.can_call = callable_ || range_is_cut_ || cold_possible(level) || hot_possible(level);
    } else {
      run(true, false, out);
      run(false, true, out);
      for (auto& area : out.areas) {
        if (!area) continue;
        area->p = std::min(1.0, 2 * std::min(area->at_least, area->at_most));
        area->side = area->at_least < area->at_most ? 1 : area->at_least > area->at_most ? -1 : 0;
      }
    }
    return out;
  }

 private:
  void prepare() {
    lattice_.least = *std::min_element(values_.begin(), values_.end());
    total_ = 0;
    for (const double x : values_) total_ += x - lattice_.least;
    sums_.assign(n_, 0);
    draws_.assign(n_, {});
    for (std::size_t i = 0; i < n_; ++i) {
      const auto of = graph_.of(i);
      if (of.empty()) continue;
      double sum = star_ == Star::with_self ? values_[i] - lattice_.least : 0;
      for (const std::uint32_t j : of) sum += values_[j] - lattice_.least;
      const std::size_t drawn = of.size() + (star_ == Star::with_self ? 1 : 0);
      draws_[i] = draw_of(drawn, among_);
      // All that is not drawn, instead of what is.
      if (draws_[i].complement) sum = total_ - (star_ == Star::with_self ? 0 : values_[i] - lattice_.least) - sum;
      sums_[i] = std::max(sum, 0.0);
      most_ = std::max(most_, draws_[i].taken);
      highest_ = std::max(highest_, sums_[i]);
      ++tested_;
    }
    // Of how many sums a value can be a part: of its own, and of those that name it.
    std::vector<std::size_t> named(n_, 1);
    for (std::size_t i = 0; i < n_; ++i)
      for (const std::uint32_t j : graph_.of(i)) ++named[j];
    links_ = *std::max_element(named.begin(), named.end());
  }

  std::map<std::uint32_t, std::size_t> steps(bool up) const {
    std::map<std::uint32_t, std::size_t> held;
    for (const double x : values_) ++held[step_of(x - lattice_.least, up)];
    return held;
  }

  std::uint32_t step_of(double x, bool up) const {
    if (lattice_.exact) return static_cast<std::uint32_t>(std::llround(x));
    const double at = x / lattice_.step;
    // Rounding of the division must not move a value that lies on the lattice, nor may it help a call.
    const double slack = 1e-12 * (1 + at);
    return static_cast<std::uint32_t>(std::max(0.0, up ? std::ceil(at + slack) : std::floor(at - slack)));
  }

  double work_of(const std::map<std::uint32_t, std::size_t>& held, std::size_t bins) const {
    double terms = 0;
    for (const auto& [value, count] : held) {
      const double most = real(most_), j = std::min(real(count), most);
      terms += j * (most - j) + j * j / 2 + 1;
    }
    if (star_ == Star::without_self) terms += real(held.size()) * real(most_ + 1) * 2;
    return terms * real(bins);
  }

  bool choose_lattice() {
    std::vector<double> sorted(values_);
    std::sort(sorted.rbegin(), sorted.rend());
    double top = 0;
    for (std::size_t i = 0; i < std::min(most_, n_); ++i) top += sorted[i] - lattice_.least;
    if (whole(values_, lattice_.least) && top < 4e9) {
      const double reach = top <= real(kSmallRange) ? top : std::max(highest_, real(kSmallRange));
      bins_ = static_cast<std::size_t>(reach) + 2;
      range_is_cut_ = reach < top;
      if (work_of(steps(true), bins_) <= kUsualWork * 5) return true;
    }
    lattice_.exact = false;
    // The finest lattice that can be afforded.
    for (std::size_t bins = 1u << 16; bins >= kFewestBins; bins /= 2) {
      lattice_.step = highest_ > 0 ? highest_ * (1 + 1e-9) / real(bins) : 1;
      bins_ = bins + most_ + 2;
      const double work = work_of(steps(true), bins_);
      if (work <= kUsualWork || (bins == kFewestBins && work <= kMostWork)) return true;
    }
    return false;
  }

  void run(bool upper, bool lower, LocalChances& out) {
    const bool up = upper;  // for the exact lattice the direction is of no account
    const auto held = steps(up);
    const Table table(held, n_, most_, bins_);
    if (star_ == Star::with_self) {
      std::vector<std::uint32_t> all;
      for (std::size_t i = 0; i < n_; ++i)
        if (!graph_.of(i).empty()) all.push_back(static_cast<std::uint32_t>(i));
      judge(
          all, [&](std::size_t c) -> const std::vector<double>& { return table.row(c); }, upper, lower, out);
      return;
    }
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_own;
    for (std::size_t i = 0; i < n_; ++i)
      if (!graph_.of(i).empty())
        by_own[step_of(values_[i] - lattice_.least, up)].push_back(static_cast<std::uint32_t>(i));
    std::vector<std::vector<double>> rows;
    for (const auto& [own, areas] : by_own) {
      check_stop();
      table.without(own, rows);
      judge(
          areas, [&](std::size_t c) -> const std::vector<double>& { return rows[c]; }, upper, lower, out);
    }
  }

  template <class RowOf>
  void judge(const std::vector<std::uint32_t>& areas, RowOf row_of, bool upper, bool lower, LocalChances& out) {
    for (const std::uint32_t i : areas) {
      const auto& row = row_of(draws_[i].taken);
      const Tail tail(row);
      // A complement's tails are each other's, and so is the direction in which its lattice may be rounded: it is
      // judged by the run that rounds against a call.
      LocalChance chance = out.areas[i].value_or(LocalChance());
      const bool high_wanted = draws_[i].complement ? lower : upper, low_wanted = draws_[i].complement ? upper : lower;
      const bool up_run = upper;
      double at_least = 1, at_most = 1;
      const auto slack = 1e-9 * (1 + std::abs(sums_[i]));
      if (lattice_.exact) {
        const auto s = static_cast<std::size_t>(std::llround(sums_[i]));
        at_least = tail.at_least(s);
        at_most = tail.at_most(s);
      } else if (up_run) {
        at_least = tail.at_least(static_cast<std::size_t>(std::ceil((sums_[i] - slack) / lattice_.step)));
      } else {
        at_most = tail.at_most(static_cast<std::size_t>(std::floor((sums_[i] + slack) / lattice_.step)));
      }
      if (lattice_.exact) {
        chance.p = tail.both(at_least, at_most);
        chance.side = at_least < at_most ? 1 : at_least > at_most ? -1 : 0;
        if (draws_[i].complement) {
          std::swap(at_least, at_most);
          chance.side = -chance.side;
        }
        chance.at_least = at_least;
        chance.at_most = at_most;
      } else {
        if (draws_[i].complement) std::swap(at_least, at_most);
        if (high_wanted) chance.at_least = at_least;
        if (low_wanted) chance.at_most = at_most;
      }
      out.areas[i] = chance;
    }
    if (lattice_.exact && !range_is_cut_ && !callable_) note_smallest(areas, row_of);
  }

  // Tails of one row. The lower is what the upper leaves of one, so that it is exact to the last digits of one.
  struct Tail {
    explicit Tail(const std::vector<double>& r) : row(r), whole(r[0]) {}
    const std::vector<double>& row;
    double whole;
    double at_least(std::size_t s) const {
      if (!(whole > 0)) return 1;
      return std::clamp(row[std::min(s, row.size() - 1)] / whole, kLeast, 1.0);
    }
    double at_most(std::size_t s) const {
      return s + 1 >= row.size() ? 1 : std::clamp(1 - at_least(s + 1), kLeast, 1.0);
    }
    double both(double upper, double lower) const {
      const double nearer = std::min(upper, lower), reach = nearer * (1 + 1e-9) + 1e-15;
      std::size_t low = 0, high = row.size();
      if (upper <= lower) {
        // The most probable lower tail that is no more probable: sums below `low` have one.
        while (low < high) {
          const std::size_t middle = low + (high - low) / 2;
          (at_most(middle) <= reach ? low : high) = at_most(middle) <= reach ? middle + 1 : middle;
        }
        return std::min(1.0, upper + (low > 0 ? at_most(low - 1) : 0.0));
      }
      // The first sum whose upper tail is no more probable; beyond the table it is taken to be as probable.
      while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        (at_least(middle) <= reach ? high : low) = at_least(middle) <= reach ? middle : middle + 1;
      }
      return std::min(1.0, lower + (low < row.size() ? at_least(low) : lower));
    }
  };

  // For "too few to tell": the tails that sums could have had, whoever has them.
  template <class RowOf>
  void note_smallest(const std::vector<std::uint32_t>& areas, RowOf row_of) {
    std::vector<bool> seen(most_ + 1, false);
    least_upper_.resize(bins_, 1);
    for (const std::uint32_t i : areas) {
      const Draw draw = draws_[i];
      // With so few areas that half are neighbours, nothing is said.
      if (draw.complement) callable_ = true;
      if (callable_ || seen[draw.taken]) continue;
      seen[draw.taken] = true;
      const Tail tail(row_of(draw.taken));
      for (std::size_t s = 0; s < bins_; ++s) {
        // Sums that cannot be have no part in it.
        const double here = tail.at_least(s);
        if (here > kLeast && here < least_upper_[s]) least_upper_[s] = here;
      }
      least_lower_ = std::min(least_lower_, tail.at_most(0));
    }
  }

  bool cold_possible(double level) const { return least_lower_ <= level; }

  // r areas that are called have p <= level r / tested. All sums together are at most `links_` times the total, so that
  // r areas with sums of s or more are at most links x total / s. If no s has so small a tail, none can be called.
  bool hot_possible(double level) const {
    for (std::size_t s = 1; s < least_upper_.size(); ++s) {
      const double most = std::min(real(tested_), std::floor(real(links_) * total_ / real(s)));
      if (least_upper_[s] <= level * most / real(tested_)) return true;
    }
    return false;
  }

  const std::vector<double>& values_;
  const NeighbourGraph& graph_;
  Star star_;
  std::size_t n_, among_;
  Lattice lattice_;
  double total_ = 0, highest_ = 0;
  std::vector<double> sums_;
  std::vector<Draw> draws_;
  std::size_t most_ = 0, links_ = 0, tested_ = 0, bins_ = 2;
  bool range_is_cut_ = false, callable_ = false;
  std::vector<double> least_upper_;
  double least_lower_ = 1;
};

}  // namespace

Result<LocalChances> local_chance(const std::vector<double>& values, const NeighbourGraph& graph, Star star,
                                  double level) {
  auto all = local_chances({values}, graph, star, level);
  if (!all) return pass_on(all);
  return std::move(all->front());
}

Result<std::vector<LocalChances>> local_chances(const std::vector<std::vector<double>>& maps,
                                                const NeighbourGraph& graph, Star star, double level) {
  std::vector<LocalChances> out;
  std::vector<std::optional<double>> p;
  std::optional<Problem> why;
  bool any = false;
  for (const auto& values : maps) {
    // What can be compared at all is asked of the measure itself.
    if (const auto checked = getis_ord(values, graph, star); !checked) {
      why = checked.error();
      LocalChances none;
      none.areas.assign(graph.size(), std::nullopt);
      none.can_call = false;
      out.push_back(std::move(none));
    } else {
      auto found = Chances(values, graph, star).work_out(level);
      if (!found) return pass_on(found);
      // Where every order gives the same sum there is nothing to say, and there is no z either.
      for (std::size_t i = 0; i < found->areas.size(); ++i)
        if (!(*checked)[i]) found->areas[i].reset();
      any = true;
      out.push_back(std::move(*found));
    }
    for (const auto& area : out.back().areas) p.push_back(area ? std::optional(area->p) : std::nullopt);
  }
  if (!any) return tl::unexpected(why.value_or(Problem()));
  const auto q = false_discovery_rate(p);
  auto at = q.begin();
  for (auto& map : out) {
    map.false_discovery_rate.assign(at, at + static_cast<std::ptrdiff_t>(graph.size()));
    at += static_cast<std::ptrdiff_t>(graph.size());
  }
  return out;
}

}  // namespace tithing::statistics
