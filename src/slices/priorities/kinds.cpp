// The figures of this slice: an item's priority score, and the harm of a crime type by a list of weights.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/extent.h"
#include "slices/priorities/service.h"
#include "slices/sources/sources.h"
#include "slices/wiring.h"

namespace tithing::priorities {
namespace {

using figures::Address;
using figures::Detail;
using figures::Figure;
using figures::Input;
using figures::Parameters;
using figures::Quantity;
using figures::Source;
using figures::Unit;
using figures::Viewer;

// Of a parameter that has to be a whole number: the registry has seen to that.
std::int64_t number_of(const Parameters& parameters, const char* name) { return std::stoll(parameters.get(name)); }

// "1,2,1": one for each criterion. Empty: the exercise's own.
Result<std::vector<std::int64_t>> weights_of(const std::string& text, const Exercise& exercise) {
  if (text.empty()) return std::vector<std::int64_t>();
  const std::vector<std::string> texts = split(text, ',');
  if (texts.size() != exercise.criteria.size())
    return invalid(tr("There are too many weights, or too few."),
                   {{"weights", tr("Enter one weight for each of the {0} criteria.",
                                   {std::to_string(exercise.criteria.size())})}});
  std::vector<std::int64_t> weights;
  for (const std::string& one : texts) {
    const auto weight = scoring::weight_from(one);
    if (!weight)
      return invalid(
          tr("A weight is malformed."),
          {{"weights", tr("Enter a whole number from 0 to 1,000 for each criterion, with commas between them.")}});
    weights.push_back(*weight);
  }
  if (std::count(weights.begin(), weights.end(), 0) == static_cast<std::ptrdiff_t>(weights.size()))
    return invalid(tr("Every weight is 0."), {{"weights", tr("Give at least one criterion a weight above 0.")}});
  return weights;
}

// Who set the weights, and when: not who opened the scores or closed the exercise afterwards, which are versions too.
// The worked example was set up by the program, which is nobody.
Source source_of(PrioritiesService& service, const Exercise& newest, const Viewer& viewer) {
  Exercise exercise = newest;
  for (Exercise& before : service.versions(newest.id)) {  // newest first
    if (before.version >= exercise.version) continue;
    if (!scoring::same_weights(before.sheet(), exercise.sheet())) break;
    exercise = std::move(before);
  }
  const std::string what = "The exercise " + exercise.title + ", version " + std::to_string(exercise.version);
  const std::string page = "/priorities/" + std::to_string(exercise.id);
  if (exercise.made_by == "system")
    return Source::of_constructed(what + ", with its weights",
                                  "the authors of Tithing: nobody has agreed these weights", exercise.made_at.iso(),
                                  page);
  const std::string maker = viewer.protect_small_numbers
                                ? "an officer, whose name is for those who are signed in"
                                : service.wiring().people(exercise.made_by, viewer.reach.actor());
  return Source::of_entry(what, maker, exercise.made_at.iso(), page);
}

Result<Figure> priority_score(PrioritiesService& service, const Parameters& parameters, const Viewer& viewer,
                              Detail detail) {
  const std::int64_t id = number_of(parameters, "exercise");
  const auto exercise = service.exercise(id);
  if (!exercise) return pass_on(exercise);
  const Item* item = exercise->item(parameters.get("item"));
  if (item == nullptr) return not_found(tr("This exercise does not score that."));
  const auto weights = weights_of(parameters.get("weights"), *exercise);
  if (!weights) return pass_on(weights);
  const std::string unit = "on a scale from 0 to " + std::to_string(exercise->scale_high);
  Figure figure;
  figure.as_at = viewer.today.iso();
  figure.evidence_version =
      "exercise " + std::to_string(exercise->id) + ", version " + std::to_string(exercise->version);
  figure.working.title = "Priority of " + item->name + ": " + exercise->title;
  if (!service.may_know(*exercise, viewer.reach) || exercise->stage == Stage::scoring) {
    figure.quantity =
        Quantity::unknown(Unit::score, unit,
                          exercise->stage == Stage::scoring ? "Scores stay unseen until everybody has given theirs."
                                                            : "It is open to everybody once the exercise is closed.");
    return figure;
  }
  const auto interests = service.interests(id);
  const auto all = service.scores(id);
  const auto scores = scoring::without_interested(all, interests);
  const auto outcome = scoring::outcome_of(exercise->sheet(), scores, *weights);
  if (!outcome) return pass_on(outcome);
  const auto at = static_cast<std::size_t>(item - exercise->items.data());
  if (!*outcome || !(*outcome)->found.items[at].score) {
    figure.quantity = Quantity::unknown(Unit::score, unit, "Nobody has scored it.");
    return figure;
  }
  const statistics::ItemScore& found = (*outcome)->found.items[at];
  figure.quantity = Quantity::real(*found.score, Unit::score, unit, 2);
  figure.quantity.partial = figure.quantity.either_way = !found.complete;  // a mean of what was scored is no floor
  if (detail == Detail::value) return figure;
  figure.working.in_words =
      "The mean of what was scored for each criterion, weighted; an agreed value stands in place of the scorers' mean.";
  figure.working.formula = "s = sum(w x v) / sum(w)";
  figure.working.rounding = "Shown to two decimals; held unrounded.";
  for (std::size_t k = 0; k < exercise->criteria.size(); ++k) {
    const Criterion& criterion = exercise->criteria[k];
    const statistics::CellScore& cell = found.cells[k];
    const std::string number = std::to_string(k + 1);
    std::vector<std::string> given;
    std::string agreed;
    Figure value;
    value.quantity = cell.value ? Quantity::real(*cell.value, Unit::score, unit, 2)
                                : Quantity::unknown(Unit::score, unit, "Nobody has scored it.");
    value.working.title = item->name + ": " + criterion.name;
    value.working.in_words =
        cell.is_moderated ? "As it was agreed; the scores given before stand beside it." : "The mean of the scores.";
    value.working.rounding = "Shown to two decimals; held unrounded.";
    for (const Score& score : scores) {
      if (score.item != item->code || score.criterion != criterion.code) continue;
      if (score.moderated)
        agreed = score.reason;
      else
        given.push_back(std::to_string(score.value));
      const std::string who =
          viewer.protect_small_numbers ? score.moderated
                                             ? "an officer for the meeting, whose name is for those who are signed in"
                                             : "a scorer, whose name is for those who are signed in"
          : score.moderated ? (score.scorer_name.empty() ? "the meeting" : score.scorer_name + ", for the meeting")
                            : score.scorer_name;
      value.working.inputs.push_back(
          Input::of("", score.moderated ? "agreed" : "scored", std::to_string(score.value),
                    Source::of_entry("Score with its reason: " + score.reason, who, score.made_at.iso(),
                                     "/priorities/" + std::to_string(exercise->id) + "/scores")));
    }
    std::string label = criterion.name;
    if (cell.is_moderated)
      label += ", as agreed (" + agreed + ")" + (given.empty() ? "" : "; scored " + joined(given, ", "));
    else if (!given.empty())
      label += ", mean of " + joined(given, ", ");
    figure.working.inputs.push_back(Input::of("v" + number, label, std::move(value)));
    const std::string weight = std::to_string(weights->empty() ? criterion.weight : (*weights)[k]);
    figure.working.inputs.push_back(
        weights->empty()
            ? Input::of("w" + number, "weight of " + criterion.name, weight, source_of(service, *exercise, viewer))
            : Input::of("w" + number, "weight of " + criterion.name, weight, figures::Chosen{"weights"}));
  }
  if (!weights->empty())
    figure.working.caveats.push_back("The weights are the reader's own, not those of the exercise.");
  if (!found.complete)
    figure.working.caveats.push_back("Not every criterion was scored: it is the mean of those that were.");
  if (scores.size() < all.size())
    figure.working.caveats.push_back(
        plural(static_cast<std::int64_t>(all.size() - scores.size()), "score does", "scores do") +
        " not count, because the scorer has declared an interest in what is scored.");
  figure.working.caveats.push_back("A score is a judgement. The reasons are in the exercise, beside each score.");
  return figure;
}

Result<Figure> harm(const figures::Registry& registry, PrioritiesService& service, const Parameters& parameters,
                    const Viewer& viewer, Detail detail) {
  const std::int64_t id = number_of(parameters, "list");
  const auto list = service.harm().find(id);
  if (!list) return pass_on(list);
  const std::string type = parameters.get("type");
  Parameters asked;
  for (const char* name : {"area", "from", "to", "type", "as-at"})
    if (std::string value = parameters.get(name); !value.empty()) asked.values[name] = std::move(value);
  auto crimes = registry.ask({"crimes", asked}, viewer, detail);
  if (!crimes) return crimes;
  const std::string unit = "harm by " + list->name + ", " + list->version;
  Figure figure;
  figure.as_at = crimes->as_at;
  figure.evidence_version = crimes->evidence_version + ", list " + std::to_string(list->id);
  figure.coverage = crimes->coverage;
  const auto weights = service.harm_weights(id);
  std::string range;
  if (!crimes->quantity.known()) {
    figure.quantity = crimes->quantity.state() == Quantity::State::suppressed
                          ? Quantity::withheld(Unit::score, unit)
                          : Quantity::unknown(Unit::score, unit, crimes->quantity.reason());
  } else if (crimes->quantity.partial) {
    figure.quantity = Quantity::unknown(Unit::score, unit, crimes->coverage.not_whole_text());
  } else {
    const auto found = harm_of(weights, type, crimes->quantity.integer());
    if (!found) return pass_on(found);
    range = "between " + fixed(found->low, 0) + " and " + fixed(found->high, 0);
    if (found->estimate) {
      figure.quantity = Quantity::real(*found->estimate, Unit::score, unit, 0);
      if (found->high > found->low)
        figure.quantity.interval = figures::Interval{
            found->low, found->high, 1, "if every event were the lightest, or the heaviest, offence of the crime type"};
    } else {
      figure.quantity =
          Quantity::unknown(Unit::score, unit,
                            "It lies " + range + ": the crime type mixes offences whose weights differ" +
                                (found->spread > 0 ? " " + grouped(std::llround(found->spread)) + "-fold" : "") +
                                ", and the list does not say in which parts they occur.");
    }
  }
  if (detail == Detail::value) return figure;
  figure.working.title = "Harm of " + crimes->working.title;
  figure.working.in_words =
      "Crimes of the type times the weight of each offence in the part in which it occurs; without the parts only the "
      "range is known.";
  figure.working.formula = "h = c x sum(p x w)";
  figure.working.rounding = "Shown to whole units; held unrounded.";
  figure.working.caveats.push_back(evidence::months_in_words(figure.coverage.present, figure.coverage.expected));
  figure.working.inputs.push_back(
      {"c", "crimes", std::make_shared<const Figure>(std::move(*crimes)), std::nullopt, ""});
  figures::Source source;
  source.name = list->name + ", " + list->version;
  source.sha256 = list->sha256;
  source.imported_at = list->imported_at.iso();
  source.publisher = list->publisher;
  source.rows = static_cast<std::int64_t>(weights.size());
  source.url = sources::page_of(list->source_file);
  int number = 0;
  std::size_t left_out = 0;
  for (const HarmWeight& weight : weights) {
    if (weight.crime_type != type) continue;
    if (++number > 20) {
      ++left_out;
      continue;
    }
    figure.working.inputs.push_back(
        Input::of("w" + std::to_string(number), weight.offence, fixed(weight.weight, 2), source));
    if (weight.share)
      figure.working.inputs.push_back(
          Input::of("p" + std::to_string(number), "part of the type", fixed(*weight.share, 4), source));
  }
  figure.working.inputs.push_back({"W", "list of weights", nullptr, std::move(source), ""});
  if (left_out > 0)
    figure.working.caveats.push_back(
        plural(static_cast<std::int64_t>(left_out), "more offence is", "more offences are") + " in the list.");
  if (!range.empty())
    figure.working.caveats.push_back("It lies " + range +
                                     ", if every event were the lightest, or the heaviest, offence.");
  figure.working.caveats.push_back("Weights are revised: another version of the list gives another figure.");
  return figure;
}

}  // namespace

Address score_address(const Exercise& exercise, const Item& item, const std::vector<std::int64_t>& weights) {
  Address address{"priority-score", {}};
  address.parameters.values = {{"exercise", std::to_string(exercise.id)}, {"item", item.code}};
  std::vector<std::string> parts;
  for (const std::int64_t weight : weights) parts.push_back(std::to_string(weight));
  if (!parts.empty()) address.parameters.values["weights"] = joined(parts, ",");
  return address;
}

Address harm_address(const Exercise& exercise, const std::string& crime_type, const HarmList& list) {
  Address address{"harm", {}};
  address.parameters.values = {{"area", exercise.area},
                               {"from", exercise.period.from.iso()},
                               {"to", exercise.period.to.iso()},
                               {"type", crime_type},
                               {"list", std::to_string(list.id)}};
  return address;
}

void add_kinds(figures::Registry& registry, PrioritiesService& service) {
  PrioritiesService* const s = &service;
  const figures::Registry* const all = &registry;
  registry.add(
      {"priority-score",
       "Priority score",
       "What a thing scored in an exercise, over its criteria and scorers.",
       {{"exercise", "integer", true, "Number of the exercise", "1"},
        {"item", "text", true, "What is scored", "burglary"},
        {"weights", "text", false, "Other weights than the exercise's, in the order of its criteria", "1,2,1,1,1,1,1"}},
       [s](const Parameters& p, const Viewer& v, Detail d) { return priority_score(*s, p, v, d); },
       {}},
      figures::Cost::light);
  registry.add(
      {"harm",
       "Harm of crime",
       "Crimes of a type weighted by a version of a list of harm weights; a range where the type mixes offences.",
       {{"area", "area", true, "Official code of an area", "E22000372"},
        {"from", "month", true, "First month", "2022-01"},
        {"to", "month", true, "Last month", "2022-11"},
        {"type", "crime-type", true, "Crime type", "burglary"},
        {"list", "integer", true, "Number of the list of weights", "1"},
        {"as-at", "date", false, "Day whose structure is used; today unless given", "2022-12-31"}},
       [all, s](const Parameters& p, const Viewer& v, Detail d) { return harm(*all, *s, p, v, d); },
       {}},
      figures::Cost::light);
}

}  // namespace tithing::priorities
