// Coming in with an account of a provider: to it and back, and what administrators link.
#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "http/urlencoded.h"
#include "oidc/client.h"
#include "slices/identity/commands_provider.h"
#include "slices/identity/domain.h"
#include "slices/identity/one_time_codes.h"
#include "slices/identity/pages.h"
#include "slices/identity/permissions.h"
#include "slices/identity/readings.h"
#include "web/session.h"
#include "web/site_address.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

constexpr std::string_view kProviderCookie = "provider";

// Where the provider sends people back to.
std::string back_address(const Context& context) { return web::site_address(context) + "/sign-in/provider/back"; }

// A sign-in under way lies in a cookie of the browser that began it, sealed with the store's key: another browser has
// none, and nobody else can make one.
struct Under {
  oidc::Request request;
  std::int64_t began = 0;  // milliseconds
  std::string next;
};

std::string seal_of(const Rooms& rooms, std::string_view text) {
  const Result<Secret> key = form_key(*rooms.wiring.database);
  return key ? hmac_sha256(key->reveal(), "sign-in with a provider\n" + std::string(text)) : std::string();
}

std::string sealed(const Rooms& rooms, const Under& under) {
  const std::string text = std::string(under.request.state.reveal()) + "." + std::string(under.request.nonce.reveal()) +
                           "." + std::string(under.request.verifier.reveal()) + "." + std::to_string(under.began) +
                           "." + url_encoded(under.next);
  return text + "." + seal_of(rooms, text);
}

std::optional<Under> opened(const Rooms& rooms, const Context& context) {
  const std::string cookie = web::cookie_value(context, kProviderCookie);
  const std::size_t dot = cookie.rfind('.');
  if (dot == std::string::npos) return std::nullopt;
  const std::string text = cookie.substr(0, dot);
  const std::string seal = seal_of(rooms, text);
  if (seal.empty() || !equal_in_constant_time(seal, cookie.substr(dot + 1))) return std::nullopt;
  const std::vector<std::string> parts = split(text, '.');
  if (parts.size() < 5) return std::nullopt;
  Under under{{Secret(parts[0]), Secret(parts[1]), Secret(parts[2])}, forms::whole_or(parts[3], 0), {}};
  // What stands behind the fourth dot may hold dots itself.
  std::size_t at = 0;
  for (int i = 0; i < 4; ++i) at = text.find('.', at) + 1;
  under.next = http::percent_decoded(text.substr(at)).value_or("/");
  const std::int64_t age = context.now.milliseconds - under.began;
  return age < -kClockSlack || age >= kStepLifetime ? std::nullopt : std::optional<Under>(std::move(under));
}

Answer to_provider(Rooms& rooms, Context& context) {
  if (!rooms.provider) return web::problem_page(context, not_found(tr("There is nothing at this address.")).value());
  Under under{oidc::new_request(), context.now.milliseconds, web::local_path(context.query_value("next")).text()};
  const Result<std::string> address = rooms.provider->address(under.request, back_address(context));
  if (!address) return web::problem_page(context, address.error());
  Answer answer = web::redirect(Url::parse(*address));
  web::set_cookie(context, answer, kProviderCookie, sealed(rooms, under), static_cast<int>(kStepLifetime / 1000));
  answer.set("Cache-Control", "private, no-store");
  return answer;
}

// Nobody came in: the reason, and the sign-in page's way on.
Answer not_in(const Context& context, const Problem& problem) {
  Answer answer = web::problem_page(context, problem);
  web::set_cookie(context, answer, kProviderCookie, "", 0);
  return answer;
}

Answer from_provider(Rooms& rooms, Context& context) {
  if (!rooms.provider) return web::problem_page(context, not_found(tr("There is nothing at this address.")).value());
  const std::optional<Under> under = opened(rooms, context);
  if (!under || !equal_in_constant_time(under->request.state.reveal(), context.query_value("state")))
    return not_in(context, {ProblemKind::forbidden,
                            "This sign-in was not begun in this browser, or more than ten minutes ago. Begin again.",
                            {}});
  if (const std::string error = context.query_value("error"); !error.empty()) {
    log::info("the provider let nobody in", {{"error", std::string_view(error).substr(0, 100)}});
    return not_in(context, {ProblemKind::forbidden, "You were not signed in at the other site. Begin again.", {}});
  }
  const Result<oidc::Claims> claims =
      rooms.provider->claims(context.query_value("code"), under->request, back_address(context));
  if (!claims) return not_in(context, claims.error());
  const Result<SignedIn> in =
      sign_in_by_provider(visit_of(rooms, context), *claims, rooms.provider->settings().new_accounts);
  if (!in) return not_in(context, in.error());
  Answer answer = after_first_step(context, *in, web::local_path(under->next));
  web::set_cookie(context, answer, kProviderCookie, "", 0);
  return answer;
}

Answer subject_page(Rooms& rooms, const Context& context, const Problem& problem) {
  const std::int64_t id = forms::whole_or(context.parameter("id"), 0);
  const Result<AccountView> view = account(*rooms.wiring.database, context.actor, context.now, id);
  if (!view) return web::problem_page(context, view.error());
  const Url here = Url::path("/administration/accounts/{}/provider", {std::to_string(id)});
  Writer writer(context.language);
  const std::string issuer = rooms.provider ? rooms.provider->settings().issuer : std::string();
  const auto subjects = subjects_of(*rooms.wiring.database, id);
  if (subjects.empty())
    writer.element("p", {{"class", "govuk-body"}}, tr("This account is linked with nobody at a provider."));
  for (const SubjectView& subject : subjects) {
    writer.element("p", {{"class", "govuk-body govuk-!-text-break-word"}},
                   tr("{0} of {1}, since {2}", {subject.subject, subject.issuer, time_text(subject.linked_at)}));
    const forms::Values values;
    const Problem nothing;
    forms::Form form(writer, context, values, nothing);
    form.begin(here);
    form.hidden("unlink-issuer", subject.issuer);
    form.hidden("unlink-subject", subject.subject);
    form.button(tr("Take this link away"), "do", "unlink", "govuk-button--secondary");
    form.end();
  }
  const forms::Values values = {{"subject", context.form_value("subject")}};
  forms::Form form(writer, context, values, problem);
  if (!issuer.empty()) {
    form.begin(here);
    form.put({.name = "subject",
              .label = tr("Name of the person at {0}", {issuer}),
              .hint = tr("As the provider gives it to programs (\"sub\"), not the e-mail address"),
              .classes = "govuk-input--width-30"});
    form.button(tr("Link"), "do", "link");
    form.end();
  } else {
    writer.element("p", {{"class", "govuk-body"}}, tr("Signing in with a provider is not set up for this site."));
  }
  web::PageOptions options;
  options.title = tr("Sign-in of {0} with a provider", {view->name});
  options.narrow = true;
  options.breadcrumbs = {{tr("Administration"), Url("/administration")},
                         {tr("Accounts"), Url("/administration/accounts")},
                         {view->name, Url::path("/administration/accounts/{}", {std::to_string(id)})}};
  forms::finish(options, form, problem);
  return web::page(context, options, writer.take());
}

Answer subject_post(Rooms& rooms, Context& context) {
  const std::int64_t id = forms::whole_or(context.parameter("id"), 0);
  const bool away = context.form_value("do") == "unlink";
  if (!away && !rooms.provider)
    return subject_page(rooms, context,
                        {ProblemKind::invalid, "Signing in with a provider is not set up for this site.", {}});
  const Status done = away ? unlink_subject(visit_of(rooms, context), id, context.form_value("unlink-issuer"),
                                            context.form_value("unlink-subject"))
                           : link_subject(visit_of(rooms, context), id, rooms.provider->settings().issuer,
                                          context.form_value("subject"));
  if (!done && done.error().kind == ProblemKind::not_found) return web::problem_page(context, done.error());
  if (!done) return subject_page(rooms, context, done.error());
  return web::redirect(Url::path("/administration/accounts/{}/provider", {std::to_string(id)}));
}

}  // namespace

void put_provider(Writer& writer, const Rooms& rooms, const std::string& next) {
  if (!rooms.provider) return;
  const std::string& name = rooms.provider->settings().name;
  render(writer,
         govuk::ButtonParams{.text = name.empty() ? tr("Sign in with another account") : tr("Sign in with {0}", {name}),
                             .href = Url::path("/sign-in/provider", {}, {{"next", next}}),
                             .classes = "govuk-button--secondary"});
}

void register_provider_pages(Rooms& rooms) {
  web::Router& router = rooms.wiring.router;
  const web::Access administrators = web::Access::permission(kAdminister);
  router.get("/sign-in/provider", web::Access::anyone(), [&rooms](Context& c) { return to_provider(rooms, c); });
  router.get("/sign-in/provider/back", web::Access::anyone(), [&rooms](Context& c) { return from_provider(rooms, c); });
  router.get("/administration/accounts/:id/provider", administrators,
             [&rooms](Context& c) { return subject_page(rooms, c, {}); });
  router.post("/administration/accounts/:id/provider", administrators,
              [&rooms](Context& c) { return subject_post(rooms, c); });
}

}  // namespace tithing::identity
