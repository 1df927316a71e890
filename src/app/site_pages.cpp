#include "app/site_pages.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>

#include "exports/table.h"
#include "exports/table_html.h"
#include "govuk/components.h"
#include "slices/evidence/kept.h"

namespace tithing::app {
namespace {

using html::Url;
using html::Writer;

const db::Query kWell{"app.well", "SELECT 1"};

// Looked at no more than once in a second: anyone may ask for the health page as often as they like.
class EvidenceThere {
 public:
  bool ask(Wiring& wiring) {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (!there_ || now - asked_ > std::chrono::seconds(1)) {
      there_ = wiring.database->read([&](db::Connection& connection) {
        return evidence::missing_originals(connection, wiring.data_folder).empty();
      });
      asked_ = now;
    }
    return *there_;
  }

 private:
  std::mutex mutex_;
  std::chrono::steady_clock::time_point asked_;
  std::optional<bool> there_;
};

web::Answer search(Wiring& wiring, web::Context& context) {
  const std::string text = context.query_value("q");
  Writer writer(context.language);
  if (text.empty()) {
    writer.element(
        "p", tr("Write the name or the code of an area in the search box above. Old names and codes are found too."));
    return web::page(context, {.title = tr("Search"), .breadcrumbs = {{tr("Home"), Url("/"), false}}}, writer.take());
  }
  exports::Table table{.id = "hits", .title = tr("Found for \"{0}\"", {text.substr(0, 100)})};
  table.columns = {{"name", tr("Name"), exports::ColumnKind::text},
                   {"kind", tr("Kind"), exports::ColumnKind::text},
                   {"note", tr("Note"), exports::ColumnKind::text}};
  for (const auto& ask : wiring.searches)
    for (const SearchHit& hit : ask(text, context.actor, context.today))
      table.rows.push_back({exports::text_cell(hit.title).linked(Url::parse(hit.url)), exports::text_cell(hit.kind),
                            exports::text_cell(hit.note)});
  exports::TableHtml html{.language = context.language, .path = "/search", .query = {{"q", text}}};
  html.view = exports::view_of(table, "", "", context.query_value("page"));
  html.empty_text = tr("Nothing was found. Try fewer letters, an old name, or an official code such as E22000368.");
  writer.put(exports::to_html(table, html));
  return web::page(context, {.title = tr("Search"), .breadcrumbs = {{tr("Home"), Url("/"), false}}}, writer.take());
}

web::Answer accessibility(web::Context& context) {
  Writer writer(context.language);
  writer.element("p", tr("This site is meant to be usable by everyone: with a keyboard, a screen reader, speech, large "
                         "text, a narrow screen, and without scripts."));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("How accessible it is"));
  writer.element("p", tr("Every page is checked by a program against the Web Content Accessibility Guidelines version "
                         "2.2, level AA, at 320 and 1,280 pixels. It has "
                         "not been tested by people who use assistive technology, and there has been no audit."));
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("What you should know"));
  writer.open("ul", {{"class", "govuk-list govuk-list--bullet"}});
  writer.element("li", tr("Charts and maps are pictures. Each has a table or a list with the same numbers."));
  writer.element("li",
                 tr("What is not translated into Welsh is shown in English and marked as such for screen readers."));
  writer.close("ul");
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("If something does not work for you"));
  writer.element("p", tr("Tell the organisation that runs this site. Its administrator can add its address here."));
  return web::page(
      context, {.title = tr("Accessibility statement"), .breadcrumbs = {{tr("Home"), Url("/"), false}}, .narrow = true},
      writer.take());
}

}  // namespace

void register_site_pages(Wiring& wiring) {
  Wiring* const w = &wiring;
  wiring.router.get("/search", web::Access::anyone(), [w](web::Context& context) { return search(*w, context); });
  wiring.router.get("/accessibility", web::Access::anyone(),
                    [](web::Context& context) { return accessibility(context); });
  // For a load balancer or a monitor: the store answers, and the evidence is there. Nothing about versions or people,
  // and no names of files.
  const auto evidence_there = std::make_shared<EvidenceThere>();
  wiring.router.get("/health", web::Access::anyone(), [w, evidence_there](web::Context&) {
    w->database->read([](db::Connection& connection) { connection.run(kWell); });
    const bool whole = evidence_there->ask(*w);
    return web::json_answer(whole ? "{\"status\":\"well\"}"
                                  : "{\"status\":\"evidence missing\",\"what\":\"Kept originals are not in the data "
                                    "folder. The program's log and tithing evidence verify name them.\"}");
  });
}

}  // namespace tithing::app
