#include "desks/drafts/desk.h"

#include "base/json.h"
#include "base/log.h"
#include "drafts_migrations.h"
#include "govuk/components.h"
#include "govuk/own.h"

namespace tithing::drafts {
namespace {

using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

Answer list_page(Wiring& wiring, Context& context) {
  const std::vector<Draft> all = list(*wiring.database, context.actor);
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("What you have typed and not sent. Only you see it. A draft ends when its change is made, when you "
                    "throw it away, or {0} days after it was last saved.",
                    {std::to_string(kDaysKept)}));
  if (all.empty()) {
    writer.element("p", {{"class", "govuk-body"}}, tr("You have no drafts."));
  } else {
    govuk::TableParams table;
    table.caption = tr("Your drafts, the newest first");
    table.first_cell_is_header = true;
    table.head = {{.text = tr("What")}, {.text = tr("Saved")}, {.text = tr("Kept until")}, {.text = tr("Throw away")}};
    for (const Draft& draft : all) {
      Writer what(context.language);
      what.element("a", {{"class", "govuk-link"}, {"href", Url::parse(draft.form.address)}}, draft.form.title);
      Writer away(context.language);
      away.open("form", {{"method", "post"}, {"action", Url("/drafts/remove")}});
      away.put(web::csrf_field(context));
      away.void_element("input", {{"type", "hidden"}, {"name", "draft-form"}, {"value", draft.form.key}});
      Writer label(context.language);
      label.put(tr("Throw away"))
          .open("span", {{"class", "govuk-visually-hidden"}})
          .text(": " + draft.form.title)
          .close("span");
      render(away, govuk::ButtonParams{.text = label.take(),
                                       .classes = "govuk-button--secondary govuk-!-margin-bottom-0",
                                       .prevent_double_click = true});
      away.close("form");
      table.rows.push_back({{.text = what.take()},
                            {.text = when_text(draft.saved_at, context.today)},
                            {.text = draft.saved_at.date().plus_days(kDaysKept).text()},
                            {.text = away.take()}});
    }
    Writer body(context.language);
    render(body, table);
    render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = body.take()});
  }
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
