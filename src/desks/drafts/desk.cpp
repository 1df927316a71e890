#include "desks/drafts/desk.h"

#include "base/json.h"
#include "base/log.h"
#include "drafts_migrations.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "web/form_parts.h"

namespace tithing::drafts {
namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

html::Markup away_button(const Context& context, const Draft& draft) {
  Writer label(context.language);
  label.put(tr("Throw away"))
      .open("span", {{"class", "govuk-visually-hidden"}})
      .text(": " + draft.form.title)
      .close("span");
  Writer away(context.language);
  away.open("form", {{"method", "post"}, {"action", Url("/drafts/remove")}});
  away.put(web::csrf_field(context));
  web::hidden_field(away, "draft-form", draft.form.key);
  render(away, govuk::ButtonParams{.text = label.take(),
                                   .classes = "govuk-button--secondary govuk-!-margin-bottom-0",
                                   .prevent_double_click = true});
  away.close("form");
  return away.take();
}

Answer list_page(Wiring& wiring, Context& context) {
  const std::vector<Draft> all = list(*wiring.database, context.actor);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("What you have typed and not sent. Only you see it. A draft ends when its change is made, when you "
                    "throw it away, or {0} days after it was last saved.",
                    {std::to_string(kDaysKept)}));
  exports::Table table{.id = "drafts", .title = tr("Your drafts"), .caption = tr("Your drafts, the newest first")};
  table.columns = {{"what", tr("What")}, {"saved", tr("Saved")}, {"until", tr("Kept until")}};
  table.columns.push_back({.key = "away", .heading = tr("Throw away"), .on_page_only = true});
  for (const Draft& draft : all)
    table.rows.push_back({exports::text_cell(draft.form.title).linked(Url::parse(draft.form.address)),
                          exports::text_cell(when_text(draft.saved_at, context.today)),
                          exports::text_cell(draft.saved_at.date().plus_days(kDaysKept).text()),
                          exports::picture_cell(away_button(context, draft))});
  writer.put(lists::part(context, {.table = std::move(table), .search = true, .none = tr("You have no drafts.")}));
  web::PageOptions options;
  options.title = tr("Your drafts");
  options.breadcrumbs = {{tr("Home"), Url("/"), false}};
  if (wiring.site.has("account")) options.breadcrumbs.push_back({tr("My account"), wiring.site.at("account"), false});
  const std::string done = context.query_value("done");
  if (done == "kept" || done == "away")
    options.notice = govuk::rendered(
        govuk::NotificationBannerParams{.text = done == "kept"
                                                    ? tr("Your draft is kept. Open it here when you want to go on.")
                                                    : tr("The draft has been thrown away."),
                                        .type = "success"},
        context.language);
  return web::page(context, options, writer.take());
}

// By the script while somebody types, with an answer in JSON; by the button "Save and finish later", with the list.
Answer save_posted(Wiring& wiring, Context& context) {
  const bool later = context.form_value("draft-then") == "later";
  const Status done = save(*wiring.database, context.actor, context.now, posted_form(context), context.form);
  if (!done) return later ? web::problem_page(context, done.error()) : web::problem_json(done.error());
  if (later) return web::redirect(Url("/drafts?done=kept"));
  JsonWriter json;
  json.begin_object()
      .member("saved-at", context.now.iso())
      .member("sentence", saved_text(context.now, context.today).in(context.language).text)
      .end_object();
  return web::json_answer(json.take());
}

Answer remove_posted(Wiring& wiring, Context& context) {
  end(*wiring.database, context.actor, context.form_value("draft-form"));
  const std::string next = context.form_value("next");
  return web::redirect(next.empty() ? Url("/drafts?done=away") : web::local_path(next));
}

}  // namespace

void register_desk(Wiring& wiring) {
  for (const db::Migration& migration : drafts_migrations()) wiring.migrations.push_back(migration);
  Wiring* w = &wiring;
  wiring.site.address("drafts", "/drafts");
  const web::Access access = web::Access::signed_in();
  wiring.router.get("/drafts", access, [w](Context& context) { return list_page(*w, context); });
  wiring.router.post("/drafts", access, [w](Context& context) { return save_posted(*w, context); });
  wiring.router.post("/drafts/remove", access, [w](Context& context) { return remove_posted(*w, context); });
  wiring.at_start.push_back([w]() -> Status {
    if (const std::int64_t removed = remove_old(*w->database, w->clock->now()); removed > 0)
      log::info("drafts.removed", {{"drafts", removed}, {"days", kDaysKept}});
    return {};
  });
}

}  // namespace tithing::drafts
