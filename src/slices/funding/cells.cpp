#include "slices/funding/cells.h"

#include "base/text.h"

namespace tithing::funding {
namespace {

using figures::Address;
using figures::Figure;

// A number inside a working has an address too: the cell's, and the way through the inputs ("2.1": the first input of
// the second). Sources that were transcribed lead to the transcription, whose checksum can be given.
void address_parts(Figure& figure, const Address& cell, const std::string& way, const std::optional<Transcription>& transcription) {
  figure.address = cell;
  if (!way.empty()) figure.address.parameters.values["part"] = way;
  for (std::size_t i = 0; i < figure.working.inputs.size(); ++i) {
    figures::Input& input = figure.working.inputs[i];
    // A figure of the evidence has an address of its own kind.
    if (input.figure != nullptr && (input.figure->address.kind.empty() || input.figure->address.kind == cell.kind)) {
      Figure part = *input.figure;
      address_parts(part, cell, way + (way.empty() ? "" : ".") + std::to_string(i + 1), transcription);
      input.figure = std::make_shared<const Figure>(std::move(part));
    } else if (input.source && input.source->sha256.empty() && transcription) {
      input.source->sha256 = transcription->sha256;
      input.source->filter = transcription->filter;
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
          figure.as_at = value.figure->as_at;
          figure.evidence_version = value.figure->evidence_version;
          figures::add(figure.coverage, value.figure->coverage);
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

}  // namespace

Result<Figure> cell_of(const Scheme& scheme, const Allocation& allocation, std::size_t area, const Address& cell, const std::string& part,
                       const std::optional<Transcription>& transcription) {
  Figure figure = explain(scheme, allocation, area);
  address_parts(figure, cell, {}, transcription);
  inherit(figure, scheme);
  return part.empty() ? Result<Figure>(std::move(figure)) : part_of(figure, part);
}

}  // namespace tithing::funding
