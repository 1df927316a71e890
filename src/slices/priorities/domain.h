// Priorities scored openly: what is scored, by which criteria, by whom and why, and what a meeting made of it. Values
// and rules only; what scoring is stands in scoring/scoring.h.
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
#include "scoring/scoring.h"

namespace tithing::priorities {

using scoring::Criterion;
using scoring::Score;

struct Item : scoring::Thing {
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
  scoring::Sheet sheet() const;
  const Criterion* criterion(std::string_view code) const;
  const Item* item(std::string_view code) const;
};

// Volume, harm, trend, comparison, concentration, public concern, deliverability, each with weight 1: a beginning, not
// a standard. The first five have evidence beside them.
const std::vector<Criterion>& standard_criteria();

using scoring::kMostCriteria;

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

// Nobody but the scorer sees a score before moderation; visitors see closed exercises only (the gate of records asks
// that). The scores that may be shown to `account` (0: nobody in particular).
std::vector<Score> shown_to(const Exercise& exercise, const std::vector<Score>& scores, std::int64_t account);

}  // namespace tithing::priorities
