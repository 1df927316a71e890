// The figure kind `allocation`: the same scheme, engine and working as the page's table.
#include "base/hash.h"
#include "base/text.h"
#include "slices/funding/examples.h"

namespace tithing::funding {
namespace {

using figures::Address;
using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Viewer;

// A number inside a working has an address too: the cell's, and the way through the inputs ("2.1": the first input of
// the second). Sources that were transcribed lead to the transcription, whose checksum can be given.
void address_parts(Figure& figure, const Address& cell, const std::string& way, const Example& example) {
  figure.address = cell;
  if (!way.empty()) figure.address.parameters.values["part"] = way;
  for (std::size_t i = 0; i < figure.working.inputs.size(); ++i) {
    figures::Input& input = figure.working.inputs[i];
    // A figure of the evidence has an address of its own kind.
    if (input.figure != nullptr && (input.figure->address.kind.empty() || input.figure->address.kind == cell.kind)) {
      Figure part = *input.figure;
      address_parts(part, cell, way + (way.empty() ? "" : ".") + std::to_string(i + 1), example);
      input.figure = std::make_shared<const Figure>(std::move(part));
    } else if (input.source && input.source->sha256.empty() && example.kind == Example::Kind::scheme) {
      input.source->sha256 = sha256(example_text(example));
      input.source->filter = "As transcribed in " + example.file + ", whose checksum this is";
    }
  }
}

// The numbers of the evidence below: which part of it was there.
void inherit(Figure& figure, const Scheme& scheme) {
  for (const Step& step : scheme.steps) {
    const auto* weighted = std::get_if<WeightedIndicators>(&step.what);
    if (weighted == nullptr) continue;
    for (const Indicator& indicator : weighted->indicators)
      for (const auto& [key, values] : indicator.values)
        for (const Observation& value : values) {
          if (value.figure == nullptr) continue;
          const figures::Coverage& from = value.figure->coverage;
          figure.as_at = value.figure->as_at;
          figure.evidence_version = value.figure->evidence_version;
          figure.coverage.expected += from.expected;
          figure.coverage.present += from.present;
          figure.coverage.missing.insert(figure.coverage.missing.end(), from.missing.begin(), from.missing.end());
          figure.coverage.suspect.insert(figure.coverage.suspect.end(), from.suspect.begin(), from.suspect.end());
        }
  }
}

Result<Figure> part_of(const Figure& root, const std::string& way) {
  const Problem none{ProblemKind::not_found, "The working has no part " + way + ". Open the amount itself and follow its inputs.", {}};
  Figure at = root;
  for (const std::string& text : split(way, '.')) {
    std::size_t index = 0;
    if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string::npos) return tl::unexpected(none);
    for (const char c : text) index = index * 10 + static_cast<std::size_t>(c - '0');
    if (index == 0 || index > at.working.inputs.size() || at.working.inputs[index - 1].figure == nullptr) return tl::unexpected(none);
    const std::shared_ptr<const Figure> next = at.working.inputs[index - 1].figure;
    if (next->address.kind != root.address.kind) return tl::unexpected(none);
    at = *next;
  }
  at.as_at = root.as_at;
  at.evidence_version = root.evidence_version;
  at.coverage = root.coverage;
  return at;
}

Result<Figure> compute(const figures::Registry& registry, const Parameters& parameters, const Viewer& viewer, Detail detail) {
  const Example* example = find_example(parameters.get("example"));
  if (example == nullptr) return not_found("There is no worked example " + parameters.get("example") + ". The list is under /funding.");
  auto choice = choice_of(parameters.get("weights"), parameters.get("year"), parameters.get("pot"));
  if (!choice) return pass_on(choice);
  auto scheme = scheme_of(*example, *choice, registry, viewer, detail);
  if (!scheme) return pass_on(scheme);
  auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  for (std::size_t i = 0; i < allocation->areas.size(); ++i) {
    if (allocation->areas[i].key != parameters.get("area")) continue;
    Figure figure = explain(*scheme, *allocation, i);
    address_parts(figure, address_of(*example, *choice, allocation->areas[i].key), {}, *example);
    inherit(figure, *scheme);
    const std::string part = parameters.get("part");
    return part.empty() ? Result<Figure>(std::move(figure)) : part_of(figure, part);
  }
  return not_found("The example has no area " + parameters.get("area") + ". Its areas are on its page, /funding/examples/" + example->name + ".");
}

}  // namespace

void add_kinds(figures::Registry& registry) {
  figures::Kind kind;
  kind.name = "allocation";
  kind.title = "Allocation";
  kind.description = "What a worked example of a funding scheme gives an area, to the penny, with the working of every step.";
  kind.parameters = {
      {"area", "text", true, "Key of an area of the example", "bromsgrove"},
      {"example", "text", true, "Name of the worked example, as under /funding", "worcestershire-2012-13"},
      {"part", "text", false, "A place in the working: numbers of inputs from the top, with points between", "1.1"},
      {"pot", "text", false, "Pounds to share, where the pot is an assumption", "1000000.00"},
      {"weights", "text", false, "Weights of the indicators in their order; they come to 100", "50,25,25"},
      {"year", "integer", false, "Year of the phasing in, from 1", "1"}};
  const figures::Registry* const all = &registry;
  kind.compute = [all](const Parameters& parameters, const Viewer& viewer, Detail detail) {
    return compute(*all, parameters, viewer, detail);
  };
  registry.add(std::move(kind));
}

}  // namespace tithing::funding
