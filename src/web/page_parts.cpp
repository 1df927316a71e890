#include "web/page_parts.h"

#include "base/text.h"

namespace tithing::web {

void paragraph(html::Writer& writer, const html::Content& content) {
  writer.element("p", {{"class", "govuk-body"}}, content);
}

void paragraphs(html::Writer& writer, const std::string& text) {
  for (const std::string& line : split(text, '\n'))
    if (!trimmed(line).empty()) paragraph(writer, as_name(std::string(trimmed(line))));
}

void heading(html::Writer& writer, const html::Content& text) {
  writer.element("h2", {{"class", "govuk-heading-m"}}, text);
}

void bullets(html::Writer& writer, const std::vector<html::Content>& items) {
  if (items.empty()) return;
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  for (const html::Content& item : items) writer.element("li", item);
  writer.close("ul");
}

void bullets(html::Writer& writer, const std::vector<std::string>& sentences) {
  bullets(writer, std::vector<html::Content>(sentences.begin(), sentences.end()));
}

void link(html::Writer& writer, const html::Url& to, const html::Content& text) {
  writer.element("a", {{"class", "govuk-link"}, {"href", to}}, text);
}

void link_line(html::Writer& writer, const html::Url& to, const html::Content& text) {
  writer.open("p", {{"class", "govuk-body"}});
  link(writer, to, text);
  writer.close("p");
}

void links_line(html::Writer& writer, const Links& links, const html::Content& before, const char* between) {
  if (links.empty()) return;
  writer.open("p", {{"class", "govuk-body"}});
  if (!before.empty()) writer.put(before).text(" ");
  bool first = true;
  for (const auto& [to, text] : links) {
    if (!first) writer.text(between);
    first = false;
    link(writer, to, text);
  }
  writer.close("p");
}

}  // namespace tithing::web
