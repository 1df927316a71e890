// The figure kind `allocation`: the same scheme, engine and working as the page's table.
#include "allocation/cells.h"
#include "base/translation.h"
#include "slices/pots/examples.h"
#include "slices/pots/grounds.h"

namespace tithing::pots {
namespace {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Viewer;

Result<Figure> compute(const figures::Registry& registry, const Parameters& parameters, const Viewer& viewer,
                       Detail detail) {
  const Example* example = find_example(parameters.get("example"));
  if (example == nullptr)
    return not_found(tr("There is no worked example {0}. The list is under /funding.", {parameters.get("example")}));
  auto choice = choice_of(parameters.get("weights"), parameters.get("year"), parameters.get("pot"));
  if (!choice) return pass_on(choice);
  auto scheme = scheme_of(*example, *choice, registry, viewer, detail);
  if (!scheme) return pass_on(scheme);
  auto allocation = allocate(*scheme);
  if (!allocation) return pass_on(allocation);
  figures::Address asked = address_of(*example, *choice, parameters.get("area"));
  for (const char* name : {"of", "seed"})
    if (const std::string value = parameters.get(name); !value.empty()) asked.parameters.values[name] = value;
  if (parameters.get("area").empty()) asked.parameters.values.erase("area");
  SensitivityOptions options;
  if (const std::string seed = parameters.get("seed"); !seed.empty()) options.seed = std::stoull(seed);
  auto figure =
      asked_of(*scheme, *allocation, asked, grounds_of(*example), [&] { return sensitivity(*scheme, options); });
  if (!figure && figure.error().kind == ProblemKind::not_found)
    return not_found(
        tr("{0} The example is on its page, /funding/examples/{1}.", {figure.error().message, example->name}));
  return figure;
}

}  // namespace

void add_kinds(figures::Registry& registry) {
  figures::Kind kind;
  kind.name = "allocation";
  kind.title = "Allocation";
  kind.description =
      "What a worked example of a funding scheme gives an area, to the penny, with the working of every step.";
  kind.parameters = {
      {"area", "text", false, "Key of an area of the example; without it, a measure of the whole table", "bromsgrove"},
      {"example", "text", true, "Name of the worked example, as under /funding", "worcestershire-2012-13"},
      {"of", "text", false, kMeasures, "share"},
      {"pot", "text", false, "Pounds to share, where the pot is an assumption", "1000000.00"},
      {"seed", "integer", false, "Seed of the random moves of the weights", "1"},
      {"weights", "text", false, "Weights of the indicators in their order; they come to 100", "50,25,25"},
      {"year", "integer", false, "Year of the phasing in, from 1", "1"}};
  const figures::Registry* const all = &registry;
  kind.compute = [all](const Parameters& parameters, const Viewer& viewer, Detail detail) {
    return compute(*all, parameters, viewer, detail);
  };
  registry.add(std::move(kind), figures::Cost::light);
}

}  // namespace tithing::pots
