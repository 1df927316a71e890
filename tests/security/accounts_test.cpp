// Accounts as administrators make and change them, on pages and from the command line, through the whole pipeline.
#include <doctest/doctest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "accounts_house.h"

using namespace tithing;
using test::Browser;
using test::holds;
using test::kOther;
using test::kPassword;
using House = test::AccountsHouse;

TEST_CASE("an administrator makes an account; its owner sets the password with the link, once") {
  House house;
  house.add("admin@example.org", Role::system_administrator);
  Browser admin = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  CHECK(admin.get("/administration/accounts/new").status == 200);
  const web::Answer wrong = admin.post("/administration/accounts", {{"name", "<b>New</b>"},
                                                                    {"email", "not an address"},
                                                                    {"role", "panel-member"},
                                                                    {"organisation", "\"><script>"},
                                                                    {"where", "everywhere"},
                                                                    {"area", ""}});
  CHECK(wrong.status == 400);
  CHECK(holds(wrong.body, "Enter an e-mail address in the correct format"));
  CHECK(holds(wrong.body, "&lt;b&gt;New&lt;/b&gt;"));
  CHECK_FALSE(holds(wrong.body, "\"><script>"));
  const web::Answer made = admin.post("/administration/accounts", {{"name", "New post"},
                                                                   {"email", "new@example.org"},
                                                                   {"role", "panel-member"},
                                                                   {"organisation", "Panel"},
                                                                   {"where", "everywhere"},
                                                                   {"area", ""},
                                                                   {"role", ""},
                                                                   {"organisation", ""},
                                                                   {"area", ""}});
  CHECK(made.status == 200);
  CHECK(made.header("Cache-Control") == "private, no-store");
  const std::size_t at = made.body.find("https://tithing.example.org/set-password/");
  REQUIRE(at != std::string::npos);
  const std::string path = made.body.substr(at + 27, 14 + 43);
  CHECK(path.rfind("/set-password/", 0) == 0);

  Browser owner = house.browser();
  CHECK(holds(owner.get(path).body, "new@example.org"));
  CHECK(owner.post(path, {{"password", "short"}}).status == 400);
  CHECK(owner.post(path, {{"password", kOther}}).status == 200);
  CHECK(owner.get(path).status == 404);
  CHECK(owner.sign_in("new@example.org", kOther).status == 303);
  CHECK(holds(owner.get("/account").body, "Panel member"));
  CHECK(owner.get("/administration/accounts").status == 403);
  CHECK(owner.get("/administration/audit").status == 403);
  CHECK(owner.get("/administration/permissions").status == 200);

  CHECK(holds(admin.get("/administration/accounts").body, "New post"));
  CHECK_FALSE(holds(admin.get("/administration/accounts?q=admin").body, "New post"));
  const web::Answer log = admin.get("/administration/audit");
  CHECK(holds(log.body, "Created the account New post (new@example.org)"));
  CHECK_FALSE(holds(log.body, path.substr(14)));
  CHECK(holds(admin.get("/administration/audit.csv?action=identity.create").body, "Created the account New post"));
  CHECK_FALSE(holds(admin.get("/administration/audit.csv?action=identity.sign").body, "Created the account New post"));
}

TEST_CASE("an administrator's changes take hold of sessions at once; two administrators do not overwrite each other") {
  House house;
  house.add("admin@example.org", Role::system_administrator);
  const std::string id = std::to_string(house.add("a@example.org", Role::auditor));
  Browser admin = house.browser();
  Browser owner = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  owner.sign_in("a@example.org", kPassword);
  CHECK(owner.get("/administration/audit").status == 200);
  const std::string page = "/administration/accounts/" + id;
  CHECK(holds(admin.get(page).body, "name=\"version\" value=\"1\""));
  CHECK(admin
            .post(page, {{"version", "1"},
                         {"name", "Post a"},
                         {"role", "panel-member"},
                         {"organisation", ""},
                         {"where", "everywhere"},
                         {"area", ""}})
            .status == 303);
  CHECK(owner.get("/administration/audit").status == 403);
  const web::Answer second = admin.post(page, {{"version", "1"},
                                               {"name", "Mine"},
                                               {"role", "auditor"},
                                               {"organisation", ""},
                                               {"where", "everywhere"},
                                               {"area", ""}});
  CHECK(second.status == 409);
  CHECK(holds(second.body, "Mine"));
  CHECK(holds(second.body, "Post a"));
  CHECK(holds(second.body, "Carry on with my changes"));
  CHECK(admin.post(page + "/suspend", {}).status == 303);
  CHECK(owner.get("/account").status == 303);
  CHECK(owner.sign_in("a@example.org", kPassword).status == 400);
  CHECK(admin.post(page + "/reinstate", {}).status == 303);
  CHECK(owner.sign_in("a@example.org", kPassword).status == 303);
  CHECK(admin.post(page + "/sign-out", {}).status == 303);
  CHECK(owner.get("/account").status == 303);
  CHECK(holds(admin.post(page + "/link", {}).body, "https://tithing.example.org/set-password/"));
  CHECK(admin.get("/administration/accounts/999").status == 404);
  CHECK(admin.get("/administration/accounts/x").status == 404);
  CHECK(admin.get("/administration/accounts/99999999999999999999").status == 404);
}

TEST_CASE("what is wrong with an account is told all at once, each at its field, and what was typed stays") {
  House house;
  house.add("admin@example.org", Role::system_administrator);
  const std::string id = std::to_string(house.add("a@example.org"));
  Browser admin = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  admin.get("/administration/accounts/new");
  const web::Fields lines = {{"role", ""},          {"organisation", "A board"}, {"where", "everywhere"}, {"area", ""},
                             {"role", "auditor"},   {"organisation", ""},        {"where", ""},           {"area", ""},
                             {"role", "analyst-x"}, {"organisation", ""},        {"where", "area"},       {"area", ""}};
  const auto check = [&](const std::string& path, web::Fields fields, std::vector<std::string> wrong) {
    CAPTURE(path);
    fields.insert(fields.end(), lines.begin(), lines.end());
    const web::Answer answer = admin.post(path, fields);
    CHECK(answer.status == 400);
    CHECK(holds(answer.body, "value=\"A board\""));
    std::vector<std::string> told;
    const std::string link = "<a href=\"#";
    for (std::size_t at = answer.body.find(link); at != std::string::npos; at = answer.body.find(link, at + 1)) {
      const std::size_t begin = at + link.size();
      told.push_back(answer.body.substr(begin, answer.body.find('"', begin) - begin));
    }
    std::erase_if(told, [](const std::string& one) { return one == "main-content"; });
    CHECK(told == wrong);
    for (const std::string& field : wrong) {
      CAPTURE(field);
      CHECK(holds(answer.body, " id=\"" + field + "\""));
      CHECK(holds(answer.body, "id=\"" + field + "-error\""));
    }
  };
  check("/administration/accounts", {{"name", ""}, {"email", "x"}},
        {"name", "email", "role", "where-2", "role-3", "area-3"});
  check("/administration/accounts", {{"name", "Twice"}, {"email", "A@example.org"}},
        {"email", "role", "where-2", "role-3", "area-3"});
  check("/administration/accounts/" + id, {{"version", "1"}, {"name", ""}},
        {"name", "role", "where-2", "role-3", "area-3"});
}

TEST_CASE("two who change an account: both versions and who made the other; carrying on puts the one onto the other") {
  House house;
  house.add("admin@example.org", Role::system_administrator);
  const std::string page = "/administration/accounts/" + std::to_string(house.add("a@example.org", Role::auditor));
  Browser one = house.browser();
  Browser other = house.browser();
  one.sign_in("admin@example.org", kPassword);
  other.sign_in("admin@example.org", kPassword);
  house.add("second@example.org", Role::system_administrator);
  Browser second = house.browser();
  second.sign_in("second@example.org", kPassword);
  const web::Fields auditor = {{"role", "auditor"}, {"organisation", ""}, {"where", "everywhere"}, {"area", ""}};
  const web::Fields member = {
      {"role", "panel-member"}, {"organisation", "Panel"}, {"where", "everywhere"}, {"area", ""}};
  const web::Fields analyst = {
      {"role", "performance-analyst"}, {"organisation", ""}, {"where", "everywhere"}, {"area", ""}};
  const auto with = [](web::Fields fields, const std::vector<web::Fields>& lines) {
    for (const web::Fields& line : lines) fields.insert(fields.end(), line.begin(), line.end());
    return fields;
  };
  const web::Fields began = {{"began-name", "Post a"},
                             {"began-role", "auditor"},
                             {"began-organisation", ""},
                             {"began-where", "everywhere"},
                             {"began-area", ""}};
  const web::Answer opened = second.get(page);
  for (const auto& [name, value] : began)
    CHECK_MESSAGE(holds(opened.body, "name=\"" + name + "\" value=\"" + value + "\""), name);
  one.get(page);
  CHECK(one.post(page, with({{"version", "1"}, {"name", "Post a"}}, {auditor, member})).status == 303);

  const web::Answer told =
      second.post(page, with({{"version", "1"}, {"name", "Mine"}, {"draft-form", "x"}}, {began, auditor, analyst}));
  CHECK(told.status == 409);
  CHECK(holds(told.body, "When you began"));
  CHECK(holds(told.body, "only you changed it"));
  CHECK(holds(told.body, "both changed it, differently"));
  CHECK(holds(told.body, "Last changed by Post admin at 2026-11-22"));
  CHECK(holds(told.body, "Panel member, Panel: every area"));
  CHECK(holds(told.body, "href=\"" + page + "?draft=merged\""));
  // Opened again the two stand beside each other until one carries on.
  CHECK(second.get(page).status == 409);
  CHECK(one.get(page).status == 200);  // a draft is its owner's alone
  const web::Answer merged = second.get(page + "?draft=merged");
  CHECK(merged.status == 200);
  CHECK(holds(merged.body, "value=\"Mine\""));
  CHECK(holds(merged.body, "name=\"version\" value=\"2\""));
  for (const char* role : {"auditor", "panel-member", "performance-analyst"})
    CHECK_MESSAGE(holds(merged.body, "<option value=\"" + std::string(role) + "\" selected>"), role);
  CHECK(second.post(page, with({{"version", "2"}, {"name", "Mine"}}, {auditor, member, analyst})).status == 303);
  const web::Answer saved = second.get(page);
  CHECK(saved.status == 200);
  CHECK_FALSE(holds(saved.body, "Throw"));
}

TEST_CASE("a link is at the site's own address, whatever a request says; another host is sent there or refused") {
  House house;
  const std::string id = std::to_string(house.add("a@example.org"));
  house.add("admin@example.org", Role::system_administrator);
  Browser admin = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  admin.get("/administration/accounts/" + id);
  admin.host = "evil.example";
  const web::Answer asked = admin.get("/sign-in?next=/account");
  CHECK(asked.status == 308);
  CHECK(asked.header("Location") == "https://tithing.example.org/sign-in?next=/account");
  CHECK(asked.header("Set-Cookie").empty());
  const web::Answer sent = admin.post("/administration/accounts/" + id + "/link", {});
  CHECK(sent.status == 421);
  CHECK(holds(sent.body, "This site is reached under another address, https://tithing.example.org."));
  CHECK_FALSE(holds(sent.body, "/set-password/"));
  CHECK(admin.get("/api/v1/anything").status == 421);
  admin.host = "";
  CHECK(admin.get("/sign-in").status == 308);
  admin.host = "TITHING.example.org.";
  const web::Answer link = admin.post("/administration/accounts/" + id + "/link", {});
  CHECK(link.status == 200);
  CHECK(holds(link.body, "value=\"https://tithing.example.org/set-password/"));
}

TEST_CASE("an account is linked with somebody at a provider on a page of its own; a sign-in is not begun without one") {
  House house;
  house.add("admin@example.org", Role::system_administrator);
  Browser admin = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  const std::string page = "/administration/accounts/1/provider";
  admin.get("/administration/accounts/1");
  CHECK(holds(admin.get(page).body, "Signing in with a provider is not set up"));
  CHECK(admin.post(page, {{"do", "link"}, {"subject", "7"}}).status == 400);
  CHECK(admin.get("/sign-in/provider").status == 404);
  CHECK_FALSE(holds(house.browser().get("/sign-in").body, "/sign-in/provider"));

  CHECK_FALSE(house.service->sign_in_with({"http://login.example.org", "tithing", {}, "", false}));
  REQUIRE(house.service->sign_in_with({"https://login.example.org", "tithing", {}, "Council account", false}));
  CHECK(holds(house.browser().get("/sign-in?next=/account").body, "href=\"/sign-in/provider?next=%2Faccount\""));
  CHECK(admin.post(page, {{"do", "link"}, {"subject", ""}}).status == 400);
  CHECK(admin.post(page, {{"do", "link"}, {"subject", "<7>"}}).status == 303);
  CHECK(holds(admin.get(page).body, "&lt;7&gt; of https://login.example.org, since"));
  CHECK(admin.get("/administration/accounts/999/provider").status == 404);
  // An answer that no browser asked for.
  const web::Answer planted = house.browser().get("/sign-in/provider/back?code=x&state=y");
  CHECK(planted.status == 403);
  CHECK(holds(planted.body, "was not begun in this browser"));
  Browser forger = house.browser();
  forger.cookies["tithing-provider"] = "s.n.v.99999999999999.%2F.0123456789";
  CHECK(forger.get("/sign-in/provider/back?code=x&state=s").status == 403);
  CHECK(admin.post(page, {{"do", "unlink"}, {"unlink-issuer", "https://login.example.org"}, {"unlink-subject", "<7>"}})
            .status == 303);
  CHECK(admin.get(page).status == 303);  // its sessions ended with the link
}

TEST_CASE("from the command line: add, list, link, suspend, verify") {
  House house;
  std::string out;
  CHECK(house.run({"user", "add"},
                  {{"--email", {"First@Example.org"}},
                   {"--name", {"Administrator"}},
                   {"--role", {"system-administrator"}},
                   {"--site", {"https://tithing.example.org/"}}},
                  &out) == 0);
  CHECK(holds(out, "https://tithing.example.org/set-password/"));
  const std::string path = "/set-password/" + out.substr(out.find("/set-password/") + 14, 43);
  Browser browser = house.browser();
  browser.get(path);
  CHECK(browser.post(path, {{"password", kPassword}}).status == 200);
  CHECK(browser.sign_in("first@example.org", kPassword).status == 303);

  CHECK(house.run({"user", "add"},
                  {{"--email", {"m@example.org"}},
                   {"--name", {"Manager"}},
                   {"--role", {"partnership-manager"}},
                   {"--area", {"E22000368"}},
                   {"--password-stdin", {}}},
                  &out, "otter bicycle Tuesday\n") == 0);
  CHECK_FALSE(holds(out, "otter"));
  CHECK_FALSE(holds(out, "set-password"));
  CHECK(house.browser().sign_in("m@example.org", kPassword).status == 303);
  CHECK(house.run({"user", "add"}, {{"--email", {"m@example.org"}}, {"--name", {"Again"}}}, &out) == 1);
  CHECK(holds(out, "already an account"));
  CHECK(house.run({"user", "add"}, {{"--email", {"x@example.org"}}, {"--name", {"X"}}, {"--role", {"emperor"}}},
                  &out) == 2);
  CHECK(holds(out, "partnership-manager"));
  CHECK(house.run({"user", "add"}, {{"--email", {"x@example.org"}}, {"--name", {"X"}}, {"--password-stdin", {}}}, &out,
                  "") == 2);
  CHECK(house.run({"user", "add"}, {{"--email", {"x@example.org"}}, {"--name", {"X"}}, {"--password-stdin", {}}}, &out,
                  "short\n") == 1);
  CHECK(holds(out, "at least 12 characters"));

  CHECK(house.run({"user", "list"}, {}, &out) == 0);
  CHECK(holds(out, "m@example.org\tManager\tactive\tPartnership manager: E22000368"));
  CHECK(house.run({"user", "link"}, {{"--email", {"m@example.org"}}}, &out) == 0);
  CHECK(holds(out, "https://tithing.example.org/set-password/"));
  CHECK(house.run({"user", "link"}, {{"--email", {"unknown@example.org"}}}, &out) == 1);
  CHECK(house.run({"user", "suspend"}, {{"--email", {"m@example.org"}}}, &out) == 0);
  CHECK(house.browser().sign_in("m@example.org", kPassword).status == 400);
  CHECK(house.run({"user", "suspend"}, {{"--email", {"first@example.org"}}}, &out) == 1);
  CHECK(holds(out, "the last account that can administer"));
  CHECK(house.run({"user", "reinstate"}, {{"--email", {"m@example.org"}}}, &out) == 0);

  CHECK(house.run({"audit", "verify"}, {}, &out) == 0);
  CHECK(holds(out, "The audit is whole"));
  CHECK(house.run({"audit", "list"}, {{"--action", {"identity.suspend"}}, {"--limit", {"10"}}}, &out) == 0);
  CHECK(std::count(out.begin(), out.end(), '\n') == 1);
  CHECK(holds(out, "Suspended the account Manager (m@example.org)"));
  CHECK(house.run({"audit", "list"}, {{"--limit", {"many"}}}, &out) == 2);
  REQUIRE(house.database->write([](db::Transaction& t) -> Status {
    t.run({"test.drop", "DROP TRIGGER audit_entry_no_update"});
    t.run({"test.forge", "UPDATE audit_entry SET sentence = 'Nothing happened.' WHERE number = 2"});
    return {};
  }));
  CHECK(house.run({"audit", "verify"}, {}, &out) == 1);
  CHECK(holds(out, "2"));
}

TEST_CASE("the demonstration's accounts: posts, private file, the same passwords at every start") {
  House house;
  REQUIRE(house.wiring.demonstration.size() == 1);
  REQUIRE(house.wiring.demonstration[0]("unused"));
  const std::string path = identity::demonstration_sign_ins_path(house.folder.path());
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
  const auto read = [&] {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string first = read();
  REQUIRE(house.wiring.demonstration[0]("unused"));
  CHECK(read() == first);

  std::istringstream lines(first);
  int accounts = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line[0] == '#') continue;
    std::istringstream words(line);
    std::string email;
    std::string password;
    words >> email >> password;
    CAPTURE(email);
    CHECK(holds(email, "@demonstration.invalid"));
    CHECK(house.browser().sign_in(email, password).status == 303);
    house.clock.advance_milliseconds(1000);
    ++accounts;
  }
  CHECK(accounts == 11);
  CHECK(holds(first, "Partnership manager, North Worcestershire"));

  ::unlink(path.c_str());
  REQUIRE(house.wiring.demonstration[0]("unused"));
  CHECK(read() != first);
  std::istringstream again(read());
  std::string line;
  std::getline(again, line);
  std::string email;
  std::string password;
  again >> email >> password;
  CHECK(house.browser().sign_in(email, password).status == 303);
}

TEST_CASE(
    "a role's organisation is looked for in the register: one is taken, of several one is chosen, and what became of "
    "it is shown") {
  House house;
  house.service->name_organisations_with(
      {.of = [](std::string_view code) -> std::optional<identity::Organisation> {
         if (code == "leeds-csp") return identity::Organisation{"leeds-csp", "Leeds <Partnership>", "partnership", ""};
         if (code == "leeds-council")
           return identity::Organisation{"leeds-council", "Leeds Council", "council",
                                         "Leeds Council was split on 1 April 2020: no role passes on."};
         return std::nullopt;
       },
       .matching = [](std::string_view text) -> std::vector<identity::Organisation> {
         if (text != "Leeds") return {};
         return {{"leeds-csp", "Leeds <Partnership>", "partnership", ""},
                 {"leeds-council", "Leeds Council", "council", ""}};
       }});
  house.add("admin@example.org", Role::system_administrator);
  Browser admin = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  admin.get("/administration/accounts/new");
  const auto send = [&](const std::string& organisation, const std::string& body) {
    return admin.post("/administration/accounts", {{"name", "Post"},
                                                   {"email", "p@example.org"},
                                                   {"role", "partnership-manager"},
                                                   {"organisation", organisation},
                                                   {"body", body},
                                                   {"area", ""}});
  };
  const web::Answer asked = send("Leeds", "");
  CHECK(asked.status == 400);
  CHECK(holds(asked.body, "Choose which body of the register is meant by"));
  CHECK(holds(asked.body, "<option value=\"leeds-csp\">Leeds &lt;Partnership&gt; (partnership, leeds-csp)</option>"));
  CHECK(holds(asked.body, "<option value=\"=Leeds\">In words only</option>"));
  REQUIRE(send("Leeds", "leeds-council").status == 200);
  const std::string account = "/administration/accounts/2";
  const web::Answer shown = admin.get(account);
  CHECK(holds(shown.body, "Body of the register: leeds-council"));
  CHECK(holds(shown.body, "was split on 1 April 2020"));
  CHECK(holds(admin.get("/administration/accounts").body,
              "Partnership manager, Leeds Council: where its organisation is"));
  // Saved as it is shown, nothing changes; words are kept, and the bodies they could mean are offered.
  const auto save = [&](const std::string& version, const std::string& organisation, const std::string& body) {
    const std::string where = body.front() == '=' ? "everywhere" : "body";
    return admin
        .post(account, {{"version", version},
                        {"name", "Post"},
                        {"role", "partnership-manager"},
                        {"organisation", organisation},
                        {"body", body},
                        {"where", where},
                        {"area", ""}})
        .status;
  };
  CHECK(save("1", "Leeds Council", "leeds-council") == 303);
  CHECK(holds(admin.get(account).body, "Body of the register: leeds-council"));
  CHECK(save("2", "Leeds", "=Leeds") == 303);
  const web::Answer words = admin.get(account);
  CHECK(holds(words.body, "value=\"Leeds\""));
  CHECK(holds(words.body, "<option value=\"=Leeds\" selected>In words only</option>"));
  CHECK_FALSE(holds(words.body, "Choose a body"));
}

TEST_CASE("a role is for everywhere only where that was said, and an area is written by its name") {
  House house;
  // Areas made up for this test.
  house.service->find_areas_with([](Date) {
    static const std::vector<forms::Match> all = {{"E1", "North <Shire>", "force"}, {"E2", "North Town", "district"}};
    return forms::Finder{"area", "areas", "/areas/names",
                         [](std::string_view code) -> std::optional<forms::Match> {
                           for (const forms::Match& one : all)
                             if (one.code == code) return one;
                           return std::nullopt;
                         },
                         [](std::string_view text) {
                           std::vector<forms::Match> found;
                           for (const forms::Match& one : all)
                             if (one.name.find(text) != std::string::npos) found.push_back(one);
                           return found;
                         }};
  });
  house.service->name_areas_with([](std::string_view code) {
    return std::string(code == "E1" ? "North <Shire>" : code == "E2" ? "North Town" : "");
  });
  house.add("admin@example.org", Role::system_administrator);
  Browser admin = house.browser();
  admin.sign_in("admin@example.org", kPassword);
  CHECK(holds(admin.get("/administration/accounts/new").body, "Choose where it holds"));
  const auto send = [&](const std::string& where, const std::string& area, const std::string& is) {
    return admin.post("/administration/accounts", {{"name", "Post"},
                                                   {"email", "p@example.org"},
                                                   {"role", "partnership-manager"},
                                                   {"organisation", "A board in words"},
                                                   {"where", where},
                                                   {"area", area},
                                                   {"area-is", is}});
  };
  const auto refused = [&](const web::Answer& answer, const char* sentence) {
    CHECK(answer.status == 400);
    CHECK_MESSAGE(holds(answer.body, sentence), sentence);
    CHECK(holds(answer.body, "A board in words"));
  };
  refused(send("", "", ""), "Say where each role holds: everywhere, or only for an area.");
  refused(send("area", "", ""), "Enter the name of the area for which the role holds.");
  refused(send("everywhere", "North Town", ""), "or clear the area North Town.");
  refused(send("body", "", ""), "Name a body of the register as the organisation");
  refused(send("area", "Nowhere", ""), "No area is called");
  const web::Answer several = send("area", "North", "");
  refused(several, "Several areas could be meant by");
  CHECK(holds(several.body, "<option value=\"E1\">North &lt;Shire&gt; (force)</option>"));
  REQUIRE(send("area", "North", "E2").status == 200);
  const web::Answer shown = admin.get("/administration/accounts/2");
  CHECK(holds(shown.body, "value=\"North Town\""));
  CHECK(holds(shown.body, "<option value=\"area\" selected>Only for an area</option>"));
  CHECK(holds(admin.get("/administration/accounts").body, "North Town"));
  const auto save = [&](const std::string& version, const std::string& where, const std::string& area) {
    return admin
        .post("/administration/accounts/2", {{"version", version},
                                             {"name", "Post"},
                                             {"role", "partnership-manager"},
                                             {"organisation", "A board in words"},
                                             {"where", where},
                                             {"area", area}})
        .status;
  };
  CHECK(save("1", "", "") == 400);
  CHECK(save("1", "", "E1") == 303);  // a code still works
  CHECK(save("2", "everywhere", "") == 303);
  CHECK(holds(admin.get("/administration/audit").body, "for every area"));
}
