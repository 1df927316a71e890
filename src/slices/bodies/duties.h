// Who discharges which function on a day, where nobody is known to, and where two do.
#pragma once

#include <string>
#include <vector>

#include "slices/bodies/snapshot.h"

namespace tithing::bodies {

struct Cover {
  const Fact* function = nullptr;
  std::string area;               // code of an area that bodies of the function's kinds serve on the day
  std::vector<FactPointer> held;  // facts of discharge by bodies that serve it
  std::vector<std::string> laid_on;  // bodies of the kinds that the function is laid on, which serve the area
  enum class State { covered, gap, twice } state = State::covered;
};
// Of the bodies with these codes. A function that does not apply where the area lies (extent "England" and a code that
// begins with W) is left out; so are powers, which nobody has to use. A function counts as discharged when one body that
// serves the area is recorded with it; two bodies are double cover.
std::vector<Cover> cover(const Register& all, const std::vector<std::string>& bodies, Date day);

// Areas: E.. and X-.. (local codes of English partnerships) in England, W.. in Wales.
bool extends_to(const std::string& extent, const std::string& area_code);

}  // namespace tithing::bodies
