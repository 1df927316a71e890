// The house is built as architecture.txt says; and the test itself can say no.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "architecture/addresses.h"
#include "architecture/columns.h"
#include "architecture/one_way.h"
#include "architecture/rules.h"
#include "support/source_dir.h"

using namespace tithing::architecture;

namespace {

namespace fs = std::filesystem;

constexpr long kLinesToWarn = 600;
constexpr long kLinesToFail = 900;

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

const fs::path& root() {
  static const fs::path path = tithing::tests::source_dir();
  return path;
}

Files source_files() {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(root() / "src")) {
    const std::string extension = entry.path().extension().string();
    if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp"))
      files[fs::relative(entry.path(), root() / "src").string()] = read(entry.path());
  }
  return files;
}

bool said(const Names& complaints, const std::string& what) {
  return std::any_of(complaints.begin(), complaints.end(),
                     [&](const std::string& each) { return each.find(what) != std::string::npos; });
}

// An invented house of two platform folders and two slices.
constexpr const char* kPlan = R"(
folder base:
folder db: base
folder web: base db
folder slices/a: base db web
folder slices/b: base db web slices/a
layer domain: base layer:domain faces
layer store: base db layer:domain layer:store
layer commands: base db layer:domain layer:store layer:commands faces
layer edge: base web layer:domain layer:commands layer:edge faces
layer face: base
in store: store
in commands: commands
in edge: pages b/view
face slices/a: ids.h
library sqlite3.h: db/*.cpp
library boost/: web/server.cpp
system: unistd.h
heavy: regex chrono
heavy-in chrono: base/clock.h
test-only: db/sample_*.h
)";

Names check(Files files) {
  for (const char* header : {"base/text.h", "db/db.h", "web/web.h", "slices/a/a.h", "slices/a/ids.h",
                             "slices/a/store.h", "slices/a/domain.h", "slices/b/b.h"}) {
    files.emplace(header, "");
  }
  const Plan plan = parse_plan(kPlan);
  REQUIRE(plan.complaints.empty());
  return check_includes(plan, files);
}

}  // namespace

TEST_CASE("every include of src is an edge that architecture.txt allows") {
  const Plan plan = parse_plan(read(root() / "architecture.txt"));
  for (const std::string& complaint : plan.complaints) FAIL_CHECK(complaint);
  const Files files = source_files();
  REQUIRE(files.size() > 50);
  for (const std::string& complaint : check_includes(plan, files)) FAIL_CHECK(complaint);
  CHECK(find_circle(plan) == "");
}

TEST_CASE("no test builds what tests/support has") {
  const Names stays = {
      "src/web/pipeline_test.cpp",       // the pipeline beneath the house: sessions that fail, sites without slices
      "src/web/queued_test.cpp",         // the same: a queue that is the test's own
      "src/app/long_work_test.cpp",      // the same, on a socket, with one worker and as many accounts as it takes
      "src/db/migrations_test.cpp",      // how a list of migrations is applied
      "src/commands/change_test.cpp",    // below the slices, with a table of its own
      "src/commands/move_test.cpp",      // the same
      "tests/security/guards.h",         // a walk over every route without a store
      "tests/security/accounts_house.h"  // the sessions that people have, by signing in
  };
  Files files;
  for (const char* folder : {"src", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
      const std::string extension = entry.path().extension().string();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
      files[fs::relative(entry.path(), root()).string()] = read(entry.path());
    }
  }
  for (const std::string& complaint : find_scaffolding(files, stays)) FAIL_CHECK(complaint);
}

TEST_CASE("scaffolding of a test's own is found, and so is a reason that has gone") {
  const std::string sessions = "struct Sessions : web::SessionSource {};\n",
                    migrations = "auto all = db::audit_migrations();\n";
  CHECK(said(find_scaffolding({{"src/slices/a/pages_test.cpp", sessions}}, {}), "a source of sessions"));
  CHECK(said(find_scaffolding({{"src/slices/a/house_for_tests.h", "site.emplace(web::SiteParts{});"}}, {}), "a site"));
  CHECK(said(find_scaffolding({{"tests/security/b.cpp", migrations}}, {}), "a list of migrations"));
  CHECK(find_scaffolding({{"src/web/session.h", sessions}, {"tests/support/house.h", sessions}}, {}).empty());
  CHECK(find_scaffolding({{"src/web/pipeline_test.cpp", sessions}}, {"src/web/pipeline_test.cpp"}).empty());
  CHECK(said(find_scaffolding({{"src/web/pipeline_test.cpp", ""}}, {"src/web/pipeline_test.cpp"}), "any more"));
}

TEST_CASE("no room spells the address of another, but where a reason is given") {
  const std::map<std::string, std::string> stays = {
      {"/grounds.cpp",
       "rules on values that have no site map: the paper of a table that was printed, in the bodies' room"},
      {"slices/sources/store.cpp", "the page of a file, named here for every room; evidence has its route"},
  };
  for (const std::string& complaint : check_addresses(source_files(), stays)) FAIL_CHECK("src/" << complaint);
}

TEST_CASE("an address of another room is found") {
  const Files rooms = {
      {"slices/a/slice.cpp", "router.get(\"/areas\", x); wiring.router.get(\"/areas/:code\", x);"},
      {"slices/b/pages.cpp", "router.get(\"/areas/:code/crime\", x); site.address(\"b\", \"/bees?area={}\");"}};
  const auto spelled = [&](const std::string& path, const std::string& text,
                           const std::map<std::string, std::string>& stays = {}) {
    Files files = rooms;
    files[path] = text;
    return check_addresses(files, stays);
  };
  CHECK(
      spelled("slices/a/pages.cpp", "Url(\"/areas\"); Url::path(\"/areas/{}?as-at=1\", {x}); \"/originals\"").empty());
  CHECK(spelled("slices/b/more.cpp", "base = \"/areas/\" + code + \"/crime\"; \"/areas/{}/crime/lsoas\"").empty());
  CHECK(said(spelled("slices/a/pages.cpp", "Url::path(\"/areas/{}/crime\", {x})"), "an address of slices/b"));
  CHECK(said(spelled("slices/a/pages.cpp", "Url::path(\"/areas/{}/crime/lsoas\", {x})"), "an address of slices/b"));
  CHECK(said(spelled("slices/b/more.cpp", "Url::path(\"/areas/{}\", {x})"), "an address of slices/a"));
  CHECK(said(spelled("slices/b/more.cpp", "Url(\"/areas\")"), "an address of slices/a"));
  CHECK(said(spelled("slices/c/pages.cpp", "url = \"/bees?area=\" + code"), "an address of slices/b"));
  CHECK(said(spelled("desks/d/desk.cpp", "url = \"/areas/\" + code"), "an address of slices/"));
  CHECK(spelled("slices/c/pages.cpp", "wiring.site.at(\"b\", {x}); site.has(\"b\"); {.address = \"b\"}").empty());
  for (const char* asks : {"context.site().at(\"c\")", "site.has(\"c\")", "line({.place = 1, .address = \"c\"})"})
    CHECK(said(spelled("slices/c/pages.cpp", asks), "the address c, which no room gives"));
  CHECK(spelled("slices/c/pages_test.cpp", "\"/areas\"").empty());
  CHECK(spelled("slices/c/domain.h", "int x;  // \"/areas/3\"").empty());
  CHECK(spelled("slices/c/pages.cpp", "\"/areas\"", {{"slices/c/pages.cpp", "a reason"}}).empty());
  CHECK(said(spelled("slices/c/pages.cpp", "", {{"slices/c/pages.cpp", "a reason"}}), "any more"));
}

TEST_CASE("columns are read by name, but where a reason is given") {
  // Path below src/ -> why its columns are counted. A path that needs no exception fails.
  const ByPlace by_place = {};
  for (const std::string& complaint : check_columns(source_files(), by_place)) FAIL_CHECK("src/" << complaint);
}

TEST_CASE("columns that are counted are found") {
  const auto complaints = [](const std::string& text, const ByPlace& by_place = {}) {
    return check_columns({{"slices/a/store.cpp", text}}, by_place);
  };
  CHECK(complaints("out.title = row.text(\"title\");\n").empty());
  CHECK(complaints("std::optional<Date> day(const db::Row& row, std::string_view column);\n").empty());
  CHECK(complaints("number.text(places); duration_text(3); text(1);\n").empty());
  for (const char* read : {"is_null", "integer", "flag", "real", "text", "blob", "maybe_integer", "maybe_text"}) {
    CHECK(said(complaints("\n\nx = row." + std::string(read) + "(0);\n"),
               "slices/a/store.cpp:3: ." + std::string(read) + "(0)"));
  }
  CHECK(said(complaints("x = answer->text( 12 );"), "store.cpp:1"));
  CHECK(said(complaints("x = row.text(\n  12);"), "store.cpp:1"));
  CHECK(said(complaints("std::optional<Date> day(const db::Row& row, int column) {"), "counts columns"));
  CHECK(complaints("x = row.text(0);", {{"slices/a/store.cpp", "millions of rows"}}).empty());
  CHECK(said(complaints("x = row.text(0);", {{"slices/a/store.cpp", ""}}), "without a reason"));
  CHECK(said(complaints("", {{"slices/a/store.cpp", "millions of rows"}}), "needs no exception"));
  CHECK(said(complaints("", {{"slices/a/gone.cpp", "millions of rows"}}), "is not there"));
  CHECK(check_columns({{"db/catalogue.cpp", "x = row.text(0);"}}, {}).empty());
}

TEST_CASE("what changes something goes one way") {
  const ByPlace exceptions = {};  // path below src/ -> why it has another way
  for (const std::string& complaint : check_one_way(source_files(), exceptions)) FAIL_CHECK("src/" << complaint);
}

TEST_CASE("another way is found, and so is an exception that has had its day") {
  const auto complaints = [](const char* path, const std::string& text, const ByPlace& exceptions = {}) {
    return check_one_way({{path, text}}, exceptions);
  };
  CHECK(said(complaints("slices/a/commands.cpp", "db::append_audit (transaction, now, {});"), "audit by hand"));
  CHECK(said(complaints("slices/a/commands.cpp", "commands::Core::write_audit(transaction, doing, note, {});"),
             "audit by hand"));
  CHECK(said(complaints("slices/a/commands.h", "struct Doing {\n"), "a context of its own"));
  CHECK(said(complaints("slices/a/commands.h", "struct Environment{"), "a context of its own"));
  CHECK(said(complaints("slices/a/store.cpp", "if (old) return stale();"), "records::overtaken"));
  CHECK(complaints("commands/change.cpp", "db::append_audit(transaction, now, {});").empty());
  CHECK(complaints("slices/a/commands_test.cpp", "db::append_audit(transaction, now, {});").empty());
  CHECK(complaints("slices/a/commands.cpp", "struct Visit : commands::Doing {};").empty());
  CHECK(complaints("slices/a/commands.h", "struct Doing : commands::Doing {").empty());
  CHECK(complaints("slices/a/commands.cpp", "struct Doing {", {{"slices/a/commands.cpp", "a reason"}}).empty());
  CHECK(
      said(complaints("slices/a/commands.cpp", "struct Doing {", {{"slices/a/commands.cpp", ""}}), "without a reason"));
  CHECK(said(complaints("slices/a/commands.cpp", "", {{"slices/a/commands.cpp", "a reason"}}), "needs no exception"));
  CHECK(said(complaints("slices/a/commands.cpp", "", {{"slices/a/gone.cpp", "a reason"}}), "is not there"));
}

TEST_CASE("no source file is longer than a room") {
  for (const auto& [path, text] : source_files()) {
    const long lines = std::count(text.begin(), text.end(), '\n');
    if (lines > kLinesToFail) {
      FAIL_CHECK("src/" << path << " has " << lines << " lines: it is two rooms");
    } else if (lines > kLinesToWarn) {
      MESSAGE("src/" << path << " has " << lines << " lines and asks to be two rooms");
    }
  }
}

TEST_CASE("nothing is left to be done, and no path of one machine is in the project") {
  const std::string words[] = {std::string("TO") + "DO", std::string("FIX") + "ME", std::string("/wo") + "rk/",
                               std::string("/ho") + "me/", std::string("/tmp") + "/w/"};
  for (const char* folder : {"src", "cmake", "assets", "bench", "tests", "docs", "po"}) {
    if (!fs::exists(root() / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
      if (!entry.is_regular_file() || entry.path().string().find("/testdata/") != std::string::npos) continue;
      const std::string text = read(entry.path());
      if (text.find('\0') != std::string::npos) continue;  // not a text
      for (const std::string& word : words) {
        if (text.find(word) != std::string::npos)
          FAIL_CHECK(fs::relative(entry.path(), root()).string() << " holds the word " << word);
      }
    }
  }
}

TEST_CASE("a house in order has nothing to complain of") {
  CHECK(
      check({{"db/sqlite.cpp",
              "#include \"db/db.h\"\n#include <sqlite3.h>\n#include <unistd.h>\n#include <vector>\n#include <regex>\n"},
             {"base/clock.h", "#include <chrono>\n"},
             {"slices/b/domain.cpp", "#include \"slices/a/ids.h\"\n#include \"base/text.h\"\n"},
             {"slices/b/store_rows.cpp", "#include \"db/db.h\"\n"},
             {"slices/b/pages_more.cpp", "#include \"web/web.h\"\n#include \"slices/a/a.h\"\n"},
             {"slices/b/view.cpp", "#include \"web/web.h\"\n"},
             {"slices/a/store.cpp", "#include \"a_migrations.h\"\n"},
             {"db/sample_rows.h", "#include <regex>\n#include \"web/web.h\"\n"},
             {"slices/b/pages_test.cpp", "#include \"slices/a/store.h\"\n"}})
          .empty());
}

TEST_CASE("what every room may use needs no line, and nothing else is in it") {
  const Plan plan = parse_plan(
      "folder base:\nfolder web: base\nfolder maps: base\nfolder slices/a: maps\nfolder app: slices/*\nrooms: base "
      "web\n"
      "layer domain: base maps layer:domain\nlayer edge: base web maps layer:edge\nlayer face: base\nin edge: pages\n");
  REQUIRE(plan.complaints.empty());
  const Files headers = {
      {"base/text.h", ""}, {"web/web.h", ""}, {"maps/map.h", ""}, {"slices/a/a.h", ""}, {"slices/new/new.h", ""}};
  const auto complaints = [&](const std::string& path, const std::string& header) {
    Files files = headers;
    files[path] = "#include \"" + header + "\"\n";
    return check_includes(plan, files).size();
  };
  CHECK(complaints("slices/new/pages.cpp", "web/web.h") == 0);
  CHECK(complaints("slices/new/pages.cpp", "maps/map.h") == 1);
  CHECK(complaints("slices/new/pages.cpp", "slices/a/a.h") == 1);
  CHECK(complaints("slices/a/pages.cpp", "maps/map.h") == 0);
  CHECK(complaints("app/slices.cpp", "slices/new/new.h") == 0);
  CHECK(complaints("app/slices.cpp", "maps/map.h") == 1);
  CHECK(complaints("other/new.cpp", "base/text.h") == 1);  // no room, and without a line
}

TEST_CASE("edges between folders that are not allowed are found") {
  CHECK(said(check({{"base/text.cpp", "#include \"db/db.h\"\n"}}), "base may not use db"));
  CHECK(said(check({{"web/web.cpp", "  #  include \"slices/a/a.h\"\n"}}), "web may not use slices/a"));
  CHECK(said(check({{"slices/a/commands.cpp", "#include \"slices/b/b.h\"\n"}}), "slices/a may not use slices/b"));
  CHECK(said(check({{"slices/b/commands.cpp", "#include \"slices/a/store.h\"\n"}}),
             "not of the public face of slices/a"));
  CHECK(said(check({{"db/sqlite.cpp", "#include \"db/sample_rows.h\"\n"}, {"db/sample_rows.h", ""}}),
             "which is for tests"));
  CHECK(said(check({{"mail/mail.cpp", ""}}), "has no line"));
  CHECK(said(check({{"base/text.cpp", "#include \"base/none.h\"\n"}}), "not in src/"));
  CHECK(said(check({{"base/text.cpp", "#include \"text.h\"\n"}}), "no path from src/"));
}

TEST_CASE("the corners of a slice are kept apart") {
  CHECK(said(check({{"slices/b/domain.cpp", "#include \"db/db.h\"\n"}}), "layer domain"));
  CHECK(
      said(check({{"slices/b/helper.cpp", "#include \"web/web.h\"\n"}}), "layer domain"));  // what is not named is pure
  CHECK(said(check({{"slices/a/domain.cpp", "#include \"slices/a/store.h\"\n"}}), "layer:store"));
  CHECK(said(check({{"slices/b/store.cpp", "#include \"slices/a/a.h\"\n"}}), "layer store"));
  CHECK(said(check({{"slices/b/commands.cpp", "#include \"web/web.h\"\n"}}), "layer commands"));
  CHECK(said(check({{"slices/b/pages.cpp", "#include \"db/db.h\"\n"}}), "layer edge"));
  CHECK(said(check({{"slices/a/ids.h", "#include \"db/db.h\"\n"}}), "layer face"));
}

TEST_CASE("libraries stay behind their files, and headers stay light") {
  CHECK(said(check({{"web/web.cpp", "#include <sqlite3.h>\n"}}), "belongs in other files"));
  CHECK(said(check({{"db/db.h", "#include <sqlite3.h>\n"}}), "belongs in other files"));
  CHECK(said(check({{"web/web.cpp", "#include <boost/asio.hpp>\n"}}), "belongs in other files"));
  CHECK(check({{"web/server.cpp", "#include <boost/asio.hpp>\n"}}).empty());
  CHECK(said(check({{"base/text.cpp", "#include <fmt/core.h>\n"}}), "does not name"));
  CHECK(said(check({{"base/text.h", "#include <regex>\n"}}), "slow to compile"));
  CHECK(said(check({{"db/db.h", "#include <chrono>\n"}}), "slow to compile"));
  CHECK(said(check({{"db/db.h", "#include <unistd.h>\n"}}), "operating system"));
}

TEST_CASE("a plan that cannot be read, and circles, are found") {
  CHECK(said(parse_plan("folder a\n").complaints, "line 1: not a rule"));
  CHECK(said(parse_plan("# note\nhouse a: b\n").complaints, "line 2: not a rule: house"));
  CHECK(said(parse_plan("folder a: b\n").complaints, "which has no line"));
  CHECK(find_circle(parse_plan("folder a: b\nfolder b: c\nfolder c: b\n")) == "b -> c -> b");
  CHECK(find_circle(parse_plan("folder a: b c\nfolder b: c\nfolder c:\n")) == "");
}

TEST_CASE("a star stands for anything within a folder") {
  CHECK(matches("db/*.cpp", "db/sqlite.cpp"));
  CHECK_FALSE(matches("db/*.cpp", "db/deep/sqlite.cpp"));
  CHECK_FALSE(matches("db/*.cpp", "db/sqlite.h"));
  CHECK(matches("a/b", "a/b"));
  CHECK_FALSE(matches("a/b", "a/bc"));
}
