// Public face of `decisions`: what was decided about money, from the draft to the published table. It reads pots
// through their face; what a decision froze stands for itself.
#pragma once

#include <functional>
#include <string>

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

// `areas`: for the reach of roles; without it a role reaches to the very area that it was given for.
// `organisation_name` says how a body of the register is called, by its code: comments stand under the name of an
// organisation.
Service& register_slice(Wiring& wiring, pots::Service& pots, register_::Service* areas = nullptr,
                        std::function<std::string(const std::string& body)> organisation_name = {});

}  // namespace tithing::decisions
