// Values, statements and faults: what both drivers promise alike.
#include <cmath>
#include <limits>
#include <utility>

#include "base/translation.h"
#include "db/area_for_tests.h"
#include "db/session.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::db;
using tithing::test::for_each_engine;

namespace {

std::string shown(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += part + " ";
  return out;
}

}  // namespace

TEST_CASE("values come back as they were given") {
  for_each_engine(kTables, [](Database& database) {
    const std::int64_t least = std::numeric_limits<std::int64_t>::min();
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const Query round_trip = {
        "test.round_trip",
        "INSERT INTO area (code, people, share, outline, parent) "
        "VALUES (:code, :people, :share, :outline, NULL) RETURNING people, share, code, outline, parent"};
    const std::string bytes("\0\x01\xFF'\\x", 6);
    const std::string name = "Ynys M\xC3\xB4n 'n' \"q\" \\ :x $1";
    REQUIRE(database.write([&](Transaction& transaction) -> Status {
      int rows = 0;
      CHECK(
          transaction.run(round_trip,
                          {{"code", name}, {"people", 9'000'000'000}, {"share", 0.1}, {"outline", Value::blob(bytes)}},
                          [&](const Row& row) {
                            ++rows;
                            CHECK(row.columns() == 5);
                            CHECK(row.integer(0) == 9'000'000'000);
                            CHECK(row.real(1) == 0.1);
                            CHECK(row.text(2) == name);
                            CHECK(row.blob(3) == bytes);
                            CHECK(row.is_null(4));
                            CHECK(row.maybe_integer(4) == std::nullopt);
                          }) == 1);
      CHECK(rows == 1);
      return {};
    }));
    for (const std::int64_t number : {least, least + 1, std::int64_t{-1}, std::int64_t{0}, most - 1, most}) {
      CHECK(integer(database, {"test.cast", "SELECT CAST(:n AS BIGINT)"}, {{"n", number}}) == number);
      CHECK(integer(database, {"test.bare", "SELECT count(*) FROM counter WHERE value < :n OR 1 <> :n OR value >= :n"},
                    {{"n", number}}) == 1);
    }
    for (const double number : {5e-324, 1.7976931348623157e308, -0.0, 1.0 / 3, 1e22}) {
      database.read([&](Connection& connection) {
        connection.run({"test.real", "SELECT CAST(:x AS DOUBLE PRECISION)"}, {{"x", number}},
                       [&](const Row& row) { CHECK(row.real(0) == number); });
      });
    }
    database.read([&](Connection& connection) {
      CHECK(connection.text({"test.text", "SELECT code FROM area"}) == name);
      CHECK(connection.text({"test.none", "SELECT code FROM area WHERE code = :c"}, {{"c", "x"}}) == std::nullopt);
      CHECK(connection.integer({"test.null", "SELECT parent FROM area"}) == std::nullopt);
    });
  });
}

TEST_CASE("empty text, empty bytes and NULL are three things") {
  for_each_engine(kTables, [](Database& database) {
    REQUIRE(insert(database, area("", nullptr, nullptr, nullptr, Value::blob(""))));
    database.read([&](Connection& connection) {
      connection.run({"test.empty", "SELECT code, outline, people FROM area"}, {}, [&](const Row& row) {
        CHECK(row.text(0).empty());
        CHECK(!row.is_null(1));
        CHECK(row.blob(1).empty());
        CHECK(row.is_null(2));
      });
    });
  });
}

TEST_CASE("counts and sums are whole numbers, exact or refused") {
  for_each_engine(kTables, [](Database& database) {
    REQUIRE(insert(database, area("A", 9'000'000'000)));
    REQUIRE(insert(database, area("B", 1)));
    CHECK(integer(database, kCount) == 2);
    CHECK(integer(database, {"test.sum", "SELECT sum(people) FROM area"}) == 9'000'000'001);
    CHECK(integer(database, {"test.sum_none", "SELECT sum(people) FROM area WHERE code = 'C'"}) == std::nullopt);
    CHECK(integer(database, {"test.filter", "SELECT count(*) FILTER (WHERE people > 1) FROM area"}) == 1);
    CHECK(integer(database, {"test.comparison", "SELECT people > 1 FROM area WHERE code = 'A'"}) == 1);
    database.read([&](Connection& connection) {
      connection.run({"test.average", "SELECT avg(people) FROM area"}, {},
                     [&](const Row& row) { CHECK(row.real(0) == 4'500'000'000.5); });
      connection.run({"test.whole_average", "SELECT avg(people) FROM area WHERE code = 'B'"}, {},
                     [&](const Row& row) { CHECK(row.real(0) == 1.0); });
    });
    CHECK(failure_of([&] {
            integer(database, {"test.average", "SELECT avg(people) FROM area"});
          }).fault == Fault::type);
    REQUIRE(insert(database, area("C", std::numeric_limits<std::int64_t>::max())));
    const Failure beyond = failure_of([&] { integer(database, {"test.sum", "SELECT sum(people) FROM area"}); });
    CHECK(beyond.thrown);
    CHECK(beyond.fault == Fault::type);
  });
}

TEST_CASE("a column is read as what it is") {
  for_each_engine(kTables, [](Database& database) {
    REQUIRE(insert(database, area("12", 5, nullptr, 2.0, Value::blob("34"))));
    const Query query = {"test.types", "SELECT code, people, share, outline, parent FROM area"};
    const auto fault = [&](FunctionRef<void(const Row&)> read) {
      const Failure failure =
          failure_of([&] { database.read([&](Connection& connection) { connection.run(query, {}, read); }); });
      CHECK(failure.thrown);
      CHECK(failure.message.starts_with("test.types: column"));
      return failure.fault;
    };
    CHECK(fault([](const Row& row) { row.integer(0); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.real(0); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.blob(0); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.text(1); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.real(1); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.integer(2); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.text(2); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.text(3); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.integer(3); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.integer(4); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.text(4); }) == Fault::type);
    CHECK(fault([](const Row& row) { row.text(5); }) == Fault::type);
    CHECK(fault([](const Row& row) { (void)row.is_null(-1); }) == Fault::type);
    database.read([&](Connection& connection) {  // and none of it harmed the connection
      connection.run(query, {}, [](const Row& row) { CHECK(row.text(0) == "12"); });
    });
  });
}

TEST_CASE("a parameter without a value, or a value without a parameter, is an error") {
  for_each_engine(kTables, [](Database& database) {
    const Query query = {"test.two", "SELECT count(*) FROM area WHERE code = :code AND people = :people"};
    CHECK(failure_of_read(database, query, {{"code", "A"}}).fault == Fault::parameter);
    CHECK(failure_of_read(database, query, {{"code", "A"}, {"people", 1}, {"other", 2}}).fault == Fault::parameter);
    CHECK(failure_of_read(database, query).message.find(":code") != std::string::npos);
    CHECK_FALSE(failure_of_read(database, query, {{"people", 1}, {"code", "A"}}).thrown);
    // The same text with values of other kinds, and given in another order.
    const Query either = {"test.either", "SELECT count(*) FROM counter WHERE name = :name AND value = :value"};
    CHECK(integer(database, either, {{"name", "hits"}, {"value", 0}}) == 1);
    CHECK(integer(database, either, {{"value", 0}, {"name", "hits"}}) == 1);
    CHECK(integer(database, either, {{"name", "hits"}, {"value", nullptr}}) == 0);
    CHECK(integer(database, either, {{"name", nullptr}, {"value", 0}}) == 0);
  });
}

TEST_CASE("a query is one statement") {
  for_each_engine(kTables, [](Database& database) {
    CHECK(failure_of_write(database, {"test.two", "DELETE FROM area; DELETE FROM counter"}).thrown);
    CHECK(integer(database, kHits) == 0);
    CHECK(failure_of_read(database, {"test.none", " -- nothing"}).thrown);
    CHECK_FALSE(failure_of_read(database, {"test.end", "SELECT 1 ; -- done"}).thrown);
    CHECK(failure_of_write(database, {"test.begin", "BEGIN"}).thrown);
    CHECK(failure_of_write(database, {"test.commit", " /* x */ commit"}).thrown);
    CHECK(failure_of_write(database, {"test.wrong", "SELEC 1"}).fault == Fault::other);
    CHECK(failure_of_read(database, {"test.no_table", "SELECT * FROM nowhere"}).thrown);
    CHECK(failure_of_read(database, {"test.quoted", "SELECT \"nothing\" FROM area"}).thrown);
    CHECK(integer(database, kHits) == 0);
  });
}

TEST_CASE("broken rules are told apart") {
  for_each_engine(kTables, [](Database& database) {
    const bool sqlite = database.engine() == Engine::sqlite;
    REQUIRE(insert(database, area("A")));
    const Failure unique = failure_of_write(database, kInsert, area("A"));
    CHECK(unique.fault == Fault::unique);
    CHECK(unique.constraint == (sqlite ? "area.code" : "area_code_key"));
    CHECK(unique.message.starts_with("test.insert: "));
    const Failure key =
        failure_of_write(database, {"test.key", "INSERT INTO counter (name, value) VALUES ('hits', 1)"});
    CHECK(key.fault == Fault::unique);
    CHECK(key.constraint == (sqlite ? "counter.name" : "counter_pkey"));
    const Failure foreign = failure_of_write(database, kInsert, area("B", nullptr, 99));
    CHECK(foreign.fault == Fault::foreign_key);
    CHECK(foreign.constraint == (sqlite ? "" : "area_parent_fkey"));
    const Failure check = failure_of_write(database, kInsert, area("B", -1));
    CHECK(check.fault == Fault::check);
    CHECK(check.constraint == "people_are_counted");
    const Failure null = failure_of_write(database, {"test.null", "INSERT INTO area (code) VALUES (NULL)"});
    CHECK(null.fault == Fault::not_null);
    CHECK(null.constraint == "area.code");
    CHECK(integer(database, kCount) == 1);
    REQUIRE(insert(database, area("C", nullptr, 1)));
    CHECK(failure_of_write(database, {"test.delete", "DELETE FROM area WHERE code = 'A'"}).fault == Fault::foreign_key);
  });
}

TEST_CASE("SQLSTATEs are sorted") {
  CHECK(fault_of_sqlstate("53100") == Fault::full);
  CHECK(fault_of_sqlstate("40001") == Fault::busy);
  CHECK(fault_of_sqlstate("40P01") == Fault::busy);
  CHECK(fault_of_sqlstate("55P03") == Fault::busy);
  CHECK(fault_of_sqlstate("57P01") == Fault::connection);
  CHECK(fault_of_sqlstate("08006") == Fault::connection);
  CHECK(fault_of_sqlstate("42601") == Fault::other);
}

TEST_CASE("the same SQL means the same") {
  for_each_engine(kTables, [](Database& database) {
    for (const char* code : {"b", "B", "a", "Z", "\xC3\xA9", "-", "A b", "Ab"}) REQUIRE(insert(database, area(code)));
    std::vector<std::string> codes;
    database.read([&](Connection& connection) {
      connection.run({"test.order", "SELECT code FROM area ORDER BY code"}, {},
                     [&](const Row& row) { codes.push_back(row.text(0)); });
    });
    CHECK(shown(codes) == "- A b Ab B Z a b \xC3\xA9 ");
    CHECK(integer(database, {"test.like", "SELECT count(*) FROM area WHERE code LIKE 'A%'"}) == 2);
    const Query upsert = {"test.upsert",
                          "INSERT INTO counter (name, value) VALUES (:name, :value) "
                          "ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value"};
    REQUIRE(database.write([&](Transaction& transaction) -> Status {
      CHECK(transaction.integer(upsert, {{"name", "n"}, {"value", 2}}) == 2);
      CHECK(transaction.integer(upsert, {{"name", "n"}, {"value", 3}}) == 5);
      CHECK(transaction.run(
                {"test.nothing", "INSERT INTO counter (name, value) VALUES ('n', 1) ON CONFLICT DO NOTHING"}) == 0);
      CHECK(transaction.run({"test.update", "UPDATE area SET people = 7 WHERE code LIKE 'A%'"}) == 2);
      CHECK(transaction.run({"test.delete", "DELETE FROM area WHERE people = 7"}) == 2);
      CHECK(transaction.run({"test.select", "SELECT code FROM area"}) == 6);
      return {};
    }));
    CHECK(integer(
              database,
              {"test.recursive",
               "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10) SELECT sum(x) FROM n"}) ==
          55);
  });
}

TEST_CASE("rows may be walked inside rows, with the same statement too") {
  for_each_engine(kTables, [](Database& database) {
    for (const char* code : {"A", "B", "C"}) REQUIRE(insert(database, area(code)));
    const Query all = {"test.all", "SELECT code FROM area ORDER BY code"};
    std::string pairs;
    database.read([&](Connection& connection) {
      connection.run(all, {}, [&](const Row& outer) {
        connection.run(all, {}, [&](const Row& inner) { pairs += outer.text(0) + inner.text(0) + " "; });
      });
    });
    CHECK(pairs == "AA AB AC BA BB BC CA CB CC ");
  });
}

TEST_CASE("the values of an error stay out of its text") {
  for_each_engine(kTables, [](Database& database) {
    REQUIRE(insert(database, area("s3cretword")));
    CHECK(failure_of_write(database, kInsert, area("s3cretword")).message.find("s3cretword") == std::string::npos);
    const Failure cast = failure_of_read(
        database, {"test.cast", "SELECT CAST(code AS BIGINT) FROM area WHERE code = :c"}, {{"c", "s3cretword"}});
    CHECK(cast.message.find("s3cretword") == std::string::npos);
  });
}

TEST_CASE("many different statements do not pile up") {
  for_each_engine(kTables, [](Database& database) {
    database.read([](Connection& connection) {
      for (int i = 0; i < 900; ++i) {
        const std::string sql = "SELECT " + std::to_string(i) + " + count(*) FROM counter WHERE value = :v";
        REQUIRE(connection.integer({"test.many", sql.c_str()}, {{"v", 0}}) == i + 1);
      }
    });
  });
}

TEST_CASE("columns are read by the name that the statement gives them") {
  for_each_engine(kTables, [](Database& database) {
    REQUIRE(insert(database, area("A", 5)));
    database.read([&](Connection& connection) {
      connection.run({"test.named",
                      "SELECT a.code, count(*) AS areas, max(a.people) AS most, NULL AS absent, "
                      "a.people > 1 AS large FROM area a GROUP BY a.code, a.people"},
                     {}, [&](const Row& row) {
                       CHECK(row.text("code") == "A");
                       CHECK(row.integer("areas") == 1);
                       CHECK(row.integer("most") == 5);
                       CHECK(row.is_null("absent"));
                       CHECK(row.maybe_integer("absent") == std::nullopt);
                       CHECK(row.flag("large"));
                       CHECK(row.column("most") == 2);
                     });
    });
    const auto failure = [&](const char* sql, const char* name) {
      return failure_of([&] {
        database.read([&](Connection& connection) {
          connection.run({"test.named", sql}, {}, [&](const Row& row) { row.text(name); });
        });
      });
    };
    CHECK(failure("SELECT code FROM area", "cod").message == "test.named: no column is called cod");
    CHECK(failure("SELECT code, code FROM area", "code").message == "test.named: two columns are called code");
    CHECK(failure("SELECT people FROM area", "people").fault == Fault::type);
  });
}

TEST_CASE("many rows go in at once, each as it is, or none of them") {
  for_each_engine(kTables, [](Database& database) {
    const std::vector<const char*> columns = {"code", "people", "share", "outline"};
    const std::string odd = "tab\t line\n return\r back\\slash \\N \\. \"q\" M\xC3\xB4n";
    const std::string bytes("\0\x01\xFF\\x", 5);
    const auto fill = [&](int from, int to, Value last) {
      return database.write([&](Transaction& transaction) -> Result<std::int64_t> {
        int i = from;
        return transaction.insert_many("test.many", "area", columns, [&](std::vector<Value>& row) {
          if (i == to) return false;
          if (i == from) {
            row = {odd, nullptr, 0.1, Value::blob(bytes)};
          } else if (i == to - 1) {
            row = {"last", last, nullptr, nullptr};
          } else {
            row = {"n" + std::to_string(i), std::int64_t{9'000'000'000} + i, 1.0 / 3, Value::blob("")};
          }
          ++i;
          return true;
        });
      });
    };
    const auto written = fill(0, 2000, 7);
    REQUIRE(written);
    CHECK(*written == 2000);
    const Query one{"test.one", "SELECT code, people, share, outline FROM area WHERE code = :code"};
    const auto seen = [&](const std::string& code, FunctionRef<void(const Row&)> look) {
      return database.read([&](Connection& connection) { return connection.run(one, {{"code", code}}, look); });
    };
    CHECK(seen(odd, [&](const Row& row) {
            CHECK(row.text("code") == odd);
            CHECK(row.is_null("people"));
            CHECK(row.real("share") == 0.1);
            CHECK(row.blob("outline") == bytes);
          }) == 1);
    CHECK(seen("n1998", [&](const Row& row) {
            CHECK(row.integer("people") == 9'000'001'998);
            CHECK(row.real("share") == 1.0 / 3);
            CHECK(row.blob("outline").empty());
          }) == 1);
    CHECK(seen("last", [&](const Row& row) { CHECK(row.is_null("outline")); }) == 1);

    // One row that the table refuses, and none of its transaction is kept.
    const auto twice = failure_of([&] { (void)fill(0, 3, 7); });
    CHECK(twice.fault == Fault::unique);
    REQUIRE(database.write([&](Transaction& t) -> Status {
      t.run({"test.clear", "DELETE FROM area"});
      return {};
    }));
    const auto negative = failure_of([&] { (void)fill(0, 3, -1); });
    CHECK(negative.fault == Fault::check);
    CHECK(negative.constraint == "people_are_counted");
    CHECK(integer(database, kCount) == 0);

    const auto with = [&](const char* table, std::vector<Value> row) {
      return failure_of([&] {
        (void)database.write([&](Transaction& transaction) -> Status {
          bool more = true;
          transaction.insert_many("test.many", table, {"code", "people"}, [&](std::vector<Value>& next) {
            next = row;
            return std::exchange(more, false);
          });
          return {};
        });
      });
    };
    CHECK(with("area; DROP TABLE area", {"A", 1}).fault == Fault::parameter);
    CHECK(with("area", {"A"}).message == "test.many: a row has 1 values for 2 columns");
    CHECK(with("area", {std::string("\0", 1), 1}).fault == Fault::type);
    CHECK(with("area", {"A", std::nan("")}).fault == Fault::type);
    // The connection is fit for use after each of them.
    CHECK(integer(database, kCount) == 0);
    REQUIRE(fill(0, 3, 7));
    CHECK(integer(database, kCount) == 3);
  });
}

TEST_CASE("reading and writing give back what the work gave") {
  for_each_engine(kTables, [](Database& database) {
    const std::int64_t id = database
                                .write([&](Transaction& transaction) -> Result<std::int64_t> {
                                  transaction.run(kInsert, area("A", 5));
                                  return *transaction.integer({"test.id", "SELECT id FROM area"});
                                })
                                .value();
    CHECK(database.read([&](Connection& c) { return c.integer({"test.id", "SELECT id FROM area"}); }) == id);
    const std::vector<std::string> codes = database.read([&](Connection& connection) {
      std::vector<std::string> out;
      connection.run({"test.codes", "SELECT code FROM area"}, {}, [&](const Row& row) { out.push_back(row.text(0)); });
      return out;
    });
    CHECK(codes == std::vector<std::string>{"A"});
    const Result<std::int64_t> refused = database.write([&](Transaction& transaction) -> Result<std::int64_t> {
      transaction.run(kInsert, area("B"));
      return invalid(tr("No."));
    });
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "No.");
    CHECK(integer(database, kCount) == 1);
  });
}
