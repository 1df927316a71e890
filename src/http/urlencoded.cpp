#include "http/urlencoded.h"

#include "base/text.h"
#include "base/translation.h"

namespace tithing::http {
namespace {

constexpr std::size_t kMostPairs = 10'000;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Result<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = text.size() - i > 2 ? hex_digit(text[i + 1]) : -1;
      const int low = text.size() - i > 2 ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0)
        return invalid(tr("The address or form holds a percent sign that is not followed by two hexadecimal digits."));
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    if (c == '\0') return invalid(tr("The address or form holds a character that no text may hold."));
    out += c;
  }
  if (!is_utf8(out)) return invalid(tr("The address or form holds text that is not UTF-8."));
  return out;
}

}  // namespace

Result<std::string> percent_decoded(std::string_view text) { return decode(text, false); }

Result<Pairs> parse_urlencoded(std::string_view text) {
  Pairs pairs;
  while (!text.empty()) {
    const auto end = text.find('&');
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (pair.empty()) continue;
    if (pairs.size() == kMostPairs) return invalid(tr("The form has more than 10,000 fields: send it in parts."));
    const auto equals = pair.find('=');
    auto name = decode(pair.substr(0, equals), true);
    if (!name) return pass_on(name);
    auto value = decode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!value) return pass_on(value);
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

Pairs parse_cookies(std::string_view header) {
  Pairs pairs;
  while (!header.empty()) {
    const auto end = header.find(';');
    const std::string_view pair = header.substr(0, end);
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view name = trimmed(pair.substr(0, equals));
    if (name.empty()) continue;
    pairs.emplace_back(std::string(name), std::string(trimmed(pair.substr(equals + 1))));
  }
  return pairs;
}

}  // namespace tithing::http
