// Public face of `decisions`: what was decided about money, from the draft to the published table. It reads pots
// through their face; what a decision froze stands for itself.
#pragma once

#include "slices/decisions/decision.h"
#include "slices/pots/pots.h"

namespace tithing {
struct Wiring;
}

namespace tithing::decisions {

class Service {
 public:
  virtual ~Service() = default;
  // not_found also where the actor may not read it.
  virtual Result<Decision> find(const Actor& actor, DecisionId id) = 0;
};

// Decisions as records.
records::Kind record_kind();

Service& register_slice(Wiring& wiring, pots::Service& pots);

}  // namespace tithing::decisions
