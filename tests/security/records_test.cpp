// Whose everything is: every column of the whole program's store that names a body, a post or an area is of a kind of
// record, or left out with a reason.
#include "records/record.h"

#include <doctest/doctest.h>

#include "app/slices.h"
#include "slices/wiring.h"
#include "support/house.h"

using namespace tithing;

TEST_CASE("every column that names a body, post or area is of a kind of record, or left out with a reason") {
  Wiring wiring;
  app::register_slices(wiring);
  CHECK(wiring.kinds.all().size() >= 7);
  for (const records::Kinds::LeftOut& one : wiring.kinds.left_out()) CHECK(one.why.size() > 20);
  test::for_each_engine(test::all_migrations(wiring), [&](db::Database& database) {
    database.read([&](db::Connection& connection) {
      for (const std::string& column : records::claims_of_nothing(connection, wiring.kinds))
        FAIL_CHECK(column << " is claimed or left out, and is not in the store");
      for (const std::string& column : records::unclaimed_columns(connection, wiring.kinds))
        FAIL_CHECK(column << " names somebody: say in a records::Kind whose it is, or leave it out with a reason");
    });
  });
}

TEST_CASE("a kind of the program finds nothing where nothing is, and does not fail") {
  Wiring wiring;
  app::register_slices(wiring);
  test::for_each_engine(test::all_migrations(wiring), [&](db::Database& database) {
    database.read([&](db::Connection& connection) {
      for (const records::Kind& kind : wiring.kinds.all()) {
        CAPTURE(kind.code);
        for (const char* id : {"1", "no number", ""}) CHECK_FALSE(kind.find(connection, id).has_value());
        if (kind.of_body) CHECK(kind.of_body(connection, "nobody").empty());
      }
    });
  });
}
