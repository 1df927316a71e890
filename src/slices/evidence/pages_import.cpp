#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/random.h"
#include "base/text.h"
#include "desks/jobs/desk.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "jobs/jobs.h"
#include "lists/list.h"
#include "slices/evidence/pages.h"
#include "slices/sources/choice_parts.h"
#include "web/form_parts.h"

namespace tithing::evidence {

namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr int kHoursToAnswer = 24;

std::string outcome_text(const std::string& outcome) {
  if (outcome == "new") return "imported";
  if (outcome == "replaces") return "replaces an earlier one";
  if (outcome == "known") return "imported before";
  if (outcome == "set-aside") return "set aside";
  if (outcome == "not-used") return "not used";
  return "cannot be read";
}

Answer imports_page(EvidenceService& service, Context& context) {
  const exports::Paging paging = lists::paging(context, service.imports(1, 0).total);
  const EvidenceService::ImportPage page = service.imports(lists::limit_of(paging), lists::offset_of(paging));
  Writer writer(context.language);
  exports::Table table{.id = "imports",
                       .title = tr("Imports"),
                       .caption = tr("Imports, newest first"),
                       .columns = {{"when", tr("When")}, {"what", tr("What")}}};
  for (const store::ImportRow& import : page.imports) {
    table.rows.push_back({exports::text_cell(as_date(day_of(import.at)))
                              .linked(Url::path("/evidence/imports/{}", {std::to_string(import.id)})),
                          exports::text_cell(import.sentence)});
  }
  writer.put(lists::part(context,
                         {.table = std::move(table), .none = tr("Nothing has been imported yet."), .paging = paging}));
  return web::page(context, {.title = tr("Imports"), .breadcrumbs = breadcrumbs(true)}, writer.take());
}

Answer import_page(EvidenceService& service, Context& context) {
  const std::int64_t id = number_of(context.parameter("id"));
  std::optional<EvidenceService::ImportFiles> found = service.import_files(id, 1, 0);
  if (!found) return no_such(context, "There is no import of this number. Look for it in the list of imports.");
  const exports::Paging paging = lists::paging(context, found->total);
  found = service.import_files(id, lists::limit_of(paging), lists::offset_of(paging));
  Writer writer(context.language);
  paragraph(writer, found->import.sentence);
  paragraph(writer, context.actor.signed_in() ? tr("{0}, by {1}", {as_date(day_of(found->import.at)),
                                                                   as_name(context.person(found->import.by))})
                                              : tr("{0}", {as_date(day_of(found->import.at))}));
  exports::Table table{.id = "files",
                       .title = tr("Files of the import"),
                       .caption = {},
                       .columns = {{"name", tr("File")},
                                   {"outcome", tr("Outcome")},
                                   {"accepted", tr("Rows accepted"), exports::ColumnKind::integer},
                                   {"refused", tr("Rows refused"), exports::ColumnKind::integer},
                                   {"what", tr("In words")}}};
  for (const store::ImportFileRow& file : found->files) {
    exports::Cell name = exports::text_cell(as_name(file.name));
    if (file.source_file != 0) name = name.linked(source_url(file.source_file));
    table.rows.push_back({std::move(name), exports::text_cell(outcome_text(file.outcome)),
                          exports::integer_cell(file.accepted), exports::integer_cell(file.refused),
                          exports::text_cell(file.sentence)});
  }
  writer.put(lists::part(context, {.table = std::move(table), .paging = paging}));
  std::vector<web::NavigationItem> trail = breadcrumbs(true);
  trail.push_back({tr("Imports"), Url("/evidence/imports"), false});
  return web::page(context, {.title = tr("Import {0}", {std::to_string(id)}), .breadcrumbs = trail}, writer.take());
}

Answer import_form(Context& context, const std::string& error) {
  Writer writer(context.language);
  web::PageOptions options{
      .title = tr("Import data"), .breadcrumbs = breadcrumbs(true), .status = error.empty() ? 200 : 400};
  if (!error.empty()) {
    options.notice = govuk::rendered(govuk::ErrorSummaryParams{.title = tr("There is a problem"),
                                                               .error_list = {{.text = error, .href = Url("#file")}}},
                                     context.language);
    options.has_error = true;
  }
  paragraph(writer, tr("The file is read and checked row by row first. You are then shown what it would change, and "
                       "nothing is changed before you say so. Reading may take a while: the next page shows how far it "
                       "is, and can be left and found again."));
  writer.open("form", {{"method", "post"},
                       {"action", Url("/evidence/import")},
                       {"enctype", "multipart/form-data"},
                       {"data-module", "tithing-upload"},
                       {"data-sending-text", tr("Sending the file").in(context.language).text},
                       {"data-sent-text", tr("The file has arrived. It is being read.").in(context.language).text},
                       {"data-failed-text",
                        tr("The file could not be sent. Nothing was changed. Try again.").in(context.language).text}});
  writer.put(web::csrf_field(context));
  const std::string chosen = context.form_value("kind");
  govuk::RadiosParams kind{.name = "kind", .value = chosen.empty() ? "police" : chosen, .id_prefix = "kind"};
  kind.fieldset = govuk::FieldsetParams{.legend = {.text = tr("What is it?")}};
  const auto add = [&](const char* value, Message text, Message hint) {
    govuk::RadiosItem item;
    item.value = value;
    item.text = std::move(text);
    item.hint.text = std::move(hint);
    kind.items.push_back(std::move(item));
  };
  add("police", tr("Street-level crime of data.police.uk"),
      tr("A zip archive, or one CSV file such as 2022-11-surrey-street.csv"));
  add("population", tr("Populations by LSOA of 2021 (ONS)"), tr("A CSV file"));
  add("table-c2", tr("ONS Table C2, police recorded crime by partnership"), tr("The worksheet as CSV"));
  render(writer, kind);
  govuk::FileUploadParams file{.name = "file", .id = "file", .label = {.text = tr("File")}};
  if (!error.empty()) file.error_message = {.text = error};
  render(writer, file);
  paragraph(writer, tr("Everyone who uses this program sees the figures that come of it. The import is written into "
                       "the audit under your name."));
  render(writer, govuk::ButtonParams{.text = tr("Upload and read")});
  writer.close("form");
  return web::page(context, options, writer.take());
}

// Where uploads wait for their job and for an answer: <data>/spool/import-<token>/<name as sent>.
struct Waiting {
  std::string token;
  std::string path;
};

Result<Waiting> take_upload(const std::string& data_folder, const web::UploadedFile& upload) {
  const std::string token = random_token();
  const std::string folder = data_folder + "/spool/import-" + token;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return unavailable(tr("The upload cannot be kept: the data folder cannot be written to."));
  const std::string name = upload.file_name.empty() ? "upload" : std::string(base_name(upload.file_name));
  const std::string path = folder + "/" + name;
  std::filesystem::rename(upload.path, path, error);
  if (error) {
    // Another file system: copied.
    error.clear();
    std::filesystem::copy_file(upload.path, path, error);
  }
  if (error) {
    std::filesystem::remove_all(folder, error);
    return unavailable(tr("The upload cannot be kept: there is no room in the data folder."));
  }
  return Waiting{token, path};
}

void remove_upload(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove_all(std::filesystem::path(path).parent_path(), ignored);
}

// Uploads whose job died with its process, or that nobody answered. The young ones may still be waiting.
void clear_old_uploads(const std::string& data_folder) {
  std::error_code error;
  const auto now = std::filesystem::file_time_type::clock::now();
  for (std::filesystem::directory_iterator it(data_folder + "/spool", error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    const auto written = std::filesystem::last_write_time(it->path(), ignored);
    if (!ignored && it->path().filename().string().starts_with("import-") &&
        now - written > std::chrono::hours(kHoursToAnswer)) {
      std::filesystem::remove_all(it->path(), ignored);
    }
  }
}

Result<ImportReport> import_of(const Doing& doing, const Holdings& holdings, const std::string& kind,
                               const std::string& path, const ProgressSink& sink, const sources::Manners& manners) {
  if (kind == "police") return import_police(doing, holdings, {path}, sink, manners);
  return kind == "population" ? import_population(doing, holdings, path, manners)
                              : import_table_c2(doing, holdings, path, manners);
}

ProgressSink sink_of(jobs::Progress& progress) {
  return [&progress](std::int64_t done, std::int64_t of, const std::string& what) {
    if (of > 0) progress.report(done / 1'000'000, (of + 999'999) / 1'000'000, what);
    return !progress.cancelled();
  };
}

Url check_url(const std::string& token) { return Url::path("/evidence/import/check/{}", {token}); }

Answer post_import(EvidenceService& service, Context& context) {
  Wiring& wiring = service.wiring();
  const std::string kind = context.form_value("kind");
  if (kind != "police" && kind != "population" && kind != "table-c2")
    return import_form(context, "Choose what kind of file it is.");
  const web::UploadedFile* upload = nullptr;
  for (const web::UploadedFile& file : context.files) {
    if (file.field == "file") upload = &file;
  }
  if (upload == nullptr || upload->bytes == 0) return import_form(context, "Choose a file that is not empty.");
  if (wiring.jobs == nullptr)
    return web::problem_page(
        context,
        {ProblemKind::unavailable, "This process takes no imports. Use \"tithing import\" on the command line.", {}});
  const Result<Waiting> waiting = take_upload(wiring.data_folder, *upload);
  if (!waiting) return web::problem_page(context, waiting.error());

  EvidenceService* const evidence = &service;
  const Actor actor = context.actor;
  const std::string name = std::string(base_name(waiting->path));
  const Result<std::int64_t> job = wiring.jobs->start(
      "evidence.read", "Reading of " + name, actor,
      [evidence, actor, kind, name, waiting = *waiting](jobs::Progress& progress) -> Status {
        sources::Manners dry;
        dry.dry_run = true;
        const Result<ImportReport> report =
            import_of(evidence->doing(actor), evidence->holdings(), kind, waiting.path, sink_of(progress), dry);
        if (!report) {
          remove_upload(waiting.path);
          return tl::unexpected<Problem>(report.error());
        }
        store::Reading reading{waiting.token,    kind,           name, waiting.path, {}, actor.audit_name(),
                               report->sentence, report->changes};
        if (const Status kept = evidence->keep_reading(std::move(reading)); !kept) {
          remove_upload(waiting.path);
          return kept;
        }
        progress.conclude("Read. Nothing is imported yet: look at what it would change.");
        progress.result(check_url(waiting.token).text());
        return {};
      },
      "MB");
  if (!job) {
    remove_upload(waiting->path);
    return web::problem_page(context, job.error());
  }
  return web::redirect(jobs::page_of(*job));
}

// Whoever may import may answer: a colleague goes on where one has left. The audit names who answered.
std::optional<store::Reading> reading_of(EvidenceService& service, const Context& context) {
  return service.reading(context.parameter("token"));
}

Answer no_reading(const Context& context) {
  return no_such(context,
                 "There is no upload that waits for an answer here. It was answered, or it is older than a day. Upload "
                 "the file again.");
}

Answer check_page(EvidenceService& service, Context& context, const Problem& problem) {
  const std::optional<store::Reading> reading = reading_of(service, context);
  if (!reading) return no_reading(context);
  Writer writer(context.language);
  const bool asked = sources::asks(reading->changes);
  if (asked) {
    render(writer,
           govuk::WarningTextParams{
               .text = tr("This file would remove or contradict much of what counts. Look at it before you go on.")});
  }
  paragraph(writer, tr("{0} was read. Nothing is imported yet.", {reading->name}));
  paragraph(writer, tr("What it comes to: {0}", {reading->sentence}));
  writer.put(sources::changes_part(context, reading->changes));
  writer.open("form", {{"method", "post"}, {"action", check_url(reading->token)}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  writer.put(sources::answer_fields(context, reading->changes, problem));
  paragraph(writer, tr("Everyone who uses this program sees the figures that come of it. The import is written into "
                       "the audit under your name."));
  writer.open("div", {{"class", "govuk-button-group"}});
  render(writer, govuk::ButtonParams{.text = tr("Import"), .prevent_double_click = true});
  render(writer,
         govuk::ButtonParams{
             .text = tr("Do not import"), .name = "withdraw", .value = "yes", .classes = "govuk-button--secondary"});
  writer.close("div");
  writer.close("form");
  std::vector<web::NavigationItem> trail = breadcrumbs(true);
  trail.push_back({tr("Import data"), Url("/evidence/import"), false});
  web::PageOptions options{.title = tr("Check what the import would change"), .breadcrumbs = trail};
  options.notice = web::error_summary(problem, context.language);
  options.has_error = !problem.message.empty();
  options.status = options.has_error ? web::status_of(problem.kind) : 200;
  return web::page(context, options, writer.take());
}

Answer post_check(EvidenceService& service, Context& context) {
  Wiring& wiring = service.wiring();
  const std::optional<store::Reading> reading = reading_of(service, context);
  if (!reading) return no_reading(context);
  if (!context.form_value("withdraw").empty()) {
    service.forget_reading(reading->token);
    remove_upload(reading->path);
    return web::redirect(Url("/evidence/import"));
  }
  const Result<sources::Manners> manners = sources::answer_of(context, reading->changes);
  if (!manners) return check_page(service, context, manners.error());
  if (wiring.jobs == nullptr)
    return web::problem_page(
        context,
        {ProblemKind::unavailable, "This process takes no imports. Use \"tithing import\" on the command line.", {}});
  EvidenceService* const evidence = &service;
  const Actor actor = context.actor;
  const Result<std::int64_t> job = wiring.jobs->start(
      "evidence.import", "Import of " + reading->name, actor,
      [evidence, actor, reading = *reading, manners = *manners](jobs::Progress& progress) -> Status {
        const Result<ImportReport> report = import_of(evidence->doing(actor), evidence->holdings(), reading.kind,
                                                      reading.path, sink_of(progress), manners);
        evidence->forget_reading(reading.token);
        remove_upload(reading.path);
        if (!report) return tl::unexpected<Problem>(report.error());
        evidence->forget();
        progress.conclude(report->sentence);
        progress.result(report->id != 0 ? "/evidence/imports/" + std::to_string(report->id) : "/evidence");
        return {};
      },
      "MB");
  if (!job) return web::problem_page(context, job.error());
  return web::redirect(jobs::page_of(*job));
}

}  // namespace

void register_import_pages(Wiring& wiring, EvidenceService& service) {
  EvidenceService* const evidence = &service;
  wiring.at_start.push_back([&wiring]() -> Status {
    clear_old_uploads(wiring.data_folder);
    return {};
  });
  wiring.router.get("/evidence/imports", web::Access::anyone(),
                    [evidence](Context& context) { return imports_page(*evidence, context); });
  wiring.router.get("/evidence/imports/:id", web::Access::anyone(),
                    [evidence](Context& context) { return import_page(*evidence, context); });
  wiring.router.get("/evidence/import", web::Access::permission(kImportEvidence),
                    [](Context& context) { return import_form(context, {}); });
  wiring.router.get("/evidence/import/check/:token", web::Access::permission(kImportEvidence),
                    [evidence](Context& context) { return check_page(*evidence, context, {}); });
  wiring.router.post("/evidence/import/check/:token", web::Access::permission(kImportEvidence),
                     [evidence](Context& context) { return post_check(*evidence, context); });
  wiring.router.post_upload("/evidence/import", web::Access::permission(kImportEvidence),
                            [evidence](Context& context) { return post_import(*evidence, context); });
}

}  // namespace tithing::evidence
