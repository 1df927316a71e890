#include "slices/analysis/analysis.h"
#include "slices/analysis/cli.h"
#include "slices/analysis/kinds.h"
#include "slices/analysis/pages.h"
#include "slices/analysis/views.h"
#include "slices/wiring.h"

namespace tithing::analysis {

void register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence) {
  auto studies = std::make_shared<Studies>(evidence, areas);
  wiring.services.push_back(studies);
  add_kinds(wiring.figures, *studies);
  wiring.figures.show_visitors([studies](Date today) { return views_for_visitors(*studies, today); });
  register_pages(wiring, *studies);
  register_subcommands(wiring, areas, evidence);
}

}  // namespace tithing::analysis
