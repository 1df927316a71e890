// What a trial (`--dry-run`, the page after an upload) says: one verdict, which of two files, and what would be in
// doubt.
#include <algorithm>

#include "base/text.h"
#include "slices/evidence/population.h"
#include "slices/evidence/test_support.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

// A month with a number of further burglaries, so that one can be much smaller than another.
std::string month(const std::string& which, int burglaries) {
  std::string text = kHeading + other_categories(which, "Surrey Police");
  for (int i = 0; i < burglaries; ++i)
    text += row(which + "-" + std::to_string(i), which, "Surrey Police", "E01030321", "Burglary");
  return text;
}

sources::Manners trial() {
  sources::Manners manners;
  manners.dry_run = true;
  return manners;
}

std::string all_text(const ImportReport& report) {
  std::string text = report.sentence;
  for (const store::ImportFileRow& file : report.files) text += "\n" + file.sentence;
  for (const sources::Change& change : report.changes)
    text += "\n" + (change.asks.empty() ? change.outcome : change.asks);
  return text;
}

}  // namespace

TEST_CASE("a trial that would be refused says so first, and nothing in it says otherwise") {
  test::for_each_engine(all_migrations(), [](db::Database& database) {
    World world(database);
    world.import_well({world.given("2022-01-surrey-street.csv", month("2022-01", 100))});
    const std::string small = world.given("again/2022-01-surrey-street.csv", month("2022-01", 5));
    const auto refused = import_police(world.doing(), world.holdings, {small}, nullptr, trial());
    REQUIRE(refused.has_value());
    CHECK(refused->trial == sources::Trial::refused);
    CHECK(sources::code_of(refused->trial) == "would-be-refused");
    CHECK(refused->sentence ==
          "It asks first, and would be refused without an answer. Read: 1 file of Surrey Police, January 2022: 16 rows "
          "can be used, 0 cannot.");
    const std::string text = all_text(*refused);
    for (const char* word : {"accepted", "Would import", "would import", "is kept", "set aside"})
      CHECK_MESSAGE(text.find(word) == std::string::npos, word << ": " << text);
    // Two files of one name are told apart.
    const std::string& asks = refused->changes.at(0).asks;
    CHECK_MESSAGE(
        asks.starts_with(
            "2022-01-surrey-street.csv (given now) says much less of Surrey Police, January 2022 than what counts, "
            "2022-01-surrey-street.csv of 22 November 2026 (file 1): it is without"),
        asks);
    CHECK(sources::trial_refusal(refused->changes).starts_with("It would be refused, because it asks first. "));

    // With an answer it is tried with that answer, and nothing is asked any more.
    sources::Manners aside = trial();
    aside.keep_aside = true;
    const auto kept = import_police(world.doing(), world.holdings, {small}, nullptr, aside);
    REQUIRE(kept.has_value());
    CHECK(kept->trial == sources::Trial::imports);
    CHECK_FALSE(sources::asks(kept->changes));
    CHECK(kept->changes.at(0).outcome.find("would be kept and not counted, by choice") != std::string::npos);
    CHECK(kept->changes.at(0).rows_then == 111);
    sources::Manners accept = trial();
    accept.accept_removals = true;
    const auto taken = import_police(world.doing(), world.holdings, {small}, nullptr, accept);
    REQUIRE(taken.has_value());
    CHECK(taken->changes.at(0).rows_then == 16);
    CHECK(taken->changes.at(0).outcome.find("would count, by choice") != std::string::npos);
    CHECK(world.publications().size() == 1);  // nothing of it was done
    CHECK(world.counted() == 111);
  });
}

TEST_CASE(
    "a trial says which months would be suspect, and why, of what is new, of what is asked about, and of a choice") {
  test::for_each_engine(all_migrations(), [](db::Database& database) {
    World world(database);
    const auto remarks = [](const std::vector<sources::Change>& changes) {
      std::string text;
      for (const sources::Change& change : changes)
        if (change.kind == sources::kRemark) text += change.about + ": " + change.outcome + "\n";
      return text;
    };
    const std::string only = kHeading + row("a", "2022-01", "Surrey Police", "E01030321", "Burglary");
    const auto part = import_police(world.doing(), world.holdings, {world.given("2022-01-surrey-street.csv", only)},
                                    nullptr, trial());
    REQUIRE(part.has_value());
    CHECK(remarks(part->changes) ==
          "Surrey Police, January 2022: It would be suspect: rows of only 1 of the 14 categories of the time "
          "(Burglary): part of a file.\n");
    CHECK(part->trial == sources::Trial::imports);

    const std::string whole = month("2022-01", 100);
    world.import_well({world.given("b/2022-01-surrey-street.csv", whole)});
    // A line that cannot be used is one row of three hundred: nothing; four of them are said.
    std::string bad = whole;
    for (int i = 0; i < 4; ++i) bad += row("x", "2021-01", "Surrey Police", "E01030321", "Burglary");
    const auto refused_rows = import_police(world.doing(), world.holdings,
                                            {world.given("c/2022-01-surrey-street.csv", bad)}, nullptr, trial());
    REQUIRE(refused_rows.has_value());
    CHECK(remarks(refused_rows->changes) ==
          "Surrey Police, January 2022: It would be suspect: 4 of its 115 rows were refused and count nowhere.\n");
    const auto asked = import_police(world.doing(), world.holdings, {world.given("d/2022-01-surrey-street.csv", only)},
                                     nullptr, trial());
    REQUIRE(asked.has_value());
    CHECK(asked->trial == sources::Trial::refused);
    CHECK(remarks(asked->changes)
              .find("If all that is given counts, it would be suspect: rows of only 1 of the 14 categories") !=
          std::string::npos);
    // What is only to be known is no part of what was agreed to.
    std::vector<sources::Change> without = asked->changes;
    std::erase_if(without, [](const sources::Change& change) { return change.kind == sources::kRemark; });
    CHECK(without.size() < asked->changes.size());
    CHECK(sources::fingerprint(without) == sources::fingerprint(asked->changes));

    sources::Manners aside;
    aside.keep_aside = true;
    aside.reason = "an extract";
    REQUIRE(import_police(world.doing(), world.holdings, {world.given("d/2022-01-surrey-street.csv", only)}, nullptr,
                          aside));
    const std::int64_t file = world.publications().back().source_file;
    Choosing choosing{kPoliceMonth, "surrey 2022-01", file, sources::Verdict::counts, "", {}, true};
    const auto would = choose(world.doing(), world.holdings, choosing);
    REQUIRE(would.has_value());
    CHECK(would->at(0).outcome ==
          "2022-01-surrey-street.csv of 22 November 2026 (file " + std::to_string(file) + ") would count.");
    CHECK(remarks(*would).find("It would be suspect: rows of only 1 of the 14 categories") != std::string::npos);
    CHECK(world.counted() == 111);
    choosing.dry_run = false;
    choosing.reason = "it is meant";
    choosing.seen = sources::fingerprint(*would);
    const auto done = choose(world.doing(), world.holdings, choosing);
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().message));
    CHECK(done->at(0).outcome.ends_with("counts from now on."));
    CHECK(world.counted() == 1);
    for (const std::string& path : files_below(world.folder.path() + "/data"))
      CHECK_MESSAGE(path.find("trial-") == std::string::npos, path);
  });
}

TEST_CASE(
    "Crime IDs that a spreadsheet has made numbers of are no repeats, and a heading in the middle is no lost row") {
  CHECK(is_spreadsheet_number("1.23E+63"));
  CHECK(is_spreadsheet_number("1,23E+15"));
  CHECK(is_spreadsheet_number("9e12"));
  for (const char* id : {"", "3cbed67c9c4c54194dac782c9d58a2690c7d82d232167f5de8196b35877d4577", "1.23", "E+63", "12E",
                         "a1.2E+3", "1.23E+63x"})
    CHECK_FALSE_MESSAGE(is_spreadsheet_number(id), id);
  test::for_each_engine(all_migrations(), [](db::Database& database) {
    World world(database);
    std::string text = kHeading;
    for (const char* lsoa : {"E01030321", "E01030322", "E01030323"})
      text += row("1.23E+63", "2022-01", "Surrey Police", lsoa, "Burglary");
    text += kHeading + other_categories("2022-01", "Surrey Police");
    const ImportReport report = world.import_well({world.given("2022-01-surrey-street.csv", text)});
    CHECK(report.repeated_crime_id == 0);
    CHECK(report.without_crime_id == 0);
    CHECK(report.accepted == 3 + kOtherCategories);
    CHECK(report.refused == 0);
    CHECK(report.files.at(0).sentence.find("3 rows have Crime IDs that a spreadsheet has made a number of") !=
          std::string::npos);
    CHECK(report.files.at(0).sentence.find("1 line repeats the heading and is passed over: no row is lost by it") !=
          std::string::npos);
  });
}

TEST_CASE("populations of other shapes are read where they say what they are, else named") {
  const auto titled = read_population(
      "Mid-Year Population Estimates,,\n,,\nLSOA 2021 Code,Name,Mid-2019: Population\nE01013339,York 001A,1500\n",
      "a.csv");
  REQUIRE_MESSAGE(titled.has_value(), (titled ? "" : titled.error().message));
  CHECK(titled->of(lsoa_number("E01013339"), 2019) == 1500);
  const auto one_year = read_population(
      "\"Persons, Mid-2021\",,,\nLSOA 2021 Code,Name,Total,F0\nE01013339,York 001A,1500,10\nE01013340,York "
      "001B,..,11\n",
      "sape.csv");
  REQUIRE_MESSAGE(one_year.has_value(), (one_year ? "" : one_year.error().message));
  CHECK(one_year->years == std::vector<int>{2021});
  CHECK(one_year->of(lsoa_number("E01013339"), 2021) == 1500);
  CHECK_FALSE(one_year->of(lsoa_number("E01013340"), 2021));
  CHECK(one_year->blank == 1);
  CHECK(one_year->read_as == "1 line above the heading passed over, everybody of mid-2021, as its title says");
  const auto no_year = read_population("LSOA 2021 Code,Name,Total,F0\nE01013339,York 001A,1500,10\n", "sape.csv");
  CHECK(no_year.error().message.find("does not say of which. Name its column \"Total\" \"Mid-2022: Population\"") !=
        std::string::npos);
  const auto old = read_population("LSOA11CD,2015\nE01027600,1500\n", "old.csv");
  CHECK(old.error().message.find("is of LSOAs of 2011") != std::string::npos);
}
