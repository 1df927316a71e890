// What an editor does to the register, tried on a draft: one edit after the other, each whole or not at all.
#pragma once

#include <vector>

#include "slices/bodies/scope.h"

namespace tithing::bodies {

struct Edit {
  enum class Action { add, replace, remove };
  Action action = Action::add;
  Fact fact;  // replace: with its record; remove: not needed
  std::int64_t record = 0;
  std::int64_t seen_id = 0;  // the version that the editor saw; another one by now is a conflict
};

// By what a change that was decided elsewhere was decided, as a form names it.
struct Instrument {
  std::string kind;       // code of instrument_kinds()
  std::string reference;  // "013/2014"
  std::optional<Date> day;
};

// What edits come to, over all of them: a fact that comes with one and goes with another is in neither.
struct Effect {
  std::vector<Fact> before;  // the versions that go
  std::vector<Fact> after;   // the versions that come; those that are new have a passing record below zero
};

// A body that is entered with its name, which holds as long.
std::vector<Edit> with_its_name(Fact body, const std::string& name);

// Puts one edit into the draft, with what follows from it (rules.h). conflict when its record has another version than
// the editor saw; invalid as check() says. The draft and the effect are as before when it cannot be.
Status take(Register& draft, const Edit& edit, Effect& effect);
// All of them, or the first problem; then the draft is of no use. forbidden for what the scope does not reach.
Result<Effect> take_all(Register& draft, const std::vector<Edit>& edits, const Scope& scope, Date today);
// Whether the scope reaches to all of them, those included that do not fit.
Status within_reach(const Register& known, const std::vector<Edit>& edits, const Scope& scope);

}  // namespace tithing::bodies
