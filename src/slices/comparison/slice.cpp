#include <memory>

#include "comparison_migrations.h"
#include "slices/comparison/service.h"
#include "slices/wiring.h"

namespace tithing::comparison {

const Permission kImportLists{"comparison.import", "Import lists of similar areas and of their characteristics"};

Service& register_slice(Wiring& wiring, register_::Service& areas, evidence::Service& evidence) {
  auto owned = std::make_shared<ComparisonService>(wiring, areas, evidence);
  ComparisonService& service = *owned;
  wiring.services.push_back(std::move(owned));
  for (const db::Migration& migration : comparison_migrations()) wiring.migrations.push_back(migration);
  wiring.permissions.add(kImportLists, {Role::commissioning_officer, Role::performance_analyst,
                                        Role::county_strategy_officer, Role::system_administrator});
  sources::register_imported(service.lists());
  wiring.kinds.leave_out("comparison_row.area", "An imported list says it of an area; the list is nobody's.");
  add_kinds(wiring.figures, service);
  register_pages(wiring, service);
  register_list_pages(service);
  return service;
}

}  // namespace tithing::comparison
