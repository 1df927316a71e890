#include "base/actor.h"

#include <doctest/doctest.h>

#include "base/reach.h"

using namespace tithing;

namespace {
constexpr Permission kImport{"evidence.import", "Import police data"};
constexpr Permission kAudit{"audit.read", "Read the audit"};

bool reaches(const Actor& actor, const Permission& permission) {
  return Reach(actor, nullptr, {}).may(permission, Whose::of_area("E22000372"));
}
}  // namespace

TEST_CASE("a permission is held through a role, in an area") {
  PermissionTable table;
  table.add(kImport, {Role::performance_analyst});
  table.add(kAudit, {Role::auditor});
  CHECK_THROWS(table.add(kAudit, {Role::auditor}));

  const Actor analyst = Actor::account(1, "Analyst", {{Role::performance_analyst, "", "E22000372"}}, table);
  CHECK(analyst.can(kImport));
  CHECK(reaches(analyst, kImport));
  CHECK_FALSE(Reach(analyst, nullptr, {}).may(kImport, Whose::of_area("E22000371")));
  CHECK_FALSE(analyst.can(kAudit));
  CHECK(analyst.require(kAudit).error().kind == ProblemKind::forbidden);

  CHECK_FALSE(Actor::nobody().can(kImport));
  CHECK(reaches(Actor::command_line(table), kAudit));
  CHECK(reaches(Actor::account(2, "Auditor", {{Role::auditor, "", ""}}, table), kAudit));
}

TEST_CASE("a grant for an organisation of the register and no area is not for every area") {
  PermissionTable table;
  table.add(kImport, {Role::performance_analyst, Role::system_administrator});
  const auto can = [&](Role role, const char* organisation, const char* area) {
    return reaches(Actor::account(1, "A", {{role, organisation, area}}, table), kImport);
  };
  CHECK(can(Role::performance_analyst, "", ""));
  CHECK(can(Role::performance_analyst, "In words", ""));
  CHECK_FALSE(can(Role::performance_analyst, "body:north-yorkshire-csp", ""));
  CHECK(can(Role::performance_analyst, "body:north-yorkshire-csp", "E22000372"));
  CHECK(can(Role::system_administrator, "body:north-yorkshire-csp", ""));
  CHECK(Actor::account(1, "A", {{Role::performance_analyst, "body:north-yorkshire-csp", ""}}, table).can(kImport));
}

TEST_CASE("every role has a name and a code that leads back to it") {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    CHECK(role_from(code_of(role)) == role);
    CHECK_FALSE(name_of(role).empty());
  }
  CHECK_FALSE(role_from("nobody"));
}
