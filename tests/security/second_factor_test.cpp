// The second factor through the whole pipeline: asked for, set up, lost and reset, on pages without script.
#include <doctest/doctest.h>

#include "accounts_house.h"
#include "slices/identity/one_time_codes.h"

using namespace tithing;
using test::Browser;
using test::holds;
using test::kPassword;
using House = test::AccountsHouse;

namespace {

std::string between(const std::string& body, const std::string& before, const std::string& after) {
  const std::size_t at = body.find(before);
  REQUIRE_MESSAGE(at != std::string::npos, before);
  const std::size_t begin = at + before.size();
  return body.substr(begin, body.find(after, begin) - begin);
}

std::string hidden(const web::Answer& page, const std::string& name) {
  return between(page.body, "name=\"" + name + "\" value=\"", "\"");
}

std::string code_of(const House& house, const std::string& key) {
  return identity::code_of_step(*identity::bytes_of(Secret(key)), identity::step_of(house.clock.now()));
}

// Sets up a second factor on the page that `browser` is shown at `path`; gives the key.
std::string set_up(House& house, Browser& browser, const std::string& path, web::Answer* answer = nullptr) {
  const web::Answer page = browser.get(path);
  REQUIRE(page.status == 200);
  const std::string key = hidden(page, "key");
  const web::Answer done =
      browser.post(path, {{"key", key}, {"seal", hidden(page, "seal")}, {"code", code_of(house, key)}});
  CHECK(done.status == 200);
  CHECK(holds(done.body, "Your recovery codes"));
  if (answer != nullptr) *answer = done;
  return key;
}

}  // namespace

TEST_CASE("setting up a second factor: a picture without script, the key beside it, codes shown once") {
  House house;
  house.add("a@example.org");
  Browser browser = house.browser();
  browser.sign_in("a@example.org", kPassword);
  CHECK(holds(browser.get("/account").body, "Set up a second factor"));
  const web::Answer page = browser.get("/account/second-factor");
  CHECK(holds(page.body, "<svg xmlns"));
  CHECK(holds(page.body, "aria-label=\"The key of your second factor as a QR code\""));
  CHECK(page.header("Cache-Control") == "private, no-store");
  const std::string key = hidden(page, "key");
  CHECK(holds(page.body, identity::in_groups(key)));
  // A wrong code keeps the key that the app already has.
  const web::Answer wrong =
      browser.post("/account/second-factor", {{"key", key}, {"seal", hidden(page, "seal")}, {"code", "000000"}});
  CHECK(wrong.status == 400);
  CHECK(hidden(wrong, "key") == key);
  CHECK(holds(wrong.body, "href=\"#code\""));
  // A key that was not offered here, or was offered to another, is not taken.
  const std::string theirs = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const web::Answer forged = browser.post(
      "/account/second-factor", {{"key", theirs}, {"seal", hidden(page, "seal")}, {"code", code_of(house, theirs)}});
  CHECK(forged.status == 400);
  CHECK(hidden(forged, "key") != theirs);

  web::Answer codes;
  const std::string kept = set_up(house, browser, "/account/second-factor", &codes);
  CHECK(codes.header("Cache-Control") == "private, no-store");
  CHECK(holds(browser.get("/account").body, "Recovery codes left: 10."));
  const web::Answer own = browser.get("/account/second-factor");
  CHECK_FALSE(holds(own.body, kept));
  CHECK_FALSE(holds(own.body, "<svg xmlns"));

  house.clock.advance_milliseconds(60'000);
  CHECK(browser.post("/account/second-factor/codes", {{"codes-code", "1"}}).status == 400);
  CHECK(holds(browser.post("/account/second-factor/codes", {{"codes-code", code_of(house, kept)}}).body,
              "Your recovery codes"));
  house.clock.advance_milliseconds(60'000);
  browser.get("/account");
  CHECK(holds(browser.post("/account/second-factor/remove", {{"remove-code", ""}}).body, "href=\"#remove-code\""));
  CHECK(browser.post("/account/second-factor/remove", {{"remove-code", code_of(house, kept)}}).status == 303);
  CHECK(holds(browser.get("/account").body, "Set up a second factor"));
}

TEST_CASE("signing in with a second factor: the password opens nothing, the code goes where one wanted to be") {
  House house;
  house.add("a@example.org");
  Browser browser = house.browser();
  browser.sign_in("a@example.org", kPassword);
  const std::string key = set_up(house, browser, "/account/second-factor");
  browser.get("/account");
  browser.post("/sign-out", {});
  house.clock.advance_milliseconds(60'000);

  CHECK(browser.get("/sign-in/code").header("Location") == "/sign-in?next=%2F");  // nobody waits
  const web::Answer first = browser.sign_in("a@example.org", kPassword, "/account");
  CHECK(first.status == 303);
  CHECK(first.header("Location") == "/sign-in/code?next=%2Faccount");
  CHECK(browser.session().empty());
  CHECK(browser.get("/account").status == 303);
  const web::Answer page = browser.get("/sign-in/code?next=%2Faccount");
  CHECK(page.status == 200);
  CHECK(hidden(page, "next") == "/account");
  CHECK(browser.get("/sign-in/second-factor").header("Location") == "/sign-in/code?next=%2F");
  const web::Answer wrong = browser.post("/sign-in/code", {{"code", "123"}, {"next", "/account"}});
  CHECK(wrong.status == 400);
  CHECK(holds(wrong.body, "Enter the six digits that your app shows now"));
  const web::Answer in = browser.post("/sign-in/code", {{"code", code_of(house, key)}, {"next", "/account"}});
  CHECK(in.status == 303);
  CHECK(in.header("Location") == "/account");
  CHECK(browser.get("/account").status == 200);
  CHECK(browser.cookies.count("tithing-step") == 0);
  CHECK(browser.cookies.count("tithing-device") == 1);

  // Another site is never where one wanted to be.
  Browser other = house.browser();
  other.sign_in("a@example.org", kPassword);
  other.get("/sign-in/code");
  house.clock.advance_milliseconds(60'000);
  CHECK(other.post("/sign-in/code", {{"code", code_of(house, key)}, {"next", "//evil.example"}}).header("Location") ==
        "/");

  Browser guesser = house.browser();
  guesser.sign_in("a@example.org", kPassword);
  guesser.get("/sign-in/code");
  for (int i = 0; i < 5; ++i) CHECK(guesser.post("/sign-in/code", {{"code", "000000"}}).status == 400);
  const web::Answer held = guesser.post("/sign-in/code", {{"code", "000000"}});
  CHECK(held.status == 429);
  CHECK_FALSE(held.header("Retry-After").empty());
}

TEST_CASE("an administrator says which roles need a second factor, and resets a lost one") {
  House house;
  house.add("admin@example.org", Role::system_administrator);
  const std::string id = std::to_string(house.add("a@example.org", Role::auditor));
  Browser admin = house.browser();
  Browser owner = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  owner.sign_in("a@example.org", kPassword);
  CHECK(owner.get("/administration/second-factor").status == 403);
  CHECK(admin.get("/administration/second-factor").status == 200);
  CHECK(admin.post("/administration/second-factor", {{"roles", "auditor"}, {"roles", "no-such-role"}})
            .header("Location") == "/administration/second-factor?saved=yes");
  CHECK(holds(admin.get("/administration/second-factor").body, "value=\"auditor\" checked"));
  CHECK(owner.get("/account").status == 303);  // its session ended at once
  CHECK(holds(admin.get("/administration/accounts/" + id).body, "Needed by a role, and not set up yet"));

  CHECK(owner.sign_in("a@example.org", kPassword, "/administration/audit").header("Location") ==
        "/sign-in/second-factor?next=%2Fadministration%2Faudit");
  CHECK(owner.get("/sign-in/code").header("Location") == "/sign-in/second-factor?next=%2F");
  CHECK(holds(owner.get("/sign-in/second-factor").body, "One of your roles needs a second factor"));
  set_up(house, owner, "/sign-in/second-factor");
  CHECK(owner.get("/administration/audit").status == 200);
  CHECK(holds(owner.get("/account/second-factor").body, "so you cannot remove it"));
  owner.get("/account");
  house.clock.advance_milliseconds(60'000);

  const web::Answer account = admin.get("/administration/accounts/" + id);
  CHECK(holds(account.body, "Reset the second factor"));
  CHECK(admin.post("/administration/accounts/" + id + "/reset-second-factor", {}).status == 303);
  CHECK(owner.get("/account").status == 303);
  CHECK(holds(admin.get("/administration/audit").body, "Reset the second factor of Post a (a@example.org)"));
  CHECK(owner.sign_in("a@example.org", kPassword).header("Location") == "/sign-in/second-factor?next=%2F");

  // The administrator's own role: nobody is locked out, and the command line helps who lost everything.
  admin.get("/administration/second-factor");
  CHECK(admin.post("/administration/second-factor", {{"roles", "system-administrator"}}).status == 303);
  CHECK(admin.get("/administration").status == 303);
  admin.sign_in("admin@example.org", kPassword);
  set_up(house, admin, "/sign-in/second-factor");
  CHECK(admin.get("/administration").status == 200);
  std::string out;
  CHECK(house.run({"user", "reset-second-factor"}, {{"--email", {"admin@example.org"}}}, &out) == 0);
  CHECK(holds(out, "Reset the second factor of admin@example.org."));
  CHECK(admin.get("/administration").status == 303);
}
