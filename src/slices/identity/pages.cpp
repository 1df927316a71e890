// Coming in, going out, setting a password.
#include "slices/identity/pages.h"

#include "base/reach.h"
#include "base/text.h"
#include "govuk/components.h"
#include "govuk/own.h"
#include "slices/identity/domain.h"
#include "slices/identity/one_time_codes.h"
#include "web/session.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

Answer sign_in_page(const Rooms& rooms, const Context& context, const Problem& problem, const std::string& email,
                    int status) {
  Writer writer(context.language);
  writer.open("form", {{"method", "post"}, {"action", Url("/sign-in")}, {"novalidate", true}});
  writer.put(web::csrf_field(context));
  const std::string next = context.request->method == "POST" ? context.form_value("next") : context.query_value("next");
  writer.void_element("input", {{"type", "hidden"}, {"name", "next"}, {"value", web::local_path(next).text()}});
  const std::string wrong = message_for(problem, "email");
  render(writer, govuk::InputParams{.id = "email",
                                    .name = "email",
                                    .type = "email",
                                    .value = email,
                                    .label = {.text = tr("E-mail address")},
                                    .error_message = {.text = wrong.empty() ? Content() : Content(tr(wrong))},
                                    .classes = "govuk-input--width-30",
                                    .autocomplete = "username",
                                    .spellcheck = false});
  const std::string missing = message_for(problem, "password");
  render(writer,
         govuk::PasswordInputParams{.id = "password",
                                    .name = "password",
                                    .label = {.text = tr("Password")},
                                    .error_message = {.text = missing.empty() ? Content() : Content(tr(missing))},
                                    .classes = "govuk-input--width-30"});
  render(writer, govuk::ButtonParams{.text = tr("Sign in"), .prevent_double_click = true});
  writer.close("form");
  put_provider(writer, rooms, web::local_path(next).text());
  writer.element("p", {{"class", "govuk-body"}},
                 tr("If you have no password yet or have forgotten it, ask an administrator for a link to set one."));
  web::PageOptions options;
  options.title = tr("Sign in");
  options.status = status;
  options.narrow = true;
  options.has_error = !problem.message.empty();
  options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer sign_in_form(Rooms& rooms, Context& context) {
  if (context.actor.signed_in()) return web::redirect(web::local_path(context.query_value("next")));
  return sign_in_page(rooms, context, {}, {}, 200);
}

Answer sign_in_post(Rooms& rooms, Context& context) {
  const std::string email = context.form_value("email");
  std::string password;
  for (const auto& [name, value] : context.form)
    if (name == "password") password = value;  // as typed: spaces belong to it
  if (email.empty() || password.empty()) {
    Problem problem{ProblemKind::invalid, "Enter your e-mail address and your password.", {}};
    if (email.empty()) problem.fields.push_back({"email", tr("Enter your e-mail address.")});
    if (password.empty()) problem.fields.push_back({"password", tr("Enter your password.")});
    return sign_in_page(rooms, context, problem, email, 400);
  }
  Result<SignedIn> in = sign_in(visit_of(rooms, context), email, Secret(std::move(password)));
  if (!in) {
    const bool wait = in.error().kind == ProblemKind::unavailable;
    Answer answer = sign_in_page(rooms, context, in.error(), email, wait ? 429 : 400);
    if (wait) answer.set("Retry-After", "60");
    return answer;
  }
  return after_first_step(context, *in, web::local_path(context.form_value("next")));
}

Answer sign_out_post(Rooms& rooms, Context& context) {
  if (const Status done = sign_out(visit_of(rooms, context)); !done) return web::problem_page(context, done.error());
  Answer answer = web::redirect(Url("/"));
  web::clear_session_cookie(context, answer);
  return answer;
}

Answer sign_out_everywhere_post(Rooms& rooms, Context& context) {
  if (const Status done = sign_out_everywhere(visit_of(rooms, context)); !done)
    return web::problem_page(context, done.error());
  Answer answer = web::redirect(Url("/sign-in"));
  web::clear_session_cookie(context, answer);
  return answer;
}

Answer set_password_page(const Context& context, const LinkHolder& holder, const Problem& problem) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body govuk-!-text-break-word"}},
                 tr("This is the account of {0}, {1}.", {holder.name, holder.email}));
  writer.open("form", {{"method", "post"},
                       {"action", Url::path("/set-password/{}", {context.parameter("token")})},
                       {"novalidate", true}});
  writer.put(web::csrf_field(context));
  username_field(writer, holder.email);
  const std::string wrong = message_for(problem, "password");
  render(writer,
         govuk::PasswordInputParams{.id = "password",
                                    .name = "password",
                                    .label = {.text = tr("New password")},
                                    .hint = {.text = tr("At least 12 characters. Three words that do not belong "
                                                        "together are easy to remember and hard to guess.")},
                                    .error_message = {.text = wrong.empty() ? Content() : Content(tr(wrong))},
                                    .classes = "govuk-input--width-30",
                                    .autocomplete = "new-password"});
  render(writer, govuk::ButtonParams{.text = tr("Set the password"), .prevent_double_click = true});
  writer.close("form");
  web::PageOptions options;
  options.title = tr("Set your password");
  options.status = problem.message.empty() ? 200 : 400;
  options.narrow = true;
  options.has_error = !problem.message.empty();
  options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer set_password_form(Rooms& rooms, Context& context) {
  const Result<LinkHolder> holder =
      holder_of_link(*rooms.wiring.database, context.now, Secret(context.parameter("token")));
  if (!holder) return web::problem_page(context, holder.error());
  return set_password_page(context, *holder, {});
}

Answer set_password_post(Rooms& rooms, Context& context) {
  const Secret token(context.parameter("token"));
  const Result<LinkHolder> holder = holder_of_link(*rooms.wiring.database, context.now, token);
  if (!holder) return web::problem_page(context, holder.error());
  std::string password;
  for (const auto& [name, value] : context.form)
    if (name == "password") password = value;
  const Status done = set_password_by_link(visit_of(rooms, context), token, Secret(std::move(password)));
  if (!done) {
    if (done.error().kind != ProblemKind::invalid) return web::problem_page(context, done.error());
    return set_password_page(context, *holder, done.error());
  }
  Writer writer(context.language);
  render(writer, govuk::PanelParams{.title = tr("Your password is set"), .heading_level = 1});
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", Url("/sign-in")}}, tr("Sign in with it"));
  writer.close("p");
  web::PageOptions options;
  options.title = tr("Your password is set");
  options.heading_in_body = true;
  options.narrow = true;
  Answer answer = web::page(context, options, writer.take());
  web::clear_session_cookie(context, answer);
  return answer;
}

}  // namespace

void register_sign_in_pages(Rooms& rooms) {
  web::Router& router = rooms.wiring.router;
  router.get("/sign-in", web::Access::anyone(), [&rooms](Context& c) { return sign_in_form(rooms, c); });
  router.post("/sign-in", web::Access::anyone(), [&rooms](Context& c) { return sign_in_post(rooms, c); });
  router.post("/sign-out", web::Access::signed_in(), [&rooms](Context& c) { return sign_out_post(rooms, c); });
  router.post("/account/sign-out-everywhere", web::Access::signed_in(),
              [&rooms](Context& c) { return sign_out_everywhere_post(rooms, c); });
  router.get("/set-password/:token", web::Access::anyone(),
             [&rooms](Context& c) { return set_password_form(rooms, c); });
  router.post("/set-password/:token", web::Access::anyone(),
              [&rooms](Context& c) { return set_password_post(rooms, c); });
}

Answer after_first_step(const Context& context, const SignedIn& in, const Url& next) {
  if (in.next == SignedIn::Next::in) {
    Answer answer = web::redirect(next);
    set_session(context, answer, in);
    return answer;
  }
  const char* const page = in.next == SignedIn::Next::code ? "/sign-in/code" : "/sign-in/second-factor";
  Answer answer = web::redirect(Url::path(page, {}, {{"next", next.text()}}));
  web::set_cookie(context, answer, kStepCookie, in.step.reveal(), static_cast<int>(kStepLifetime / 1000));
  return answer;
}

void set_session(const Context& context, Answer& answer, const SignedIn& in) {
  web::set_session_cookie(context, answer, in.secret.reveal(), static_cast<int>(kSessionLifetime / 1000));
  web::set_cookie(context, answer, kDeviceCookie, in.device.reveal(), static_cast<int>(kDeviceLifetime / 1000));
}

Visit visit_of(const Rooms& rooms, const Context& context) {
  return {rooms.wiring.doing(context.actor).at(context.now), context.request->remote_address,
          std::string(context.request->header("User-Agent")), context.session_key,
          Secret(web::cookie_value(context, kDeviceCookie))};
}

std::string message_for(const Problem& problem, std::string_view field) {
  for (const FieldProblem& found : problem.fields)
    if (found.field == field) return found.message;
  return {};
}

void scrolling_table(Writer& writer, const govuk::TableParams& table) {
  render(writer, govuk::ScrollRegionParams{.label = table.caption, .body = govuk::rendered(table, writer.language())});
}

void username_field(Writer& writer, const std::string& email) {
  writer.void_element("input", {{"type", "text"},
                                {"name", "username"},
                                {"value", email},
                                {"autocomplete", "username"},
                                {"readonly", true},
                                {"hidden", true}});
}

std::string time_text(Instant at) {
  const std::string iso = at.iso();
  return at.date().text() + ", " + iso.substr(11, 5) + " UTC";
}

Message role_name(Role role) { return tr(name_of(role)); }

html::Content grant_area(const Grant& grant, const Rooms& rooms) {
  if (!grant.area_code.empty()) {
    const std::string found = rooms.area_name ? rooms.area_name(grant.area_code) : std::string();
    return found.empty() ? grant.area_code : found + " (" + grant.area_code + ")";
  }
  if (!is_everywhere(grant)) return tr("where its organisation is");
  return tr("every area");
}

std::string grant_text(const Grant& grant, const Rooms& rooms, const std::string& language) {
  std::string text = Content(role_name(grant.role)).plain(language);
  if (!grant.organisation.empty()) text += ", " + organisation_name(rooms.organisations, grant.organisation);
  return text + ": " + grant_area(grant, rooms).plain(language);
}

}  // namespace tithing::identity
