// Look-ups, the exact fit and boundaries as publications: a wrong file is asked about and undone.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "db/audit.h"
#include "register_migrations.h"
#include "slices/register/publications.h"
#include "slices/register/sample_files.h"
#include "slices/register/service.h"
#include "slices/wiring.h"
#include "support/house.h"
#include "support/source_dir.h"
#include "support/writings.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

const std::string kGeography = tests::source_dir() + "/data/sample/geography/";
const std::string kTrouble = tests::source_dir() + "/../shared/data/trouble/geography/";
const Date k2022 = Date::from_ymd(2022, 12, 31);

struct Program {
  explicit Program(db::Database& database) {
    wiring.database = &database;
    wiring.clock = &clock;
    wiring.data_folder = folder.path();
    register_slice(wiring);
    service = static_cast<RegisterService*>(wiring.services.front().get());
  }
  Result<GeographyReport> import(const std::string& path, const sources::Manners& manners = {}) {
    return service->import_geography(actor(), {path}, std::nullopt, manners);
  }
  Actor actor() const { return Actor::command_line(wiring.permissions); }
  std::string write(const std::string& name, const std::string& bytes) const {
    const std::string path = folder.path() + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::string refused(const std::string& path) {
    const auto report = import(path);
    return report ? std::string() : report.error().message;
  }
  std::vector<std::string> originals() const {
    std::vector<std::string> found;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(folder.path() + "/originals", error), end;
         !error && it != end; it.increment(error))
      if (it->is_regular_file()) found.push_back(it->path().string());
    return found;
  }
  // All that the register says of districts: names, partnerships, forces, days.
  std::string structure() {
    const auto areas = service->snapshot();
    std::string text;
    for (const Area* district : areas->of_kind(AreaKind::district, k2022)) {
      const Area* partnership = areas->partnership_of(district->code, k2022);
      const Area* force = areas->force_of(district->code, k2022);
      text += district->code + " " + district->name + " " + (partnership ? partnership->code : "-") + " " +
              (force ? force->code : "-") + "\n";
    }
    return text;
  }
  std::size_t waiting() { return service->snapshot()->successions().size(); }
  std::int64_t source(const std::string& kind, const std::string& key, std::size_t at) {
    return service->things(kind, key, true).at(0).rows.at(at).publication.source_file;
  }

  test::TemporaryFolder folder;
  FakeClock clock{Date::from_ymd(2026, 11, 22)};
  Wiring wiring;
  RegisterService* service = nullptr;
};

void on_each_engine(const std::function<void(Program&)>& test) {
  test::for_each_engine(test::all_migrations(register_migrations()), [&](db::Database& database) {
    Program program(database);
    test(program);
  });
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// A look-up made up of districts 1 to `districts` of four forces; `shift` moves every district to another force.
std::string made_up_look_up(int districts, int shift = 0) {
  std::string text = "LAD22CD,LAD22NM,CSP22CD,CSP22NM,PFA22CD,PFA22NM\n";
  for (int i = 0; i < districts; ++i) {
    char line[200];
    std::snprintf(line, sizeof line, "E070%05d,District %d,E220%05d,Partnership %d,E230%05d,Force %d\n", i, i, i, i,
                  (i + shift) % 4, (i + shift) % 4);
    text += line;
  }
  return text;
}

sources::Manners accepting(const std::string& reason) {
  sources::Manners manners;
  manners.accept_removals = true;
  manners.reason = reason;
  return manners;
}

}  // namespace

TEST_CASE("a smaller look-up of the same month is asked about, chosen, and undone") {
  on_each_engine([](Program& program) {
    REQUIRE(program.import(program.write("LAD22_CSP22_PFA22 (December 2022).csv", made_up_look_up(40))));
    const std::string right = program.structure();
    const std::int64_t version = program.service->areas()->version();
    const std::size_t kept = program.originals().size();
    const std::string part = program.write("again LAD22_CSP22_PFA22 (December 2022).csv", made_up_look_up(20));
    const std::string message = program.refused(part);
    CAPTURE(message);
    CHECK(contains(message, "says much less than the Look-up of December 2022"));
    CHECK(contains(message, "20 of 40 rows (50%)"));
    CHECK(contains(message, "--accept-removals"));
    CHECK(program.structure() == right);
    CHECK(program.service->areas()->version() == version);
    CHECK(program.originals().size() == kept);

    SUBCASE("a dry run says so and leaves nothing") {
      sources::Manners dry;
      dry.dry_run = true;
      const auto report = program.import(part, dry);
      REQUIRE(report);
      CHECK(sources::asks(report->changes));
      CHECK(program.service->areas()->version() == version);
      CHECK(program.originals().size() == kept);
    }
    SUBCASE("accepted and undone") {
      REQUIRE(program.import(part, accepting("half of them were abolished")));
      CHECK(program.structure() != right);
      const std::int64_t wrong_version = program.service->areas()->version();
      const std::int64_t good = program.source(kLookUpKind, "2022-12-31", 0);
      Choosing choosing{kLookUpKind, "2022-12-31", good, sources::Verdict::counts, "the second file was cut off",
                        {},          true};
      const auto tried = program.service->choose(program.actor(), choosing);
      REQUIRE(tried);
      CHECK(tried->at(0).rows_then == 40);
      CHECK(program.structure() != right);
      choosing.dry_run = false;
      choosing.seen = sources::fingerprint(*tried);
      REQUIRE(program.service->choose(program.actor(), choosing));
      CHECK(program.structure() == right);
      // What was known while the wrong one counted can be asked again.
      const auto then = program.service->areas_as_known(wrong_version);
      REQUIRE(then);
      CHECK((*then)->of_kind(AreaKind::district, k2022).size() == 20);
      // The same bytes again: offered.
      const auto again = program.import(part);
      REQUIRE(again);
      CHECK(again->changes.at(0).offered);
      CHECK(program.structure() == right);
    }
    SUBCASE("kept aside") {
      sources::Manners aside;
      aside.keep_aside = true;
      aside.reason = "cut off, kept for the record";
      REQUIRE(program.import(part, aside));
      CHECK(program.structure() == right);
      CHECK(program.service->things(kLookUpKind, "", false).size() == 1);
    }
  });
}

TEST_CASE("a look-up of the same month with districts elsewhere contradicts") {
  on_each_engine([](Program& program) {
    REQUIRE(program.import(program.write("LAD22_CSP22_PFA22 (December 2022).csv", made_up_look_up(40))));
    const std::string right = program.structure();
    const std::string message =
        program.refused(program.write("b LAD22_CSP22_PFA22 (December 2022).csv", made_up_look_up(40, 1)));
    CAPTURE(message);
    CHECK(contains(message, "40 of 40 districts (100%) would lie in another partnership or force"));
    CHECK(program.structure() == right);
  });
}

TEST_CASE("a look-up of another month with districts elsewhere contradicts the one that is nearest in time") {
  on_each_engine([](Program& program) {
    REQUIRE(program.import(program.write("LAD22_CSP22_PFA22 (December 2022).csv", made_up_look_up(40))));
    const std::string right = program.structure();
    std::string later = made_up_look_up(40, 1);
    for (std::size_t at = 0; (at = later.find("22", at)) < later.find('\n');) later.replace(at, 2, "23");
    const std::string message = program.refused(program.write("LAD23_CSP23_PFA23 (December 2023).csv", later));
    CAPTURE(message);
    CHECK(contains(message,
                   "contradicts the Look-up of December 2022 that counts: 40 of 40 districts (100%) would lie in "
                   "another partnership or force"));
    CHECK(program.structure() == right);
    // One that says the same is not asked about.
    std::string same = made_up_look_up(40);
    for (std::size_t at = 0; (at = same.find("22", at)) < same.find('\n');) same.replace(at, 2, "23");
    CHECK(program.import(program.write("LAD23_CSP23_PFA23 (December 2023).csv", same)));
  });
}

TEST_CASE("a look-up of another month from which hundreds of successions follow is asked about") {
  on_each_engine([](Program& program) {
    REQUIRE(program.import(program.write("LAD22_CSP22_PFA22 (December 2022).csv", made_up_look_up(140))));
    const std::string right = program.structure();
    CHECK(program.waiting() == 0);
    std::string other = made_up_look_up(140);
    for (std::size_t at = 0; (at = other.find(",District ", at)) != std::string::npos;)
      other.replace(at, 10, ",Borough ");
    for (std::size_t at = 0; (at = other.find("22", at)) < other.find('\n');) other.replace(at, 2, "23");
    const std::string path = program.write("LAD23_CSP23_PFA23 (December 2023).csv", other);
    const std::string message = program.refused(path);
    CAPTURE(message);
    CHECK(contains(message, "140 successions of areas would be proposed"));
    CHECK(program.structure() == right);
    CHECK(program.waiting() == 0);
    sources::Manners aside;
    aside.keep_aside = true;
    aside.reason = "another country's names";
    REQUIRE(program.import(path, aside));
    CHECK(program.structure() == right);
    CHECK(program.waiting() == 0);
    REQUIRE(program.service->choose(program.actor(), {kLookUpKind,
                                                      "2023-12-31",
                                                      program.source(kLookUpKind, "2023-12-31", 0),
                                                      sources::Verdict::counts,
                                                      "they were all renamed",
                                                      {},
                                                      false}));
    CHECK(program.waiting() == 140);
    REQUIRE(program.service->choose(program.actor(), {kLookUpKind,
                                                      "2023-12-31",
                                                      program.source(kLookUpKind, "2023-12-31", 0),
                                                      sources::Verdict::set_aside,
                                                      "they were not",
                                                      {},
                                                      false}));
    CHECK(program.waiting() == 0);
    CHECK(program.structure() == right);
  });
}

TEST_CASE("the real look-ups of 2017 to 2022 ask nothing") {
  on_each_engine([](Program& program) {
    const auto report = program.import(kGeography);
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    CHECK_FALSE(sources::asks(report->changes));
    CHECK(program.service->things(kLookUpKind, "", false).empty());
  });
}

TEST_CASE("a wrong square is asked about, laid over the boundary when that is wanted, and set aside again") {
  on_each_engine([](Program& program) {
    REQUIRE(program.import(kGeography + "lad22-csp22-pfa22.csv"));
    REQUIRE(program.import(kGeography + "lad-2022-12.topojson.gz"));
    const auto shape = [&] {
      const auto boundary = program.service->boundary("E07000165", k2022);
      return boundary == nullptr ? geometry::MultiPolygon{} : boundary->shape;
    };
    const auto right = shape();
    REQUIRE_FALSE(right.empty());
    // A square of a tenth of a degree in the middle of Harrogate, made up.
    const std::string wrong = program.write("wrong (December_2022).geojson",
                                            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
                                            "\"properties\":{\"LAD22CD\":\"E07000165\",\"LAD22NM\":\"Harrogate\"},"
                                            "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[-1.6,53.96],[-1.5,"
                                            "53.96],[-1.5,54.06],[-1.6,54.06],[-1.6,53.96]]]}}]}");
    const std::string message = program.refused(wrong);
    CAPTURE(message);
    CHECK(contains(message, "contradicts the boundaries"));
    CHECK(contains(message, "E07000165: its area would be 9"));
    CHECK(shape() == right);
    REQUIRE(program.import(wrong, accepting("the council drew it so")));
    CHECK_FALSE(shape() == right);
    const auto things = program.service->things(kBoundariesKind, "district 2022-12", true);
    REQUIRE(things.size() == 1);
    REQUIRE(program.service->choose(program.actor(), {kBoundariesKind,
                                                      "district 2022-12",
                                                      things[0].rows.back().publication.source_file,
                                                      sources::Verdict::set_aside,
                                                      "a square is no district",
                                                      {},
                                                      false}));
    CHECK(shape() == right);
  });
}

TEST_CASE("files that met trouble: a swapped longitude and latitude is noticed, wrong squares are asked about") {
  if (!std::filesystem::exists(kTrouble)) {
    MESSAGE("SKIPPED: the files that met trouble are not here");
    return;
  }
  on_each_engine([](Program& program) {
    REQUIRE(program.import(kGeography));
    const std::string swapped = program.refused(kTrouble + "lad_latlon_swapped (December_2022).geojson");
    CHECK(contains(swapped, "E07000163"));
    CHECK(contains(swapped, "longitude and latitude in each other's place"));
    const std::string square = program.refused(kTrouble + "lad_wrong_square (December_2022).geojson");
    CHECK(contains(square, "contradicts the boundaries"));
    CHECK(contains(square, "E07000165"));
  });
}

TEST_CASE("the exact fit: half of it is much smaller; permission and reason are asked") {
  on_each_engine([](Program& program) {
    REQUIRE(program.import(kGeography));
    const auto before = program.service->areas();
    std::string fit =
        "LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM\nE01000001,City of London 001A,E01000001,City of "
        "London 001A,U,E09000001,City of London\n";
    const std::string message = program.refused(program.write("fit.csv", fit));
    CAPTURE(message);
    CHECK(contains(message, "says much less than the LSOAs of 2011 and 2021 (exact fit)"));
    CHECK(program.service->areas()->version() == before->version());
    const auto without = program.service->choose(
        program.actor(), {kExactFitKind, kOnlyKey, 0, sources::Verdict::standard, " ", {}, false});
    REQUIRE_FALSE(without);
    CHECK(contains(without.error().message, "Say why"));
    CHECK_FALSE(program.service->choose(Actor::nobody(),
                                        {kExactFitKind, kOnlyKey, 0, sources::Verdict::standard, "why", {}, false}));
    CHECK(contains(
        program.service
            ->choose(program.actor(), {kLookUpKind, "1999-12-31", 0, sources::Verdict::standard, "why", {}, false})
            .error()
            .message,
        "There is nothing called"));
  });
}

TEST_CASE("look-ups as other programs save them are the same look-ups, and it is said how they were read") {
  for (const tests::Writing& one : tests::writings(made_up_look_up(8))) {
    test::for_each_engine(test::all_migrations(register_migrations()), [&](db::Database& database) {
      CAPTURE(one.name);
      Program program(database);
      const auto report = program.import(program.write("LAD22_CSP22_PFA22.csv", one.bytes));
      REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
      CHECK(report->files.at(0).what == "Look-up of December 2022: 8 rows" +
                                            (one.read_as.empty() ? std::string() : " (read as " + one.read_as + ")") +
                                            ".");
      CHECK(program.service->snapshot()->of_kind(AreaKind::district, k2022).size() == 8);
    });
  }
  on_each_engine([](Program& program) {
    std::string spaced = made_up_look_up(8);
    spaced.replace(spaced.find("District 3"), 10, "Ynys M\xF4n\xA0");
    spaced.replace(spaced.find("E07000004"), 9, "E07000004\xA0");
    const auto report = program.import(program.write("LAD22_CSP22_PFA22.csv", spaced));
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    CHECK(program.service->snapshot()->find("E07000003")->name == "Ynys M\xC3\xB4n");
    CHECK(program.service->snapshot()->find("E07000004") != nullptr);
  });
}

TEST_CASE("what is no geography is told so, and nothing is changed") {
  on_each_engine([](Program& program) {
    for (const auto& [name, bytes] : tests::no_tables()) {
      const std::string sentence = program.refused(program.write("given.csv", bytes));
      CHECK_MESSAGE(!sentence.empty(), name);
      CHECK_MESSAGE(contains(sentence, "given.csv"), name << ": " << sentence);
    }
    CHECK_FALSE(program.refused(program.folder.path() + "/nowhere").empty());
    CHECK(program.originals().empty());
  });
}

TEST_CASE("every file of geography that met trouble" * doctest::skip(!std::filesystem::exists(kTrouble))) {
  // Read, with what is said of it; or refused, with a part of the sentence.
  const std::vector<std::pair<std::string, std::string>> read = {
      {"LAD_to_CSP_to_PFA_(April_2023)_Lookup_in_EW.csv", "Look-up of April 2023: 325 rows"},
      {"csp_bng (December_2023).geojson", "1 community safety partnership"},
      {"csp_bng_nocrs (December_2023).geojson", "1 community safety partnership"},
      {"lad23_bom_objectid (December_2023).csv", "325 rows"},
      {"lad23_cp1252 (December_2023).csv", "325 rows"},
      {"lad23_lower (December_2023).csv", "325 rows"},
      {"lad23_semicolon (December_2023).csv", "325 rows (read as UTF-8, separated by semicolons)"},
      {"lad23_trailing_blank_names (December_2023).csv", "325 rows"},
      {"lad_3d (December_2022).geojson", "1 district"},
      {"lad_bng_27700 (December_2022).geojson", "1 district"},
      {"lad_wrong_square (December_2022).geojson", "1 district"},  // the first of its kind: nothing that it contradicts
      {"pfa_bng_27700 (December_2022).geojson", "1 police force area"},
  };
  const std::vector<std::pair<std::string, std::string>> not_read = {
      {"LAD23_CSP23_PFA23_EW_LU.csv", "nothing says which month"},
      {"lad23_double_entry (December_2023).csv", "were given before"},
      {"lad23_mixed_vintage (December_2023).csv", "has no column CSP24CD"},
      {"lad23_with_scotland (December_2023).csv", "is not the code of a district"},
      {"lad_esri (December_2022).json", "is Esri JSON"},
      {"lad_latlon_swapped (December_2022).geojson", "in each other's place"},
      {"lad_null_geometry (December_2022).geojson", "A feature has no geometry"},
  };
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kTrouble)) files += entry.is_regular_file();
  CHECK(files == read.size() + not_read.size());
  for (const auto& [name, said] : read) {
    on_each_engine([&](Program& program) {
      const auto report = program.import(kTrouble + name);
      REQUIRE_MESSAGE(report.has_value(), name << ": " << (report ? "" : report.error().message));
      CHECK_MESSAGE(contains(report->files.at(0).what, said), report->files.at(0).what);
    });
  }
  on_each_engine([&](Program& program) {
    for (const auto& [name, said] : not_read)
      CHECK_MESSAGE(contains(program.refused(kTrouble + name), said), name << ": " << program.refused(kTrouble + name));
    CHECK(program.originals().empty());
  });
}
