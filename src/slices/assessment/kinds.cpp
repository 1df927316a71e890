#include "slices/assessment/kinds.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/translation.h"
#include "slices/assessment/domain.h"
#include "slices/evidence/crime_types.h"
#include "slices/evidence/evidence.h"
#include "slices/evidence/extent.h"
#include "slices/evidence/peers.h"
#include "statistics/funnel.h"
#include "statistics/poisson.h"
#include "statistics/xmr.h"

namespace tithing::assessment {
namespace {

using figures::Address;
using figures::Detail;
using figures::Figure;
using figures::Input;
using figures::Parameters;
using figures::ParameterSpecification;
using figures::Quantity;
using figures::Registry;
using figures::Unit;
using figures::Viewer;

const ParameterSpecification kArea{"area", "area", true, "Official code of an area", "E22000368"};
const ParameterSpecification kFrom{"from", "month", true, "First month", "2022-01"};
const ParameterSpecification kTo{"to", "month", true, "Last month", "2022-11"};
const ParameterSpecification kType = evidence::type_parameter();
const ParameterSpecification kAsAt{"as-at", "date", false, "Day whose structure is used; today unless given",
                                   "2022-12-31"};
const ParameterSpecification kRecordedBy{"recorded-by", "text", false,
                                         "all: rows of every force, not of the territorial one alone", "all"};

Parameters only(const Parameters& parameters, std::initializer_list<const char*> names) {
  Parameters out;
  for (const char* name : names)
    if (std::string value = parameters.get(name); !value.empty()) out.values[name] = std::move(value);
  return out;
}

std::shared_ptr<const Figure> shared(Figure figure) { return std::make_shared<const Figure>(std::move(figure)); }

std::string type_words(const evidence::Snapshot& snapshot, const Parameters& parameters) {
  return evidence::name_of_type(snapshot, parameters.get("type"));
}

// What a figure made of others takes over from them.
void inherit(Figure& figure, const Figure& from) {
  figure.as_at = from.as_at;
  figure.evidence_version = from.evidence_version;
  figures::add(figure.coverage, from.coverage);
}

// The reason why a figure that needs whole counts cannot be worked out from these, or nothing.
std::optional<Quantity> withheld(std::initializer_list<const Figure*> inputs, Unit unit, const std::string& unit_text) {
  for (const Figure* input : inputs)
    if (input->quantity.state() == Quantity::State::suppressed) return Quantity::withheld(unit, unit_text);
  for (const Figure* input : inputs)
    if (!input->quantity.known()) return Quantity::unknown(unit, unit_text, input->quantity.reason());
  for (const Figure* input : inputs)
    if (input->quantity.partial) return Quantity::unknown(unit, unit_text, input->coverage.not_whole_text());
  return std::nullopt;
}

Result<Figure> change(const Registry& registry, evidence::Service& service, const Parameters& parameters,
                      const Viewer& viewer, Detail detail) {
  const auto later_period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!later_period) return pass_on(later_period);
  const auto earlier_period = Period::parse(parameters.get("base-from"), parameters.get("base-to"));
  if (!earlier_period) return pass_on(earlier_period);

  Parameters now = only(parameters, {"area", "from", "to", "type", "as-at", "recorded-by"});
  Parameters before = only(parameters, {"area", "type", "as-at", "recorded-by"});
  before.values["from"] = parameters.get("base-from");
  before.values["to"] = parameters.get("base-to");
  auto later = registry.ask({"crimes", now}, viewer, detail);
  if (!later) return later;
  auto earlier = registry.ask({"crimes", before}, viewer, detail);
  if (!earlier) return earlier;

  Figure figure;
  inherit(figure, *later);
  inherit(figure, *earlier);
  const auto snapshot = service.snapshot();
  const register_::Area* place = snapshot->areas().find(parameters.get("area"));
  // Of a force every row counts, whatever LSOA it names.
  const bool of_force = place == nullptr || place->kind == register_::AreaKind::police_force_area;
  evidence::join_census_notes(figure.coverage, !of_force);
  const std::string counts(evidence::unit_of_type(parameters.get("type")));
  const std::string unit_text = "change in " + counts + " per day";
  statistics::ComparisonOptions options;
  options.with_e_test = detail == Detail::working;  // a second opinion: only where it is shown
  // A category that holds other crimes than it did has no change of its own: the figure carries the break in its
  // verdict.
  const Period span{std::min(later_period->from, earlier_period->from), std::max(later_period->to, earlier_period->to)};
  const std::vector<std::string> breaks = evidence::category_breaks(parameters.get("type"), span);
  std::string verdict, second_opinion, assumes;
  if (auto reason = withheld({&*later, &*earlier}, Unit::change, unit_text)) {
    figure.quantity = *reason;
  } else {
    const auto comparison =
        statistics::compare_periods({earlier->quantity.integer(), static_cast<double>(earlier_period->days())},
                                    {later->quantity.integer(), static_cast<double>(later_period->days())}, options);
    if (!comparison) return pass_on(comparison);
    const bool season_out = season_is_out(*later_period, *earlier_period);
    verdict =
        breaks.empty() ? in_words(*comparison, season_out) : *statistics::no_verdict(*comparison, season_out, breaks);
    // Where nothing is judged, nothing is seconded: beside "no verdict" a p would read as one.
    if (statistics::judged(*comparison, season_out, breaks)) assumes = " " + std::string(statistics::kAssumes);
    if (options.with_e_test && statistics::judged(*comparison, season_out, breaks))
      second_opinion = "Second opinions: e-test p = " + fixed(comparison->e_test_p, 4) +
                       " (Krishnamoorthy & Thomson 2004); Wheeler's z = " + fixed(comparison->wheeler_z, 2) +
                       ", of which he advises to act on more than 3.";
    if (comparison->ratio_is_known) {
      figure.quantity = Quantity::real(comparison->ratio - 1, Unit::change, unit_text, 1);
      if (std::isfinite(comparison->mid_p.upper))
        figure.quantity.interval =
            figures::Interval{comparison->mid_p.lower - 1, comparison->mid_p.upper - 1, options.confidence,
                              "mid-P on the conditional binomial of two Poisson counts"};
    } else {
      figure.quantity = Quantity::unknown(Unit::change, unit_text,
                                          "Nothing was recorded in the earlier period, so there is no ratio to it.");
    }
  }
  for (const std::string& sentence : evidence::category_notes(parameters.get("type"), span))
    if (std::find(figure.coverage.notes.begin(), figure.coverage.notes.end(), sentence) == figure.coverage.notes.end())
      figure.coverage.notes.push_back(sentence);
  figure.working.in_words = verdict;  // also with Detail::value: a table shows it beside the number
  if (detail == Detail::value) return figure;

  for (const Figure* input : {&*later, &*earlier})
    for (const figures::Offer& offer : input->working.offers) {
      // A set of LSOAs has no figure of this kind, and other months would be another change.
      const std::string area = offer.address.parameters.get("area");
      if (area.empty() || area == parameters.get("area")) continue;
      Parameters other = parameters;
      other.values["area"] = area;
      const Address address{"change", std::move(other)};
      const auto same = [&](const figures::Offer& one) { return one.address == address; };
      if (std::none_of(figure.working.offers.begin(), figure.working.offers.end(), same))
        figure.working.offers.push_back({offer.text, address});
    }
  figure.working.title = "Change: " + later->working.title + " against " + earlier_period->text();
  figure.working.in_words = evidence::heading_of_type(parameters.get("type")) +
                            " per day in the later period over those in the earlier one, less one" +
                            (verdict.empty() ? "." : ". Verdict: " + verdict + ".") + assumes;
  figure.working.formula = "(c1 / d1) / (c0 / d0) - 1";
  figure.working.inputs = {
      {"c1", counts + ", " + later_period->text(), shared(std::move(*later)), std::nullopt, ""},
      Input::of("d1", "days, " + later_period->text(), std::to_string(later_period->days()),
                figures::Chosen{"from|to"}),
      {"c0", counts + ", " + earlier_period->text(), shared(std::move(*earlier)), std::nullopt, ""},
      Input::of("d0", "days, " + earlier_period->text(), std::to_string(earlier_period->days()),
                figures::Chosen{"base-from|base-to"})};
  figure.working.rounding = "Shown to 0.1 per cent; held unrounded.";
  figure.working.caveats = {evidence::months_in_words(figure.coverage.present, figure.coverage.expected)};
  if (assumes.empty()) {
    figure.working.caveats.push_back(
        "The interval takes each crime as independent of the others; the true one is wider.");
  } else {
    figure.working.caveats.push_back(statistics::rule_text(options));
    figure.working.caveats.push_back(std::string(statistics::kIndependent));
  }
  if (!second_opinion.empty()) figure.working.caveats.push_back(second_opinion);
  if (place != nullptr && register_::is_lsoa(place->kind))
    if (std::string renewed = evidence::map_points_note(*earlier_period, *later_period); !renewed.empty())
      figure.working.caveats.push_back(std::move(renewed));
  if (!season_is_out(*later_period, *earlier_period))
    figure.working.caveats.push_back(
        "The two periods are different parts of the year: the season may do all of it, so there is no verdict.");
  return figure;
}

enum class Limit { mean, lower, upper };

Result<Figure> monthly(const Registry& registry, evidence::Service& service, const Parameters& parameters,
                       const Viewer& viewer, Detail detail, Limit limit) {
  const auto period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!period) return pass_on(period);
  if (period->months() > 240)
    return invalid(tr("Ask for at most 240 months."), {{"to", tr("Ask for at most 240 months.")}});
  const Parameters asked = only(parameters, {"area", "from", "to", "type", "as-at", "recorded-by"});
  auto total = registry.ask({"crimes", asked}, viewer, Detail::value);
  if (!total) return total;

  Figure figure;
  inherit(figure, *total);
  const std::string counts(evidence::unit_of_type(parameters.get("type")));
  const std::string unit_text = counts + " a month";
  std::vector<std::optional<double>> values;
  std::vector<Input> inputs;
  std::size_t known = 0;
  bool hidden = false;
  for (Month month = period->from; month <= period->to; month = month.plus(1)) {
    Parameters one = asked;
    one.values["from"] = one.values["to"] = month.iso();
    auto count = registry.ask({"crimes", one}, viewer, Detail::value);
    if (!count) return count;
    hidden = hidden || count->quantity.state() == Quantity::State::suppressed;
    const bool whole = count->quantity.known() && !count->quantity.partial;
    values.push_back(whole ? std::optional(count->quantity.number()) : std::nullopt);
    known += whole ? 1 : 0;
    if (detail == Detail::working)
      inputs.push_back({"x", counts + ", " + month.text(), shared(std::move(*count)), std::nullopt, ""});
  }
  statistics::XmrOptions options;
  options.natural_floor = true;
  std::string note;
  if (hidden) {
    figure.quantity = Quantity::withheld(Unit::score, unit_text);
  } else if (const auto why = evidence::no_series_across(parameters.get("type"), *period)) {
    figure.quantity = Quantity::unknown(Unit::score, unit_text, *why);
  } else if (known < static_cast<std::size_t>(kLeastForLimits)) {
    figure.quantity = Quantity::unknown(Unit::score, unit_text,
                                        "Limits need at least " + std::to_string(kLeastForLimits) +
                                            " months; there are " + std::to_string(known) + ".");
  } else if (const auto too_few = evidence::too_few_months(evidence::which_known(values), *period)) {
    figure.quantity = Quantity::unknown(Unit::score, unit_text, *too_few);
  } else {
    const auto chart = statistics::xmr(values, options);
    if (!chart) return pass_on(chart);
    const auto& group = chart->groups.back();
    const double value = limit == Limit::mean ? group.mean : limit == Limit::lower ? group.lower : group.upper;
    figure.quantity = limit == Limit::mean || group.has_limits
                          ? Quantity::real(value, Unit::score, unit_text, 1)
                          : Quantity::unknown(Unit::score, unit_text,
                                              "Nothing can be said: " + chart->why_nothing(options.least) + ".");
    if (group.trial) note = "Trial limits: fewer than twelve months.";
    if (group.screened > 0)
      note += (note.empty() ? "" : " ") +
              plural(static_cast<std::int64_t>(group.screened), "moving range was", "moving ranges were") +
              " screened out.";
  }
  if (detail == Detail::value) return figure;
  const auto snapshot = service.snapshot();
  const char* what = limit == Limit::mean    ? "Monthly mean"
                     : limit == Limit::lower ? "Lower control limit"
                                             : "Upper control limit";
  figure.working.title = std::string(what) + ": " + type_words(*snapshot, parameters) + ", " + period->text();
  figure.working.in_words =
      limit == Limit::mean ? "The mean of the months that are known." : statistics::limits_in_words(options);
  figure.working.formula =
      limit == Limit::mean ? "m = sum(x) / n" : statistics::limit_formula(options, limit == Limit::upper);
  figure.working.inputs = std::move(inputs);
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  figure.working.caveats.push_back(evidence::months_in_words(figure.coverage.present, figure.coverage.expected));
  if (!note.empty()) figure.working.caveats.push_back(note);
  figure.working.caveats.push_back(
      "Crime has seasons, and months differ in length: a point outside the limits is a question, not an answer. Rules: "
      "Wheeler (2000); NHS England, Making data count.");
  return figure;
}

// The partnerships that are compared, of the area's force or of every force (evidence/peers.h), and their rates. Each
// is asked for as whoever asks may see it: a count that is withheld from them is in no average, no limit and no sum
// (figures/small_numbers.h).
struct PeerRates {
  evidence::Peers peers;
  std::vector<statistics::Observed> observed;  // crimes, and thousands of people
  std::vector<Figure> rates;
  std::int64_t crimes = 0;
  double population = 0;
};

Result<PeerRates> peer_rates(const Registry& registry, evidence::Service& service, const Parameters& parameters,
                             const Viewer& viewer) {
  const auto snapshot = service.snapshot();
  const auto period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!period) return pass_on(period);
  const std::string day = parameters.get("as-at");
  evidence::PeerQuestion question{.area = parameters.get("area"),
                                  .period = *period,
                                  .type = parameters.get("type"),
                                  .as_at = day.empty() ? viewer.today : *Date::parse(day)};
  question.as_at_text = day;
  question.recorded_by = parameters.get("recorded-by");
  question.own_force_only = parameters.get("peers") != "all";
  auto peers = evidence::peers_of(registry, viewer, *snapshot, question);
  if (!peers) return pass_on(peers);
  PeerRates out;
  for (std::size_t i = 0; i < peers->areas.size(); ++i) {
    Parameters asked = only(parameters, {"from", "to", "type", "as-at", "recorded-by"});
    asked.values["area"] = peers->areas[i]->code;
    auto rate = registry.ask({"rate", asked}, viewer, Detail::value);
    if (!rate) return pass_on(rate);
    out.rates.push_back(std::move(*rate));
    const statistics::Observed& one = peers->observed[i];
    out.observed.push_back({one.count, one.exposure / 1000});
    out.crimes += one.count;
    out.population += one.exposure;
  }
  out.peers = std::move(*peers);
  return out;
}

std::string peers_words(const Parameters& parameters, const PeerRates& rates) {
  std::string out = plural(static_cast<std::int64_t>(rates.peers.areas.size()), "partnership", "partnerships");
  out += parameters.get("peers") == "all" ? " of all forces that have every month" : " of the same police force area";
  return out;
}

// Over whom it was worked out, and who is not among them and why.
void tell_peers(Figure& figure, const PeerRates& rates) {
  evidence::give_extent(figure, rates.peers.extent);
  figure.working.caveats.push_back(rates.peers.extent.sentence());
  if (const std::string without = evidence::left_out_in_words(rates.peers); !without.empty())
    figure.working.caveats.push_back(without);
}

Result<Figure> average_rate(const Registry& registry, evidence::Service& service, const Parameters& parameters,
                            const Viewer& viewer, Detail detail) {
  auto rates = peer_rates(registry, service, parameters, viewer);
  if (!rates) return pass_on(rates);
  Figure figure;
  const std::string unit_text = std::string(evidence::unit_of_type(parameters.get("type"))) + " per 1,000 people";
  for (const Figure& rate : rates->rates) inherit(figure, rate);
  if (const auto few = evidence::too_few_peers(rates->peers, "the average"); few && rates->population > 0) {
    figure.quantity = Quantity::unknown(Unit::rate, unit_text, *few);
  } else if (rates->population <= 0) {
    figure.quantity = Quantity::unknown(
        Unit::rate, unit_text,
        "No partnership has all the months and a population. " + evidence::left_out_in_words(rates->peers));
  } else {
    figure.quantity =
        Quantity::real(1000 * static_cast<double>(rates->crimes) / rates->population, Unit::rate, unit_text, 1);
  }
  if (detail == Detail::value) return figure;
  const auto snapshot = service.snapshot();
  figure.working.title = "Average rate: " + type_words(*snapshot, parameters) + ", " +
                         Period::parse(parameters.get("from"), parameters.get("to"))->text();
  figure.working.in_words = "All " + std::string(evidence::unit_of_type(parameters.get("type"))) + " of " +
                            peers_words(parameters, *rates) + ", per 1,000 of all their people.";
  figure.working.formula = "1,000 x sum(c) / sum(p)";
  for (std::size_t i = 0; i < rates->rates.size(); ++i) {
    auto whole = registry.ask(rates->rates[i].address, viewer, Detail::working);
    if (!whole) return whole;
    figure.working.inputs.push_back(
        {"", "rate of " + rates->peers.areas[i]->name, shared(std::move(*whole)), std::nullopt, ""});
  }
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  tell_peers(figure, *rates);
  figure.working.caveats.push_back("People weigh alike, so large partnerships weigh more.");
  return figure;
}

Result<Figure> rate_compared(const Registry& registry, evidence::Service& service, const Parameters& parameters,
                             const Viewer& viewer, Detail detail) {
  auto rates = peer_rates(registry, service, parameters, viewer);
  if (!rates) return pass_on(rates);
  Figure figure;
  for (const Figure& rate : rates->rates) inherit(figure, rate);
  const std::string unit_text = "times the average rate";
  const std::size_t mine = rates->peers.own.value_or(rates->peers.areas.size());
  const auto is_own = [&](const register_::Area* one) { return one->code == parameters.get("area"); };
  const bool own_withheld = std::any_of(rates->peers.withheld.begin(), rates->peers.withheld.end(), is_own);
  const auto funnel = statistics::funnel(rates->observed);
  std::string band;
  if (own_withheld) {
    figure.quantity = Quantity::withheld(Unit::ratio, unit_text);
  } else if (const auto few = evidence::too_few_peers(rates->peers)) {
    figure.quantity = Quantity::unknown(Unit::ratio, unit_text, *few);
  } else if (mine == rates->peers.areas.size()) {
    figure.quantity = Quantity::unknown(Unit::ratio, unit_text,
                                        "The area is not among those that can be compared: it is no partnership, "
                                        "months of it are missing or suspect, or its population is not known.");
  } else if (rates->peers.areas.size() < 2 || !funnel || funnel->target <= 0) {
    figure.quantity = Quantity::unknown(Unit::ratio, unit_text, "There is no other partnership to compare it with.");
  } else {
    const auto& point = funnel->points[mine];
    band = in_words(point.band, funnel->widened, rates->peers.areas.size());
    figure.quantity = Quantity::real(point.rate / funnel->target, Unit::ratio, unit_text, 2);
    figure.quantity.interval = figures::Interval{
        point.limits_998.lower / funnel->target, point.limits_998.upper / funnel->target, 0.998,
        funnel->widened
            ? "funnel limits, widened by the spread between " + std::to_string(rates->peers.areas.size()) + " areas"
            : "funnel limits: where chance alone would leave it"};
  }
  figure.working.in_words = band;
  if (detail == Detail::value) return figure;
  Parameters average = only(parameters, {"area", "from", "to", "type", "as-at", "recorded-by", "peers"});
  Parameters own = only(parameters, {"area", "from", "to", "type", "as-at", "recorded-by"});
  auto own_rate = registry.ask({"rate", own}, viewer, detail);
  if (!own_rate) return own_rate;
  auto average_figure = registry.ask({"average-rate", average}, viewer, detail);
  if (!average_figure) return average_figure;
  figure.working.title = "Compared: " + own_rate->working.title;
  figure.working.in_words = "Its rate over the average rate of " + peers_words(parameters, *rates) +
                            (band.empty() ? "." : ". It is " + band + ".");
  figure.working.formula = "r / average";
  figure.working.inputs = {{"r", "its rate", shared(std::move(*own_rate)), std::nullopt, ""},
                           {"average", "average rate", shared(std::move(*average_figure)), std::nullopt, ""}};
  figure.working.rounding = "Shown to two decimals; held unrounded.";
  tell_peers(figure, *rates);
  if (funnel && mine < rates->peers.areas.size()) {
    const auto& point = funnel->points[mine];
    figure.working.caveats.push_back("Funnel limits at its population: 95%: " + fixed(point.limits_95.lower, 1) +
                                     " to " + fixed(point.limits_95.upper, 1) +
                                     "; 99.8%: " + fixed(point.limits_998.lower, 1) + " to " +
                                     fixed(point.limits_998.upper, 1) + " per 1,000 (Spiegelhalter 2005).");
    if (funnel->widened)
      figure.working.caveats.push_back("Partnerships differ more than chance allows (phi " + fixed(funnel->phi, 1) +
                                       "), so the limits are widened by the variance between them: within them is "
                                       "within that spread, not within chance.");
    if (rates->peers.areas.size() < 10)
      figure.working.caveats.push_back("With so few partnerships the spread between them cannot be told well.");
  }
  figure.working.caveats.push_back(
      "Residents are the denominator: places with many visitors, students or workers read high.");
  return figure;
}

}  // namespace

Result<ComparedAreas> compared_areas(const Registry& registry, evidence::Service& service, const Address& address,
                                     const Viewer& viewer) {
  auto rates = peer_rates(registry, service, address.parameters, viewer);
  if (!rates) return pass_on(rates);
  ComparedAreas out;
  for (const register_::Area* area : rates->peers.areas) {
    out.codes.push_back(area->code);
    out.names.push_back(area->name);
  }
  if (const auto few = evidence::too_few_peers(rates->peers)) return invalid(*few);
  if (out.codes.size() < 2)
    return invalid(
        tr("There are fewer than two partnerships with all months and a population, so there is nothing to "
           "compare."));
  out.extent = rates->peers.extent;
  out.left_out = evidence::left_out_of(rates->peers);
  out.observed = rates->observed;
  auto funnel = statistics::funnel(out.observed);
  if (!funnel) return pass_on(funnel);
  out.funnel = std::move(*funnel);
  return out;
}

void add_kinds(Registry& registry, evidence::Service& service) {
  const Registry* const all = &registry;
  evidence::Service* const evidence = &service;
  const auto add = [&](const char* name, const char* title, const char* description,
                       std::vector<ParameterSpecification> parameters,
                       std::function<Result<Figure>(const Parameters&, const Viewer&, Detail)> compute) {
    registry.add({name, title, description, std::move(parameters), std::move(compute), {}}, figures::Cost::light);
  };
  add("change", "Change between two periods",
      "Crimes per day in one period against another, with the interval that chance alone leaves open.",
      {kArea,
       kFrom,
       kTo,
       {"base-from", "month", true, "First month of the earlier period", "2021-01"},
       {"base-to", "month", true, "Last month of the earlier period", "2021-11"},
       kType,
       kRecordedBy,
       kAsAt},
      [=](const Parameters& p, const Viewer& v, Detail d) { return change(*all, *evidence, p, v, d); });
  for (const auto& [name, title, limit] : {std::tuple{"monthly-mean", "Monthly mean", Limit::mean},
                                           std::tuple{"monthly-lower-limit", "Lower control limit", Limit::lower},
                                           std::tuple{"monthly-upper-limit", "Upper control limit", Limit::upper}})
    add(name, title, "Of the monthly counts of an area, by the rules of an XmR control chart.",
        {kArea, kFrom, kTo, kType, kRecordedBy, kAsAt},
        [=, which = limit](const Parameters& p, const Viewer& v, Detail d) {
          return monthly(*all, *evidence, p, v, d, which);
        });
  const ParameterSpecification peers{
      "peers", "text", false, "all: partnerships of every imported force; else those of the area's own force", "all"};
  add("average-rate", "Average rate of partnerships",
      "Crimes per 1,000 people of the partnerships of a force area, or of every imported one.",
      {kArea, kFrom, kTo, kType, kRecordedBy, kAsAt, peers},
      [=](const Parameters& p, const Viewer& v, Detail d) { return average_rate(*all, *evidence, p, v, d); });
  add("rate-compared", "Rate compared with the average",
      "A partnership's rate over the average of its peers, with the limits of a funnel plot.",
      {kArea, kFrom, kTo, kType, kRecordedBy, kAsAt, peers},
      [=](const Parameters& p, const Viewer& v, Detail d) { return rate_compared(*all, *evidence, p, v, d); });
}

}  // namespace tithing::assessment
