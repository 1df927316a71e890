// The same for Table C2, small tables and populations.
#include "slices/evidence/choices_for_tests.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

// A table made up in the form of Table C2: forces A and B of invented numbers, `times` as many of everything.
std::string made_up_table(int times, bool second_force = true, bool burglary = true) {
  std::string text =
      "\"Table C2 (made up), year ending March 2024\"\nPolice Force Area code,Police Force Area name,Community Safety "
      "Partnership code,"
      "Community Safety Partnership name,Local Authority code,Local Authority name,Total,Robbery";
  text += burglary ? ",Burglary\n" : "\n";
  const auto line = [&](const std::string& areas, int total, int burglaries) {
    text += areas + "," + std::to_string(total * times) + "," + std::to_string(times) +
            (burglary ? "," + std::to_string(burglaries * times) : std::string()) + "\n";
  };
  line("E23000001,A,,,,", 100, 10);
  line("E23000001,A,E22000001,North of A,,", 60, 6);
  line("E23000001,A,E22000002,South of A,,", 40, 4);
  if (second_force) line("E23000002,B,,,,", 30, 5);
  return text;
}

}  // namespace

TEST_CASE("Table C2: a wrong edition is asked about, chosen, and undone") {
  for_each_world([&](World& world) {
    const std::string good = world.given("good.csv", made_up_table(1));
    REQUIRE(import_table_c2(world.doing(), world.holdings, good));
    const std::string version = world.version();
    const auto counting = [&] {
      std::vector<store::DatasetRow> rows;
      world.database.read([&](db::Connection& connection) { rows = store::datasets(connection, kTableC2Kind); });
      return rows;
    };
    const store::DatasetRow right = counting().at(0);
    const std::string wrong = world.given("wrong.csv", made_up_table(10));
    const Result<ImportReport> refused = import_table_c2(world.doing(), world.holdings, wrong);
    REQUIRE_FALSE(refused);
    CAPTURE(refused.error().message);
    CHECK(contains(refused.error().message, "contradicts what counts"));
    CHECK(contains(refused.error().message, "12 of 12 numbers that both give (100%)"));
    CHECK(world.version() == version);
    REQUIRE(import_table_c2(world.doing(), world.holdings, wrong, accepting("the publisher says so")));
    CHECK(counting().size() == 1);
    CHECK(counting().at(0).source_file != right.source_file);
    CHECK(world.version() != version);

    // The same bytes again are a choice.
    const Result<ImportReport> offered = import_table_c2(world.doing(), world.holdings, good);
    REQUIRE(offered);
    CHECK(offered->id == 0);
    CHECK(offered->changes.at(0).offered);
    REQUIRE(choose(world.doing(), world.holdings,
                   {kTableC2Kind, right.label, right.source_file, sources::Verdict::counts,
                    "the other one has a digit too many"}));
    CHECK(counting().at(0).source_file == right.source_file);
    CHECK(world.version() == version);
    CHECK(verify(world.holdings));
  });
}

TEST_CASE("Table C2: without a force or a column it is much smaller; another edition stands beside it") {
  for_each_world([&](World& world) {
    REQUIRE(import_table_c2(world.doing(), world.holdings, world.given("good.csv", made_up_table(1))));
    const std::string version = world.version();
    const auto problem = [&](const std::string& text) {
      const Result<ImportReport> report =
          import_table_c2(world.doing(), world.holdings, world.given("other.csv", text));
      return report ? std::string() : report.error().message;
    };
    CHECK(contains(problem(made_up_table(1, false)),
                   "says much less of ONS Table C2, year ending March 2024 than what counts, "));
    const std::string narrower = problem(made_up_table(1, true, false));
    CAPTURE(narrower);
    CHECK(contains(narrower, "the column burglary"));
    CHECK(world.version() == version);
    std::string other = made_up_table(1, false);
    other.replace(other.find("March 2024"), 10, "March 2023");
    CHECK(problem(other).empty());
    std::vector<store::DatasetRow> rows;
    world.database.read([&](db::Connection& connection) { rows = store::datasets(connection, kTableC2Kind); });
    CHECK(rows.size() == 2);
  });
}

TEST_CASE("small tables that met trouble do not take the place of the whole one unasked") {
  const std::string folder = tests::source_dir() + "/../shared/data/trouble/c2";
  if (!std::filesystem::exists(folder)) {
    MESSAGE("SKIPPED: the files that met trouble are not here");
    return;
  }
  for_each_world([&](World& world) {
    REQUIRE(import_table_c2(
        world.doing(), world.holdings,
        tests::source_dir() + "/data/sample/official-tables/ons-table-c2-csp-year-ending-june-2025.csv"));
    const std::string version = world.version();
    int asked = 0;
    for (const std::string& file : files_below(folder)) {
      CAPTURE(file);
      const Result<ImportReport> report = import_table_c2(world.doing(), world.holdings, file);
      CHECK_FALSE(report);
      if (!report) asked += contains(report.error().message, "--accept-removals");
      CHECK(world.version() == version);
    }
    CHECK(asked >= 3);  // the others cannot be read at all
  });
}

TEST_CASE("populations: one wrong year of many is asked about, though few of all numbers differ") {
  for_each_world([](World& world) {
    const auto file = [&](const char* name, int of_2022) {
      std::string text = "LSOA21CD", first, second;
      for (int year = 2011; year <= 2022; ++year) {
        text += ",Mid-" + std::to_string(year) + ": Population";
        first += "," + std::to_string(1500 * (year == 2022 ? of_2022 : 1));
        second += "," + std::to_string(1700 * (year == 2022 ? of_2022 : 1));
      }
      return world.given(name, text + "\nE01000001" + first + "\nE01000002" + second + "\n");
    };
    REQUIRE(import_population(world.doing(), world.holdings, file("good.csv", 1)));
    const std::string version = world.version();
    const Result<ImportReport> refused = import_population(world.doing(), world.holdings, file("ten_times.csv", 10));
    REQUIRE_FALSE(refused);
    CAPTURE(refused.error().message);
    CHECK(contains(refused.error().message,
                   "mid-2022, 2 of 2 numbers that both give (100%) differ by more than a tenth"));
    CHECK(world.version() == version);
  });
}

TEST_CASE("populations: a wrong file is asked about, set aside, and counted again") {
  for_each_world([](World& world) {
    const std::string good = world.given(
        "good.csv",
        "LSOA 2021 Code,Mid-2021: Population,Mid-2022: Population\nE01000001,1400,1500\nE01000002,1600,1700\n");
    REQUIRE(import_population(world.doing(), world.holdings, good));
    const std::string version = world.version();
    const auto counting = [&] {
      std::vector<store::DatasetRow> rows;
      world.database.read([&](db::Connection& connection) { rows = store::datasets(connection, kPopulationKind); });
      return rows;
    };
    // Another year stands beside it and asks nothing.
    const Result<ImportReport> more =
        import_population(world.doing(), world.holdings, world.given("more.csv", "LSOA21CD,2023\nE01000001,1550\n"));
    REQUIRE_MESSAGE(more.has_value(), (more ? "" : more.error().message));
    CHECK(contains(more->changes.at(0).outcome, "adds mid-2023"));
    CHECK(contains(more->changes.at(0).outcome, "Nothing is removed"));
    CHECK(counting().size() == 2);
    const std::string both = world.version();
    CHECK(both != version);
    const std::string wrong = world.given("wrong.csv", "LSOA21CD,2022\nE01000001,150\nE01000002,170\n");
    const Result<ImportReport> refused = import_population(world.doing(), world.holdings, wrong);
    REQUIRE_FALSE(refused);
    CHECK(contains(refused.error().message, "2 of 2 numbers that both give (100%) differ by more than a tenth"));
    REQUIRE(import_population(world.doing(), world.holdings, wrong, accepting("a new count")));
    CHECK(counting().size() == 3);
    const std::int64_t wrong_file = counting().at(0).source_file;
    REQUIRE(choose(world.doing(), world.holdings,
                   {kPopulationKind, "LSOA 2021", wrong_file, sources::Verdict::set_aside, "a digit is missing"}));
    CHECK(counting().size() == 2);
    CHECK(world.version() == both);
    CHECK(verify(world.holdings));
    for (const std::string& file : files_below(world.data.folder() + "/population")) std::filesystem::remove(file);
    REQUIRE(rebuild(world.doing(), world.holdings, nullptr));
    CHECK(world.version() == both);
    // The very same file again: offered, and chosen.
    const Result<ImportReport> offered = import_population(world.doing(), world.holdings, wrong);
    REQUIRE(offered);
    CHECK(offered->changes.at(0).offered);
    CHECK(world.version() == both);
    sources::Manners again;
    again.choose = true;
    again.reason = "it was right after all";
    REQUIRE(import_population(world.doing(), world.holdings, wrong, again));
    CHECK(counting().size() == 3);
  });
}

TEST_CASE("real populations, one year short: nothing is wiped and nothing is asked") {
  const std::string real = tests::source_dir() + "/../shared/data/population/lsoa21-population-2011-2022.csv";
  if (!std::filesystem::exists(real)) {
    MESSAGE("SKIPPED: the real populations are not here");
    return;
  }
  test::TemporaryFolder folder;
  for_each_world([&](World& world) {
    REQUIRE(import_population(world.doing(), world.holdings, real));
    const std::string text = read_file(real);
    // The first hundred LSOAs with their own numbers again.
    std::size_t at = 0;
    for (int i = 0; i < 101; ++i) at = text.find('\n', at) + 1;
    const Result<ImportReport> part =
        import_population(world.doing(), world.holdings, world.given("part.csv", text.substr(0, at)));
    REQUIRE_MESSAGE(part.has_value(), (part ? "" : part.error().message));
    CHECK(contains(part->changes.at(0).outcome, "changes 0 of 1,200 numbers"));
  });
}
