#include "db/audit.h"
#include "base/translation.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "base/date.h"
#include "db/migrations.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::db;
using tithing::test::for_each_engine;

namespace {

Status append(Database& database, const AuditEntry& entry, std::int64_t milliseconds = 1'700'000'000'000) {
  return database.write([&](Transaction& transaction) -> Status {
    append_audit(transaction, {milliseconds}, entry);
    return {};
  });
}

void append_many(Database& database, int count) {
  REQUIRE(database.write([&](Transaction& transaction) -> Status {
    for (int i = 1; i <= count; ++i) {
      append_audit(transaction, {1'700'000'000'000 + i},
                   {"account:1", i % 2 == 0 ? "evidence.import" : "register.area.rename",
                    "area:" + std::to_string(i % 3), "Sentence " + std::to_string(i), ""});
    }
    return {};
  }));
}

Result<std::int64_t> verify(Database& database) {
  Result<std::int64_t> result = not_found(std::string());
  database.read([&](Connection& connection) { result = verify_audit(connection); });
  return result;
}

std::string trouble(Database& database) {
  const Result<std::int64_t> result = verify(database);
  return result ? "" : result.error().message;
}

// As somebody would who holds the store's own password: first without the triggers.
void tamper(Database& database, const std::vector<const char*>& statements) {
  REQUIRE(database.write([&](Transaction& transaction) -> Status {
    if (transaction.engine() == Engine::sqlite) {
      transaction.run({"test.drop", "DROP TRIGGER audit_entry_no_update"});
      transaction.run({"test.drop", "DROP TRIGGER audit_entry_no_delete"});
    } else {
      transaction.run({"test.drop", "DROP TRIGGER audit_entry_no_change ON audit_entry"});
    }
    for (const char* sql : statements) CHECK(transaction.run({"test.tamper", sql}) >= 1);
    return {};
  }));
}

void after_tampering(const std::vector<const char*>& statements, const char* expected) {
  for_each_engine(audit_migrations(), [&](Database& database) {
    append_many(database, 5);
    REQUIRE(verify(database) == 5);
    tamper(database, statements);
    CAPTURE(statements[0]);
    CHECK(trouble(database).find(expected) == 0);
  });
}

}  // namespace

TEST_CASE("entries are numbered without gaps and chained") {
  for_each_engine(audit_migrations(), [](Database& database) {
    CHECK(verify(database) == 0);
    REQUIRE(append(database, {"system", "store.create", "", "Made the store.", "{\"a\":1}"}));
    append_many(database, 2500);  // more than a page of the walk
    CHECK(verify(database) == 2501);
    database.read([](Connection& connection) {
      const auto rows = read_audit(connection, "", "", 2, 2499);
      REQUIRE(rows.size() == 2);
      CHECK(rows[1].number == 1);
      CHECK(rows[1].at == "2023-11-14T22:13:20.000Z");
      CHECK(rows[1].entry.sentence == "Made the store.");
      CHECK(rows[1].entry.detail == "{\"a\":1}");
      CHECK(rows[1].previous_hash == std::string(64, '0'));
      CHECK(rows[1].hash == audit_hash(rows[1]));
      CHECK(rows[0].previous_hash == rows[1].hash);
    });
  });
}

TEST_CASE("the hash tells fields apart") {
  const AuditRow row{1, "at", {"ab", "c", "", "", ""}, "p", ""};
  AuditRow other = row;
  other.entry.actor = "a";
  other.entry.action = "bc";
  CHECK(audit_hash(row) != audit_hash(other));
  CHECK(audit_hash(row).size() == 64);
  // `printf '1:12:at2:ab1:c0:0:0:1:p' | sha256sum`. Stored hashes must hold for as long as the store does.
  CHECK(audit_hash(row) == "c3fd3b455000bd456e5e04a9f9ce020efa43df54454249770c4aee0c5769e5fa");
}

TEST_CASE("entries are read newest first, by action and subject") {
  for_each_engine(audit_migrations(), [](Database& database) {
    append_many(database, 10);
    database.read([](Connection& connection) {
      CHECK(count_audit(connection, "", "") == 10);
      CHECK(count_audit(connection, "evidence.", "") == 5);
      CHECK(count_audit(connection, "register.area", "area:0") == 2);
      CHECK(count_audit(connection, "register.areas", "") == 0);
      CHECK(count_audit(connection, "", "area:1") == 4);
      const auto rows = read_audit(connection, "evidence.", "", 2, 1);
      REQUIRE(rows.size() == 2);
      CHECK(rows[0].number == 8);
      CHECK(rows[1].number == 6);
      CHECK(read_audit(connection, "", "area:1", 100, 0).size() == 4);
      CHECK(read_audit(connection, "", "", 100, 10).empty());
    });
  });
}

TEST_CASE("an entry goes with its transaction") {
  for_each_engine(audit_migrations(), [](Database& database) {
    append_many(database, 2);
    CHECK(!database.write([](Transaction& transaction) -> Status {
      append_audit(transaction, {0}, {"system", "x", "", "Never happened.", ""});
      return conflict(tr("No."));
    }));
    append_many(database, 1);
    CHECK(verify(database) == 3);
  });
}

TEST_CASE("any bytes make an entry") {
  for_each_engine(audit_migrations(), [](Database& database) {
    REQUIRE(append(database, {"system", "evidence.refuse", "", std::string("file \xFF\0name", 11), ""}));
    CHECK(verify(database) == 1);
  });
}

TEST_CASE("entries of several threads form one chain") {
  for_each_engine(audit_migrations(), [](Database& database) {
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 25; ++n) {
          try {
            if (!append(database, {"system", "x", "", "y", ""})) ++failures;
          } catch (const Error&) {
            ++failures;
          }
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failures == 0);
    CHECK(verify(database) == 100);
  });
}

TEST_CASE("the store itself refuses to change or remove an entry") {
  for_each_engine(audit_migrations(), [](Database& database) {
    append_many(database, 3);
    for (const char* sql : {"UPDATE audit_entry SET sentence = 'x' WHERE number = 2",
                            "DELETE FROM audit_entry WHERE number = 3", "DELETE FROM audit_entry"}) {
      Fault fault = Fault::other;
      try {
        (void)database.write([&](Transaction& transaction) -> Status {
          transaction.run({"test.tamper", sql});
          return {};
        });
      } catch (const Error& error) {
        fault = error.fault;
      }
      CHECK(fault == Fault::check);
    }
    if (database.engine() == Engine::postgresql) {
      CHECK_THROWS_AS((void)database.write([&](Transaction& transaction) -> Status {
        transaction.run({"test.truncate", "TRUNCATE audit_entry"});
        return {};
      }),
                      Error);
    }
    CHECK(verify(database) == 3);
  });
}

TEST_CASE("a changed entry is found") {
  for (const char* sql :
       {"UPDATE audit_entry SET sentence = 'x' WHERE number = 3", "UPDATE audit_entry SET actor = 'x' WHERE number = 3",
        "UPDATE audit_entry SET at = 'x' WHERE number = 3", "UPDATE audit_entry SET detail = '{}' WHERE number = 3",
        "UPDATE audit_entry SET subject = '' WHERE number = 3", "UPDATE audit_entry SET action = 'x' WHERE number = 3",
        "UPDATE audit_entry SET hash = previous_hash WHERE number = 3",
        "UPDATE audit_entry SET previous_hash = hash WHERE number = 3"}) {
    after_tampering({sql}, "Entry 3 ");
  }
}

TEST_CASE("a removed entry is found") {
  after_tampering({"DELETE FROM audit_entry WHERE number = 1"}, "Entry 1 is missing");
  after_tampering({"DELETE FROM audit_entry WHERE number = 3"}, "Entry 3 is missing");
  after_tampering({"DELETE FROM audit_entry WHERE number = 3", "UPDATE audit_entry SET number = 3 WHERE number = 4",
                   "UPDATE audit_entry SET number = 4 WHERE number = 5", "UPDATE audit_head SET number = 4"},
                  "Entry 3 ");
}

TEST_CASE("an end cut off is found") {
  after_tampering({"DELETE FROM audit_entry WHERE number = 5"}, "Entries after 4 are missing");
  after_tampering({"DELETE FROM audit_entry"}, "Entries after 0 are missing");
  after_tampering({"DELETE FROM audit_entry WHERE number = 5", "UPDATE audit_head SET number = 4"},
                  "The newest entry, 4,");
  after_tampering({"DELETE FROM audit_head"}, "The audit has lost its head");
}

TEST_CASE("entries put in another order are found") {
  after_tampering(
      {"UPDATE audit_entry SET number = 100 WHERE number = 2", "UPDATE audit_entry SET number = 2 WHERE number = 3",
       "UPDATE audit_entry SET number = 3 WHERE number = 100"},
      "Entry 2 ");
}

TEST_CASE("an entry forged with a right hash of its own does not follow") {
  for_each_engine(audit_migrations(), [](Database& database) {
    append_many(database, 5);
    AuditRow forged;
    database.read([&](Connection& connection) { forged = read_audit(connection, "", "", 1, 2).front(); });
    REQUIRE(forged.number == 3);
    forged.entry.sentence = "Nothing happened.";
    const std::string sql =
        "UPDATE audit_entry SET sentence = 'Nothing happened.', hash = '" + audit_hash(forged) + "' WHERE number = 3";
    tamper(database, {sql.c_str()});
    CHECK(trouble(database).find("Entry 4 does not follow") == 0);
  });
}
