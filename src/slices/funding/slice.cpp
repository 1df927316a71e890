#include "funding_migrations.h"
#include "slices/funding/commands.h"
#include "slices/funding/funding.h"
#include "slices/funding/kinds_printed.h"
#include "slices/funding/pages.h"
#include "slices/funding/pages_compare.h"
#include "slices/funding/pages_decisions.h"
#include "slices/funding/pages_saved.h"
#include "slices/funding/service.h"
#include "slices/wiring.h"

namespace tithing::funding {

const Permission kReconcile{"funding.reconcile", "Check printed tables of money"};

Service& register_slice(Wiring& wiring, register_::Service* areas,
                        std::function<std::string(const std::string&)> organisation_name) {
  auto service = std::make_shared<FundingService>(wiring, areas);
  wiring.services.push_back(service);
  for (const db::Migration& migration : funding_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kReadFunding, {Role::commissioning_officer, Role::performance_analyst, Role::decision_maker,
                                        Role::county_strategy_officer, Role::auditor, Role::system_administrator});
  wiring.permissions.add(kEditFunding,
                         {Role::commissioning_officer, Role::county_strategy_officer, Role::system_administrator});
  wiring.permissions.add(kReconcile, {Role::commissioning_officer, Role::performance_analyst, Role::decision_maker,
                                      Role::partnership_manager, Role::county_strategy_officer,
                                      Role::panel_support_officer, Role::auditor});
  for (Subcommand& subcommand : subcommands()) wiring.subcommands.push_back(std::move(subcommand));
  wiring.permissions.add(kPrepareDecision, {Role::commissioning_officer});
  wiring.permissions.add(kComment, {Role::partnership_manager, Role::partnership_chair, Role::county_strategy_officer,
                                    Role::responsible_authority_representative});
  wiring.permissions.add(kAgree, {Role::decision_maker});
  wiring.permissions.add(kReadDrafts, {Role::performance_analyst, Role::auditor});
  add_kinds(wiring.figures);
  add_printed_kind(wiring.figures);
  add_frozen_kind(wiring);
  add_saved_kinds(wiring.figures, *service);
  auto decisions = std::make_shared<DecisionService>(
      wiring, areas == nullptr ? DecisionService::AreasNow() : [areas] { return areas->areas(); },
      std::move(organisation_name));
  wiring.services.push_back(decisions);
  wiring.site.address("funding", "/funding");
  wiring.site.line(web::Home::site, {.place = 40, .text = tr("Money"), .address = "funding"});
  register_pages(wiring, *service);
  register_pot_pages(wiring, *service, *decisions);
  register_scheme_pages(wiring, *service, *decisions);
  register_step_pages(wiring, *service);
  register_scheme_part_pages(wiring, *service);
  register_paper_pages(wiring);
  register_reconcile_pages(wiring);
  register_compare_pages(wiring, *service);
  register_decision_pages(wiring, *decisions);
  register_decision_forms(wiring, *decisions);
  register_decision_papers(wiring, *decisions);
  wiring.demonstration.push_back([&wiring](const std::string&) { return deliver_decisions(wiring); });
  wiring.demonstration.push_back(
      [service = service.get()](const std::string&) { return service->deliver_demonstration(); });
  return *service;
}

}  // namespace tithing::funding
