#include "decisions_migrations.h"
#include "slices/decisions/decisions.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/service.h"
#include "slices/register/register.h"
#include "slices/wiring.h"

namespace tithing::decisions {

Service& register_slice(Wiring& wiring, pots::Service& pots, register_::Service* areas,
                        std::function<std::string(const std::string&)> organisation_name) {
  auto service = std::make_shared<DecisionService>(
      wiring, pots, areas == nullptr ? DecisionService::AreasNow() : [areas] { return areas->areas(); },
      std::move(organisation_name));
  wiring.services.push_back(service);
  pots.decided_by(*service);
  for (const db::Migration& migration : decisions_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kPrepareDecision, {Role::commissioning_officer});
  wiring.permissions.add(kComment, {Role::partnership_manager, Role::partnership_chair, Role::county_strategy_officer,
                                    Role::responsible_authority_representative});
  wiring.permissions.add(kAgree, {Role::decision_maker});
  wiring.permissions.add(kReadDrafts, {Role::performance_analyst, Role::auditor});
  add_frozen_kind(wiring);
  wiring.site.address("decisions", "/funding/decisions");
  wiring.site.line(web::Home::money, {.place = 40, .text = tr("Decisions"), .address = "decisions"});
  register_decision_pages(wiring, *service);
  register_decision_forms(wiring, *service);
  register_decision_papers(wiring, *service);
  wiring.demonstration.push_back([&wiring, &pots](const std::string&) { return deliver_decisions(wiring, pots); });
  // After the decisions, whose worked examples bring pots of their own.
  wiring.demonstration.push_back([&pots](const std::string&) { return pots.deliver_demonstration(); });
  return *service;
}

}  // namespace tithing::decisions
