#include "decisions_migrations.h"
#include "slices/decisions/decisions.h"
#include "slices/decisions/pages.h"
#include "slices/decisions/service.h"
#include "slices/decisions/store.h"
#include "slices/wiring.h"

namespace tithing::decisions {

records::Kind record_kind() {
  return {.code = kRecordKind,
          .name = "decision on money",
          .known_before =
              [](const records::Standing& standing, const Reach& reader) {
                return may_read(reader.actor(), *decision_state_from(standing.state));
              },
          .ever_public = true,
          .columns = {"funding_decision.area", "funding_decision.asked_area", "funding_decision_comment.organisation",
                      "funding_frozen_line.area_key", "funding_frozen_input.area"},
          .find = [](db::Connection& connection, const std::string& id) -> std::optional<records::Standing> {
            const auto found = store::decision(connection, {records::Record{kRecordKind, id}.number()});
            return found ? std::optional(standing_of(*found)) : std::nullopt;
          }};
}

Service& register_slice(Wiring& wiring, pots::Service& pots) {
  auto service = std::make_shared<DecisionService>(wiring, pots);
  wiring.services.push_back(service);
  pots.decided_by(*service);
  for (const db::Migration& migration : decisions_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kPrepareDecision, {Role::commissioning_officer});
  wiring.permissions.add(kComment, {Role::partnership_manager, Role::partnership_chair, Role::county_strategy_officer,
                                    Role::responsible_authority_representative});
  wiring.permissions.add(kAgree, {Role::decision_maker});
  wiring.permissions.add(kReadDrafts, {Role::performance_analyst, Role::auditor});
  wiring.kinds.add(record_kind());
  wiring.kinds.leave_out("funding_decision_comment.body", "The words of a comment, and no body of the register.");
  add_frozen_kind(wiring);
  register_decision_register(wiring, *service);
  wiring.site.address("decisions", "/funding/decisions");
  wiring.site.line(web::Home::money, {.place = 40, .text = tr("Decisions"), .address = "decisions"});
  register_decision_pages(wiring, *service);
  register_decision_forms(wiring, *service);
  register_decision_moves(wiring, *service);
  register_decision_papers(wiring, *service);
  wiring.demonstration.push_back([&wiring, &pots](const std::string&) { return deliver_decisions(wiring, pots); });
  // After the decisions, whose worked examples bring pots of their own.
  wiring.demonstration.push_back([&pots](const std::string&) { return pots.deliver_demonstration(); });
  return *service;
}

}  // namespace tithing::decisions
