#include "scoring/scoring.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/translation.h"

namespace tithing::scoring {

namespace {

constexpr std::size_t kLongestName = 100, kLongestGuidance = 500, kLongestReason = 1'000;

template <class T>
const T* by_code(const std::vector<T>& things, std::string_view code) {
  for (const T& thing : things)
    if (thing.code == code) return &thing;
  return nullptr;
}

template <class T>
std::size_t index_of(const std::vector<T>& things, const T* thing) {
  return static_cast<std::size_t>(thing - things.data());
}

bool is_of(const Score& score, const Score& as) {
  return score.item == as.item && score.moderated == as.moderated && score.scorer == as.scorer;
}

}  // namespace

const Criterion* Sheet::criterion(std::string_view code) const { return by_code(criteria, code); }
const Thing* Sheet::item(std::string_view code) const { return by_code(items, code); }

std::vector<FieldProblem> faults_of(const Sheet& sheet) {
  std::vector<FieldProblem> wrong;
  const auto say = [&](const char* field, std::string sentence) { wrong.push_back({field, std::move(sentence)}); };
  if (sheet.scale_high < 2 || sheet.scale_high > 10) say("scale", "The highest score is a whole number from 2 to 10.");
  if (sheet.criteria.empty()) say("criteria", "Enter at least one criterion.");
  if (sheet.criteria.size() > kMostCriteria)
    say("criteria", "Enter at most " + std::to_string(kMostCriteria) + " criteria.");
  if (sheet.items.size() < 2) say("items", "Choose at least two things to score: an order needs two.");
  if (sheet.items.size() > kMostItems)
    say("items", "Choose at most " + std::to_string(kMostItems) + " things to score.");
  std::set<std::string> codes;
  std::int64_t sum = 0;
  for (const Criterion& criterion : sheet.criteria) {
    sum += criterion.weight;
    if (criterion.code.empty() || criterion.name.size() > kLongestName)
      say("criteria", "Give each criterion a name of letters or digits, at most 100 characters.");
    else if (!codes.insert(criterion.code).second)
      say("criteria", "Two criteria are called \"" + criterion.name + "\". Give each its own name.");
    if (criterion.weight < 0 || criterion.weight > kMostWeight)
      say("criteria", "The weight of \"" + criterion.name + "\" is a whole number from 0 to 1,000.");
    if (criterion.guidance.size() > kLongestGuidance)
      say("criteria", "Shorten the guidance of \"" + criterion.name + "\" to 500 characters.");
  }
  if (!sheet.criteria.empty() && sum <= 0) say("criteria", "At least one criterion needs a weight above 0.");
  codes.clear();
  for (const Thing& item : sheet.items) {
    if (item.code.empty() || item.name.size() > kLongestName)
      say("items", "Give each thing to score a name of letters or digits, at most 100 characters.");
    else if (!codes.insert(item.code).second)
      say("items", "\"" + item.name + "\" is there twice. Take one away.");
  }
  return wrong;
}

bool same_structure(const Sheet& a, const Sheet& b) {
  const auto alike = [](const auto& x, const auto& y) { return x.code == y.code && x.name == y.name; };
  return a.scale_high == b.scale_high &&
         std::equal(a.criteria.begin(), a.criteria.end(), b.criteria.begin(), b.criteria.end(), alike) &&
         std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), alike);
}

bool same_weights(const Sheet& a, const Sheet& b) {
  return std::equal(a.criteria.begin(), a.criteria.end(), b.criteria.begin(), b.criteria.end(),
                    [](const Criterion& x, const Criterion& y) { return x.code == y.code && x.weight == y.weight; });
}

Status check_score(const Sheet& sheet, const Score& score) {
  const Criterion* criterion = sheet.criterion(score.criterion);
  if (criterion == nullptr || sheet.item(score.item) == nullptr)
    return not_found(tr("This exercise does not score that."));
  if (score.value < 0 || score.value > sheet.scale_high)
    return invalid(tr("A score is off the scale."),
                   {{"value-" + score.criterion,
                     criterion->name + ": choose a whole number from 0 to " + std::to_string(sheet.scale_high) + "."}});
  const std::string field = "reason-" + score.criterion;
  if (trimmed(score.reason).empty())
    return invalid(tr("A score needs its reason."),
                   {{field, tr("{0}: say why, in a sentence; the meeting will ask.", {criterion->name})}});
  if (score.reason.size() > kLongestReason)
    return invalid(tr("A reason is too long."),
                   {{field, tr("{0}: shorten the reason to 1,000 characters.", {criterion->name})}});
  return {};
}

std::int64_t newest_of(const std::vector<Score>& there, const Score& as) {
  std::int64_t newest = 0;
  for (const Score& score : there)
    if (is_of(score, as)) newest = std::max(newest, score.id);
  return newest;
}

Result<std::vector<Score>> changed_by(const Sheet& sheet, const std::vector<Score>& there,
                                      const std::vector<Score>& given, const Score& as) {
  std::vector<Score> changed;
  std::vector<FieldProblem> wrong;
  for (const Score& one : given) {
    Score score = as;
    score.criterion = one.criterion;
    score.value = one.value;
    score.reason = one.reason;
    if (Status fine = check_score(sheet, score); !fine) {
      if (fine.error().fields.empty()) return pass_on(fine);
      wrong.insert(wrong.end(), fine.error().fields.begin(), fine.error().fields.end());
      continue;
    }
    const bool same = std::any_of(there.begin(), there.end(), [&](const Score& before) {
      return is_of(before, as) && before.criterion == score.criterion && before.value == score.value &&
             before.reason == score.reason;
    });
    if (!same) changed.push_back(std::move(score));
  }
  if (wrong.empty()) return changed;
  const std::string first = wrong.front().message;
  return invalid(first, std::move(wrong));
}

std::optional<std::pair<const Criterion*, const Thing*>> missing(const Sheet& sheet, const std::vector<Score>& scores) {
  for (const Thing& item : sheet.items)
    for (const Criterion& criterion : sheet.criteria)
      if (criterion.weight > 0 && std::none_of(scores.begin(), scores.end(), [&](const Score& score) {
            return score.item == item.code && score.criterion == criterion.code;
          }))
        return std::pair(&criterion, &item);
  return std::nullopt;
}

bool has_interest(const std::vector<Interest>& interests, const Score& score) {
  return !score.moderated && std::any_of(interests.begin(), interests.end(), [&](const Interest& interest) {
    return interest.scorer == score.scorer && interest.item == score.item;
  });
}

std::vector<Score> without_interested(std::vector<Score> scores, const std::vector<Interest>& interests) {
  std::erase_if(scores, [&](const Score& score) { return has_interest(interests, score); });
  return scores;
}

std::optional<std::int64_t> weight_from(std::string_view text) {
  if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  const std::int64_t weight = std::stoll(std::string(text));
  return weight <= kMostWeight ? std::optional(weight) : std::nullopt;
}

Result<std::vector<std::int64_t>> weights_from(const Sheet& sheet, const std::vector<std::string>& texts,
                                               const std::vector<std::string>& fields) {
  std::vector<std::int64_t> weights;
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < sheet.criteria.size(); ++k) {
    const auto weight = texts[k].empty() ? std::optional(sheet.criteria[k].weight) : weight_from(texts[k]);
    if (!weight)
      return invalid(tr("A weight is malformed."),
                     {{fields[k], sheet.criteria[k].name + ": enter a whole number from 0 to 1,000."}});
    weights.push_back(*weight);
    sum += *weight;
  }
  if (sum == 0)
    return invalid(tr("Every weight is 0."), {{fields.front(), "Give at least one criterion a weight above 0."}});
  const bool own = std::equal(weights.begin(), weights.end(), sheet.criteria.begin(), sheet.criteria.end(),
                              [](std::int64_t weight, const Criterion& one) { return weight == one.weight; });
  if (own) weights.clear();
  return weights;
}

statistics::Scoring arithmetic_of(const Sheet& sheet, const std::vector<Score>& scores,
                                  const std::vector<std::int64_t>& weights) {
  statistics::Scoring scoring;
  scoring.scale_low = 0;
  scoring.scale_high = sheet.scale_high;
  for (std::size_t k = 0; k < sheet.criteria.size(); ++k)
    scoring.criteria.push_back(
        {sheet.criteria[k].name, static_cast<double>(weights.empty() ? sheet.criteria[k].weight : weights[k])});
  std::set<std::int64_t> scorers;
  bool any_moderated = false;
  for (const Score& score : scores) {
    if (score.moderated)
      any_moderated = true;
    else
      scorers.insert(score.scorer);
  }
  const std::vector<std::int64_t> order(scorers.begin(), scorers.end());
  scoring.scores.assign(sheet.items.size(), {sheet.criteria.size(), std::vector<std::optional<double>>(order.size())});
  if (any_moderated)
    scoring.moderated.assign(sheet.items.size(), std::vector<std::optional<double>>(sheet.criteria.size()));
  for (const Score& score : scores) {
    const Thing* item = sheet.item(score.item);
    const Criterion* criterion = sheet.criterion(score.criterion);
    if (item == nullptr || criterion == nullptr) continue;
    const std::size_t i = index_of(sheet.items, item), k = index_of(sheet.criteria, criterion);
    if (score.moderated) {
      scoring.moderated[i][k] = static_cast<double>(score.value);
    } else {
      const auto who = std::lower_bound(order.begin(), order.end(), score.scorer) - order.begin();
      scoring.scores[i][k][static_cast<std::size_t>(who)] = static_cast<double>(score.value);
    }
  }
  return scoring;
}

std::size_t scorers_of(const std::vector<Score>& scores) {
  std::set<std::int64_t> scorers;
  for (const Score& score : scores)
    if (!score.moderated) scorers.insert(score.scorer);
  return scorers.size();
}

Result<std::optional<Outcome>> outcome_of(const Sheet& sheet, const std::vector<Score>& scores,
                                          const std::vector<std::int64_t>& weights) {
  if (scores.empty()) return std::optional<Outcome>();
  const statistics::Scoring scoring = arithmetic_of(sheet, scores, weights);
  auto found = statistics::score_priorities(scoring);
  if (!found) return pass_on(found);
  Outcome outcome{std::move(*found), std::nullopt, scorers_of(scores)};
  if (auto stability = statistics::rank_stability(scoring, kStabilitySeed, kStabilitySpread))
    outcome.stability = std::move(*stability);
  return std::optional(std::move(outcome));
}

}  // namespace tithing::scoring
