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
  // The name of who is "account:12" in the audit, for people who are signed in. Without it accounts keep their number.
  // The themes in force today: of the newest list that counts. Empty while none has been imported.
  virtual std::vector<Theme> themes() = 0;
  virtual void name_people_with(std::function<std::string(const std::string& audit_name)> person) = 0;
};

Service& register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence);

}  // namespace tithing::priorities
