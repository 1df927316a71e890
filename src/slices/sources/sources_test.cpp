#include "slices/sources/sources.h"
#include "disk/durable_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/hash.h"
#include "sources_migrations.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::sources;

TEST_CASE("originals are kept once, read-only, under their checksum") {
  test::TemporaryFolder folder;
  const OriginalStore store(folder.path());
  const std::string path = folder.path() + "/given.csv";
  std::ofstream(path) << "a,b\n1,2\n";
  const Result<std::string> first = store.keep(path);
  REQUIRE(first);
  CHECK(*first == sha256("a,b\n1,2\n"));
  CHECK(store.has(*first));
  CHECK(*store.keep(path) == *first);
  CHECK(*store.keep_bytes("a,b\n1,2\n") == *first);
  struct stat status {};
  REQUIRE(::stat(store.path_of(*first).c_str(), &status) == 0);
  CHECK((status.st_mode & 0222) == 0);
  CHECK(*sha256_of_file(store.path_of(*first)) == *first);
  store.remove(*first);
  CHECK_FALSE(store.has(*first));
}

TEST_CASE("a path that does not exist is a sentence") {
  test::TemporaryFolder folder;
  const Result<std::string> kept = OriginalStore(folder.path()).keep(folder.path() + "/nothing.csv");
  REQUIRE_FALSE(kept);
  CHECK(kept.error().message.find("There is no file") == 0);
}

TEST_CASE("a copy that was cut off is cleared away, one at work is not") {
  test::TemporaryFolder folder;
  const OriginalStore store(folder.path());
  REQUIRE(store.keep_bytes("x"));
  const std::string dead = folder.path() + "/originals/incoming.0.part";
  std::ofstream(dead) << "half";
  const DurableFile at_work(folder.path() + "/originals/incoming");
  store.remove_leftovers();
  CHECK_FALSE(std::ifstream(dead).good());
  CHECK(std::ifstream(at_work.aside()).good());
}

TEST_CASE("originals that lie under a doubled path are put where they belong, and a whole one is never lost") {
  test::TemporaryFolder folder;
  const OriginalStore store(folder.path());
  const OriginalStore doubled(folder.path() + "/originals");
  const std::string only = *doubled.keep_bytes("only there");
  const std::string both = *store.keep_bytes("in both");
  REQUIRE(doubled.keep_bytes("in both"));
  const std::string damaged = *store.keep_bytes("damaged where it belongs");
  REQUIRE(doubled.keep_bytes("damaged where it belongs"));
  std::filesystem::permissions(store.path_of(damaged), std::filesystem::perms::owner_all);
  std::ofstream(store.path_of(damaged)) << "changed";
  CHECK(store.take_in_misplaced() == 2);
  for (const std::string& name : {only, both, damaged}) CHECK(sha256_of_file(store.path_of(name)) == name);
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/originals/originals"));
  CHECK(store.take_in_misplaced() == 0);
}

TEST_CASE("files and their refused rows") {
  test::for_each_engine(sources_migrations(), [](db::Database& database) {
    SourceFile file;
    file.kind = "police-street";
    file.name = "2022-01/2022-01-surrey-street.csv";
    file.sha256 = sha256("x");
    file.bytes = 9'000'000'000;
    file.archive_name = "2022-12.zip";
    file.archive_sha256 = sha256("archive");
    file.imported_at = "2026-11-22T09:30:00.000Z";
    file.imported_by = "command line";
    file.publisher = "data.police.uk";
    file.rows_accepted = 7;
    file.rows_refused = 2;
    file.notes = "{}";
    SourceFileId id;
    REQUIRE(database.write([&](db::Transaction& transaction) -> Status {
      id = add(transaction, file, {{5, "It has 3 columns.", "a,b,c"}, {2, "It is not valid UTF-8.", "Cl\xC3\xB4s"}});
      return {};
    }));
    database.read([&](db::Connection& connection) {
      const std::optional<SourceFile> found = find(connection, id);
      REQUIRE(found);
      CHECK(found->name == file.name);
      CHECK(found->bytes == 9'000'000'000);
      CHECK_FALSE(find(connection, SourceFileId{id.value + 1}));
      CHECK(find_by_sha256(connection, file.sha256).size() == 1);
      CHECK(find_by_sha256(connection, file.archive_sha256).size() == 1);
      CHECK(find_by_sha256(connection, sha256("other")).empty());
      CHECK(count(connection, "") == 1);
      CHECK(count(connection, "population") == 0);
      CHECK(list(connection, "police-street", 50, 0).size() == 1);
      const std::vector<KindCount> kinds = count_kinds(connection);
      REQUIRE(kinds.size() == 1);
      CHECK(kinds[0].rows_accepted == 7);
      std::vector<RefusedRow> refused;
      each_refused_row(connection, id, [&](const RefusedRow& row) { refused.push_back(row); });
      REQUIRE(refused.size() == 2);
      CHECK(refused[0].line == 5);
      CHECK(refused[1].text == "Cl\xC3\xB4s");
    });
  });
}
