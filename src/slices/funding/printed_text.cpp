#include "slices/funding/printed_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/text.h"

namespace tithing::funding {
namespace {

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

std::string from_utf16(std::string_view bytes, bool little) {
  std::string out;
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<std::uint32_t>(little ? first | (second << 8) : (first << 8) | second);
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    std::uint32_t code = unit(i);
    const bool high = code >= 0xD800 && code < 0xDC00;
    if (high && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
      i += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      code = 0xFFFD;
    }
    append_utf8(out, code);
  }
  return out;
}

std::string from_windows_1252(std::string_view bytes) {
  // 0x80..0x9F; what has no character there is kept as the replacement character.
  static const std::uint16_t kHigh[] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kHigh[byte - 0x80] : byte);
  }
  return out;
}

// Text of the Latin alphabet in two bytes each has a nought in every second place.
bool looks_like_utf16(std::string_view bytes, bool little) {
  if (bytes.size() < 4) return false;
  std::size_t noughts = 0;
  for (std::size_t i = little ? 1 : 0; i < bytes.size(); i += 2) noughts += bytes[i] == '\0';
  return noughts * 10 > bytes.size() / 2 * 6;
}

struct Invisible {
  std::string_view bytes, name;
  bool space;  // as wide as one; otherwise it has no width
};
constexpr Invisible kInvisible[] = {{"\xC2\xA0", "no-break space (U+00A0)", true},
                                    {"\xE2\x80\x82", "en space (U+2002)", true},
                                    {"\xE2\x80\x83", "em space (U+2003)", true},
                                    {"\xE2\x80\x87", "figure space (U+2007)", true},
                                    {"\xE2\x80\x88", "punctuation space (U+2008)", true},
                                    {"\xE2\x80\x89", "thin space (U+2009)", true},
                                    {"\xE2\x80\x8A", "hair space (U+200A)", true},
                                    {"\xE2\x80\xAF", "narrow no-break space (U+202F)", true},
                                    {"\xE3\x80\x80", "wide space (U+3000)", true},
                                    {"\xE2\x80\x8B", "zero-width space (U+200B)", false},
                                    {"\xE2\x80\x8C", "zero-width non-joiner (U+200C)", false},
                                    {"\xE2\x80\x8D", "zero-width joiner (U+200D)", false},
                                    {"\xE2\x80\x8E", "left-to-right mark (U+200E)", false},
                                    {"\xE2\x80\x8F", "right-to-left mark (U+200F)", false},
                                    {"\xE2\x81\xA0", "word joiner (U+2060)", false},
                                    {"\xEF\xBB\xBF", "byte-order mark (U+FEFF)", false},
                                    {"\xC2\xAD", "soft hyphen (U+00AD)", false}};

const Invisible* invisible_at(std::string_view text) {
  for (const Invisible& one : kInvisible)
    if (text.starts_with(one.bytes)) return &one;
  return nullptr;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

bool digit(char c) { return c >= '0' && c <= '9'; }

bool says_unknown(const std::string& text) {
  static const char* const kWords[] = {"",
                                       "tbc",
                                       "tba",
                                       "n/a",
                                       "na",
                                       "not known",
                                       "unknown",
                                       "not available",
                                       "not yet known",
                                       "to be confirmed",
                                       "?",
                                       "-",
                                       "\xE2\x80\x93",
                                       "\xE2\x80\x94",
                                       "..",
                                       "[x]",
                                       "[c]",
                                       "[z]",
                                       "x"};
  const std::string word = lowered(text);
  return std::any_of(std::begin(kWords), std::end(kWords), [&](const char* known) { return word == known; });
}

int decimals_in(std::string_view text) {
  const auto point = text.rfind('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(text.size() - point - 1);
}

bool drop_prefix(std::string& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}
bool drop_suffix(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.erase(text.size() - suffix.size());
  return true;
}

// Footnote marks: asterisks, daggers, raised figures, "[1]".
void drop_marks(std::string& text) {
  for (bool more = true; more;) {
    more = false;
    for (const char* mark : {"*", "\xE2\x80\xA0", "\xE2\x80\xA1", "\xC2\xB9", "\xC2\xB2", "\xC2\xB3", "\xE2\x81\xB4",
                             "\xE2\x81\xB5", "\xE2\x81\xB6", " "})
      more = drop_suffix(text, mark) || more;
    if (const auto open = text.rfind('[');
        open != std::string::npos && open > 0 && text.ends_with(']') && open + 2 < text.size() &&
        std::all_of(text.begin() + static_cast<std::ptrdiff_t>(open) + 1, text.end() - 1, digit)) {
      text.erase(open);
      more = true;
    }
  }
}

// Groups of three behind a first one of one to three: "1 234 567", "1.234.567".
bool in_groups(std::string_view text, char between) {
  std::size_t in_group = 0;
  bool first = true;
  for (const char c : text) {
    if (digit(c)) {
      ++in_group;
    } else if (c == between && in_group > 0 && in_group <= 3 && (first || in_group == 3)) {
      first = false;
      in_group = 0;
    } else {
      return false;
    }
  }
  return !first && in_group == 3;
}

}  // namespace

std::string decoded(std::string_view bytes) {
  std::string out;
  if (bytes.starts_with("\xFF\xFE"))
    out = from_utf16(bytes.substr(2), true);
  else if (bytes.starts_with("\xFE\xFF"))
    out = from_utf16(bytes.substr(2), false);
  else if (looks_like_utf16(bytes, true))
    out = from_utf16(bytes, true);
  else if (looks_like_utf16(bytes, false))
    out = from_utf16(bytes, false);
  else if (is_utf8(bytes))
    out = bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
  else
    out = from_windows_1252(bytes);
  // Files of old Macintoshes end their lines with a carriage return alone.
  if (out.find('\n') == std::string::npos) std::replace(out.begin(), out.end(), '\r', '\n');
  return out;
}

std::string invisible_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string name;
    if (const Invisible* one = invisible_at(text.substr(i))) {
      name = one->name;
    } else if (is_control(text[i])) {
      char code[40];
      std::snprintf(code, sizeof code, "control character (U+%04X)",
                    static_cast<unsigned>(static_cast<unsigned char>(text[i])));
      name = code;
    }
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return joined(names, ", ");
}

std::string visible(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (const Invisible* one = invisible_at(text.substr(i))) {
      if (one->space) out += ' ';
      i += one->bytes.size();
    } else {
      if (!is_control(text[i])) out += text[i];
      ++i;
    }
  }
  return std::string(trimmed(out));
}

char separator_of(std::string_view text) {
  if (lowered(text.substr(0, 4)) == "sep=" && text.size() > 4) return text[4];
  constexpr std::array<char, 3> kAll = {'\t', ';', ','};  // where two are as frequent, the first of them
  std::array<int, 3> lines = {0, 0, 0};
  std::array<bool, 3> here = {false, false, false};
  bool quoted = false;
  const auto end_line = [&] {
    for (std::size_t k = 0; k < kAll.size(); ++k) lines[k] += here[k];
    here = {false, false, false};
  };
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') end_line();
    for (std::size_t k = 0; k < kAll.size(); ++k) here[k] = here[k] || c == kAll[k];
  }
  end_line();
  std::size_t best = 2;
  for (std::size_t k = kAll.size(); k-- > 0;)
    if (lines[k] >= lines[best] && lines[k] > 0) best = k;
  return kAll[best];
}

void DecimalComma::see(const std::string& cell) {
  std::string text = visible(cell);
  drop_marks(text);
  while (!text.empty() && !digit(text.back())) text.pop_back();
  const auto comma = text.rfind(','), point = text.rfind('.');
  const auto behind = [&](std::size_t at) { return text.size() - at - 1; };
  const auto before = [&](std::size_t at) { return at > 0 && digit(text[at - 1]); };
  if (comma != std::string::npos && behind(comma) <= 2 && before(comma) &&
      (point == std::string::npos || point < comma)) {
    // "1.234,50", "1 234,50", "1'234,50": no other manner writes so. "100,00" alone may be a comma too many.
    std::string whole;
    for (std::size_t i = comma; i > 0 && (digit(text[i - 1]) || std::string(".' ").find(text[i - 1]) != std::string::npos); --i)
      whole.insert(whole.begin(), text[i - 1]);
    whole = std::string(trimmed(whole));
    const bool grouped = in_groups(whole, '.') || in_groups(whole, ' ') || in_groups(whole, '\'');
    (grouped ? comma_ : perhaps_) = true;
  }
  // "1.234.567": two points are no decimal points.
  if (point != std::string::npos && comma == std::string::npos && std::count(text.begin(), text.end(), '.') > 1) {
    std::string whole;
    for (const char c : text)
      if (digit(c) || c == '.') whole += c;
    comma_ = comma_ || in_groups(whole, '.');
    return;
  }
  // "0.125": groups of thousands begin with no nought.
  const bool nought = point == 1 || (point != std::string::npos && point > 1 && !digit(text[point - 2]));
  if (point != std::string::npos && nought && text[point - 1] == '0') point_ = true;
  if (point != std::string::npos && (behind(point) <= 2 || behind(point) > 3) && before(point) &&
      (comma == std::string::npos || comma < point))
    point_ = true;
}

std::string two_readings(std::string_view number) {
  const auto comma = number.find(','), point = number.find('.');
  const auto digits = [](std::string_view part) { return !part.empty() && std::all_of(part.begin(), part.end(), digit); };
  if (comma != std::string_view::npos && point == std::string_view::npos) {
    const std::string_view before = number.substr(0, comma), behind = number.substr(comma + 1);
    if (!digits(before) || !digits(behind) || behind.size() > 2 || before.size() > 12) return {};
    const std::string whole = std::string(before) + std::string(behind);
    return std::string(before) + "." + std::string(behind) + " or " + grouped(std::stoll(whole));
  }
  if (point != std::string_view::npos && comma == std::string_view::npos) {
    const std::string_view before = number.substr(0, point), behind = number.substr(point + 1);
    // Groups of thousands begin with no nought.
    if (!digits(before) || !digits(behind) || behind.size() != 3 || before.size() > 3 || before.front() == '0') return {};
    return grouped(std::stoll(std::string(before) + std::string(behind))) + " or " + std::string(number);
  }
  return {};
}

std::string plain_number(std::string text, bool decimal_comma) {
  std::string decimals;
  const char point = decimal_comma ? ',' : '.';
  if (const auto at = text.rfind(point); at != std::string::npos) {
    decimals = text.substr(at + 1);
    text.erase(at);
    if (decimals.empty() || !std::all_of(decimals.begin(), decimals.end(), digit) ||
        text.find(point) != std::string::npos)
      return {};
    if (decimal_comma && decimals.size() > 2) return {};
  }
  for (const char between : {' ', '\'', decimal_comma ? '.' : ','})
    if (text.find(between) != std::string::npos) {
      if (!in_groups(text, between)) return {};
      std::erase(text, between);
    }
  if (text.empty() || !std::all_of(text.begin(), text.end(), digit)) return {};
  return decimals.empty() ? text : text + "." + decimals;
}

std::string refused_number(const std::string& typed, const std::string& why) {
  const bool percent = typed.ends_with('%');
  const std::string text(trimmed(std::string_view(typed).substr(0, typed.size() - (percent ? 1 : 0))));
  const std::string ways = two_readings(text.starts_with("\xC2\xA3") ? text.substr(2) : text);
  return ways.empty() ? why : "“" + typed + "” can be read as " + ways + ", so it was taken for neither. " + why;
}

Result<PrintedCell> printed_cell(const std::string& printed, bool decimal_comma) {
  PrintedCell cell;
  cell.text = printed;
  std::string text = visible(printed);
  drop_marks(text);
  if (says_unknown(text)) return cell;
  const auto refused = [&]() -> Result<PrintedCell> {
    const std::string hidden = invisible_in(printed);
    return invalid((hidden.empty() ? std::string() : "It holds what cannot be seen: " + hidden + ". ") +
                   "Write amounts in pounds and pence, such as 1,250.00.");
  };
  if (lowered(text) == "nil") text = "0";
  bool pound = false, minus = false, dash = false, bracket = false;
  for (bool more = true; more;) {
    more = false;
    for (const char* sign : {"-", "\xE2\x88\x92", "\xE2\x80\x93"})
      if (drop_prefix(text, sign)) {
        if (dash) return refused();
        dash = minus = more = true;
      }
    if (drop_prefix(text, "\xC2\xA3")) {
      if (pound) return refused();
      pound = more = true;
    }
    if (text.size() > 2 && text.front() == '(' && text.back() == ')' && !bracket) {
      text = text.substr(1, text.size() - 2);
      bracket = minus = more = true;
    }
    if (drop_prefix(text, "+") || drop_prefix(text, " ")) more = true;
  }
  while (drop_suffix(text, " ")) {
  }
  for (const char* sign : {"-", "\xE2\x88\x92"})
    if (text.size() > 1 && drop_suffix(text, sign)) {
      if (minus) return refused();
      minus = true;
    }
  if (dash && bracket) return refused();
  if (text.empty() && pound && dash) {  // "£-": how accounts print nought
    cell.kind = PrintedCell::Kind::money;
    return cell;
  }
  const bool percent = drop_suffix(text, "%");
  while (drop_suffix(text, " ")) {
  }
  if (!decimal_comma && !(percent && text.find('.') != std::string::npos)) {
    cell.two_ways = two_readings(text);
    if (!cell.two_ways.empty()) return cell;
  }
  const std::string number = plain_number(text, decimal_comma);
  if (number.empty() || (percent && pound)) return refused();
  cell.decimals = decimals_in(number);
  const std::string whole = (minus ? "-" : "") + number;
  if (percent) {
    const auto read = Fraction::parse(whole);
    if (!read) return pass_on(read);
    cell.kind = PrintedCell::Kind::percent;
    cell.percent = *read;
    return cell;
  }
  const auto money = Money::parse(whole);
  if (!money) return pass_on(money);
  cell.kind = PrintedCell::Kind::money;
  cell.money = *money;
  return cell;
}

}  // namespace tithing::funding
