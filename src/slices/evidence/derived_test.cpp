// Bits that are not what they were: no number comes of a derived file that is damaged.
#include "slices/evidence/commands_derived.h"
#include "slices/evidence/import_reading.h"
#include "slices/evidence/kept.h"
#include "slices/evidence/points_files.h"
#include "slices/evidence/segment.h"
#include "slices/evidence/test_support.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

const std::string kMonthOfSurrey = kHeading + other_categories("2022-05", "Surrey Police") +
                                   row("1", "2022-05", "Surrey Police", "E01030001", "Burglary") +
                                   row("2", "2022-05", "Surrey Police", "E01030002", "Drugs") +
                                   row("3", "2022-05", "Surrey Police", "E01030001", "Burglary");
const std::string kPeopleTable =
    "LSOA 2021 Code,Mid-2021: Population,Mid-2022: Population\nE01030001,1500,1510\nE01030002,1700,..\n";

// One store with a month and a table of populations.
void with_world(db::FunctionRef<void(World&)> test) {
  test::for_each_engine(all_migrations(), [&](db::Database& database) {
    World world(database);
    world.import_well({world.given("2022-05-surrey-street.csv", kMonthOfSurrey)});
    REQUIRE(import_population(world.doing(), world.holdings, world.given("people.csv", kPeopleTable)));
    test(world);
  });
}

void change(const std::string& path, std::size_t at) {
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  std::string bytes = read_file(path);
  bytes[at] = static_cast<char>(bytes[at] ^ 8);
  write_file(path, bytes);
}

}  // namespace

TEST_CASE("any flipped bit of a cube, of counts, of positions and of populations is found when they are loaded") {
  with_world([](World& world) {
    if (world.database.engine() == db::Engine::postgresql) return;  // the files are the same
    const store::PublicationRow publication = world.publications().front();
    const std::string points = points_name(publication.publication.sha256, publication.publication.force_slug,
                                           publication.publication.month, publication.segment);
    const std::string people = sha256(kPeopleTable);
    struct Kind {
      const char* name;
      std::string path;
      std::function<bool()> loads;
    };
    const std::vector<Kind> kinds = {
        {"cube", world.cube_file(), [&] { return Cube::open(world.cube_file()).has_value(); }},
        {"counts", world.data.segment_path(publication.segment),
         [&] { return read_segment(world.data, publication.segment).has_value(); }},
        {"positions", world.data.points_path(points), [&] { return read_points(world.data, points).has_value(); }},
        {"populations", world.data.population_path(people),
         [&] { return kept_population(world.data, people).has_value(); }}};
    for (const Kind& kind : kinds) {
      INFO(kind.name);
      REQUIRE(kind.loads());
      const std::string whole = read_file(kind.path);
      int served = 0;
      for (std::size_t at = 0; at < whole.size(); ++at) {
        change(kind.path, at);
        served += kind.loads() ? 1 : 0;
        write_file(kind.path, whole);
      }
      CHECK(served == 0);
      write_file(kind.path, whole.substr(0, whole.size() - 1));
      CHECK_FALSE(kind.loads());
      write_file(kind.path, whole + "x");
      CHECK_FALSE(kind.loads());
      write_file(kind.path, whole);
      CHECK(kind.loads());
    }
  });
}

TEST_CASE("what is damaged or missing is made again from the original, byte for byte") {
  with_world([](World& world) {
    const std::vector<store::PublicationRow> publications = world.publications();
    const store::PublicationRow& publication = publications.front();
    const std::string segment = world.data.segment_path(publication.segment), cube = world.cube_file(),
                      people = world.data.population_path(sha256(kPeopleTable));
    const std::string segment_bytes = read_file(segment), cube_bytes = read_file(cube),
                      people_bytes = read_file(people);
    change(segment, 40);
    change(cube, cube_bytes.size() - 80);
    change(people, 30);
    CHECK_FALSE(verify(world.holdings));
    const auto made = cube_of(world.data, publications);
    REQUIRE(made);
    CHECK((*made)->type_sums(0, *(*made)->months()).size() == 13);
    CHECK(read_file(segment) == segment_bytes);
    CHECK(read_file(cube) == cube_bytes);
    const auto population = population_of(world.data, sha256(kPeopleTable), "people.csv");
    REQUIRE(population);
    CHECK(population->of(lsoa_number("E01030001"), 2022) == 1510);
    CHECK(population->of(lsoa_number("E01030002"), 2022) == std::nullopt);
    CHECK(read_file(people) == people_bytes);
    const auto verified = verify(world.holdings);
    CHECK_MESSAGE(verified.has_value(), (verified ? "" : verified.error().message));
    // Writing counts that are there and damaged writes them anew, though their size is right.
    change(segment, 40);
    REQUIRE(write_segment(world.data, nullptr, *from_segment(segment_bytes)));
    CHECK(read_file(segment) == segment_bytes);
  });
}

TEST_CASE("where the original was changed too, the file is named and nothing is made of it") {
  with_world([](World& world) {
    const std::vector<store::PublicationRow> publications = world.publications();
    const store::PublicationRow& publication = publications.front();
    std::filesystem::remove(world.data.segment_path(publication.segment));
    std::filesystem::remove(world.cube_file());
    std::filesystem::remove(world.data.population_path(sha256(kPeopleTable)));
    const std::string month = world.data.originals().path_of(sha256(kMonthOfSurrey));
    // A row that says another LSOA is a row like any other: only the checksum tells.
    std::string text = read_file(month);
    text.replace(text.rfind("E01030001"), 9, "E01030009");
    std::filesystem::permissions(month, std::filesystem::perms::owner_all);
    write_file(month, text);
    const std::string people = world.data.originals().path_of(sha256(kPeopleTable));
    change(people, kPeopleTable.find("1510"));
    const auto cube = cube_of(world.data, publications);
    REQUIRE_FALSE(cube);
    CHECK(cube.error().message.find("2022-05-surrey-street.csv") != std::string::npos);
    CHECK(cube.error().message.find("tithing restore") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(world.cube_file()));
    const auto population = population_of(world.data, sha256(kPeopleTable), "people.csv");
    REQUIRE_FALSE(population);
    CHECK(population.error().message.find("people.csv") != std::string::npos);
    CHECK_FALSE(points_from_original(world.data, publication.publication.sha256, "", publication.file_name,
                                     publication.publication.force_slug, publication.publication.month,
                                     publication.segment));
    // Verify names all of it at once.
    const auto verified = verify(world.holdings);
    REQUIRE_FALSE(verified);
    for (const char* named :
         {"original of 2022-05-surrey-street.csv", "original of people.csv", "counts kept for", "populations kept for"})
      CHECK_MESSAGE(verified.error().message.find(named) != std::string::npos, named);
  });
}

TEST_CASE("what a backup has to hold, and what is missing") {
  with_world([](World& world) {
    // An original of another slice counts like one of evidence.
    const auto other = world.data.originals().keep_bytes("a look-up");
    REQUIRE(other);
    REQUIRE(world.database.write([&](db::Transaction& transaction) -> Status {
      sources::SourceFile file;
      file.kind = "area-look-up";
      file.name = "look-up.csv";
      file.sha256 = *other;
      file.notes = "{}";
      sources::add(transaction, file, {});
      return {};
    }));
    const std::string folder = world.folder.path() + "/data";
    const auto look = [&] {
      return world.database.read([&](db::Connection& connection) {
        return std::pair(kept_files(connection, folder), missing_originals(connection, folder));
      });
    };
    const auto [files, missing] = look();
    CHECK(missing.empty());
    int originals = 0;
    for (const KeptFile& file : files) {
      CHECK_MESSAGE(std::filesystem::exists(folder + "/" + file.path), file.path);
      if (!file.sha256.empty()) CHECK(sha256_of_file(folder + "/" + file.path) == file.sha256);
      originals += file.original ? 1 : 0;
    }
    CHECK(originals == 3);
    CHECK(files.size() == 3 + 4);
    std::filesystem::remove(world.data.originals().path_of(*other));
    CHECK(look().second.find("look-up.csv") != std::string::npos);
    CHECK_FALSE(verify(world.holdings));
  });
}
