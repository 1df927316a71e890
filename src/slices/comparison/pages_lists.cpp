// Imported lists: which there are, what is in one, and importing another.
#include "base/text.h"
#include "exports/table_html.h"
#include "figures/numbers.h"
#include "govuk/components.h"
#include "slices/comparison/commands.h"
#include "slices/comparison/service.h"
#include "slices/comparison/service_likeness.h"
#include "slices/wiring.h"
#include "web/form_parts.h"
#include "web/web.h"

namespace tithing::comparison {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::int64_t kLargestList = 2'000'000;  // bytes

web::PageOptions options_of(const Content& title, bool below) {
  web::PageOptions options;
  options.title = title;
  options.breadcrumbs = {{tr("Home"), Url("/"), false}};
  if (below) options.breadcrumbs.push_back({tr("Lists for comparison"), Url("/comparison/lists"), false});
  return options;
}

Message words(ListKind kind) { return kind == ListKind::similar ? tr("Most similar areas") : tr("Characteristics of areas"); }

Answer lists_page(ComparisonService& service, Context& context) {
  exports::Table table{.id = "lists", .title = "Lists for comparison"};
  table.columns = {{.key = "name", .heading = "List", .holds = Numeral::Kind::name},
                   {.key = "version", .heading = "Version", .holds = Numeral::Kind::name},
                   {"kind", "What it is", ColumnKind::text},
                   {.key = "publisher", .heading = "Publisher", .holds = Numeral::Kind::name},
                   {"imported", "Imported", ColumnKind::date}};
  for (const AreaList& list : service.lists())
    table.rows.push_back({text_cell(list.name).linked(Url::path("/comparison/lists/{}", {std::to_string(list.id)})), text_cell(list.version), text_cell(Content(words(list.kind)).plain("en")),
                          text_cell(list.publisher), exports::date_cell(list.imported_at.date())});
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}}, tr("Lists of most similar areas, and numbers by area to find those that are alike. Each version stays beside the others, and a figure names the one it used."));
  writer.put(exports::to_html(table, {.language = context.language, .paged = false, .empty_text = "No list has been imported. None comes with the program: they are their publishers'."}));
  if (context.actor.can(kImportLists)) render(writer, govuk::ButtonParams{.text = tr("Import a list"), .href = Url("/comparison/lists/import")});
  return web::page(context, options_of(tr("Lists for comparison"), false), writer.take());
}

Answer list_page(ComparisonService& service, Context& context) {
  const auto list = service.list(web::whole_number(context.parameter("id")));
  if (!list) return web::problem_page(context, list.error());
  const auto areas = service.areas();
  const auto name = [&](const std::string& code) {
    const auto* area = areas->find(code);
    return area == nullptr ? code : area->name;
  };
  exports::Table table{.id = "rows", .title = list->name + ", " + list->version};
  table.columns = {{.key = "area", .heading = "Area", .sortable = true, .holds = Numeral::Kind::name},
                   {.key = "other",
                    .heading = list->kind == ListKind::similar ? "Similar area" : "Characteristic",
                    .sortable = true,
                    .holds = Numeral::Kind::name}};
  if (list->kind == ListKind::characteristics) table.columns.push_back({"value", "Value", ColumnKind::decimal, "", true});
  for (const ListRow& row : service.rows(list->id)) {
    exports::Row cells = {text_cell(name(row.area)), text_cell(list->kind == ListKind::similar ? name(row.other) : row.other)};
    if (list->kind == ListKind::characteristics) {
      exports::Cell cell = row.value ? exports::decimal_cell(*row.value, kDecimalsOfListed) : exports::unknown_cell("The list does not say.");
      const auto address = listed_value_of(row.area, list->id, row.other);
      cells.push_back(row.value ? cell.explained(figures::number_part(address, "", cell.text, "as the list states it")) : cell);
    }
    table.rows.push_back(std::move(cells));
  }
  const exports::View view = exports::view_of(table, context.query_value("sort"), context.query_value("order"), context.query_value("page"));
  exports::sort_rows(table, view);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}}, tr("Published by {0}; imported on {1} by {2}.", {as_name(list->publisher), list->imported_at.date(), as_name(list->imported_by)}));
  if (!list->note.empty()) writer.element("p", {{"class", "govuk-body"}}, Words(as_name(list->note)));
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", Url::path("/evidence/sources/{}", {std::to_string(list->source_file)})}}, tr("The file"));
  writer.close("p");
  writer.put(exports::to_html(table, {.language = context.language, .path = context.request->path, .view = view}));
  return web::page(context, options_of(list->name + ", " + list->version, true), writer.take());
}

Answer import_page(ComparisonService&, Context& context, const Problem& problem) {
  const auto wrong = [&](const char* field) { return web::field_error(problem, field); };
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}}, tr("Most similar areas: a CSV with the columns area and similar, official codes, one pair in a line. Characteristics: the column area and one column of numbers for each characteristic."));
  writer.open("form", {{"method", "post"}, {"action", Url("/comparison/lists/import")}, {"enctype", "multipart/form-data"}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  govuk::RadiosParams kind;
  kind.name = "kind";
  kind.id_prefix = "kind";
  kind.value = context.form_value("kind");
  kind.fieldset = govuk::FieldsetParams{.legend = {.text = tr("What is it?"), .classes = "govuk-fieldset__legend--s"}};
  for (const ListKind one : {ListKind::similar, ListKind::characteristics}) kind.items.push_back({.text = words(one), .value = std::string(code_of(one))});
  if (const Content message = wrong("kind"); !message.empty()) kind.error_message = govuk::ErrorMessageParams{.text = message};
  render(writer, kind);
  const auto input = [&](const char* name, const Message& label, const Message& hint) {
    govuk::InputParams params{.id = name, .name = name, .value = context.form_value(name), .label = {.text = label}, .error_message = {.text = wrong(name)}};
    if (!hint.empty()) params.hint = {.text = hint};
    render(writer, params);
  };
  input("name", tr("Name of the list"), {});
  input("version", tr("Version"), tr("As its publisher calls it, such as the year."));
  input("publisher", tr("Publisher"), {});
  input("note", tr("Where it was taken from"), tr("May be empty."));
  render(writer, govuk::InputParams{.id = "file", .name = "file", .type = "file", .label = {.text = tr("File")}});
  render(writer, govuk::TextareaParams{.id = "list", .name = "list", .rows = 6, .value = context.form_value("list"), .label = {.text = tr("Or its lines, pasted")}, .error_message = {.text = wrong("list")}});
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options = options_of(tr("Import a list of areas"), true);
  if (!problem.message.empty()) {
    options.notice = web::error_summary(problem, context.language);
    options.has_error = true;
    options.status = web::status_of(problem.kind);
  }
  return web::page(context, options, writer.take());
}

Answer import_post(ComparisonService& service, Context& context) {
  const auto kind = kind_from(context.form_value("kind"));
  if (!kind) return import_page(service, context, {ProblemKind::invalid, "Choose what it is.", {{"kind", "Choose what it is."}}});
  const auto given = web::file_or_pasted(context, "file", "list", kLargestList);
  if (!given) return import_page(service, context, given.error());
  const ListImport wanted{*kind, context.form_value("name"), context.form_value("version"), context.form_value("publisher"), context.form_value("note"), given->file_name, given->text};
  const auto id = service.import(context.actor, wanted);
  if (!id) return import_page(service, context, id.error());
  return web::redirect(Url::path("/comparison/lists/{}", {std::to_string(*id)}));
}

}  // namespace

void register_list_pages(Wiring& wiring, ComparisonService& service) {
  ComparisonService* const s = &service;
  const web::Access import = web::Access::permission(kImportLists);
  wiring.router.get("/comparison/lists", web::Access::anyone(), [s](Context& context) { return lists_page(*s, context); });
  wiring.router.get("/comparison/lists/import", import, [s](Context& context) { return import_page(*s, context, {}); });
  wiring.router.post_upload("/comparison/lists/import", import, [s](Context& context) { return import_post(*s, context); });
  wiring.router.get("/comparison/lists/:id", web::Access::anyone(), [s](Context& context) { return list_page(*s, context); });
}

}  // namespace tithing::comparison
