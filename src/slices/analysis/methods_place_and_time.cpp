// Where and when: hot spots put to the test, clusters, near repeats, and whether a measure worked.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "base/text.h"
#include "base/translation.h"
#include "slices/analysis/input.h"
#include "slices/analysis/methods.h"
#include "statistics/displacement.h"
#include "statistics/hotspots.h"
#include "statistics/knox.h"
#include "statistics/scan.h"

namespace tithing::analysis {
namespace {

Result<std::vector<double>> sizes_of(const Input& input, const std::vector<std::size_t>* rows) {
  std::vector<double> all(input.rows.size(), 1.0);
  if (const auto column = input.find("size")) {
    const auto read = numbers(input, *column);
    if (!read) return read;
    all = *read;
  }
  if (rows == nullptr) return all;
  std::vector<double> out;
  for (const std::size_t row : *rows) out.push_back(all[row]);
  return out;
}

Result<Answer> accuracy(const Input& input, Settings& settings) {
  const double share = settings.number("share", 0.05, 1e-6, 0.999);
  const auto window = static_cast<std::size_t>(settings.whole("window", 3, 1, 1200)),
             tests = static_cast<std::size_t>(settings.whole("tests", 3, 1, 1200));
  if (!settings.status()) return pass_on(settings.status());
  Answer answer;
  answer.notes = {
      "PAI: hit rate over share of the area, 1 is chance (Chainey and others 2008). PEI: PAI over the best there could "
      "have been (Hunt 2016). RRI: the recapture of Levine (2008)."};
  if (!input.find("size")) answer.notes.push_back("There is no column size: every place counts as equally large.");
  const auto later = input.find("later");
  if (later) {
    statistics::HotspotInput cells;
    const auto score = column_of(input, {"score", "earlier"});
    if (!score) return pass_on(score);
    auto scores = numbers(input, *score), after = numbers(input, *later), sizes = sizes_of(input, nullptr);
    for (const auto* one : {&scores, &after, &sizes})
      if (!*one) return pass_on(*one);
    cells.score = *scores;
    cells.later = *after;
    cells.size = *sizes;
    if (const auto earlier = input.find("earlier")) {
      const auto read = numbers(input, *earlier);
      if (!read) return pass_on(read);
      cells.earlier = *read;
    }
    if (const auto feasible = input.find("feasible")) {
      const auto read = numbers(input, *feasible);
      if (!read) return pass_on(read);
      for (const double one : *read) cells.feasible.push_back(one != 0);
    }
    const auto found = statistics::hotspot_accuracy(cells, share);
    if (!found) return pass_on(found);
    const auto labels = labels_of(input);
    answer.findings = {plural(static_cast<std::int64_t>(found->chosen.size()), "place", "places") + " (" +
                       percent(found->area_share, 1) + " of the area) held " + percent(found->hit_rate, 1) +
                       " of the later events."};
    answer.values = {
        {"area_share", found->area_share},
        {"hit_rate", found->hit_rate},
        {"accuracy_index", found->accuracy_index},
        {"best_index", found->best_index},
        {cells.feasible.empty() ? "efficiency_index" : "efficiency_index_feasible", found->efficiency_index},
        {"recapture_index", maybe(found->recapture_index)}};
    Listing list{"chosen", {"name", "score", "later"}, {}};
    for (const std::size_t i : found->chosen) list.rows.push_back({labels[i], cells.score[i], cells.later[i]});
    answer.listings.push_back(std::move(list));
    return answer;
  }
  const auto table = place_months(input, {"count", "value"});
  if (!table) return pass_on(table);
  const auto sizes = sizes_of(input, &table->first_row);
  if (!sizes) return pass_on(sizes);
  const auto found = statistics::hotspot_back_test(table->counts, *sizes, share, window, tests);
  if (!found) return pass_on(found);
  answer.findings = {"The busiest " + percent(share, 0) + " by the " +
                     plural(static_cast<std::int64_t>(window), "month", "months") + " before held " +
                     percent(found->hit_rate, 1) + " of the next month's events on average."};
  answer.values = {{"months_tested", whole(found->tested)},
                   {"window", whole(window)},
                   {"area_share", share},
                   {"hit_rate", found->hit_rate},
                   {"accuracy_index", found->accuracy_index},
                   {"efficiency_index", found->efficiency_index},
                   {"recapture_index", maybe(found->recapture_index)},
                   {"overlap", found->overlap}};
  return answer;
}

Result<Answer> history(const Input& input, Settings& settings) {
  const auto recent = static_cast<std::size_t>(settings.whole("recent", 1, 1, 1200));
  if (!settings.status()) return pass_on(settings.status());
  const auto table = place_months(input, {"hot"});
  if (!table) return pass_on(table);
  std::vector<std::vector<bool>> hot;
  std::vector<std::int64_t> times;
  for (const auto& row : table->counts) {
    hot.emplace_back();
    times.push_back(0);
    for (const double one : row) {
      if (one > 1) return invalid(tr("{0}: the column hot holds 1 or 0.", {input.name}));
      hot.back().push_back(one > 0);
      times.back() += one > 0 ? 1 : 0;
    }
  }
  const auto found = statistics::hotspot_histories(hot, recent);
  if (!found) return pass_on(found);
  Answer answer;
  std::map<std::string, std::int64_t> held;
  Listing list{"places", {"name", "history", "months_hot", "months"}, {}};
  for (std::size_t i = 0; i < found->size(); ++i) {
    const std::string words((statistics::words((*found)[i])));
    ++held[words];
    if ((*found)[i] != statistics::HotspotHistory::never)
      list.rows.push_back({table->places[i], words, times[i], whole(table->months)});
  }
  for (const char* words : {"new", "persistent", "comes and goes", "fading"}) {
    std::string name = words;
    std::replace(name.begin(), name.end(), ' ', '_');
    answer.values.push_back({name, held[words]});
  }
  answer.values.push_back({"never", held[std::string(statistics::words(statistics::HotspotHistory::never))]});
  answer.findings = {plural(held["persistent"], "place is", "places are") + " persistently hot, " +
                     std::to_string(held["new"]) + " new, " + std::to_string(held["fading"]) + " fading."};
  answer.listings.push_back(std::move(list));
  answer.notes = input.notes;
  answer.notes.push_back(
      "Persistent: hot now and in at least four fifths of the months. Places that were hot in no month by itself are "
      "left "
      "out of the list.");
  return answer;
}

Result<Answer> cluster_scan(const Input& input, Settings& settings) {
  statistics::ScanOptions options;
  const std::string fallback = input.find("controls")                       ? "bernoulli"
                               : input.find_any({"expected", "population"}) ? "poisson"
                                                                            : "permutation";
  const std::string model = settings.choice("model", fallback, {"poisson", "permutation", "bernoulli"});
  options.model = model == "poisson"     ? statistics::ScanModel::poisson
                  : model == "bernoulli" ? statistics::ScanModel::bernoulli
                                         : statistics::ScanModel::permutation;
  options.simulations = static_cast<std::size_t>(settings.whole("simulations", 999, 0, 99'999));
  const auto seed = settings.whole("seed", 1, 0, 1'000'000'000'000);
  options.seed = static_cast<std::uint64_t>(seed);
  options.most_population = settings.number("most-population", 0.5, 0.001, 0.9);
  options.most_time = settings.number("most-time", 0.5, 0.001, 0.9);
  options.least_cases = static_cast<std::uint32_t>(settings.whole("least-cases", 2, 1, 1'000'000));
  options.estimate_spread = settings.choice("spread", "estimated", {"estimated", "none"}) == "estimated";
  if (!settings.status()) return pass_on(settings.status());
  const auto table = place_months(input, {"cases", "count"});
  if (!table) return pass_on(table);
  Input places = input;
  places.rows.clear();
  places.lines.clear();
  places.shapes.clear();
  for (const std::size_t row : table->first_row) {
    places.rows.push_back(input.rows[row]);
    if (row < input.lines.size()) places.lines.push_back(input.lines[row]);
    if (row < input.shapes.size()) places.shapes.push_back(input.shapes[row]);
  }
  const auto points = places_of(places);
  if (!points) return pass_on(points);
  statistics::ScanData data;
  data.places = *points;
  data.periods = table->months;
  for (const auto& row : table->counts)
    for (const double one : row) {
      if (one > 4e9) return invalid(tr("{0} holds a count that is too large.", {input.name}));
      data.cases.push_back(static_cast<std::uint32_t>(one));
    }
  if (model == "poisson") {
    const auto column = column_of(input, {"expected", "population"});
    if (!column) return pass_on(column);
    const auto read = numbers(input, *column);
    if (!read) return pass_on(read);
    // A place's expected number of a month without a row is that of its first row: a population.
    const auto month = input.find("month");
    data.expected.resize(data.cases.size());
    for (std::size_t i = 0; i < table->places.size(); ++i)
      for (std::size_t t = 0; t < table->months; ++t)
        data.expected[i * table->months + t] = (*read)[table->first_row[i]];
    if (month) {
      const auto label = *column_of(input, {"code", "name", "area", "lsoa", "cell"});
      std::map<std::string, std::size_t> index;
      for (std::size_t i = 0; i < table->places.size(); ++i) index[table->places[i]] = i;
      for (std::size_t row = 0; row < input.rows.size(); ++row) {
        const auto when = month_in(input, row, *month);
        if (!when) return pass_on(when);
        data.expected[index[input.rows[row][label]] * table->months +
                      static_cast<std::size_t>(when->index() - table->from.index())] = (*read)[row];
      }
    }
  } else if (model == "bernoulli") {
    const auto others = place_months(input, {"controls"});
    if (!others) return pass_on(others);
    for (const auto& row : others->counts)
      for (const double one : row) data.controls.push_back(static_cast<std::uint32_t>(one));
  }
  const auto found = statistics::scan(data, options);
  if (!found) return pass_on(found);
  const auto label = [&](std::size_t at) {
    return input.find("month") ? table->from.plus(static_cast<int>(at)).iso() : std::string("-");
  };
  Answer answer;
  Listing list{"clusters",
               {"centre", "places", "radius", "from", "to", "observed", "expected", "relative_risk",
                "log_likelihood_ratio", "p", "gumbel_p", "members"},
               {}};
  for (const auto& cluster : found->clusters) {
    std::vector<std::string> members;
    for (const auto at : cluster.locations) members.push_back(table->places[at]);
    const bool tested = options.simulations > 0;
    list.rows.push_back({table->places[cluster.centre], whole(cluster.locations.size()), cluster.radius,
                         label(cluster.from), label(cluster.to), static_cast<std::int64_t>(cluster.observed),
                         cluster.expected, cluster.relative_risk > 0 ? Value(cluster.relative_risk) : Value(),
                         cluster.log_likelihood_ratio, tested ? Value(cluster.p) : Value(),
                         tested ? Value(cluster.gumbel_p) : Value(), joined(members, "; ")});
  }
  if (found->clusters.empty()) {
    answer.findings = {"No window holds more events than expected."};
  } else {
    const auto& first = found->clusters.front();
    answer.findings = {
        "Most likely cluster: " + plural(static_cast<std::int64_t>(first.locations.size()), "place", "places") +
        " around " + table->places[first.centre] +
        (table->months > 1 ? ", " + label(first.from) + " to " + label(first.to) : "") + ": " +
        grouped(static_cast<std::int64_t>(first.observed)) + " events where " + fixed(first.expected, 1) +
        " were expected" + (options.simulations > 0 ? " (p " + p_text(first.p) + ")." : ".")};
    if (options.simulations > 0 && first.p > 0.05)
      answer.findings.push_back("No clear cluster: chance alone makes one like it in more than one of twenty maps.");
  }
  answer.values = {{"model", model},
                   {"places", whole(data.places.size())},
                   {"months", whole(data.periods)},
                   {"windows", whole(found->windows)},
                   {"simulations", whole(options.simulations)},
                   {"seed", seed},
                   {"spread_beyond_poisson", found->spread}};
  answer.listings.push_back(std::move(list));
  answer.notes = input.notes;
  if (options.simulations > 0 && model != "bernoulli")
    answer.notes.push_back(
        options.estimate_spread
            ? "Simulated counts are as uneven as these: their variance is mean + " + significant(found->spread, 3) +
                  " x mean^2, estimated from the counts. --spread none simulates by Poisson's law, as SaTScan does, "
                  "and "
                  "calls clusters in noise where counts are uneven."
            : "Simulated by Poisson's law: where counts are more uneven than that, clusters are called in noise.");
  answer.notes.push_back(
      "Kulldorff (1997; 2005): circles and intervals, at most half of the population and of the months unless chosen "
      "otherwise. Only the first cluster's p is exact; later ones are compared with the same maxima.");
  return answer;
}

Result<Answer> near_repeat(const Input& input, Settings& settings) {
  statistics::KnoxOptions options;
  const auto seed = settings.whole("seed", 1, 0, 1'000'000'000'000);
  options.seed = static_cast<std::uint64_t>(seed);
  options.permutations = static_cast<std::size_t>(settings.whole("permutations", 999, 9, 99'999));
  options.distance = settings.choice("distance", "manhattan", {"manhattan", "straight"}) == "straight"
                         ? statistics::Distance::straight
                         : statistics::Distance::manhattan;
  if (!settings.status()) return pass_on(settings.status());
  const auto edges = [&](const std::string& name, auto& into) -> Status {
    if (!settings.has(name)) return {};
    into.clear();
    for (const std::string& written : split(settings.text(name), ',')) {
      const std::string_view text = trimmed(written);
      typename std::decay_t<decltype(into)>::value_type number{};
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc() || end != text.data() + text.size())
        return invalid(tr("--{0} holds rising numbers with commas between, not \"{1}\".", {name, written}));
      into.push_back(number);
    }
    return {};
  };
  if (auto read = edges("metres", options.distance_edges); !read) return pass_on(read);
  if (auto read = edges("days", options.day_edges); !read) return pass_on(read);
  const auto date = input.find_any({"date", "day"});
  if (!date) {
    if (input.find("month"))
      return invalid(
          tr("{0} has months and no dates. A near repeat follows within days, and two crimes of one month "
             "may lie thirty days apart: the method cannot be used on months. Give a column date "
             "(2022-01-31) from the force's own records.",
             {input.name}));
    return pass_on(column_of(input, {"date", "day"}));
  }
  const auto points = places_of(input);
  if (!points) return pass_on(points);
  std::vector<statistics::Event> events;
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    const std::string& text = input.rows[row][*date];
    std::int32_t day = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), day);
    if (error != std::errc() || end != text.data() + text.size()) {
      const auto read = Date::parse(text);
      if (!read && Month::parse(text))
        return invalid(
            tr("{0}, {1}: \"{2}\" is a month, not a day. A near repeat follows within days: the method cannot "
               "be used on months. Give dates (2022-01-31).",
               {input.name, input.where(row), text}));
      if (!read)
        return invalid(tr("{0}, {1}: \"{2}\" is not a day. Write 2022-01-31, or count days from any day.",
                          {input.name, input.where(row), text.substr(0, 40)}));
      day = read->days();
    }
    events.push_back({(*points)[row], day});
  }
  const auto found = statistics::knox(events, options);
  if (!found) return pass_on(found);
  Answer answer;
  Listing list{
      "bands",
      {"metres_from", "metres_below", "days_from", "days_below", "observed", "expected", "ratio", "p", "corrected_p"},
      {}};
  std::size_t clear = 0;
  for (std::size_t d = 0; d < found->cells.size(); ++d)
    for (std::size_t t = 0; t < found->cells[d].size(); ++t) {
      const auto& cell = found->cells[d][t];
      clear += cell.corrected_p <= 0.05 ? 1 : 0;
      list.rows.push_back({options.distance_edges[d], options.distance_edges[d + 1], std::int64_t{options.day_edges[t]},
                           std::int64_t{options.day_edges[t + 1]}, static_cast<std::int64_t>(cell.observed),
                           cell.expected, maybe(cell.ratio), cell.p, cell.corrected_p});
    }
  const std::size_t bands = found->cells.size() * found->cells.front().size();
  answer.findings = {clear == 0 ? "No band holds more pairs than chance would make."
                                : plural(static_cast<std::int64_t>(clear), "band holds", "bands hold") +
                                      " more pairs than chance would make (p at most 0.05, corrected for " +
                                      plural(static_cast<std::int64_t>(bands), "band", "bands") + ")."};
  if (!found->can_call)
    answer.findings = {"Too few permutations to tell: with " + grouped(static_cast<std::int64_t>(bands)) +
                       " bands none could be called. Ask for --permutations " +
                       grouped(static_cast<std::int64_t>(20 * bands)) + " or more."};
  answer.values = {{"events", whole(found->events)}, {"permutations", whole(found->permutations)}, {"seed", seed}};
  answer.listings.push_back(std::move(list));
  answer.notes = {
      "Bands hold their lower edge and not their upper one. The days are dealt anew among the places (Knox 1964; "
      "Johnson and others 2007). corrected_p is that of Holm (1979): chance calls any of the bands in at most one of "
      "twenty files."};
  return answer;
}

Result<Answer> displacement(const Input& input, Settings& settings) {
  statistics::DisplacementInput wdd;
  wdd.confidence = settings.number("confidence", 0.95, 0.5, 0.999);
  wdd.overdispersion = settings.number("overdispersion", 1, 1, 1e6);
  wdd.length_before = settings.number("length-before", 1, 1e-9, 1e9);
  wdd.length_after = settings.number("length-after", 1, 1e-9, 1e9);
  const double weight = settings.number("control-weight", 0, 1e-9, 1e9);
  if (!settings.status()) return pass_on(settings.status());
  const auto group = column_of(input, {"group"}), before = column_of(input, {"before"}),
             after = column_of(input, {"after"});
  for (const auto* column : {&group, &before, &after})
    if (!*column) return pass_on(*column);
  const auto was = counts(input, *before), is = counts(input, *after);
  if (!was) return pass_on(was);
  if (!is) return pass_on(is);
  std::map<std::string, std::pair<statistics::BeforeAfter, int>> sums;
  for (std::size_t row = 0; row < input.rows.size(); ++row) {
    const std::string name = lowered(input.rows[row][*group]);
    if (name != "treated" && name != "control" && name != "treated-neighbour" && name != "control-neighbour")
      return invalid(
          tr("{0}, {1}: the column group holds treated, control, treated-neighbour or control-neighbour, not "
             "\"{2}\".",
             {input.name, input.where(row), name}));
    auto& [sum, rows] = sums[name];
    sum.before += (*was)[row];
    sum.after += (*is)[row];
    ++rows;
  }
  if (sums.count("treated") == 0 || sums.count("control") == 0)
    return invalid(
        tr("{0} needs at least one row of the group treated and one of the group control: without "
           "comparison areas nothing can be said.",
           {input.name}));
  wdd.treated = sums["treated"].first;
  wdd.control = sums["control"].first;
  const int treated_rows = sums["treated"].second, control_rows = sums["control"].second;
  if (sums.count("treated-neighbour") > 0) wdd.treated_neighbours = sums["treated-neighbour"].first;
  if (sums.count("control-neighbour") > 0) wdd.control_neighbours = sums["control-neighbour"].first;
  wdd.control_weight = weight > 0 ? weight : static_cast<double>(treated_rows) / control_rows;
  const auto found = statistics::weighted_displacement_difference(wdd);
  if (!found) return pass_on(found);
  Answer answer;
  const bool clear = found->interval.lower > 0 || found->interval.upper < 0;
  // Across a change of the category there is no effect to tell, as in the figure: the counts are listed, and nothing
  // more.
  const bool told = input.breaks.empty();
  const auto if_told = [&](const Value& value) { return told ? value : Value(); };
  if (!told)
    answer.findings = {across_a_change(input.breaks)};
  else
    answer.findings = {std::string(!clear             ? "No clear effect: "
                                   : found->total < 0 ? "Fewer events than the comparison would lead one to expect: "
                                                      : "More events than the comparison would lead one to expect: ") +
                       fixed(found->total, 1) + " (" + fixed(found->interval.lower, 1) + " to " +
                       fixed(found->interval.upper, 1) + ")."};
  const auto& relative = found->relative;
  answer.values = {{"expected_after", if_told(found->expected)},
                   {"local", if_told(found->local)},
                   {"around", if_told(found->around)},
                   {"total", if_told(found->total)},
                   {"lower", if_told(found->interval.lower)},
                   {"upper", if_told(found->interval.upper)},
                   {"standard_error", if_told(found->standard_error)},
                   {"z", if_told(found->z)},
                   {"p", if_told(found->p)},
                   {"control_weight", wdd.control_weight},
                   {"relative", if_told(maybe(relative))},
                   {"relative_lower", if_told(relative ? Value(found->relative_interval.lower) : Value())},
                   {"relative_upper", if_told(relative ? Value(found->relative_interval.upper) : Value())}};
  Listing list{"groups", {"group", "rows", "before", "after"}, {}};
  for (const auto& [name, sum] : sums)
    list.rows.push_back({name, std::int64_t{sum.second}, sum.first.before, sum.first.after});
  answer.listings.push_back(std::move(list));
  answer.notes = input.notes;
  const double size = wdd.treated.before > 0 ? wdd.control_weight * static_cast<double>(wdd.control.before) /
                                                   static_cast<double>(wdd.treated.before)
                                             : 1;
  if (size > 2 || size < 0.5)
    answer.notes.push_back("Before, the weighted comparison recorded " + fixed(size, 2) +
                           " times as many events as the treated areas. The method compares numbers: choose areas of "
                           "like size, or a --control-weight.");
  answer.notes.push_back(
      "Weighted displacement difference (Wheeler & Ratcliffe 2018): total = local + around; negative is fewer events. "
      "The areas and months chosen are part of the result.");
  return answer;
}

}  // namespace

std::vector<Method> place_and_time_methods() {
  const CommandOption seed{"--seed", "Seed of the simulations; 1 unless given"};
  return {
      {"hotspot-accuracy",
       "Would the map have found next month's crime? PAI, PEI and RRI on held-out months",
       "code, month, count, optional size (a back-test month by month); or score (or earlier), later, optional "
       "earlier, size, feasible (one choice)",
       {{"--share", "Share of the area that may be chosen; 0.05 unless given"},
        {"--window", "Months that the score is made from; 3 unless given"},
        {"--tests", "Months held out; 3 unless given"}},
       AreaForm::places_by_month,
       "",
       accuracy},
      {"hotspot-history",
       "Which hot spots are new, persistent, fading?",
       "code, month, hot (1 or 0)",
       {{"--recent", "How many of the last months count as now; 1 unless given"}},
       AreaForm::histories,
       "",
       history},
      {"scan",
       "Clusters in place and time: Kulldorff's scan",
       "code, cases (or count), x and y or longitude and latitude; optional: month, expected (or population), controls",
       {{"--model", "poisson, permutation or bernoulli; by the columns unless given"},
        {"--simulations", "0, or 9 to 99,999; 999 unless given"},
        seed,
        {"--most-population", "Largest share of the population in a circle; 0.5 unless given"},
        {"--most-time", "Largest share of the months in an interval; 0.5 unless given"},
        {"--least-cases", "Fewest events of a cluster; 2 unless given"},
        {"--spread", "estimated: simulate counts as uneven as these are; none: Poisson's law; estimated unless given"}},
       AreaForm::places_by_month,
       "",
       cluster_scan},
      {"knox",
       "Do crimes follow each other nearby and soon? Knox test of near repeats",
       "x and y in metres (or longitude and latitude), date",
       {{"--metres", "Rising edges of the distance bands with commas; 0,0.1,200,400,600 unless given"},
        {"--days", "Rising edges of the bands of days; 0,7,14,21 unless given"},
        {"--distance", "manhattan or straight; manhattan unless given"},
        {"--permutations", "9 to 99,999; 999 unless given"},
        seed},
       AreaForm::none,
       "Published crimes have a month and no day. A near repeat follows within days, and two crimes of one month may "
       "lie thirty days apart, so the method cannot be used on them. Give dated records as a file.",
       near_repeat},
      {"displacement",
       "Did it work? Before and after with comparison areas (weighted displacement difference)",
       "group (treated, control, treated-neighbour, control-neighbour), before, after",
       {{"--control-weight", "Weight of the comparison areas; treated rows over control rows unless given"},
        {"--length-before", "Length of the period before; 1 unless given"},
        {"--length-after", "Length of the period after, in the same unit; 1 unless given"},
        {"--confidence", "Confidence of the interval; 0.95 unless given"},
        {"--overdispersion", "Variance over mean of such counts; 1 unless given"}},
       AreaForm::treated,
       "",
       displacement},
  };
}

}  // namespace tithing::analysis
