// What the tests of evidence share: a store, a folder, small files made on the spot.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "base/clock.h"
#include "db/audit.h"
#include "evidence_migrations.h"
#include "slices/evidence/commands.h"
#include "slices/evidence/evidence.h"
#include "support/house.h"
#include "support/source_dir.h"

namespace tithing::evidence::testing {

inline const std::string kFolder = tests::source_dir() + "/src/slices/evidence/testdata/";
inline const std::string kHeading =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome "
    "category,Context\n";

inline std::vector<db::Migration> all_migrations() { return test::all_migrations(evidence_migrations()); }

inline std::string row(const std::string& id, const std::string& month, const std::string& force,
                       const std::string& lsoa, const std::string& type,
                       const std::string& outcome = "Under investigation") {
  return id + "," + month + "," + force + "," + force + ",-2.1,54.1,On or near High Street," + lsoa +
         ",Somewhere 001A," + type + "," + outcome + ",\n";
}

// One row of each category of May 2013 and later that the tests do not speak of, in an LSOA that their registers do not
// know: with them a file is a whole month, and they count for the force alone. kOtherCategories of them.
inline constexpr int kOtherCategories = 11;
inline std::string other_categories(const std::string& month, const std::string& force) {
  std::string text;
  for (const char* type : {"Anti-social behaviour", "Bicycle theft", "Criminal damage and arson", "Other crime",
                           "Other theft", "Possession of weapons", "Public order", "Shoplifting",
                           "Theft from the person", "Vehicle crime", "Violence and sexual offences"}) {
    text += row(month + type, month, force, "E01099999", type);
  }
  return text;
}

inline void write_file(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file()) files.push_back(it->path().string());
  }
  return files;
}

// Evidence has no kinds of records, and its permissions are for no place.
inline Doing doing_of(const Holdings& holdings, const Actor& actor) {
  static const records::Kinds none;
  return {holdings.database, none, Reach(actor, nullptr, holdings.clock.today()), holdings.clock.now()};
}

// A store with its data folder and everything that a command needs.
struct World {
  explicit World(db::Database& database_) : database(database_) {
    permissions.add(kImportEvidence, {Role::performance_analyst});
  }
  db::Database& database;
  test::TemporaryFolder folder;
  DataFolder data{folder.path() + "/data"};
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  PermissionTable permissions;
  Actor operator_ = Actor::command_line(permissions);
  Holdings holdings{database, clock, data};
  Doing doing(const Actor& actor) const { return doing_of(holdings, actor); }
  Doing doing() const { return doing(operator_); }

  std::string given(const std::string& name, const std::string& text) const {
    const std::string path = folder.path() + "/given/" + name;
    write_file(path, text);
    return path;
  }
  Result<ImportReport> import(const std::vector<std::string>& paths) {
    return import_police(doing(), holdings, paths, nullptr);
  }
  ImportReport import_well(const std::vector<std::string>& paths) {
    const Result<ImportReport> report = import(paths);
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    return *report;
  }
  std::vector<store::PublicationRow> publications() {
    return database.read([&](db::Connection& connection) { return store::publications(connection); });
  }
  std::int64_t counted() {
    std::int64_t rows = 0;
    for (const store::PublicationRow& p : publications()) {
      if (p.publication.state == PublicationState::counts) rows += p.accepted;
    }
    return rows;
  }
  std::string version() {
    return database.read([&](db::Connection& connection) { return store::version(connection); });
  }
  std::string cube_file() { return data.cube_path(cube_version(publications())); }
};

}  // namespace tithing::evidence::testing
