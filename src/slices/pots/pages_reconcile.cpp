// A printed table of somebody else's, pasted or uploaded: the report, and nothing kept.
#include "allocation/read_scheme.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "slices/pots/folder_files.h"
#include "slices/pots/pages.h"

namespace tithing::pots {
namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

// As it was pasted: the first heading may be empty, so a tab at the beginning counts.
std::string pasted(const Context& context) {
  for (const auto& [name, value] : context.form)
    if (name == "table") return value;
  return {};
}

web::PageOptions options_of(const Context& context) {
  web::PageOptions options{.title = tr("Check a printed table")};
  options.rooms = funding_rooms(context, "/funding/reconcile");
  options.breadcrumbs = {{tr("Home"), Url("/"), false}, {tr("Funding"), Url("/funding"), false}};
  return options;
}

void form(Writer& writer, const Context& context, const std::string& error) {
  writer.open("form", {{"method", "post"}, {"action", Url("/funding/reconcile")}, {"enctype", "multipart/form-data"}});
  writer.put(web::csrf_field(context));
  govuk::TextareaParams area{.id = "table", .name = "table"};
  area.rows = 12;
  area.value = pasted(context);
  area.label = {.text = tr("Paste the table")};
  area.hint = {.text = tr("With its headings and its totals, from a spreadsheet or as CSV. Leave what is not known as "
                          "it is printed, for example TBC.")};
  if (!error.empty()) area.error_message = {.text = error};
  render(writer, area);
  govuk::FileUploadParams file{.name = "file", .id = "file"};
  file.label = {.text = tr("Or choose a CSV file")};
  render(writer, file);
  render(writer, govuk::ButtonParams{.text = tr("Check it")});
  writer.close("form");
}

Answer form_page(Context& context, const std::string& error) {
  web::PageOptions options = options_of(context);
  options.has_error = !error.empty();
  if (!error.empty()) {
    options.status = 400;
    options.notice = govuk::rendered(govuk::ErrorSummaryParams{.title = tr("There is a problem"),
                                                               .error_list = {{.text = error, .href = Url("#table")}}},
                                     context.language);
  }
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("The report says which rows and totals do not tie and by how much, which pot and rounding would "
                    "give the printed rows, and which one cell would restore a total. Nothing is stored: neither the "
                    "table nor the report."));
  form(writer, context, error);
  return web::page(context, options, writer.take());
}

Answer report(Context& context) {
  std::string text = pasted(context);
  for (const web::UploadedFile& file : context.files) {
    if (file.field != "file" || file.bytes == 0) continue;
    if (!context.form_value("table").empty())
      return form_page(context, "Either paste a table or choose a file, not both.");
    if (file.bytes > static_cast<std::int64_t>(kPrintedBytes))
      return form_page(context, "The file is larger than 256 kB. Give the printed table alone.");
    const auto bytes = read_file(file.path, kPrintedBytes);
    if (!bytes) return form_page(context, "The file could not be read. Try again, or paste the table.");
    text = *bytes;
  }
  const auto table = printed_from(text);
  if (!table) return form_page(context, table.error().message);
  const Reconciliation found = reconcile(*table);
  Writer writer(context.language);
  render(writer,
         govuk::InsetTextParams{.text = tr("Nothing was stored. Print or copy this page if you need it later.")});
  // Nothing is kept, so there is no address from which these tables could be had as files.
  exports::TableHtml html{.language = context.language};
  html.paged = false;
  html.exportable = false;
  html.empty_text = tr("The table states no totals.");
  writer.put(exports::to_html(printed_table("The table", *table), html));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Does it tie?"));
  writer.put(findings(found, context.language));
  writer.put(exports::to_html(totals_table("The table", found), html));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Check another one"));
  form(writer, context, "");
  return web::page(context, options_of(context), writer.take());
}

}  // namespace

void register_reconcile_pages(Wiring& wiring) {
  const auto access = web::Access::permission(kReconcile);
  wiring.router.get("/funding/reconcile", access, [](Context& context) { return form_page(context, ""); });
  wiring.router.post_upload("/funding/reconcile", access, report);
}

}  // namespace tithing::pots
