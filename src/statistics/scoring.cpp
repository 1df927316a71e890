#include "statistics/scoring.h"

#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "base/translation.h"

namespace tithing::statistics {

namespace {

Status check(const Scoring& s) {
  if (s.criteria.empty()) return invalid(tr("Scoring needs at least one criterion."));
  if (s.scores.empty()) return invalid(tr("Scoring needs at least one item."));
  if (!(s.scale_low < s.scale_high) || !std::isfinite(s.scale_low) || !std::isfinite(s.scale_high))
    return invalid(tr("The highest score must be above the lowest."));
  double weights = 0;
  for (const auto& c : s.criteria) {
    if (!(c.weight >= 0) || std::isinf(c.weight)) return invalid(tr("The weight of a criterion must be zero or more."));
    weights += c.weight;
  }
  if (!(weights > 0)) return invalid(tr("At least one criterion needs a weight above zero."));
  if (!s.moderated.empty() && s.moderated.size() != s.scores.size())
    return invalid(tr("Moderated scores must have one row for each item."));
  const auto on_scale = [&](double x) { return x >= s.scale_low && x <= s.scale_high; };
  for (std::size_t i = 0; i < s.scores.size(); ++i) {
    if (s.scores[i].size() != s.criteria.size() || (!s.moderated.empty() && s.moderated[i].size() != s.criteria.size()))
      return invalid(tr("Every item needs one place for each criterion."));
    for (std::size_t c = 0; c < s.criteria.size(); ++c) {
      if (s.scores[i][c].size() != s.scores[0][0].size())
        return invalid(tr("Every cell needs one place for each scorer."));
      for (const auto& score : s.scores[i][c])
        if (score && !on_scale(*score)) return invalid(tr("A score lies outside the scale. Check the scores."));
      if (!s.moderated.empty() && s.moderated[i][c] && !on_scale(*s.moderated[i][c]))
        return invalid(tr("A moderated score lies outside the scale. Check the scores."));
    }
  }
  return {};
}

// Weighted mean over the criteria that are known.
std::optional<double> weighted(const std::vector<CellScore>& cells, const std::vector<double>& weights) {
  double sum = 0, total = 0;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (!cells[c].value) continue;
    sum += weights[c] * *cells[c].value;
    total += weights[c];
  }
  if (!(total > 0)) return std::nullopt;
  return sum / total;
}

// Scores that differ in their last digits only are equal.
constexpr double kSame = 1e-9;

std::vector<double> ranks_of(const std::vector<std::optional<double>>& scores) {
  std::vector<double> ranks(scores.size(), 0);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (!scores[i]) continue;
    double above = 0, equal = 0;
    for (const auto& other : scores) {
      if (!other) continue;
      if (*other > *scores[i] + kSame) {
        ++above;
      } else if (*other >= *scores[i] - kSame) {
        ++equal;
      }
    }
    ranks[i] = above + (equal + 1) / 2;
  }
  return ranks;
}

// Kendall & Babington Smith (1939), with the correction for ties.
std::optional<double> kendalls_w(const Scoring& s, const std::vector<double>& weights) {
  const std::size_t items = s.scores.size();
  const std::size_t scorers = s.scores[0][0].size();
  std::vector<double> sums(items, 0);
  double m = 0, ties = 0;
  for (std::size_t k = 0; k < scorers; ++k) {
    std::vector<std::optional<double>> totals(items);
    bool whole = true;
    for (std::size_t i = 0; i < items && whole; ++i) {
      double sum = 0;
      for (std::size_t c = 0; c < s.criteria.size(); ++c) {
        whole = whole && s.scores[i][c][k];
        if (whole) sum += weights[c] * *s.scores[i][c][k];
      }
      totals[i] = sum;
    }
    if (!whole) continue;
    ++m;
    const auto ranks = ranks_of(totals);
    for (std::size_t i = 0; i < items; ++i) sums[i] += ranks[i];
    auto sorted = ranks;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < items;) {
      std::size_t j = i;
      while (j < items && sorted[j] == sorted[i]) ++j;
      const auto t = static_cast<double>(j - i);
      ties += t * t * t - t;
      i = j;
    }
  }
  const auto n = static_cast<double>(items);
  if (m < 2 || items < 2) return std::nullopt;
  double square = 0;
  for (const double sum : sums) square += (sum - m * (n + 1) / 2) * (sum - m * (n + 1) / 2);
  const double most = m * m * (n * n * n - n) - m * ties;
  if (!(most > 0)) return std::nullopt;
  return std::min(1.0, 12 * square / most);
}

std::vector<double> weights_of(const Scoring& s) {
  std::vector<double> weights;
  for (const auto& c : s.criteria) weights.push_back(c.weight);
  return weights;
}

std::vector<std::vector<CellScore>> cells_of(const Scoring& s) {
  std::vector<std::vector<CellScore>> all;
  for (std::size_t i = 0; i < s.scores.size(); ++i) {
    all.emplace_back();
    for (std::size_t c = 0; c < s.criteria.size(); ++c) {
      CellScore cell;
      double sum = 0;
      for (const auto& score : s.scores[i][c]) {
        if (!score) continue;
        cell.low = cell.scorers == 0 ? *score : std::min(cell.low, *score);
        cell.high = cell.scorers == 0 ? *score : std::max(cell.high, *score);
        sum += *score;
        ++cell.scorers;
      }
      if (cell.scorers > 0) cell.value = sum / static_cast<double>(cell.scorers);
      if (!s.moderated.empty() && s.moderated[i][c]) {
        cell.value = s.moderated[i][c];
        cell.is_moderated = true;
      }
      all.back().push_back(cell);
    }
  }
  return all;
}

}  // namespace

Result<Priorities> score_priorities(const Scoring& scoring) {
  if (auto ok = check(scoring); !ok) return pass_on(ok);
  const auto weights = weights_of(scoring);
  Priorities result;
  std::vector<std::optional<double>> scores;
  for (auto& cells : cells_of(scoring)) {
    ItemScore item;
    item.complete = true;
    for (std::size_t c = 0; c < cells.size(); ++c) item.complete = item.complete && (cells[c].value || weights[c] == 0);
    item.score = weighted(cells, weights);
    item.cells = std::move(cells);
    scores.push_back(item.score);
    result.items.push_back(std::move(item));
  }
  const auto ranks = ranks_of(scores);
  for (std::size_t i = 0; i < ranks.size(); ++i) result.items[i].rank = ranks[i];
  result.agreement = kendalls_w(scoring, weights);
  return result;
}

Result<RankStability> rank_stability(const Scoring& scoring, std::uint64_t seed, double spread, std::size_t draws) {
  if (auto ok = check(scoring); !ok) return pass_on(ok);
  if (!(spread > 0 && spread <= 9)) return invalid(tr("The weights may move by a factor above 1 and of at most 10."));
  if (draws < 100 || draws > 100000) return invalid(tr("Give between 100 and 100,000 draws; 2,000 is usual."));
  const auto cells = cells_of(scoring);
  const auto base = weights_of(scoring);
  const std::size_t items = cells.size();
  const auto scores_with = [&](const std::vector<double>& weights) {
    std::vector<std::optional<double>> scores;
    for (const auto& row : cells) scores.push_back(weighted(row, weights));
    return scores;
  };
  RankStability result;
  result.items.resize(items);
  const auto before = ranks_of(scores_with(base));
  std::size_t kept = 0;
  auto weights = base;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    CounterRandom random(seed, draw);
    for (std::size_t c = 0; c < weights.size(); ++c)
      weights[c] = base[c] * std::pow(1 + spread, 2 * random.uniform() - 1);
    const auto ranks = ranks_of(scores_with(weights));
    kept += ranks == before ? 1 : 0;
    for (std::size_t i = 0; i < items; ++i) {
      auto& item = result.items[i];
      item.best = draw == 0 ? ranks[i] : std::min(item.best, ranks[i]);
      item.worst = draw == 0 ? ranks[i] : std::max(item.worst, ranks[i]);
      // Shared first places count for each who shares.
      const bool first =
          ranks[i] > 0 && std::none_of(ranks.begin(), ranks.end(), [&](double r) { return r > 0 && r < ranks[i]; });
      item.first_share += first ? 1.0 / static_cast<double>(draws) : 0;
    }
  }
  result.order_kept = static_cast<double>(kept) / static_cast<double>(draws);

  // One weight at a time. A score is (a + w x) / (b + w d): two cross where a quadratic in w is zero.
  const auto now = scores_with(base);
  std::size_t leader = items;
  for (std::size_t i = 0; i < items; ++i)
    if (now[i] && (leader == items || *now[i] > *now[leader] + kSame)) leader = i;
  for (std::size_t c = 0; c < base.size(); ++c) {
    RankStability::Flip flip;
    flip.criterion = c;
    if (leader < items) {
      struct Line {
        double a = 0, x = 0, b = 0, d = 0;
      };
      const auto line = [&](std::size_t i) {
        Line l;
        for (std::size_t k = 0; k < base.size(); ++k) {
          if (!cells[i][k].value) continue;
          if (k == c) {
            l.x = *cells[i][k].value;
            l.d = 1;
          } else {
            l.a += base[k] * *cells[i][k].value;
            l.b += base[k];
          }
        }
        return l;
      };
      const Line first = line(leader);
      for (std::size_t i = 0; i < items; ++i) {
        if (i == leader || !now[i]) continue;
        const Line other = line(i);
        // (a1 + w x1)(b2 + w d2) - (a2 + w x2)(b1 + w d1) = 0
        const double q = first.x * other.d - other.x * first.d;
        const double p = first.a * other.d + first.x * other.b - other.a * first.d - other.x * first.b;
        const double r = first.a * other.b - other.a * first.b;
        std::vector<double> roots;
        if (std::abs(q) > 1e-12) {
          const double disc = p * p - 4 * q * r;
          if (disc >= 0) {
            roots.push_back((-p - std::sqrt(disc)) / (2 * q));
            roots.push_back((-p + std::sqrt(disc)) / (2 * q));
          }
        } else if (std::abs(p) > 1e-12) {
          roots.push_back(-r / p);
        }
        for (const double w : roots) {
          if (!(w >= 0) || !std::isfinite(w)) continue;
          // A touch is not a change: just beyond, the other must be ahead.
          const double step = 1e-6 * std::max(1.0, w);
          const double beyond = w < base[c] ? w - step : w + step;
          if (beyond < 0) continue;
          auto moved = base;
          moved[c] = beyond;
          const auto s = scores_with(moved);
          if (!s[i] || !s[leader] || !(*s[i] > *s[leader])) continue;
          if (w < base[c] && (!flip.weight_below || w > *flip.weight_below)) {
            flip.weight_below = w;
            flip.item_below = i;
          }
          if (w >= base[c] && (!flip.weight_above || w < *flip.weight_above)) {
            flip.weight_above = w;
            flip.item_above = i;
          }
        }
      }
    }
    result.flips.push_back(flip);
  }
  return result;
}

Result<Harm> category_harm(std::int64_t count, const std::vector<OffenceWeight>& offences,
                           const std::vector<double>& mix) {
  if (count < 0) return invalid(tr("A count cannot be below zero. Check the file it came from."));
  if (offences.empty()) return invalid(tr("There is no harm weight for this category. Import a version that has one."));
  double lightest = 0, heaviest = 0;
  for (std::size_t i = 0; i < offences.size(); ++i) {
    const double w = offences[i].weight;
    if (!(w >= 0) || std::isinf(w)) return invalid(tr("A harm weight must be a number of zero or more."));
    lightest = i == 0 ? w : std::min(lightest, w);
    heaviest = i == 0 ? w : std::max(heaviest, w);
  }
  const auto n = static_cast<double>(count);
  Harm harm;
  harm.low = n * lightest;
  harm.high = n * heaviest;
  harm.spread = lightest > 0 ? heaviest / lightest : heaviest > 0 ? 0 : 1;
  if (!mix.empty()) {
    if (mix.size() != offences.size()) return invalid(tr("The mix must give one share for each offence."));
    double shares = 0, mean = 0;
    for (std::size_t i = 0; i < mix.size(); ++i) {
      if (!(mix[i] >= 0) || std::isinf(mix[i])) return invalid(tr("A share of the mix must be zero or more."));
      shares += mix[i];
      mean += mix[i] * offences[i].weight;
    }
    if (std::abs(shares - 1) > 1e-3) return invalid(tr("The shares of the mix must add up to 1."));
    harm.estimate = n * mean / shares;
  } else if (heaviest == lightest) {
    harm.estimate = harm.low;
  }
  return harm;
}

}  // namespace tithing::statistics
