#include "slices/priorities/domain.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "slices/priorities/priorities.h"

namespace tithing::priorities {
namespace {

constexpr std::array<std::string_view, 4> kStages = {"scoring", "moderation", "closed", "withdrawn"};

template <class Thing>
const Thing* by_code(const std::vector<Thing>& things, std::string_view code) {
  for (const Thing& thing : things)
    if (thing.code == code) return &thing;
  return nullptr;
}

bool same_structure(const Exercise& a, const Exercise& b) {
  return a.scale_high == b.scale_high &&
         std::equal(a.criteria.begin(), a.criteria.end(), b.criteria.begin(), b.criteria.end(),
                    [](const Criterion& x, const Criterion& y) { return x.code == y.code && x.name == y.name; }) &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), [](const Item& x, const Item& y) {
           return x.code == y.code && x.name == y.name && x.crime_type == y.crime_type;
         });
}

}  // namespace

std::string_view code_of(Stage stage) { return kStages[static_cast<std::size_t>(stage)]; }

std::optional<Stage> stage_from(std::string_view code) {
  for (std::size_t i = 0; i < kStages.size(); ++i)
    if (kStages[i] == code) return static_cast<Stage>(i);
  return std::nullopt;
}

const Criterion* Exercise::criterion(std::string_view code) const { return by_code(criteria, code); }
const Item* Exercise::item(std::string_view code) const { return by_code(items, code); }

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
  if (exercise.scale_high < 2 || exercise.scale_high > 10)
    say("scale", "The highest score is a whole number from 2 to 10.");
  if (exercise.criteria.empty()) say("criteria", "Enter at least one criterion.");
  if (exercise.criteria.size() > kMostCriteria)
    say("criteria", "Enter at most " + std::to_string(kMostCriteria) + " criteria.");
  if (exercise.items.size() < 2) say("items", "Choose at least two things to score: an order needs two.");
  if (exercise.items.size() > kMostItems)
    say("items", "Choose at most " + std::to_string(kMostItems) + " things to score.");
  std::set<std::string> codes;
  std::int64_t sum = 0;
  for (const Criterion& criterion : exercise.criteria) {
    sum += criterion.weight;
    if (criterion.code.empty() || criterion.name.size() > 100)
      say("criteria", "Give each criterion a name of letters or digits, at most 100 characters.");
    else if (!codes.insert(criterion.code).second)
      say("criteria", "Two criteria are called \"" + criterion.name + "\". Give each its own name.");
    if (criterion.weight < 0 || criterion.weight > 1000)
      say("criteria", "The weight of \"" + criterion.name + "\" is a whole number from 0 to 1,000.");
    if (criterion.guidance.size() > 500)
      say("criteria", "Shorten the guidance of \"" + criterion.name + "\" to 500 characters.");
  }
  if (!exercise.criteria.empty() && sum <= 0) say("criteria", "At least one criterion needs a weight above 0.");
  codes.clear();
  for (const Item& item : exercise.items) {
    if (item.code.empty() || item.name.size() > 100)
      say("items", "Give each thing to score a name of letters or digits, at most 100 characters.");
    else if (!codes.insert(item.code).second)
      say("items", "\"" + item.name + "\" is there twice. Take one away.");
  }
  if (wrong.empty()) return {};
  const std::string first = wrong.front().message;
  return invalid(first, std::move(wrong));
}

Status check_change(const Exercise& former, const Exercise& next, const std::vector<Score>& scores) {
  if (former.stage == Stage::closed || former.stage == Stage::withdrawn)
    return conflict("This exercise is closed. Nothing in it changes any more; begin a new one.");
  if (Status fine = check(next); !fine) return fine;
  if (trimmed(next.reason).empty())
    return invalid("Give a reason.", {{"reason", "Say why it is changed; it stays with the version."}});
  if (next.reason.size() > 2000)
    return invalid("The reason is too long.", {{"reason", "Shorten the reason to 2,000 characters."}});
  if (!scores.empty() && !same_structure(former, next))
    return invalid("Scores have been given already.", {{"criteria",
                                                        "Scores have been given, so criteria, things to score and the "
                                                        "scale stay. Weights, guidance and title may still change."}});
  return {};
}

namespace {

path::Obstacles somebody_scored(const StageFacts& facts) {
  if (facts.scores.empty()) return {"Nobody has scored yet. Wait for the first scores."};
  return {};
}

path::Obstacles all_has_a_value(const StageFacts& facts) {
  for (const Item& item : facts.exercise.items)
    for (const Criterion& criterion : facts.exercise.criteria) {
      if (criterion.weight == 0) continue;
      const bool there = std::any_of(facts.scores.begin(), facts.scores.end(), [&](const Score& score) {
        return score.item == item.code && score.criterion == criterion.code;
      });
      if (!there)
        return {"Nobody has scored “" + criterion.name + "” of “" + item.name +
                "”. Agree a value for it, or give the criterion the weight 0."};
    }
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

Status check_score(const Exercise& exercise, const Score& score) {
  const Criterion* criterion = exercise.criterion(score.criterion);
  if (criterion == nullptr || exercise.item(score.item) == nullptr)
    return not_found("This exercise does not score that.");
  if (score.value < 0 || score.value > exercise.scale_high)
    return invalid("A score is off the scale.",
                   {{"value-" + score.criterion, criterion->name + ": choose a whole number from 0 to " +
                                                     std::to_string(exercise.scale_high) + "."}});
  if (trimmed(score.reason).empty())
    return invalid(
        "A score needs its reason.",
        {{"reason-" + score.criterion, criterion->name + ": say why, in a sentence; the meeting will ask."}});
  if (score.reason.size() > 1000)
    return invalid("A reason is too long.",
                   {{"reason-" + score.criterion, criterion->name + ": shorten the reason to 1,000 characters."}});
  return {};
}

statistics::Scoring scoring_of(const Exercise& exercise, const std::vector<Score>& scores,
                               const std::vector<std::int64_t>& weights) {
  statistics::Scoring scoring;
  scoring.scale_low = 0;
  scoring.scale_high = exercise.scale_high;
  for (std::size_t k = 0; k < exercise.criteria.size(); ++k)
    scoring.criteria.push_back(
        {exercise.criteria[k].name, static_cast<double>(weights.empty() ? exercise.criteria[k].weight : weights[k])});
  std::set<std::int64_t> scorers;
  bool any_moderated = false;
  for (const Score& score : scores) {
    if (score.moderated)
      any_moderated = true;
    else
      scorers.insert(score.scorer);
  }
  const std::vector<std::int64_t> order(scorers.begin(), scorers.end());
  scoring.scores.assign(exercise.items.size(),
                        {exercise.criteria.size(), std::vector<std::optional<double>>(order.size())});
  if (any_moderated)
    scoring.moderated.assign(exercise.items.size(), std::vector<std::optional<double>>(exercise.criteria.size()));
  for (const Score& score : scores) {
    const Item* item = exercise.item(score.item);
    const Criterion* criterion = exercise.criterion(score.criterion);
    if (item == nullptr || criterion == nullptr) continue;
    const auto i = static_cast<std::size_t>(item - exercise.items.data());
    const auto k = static_cast<std::size_t>(criterion - exercise.criteria.data());
    if (score.moderated) {
      scoring.moderated[i][k] = static_cast<double>(score.value);
    } else {
      const auto who =
          static_cast<std::size_t>(std::lower_bound(order.begin(), order.end(), score.scorer) - order.begin());
      scoring.scores[i][k][who] = static_cast<double>(score.value);
    }
  }
  return scoring;
}

std::vector<Score> shown_to(const Exercise& exercise, const std::vector<Score>& scores, std::int64_t account) {
  if (exercise.stage != Stage::scoring) return scores;
  std::vector<Score> own;
  for (const Score& score : scores)
    if (account != 0 && score.scorer == account && !score.moderated) own.push_back(score);
  return own;
}

}  // namespace tithing::priorities
