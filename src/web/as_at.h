// The register's day as one control, the same on every page of a register, and links that keep it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "html/html.h"
#include "web/web.h"

namespace tithing::web {

struct AsAtField {
  std::string name;  // of the address
  html::Content label;
  html::Content hint = {};
  std::string shown = {};  // in words what the address says by a code
  std::string names = {};  // an address that offers names while somebody types; empty for none
};
struct AsAtChoice {
  std::string value;
  html::Content text;
};
struct AsAtControl {
  Date as_at;
  std::vector<AsAtField> fields = {};  // further filters of the page, as text from the address
  std::string choice_name = {};        // another register than the one in force, such as "proposal"
  html::Content choice_label = {};
  std::vector<AsAtChoice> choices = {};   // without any there is no choice
  std::vector<std::string> without = {};  // names of the address that go when the day changes: "from", "year"
};
// A form that stays on this page: the day, then the page's own filters. Everything else of the address is kept, but for
// the number of the page.
html::Markup as_at_control(const Context& context, const AsAtControl& control);

// The day and the proposal that the address of this page carries, for the links of the page.
std::vector<std::pair<std::string, std::string>> carried(const Context& context);
// The link with them, unless it says a day of its own.
html::Url carry(const Context& context, const html::Url& link);

}  // namespace tithing::web
