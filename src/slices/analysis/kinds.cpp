#include "base/translation.h"
#include "slices/analysis/input.h"
#include "slices/analysis/kinds_parts.h"
#include "slices/analysis/signals.h"
#include "slices/evidence/crime_types.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "statistics/displacement.h"
#include "statistics/forecast.h"
#include "statistics/hotspots.h"

namespace tithing::analysis {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::ParameterSpecification;
using figures::Quantity;
using figures::Registry;
using figures::Unit;
using figures::Viewer;

// What a kind makes of an area's study, when there is one.
using Measure = std::function<void(const Study&, Figure&)>;

Result<Figure> of_study(const Registry& registry, Studies& studies, const Parameters& parameters, const Viewer& viewer,
                        Detail detail, const std::string& kind, Unit unit, const std::string& unit_text,
                        const std::string& title, bool needs_places, const Measure& measure,
                        const Measure& behind = {}) {
  const auto question = question_of(parameters, viewer);
  if (!question) return pass_on(question);
  auto crimes = registry.ask(crimes_address(parameters, question->area, parameters.get("from"), parameters.get("to")),
                             viewer, detail);
  if (!crimes) return crimes;
  Figure figure;
  inherit(figure, *crimes);
  const auto snapshot = studies.evidence().snapshot();
  const auto found = found_for(*snapshot, *question);
  if (const auto reason = withheld(*crimes, unit, unit_text)) {
    figure.quantity = *reason;
  } else if (!found) {
    figure.quantity = Quantity::unknown(unit, unit_text, found.error().message);
  } else if (const auto study = studies.study(*snapshot, *question, *found); !study) {
    figure.quantity = Quantity::unknown(unit, unit_text, study.error().message);
  } else {
    measure(**study, figure);
    const Places& places = needs_places ? (*study)->placed : (*study)->places;
    given_extent(figure, places.extent);
    // Behind everything else, so that no place before it moves.
    if (behind) behind(**study, figure);
    figure.working.caveats.insert(figure.working.caveats.begin(), places.notes.begin(), places.notes.end());
    if (needs_places && !places.extent.enough()) offer_parts(figure, {kind, parameters}, places.parts);
  }
  offer_places(figure, {kind, parameters}, *crimes);
  if (detail == Detail::value) return figure;
  figure.working.title = title + ": " + crimes->working.title;
  figure.working.inputs.insert(figure.working.inputs.begin(), {"c", crimes->quantity.unit_text() + ", counted by LSOA",
                                                               shared(std::move(*crimes)), std::nullopt, ""});
  return figure;
}

void gini(const Study& study, Figure& figure) {
  const std::string unit = "generalised Gini, 0 even to 1 all in one";
  if (!study.concentration) {
    figure.quantity = Quantity::unknown(Unit::score, unit, study.concentration.error().message);
    return;
  }
  const auto& found = *study.concentration;
  figure.quantity = Quantity::real(found.generalised, Unit::score, unit, 3);
  figure.working.in_words = "How unevenly the crimes lie over the LSOAs: half of them are in " +
                            percent(found.places_for(0.5), 1) + " of the LSOAs.";
  figure.working.formula = "G' = max(1, n / c) x (G - 1) + 1, G the Gini coefficient of crimes over n LSOAs";
  given(figure, "n", "LSOAs, those without crimes included", std::to_string(found.places));
  given(figure, "h", "share of the LSOAs that hold half of the crimes", percent(found.places_for(0.5), 1));
  given(figure, "G", "Gini coefficient as usual", fixed(found.gini, 6));
  figure.working.rounding = "Shown to three decimals; held unrounded.";
  figure.working.caveats.push_back(
      "Bernasco & Steenbeek (2017), J. Quantitative Criminology 33:451. LSOAs are alike in people, not in size, and "
      "the measure depends on the places chosen.");
}

// The curve in eight points, as the page lists it.
void lorenz_points(const Study& study, Figure& figure) {
  if (!study.concentration || !figure.quantity.known()) return;
  for (const double share : kLorenzShares) {
    const double places = study.concentration->places_for(share);
    given(figure, "", lorenz_label(share, true), percent(places, 1));
    given(figure, "", lorenz_label(share, false), grouped(lorenz_places(*study.concentration, share)));
  }
}

void moran(const Study& study, Figure& figure) {
  const std::string unit = "Moran's I of crimes by LSOA";
  if (!study.moran) {
    figure.quantity = Quantity::unknown(Unit::score, unit, study.moran.error().message);
    return;
  }
  const auto& found = *study.moran;
  figure.quantity = Quantity::real(found.statistic, Unit::score, unit, 3);
  // A smaller one is a matter of the arithmetic.
  const bool tellable = found.p >= 1e-12;
  figure.working.in_words = std::string(found.p > 0.05 ? "No clear association between neighbours"
                                        : found.z > 0  ? "Neighbours are alike"
                                                       : "Neighbours are unlike each other") +
                            " (p " + (tellable ? p_shown(found.p) : p_text(found.p)) + ").";
  figure.working.formula = "I = (n / W) x sum w(i,j) (x(i) - m) (x(j) - m) / sum (x(i) - m)^2";
  given(figure, "n", "LSOAs with neighbours", std::to_string(found.used));
  given(figure, "w", "weights", "LSOAs that share a corner (queen), row-standardised", figures::Wording{});
  given(figure, "E", "expected under no association", fixed(found.expected, 6));
  given(figure, "z", "standardised by the variance under randomisation", fixed(found.z, 3));
  if (tellable)
    given(figure, "p", "two-sided, of z", p_shown(found.p));
  else
    given_p(figure, "two-sided, of z", found.p);
  figure.working.rounding = "Shown to three decimals; held unrounded.";
  if (found.islands > 0) given(figure, "", kIslandsLabel, grouped(static_cast<std::int64_t>(found.islands)));
  if (found.islands > 0)
    figure.working.caveats.push_back(plural(static_cast<std::int64_t>(found.islands),
                                            "LSOA has no neighbour here and is",
                                            "LSOAs have no neighbour here and are") +
                                     " left out.");
}

void hot_spot_count(const Study& study, Figure& figure) {
  const std::string unit = "LSOAs";
  if (!study.hot) {
    figure.quantity = Quantity::unknown(Unit::count, unit, study.hot.error().message);
    return;
  }
  std::int64_t hot = 0, cold = 0;
  for (std::size_t i = 0; i < study.hot->hot.size(); ++i) {
    hot += study.hot->hot[i] ? 1 : 0;
    cold += study.hot->cold[i] ? 1 : 0;
  }
  if (!study.hot->can_call) {
    figure.quantity = Quantity::unknown(Unit::count, unit, too_few_to_tell("LSOAs"));
    return;
  }
  figure.quantity = Quantity::count(hot, unit);
  figure.working.in_words = "LSOAs that with their neighbours hold more crimes than chance would put there; " +
                            std::to_string(cold) +
                            " hold fewer. Called by the exact p, counted over all orders in which the "
                            "same numbers could lie, at a false discovery rate of at most 0.05 over all LSOAs.";
  figure.working.formula = calling_formula();
  given(figure, "n", "LSOAs with a boundary", std::to_string(study.placed.codes.size()));
  given(figure, "k", "LSOAs that hold fewer", std::to_string(cold));
  given(figure, "o", "LSOAs without a clear sign",
        grouped(static_cast<std::int64_t>(study.placed.codes.size()) - hot - cold));
  given(figure, "q", "false discovery rate (Benjamini & Hochberg 1995)", "0.05, two-sided",
        figures::Constant{"Benjamini & Hochberg 1995"});
  given(figure, "w", "neighbours", "LSOAs that share a corner (queen), and the LSOA itself", figures::Wording{});
  given(figure, "p", "how p is had", "exact: counted over all orders in which the same numbers could lie",
        figures::Wording{});
  figure.working.rounding = "None: a count.";
  figure.working.caveats.push_back(
      "Counts, not rates: a town centre has few residents and many visitors. Ord & Getis (1995), Geographical Analysis "
      "27:286.");
}

// Whether the busiest LSOAs of three months held the crimes of the month after.
void accuracy_of_lsoas(const Study& study, Figure& figure) {
  constexpr std::size_t kWindow = 3;
  constexpr double kShare = 0.05;
  const std::string unit = "times what as many LSOAs taken blindly would hold (PAI)";
  const Places& places = study.placed;
  if (!places.extent.enough() || places.codes.empty()) {
    figure.quantity =
        Quantity::unknown(Unit::ratio, unit, study.hot ? "No LSOA has a boundary." : study.hot.error().message);
    return;
  }
  const std::size_t months = places.by_month.front().size();
  if (months <= kWindow) {
    figure.quantity =
        Quantity::unknown(Unit::ratio, unit, "A back-test needs four months or more: choose a longer period.");
    return;
  }
  if (!study.across.empty()) {
    figure.quantity = Quantity::unknown(Unit::ratio, unit, study.across);
    return;
  }
  const auto test = statistics::hotspot_back_test(places.by_month, std::vector<double>(places.codes.size(), 1.0),
                                                  kShare, kWindow, std::min<std::size_t>(3, months - kWindow));
  if (!test) {
    figure.quantity = Quantity::unknown(Unit::ratio, unit, test.error().message);
    return;
  }
  figure.quantity = Quantity::real(test->accuracy_index, Unit::ratio, unit, 1);
  figure.working.in_words = "The busiest " + percent(kShare, 0) + " of LSOAs in the three months before held " +
                            percent(test->hit_rate, 1) + " of the month's crimes, as the mean of the last " +
                            plural(static_cast<std::int64_t>(test->tested), "month", "months") + ", and " +
                            percent(test->efficiency_index, 0) +
                            " of the best there could have been (PEI). Each LSOA counts as equally large.";
  figure.working.formula = "PAI = (n / N) / (a / A)";
  given(figure, "a / A", "share of the LSOAs that was chosen", percent(kShare, 0),
        figures::Constant{"the hot spots of Chainey, Tompson & Uhlig 2008 at one share"});
  given(figure, "n / N", "share of the held-out crimes in them", percent(test->hit_rate, 1));
  given(figure, "PEI", "of the best choice there could have been", percent(test->efficiency_index, 0));
  given(figure, "u", kHeldOutLabel, std::to_string(test->tested));
  given(figure, "A", "LSOAs with a boundary", grouped(static_cast<std::int64_t>(places.codes.size())));
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  figure.working.caveats.push_back("Chainey, Tompson & Uhlig (2008), Security Journal 21:4.");
}

// One LSOA of the map, with what stands beside its z.
void gi_of_lsoa(const Study& study, const std::string& code, const Viewer& viewer, Figure& figure) {
  const std::string unit = "Gi*, standard errors from what is expected";
  const auto& codes = study.placed.codes;
  const auto at = static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
  if (!study.hot || at == codes.size()) {
    figure.quantity = Quantity::unknown(
        Unit::score, unit,
        study.hot ? "There is no LSOA " + code + " with a boundary in this area." : study.hot.error().message);
    return;
  }
  if (viewer.protect_small_numbers && study.placed.counts[at] < figures::kSmallNumber) {
    figure.quantity = Quantity::suppressed(unit);
    return;
  }
  const Hot& hot = *study.hot;
  if (!hot.z[at] || !hot.p[at] || !hot.false_discovery_rate[at]) {
    figure.quantity = Quantity::unknown(Unit::score, unit, "It has no neighbour here.");
    return;
  }
  figure.quantity = Quantity::real(*hot.z[at], Unit::score, unit, 2);
  figure.working.in_words = study.placed.names[at] + (hot.hot[at]    ? " is hot."
                                                      : hot.cold[at] ? " is cold."
                                                                     : " shows no clear sign.");
  figure.working.formula = calling_formula();
  given(figure, "p", "exact, two-sided: how often as much would come together in any order of the same numbers",
        p_shown(*hot.p[at]));
  given(figure, "q", "false discovery rate at which it would be called (Benjamini & Hochberg 1995)",
        p_shown(*hot.false_discovery_rate[at]));
  given(figure, "x", "crimes there", grouped(static_cast<std::int64_t>(study.placed.counts[at])));
  given(figure, "n", "LSOAs with a boundary", grouped(static_cast<std::int64_t>(codes.size())));
  given(figure, "w", "neighbours", "LSOAs that share a corner (queen), and the LSOA itself", figures::Wording{});
  figure.working.rounding = "Shown to two decimals; held unrounded.";
}

Result<Figure> forecast(const Registry& registry, Studies& studies, const Parameters& parameters, const Viewer& viewer,
                        Detail detail) {
  const auto question = question_of(parameters, viewer);
  if (!question) return pass_on(question);
  const auto month = Month::parse(parameters.get("month"));
  if (!month) return pass_on(month);
  const Period known = *question->period;
  const int ahead = month->index() - known.to.index();
  if (ahead < 1 || ahead > 24)
    return invalid(tr("The month must lie one to 24 months after the last month known."),
                   {{"month", tr("Choose a month after {0}, at most 24 months on.", {known.to.text()})}});
  auto crimes =
      registry.ask(crimes_address(parameters, question->area, known.from.iso(), known.to.iso()), viewer, detail);
  if (!crimes) return crimes;
  Figure figure;
  inherit(figure, *crimes);
  const std::string unit = crimes->quantity.unit_text() + " a month";
  const auto snapshot = studies.evidence().snapshot();
  const auto found = found_for(*snapshot, *question);
  if (!found) return pass_on(found);
  if (const auto reason = withheld(*crimes, Unit::score, unit)) {
    figure.quantity = *reason;
  } else if (const auto why = evidence::no_series_across(question->type, known)) {
    figure.quantity = Quantity::unknown(Unit::score, unit, *why);
  } else if (known.months() < kLeastMonths) {
    figure.quantity = Quantity::unknown(Unit::score, unit,
                                        "A forecast that knows the season needs " + std::to_string(kLeastMonths) +
                                            " months in a row; there are " + std::to_string(known.months()) + ".");
  } else {
    std::vector<double> values;
    bool small = false;
    for (const auto& one : snapshot->series(*found->selection, known, found->type)) {
      values.push_back(static_cast<double>(one.count.value_or(0)));
      small = small || one.count.value_or(0) < figures::kSmallNumber;
    }
    statistics::ForecastOptions options;
    options.horizon = static_cast<std::size_t>(std::max(12, ahead));
    const auto made = statistics::forecast(values, options);
    if (viewer.protect_small_numbers && small) {
      figure.quantity = Quantity::withheld(Unit::score, unit);
    } else if (!made) {
      figure.quantity = Quantity::unknown(Unit::score, unit, made.error().message);
    } else {
      const auto& step = made->steps[static_cast<std::size_t>(ahead - 1)];
      figure.quantity = Quantity::real(step.mean, Unit::score, unit, 0);
      figure.quantity.interval = figures::Interval{step.lower_95, step.upper_95, 0.95, made->model};
      figure.working.in_words = "By " + made->model +
                                (made->chosen_by_test ? ", chosen because it did best on months that it had not seen."
                                                      : ": too few months for a back-test.");
      for (const auto& test : made->tests)
        if (test.method == made->method)
          figure.working.caveats.push_back(
              "In the back-test its mean absolute error was " + fixed(test.against_naive, 2) +
              " times that of taking the same month of the year before; " + percent(test.coverage_95, 0) +
              " of the months fell inside the 95% interval.");
    }
  }
  if (detail == Detail::value) return figure;
  given_months(figure);
  figure.working.title = "Forecast for " + month->text() + ": " + crimes->working.title;
  figure.working.formula = "exponential smoothing (ETS), STL with smoothing, or the same month a year before";
  figure.working.inputs.push_back(
      {"c", crimes->quantity.unit_text() + " by month, " + known.text(), shared(std::move(*crimes)), std::nullopt, ""});
  figure.working.rounding = "Shown to a whole number; held unrounded.";
  figure.working.caveats.push_back("A forecast says what follows if nothing changes. Hyndman and others (2008).");
  return figure;
}

Result<Figure> scan_cluster(const Registry& registry, Studies& studies, const Parameters& parameters,
                            const Viewer& viewer, Detail detail) {
  const std::string unit = "times what was expected";
  return of_study(
      registry, studies, parameters, viewer, detail, "scan-cluster", Unit::ratio, unit,
      "Most likely cluster in place and time", true, [&](const Study& study, Figure& figure) {
        const auto question = question_of(parameters, viewer);
        const auto snapshot = studies.evidence().snapshot();
        const auto found = found_for(*snapshot, *question);
        const auto scan = found ? studies.scan(*snapshot, *question, *found)
                                : Result<std::shared_ptr<const statistics::Scan>>(pass_on(found));
        if (!scan) {
          figure.quantity = Quantity::unknown(Unit::ratio, unit, scan.error().message);
          return;
        }
        if ((*scan)->clusters.empty() || (*scan)->clusters[0].expected <= 0) {
          figure.quantity = Quantity::unknown(Unit::ratio, unit, "No place and time holds more crimes than expected.");
          return;
        }
        const auto& cluster = (*scan)->clusters[0];
        // What is expected, and what chance draws, is made of the months' totals: one that is small would be in it.
        bool small = cluster.observed < static_cast<std::uint64_t>(figures::kSmallNumber);
        for (const auto& month : snapshot->series(*found->selection, found->period, found->type))
          small = small || (month.count && *month.count < figures::kSmallNumber);
        if (viewer.protect_small_numbers && small) {
          figure.quantity = Quantity::withheld(Unit::ratio, unit);
          return;
        }
        figure.quantity =
            Quantity::real(static_cast<double>(cluster.observed) / cluster.expected, Unit::ratio, unit, 2);
        const Month first = found->period.from.plus(static_cast<int>(cluster.from)),
                    last = found->period.from.plus(static_cast<int>(cluster.to));
        figure.working.in_words = plural(static_cast<std::int64_t>(cluster.locations.size()), "LSOA", "LSOAs") +
                                  " around " + study.placed.names[cluster.centre] + ", " + Period{first, last}.text() +
                                  ": " + grouped(static_cast<std::int64_t>(cluster.observed)) + " crimes where " +
                                  fixed(cluster.expected, 1) + " were expected (p " + p_text(cluster.p) + ")." +
                                  (cluster.p > 0.05 ? " No clear cluster: chance alone makes one like it in more than "
                                                      "one of twenty maps."
                                                    : "");
        figure.working.formula = "c / E, for the circle and months with the greatest likelihood ratio";
        given(figure, "E", "expected, from the LSOA's total and the month's total", fixed(cluster.expected, 3));
        given(figure, "LLR", "log-likelihood ratio", fixed(cluster.log_likelihood_ratio, 6));
        given(figure, "p", "by simulation", fixed(cluster.p, 4));
        given(figure, "p(G)", "from a Gumbel distribution fitted to the simulated maxima",
              significant(cluster.gumbel_p, 3));
        given(figure, "s", "simulations, seed", std::to_string(kPageSimulations) + ", seed " + std::to_string(kSeed),
              figures::Constant{"as many as Kulldorff and others 2005 draw; the seed is fixed"});
        given(figure, "a", kSpreadLabel, significant((*scan)->spread, 4));
        std::size_t number = 0;
        for (const auto& one : (*scan)->clusters) {
          const std::string of = ", cluster " + std::to_string(++number);
          given(figure, "", "LSOAs" + of, grouped(static_cast<std::int64_t>(one.locations.size())));
          given(figure, "", "crimes" + of, grouped(static_cast<std::int64_t>(one.observed)));
          given(figure, "", "expected" + of, fixed(one.expected, 1));
          given(figure, "", "over expected" + of,
                one.expected > 0 ? fixed(static_cast<double>(one.observed) / one.expected, 2) : "nothing was expected");
          given(figure, "", "log-likelihood ratio" + of, fixed(one.log_likelihood_ratio, 2));
          given(figure, "", "p by simulation" + of, fixed(one.p, 3));
          given(figure, "", "p by Gumbel" + of, p_shown(one.gumbel_p));
        }
        figure.working.rounding = "Shown to two decimals; held unrounded.";
        figure.working.caveats.push_back(
            "Space-time permutation scan: more than place and month would lead one to expect; at most half of the "
            "crimes and half of the months. Kulldorff and others (2005), PLoS Medicine 2:e59.");
      });
}

Result<Figure> displacement(const Registry& registry, const Parameters& parameters, const Viewer& viewer,
                            Detail detail) {
  const auto codes_of = [&](const char* name) {
    std::vector<std::string> codes;
    for (const std::string& code : split(parameters.get(name), ','))
      if (!trimmed(code).empty()) codes.emplace_back(trimmed(code));
    return codes;
  };
  const std::vector<std::string> comparison = codes_of("compare"), around = codes_of("around"),
                                 around_comparison = codes_of("around-compare");
  if (comparison.empty() || comparison.size() > 50)
    return invalid(tr("Name one to 50 comparison areas."), {{"compare", tr("Give their codes with commas between.")}});
  if (around.empty() != around_comparison.empty() || around.size() + around_comparison.size() > 50)
    return invalid(
        tr("Name areas around both, where it was done and where nothing was, or around neither."),
        {{around.empty() ? "around" : "around-compare", tr("Give their codes with commas between, at most 50.")}});
  const auto after = Period::parse(parameters.get("from"), parameters.get("to")),
             before = Period::parse(parameters.get("base-from"), parameters.get("base-to"));
  if (!after) return pass_on(after);
  if (!before) return pass_on(before);
  Figure figure;
  const std::string unit = "crimes more or fewer than expected";
  std::optional<Quantity> reason;
  std::optional<double> unlike;                   // how many times as many crimes the comparison areas had before
  std::function<void()> numbers_of_the_sentence;  // behind everything else, so that no place before them moves
  statistics::DisplacementInput input;
  std::string title;
  struct Group {
    std::vector<std::string> codes;
    const char* symbol;
    const char* label;
    statistics::BeforeAfter sum = {};
  };
  std::vector<Group> groups = {{{parameters.get("area")}, "t", "crimes where something was done"},
                               {comparison, "k", "crimes in a comparison area"},
                               {around, "a", "crimes around where something was done"},
                               {around_comparison, "b", "crimes around a comparison area"}};
  std::vector<std::string> seen;
  for (Group& group : groups)
    for (const std::string& area : group.codes) {
      if (std::find(seen.begin(), seen.end(), area) != seen.end())
        return invalid(tr("An area cannot be in two parts of the comparison."),
                       {{"compare", tr("Leave out {0}.", {area})}});
      seen.push_back(area);
      for (const bool later : {false, true}) {
        const Period& period = later ? *after : *before;
        auto crimes =
            registry.ask(crimes_address(parameters, area, period.from.iso(), period.to.iso()), viewer, detail);
        if (!crimes) return crimes;
        inherit(figure, *crimes);
        if (!reason) reason = withheld(*crimes, Unit::score, unit);
        if (crimes->quantity.known()) (later ? group.sum.after : group.sum.before) += crimes->quantity.integer();
        if (&group == &groups.front() && later) title = crimes->working.title;
        if (detail == Detail::working)
          figure.working.inputs.push_back({std::string(group.symbol) + (later ? "1" : "0"), group.label,
                                           shared(std::move(*crimes)), std::nullopt, ""});
      }
    }
  input.treated = groups[0].sum;
  input.control = groups[1].sum;
  if (!around.empty()) {
    input.treated_neighbours = groups[2].sum;
    input.control_neighbours = groups[3].sum;
  }
  // Both sides of a change of the category, and the months between: what was counted before is not what was counted
  // after, in no area, so neither an effect nor its p is told.
  const std::vector<std::string> breaks = evidence::category_breaks(
      parameters.get("type"), {std::min(before->from, after->from), std::max(before->to, after->to)});
  for (const std::string& sentence : breaks)
    if (std::find(figure.coverage.notes.begin(), figure.coverage.notes.end(), sentence) == figure.coverage.notes.end())
      figure.coverage.notes.push_back(sentence);
  if (reason) {
    figure.quantity = *reason;
  } else if (!breaks.empty()) {
    figure.quantity = Quantity::unknown(Unit::score, unit, across_a_change(breaks));
  } else {
    input.control_weight = 1.0 / static_cast<double>(comparison.size());
    input.length_before = before->days();
    input.length_after = after->days();
    const auto found = statistics::weighted_displacement_difference(input);
    const double size = input.treated.before > 0 ? input.control_weight * static_cast<double>(input.control.before) /
                                                       static_cast<double>(input.treated.before)
                                                 : 1;
    if (size > 2 || size < 0.5) unlike = size;
    if (unlike)
      figure.working.caveats.push_back(
          "Before, the comparison areas recorded on average " + fixed(size, 2) +
          " times as many crimes. The method compares numbers of crimes: choose areas of like size.");
    if (!found) {
      figure.quantity = Quantity::unknown(Unit::score, unit, found.error().message);
    } else {
      figure.quantity = Quantity::real(found->total, Unit::score, unit, 1);
      figure.quantity.interval =
          figures::Interval{found->interval.lower, found->interval.upper, 0.95, "normal, Poisson counts"};
      const bool clear = found->interval.lower > 0 || found->interval.upper < 0;
      figure.working.in_words =
          std::string(!clear             ? "No clear effect"
                      : found->total < 0 ? "Fewer crimes than the comparison areas would lead one to expect"
                                         : "More crimes than the comparison areas would lead one to expect") +
          ": " + fixed(found->total, 1) + " (" + fixed(found->interval.lower, 1) + " to " +
          fixed(found->interval.upper, 1) + ", p " + p_text(found->p) + "), where " + fixed(found->expected, 1) +
          " were expected.";
      if (!around.empty())
        figure.working.in_words += " Where it was done " + fixed(found->local, 1) + ", around it " +
                                   fixed(found->around, 1) + " (more is displacement, fewer a benefit that spread).";
      numbers_of_the_sentence = [&figure, one = *found, beside = !around.empty()] {
        given(figure, "E", "expected where it was done", fixed(one.expected, 1));
        given_p(figure, "two-sided, of D over its standard error", one.p);
        if (!beside) return;
        given(figure, "", "more or fewer than expected where it was done", fixed(one.local, 1));
        given(figure, "", "more or fewer than expected around it", fixed(one.around, 1));
      };
    }
  }
  if (detail == Detail::value) return figure;
  figure.working.caveats.insert(
      figure.working.caveats.begin(),
      evidence::months_in_words(figure.coverage.present, figure.coverage.expected, evidence::Areas::several));
  figure.working.title = "Did it work? " + title + " against " + before->text();
  figure.working.formula =
      around.empty() ? "D = (t1 - t0) - w (k1 - k0), counts of the first period put on the length of the second"
                     : "D = (t1 - t0) - w (k1 - k0) + (a1 - a0) - w (b1 - b0), counts of the first period put on the "
                       "length of the second";
  given(figure, "w", "weight: one over the number of comparison areas", "1/" + std::to_string(comparison.size()),
        figures::Chosen{"compare"});
  given(figure, "d0", "days before", std::to_string(before->days()), figures::Chosen{"base-from|base-to"});
  given(figure, "d1", "days after", std::to_string(after->days()), figures::Chosen{"from|to"});
  if (numbers_of_the_sentence) numbers_of_the_sentence();
  if (unlike) given(figure, "k0 / t0", kSizeLabel, fixed(*unlike, 2));
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  figure.working.caveats.push_back(
      "The areas and months chosen are part of the result: chosen after looking, they prove nothing. Wheeler & "
      "Ratcliffe (2018), Crime Science 7:11.");
  figure.working.caveats.push_back(
      "Counts are taken as independent. Crimes come in bursts, so the true interval is wider.");
  if (before->from.month() != after->from.month() || before->months() != after->months())
    figure.working.caveats.push_back(
        "The periods are different parts of the year; the comparison areas take up the season only if theirs is the "
        "same.");
  return figure;
}

}  // namespace

void add_kinds(figures::Registry& registry, Studies& studies) {
  add_grid_kinds(registry, studies);
  add_signal_kinds(registry, studies.evidence());
  Registry* const r = &registry;
  Studies* const s = &studies;
  const std::vector<ParameterSpecification> usual = usual_parameters();
  const auto study_kind = [&](const char* name, const char* title, const char* description, Unit unit,
                              const char* unit_text, void (*measure)(const Study&, Figure&)) {
    const std::string kind = name, title_text = title, unit_words = unit_text;
    registry.add({name,
                  title,
                  description,
                  usual,
                  [=](const Parameters& parameters, const Viewer& viewer, Detail detail) {
                    return of_study(*r, *s, parameters, viewer, detail, kind, unit, unit_words, title_text,
                                    measure != gini, measure, measure == gini ? Measure(lorenz_points) : Measure());
                  },
                  {}},
                 figures::Cost::heavy);
  };
  study_kind("gini", "Concentration",
             "How unevenly crimes lie over an area's LSOAs, in the form for fewer crimes than places.", Unit::score,
             "generalised Gini, 0 even to 1 all in one", gini);
  study_kind("moran", "Likeness of neighbours", "Moran's I of crimes by LSOA: whether neighbouring LSOAs are alike.",
             Unit::score, "Moran's I of crimes by LSOA", moran);
  study_kind("hot-spot-count", "Hot spots",
             "How many LSOAs hold, with their neighbours, more crimes than chance would put there (Gi*).", Unit::count,
             "LSOAs", hot_spot_count);
  registry.add({"scan-cluster",
                "Cluster in place and time",
                "The most likely cluster of an area's crimes in place and time: observed over expected.",
                usual,
                [=](const Parameters& parameters, const Viewer& viewer, Detail detail) {
                  return scan_cluster(*r, *s, parameters, viewer, detail);
                },
                {}},
               figures::Cost::heavy);
  study_kind("lsoa-accuracy", "Accuracy of hot spots by LSOA",
             "Whether the busiest LSOAs held the crimes of months that came after (prediction accuracy index).",
             Unit::ratio, "times what as many LSOAs taken blindly would hold (PAI)", accuracy_of_lsoas);
  auto of_one = usual;
  of_one.insert(of_one.begin() + 1, {"lsoa", "text", true, "Code of an LSOA of the area", "E01013337"});
  registry.add({"lsoa-gi",
                "Gi* of an LSOA",
                "How far an LSOA and its neighbours lie above or below what chance would put there (Gi*).",
                of_one,
                [=](const Parameters& parameters, const Viewer& viewer, Detail detail) {
                  return of_study(*r, *s, parameters, viewer, detail, "lsoa-gi", Unit::score,
                                  "Gi*, standard errors from what is expected", "Gi* of " + parameters.get("lsoa"),
                                  true, [&](const Study& study, Figure& figure) {
                                    gi_of_lsoa(study, parameters.get("lsoa"), viewer, figure);
                                  });
                },
                {}},
               figures::Cost::heavy);
  auto months = usual;
  months.insert(months.begin() + 3,
                {"month", "month", true, "The month to forecast, one to 24 months after the last", "2022-12"});
  registry.add({"forecast",
                "Forecast",
                "Recorded crime of a month to come, from the months before it.",
                months,
                [=](const Parameters& parameters, const Viewer& viewer, Detail detail) {
                  return forecast(*r, *s, parameters, viewer, detail);
                },
                {}},
               figures::Cost::light);
  auto compared = usual;
  compared.insert(
      compared.begin() + 3,
      {{"base-from", "month", true, "First month before", "2022-01"},
       {"base-to", "month", true, "Last month before", "2022-05"},
       {"compare", "text", true, "Codes of comparison areas with commas", "E22000369,E22000370"},
       {"around", "text", false, "Codes of areas around the treated one, with commas", "E22000369"},
       {"around-compare", "text", false, "Codes of areas around the comparison, with commas", "E22000370"}});
  registry.add(
      {"displacement",
       "Effect of a measure",
       "Crimes more or fewer than comparison areas would lead one to expect (weighted displacement difference).",
       compared,
       [=](const Parameters& parameters, const Viewer& viewer, Detail detail) {
         return displacement(*r, parameters, viewer, detail);
       },
       {}},
      figures::Cost::light);
}

}  // namespace tithing::analysis
