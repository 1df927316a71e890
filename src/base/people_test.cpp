#include "base/people.h"

#include <doctest/doctest.h>

using namespace tithing;

TEST_CASE("the number of an account is nothing to who is not signed in, and everything else stands") {
  PermissionTable table;
  const Actor clerk = Actor::account(3, "Clerk", {}, table);
  CHECK(unnamed_people("account:12", Actor::nobody()) == kUnnamed);
  CHECK(unnamed_people("account:12", clerk) == "account:12");
  CHECK(unnamed_people("account:12", Actor::system(table)) == "account:12");
  for (const char* other : {"system", "command line", "the program, with which it came", ""})
    for (const Actor& reader : {Actor::nobody(), clerk}) CHECK(unnamed_people(other, reader) == other);
}
