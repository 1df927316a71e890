// A field of a form as a value: what it is called, what it holds, what is chosen from. It reads what was typed and
// complains itself, in one sentence that says what to do. A form is a list of fields and a few functions: no engine.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "forms/picker.h"
#include "forms/values.h"
#include "html/html.h"

namespace tithing::forms {

using Choices = std::vector<std::pair<std::string, html::Content>>;  // value, text

enum class Kind {
  text,       // one line
  email,      // an address
  long_text,  // several
  number,     // a whole number from `least` to `most`
  money,      // pounds, of at least nothing; kept as it was typed
  day,        // kept as 2012-04-01
  month,      // kept as 2022-01
  time,       // kept as 18:30
  picked,     // a body, an area, a post ..: by `finder`; kept as its code
  choice,     // one of `choices`, as a list
  radios,     // one of `choices`, all in sight
  ticks,      // any of `choices`, in lines
  file,
};

struct Field {
  std::string name;
  html::Content label;
  Kind kind = Kind::text;
  html::Content hint = {};
  std::string missing = {};  // what is said where nothing stands there; without it that is allowed
  Choices choices = {};
  Finder finder = {};
  // Of what is picked: several, one in a line of the form ("body-1", "body-2", ..), kept as codes with semicolons.
  // With `share`, its label, each with a whole number of per cent beside it, kept as "east=60;west=40".
  bool several = false;
  html::Content share = {};
  std::int64_t least = 0;
  std::int64_t most = 999'999'999;
  int rows = 3;
  std::string classes = {};
  bool begins = false;  // a group of fields, so that its label stands out: of a choice
};

// Puts what is kept ("2012-04-01", a code) in the place of what was typed ("1 April 2012", a name), and says what is
// wrong, nothing for what is fine. `values` then also has what "name-is" and the lines of several say.
std::optional<std::string> settle(const Field& field, Values& values);
// All fields, in their order: every complaint at its field. Without any the message is empty.
Problem settle_all(const std::vector<Field>& fields, Values& values);
// Shares of one thing, in per cent, one of each: what is wrong with them, if not all are given and come to 100.
std::optional<std::string> wrong_shares(const std::vector<std::string>& shares);
// As people read it: the words of a choice, the name of a body, "1 April 2012".
std::string in_words(const Field& field, const Values& values, const std::string& language);

// The choice that stands in a field although the list has it no more: a form that is saved again does not lose it.
Choices with_present(Choices choices, const std::string& present);

}  // namespace tithing::forms
