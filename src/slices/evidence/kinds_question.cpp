#include "slices/evidence/kinds_question.h"

#include "base/text.h"
#include "base/translation.h"
#include "slices/evidence/reference_tables.h"

namespace tithing::evidence {

using figures::Parameters;
using figures::Viewer;

Result<Date> date_of(const Parameters& parameters, const Viewer& viewer) {
  const std::string text = parameters.get("as-at");
  if (text.empty()) return viewer.today;
  Result<Date> date = Date::parse(text);
  if (!date)
    return invalid(tr("Write as-at as a date like 2022-12-31."),
                   {{"as-at", tr("Write as-at as a date like 2022-12-31.")}});
  return date;
}

Result<std::shared_ptr<const Selection>> selection_of(const EvidenceSnapshot& snapshot, const Parameters& parameters,
                                                      Date as_at, Recorder recorder) {
  const std::string area = parameters.get("area");
  const std::string lsoas = parameters.get("lsoas");
  if (area.empty() == lsoas.empty()) {
    return invalid(tr("Give either area, for example area=E22000368, or lsoas, for example lsoas=E01027558,E01027570."),
                   {{"area", tr("Give either area or lsoas.")}});
  }
  if (!area.empty()) return snapshot.select(area, as_at, recorder);
  std::vector<std::string> codes;
  for (const std::string& code : split(lsoas, ',')) {
    if (const std::string_view wanted = trimmed(code); !wanted.empty()) codes.emplace_back(wanted);
  }
  return snapshot.select_lsoas(codes, as_at, recorder);
}

Result<Period> period_of(const Parameters& parameters) {
  Result<Period> period = Period::parse(parameters.get("from"), parameters.get("to"));
  if (!period) return invalid(period.error().message, {{"from", period.error().message}});
  if (period->months() > 12 * 60)
    return invalid(tr("Ask for at most 60 years."), {{"to", tr("Ask for at most 60 years.")}});
  return period;
}

Result<Question> question_of(KindSources& sources, const Parameters& parameters, const Viewer& viewer) {
  Question question;
  question.snapshot = sources.evidence();
  const Result<Date> as_at = date_of(parameters, viewer);
  if (!as_at) return pass_on(as_at);
  question.as_at = *as_at;
  const std::string recorder = parameters.get("recorded-by");
  if (recorder == "all") {
    question.recorder = Recorder::all;
  } else if (!recorder.empty() && recorder != "territorial-force") {
    return invalid(tr("recorded-by is \"territorial-force\" or \"all\"."),
                   {{"recorded-by", tr("Write \"territorial-force\" or \"all\".")}});
  }
  const Result<Period> period = period_of(parameters);
  if (!period) return pass_on(period);
  question.period = *period;
  Result<std::shared_ptr<const Selection>> selection =
      selection_of(*question.snapshot, parameters, question.as_at, question.recorder);
  if (!selection) return pass_on(selection);
  question.selection = *selection;
  if (const std::string type = parameters.get("type"); !type.empty()) question.type_slug = type;
  question.type_name = name_of_type(*question.snapshot, question.type_slug);
  if (const std::optional<int> index = type_of(*question.snapshot, question.type_slug)) {
    question.type = *index;
  } else if (known_crime_type(question.type_slug) != nullptr) {
    question.type_occurs = false;  // it exists, and no row has it
  } else {
    std::vector<std::string> names = {std::string(kCrimeSlug), std::string(kAllSlug)};
    for (const CrimeType& there : question.snapshot->crime_types()) names.push_back(there.slug);
    const std::string sentence = "There is no crime type " + question.type_slug + ".";
    return invalid(tr("{0} There are: {1}.", {sentence, joined(names, ", ")}), {{"type", sentence}});
  }
  return question;
}

}  // namespace tithing::evidence
