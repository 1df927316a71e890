// A Document as HTML: inside a page of this site, and as a page of its own to print or keep.
#pragma once

#include <string>

#include "exports/document.h"

namespace tithing::exports {

struct DocumentHtml {
  std::string language = "en";  // of the page around it: for the program's own words
  bool exportable = true;       // tables get links to their files where the page offers them (page_tables.h)
};

// The paper without its title, which is the page's h1: an <article>, its language marked, headings from h2, footnotes
// last.
html::Markup to_html(const Document& document, const DocumentHtml& options = {});

// A whole page from <!DOCTYPE html> without the site's frame: the paper, its title as h1, and a link back to `back`.
html::Markup to_page(const Document& document, const html::Url& back, const DocumentHtml& options = {});

}  // namespace tithing::exports
