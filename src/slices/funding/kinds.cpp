// The figure kind `allocation`: the same scheme, engine and working as the page's table.
#include "base/hash.h"
#include "slices/funding/cells.h"
#include "slices/funding/examples.h"

namespace tithing::funding {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Viewer;

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
    std::optional<Transcription> transcription;
    if (example->kind == Example::Kind::scheme)
      transcription = {sha256(example_text(*example)), "As transcribed in " + example->file + ", whose checksum this is"};
    return cell_of(*scheme, *allocation, i, address_of(*example, *choice, allocation->areas[i].key), transcription);
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
