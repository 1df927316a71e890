// Who discharges which function on a day, where nobody is known to, and where two do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "slices/bodies/snapshot.h"

namespace tithing::bodies {

struct Cover {
  const Fact* function = nullptr;
  std::string area;                  // code of an area that bodies of the function's kinds serve on the day
  std::vector<FactPointer> held;     // facts of discharge by bodies that serve it
  std::vector<std::string> laid_on;  // bodies of the kinds that the function is laid on, which serve the area
  // `earlier`: who is recorded is known with it on an earlier day, and it is not known whether still.
  enum class State { covered, gap, twice, earlier } state = State::covered;
};
// Of the bodies with these codes. A function that does not apply where the area lies (extent "England" and a code that
// begins with W) is left out; so are powers, which nobody has to use. A function counts as discharged when one body
// that serves the area is recorded with it; two bodies are double cover.
std::vector<Cover> cover(const Register& all, const std::vector<std::string>& bodies, Date day);

// Who held a function for an area, from when to when: one after another.
struct Tenure {
  std::string area;
  std::string body;
  FactPointer fact;                 // of discharge; of the local policing body its existence
  std::optional<Date> from;         // the later one of the beginnings of fact and body; empty: not known
  std::optional<Date> to;           // the first day on which it holds it no more; empty: still so, as far as is known
  std::optional<Date> seen;         // from which it is known, where the beginning is not
  std::vector<std::string> before;  // bodies that it succeeded, by a recorded succession
  bool on(Date day) const { return (from ? day >= *from : !seen || day >= *seen) && (!to || day < *to); }
};
// The function with this code, or kLocalPolicing; by area and time.
std::vector<Tenure> tenures(const Register& all, const std::vector<std::string>& bodies, const std::string& function);
// All functions of the local policing body together: whoever is of a kind of that group (police authority,
// commissioner, mayor).
inline constexpr const char* kLocalPolicing = "local-policing-body";
// "since 22 November 2012 until 6 May 2024", "from a day that is not known, known from 28 September 2012, until 21
// November 2012"
std::string tenure_text(const Tenure& tenure);

// Areas: E.. and X-.. (local codes of English partnerships) in England, W.. in Wales.
bool extends_to(const std::string& extent, const std::string& area_code);

}  // namespace tithing::bodies
