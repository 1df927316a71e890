// A merger or a split as people decide it: which bodies, from when, what comes after them, by what it was decided, and
// what goes on. Put into edits, it is what the form for a succession makes: the bodies that come after, then the
// succession with all that follows from it (rules.h), then what goes on besides.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "slices/bodies/edits.h"

namespace tithing::bodies {

// What may go on with the bodies that come after, or end with those before.
struct GoesOn {
  std::string_view code;
  std::string_view name;
  FactKind kind;
  bool of_others;  // facts of other bodies that name this one
  bool by_merger;  // a merger passes it on in any case
};
const std::array<GoesOn, 8>& what_goes_on();
// Of this kind, what holds of the body on the day before.
FactList going_on(const Register& all, const GoesOn& what, const std::string& body, Date day);

struct Reorganisation {
  std::vector<std::string> bodies;  // codes; of one body it is a split
  Date day;
  struct Successor {
    std::string code;
    std::string name;
    bool fresh = true;  // else it is there already
    std::int64_t per_cent = 0;
    std::vector<std::string> areas;  // codes, of a split
  };
  std::vector<Successor> into;
  std::string kind;  // of those that are new
  Instrument instrument;
  std::string paper;
  std::set<std::string> carried;  // codes of what_goes_on()
  bool split() const { return bodies.size() == 1; }
};

// A code for a body of that name: no other has it.
std::string free_code(const Register& all, const std::string& name);
// A body of that name that stands on the day, else a new one with a code of its own.
Reorganisation::Successor successor_named(const Register& all, const std::string& name, Date day);

std::vector<Edit> edits_of(const Register& all, const Reorganisation& asked);

}  // namespace tithing::bodies
