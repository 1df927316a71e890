// A paper in its forms: the links above its page, the page to print, the Word file, the workbook with its workings.
#pragma once

#include <string>
#include <vector>

#include "exports/document.h"
#include "exports/xlsx.h"
#include "web/web.h"

namespace tithing::pots {

struct DocumentLinks {
  html::Url word, workbook, print;  // no workbook: empty
};
// The document as the body of a page, with the ways to its other forms above.
html::Markup document_body(const web::Context& context, const exports::Document& document, const DocumentLinks& links);
web::Answer printed_document(const web::Context& context, const exports::Document& document, const html::Url& back);
web::Answer word_file(const web::Context& context, const exports::Document& document, const std::string& file);
// `about` without the address and the moment, which are those of the request.
web::Answer workbook_file(const web::Context& context, const std::vector<exports::TableSheet>& sheets,
                          exports::About about, const std::string& file);

}  // namespace tithing::pots
