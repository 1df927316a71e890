// characteristic: what an area has of one. likeness-difference: how far two areas lie apart by one, on the scale of all
// of their kind. likeness: how far by all that were chosen together.
#include <algorithm>

#include "base/text.h"
#include "base/translation.h"
#include "slices/comparison/kinds.h"
#include "slices/comparison/service_likeness.h"

namespace tithing::comparison {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Input;
using figures::Parameters;
using figures::Quantity;
using figures::Unit;
using figures::Viewer;

constexpr int kDecimalsOfDeviation = 4;

// A value that a list states; one that it leaves empty is not known.
Result<Figure> listed_value(ComparisonService& service, const register_::Area& area, const std::string& number,
                            const std::string& column) {
  const auto list = list_named(service, number, "characteristic");
  if (!list) return pass_on(list);
  if (list->sort != kCharacteristics) {
    return invalid(tr("This is no list of characteristics."),
                   {{"characteristic", tr("Choose a list of characteristics.")}});
  }
  const auto rows = service.rows(list->id, area.code);
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ListRow& one) { return one.other == column; });
  Figure figure;
  figure.quantity =
      row == rows.end()
          ? Quantity::unknown(Unit::score, "",
                              area.name + " has no " + column + " in " + list->name + ", " + list->version + ".")
      : !row->value ? Quantity::unknown(Unit::score, "", "The list does not say.")
                    : Quantity::real(*row->value, Unit::score, "", kDecimalsOfListed);
  figure.working.title = column + " of " + area.name;
  figure.working.in_words = "As the list of its publisher states it: " + list->name + ", " + list->version + ".";
  figure.working.formula = "x";
  figure.working.rounding = "Shown to three decimals; held as it was read.";
  figures::Source source = source_of(*list);
  source.filter = "the line of " + area.code + ", the column " + column;
  source.rows = row == rows.end() ? 0 : 1;
  figure.working.inputs.push_back(Input::of("x", column, figure.quantity.text(), std::move(source)));
  return figure;
}

Result<Figure> characteristic(const figures::Registry& registry, ComparisonService& service,
                              const Parameters& parameters, const Viewer& viewer, Detail detail) {
  const std::string key = parameters.get("characteristic");
  const auto snapshot = service.snapshot();
  const auto* area = snapshot->areas().find(parameters.get("area"));
  if (area == nullptr) return not_found(tr("There is no such area."));
  const std::size_t colon = key.find(':');
  const std::string before = key.substr(0, colon),
                    after = colon == std::string::npos ? std::string() : key.substr(colon + 1);
  if (before != "residents" && before != "rate") return listed_value(service, *area, before, after);
  figures::Address address;
  if (before == "residents") {
    address = {"population", {{{"area", area->code}}}};
    if (const std::string as_at = parameters.get("as-at"); !as_at.empty()) address.parameters.values["as-at"] = as_at;
    if (!parameters.get("from").empty() || !parameters.get("to").empty()) {
      const auto asked = asked_from(parameters, viewer);
      if (!asked) return pass_on(asked);
      // Of the year that everybody's rates over these months use.
      if (const auto year = snapshot->population_year_for(asked->period))
        address.parameters.values["year"] = std::to_string(*year);
    }
  } else {
    const auto asked = asked_from(parameters, viewer);
    if (!asked) return pass_on(asked);
    address = {"rate", asked_of(area->code, asked->period, after, asked->as_at_text)};
  }
  auto one = registry.ask(address, viewer, detail);
  if (!one) return one;
  Figure figure;
  inherit(figure, *one);
  figure.quantity = one->quantity;
  if (detail == Detail::value) return figure;
  figure.working.title = one->working.title;
  figure.working.in_words = "A characteristic of the area by which it can be likened to others.";
  figure.working.formula = "x";
  figure.working.rounding = one->working.rounding;
  figure.working.inputs.push_back(
      Input::of("x", before == "residents" ? "its residents" : "its rate", std::move(*one)));
  return figure;
}

// Two areas and what they are likened by.
struct Pair {
  Asked asked;
  Peers peers;
  std::vector<Characteristic> chosen;
  statistics::NearAreas near;  // of all peers
  std::string why_not;         // no distances of the area itself, in words
  const register_::Area* own = nullptr;
  const register_::Area* other = nullptr;
};

Result<Pair> pair_of(const figures::Registry& registry, ComparisonService& service, const Parameters& parameters,
                     const Viewer& viewer) {
  auto asked = asked_from(parameters, viewer);
  if (!asked) return pass_on(asked);
  const auto snapshot = service.snapshot();
  auto peers = peers_of(registry, viewer, *snapshot, asked->area, asked->period, asked->type, asked->as_at);
  if (!peers) return pass_on(peers);
  Pair pair{std::move(*asked), std::move(*peers), {}, {}, {}, nullptr, nullptr};
  pair.own = snapshot->areas().find(pair.asked.area);
  pair.other = snapshot->areas().find(parameters.get("other"));
  if (pair.other == nullptr) return not_found(tr("There is no such area to liken it to."));
  pair.chosen = chosen_of(service, *snapshot, keys_from(parameters.get("by")));
  if (pair.chosen.empty()) {
    const std::string sentence = "None of these is a characteristic. Write for example residents|rate:burglary.";
    return invalid(sentence, {{"by", sentence}});
  }
  auto near = nearest(service, viewer, pair.peers, pair.chosen, pair.asked.period, pair.asked.as_at_text,
                      pair.peers.areas.size());
  if (near)
    pair.near = std::move(*near);
  else
    pair.why_not = near.error().message;
  return pair;
}

const statistics::NearArea* near_of(const Pair& pair) {
  for (const statistics::NearArea& one : pair.near.areas)
    if (pair.peers.areas[one.area] == pair.other) return &one;
  return nullptr;
}

std::string no_place(const Pair& pair) {
  if (!pair.why_not.empty()) return pair.why_not;
  return pair.other->name +
         " is the area itself, is of another kind, or one of its counts, its population or a characteristic is not "
         "known.";
}

Result<Figure> difference(const figures::Registry& registry, ComparisonService& service, const Parameters& parameters,
                          const Viewer& viewer, Detail detail) {
  const auto pair = pair_of(registry, service, parameters, viewer);
  if (!pair) return pass_on(pair);
  const auto& chosen = pair->chosen;
  const std::string key = parameters.get("characteristic");
  const auto at = std::find_if(chosen.begin(), chosen.end(), [&](const Characteristic& one) { return one.key == key; });
  if (at == chosen.end()) {
    const std::string sentence = "Name one of the characteristics that stand in by.";
    return invalid(sentence, {{"characteristic", sentence}});
  }
  const auto& used = pair->near.used;
  const auto place = std::find(used.begin(), used.end(), static_cast<std::size_t>(at - chosen.begin()));
  const statistics::NearArea* near = near_of(*pair);
  Figure figure;
  figure.working.title =
      at->name + ": " + pair->other->name + " less " + pair->own->name + ", " + pair->asked.period.text();
  const std::string unit = "standard deviations";
  if (near == nullptr || place == used.end()) {
    figure.quantity = Quantity::unknown(
        Unit::score, unit,
        near == nullptr ? no_place(*pair) : at->name + " is the same everywhere, so it cannot tell areas apart.");
    return figure;
  }
  const auto k = static_cast<std::size_t>(place - used.begin());
  figure.quantity = Quantity::real(near->differences[k], Unit::score, unit, kDecimalsOfLikeness);
  const auto value = [&](const std::string& code) {
    return registry.ask(characteristic_of(code, key, pair->asked.period, pair->asked.as_at_text), viewer,
                        Detail::value);
  };
  auto theirs = value(pair->other->code), own = value(pair->own->code);
  if (!theirs) return theirs;
  if (!own) return own;
  inherit(figure, *own);
  inherit(figure, *theirs);
  if (detail == Detail::value) return figure;
  figure.working.caveats.push_back(likened_in_words(pair->peers, pair->near));
  std::vector<std::size_t> others;
  for (const statistics::NearArea& one : pair->near.areas)
    if (pair->peers.areas[one.area] != pair->other) others.push_back(one.area);
  figure.working.in_words =
      "How far the two lie apart, in standard deviations of the characteristic over the areas of their kind of which "
      "all that were chosen are known.";
  figure.working.formula = "d = (x - o) / s";
  figure.working.rounding = "Shown to two decimals; held unrounded.";
  figure.working.inputs = {
      Input::of("x", at->name + ", " + pair->other->name, std::move(*theirs)),
      Input::of("o", at->name + ", " + pair->own->name, std::move(*own)),
      Input::of("s",
                "standard deviation over " + plural(static_cast<std::int64_t>(others.size()) + 2, "area", "areas") +
                    ": these and the following",
                fixed(pair->near.deviations[k], kDecimalsOfDeviation), figures::WorkedOut{})};
  for (const std::size_t i : others)
    if (auto one = value(pair->peers.areas[i]->code))
      figure.working.inputs.push_back(Input::of("", pair->peers.areas[i]->name, std::move(*one)));
  return figure;
}

Result<Figure> distance(const figures::Registry& registry, ComparisonService& service, const Parameters& parameters,
                        const Viewer& viewer, Detail detail) {
  const auto pair = pair_of(registry, service, parameters, viewer);
  if (!pair) return pass_on(pair);
  const statistics::NearArea* near = near_of(*pair);
  Figure figure;
  figure.working.title =
      "Distance between " + pair->own->name + " and " + pair->other->name + ", " + pair->asked.period.text();
  const std::string unit = "standard deviations";
  if (near == nullptr) {
    figure.quantity = Quantity::unknown(Unit::score, unit, no_place(*pair));
    return figure;
  }
  figure.quantity = Quantity::real(near->distance, Unit::score, unit, kDecimalsOfLikeness);
  const Parameters asked = asked_of(pair->own->code, pair->asked.period, pair->asked.type, pair->asked.as_at_text);
  std::vector<std::string> flat;
  const auto& used = pair->near.used;
  for (std::size_t k = 0; k < pair->chosen.size(); ++k) {
    const Characteristic& one = pair->chosen[k];
    if (std::find(used.begin(), used.end(), k) == used.end()) {
      flat.push_back(one.name);
      continue;
    }
    auto part = registry.ask(difference_of(asked, pair->other->code, pair->chosen, one), viewer, Detail::value);
    if (!part) return part;
    inherit(figure, *part);
    figure.working.inputs.push_back(
        Input::of("d" + std::to_string(figure.working.inputs.size() + 1), one.name, std::move(*part)));
  }
  if (detail == Detail::value) return figure;
  figure.working.caveats.push_back(likened_in_words(pair->peers, pair->near));
  figure.working.in_words =
      "Each characteristic is put on one scale, and the distance is the root of the sum of squares: 0 is the same in "
      "all of them.";
  figure.working.formula = "D = square root of (d1 x d1 + d2 x d2 + ..)";
  figure.working.rounding = "Shown to two decimals; held unrounded.";
  if (!flat.empty())
    figure.working.caveats.push_back("The same everywhere, so it cannot tell areas apart: " + joined(flat, ", ") + ".");
  figure.working.caveats.push_back(
      "It is not the Home Office's list of most similar groups, whose method is not published for partnerships.");
  return figure;
}

}  // namespace

void add_likeness_kinds(figures::Registry& registry, ComparisonService& service,
                        const std::vector<figures::ParameterSpecification>& usual) {
  ComparisonService* const s = &service;
  const figures::Registry* const all = &registry;
  const figures::ParameterSpecification one{
      "characteristic", "text", true,
      "residents, rate, rate: and a crime type, or the number of a list, : and its column", "residents"};
  std::vector<figures::ParameterSpecification> of_one = {usual[0], usual[1], usual[2], usual.back(), one};
  // A list's values have no months, and residents are the latest without.
  of_one[1].required = of_one[2].required = false;
  of_one[1].description += "; needed for a rate";
  of_one[2].description += "; needed for a rate";
  registry.add({"characteristic",
                "Characteristic of an area",
                "Residents, a rate, or what an imported list states of an area.",
                std::move(of_one),
                [=](const Parameters& p, const Viewer& v, Detail d) { return characteristic(*all, *s, p, v, d); },
                {}},
               figures::Cost::light);
  auto of_pair = usual;
  of_pair.push_back({"other", "area", true, "Official code of the area that it is likened to", "E22000368"});
  of_pair.push_back({"by", "text", true, "The characteristics that were chosen, with a bar between them", "residents"});
  auto of_difference = of_pair;
  of_difference.push_back(one);
  registry.add({"likeness-difference",
                "Difference of two areas by one characteristic",
                "In standard deviations over the areas of their kind.",
                std::move(of_difference),
                [=](const Parameters& p, const Viewer& v, Detail d) { return difference(*all, *s, p, v, d); },
                {}},
               figures::Cost::light);
  registry.add({"likeness",
                "Distance of two areas",
                "How far two areas lie apart by the characteristics chosen, each on one scale.",
                std::move(of_pair),
                [=](const Parameters& p, const Viewer& v, Detail d) { return distance(*all, *s, p, v, d); },
                {}},
               figures::Cost::light);
}

}  // namespace tithing::comparison
