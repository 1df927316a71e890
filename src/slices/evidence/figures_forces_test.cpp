// Figures of several forces: whose rows, suspect months, small numbers, official figures, what others imported.
#include "slices/evidence/figures_for_tests.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

TEST_CASE("recorded-by=all says in words what it counts; a force without an area has figures of its own") {
  for_each_house([](House& house) {
    (void)house.world.import_well(
        {house.world.given("2023-01-surrey-street.csv", january()),
         house.world.given("2023-01-sussex-street.csv",
                           small("2023-01", "Sussex Police", {"E01031001", "E01030001", "E01030001"})),
         house.world.given("2023-01-btp-street.csv",
                           small("2023-01", "British Transport Police", {"E01030001", "E01031001", ""}))});
    const std::string period = "&from=2023-01&to=2023-01&type=burglary";
    // Surrey's ten burglaries, one of them over the border and one without a place; in its area two of Sussex's and one
    // of the BTP's.
    const Figure all = house.ask("/figures/crimes?area=E23000031&recorded-by=all" + period, house.officer);
    CHECK(all.quantity.integer() == 13);
    CHECK(all.working.in_words ==
          "Every row of Surrey Police's street-level files, wherever it lies and whether it names a place or not, and "
          "the rows of every other "
          "imported force whose LSOA lies in Surrey's area, each row counted once.");
    std::int64_t rows = 0;
    for (const auto& input : all.working.inputs) rows += input.source->rows.value_or(0);
    CHECK(rows == 13);
    CHECK(all.working.inputs.at(0).source->filter.find("LSOA in Surrey") == 0);  // the BTP's file
    CHECK(house.rows("/figures/crimes?area=E23000031&recorded-by=all" + period).size() == 14);

    const Figure btp = house.ask("/figures/crimes?area=btp" + period, house.officer);
    CHECK(btp.quantity.integer() == 3);
    CHECK(btp.working.title == "Burglary of British Transport Police, January 2023");
    CHECK(some(btp.working.caveats, "polices no area of the register's"));
    CHECK(some(btp.working.caveats, "1 of these rows name no LSOA"));
    CHECK(house.rows("/figures/crimes?area=btp" + period).size() == 4);
    CHECK(house.ask("/figures/crimes?area=btp&recorded-by=all" + period, house.officer).quantity.integer() == 3);
    CHECK_FALSE(house.ask("/figures/population?area=btp", house.officer).quantity.known());
    CHECK_FALSE(house.ask("/figures/rate?area=btp" + period, house.officer).quantity.known());
    // Not imported, so nothing is known of it; and no word is a force.
    CHECK(house.sentence("/figures/crimes?area=northern-ireland" + period).find("There is no area with the code") == 0);
    CHECK(house.sentence("/figures/crimes?area=railways" + period).find("There is no area with the code") == 0);
  });
}

TEST_CASE("suspect: rows that lie in another force, a month far from its neighbours") {
  for_each_house([](House& house) {
    std::vector<std::string> files;
    for (int month = 1; month <= 7; ++month) {
      const std::string iso = Month::from_ym(2022, month).iso();
      files.push_back(house.world.given(
          iso + "-surrey-street.csv", small(iso, kSurrey, std::vector<std::string>(month == 4 ? 9 : 40, "E01030001"))));
    }
    files.push_back(house.world.given("2022-01-sussex-street.csv",
                                      small("2022-01", "Sussex Police", std::vector<std::string>(30, "E01030001"))));
    (void)house.world.import_well(files);
    const auto snapshot = house.service->snapshot();
    std::vector<std::string> suspect;
    for (const ForceMonth& entry : snapshot->ledger()) {
      for (const std::string& why : entry.suspicions)
        suspect.push_back(snapshot->forces()[static_cast<std::size_t>(entry.force)].slug + " " + entry.month.iso() +
                          ": " + why);
    }
    REQUIRE(suspect.size() == 2);
    CHECK(suspect[0] == "surrey 2022-04: 20 rows, where its neighbouring months have 51 in the middle");
    CHECK(suspect[1] == "sussex 2022-01: its rows lie in another force: 30 of 41 in Surrey");
    const Figure figure = house.ask("/figures/crimes?area=E23000031&from=2022-01&to=2022-07", house.officer);
    CHECK_FALSE(figure.coverage.complete());
    CHECK(figure.coverage.suspect.size() == 1);
  });
}

TEST_CASE(
    "a file whose rows lie in another force, or name no place, says nothing of its own area: not known, and not "
    "nought") {
  for_each_house([](House& house) {
    // As one month of Greater Manchester was published: fourteen rows, all of them elsewhere.
    std::string away = kHeading, nowhere = kHeading;
    for (int i = 0; i < 14; ++i)
      away += row("a" + std::to_string(i), "2022-01", kSurrey, "E01031001", i % 2 == 0 ? "Burglary" : "Robbery");
    for (int i = 0; i < 40; ++i) nowhere += row("n" + std::to_string(i), "2022-02", kSurrey, "", "Burglary");
    for (const char* type : {"Robbery", "Drugs", "Shoplifting", "Anti-social behaviour", "Other theft", "Public order"})
      nowhere += row(std::string("n") + type, "2022-02", kSurrey, "", type);
    (void)house.world.import_well(
        {house.world.given("2022-01-surrey-street.csv", away), house.world.given("2022-02-surrey-street.csv", nowhere),
         house.world.given("2022-03-surrey-street.csv", small("2022-03", kSurrey, {"E01030001", "E01030002"}))});
    for (const char* place : {"area=E23000031", "area=E22000001", "area=E01030001", "lsoas=E01030001,E01030002"}) {
      for (const char* kind : {"crimes", "rate"}) {
        const Figure january_of = house.ask(
            std::string("/figures/") + kind + "?" + place + "&type=burglary&from=2022-01&to=2022-01", house.officer);
        CHECK(january_of.quantity.state() == Quantity::State::unknown);
        CHECK(january_of.quantity.reason().find("its rows lie in another force, so they say nothing of its own area") !=
              std::string::npos);
        CHECK(january_of.coverage.present == 0);
        for (const figures::Input& input : january_of.working.inputs)
          if (input.source) CHECK_FALSE(input.source->rows == 0);
      }
      // In a sum it is missing: a floor.
      const Figure both =
          house.ask(std::string("/figures/crimes?") + place + "&type=burglary&from=2022-01&to=2022-03", house.officer);
      CHECK(both.quantity.partial);
      CHECK(both.coverage.present == (std::string(place) == "area=E23000031" ? 2 : 1));
    }
    // Without places the force's own number stands, and is suspect; of its parts nothing is known.
    const Figure force =
        house.ask("/figures/crimes?area=E23000031&type=burglary&from=2022-02&to=2022-02", house.officer);
    CHECK(force.quantity.integer() == 40);
    CHECK(some(force.coverage.suspect, "46 of its 46 rows name no LSOA"));
    const Figure part =
        house.ask("/figures/crimes?area=E22000001&type=burglary&from=2022-02&to=2022-02", house.officer);
    CHECK(part.quantity.state() == Quantity::State::unknown);
    CHECK(part.quantity.reason().find("its rows name no LSOA, so they say nothing of a part") != std::string::npos);
    const auto snapshot = house.service->snapshot();
    const auto selection = snapshot->select("E22000001", Date::from_ymd(2022, 12, 31));
    REQUIRE(selection);
    const auto months = snapshot->series(**selection, Period::parse("2022-01", "2022-03").value());
    CHECK_FALSE(months[0].count.has_value());
    CHECK_FALSE(months[1].count.has_value());
  });
}

TEST_CASE(
    "where one category is under 5 its count follows from the total, so the least of the others is withheld with it") {
  for_each_house([](House& house) {
    std::string text = kHeading;
    int id = 0;
    for (const auto& [type, count] : {std::pair{"Burglary", 9}, std::pair{"Robbery", 2}, std::pair{"Drugs", 6},
                                      std::pair{"Shoplifting", 20}, std::pair{"Anti-social behaviour", 3}})
      for (int i = 0; i < count; ++i) text += row("r" + std::to_string(id++), "2023-01", kSurrey, "E01030001", type);
    for (const char* type : {"Other theft", "Public order", "Vehicle crime", "Bicycle theft"})
      for (int i = 0; i < 30; ++i) text += row("r" + std::to_string(id++), "2023-01", kSurrey, "E01030001", type);
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", text)});
    const auto shown = [&](const std::string& type, const Viewer& viewer) {
      return house.ask("/figures/crimes?area=E22000001&from=2023-01&to=2023-01&type=" + type, viewer).quantity.text();
    };
    CHECK(shown("robbery", house.anyone) == "fewer than 5");
    CHECK(shown("drugs", house.anyone) == "withheld");
    CHECK(shown("burglary", house.anyone) == "9");
    CHECK(shown("crime", house.anyone) == "157");
    // Every row less crimes is anti-social behaviour.
    CHECK(shown("anti-social-behaviour", house.anyone) == "fewer than 5");
    CHECK(shown("all", house.anyone) == "withheld");
    CHECK(shown("drugs", house.officer) == "6");
    CHECK(shown("all", house.officer) == "160");
    const Figure drugs = house.ask("/figures/crimes?area=E22000001&from=2023-01&to=2023-01&type=drugs", house.anyone);
    REQUIRE(drugs.working.inputs.size() == 1);
    CHECK_FALSE(drugs.working.inputs[0].source->rows.has_value());
    CHECK(house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01&type=drugs", house.anyone).quantity.state() ==
          Quantity::State::suppressed);
  });
}

TEST_CASE("the rows of each file do not tell the one that has few") {
  for_each_house([](House& house) {
    std::vector<std::string> files;
    for (int month = 1; month <= 3; ++month) {
      const std::string iso = Month::from_ym(2022, month).iso();
      files.push_back(
          house.world.given(iso + "-surrey-street.csv",
                            small(iso, kSurrey, std::vector<std::string>(month == 2 ? 2 : 5 + month, "E01030001"))));
    }
    (void)house.world.import_well(files);
    const auto rows = [&](const Viewer& viewer) {
      std::vector<std::int64_t> told;
      const Figure figure = house.ask("/figures/crimes?area=E22000001&from=2022-01&to=2022-03&type=crime", viewer);
      CHECK(figure.quantity.integer() == 16);
      for (const figures::Input& input : figure.working.inputs) told.push_back(input.source->rows.value_or(-1));
      return told;
    };
    CHECK(rows(house.officer) == std::vector<std::int64_t>{6, 2, 8});
    CHECK(rows(house.anyone) == std::vector<std::int64_t>{-1, -1, 8});
  });
}

TEST_CASE("official figures of Table C2, with what does not fit in the table") {
  for_each_house([](House& house) {
    CHECK(house.sentence("/figures/official-crimes?area=E22000368").find("No official table has been imported") == 0);
    const Result<ImportReport> report = import_table_c2(
        house.world.doing(), house.world.holdings,
        tests::source_dir() + "/data/sample/official-tables/ons-table-c2-csp-year-ending-june-2025.csv");
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().message));
    CHECK(house.ask("/figures/official-crimes?area=E22000368", house.anyone).quantity.integer() == 19'210);
    CHECK(house.ask("/figures/official-crimes?area=E23000036&offence=burglary", house.anyone).quantity.integer() ==
          7'232);
    CHECK(some(house.ask("/figures/official-crimes?area=W15000002", house.anyone).working.caveats, "Gwent"));
    CHECK(house.ask("/figures/official-crimes?area=E23000032", house.anyone).working.title.find("Kent") !=
          std::string::npos);
    CHECK(house.sentence("/figures/official-crimes?area=E22000368&offence=piracy")
              .find("Table C2 has no column piracy") == 0);
    const Result<ImportReport> again = import_table_c2(
        house.world.doing(), house.world.holdings,
        tests::source_dir() + "/data/sample/official-tables/ons-table-c2-csp-year-ending-june-2025.csv");
    REQUIRE(again);
    CHECK(again->id == 0);
  });
}

TEST_CASE("a snapshot sees what another process imported, and one that is held does not change") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january())});
    const auto before = house.service->snapshot();
    const auto selection = before->select("E23000031", house.officer.today);
    const Period period{Month::from_ym(2023, 1), Month::from_ym(2023, 1)};
    (void)house.world.import_well({house.world.given("again/2023-01-surrey-street.csv",
                                                     january() + row("z", "2023-01", kSurrey, "E01030001", "Drugs"))});
    CHECK(before->count(**selection, period) == 12 + kOtherCategories);
    static_cast<EvidenceService*>(house.service)->forget();
    const auto after = house.service->snapshot();
    CHECK(after->version() != before->version());
    CHECK(after->count(**after->select("E23000031", house.officer.today), period) == 13 + kOtherCategories);
  });
}

TEST_CASE(
    "positions of a selection: whose rows count, superseded files, months, folders from before positions were kept") {
  for_each_house([](House& house) {
    const auto at = [](std::string line, const std::string& longitude, const std::string& latitude) {
      return line.replace(line.find("-2.1,54.1"), 9, longitude + "," + latitude);
    };
    // January, then once more with one crime moved; February; and what Sussex recorded in Surrey's LSOA.
    const std::string first = january();
    std::string second = kHeading;
    for (int i = 0; i < 7; ++i)
      second += at(row("a" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Burglary"), i < 3 ? "-0.4" : "-0.5",
                   "51.3");
    for (int i = 0; i < 2; ++i)
      second += at(row("b" + std::to_string(i), "2023-01", kSurrey, "E01030001", "Robbery"), "-0.5", "51.3");
    second += at(row("c", "2023-01", kSurrey, "E01030002", "Burglary"), "", "");
    second += row("d", "2023-01", kSurrey, "", "Burglary") + row("e", "2023-01", kSurrey, "E01031001", "Burglary");
    house.world.import_well({house.world.given("2023-01-surrey-street.csv", first)});
    // It is without the further categories, so it has to be said that this is meant.
    sources::Manners meant;
    meant.accept_removals = true;
    meant.reason = "another force's categories";
    REQUIRE(import_police(house.world.doing(), house.world.holdings,
                          {house.world.given("later/2023-01-surrey-street.csv", second)}, nullptr, meant));
    house.world.import_well(
        {house.world.given("2023-02-surrey-street.csv",
                           kHeading + at(row("f", "2023-02", kSurrey, "E01030001", "Burglary"), "-0.5", "51.3"))});
    house.world.import_well({house.world.given("2023-02-sussex-street.csv",
                                               small("2023-02", "Sussex Police", {"E01030001", "E01031001"}))});
    const auto snapshot = house.service->snapshot();
    const Period both = *Period::parse("2023-01", "2023-02");
    const auto of = [&](const std::string& area, Recorder recorder = Recorder::territorial_force,
                        int type = kAllTypes) {
      const auto selection = snapshot->select(area, Date::from_ymd(2023, 6, 1), recorder);
      REQUIRE(selection);
      const Result<PointCounts> points = snapshot->points(**selection, both, type);
      REQUIRE_MESSAGE(points.has_value(), (points ? "" : points.error().message));
      // Counts agree with the cube, by LSOA and month, with what has no position.
      CHECK(points->rows == snapshot->count(**selection, both, type));
      std::int64_t sum = points->without_position;
      for (const std::uint32_t count : points->counts) sum += count;
      CHECK(sum == points->rows);
      CHECK(points->counts.size() == points->points.size() * 2);
      return *points;
    };
    const PointCounts elmbridge = of("E22000001");
    CHECK(elmbridge.rows == 11);  // not the row of Sussex
    CHECK(elmbridge.without_position == 1);
    REQUIRE(elmbridge.points.size() == 2);
    CHECK(elmbridge.lsoas == std::vector<std::string>{"E01030001"});
    CHECK(elmbridge.points[0].longitude == -500'000);
    CHECK(elmbridge.points[0].latitude == 51'300'000);
    CHECK(elmbridge.counts == std::vector<std::uint32_t>{6, 1, 3, 0});
    CHECK(of("E22000001", Recorder::all).rows == 12);
    CHECK(of("E22000001", Recorder::territorial_force, *snapshot->type_index("robbery")).counts ==
          std::vector<std::uint32_t>{2, 0});
    // The whole force: rows that name no LSOA lie where they lie.
    const PointCounts surrey = of("E23000031");
    CHECK(surrey.rows == 13);
    CHECK(surrey.lsoas.back().empty());

    // As the folders were before: the positions are made again when they are asked for, the same.
    std::map<std::string, std::string> before;
    for (const std::string& file : files_below(house.world.folder.path() + "/data/evidence/points"))
      before[file] = read_file(file);
    CHECK(before.size() == 4);
    std::filesystem::remove_all(house.world.folder.path() + "/data/evidence/points");
    CHECK(of("E22000001").counts == elmbridge.counts);
    CHECK(of("E22000001", Recorder::all).rows == 12);
    std::size_t again = 0;
    for (const std::string& file : files_below(house.world.folder.path() + "/data/evidence/points")) {
      ++again;
      CHECK(read_file(file) == before[file]);
    }
    CHECK(again == 3);  // not that of the superseded file
  });
}
