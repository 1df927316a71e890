#include "base/list_reach.h"

namespace tithing {

std::optional<std::string> ListReach::silent_on(Date day) const {
  if (covers(day)) return std::nullopt;
  std::string name = list;
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name + " reaches from " + from.text() + " to " + to.text() + ": of " + day.text() + " it says nothing.";
}

}  // namespace tithing
