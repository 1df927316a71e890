// Transactions, threads and lost connections: what both drivers promise alike.
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "base/random.h"
#include "db/area_for_tests.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::db;
using tithing::test::for_each_engine;
using tithing::test::for_each_location;
using tithing::test::TemporaryFolder;

TEST_CASE("a transaction is kept whole or not at all") {
  for_each_engine(kTables, [](Database& database) {
    const Status refused = database.write([&](Transaction& transaction) -> Status {
      transaction.run(kInsert, area("A"));
      return conflict("Somebody was quicker.");
    });
    REQUIRE(!refused);
    CHECK(refused.error().message == "Somebody was quicker.");
    CHECK_THROWS_AS((void)database.write([&](Transaction& transaction) -> Status {
      transaction.run(kInsert, area("B"));
      throw std::runtime_error("stop");
    }),
                    std::runtime_error);
    CHECK(integer(database, kCount) == 0);
    REQUIRE(insert(database, area("C")));
    CHECK(integer(database, kCount) == 1);
  });
}

TEST_CASE("a failed statement loses the transaction on both engines") {
  for_each_engine(kTables, [](Database& database) {
    REQUIRE(insert(database, area("A")));
    // Caught to say so: the ordinary way.
    const Status taken = database.write([&](Transaction& transaction) -> Status {
      transaction.run(kInsert, area("B"));
      try {
        transaction.run(kInsert, area("A"));
      } catch (const Error& error) {
        if (error.fault == Fault::unique) return conflict("There is an area with this code.");
        throw;
      }
      return {};
    });
    CHECK(!taken);
    // Caught and passed over: refused, so that half a transaction is never kept.
    CHECK(failure_of([&] {
            (void)database.write([&](Transaction& transaction) -> Status {
              transaction.run(kInsert, area("C"));
              CHECK(failure_of([&] { transaction.run(kInsert, area("A")); }).fault == Fault::unique);
              CHECK(failure_of([&] { transaction.run(kInsert, area("D")); }).thrown);
              return {};
            });
          }).thrown);
    CHECK(integer(database, kCount) == 1);
  });
}

TEST_CASE("what is busy is tried again, five times") {
  for_each_engine(kTables, [](Database& database) {
    int runs = 0;
    REQUIRE(database.write([&](Transaction& transaction) -> Status {
      transaction.run(kInsert, area("A"));
      if (++runs < 4) throw Error(Fault::busy, "busy");
      return {};
    }));
    CHECK(runs == 4);
    CHECK(integer(database, kCount) == 1);
    runs = 0;
    const Failure failure = failure_of([&] {
      (void)database.write([&](Transaction&) -> Status {
        ++runs;
        throw Error(Fault::busy, "busy");
      });
    });
    CHECK(failure.fault == Fault::busy);
    CHECK(runs == 6);
    runs = 0;
    CHECK(failure_of([&] {
            (void)database.write([&](Transaction&) -> Status {
              ++runs;
              throw Error(Fault::check, "a rule");
            });
          }).fault == Fault::check);
    CHECK(runs == 1);
  });
}

TEST_CASE("reading cannot write, and transactions are not nested") {
  for_each_engine(kTables, [](Database& database) {
    CHECK(failure_of_read(database, kInsert, area("A")).thrown);
    CHECK(failure_of_read(database, {"test.create", "CREATE TABLE other (x BIGINT)"}).thrown);
    CHECK(integer(database, kCount) == 0);
    const auto nested = [&](FunctionRef<void()> inner) { return failure_of(inner).thrown; };
    database.read([&](Connection&) {
      CHECK(nested([&] { database.read([](Connection&) {}); }));
      CHECK(nested([&] { (void)database.write([](Transaction&) -> Status { return {}; }); }));
    });
    REQUIRE(database.write([&](Transaction&) -> Status {
      CHECK(nested([&] { (void)database.write([](Transaction&) -> Status { return {}; }); }));
      CHECK(nested([&] { database.read([](Connection&) {}); }));
      return {};
    }));
    CHECK(integer(database, kCount) == 0);  // and afterwards all is as before
  });
}

TEST_CASE("a reader sees one snapshot") {
  for_each_engine(kTables, [](Database& database) {
    database.read([&](Connection& connection) {
      CHECK(connection.integer(kHits) == 0);
      std::thread([&] {
        REQUIRE(database.write([](Transaction& transaction) -> Status {
          transaction.run(kSetHits, {{"value", 5}});
          return {};
        }));
        CHECK(integer(database, kHits) == 5);
      }).join();
      CHECK(connection.integer(kHits) == 0);
    });
    CHECK(integer(database, kHits) == 5);
  });
}

TEST_CASE("four threads in two processes' places read, add and write without a busy error") {
  for_each_location([](const Configuration& configuration) {
    auto first = Database::open(configuration);
    auto second = Database::open(configuration);
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE(migrate(**first, kTables));
    constexpr int kTimes = 40;
    std::atomic<int> failures = 0, runs = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&, i] {
        Database& database = i % 2 == 0 ? **first : **second;
        for (int n = 0; n < kTimes; ++n) {
          try {
            const Status status = database.write([&](Transaction& transaction) -> Status {
              ++runs;
              const std::int64_t value = transaction.integer(kHits).value_or(-1000);
              transaction.run(kSetHits, {{"value", value + 1}});
              return {};
            });
            if (!status) ++failures;
            database.read([](Connection& connection) { (void)connection.integer(kHits); });
          } catch (const Error& error) {
            ++failures;
            MESSAGE(error.what());
          }
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(failures == 0);
    CHECK(runs == 4 * kTimes);  // and nothing had to be tried again
    CHECK(integer(**first, kHits) == 4 * kTimes);
  });
}

TEST_CASE("more readers than connections wait for each other") {
  for_each_location([](const Configuration& given) {
    auto database = Database::open({given.location, 2});
    REQUIRE(database);
    REQUIRE(migrate(**database, kTables));
    std::atomic<int> answers = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        for (int n = 0; n < 20; ++n) {
          if (integer(**database, kHits) == 0) ++answers;
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(answers == 160);
  });
}

TEST_CASE("a table altered elsewhere does not break a kept statement") {
  for_each_location([](const Configuration& configuration) {
    auto first = Database::open(configuration);
    auto second = Database::open(configuration);
    REQUIRE(first);
    REQUIRE(second);
    REQUIRE(migrate(**first, kTables));
    const Query all = {"test.all", "SELECT * FROM counter"};
    const auto columns = [&] {
      int count = 0;
      (*second)->read(
          [&](Connection& connection) { connection.run(all, {}, [&](const Row& row) { count = row.columns(); }); });
      return count;
    };
    CHECK(columns() == 2);
    REQUIRE((*first)->write([](Transaction& transaction) -> Status {
      transaction.run({"test.alter", "ALTER TABLE counter ADD COLUMN note TEXT"});
      return {};
    }));
    CHECK(columns() == 3);
  });
}

TEST_CASE("a full store says so and is as it was") {
  const TemporaryFolder folder;
  auto database = Database::open({Secret(folder.path() + "/store.db"), 1});
  REQUIRE(database);
  REQUIRE(migrate(**database, kTables));
  const Failure failure = failure_of([&] {
    (void)(*database)->write([](Transaction& transaction) -> Status {
      transaction.run({"test.limit", "PRAGMA max_page_count = 60"});
      for (int i = 0; i < 1000; ++i) {
        transaction.run(
            kInsert, area(std::to_string(i).c_str(), nullptr, nullptr, nullptr, Value::blob(std::string(4000, 'x'))));
      }
      return {};
    });
  });
  CHECK(failure.fault == Fault::full);
  CHECK(integer(**database, kCount) == 0);
}

TEST_CASE("a lost connection to PostgreSQL") {
  for_each_location([](const Configuration& configuration) {
    {
      auto database = Database::open(configuration);
      REQUIRE(database);
      REQUIRE(migrate(**database, kTables));
      if ((*database)->engine() != Engine::postgresql) return;
    }
    // A name of its own, so that the tests that run beside it keep their connections.
    const std::string name = "lost_" + random_token();
    auto database =
        Database::open({Secret(std::string(configuration.location.reveal()) + "&application_name=" + name), 2});
    auto other = Database::open(configuration);
    REQUIRE(database);
    REQUIRE(other);
    const auto cut = [&] {
      return integer(
          **other,
          {"test.cut",
           "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = :name"},
          {{"name", name}});
    };
    CHECK(integer(**database, kHits) == 0);
    CHECK(cut() == 2);
    CHECK(integer(**database, kHits) == 0);  // a read takes another connection
    CHECK(cut() == 1);
    REQUIRE(insert(**database, area("A")));  // so does a write that has not begun
    const Failure during = failure_of([&] {
      (void)(*database)->write([&](Transaction& transaction) -> Status {
        transaction.run(kInsert, area("B"));
        CHECK(cut() == 1);
        transaction.run(kInsert, area("C"));
        return {};
      });
    });
    CHECK(during.fault == Fault::connection);
    const Failure at_the_end = failure_of([&] {
      (void)(*database)->write([&](Transaction& transaction) -> Status {
        transaction.run(kInsert, area("B"));
        CHECK(cut() == 1);
        return {};
      });
    });
    CHECK(at_the_end.fault == Fault::connection);
    int rows = 0;
    const Failure seen = failure_of([&] {
      (*database)->read([&](Connection& connection) {
        rows += static_cast<int>(connection.run({"test.all", "SELECT code FROM area"}));
        cut();
        (void)connection.integer(kHits);
      });
    });
    CHECK(seen.fault == Fault::connection);  // not asked again: `work` had seen rows
    CHECK(rows == 1);
    REQUIRE(insert(**database, area("D")));
    CHECK(integer(**database, kCount) == 2);
  });
}

TEST_CASE("a store that cannot be reached is told in a sentence without its password") {
  const auto message = [](const char* location) {
    auto database = Database::open({Secret(location), 1});
    REQUIRE(!database);
    return database.error().message;
  };
  const std::string refused = message("postgresql://user:s3cretword@127.0.0.1:1/none?connect_timeout=2");
  CHECK(refused.find("s3cretword") == std::string::npos);
  CHECK(refused.find("PostgreSQL cannot be reached") == 0);
  CHECK(message("postgresql://user:s3cret%zzword@127.0.0.1:1/none").find("s3cret") == std::string::npos);
  CHECK(message("postgres://user:s3cretword@127.0.0.1:port/none").find("s3cretword") == std::string::npos);
  CHECK(message("/nowhere/at/all/store.db").find("folder exists") != std::string::npos);
  CHECK(!Database::open({Secret(""), 1}));
  CHECK(!Database::open({Secret(":memory:"), 1}));
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/letter.txt";
  std::ofstream(path) << std::string(5000, 'x');
  CHECK(message(path.c_str()).find("cannot be opened") != std::string::npos);
}

TEST_CASE("the file of the store is its owner's alone") {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/store.db";
  auto database = Database::open({Secret(path), 1});
  REQUIRE(database);
  REQUIRE(migrate(**database, kTables));
  for (const std::string& file : {path, path + "-wal", path + "-shm"}) {
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
  }
}
