// One's own account: roles, sessions, password.
#include "govuk/components.h"
#include "slices/identity/commands_second_factor.h"
#include "slices/identity/pages.h"
#include "slices/identity/permissions.h"
#include "slices/identity/readings.h"
#include "web/session.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

void roles(Writer& writer, const Rooms& rooms, const Context& context) {
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("My roles"));
  if (context.actor.grants().empty()) {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("You have no role yet, so you see what the public sees. Ask an administrator for one."));
    return;
  }
  govuk::TableParams table;
  table.caption = tr("What I may act as, for whom and where");
  table.head = {{.text = tr("Role")}, {.text = tr("Organisation")}, {.text = tr("Area")}};
  table.first_cell_is_header = true;
  for (const Grant& grant : context.actor.grants()) {
    const std::string became = organisation_became(rooms.organisations, grant.organisation);
    const std::string organisation = organisation_name(rooms.organisations, grant.organisation);
    table.rows.push_back({{.text = role_name(grant.role)},
                          {.text = became.empty() ? organisation : organisation + ". " + became},
                          {.text = grant_area(grant, rooms)}});
  }
  scrolling_table(writer, table);
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", Url("/administration/permissions")}},
                 tr("What each role may do"));
  writer.close("p");
}

void sessions(Writer& writer, const Rooms& rooms, const Context& context) {
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Where I am signed in"));
  govuk::TableParams table;
  table.caption = tr("A session ends 12 hours after it was last used, and after 7 days in any case");
  table.head = {{.text = tr("Last used")}, {.text = tr("Signed in")}, {.text = tr("From")}, {.text = tr("Browser")}};
  for (const SessionView& session : own_sessions(*rooms.wiring.database, context.actor, context.now)) {
    const bool here = session.key == context.session_key;
    table.rows.push_back({{.text = here ? Content(tr("This session")) : Content(time_text(session.last_seen_at))},
                          {.text = time_text(session.started_at)},
                          {.text = session.remote_address},
                          {.text = session.browser}});
  }
  scrolling_table(writer, table);
  const auto button = [&](Url action, Message text) {
    writer.open("form", {{"method", "post"}, {"action", action}});
    writer.put(web::csrf_field(context));
    render(writer, govuk::ButtonParams{.text = std::move(text), .classes = "govuk-button--secondary"});
    writer.close("form");
  };
  writer.open("div", {{"class", "govuk-button-group"}});
  button(Url("/sign-out"), tr("Sign out"));
  button(Url("/account/sign-out-everywhere"), tr("Sign out everywhere"));
  writer.close("div");
}

void second_factor(Writer& writer, const Rooms& rooms, const Context& context) {
  const SecondFactorView view = second_factor_of(*rooms.wiring.database, context.actor.account_id());
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("My second factor"));
  writer.element("p", {{"class", "govuk-body"}},
                 view.enrolled
                     ? tr("You sign in with a code of your app beside the password, since {0}. Recovery codes "
                          "left: {1}.",
                          {time_text(view.enrolled_at), std::to_string(view.recovery_codes)})
                     : tr("You sign in with your password alone. With a second factor, a code of an app on "
                          "your phone, nobody comes in who has only the password."));
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", Url("/account/second-factor")}},
                 view.enrolled ? tr("Change my second factor") : tr("Set up a second factor"));
  writer.close("p");
}

void password_form(Writer& writer, const Rooms& rooms, const Context& context, const Problem& problem) {
  const auto error = [&](std::string_view field) {
    const std::string message = message_for(problem, field);
    return message.empty() ? Content() : Content(tr(message));
  };
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Change my password"));
  writer.open("form", {{"method", "post"}, {"action", Url("/account/password")}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  username_field(writer, own_email(*rooms.wiring.database, context.actor));
  render(writer, govuk::PasswordInputParams{.id = "present-password",
                                            .name = "present-password",
                                            .label = {.text = tr("Present password")},
                                            .error_message = {.text = error("present-password")},
                                            .classes = "govuk-input--width-30"});
  render(writer,
         govuk::PasswordInputParams{.id = "password",
                                    .name = "password",
                                    .label = {.text = tr("New password")},
                                    .hint = {.text = tr("At least 12 characters. Your other sessions will end.")},
                                    .error_message = {.text = error("password")},
                                    .classes = "govuk-input--width-30",
                                    .autocomplete = "new-password"});
  render(writer, govuk::ButtonParams{.text = tr("Change my password"), .prevent_double_click = true});
  writer.close("form");
}

Answer account_page(Rooms& rooms, const Context& context, const Problem& problem, bool changed) {
  Writer writer(context.language);
  writer.element(
      "p", {{"class", "govuk-body"}},
      tr("You are signed in as {0}, {1}.", {context.actor.name(), own_email(*rooms.wiring.database, context.actor)}));
  if (context.actor.can(kAdminister) || context.actor.can(kReadAudit)) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", Url("/administration")}}, tr("Administration"));
    writer.close("p");
  }
  if (const web::SiteMap& site = rooms.wiring.site; site.has("drafts")) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element("a", {{"class", "govuk-link"}, {"href", site.at("drafts")}}, tr("Your drafts"));
    writer.close("p");
  }
  roles(writer, rooms, context);
  sessions(writer, rooms, context);
  second_factor(writer, rooms, context);
  password_form(writer, rooms, context, problem);
  web::PageOptions options;
  options.title = tr("My account");
  options.status = problem.message.empty()                    ? 200
                   : problem.kind == ProblemKind::unavailable ? 429
                                                              : web::status_of(problem.kind);
  options.has_error = !problem.message.empty();
  options.notice =
      changed ? govuk::rendered(
                    govuk::NotificationBannerParams{
                        .text = tr("Your password is changed. Your other sessions have ended."), .type = "success"},
                    context.language)
              : error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer change_password_post(Rooms& rooms, Context& context) {
  std::string present;
  std::string fresh;
  for (const auto& [name, value] : context.form) {
    if (name == "present-password") present = value;
    if (name == "password") fresh = value;
  }
  const Status done = change_password(visit_of(rooms, context), Secret(std::move(present)), Secret(std::move(fresh)));
  if (!done) return account_page(rooms, context, done.error(), false);
  return web::redirect(Url("/account?changed=password"));
}

}  // namespace

void register_account_pages(Rooms& rooms) {
  rooms.wiring.router.get("/account", web::Access::signed_in(), [&rooms](Context& c) {
    return account_page(rooms, c, {}, c.query_value("changed") == "password");
  });
  rooms.wiring.router.post("/account/password", web::Access::signed_in(),
                           [&rooms](Context& c) { return change_password_post(rooms, c); });
}

}  // namespace tithing::identity
