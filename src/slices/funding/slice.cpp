#include "funding_migrations.h"
#include "slices/funding/commands.h"
#include "slices/funding/funding.h"
#include "slices/funding/pages.h"
#include "slices/funding/pages_compare.h"
#include "slices/wiring.h"

namespace tithing::funding {

const Permission kReconcile{"funding.reconcile", "Check printed tables of money"};

Service& register_slice(Wiring& wiring) {
  auto service = std::make_shared<Service>();
  wiring.services.push_back(service);
  for (const db::Migration& migration : funding_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kEditFunding, {Role::commissioning_officer, Role::county_strategy_officer, Role::system_administrator});
  wiring.permissions.add(kReconcile, {Role::commissioning_officer, Role::performance_analyst, Role::decision_maker, Role::partnership_manager,
                                      Role::county_strategy_officer, Role::panel_support_officer, Role::auditor});
  for (Subcommand& subcommand : subcommands()) wiring.subcommands.push_back(std::move(subcommand));
  add_kinds(wiring.figures);
  register_pages(wiring);
  register_paper_pages(wiring);
  register_reconcile_pages(wiring);
  register_compare_pages(wiring);
  return *service;
}

}  // namespace tithing::funding
