// Accounts as administrators see them.
#include <algorithm>
#include <iterator>

#include "base/organisation.h"
#include "base/text.h"
#include "forms/form.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/identity/domain.h"
#include "slices/identity/pages.h"
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

constexpr int kBlankGrants = 3;

std::int64_t number_of(const std::string& text) { return forms::whole_or(text, 0); }

std::vector<web::NavigationItem> crumbs(bool accounts) {
  std::vector<web::NavigationItem> items = {{tr("Administration"), Url("/administration")}};
  if (accounts) items.push_back({tr("Accounts"), Url("/administration/accounts")});
  return items;
}

// Where a role holds: it is always said, never what an empty field happens to mean.
constexpr const char* kEverywhere = "everywhere";
constexpr const char* kOnlyArea = "area";
constexpr const char* kItsBody = "body";

// What stands in the form, kept as it was sent when something is wrong with it.
struct GrantRow {
  std::string role;          // code, or empty
  std::string organisation;  // as typed, or the name of the body
  std::string body;          // code of the body that was chosen, as_words(), or empty
  std::string where;         // one of the three, or empty
  std::string area;          // as typed, or the name of the area
  std::string area_is;       // code of the area that was chosen, or empty
};

// Without a register of areas what is typed is a code, and the command says whether there is such an area.
forms::Looked look_up_area(const Rooms& rooms, Date today, const GrantRow& row) {
  if (!rooms.areas) return {forms::Match{row.area, row.area}, {}, {}};
  return forms::look_up(rooms.areas(today), row.area, row.area_is);
}

std::vector<GrantRow> rows_of(const std::vector<Grant>& grants, const Rooms& rooms) {
  std::vector<GrantRow> rows;
  for (const Grant& grant : grants) {
    const std::string body = body_of_organisation(grant.organisation);
    const std::string area = rooms.area_name ? rooms.area_name(grant.area_code) : std::string();
    rows.push_back({std::string(code_of(grant.role)), organisation_name(rooms.organisations, grant.organisation),
                    body.empty() && !grant.organisation.empty() ? as_words(grant.organisation) : body,
                    !grant.area_code.empty() ? kOnlyArea
                    : body.empty()           ? kEverywhere
                                             : kItsBody,
                    area.empty() ? grant.area_code : area, grant.area_code});
  }
  return rows;
}

std::vector<GrantRow> rows_sent(const Context& context) {
  std::vector<GrantRow> rows;
  const auto fill = [&](const char* name, std::string GrantRow::*field) {
    std::size_t i = 0;
    for (const auto& [sent, value] : context.form) {
      if (sent != name || i >= 100) continue;
      if (rows.size() <= i) rows.emplace_back();
      rows[i++].*field = trimmed(value);
    }
  };
  fill("role", &GrantRow::role);
  fill("organisation", &GrantRow::organisation);
  fill("body", &GrantRow::body);
  fill("where", &GrantRow::where);
  fill("area", &GrantRow::area);
  fill("area-is", &GrantRow::area_is);
  std::erase_if(rows, [](const GrantRow& row) {
    return row.role.empty() && row.organisation.empty() && row.area.empty() && row.where.empty();
  });
  return rows;
}

// The code of the area, empty for everywhere and for where the body is.
Result<std::string> area_of(const Rooms& rooms, Date today, const GrantRow& row, bool of_body) {
  const auto refuse = [](const char* field, const std::string& sentence) {
    return invalid(sentence, {{field, sentence}});
  };
  if (row.where.empty() && row.area.empty() && !of_body)
    return refuse("where", "Say where each role holds: everywhere, or only for an area.");
  if (row.where == kOnlyArea && row.area.empty())
    return refuse("area", "Enter the name of the area for which the role holds.");
  if ((row.where == kEverywhere || row.where == kItsBody) && !row.area.empty())
    return refuse("where", "Choose \"only for an area\", or clear the area " + row.area + ".");
  if (row.where == kEverywhere && of_body)
    return refuse(
        "where",
        "A role for a body of the register holds where that body is. Choose that, or keep the organisation in "
        "words only.");
  if (row.where == kItsBody && !of_body)
    return refuse("where",
                  "Name a body of the register as the organisation, or choose where the role holds otherwise.");
  if (row.area.empty()) return std::string();
  const forms::Looked looked = look_up_area(rooms, today, row);
  return looked.found ? Result<std::string>(looked.found->code) : refuse("area", looked.sentence);
}

Result<std::vector<Grant>> grants_of(const std::vector<GrantRow>& rows, const Rooms& rooms, Date today) {
  std::vector<Grant> grants;
  for (const GrantRow& row : rows) {
    const std::optional<Role> role = role_from(row.role);
    if (!role)
      return invalid(tr("Choose a role for each organisation or area."),
                     {{"role", tr("Choose a role, or clear the organisation and where it holds.")}});
    const Result<std::string> organisation = settled_organisation(rooms.organisations, row.organisation, row.body);
    if (!organisation) return pass_on(organisation);
    const Result<std::string> area = area_of(rooms, today, row, !body_of_organisation(*organisation).empty());
    if (!area) return pass_on(area);
    grants.push_back({*role, *organisation, *area});
  }
  return grants;
}

// A line into which a name is written; with script, names are offered from `address`.
void put_name(Writer& writer, const std::string& id, const char* name, const std::string& value,
              const std::string& address) {
  html::Attributes attributes = {{"class", "govuk-input"}, {"id", id},       {"name", name},
                                 {"type", "text"},         {"value", value}, {"spellcheck", "false"},
                                 {"autocomplete", "off"}};
  if (!address.empty()) {
    attributes.push_back({"data-module", "tithing-picker"});
    attributes.push_back({"data-url", Url::parse(address)});
  }
  writer.void_element("input", attributes);
}

// One field of a line of roles, with its label.
template <class Field>
void cell(Writer& writer, const std::string& id, const Message& label, Field field) {
  writer.open("div", {{"class", "govuk-form-group"}});
  render(writer, govuk::LabelParams{.text = label, .for_id = id});
  field();
  writer.close("div");
}

// A list of choices of a cell; an option holds text alone.
using CellChoices = std::vector<std::pair<std::string, std::string>>;  // value, text
void choices_of_cell(Writer& writer, const std::string& id, const char* name, const CellChoices& choices,
                     const std::string& chosen) {
  writer.open("select", {{"class", "govuk-select"}, {"id", id}, {"name", name}});
  for (const auto& [value, text] : choices)
    writer.element("option", {{"value", value}, {"selected", chosen == value}}, text);
  writer.close("select");
}

void role_choices(Writer& writer, const std::string& id, const std::string& chosen) {
  CellChoices choices = {{"", Content(tr("No role")).plain(writer.language())}};
  for (int r = 0; r < kRoleCount; ++r)
    choices.emplace_back(code_of(static_cast<Role>(r)),
                         Content(role_name(static_cast<Role>(r))).plain(writer.language()));
  choices_of_cell(writer, id, "role", choices, chosen);
}

void where_choices(Writer& writer, const std::string& id, const GrantRow& row) {
  const auto plain = [&](const Message& text) { return Content(text).plain(writer.language()); };
  choices_of_cell(writer, id, "where",
                  {{"", plain(tr("Choose where it holds"))},
                   {kEverywhere, plain(tr("Everywhere"))},
                   {kOnlyArea, plain(tr("Only for an area"))},
                   {kItsBody, plain(tr("Where the organisation is"))}},
                  row.where);
}

// The name of the area; below it, while it could mean several, those.
void area_choices(Writer& writer, const std::string& suffix, const std::string& line, const GrantRow& row,
                  const Rooms& rooms, Date today) {
  put_name(writer, "area" + suffix, "area", row.area, rooms.areas ? rooms.areas(today).address : std::string());
  const forms::Looked looked = row.area.empty() ? forms::Looked{} : look_up_area(rooms, today, row);
  if (looked.offered.empty()) {
    web::hidden_field(writer, "area-is", looked.found ? looked.found->code : std::string());
    return;
  }
  render(writer, govuk::LabelParams{.text = tr("Area {0}: which is meant?", {line}), .for_id = "area-is" + suffix});
  CellChoices choices = {{"", Content(tr("Choose an area")).plain(writer.language())}};
  for (const forms::Match& one : looked.offered) choices.emplace_back(one.code, one.name + " (" + one.kind + ")");
  choices_of_cell(writer, "area-is" + suffix, "area-is", choices, row.area_is);
}

// Under the field: which body it is and what became of it, or, while it is words, the bodies that could be meant.
void organisation_choices(Writer& writer, const std::string& id, const Message& label, const GrantRow& row,
                          const Rooms& rooms) {
  const std::string name = row.body.empty() || row.body == as_words(row.organisation)
                               ? std::string()
                               : organisation_name(rooms.organisations, organisation_of_body(row.body));
  const bool body = !name.empty() && (row.organisation == name || row.organisation == row.body);
  const auto matches = body || row.organisation.empty() || !rooms.organisations.matching
                           ? std::vector<Organisation>()
                           : rooms.organisations.matching(row.organisation);
  if (matches.empty()) {
    writer.void_element("input", {{"type", "hidden"}, {"name", "body"}, {"value", body ? row.body : std::string()}});
    if (!body) return;
    writer.element("div", {{"class", "govuk-hint"}}, tr("Body of the register: {0}", {row.body}));
    if (const std::string became = organisation_became(rooms.organisations, organisation_of_body(row.body));
        !became.empty())
      writer.element("div", {{"class", "govuk-hint"}}, became);
    return;
  }
  render(writer, govuk::LabelParams{.text = label, .for_id = id, .classes = "govuk-visually-hidden"});
  const bool chosen =
      row.body == as_words(row.organisation) ||
      std::any_of(matches.begin(), matches.end(), [&](const Organisation& one) { return one.code == row.body; });
  CellChoices choices;
  if (!chosen) choices.emplace_back("", Content(tr("Choose a body")).plain(writer.language()));
  for (const Organisation& one : matches)
    choices.emplace_back(one.code, one.name + " (" + one.kind + ", " + one.code + ")");
  choices.emplace_back(as_words(row.organisation), Content(tr("In words only")).plain(writer.language()));
  choices_of_cell(writer, id, "body", choices, row.body);
}

void grant_fields(Writer& writer, const std::vector<GrantRow>& rows, const Problem& problem, const Rooms& rooms,
                  Date today) {
  writer.open("fieldset", {{"class", "govuk-fieldset"}});
  writer.element("legend", {{"class", "govuk-fieldset__legend govuk-fieldset__legend--m"}}, tr("Roles"));
  writer.element("p", {{"class", "govuk-hint"}},
                 tr("An organisation is a body of the register, by its name, or words. Only a body opens its records. "
                    "Say of each role where it holds: everywhere, only for an area, which you name, or where its "
                    "organisation is. To take a role away, choose no role in its line and clear the rest."));
  for (const char* field : {"role", "organisation", "where", "area"})
    if (const std::string message = message_for(problem, field); !message.empty())
      render(writer, govuk::ErrorMessageParams{.text = tr(message), .id = std::string(field) + "-error"});

  for (std::size_t i = 0; i < rows.size() + kBlankGrants; ++i) {
    const GrantRow row = i < rows.size() ? rows[i] : GrantRow{};
    const std::string line = std::to_string(i + 1);
    const std::string suffix = i == 0 ? std::string() : "-" + line;  // the first line is where an error's link goes
    writer.open("div", {{"class", "tithing-filters"}});
    cell(writer, "role" + suffix, tr("Role {0}", {line}), [&] { role_choices(writer, "role" + suffix, row.role); });
    cell(writer, "organisation" + suffix, tr("Organisation {0}", {line}), [&] {
      put_name(writer, "organisation" + suffix, "organisation", row.organisation, rooms.organisations.address);
      organisation_choices(writer, "body" + suffix, tr("Organisation {0}: which body is meant?", {line}), row, rooms);
    });
    cell(writer, "where" + suffix, tr("Where role {0} holds", {line}),
         [&] { where_choices(writer, "where" + suffix, row); });
    cell(writer, "area" + suffix, tr("Area {0}", {line}),
         [&] { area_choices(writer, suffix, line, row, rooms, today); });
    writer.close("div");
  }
  writer.close("fieldset");
}

forms::Field name_field() {
  return {.name = "name",
          .label = tr("Name"),
          .hint = tr("A person's or a post's, as others will see it"),
          .classes = "govuk-input--width-30"};
}

Answer start_page(Rooms&, Context& context) {
  Writer writer(context.language);
  writer.open("ul", {{"class", "govuk-list"}});
  const auto item = [&](Url url, Message text) {
    writer.open("li");
    writer.element("a", {{"class", "govuk-link"}, {"href", url}}, text);
    writer.close("li");
  };
  if (context.actor.can(kAdminister)) item(Url("/administration/accounts"), tr("Accounts"));
  if (context.actor.can(kReadAudit)) item(Url("/administration/audit"), tr("Audit"));
  item(Url("/administration/permissions"), tr("What each role may do"));
  writer.close("ul");
  web::PageOptions options;
  options.title = tr("Administration");
  return web::page(context, options, writer.take());
}

Answer list_page(Rooms& rooms, Context& context) {
  const std::string text = context.query_value("q");
  Result<PageOf<AccountView>> found =
      accounts(*rooms.wiring.database, context.actor, context.now, text,
               static_cast<int>(std::min<std::int64_t>(number_of(context.query_value("page")), 1'000'000)));
  if (!found) return web::problem_page(context, found.error());
  Writer writer(context.language);
  render(writer, govuk::ButtonParams{.text = tr("New account"), .href = Url("/administration/accounts/new")});
  exports::Paging paging = exports::paging(found->count, found->page, kRowsOfPage);
  if (!context.query_value("format").empty()) {  // a file has the accounts of all pages
    for (int page = 1; page <= found->pages(); ++page) {
      auto more = accounts(*rooms.wiring.database, context.actor, context.now, text, page);
      if (!more) return web::problem_page(context, more.error());
      if (page == 1) found->rows.clear();
      std::move(more->rows.begin(), more->rows.end(), std::back_inserter(found->rows));
    }
    paging = exports::paging(found->count, 1, lists::kMostInAFile);
  }
  const auto said = [&](const Message& message) { return message.in(context.language).text; };
  exports::Table table{.id = "accounts", .title = said(tr("Accounts"))};
  table.columns = {{.key = "name", .heading = said(tr("Name")), .holds = Numeral::Kind::name},
                   {.key = "email", .heading = said(tr("E-mail address")), .holds = Numeral::Kind::name},
                   {.key = "roles", .heading = said(tr("Roles")), .holds = Numeral::Kind::name},
                   {"state", said(tr("State"))},
                   {.key = "seen", .heading = said(tr("Last seen")), .holds = Numeral::Kind::date}};
  for (const AccountView& row : found->rows) {
    std::vector<std::string> grants;
    for (const Grant& grant : row.grants) grants.push_back(grant_text(grant, rooms, context.language));
    const Message state = row.suspended_at   ? tr("suspended")
                          : row.has_password ? tr("active")
                                             : tr("waits for its first password");
    table.rows.push_back(
        {exports::text_cell(row.name).linked(Url::path("/administration/accounts/{}", {std::to_string(row.id)})),
         exports::text_cell(row.email), exports::text_cell(joined(grants, "; ")), exports::text_cell(said(state)),
         exports::text_cell(row.last_seen_at ? time_text(*row.last_seen_at) : said(tr("no session")))});
  }
  writer.put(lists::part(context, {.table = std::move(table),
                                   .none = said(tr("There is no such account.")),
                                   .paging = paging,
                                   .chosen_before = {{.name = "q", .label = tr("Name or e-mail address contains")}}}));
  web::PageOptions options;
  options.title = tr("Accounts");
  options.breadcrumbs = crumbs(false);
  return web::page(context, options, writer.take());
}

Answer new_page(Rooms& rooms, const Context& context, const Problem& problem) {
  Writer writer(context.language);
  const forms::Values values = forms::values_in(context);
  forms::Form form(writer, context, values, problem);
  form.begin(Url("/administration/accounts"));
  form.put(name_field());
  form.put(
      {.name = "email", .label = tr("E-mail address"), .kind = forms::Kind::email, .classes = "govuk-input--width-30"});
  grant_fields(writer, rows_sent(context), problem, rooms, context.today);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("You will be shown a link once, with which the password is set within 72 hours. Send it in a way "
                    "that only its owner reads."));
  form.button(tr("Create the account"));
  form.end();
  web::PageOptions options;
  options.title = tr("New account");
  options.breadcrumbs = crumbs(true);
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
  render(writer,
         govuk::WarningTextParams{
             .text = tr("Whoever has the link can take the account. Send it in a way that only its owner reads.")});
  writer.open("p", {{"class", "govuk-body"}});
  writer.element(
      "a",
      {{"class", "govuk-link"}, {"href", Url::path("/administration/accounts/{}", {std::to_string(token.account_id)})}},
      tr("To the account"));
  writer.close("p");
  web::PageOptions options;
  options.title = tr("A link for {0}", {name});
  options.breadcrumbs = crumbs(true);
  options.narrow = true;
  Answer answer = web::page(context, options, writer.take());
  answer.compress = false;
  return answer;
}

Answer create_post(Rooms& rooms, Context& context) {
  const Result<std::vector<Grant>> grants = grants_of(rows_sent(context), rooms, context.today);
  if (!grants) return new_page(rooms, context, grants.error());
  const Result<Token> made =
      create_account(visit_of(rooms, context), {context.form_value("email"), context.form_value("name"), *grants, {}},
                     rooms.area_name, rooms.organisations);
  if (!made)
    return made.error().fields.empty() ? web::problem_page(context, made.error())
                                       : new_page(rooms, context, made.error());
  return link_page(context, context.form_value("name"), *made);
}

Answer account_page(Rooms& rooms, const Context& context, const AccountView& view, const std::string& name,
                    const std::vector<GrantRow>& rows, const Problem& problem) {
  const std::string id = std::to_string(view.id);
  Writer writer(context.language);
  govuk::SummaryListParams summary;
  const auto line = [&](Message key, Content value) {
    summary.rows.push_back({.key = {.text = std::move(key)}, .value = {.text = std::move(value)}});
  };
  line(tr("E-mail address"), view.email);
  line(tr("State"), view.suspended_at   ? Content(tr("Suspended on {0}", {time_text(*view.suspended_at)}))
                    : view.has_password ? Content(tr("Active"))
                                        : Content(tr("Waits for its first password")));
  line(tr("Created"), time_text(view.created_at));
  line(tr("Sessions"), view.last_seen_at ? Content(tr("{0}, last used {1}",
                                                      {std::to_string(view.sessions), time_text(*view.last_seen_at)}))
                                         : Content(tr("None")));
  render(writer, summary);

  const forms::Values values = {{"name", name}};
  forms::Form form(writer, context, values, problem);
  form.begin(Url::path("/administration/accounts/{}", {id}));
  form.hidden("version", std::to_string(view.version));
  form.put(name_field());
  grant_fields(writer, rows, problem, rooms, context.today);
  form.button(tr("Save name and roles"));
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
    button(
        "suspend",
        tr("Suspending ends the sessions and links of {0} at once. What was done under the account stays in the audit.",
           {view.name}),
        tr("Suspend"), "govuk-button--warning");
  }
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
  options.breadcrumbs = crumbs(true);
  options.status = problem.message.empty() ? 200 : web::status_of(problem.kind);
  options.has_error = !problem.message.empty();
  options.notice = error_summary(problem, context.language);
  return web::page(context, options, writer.take());
}

Answer account_get(Rooms& rooms, Context& context) {
  const Result<AccountView> view =
      account(*rooms.wiring.database, context.actor, context.now, number_of(context.parameter("id")));
  if (!view) return web::problem_page(context, view.error());
  return account_page(rooms, context, *view, view->name, rows_of(view->grants, rooms), {});
}

web::Fields fields_of(const std::string& name, const std::vector<GrantRow>& rows, const Context& context) {
  web::Fields fields = {{Content(tr("Name")).plain(context.language), name}};
  int number = 0;
  for (const GrantRow& row : rows)
    fields.emplace_back(Content(tr("Role {0}", {std::to_string(++number)})).plain(context.language),
                        row.role + " / " + row.organisation + " / " + (row.area.empty() ? row.where : row.area));
  return fields;
}

Answer account_post(Rooms& rooms, Context& context) {
  const std::int64_t id = number_of(context.parameter("id"));
  const Result<AccountView> view = account(*rooms.wiring.database, context.actor, context.now, id);
  if (!view) return web::problem_page(context, view.error());
  const std::string name = context.form_value("name");
  const std::vector<GrantRow> rows = rows_sent(context);
  const Result<std::vector<Grant>> grants = grants_of(rows, rooms, context.today);
  if (!grants) return account_page(rooms, context, *view, name, rows, grants.error());
  const Status done = change_account(visit_of(rooms, context), id, number_of(context.form_value("version")), name,
                                     *grants, rooms.area_name, rooms.organisations);
  if (!done && done.error().kind == ProblemKind::conflict)
    return web::conflict_page(context, fields_of(name, rows, context),
                              fields_of(view->name, rows_of(view->grants, rooms), context),
                              Url::path("/administration/accounts/{}", {std::to_string(id)}));
  if (!done) return account_page(rooms, context, *view, name, rows, done.error());
  return web::redirect(Url::path("/administration/accounts/{}", {std::to_string(id)}));
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
    return web::redirect(Url::path("/administration/accounts/{}", {std::to_string(id)}));
  };
}

Answer permissions_page(Rooms& rooms, Context& context) {
  Writer writer(context.language);
  govuk::TableParams table;
  table.caption = tr("Permissions and the roles that hold them");
  table.first_cell_is_header = true;
  table.head = {{.text = tr("Permission")}};
  for (int r = 0; r < kRoleCount; ++r) table.head.push_back({.text = role_name(static_cast<Role>(r))});
  for (const PermissionTable::Entry& entry : rooms.wiring.permissions.entries()) {
    std::vector<govuk::TableCell> row = {{.text = tr(entry.permission.description)}};
    for (int r = 0; r < kRoleCount; ++r) {
      const bool holds = std::find(entry.roles.begin(), entry.roles.end(), static_cast<Role>(r)) != entry.roles.end();
      row.push_back({.text = holds ? tr("yes") : tr("no")});
    }
    table.rows.push_back(std::move(row));
  }
  scrolling_table(writer, table);
  writer.element("p", {{"class", "govuk-body"}},
                 tr("A role is given for an organisation and an area: the permission then holds there."));
  web::PageOptions options;
  options.title = tr("What each role may do");
  options.breadcrumbs = crumbs(false);
  return web::page(context, options, writer.take());
}

}  // namespace

void register_administration_pages(Rooms& rooms) {
  web::Router& router = rooms.wiring.router;
  const web::Access administrators = web::Access::permission(kAdminister);
  router.get("/administration", web::Access::signed_in(), [&rooms](Context& c) { return start_page(rooms, c); });
  router.get("/administration/permissions", web::Access::signed_in(),
             [&rooms](Context& c) { return permissions_page(rooms, c); });
  router.get("/administration/accounts", administrators, [&rooms](Context& c) { return list_page(rooms, c); });
  router.get("/administration/accounts/new", administrators, [&rooms](Context& c) { return new_page(rooms, c, {}); });
  router.post("/administration/accounts", administrators, [&rooms](Context& c) { return create_post(rooms, c); });
  router.get("/administration/accounts/:id", administrators, [&rooms](Context& c) { return account_get(rooms, c); });
  router.post("/administration/accounts/:id", administrators, [&rooms](Context& c) { return account_post(rooms, c); });
  router.post("/administration/accounts/:id/link", administrators,
              [&rooms](Context& c) { return link_post(rooms, c); });
  router.post("/administration/accounts/:id/suspend", administrators, then_back(rooms, suspend_account));
  router.post("/administration/accounts/:id/reinstate", administrators, then_back(rooms, reinstate_account));
  router.post("/administration/accounts/:id/sign-out", administrators, then_back(rooms, end_sessions_of));
}

}  // namespace tithing::identity
