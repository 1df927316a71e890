#include "slices/bodies/edges.h"

namespace tithing::bodies {
void register_pages(Wiring&, BodiesService&) {}
}  // namespace tithing::bodies
