// What may be said: each new fact is tried on the register as it would be, and refused with a sentence that says what
// to do.
#pragma once

#include <string>
#include <vector>

#include "slices/bodies/snapshot.h"

namespace tithing::bodies {

// `draft` does not hold `fact` itself yet. invalid names the field of the form ("from", "to", "other", "role",
// "value"). A fact of existence is tried before others about its body; a succession last.
Status check(const Register& draft, const Fact& fact);

// What became of a body is decided by somebody: invalid ("state", "value", "seen") unless the succession names the
// order, the act, the agreement, the decision or the minute that says so, with its reference and its day, which is not
// to come. In a proposal it need not.
Status check_instrument(const Fact& succession, Date today);

// Whether the record may be taken away: a body of which other facts speak may not.
Status check_removal(const Register& draft, const Fact& fact);

// What follows from a succession, by stated rule, as facts to be put in place of existing ones (record given) or added:
// - every predecessor ends on its day, unless functions alone are passed on;
// - the areas, the bodies reported to and the functions that held the day before pass to the one successor of a
// renaming,
//   a replacement or a merger, unless it has them; seats and posts pass only by renaming, because who sits is decided
//   anew;
// - of a split nothing passes but what the editor says;
// - functions named in `detail` pass when functions are transferred, and end with who had them.
// Precondition: check() found nothing wrong.
std::vector<Fact> consequences(const Register& draft, const Fact& succession);

// The fact as it begins anew of `to`, on the day and the paper of the succession.
Fact passed_on(const Register& draft, const Fact& fact, const std::string& to, const Fact& succession);

}  // namespace tithing::bodies
