#include "app/slices.h"

#include "app/site_pages.h"
#include "drafts/desk/desk.h"
#include "figures/desk/desk.h"
#include "jobs/desk/desk.h"
#include "slices/analysis/analysis.h"
#include "slices/assessment/assessment.h"
#include "slices/bodies/bodies.h"
#include "slices/comparison/comparison.h"
#include "slices/evidence/evidence.h"
#include "slices/funding/funding.h"
#include "slices/identity/identity.h"
#include "slices/priorities/priorities.h"
#include "slices/register/register.h"
#include "slices/sources/sources.h"

namespace tithing::app {

identity::Service& register_slices(Wiring& wiring) {
  sources::register_slice(wiring);
  auto& areas = register_::register_slice(wiring);
  auto& evidence = evidence::register_slice(wiring, [&areas] { return areas.areas(); });
  assessment::register_slice(wiring, areas, evidence);
  analysis::register_slice(wiring, areas, evidence);
  comparison::register_slice(wiring, areas, evidence);
  priorities::register_slice(wiring, areas, evidence);
  bodies::register_slice(wiring, areas).months_of_evidence_from([&evidence] { return evidence.snapshot()->months(); });
  funding::register_slice(wiring, &areas);
  auto& identity = identity::register_slice(wiring);
  identity.name_areas_with([&areas](std::string_view code) {
    const auto snapshot = areas.areas();
    const auto* area = snapshot->find(code);
    return area == nullptr ? std::string() : area->name;
  });
  wiring.doors = {{"Areas", "/areas", {}}, {"Bodies", "/bodies", {}}, {"Priorities", "/priorities", {}}, {"Money", "/funding", {}}, {"Data sets", "/evidence", {}}, {"Figures", "/figures", {}}};
  drafts::register_desk(wiring);
  jobs::register_desk(wiring);
  register_site_pages(wiring);
  figures::register_desk(wiring);
  return identity;
}

}  // namespace tithing::app
