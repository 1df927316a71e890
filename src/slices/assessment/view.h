// What a page of the assessment is about: the area, the day, the months and the crime type, read from the address.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "slices/assessment/domain.h"
#include "slices/evidence/evidence.h"
#include "slices/register/areas.h"
#include "slices/wiring.h"

namespace tithing::assessment {

struct View {
  std::shared_ptr<const evidence::Snapshot> snapshot;  // holds the areas that the pointers below point into
  const register_::Area* area = nullptr;
  const register_::Area* force = nullptr;  // the area itself when it is one; null when the register knows none
  Date as_at;
  std::string as_at_text;  // as in the address; empty for today
  std::shared_ptr<const evidence::Selection> selection;
  std::optional<Period> available;  // months that its force submitted, first to last
  Period shown;                     // meaningful when `available`
  std::optional<Compared> compared;
  std::string type;         // "crime", "all" or a category
  std::string type_name;    // "Recorded crime", "Burglary"
  std::string recorded_by;  // "all" or empty
  figures::Viewer viewer;

  // The address of a figure of this area in the months shown; `extra` adds to or replaces its parameters.
  figures::Address figure(const std::string& kind,
                          std::initializer_list<std::pair<const char*, std::string>> extra = {}) const;
};

// not_found for an unknown area; invalid with a sentence for malformed months, days or types.
Result<View> view_of(const web::Context& context, evidence::Service& evidence);
// The same for another area on the same day and in the same months.
Result<View> view_of(const View& of, const std::string& area_code);

}  // namespace tithing::assessment
