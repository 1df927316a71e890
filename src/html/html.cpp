#include "html/html.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"

namespace tithing::html {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (;;) {
    const std::size_t next = text.find_first_of("&<>\"'", done);
    out.append(text.substr(done, next == std::string_view::npos ? next : next - done));
    if (next == std::string_view::npos) return;
    switch (text[next]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += "&#39;";
        break;
    }
    done = next + 1;
  }
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Browsers read "//host" and "/\host" as another site, and drop tabs and line ends wherever they stand.
bool is_safe_address(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || c == '\\') return false;
  }
  if (text.empty() || text.front() == '#' || text.front() == '?') return true;
  if (text.front() == '/') return text.size() == 1 || text[1] != '/';
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string scheme = lowered(text.substr(0, colon));
  const std::string_view rest = text.substr(colon + 1);
  if (scheme == "mailto") return !rest.empty();
  if (scheme != "http" && scheme != "https") return false;
  return rest.size() > 2 && rest.substr(0, 2) == "//" && rest[2] != '/' && rest[2] != '?' && rest[2] != '#';
}

// A dot segment climbs, in plain and in percent-encoded form alike, so a part that is one cannot be expressed.
bool has_dot_segment(std::string_view path) {
  for (const std::string& segment : split(path, '/')) {
    if (segment == "." || segment == "..") return true;
  }
  return false;
}

bool takes_address(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {"href", "src",  "action",     "formaction", "poster",
                                                             "cite", "data", "background", "xlink:href"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// The names that a page may carry under its content security policy.
void require_attribute_name(std::string_view name) {
  const bool well_formed = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
  });
  const std::string lower = lowered(name);
  if (!well_formed || lower.rfind("on", 0) == 0 || lower == "style" || lower == "srcdoc") {
    throw std::logic_error("not an attribute that a page may have: " + std::string(name));
  }
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  append_escaped(out, value);
  out += '"';
}

void append_attributes(std::string& out, const Attributes& attributes) {
  for (const Attribute& attribute : attributes) {
    if (!attribute.present()) continue;
    require_attribute_name(attribute.name());
    if (attribute.bare()) {
      out += ' ';
      out += attribute.name();
    } else if (!attribute.address() && takes_address(lowered(attribute.name()))) {
      append_attribute(out, attribute.name(), Url::parse(attribute.value()).text());
    } else {
      append_attribute(out, attribute.name(), attribute.value());
    }
  }
}

}  // namespace

Url Url::parse(std::string_view text) {
  Url url;
  url.text_ = is_safe_address(text) ? std::string(text) : "#";
  return url;
}

Url Url::path(std::string_view pattern, std::initializer_list<std::string_view> parts,
              const std::vector<std::pair<std::string, std::string>>& query) {
  std::string text;
  auto part = parts.begin();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 1 < pattern.size() && pattern[i + 1] == '}') {
      if (part == parts.end()) throw std::logic_error("fewer parts than {} in " + std::string(pattern));
      text += url_encoded(*part++);
      ++i;
    } else {
      text += pattern[i];
    }
  }
  if (part != parts.end()) throw std::logic_error("more parts than {} in " + std::string(pattern));
  if (has_dot_segment(std::string_view(text).substr(0, text.find_first_of("?#")))) return parse("#");
  char separator = text.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : query) {
    if (value.empty()) continue;
    text += separator;
    text += url_encoded(name);
    text += '=';
    text += url_encoded(value);
    separator = '&';
  }
  return parse(text);
}

std::string Content::plain(std::string_view language) const {
  if (kind_ == Kind::markup) throw std::logic_error("markup cannot stand in an attribute or a title");
  if (kind_ == Kind::words) return words_.text();
  return kind_ == Kind::message ? message_.in(language).text : text_;
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_escaped(out, text);
  return out;
}

Writer& Writer::raw(Literal literal) {
  out_ += literal.text();
  return *this;
}

Writer& Writer::text(std::string_view text) {
  append_escaped(out_, text);
  return *this;
}

Writer& Writer::put(const Markup& markup) {
  out_ += markup.text();
  return *this;
}

Writer& Writer::put(const Numeral& numeral) {
  switch (numeral.kind) {
    case Numeral::Kind::text:
      return text(numeral.text);
    case Numeral::Kind::figure: {
      Attributes attributes = {{"class", "tithing-figure"}, {"href", Url::parse(numeral.of)}};
      if (!numeral.one_line.empty()) attributes.emplace_back("title", numeral.one_line);
      return element("a", attributes, numeral.text);
    }
    case Numeral::Kind::date:
      if (!numeral.of.empty()) return element("time", {{"datetime", numeral.of}}, numeral.text);
      return element("span", {{"data-number", "date"}}, numeral.text);
    case Numeral::Kind::code:
      return element("span", {{"data-number", "code"}}, numeral.text);
    case Numeral::Kind::name:
      return element("span", {{"data-number", "name"}}, numeral.text);
    case Numeral::Kind::setting:
      return element("span", {{"data-number", "setting"}}, numeral.text);
    case Numeral::Kind::listed:
      return element("span", {{"data-number", "listed"}, {"data-of", numeral.of}}, numeral.text);
  }
  return *this;
}

void Writer::put_words(const Words& words) {
  for (const Numeral& piece : words.pieces()) put(piece);
}

Writer& Writer::put(const Content& content) {
  switch (content.kind()) {
    case Content::Kind::none:
      break;
    case Content::Kind::text:
      append_escaped(out_, content.text());
      break;
    case Content::Kind::markup:
      out_ += content.text();
      break;
    case Content::Kind::words:
      put_words(content.words());
      break;
    case Content::Kind::message: {
      bool foreign = false;
      const Words words = content.message().words(language_, &foreign);
      if (foreign) out_ += "<span lang=\"en\">";
      put_words(words);
      if (foreign) out_ += "</span>";
      break;
    }
  }
  return *this;
}

Writer& Writer::open(Literal name, const Attributes& attributes) {
  out_ += '<';
  out_ += name.text();
  append_attributes(out_, attributes);
  out_ += '>';
  return *this;
}

Writer& Writer::close(Literal name) {
  out_ += "</";
  out_ += name.text();
  out_ += '>';
  return *this;
}

Writer& Writer::element(Literal name, const Attributes& attributes, const Content& content) {
  return open(name, attributes).put(content).close(name);
}

Writer& Writer::void_element(Literal name, const Attributes& attributes) { return open(name, attributes); }

Writer& Writer::attribute(Literal name, std::string_view value) {
  if (takes_address(name.text())) {
    append_attribute(out_, name.text(), Url::parse(value).text());
  } else {
    append_attribute(out_, name.text(), value);
  }
  return *this;
}

Writer& Writer::attribute(Literal name, const Url& value) {
  append_attribute(out_, name.text(), value.text());
  return *this;
}

Writer& Writer::attributes(const Attributes& attributes) {
  append_attributes(out_, attributes);
  return *this;
}

}  // namespace tithing::html
