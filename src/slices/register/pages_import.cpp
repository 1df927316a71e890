// Import of look-ups, fits and boundaries in the browser: read first, shown, answered, then done.
#include "base/text.h"
#include "govuk/components.h"
#include "slices/register/edges.h"
#include "slices/sources/choice_parts.h"
#include "slices/sources/waiting.h"
#include "slices/wiring.h"
#include "web/form_parts.h"

namespace tithing::register_ {
namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::int64_t kLargestUpload = 200'000'000;

web::PageOptions options_of(const Context& context, const Message& title, const Problem& problem) {
  web::PageOptions options{.title = title,
                           .breadcrumbs = {{tr("Home"), Url("/"), false},
                                           {tr("Areas"), Url("/areas"), false},
                                           {tr("Publications of geography"), Url("/areas/publications"), false}}};
  options.notice = web::error_summary(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = options.has_error ? web::status_of(problem.kind) : 200;
  return options;
}

void paragraph(Writer& writer, const html::Content& content) {
  writer.element("p", {{"class", "govuk-body"}}, content);
}

Answer form_page(Context& context, const Problem& problem) {
  Writer writer(context.language);
  paragraph(writer, tr("A look-up of districts, partnerships and forces, an exact or best fit of LSOAs, a table of "
                       "codes or successions (CSV), "
                       "boundaries (GeoJSON or TopoJSON), or a zip archive of such files. It is read first; you are "
                       "then shown what it would "
                       "change, and nothing is changed before you say so."));
  writer.open(
      "form",
      {{"method", "post"}, {"action", Url("/areas/import")}, {"enctype", "multipart/form-data"}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  render(writer, govuk::FileUploadParams{.name = "file",
                                         .id = "file",
                                         .label = {.text = tr("File")},
                                         .error_message = {.text = web::field_error(problem, "file")}});
  render(writer,
         govuk::InputParams{.id = "dated",
                            .name = "dated",
                            .value = context.form_value("dated"),
                            .label = {.text = tr("The day that it holds for")},
                            .hint = {.text = tr("Such as {0}. Leave it empty where the file's name or columns say so.",
                                                {as_date("2022-12-31")})},
                            .error_message = {.text = web::field_error(problem, "dated")},
                            .classes = "govuk-input--width-10"});
  render(writer, govuk::ButtonParams{.text = tr("Upload and read"), .prevent_double_click = true});
  writer.close("form");
  return web::page(context, options_of(context, tr("Import geography"), problem), writer.take());
}

Problem at_file(Problem problem) {
  if (problem.fields.empty()) problem.fields.push_back({"file", problem.message});
  return problem;
}

Answer check_page(Context& context, const GeographyReport& report, const std::string& name, const std::string& token,
                  const Problem& problem) {
  Writer writer(context.language);
  if (report.trial == sources::Trial::refused)
    render(writer,
           govuk::WarningTextParams{
               .text = tr("This file would remove or contradict much of what counts. Look at it before you go on.")});
  paragraph(writer, tr("{0} was read. Nothing is imported yet.", {as_name(name)}));
  for (const ImportedFile& file : report.files) paragraph(writer, as_name(file.name + ": " + file.what));
  writer.put(sources::changes_part(context, report.changes));
  writer.open(
      "form",
      {{"method", "post"}, {"action", Url("/areas/import")}, {"enctype", "multipart/form-data"}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  web::hidden_field(writer, "waiting", token);
  web::hidden_field(writer, "file-name", name);
  web::hidden_field(writer, "dated", context.form_value("dated"));
  web::hidden_field(writer, "seen", sources::fingerprint(report.changes));
  writer.put(sources::answer_fields(context, report.changes, problem));
  paragraph(writer, tr("Everyone who uses this program sees the figures that come of it. The import is written into "
                       "the audit under your name."));
  writer.open("div", {{"class", "govuk-button-group"}});
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  render(writer,
         govuk::ButtonParams{
             .text = tr("Do not import"), .name = "withdraw", .value = "yes", .classes = "govuk-button--secondary"});
  writer.close("div");
  writer.close("form");
  return web::page(context, options_of(context, tr("Check what the import would change"), problem), writer.take());
}

Answer post(RegisterService& service, const std::string& data, Context& context) {
  std::optional<Date> dated;
  if (const std::string text(trimmed(context.form_value("dated"))); !text.empty()) {
    const auto day = Date::parse(text);
    if (!day)
      return form_page(context,
                       invalid(tr("That is no day."), {{"dated", tr("Write the day such as 2022-12-31")}}).value());
    dated = *day;
  }
  std::string token = context.form_value("waiting");
  std::string name = context.form_value("file-name");
  const bool answering = !token.empty();
  if (answering && !context.form_value("withdraw").empty()) {
    sources::forget_waiting(data, token);
    return web::redirect(Url("/areas/import"));
  }
  if (!answering) {
    const auto given = web::file_or_pasted(context, "file", "file", kLargestUpload);
    if (!given) return form_page(context, given.error());
    if (given->text.empty())
      return form_page(context,
                       invalid(tr("Choose a file."), {{"file", tr("Choose a file that is not empty")}}).value());
    name = given->file_name;
    const auto kept = sources::keep_waiting(data, given->text);
    if (!kept) return web::problem_page(context, kept.error());
    token = *kept;
  }
  const auto path = sources::waiting_file(data, token, name);
  if (!path)
    return form_page(context, invalid(tr("The upload is no longer here. Choose the file again."),
                                      {{"file", tr("Choose the file again")}})
                                  .value());
  sources::Manners dry;
  dry.dry_run = true;
  const auto report = service.import_geography(context.actor, {*path}, dated, dry);
  if (!report) {
    sources::forget_waiting(data, token);
    return form_page(context, at_file(report.error()));
  }
  const auto manners = sources::answer_of(context, report->changes);
  if (answering && manners && context.form_value("seen") == sources::fingerprint(report->changes)) {
    const auto done = service.import_geography(context.actor, {*path}, dated, *manners);
    sources::forget_waiting(data, token);
    if (!done) return form_page(context, at_file(done.error()));
    Writer writer(context.language);
    paragraph(writer, as_name(done->sentence()));
    for (const ImportedFile& file : done->files) paragraph(writer, as_name(file.name + ": " + file.what));
    writer.open("p", {{"class", "govuk-body"}})
        .element("a", {{"class", "govuk-link"}, {"href", Url("/areas/publications?show=all")}},
                 tr("Publications of geography"))
        .close("p");
    return web::page(context, options_of(context, tr("Geography imported"), {}), writer.take());
  }
  // What it would change, before it does; and again where that has changed since.
  Problem problem{ProblemKind::invalid, {}, {}};
  if (answering && !manners) problem = manners.error();
  if (answering && manners)
    problem = {
        ProblemKind::conflict,
        "What counts has changed since you were shown what this import would change. Nothing was changed; look again.",
        {}};
  return check_page(context, *report, name, token, problem);
}

}  // namespace

void register_import_pages(Wiring& wiring, RegisterService& service) {
  RegisterService* s = &service;
  Wiring* w = &wiring;
  const web::Access access = web::Access::permission(kImportGeography);
  wiring.router.get("/areas/import", access, [](Context& context) { return form_page(context, {}); });
  wiring.router.post_upload("/areas/import", access,
                            [s, w](Context& context) { return post(*s, w->data_folder, context); });
}

}  // namespace tithing::register_
