#include "slices/comparison/service.h"

#include "slices/comparison/commands.h"
#include "slices/comparison/store.h"
#include "slices/wiring.h"

namespace tithing::comparison {

std::vector<AreaList> ComparisonService::lists() {
  return wiring_.database->read([&](db::Connection& connection) { return store::lists(connection); });
}

Result<AreaList> ComparisonService::list(std::int64_t id) {
  std::optional<AreaList> found =
      wiring_.database->read([&](db::Connection& connection) { return store::list(connection, id); });
  if (!found) return not_found("There is no such list.");
  return std::move(*found);
}

std::vector<ListRow> ComparisonService::rows(std::int64_t id, const std::string& area) {
  return wiring_.database->read([&](db::Connection& connection) { return store::rows(connection, id, area); });
}

std::vector<AreaList> ComparisonService::counting_lists() {
  std::vector<AreaList> out = lists();
  std::erase_if(out, [](const AreaList& list) { return !list.counts; });
  return out;
}

std::vector<sources::Thing> ComparisonService::things() { return comparison::things(*wiring_.database); }

Result<std::vector<sources::Change>> ComparisonService::choose(const Actor& actor, const std::string& key,
                                                               const sources::Chosen& chosen, const std::string& reason,
                                                               bool dry_run) {
  return choose_list(*wiring_.database, actor, wiring_.clock->now(), key, chosen, reason, dry_run);
}

Result<sources::Change> ComparisonService::try_import(const Actor& actor, const ListImport& wanted) {
  const auto known = areas();
  return try_list(*wiring_.database, actor, wanted,
                  [&](const std::string& code) { return known->find(code) != nullptr; });
}

Result<std::int64_t> ComparisonService::import(const Actor& actor, const ListImport& wanted,
                                               const sources::Manners& manners) {
  const auto known = areas();
  return import_list(
      *wiring_.database, actor, wiring_.clock->now(), wiring_.data_folder, wanted,
      [&](const std::string& code) { return known->find(code) != nullptr; }, manners);
}

}  // namespace tithing::comparison
