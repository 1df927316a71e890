#pragma once

#include <functional>
#include <memory>

#include "slices/analysis/methods.h"
#include "slices/evidence/evidence.h"
#include "slices/register/register.h"
#include "slices/wiring.h"

namespace tithing::analysis {

struct Evidence {
  std::shared_ptr<const evidence::Snapshot> snapshot;
  register_::Service* areas = nullptr;
};

// What the subcommand prints. `evidence` is asked only when an area is.
Result<Answer> analyse(const Method& method, const Arguments& arguments, Date today,
                       const std::function<Evidence()>& evidence);

// One subcommand for each method.
void register_subcommands(Wiring& wiring, register_::Service& areas, evidence::Service& evidence);

}  // namespace tithing::analysis
