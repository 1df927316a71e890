#include "slices/analysis/kinds_parts.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "slices/evidence/crime_types.h"

namespace tithing::analysis {

using figures::Figure;
using figures::Parameters;
using figures::ParameterSpecification;
using figures::Quantity;
using figures::Unit;
using figures::Viewer;

namespace {

const ParameterSpecification kArea{"area", "area", true, "Official code of an area", "E22000368"};
const ParameterSpecification kFrom{"from", "month", true, "First month", "2022-01"};
const ParameterSpecification kTo{"to", "month", true, "Last month", "2022-11"};
const ParameterSpecification kType = evidence::type_parameter();
const ParameterSpecification kAsAt{"as-at", "date", false, "Day whose structure is used; today unless given",
                                   "2022-12-31"};

}  // namespace

std::vector<ParameterSpecification> usual_parameters() { return {kArea, kFrom, kTo, kType, kAsAt}; }

std::shared_ptr<const Figure> shared(Figure figure) { return std::make_shared<const Figure>(std::move(figure)); }

Result<Question> question_of(const Parameters& parameters, const Viewer& viewer) {
  Question question;
  question.area = parameters.get("area");
  question.type = parameters.get("type");
  question.as_at = viewer.today;
  if (const std::string day = parameters.get("as-at"); !day.empty()) {
    const auto read = Date::parse(day);
    if (!read) return pass_on(read);
    question.as_at = *read;
  }
  const auto period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!period) return pass_on(period);
  question.period = *period;
  return question;
}

figures::Address crimes_address(const Parameters& parameters, const std::string& area, const std::string& from,
                                const std::string& to) {
  figures::Address address{"crimes", {}};
  address.parameters.values = {
      {"area", area}, {"from", from}, {"to", to}, {"type", parameters.get("type")}, {"as-at", parameters.get("as-at")}};
  std::erase_if(address.parameters.values, [](const auto& pair) { return pair.second.empty(); });
  return address;
}

void inherit(Figure& figure, const Figure& from) {
  figure.as_at = from.as_at;
  figure.evidence_version = from.evidence_version;
  figures::add(figure.coverage, from.coverage);
}

std::optional<Quantity> withheld(const Figure& crimes, Unit unit, const std::string& unit_text) {
  if (crimes.quantity.state() == Quantity::State::suppressed) return Quantity::withheld(unit, unit_text);
  if (!crimes.quantity.known()) return Quantity::unknown(unit, unit_text, crimes.quantity.reason());
  if (crimes.quantity.partial) return Quantity::unknown(unit, unit_text, crimes.coverage.not_whole_text());
  return std::nullopt;
}

void offer_parts(Figure& figure, const figures::Address& address, const std::vector<KnownPart>& parts) {
  for (const KnownPart& part : parts) {
    figures::Address other = address;
    other.parameters.values["area"] = part.code;
    figure.working.offers.push_back({part.title, std::move(other)});
  }
}

void offer_places(Figure& figure, const figures::Address& address, const Figure& crimes) {
  for (const figures::Offer& offer : crimes.working.offers) {
    if (offer.address.parameters.get("area").empty()) continue;  // a set of LSOAs has no such figure
    figures::Address other = address;
    for (const char* name : {"area", "from", "to"}) other.parameters.values[name] = offer.address.parameters.get(name);
    figure.working.offers.push_back({offer.text, std::move(other)});
  }
}

void given(Figure& figure, const std::string& symbol, const std::string& label, const std::string& value,
           figures::Nature nature) {
  figure.working.inputs.push_back(figures::Input::of(symbol, label, value, std::move(nature)));
}

std::string p_shown(double p) {
  // A small one with its first digit: a number that a working can hold, which "<0.0001" is not.
  if (p >= 0.0001 || !(p > 0)) return fixed(p, 4);
  return fixed(p, std::min(15, static_cast<int>(std::ceil(-std::log10(p)))));
}

void given_p(figures::Figure& figure, const std::string& label, double p) {
  const std::string text = p_text(p), bound = "less than ";
  const bool below = text.starts_with(bound);
  given(figure, below ? "p <" : "p", below ? label + ", less than" : label, below ? text.substr(bound.size()) : text);
}

std::string lorenz_label(double share, bool as_share) {
  return std::string(as_share ? "share of the LSOAs that hold " : "LSOAs that hold ") + percent(share, 0) +
         " of what is counted, the busiest first";
}

std::int64_t lorenz_places(const statistics::Concentration& concentration, double share) {
  return std::llround(concentration.places_for(share) * static_cast<double>(concentration.places));
}

void given_months(Figure& figure) {
  const figures::Coverage& coverage = figure.coverage;
  figure.working.caveats.insert(figure.working.caveats.begin(),
                                evidence::months_in_words(coverage.present, coverage.expected));
}

void given_extent(Figure& figure, const Extent& extent) {
  const ExtentTexts texts = texts_of(extent);
  for (std::size_t i = extent.of_places == 0 ? 3 : 0; i < texts.size(); ++i)
    given(figure, "", kExtentLabels[i], texts[i]);
}

}  // namespace tithing::analysis
