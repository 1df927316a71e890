// Commands of identity on a store of their own, on each engine: who does them, when and from where.
#pragma once

#include <doctest/doctest.h>

#include "db/audit.h"
#include "identity_migrations.h"
#include "slices/identity/commands.h"
#include "slices/identity/domain.h"
#include "slices/identity/permissions.h"
#include "slices/identity/store.h"
#include "support/house.h"

namespace tithing::identity {

inline const char* const kPassword = "otter bicycle Tuesday";
inline const char* const kOther = "marmalade lighthouse seven";

struct Bench {
  db::Database& database;
  PermissionTable table;
  records::Kinds kinds;
  Actor operator_;
  Actor nobody = Actor::nobody();
  Instant now{1'800'000'000'000};
  std::string address = "192.0.2.1";
  Secret device;

  explicit Bench(db::Database& d) : database(d) {
    table.add(kAdminister, {Role::system_administrator});
    table.add(kReadAudit, {Role::system_administrator, Role::auditor});
    operator_ = Actor::command_line(table);
    add_kinds(kinds);
  }
  Visit by(const Actor& actor) {
    return {{database, kinds, Reach(actor, nullptr, now.date()), now}, address, "Firefox"};
  }
  std::int64_t add(const std::string& email, Role role = Role::panel_member, const char* password = kPassword) {
    const Result<Token> made = create_account(
        by(operator_), {email, "Post " + email.substr(0, email.find('@')), {{role, "", ""}}, Secret(password)});
    REQUIRE(made);
    return made->account_id;
  }
  Actor actor_of(std::int64_t id) {
    Actor actor;
    database.read(
        [&](db::Connection& c) { actor = Actor::account(id, find_account(c, id)->name, grants_of(c, id), table); });
    return actor;
  }
  std::vector<db::AuditRow> audit(const std::string& action = {}) {
    std::vector<db::AuditRow> rows;
    database.read([&](db::Connection& c) { rows = db::read_audit(c, action, "", 100, 0); });
    return rows;
  }
  std::size_t sessions(std::int64_t id) {
    std::size_t count = 0;
    database.read([&](db::Connection& c) { count = sessions_of(c, id).size(); });
    return count;
  }
  Result<SignedIn> enter(const std::string& email, const char* password = kPassword) {
    Visit visit = by(nobody);
    visit.device = device;
    return sign_in(visit, email, Secret(password));
  }
};

inline void on_each_engine(db::FunctionRef<void(Bench&)> test) {
  test::for_each_engine(test::all_migrations(identity_migrations()), [&](db::Database& database) {
    Bench bench(database);
    test(bench);
  });
}

}  // namespace tithing::identity
