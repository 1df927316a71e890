// Files that met trouble elsewhere, each read as the program reads it. They lie beside the project (tests::shared_data)
// and are skipped, and counted as skipped, where they are not there.
#include <algorithm>
#include <map>
#include <mutex>

#include "base/text.h"
#include "slices/evidence/inputs.h"
#include "slices/evidence/population.h"
#include "slices/evidence/street_counts.h"
#include "slices/evidence/table_c2.h"
#include "slices/evidence/test_support.h"
#include "support/shared_data.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

const std::string kTrouble = tests::shared_data("trouble");

struct Seen {
  std::int64_t accepted = 0;
  std::int64_t refused = 0;
  std::size_t counted = 0;  // force-months that count
  std::string problem;      // of the import, or of a file that cannot be read
};

Seen imported(const std::string& path) {
  Seen seen;
  test::for_each_engine(all_migrations(), [&](db::Database& database) {
    World world(database);
    const auto report = world.import({path});
    if (!report) {
      seen.problem = report.error().message;
      return;
    }
    seen = {};
    for (const store::PublicationRow& row : world.publications()) {
      if (row.publication.state == PublicationState::malformed) seen.problem = row.problem;
      if (row.publication.state != PublicationState::counts) continue;
      ++seen.counted;
      seen.accepted += row.accepted;
      seen.refused += row.refused;
    }
  });
  return seen;
}

}  // namespace

TEST_CASE("street files as other programs leave them" * doctest::skip(kTrouble.empty())) {
  struct Case {
    std::string folder;
    std::int64_t accepted;
    std::int64_t refused;
    std::size_t counted;
  };
  const std::vector<Case> read = {
      {"all_quoted_crlf", 40, 0, 1},
      {"caps", 40, 0, 1},
      {"coords_3dp", 40, 0, 1},
      {"coords_swapped", 40, 0, 1},
      {"duplicate_header_mid", 40, 0, 1},
      {"excel_sci_id", 40, 0, 1},
      {"na_strings", 40, 0, 1},
      {"nan_strings", 40, 0, 1},
      {"only_burglary", 2, 0, 1},
      {"pandas_index", 40, 0, 1},
      {"r_rownumbers", 40, 0, 1},
      {"renamed", 40, 0, 1},
      {"renamed2", 40, 0, 1},
      {"renamed3", 40, 0, 1},
      {"merged", 40, 0, 2},
      {"two_months", 20, 20, 1},
      {"excel_month_mixed", 35, 5, 1},
      {"cp1252", 40, 0, 1},
      {"lsoa_space", 40, 0, 1},
      {"semicolon", 40, 0, 1},
      {"tab", 40, 0, 1},
  };
  const std::map<std::string, std::string> not_read = {
      {"excel_month", "Its month, \"Oct-18\", is not a month like 2018-10."},
      {"excel_month_uk", "Its month, \"01/10/2018\", is not a month like 2018-10."},
      {"header_only", "has a heading and no rows: that is not a month without crime"},
      {"headers_snake", "has no column \"Crime ID\""},
      {"lsoa_lower", "Its LSOA code is not a letter and eight digits."},
      {"no_context", "has no column \"Context\""},
      {"other_month", "Its month, 2018-11, is not the file's month, 2018-10."},
  };
  std::size_t folders = 0;
  for (const auto& folder : std::filesystem::directory_iterator(kTrouble + "/police/d")) {
    ++folders;
    const std::string name = folder.path().filename().string();
    const Seen seen = imported(std::filesystem::directory_iterator(folder.path())->path().string());
    const auto wanted = std::find_if(read.begin(), read.end(), [&](const Case& one) { return one.folder == name; });
    const auto sentence = not_read.find(name);
    if (wanted != read.end()) {
      CHECK_MESSAGE(seen.accepted == wanted->accepted, name);
      CHECK_MESSAGE(seen.refused == wanted->refused, name);
      CHECK_MESSAGE(seen.counted == wanted->counted, name);
    } else {
      REQUIRE_MESSAGE(sentence != not_read.end(), name);
      CHECK_MESSAGE(seen.counted == 0, name);
      CHECK_MESSAGE(seen.problem.find(sentence->second) != std::string::npos, name << ": " << seen.problem);
    }
  }
  CHECK(folders == read.size() + not_read.size());
  for (const char* archive :
       {"backslash.zip", "deep.zip", "mac.zip", "same_file_twice.zip", "same_month_differs.zip", "with_others.zip"}) {
    const Seen seen = imported(kTrouble + "/police/" + archive);
    CHECK_MESSAGE(seen.accepted == 40, archive);
    CHECK_MESSAGE(seen.counted == 1, archive);
  }
  CHECK(imported(kTrouble + "/police/zip_in_zip.zip").problem == "There is no street-level file in what was given.");
}

TEST_CASE("NA and NaN are blanks: the counts are those of the file that they were made of" *
          doctest::skip(kTrouble.empty())) {
  const auto facts = [](const std::string& path) {
    std::vector<std::int64_t> numbers;
    test::for_each_engine(all_migrations(), [&](db::Database& database) {
      World world(database);
      world.import_well({path});
      const store::PublicationRow row = world.publications().at(0);
      numbers = {row.accepted, row.refused, row.without_lsoa, row.without_crime_id, row.without_coordinates};
    });
    return numbers;
  };
  const std::vector<std::int64_t> base = facts(kTrouble + "/police/d/caps/2018-10-North-Yorkshire-Street.CSV");
  CHECK(base == std::vector<std::int64_t>{40, 0, 0, 14, 0});  // the fourteen of anti-social behaviour
  for (const char* folder : {"na_strings", "nan_strings"}) {
    CHECK_MESSAGE(facts(kTrouble + "/police/d/" + folder + "/2018-10-north-yorkshire-street.csv") == base, folder);
  }
}

TEST_CASE("a few refused rows make the month suspect" * doctest::skip(kTrouble.empty())) {
  const Seen seen = imported(kTrouble + "/police/few_refused/2018-10-north-yorkshire-street.csv");
  CHECK(seen.accepted == 37);
  CHECK(seen.refused == 3);  // 7.5%; what follows from it: figures_test.cpp
}

TEST_CASE("tables of the ONS and of populations as they come" * doctest::skip(kTrouble.empty())) {
  const auto c2 = [](const std::string& name) { return read_table_c2(read_file(kTrouble + "/c2/" + name), name); };
  const auto violence = [&](const std::string& name) { return c2(name)->rows.at(0).numbers.at(1); };
  for (const char* name : {"low.csv", "na.csv", "trailing_note.csv", "trailing_note_short.csv"}) {
    const auto table = c2(name);
    REQUIRE_MESSAGE(table.has_value(), name << ": " << (table ? "" : table.error().message));
    CHECK_MESSAGE(table->rows.size() == 7, name);
    CHECK(table->period == "Year ending June 2025");
  }
  CHECK_FALSE(violence("low.csv"));
  CHECK_FALSE(violence("na.csv"));
  CHECK(violence("trailing_note_short.csv") == 67'382);
  const auto twice = c2("dup.csv");
  REQUIRE(twice.has_value());
  CHECK(twice->rows.size() == 8);
  CHECK(twice->remarks.at(0).find("its rows add up to 172,382, its stated total is 170,002 (+2,380)") !=
        std::string::npos);
  const std::map<std::string, std::string> refused = {
      {"negative.csv", "line 14, Violence against the person: \"-5\" is not a number."},
      {"sci.csv", "line 14, Violence against the person: \"1.5E+05\" is not a number."},
      {"force_name.csv", "has \"Police Force name\" as its 2. column"},
      {"title_no_year_ending.csv", "does not say in its first line which year it is for"},
  };
  for (const auto& [name, sentence] : refused)
    CHECK_MESSAGE(c2(name).error().message.find(sentence) != std::string::npos, name);

  const auto people = [](const std::string& name) {
    return read_population(read_file(kTrouble + "/population/" + name), name);
  };
  const auto dots = people("dots.csv");
  REQUIRE(dots.has_value());
  CHECK(dots->of(lsoa_number("E01013339"), 2023) == 1500);
  CHECK(dots->of(lsoa_number("E01013340"), 2023) == 1600);
  CHECK_FALSE(dots->of(lsoa_number("E01013340"), 2024));  // "..": not known, and not nought
  CHECK(people("decimals.csv").error().message == "decimals.csv, line 2: \"1500.5\" is not a number of people.");
  CHECK(dots->blank == 1);
  CHECK(people("lsoa11.csv").error().message.find("is of LSOAs of 2011. Populations are kept by LSOA of 2021") !=
        std::string::npos);
  const auto titled = people("title_rows.csv");
  REQUIRE_MESSAGE(titled.has_value(), (titled ? "" : titled.error().message));
  CHECK(titled->of(lsoa_number("E01013339"), 2019) == 1500);
  CHECK(titled->read_as == "2 lines above the heading passed over");
  CHECK(people("sape_single_year.csv")
            .error()
            .message.find("is a table of one year by sex and age, and does not say of which") != std::string::npos);
}

TEST_CASE("the table of rows by category is what the archive of Surrey holds" *
          doctest::skip(tests::shared_data("police").empty())) {
  const std::string archive = tests::shared_data("police") + "/surrey-2020-08-to-2022-12.zip";
  std::map<std::string, std::map<std::string, std::int64_t>> counted;  // month -> category -> rows
  const auto members = list_archive(archive, "surrey.zip");
  REQUIRE(members.has_value());
  std::vector<bool> wanted;
  for (const ArchiveMember& member : *members) {
    const auto says = parse_police_file_name(member.name);
    wanted.push_back(says && says->kind == PoliceFileKind::street);
  }
  std::mutex mutex;
  const Status read =
      read_archive(archive, "surrey.zip", wanted, 2, [&](std::size_t member, ByteStream& stream) -> Status {
        const std::string& name = (*members)[member].name;
        const auto file = read_street_file(stream, name, parse_police_file_name(name));
        if (!file) return pass_on(file);
        const std::lock_guard lock(mutex);
        for (const ForceMonthCounts& part : file->parts) {
          for (const ForceMonthCounts::Cell& cell : part.cells)
            counted[part.month.iso()][part.types[cell.type].slug] += cell.count;
        }
        return {};
      });
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().message));
  CHECK(counted.size() == 26);
  std::vector<std::string> slugs;
  int months = 0;
  for (const std::string& line : split(testing::read_file(kFolder + "rows-by-category.csv"), '\n')) {
    const std::vector<std::string> fields = split(line, ',');
    if (line.starts_with("force,")) slugs.assign(fields.begin() + 2, fields.end());
    if (!line.starts_with("surrey,")) continue;
    ++months;
    for (std::size_t i = 0; i < slugs.size(); ++i)
      CHECK_MESSAGE(counted[fields[1]][slugs[i]] == std::stoll(fields[i + 2]), fields[1] << " " << slugs[i]);
  }
  CHECK(months == 26);
}

TEST_CASE("what other programs did to a street file is said in the import's record" * doctest::skip(kTrouble.empty())) {
  const auto sentence = [&](const std::string& folder) {
    std::string said;
    test::for_each_engine(all_migrations(), [&](db::Database& database) {
      World world(database);
      const ImportReport report = world.import_well({kTrouble + "/police/d/" + folder});
      said = report.files.at(0).sentence;
    });
    return said;
  };
  CHECK(sentence("caps") == "40 rows accepted.");
  CHECK(sentence("cp1252") == "40 rows accepted, read as Windows-1252.");
  CHECK(sentence("semicolon") == "40 rows accepted, read as UTF-8, separated by semicolons.");
  CHECK(sentence("tab") == "40 rows accepted, read as UTF-8, separated by tabs.");
  CHECK(sentence("duplicate_header_mid") ==
        "40 rows accepted. 1 line repeats the heading and is passed over: no row is lost by it.");
  CHECK(sentence("excel_sci_id") ==
        "40 rows accepted. 26 rows have Crime IDs that a spreadsheet has made a number of, such as 1.23E+63: they "
        "count, and whether a crime stands there twice "
        "cannot be told. Import the file as it was downloaded.");
  CHECK(sentence("coords_swapped") ==
        "40 rows accepted. 40 rows have longitude and latitude in each other's place: they count, and their positions "
        "are not used.");
}
