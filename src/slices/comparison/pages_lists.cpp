// Imported lists: which there are, what is in one, and importing another.
#include "base/text.h"
#include "exports/table_html.h"
#include "figures/numbers.h"
#include "govuk/components.h"
#include "slices/comparison/commands.h"
#include "slices/comparison/service.h"
#include "slices/comparison/service_likeness.h"
#include "slices/sources/choice_parts.h"
#include "slices/sources/sources.h"
#include "slices/sources/waiting.h"
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

Message words(ListKind kind) {
  return kind == ListKind::similar ? tr("Most similar areas") : tr("Characteristics of areas");
}

Answer lists_page(ComparisonService& service, Context& context) {
  exports::Table table{.id = "lists", .title = "Lists for comparison"};
  table.columns = {{.key = "name", .heading = "List", .holds = Numeral::Kind::name},
                   {.key = "version", .heading = "Version", .holds = Numeral::Kind::name},
                   {"kind", "What it is", ColumnKind::text},
                   {.key = "publisher", .heading = "Publisher", .holds = Numeral::Kind::name},
                   {"imported", "Imported", ColumnKind::date},
                   {"counts", "Counts", ColumnKind::text}};
  for (const AreaList& list : service.lists())
    table.rows.push_back({text_cell(list.name).linked(Url::path("/comparison/lists/{}", {std::to_string(list.id)})),
                          text_cell(list.version), text_cell(Content(words(list.kind)).plain("en")),
                          text_cell(list.publisher), exports::date_cell(list.imported_at.date()),
                          text_cell(list.counts ? "yes" : "no: " + list.why)});
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Lists of most similar areas, and numbers by area to find those that are alike. Each version stays "
                    "beside the others, and a figure names the one it used. A version that was given by several files "
                    "has one that counts, and any of them can be chosen."));
  writer.put(exports::to_html(
      table, {.language = context.language,
              .paged = false,
              .empty_text = "No list has been imported. None comes with the program: they are their publishers'."}));
  if (context.actor.can(kImportLists))
    render(writer, govuk::ButtonParams{.text = tr("Import a list"), .href = Url("/comparison/lists/import")});
  return web::page(context, options_of(tr("Lists for comparison"), false), writer.take());
}

// The version's files, when there is more than one or somebody has chosen.
const sources::Thing* several(const std::vector<sources::Thing>& things, const AreaList& list) {
  for (const sources::Thing& thing : things)
    if (thing.key == key_of(list) && (thing.rows.size() > 1 || !thing.choices.empty())) return &thing;
  return nullptr;
}

Url list_url(std::int64_t id) { return Url::path("/comparison/lists/{}", {std::to_string(id)}); }

Answer list_page(ComparisonService& service, Context& context, const Problem& problem) {
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
  if (list->kind == ListKind::characteristics)
    table.columns.push_back({"value", "Value", ColumnKind::decimal, "", true});
  for (const ListRow& row : service.rows(list->id)) {
    exports::Row cells = {text_cell(name(row.area)),
                          text_cell(list->kind == ListKind::similar ? name(row.other) : row.other)};
    if (list->kind == ListKind::characteristics) {
      exports::Cell cell = row.value ? exports::decimal_cell(*row.value, kDecimalsOfListed)
                                     : exports::unknown_cell("The list does not say.");
      const auto address = listed_value_of(row.area, list->id, row.other);
      cells.push_back(row.value ? cell.explained(figures::number_part(address, "", cell.text, "as the list states it"))
                                : cell);
    }
    table.rows.push_back(std::move(cells));
  }
  const exports::View view =
      exports::view_of(table, context.query_value("sort"), context.query_value("order"), context.query_value("page"));
  exports::sort_rows(table, view);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Published by {0}; imported on {1} by {2}.",
                    {as_name(list->publisher), list->imported_at.date(), as_name(context.person(list->imported_by))}));
  if (!list->note.empty()) writer.element("p", {{"class", "govuk-body"}}, Words(as_name(list->note)));
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", Url::parse(sources::page_of(list->source_file))}},
                 tr("The file"));
  writer.close("p");
  writer.put(exports::to_html(table, {.language = context.language, .path = context.request->path, .view = view}));
  const std::vector<sources::Thing> things = service.things();
  if (const sources::Thing* thing = several(things, *list))
    writer.put(sources::thing_part(context, *thing, context.actor.can(kImportLists), list_url(list->id), problem));
  web::PageOptions options = options_of(list->name + ", " + list->version, true);
  options.notice = web::error_summary(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = options.has_error ? web::status_of(problem.kind) : 200;
  return web::page(context, options, writer.take());
}

Answer list_post(ComparisonService& service, Context& context) {
  const auto list = service.list(web::whole_number(context.parameter("id")));
  if (!list) return web::problem_page(context, list.error());
  const auto chosen = sources::chosen_from(context.form_value("file"));
  if (!chosen) return list_page(service, context, chosen.error());
  const std::string reason(trimmed(context.form_value("reason")));
  if (reason.empty()) return list_page(service, context, {ProblemKind::invalid, "Say why.", {{"reason", "Enter why"}}});
  const auto changes = service.choose(context.actor, key_of(*list), *chosen, reason, true);
  if (!changes) return list_page(service, context, changes.error());
  const bool confirmed = context.form_value("confirmed") == "yes";
  if (confirmed && context.form_value("seen") == sources::fingerprint(*changes)) {
    const auto done = service.choose(context.actor, key_of(*list), *chosen, reason, false);
    if (!done) return list_page(service, context, done.error());
    return web::redirect(list_url(list->id));
  }
  const std::vector<sources::Thing> things = service.things();
  const sources::Thing* thing = several(things, *list);
  if (thing == nullptr)
    return web::problem_page(
        context, {ProblemKind::not_found, "There is one file of this version, so there is nothing to choose.", {}});
  return web::page(context, options_of(tr("Check your choice"), true),
                   sources::check_part(context, *thing, *changes, list_url(list->id)));
}

Answer import_page(ComparisonService&, Context& context, const Problem& problem) {
  const auto wrong = [&](const char* field) { return web::field_error(problem, field); };
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Most similar areas: a CSV with the columns area and similar, official codes, one pair in a line. "
                    "Characteristics: the column area and one column of numbers for each characteristic."));
  writer.open("form", {{"method", "post"},
                       {"action", Url("/comparison/lists/import")},
                       {"enctype", "multipart/form-data"},
                       {"novalidate", true}});
  writer.put(web::csrf_field(context));
  govuk::RadiosParams kind;
  kind.name = "kind";
  kind.id_prefix = "kind";
  kind.value = context.form_value("kind");
  kind.fieldset = govuk::FieldsetParams{.legend = {.text = tr("What is it?"), .classes = "govuk-fieldset__legend--s"}};
  for (const ListKind one : {ListKind::similar, ListKind::characteristics})
    kind.items.push_back({.text = words(one), .value = std::string(code_of(one))});
  if (const Content message = wrong("kind"); !message.empty())
    kind.error_message = govuk::ErrorMessageParams{.text = message};
  render(writer, kind);
  const auto input = [&](const char* name, const Message& label, const Message& hint) {
    govuk::InputParams params{.id = name,
                              .name = name,
                              .value = context.form_value(name),
                              .label = {.text = label},
                              .error_message = {.text = wrong(name)}};
    if (!hint.empty()) params.hint = {.text = hint};
    render(writer, params);
  };
  input("name", tr("Name of the list"), {});
  input("version", tr("Version"), tr("As its publisher calls it, such as the year."));
  input("publisher", tr("Publisher"), {});
  input("note", tr("Where it was taken from"), tr("May be empty."));
  render(writer, govuk::InputParams{.id = "file", .name = "file", .type = "file", .label = {.text = tr("File")}});
  render(writer, govuk::TextareaParams{.id = "list",
                                       .name = "list",
                                       .rows = 6,
                                       .value = context.form_value("list"),
                                       .label = {.text = tr("Or its lines, pasted")},
                                       .error_message = {.text = wrong("list")}});
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
  if (!kind)
    return import_page(service, context,
                       {ProblemKind::invalid, "Choose what it is.", {{"kind", "Choose what it is."}}});
  const std::string& data = service.wiring().data_folder;
  const std::string token = context.form_value("waiting");
  ListImport wanted{*kind,
                    context.form_value("name"),
                    context.form_value("version"),
                    context.form_value("publisher"),
                    context.form_value("note"),
                    context.form_value("file-name"),
                    {}};
  if (token.empty()) {
    const auto given = web::file_or_pasted(context, "file", "list", kLargestList);
    if (!given) return import_page(service, context, given.error());
    wanted.file_name = given->file_name;
    wanted.csv = given->text;
  } else if (const auto kept = sources::waiting(data, token)) {
    wanted.csv = *kept;
  } else {
    return import_page(service, context,
                       {ProblemKind::invalid,
                        "The upload is no longer here. Choose the file again.",
                        {{"list", "Choose the file again."}}});
  }
  const auto change = service.try_import(context.actor, wanted);
  if (!change) return import_page(service, context, change.error());
  const auto manners = sources::answer_of(context, {*change});
  if (!token.empty() && context.form_value("seen") == sources::fingerprint({*change}) && manners) {
    const auto id = service.import(context.actor, wanted, *manners);
    sources::forget_waiting(data, token);
    if (!id) return import_page(service, context, id.error());
    return web::redirect(list_url(*id));
  }
  // What it would change, before it does.
  Problem problem{ProblemKind::invalid, {}, {}};
  if (!token.empty() && !manners) problem = manners.error();
  const auto waiting = token.empty() ? sources::keep_waiting(data, wanted.csv) : Result<std::string>(token);
  if (!waiting) return web::problem_page(context, waiting.error());
  Writer writer(context.language);
  writer.put(sources::changes_part(context, {*change}));
  writer.open("form", {{"method", "post"},
                       {"action", Url("/comparison/lists/import")},
                       {"enctype", "multipart/form-data"},
                       {"novalidate", true}});
  writer.put(web::csrf_field(context));
  for (const char* name : {"kind", "name", "version", "publisher", "note"})
    web::hidden_field(writer, name, context.form_value(name));
  web::hidden_field(writer, "file-name", wanted.file_name);
  web::hidden_field(writer, "waiting", *waiting);
  web::hidden_field(writer, "seen", sources::fingerprint({*change}));
  writer.put(sources::answer_fields(context, {*change}, problem));
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options = options_of(tr("Check what the import would change"), true);
  options.notice = web::error_summary(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = options.has_error ? 400 : 200;
  return web::page(context, options, writer.take());
}

}  // namespace

void register_list_pages(Wiring& wiring, ComparisonService& service) {
  ComparisonService* const s = &service;
  const web::Access import = web::Access::permission(kImportLists);
  wiring.router.get("/comparison/lists", web::Access::anyone(),
                    [s](Context& context) { return lists_page(*s, context); });
  wiring.router.get("/comparison/lists/import", import, [s](Context& context) { return import_page(*s, context, {}); });
  wiring.router.post_upload("/comparison/lists/import", import,
                            [s](Context& context) { return import_post(*s, context); });
  wiring.router.get("/comparison/lists/:id", web::Access::anyone(),
                    [s](Context& context) { return list_page(*s, context, {}); });
  wiring.router.post("/comparison/lists/:id", import, [s](Context& context) { return list_post(*s, context); });
}

}  // namespace tithing::comparison
