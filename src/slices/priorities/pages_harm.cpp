// Lists of harm weights: which there are, what is in one, and importing another.
#include <map>

#include "base/text.h"
#include "slices/priorities/pages_view.h"
#include "slices/sources/choice_parts.h"
#include "slices/sources/sources.h"
#include "slices/sources/waiting.h"

namespace tithing::priorities {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::int64_t kLargestList = 2'000'000;  // bytes

Answer lists_page(PrioritiesService& service, Context& context) {
  exports::Table table{.id = "lists", .title = "Harm weights"};
  table.columns = {{"name", "List", ColumnKind::text},
                   {"version", "Version", ColumnKind::text},
                   {"publisher", "Publisher", ColumnKind::text},
                   {"imported", "Imported", ColumnKind::date},
                   {"counts", "Counts", ColumnKind::text}};
  for (const HarmList& list : service.harm_lists())
    table.rows.push_back({text_cell(list.name).linked(Url::path("/priorities/harm/{}", {std::to_string(list.id)})),
                          text_cell(list.version), text_cell(list.publisher),
                          exports::date_cell(list.imported_at.date()),
                          text_cell(list.counts ? "yes" : "no: " + list.why)});
  Writer writer(context.language);
  paragraph(writer, tr("A list gives each offence a weight. Lists are revised, so each version stays beside the "
                       "others, and a figure names the one it used. A version that was given by several files has one "
                       "that counts, and any of them can be chosen. "
                       "A crime type of the data sets here mixes many offences: its harm is a range unless the list "
                       "says in which parts they occur."));
  writer.put(exports::to_html(
      table, {.language = context.language,
              .paged = false,
              .empty_text =
                  "No list has been imported. None comes with the program: the official ones are their publishers'."}));
  if (context.actor.can(kManage))
    render(writer, govuk::ButtonParams{.text = tr("Import a list"), .href = Url("/priorities/harm/import")});
  return web::page(context, options_of(context, tr("Harm weights"), nullptr), writer.take());
}

// The version's files, when there is more than one or somebody has chosen.
const sources::Thing* several(const std::vector<sources::Thing>& things, const HarmList& list) {
  for (const sources::Thing& thing : things)
    if (thing.key == key_of(list) && (thing.rows.size() > 1 || !thing.choices.empty())) return &thing;
  return nullptr;
}

Url list_url(std::int64_t id) { return Url::path("/priorities/harm/{}", {std::to_string(id)}); }

Answer list_page(PrioritiesService& service, Context& context, const Problem& problem) {
  const auto list = service.harm_list(whole_number(context.parameter("id")));
  if (!list) return web::problem_page(context, list.error());
  const auto weights = service.harm_weights(list->id);
  const auto snapshot = service.snapshot();
  const auto type_name = [&](const std::string& type) {
    const auto index = snapshot->type_index(type);
    return index ? snapshot->crime_types()[static_cast<std::size_t>(*index)].name : type;
  };
  Writer writer(context.language);
  paragraph(writer, tr("Published by {0}; imported on {1} by {2}.",
                       {list->publisher, list->imported_at.date().text(), context.person(list->imported_by)}));
  if (!list->note.empty()) paragraph(writer, list->note);
  link_line(writer, Url::parse(sources::page_of(list->source_file)), tr("The file"));
  std::map<std::string, std::vector<const HarmWeight*>> by_type;
  for (const HarmWeight& weight : weights) by_type[weight.crime_type].push_back(&weight);
  exports::Table types{.id = "types",
                       .title = "Crime types of " + list->name + ", " + list->version,
                       .caption = "How far the weights of a crime type lie apart"};
  types.columns = {{"type", "Crime type", ColumnKind::text, "", true},
                   {"offences", "Offences", ColumnKind::integer, "", true},
                   {"low", "Lightest", ColumnKind::decimal, "", true},
                   {"high", "Heaviest", ColumnKind::decimal, "", true},
                   {"mean", "Weight of the mean event", ColumnKind::decimal, "", true}};
  for (const auto& [type, some] : by_type) {
    const auto one = harm_of(weights, type, 1);
    exports::Row row{text_cell(type_name(type)), exports::integer_cell(static_cast<std::int64_t>(some.size()))};
    if (one) {
      row.push_back(exports::decimal_cell(one->low, 1));
      row.push_back(exports::decimal_cell(one->high, 1));
      row.push_back(one->estimate ? exports::decimal_cell(*one->estimate, 1)
                                  : exports::unknown_cell("The list does not say in which parts its offences occur."));
    } else {
      for (int k = 0; k < 3; ++k) row.push_back(exports::unknown_cell(one.error().message));
    }
    types.rows.push_back(std::move(row));
  }
  writer.put(exports::to_html(types, {.language = context.language, .paged = false}));
  exports::Table table{
      .id = "weights", .title = list->name + ", " + list->version, .caption = "Offences and their weights"};
  table.columns = {{"offence", "Offence", ColumnKind::text, "", true},
                   {"weight", "Weight", ColumnKind::decimal, "", true},
                   {"type", "Crime type", ColumnKind::text, "", true},
                   {"share", "Part of the type", ColumnKind::per_cent, "", true}};
  for (const HarmWeight& weight : weights)
    table.rows.push_back({text_cell(weight.offence), exports::decimal_cell(weight.weight, 2),
                          text_cell(type_name(weight.crime_type)),
                          weight.share ? exports::per_cent_cell(*weight.share, 1) : exports::unknown_cell("")});
  const exports::View view =
      exports::view_of(table, context.query_value("sort"), context.query_value("order"), context.query_value("page"));
  exports::sort_rows(table, view);
  writer.put(exports::to_html(table, {.language = context.language, .path = context.request->path, .view = view}));
  const std::vector<sources::Thing> things = harm_things(*service.wiring().database);
  if (const sources::Thing* thing = several(things, *list))
    writer.put(sources::thing_part(context, *thing, context.actor.can(kManage), list_url(list->id), problem));
  web::PageOptions options = options_of(context, list->name + ", " + list->version, nullptr, problem);
  options.breadcrumbs.push_back({tr("Harm weights"), Url("/priorities/harm"), false});
  if (!problem.message.empty()) options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer list_post(PrioritiesService& service, Context& context) {
  const auto list = service.harm_list(whole_number(context.parameter("id")));
  if (!list) return web::problem_page(context, list.error());
  const auto chosen = sources::chosen_from(context.form_value("file"));
  if (!chosen) return list_page(service, context, chosen.error());
  const std::string reason(trimmed(context.form_value("reason")));
  if (reason.empty()) return list_page(service, context, {ProblemKind::invalid, "Say why.", {{"reason", "Enter why"}}});
  const Doing doing = service.wiring().doing(context.actor);
  const auto changes = choose_harm(doing, key_of(*list), *chosen, reason, true);
  if (!changes) return list_page(service, context, changes.error());
  if (context.form_value("confirmed") == "yes" && context.form_value("seen") == sources::fingerprint(*changes)) {
    const auto done = choose_harm(doing, key_of(*list), *chosen, reason, false);
    if (!done) return list_page(service, context, done.error());
    return web::redirect(list_url(list->id));
  }
  const std::vector<sources::Thing> things = harm_things(*service.wiring().database);
  const sources::Thing* thing = several(things, *list);
  if (thing == nullptr)
    return web::problem_page(
        context, {ProblemKind::not_found, "There is one file of this version, so there is nothing to choose.", {}});
  web::PageOptions options = options_of(context, tr("Check your choice"), nullptr);
  options.breadcrumbs.push_back({tr("Harm weights"), Url("/priorities/harm"), false});
  return web::page(context, options, sources::check_part(context, *thing, *changes, list_url(list->id)));
}

Answer import_page(PrioritiesService& service, Context& context, const Problem& problem) {
  Writer writer(context.language);
  paragraph(writer, tr("A CSV file with the columns offence, weight and crime_type, and maybe share: the part (0 to 1) "
                       "of the crime type's events that are of this offence, "
                       "from a source that has offence codes. Crime types here: {0}.",
                       {joined(service.crime_types(), ", ")}));
  writer.open("form", {{"method", "post"},
                       {"action", Url("/priorities/harm/import")},
                       {"enctype", "multipart/form-data"},
                       {"novalidate", true}});
  writer.put(web::csrf_field(context));
  const auto input = [&](const char* name, const Message& label, const Message& hint) {
    govuk::InputParams params{.id = name,
                              .name = name,
                              .value = context.form_value(name),
                              .label = {.text = label},
                              .error_message = {.text = field_error(problem, name)}};
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
                                       .error_message = {.text = field_error(problem, "list")}});
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options = options_of(context, tr("Import harm weights"), nullptr, problem);
  options.breadcrumbs.push_back({tr("Harm weights"), Url("/priorities/harm"), false});
  options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer import_post(PrioritiesService& service, Context& context) {
  const std::string& data = service.wiring().data_folder;
  const std::string token = context.form_value("waiting");
  HarmImport wanted{context.form_value("name"), context.form_value("version"),   context.form_value("publisher"),
                    context.form_value("note"), context.form_value("file-name"), {}};
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
  const Doing doing = service.wiring().doing(context.actor);
  const auto change = try_harm(doing, wanted, service.crime_types());
  if (!change) return import_page(service, context, change.error());
  const auto manners = sources::answer_of(context, {*change});
  if (!token.empty() && context.form_value("seen") == sources::fingerprint({*change}) && manners) {
    const auto id = import_harm(doing, data, wanted, service.crime_types(), *manners);
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
                       {"action", Url("/priorities/harm/import")},
                       {"enctype", "multipart/form-data"},
                       {"novalidate", true}});
  writer.put(web::csrf_field(context));
  for (const char* name : {"name", "version", "publisher", "note"})
    hidden_field(writer, name, context.form_value(name));
  hidden_field(writer, "file-name", wanted.file_name);
  hidden_field(writer, "waiting", *waiting);
  hidden_field(writer, "seen", sources::fingerprint({*change}));
  writer.put(sources::answer_fields(context, {*change}, problem));
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options = options_of(context, tr("Check what the import would change"), nullptr, problem);
  options.breadcrumbs.push_back({tr("Harm weights"), Url("/priorities/harm"), false});
  if (!problem.message.empty()) options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

}  // namespace

void register_harm_pages(Wiring& wiring, PrioritiesService& service) {
  PrioritiesService* s = &service;
  const web::Access manage = web::Access::permission(kManage);
  wiring.router.get("/priorities/harm", web::Access::anyone(),
                    [s](Context& context) { return lists_page(*s, context); });
  wiring.router.get("/priorities/harm/import", manage, [s](Context& context) { return import_page(*s, context, {}); });
  wiring.router.post_upload("/priorities/harm/import", manage,
                            [s](Context& context) { return import_post(*s, context); });
  wiring.router.get("/priorities/harm/:id", web::Access::anyone(),
                    [s](Context& context) { return list_page(*s, context, {}); });
  wiring.router.post("/priorities/harm/:id", manage, [s](Context& context) { return list_post(*s, context); });
}

}  // namespace tithing::priorities
