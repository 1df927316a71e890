// The second factor: asked for when signing in, set up, renewed and removed by its owner, required by roles.
#include <algorithm>

#include "base/hash.h"
#include "base/random.h"
#include "base/text.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "slices/identity/commands_second_factor.h"
#include "slices/identity/domain.h"
#include "slices/identity/one_time_codes.h"
#include "slices/identity/pages.h"
#include "slices/identity/pages_qr.h"
#include "slices/identity/permissions.h"
#include "slices/identity/readings.h"
#include "web/session.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

Secret step_of_sign_in(const Context& context) { return Secret(web::cookie_value(context, kStepCookie)); }

std::string next_of(const Context& context) {
  return web::local_path(context.request->method == "POST" ? context.form_value("next") : context.query_value("next"))
      .text();
}

Url at_sign_in(const char* path, const Context& context) { return Url::path(path, {}, {{"next", next_of(context)}}); }

// Too many guesses are told with the time to wait; everything else as anywhere.
int status_after(const Problem& problem) {
  if (problem.message.empty()) return 200;
  return problem.kind == ProblemKind::unavailable ? 429 : web::status_of(problem.kind);
}

Answer form_page(const Context& context, const forms::Form& form, const Problem& problem, Content title,
                 html::Markup body, bool of_account) {
  web::PageOptions options;
  options.title = std::move(title);
  options.narrow = true;
  if (of_account) options.breadcrumbs = {{tr("My account"), Url("/account")}};
  forms::finish(options, form, problem);
  options.status = status_after(problem);
  Answer answer = web::page(context, options, body);
  answer.compress = false;
  if (options.status == 429) answer.set("Retry-After", "60");
  return answer;
}

forms::Field code_field(Content label, Content hint) {
  return {.name = "code", .label = std::move(label), .hint = std::move(hint), .classes = "govuk-input--width-10"};
}

// ---- coming in

Answer code_page(const Context& context, const Problem& problem) {
  Writer writer(context.language);
  const forms::Values values;
  forms::Form form(writer, context, values, problem);
  form.begin(Url("/sign-in/code"));
  form.hidden("next", next_of(context));
  form.put(code_field(tr("Code"), tr("The six digits that your authenticator app shows now, or one of your recovery "
                                     "codes.")));
  form.button(tr("Sign in"));
  form.end();
  writer.element("p", {{"class", "govuk-body"}},
                 tr("If you have neither your app nor a recovery code, ask an administrator to reset your second "
                    "factor."));
  return form_page(context, form, problem, tr("Enter your code"), writer.take(), false);
}

// Back to the beginning, where no sign-in waits.
Answer begin_again(const Context& context) {
  Answer answer = web::redirect(at_sign_in("/sign-in", context));
  web::set_cookie(context, answer, kStepCookie, "", 0);
  return answer;
}

void let_in(const Context& context, Answer& answer, const SignedIn& in) {
  set_session(context, answer, in);
  web::set_cookie(context, answer, kStepCookie, "", 0);
}

Answer code_get(Rooms& rooms, Context& context) {
  const Result<Waiting> waiting = waiting_sign_in(*rooms.wiring.database, context.now, step_of_sign_in(context));
  if (!waiting) return begin_again(context);
  if (!waiting->enrolled) return web::redirect(at_sign_in("/sign-in/second-factor", context));
  return code_page(context, {});
}

Answer code_post(Rooms& rooms, Context& context) {
  const Result<SignedIn> in =
      sign_in_with_code(visit_of(rooms, context), step_of_sign_in(context), context.form_value("code"));
  if (!in) return in.error().kind == ProblemKind::not_found ? begin_again(context) : code_page(context, in.error());
  Answer answer = web::redirect(Url::parse(next_of(context)));
  let_in(context, answer, *in);
  return answer;
}

// ---- setting up

// A key that was offered here to whoever `who` names, and to nobody else: it comes back with the form.
std::string seal_of(const Rooms& rooms, const std::string& who, std::string_view key) {
  const Result<Secret> form = form_key(*rooms.wiring.database);
  return form ? hmac_sha256(form->reveal(), "second factor\n" + who + "\n" + std::string(key)) : std::string();
}

std::string whom(const Context& context, bool at_sign_in) {
  return at_sign_in ? hash_of_token(step_of_sign_in(context).reveal()) : context.session_key;
}

// The key of the form that was sent, or a new one where none was, or it is not one of ours.
Secret offered_key(const Rooms& rooms, const Context& context, bool at_sign_in) {
  const std::string sent = context.form_value("key");
  const std::string seal = context.form_value("seal");
  if (!sent.empty() && !seal.empty() && equal_in_constant_time(seal, seal_of(rooms, whom(context, at_sign_in), sent)))
    return Secret(sent);
  return key_of(random_bytes(kKeyBytes));
}

Answer enrolment_page(const Rooms& rooms, const Context& context, const std::string& email, const Secret& key,
                      bool at_sign_in, const Problem& problem) {
  Writer writer(context.language);
  if (at_sign_in)
    writer.element(
        "p", {{"class", "govuk-body-l"}},
        tr("One of your roles needs a second factor beside the password. Set it up now; it takes a minute."));
  writer.open("ol", {{"class", "govuk-list govuk-list--number"}});
  writer.element("li", tr("Install an authenticator app on your phone or computer. Any will do that makes six digits "
                          "every 30 seconds (TOTP)."));
  writer.element("li", tr("Let the app read this picture, or type the key under it into the app."));
  writer.element("li", tr("Enter the six digits that the app then shows."));
  writer.close("ol");
  const std::string address = app_address(key, email, "Tithing");
  writer.put(qr_drawing(address, tr("The key of your second factor as a QR code").in(context.language).text));
  writer.element("h2", {{"class", "govuk-heading-s"}}, tr("Key"));
  writer.open("p", {{"class", "govuk-body govuk-!-text-break-word"}});
  writer.element("code", in_groups(key.reveal()));
  writer.close("p");
  const forms::Values values;
  forms::Form form(writer, context, values, problem);
  form.begin(at_sign_in ? Url("/sign-in/second-factor") : Url("/account/second-factor"));
  if (at_sign_in) form.hidden("next", next_of(context));
  form.hidden("key", std::string(key.reveal()));
  form.hidden("seal", seal_of(rooms, whom(context, at_sign_in), key.reveal()));
  form.put(code_field(tr("Code"), tr("Six digits")));
  form.button(tr("Set up the second factor"));
  form.end();
  return form_page(context, form, problem, tr("Set up a second factor"), writer.take(), !at_sign_in);
}

Answer recovery_page(const Context& context, const std::vector<std::string>& codes, const Url& on, bool at_sign_in) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body-l"}},
                 tr("Each of these codes opens your account once, in place of the app. Print them or write them down, "
                    "and keep them where your phone is not: they are shown only here and only now."));
  writer.open("ul", {{"class", "govuk-list govuk-list--spaced"}});
  for (const std::string& code : codes) writer.open("li").element("code", code).close("li");
  writer.close("ul");
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", on}}, tr("I have kept them: continue"));
  writer.close("p");
  web::PageOptions options;
  options.title = tr("Your recovery codes");
  options.narrow = true;
  if (!at_sign_in) options.breadcrumbs = {{tr("My account"), Url("/account")}};
  Answer answer = web::page(context, options, writer.take());
  answer.set("Cache-Control", "private, no-store");
  answer.compress = false;
  return answer;
}

Answer enrol_at_sign_in_get(Rooms& rooms, Context& context) {
  const Result<Waiting> waiting = waiting_sign_in(*rooms.wiring.database, context.now, step_of_sign_in(context));
  if (!waiting) return begin_again(context);
  if (waiting->enrolled) return web::redirect(at_sign_in("/sign-in/code", context));
  return enrolment_page(rooms, context, waiting->email, offered_key(rooms, context, true), true, {});
}

Answer enrol_at_sign_in_post(Rooms& rooms, Context& context) {
  const Result<Waiting> waiting = waiting_sign_in(*rooms.wiring.database, context.now, step_of_sign_in(context));
  if (!waiting) return begin_again(context);
  const Secret key = offered_key(rooms, context, true);
  const Result<Enrolled> done =
      enrol_at_sign_in(visit_of(rooms, context), step_of_sign_in(context), key, context.form_value("code"));
  if (!done) {
    if (done.error().kind == ProblemKind::not_found) return begin_again(context);
    if (done.error().kind == ProblemKind::conflict) return web::redirect(at_sign_in("/sign-in/code", context));
    return enrolment_page(rooms, context, waiting->email, key, true, done.error());
  }
  Answer answer = recovery_page(context, done->recovery_codes, Url::parse(next_of(context)), true);
  let_in(context, answer, done->in);
  return answer;
}

// ---- one's own

// What is done with a second factor that is there: a code confirms it.
void confirmed_form(Writer& writer, const Context& context, const Problem& problem, const Url& action,
                    const std::string& field, const Message& label, const Message& button, const std::string& classes) {
  const forms::Values values;
  forms::Form form(writer, context, values, problem);
  form.begin(action);
  form.put({.name = field, .label = label, .classes = "govuk-input--width-10"});
  form.button(button, "", "", classes);
  form.end();
}

Answer own_page(Rooms& rooms, const Context& context, const Problem& problem) {
  const SecondFactorView view = second_factor_of(*rooms.wiring.database, context.actor.account_id());
  if (!view.enrolled)
    return enrolment_page(rooms, context, own_email(*rooms.wiring.database, context.actor),
                          offered_key(rooms, context, false), false, problem);
  Writer writer(context.language);
  govuk::SummaryListParams summary;
  summary.rows.push_back({.key = {.text = tr("Set up")}, .value = {.text = time_text(view.enrolled_at)}});
  summary.rows.push_back(
      {.key = {.text = tr("Recovery codes left")}, .value = {.text = std::to_string(view.recovery_codes)}});
  render(writer, summary);
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("New recovery codes"));
  writer.element("p", {{"class", "govuk-body"}}, tr("The ones you have stop working."));
  confirmed_form(writer, context, problem, Url("/account/second-factor/codes"), "codes-code",
                 tr("Code of your app, for new codes"), tr("Make new recovery codes"), "govuk-button--secondary");
  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Another phone, or none"));
  if (view.needed) {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("One of your roles needs a second factor, so you cannot remove it. For another phone, ask an "
                      "administrator to reset it: you then set it up when you sign in."));
  } else {
    writer.element("p", {{"class", "govuk-body"}},
                   tr("For another phone, remove the second factor and set it up again."));
    confirmed_form(writer, context, problem, Url("/account/second-factor/remove"), "remove-code",
                   tr("Code of your app, to remove it"), tr("Remove the second factor"), "govuk-button--warning");
  }
  web::PageOptions options;
  options.title = tr("My second factor");
  options.narrow = true;
  options.breadcrumbs = {{tr("My account"), Url("/account")}};
  options.status = status_after(problem);
  options.has_error = !problem.message.empty();
  options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

// What is wrong with a code, at the field of the form that it was sent with.
Problem at_field(Problem problem, const std::string& field) {
  for (FieldProblem& one : problem.fields)
    if (one.field == "code") one.field = field;
  return problem;
}

Answer own_post(Rooms& rooms, Context& context) {
  const Secret key = offered_key(rooms, context, false);
  const Result<Enrolled> done = enrol(visit_of(rooms, context), key, context.form_value("code"));
  if (done) return recovery_page(context, done->recovery_codes, Url("/account"), false);
  if (done.error().kind == ProblemKind::invalid)
    return enrolment_page(rooms, context, own_email(*rooms.wiring.database, context.actor), key, false, done.error());
  return web::problem_page(context, done.error());
}

Answer codes_post(Rooms& rooms, Context& context) {
  const auto codes = renew_recovery_codes(visit_of(rooms, context), context.form_value("codes-code"));
  if (!codes) return own_page(rooms, context, at_field(codes.error(), "codes-code"));
  return recovery_page(context, *codes, Url("/account/second-factor"), false);
}

Answer remove_post(Rooms& rooms, Context& context) {
  const Status done = remove_second_factor(visit_of(rooms, context), context.form_value("remove-code"));
  if (!done) return own_page(rooms, context, at_field(done.error(), "remove-code"));
  return web::redirect(Url("/account"));
}

// ---- which roles need one

Answer roles_page(Rooms& rooms, Context& context) {
  Writer writer(context.language);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("Whoever holds one of these roles signs in with a code of an app beside the password. Who has not "
                    "set that up does so at the next sign-in; sessions without a second factor end at once."));
  forms::Field roles{.name = "roles", .label = tr("Roles that need a second factor"), .kind = forms::Kind::ticks};
  for (int r = 0; r < kRoleCount; ++r)
    roles.choices.emplace_back(code_of(static_cast<Role>(r)), role_name(static_cast<Role>(r)));
  std::vector<std::string> ticked;
  for (const Role role : roles_that_need_second_factor(*rooms.wiring.database)) ticked.emplace_back(code_of(role));
  const forms::Values values = {{"roles", joined(ticked, "\n")}};
  const Problem nothing;
  forms::Form form(writer, context, values, nothing);
  form.begin(Url("/administration/second-factor"));
  form.put(roles);
  form.button(tr("Save"));
  form.end();
  web::PageOptions options;
  options.title = tr("Second factor");
  options.narrow = true;
  options.breadcrumbs = {{tr("Administration"), Url("/administration")}};
  if (context.query_value("saved") == "yes")
    options.notice =
        govuk::rendered(govuk::NotificationBannerParams{.text = tr("Saved."), .type = "success"}, context.language);
  return web::page(context, options, writer.take());
}

Answer roles_post(Rooms& rooms, Context& context) {
  std::vector<Role> roles;
  for (const auto& [name, value] : context.form)
    if (const std::optional<Role> role = name == "roles" ? role_from(value) : std::nullopt) roles.push_back(*role);
  if (const Status done = require_second_factor(visit_of(rooms, context), roles); !done)
    return web::problem_page(context, done.error());
  return web::redirect(Url("/administration/second-factor?saved=yes"));
}

}  // namespace

void register_second_factor_pages(Rooms& rooms) {
  web::Router& router = rooms.wiring.router;
  const web::Access anyone = web::Access::anyone();
  const web::Access signed_in = web::Access::signed_in();
  const web::Access administrators = web::Access::permission(kAdminister);
  router.get("/sign-in/code", anyone, [&rooms](Context& c) { return code_get(rooms, c); });
  router.post("/sign-in/code", anyone, [&rooms](Context& c) { return code_post(rooms, c); });
  router.get("/sign-in/second-factor", anyone, [&rooms](Context& c) { return enrol_at_sign_in_get(rooms, c); });
  router.post("/sign-in/second-factor", anyone, [&rooms](Context& c) { return enrol_at_sign_in_post(rooms, c); });
  router.get("/account/second-factor", signed_in, [&rooms](Context& c) { return own_page(rooms, c, {}); });
  router.post("/account/second-factor", signed_in, [&rooms](Context& c) { return own_post(rooms, c); });
  router.post("/account/second-factor/codes", signed_in, [&rooms](Context& c) { return codes_post(rooms, c); });
  router.post("/account/second-factor/remove", signed_in, [&rooms](Context& c) { return remove_post(rooms, c); });
  router.get("/administration/second-factor", administrators, [&rooms](Context& c) { return roles_page(rooms, c); });
  router.post("/administration/second-factor", administrators, [&rooms](Context& c) { return roles_post(rooms, c); });
}

}  // namespace tithing::identity
