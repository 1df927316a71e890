// The audit, for those who may read it.
#include "base/text.h"
#include "exports/csv.h"
#include "lists/list.h"
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

Answer audit_page(Rooms& rooms, Context& context) {
  const std::string action = context.query_value("action");
  const std::string subject = context.query_value("subject");
  const exports::Paging paging =
      lists::paging(context, count_of_audit(*rooms.wiring.database, context.actor, action, subject));
  const Result<std::vector<AuditLine>> found = audit_lines(*rooms.wiring.database, context.actor, action, subject,
                                                           lists::limit_of(paging), lists::offset_of(paging));
  if (!found) return web::problem_page(context, found.error());

  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Every change, newest first. Entries are never changed or removed: each holds the hash of the one "
                    "before, and `tithing audit verify` checks the whole chain."));
  exports::Table table{.id = "entries", .title = tr("Audit"), .caption = tr("Entries")};
  table.columns = {{.key = "number", .heading = tr("Number"), .holds = Numeral::Kind::code},
                   {.key = "at", .heading = tr("When (UTC)"), .holds = Numeral::Kind::date},
                   {"who", tr("Who")},
                   {"what", tr("What")},
                   {.key = "action", .heading = tr("Kind"), .holds = Numeral::Kind::code},
                   {.key = "subject", .heading = tr("Subject"), .holds = Numeral::Kind::code}};
  for (const AuditLine& line : *found) {
    exports::Cell subject_cell = exports::text_cell(line.subject);
    if (!line.subject.empty())
      subject_cell = subject_cell.linked(Url::path("/administration/audit", {}, {{"subject", line.subject}}));
    table.rows.push_back({exports::text_cell(grouped(line.number)),
                          exports::text_cell(line.at.substr(0, 10) + " " + line.at.substr(11, 8)),
                          exports::text_cell(line.actor_name), exports::text_cell(line.sentence),
                          exports::text_cell(line.action), std::move(subject_cell)});
  }
  writer.put(lists::part(context, {.table = std::move(table),
                                   .none = tr("There is no such entry."),
                                   .paging = paging,
                                   .chosen_before = {{.name = "action",
                                                      .label = tr("Kind of change begins with"),
                                                      .hint = tr("For example identity or evidence.import")},
                                                     {.name = "subject",
                                                      .label = tr("Subject"),
                                                      .hint = tr("For example account:2 or area:E22000368")}},
                                   .csv_path = "/administration/audit.csv"}));
  web::PageOptions options;
  options.title = tr("Audit");
  options.breadcrumbs = {{tr("Administration"), Url("/administration")}};
  return web::page(context, options, writer.take());
}

Answer audit_csv(Rooms& rooms, Context& context) {
  const Result<std::vector<AuditLine>> lines =
      audit_lines(*rooms.wiring.database, context.actor, context.query_value("action"), context.query_value("subject"),
                  kRowsOfExport);
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
