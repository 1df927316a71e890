#include "base/text.h"
#include "slices/evidence/kinds_question.h"

namespace tithing::evidence {

using figures::Detail;
using figures::Figure;
using figures::Parameters;
using figures::Quantity;
using figures::Source;
using figures::Unit;
using figures::Viewer;

Result<Figure> official_crimes(KindSources& sources, const Parameters& parameters, const Viewer&, Detail) {
  std::string offence = parameters.get("offence");
  if (offence.empty()) offence = "total-recorded-crime-excluding-fraud";
  const Result<OfficialAnswer> answer = sources.official(parameters.get("area"), offence);
  if (!answer) return pass_on(answer);
  Figure figure;
  figure.address = {"official-crimes", parameters};
  figure.evidence_version = sources.evidence()->version();
  figure.quantity = answer->number ? Quantity::count(*answer->number, "crimes")
                                   : Quantity::unknown(Unit::count, "crimes",
                                                       "Table C2 gives no number for " + answer->area_name + ".");
  figures::Working& working = figure.working;
  working.title = answer->offence_name + " in " + answer->area_name + ", " + lowered(answer->period.substr(0, 1)) +
                  answer->period.substr(1) + " (official)";
  working.in_words = "As published in ONS Table C2, police recorded crime by community safety partnership area.";
  working.formula = "c = the cell of the table";
  working.rounding = "None: a count.";
  if (std::optional<Source> source = sources.source(answer->source_file)) {
    source->rows = 1;
    source->filter = answer->area_name + ", " + answer->offence_name;
    working.inputs.push_back({"c", "Table C2, " + answer->period, nullptr, std::move(source), ""});
  }
  for (const std::string& remark : answer->remarks) working.caveats.push_back("About the table: " + remark);
  working.caveats.push_back(
      "Official recorded crime by offence code; it does not match the street-level rows, which have other categories, "
      "no fraud, and anti-social behaviour incidents beside the crimes.");
  return figure;
}

}  // namespace tithing::evidence
