// Something that is chosen by its name: a body, an area, a post, a crime type. Whoever knows the names gives a Finder;
// what somebody typed is looked up with it on the server, so that a form needs no script. With script the names are
// offered while somebody types (assets/script/picker.js), from an address that answers with names_answer().
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/web.h"

namespace tithing::forms {

struct Match {
  std::string code;       // what is kept
  std::string name;       // what people read
  std::string kind = {};  // "community safety partnership", told where names are offered
};

// Holds what it needs; good for one request.
struct Finder {
  std::string what;     // "body": for sentences
  std::string many;     // "bodies"
  std::string address;  // that answers with names while somebody types: "/bodies/names"; empty for none
  std::function<std::optional<Match>(std::string_view code)> of = {};
  std::function<std::vector<Match>(std::string_view text)> matching = {};  // by name, former name or code, best first
};

// Which one is meant: by the radio that was chosen (`chosen`, a code; it counts as long as it belongs to what was
// typed), else by a code, by a whole name in any letters, or by a part of a name that only one has.
struct Looked {
  std::optional<Match> found;
  std::vector<Match> offered;  // several could be meant, or the nearest where none is called so
  std::string sentence;        // what to do then; empty when one was found
};
Looked look_up(const Finder& finder, std::string_view typed, std::string_view chosen = {});

// A name that is nobody else's, else with its code: "North Yorkshire (E23000009)".
std::string name_alone(const Finder& finder, const Match& match);

// At most ten names for ?q=, as JSON: [{"name": "..", "kind": ".."}]. A name that several have comes with its code.
// Where there are more than ten, the last member says so, with what was typed as its name: taking it changes nothing.
web::Answer names_answer(const web::Context& context, const Finder& finder);

}  // namespace tithing::forms
