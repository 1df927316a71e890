// The fields of a fact as forms and comparisons name them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "forms/form.h"
#include "slices/bodies/snapshot.h"
#include "slices/register/areas.h"
#include "web/web.h"

namespace tithing::bodies {

// From what the fields of a form choose: the register it works on, as its reader has it before them, and the areas.
struct Names {
  std::shared_ptr<const Register> all;
  std::shared_ptr<const register_::Areas> areas;
  Date as_at;
};
forms::Finder body_finder(std::shared_ptr<const Register> all, Date as_at);

// Every field of the form for a kind of fact, in its order. Without names, for what the fields are called.
enum class Entering { fresh, change };
std::vector<forms::Field> fields_for(FactKind kind, const Names& names = {}, Entering entering = Entering::fresh);

// By what a change that was decided elsewhere was decided: "state", "value" and "seen" of a succession.
std::vector<forms::Field> instrument_fields();

// What a column of facts ("value", "from") is called for this kind of fact.
Message label_of(FactKind kind, const std::string& name);

// What stands in the form for a fact, and the columns of a fact that a form says: functions are ticked one by one and
// kept with semicolons between them.
forms::Values values_of(const Fact& fact);
Result<Fact> fact_of(FactKind kind, const forms::Values& values);

// What a fact says, in the words of its fields: "area served: North Worcestershire".
std::string said_by(const Fact& fact, const Names& names, const std::string& language);

// Label and value of every field that an editor writes, in one order.
web::Fields labelled(const Fact& fact, const std::string& language);

}  // namespace tithing::bodies
