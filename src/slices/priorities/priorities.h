// Public face of `priorities`: what comes first, scored openly by several people, and the harm of crime by versioned
// weights.
#pragma once

#include <functional>
#include <string>

#include "base/actor.h"
#include "slices/evidence/evidence.h"
#include "slices/priorities/themes.h"
#include "slices/register/register.h"

namespace tithing {
struct Wiring;
}

namespace tithing::priorities {

extern const Permission kManage;    // "priorities.manage": begin and change exercises, import harm weights
extern const Permission kScore;     // "priorities.score"
extern const Permission kModerate;  // "priorities.moderate": open scores to all, agree values, close

class Service {
 public:
  virtual ~Service() = default;
  // The themes in force today: of the newest list that counts. Empty while none has been imported.
  virtual std::vector<Theme> themes() = 0;
};

Service& register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence);

}  // namespace tithing::priorities
