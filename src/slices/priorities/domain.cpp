#include "slices/priorities/domain.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/translation.h"
#include "slices/priorities/priorities.h"

namespace tithing::priorities {
namespace {

constexpr std::array<std::string_view, 4> kStages = {"scoring", "moderation", "closed", "withdrawn"};

// Whether the same evidence stands beside what is scored. Things of as many.
bool same_evidence(const Exercise& a, const Exercise& b) {
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                    [](const Item& x, const Item& y) { return x.crime_type == y.crime_type; });
}

}  // namespace

std::string_view code_of(Stage stage) { return kStages[static_cast<std::size_t>(stage)]; }

std::optional<Stage> stage_from(std::string_view code) {
  for (std::size_t i = 0; i < kStages.size(); ++i)
    if (kStages[i] == code) return static_cast<Stage>(i);
  return std::nullopt;
}

scoring::Sheet Exercise::sheet() const { return {scale_high, criteria, {items.begin(), items.end()}}; }

const Criterion* Exercise::criterion(std::string_view code) const {
  const auto found =
      std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& one) { return one.code == code; });
  return found == criteria.end() ? nullptr : &*found;
}

const Item* Exercise::item(std::string_view code) const {
  const auto found = std::find_if(items.begin(), items.end(), [&](const Item& one) { return one.code == code; });
  return found == items.end() ? nullptr : &*found;
}

const std::vector<Criterion>& standard_criteria() {
  static const std::vector<Criterion> criteria = {
      {"volume", "Volume", "How much of it is recorded: 0 hardly any, highest the largest part of all crime.", 1},
      {"harm", "Harm", "What one event does to those it happens to: 0 little, highest death or lasting injury.", 1},
      {"trend", "Trend", "Whether the change is more than chance: 0 falling, middle no real change, highest rising.",
       1},
      {"comparison", "Comparison", "Beside like areas, for the people who live here: 0 well below, highest well above.",
       1},
      {"concentration", "Concentration",
       "Whether few places hold much of it, so that work can be aimed: 0 spread evenly, highest in a few places.", 1},
      {"public-concern", "Public concern",
       "What residents and their councillors say: 0 not raised, highest raised everywhere.", 1},
      {"deliverability", "Deliverability",
       "What partners together can do about it in the time: 0 nothing, highest much.", 1},
  };
  return criteria;
}

Status check(const Exercise& exercise) {
  std::vector<FieldProblem> wrong;
  const auto say = [&](const char* field, std::string sentence) { wrong.push_back({field, std::move(sentence)}); };
  if (trimmed(exercise.title).empty()) say("title", "Enter a title, such as \"Strategic assessment 2027\".");
  if (exercise.title.size() > 200) say("title", "Shorten the title to 200 characters.");
  if (exercise.period.to < exercise.period.from)
    say("to", "The last month lies before the first one. Choose a later one.");
  for (FieldProblem& fault : scoring::faults_of(exercise.sheet())) wrong.push_back(std::move(fault));
  if (wrong.empty()) return {};
  const std::string first = wrong.front().message;
  return invalid(first, std::move(wrong));
}

Status check_change(const Exercise& former, const Exercise& next, const std::vector<Score>& scores) {
  if (former.stage == Stage::closed || former.stage == Stage::withdrawn)
    return conflict(tr("This exercise is closed. Nothing in it changes any more; begin a new one."));
  if (Status fine = check(next); !fine) return fine;
  if (trimmed(next.reason).empty())
    return invalid(tr("Give a reason."), {{"reason", tr("Say why it is changed; it stays with the version.")}});
  if (next.reason.size() > 2000)
    return invalid(tr("The reason is too long."), {{"reason", tr("Shorten the reason to 2,000 characters.")}});
  if (!scores.empty() && !(scoring::same_structure(former.sheet(), next.sheet()) && same_evidence(former, next)))
    return invalid(
        tr("Scores have been given already."),
        {{"criteria",
          tr("Scores have been given, so criteria, things to score and the scale stay. Weights, guidance and "
             "title may still change.")}});
  return {};
}

namespace {

path::Obstacles somebody_scored(const StageFacts& facts) {
  if (facts.scores.empty()) return {"Nobody has scored yet. Wait for the first scores."};
  return {};
}

path::Obstacles all_has_a_value(const StageFacts& facts) {
  const scoring::Sheet sheet = facts.exercise.sheet();
  if (const auto found = scoring::missing(sheet, facts.scores))
    return {"Nobody has scored “" + found->first->name + "” of “" + found->second->name +
            "”. Agree a value for it, or give the criterion the weight 0."};
  return {};
}

constexpr path::State kStageStates[] = {
    {"scoring", "Being scored", "Each person sees the own scores only, so that nobody follows another."},
    {"moderation", "Being moderated",
     "Everybody who is signed in sees all scores, and the meeting may put one value in place of the mean."},
    {"closed", "Closed", "Nothing changes any more, and everybody may read it.", true, records::Publication::published},
    {"withdrawn", "Withdrawn", "It was given up. Nothing changes any more.", true}};
constexpr path::Move<StageFacts> kStageMoves[] = {
    {.from = "scoring",
     .to = "moderation",
     .code = "end-scoring",
     .name = "End the scoring and show all scores to those who are signed in",
     .who = &kModerate,
     .needs = somebody_scored,
     .needs_words = "somebody has scored",
     .asks = path::Asks::reason,
     .sentence = "{name}: the scoring has ended: {reason}"},
    {.from = "moderation",
     .to = "closed",
     .code = "close",
     .name = "Close it: nothing changes any more, and everybody may read it",
     .who = &kModerate,
     .needs = all_has_a_value,
     .needs_words = "every criterion that counts has a value for everything that is scored",
     .asks = path::Asks::reason,
     .sentence = "{name} was closed: {reason}",
     .warning = true},
    {.from = "scoring",
     .to = "withdrawn",
     .code = "withdraw",
     .name = "Withdraw it",
     .who = &kModerate,
     .asks = path::Asks::reason,
     .sentence = "{name} was withdrawn: {reason}",
     .warning = true},
    {.from = "moderation",
     .to = "withdrawn",
     .code = "withdraw",
     .name = "Withdraw it",
     .who = &kModerate,
     .asks = path::Asks::reason,
     .sentence = "{name} was withdrawn: {reason}",
     .warning = true}};

}  // namespace

const path::Path<StageFacts> kStagePath{"priorities.stage", kStageStates, kStageMoves};

records::Standing standing_of(const Exercise& exercise) {
  const std::string stage(code_of(exercise.stage));
  return {.name = exercise.title,
          .address = "/priorities/" + std::to_string(exercise.id),
          .whose = Whose::of_area(exercise.area),
          .version = exercise.version,
          .state = stage,
          .publication = kStagePath.outline().state(stage)->publication};
}

std::vector<Score> shown_to(const Exercise& exercise, const std::vector<Score>& scores, std::int64_t account) {
  if (exercise.stage != Stage::scoring) return scores;
  std::vector<Score> own;
  for (const Score& score : scores)
    if (account != 0 && score.scorer == account && !score.moderated) own.push_back(score);
  return own;
}

}  // namespace tithing::priorities
