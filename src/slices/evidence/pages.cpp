#include "slices/evidence/service.h"
namespace tithing::evidence {
void register_pages(Wiring&, EvidenceService&) {}
void register_import_pages(Wiring&, EvidenceService&) {}
}  // namespace tithing::evidence
