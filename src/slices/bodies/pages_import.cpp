// Import of facts from a CSV or a workbook: a trial first, a report row by row, all or nothing.
#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "base/translation.h"
#include "exports/read_xlsx.h"
#include "forms/sheet.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/pages_view.h"
#include "slices/wiring.h"

namespace tithing::bodies {
namespace {

constexpr std::int64_t kLargestImport = 50'000'000;  // bytes
constexpr std::size_t kMostShown = 500;              // rows of the report

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

// What columns are called in the file and what they are here, in pairs: "heading-1" and "heading-1-is", ..
constexpr int kMostHeadings = 16;

std::string heading_name(int line) { return "heading-" + std::to_string(line); }

Mapping mapping_in(const forms::Values& values) {
  Mapping mapping;
  for (int line = 1; line <= kMostHeadings; ++line)
    if (const std::string heading = forms::at(values, heading_name(line)); !heading.empty())
      mapping.emplace_back(heading, forms::at(values, heading_name(line) + "-is"));
  return mapping;
}

void put_headings(forms::Form& form, const forms::Values& values, bool open) {
  forms::Choices columns = {{"", tr("Choose a column")}};
  for (const std::string& column : fact_columns()) columns.emplace_back(column, column);
  const int lines = std::min(kMostHeadings, static_cast<int>(mapping_in(values).size()) + 3);
  form.folded(tr("Columns that are called otherwise in the file"), open || !mapping_in(values).empty(), [&] {
    for (int line = 1; line <= lines; ++line) {
      const std::string number = std::to_string(line);
      form.input(heading_name(line), tr("Heading in the file {0}", {number}), {}, "govuk-input--width-20");
      form.select(heading_name(line) + "-is", tr("Column here {0}", {number}), columns);
    }
  });
}

// What came of it, the rows that were refused first.
void put_report(Writer& writer, const ImportReport& report) {
  writer.element("p", {{"class", "govuk-body-l"}}, report.sentence);
  if (report.change > 0)
    link_line(writer, change_url(report.change), tr("Open this change, to look at it or to undo it"));
  exports::Table table{.id = "rows", .title = tr("Row by row")};
  table.columns = {{"line", tr("Line or row"), ColumnKind::integer},
                   {"state", tr("State"), ColumnKind::text},
                   {"what", tr("What"), ColumnKind::text}};
  std::vector<ImportRow> rows = report.rows;
  std::stable_partition(rows.begin(), rows.end(),
                        [](const ImportRow& row) { return row.state == ImportRow::State::refused; });
  const std::size_t shown = std::min(kMostShown, rows.size());
  for (std::size_t i = 0; i < shown; ++i)
    table.rows.push_back({exports::integer_cell(rows[i].line),
                          text_cell(rows[i].state == ImportRow::State::refused ? tr("Refused")
                                    : rows[i].state == ImportRow::State::same  ? tr("Already there")
                                                                               : tr("New")),
                          text_cell(rows[i].what)});
  if (shown < rows.size())
    table.notes.push_back(tr("{0} not shown; refused rows come first.",
                             {plural(static_cast<std::int64_t>(rows.size() - shown), "more row is", "more rows are")}));
  writer.put(exports::to_html(table, {.language = writer.language(), .paged = false}));
}

Answer import_page(Wiring& wiring, Context& context, const ImportReport* report = nullptr,
                   const Problem& problem = {}) {
  const auto draft = context.request->method == "POST"
                         ? std::nullopt
                         : drafts::find(*wiring.database, context.actor, draft_form(context).key);
  forms::Values values = draft ? forms::values_in(*draft) : forms::values_in(context);
  if (forms::at(values, "mode") != "import" || report) values["mode"] = "trial";
  Writer before(context.language);
  if (report) put_report(before, *report);
  paragraph(before, tr("A CSV file or an Excel workbook (.xlsx) with one fact in each row. The export of all facts has "
                       "the columns: {0}. Days may be days of Excel, or text such as 2012-04-01. The successors of a "
                       "split stand in one field with their shares, such as east=60;west=40.",
                       {joined(fact_columns(), ", ")}));
  forms::Sheet sheet{.options = options_of(tr("Import bodies"), false),
                     .action = Url("/bodies/import"),
                     .draft = draft_form(context),
                     .save = tr("Continue"),
                     .before = before.take(),
                     .upload = true};
  sheet.fields = {{.name = "file", .label = tr("File"), .kind = forms::Kind::file},
                  {.name = "sheet",
                   .label = tr("Sheet of the workbook"),
                   .hint = tr("Leave it empty for the sheet that has a column called fact."),
                   .classes = "govuk-input--width-20"},
                  {.name = "mode",
                   .label = tr("What should happen?"),
                   .kind = forms::Kind::radios,
                   .choices = {{"trial", tr("Try it: say what would happen, and write nothing")},
                               {"import", tr("Import it, if no row is refused")}}},
                  {.name = "reason", .label = tr("Reason")}};
  if (draft) sheet.fields.front().hint = tr("A draft keeps no file. Choose it again.");
  sheet.ahead_of = [&](forms::Form& form, const forms::Field& field) {
    if (field.name == "sheet") put_headings(form, values, !web::field_error(problem, "heading-1").empty());
  };
  return forms::sheet_page(*wiring.database, context, std::move(sheet), values, problem);
}

Result<ImportReport> imported(BodiesService& service, const Context& context) {
  const auto given = web::file_or_pasted(context, "file", "file", kLargestImport);
  if (!given) return pass_on(given);
  if (given->file_name.empty())
    return invalid(tr("Choose a file."), {{"file", tr("Choose a CSV file or an Excel workbook (.xlsx).")}});
  const Mapping mapping = mapping_in(forms::values_in(context));
  for (const auto& [heading, column] : mapping)
    if (column.empty())
      return invalid(tr("A heading has no column."),
                     {{"heading-1", tr("Choose what the heading \"{0}\" is called here.", {heading})}});
  const auto rows = fact_rows_of(given->text, mapping, context.form_value("sheet"));
  if (!rows) return pass_on(rows);
  return service.import(context.actor, *rows, given->file_name, mapping, context.form_value("mode") != "import",
                        context.form_value("reason"));
}

Answer import_post(BodiesService& service, Wiring& wiring, Context& context) {
  drafts::keep_posted(*wiring.database, context, draft_form(context));
  const auto report = imported(service, context);
  if (!report) return import_page(wiring, context, nullptr, report.error());
  if (report->change > 0) drafts::end(*wiring.database, context.actor, draft_form(context).key);
  return import_page(wiring, context, &*report);
}

}  // namespace

Result<FactRows> fact_rows_of(const std::string& bytes, const Mapping& mapping, const std::string& sheet) {
  if (!exports::looks_like_workbook(bytes)) {
    if (!sheet.empty())
      return invalid(tr("A CSV has no sheets. Leave the name of the sheet empty."),
                     {{"sheet", tr("Leave this empty: the file is a CSV.")}});
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
    return invalid(tr("The workbook has no sheet \"{0}\".", {sheet}),
                   {{"sheet", tr("Write one of: {0}.", {joined(names, ", ")})}});
  if (!chosen)
    return invalid(tr("No sheet of the workbook has a column called fact in its first row. Its sheets: {0}.",
                      {joined(names, ", ")}),
                   {{"heading-1", tr("Say which column of the file says what kind of fact each row is.")}});
  if (sheet.empty() && of_facts.size() > 1)
    return invalid(tr("Several sheets have a column called fact: {0}.", {joined(of_facts, ", ")}),
                   {{"sheet", tr("Write which of them is meant: {0}.", {joined(of_facts, ", ")})}});
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
    return allowed ? import_page(*w, context) : web::problem_page(context, allowed.error());
  });
  wiring.router.post_upload("/bodies/import", import,
                            [s, w](Context& context) { return import_post(*s, *w, context); });
}

}  // namespace tithing::bodies
