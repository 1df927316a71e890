#include "desks/figures/desk.h"

#include "desks/figures/parts.h"
#include "desks/figures/permissions.h"
#include "figures/combined.h"
#include "figures/numbers.h"
#include "figures_desk_migrations.h"

namespace tithing::figures {

void register_desk(Wiring& wiring) {
  for (db::Migration& migration : figures_desk_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(
      kFreeze, {Role::commissioning_officer, Role::performance_analyst, Role::decision_maker, Role::partnership_manager,
                Role::county_strategy_officer, Role::panel_support_officer});
  add_combined_kinds(wiring.figures);
  wiring.site.address("figures", "/figures");
  wiring.site.line(web::Home::site, {.place = 60, .text = tr("Figures"), .address = "figures"});
  register_pages(wiring);
  register_api(wiring);
  register_commands(wiring);
}

Viewer viewer_of(const web::Context& context) { return Viewer::of(context.reach()); }

Address address_of(const web::Context& context) {
  Address address{context.parameter("kind"), {}};
  for (const auto& [name, value] : context.query)
    if (name != "lang" && name != "table" && name != "format" && !value.empty())
      address.parameters.values.insert_or_assign(name, value);
  return address;
}

html::Markup figure_link(const Figure& figure) {
  html::Writer writer;
  writer.put(number(figure));
  return writer.take();
}

}  // namespace tithing::figures
