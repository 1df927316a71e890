#include "base/marked.h"

#include <cctype>

namespace tithing {
namespace {

// Where `part` stands in the text by itself, not within a longer number or word.
std::size_t place_of(std::string_view text, std::string_view part, std::size_t from) {
  const auto joins = [](char at_edge, char beside) {
    return std::isalnum(static_cast<unsigned char>(at_edge)) != 0 && std::isalnum(static_cast<unsigned char>(beside)) != 0;
  };
  const auto digit = [&](std::size_t at) { return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0; };
  for (std::size_t at = text.find(part, from); at != std::string_view::npos; at = text.find(part, at + 1)) {
    const std::size_t end = at + part.size();
    const bool after_a_point = at >= 2 && (text[at - 1] == '.' || text[at - 1] == ',') && digit(at) && digit(at - 2);
    const bool before_a_point = end < text.size() && (text[end] == '.' || text[end] == ',') && digit(end - 1) && digit(end + 1);
    if (after_a_point || before_a_point) continue;
    if (at > 0 && joins(part.front(), text[at - 1])) continue;
    if (end < text.size() && joins(part.back(), text[end])) continue;
    return at;
  }
  return std::string_view::npos;
}

}  // namespace

Words marked(std::string_view text, std::initializer_list<Numeral> numerals) {
  Words out;
  std::size_t from = 0;
  for (const Numeral& numeral : numerals) {
    if (numeral.text.empty()) continue;
    const std::size_t at = place_of(text, numeral.text, from);
    if (at == std::string_view::npos) continue;
    out += text.substr(from, at - from);
    out += numeral;
    from = at + numeral.text.size();
  }
  out += text.substr(from);
  return out;
}

}  // namespace tithing
