// One account as administrators make and change it.
#include <initializer_list>
#include <optional>

#include "base/text.h"
#include "drafts/drafts.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "slices/identity/commands_second_factor.h"
#include "slices/identity/domain.h"
#include "slices/identity/pages.h"
#include "slices/identity/pages_grants.h"
#include "slices/identity/permissions.h"
#include "slices/identity/readings.h"
#include "web/form_parts.h"
#include "web/site_address.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::int64_t number_of(const std::string& text) { return forms::whole_or(text, 0); }

std::vector<web::NavigationItem> crumbs() {
  return {{tr("Administration"), Url("/administration")}, {tr("Accounts"), Url("/administration/accounts")}};
}

Url url_of(std::int64_t id) { return Url::path("/administration/accounts/{}", {std::to_string(id)}); }

forms::Field name_field() {
  return {.name = "name",
          .label = tr("Name"),
          .hint = tr("A person's or a post's, as others will see it"),
          .classes = "govuk-input--width-30"};
}

// Everything that is wrong with what was entered, in the order of the form; without a message where nothing is.
Problem all_wrong(std::initializer_list<Status> checks, const GrantsRead& grants) {
  Problem problem;
  for (const Status& check : checks)
    if (!check) problem.fields.insert(problem.fields.end(), check.error().fields.begin(), check.error().fields.end());
  problem.fields.insert(problem.fields.end(), grants.wrong.begin(), grants.wrong.end());
  if (!problem.fields.empty()) problem.message = "Check what you entered: " + problem.fields.front().message;
  return problem;
}

// That the command would refuse an address that has an account already, said with all the rest.
Status check_free(Rooms& rooms, const Context& context, const std::string& email) {
  if (Status fine = check_email(normal_email(email)); !fine) return fine;
  if (!account_by_email(*rooms.wiring.database, context.actor, context.now, email)) return {};
  return invalid(tr("There is such an account."),
                 {{"email", tr("Enter another e-mail address: this one has an account already.")}});
}

Answer new_page(Rooms& rooms, const Context& context, const Problem& problem) {
  Writer writer(context.language);
  const forms::Values values = forms::values_in(context);
  forms::Form form(writer, context, values, problem);
  form.begin(Url("/administration/accounts"));
  form.put(name_field());
  form.put(
      {.name = "email", .label = tr("E-mail address"), .kind = forms::Kind::email, .classes = "govuk-input--width-30"});
  put_grants(writer, rows_sent(context.form), problem, rooms, context.today);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("You will be shown a link once, with which the password is set within 72 hours. Send it in a way "
                    "that only its owner reads."));
  form.button(tr("Create the account"));
  form.end();
  web::PageOptions options;
  options.title = tr("New account");
  options.breadcrumbs = crumbs();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  options.has_error = !problem.message.empty();
  options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer link_page(const Context& context, const std::string& name, const Token& token) {
  Writer writer(context.language);
  const std::string link = web::site_address(context) + Url::path("/set-password/{}", {token.secret.reveal()}).text();
  writer.element(
      "p", {{"class", "govuk-body"}},
      tr("With this link {0} sets a password. It works once, within 72 hours, and is shown only here and only now.",
         {name}));
  render(writer, govuk::InputParams{.id = "link",
                                    .name = "link",
                                    .value = link,
                                    .label = {.text = tr("Link to set the password")},
                                    .spellcheck = false,
                                    .attributes = {{"readonly", true}}});
  if (web::site_address(context).empty())
    writer.element("p", {{"class", "govuk-body"}},
                   tr("Nobody has told this program where the site is reached, so put its address before the link."));
  render(writer,
         govuk::WarningTextParams{
             .text = tr("Whoever has the link can take the account. Send it in a way that only its owner reads.")});
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", url_of(token.account_id)}}, tr("To the account"));
  writer.close("p");
  web::PageOptions options;
  options.title = tr("A link for {0}", {name});
  options.breadcrumbs = crumbs();
  options.narrow = true;
  Answer answer = web::page(context, options, writer.take());
  answer.compress = false;
  return answer;
}

Answer create_post(Rooms& rooms, Context& context) {
  const std::string name = context.form_value("name");
  const std::string email = context.form_value("email");
  const GrantsRead read = read_grants(rows_sent(context.form), rooms, context.today);
  if (const Problem wrong = all_wrong({check_name(name), check_free(rooms, context, email)}, read);
      !wrong.message.empty())
    return new_page(rooms, context, wrong);
  const Result<Token> made =
      create_account(visit_of(rooms, context), {email, name, read.grants, {}}, rooms.area_name, rooms.organisations);
  if (!made)
    return made.error().fields.empty() ? web::problem_page(context, made.error())
                                       : new_page(rooms, context, made.error());
  return link_page(context, name, *made);
}

// What stands in the form of an account: as it is stored, as it was sent, or as a draft keeps it.
struct Entered {
  std::string name;
  std::vector<GrantRow> rows;
};

Entered stored_in(const AccountView& view, const Rooms& rooms) { return {view.name, rows_of(view.grants, rooms)}; }

std::string field_of(const web::Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return std::string(trimmed(value));
  return {};
}

Entered entered_in(const web::Fields& fields, std::string_view prefix = {}) {
  return {field_of(fields, std::string(prefix) + "name"), rows_sent(fields, prefix)};
}

// As it stood when the form was opened; nothing of a form that does not say so.
std::optional<Entered> began_in(const web::Fields& fields) {
  Entered began = entered_in(fields, kBegan);
  return began.name.empty() ? std::nullopt : std::optional<Entered>(std::move(began));
}

Entered merged(const std::optional<Entered>& began, const Entered& yours, const Entered& stored) {
  if (!began) return yours;
  return {yours.name == began->name ? stored.name : yours.name, merged_rows(began->rows, yours.rows, stored.rows)};
}

drafts::Form kept_form(const Context& context, const AccountView& view) {
  return {"identity.account/" + std::to_string(view.id),
          tr("Change the account").in(context.language).text + ": " + view.name, url_of(view.id).text(),
          std::to_string(view.version)};
}

Answer overtaken(Rooms& rooms, const Context& context, const AccountView& view, const web::Fields& sent) {
  const auto values = [&](const Entered& one) {
    return forms::Values{{"name", one.name}, {"roles", said(one.rows, context.language)}};
  };
  forms::Overtaken two{.form = kept_form(context, view),
                       .yours = values(entered_in(sent)),
                       .stored = values(stored_in(view, rooms)),
                       .labels = {{"name", Content(tr("Name")).plain(context.language)},
                                  {"roles", Content(tr("Roles")).plain(context.language)}},
                       .with_same = true};
  if (const auto began = began_in(sent)) two.began = values(*began);
  if (const auto last = audit_lines(*rooms.wiring.database, context.actor, "identity.change-account",
                                    "account:" + std::to_string(view.id), 1);
      last && !last->empty())
    two.change = tr("Last changed by {0} at {1} UTC: {2}",
                    {last->front().actor_name, last->front().at.substr(0, 10) + " " + last->front().at.substr(11, 5),
                     last->front().sentence});
  return forms::overtaken_page(context, two);
}

// `back` says that the draft stands in the form, because it was opened again.
Answer account_page(Rooms& rooms, const Context& context, const AccountView& view, const Entered& entered,
                    const Entered& began, const Problem& problem, bool back = false) {
  const std::string id = std::to_string(view.id);
  Writer writer(context.language);
  govuk::SummaryListParams summary;
  const auto line = [&](Message key, Content value) {
    summary.rows.push_back({.key = {.text = std::move(key)}, .value = {.text = std::move(value)}});
  };
  line(tr("E-mail address"), view.email);
  line(tr("State"), view.suspended_at    ? Content(tr("Suspended on {0}", {time_text(*view.suspended_at)}))
                    : view.can_come_in() ? Content(tr("Active"))
                                         : Content(tr("Waits for its first password")));
  line(tr("Created"), time_text(view.created_at));
  line(tr("Sessions"), view.last_seen_at ? Content(tr("{0}, last used {1}",
                                                      {std::to_string(view.sessions), time_text(*view.last_seen_at)}))
                                         : Content(tr("None")));
  const SecondFactorView factor = second_factor_of(*rooms.wiring.database, view.id);
  line(tr("Second factor"), factor.enrolled ? Content(tr("Set up on {0}", {time_text(factor.enrolled_at)}))
                            : factor.needed ? Content(tr("Needed by a role, and not set up yet"))
                                            : Content(tr("None")));
  render(writer, summary);

  const drafts::Form draft = kept_form(context, view);
  const auto kept = drafts::find(*rooms.wiring.database, context.actor, draft.key);
  const forms::Values values = {{"name", entered.name}};
  forms::Form form(writer, context, values, problem);
  form.begin(url_of(view.id));
  form.hidden("version", std::to_string(view.version));
  form.hidden(std::string(kBegan) + "name", began.name);
  put_began(writer, began.rows);
  form.put(name_field());
  put_grants(writer, entered.rows, problem, rooms, context.today);
  form.save_buttons(draft, kept, tr("Save name and roles"), "", "");
  form.end();

  writer.element("h2", {{"class", "govuk-heading-m"}}, tr("Access"));
  const auto button = [&](std::string_view action, Message explanation, Message text, std::string classes) {
    writer.open("form", {{"method", "post"},
                         {"action", Url::path("/administration/accounts/{}/" + std::string(action), {id})}});
    writer.put(web::csrf_field(context));
    writer.element("p", {{"class", "govuk-body"}}, explanation);
    render(writer, govuk::ButtonParams{.text = std::move(text), .classes = std::move(classes)});
    writer.close("form");
  };
  if (view.suspended_at) {
    button("reinstate", tr("Let {0} sign in again, with the roles above.", {view.name}), tr("Reinstate"),
           "govuk-button--secondary");
  } else {
    button("link",
           tr("A link to set the password, for a first password or a forgotten one. Earlier links stop working."),
           tr("Make a link"), "govuk-button--secondary");
    button("sign-out", tr("End every session of {0}.", {view.name}), tr("Sign out everywhere"),
           "govuk-button--secondary");
    if (factor.enrolled)
      button("reset-second-factor",
             tr("For {0}, who has lost app and recovery codes: the second factor and every session end. Make sure that "
                "it is really they who ask.",
                {view.name}),
             tr("Reset the second factor"), "govuk-button--secondary");
    button(
        "suspend",
        tr("Suspending ends the sessions and links of {0} at once. What was done under the account stays in the audit.",
           {view.name}),
        tr("Suspend"), "govuk-button--warning");
  }
  writer.open("p", {{"class", "govuk-body"}});
  writer.element("a", {{"class", "govuk-link"}, {"href", Url::path("/administration/accounts/{}/provider", {id})}},
                 tr("Sign-in with a provider"));
  writer.close("p");
  if (context.actor.can(kReadAudit)) {
    writer.open("p", {{"class", "govuk-body"}});
    writer.element(
        "a",
        {{"class", "govuk-link"}, {"href", Url::path("/administration/audit", {}, {{"subject", "account:" + id}})}},
        tr("What was done with this account"));
    writer.close("p");
  }
  web::PageOptions options;
  options.title = view.name;
  options.breadcrumbs = crumbs();
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  options.has_error = !problem.message.empty();
  options.notice = error_summary(problem, context.language);
  if (back && kept) options.notice += drafts::notice(context, *kept);
  return web::page(context, options, writer.take());
}

Answer account_get(Rooms& rooms, Context& context) {
  const Result<AccountView> view =
      account(*rooms.wiring.database, context.actor, context.now, number_of(context.parameter("id")));
  if (!view) return web::problem_page(context, view.error());
  const Entered stored = stored_in(*view, rooms);
  const auto kept = drafts::find(*rooms.wiring.database, context.actor, kept_form(context, *view).key);
  if (!kept) return account_page(rooms, context, *view, stored, stored, {});
  if (kept->get("version") == std::to_string(view->version))
    return account_page(rooms, context, *view, entered_in(kept->fields), stored, {}, true);
  if (context.query_value("draft") != "merged") return overtaken(rooms, context, *view, kept->fields);
  return account_page(rooms, context, *view, merged(began_in(kept->fields), entered_in(kept->fields), stored), stored,
                      {}, true);
}

Answer account_post(Rooms& rooms, Context& context) {
  const std::int64_t id = number_of(context.parameter("id"));
  const Result<AccountView> view = account(*rooms.wiring.database, context.actor, context.now, id);
  if (!view) return web::problem_page(context, view.error());
  const Entered entered = entered_in(context.form);
  const drafts::Form form = kept_form(context, *view);
  drafts::keep_posted(*rooms.wiring.database, context, form);
  const GrantsRead read = read_grants(entered.rows, rooms, context.today);
  Problem wrong = all_wrong({check_name(entered.name)}, read);
  if (wrong.message.empty()) {
    const Status done = change_account(visit_of(rooms, context), id, number_of(context.form_value("version")),
                                       entered.name, read.grants, rooms.area_name, rooms.organisations);
    if (done) {
      drafts::end(*rooms.wiring.database, context.actor, form.key);
      return web::redirect(url_of(id));
    }
    wrong = done.error();
  }
  // What two did at once comes first: what is wrong with one's own is said when it is put onto what is stored.
  const std::string seen = context.form_value("version");
  const bool stale = !seen.empty() && seen != std::to_string(view->version);
  if (wrong.kind == ProblemKind::conflict || stale) return overtaken(rooms, context, *view, context.form);
  return account_page(rooms, context, *view, entered, stored_in(*view, rooms), wrong);
}

Answer link_post(Rooms& rooms, Context& context) {
  const std::int64_t id = number_of(context.parameter("id"));
  const Result<AccountView> view = account(*rooms.wiring.database, context.actor, context.now, id);
  if (!view) return web::problem_page(context, view.error());
  const Result<Token> made = make_link(visit_of(rooms, context), id);
  if (!made) return web::problem_page(context, made.error());
  return link_page(context, view->name, *made);
}

template <class Command>
web::Handler then_back(Rooms& rooms, Command command) {
  return [&rooms, command](Context& context) {
    const std::int64_t id = number_of(context.parameter("id"));
    if (const Status done = command(visit_of(rooms, context), id); !done)
      return web::problem_page(context, done.error());
    return web::redirect(url_of(id));
  };
}

}  // namespace

void register_account_forms(Rooms& rooms) {
  web::Router& router = rooms.wiring.router;
  const web::Access administrators = web::Access::permission(kAdminister);
  router.get("/administration/accounts/new", administrators, [&rooms](Context& c) { return new_page(rooms, c, {}); });
  router.post("/administration/accounts", administrators, [&rooms](Context& c) { return create_post(rooms, c); });
  router.get("/administration/accounts/:id", administrators, [&rooms](Context& c) { return account_get(rooms, c); });
  router.post("/administration/accounts/:id", administrators, [&rooms](Context& c) { return account_post(rooms, c); });
  router.post("/administration/accounts/:id/link", administrators,
              [&rooms](Context& c) { return link_post(rooms, c); });
  router.post("/administration/accounts/:id/suspend", administrators, then_back(rooms, suspend_account));
  router.post("/administration/accounts/:id/reinstate", administrators, then_back(rooms, reinstate_account));
  router.post("/administration/accounts/:id/reset-second-factor", administrators,
              then_back(rooms, reset_second_factor));
  router.post("/administration/accounts/:id/sign-out", administrators, then_back(rooms, end_sessions_of));
}

}  // namespace tithing::identity
