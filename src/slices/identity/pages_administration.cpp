// Administration: where it begins, the list of accounts, what each role may do.
#include <algorithm>

#include "base/text.h"
#include "govuk/components.h"
#include "lists/list.h"
#include "slices/identity/pages.h"
#include "slices/identity/permissions.h"
#include "slices/identity/readings.h"

namespace tithing::identity {
namespace {

using html::Content;
using html::Markup;
using html::Url;
using html::Writer;
using web::Answer;
using web::Context;

std::vector<web::NavigationItem> crumbs() { return {{tr("Administration"), Url("/administration")}}; }

Answer start_page(Rooms&, Context& context) {
  Writer writer(context.language);
  writer.open("ul", {{"class", "govuk-list"}});
  const auto item = [&](Url url, Message text) {
    writer.open("li");
    writer.element("a", {{"class", "govuk-link"}, {"href", url}}, text);
    writer.close("li");
  };
  if (context.actor.can(kAdminister)) item(Url("/administration/accounts"), tr("Accounts"));
  if (context.actor.can(kAdminister)) item(Url("/administration/second-factor"), tr("Second factor"));
  if (context.actor.can(kReadAudit)) item(Url("/administration/audit"), tr("Audit"));
  item(Url("/administration/permissions"), tr("What each role may do"));
  writer.close("ul");
  web::PageOptions options;
  options.title = tr("Administration");
  return web::page(context, options, writer.take());
}

Answer list_page(Rooms& rooms, Context& context) {
  const std::string text = context.query_value("q");
  const exports::Paging paging = lists::paging(context, count_of_accounts(*rooms.wiring.database, context.actor, text));
  const Result<std::vector<AccountView>> found = accounts(*rooms.wiring.database, context.actor, context.now, text,
                                                          lists::limit_of(paging), lists::offset_of(paging));
  if (!found) return web::problem_page(context, found.error());
  Writer writer(context.language);
  render(writer, govuk::ButtonParams{.text = tr("New account"), .href = Url("/administration/accounts/new")});
  exports::Table table{.id = "accounts", .title = tr("Accounts")};
  table.columns = {{.key = "name", .heading = tr("Name"), .holds = Numeral::Kind::name},
                   {.key = "email", .heading = tr("E-mail address"), .holds = Numeral::Kind::name},
                   {.key = "roles", .heading = tr("Roles"), .holds = Numeral::Kind::name},
                   {"state", tr("State")},
                   {.key = "seen", .heading = tr("Last seen"), .holds = Numeral::Kind::date}};
  for (const AccountView& row : *found) {
    std::vector<std::string> grants;
    for (const Grant& grant : row.grants) grants.push_back(grant_text(grant, rooms, context.language));
    const Message state = row.suspended_at    ? tr("suspended")
                          : row.can_come_in() ? tr("active")
                                              : tr("waits for its first password");
    table.rows.push_back(
        {exports::text_cell(row.name).linked(Url::path("/administration/accounts/{}", {std::to_string(row.id)})),
         exports::text_cell(row.email), exports::text_cell(joined(grants, "; ")), exports::text_cell(state),
         exports::text_cell(row.last_seen_at ? Words(time_text(*row.last_seen_at)) : Words(tr("no session")))});
  }
  writer.put(lists::part(context, {.table = std::move(table),
                                   .none = tr("There is no such account."),
                                   .paging = paging,
                                   .chosen_before = {{.name = "q", .label = tr("Name or e-mail address contains")}}}));
  web::PageOptions options;
  options.title = tr("Accounts");
  options.breadcrumbs = crumbs();
  return web::page(context, options, writer.take());
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
  options.breadcrumbs = crumbs();
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
}

}  // namespace tithing::identity
