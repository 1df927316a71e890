#include "app/open.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/backup.h"
#include "base/log.h"
#include "base/translation.h"
#include "db/audit.h"
#include "disk/durable_file.h"
#include "slices/sources/sources.h"
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

Result<Alone> Alone::on(const std::string& data_folder, const std::string& store) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<std::string> paths = {data_folder + "/serve.lock"};
  if (!fs::equivalent(fs::path(store).parent_path(), data_folder, error)) paths.push_back(store + ".serve.lock");
  Alone alone;
  for (const std::string& path : paths) {
    int trouble = 0;
    auto lock = FileLock::take(path, &trouble);
    if (trouble != 0) return tl::unexpected<Problem>(file_problem(trouble));
    if (!lock) {
      std::ifstream in(path);
      std::string who;
      std::getline(in, who);
      return unavailable(
          who.empty()
              ? tr("A server already serves this data folder or its store. With a SQLite store there is one "
                   "server; several can serve one store on PostgreSQL. Stop the server first.")
              : tr("A server already serves this data folder or its store ({0}). With a SQLite store there is one "
                   "server; several can serve one store on PostgreSQL. Stop the server first.",
                   {who}));
    }
    alone.locks_.push_back(std::move(*lock));
  }
  return alone;
}

void Alone::say(const std::string& who) const {
  for (const FileLock& lock : locks_) lock.say(who);
}

std::vector<db::Migration> all_migrations(const Wiring& wiring) {
  std::vector<db::Migration> migrations = db::audit_migrations();
  migrations.insert(migrations.end(), wiring.migrations.begin(), wiring.migrations.end());
  return migrations;
}

Result<Opened> open(Wiring& wiring, const std::string& data_folder) {
  auto configuration = read_configuration(data_folder);
  if (!configuration) return pass_on(configuration);
  wiring.data_folder = configuration->data_folder;
  if (!configuration->site.empty()) wiring.site.address(web::kSiteName, configuration->site);
  clear_left_behind(wiring.data_folder);
  if (const int moved = sources::OriginalStore(wiring.data_folder).take_in_misplaced(); moved > 0)
    log::info("originals put where they belong", {{"files", moved}});
  Opened opened;
  auto database = db::Database::open({std::move(configuration->store)});
  if (!database) return pass_on(database);
  opened.database = std::move(*database);
  if (auto migrated = db::migrate(*opened.database, all_migrations(wiring)); !migrated) return pass_on(migrated);
  wiring.database = opened.database.get();
  for (const auto& step : wiring.at_start)
    if (auto done = step(); !done) return pass_on(done);
  return opened;
}

std::string sample_folder() { return beside_program({"../../data/sample", "../share/tithing/sample"}); }
std::string locale_folder() { return beside_program({"../locale", "../share/locale"}); }

}  // namespace tithing::app
