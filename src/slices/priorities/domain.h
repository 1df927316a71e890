// Priorities scored openly: what is scored, by which criteria, by whom and why, and what a meeting made of it. Values
// and rules only; the arithmetic is in statistics/scoring.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/result.h"
#include "path/path.h"
#include "records/record.h"
#include "statistics/scoring.h"

namespace tithing::priorities {

struct Criterion {
  std::string code;  // of its name, unique in the exercise
  std::string name;
  std::string guidance;     // what a low and a high score mean
  std::int64_t weight = 1;  // 0 to 1,000; only its share of all weights matters
};

struct Item {
  std::string code;
  std::string name;
  std::string crime_type;  // slug of data.police.uk's category, or empty: then the evidence says nothing of it here
};

// Scoring: each scorer sees the own scores only, so that nobody follows another. Moderation: all see all, and the
// meeting may put one value in place of the mean. Closed: nothing changes any more, and everybody may read it.
enum class Stage { scoring, moderation, closed, withdrawn };
std::string_view code_of(Stage stage);
std::optional<Stage> stage_from(std::string_view code);

struct Exercise {
  std::int64_t id = 0;
  std::int64_t version = 0;
  std::string title;
  std::string area;    // official code
  Period period;       // of the evidence shown beside the scores
  int scale_high = 4;  // scores are whole numbers from 0 to this; a higher one is a higher priority
  std::vector<Criterion> criteria;
  std::vector<Item> items;
  Stage stage = Stage::scoring;
  std::string reason;  // of this version
  std::string made_by;
  Instant made_at;
  std::string created_by;
  Instant created_at;
  const Criterion* criterion(std::string_view code) const;
  const Item* item(std::string_view code) const;
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

// Volume, harm, trend, comparison, concentration, public concern, deliverability, each with weight 1: a beginning, not
// a standard. The first five have evidence beside them.
const std::vector<Criterion>& standard_criteria();

constexpr std::size_t kMostCriteria = 12;
constexpr std::size_t kMostItems = 40;

// invalid, each sentence at its field: title, from, to, scale, criteria, items.
Status check(const Exercise& exercise);
// Whether `next` may follow `former` while `scores` are there: weights, title and guidance may change until it is
// closed; what is scored, by which criteria and on which scale only before the first score.
Status check_change(const Exercise& former, const Exercise& next, const std::vector<Score>& scores);
// The stages as a path (path/path.h). To be closed, every criterion that counts needs a value for every item.
struct StageFacts {
  Exercise exercise;
  std::vector<Score> scores;  // those that hold
};
extern const path::Path<StageFacts> kStagePath;
// An exercise as a record: its kind is kRecordKind.
inline constexpr const char* kRecordKind = "priorities";
records::Standing standing_of(const Exercise& exercise);

// invalid at "value-<criterion>" or "reason-<criterion>": a value off the scale, a score without a reason.
Status check_score(const Exercise& exercise, const Score& score);

// For statistics::score_priorities, scorers in the order of their accounts. `weights` replaces those of the exercise
// when it is not empty; as many as criteria.
statistics::Scoring scoring_of(const Exercise& exercise, const std::vector<Score>& scores,
                               const std::vector<std::int64_t>& weights = {});

// Nobody but the scorer sees a score before moderation; visitors see closed exercises only (the gate of records asks
// that). The scores that may be shown to `account` (0: nobody in particular).
std::vector<Score> shown_to(const Exercise& exercise, const std::vector<Score>& scores, std::int64_t account);

}  // namespace tithing::priorities
