#include "slices/identity/store.h"

#include <doctest/doctest.h>

#include "db/audit.h"
#include "identity_migrations.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::identity;

namespace {

template <class Work>
void write(db::Database& database, Work work) {
  REQUIRE(database.write([&](db::Transaction& transaction) -> Status {
    work(transaction);
    return {};
  }));
}

Account some_account(const std::string& email, const std::string& name = "Panel member") {
  Account account;
  account.email = email;
  account.name = name;
  account.created_at = {1'800'000'000'000};
  return account;
}

}  // namespace

TEST_CASE("accounts are kept, found and counted") {
  test::for_each_engine(identity_migrations(), [](db::Database& database) {
    std::int64_t id = 0;
    write(database, [&](db::Transaction& t) {
      id = insert_account(t, some_account("b@example.org", "Beta"));
      insert_account(t, some_account("a@example.org", "alpha"));
      insert_account(t, some_account("c_c@example.org", "50% of Gamma"));
    });
    database.read([&](db::Connection& c) {
      const auto account = find_account_by_email(c, "b@example.org");
      REQUIRE(account);
      CHECK(account->id == id);
      CHECK(account->name == "Beta");
      CHECK(account->password_hash.empty());
      CHECK_FALSE(account->suspended_at);
      CHECK(account->created_at.milliseconds == 1'800'000'000'000);
      CHECK(account->version == 1);
      CHECK_FALSE(find_account(c, 999));
      CHECK_FALSE(find_account_by_email(c, "x@example.org"));
      CHECK(list_accounts(c, "", 50, 0).size() == 3);
      CHECK(list_accounts(c, "", 2, 0).size() == 2);
      CHECK(list_accounts(c, "", 2, 2).size() == 1);
      CHECK(list_accounts(c, "", 3, 0)[1].name == "alpha");
      CHECK(list_accounts(c, "BETA", 50, 0).size() == 1);
      // What was typed is looked for as it stands.
      CHECK(count_accounts(c, "%") == 1);
      CHECK(count_accounts(c, "_") == 1);
      CHECK(count_accounts(c, "\\") == 0);
      CHECK(count_accounts(c, "example.org") == 3);
    });
  });
}

TEST_CASE("one account for an address") {
  test::for_each_engine(identity_migrations(), [](db::Database& database) {
    write(database, [](db::Transaction& t) { insert_account(t, some_account("a@example.org")); });
    try {
      (void)database.write([](db::Transaction& t) -> Status {
        insert_account(t, some_account("a@example.org"));
        return {};
      });
      FAIL("the second was kept");
    } catch (const db::Error& error) {
      CHECK(error.fault == db::Fault::unique);
    }
  });
}

TEST_CASE("a change against an old version changes nothing") {
  test::for_each_engine(identity_migrations(), [](db::Database& database) {
    write(database, [](db::Transaction& t) {
      const std::int64_t id = insert_account(t, some_account("a@example.org"));
      CHECK(update_account(t, id, "First", 1));
      CHECK_FALSE(update_account(t, id, "Second", 1));
      CHECK(find_account(t, id)->name == "First");
      CHECK(find_account(t, id)->version == 2);
      update_password(t, id, "$argon2id$x", {5});
      replace_hash(t, id, "$argon2id$y");
      update_suspension(t, id, Instant{7});
      const auto account = find_account(t, id);
      CHECK(account->password_hash == "$argon2id$y");
      CHECK(account->password_changed_at == Instant{5});
      CHECK(account->suspended_at == Instant{7});
      update_suspension(t, id, std::nullopt);
      CHECK_FALSE(find_account(t, id)->suspended_at);
    });
  });
}

TEST_CASE("grants are replaced as a whole; an unknown role gives nothing") {
  test::for_each_engine(identity_migrations(), [](db::Database& database) {
    write(database, [](db::Transaction& t) {
      const std::int64_t id = insert_account(t, some_account("a@example.org"));
      const std::int64_t other = insert_account(t, some_account("b@example.org"));
      replace_grants(
          t, id, {{Role::auditor, "", ""}, {Role::partnership_manager, "CSP", "E22000368"}, {Role::auditor, "", ""}});
      REQUIRE(grants_of(t, id).size() == 2);
      CHECK(grants_of(t, id)[1].area_code == "E22000368");
      CHECK(grants_of(t, other).empty());
      replace_grants(t, id, {{Role::system_administrator, "", ""}});
      replace_grants(t, other, {{Role::system_administrator, "", ""}, {Role::system_administrator, "Office", ""}});
      CHECK(grants_of(t, id).size() == 1);
      CHECK(count_active_with_role(t, Role::system_administrator) == 2);
      update_suspension(t, other, Instant{1});
      CHECK(count_active_with_role(t, Role::system_administrator) == 1);
      CHECK(count_active_with_role(t, Role::auditor) == 0);
      t.run({"test.grant",
             "INSERT INTO account_grant (account_id, role, organisation, area_code) VALUES (:id, 'emperor', '', '')"},
            {{"id", id}});
      CHECK(grants_of(t, id).size() == 1);
    });
  });
}

TEST_CASE("sessions: kept by the hash of their token, ended one by one or all") {
  test::for_each_engine(identity_migrations(), [](db::Database& database) {
    write(database, [](db::Transaction& t) {
      const std::int64_t id = insert_account(t, some_account("a@example.org"));
      const std::int64_t other = insert_account(t, some_account("b@example.org"));
      insert_session(t, {"h1", id, {100}, {100}, "192.0.2.1", "Firefox"});
      insert_session(t, {"h2", id, {200}, {200}, "192.0.2.1", "Firefox"});
      insert_session(t, {"h3", other, {300}, {300}, "192.0.2.1", "Firefox"});
      touch_session(t, "h1", {500});
      touch_session(t, "h1", {400});
      CHECK(find_session(t, "h1")->last_seen_at == Instant{500});
      REQUIRE(sessions_of(t, id).size() == 2);
      CHECK(sessions_of(t, id)[0].token_hash == "h1");
      CHECK_FALSE(find_session(t, "h4"));
      CHECK(delete_sessions_of(t, id, "h1") == 1);
      CHECK(find_session(t, "h1"));
      CHECK(delete_session(t, "h1") == 1);
      CHECK(delete_session(t, "h1") == 0);
      CHECK(delete_sessions_ended(t, {0}, {300}) == 1);
    });
  });
}

TEST_CASE("a device is known to the accounts that signed in with it, under its newest name") {
  test::for_each_engine(identity_migrations(), [](db::Database& database) {
    write(database, [&](db::Transaction& t) {
      const std::int64_t a = insert_account(t, some_account("a@example.org"));
      const std::int64_t b = insert_account(t, some_account("b@example.org"));
      remember_device(t, "", "one", a, {100});
      CHECK(device_is_known(t, "one", a));
      CHECK_FALSE(device_is_known(t, "one", b));
      CHECK_FALSE(device_is_known(t, "", a));
      remember_device(t, "one", "two", b, {200});
      CHECK_FALSE(device_is_known(t, "one", a));
      CHECK(device_is_known(t, "two", a));
      CHECK(device_is_known(t, "two", b));
      forget_devices_before(t, {150});
      CHECK_FALSE(device_is_known(t, "two", a));
      forget_devices_of(t, b);
      CHECK_FALSE(device_is_known(t, "two", b));
    });
  });
}

TEST_CASE("links and attempts") {
  test::for_each_engine(identity_migrations(), [](db::Database& database) {
    write(database, [](db::Transaction& t) {
      const std::int64_t id = insert_account(t, some_account("a@example.org"));
      insert_link(t, {"used", id, {100}, "command line", std::nullopt});
      use_link(t, "used", {150});
      insert_link(t, {"open", id, {200}, "account:1", std::nullopt});
      CHECK(find_link(t, "used")->used_at == Instant{150});
      CHECK_FALSE(find_link(t, "open")->used_at);
      delete_links_of(t, id);
      CHECK_FALSE(find_link(t, "open"));
      CHECK(find_link(t, "used"));

      const auto at = [](const std::vector<Attempt>& attempts) {
        std::vector<Instant> found;
        for (const Attempt& attempt : attempts) found.push_back(attempt.at);
        return found;
      };
      const std::int64_t first = insert_attempt(t, "e1", {{100}, "192.0.2.1", ""});
      insert_attempt(t, "e1", {{300}, "192.0.2.2", ""});
      insert_attempt(t, "e1", {{350}, "192.0.2.2", "phone"});
      insert_attempt(t, "e2", {{200}, "192.0.2.1", ""});
      CHECK(at(attempts_of_email(t, "e1", {0})) == std::vector<Instant>{{100}, {300}, {350}});
      CHECK(at(attempts_of_email(t, "e1", {100})) == std::vector<Instant>{{300}, {350}});
      CHECK(attempts_of_email(t, "e1", {300})[0].device == "phone");
      CHECK(attempts_of_network(t, "192.0.2.1", {0}) == std::vector<Instant>{{100}, {200}});
      CHECK(attempts_of_network(t, "192.0.2.2", {0}) == std::vector<Instant>{{300}});
      delete_attempt(t, first);
      CHECK(attempts_of_network(t, "192.0.2.1", {0}).size() == 1);
      delete_attempts_like(t, "e1", "192.0.2.2", "");
      CHECK(at(attempts_of_email(t, "e1", {0})) == std::vector<Instant>{{350}});
      delete_attempts_like(t, "e1", "192.0.2.9", "phone");
      CHECK(attempts_of_email(t, "e1", {0}).empty());
      insert_attempt(t, "e1", {{300}, "192.0.2.2", ""});
      delete_attempts_of_email(t, "e1");
      CHECK(attempts_of_email(t, "e1", {0}).empty());
      insert_attempt(t, "e2", {{900}, "192.0.2.1", ""});
      delete_attempts_outside(t, {201}, {800});
      CHECK(attempts_of_email(t, "e2", {0}).empty());

      insert_key_if_absent(t, "form", "one");
      insert_key_if_absent(t, "form", "two");
      CHECK(find_key(t, "form") == "one");
      CHECK_FALSE(find_key(t, "other"));
    });
  });
}
