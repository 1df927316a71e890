#include "base/table_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <vector>

#include "base/memory_budget.h"
#include "base/text.h"
#include "base/translation.h"

namespace tithing {
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

bool drop_suffix(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.erase(text.size() - suffix.size());
  return true;
}

std::int64_t line_of(std::string_view text, std::size_t at) {
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n');
}

// How many bytes of a character of UTF-8 beyond ASCII begin here; 0: none.
std::size_t wide_character(std::string_view text) {
  for (const std::size_t size : {2, 3, 4})
    if (text.size() >= size && static_cast<unsigned char>(text[0]) >= 0xC2 && is_utf8(text.substr(0, size)))
      return size;
  return 0;
}

}  // namespace

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

Encoding encoding_of(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") || looks_like_utf16(bytes, true) ||
      looks_like_utf16(bytes, false))
    return Encoding::utf16;
  return is_utf8(bytes) ? Encoding::utf8 : Encoding::windows_1252;
}

bool no_windows_1252(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    return is_control(c) || c == '\x7F' || c == '\x81' || c == '\x8D' || c == '\x8F' || c == '\x90' || c == '\x9D';
  });
}

std::string decoded(std::string_view bytes) {
  std::string out;
  switch (encoding_of(bytes)) {
    case Encoding::utf16:
      if (bytes.starts_with("\xFF\xFE"))
        out = from_utf16(bytes.substr(2), true);
      else if (bytes.starts_with("\xFE\xFF"))
        out = from_utf16(bytes.substr(2), false);
      else
        out = from_utf16(bytes, looks_like_utf16(bytes, true));
      break;
    case Encoding::utf8:
      out = bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
      break;
    case Encoding::windows_1252:
      out = from_windows_1252(bytes);
      break;
  }
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
  const bool plain = std::none_of(text.begin(), text.end(),
                                  [](char c) { return static_cast<unsigned char>(c) >= 0x80 || is_control(c); });
  if (plain) return std::string(trimmed(text));  // nearly every cell
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
  constexpr std::size_t kEnough = std::size_t{1} << 20;  // a table shows its manner long before
  text = text.substr(0, kEnough);
  if (lowered(text.substr(0, 4)) == "sep=" && text.size() > 4 && text[4] != '\r' && text[4] != '\n') return text[4];
  constexpr std::array<char, 3> kAll = {',', ';', '\t'};
  std::array<std::size_t, 3> lines{};
  std::array<std::size_t, 3> first;  // where each stands first
  first.fill(std::string_view::npos);
  std::array<bool, 3> here{};
  bool quoted = false;
  const auto end_line = [&] {
    for (std::size_t k = 0; k < kAll.size(); ++k) lines[k] += here[k];
    here = {};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') end_line();
    for (std::size_t k = 0; k < kAll.size(); ++k) {
      if (c != kAll[k]) continue;
      here[k] = true;
      first[k] = std::min(first[k], i);
    }
  }
  end_line();
  std::size_t best = 0;
  for (std::size_t k = 1; k < kAll.size(); ++k)
    if (lines[k] > lines[best] || (lines[k] == lines[best] && first[k] < first[best])) best = k;
  return kAll[best];
}

void DecimalComma::see(std::string_view cell) {
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
    for (std::size_t i = comma;
         i > 0 && (digit(text[i - 1]) || std::string(".' ").find(text[i - 1]) != std::string::npos); --i)
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
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), digit);
  };
  if (comma != std::string_view::npos && point == std::string_view::npos) {
    const std::string_view before = number.substr(0, comma), behind = number.substr(comma + 1);
    if (!digits(before) || !digits(behind) || behind.size() > 2 || before.size() > 12) return {};
    const std::string whole = std::string(before) + std::string(behind);
    return std::string(before) + "." + std::string(behind) + " or " + grouped(std::stoll(whole));
  }
  if (point != std::string_view::npos && comma == std::string_view::npos) {
    const std::string_view before = number.substr(0, point), behind = number.substr(point + 1);
    // Groups of thousands begin with no nought.
    if (!digits(before) || !digits(behind) || behind.size() != 3 || before.size() > 3 || before.front() == '0')
      return {};
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

std::optional<std::int64_t> whole_number_in(std::string_view cell) {
  const std::string number = plain_number(visible(cell), false);
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), whole);
  if (number.empty() || error != std::errc() || end != number.data() + number.size()) return std::nullopt;
  return whole;
}

std::optional<double> number_in(std::string_view cell, bool decimal_comma) {
  std::string text = visible(cell);
  const bool negative = text.starts_with('-') || text.starts_with("\xE2\x88\x92");
  if (negative)
    text.erase(0, text.front() == '-' ? 1 : 3);
  else if (text.starts_with('+'))
    text.erase(0, 1);
  if (text.empty() || !(digit(text.front()) || text.front() == '.')) return std::nullopt;
  if (const std::string number = plain_number(text, decimal_comma); !number.empty()) text = number;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return negative ? -value : value;
}

void Separated::flush(std::string& out) {
  const bool returned = field_.ends_with('\r');
  if (returned) field_.pop_back();
  if (!was_quoted_ && field_.find(',') != std::string::npos) {
    out += '"';
    for (const char c : field_) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    out += '"';
  } else {
    out += field_;
  }
  if (returned) out += '\r';
  field_.clear();
  quoted_ = was_quoted_ = false;
}

void Separated::take(std::string_view text, std::string& out) {
  constexpr std::size_t kLongestField = std::size_t{2} << 20;  // beyond any that is read: passed on as it stands
  for (const char c : text) {
    if (!quoted_ && (c == separator_ || c == '\n')) {
      flush(out);
      out += c == '\n' ? '\n' : ',';
      continue;
    }
    if (c == '"' && field_.empty() && !was_quoted_)
      was_quoted_ = quoted_ = true;
    else if (c == '"' && was_quoted_)
      quoted_ = !quoted_;  // a doubled one opens again at once
    field_ += c;
    if (field_.size() > kLongestField) {
      out += field_;
      field_.clear();
    }
  }
}

void Separated::end(std::string& out) { flush(out); }

std::string not_a_table(std::string_view bytes) {
  const std::string save = " Open it, save the sheet as CSV (UTF-8), and give that file.";
  if (bytes.starts_with("PK\x03\x04")) return "It is a workbook or a zip archive, not a table as text." + save;
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) return "It is a workbook of an old kind, not a table as text." + save;
  if (bytes.starts_with("%PDF")) return "It is a PDF, not a table as text. Ask its publisher for the CSV file.";
  if (bytes.starts_with("\x1F\x8B")) return "It is packed (gzip). Unpack it, and give the CSV file within.";
  const std::string start = lowered(trimmed(bytes.substr(0, 200)));
  if (start.starts_with("<!doctype") || start.starts_with("<html"))
    return "It is a web page, not a table. Download the CSV file that the page offers, and give that.";
  return {};
}

Result<PlainTable> plain_table(std::string_view bytes) {
  if (const std::string sentence = not_a_table(bytes); !sentence.empty()) return invalid(sentence);
  constexpr const char* kSplit = "Split it into parts, or leave out the columns and rows that are not needed.";
  // Whatever separates its cells: the most that one of the three could make of it.
  std::size_t most = 0;
  for (const char separator : {',', ';', '\t'}) most = std::max(most, table_memory(bytes, separator));
  if (const Status fits = fits_in_memory(most, kReaderMemory, "The table", kSplit); !fits) return pass_on(fits);
  const Encoding encoding = encoding_of(bytes);
  if (encoding == Encoding::windows_1252) {
    if (no_windows_1252(bytes))
      return invalid(
          tr("It is no text in UTF-8, UTF-16 or Windows-1252. Save the table as \"CSV UTF-8\" and try again."));
    for (std::size_t i = 0; i < bytes.size(); ++i)
      if (wide_character(bytes.substr(i)) > 0)
        return invalid(
            tr("Some of its letters are UTF-8 (the first in line {0}) and others are not. Save the table as "
               "\"CSV UTF-8\", look at its accents, and try again.",
               {std::to_string(line_of(bytes, i))}));
  }
  PlainTable table;
  table.text = decoded(bytes);
  if (const std::size_t nought = table.text.find('\0'); nought != std::string::npos)
    return invalid(
        tr("Line {0} holds a NUL character, which no table of text has. Save it as \"CSV UTF-8\" and try "
           "again.",
           {std::to_string(line_of(table.text, nought))}));
  const char separator = table.separator = separator_of(table.text);
  std::vector<std::string> how;
  if (encoding == Encoding::utf16) how.push_back("UTF-16");
  if (encoding == Encoding::windows_1252) how.push_back("Windows-1252");
  if (lowered(std::string_view(table.text).substr(0, 4)) == "sep=")
    table.text.erase(0, std::min(table.text.find('\n'), table.text.size()));
  if (separator != ',') {
    how.push_back(separator == ';'    ? std::string("separated by semicolons")
                  : separator == '\t' ? std::string("separated by tabs")
                                      : "separated by \"" + std::string(1, separator) + "\"");
    DecimalComma decimal(separator);
    std::size_t begin = 0;
    const auto see = [&](std::size_t end) {
      const std::string_view cell = std::string_view(table.text).substr(begin, end - begin);
      const bool number = std::none_of(cell.begin(), cell.end(),
                                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
      if (number) decimal.see(cell);
      begin = end + 1;
    };
    for (std::size_t i = 0; i < table.text.size(); ++i)
      if (table.text[i] == separator || table.text[i] == '\n') see(i);
    see(table.text.size());
    table.decimal_comma = decimal.plain();
    if (table.decimal_comma) how.push_back("with decimal commas");
    Separated into(separator);
    std::string with_commas;
    with_commas.reserve(table.text.size() + 64);
    into.take(table.text, with_commas);
    into.end(with_commas);
    table.text = std::move(with_commas);
  }
  if (!how.empty() && encoding == Encoding::utf8) how.insert(how.begin(), "UTF-8");
  table.read_as = joined(how, ", ");
  return table;
}

}  // namespace tithing
