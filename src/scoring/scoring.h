// Scoring openly: things are scored by criteria with weights, by several people, each score with its reason; whoever
// has an interest in a thing says so, and the own score of it does not count; a meeting may put an agreed value in the
// place of the mean. Values and rules only: a room keeps who scored what (priorities; options of a change; bids for a
// grant). The arithmetic is in statistics/scoring.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "statistics/scoring.h"

namespace tithing::scoring {

struct Criterion {
  std::string code;  // of its name, unique in the sheet
  std::string name;
  std::string guidance;     // what a low and a high score mean
  std::int64_t weight = 1;  // 0 to 1,000; only its share of all weights matters
};

// What is scored.
struct Thing {
  std::string code;
  std::string name;
};

struct Score {
  std::int64_t id = 0;
  std::string item;
  std::string criterion;
  bool moderated = false;
  std::int64_t scorer = 0;  // account; 0 where it was agreed
  std::string scorer_name;
  std::int64_t value = 0;
  std::string reason;
  Instant made_at;
};

struct Interest {
  std::int64_t scorer = 0;
  std::string item;
  std::string what;  // a sentence: "My employer runs the scheme."
  std::string scorer_name = {};
  Instant declared_at = {};
};

struct Sheet {
  int scale_high = 4;  // scores are whole numbers from 0 to this; a higher one comes first
  std::vector<Criterion> criteria;
  std::vector<Thing> items;
  const Criterion* criterion(std::string_view code) const;
  const Thing* item(std::string_view code) const;
};

constexpr std::size_t kMostCriteria = 12;
constexpr std::size_t kMostItems = 40;
constexpr std::int64_t kMostWeight = 1'000;

// What is wrong with the sheet, each sentence at its field: scale, criteria, items. Empty: nothing.
std::vector<FieldProblem> faults_of(const Sheet& sheet);
bool same_structure(const Sheet& a, const Sheet& b);  // whether scores of one are scores of the other
bool same_weights(const Sheet& a, const Sheet& b);
// invalid at "value-<criterion>" or "reason-<criterion>": a value off the scale, a score without a reason. not_found
// for what the sheet does not score.
Status check_score(const Sheet& sheet, const Score& score);

// The number of the newest score that `as` says: by that scorer (or agreed) of that item. What a form has seen.
std::int64_t newest_of(const std::vector<Score>& there, const Score& as);
// Of the scores that are given again by whom and of what `as` says, those that are new or differ from what is there.
// invalid with all that is wrong.
Result<std::vector<Score>> changed_by(const Sheet& sheet, const std::vector<Score>& there,
                                      const std::vector<Score>& given, const Score& as);

// The first criterion that counts and the first item without a value for it.
std::optional<std::pair<const Criterion*, const Thing*>> missing(const Sheet& sheet, const std::vector<Score>& scores);

bool has_interest(const std::vector<Interest>& interests, const Score& score);  // its scorer, in its item
// Without the scores of what the scorer has declared an interest in: they stay to be read and do not count.
std::vector<Score> without_interested(std::vector<Score> scores, const std::vector<Interest>& interests);

// A weight as it is typed: a whole number from 0 to kMostWeight, or nothing.
std::optional<std::int64_t> weight_from(std::string_view text);
// Other weights than the sheet's: one for each criterion, from texts of which an empty one is the sheet's own. `field`
// names the field of the criterion at that index. Empty when they are the sheet's after all. invalid for one that is
// none, and when all are 0.
Result<std::vector<std::int64_t>> weights_from(const Sheet& sheet, const std::vector<std::string>& texts,
                                               const std::vector<std::string>& fields);

// For statistics::score_priorities, scorers in the order of their accounts. `weights` replaces those of the sheet when
// it is not empty; as many as criteria.
statistics::Scoring arithmetic_of(const Sheet& sheet, const std::vector<Score>& scores,
                                  const std::vector<std::int64_t>& weights = {});

struct Outcome {
  statistics::Priorities found;
  std::optional<statistics::RankStability> stability;
  std::size_t scorers = 0;
};
constexpr std::uint64_t kStabilitySeed = 1;
constexpr double kStabilitySpread = 0.5;
// What becomes of these scores. Empty while there is none. invalid for weights that cannot be.
Result<std::optional<Outcome>> outcome_of(const Sheet& sheet, const std::vector<Score>& scores,
                                          const std::vector<std::int64_t>& weights = {});

// How many people gave a score.
std::size_t scorers_of(const std::vector<Score>& scores);

}  // namespace tithing::scoring
