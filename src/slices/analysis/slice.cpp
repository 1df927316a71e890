#include "slices/analysis/analysis.h"
#include "slices/analysis/cli.h"
#include "slices/wiring.h"

namespace tithing::analysis {

void register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence) {
  register_subcommands(wiring, areas, evidence);
}

}  // namespace tithing::analysis
