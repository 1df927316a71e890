#include <memory>

#include "base/text.h"
#include "bodies_migrations.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/ground.h"
#include "slices/bodies/proposal_path.h"
#include "slices/wiring.h"

namespace tithing::bodies {

Service& register_slice(Wiring& wiring, register_::Service& areas) {
  auto owned = std::make_shared<BodiesService>(wiring, areas);
  BodiesService& service = *owned;
  wiring.services.push_back(std::move(owned));
  for (const db::Migration& migration : bodies_migrations()) wiring.migrations.push_back(migration);

  wiring.permissions.add(kEditBodies,
                         {Role::commissioning_officer, Role::partnership_manager, Role::county_strategy_officer,
                          Role::panel_support_officer, Role::system_administrator});
  wiring.permissions.add(
      kEditOwnBodies, {Role::commissioning_officer, Role::partnership_manager, Role::county_strategy_officer,
                       Role::panel_support_officer, Role::responsible_authority_representative, Role::grant_recipient,
                       Role::system_administrator});
  wiring.permissions.add(kImportBodies,
                         {Role::county_strategy_officer, Role::performance_analyst, Role::system_administrator});

  wiring.kinds.add(
      {.code = kProposalKind,
       .name = "proposal",
       .known_before = [](const records::Standing&,
                          const Reach& reader) { return reader.actor().signed_in() || reader.actor().trusted(); },
       .columns = {"bodies_proposal_edit.body"},
       .find = standing_of_proposal});
  wiring.kinds.leave_out("bodies_fact.*",
                         "The register of bodies itself: a body that ends stays in it, as what it was.");

  wiring.ground = [&service] { return std::make_shared<const BodyGround>(service.areas(), service.known()); };
  register_pages(wiring, service);
  register_duty_pages(wiring, service);
  register_overlap_pages(wiring, service);
  register_body_pages(wiring, service);
  register_edit_pages(wiring, service);
  register_reorganise_pages(wiring, service);
  register_import_pages(wiring, service);
  register_change_pages(wiring, service);
  register_proposal_pages(wiring, service);
  register_subcommands(wiring, service);

  wiring.searches.push_back([&service](const std::string& text, const Actor&, Date today) {
    const auto all = service.known();
    std::vector<SearchHit> hits;
    for (const Register::Hit& hit : all->search(text, 20)) {
      SearchHit found{
          all->name_at(hit.code, today), all->kind_name(all->kind_of(hit.code, today)), "/bodies/" + hit.code, {}};
      std::vector<std::string> notes;
      if (hit.matched != found.title && hit.matched != hit.code) notes.push_back("found by \"" + hit.matched + "\"");
      if (all->standing_of(hit.code, today) == Standing::over) {
        std::vector<std::string> now;
        for (const std::string& end : all->ends_at(hit.code))
          if (end != hit.code) now.push_back(all->name_at(end, today));
        notes.push_back(now.empty() ? "has ended" : "became " + joined(now, ", "));
      }
      if (const Fact* existence = all->existence(hit.code, today);
          existence && standing(*existence, today) == Standing::known_then)
        notes.push_back(standing_text(*existence, today));
      if (std::vector<std::string> former = all->comes_from(hit.code); !former.empty()) {
        for (std::string& code : former) code = all->last_name(code);
        notes.push_back("formerly " + joined(former, ", "));
      }
      found.note = joined(notes, "; ");
      hits.push_back(std::move(found));
    }
    return hits;
  });
  wiring.at_start.push_back([&service] { return service.deliver_reference(); });
  wiring.demonstration.push_back([&service](const std::string&) { return service.deliver_workspaces(); });
  return service;
}

}  // namespace tithing::bodies
