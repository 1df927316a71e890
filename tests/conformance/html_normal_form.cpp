#include "html_normal_form.h"

#include <array>
#include <cctype>
#include <utility>

namespace tithing::conformance {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

std::string decoded(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kEntities = {
      {{"&amp;", "&"},
       {"&lt;", "<"},
       {"&gt;", ">"},
       {"&quot;", "\""},
       {"&#39;", "'"},
       {"&#92;", "\\"},
       {"&#96;", "`"},
       {"&ctdot;", "\xE2\x8B\xAF"}}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    bool found = false;
    for (const auto& [entity, character] : kEntities) {
      if (text.substr(i, entity.size()) != entity) continue;
      out += character;
      i += entity.size();
      found = true;
      break;
    }
    if (!found) out += text[i++];
  }
  return out;
}

std::size_t end_of_tag(std::string_view html, std::size_t start) {
  char quote = 0;
  for (std::size_t i = start; i < html.size(); ++i) {
    if (quote != 0) {
      if (html[i] == quote) quote = 0;
    } else if (html[i] == '"' || html[i] == '\'') {
      quote = html[i];
    } else if (html[i] == '>') {
      return i;
    }
  }
  return html.size();
}

// What stands between < and >: single spaces between the attributes, values decoded.
std::string normal_tag(std::string_view inside) {
  std::string out;
  std::size_t i = 0;
  bool space = false;
  while (i < inside.size()) {
    if (is_space(inside[i])) {
      space = true;
      ++i;
      continue;
    }
    if (inside[i] == '/' && i + 1 == inside.size()) {
      out += '/';
      break;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    if (inside[i] == '"') {
      const std::size_t close = inside.find('"', i + 1);
      out += '"';
      out += decoded(inside.substr(i + 1, close - i - 1));
      out += '"';
      i = close == std::string_view::npos ? inside.size() : close + 1;
    } else {
      out += inside[i++];
    }
  }
  return out;
}

// These flow within a line, so a space beside them can be seen.
bool is_inline(std::string_view name) {
  for (const std::string_view each : {"a", "span", "strong", "em", "b", "i", "code", "abbr"}) {
    if (name == each) return true;
  }
  return false;
}

}  // namespace

std::string normal_form(std::string_view html) {
  std::string out;
  bool at_edge = true;         // nothing visible since the last edge of a block
  bool pending_space = false;  // a space that shows if a word follows
  bool line_of_text = false;   // the current line of `out` is text
  std::size_t i = 0;
  while (i < html.size()) {
    if (html[i] == '<') {
      const std::size_t end = end_of_tag(html, i);
      const std::string tag = normal_tag(html.substr(i + 1, end - i - 1));
      std::string name;
      for (std::size_t k = tag.starts_with('/') ? 1 : 0;
           k < tag.size() && std::isalnum(static_cast<unsigned char>(tag[k])) != 0; ++k) {
        name += tag[k];
      }
      if (!is_inline(name)) {
        at_edge = true;
        pending_space = false;
      }
      if (line_of_text) out += '\n';
      line_of_text = false;
      out += '<' + tag + ">\n";
      i = end + 1;
      if (name == "textarea" && !tag.starts_with('/')) {  // every character counts there
        const std::size_t close = html.find("</textarea", i);
        out += decoded(html.substr(i, close - i)) + "\n";
        i = close == std::string_view::npos ? html.size() : close;
      }
      continue;
    }
    std::size_t end = html.find('<', i);
    if (end == std::string_view::npos) end = html.size();
    std::string word;
    const auto put_word = [&] {
      if (word.empty()) return;
      if (pending_space) out += ' ';
      out += decoded(word);
      word.clear();
      pending_space = false;
      at_edge = false;
      line_of_text = true;
    };
    for (; i < end; ++i) {
      if (is_space(html[i])) {
        put_word();
        if (!at_edge) pending_space = true;
      } else {
        word += html[i];
      }
    }
    put_word();
  }
  return out;
}

}  // namespace tithing::conformance
