// The fields of a fact as forms and comparisons name them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "slices/bodies/facts.h"
#include "web/web.h"

namespace tithing::bodies {

struct Field {
  const char* name;
  Message label;
  Message hint;
};
// The fields of a form for a kind of fact, besides days, source and reason.
std::vector<Field> fields_for(FactKind kind);

// Code and name of what may be chosen for a field; empty: it is typed.
std::vector<std::pair<std::string, std::string>> choices_for(FactKind kind, const std::string& name);

// What a column of facts ("value", "from") is called for this kind of fact.
Message label_of(FactKind kind, const std::string& name);

// Label and value of every field that an editor writes, in one order.
web::Fields labelled(const Fact& fact, const std::string& language);

}  // namespace tithing::bodies
