#include "slices/funding/grounds.h"

#include "base/hash.h"

namespace tithing::funding {

figures::Source source_of(const Example& example) {
  figures::Source out;
  out.name = example.file;
  out.sha256 = sha256(example_text(example));
  out.publisher = example.source;
  out.filter = "As transcribed in " + example.file + ", whose checksum this is";
  out.url = "/funding/examples/" + example.name + "/" + kTranscription;
  return out;
}

Grounds grounds_of(const Example& example) {
  const figures::Source source = source_of(example);
  return {source, source};
}

figures::Source source_of(const PotRecord& pot) {
  return figures::Source::of_entry("The pot " + pot.title + ", " + pot.financial_year + ", version " + std::to_string(pot.version), pot.saved.by_name, pot.saved.at.iso(),
                                   "/funding/pots/" + std::to_string(pot.id.value) + "?version=" + std::to_string(pot.version));
}

Grounds grounds_of(const SchemeRecord& scheme, const PotRecord& pot) {
  const std::string version = std::to_string(scheme.version);
  return {figures::Source::of_entry("The scheme " + scheme.title + ", version " + version, scheme.saved.by_name, scheme.saved.at.iso(),
                                    "/funding/schemes/" + std::to_string(scheme.id.value) + "?pot-version=" + std::to_string(pot.version) + "&version=" + version),
          source_of(pot)};
}

void hide_names(figures::Figure& figure) {
  for (figures::Input& input : figure.working.inputs) {
    if (input.source && input.source->kind == figures::Source::Kind::entry) {
      input.source->entered_by = "an officer, whose name is for those who are signed in";
      input.source->url.clear();
    }
    if (input.figure == nullptr) continue;
    figures::Figure part = *input.figure;
    hide_names(part);
    input.figure = std::make_shared<const figures::Figure>(std::move(part));
  }
}

}  // namespace tithing::funding
