// similar-mean: the unweighted mean of the rates of an imported list, own area included. shrunk-rate: a rate drawn
// towards the mean of the areas of its kind.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/translation.h"
#include "slices/comparison/kinds.h"
#include "slices/comparison/peers.h"
#include "slices/comparison/service.h"
#include "slices/evidence/crime_types.h"
#include "slices/sources/sources.h"
#include "statistics/compare.h"

namespace tithing::comparison {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Quantity;
using figures::Unit;
using figures::Viewer;

std::string unit_of(const std::string& type) { return std::string(evidence::unit_of_type(type)) + " per 1,000 people"; }

Result<Figure> similar_mean(const figures::Registry& registry, ComparisonService& service, const Parameters& parameters,
                            const Viewer& viewer, Detail detail) {
  const auto asked = asked_from(parameters, viewer);
  if (!asked) return pass_on(asked);
  const auto list = list_named(service, parameters.get("list"), "list");
  if (!list) return pass_on(list);
  if (list->sort != kSimilar)
    return invalid(tr("This is no list of similar areas."), {{"list", tr("Choose a list of similar areas.")}});
  const auto rows = service.rows(list->id, asked->area);
  const auto areas = service.areas();
  const auto* own = areas->find(asked->area);
  if (own == nullptr) return not_found(tr("There is no such area."));
  Figure figure;
  figure.working.title = "Mean rate of the areas most similar to " + own->name + ": " +
                         evidence::name_of_type(*service.snapshot(), asked->type) + ", " + asked->period.text();
  std::vector<std::string> codes = {asked->area};
  for (const ListRow& row : rows) codes.push_back(row.other);
  std::vector<std::optional<double>> rates;
  std::vector<std::size_t> members;
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (i > 0) members.push_back(i);
    const auto* area = areas->find(codes[i]);
    auto rate =
        registry.ask({"rate", asked_of(codes[i], asked->period, asked->type, asked->as_at_text)}, viewer, detail);
    const bool known = rate && rate->quantity.known() && !rate->quantity.partial;
    rates.push_back(known ? std::optional(rate->quantity.number()) : std::nullopt);
    const std::string name = area == nullptr ? codes[i] : area->name;
    if (!known) unknown.push_back(name);
    if (rate) {
      inherit(figure, *rate);
      if (known)
        figure.working.inputs.push_back(
            {"r" + std::to_string(i + 1), name, std::make_shared<const Figure>(std::move(*rate)), std::nullopt, ""});
    }
  }
  const std::size_t there = codes.size() - unknown.size();
  const double share = static_cast<double>(there) / static_cast<double>(codes.size());
  const bool enough = share >= evidence::kLeastShare;
  const std::string over = "Over " + std::to_string(there) + " of " + std::to_string(codes.size()) + " areas (" +
                           percent(share, 1) + "), itself and those of the list.";
  if (rows.empty()) {
    figure.quantity = Quantity::unknown(Unit::rate, unit_of(asked->type),
                                        own->name + " is not on the list " + list->name + ", " + list->version + ".");
  } else if (!enough) {
    figure.quantity = Quantity::unknown(Unit::rate, unit_of(asked->type),
                                        "Not known for the list as a whole: o" + over.substr(1, over.size() - 2) +
                                            " only, and " + percent(evidence::kLeastShare, 0) +
                                            " is needed. Not known here: " + joined(unknown, ", ") + ".");
  } else if (const auto found = statistics::most_similar_mean(rates, 0, members)) {
    figure.quantity = Quantity::real(found->mean, Unit::rate, unit_of(asked->type), 1);
    figure.quantity.partial = figure.quantity.either_way = found->unknown > 0;  // a mean of those known is no floor
  } else {
    figure.quantity =
        Quantity::unknown(Unit::rate, unit_of(asked->type), "No rate of the areas on the list is known here.");
  }
  if (detail == Detail::value) return figure;
  figure.working.in_words = "Each area's rate counts once, however large it is, and the area itself is included.";
  figure.working.formula = "m = (r1 + r2 + ..) / n";
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  figures::Source source = source_of(*list);
  source.rows = static_cast<std::int64_t>(rows.size());
  source.filter = "areas on the list of " + own->name;
  figure.working.inputs.push_back({"L", "list of most similar areas", nullptr, std::move(source), ""});
  figure.working.caveats.push_back(over);
  if (!unknown.empty())
    figure.working.caveats.push_back("Left out because their rate is not known here: " + joined(unknown, ", ") + ".");
  figure.working.caveats.push_back(
      "Such lists are not symmetric: that another area is on this one's list does not put this one on the other's.");
  return figure;
}

Result<Figure> shrunk_rate(const figures::Registry& registry, ComparisonService& service, const Parameters& parameters,
                           const Viewer& viewer, Detail detail) {
  const auto asked = asked_from(parameters, viewer);
  if (!asked) return pass_on(asked);
  const auto snapshot = service.snapshot();
  const auto peers = peers_of(registry, viewer, *snapshot, asked->area, asked->period, asked->type, asked->as_at);
  if (!peers) return pass_on(peers);
  auto rate =
      registry.ask({"rate", asked_of(asked->area, asked->period, asked->type, asked->as_at_text)}, viewer, detail);
  if (!rate) return rate;
  Figure figure;
  inherit(figure, *rate);
  const auto* own = snapshot->areas().find(asked->area);
  figure.working.title = "Rate of " + own->name +
                         " drawn towards the mean: " + evidence::name_of_type(*snapshot, asked->type) + ", " +
                         asked->period.text();
  if (!peers->own) {
    figure.quantity = rate->quantity.state() == Quantity::State::suppressed
                          ? Quantity::withheld(Unit::rate, unit_of(asked->type))
                          : Quantity::unknown(Unit::rate, unit_of(asked->type), why_not_among(*peers, asked->area));
    return figure;
  }
  if (const auto few = too_few_peers(*peers)) {
    figure.quantity = Quantity::unknown(Unit::rate, unit_of(asked->type), *few);
    return figure;
  }
  if (peers->areas.size() < 3) {
    figure.quantity = Quantity::unknown(Unit::rate, unit_of(asked->type),
                                        "There are fewer than three areas of its kind to draw it towards.");
    return figure;
  }
  const auto found = statistics::shrink(peers->observed);
  if (!found) return pass_on(found);
  const statistics::Shrunk& one = found->areas[*peers->own];
  figure.quantity = Quantity::real(one.estimate * 1000, Unit::rate, unit_of(asked->type), 1);
  if (detail == Detail::value) return figure;
  figure.working.in_words =
      "The less an area's own count says, the more its rate is drawn towards that of all areas of its kind together "
      "(empirical Bayes, Marshall 1991).";
  figure.working.formula = "e = w x r + (1 - w) x m";
  using figures::Input;
  figure.working.inputs = {Input::of("r", "its own rate", std::move(*rate)),
                           Input::of("w", "weight of its own rate", fixed(one.weight, 4), figures::WorkedOut{}),
                           Input::of("m", "rate of the " + std::to_string(peers->areas.size()) + " areas together",
                                     fixed(found->mean * 1000, 3), figures::WorkedOut{})};
  // The mean and the weight are worked out from these; each is explained by its own address.
  for (const auto* area : peers->areas)
    if (area->code != asked->area)
      if (auto other = registry.ask({"rate", asked_of(area->code, asked->period, asked->type, asked->as_at_text)},
                                    viewer, Detail::value))
        figure.working.inputs.push_back(Input::of("", "rate of " + area->name, std::move(*other)));
  figure.working.rounding = "Shown to one decimal; held unrounded.";
  evidence::give_extent(figure, peers->extent);
  figure.working.caveats.push_back(peers->extent.sentence());
  if (const std::string without = left_out_in_words(*peers); !without.empty())
    figure.working.caveats.push_back(without);
  return figure;
}

Result<Figure> rank(const figures::Registry& registry, ComparisonService& service, const Parameters& parameters,
                    const Viewer& viewer, Detail detail) {
  const auto asked = asked_from(parameters, viewer);
  if (!asked) return pass_on(asked);
  const auto snapshot = service.snapshot();
  const auto peers = peers_of(registry, viewer, *snapshot, asked->area, asked->period, asked->type, asked->as_at);
  if (!peers) return pass_on(peers);
  Figure figure;
  const auto* own = snapshot->areas().find(asked->area);
  const std::string unit = "of " + std::to_string(peers->areas.size()) + ", 1 the highest rate";
  figure.working.title =
      "Rank of " + own->name + ": " + evidence::name_of_type(*snapshot, asked->type) + ", " + asked->period.text();
  if (std::find(peers->withheld.begin(), peers->withheld.end(), own) != peers->withheld.end()) {
    figure.quantity = Quantity::withheld(Unit::score, unit);
    return figure;
  }
  if (!peers->own || peers->areas.size() < 2) {
    figure.quantity = Quantity::unknown(
        Unit::score, unit,
        peers->own ? "There are fewer than two areas of its kind." : why_not_among(*peers, asked->area));
    return figure;
  }
  if (const auto few = too_few_peers(*peers)) {
    figure.quantity = Quantity::unknown(Unit::score, unit, *few);
    return figure;
  }
  const auto ranks = statistics::ranks(peers->observed, kRankSeed);
  if (!ranks) return pass_on(ranks);
  const statistics::RankInterval& one = (*ranks)[*peers->own];
  figure.quantity = Quantity::real(one.rank, Unit::score, unit, rank_decimals(one));
  figure.quantity.interval =
      figures::Interval{one.lower, one.upper, 0.95,
                        "ranks in 1,000 draws of every area's rate by chance, seed 1 (Goldstein & Spiegelhalter 1996)"};
  for (std::size_t i = 0; i < peers->areas.size(); ++i) {
    auto rate = registry.ask({"rate", asked_of(peers->areas[i]->code, asked->period, asked->type, asked->as_at_text)},
                             viewer, Detail::value);
    if (!rate) continue;
    inherit(figure, *rate);
    if (detail == Detail::working)
      figure.working.inputs.push_back({"r" + std::to_string(i + 1), peers->areas[i]->name,
                                       std::make_shared<const Figure>(std::move(*rate)), std::nullopt, ""});
  }
  if (detail == Detail::value) return figure;
  figure.working.in_words =
      "The place of its rate among those of the areas of its kind, the highest first; equal rates share the mean of "
      "their places.";
  figure.working.formula = "1 + how many rates are higher + half of how many others are equal";
  figure.working.rounding = "None.";
  figure.working.caveats.push_back(
      "Where the intervals of two areas overlap, chance alone could have changed their order.");
  evidence::give_extent(figure, peers->extent);
  figure.working.caveats.push_back(peers->extent.sentence());
  if (const std::string without = left_out_in_words(*peers); !without.empty())
    figure.working.caveats.push_back(without);
  return figure;
}

}  // namespace

Result<Asked> asked_from(const Parameters& parameters, const Viewer& viewer) {
  const auto period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!period) return pass_on(period);
  if (period->months() > 240)
    return invalid(tr("Ask for at most 240 months."), {{"to", tr("Ask for at most 240 months.")}});
  Asked asked{parameters.get("area"), parameters.get("type"), parameters.get("as-at"), *period, viewer.today};
  if (!asked.as_at_text.empty()) {
    const auto day = Date::parse(asked.as_at_text);
    if (!day) return invalid(tr("The day is malformed."), {{"as-at", tr("Enter a day such as 2022-12-31.")}});
    asked.as_at = *day;
  }
  return asked;
}

void inherit(Figure& figure, const Figure& from) {
  figure.as_at = from.as_at;
  figure.evidence_version = from.evidence_version;
  figures::add(figure.coverage, from.coverage);
}

Result<AreaList> list_named(ComparisonService& service, const std::string& number, const char* name) {
  const std::int64_t id = records::Record{service.lists().kind().code, number}.number();
  if (id == 0) return invalid(tr("The list is malformed."), {{name, tr("Enter the number of a list.")}});
  return service.lists().find(id);
}

figures::Source source_of(const AreaList& list) {
  figures::Source source;
  source.name = list.name + ", " + list.version;
  source.sha256 = list.sha256;
  source.imported_at = list.imported_at.iso();
  source.publisher = list.publisher;
  source.url = sources::page_of(list.source_file);
  return source;
}

void add_kinds(figures::Registry& registry, ComparisonService& service) {
  ComparisonService* const s = &service;
  const figures::Registry* const all = &registry;
  const std::vector<figures::ParameterSpecification> usual = {
      {"area", "area", true, "Official code of an area", "E22000372"},
      {"from", "month", true, "First month", "2022-01"},
      {"to", "month", true, "Last month", "2022-11"},
      evidence::type_parameter(),
      {"as-at", "date", false, "Day whose structure is used; today unless given", "2022-12-31"}};
  auto with_list = usual;
  with_list.push_back({"list", "integer", true, "Number of an imported list of similar areas", "1"});
  registry.add({"similar-mean",
                "Mean rate of the most similar areas",
                "The unweighted mean of the rates of an imported list of most similar areas, own area included.",
                with_list,
                [=](const Parameters& p, const Viewer& v, Detail d) { return similar_mean(*all, *s, p, v, d); },
                {}},
               figures::Cost::light);
  registry.add({"rank",
                "Rank among areas of its kind",
                "The place of an area's rate among those of its kind, with the places that chance leaves open.",
                usual,
                [=](const Parameters& p, const Viewer& v, Detail d) { return rank(*all, *s, p, v, d); },
                {}},
               figures::Cost::light);
  add_likeness_kinds(registry, service, usual);
  registry.add({"shrunk-rate",
                "Rate drawn towards the mean",
                "A rate drawn towards that of the areas of its kind, the more the less its count says.",
                usual,
                [=](const Parameters& p, const Viewer& v, Detail d) { return shrunk_rate(*all, *s, p, v, d); },
                {}},
               figures::Cost::light);
}

}  // namespace tithing::comparison
