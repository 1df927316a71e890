// Priorities scored openly: criteria with weights, several scorers, moderation, and how far the order depends on the
// weights. And harm: weights of offences, never one number for a mixed category.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tithing::statistics {

struct Criterion {
  std::string name;
  double weight = 1;  // zero or more; only its share of all weights matters
};

struct Scoring {
  std::vector<Criterion> criteria;
  double scale_low = 0, scale_high = 4;  // of every score; a higher score is a higher priority
  // scores[item][criterion][scorer]; empty where a scorer gave none.
  std::vector<std::vector<std::vector<std::optional<double>>>> scores;
  // moderated[item][criterion]: what the meeting agreed, which takes the place of the scorers' mean; may be empty
  // altogether.
  std::vector<std::vector<std::optional<double>>> moderated;
};

struct CellScore {
  std::optional<double> value;  // moderated, or the mean of those who scored; empty when nobody did
  double low = 0, high = 0;     // lowest and highest score given
  std::size_t scorers = 0;
  bool is_moderated = false;
};

struct ItemScore {
  std::vector<CellScore> cells;  // by criterion
  // Weighted mean on the scale. Criteria without a score leave the item incomplete: its mean is over those known.
  std::optional<double> score;
  bool complete = false;
  double rank = 0;  // 1 is the highest; equal scores share the mean of their ranks; 0 without a score
};

struct Priorities {
  std::vector<ItemScore> items;
  // Kendall's W of the scorers' orders (1 they agree, 0 not at all), over scorers who scored every cell; empty with
  // fewer than two of them or two items.
  std::optional<double> agreement;
};

// Invalid: no criterion or item, weights negative or all zero, scores off the scale, shapes that differ.
Result<Priorities> score_priorities(const Scoring& scoring);

struct RankStability {
  // By item, over draws in which every weight is multiplied by a number between 1/(1+spread) and 1+spread (even on the
  // logarithm): the range of ranks and the share of draws in which the item is first.
  struct Item {
    double best = 0, worst = 0;
    double first_share = 0;
  };
  std::vector<Item> items;
  // By criterion: the smallest change of its weight alone that puts another item first, as the new weight; empty when
  // no change does.
  struct Flip {
    std::size_t criterion = 0;
    std::optional<double> weight_below, weight_above;  // the nearest such weight on either side of the present one
    std::size_t item_below = 0, item_above = 0;        // who would be first
  };
  std::vector<Flip> flips;
  double order_kept = 0;  // share of draws in which the whole order is the same
};

// Invalid as score_priorities; spread not in (0, 9]; draws outside [100, 100000].
Result<RankStability> rank_stability(const Scoring& scoring, std::uint64_t seed, double spread = 0.5,
                                     std::size_t draws = 2000);

// One offence's weight in a harm index, from a named version of it.
struct OffenceWeight {
  std::string offence;
  double weight = 0;
};

struct Harm {
  double low = 0, high = 0;        // if every event were the category's lightest, or its heaviest, offence
  std::optional<double> estimate;  // only when the offences are known, or a mix of them is given
  double spread = 1;               // heaviest weight over lightest; 1 when one offence only; 0 when the lightest is 0
};

// The harm of `count` events of a category that mixes the given offences. `mix`: share of each offence, from a source
// that has offence codes (Home Office tables of the same area), or empty: then there is no estimate, only the bounds,
// because the mean of the weights is not the weight of the mean event. Invalid: no offence, negative numbers, a mix
// whose shares do not add up to 1 within a thousandth or whose size differs.
Result<Harm> category_harm(std::int64_t count, const std::vector<OffenceWeight>& offences,
                           const std::vector<double>& mix = {});

}  // namespace tithing::statistics
