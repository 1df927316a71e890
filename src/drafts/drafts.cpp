#include "drafts/drafts.h"

#include <cstdio>

#include "base/log.h"
#include "base/text.h"
#include "drafts/store.h"
#include "govuk/components.h"

namespace tithing::drafts {
namespace {

using html::Markup;
using html::Url;
using html::Writer;
using web::Context;

constexpr std::int64_t kDay = 86'400'000;  // milliseconds

Status check(const Form& form, const web::Fields& fields) {
  if (form.key.empty() || form.key.size() > 300 || form.title.size() > 300 || form.version.size() > 100 ||
      form.address.size() > 1000 || form.address.empty() || web::local_path(form.address).text() != form.address)
    return invalid(tr("It is not known which form this draft is of. Open the form again and enter it there."));
  std::size_t bytes = 0;
  for (const auto& [name, value] : fields) bytes += name.size() + value.size();
  if (bytes > kMostBytes)
    return invalid(tr("This is too long to be kept as a draft: {0},000 letters at most. Shorten it, or send it now.",
                      {grouped(kMostBytes / 1000)}));
  return {};
}

void hidden(Writer& writer, const std::string& name, const std::string& value) {
  writer.void_element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

}  // namespace

bool is_machinery(std::string_view name) {
  return name == "csrf-token" || name == "step" || name.substr(0, 6) == "draft-";
}

std::string Draft::get(std::string_view name) const {
  for (const auto& [key, value] : fields)
    if (key == name) return std::string(trimmed(value));
  return {};
}

std::optional<Draft> find(db::Database& database, const Actor& actor, const std::string& key) {
  if (!actor.signed_in()) return std::nullopt;
  return database.read([&](db::Connection& connection) { return store::find(connection, actor.account_id(), key); });
}

std::vector<Draft> list(db::Database& database, const Actor& actor) {
  if (!actor.signed_in()) return {};
  return database.read([&](db::Connection& connection) { return store::list(connection, actor.account_id()); });
}

Status save(db::Database& database, const Actor& actor, Instant now, const Form& form, const web::Fields& fields) {
  if (!actor.signed_in()) return forbidden(tr("Sign in first: a draft is kept for an account."));
  Draft draft{form, {}, now};
  for (const auto& field : fields)
    if (!is_machinery(field.first)) draft.fields.push_back(field);
  if (const Status fine = check(form, draft.fields); !fine) return fine;
  return database.write([&](db::Transaction& transaction) -> Status {
    if (!store::find(transaction, actor.account_id(), form.key) &&
        store::count(transaction, actor.account_id()) >= kMostOfAccount)
      return invalid(tr("You have {0} drafts, and more are not kept. Finish one, or throw one away under Your drafts.",
                        {std::to_string(kMostOfAccount)}));
    store::put(transaction, actor.account_id(), draft);
    return {};
  });
}

void end(db::Database& database, const Actor& actor, const std::string& key) {
  if (!actor.signed_in()) return;
  const Status done = database.write([&](db::Transaction& transaction) -> Status {
    store::remove(transaction, actor.account_id(), key);
    return {};
  });
  static_cast<void>(done);  // it gives no Problem of its own
}

std::int64_t remove_old(db::Database& database, Instant now) {
  std::int64_t removed = 0;
  const Status done = database.write([&](db::Transaction& transaction) -> Status {
    removed = store::remove_before(transaction, {now.milliseconds - kDaysKept * kDay});
    return {};
  });
  static_cast<void>(done);
  return removed;
}

Form posted_form(const Context& context) {
  return {context.form_value("draft-form"), context.form_value("draft-title"), context.form_value("draft-address"),
          context.form_value("draft-version")};
}

void keep_posted(db::Database& database, const Context& context, const Form& form) {
  if (const Status done = save(database, context.actor, context.now, form, context.form); !done)
    log::warning("drafts.not_kept", {{"form", form.key}, {"why", done.error().message}});
}

std::string time_text(Instant at) {
  const std::int64_t minutes = at.milliseconds / 60'000 - std::int64_t{at.date().days()} * 1'440;
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d UTC", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
  return text;
}

std::string when_text(Instant at, Date today) {
  return at.date() == today ? time_text(at) : at.date().text() + ", " + time_text(at);
}

Message saved_text(Instant at, Date today) {
  if (at.date() == today) return tr("Draft saved at {0}.", {time_text(at)});
  return tr("Draft saved on {0} at {1}.", {at.date().text(), time_text(at)});
}

void put_hidden(Writer& writer, const Form& form) {
  hidden(writer, "draft-form", form.key);
  hidden(writer, "draft-title", form.title);
  hidden(writer, "draft-address", form.address);
  hidden(writer, "draft-version", form.version);
}

void put_buttons(Writer& writer, const Context& context, const Form& form, const std::optional<Draft>& kept,
                 const govuk::ButtonParams& primary) {
  put_hidden(writer, form);
  const Message failed =
      tr("The draft could not be saved. What you typed is still on this page; it is tried again in a moment.");
  writer.open("p", {{"class", "govuk-hint"},
                    {"role", "status"},
                    {"data-module", "tithing-draft"},
                    {"data-url", "/drafts"},
                    {"data-failed-text", failed.in(context.language).text}});
  if (kept)
    writer.put(saved_text(kept->saved_at, context.today));
  else
    writer.put(tr("What you enter is kept as your draft for {0} days. Only you see it.", {std::to_string(kDaysKept)}));
  writer.close("p");
  writer.open("div", {{"class", "govuk-button-group"}});
  render(writer, primary);
  // Sent to the drafts instead of to the form's own address; never as files.
  render(writer, govuk::ButtonParams{.text = tr("Save and finish later"),
                                     .name = "draft-then",
                                     .value = "later",
                                     .classes = "govuk-button--secondary",
                                     .attributes = {{"formaction", Url("/drafts")},
                                                    {"formenctype", "application/x-www-form-urlencoded"},
                                                    {"formnovalidate", true}}});
  writer.close("div");
}

Markup notice(const Context& context, const Draft& draft) {
  Writer text(context.language);
  text.element("p", {{"class", "govuk-notification-banner__heading"}},
               tr("Your draft has come back. You saved it at {0}; it is not entered yet.",
                  {when_text(draft.saved_at, context.today)}));
  text.open("form", {{"method", "post"}, {"action", Url("/drafts/remove")}});
  text.put(web::csrf_field(context));
  hidden(text, "draft-form", draft.form.key);
  hidden(text, "next", draft.form.address);
  render(text, govuk::ButtonParams{.text = tr("Throw the draft away"),
                                   .classes = "govuk-button--secondary govuk-!-margin-bottom-0",
                                   .prevent_double_click = true});
  text.close("form");
  return govuk::rendered(
      govuk::NotificationBannerParams{
          .text = text.take(), .title = tr("Draft"), .title_id = "draft-title", .disable_auto_focus = true},
      context.language);
}

}  // namespace tithing::drafts
