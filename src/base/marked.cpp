#include "base/marked.h"

#include <array>
#include <cctype>

namespace tithing {
namespace {

// Where `part` stands in the text by itself, not within a longer number or word.
std::size_t place_of(std::string_view text, std::string_view part, std::size_t from) {
  const auto joins = [](char at_edge, char beside) {
    return std::isalnum(static_cast<unsigned char>(at_edge)) != 0 &&
           std::isalnum(static_cast<unsigned char>(beside)) != 0;
  };
  const auto digit = [&](std::size_t at) {
    return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
  };
  for (std::size_t at = text.find(part, from); at != std::string_view::npos; at = text.find(part, at + 1)) {
    const std::size_t end = at + part.size();
    const bool after_a_point = at >= 2 && (text[at - 1] == '.' || text[at - 1] == ',') && digit(at) && digit(at - 2);
    const bool before_a_point =
        end < text.size() && (text[end] == '.' || text[end] == ',') && digit(end - 1) && digit(end + 1);
    if (after_a_point || before_a_point) continue;
    if (at > 0 && joins(part.front(), text[at - 1])) continue;
    if (end < text.size() && joins(part.back(), text[end])) continue;
    return at;
  }
  return std::string_view::npos;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool joins_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '-'; }

// How many characters at the beginning of `text` are digits, exactly `count` of them; 0 when they are not.
std::size_t digits(std::string_view text, std::size_t count) {
  if (text.size() < count) return 0;
  for (std::size_t i = 0; i < count; ++i)
    if (!is_digit(text[i])) return 0;
  return text.size() > count && is_digit(text[count]) ? 0 : count;
}

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
std::size_t month_name(std::string_view text) {
  for (const std::string_view name : kMonths)
    if (text.substr(0, name.size()) == name) return name.size();
  return 0;
}

// "November 2022", "January to November 2022", "December 2021 to March 2022".
std::size_t months(std::string_view text) {
  const std::size_t first = month_name(text);
  if (first == 0) return 0;
  const auto year = [&](std::size_t at) {
    return at < text.size() && text[at] == ' ' ? digits(text.substr(at + 1), 4) : 0;
  };
  std::size_t end = first;
  if (const std::size_t of = year(end); of != 0) end += 1 + of;
  if (text.substr(end, 4) == " to ") {
    const std::size_t second = month_name(text.substr(end + 4));
    if (second != 0)
      if (const std::size_t of = year(end + 4 + second); of != 0) return end + 4 + second + 1 + of;
  }
  return end == first ? 0 : end;
}

// The length of the date that `text` begins with; 0 when it begins with none.
std::size_t date_at(std::string_view text) {
  if (const std::size_t length = months(text); length != 0) return length;
  for (const std::size_t day : {2, 1})
    if (digits(text, day) != 0 && text.size() > day && text[day] == ' ')
      if (const std::size_t length = months(text.substr(day + 1));
          length != 0 && text.substr(day + 1, length).find(" to ") == std::string_view::npos)
        return day + 1 + length;
  if (digits(text, 4) == 0 || text.size() < 7) return 0;
  if (text[4] == '/' && digits(text.substr(5), 2) != 0) return 7;
  if (text[4] != '-' || digits(text.substr(5), 2) == 0) return 0;
  return text.size() >= 10 && text[7] == '-' && digits(text.substr(8), 2) != 0 ? 10 : 7;
}

}  // namespace

Words dated(std::string_view text) {
  Words out;
  std::size_t told = 0;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins = at == 0 || !joins_word(text[at - 1]);
    const std::size_t length = begins ? date_at(text.substr(at)) : 0;
    if (length == 0 || (at + length < text.size() && joins_word(text[at + length]))) {
      ++at;
      continue;
    }
    if (at > told) out += std::string(text.substr(told, at - told));
    out += as_date(std::string(text.substr(at, length)));
    told = at += length;
  }
  if (told < text.size()) out += std::string(text.substr(told));
  return out;
}

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
