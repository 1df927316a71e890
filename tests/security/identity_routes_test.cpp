// The guards of identity's own routes; routes_test.cpp does the same with the whole program.
#include <doctest/doctest.h>

#include "base/log.h"
#include "guards.h"
#include "slices/identity/identity.h"
#include "slices/wiring.h"

using namespace tithing;
using tithing::test::Extent;

TEST_CASE("identity's routes have the guards of the table") {
  log::set_quiet(true);
  Wiring wiring;
  identity::register_slice(wiring);
  REQUIRE(wiring.router.routes().size() > 20);
  for (const std::string& difference : test::check_routes(wiring.router, wiring.permissions, Extent::part))
    FAIL_CHECK(difference);
  for (const std::string& difference : test::check_answers(wiring.router, wiring.permissions)) FAIL_CHECK(difference);
}

TEST_CASE("the check finds a new route, a changed guard and a role too many") {
  log::set_quiet(true);
  const auto nothing = [](web::Context&) { return web::Answer(); };
  const Permission administer{"identity.administer", ""};
  PermissionTable table;
  table.add(administer, {Role::system_administrator});
  web::Router router;
  router.get("/administration/accounts", web::Access::permission(administer), nothing);
  CHECK(test::check_routes(router, table, Extent::part).empty());
  CHECK(test::check_answers(router, table).empty());
  CHECK(test::check_routes(router, table, Extent::whole).size() > 10);

  router.get("/new", web::Access::anyone(), nothing);
  CHECK(test::check_routes(router, table, Extent::part) ==
        std::vector<std::string>{"routes.csv does not expect this route: GET,/new,anyone"});

  web::Router open;
  open.get("/administration/accounts", web::Access::signed_in(), nothing);
  CHECK(test::check_routes(open, table, Extent::part).size() == 1);
  CHECK(test::check_answers(open, table).size() ==
        12);  // nobody still has to sign in, the administrator may; the others come in

  PermissionTable generous;
  generous.add(administer, {Role::system_administrator, Role::panel_member});
  web::Router same;
  same.get("/administration/accounts", web::Access::permission(administer), nothing);
  CHECK(test::check_routes(same, generous, Extent::part).size() == 1);
  CHECK(test::check_answers(same, generous) ==
        std::vector<std::string>{"GET /administration/accounts as panel-member: 299 instead of 403"});
}
