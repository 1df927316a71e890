// Public face of `comparison`: an area beside others: rates drawn towards the mean, ranks with what chance leaves open,
// the areas most alike, and imported lists of the most similar ones.
#pragma once

#include "base/actor.h"
#include "slices/evidence/evidence.h"
#include "slices/register/register.h"

namespace tithing {
struct Wiring;
}

namespace tithing::comparison {

extern const Permission kImportLists;  // "comparison.import"

class Service {
 public:
  virtual ~Service() = default;
};

// Pages /areas/<code>/analysis/comparison and /comparison/lists, figure kinds similar-mean, rank,
// shrunk-rate, characteristic, likeness-difference and likeness.
Service& register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence);

}  // namespace tithing::comparison
