#include <archive.h>
#include <archive_entry.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "base/hash.h"
#include "slices/evidence/test_support.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

void for_each_world(const std::function<void(World&)>& test) {
  test::for_each_engine(all_migrations(), [&](db::Database& database) {
    World world(database);
    test(world);
  });
}

std::string problem_of(const Result<ImportReport>& report) { return report ? "" : report.error().message; }
bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// A zip archive with these members.
std::string make_zip(const std::string& path, const std::vector<std::pair<std::string, std::string>>& members) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  struct archive* zip = archive_write_new();
  archive_write_set_format_zip(zip);
  REQUIRE(archive_write_open_filename(zip, path.c_str()) == ARCHIVE_OK);
  for (const auto& [name, text] : members) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(zip, entry);
    archive_write_data(zip, text.data(), text.size());
    archive_entry_free(entry);
  }
  archive_write_close(zip);
  archive_write_free(zip);
  return path;
}

std::string month_of(const std::string& month, int rows, const std::string& force = "Surrey Police") {
  std::string text = kHeading;
  for (int i = 0; i < rows; ++i)
    text += row("id" + month + std::to_string(i), month, force, "E01030" + std::to_string(100 + i % 50),
                i % 3 ? "Burglary" : "Drugs");
  return text;
}

std::vector<std::pair<std::string, std::string>> year_of_surrey(int rows) {
  std::vector<std::pair<std::string, std::string>> members;
  for (int month = 1; month <= 12; ++month) {
    const std::string iso = Month::from_ym(2022, month).iso();
    members.emplace_back(iso + "/" + iso + "-surrey-street.csv", month_of(iso, rows));
  }
  return members;
}

// Nothing of an import is to be seen, in the store or in the folder.
void check_untouched(World& world) {
  CHECK(world.publications().empty());
  CHECK(world.version().empty());
  std::int64_t sources_seen = 0, imports = 0;
  world.database.read([&](db::Connection& connection) {
    sources_seen = sources::count(connection, "");
    imports = store::count_imports(connection);
  });
  CHECK(sources_seen == 0);
  CHECK(imports == 0);
  for (const std::string& file : files_below(world.folder.path() + "/data")) {
    CAPTURE(file);
    CHECK(file.ends_with("import.lock"));
  }
}

}  // namespace

TEST_CASE("both publications of Surrey: the later one counts, the former is kept, the difference is shown") {
  for_each_world([](World& world) {
    const std::string early = kFolder + "2022-11-surrey-street.early-publication.csv";
    const std::string later = kFolder + "2022-11-surrey-street.later-publication.csv";
    const ImportReport first = world.import_well({early});
    CHECK(first.accepted == 7331);
    CHECK(first.refused == 0);
    const std::string version = world.version();

    SUBCASE("the same file twice changes nothing and says so") {
      const ImportReport again = world.import_well({early});
      CHECK(again.id == 0);
      CHECK(again.passed_over.size() == 1);
      CHECK(contains(again.sentence, "Nothing was changed"));
      CHECK(world.version() == version);
      CHECK(world.publications().size() == 1);
    }
    const ImportReport second = world.import_well({later});
    CHECK(second.files.at(0).outcome == "replaces");
    CHECK(world.version() != version);
    const std::vector<store::PublicationRow> rows = world.publications();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].publication.state == PublicationState::superseded);
    CHECK(rows[1].publication.state == PublicationState::counts);
    CHECK(rows[1].replaces == rows[0].publication.id);
    CHECK(world.counted() == 7331);
    CHECK(world.data.originals().has(rows[0].publication.sha256));
    std::vector<TypeDifference> differences;
    world.database.read(
        [&](db::Connection& connection) { differences = store::differences(connection, rows[1].publication.id); });
    // Counted apart from the program, with the two files side by side.
    std::int64_t outcomes = 0, added = 0, removed = 0, otherwise = 0;
    for (const TypeDifference& difference : differences) {
      outcomes += difference.other_outcome;
      added += difference.added;
      removed += difference.removed;
      otherwise += difference.otherwise_changed;
    }
    CHECK(added == 0);
    CHECK(removed == 0);
    CHECK(outcomes == 1133);
    CHECK(otherwise == 0);
    // What was replaced is known: given again it does not come back.
    const ImportReport third = world.import_well({early});
    CHECK(third.id == 0);
    CHECK(world.publications().size() == 2);
  });
}

TEST_CASE("both publications in one import: the order in which they are given decides") {
  for_each_world([](World& world) {
    const ImportReport report = world.import_well({kFolder + "2022-11-surrey-street.early-publication.csv",
                                                   kFolder + "2022-11-surrey-street.later-publication.csv"});
    CHECK(report.files.at(0).outcome == "new");
    CHECK(report.files.at(1).outcome == "replaces");
    CHECK(world.counted() == 7331);
  });
}

TEST_CASE("all 47 quirk rows are imported, as an extract that any whole file replaces") {
  for_each_world([](World& world) {
    const ImportReport report = world.import_well({kFolder + "quirk_rows.csv"});
    CHECK(report.accepted == 47);
    CHECK(report.refused == 0);
    CHECK(report.files.at(0).outcome == "new");
    CHECK(world.publications().size() == 12);
    CHECK(world.counted() == 47);

    const ImportReport whole = world.import_well({kFolder + "2022-08-greater-manchester-street.csv"});
    CHECK(whole.files.at(0).outcome == "replaces");
    CHECK(world.counted() == 47);  // 14 rows of the extract went, 14 of the file came
    // An extract never takes the place of a whole file.
    const ImportReport late = world.import_well({world.given(
        "mine.csv",
        read_file(kFolder + "quirk_rows.csv") +
            "x,y,1,,2022-08,Greater Manchester Police,Greater Manchester Police,,,No Location,,,Drugs,,\n")});
    CHECK(late.files.at(0).outcome == "set-aside");
    CHECK(world.counted() == 47);
  });
}

TEST_CASE("an archive, a folder and a CSV: the same months, the same version; what is no street file is named") {
  for_each_world([](World& world) {
    auto members = year_of_surrey(40);
    members.emplace_back("2022-01/2022-01-surrey-outcomes.csv", "not looked at");
    members.emplace_back("2022-01/2022-01-surrey-stop-and-search.csv", "not looked at");
    members.emplace_back("../../etc/passwd", "nothing");
    const std::string zip = make_zip(world.folder.path() + "/given/2022-12.zip", members);
    const ImportReport report = world.import_well({zip});
    CHECK(report.accepted == 12 * 40);
    CHECK(contains(report.sentence,
                   "Imported 12 files of Surrey Police, January to December 2022: 480 rows accepted, 0 refused."));
    CHECK(contains(report.sentence, "3 files are of another kind and not used."));
    const std::string version = world.version();
    const std::string cube = sha256(read_file(world.cube_file()));

    const ImportReport again = world.import_well({zip});
    CHECK(again.id == 0);
    // The same files unpacked, one of them changed.
    for (const auto& [name, text] : year_of_surrey(40)) write_file(world.folder.path() + "/unpacked/" + name, text);
    const ImportReport unpacked = world.import_well({world.folder.path() + "/unpacked"});
    CHECK(unpacked.id == 0);
    CHECK(unpacked.passed_over.size() == 12);
    CHECK(world.version() == version);
    write_file(world.folder.path() + "/unpacked/2022-03/2022-03-surrey-street.csv", month_of("2022-03", 44));
    const ImportReport changed = world.import_well({world.folder.path() + "/unpacked"});
    CHECK(changed.files.size() == 1);
    CHECK(changed.files.at(0).outcome == "replaces");
    CHECK(contains(changed.files.at(0).sentence, "4 rows added, 0 removed"));
    CHECK(world.version() != version);

    // Rebuilding from the originals gives the same bytes.
    const std::string cube_now = sha256(read_file(world.cube_file()));
    CHECK(cube_now != cube);
    for (const std::string& file : files_below(world.data.folder() + "/segments")) std::filesystem::remove(file);
    std::filesystem::remove(world.cube_file());
    const Result<std::string> rebuilt = rebuild(world.doing(), world.holdings, nullptr);
    REQUIRE_MESSAGE(rebuilt.has_value(), (rebuilt ? "" : rebuilt.error().message));
    CHECK(sha256(read_file(world.cube_file())) == cube_now);
    CHECK(verify(world.holdings).has_value());

    SUBCASE("a damaged cube and a damaged segment are found") {
      std::string bytes = read_file(world.cube_file());
      bytes[bytes.size() - 5] ^= 1;
      write_file(world.cube_file(), bytes);
      const Result<std::string> found = verify(world.holdings);
      REQUIRE_FALSE(found);
      CHECK(contains(found.error().message, "cube is damaged"));
      REQUIRE(rebuild(world.doing(), world.holdings, nullptr));
      CHECK(verify(world.holdings).has_value());
      const std::string segment = files_below(world.data.folder() + "/segments").front();
      bytes = read_file(segment);
      bytes[bytes.size() - 1] ^= 1;
      write_file(segment, bytes);
      CHECK_FALSE(verify(world.holdings));
      REQUIRE(rebuild(world.doing(), world.holdings, nullptr));
      CHECK(verify(world.holdings).has_value());
    }
    SUBCASE("an original that was changed is found") {
      const std::string original = world.data.originals().path_of(world.publications().front().archive_sha256);
      std::filesystem::permissions(original, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
      std::string bytes = read_file(original);
      bytes[100] ^= 1;
      write_file(original, bytes);
      CHECK_FALSE(verify(world.holdings));
    }
  });
}

TEST_CASE("a month with a file that cannot be read, beside others, is recorded as malformed") {
  for_each_world([](World& world) {
    auto members = year_of_surrey(10);
    members[4].second = "Crime ID,Month\nx,2022-05\n";
    const ImportReport report = world.import_well({make_zip(world.folder.path() + "/given/a.zip", members)});
    CHECK(report.accepted == 110);
    CHECK(contains(report.sentence, "1 file could not be read"));
    int malformed = 0;
    for (const store::PublicationRow& p : world.publications()) {
      if (p.publication.state != PublicationState::malformed) continue;
      ++malformed;
      CHECK(p.publication.month.iso() == "2022-05");
      CHECK(contains(p.problem, "has no column"));
    }
    CHECK(malformed == 1);
    CHECK(world.import_well({world.given("2022-05-surrey-street.csv", month_of("2022-05", 10))}).files.at(0).outcome ==
          "new");
    CHECK(world.counted() == 120);
  });
}

TEST_CASE("refused rows are kept with their line, reason and text") {
  for_each_world([](World& world) {
    const std::string text =
        month_of("2022-01", 3) + "only,three,columns\n" + row("x", "2022-02", "Surrey Police", "E01030100", "Drugs");
    const ImportReport report = world.import_well({world.given("2022-01-surrey-street.csv", text)});
    CHECK(report.accepted == 3);
    CHECK(report.refused == 2);
    std::vector<sources::RefusedRow> refused;
    world.database.read([&](db::Connection& connection) {
      sources::each_refused_row(connection, sources::SourceFileId{report.files.at(0).source_file},
                                [&](const sources::RefusedRow& r) { refused.push_back(r); });
    });
    REQUIRE(refused.size() == 2);
    CHECK(refused[0].line == 5);
    CHECK(refused[0].text == "only,three,columns");
    CHECK(contains(refused[1].reason, "not the file's month"));
  });
}

TEST_CASE("wrong input: a clear sentence, and the store as it was") {
  for_each_world([](World& world) {
    const std::string zip = make_zip(world.folder.path() + "/whole.zip", year_of_surrey(200));
    const std::string bytes = read_file(zip);
    std::string without = month_of("2022-01", 5);
    without.replace(without.find("Crime type"), 10, "Crime kind");
    struct Case {
      std::string path;
      const char* sentence;
    };
    std::vector<Case> cases = {
        {world.folder.path() + "/nothing.zip", "There is no file or folder"},
        {world.given("truncated.zip", bytes.substr(0, bytes.size() / 2)), "cut off or damaged"},
        {world.given("text.zip", "this is no archive"), "cut off or damaged"},
        {world.given("2022-01-surrey-street.csv", without), "has no column \"Crime type\""},
        {world.given("wide/2022-01-surrey-street.csv", std::string("\xFF\xFE"
                                                                   "C\0r\0",
                                                                   6)),
         "UTF-16"},
        {world.given("empty/2022-01-surrey-street.csv", ""), "is empty"},
        {world.given("heading/2022-01-surrey-street.csv", kHeading), "a heading and no rows"},
        {make_zip(world.folder.path() + "/bomb.zip",
                  {{"2022-01/2022-01-surrey-street.csv", std::string(200'000'000, 'x')}}),
         "60 times its size"},
    };
    std::filesystem::create_directories(world.folder.path() + "/bare");
    cases.push_back({world.folder.path() + "/bare", "holds no CSV file"});
    cases.push_back({world.given("2022-01-surrey-outcomes.csv", "x"),
                     "2022-01-surrey-outcomes.csv is an outcomes file, which is not used."});
    for (const Case& c : cases) {
      CAPTURE(c.path);
      const Result<ImportReport> report = world.import({c.path});
      CHECK(contains(problem_of(report), c.sentence));
      check_untouched(world);
    }
    CHECK(contains(problem_of(import_police(world.doing(Actor::nobody()), world.holdings, {zip}, nullptr)), ""));
    CHECK_FALSE(import_police(world.doing(Actor::nobody()), world.holdings, {zip}, nullptr));
    check_untouched(world);
    // Stopping it on the way.
    CHECK_FALSE(import_police(world.doing(), world.holdings, {zip},
                              [](std::int64_t, std::int64_t, const std::string&) { return false; }));
    check_untouched(world);
  });
}

TEST_CASE("an archive that says it is small but is not is stopped while it is unpacked") {
  for_each_world([](World& world) {
    // The size in the directory is what the listing goes by: lie about it.
    const std::string path =
        make_zip(world.folder.path() + "/liar.zip",
                 {{"2022-01/2022-01-surrey-street.csv", kHeading + std::string(150'000'000, '\n')}});
    std::string bytes = read_file(path);
    const std::size_t entry = bytes.rfind("PK\x01\x02");
    REQUIRE(entry != std::string::npos);
    const std::uint32_t small = 1000;
    std::memcpy(bytes.data() + entry + 24, &small, 4);
    write_file(path, bytes);
    CHECK_FALSE(world.import({path}));
    check_untouched(world);
  });
}

TEST_CASE("a full disk at any stage: a sentence, and the store as it was") {
  test::for_each_location([](const db::Configuration& configuration) {
    {
      auto database = db::Database::open(configuration);
      REQUIRE(database);
      REQUIRE(db::migrate(**database, all_migrations()));
    }
    test::TemporaryFolder folder;
    const std::string zip = make_zip(folder.path() + "/given.zip", year_of_surrey(3000));
    const auto size = static_cast<rlim_t>(std::filesystem::file_size(zip));
    // Too small for the original; for a segment; for the cube.
    for (const rlim_t limit : {size / 2, static_cast<rlim_t>(2000)}) {
      const pid_t child = ::fork();
      if (child == 0) {
        auto database = db::Database::open(configuration);
        if (!database) _exit(10);
        const DataFolder data(folder.path() + "/data");
        const SystemClock clock;
        const PermissionTable permissions;
        const struct rlimit most { limit, limit };
        ::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &most);
        const Holdings holdings{**database, clock, data};
        const Result<ImportReport> report =
            import_police(doing_of(holdings, Actor::command_line(permissions)), holdings, {zip}, nullptr);
        if (report) _exit(11);
        _exit(contains(report.error().message, "disk is full") ? 0 : 12);
      }
      int status = 0;
      ::waitpid(child, &status, 0);
      CHECK(WIFEXITED(status));
      CHECK(WEXITSTATUS(status) == 0);
      auto database = db::Database::open(configuration);
      REQUIRE(database);
      std::int64_t rows = -1;
      (*database)->read([&](db::Connection& connection) {
        rows = static_cast<std::int64_t>(store::publications(connection).size());
      });
      CHECK(rows == 0);
      for (const std::string& file : files_below(folder.path() + "/data"))
        CHECK_MESSAGE(file.ends_with("import.lock"), file);
    }
  });
}

TEST_CASE("an import killed at any moment leaves the store as it was, and the next start clears up") {
  test::for_each_location([](const db::Configuration& configuration) {
    {
      auto database = db::Database::open(configuration);
      REQUIRE(database);
      REQUIRE(db::migrate(**database, all_migrations()));
    }
    test::TemporaryFolder folder;
    const std::string zip = make_zip(folder.path() + "/given.zip", year_of_surrey(4000));
    int nothing = 0, everything = 0;
    // Killed by itself at the n-th report of progress, then from outside after some time.
    for (int point = 0; point < 14; ++point) {
      const pid_t child = ::fork();
      if (child == 0) {
        auto database = db::Database::open(configuration);
        if (!database) _exit(10);
        const DataFolder data(folder.path() + "/data");
        const SystemClock clock;
        const PermissionTable permissions;
        const Holdings holdings{**database, clock, data};
        int calls = 0;
        (void)import_police(doing_of(holdings, Actor::command_line(permissions)), holdings, {zip},
                            [&](std::int64_t, std::int64_t of, const std::string&) {
                              if (point < 5 && calls++ == point) ::kill(::getpid(), SIGKILL);
                              if (point == 5 && of == 0) ::kill(::getpid(), SIGKILL);  // just before the transaction
                              return true;
                            });
        _exit(0);
      }
      if (point > 5) {
        ::usleep(static_cast<useconds_t>(point - 5) * 40'000);
        ::kill(child, SIGKILL);
      }
      int status = 0;
      ::waitpid(child, &status, 0);
      auto database = db::Database::open(configuration);
      REQUIRE(database);
      const DataFolder data(folder.path() + "/data");
      const SystemClock clock;
      const Holdings holdings{**database, clock, data};
      REQUIRE(clear_leftovers(holdings));
      std::size_t rows = 0;
      (*database)->read([&](db::Connection& connection) { rows = store::publications(connection).size(); });
      if (rows == 0) {
        ++nothing;
        for (const std::string& file : files_below(folder.path() + "/data"))
          CHECK_MESSAGE(file.ends_with("import.lock"), file);
      } else {
        ++everything;
        CHECK(rows == 12);
        CHECK(verify(holdings).has_value());
        break;  // it came through
      }
    }
    CHECK(nothing >= 6);
    // And it can be done after all.
    auto database = db::Database::open(configuration);
    const DataFolder data(folder.path() + "/data");
    const SystemClock clock;
    const PermissionTable permissions;
    const Holdings holdings{**database, clock, data};
    const Result<ImportReport> report =
        import_police(doing_of(holdings, Actor::command_line(permissions)), holdings, {zip}, nullptr);
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    CHECK((everything == 1 ? report->passed_over.size() == 1 : report->accepted == 48'000));
    CHECK(verify(holdings).has_value());
  });
}

TEST_CASE("every import is in the audit") {
  for_each_world([](World& world) {
    (void)world.import_well({world.given("2022-01-surrey-street.csv", month_of("2022-01", 3))});
    std::vector<db::AuditRow> entries;
    world.database.read(
        [&](db::Connection& connection) { entries = db::read_audit(connection, "evidence.", "", 10, 0); });
    REQUIRE(entries.size() == 1);
    CHECK(entries[0].entry.actor == "command line");
    CHECK(contains(entries[0].entry.sentence,
                   "Imported 1 file of Surrey Police, January 2022: 3 rows accepted, 0 refused."));
  });
}
