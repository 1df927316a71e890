#include <algorithm>
#include <set>

#include "allocation/scenarios.h"
#include "base/random.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing::allocation {
namespace {

using Exact = ExactArithmetic;
using Fixed = FixedArithmetic;

constexpr int kGrid = 1000;  // weights from 0 to 100 in tenths of a point
constexpr std::size_t kTop = 5;

// What must not change: each area's gain or loss against last year, and the order of the largest five.
struct Picture {
  std::vector<int> signs;  // 2: no last year
  std::vector<std::size_t> top;
  friend bool operator==(const Picture&, const Picture&) = default;
};

struct Before {
  std::vector<std::optional<std::int64_t>> last_year;  // by area
  std::vector<std::size_t> by_key;                     // areas in the order of their keys: who comes first when equal
};

template <class Amount, class Less, class Sign>
Picture picture(const std::vector<Amount>& amounts, const Before& before, Less less, Sign sign) {
  Picture out;
  for (std::size_t i = 0; i < amounts.size(); ++i)
    out.signs.push_back(before.last_year[i] ? sign(amounts[i], *before.last_year[i]) : 2);
  out.top = before.by_key;
  const auto end = out.top.begin() + static_cast<std::ptrdiff_t>(std::min(kTop, out.top.size()));
  std::vector<std::size_t> rank(amounts.size());
  for (std::size_t k = 0; k < before.by_key.size(); ++k) rank[before.by_key[k]] = k;
  std::partial_sort(out.top.begin(), end, out.top.end(), [&](std::size_t a, std::size_t b) {
    if (less(amounts[b], amounts[a])) return true;
    if (less(amounts[a], amounts[b])) return false;
    return rank[a] < rank[b];
  });
  out.top.erase(end, out.top.end());
  return out;
}

Picture fixed_picture(const std::vector<Fixed::Int>& amounts, const Before& before) {
  return picture(
      amounts, before, [](Fixed::Int a, Fixed::Int b) { return a < b; },
      [](Fixed::Int amount, std::int64_t last) {
        const Fixed::Int half = Fixed::Int(1) << (Fixed::kBits - 1);
        const Fixed::Int change = amount - (Fixed::Int(last) << Fixed::kBits);
        return change >= half ? 1 : change <= -half ? -1 : 0;
      });
}

std::optional<Picture> exact_picture(Plan<Exact> plan, std::size_t step, const std::vector<Fraction>& weights,
                                     const Before& before) {
  plan.steps[step].weights = weights;
  auto outcome = Composition<Exact>(plan, nullptr).run();
  if (!outcome) return std::nullopt;
  std::vector<Fraction> amounts;
  for (std::size_t i = 0; i < outcome->amounts.n.size(); ++i) amounts.push_back(Exact::at(outcome->amounts, i));
  const Fraction half(Integer(1), Integer(2));
  return picture(
      amounts, before, [](const Fraction& a, const Fraction& b) { return a < b; },
      [&half](const Fraction& amount, std::int64_t last) {
        const Fraction change = amount - Fraction(last);
        return change >= half ? 1 : change <= -half ? -1 : 0;
      });
}

// One weight at `to` (of one), the others keeping their proportions; where they are all nought, in equal parts.
std::vector<Fraction> moved(const std::vector<Fraction>& weights, std::size_t which, const Fraction& to) {
  const Fraction rest = Fraction(1) - weights[which];
  std::vector<Fraction> out;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (k == which) {
      out.push_back(to);
    } else if (rest.zero()) {
      out.push_back((Fraction(1) - to) / Fraction(static_cast<std::int64_t>(weights.size() - 1)));
    } else {
      out.push_back(weights[k] / rest * (Fraction(1) - to));
    }
  }
  return out;
}

const char* sign_words(int sign) { return sign > 0 ? "gains" : sign < 0 ? "loses" : "stays as it was"; }

class Search {
 public:
  Search(const Scheme& scheme, Prepared prepared)
      : scheme_(scheme), prepared_(std::move(prepared)), reweighting_(prepared_.plan) {
    for (std::size_t i = 0; i < scheme.areas.size(); ++i) {
      before_.by_key.push_back(i);
      const auto found = prepared_.last_year.find(scheme.areas[i].key);
      before_.last_year.push_back(found == prepared_.last_year.end() ? std::nullopt
                                                                     : std::optional(found->second.pence));
    }
    std::sort(before_.by_key.begin(), before_.by_key.end(),
              [&](std::size_t a, std::size_t b) { return scheme.areas[a].key < scheme.areas[b].key; });
  }

  Result<Sensitivity> run(const SensitivityOptions& options) {
    std::vector<Fixed::Int> amounts;
    if (!reweighting_.run(amounts))
      return invalid(tr("The scheme takes more than there is; see what allocating it says."));
    now_ = fixed_picture(amounts, before_);
    out_.grid = Fraction(Integer(100), Integer(kGrid));
    bool any = false;
    for (std::size_t s = 0; s < prepared_.plan.steps.size(); ++s) {
      if (prepared_.plan.steps[s].indicators.size() < 2) continue;
      any = true;
      for (std::size_t k = 0; k < prepared_.plan.steps[s].indicators.size(); ++k) scan(s, k);
      reweighting_.set_weights(s, prepared_.plan.steps[s].weights);
    }
    if (!any) return invalid(tr("The scheme has no step with two weighted indicators, so there is no weight to move."));
    shake(options);
    return std::move(out_);
  }

 private:
  // Upwards and downwards from where the weight stands, until each sign and the order have changed once or the end is
  // reached.
  void scan(std::size_t s, std::size_t k) {
    const std::size_t found_before = out_.moves.size();
    const std::vector<Fraction>& weights = prepared_.plan.steps[s].weights;
    const Fraction position = weights[k] * Fraction(kGrid);
    const int at = static_cast<int>(position.floor().to_int64().value_or(0));
    const bool between = !position.whole();  // then the first point below is `at` itself
    std::set<std::size_t> told;
    bool told_order = false, all_looked_at = true;
    // By distance, so that the smallest move of either direction is told first.
    for (int distance = 1; distance <= kGrid + 1; ++distance)
      for (const int direction : {1, -1}) {
        const int point = direction > 0 ? at + distance : at - distance + (between ? 1 : 0);
        if (point < 0 || point > kGrid) continue;
        const std::vector<Fraction> there = moved(weights, k, Fraction(Integer(point), Integer(kGrid)));
        reweighting_.set_weights(s, there);
        ++out_.weightings;
        if (!reweighting_.run(amounts_)) {
          all_looked_at = false;
          continue;
        }
        const Picture seen = fixed_picture(amounts_, before_);
        if (seen == now_) continue;
        tell(s, k, point, direction, there, seen, told, told_order);
      }
    if (out_.moves.size() == found_before)
      (all_looked_at ? out_.robust : out_.not_looked_at).push_back(indicators(s)[k].name);
  }

  const std::vector<Indicator>& indicators(std::size_t s) const {
    return std::get<WeightedIndicators>(scheme_.steps[prepared_.plan.steps[s].index].what).indicators;
  }

  void tell(std::size_t s, std::size_t k, int point, int direction, const std::vector<Fraction>& there,
            const Picture& seen, std::set<std::size_t>& told, bool& told_order) {
    bool news = !told_order && seen.top != now_.top;
    for (std::size_t i = 0; i < seen.signs.size(); ++i)
      news = news || (seen.signs[i] != now_.signs[i] && told.count(i) == 0);
    if (!news) return;
    // Only what exact arithmetic confirms here, and denies one step nearer, is told.
    const std::vector<Fraction>& weights = prepared_.plan.steps[s].weights;
    const Fraction one_back = Fraction(Integer(point - direction), Integer(kGrid));
    const bool past_start = direction > 0 ? one_back < weights[k] : weights[k] < one_back;
    const auto exact = exact_picture(prepared_.plan, s, there, before_);
    const auto nearer = exact_picture(prepared_.plan, s, past_start ? weights : moved(weights, k, one_back), before_);
    const auto now = exact_picture(prepared_.plan, s, weights, before_);
    if (!exact || !nearer || !now) return;
    WeightMove move;
    move.step = prepared_.plan.steps[s].index;
    move.indicator = k;
    move.indicator_name = indicators(s)[k].name;
    move.from = weights[k] * Fraction(100);
    move.to = there[k] * Fraction(100);
    for (std::size_t i = 0; i < seen.signs.size(); ++i) {
      if (exact->signs[i] == now->signs[i] || nearer->signs[i] != now->signs[i] || !told.insert(i).second) continue;
      move.area = scheme_.areas[i].key;
      move.what =
          scheme_.areas[i].name + " " + sign_words(exact->signs[i]) + "; now it " + sign_words(now->signs[i]) + ".";
      out_.moves.push_back(move);
    }
    if (!told_order && exact->top != now->top && nearer->top == now->top) {
      told_order = true;
      move.area.clear();
      std::vector<std::string> names;
      for (const std::size_t i : exact->top) names.push_back(scheme_.areas[i].name);
      move.what = "The order of the largest becomes: " + joined(names, ", ") + ".";
      out_.moves.push_back(move);
    }
  }

  // Each weight times a number from 0.9 to 1.1 in ten-thousandths, then brought back to 100 together.
  void shake(const SensitivityOptions& options) {
    constexpr std::uint32_t kSteps = 2001;
    constexpr std::int64_t kLowest = 9000, kOne = 10000;
    Stability& out = out_.stability;
    out.seed = options.seed;
    out.draws = options.draws;
    const std::size_t count = scheme_.areas.size();
    std::vector<Fixed::Int> low(count), high(count);
    std::vector<int> same(count, 0);
    for (int draw = 0; draw < options.draws; ++draw) {
      CounterRandom random(options.seed, static_cast<std::uint64_t>(draw));
      for (std::size_t s = 0; s < prepared_.plan.steps.size(); ++s) {
        const auto& weights = prepared_.plan.steps[s].weights;
        if (prepared_.plan.steps[s].indicators.size() < 2) continue;
        std::vector<Fraction> shaken;
        Fraction sum(0);
        for (const Fraction& weight : weights) {
          shaken.push_back(weight * Fraction(Integer(kLowest + random.below(kSteps)), Integer(kOne)));
          sum = sum + shaken.back();
        }
        for (Fraction& weight : shaken) weight = weight / sum;
        reweighting_.set_weights(s, shaken);
      }
      ++out_.weightings;
      if (!reweighting_.run(amounts_)) continue;
      const bool first = out.worked_out++ == 0;
      const Picture seen = fixed_picture(amounts_, before_);
      if (seen.top == now_.top) ++out.same_top_five;
      for (std::size_t i = 0; i < count; ++i) {
        if (first || amounts_[i] < low[i]) low[i] = amounts_[i];
        if (first || high[i] < amounts_[i]) high[i] = amounts_[i];
        if (seen.signs[i] == now_.signs[i]) ++same[i];
      }
    }
    if (out.worked_out == 0) return;
    for (std::size_t i = 0; i < count; ++i)
      out.areas.push_back({scheme_.areas[i].key, scheme_.areas[i].name, Money{Fixed::to_units({low[i]}, 1, true)},
                           Money{Fixed::to_units({high[i]}, 1, true)}, same[i]});
  }

  const Scheme& scheme_;
  Prepared prepared_;
  Reweighting reweighting_;
  Before before_;
  Picture now_;
  std::vector<Fixed::Int> amounts_;
  Sensitivity out_;
};

}  // namespace

void Reweighting::set_weights(std::size_t step, const std::vector<Fraction>& weights) {
  for (std::size_t k = 0; k < weights.size(); ++k) plan_.steps[step].weights[k] = Fixed::of(weights[k]);
}

bool Reweighting::run(std::vector<Fixed::Int>& amounts) const {
  auto outcome = Composition<Fixed>(plan_, nullptr).run();
  if (!outcome) return false;
  amounts = std::move(outcome->amounts.n);
  return true;
}

Result<Sensitivity> sensitivity(const Scheme& scheme, const SensitivityOptions& options) {
  if (options.draws < 1 || options.draws > 1'000'000)
    return invalid(tr("Ask for a number of draws from 1 to 1,000,000."));
  auto prepared = prepare(scheme);
  if (!prepared) return pass_on(prepared);
  return Search(scheme, std::move(*prepared)).run(options);
}

}  // namespace tithing::allocation
