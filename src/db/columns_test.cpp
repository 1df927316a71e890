// Columns found once for an answer, and rows written from a list.
#include "db/columns.h"

#include "db/area_for_tests.h"
#include "db/insert_each.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::db;
using tithing::test::for_each_engine;

TEST_CASE("a list goes in row by row, and comes back by name whatever is asked first") {
  for_each_engine(kTables, [](Database& database) {
    const std::vector<std::string> codes = {"a", "b", "c"};
    const Result<std::int64_t> written = database.write([&](Transaction& transaction) -> Result<std::int64_t> {
      return insert_each(transaction, "test.insert", "area", {"code", "people"}, codes,
                         [](const std::string& code, std::int64_t position) -> std::vector<Value> {
                           return {code, position == 1 ? Value() : Value(position)};
                         });
    });
    REQUIRE(written);
    CHECK(*written == 3);
    const std::string seen = database.read([](Connection& connection) {
      std::string out;
      Columns columns;
      const Query query{"test.select", "SELECT code, people, 1 AS large FROM area ORDER BY code"};
      connection.run(query, {}, [&](const Row& each) {
        const auto row = columns.in(each);
        // The second row asks for fewer names and in another order.
        if (row.is_null("people"))
          out += row.text("code") + "?";
        else
          out += row.text("code") + std::to_string(row.integer("people")) + (row.flag("large") ? "!" : "");
      });
      return out;
    });
    CHECK(seen == "a0!b?c2!");
    for (const auto& [sql, name] :
         {std::pair("SELECT code FROM area", "cod"), {"SELECT code, code FROM area", "code"}}) {
      CHECK_THROWS_AS(database.read([&](Connection& connection) {
        Columns columns;
        connection.run({"test.wrong", sql}, {}, [&](const Row& each) { (void)columns.in(each).text(name); });
      }),
                      Error);
    }
    const Result<std::int64_t> none = database.write([&](Transaction& transaction) -> Result<std::int64_t> {
      return insert_each(transaction, "test.insert", "area", {"code"}, std::vector<std::string>(),
                         [](const std::string& code, std::int64_t) -> std::vector<Value> { return {code}; });
    });
    CHECK(none.value() == 0);
  });
}
