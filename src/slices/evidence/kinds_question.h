// What the figure kinds of evidence are asked: their parameters, read and checked.
#pragma once

#include <memory>
#include <string>

#include "slices/evidence/crime_types.h"
#include "slices/evidence/kinds.h"

namespace tithing::evidence {

// What the parameters ask for, read and checked against what is there.
struct Question {
  std::shared_ptr<const EvidenceSnapshot> snapshot;
  std::shared_ptr<const Selection> selection;
  Period period;
  int type = kAllTypes;
  std::string type_slug = std::string(kAllSlug);
  std::string type_name;
  bool type_occurs = true;
  Recorder recorder = Recorder::territorial_force;
  Date as_at;
};

// invalid with a sentence for each parameter that cannot be used.
Result<Question> question_of(KindSources& sources, const figures::Parameters& parameters,
                             const figures::Viewer& viewer);
Result<Date> date_of(const figures::Parameters& parameters, const figures::Viewer& viewer);
Result<Period> period_of(const figures::Parameters& parameters);
Result<std::shared_ptr<const Selection>> selection_of(const EvidenceSnapshot& snapshot,
                                                      const figures::Parameters& parameters, Date as_at,
                                                      Recorder recorder);
// A cell of Table C2 (kinds_official.cpp).
Result<figures::Figure> official_crimes(KindSources& sources, const figures::Parameters& parameters,
                                        const figures::Viewer& viewer, figures::Detail detail);

}  // namespace tithing::evidence
