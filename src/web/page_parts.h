// The small parts that pages of every room are written with.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "html/html.h"

namespace tithing::web {

void paragraph(html::Writer& writer, const html::Content& content);
// What somebody has written: each line that is not empty is a paragraph of its own.
void paragraphs(html::Writer& writer, const std::string& text);
void heading(html::Writer& writer, const html::Content& text);
// A list with bullets; nothing for no items.
void bullets(html::Writer& writer, const std::vector<html::Content>& items);
void bullets(html::Writer& writer, const std::vector<std::string>& sentences);
void link(html::Writer& writer, const html::Url& to, const html::Content& text);
// A link in a line of its own.
void link_line(html::Writer& writer, const html::Url& to, const html::Content& text);
// One paragraph: `before`, then the links with `between` between them; nothing for no links.
using Links = std::vector<std::pair<html::Url, html::Content>>;
void links_line(html::Writer& writer, const Links& links, const html::Content& before = {},
                const char* between = " · ");

}  // namespace tithing::web
