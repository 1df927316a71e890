#include "support/sent_form.h"

#include <utility>

namespace tithing::test {
namespace {

std::string read(std::string text) {
  for (const auto& [entity, sign] : {std::pair("&quot;", "\""), std::pair("&#39;", "'"), std::pair("&lt;", "<"),
                                     std::pair("&gt;", ">"), std::pair("&amp;", "&")})
    for (std::size_t i = text.find(entity); i != std::string::npos; i = text.find(entity, i + 1))
      text.replace(i, std::string_view(entity).size(), sign);
  return text;
}

// An attribute of a tag "<input ..>"; `there`: whether it stands in it at all.
std::string attribute(std::string_view tag, const std::string& name, bool* there = nullptr) {
  const std::size_t at = tag.find(" " + name + "=\"");
  if (there != nullptr) *there = at != std::string_view::npos;
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + name.size() + 3;
  return read(std::string(tag.substr(begin, tag.find('"', begin) - begin)));
}

bool has(std::string_view tag, std::string_view word) {
  return tag.find(" " + std::string(word)) != std::string_view::npos;
}

}  // namespace

web::Fields sent_form(const http::Response& page, std::string_view action) {
  web::Fields out;
  const std::string& html = page.body;
  std::size_t at = 0, end = 0;
  while ((at = html.find("<form", at)) != std::string::npos) {
    const std::string tag = html.substr(at, html.find('>', at) - at);
    end = html.find("</form>", at);
    const std::string address = attribute(tag, "action");
    if (address.substr(0, address.find_first_of("?#")) == action) break;
    at = end;
  }
  for (; at < end; ++at) {
    if (html[at] != '<') continue;
    const std::size_t close = html.find('>', at);
    const std::string_view tag(html.data() + at, close - at);
    const std::string name = attribute(tag, "name"), type = attribute(tag, "type");
    if (name.empty() || name == "csrf-token") continue;
    if (tag.starts_with("<input")) {
      const bool picked = type == "checkbox" || type == "radio";
      if (type == "file" || type == "submit" || (picked && !has(tag, "checked"))) continue;
      out.emplace_back(name, attribute(tag, "value"));
    } else if (tag.starts_with("<textarea")) {
      // A browser takes away the line end that stands first.
      std::string text = html.substr(close + 1, html.find("</textarea>", close) - close - 1);
      if (text.starts_with('\n')) text.erase(0, 1);
      out.emplace_back(name, read(std::move(text)));
    } else if (tag.starts_with("<select")) {
      const std::size_t last = html.find("</select>", at);
      std::string value;
      bool first = true;
      for (std::size_t option = html.find("<option", at); option < last; option = html.find("<option", option + 1)) {
        const std::string_view one(html.data() + option, html.find('>', option) - option);
        bool with_value = false;
        std::string own = attribute(one, "value", &with_value);
        const std::size_t begin = html.find('>', option) + 1;
        if (!with_value) own = read(html.substr(begin, html.find("</option>", begin) - begin));
        if (std::exchange(first, false) || has(one, "selected")) value = std::move(own);
      }
      out.emplace_back(name, value);
    }
  }
  return out;
}

}  // namespace tithing::test
