// Counts and rates: one, two periods, many areas.
#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/methods.h"
#include "statistics/compare.h"
#include "statistics/funnel.h"
#include "statistics/poisson.h"
#include "statistics/two_periods.h"

namespace tithing::analysis {
namespace {

using statistics::Observed;

const CommandOption kConfidence{"--confidence", "Confidence of the interval, 0.5 to 0.999; 0.95 unless given"};
const CommandOption kOverdispersion{"--overdispersion", "Variance over mean of such counts, 1 or more; 1 unless given"};
const CommandOption kPer{"--per", "Rates per so many of the exposure; 1,000 unless given"};
const CommandOption kSeed{"--seed", "Seed of the draws; 1 unless given"};

Value finite(double number) { return std::isfinite(number) ? Value(number) : Value(); }

std::vector<std::string> concat(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Count and exposure of each row; without a population column every exposure is 1.
Result<std::vector<Observed>> observed_of(const Input& input, bool need_exposure) {
  const auto count = column_of(input, {"count", "value"});
  if (!count) return pass_on(count);
  const auto read = counts(input, *count);
  if (!read) return pass_on(read);
  std::vector<Observed> out;
  for (const std::int64_t one : *read) out.push_back({one, 1});
  const auto exposure = input.find_any({"population", "exposure"});
  if (!exposure && need_exposure) return pass_on(column_of(input, {"population", "exposure"}));
  if (!exposure) return out;
  // An unknown population is no exposure: the area keeps its place and is said to be unknown.
  const auto people = optional_numbers(input, *exposure);
  if (!people) return pass_on(people);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].exposure = (*people)[i].value_or(0);
  return out;
}

Result<Answer> change(const Input& input, Settings& settings) {
  statistics::ComparisonOptions options;
  options.confidence = settings.number("confidence", 0.95, 0.5, 0.999);
  options.overdispersion = settings.number("overdispersion", 1, 1, 1e6);
  options.least_total = settings.whole("least-total", options.least_total, 0, 1'000'000);
  if (!settings.status()) return pass_on(settings.status());
  const auto earlier_column = column_of(input, {"earlier"}), later_column = column_of(input, {"later"});
  if (!earlier_column) return pass_on(earlier_column);
  if (!later_column) return pass_on(later_column);
  const auto earlier = counts(input, *earlier_column), later = counts(input, *later_column);
  if (!earlier) return pass_on(earlier);
  if (!later) return pass_on(later);
  std::vector<double> before(earlier->size(), 1), after(later->size(), 1);
  for (const auto& [name, into] : {std::pair{"earlier_exposure", &before}, std::pair{"later_exposure", &after}})
    if (const auto column = input.find(name)) {
      const auto read = numbers(input, *column);
      if (!read) return pass_on(read);
      *into = *read;
    }
  const auto labels = labels_of(input);
  Answer answer;
  Listing list{"comparisons",
               {"name", "earlier", "later", "ratio", "mid_p_lower", "mid_p_upper", "exact_lower", "exact_upper",
                "e_test_p", "wheeler_z", "verdict"},
               {}};
  bool any_judged = false;
  for (std::size_t i = 0; i < earlier->size(); ++i) {
    const auto one = statistics::compare_periods({(*earlier)[i], before[i]}, {(*later)[i], after[i]}, options);
    if (!one) return invalid(input.name + ", " + input.where(i) + ": " + one.error().message);
    const auto none = statistics::no_verdict(*one, input.season_out, input.breaks);
    const bool judged = statistics::judged(*one, input.season_out, input.breaks);
    any_judged = any_judged || judged;
    const std::string verdict = none ? *none : std::string(statistics::words(one->verdict));
    list.rows.push_back({labels[i], (*earlier)[i], (*later)[i], one->ratio_is_known ? Value(one->ratio) : Value(),
                         finite(one->mid_p.lower), finite(one->mid_p.upper), finite(one->exact.lower),
                         finite(one->exact.upper), judged ? Value(one->e_test_p) : Value(),
                         judged ? Value(one->wheeler_z) : Value(), verdict});
    if (earlier->size() == 1)
      answer.findings = {grouped((*earlier)[i]) + " before, " + grouped((*later)[i]) + " after: " + verdict + "." +
                         (judged ? " " + std::string(statistics::kAssumes) : "") +
                         (one->ratio_is_known && std::isfinite(one->mid_p.upper)
                              ? " Ratio of the rates " + fixed(one->ratio, 3) + " (" + fixed(one->mid_p.lower, 3) +
                                    " to " + fixed(one->mid_p.upper, 3) + ")."
                              : "")};
  }
  answer.listings.push_back(std::move(list));
  answer.notes = {statistics::rule_text(options)};
  if (any_judged)
    answer.notes.push_back(std::string(statistics::kIndependent) + " --overdispersion widens it.");
  else
    answer.notes.push_back("Without a verdict no p and no z is given: they would read as one.");
  return answer;
}

Result<Answer> interval(const Input& input, Settings& settings) {
  const double confidence = settings.number("confidence", 0.95, 0.5, 0.999),
               overdispersion = settings.number("overdispersion", 1, 1, 1e6);
  const double per = settings.number("per", 1000, 1e-9, 1e12);
  const std::string name = settings.choice("method", "exact", {"exact", "mid-p", "byar"});
  if (!settings.status()) return pass_on(settings.status());
  const auto method = name == "exact"   ? statistics::IntervalMethod::exact
                      : name == "mid-p" ? statistics::IntervalMethod::mid_p
                                        : statistics::IntervalMethod::byar;
  const bool rates = input.find_any({"population", "exposure"}).has_value();
  const auto observed = observed_of(input, false);
  if (!observed) return pass_on(observed);
  const auto labels = labels_of(input);
  Answer answer;
  Listing list{"intervals", {"name", "count", "lower", "upper"}, {}};
  if (rates) list.columns = {"name", "count", "exposure", "rate", "lower", "upper"};
  std::size_t unknown = 0;
  for (std::size_t i = 0; i < observed->size(); ++i) {
    const Observed& one = (*observed)[i];
    if (!rates) {
      const auto found = statistics::poisson_interval(one.count, confidence, method, overdispersion);
      if (!found) return pass_on(found);
      list.rows.push_back({labels[i], one.count, found->lower, found->upper});
    } else if (one.exposure > 0) {
      const auto found = statistics::poisson_rate(one.count, one.exposure, per, confidence, method, overdispersion);
      if (!found) return pass_on(found);
      list.rows.push_back(
          {labels[i], one.count, one.exposure, found->rate, found->interval.lower, found->interval.upper});
    } else {
      ++unknown;
      list.rows.push_back({labels[i], one.count, {}, {}, {}, {}});
    }
  }
  answer.values = {{"confidence", confidence},
                   {"interval", name == "exact"  ? "Garwood, exact"
                                : name == "byar" ? "Byar's approximation"
                                                 : "mid-P"}};
  if (rates) answer.values.push_back({"per", per});
  answer.listings.push_back(std::move(list));
  if (unknown > 0)
    answer.notes.push_back(plural(static_cast<std::int64_t>(unknown), "row has", "rows have") +
                           " no exposure: a rate over nobody is unknown, not zero.");
  return answer;
}

Result<Answer> funnel(const Input& input, Settings& settings) {
  statistics::FunnelOptions options;
  const std::string method = settings.choice("method", "additive", {"exact", "multiplicative", "additive"});
  const double per = settings.number("per", 1000, 1e-9, 1e12);
  options.method = method == "exact"      ? statistics::FunnelMethod::exact
                   : method == "additive" ? statistics::FunnelMethod::additive
                                          : statistics::FunnelMethod::multiplicative;
  options.winsorise = settings.number("winsorise", 0.1, 0, 0.49);
  options.target = settings.number("target", 0, 0, 1e12) / per;
  if (!settings.status()) return pass_on(settings.status());
  const auto observed = observed_of(input, true);
  if (!observed) return pass_on(observed);
  const auto found = statistics::funnel(*observed, options);
  if (!found) return pass_on(found);
  const auto labels = labels_of(input);
  Answer answer;
  answer.values = {{"target", found->target * per},    {"per", per},
                   {"overdispersion_phi", found->phi}, {"tau_squared", found->tau_squared},
                   {"widened", found->widened},        {"limits", method}};
  Listing list{"areas",
               {"name", "count", "exposure", "rate", "lower_95", "upper_95", "lower_998", "upper_998", "z", "band"},
               {}};
  std::size_t outside = 0;
  for (std::size_t i = 0; i < observed->size(); ++i) {
    const auto& point = found->points[i];
    const bool known = point.band != statistics::FunnelBand::unknown;
    outside +=
        point.band == statistics::FunnelBand::far_above || point.band == statistics::FunnelBand::far_below ? 1 : 0;
    const auto value = [&](double number) { return known ? Value(number) : Value(); };
    list.rows.push_back({labels[i], (*observed)[i].count, value((*observed)[i].exposure), value(point.rate * per),
                         value(point.limits_95.lower * per), value(point.limits_95.upper * per),
                         value(point.limits_998.lower * per), value(point.limits_998.upper * per), value(point.z),
                         std::string(statistics::words(point.band))});
  }
  answer.findings = {std::to_string(outside) + " of " +
                     plural(static_cast<std::int64_t>(observed->size()), "area lies", "areas lie") +
                     " outside the 99.8% limits."};
  const auto told = std::count_if(found->points.begin(), found->points.end(),
                                  [](const auto& point) { return point.band != statistics::FunnelBand::unknown; });
  const std::string by_itself = found->widened ? "Chance and the spread between the areas" : "Chance alone";
  answer.findings.push_back(by_itself + " would put about " + fixed(0.05 * static_cast<double>(told), 1) + " of " +
                            plural(told, "area", "areas") + " with a rate outside the 95% limits, and " +
                            fixed(0.002 * static_cast<double>(told), 2) + " outside the 99.8% limits.");
  answer.listings.push_back(std::move(list));
  answer.notes = {"Spiegelhalter (2005), Statistics in Medicine 24:1185-1202."};
  return answer;
}

Result<Answer> ranks(const Input& input, Settings& settings) {
  const double confidence = settings.number("confidence", 0.95, 0.5, 0.999);
  const auto seed = settings.whole("seed", 1, 0, 1'000'000'000'000),
             draws = settings.whole("draws", 1000, 100, 100'000);
  if (!settings.status()) return pass_on(settings.status());
  const auto observed = observed_of(input, true);
  if (!observed) return pass_on(observed);
  const auto found =
      statistics::ranks(*observed, static_cast<std::uint64_t>(seed), confidence, static_cast<std::size_t>(draws));
  if (!found) return pass_on(found);
  const auto labels = labels_of(input);
  Answer answer;
  answer.values = {{"confidence", confidence}, {"seed", seed}, {"draws", draws}};
  Listing list{"areas", {"name", "count", "rank", "lower", "upper"}, {}};
  for (std::size_t i = 0; i < found->size(); ++i) {
    const auto& one = (*found)[i];
    if (one.rank > 0)
      list.rows.push_back({labels[i], (*observed)[i].count, one.rank, one.lower, one.upper});
    else
      list.rows.push_back({labels[i], (*observed)[i].count, {}, {}, {}});
  }
  answer.listings.push_back(std::move(list));
  answer.notes = {"Rank 1 is the highest rate. Where intervals overlap, chance alone could have changed the order."};
  return answer;
}

Result<Answer> shrink(const Input& input, Settings& settings) {
  const double per = settings.number("per", 1000, 1e-9, 1e12);
  if (!settings.status()) return pass_on(settings.status());
  const auto observed = observed_of(input, true);
  if (!observed) return pass_on(observed);
  const auto found = statistics::shrink(*observed);
  if (!found) return pass_on(found);
  const auto labels = labels_of(input);
  Answer answer;
  answer.values = {{"mean", found->mean * per}, {"variance_between_areas", found->variance * per * per}, {"per", per}};
  Listing list{"areas", {"name", "count", "exposure", "raw", "estimate", "weight"}, {}};
  for (std::size_t i = 0; i < found->areas.size(); ++i) {
    const auto& one = found->areas[i];
    list.rows.push_back({labels[i], (*observed)[i].count, one.known ? Value((*observed)[i].exposure) : Value(),
                         one.known ? Value(one.raw * per) : Value(), one.estimate * per, one.weight});
  }
  answer.listings.push_back(std::move(list));
  answer.notes = {"Global empirical Bayes after Marshall (1991): the fewer people, the nearer to the mean of all."};
  return answer;
}

Result<Answer> standardise(const Input& input, Settings& settings) {
  const double per = settings.number("per", 1000, 1e-9, 1e12),
               confidence = settings.number("confidence", 0.95, 0.5, 0.999);
  if (!settings.status()) return pass_on(settings.status());
  const auto observed = observed_of(input, true);
  if (!observed) return pass_on(observed);
  const auto column = column_of(input, {"standard", "standard_population"});
  if (!column) return pass_on(column);
  const auto standard = numbers(input, *column);
  if (!standard) return pass_on(standard);
  const auto area = input.find_any({"area", "name", "code"});
  std::vector<std::string> order;
  std::map<std::string, std::vector<statistics::Stratum>> strata;
  for (std::size_t i = 0; i < observed->size(); ++i) {
    const std::string label = area ? input.rows[i][*area] : input.name;
    if (strata.count(label) == 0) order.push_back(label);
    strata[label].push_back({(*observed)[i].count, (*observed)[i].exposure, (*standard)[i]});
  }
  Answer answer;
  answer.values = {{"per", per}, {"confidence", confidence}};
  Listing list{"areas", {"name", "count", "crude_rate", "standardised_rate", "lower", "upper"}, {}};
  for (const std::string& label : order) {
    const auto found = statistics::directly_standardised_rate(strata[label], per, confidence);
    if (!found) return invalid(label + ": " + found.error().message);
    std::int64_t count = 0;
    double people = 0;
    for (const auto& one : strata[label]) {
      count += one.count;
      people += one.population;
    }
    list.rows.push_back({label, count, finite(per * static_cast<double>(count) / people), found->rate,
                         found->interval.lower, found->interval.upper});
  }
  answer.listings.push_back(std::move(list));
  answer.notes = {"Direct standardisation; interval of Dobson and others (1991) on the exact interval of the count."};
  return answer;
}

Result<Answer> nearest(const Input& input, Settings& settings) {
  const std::string own = settings.text("own");
  const auto count = settings.whole("count", 15, 1, 1000);
  if (!settings.status()) return pass_on(settings.status());
  const auto label_column = column_of(input, {"name", "code", "area"});
  if (!label_column) return pass_on(label_column);
  std::vector<std::size_t> columns;
  std::vector<std::string> names;
  const std::vector<std::string> asked =
      settings.has("by") ? split(settings.text("by"), ',') : std::vector<std::string>();
  for (const std::string& name : asked) {
    const auto column = input.find(trimmed(name));
    if (!column) return invalid(tr("{0} has no column {1} to compare by.", {input.name, name}));
    columns.push_back(*column);
  }
  if (asked.empty())
    for (std::size_t i = 0; i < input.columns.size(); ++i)
      if (i != *label_column && input.columns[i] != "code" && input.columns[i] != "name" && input.columns[i] != "area")
        columns.push_back(i);
  if (columns.empty())
    return invalid(tr("{0} has no characteristics: every column beside the name is one.", {input.name}));
  std::vector<std::vector<std::optional<double>>> characteristics(input.rows.size());
  for (const std::size_t column : columns) {
    names.push_back(input.columns[column]);
    const auto read = optional_numbers(input, column);
    if (!read) return pass_on(read);
    for (std::size_t i = 0; i < read->size(); ++i) characteristics[i].push_back((*read)[i]);
  }
  std::optional<std::size_t> mine;
  for (std::size_t i = 0; i < input.rows.size(); ++i)
    if (input.rows[i][*label_column] == own) mine = i;
  if (!mine)
    return invalid(own.empty() ? tr("Say which row is your own with --own NAME.")
                               : tr("There is no row called {0} in {1}.", {own, input.name}));
  const auto found = statistics::nearest_areas(characteristics, *mine, static_cast<std::size_t>(count));
  if (!found) return pass_on(found);
  Answer answer;
  std::vector<std::string> used;
  for (const std::size_t k : found->used) used.push_back(names[k]);
  answer.values = {
      {"own", own}, {"characteristics", joined(used, ", ")}, {"areas_left_out", whole(found->left_out.size())}};
  Listing list{"nearest", concat({"name", "distance"}, used), {}};
  for (const auto& area : found->areas) {
    std::vector<Value> row = {input.rows[area.area][*label_column], area.distance};
    for (const double difference : area.differences) row.push_back(difference);
    list.rows.push_back(std::move(row));
  }
  answer.listings.push_back(std::move(list));
  answer.notes = {
      "Distances are on standardised characteristics; the columns after it are the differences, other less own. This "
      "is not the Home Office's list of most similar groups."};
  return answer;
}

Result<Answer> group_mean(const Input& input, Settings& settings) {
  const std::string own = settings.text("own");
  const auto rate = column_of(input, {"rate", "value"}), member = column_of(input, {"member"}),
             label = column_of(input, {"name", "code", "area"});
  for (const auto* column : {&rate, &member, &label})
    if (!*column) return pass_on(*column);
  const auto rates = optional_numbers(input, *rate);
  if (!rates) return pass_on(rates);
  std::vector<std::size_t> members;
  std::optional<std::size_t> mine;
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    const std::string in = lowered(input.rows[i][*member]);
    if (in == "1" || in == "yes" || in == "true")
      members.push_back(i);
    else if (in != "0" && in != "no" && in != "false" && !in.empty())
      return invalid(tr("{0}, {1}: the column member holds yes or no, not \"{2}\".", {input.name, input.where(i), in}));
    if (input.rows[i][*label] == own) mine = i;
  }
  if (!mine)
    return invalid(own.empty() ? tr("Say which row is your own with --own NAME.")
                               : tr("There is no row called {0} in {1}.", {own, input.name}));
  const auto found = statistics::most_similar_mean(*rates, *mine, members);
  if (!found) return pass_on(found);
  Answer answer;
  answer.values = {{"own", own},
                   {"own_rate", maybe(found->own)},
                   {"mean", found->mean},
                   {"difference", maybe(found->difference)},
                   {"known", whole(found->known)},
                   {"unknown", whole(found->unknown)}};
  answer.notes = {
      "The unweighted mean of the rates of the list, own area included. Lists are not symmetric: that B is on A's does "
      "not put A on B's."};
  return answer;
}

using Run = std::function<Result<Answer>(const Input&, Settings&)>;

// Of the rows that have a number in these columns; which have none is said.
Run of_known(std::vector<std::string_view> columns, Run run) {
  return
      [columns = std::move(columns), run = std::move(run)](const Input& input, Settings& settings) -> Result<Answer> {
        const auto [known, without] = with_known(input, columns);
        if (!without.empty() && known.rows.empty())
          return invalid(tr("{0}: no row has a number in it. {1}", {input.name, without}));
        auto answer = run(known, settings);
        if (answer && !without.empty()) answer->notes.insert(answer->notes.begin(), without);
        return answer;
      };
}

}  // namespace

std::vector<Method> count_methods() {
  const std::string own_files = "The evidence has no such table.";
  return {
      {"change",
       "Is the change between two periods more than chance?",
       "earlier, later; optional: name, earlier_exposure, later_exposure (1 unless given)",
       {kConfidence,
        kOverdispersion,
        {"--least-total", "With fewer events in both periods nothing is said; 10 unless given"}},
       AreaForm::two_periods,
       "",
       of_known({"earlier", "later", "earlier_exposure", "later_exposure"}, change)},
      {"interval",
       "Counts or rates with exact, mid-P or Byar's intervals",
       "count; optional: name, population (or exposure)",
       {{"--method", "exact (Garwood), mid-p or byar; exact unless given"}, kConfidence, kOverdispersion, kPer},
       AreaForm::areas,
       "",
       of_known({"count", "value"}, interval)},
      {"funnel",
       "Which areas lie outside what chance allows at their size?",
       "count, population; optional: name",
       {{"--method", "exact, multiplicative or additive limits; additive unless given"},
        {"--target", "Target rate; that of all areas together unless given"},
        {"--winsorise", "Share of z-scores pulled in at each end; 0.1 unless given"},
        kPer},
       AreaForm::areas,
       "",
       of_known({"count", "value"}, funnel)},
      {"ranks",
       "Ranks of rates with the interval that chance leaves open",
       "count, population; optional: name",
       {kSeed, {"--draws", "Draws, 100 to 100,000; 1,000 unless given"}, kConfidence},
       AreaForm::areas,
       "",
       of_known({"count", "value"}, ranks)},
      {"shrink",
       "Rates of small areas, drawn towards the mean (empirical Bayes)",
       "count, population; optional: name",
       {kPer},
       AreaForm::counts_of_places,
       "",
       of_known({"count", "value"}, shrink)},
      {"standardise",
       "Directly standardised rates",
       "count, population, standard, one row for each age band or other stratum; optional: area",
       {kPer, kConfidence},
       AreaForm::none,
       "Crimes are published without the age of anybody, so there are no strata. Give a file of your own.",
       standardise},
      {"nearest",
       "The areas most like your own by characteristics that you choose",
       "name, and one column for each characteristic",
       {{"--own", "Name of your own row", true, true},
        {"--count", "How many; 15 unless given"},
        {"--by", "Columns to compare by, with commas; every one unless given"}},
       AreaForm::none,
       "Characteristics of areas are not part of the evidence. Give a file of your own.",
       nearest},
      {"group-mean",
       "Your rate beside the mean of an imported list of most similar areas",
       "name, rate, member (yes or no)",
       {{"--own", "Name of your own row", true, true}},
       AreaForm::none,
       own_files + " Give the published list as a file.",
       group_mean},
  };
}

}  // namespace tithing::analysis
