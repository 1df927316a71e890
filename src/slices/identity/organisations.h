// The organisation of a grant: a body of the register, or words. How bodies are called and found is given by who knows
// the register (Service::name_organisations_with); without that, everything is words.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tithing::identity {

struct Organisation {
  std::string code;
  std::string name;    // as at today, else as it was last called
  std::string kind;    // "community safety partnership"
  std::string became;  // what became of it, and whether the role goes on; empty while it is there
};

struct Organisations {
  std::function<std::optional<Organisation>(std::string_view code)> of;
  std::function<std::vector<Organisation>(std::string_view text)> matching;  // by name, former name or code, best first
  std::string address = {};  // that offers names while somebody types; empty for none
};

// What is kept of what was typed and chosen. `chosen` is the code of a body, as_words() of what was typed, or empty; a
// choice that was made for other words counts for nothing. invalid with the field "organisation" when several bodies
// could be meant and none was chosen, or when a code is unknown.
std::string as_words(std::string_view typed);  // no code of a body begins like it
Result<std::string> settled_organisation(const Organisations& known, std::string_view typed, std::string_view chosen);

// "North Worcestershire Community Safety Partnership", or the words.
std::string organisation_name(const Organisations& known, std::string_view organisation);
// The same with its code, for who reads it in an audit: "Leeds Community Safety Partnership (leeds-csp)".
std::string organisation_text(const Organisations& known, std::string_view organisation);
// Empty while it is there, and for words.
std::string organisation_became(const Organisations& known, std::string_view organisation);

}  // namespace tithing::identity
