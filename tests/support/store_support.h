// Stores for tests: every test of a store runs on both engines.
//
//   TEST_CASE("an area is kept") {
//     for_each_engine(register_migrations(), [](db::Database& database) { .. });
//   }
//
// SQLite: a fresh file in a temporary folder. PostgreSQL: a fresh schema of the database that TITHING_TEST_POSTGRESQL
// names (a postgresql:// address; tests/support/postgresql.sh starts one, and ./test does so). Without it PostgreSQL is
// left out and the test program says so once; with TITHING_REQUIRE_POSTGRESQL=1 that is a failure.
#pragma once

#include <string>
#include <vector>

#include "db/db.h"
#include "db/migrations.h"

namespace tithing::test {

// An empty store, without any table.
void for_each_engine(db::FunctionRef<void(db::Database&)> test);
// A store to which these migrations have been applied.
void for_each_engine(const std::vector<db::Migration>& migrations, db::FunctionRef<void(db::Database&)> test);
// For tests that open the same store more than once.
void for_each_location(db::FunctionRef<void(const db::Configuration&)> test);

// A folder that goes with its contents. Its path ends without a slash.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace tithing::test
