#include "slices/pots/resolve.h"

#include "base/translation.h"

namespace tithing::pots {
namespace {

using figures::Address;
using figures::Figure;
using Found = Result<std::shared_ptr<const Figure>>;

}  // namespace

Found whole_count(const figures::Registry& registry, const Address& address, const figures::Viewer& viewer,
                  figures::Detail detail, const std::string& what, const std::string& whom) {
  auto figure = registry.ask(address, viewer, detail);
  const std::string place = what + " of " + whom;
  if (!figure) return unavailable(tr("The evidence does not have {0}: {1}", {place, figure.error().message}));
  if (!figure->quantity.known())
    return unavailable(tr("The evidence does not have {0}: {1}", {place, figure->quantity.reason()}));
  if (!figure->quantity.exact())
    return invalid(
        tr("The figure for {0} is not a whole number. Take counts; the scheme makes the rate of them.", {place}));
  if (figure->quantity.partial)
    return unavailable(figure->coverage.without.empty()
                           ? tr("The evidence has only a part of {0} ({1}), and what is missing is not nought.",
                                {place, figure->coverage.text()})
                           : tr("The evidence has only a part of {0} ({1}, {2}), and what is missing is not nought.",
                                {place, figure->coverage.text(), figure->coverage.without_text()}));
  return std::make_shared<const Figure>(std::move(*figure));
}

Result<Scheme> resolved(Scheme scheme, const figures::Registry& registry, const figures::Viewer& viewer,
                        figures::Detail detail) {
  for (std::size_t s = 0; s < scheme.steps.size(); ++s) {
    auto* weighted = std::get_if<WeightedIndicators>(&scheme.steps[s].what);
    if (weighted == nullptr) continue;
    const std::string step = place_of(scheme, s);
    for (std::size_t i = 0; i < weighted->indicators.size(); ++i) {
      Indicator& indicator = weighted->indicators[i];
      const std::string path = "steps[" + std::to_string(s) + "].indicators[" + std::to_string(i) + "]";
      for (auto& [key, observations] : indicator.values) {
        std::string whom = key;
        for (const Area& area : scheme.areas)
          if (area.key == key) whom = area.name;
        const auto asked = [&](const std::string& text, const std::string& what) -> Found {
          const auto address = Address::parse(text);
          Found found = address ? whole_count(registry, *address, viewer, detail, what, whom) : Found(pass_on(address));
          if (found) return found;
          const std::string sentence = step + ", indicator “" + indicator.name + "”: " + found.error().message;
          return problem(found.error().kind, sentence, {{path + ".values." + key, sentence}});
        };
        for (Observation& one : observations) {
          if (!one.address.empty()) {
            auto found = asked(one.address, indicator.name);
            if (!found) return pass_on(found);
            one.figure = std::move(*found);
            one.value = Fraction(one.figure->quantity.integer());
          }
          if (!one.base_address.empty()) {
            auto found = asked(one.base_address, "the base of " + indicator.name);
            if (!found) return pass_on(found);
            one.base_figure = std::move(*found);
            one.base = Fraction(one.base_figure->quantity.integer());
          }
        }
      }
    }
  }
  return scheme;
}

}  // namespace tithing::pots
