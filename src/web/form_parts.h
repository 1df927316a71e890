// What forms of every room have in common: the messages at fields, the summary above, a file or its lines pasted.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "html/html.h"
#include "web/web.h"

namespace tithing::web {

// The message of a field, or nothing.
html::Content field_error(const Problem& problem, std::string_view field);
// "There is a problem" with a link to each field, or its sentence where it names none; nothing for a problem without
// message. With `ids`, what is wrong with no field of the form is said without a link.
html::Markup error_summary(const Problem& problem, const std::string& language,
                           const std::set<std::string>* ids = nullptr);
void hidden_field(html::Writer& writer, const std::string& name, const std::string& value);
// 0 for anything but a whole number of at most 15 digits.
std::int64_t whole_number(std::string_view text);

// A file that was chosen, else the lines that were pasted.
struct GivenText {
  std::string text;
  std::string file_name;  // empty: pasted
};
// invalid at `text_field` when the file has more than `most` bytes.
Result<GivenText> file_or_pasted(const Context& context, std::string_view file_field, std::string_view text_field,
                                 std::int64_t most);

}  // namespace tithing::web
