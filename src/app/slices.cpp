#include "app/slices.h"

#include "figures/desk/desk.h"
#include "slices/assessment/assessment.h"
#include "slices/evidence/evidence.h"
#include "slices/identity/identity.h"
#include "slices/register/register.h"
#include "slices/sources/sources.h"

namespace tithing::app {

web::SessionSource& register_slices(Wiring& wiring) {
  sources::register_slice(wiring);
  auto& areas = register_::register_slice(wiring);
  auto& evidence = evidence::register_slice(wiring, [&areas] { return areas.areas(); });
  assessment::register_slice(wiring, areas, evidence);
  auto& identity = identity::register_slice(wiring);
  figures::register_desk(wiring);
  return identity.sessions();
}

}  // namespace tithing::app
