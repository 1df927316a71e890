#include "support/store_support.h"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/random.h"
#include "base/text.h"

namespace tithing::test {
namespace {

std::unique_ptr<db::Database> opened(const db::Configuration& configuration) {
  auto database = db::Database::open(configuration);
  if (!database) FAIL(database.error().message);
  return std::move(*database);
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// A schema of its own, removed with everything in it.
class TemporarySchema {
 public:
  explicit TemporarySchema(const std::string& server)
      : server_(opened({Secret(server), 1})), name_("test_" + hex(random_bytes(8))) {
    run("CREATE SCHEMA " + name_);
    location_ = server + (server.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + name_;
  }
  ~TemporarySchema() {
    try {
      run("DROP SCHEMA " + name_ + " CASCADE");
    } catch (const db::Error& error) {
      std::fprintf(stderr, "the schema %s was left behind: %s\n", name_.c_str(), error.what());
    }
  }
  TemporarySchema(const TemporarySchema&) = delete;
  TemporarySchema& operator=(const TemporarySchema&) = delete;
  const std::string& location() const { return location_; }

 private:
  void run(const std::string& sql) {
    const Status status = server_->write([&](db::Transaction& transaction) -> Status {
      transaction.run({"test.schema", sql.c_str()});
      return {};
    });
    if (!status) FAIL(status.error().message);
  }
  std::unique_ptr<db::Database> server_;
  std::string name_;
  std::string location_;
};

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "tithing-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) FAIL("no temporary folder can be made");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void for_each_location(db::FunctionRef<void(const db::Configuration&)> test) {
  {
    INFO("engine: SQLite");
    const TemporaryFolder folder;
    test({Secret(folder.path() + "/store.db"), 4});
  }
  const std::string server = environment("TITHING_TEST_POSTGRESQL");
  if (server.empty()) {
    if (environment("TITHING_REQUIRE_POSTGRESQL") == "1")
      FAIL("TITHING_TEST_POSTGRESQL names no PostgreSQL to test on");
    static bool said = false;
    if (!said)
      std::fprintf(stderr, "SKIPPED on PostgreSQL: TITHING_TEST_POSTGRESQL is not set; tested on SQLite only\n");
    said = true;
    return;
  }
  INFO("engine: PostgreSQL");
  const TemporarySchema schema(server);
  test({Secret(schema.location()), 4});
}

void for_each_engine(db::FunctionRef<void(db::Database&)> test) {
  for_each_location([&](const db::Configuration& configuration) { test(*opened(configuration)); });
}

void for_each_engine(const std::vector<db::Migration>& migrations, db::FunctionRef<void(db::Database&)> test) {
  for_each_engine([&](db::Database& database) {
    const Status status = db::migrate(database, migrations);
    if (!status) FAIL(status.error().message);
    test(database);
  });
}

}  // namespace tithing::test
