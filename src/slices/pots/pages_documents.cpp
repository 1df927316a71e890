#include "slices/pots/pages_documents.h"

#include "exports/document_docx.h"
#include "exports/document_html.h"
#include "web/site_address.h"

namespace tithing::pots {

html::Markup document_body(const web::Context& context, const exports::Document& document, const DocumentLinks& links) {
  html::Writer writer(context.language);
  const auto link = [&](const html::Url& to, Message text) {
    if (!to.empty()) writer.element("a", {{"class", "govuk-link"}, {"href", to}}, std::move(text)).text(" ");
  };
  writer.open("p", {{"class", "govuk-body tithing-table__downloads"}});
  link(links.word, tr("Download for Word"));
  link(links.workbook, tr("Download the table and its workings for Excel"));
  link(links.print, tr("Page to print"));
  writer.close("p");
  writer.put(exports::to_html(document, {.language = context.language}));
  return writer.take();
}

web::Answer printed_document(const web::Context& context, const exports::Document& document, const html::Url& back) {
  return web::text_answer(exports::to_page(document, back, {.language = context.language}).text(),
                          "text/html; charset=utf-8");
}

web::Answer word_file(const web::Context& context, const exports::Document& document, const std::string& file) {
  return web::download(exports::to_docx(document, {.site = web::site_address(context)}), exports::kDocxType, file);
}

web::Answer workbook_file(const web::Context& context, const std::vector<exports::TableSheet>& sheets,
                          exports::About about, const std::string& file) {
  about.address = context.request->target;
  about.retrieved_at = context.now;
  const auto bytes = exports::to_xlsx(sheets, about);
  return bytes ? web::download(*bytes, exports::kXlsxType, file) : web::problem_page(context, bytes.error());
}

}  // namespace tithing::pots
