#include "slices/pots/grounds.h"

#include "base/hash.h"

namespace tithing::pots {

figures::Source source_of(const Example& example) {
  figures::Source out;
  out.name = example.file;
  out.sha256 = sha256(example_text(example));
  out.publisher = example.source;
  out.filter = example.source + ". As transcribed in " + example.file + ", whose checksum this is";
  out.url = "/funding/examples/" + example.name + "/" + kTranscription;
  return out;
}

Grounds grounds_of(const Example& example) {
  const figures::Source source = source_of(example);
  return {source, source};
}

namespace {

// The worked example that a record of the demonstration was made of: it bears its name, but for two schemes on Table
// 1's pots.
const Example* made_of(const std::string& delivered) {
  if (delivered == "table-1-2012/13-stated") return find_example("worcestershire-2012-13");
  if (delivered == "table-1-2012/13-merged") return find_example("worcestershire-merged");
  return find_example(delivered);
}

figures::Source source_of(const std::string& what, const std::string& delivered, const Saved& saved,
                          const std::string& page) {
  if (saved.by != kProgram) return figures::Source::of_entry(what, saved.by_name, saved.at.iso(), page);
  if (const Example* example = made_of(delivered)) {
    figures::Source out = source_of(*example);
    out.filter = what + ": " + out.filter;
    return out;
  }
  constexpr std::string_view kTable = "table-1-20";  // "table-1-2010/11": its column is headed 10/11
  if (delivered.starts_with(kTable)) {
    figures::Source out =
        figures::Source::of_paper(kTablePaperTitle, "Table 1, column " + delivered.substr(kTable.size(), 5),
                                  std::string("/bodies/papers/") + kTablePaper, kTablePaperSha256);
    out.filter = what + ", as printed there";
    return out;
  }
  return figures::Source::of_constructed(what, kConstructedBy, saved.at.iso(), page);
}

}  // namespace

figures::Source source_of(const PotRecord& pot) {
  return source_of("The pot " + pot.title + ", " + pot.financial_year + ", version " + std::to_string(pot.version),
                   pot.delivered, pot.saved,
                   "/funding/pots/" + std::to_string(pot.id.value) + "?version=" + std::to_string(pot.version));
}

Grounds grounds_of(const SchemeRecord& scheme, const PotRecord& pot) {
  const std::string version = std::to_string(scheme.version);
  return {source_of("The scheme " + scheme.title + ", version " + version, scheme.delivered, scheme.saved,
                    "/funding/schemes/" + std::to_string(scheme.id.value) +
                        "?pot-version=" + std::to_string(pot.version) + "&version=" + version),
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

}  // namespace tithing::pots
