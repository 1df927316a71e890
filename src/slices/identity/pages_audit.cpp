// The audit, for those who may read it.
#include "base/text.h"
#include "exports/csv.h"
#include "govuk/components.h"
#include "slices/identity/pages.h"
#include "slices/identity/permissions.h"
#include "slices/identity/readings.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr int kRowsOfExport = 100'000;

int page_of(const Context& context) {
  const std::string text = context.query_value("page");
  if (text.empty() || text.size() > 7 || text.find_first_not_of("0123456789") != std::string::npos) return 1;
  return std::stoi(text);
}

Answer audit_page(Rooms& rooms, Context& context) {
  const std::string action = context.query_value("action");
  const std::string subject = context.query_value("subject");
  const Result<PageOf<AuditLine>> found =
      audit_lines(*rooms.wiring.database, context.actor, action, subject, page_of(context));
  if (!found) return web::problem_page(context, found.error());

  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Every change, newest first. Entries are never changed or removed: each holds the hash of the one "
                    "before, and `tithing audit verify` checks the whole chain."));
  writer.open("form", {{"method", "get"}, {"action", Url("/administration/audit")}});
  render(writer, govuk::InputParams{.id = "action",
                                    .name = "action",
                                    .value = action,
                                    .label = {.text = tr("Kind of change begins with")},
                                    .hint = {.text = tr("For example identity or evidence.import")},
                                    .classes = "govuk-input--width-20",
                                    .spellcheck = false});
  render(writer, govuk::InputParams{.id = "subject",
                                    .name = "subject",
                                    .value = subject,
                                    .label = {.text = tr("Subject")},
                                    .hint = {.text = tr("For example account:2 or area:E22000368")},
                                    .classes = "govuk-input--width-20",
                                    .spellcheck = false});
  render(writer, govuk::ButtonParams{.text = tr("Filter"), .classes = "govuk-button--secondary"});
  writer.close("form");

  govuk::TableParams table;
  table.caption = tr("{0} entries, page {1} of {2}",
                     {grouped(found->count), std::to_string(found->page), std::to_string(found->pages())});
  table.head = {{.text = tr("Number"), .format = "numeric"},
                {.text = tr("When (UTC)")},
                {.text = tr("Who")},
                {.text = tr("What")},
                {.text = tr("Kind")},
                {.text = tr("Subject")}};
  for (const AuditLine& line : found->rows) {
    Writer subject_link(context.language);
    if (!line.subject.empty())
      subject_link.element(
          "a", {{"class", "govuk-link"}, {"href", Url::path("/administration/audit", {}, {{"subject", line.subject}})}},
          line.subject);
    table.rows.push_back({{.text = grouped(line.number), .format = "numeric"},
                          {.text = line.at.substr(0, 10) + " " + line.at.substr(11, 8)},
                          {.text = line.actor_name},
                          {.text = line.sentence},
                          {.text = line.action},
                          {.text = subject_link.take()}});
  }
  scrolling_table(writer, table);
  govuk::PaginationParams pagination;
  if (found->page > 1)
    pagination.previous = {.href = web::with_query(context, "page", std::to_string(found->page - 1))};
  if (found->page < found->pages())
    pagination.next = {.href = web::with_query(context, "page", std::to_string(found->page + 1))};
  if (found->pages() > 1) render(writer, pagination);
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a",
                 {{"class", "govuk-link"},
                  {"href", Url::path("/administration/audit.csv", {}, {{"action", action}, {"subject", subject}})}},
                 tr("These entries as CSV"));
  writer.close("p");
  web::PageOptions options;
  options.title = tr("Audit");
  options.breadcrumbs = {{tr("Administration"), Url("/administration")}};
  return web::page(context, options, writer.take());
}

Answer audit_csv(Rooms& rooms, Context& context) {
  const Result<std::vector<AuditLine>> lines =
      all_audit_lines(*rooms.wiring.database, context.actor, context.query_value("action"),
                      context.query_value("subject"), kRowsOfExport);
  if (!lines) return web::problem_page(context, lines.error());
  std::string out;
  exports::append_csv_line(out, {"Number", "When (UTC)", "Account", "Who", "What", "Kind", "Subject", "Hash"});
  for (const AuditLine& line : *lines)
    exports::append_csv_line(out, {std::to_string(line.number), line.at, line.actor, line.actor_name, line.sentence,
                                   line.action, line.subject, line.hash});
  return web::download(std::move(out), "text/csv; charset=utf-8", "audit.csv");
}

}  // namespace

void register_audit_pages(Rooms& rooms) {
  rooms.wiring.router.get("/administration/audit", web::Access::permission(kReadAudit),
                          [&rooms](Context& c) { return audit_page(rooms, c); });
  rooms.wiring.router.get("/administration/audit.csv", web::Access::permission(kReadAudit),
                          [&rooms](Context& c) { return audit_csv(rooms, c); });
}

}  // namespace tithing::identity
