// The figure kind file-rows: how many rows a force's file of a month has, and how many of them lack something. What the
// tables of coverage show opens it.
#include "slices/evidence/kinds_files.h"
#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/kinds.h"
#include "slices/sources/sources.h"

namespace tithing::evidence {
namespace {

using figures::Figure;
using figures::Parameters;
using figures::Quantity;
using figures::Source;
using figures::Unit;

struct Measure {
  const char* name;
  const char* unit;
  const char* words;
  std::int64_t ForceMonth::*number;
};

constexpr Measure kMeasures[] = {
    {"rows", "rows", "Rows of the file that were taken in.", &ForceMonth::rows},
    {"refused", "rows", "Rows of the file that were refused: the page of the file says why, row by row.",
     &ForceMonth::refused},
    {"without-lsoa", "rows", "Rows of the file that name no LSOA. They count for the force and for no part of it.",
     &ForceMonth::without_lsoa},
    {"without-coordinates", "rows", "Rows of the file that have no position.", &ForceMonth::without_coordinates},
    {"without-crime-id", "rows", "Rows of the file that have no crime ID.", &ForceMonth::without_crime_id},
    {"in-other-forces", "rows", "Rows of the file whose LSOA lies in the area of another force.",
     &ForceMonth::in_other_forces}};

const Measure* measure_of(const std::string& name) {
  for (const Measure& one : kMeasures)
    if (name == one.name) return &one;
  return nullptr;
}

Result<Figure> file_rows(KindSources& sources, const Parameters& parameters) {
  const auto snapshot = sources.evidence();
  const std::string slug = parameters.get("force");
  int force = -1;
  for (std::size_t i = 0; i < snapshot->forces().size(); ++i)
    if (snapshot->forces()[i].slug == slug) force = static_cast<int>(i);
  if (force < 0)
    return not_found(tr("No file of a force {0} has been imported. The forces are on the page Coverage.", {slug}));
  const auto month = Month::parse(parameters.get("month"));
  if (!month) return pass_on(month);
  const std::string of = parameters.get("of").empty() ? "rows" : parameters.get("of");
  const Measure* const measure = measure_of(of);
  if (measure == nullptr) {
    std::vector<std::string> names;
    for (const Measure& one : kMeasures) names.emplace_back(one.name);
    const std::string what = "Write one of: " + joined(names, ", ") + ".";
    return invalid(what, {{"of", what}});
  }
  Figure figure;
  figure.address = {"file-rows", parameters};
  figure.evidence_version = snapshot->version();
  figure.working.title = snapshot->forces()[static_cast<std::size_t>(force)].name + ", " + month->text() + ": " + of;
  figure.working.in_words = measure->words;
  figure.working.rounding = "None: a count.";
  const ForceMonth* const entry = snapshot->force_month(force, *month);
  const CountedFile* const file = snapshot->file(force, *month);
  if (entry == nullptr || entry->state != FileState::submitted || file == nullptr) {
    figure.quantity = Quantity::unknown(Unit::count, measure->unit, "There is no file of this month to count.");
    return figure;
  }
  figure.quantity = Quantity::count(entry->*measure->number, measure->unit);
  Source source;
  if (const auto kept = sources.source(entry->source_file)) source = *kept;
  source.name = file->name;
  source.archive = file->archive_name;
  source.sha256 = file->sha256;
  source.imported_at = file->imported_at;
  source.filter = "every row of the file";
  source.url = sources::page_of(file->source_file);
  source.rows.reset();
  figures::Input input;
  input.label = "the file that counts for the month";
  input.source = std::move(source);
  figure.working.inputs.push_back(std::move(input));
  return figure;
}

}  // namespace

figures::Address file_rows_address(const Force& force, Month month, const std::string& of) {
  figures::Address out{"file-rows", {{{"force", force.slug}, {"month", month.iso()}}}};
  if (of != "rows") out.parameters.values["of"] = of;
  return out;
}

void add_file_kinds(figures::Registry& registry, KindSources& sources) {
  KindSources* const from = &sources;
  registry.add(
      {"file-rows",
       "Rows of a force's file",
       "How many rows the file of a force and a month has, or how many of them lack something.",
       {{"force", "text", true, "The force as in the names of its files.", "surrey"},
        {"month", "month", true, "The month of the file.", "2022-01"},
        {"of", "text", false,
         "rows, refused, without-lsoa, without-coordinates, without-crime-id or in-other-forces; rows unless given.",
         "without-lsoa"}},
       [from](const Parameters& p, const figures::Viewer&, figures::Detail) { return file_rows(*from, p); },
       {}},
      figures::Cost::light);
}

}  // namespace tithing::evidence
