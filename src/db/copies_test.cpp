// Copies of the whole store, and back: what both engines promise alike.
#include "db/copies.h"

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "db/area_for_tests.h"
#include "db/audit.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::db;
using tithing::test::for_each_location;
using tithing::test::TemporaryFolder;

namespace {

const auto nothing = [](Connection&) {};
const auto fine = [](Transaction&) -> Status { return {}; };

// A store with these tables, on both engines.
void for_each_store(FunctionRef<void(Database&, const Configuration&)> test) {
  for_each_location([&](const Configuration& where) {
    auto database = Database::open(where);
    REQUIRE(database);
    REQUIRE(migrate(**database, kTables));
    test(**database, where);
  });
}

Status copy(Database& database, const Configuration& where, const std::string& path) {
  return copy_store(database, where, kTables, path, nothing);
}

// In the way of the engine.
Status put_back_knowing(const std::vector<Migration>& known, Database& database, const Configuration& where,
                        const std::string& path, FunctionRef<Status(Transaction&)> last) {
  const auto in_transaction = [&](Transaction& transaction) -> Status { return last(transaction); };
  if (database.engine() == Engine::postgresql) {
    return database.write([&](Transaction& transaction) -> Status {
      if (Status filled = replace_postgresql(transaction, known, path); !filled) return filled;
      return last(transaction);
    });
  }
  const Status ready = make_ready(path, known, [&](Database& copied) { return copied.write(in_transaction); });
  return ready ? replace_sqlite(where, path) : ready;
}
Status put_back(Database& database, const Configuration& where, const std::string& path,
                FunctionRef<Status(Transaction&)> last = fine) {
  return put_back_knowing(kTables, database, where, path, last);
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("a copy is whole while others write, and what is read with it is of the same moment") {
  for_each_store([](Database& database, const Configuration& where) {
    const TemporaryFolder folder;
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    std::thread writer([&] {
      while (!stop) {
        // Two rows at once, so that half a transaction in the copy would show.
        (void)database.write([&](Transaction& transaction) -> Status {
          const std::string n = std::to_string(written);
          transaction.run(kInsert,
                          area(("a" + n).c_str(), nullptr, nullptr, nullptr, Value::blob(std::string(2000, 'x'))));
          transaction.run(kInsert, area(("b" + n).c_str()));
          return {};
        });
        ++written;
      }
    });
    while (written < 20) std::this_thread::yield();
    std::vector<std::int64_t> rows;
    for (int i = 0; i < 5; ++i) {
      const std::string path = folder.path() + "/copy" + std::to_string(i);
      const int before = written;
      const Status status = copy_store(database, where, kTables, path, [&](Connection& connection) {
        rows.push_back(connection.integer(kCount).value_or(0));
      });
      if (!status) MESSAGE(status.error().message);
      REQUIRE(status);
      REQUIRE(rows.size() == static_cast<std::size_t>(i) + 1);
      CHECK(rows.back() % 2 == 0);
      CHECK(rows.back() >= 2 * before);
      CHECK(rows.back() <= 2 * (written + 1));
      CHECK(check_copy(database.engine(), kTables, path));
      struct stat file {};
      REQUIRE(::stat(path.c_str(), &file) == 0);
      CHECK((file.st_mode & 0777) == 0600);
    }
    stop = true;
    writer.join();
    for (int i = 0; i < 5; ++i) {
      REQUIRE(put_back(database, where, folder.path() + "/copy" + std::to_string(i)));
      CHECK(integer(database, kCount) == rows[static_cast<std::size_t>(i)]);
    }
    CHECK(!copy(database, where, folder.path() + "/no/such/folder/copy") == (database.engine() == Engine::sqlite));
    if (database.engine() == Engine::sqlite) CHECK(!copy(database, where, folder.path() + "/copy0"));
  });
}

TEST_CASE("a copy is put back while the store is being used: every kind of value, and the numbers of rows") {
  for_each_store([](Database& database, const Configuration& where) {
    const TemporaryFolder folder;
    const std::string path = folder.path() + "/copy";
    const std::string odd = "a\tb\\c\nd\r\\.\n“é”";
    const std::string bytes("\0\1\\\n\t\xff", 6);
    REQUIRE(insert(database, area("parent", 7, nullptr, 0.1, Value::blob(bytes))));
    REQUIRE(insert(database, area(odd.c_str(), nullptr, 1)));
    REQUIRE(insert(database, area("gone")));
    REQUIRE(database.write([](Transaction& transaction) -> Status {
      transaction.run({"test.delete", "DELETE FROM area WHERE code = 'gone'"});
      transaction.run(kSetHits, {{"value", 41}});
      return {};
    }));
    REQUIRE(copy(database, where, path));
    REQUIRE(insert(database, area("lost")));
    database.read([&](Connection& connection) {
      CHECK(connection.integer(kCount) == 3);
      // On PostgreSQL the tables are made anew, which waits for who reads.
      if (connection.engine() == Engine::postgresql) return;
      std::thread([&] { REQUIRE(put_back(database, where, path)); }).join();
      CHECK(connection.integer(kCount) == 3);
    });
    if (database.engine() == Engine::postgresql) REQUIRE(put_back(database, where, path));
    CHECK(integer(database, kCount) == 2);
    CHECK(integer(database, kHits) == 41);
    database.read([&](Connection& connection) {
      connection.run({"test.all", "SELECT id, code, parent, people, share, outline FROM area ORDER BY id"}, {},
                     [&](const Row& row) {
                       if (row.integer("id") == 1) {
                         CHECK(row.integer("people") == 7);
                         CHECK(row.real("share") == 0.1);
                         CHECK(row.blob("outline") == bytes);
                         CHECK(row.is_null("parent"));
                       } else {
                         CHECK(row.text("code") == odd);
                         CHECK(row.integer("parent") == 1);
                         CHECK(row.is_null("outline"));
                       }
                     });
    });
    // A number that was given is not given again.
    REQUIRE(insert(database, area("new")));
    CHECK(integer(database, {"test.id", "SELECT id FROM area WHERE code = 'new'"}) == 4);
    REQUIRE(put_back(database, where, path));  // and again, from the same file
    CHECK(integer(database, kCount) == 2);
  });
}

TEST_CASE("what is done last is in the same transaction, and its problem leaves the store as it was") {
  for_each_store([](Database& database, const Configuration& where) {
    const TemporaryFolder folder;
    const std::string path = folder.path() + "/copy";
    REQUIRE(insert(database, area("kept")));
    REQUIRE(copy(database, where, path));
    const std::string as_copied = bytes_of(path);
    REQUIRE(insert(database, area("later")));
    CHECK(!put_back(database, where, path, [](Transaction&) -> Status { return conflict("No."); }));
    CHECK(integer(database, kCount) == 2);
    std::ofstream(path, std::ios::binary) << as_copied;
    REQUIRE(put_back(database, where, path, [](Transaction& transaction) -> Status {
      transaction.run(kSetHits, {{"value", 9}});
      return {};
    }));
    CHECK(integer(database, kCount) == 1);
    CHECK(integer(database, kHits) == 9);
  });
}

TEST_CASE("a copy of an older shape is brought to the present one; one of a newer program is refused") {
  for_each_store([](Database& database, const Configuration& where) {
    const TemporaryFolder folder;
    const std::string path = folder.path() + "/copy";
    REQUIRE(insert(database, area("kept")));
    REQUIRE(copy(database, where, path));
    const std::string as_copied = bytes_of(path);
    std::vector<Migration> later = kTables;
    later.push_back({2, "0002_test", "ALTER TABLE area ADD COLUMN note TEXT NOT NULL DEFAULT 'none';\n"});
    const auto back = [&](const std::vector<Migration>& known) {
      return put_back_knowing(known, database, where, path, fine);
    };
    REQUIRE(back(later));
    database.read([](Connection& connection) {
      CHECK(connection.text({"test.note", "SELECT note FROM area WHERE code = 'kept'"}) == "none");
    });
    const std::string newer = folder.path() + "/newer";
    REQUIRE(copy_store(database, where, later, newer, nothing));
    std::filesystem::rename(newer, path);
    const Status refused = back(kTables);
    REQUIRE(!refused);
    CHECK(refused.error().message.find("newer") != std::string::npos);
    CHECK(integer(database, kCount) == 1);
  });
}

TEST_CASE("what is no copy, or half of one, is refused before anything is changed") {
  for_each_store([](Database& database, const Configuration& where) {
    const TemporaryFolder folder;
    const std::string path = folder.path() + "/copy", other = folder.path() + "/other";
    REQUIRE(insert(database, area("kept")));
    REQUIRE(copy(database, where, path));
    const std::string bytes = bytes_of(path);
    CHECK(!check_copy(database.engine(), kTables, other));
    std::vector<std::string> all = {"", std::string(9000, 'x'), bytes.substr(0, bytes.size() / 2)};
    // Of a SQLite file the last bytes may be nobody's; there the checksum in the backup tells.
    if (database.engine() == Engine::postgresql) all.push_back(bytes.substr(0, bytes.size() - 4));
    for (const std::string& wrong : all) {
      std::ofstream(other, std::ios::binary) << wrong;
      CHECK(!check_copy(database.engine(), kTables, other));
    }
    CHECK(integer(database, kCount) == 1);
  });
}

TEST_CASE("a SQLite store that is damaged says so instead of being written over by a transaction") {
  const TemporaryFolder folder;
  const std::string store = folder.path() + "/store.db", path = folder.path() + "/copy";
  {
    auto database = Database::open({Secret(store), 1});
    REQUIRE(database);
    REQUIRE(migrate(**database, kTables));
    REQUIRE(copy(**database, {Secret(store), 1}, path));
  }
  std::ofstream(store, std::ios::binary) << std::string(9000, 'x');
  const Status status = replace_sqlite({Secret(store), 1}, path);
  REQUIRE(!status);
  CHECK(status.error().kind == ProblemKind::conflict);
}

TEST_CASE("where an audit ends") {
  for_each_location([](const Configuration& where) {
    auto database = Database::open(where);
    REQUIRE(database);
    REQUIRE(migrate(**database, audit_migrations()));
    for (const char* sentence : {"One.", "Two."}) {
      REQUIRE((*database)->write([&](Transaction& transaction) -> Status {
        append_audit(transaction, Instant{1'000}, {"system", "test.one", "", sentence, ""});
        return {};
      }));
    }
    (*database)->read([](Connection& connection) {
      const auto end = audit_end(connection);
      REQUIRE(end);
      CHECK(end->number == 2);
      CHECK(end->hash == audit_hash_at(connection, 2));
      CHECK(end->at.starts_with("1970-01-01T00:00:01"));
      CHECK(audit_hash_at(connection, 1) != end->hash);
      CHECK(audit_hash_at(connection, 3).empty());
    });
  });
}
