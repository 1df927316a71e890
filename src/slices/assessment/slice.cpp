#include "slices/assessment/assessment.h"
#include "slices/assessment/kinds.h"
#include "slices/assessment/pages.h"
#include "slices/wiring.h"

namespace tithing::assessment {

void register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence) {
  add_kinds(wiring.figures, evidence);
  register_pages(wiring, areas, evidence);
}

}  // namespace tithing::assessment
