#include <memory>

#include "priorities_migrations.h"
#include "slices/priorities/service.h"
#include "slices/priorities/store.h"
#include "slices/wiring.h"

namespace tithing::priorities {

const Permission kManage{"priorities.manage",
                         "Begin and change exercises that score priorities, and import harm weights and themes"};
const Permission kScore{"priorities.score", "Score priorities"};
const Permission kModerate{"priorities.moderate", "Open scores to all, agree values and close an exercise"};

Service& register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence) {
  auto owned = std::make_shared<PrioritiesService>(wiring, areas, evidence);
  PrioritiesService& service = *owned;
  wiring.services.push_back(std::move(owned));
  for (const db::Migration& migration : priorities_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kManage, {Role::commissioning_officer, Role::performance_analyst, Role::partnership_manager,
                                   Role::county_strategy_officer});
  wiring.permissions.add(
      kScore, {Role::commissioning_officer, Role::performance_analyst, Role::partnership_manager,
               Role::partnership_chair, Role::county_strategy_officer, Role::responsible_authority_representative});
  wiring.permissions.add(kModerate,
                         {Role::partnership_manager, Role::partnership_chair, Role::county_strategy_officer});
  wiring.kinds.add(
      {.code = kRecordKind,
       .name = "exercise",
       .known_before = [](const records::Standing&,
                          const Reach& reader) { return reader.actor().signed_in() || reader.actor().trusted(); },
       .ever_public = true,
       .columns = {"priorities_exercise.area"},
       .find = [](db::Connection& connection, const std::string& id) -> std::optional<records::Standing> {
         const auto found = store::exercise(connection, records::Record{kRecordKind, id}.number());
         return found ? std::optional(standing_of(*found)) : std::nullopt;
       }});
  sources::register_imported(service.harm());
  sources::register_imported(service.theme_lists());
  add_kinds(wiring.figures, service);
  register_pages(wiring, service);
  register_form_pages(wiring, service);
  register_scoring_pages(wiring, service);
  register_interest_pages(wiring, service);
  register_harm_pages(service);
  register_theme_pages(service);
  wiring.site.address("priorities", "/priorities");
  wiring.site.address("priorities.of_area", "/priorities?area={}");
  wiring.site.line(web::Home::site, {.place = 30, .text = tr("Priorities"), .address = "priorities"});
  wiring.site.line(web::Home::area,
                   {.place = 40, .text = tr("Priorities"), .address = "priorities.of_area", .keeps_day = false});
  wiring.demonstration.push_back([&service](const std::string&) { return service.begin_worked_example(); });
  return service;
}

}  // namespace tithing::priorities
