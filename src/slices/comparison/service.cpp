#include "slices/comparison/service.h"

#include "slices/comparison/commands.h"
#include "slices/comparison/store.h"
#include "slices/wiring.h"

namespace tithing::comparison {

std::vector<AreaList> ComparisonService::lists() {
  std::vector<AreaList> out;
  wiring_.database->read([&](db::Connection& connection) { out = store::lists(connection); });
  return out;
}

Result<AreaList> ComparisonService::list(std::int64_t id) {
  std::optional<AreaList> found;
  wiring_.database->read([&](db::Connection& connection) { found = store::list(connection, id); });
  if (!found) return not_found("There is no such list.");
  return std::move(*found);
}

std::vector<ListRow> ComparisonService::rows(std::int64_t id, const std::string& area) {
  std::vector<ListRow> out;
  wiring_.database->read([&](db::Connection& connection) { out = store::rows(connection, id, area); });
  return out;
}

Result<std::int64_t> ComparisonService::import(const Actor& actor, const ListImport& wanted) {
  const auto known = areas();
  return import_list(*wiring_.database, actor, wiring_.clock->now(), wiring_.data_folder, wanted,
                     [&](const std::string& code) { return known->find(code) != nullptr; });
}

}  // namespace tithing::comparison
