// What comes first: priority scores, and the harm of a category.
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/methods.h"
#include "statistics/scoring.h"

namespace tithing::analysis {
namespace {

// Places of names in order of their first appearance.
std::size_t place(std::vector<std::string>& names, const std::string& name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return i;
  names.push_back(name);
  return names.size() - 1;
}

Result<Answer> priorities(const Input& input, Settings& settings) {
  statistics::Scoring scoring;
  const double low = settings.number("low", 0, -1e6, 1e6), high = settings.number("high", 4, -1e6, 1e6),
               spread = settings.number("spread", 0.5, 0.001, 9);
  const auto seed = settings.whole("seed", 1, 0, 1'000'000'000'000),
             draws = settings.whole("draws", 2000, 100, 100'000);
  if (!settings.status()) return pass_on(settings.status());
  scoring.scale_low = low;
  scoring.scale_high = high;
  const auto item = column_of(input, {"item", "name"}), criterion = column_of(input, {"criterion"}),
             score = column_of(input, {"score"});
  for (const auto* column : {&item, &criterion, &score})
    if (!*column) return pass_on(*column);
  const auto scorer = input.find("scorer");
  const auto scores = optional_numbers(input, *score);
  if (!scores) return pass_on(scores);
  std::vector<std::string> items, criteria, scorers;
  struct Entry {
    std::size_t item, criterion, scorer;
    bool moderated;
    std::optional<double> score;
  };
  std::vector<Entry> entries;
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    const std::string who = scorer ? input.rows[row][*scorer] : "scorer";
    const bool moderated = lowered(who) == "moderated";
    entries.push_back({place(items, input.rows[row][*item]), place(criteria, input.rows[row][*criterion]),
                       moderated ? 0 : place(scorers, who), moderated, (*scores)[row]});
  }
  if (items.size() * criteria.size() * std::max<std::size_t>(1, scorers.size()) > 1'000'000)
    return invalid(tr("{0} has too many items, criteria and scorers.", {input.name}));
  scoring.scores.assign(items.size(), std::vector<std::vector<std::optional<double>>>(
                                          criteria.size(), std::vector<std::optional<double>>(scorers.size())));
  for (const Entry& entry : entries) {
    if (!entry.moderated) {
      scoring.scores[entry.item][entry.criterion][entry.scorer] = entry.score;
      continue;
    }
    if (scoring.moderated.empty())
      scoring.moderated.assign(items.size(), std::vector<std::optional<double>>(criteria.size()));
    scoring.moderated[entry.item][entry.criterion] = entry.score;
  }
  std::map<std::string, double> weights;
  for (const std::string& written :
       settings.has("weights") ? split(settings.text("weights"), ',') : std::vector<std::string>()) {
    const auto equals = written.rfind('=');
    const std::string name(trimmed(written.substr(0, equals)));
    Settings one({{"weights", equals == std::string::npos ? "" : written.substr(equals + 1)}});
    const double weight = one.number("weights", -1, 0, 1e9);
    if (!one.status() || weight < 0)
      return invalid(tr("--weights is written volume=2,harm=3, each zero or more, not \"{0}\".", {written}));
    bool known = false;
    for (const std::string& criterion_name : criteria) known = known || criterion_name == name;
    if (!known) return invalid(tr("--weights names the criterion {0}, which {1} does not score.", {name, input.name}));
    weights[name] = weight;
  }
  for (const std::string& name : criteria)
    scoring.criteria.push_back({name, weights.count(name) > 0 ? weights[name] : 1});
  const auto found = statistics::score_priorities(scoring);
  if (!found) return pass_on(found);
  const auto stability =
      statistics::rank_stability(scoring, static_cast<std::uint64_t>(seed), spread, static_cast<std::size_t>(draws));
  Answer answer;
  Listing list{
      "items", {"item", "score", "rank", "best_rank", "worst_rank", "first_in_share_of_draws", "complete"}, {}};
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& one = found->items[i];
    const bool ranked = one.score.has_value();
    list.rows.push_back({items[i], maybe(one.score), ranked ? Value(one.rank) : Value(),
                         stability && ranked ? Value(stability->items[i].best) : Value(),
                         stability && ranked ? Value(stability->items[i].worst) : Value(),
                         stability && ranked ? Value(stability->items[i].first_share) : Value(), one.complete});
  }
  Listing cells{"scores", {"item", "criterion", "weight", "value", "low", "high", "scorers", "moderated"}, {}};
  for (std::size_t i = 0; i < items.size(); ++i)
    for (std::size_t k = 0; k < criteria.size(); ++k) {
      const auto& cell = found->items[i].cells[k];
      const bool any = cell.scorers > 0;
      cells.rows.push_back({items[i], criteria[k], scoring.criteria[k].weight, maybe(cell.value),
                            any ? Value(cell.low) : Value(), any ? Value(cell.high) : Value(), whole(cell.scorers),
                            cell.is_moderated});
    }
  answer.values = {{"agreement_of_scorers", maybe(found->agreement)},
                   {"order_kept_in_share_of_draws", stability ? Value(stability->order_kept) : Value()},
                   {"spread_of_weights", spread},
                   {"seed", seed},
                   {"draws", draws}};
  answer.listings = {std::move(list), std::move(cells)};
  if (stability) {
    Listing flips{"what_puts_another_first",
                  {"criterion", "weight", "at_or_below", "then_first_below", "at_or_above", "then_first_above"},
                  {}};
    for (const auto& flip : stability->flips)
      flips.rows.push_back({criteria[flip.criterion], scoring.criteria[flip.criterion].weight, maybe(flip.weight_below),
                            flip.weight_below ? Value(items[flip.item_below]) : Value(), maybe(flip.weight_above),
                            flip.weight_above ? Value(items[flip.item_above]) : Value()});
    answer.listings.push_back(std::move(flips));
  } else {
    answer.notes.push_back("How far the order depends on the weights could not be told: " + stability.error().message);
  }
  answer.notes.push_back(
      "Rows whose scorer is \"moderated\" take the place of the scorers' mean. Agreement is Kendall's W.");
  return answer;
}

Result<Answer> harm(const Input& input, Settings& settings) {
  const auto count = settings.whole("count", 1, 0, 1'000'000'000);
  if (!settings.status()) return pass_on(settings.status());
  const auto offence = column_of(input, {"offence", "name"}), weight = column_of(input, {"weight"});
  if (!offence) return pass_on(offence);
  if (!weight) return pass_on(weight);
  const auto weights = numbers(input, *weight);
  if (!weights) return pass_on(weights);
  std::vector<statistics::OffenceWeight> offences;
  for (std::size_t row = 0; row < input.rows.size(); ++row)
    offences.push_back({input.rows[row][*offence], (*weights)[row]});
  std::vector<double> mix;
  if (const auto share = input.find("share")) {
    const auto read = numbers(input, *share);
    if (!read) return pass_on(read);
    mix = *read;
  }
  const auto found = statistics::category_harm(count, offences, mix);
  if (!found) return pass_on(found);
  Answer answer;
  answer.findings = {"Harm of " + grouped(count) +
                     " events: " + (found->estimate ? significant(*found->estimate) + ", at least " : "between ") +
                     significant(found->low) + (found->estimate ? " and at most " : " and ") +
                     significant(found->high) + "."};
  answer.values = {{"events", count},
                   {"low", found->low},
                   {"high", found->high},
                   {"estimate", maybe(found->estimate)},
                   {"spread", found->spread > 0 ? Value(found->spread) : Value()}};
  answer.notes = {
      "A mixed category has no single weight: without a mix of its offences (column share) there are only bounds. The "
      "file is the version of the index: name it where the result is shown."};
  return answer;
}

}  // namespace

std::vector<Method> scoring_methods() {
  return {
      {"priorities",
       "Priority scores of several scorers, and how far the order depends on the weights",
       "item, criterion, score; optional: scorer (\"moderated\" for what the meeting agreed)",
       {{"--weights", "volume=2,harm=3; 1 for criteria that are not named"},
        {"--low", "Lowest score of the scale; 0 unless given"},
        {"--high", "Highest score of the scale; 4 unless given"},
        {"--spread", "Weights are multiplied by up to 1 + spread and down to 1 / (1 + spread); 0.5 unless given"},
        {"--draws", "100 to 100,000; 2,000 unless given"},
        {"--seed", "Seed of the draws; 1 unless given"}},
       AreaForm::none,
       "Scores are given by people. Give them as a file.",
       priorities},
      {"harm",
       "Harm of a category that mixes offences, with its bounds",
       "offence, weight; optional: share",
       {{"--count", "Events of the category; 1 unless given"}},
       AreaForm::none,
       "Weights of offences belong to a published index. Give the version you use as a file.",
       harm},
  };
}

}  // namespace tithing::analysis
