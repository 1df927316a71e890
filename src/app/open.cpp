#include "app/open.h"

#include <unistd.h>

#include <filesystem>

#include "db/audit.h"
#include "web/site_address.h"

namespace tithing::app {
namespace {

// The first of these that exists, from the folder in which the program lies.
std::string beside_program(std::initializer_list<const char*> candidates) {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  for (const char* candidate : candidates) {
    const std::filesystem::path path = std::filesystem::weakly_canonical(program.parent_path() / candidate, error);
    if (std::filesystem::is_directory(path, error)) return path.string();
  }
  return {};
}

}  // namespace

Result<Opened> open(Wiring& wiring, const std::string& data_folder) {
  auto configuration = read_configuration(data_folder);
  if (!configuration) return pass_on(configuration);
  wiring.data_folder = configuration->data_folder;
  if (!configuration->site.empty()) wiring.site.address(web::kSiteName, configuration->site);
  Opened opened;
  auto database = db::Database::open({std::move(configuration->store)});
  if (!database) return pass_on(database);
  opened.database = std::move(*database);
  std::vector<db::Migration> migrations = db::audit_migrations();
  migrations.insert(migrations.end(), wiring.migrations.begin(), wiring.migrations.end());
  if (auto migrated = db::migrate(*opened.database, std::move(migrations)); !migrated) return pass_on(migrated);
  wiring.database = opened.database.get();
  for (const auto& step : wiring.at_start)
    if (auto done = step(); !done) return pass_on(done);
  return opened;
}

std::string sample_folder() { return beside_program({"../../data/sample", "../share/tithing/sample"}); }
std::string locale_folder() { return beside_program({"../locale", "../share/locale"}); }

}  // namespace tithing::app
