#include "slices/funding/cells.h"

namespace tithing::funding {
namespace {

using figures::Address;
using figures::Figure;

// Sources that were transcribed lead to the transcription, whose checksum can be given.
void name_transcription(Figure& figure, const Transcription& transcription) {
  for (figures::Input& input : figure.working.inputs) {
    if (input.figure != nullptr && input.figure->address.kind.empty()) {
      Figure part = *input.figure;
      name_transcription(part, transcription);
      input.figure = std::make_shared<const Figure>(std::move(part));
    } else if (input.source && input.source->sha256.empty()) {
      input.source->sha256 = transcription.sha256;
      input.source->filter = transcription.filter;
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

}  // namespace

Figure cell_of(const Scheme& scheme, const Allocation& allocation, std::size_t area, const Address& cell,
               const std::optional<Transcription>& transcription) {
  Figure figure = explain(scheme, allocation, area);
  figure.address = cell;
  if (transcription) name_transcription(figure, *transcription);
  figures::place_parts(figure);
  inherit(figure, scheme);
  return figure;
}

}  // namespace tithing::funding
