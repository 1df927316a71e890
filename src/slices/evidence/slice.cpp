#include <memory>

#include "evidence_migrations.h"
#include "slices/evidence/service.h"

namespace tithing::evidence {

const Permission kImportEvidence{"evidence.import", "Import police data, official tables and populations"};
const Permission kReadRows{"evidence.rows", "Read the rows behind a figure and the rows that were refused"};

Service& register_slice(Wiring& wiring, std::function<std::shared_ptr<const register_::Areas>()> areas) {
  auto owned = std::make_shared<EvidenceService>(wiring, std::move(areas));
  EvidenceService& service = *owned;
  wiring.services.push_back(std::move(owned));
  for (const db::Migration& migration : evidence_migrations()) wiring.migrations.push_back(migration);

  wiring.permissions.add(kImportEvidence, {Role::performance_analyst, Role::system_administrator});
  wiring.permissions.add(
      kReadRows, {Role::commissioning_officer, Role::performance_analyst, Role::decision_maker,
                  Role::partnership_manager, Role::county_strategy_officer, Role::auditor, Role::system_administrator});

  const char* const from_a_file = "An official file says it of an area; it is evidence, and nobody's to carry over.";
  wiring.kinds.leave_out("evidence_publication.*", from_a_file);
  wiring.kinds.leave_out("evidence_official_value.*", from_a_file);

  add_kinds(wiring.figures, service);
  wiring.figures.known_by([&service] {
    const auto snapshot = service.snapshot();
    return snapshot->version() + " of " + std::to_string(snapshot->areas().version());
  });
  register_subcommands(wiring, service);
  wiring.site.address("evidence", "/evidence");
  wiring.site.line(web::Home::site, {.place = 50, .text = tr("Data sets"), .address = "evidence"});
  register_pages(wiring, service);
  register_publication_pages(wiring, service);
  register_import_pages(wiring, service);
  wiring.demonstration.push_back(
      [&service](const std::string& sample_folder) { return service.demonstrate(sample_folder); });
  wiring.at_start.push_back([&service] { return clear_leftovers(service.holdings()); });
  return service;
}

}  // namespace tithing::evidence
