// Import of facts from a CSV or a workbook: a trial first, a report row by row, all or nothing.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/hash.h"
#include "base/text.h"
#include "drafts/drafts.h"
#include "exports/read_xlsx.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

using exports::ColumnKind;
using exports::text_cell;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::uintmax_t kLargestImport = 50'000'000;  // bytes

using Mapping = std::vector<std::pair<std::string, std::string>>;

bool has_fact_column(const exports::Sheet& sheet, const Mapping& mapping) {
  if (sheet.rows.empty()) return false;
  const auto& header = sheet.rows.front().fields;
  return std::any_of(header.begin(), header.end(), [&](const std::string& field) {
    const std::string heading(trimmed(field));
    return heading == "fact" || std::any_of(mapping.begin(), mapping.end(), [&](const auto& pair) {
             return pair.first == heading && pair.second == "fact";
           });
  });
}

// What is typed beside the file is kept as a draft; a file cannot be.
drafts::Form draft_form(const Context& context) {
  return {"bodies.import", tr("Import bodies").in(context.language).text, "/bodies/import", ""};
}

Answer import_page(Wiring& wiring, Context& context, const ImportReport* report, const Problem& problem) {
  const bool opened = context.request->method != "POST";
  const auto draft = drafts::find(*wiring.database, context.actor, draft_form(context).key);
  const auto entered = [&](std::string_view name) {
    return opened && draft ? draft->get(name) : context.form_value(name);
  };
  Writer writer(context.language);
  if (report) {
    writer.element("p", {{"class", "govuk-body-l"}}, report->sentence);
    if (report->change > 0) {
      writer.open("p", {{"class", "govuk-body"}});
      writer.element(
          "a", {{"class", "govuk-link"}, {"href", Url::path("/bodies/changes/{}", {std::to_string(report->change)})}},
          tr("Open this change, to look at it or to undo it"));
      writer.close("p");
    }
    exports::Table table{.id = "rows", .title = "Row by row"};
    table.columns = {{"line", "Line or row", ColumnKind::integer},
                     {"state", "State", ColumnKind::text},
                     {"what", "What", ColumnKind::text}};
    std::size_t left_out = 0;
    for (const bool refused : {true, false})
      for (const ImportRow& row : report->rows) {
        if ((row.state == ImportRow::State::refused) != refused) continue;
        if (table.rows.size() >= 500) {
          ++left_out;
          continue;
        }
        table.rows.push_back({exports::integer_cell(row.line),
                              text_cell(row.state == ImportRow::State::refused ? "Refused"
                                        : row.state == ImportRow::State::same  ? "Already there"
                                                                               : "New"),
                              text_cell(row.what)});
      }
    if (left_out > 0)
      table.notes.push_back(plural(static_cast<std::int64_t>(left_out), "more row is", "more rows are") +
                            " not shown; refused rows come first.");
    writer.put(exports::to_html(table, {.language = context.language, .paged = false}));
  }
  paragraph(writer, tr("A CSV file or an Excel workbook (.xlsx) with one fact in each row. The export of all facts has "
                       "the columns: {0}. Days may be days of Excel, or text such as 2012-04-01.",
                       {joined(fact_columns(), ", ")}));
  writer.open("form", {{"method", "post"},
                       {"action", Url("/bodies/import")},
                       {"enctype", "multipart/form-data"},
                       {"novalidate", true}});
  writer.put(web::csrf_field(context));
  render(writer, govuk::InputParams{
                     .id = "file",
                     .name = "file",
                     .type = "file",
                     .label = {.text = tr("File")},
                     .hint = {.text = opened && draft ? html::Content(tr("A draft keeps no file. Choose it again."))
                                                      : html::Content()},
                     .error_message = {.text = web::field_error(problem, "file")}});
  render(
      writer,
      govuk::TextareaParams{
          .id = "mapping",
          .name = "mapping",
          .rows = 3,
          .value = entered("mapping"),
          .label = {.text = tr("Columns that are called otherwise in the file")},
          .hint = {.text = tr(
                       "One in a line: the heading in the file, =, the column here. For example Organisation = other")},
          .error_message = {.text = web::field_error(problem, "mapping")}});
  render(writer, govuk::InputParams{.id = "sheet",
                                    .name = "sheet",
                                    .value = entered("sheet"),
                                    .label = {.text = tr("Sheet of the workbook")},
                                    .hint = {.text = tr("Leave it empty for the sheet that has a column called fact.")},
                                    .error_message = {.text = web::field_error(problem, "sheet")},
                                    .classes = "govuk-input--width-20"});
  govuk::RadiosParams radios;
  radios.name = "mode";
  radios.id_prefix = "mode";
  radios.value = entered("mode") == "import" && !report ? "import" : "trial";
  radios.fieldset =
      govuk::FieldsetParams{.legend = {.text = tr("What should happen?"), .classes = "govuk-fieldset__legend--m"}};
  radios.items = {{.text = tr("Try it: say what would happen, and write nothing"), .value = "trial"},
                  {.text = tr("Import it, if no row is refused"), .value = "import"}};
  render(writer, radios);
  render(writer, govuk::InputParams{.id = "reason",
                                    .name = "reason",
                                    .value = entered("reason"),
                                    .label = {.text = tr("Reason")},
                                    .error_message = {.text = web::field_error(problem, "reason")}});
  drafts::put_buttons(writer, context, draft_form(context), draft,
                      {.text = tr("Continue"), .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options = options_of(tr("Import bodies"), false);
  options.notice = web::error_summary(problem, context.language);
  if (opened && draft) options.notice += drafts::notice(context, *draft);
  options.has_error = !problem.message.empty();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  return web::page(context, options, writer.take());
}

Answer import_post(BodiesService& service, Wiring& wiring, Context& context) {
  drafts::keep_posted(*wiring.database, context, draft_form(context));
  const web::UploadedFile* file = nullptr;
  for (const web::UploadedFile& one : context.files)
    if (one.field == "file" && one.bytes > 0) file = &one;
  if (!file)
    return import_page(
        wiring, context, nullptr,
        {ProblemKind::invalid, "Choose a file.", {{"file", "Choose a CSV file or an Excel workbook (.xlsx)."}}});
  if (static_cast<std::uintmax_t>(file->bytes) > kLargestImport)
    return import_page(wiring, context, nullptr,
                       {ProblemKind::invalid, "The file is too large.", {{"file", "Choose a file of at most 50 MB."}}});
  std::ifstream stream(file->path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  std::vector<std::pair<std::string, std::string>> mapping;
  for (const std::string& line : split(context.form_value("mapping"), '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    mapping.emplace_back(trimmed(std::string_view(line).substr(0, equals)),
                         trimmed(std::string_view(line).substr(equals + 1)));
  }
  const auto rows = fact_rows_of(bytes, mapping, std::string(trimmed(context.form_value("sheet"))));
  if (!rows) return import_page(wiring, context, nullptr, rows.error());
  const auto report = service.import(context.actor, *rows, file->file_name, mapping,
                                     context.form_value("mode") != "import", context.form_value("reason"));
  if (!report) return import_page(wiring, context, nullptr, report.error());
  if (report->change > 0) drafts::end(*wiring.database, context.actor, draft_form(context).key);
  return import_page(wiring, context, &*report, {});
}

}  // namespace

Result<FactRows> fact_rows_of(const std::string& bytes, const Mapping& mapping, const std::string& sheet) {
  if (!exports::looks_like_workbook(bytes)) {
    if (!sheet.empty())
      return invalid("A CSV has no sheets. Leave the name of the sheet empty.",
                     {{"sheet", "Leave this empty: the file is a CSV."}});
    return csv_rows(bytes);
  }
  auto sheets = exports::read_xlsx(bytes);
  if (!sheets) return pass_on(sheets);
  std::vector<std::string> names;
  std::vector<std::string> of_facts;
  exports::Sheet* chosen = nullptr;
  for (exports::Sheet& one : *sheets) {
    names.push_back(one.name);
    if (has_fact_column(one, mapping)) of_facts.push_back(one.name);
    if (sheet.empty() ? !chosen && has_fact_column(one, mapping) : one.name == sheet) chosen = &one;
  }
  if (!chosen && !sheet.empty())
    return invalid("The workbook has no sheet \"" + sheet + "\".",
                   {{"sheet", "Write one of: " + joined(names, ", ") + "."}});
  if (!chosen)
    return invalid(
        "No sheet of the workbook has a column called fact in its first row. Its sheets: " + joined(names, ", ") + ".",
        {{"mapping", "Say which column of the file says what kind of fact each row is."}});
  if (sheet.empty() && of_facts.size() > 1)
    return invalid("Several sheets have a column called fact: " + joined(of_facts, ", ") + ".",
                   {{"sheet", "Write which of them is meant: " + joined(of_facts, ", ") + "."}});
  FactRows out;
  out.digest = sha256(bytes);
  names.erase(std::find(names.begin(), names.end(), chosen->name));
  out.said = "Read was the sheet " + chosen->name + (names.empty() ? "." : "; not read: " + joined(names, ", ") + ".");
  for (exports::SheetRow& row : chosen->rows) out.rows.push_back({row.line, std::move(row.fields)});
  return out;
}

void register_import_pages(Wiring& wiring, BodiesService& service) {
  BodiesService* s = &service;
  Wiring* w = &wiring;
  const web::Access import = web::Access::permission(kImportBodies);
  wiring.router.get("/bodies/import", import, [s, w](Context& context) {
    const Status allowed = s->scope_of(context.actor).may_import();
    return allowed ? import_page(*w, context, nullptr, {}) : web::problem_page(context, allowed.error());
  });
  wiring.router.post_upload("/bodies/import", import,
                            [s, w](Context& context) { return import_post(*s, *w, context); });
}

}  // namespace tithing::bodies
