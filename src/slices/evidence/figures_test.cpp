// From files to figures, as the program does it: imported, asked through the registry, explained, their rows read back.
#include "slices/evidence/figures_for_tests.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

TEST_CASE("rows of a force's file are figures: as many as the ledger says, and they end at the file") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january())});
    const auto ask = [&](const std::string& rest) {
      return house.ask("/figures/file-rows?force=surrey&month=2023-01" + rest, house.officer);
    };
    const Figure rows = ask("");
    CHECK(rows.quantity.integer() == 12 + kOtherCategories);
    CHECK(ask("&of=rows").quantity.integer() == rows.quantity.integer());
    CHECK(ask("&of=without-lsoa").quantity.integer() == 1);
    CHECK(ask("&of=refused").quantity.integer() == 0);
    REQUIRE(rows.working.inputs.size() == 1);
    REQUIRE(rows.working.inputs.front().source.has_value());
    CHECK(rows.working.inputs.front().source->ends());
    // The address that tables write is the one that answers.
    const Force surrey{"surrey", "Surrey Police", "E23000031"};
    CHECK(file_rows_address(surrey, Month::from_ym(2023, 1), "rows").path() ==
          "/figures/file-rows?force=surrey&month=2023-01");
    CHECK(file_rows_address(surrey, Month::from_ym(2023, 1), "refused").path() ==
          "/figures/file-rows?force=surrey&month=2023-01&of=refused");
    // A month without a file has no rows to count: not nought of them.
    CHECK_FALSE(house.ask("/figures/file-rows?force=surrey&month=2023-02", house.officer).quantity.known());
  });
}

TEST_CASE("which rows count for a force, a partnership, an LSOA, and whose") {
  for_each_house([](House& house) {
    (void)house.world.import_well(
        {house.world.given("2023-01-surrey-street.csv", january()),
         house.world.given("2023-01-sussex-street.csv",
                           small("2023-01", "Sussex Police", {"E01031001", "E01030001", "E01030001"})),
         house.world.given("2023-01-btp-street.csv", small("2023-01", "British Transport Police", {"E01030001"}))});
    const std::string period = "&from=2023-01&to=2023-01";
    // The force: every row of its files, wherever it lies.
    CHECK(house.ask("/figures/crimes?area=E23000031" + period, house.officer).quantity.integer() ==
          12 + kOtherCategories);
    const Figure partnership = house.ask("/figures/crimes?area=E22000001" + period, house.officer);
    CHECK(partnership.quantity.integer() == 10);
    CHECK(some(partnership.working.caveats, "1 further rows of Surrey Police name no LSOA"));
    CHECK(some(partnership.working.caveats, "3 rows of other forces"));
    CHECK(partnership.coverage.text() == "1 of 1 force-month");
    CHECK(house.ask("/figures/crimes?area=E22000001&recorded-by=all" + period, house.officer).quantity.integer() == 13);
    CHECK(house.ask("/figures/crimes?area=E22000001&type=robbery" + period, house.officer).quantity.integer() == 2);
    CHECK(house.ask("/figures/crimes?area=E01030002" + period, house.officer).quantity.integer() == 1);
    CHECK(house.ask("/figures/crimes?lsoas=E01030002,E01031001" + period, house.officer).quantity.integer() ==
          2);  // Sussex's own row there, not Surrey's
    CHECK(house.ask("/figures/crimes?lsoas=E01031001&recorded-by=all" + period, house.officer).quantity.integer() == 2);
    // A category that exists and does not occur is nought, a word is not a category.
    CHECK(house.ask("/figures/crimes?area=E22000001&type=drugs" + period, house.officer).quantity.integer() == 0);
    CHECK(house.sentence("/figures/crimes?area=E22000001&type=drug" + period).find("There is no crime type drug.") ==
          0);
    CHECK(house.sentence("/figures/crimes?area=E22999999" + period).find("There is no area with the code") == 0);
    CHECK(house.sentence("/figures/crimes?lsoas=E22000001" + period).find("is not the code of an LSOA") !=
          std::string::npos);
    CHECK(house.sentence("/figures/crimes?area=E22000001&lsoas=E01030001" + period).find("Give either area") == 0);
    CHECK(house.sentence("/figures/crimes?area=E22000001&from=2023-02&to=2023-01") != "");

    // The working ends at the file, and the rows behind it are as many as it says.
    REQUIRE(partnership.working.inputs.size() == 1);
    REQUIRE(partnership.working.inputs[0].source);
    CHECK(partnership.working.inputs[0].source->name == "2023-01-surrey-street.csv");
    CHECK(partnership.working.inputs[0].source->rows == 10);
    CHECK(house.rows("/figures/crimes?area=E22000001" + period).size() == 11);  // with the heading
    CHECK(house.rows("/figures/crimes?area=E23000031" + period).size() == 13 + kOtherCategories);
    CHECK(house.rows("/figures/crimes?area=E22000001&recorded-by=all" + period).size() == 14);
    const auto robberies = house.rows("/figures/crimes?area=E22000001&type=robbery" + period);
    REQUIRE(robberies.size() == 3);
    CHECK(robberies[1][2] == "b0");
  });
}

// January of Surrey with four anti-social behaviour incidents beside its crimes: two in the partnership, one over the
// border, one without a place.
std::string january_with_incidents() {
  std::string text = january();
  for (const char* lsoa : {"E01030001", "E01030002", "E01031001", ""})
    text += row("", "2023-01", kSurrey, lsoa, "Anti-social behaviour");
  return text;
}

TEST_CASE("crime is every row but anti-social behaviour, all is every row, and whatever counts says which") {
  for_each_house([](House& house) {
    (void)house.world.import_well(
        {house.world.given("2023-01-surrey-street.csv", january_with_incidents()),
         house.world.given("2023-01-btp-street.csv", kHeading + row("z", "2023-01", "British Transport Police",
                                                                    "E01030001", "Anti-social behaviour"))});
    const auto snapshot = house.service->snapshot();
    const Period month = *Period::parse("2023-01", "2023-01");
    for (const char* area : {"E23000031", "E22000001", "E01030002"}) {
      CAPTURE(area);
      const std::string of = std::string("/figures/crimes?area=") + area + "&from=2023-01&to=2023-01";
      const Figure unsaid = house.ask(of, house.officer), all = house.ask(of + "&type=all", house.officer),
                   crime = house.ask(of + "&type=crime", house.officer),
                   incidents = house.ask(of + "&type=anti-social-behaviour", house.officer);
      // An address from before there was a choice keeps its value and leads to the one that names it.
      CHECK(unsaid.quantity.integer() == all.quantity.integer());
      CHECK(unsaid.address == all.address);
      CHECK(all.address.path() == of + "&type=all");
      CHECK(crime.quantity.integer() + incidents.quantity.integer() == all.quantity.integer());
      CHECK(incidents.quantity.integer() > 0);
      CHECK(all.quantity.unit_text() == "crimes and incidents");
      CHECK(crime.quantity.unit_text() == "crimes");
      CHECK(incidents.quantity.unit_text() == "incidents");
      CHECK(all.working.title.starts_with("Recorded crime and anti-social behaviour in "));
      CHECK(crime.working.title.starts_with("Recorded crime in "));
      CHECK(crime.working.in_words.find("every category but anti-social behaviour") != std::string::npos);
      CHECK(all.working.in_words.find("every row of the files") != std::string::npos);
      CHECK(crime.working.inputs.at(0).source->rows == crime.quantity.integer());
      CHECK(crime.working.inputs.at(0).source->filter.find("every category but anti-social behaviour") !=
            std::string::npos);
      // The rows behind it are those, and no others.
      CHECK(house.rows(of).size() == static_cast<std::size_t>(all.quantity.integer()) + 1);
      const auto rows = house.rows(of + "&type=crime");
      CHECK(rows.size() == static_cast<std::size_t>(crime.quantity.integer()) + 1);
      for (const auto& one : rows) CHECK(std::find(one.begin(), one.end(), "Anti-social behaviour") == one.end());

      // Wherever the index of a type is taken.
      const auto selection = *snapshot->select(area, house.officer.today);
      const int asb = *snapshot->type_index("anti-social-behaviour");
      CHECK(snapshot->count(*selection, month, kCrimeTypes) == crime.quantity.integer());
      CHECK(snapshot->series(*selection, month, kCrimeTypes).at(0).count == crime.quantity.integer());
      const auto sum = [&](const auto& method) {
        return std::array{method(kAllTypes), method(kCrimeTypes) + method(asb)};
      };
      for (const auto& two :
           {sum([&](int type) { return snapshot->without_place(*selection, month, type); }),
            sum([&](int type) { return snapshot->by_other_forces(*selection, month, type); }),
            sum([&](int type) { return snapshot->points(*selection, month, type)->rows; }), sum([&](int type) {
              std::int64_t rows_of_lsoas = 0;
              for (const auto& one : snapshot->by_lsoa(*selection, month, type)) rows_of_lsoas += one.count;
              return rows_of_lsoas;
            })})
        CHECK(two[0] == two[1]);
      CHECK(snapshot->points(*selection, month, kCrimeTypes)->rows == crime.quantity.integer());
    }
    CHECK(snapshot->by_other_forces(**snapshot->select("E22000001", house.officer.today), month, kCrimeTypes) == 0);
    CHECK(snapshot->by_other_forces(**snapshot->select("E22000001", house.officer.today), month, kAllTypes) == 1);
    CHECK(house.sentence("/figures/crimes?area=E22000001&from=2023-01&to=2023-01&type=crimes")
              .find("There is no crime type crimes. There are: crime, all, anti-social-behaviour") == 0);
    const Figure rate = house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01&type=crime", house.officer);
    CHECK(rate.quantity.unit_text() == "crimes per 1,000 people");
    CHECK(house.ask("/figures/rate?area=E22000001&from=2023-01&to=2023-01", house.officer).quantity.unit_text() ==
          "crimes and incidents per 1,000 people");
  });
}

TEST_CASE("what is said of a type, of a count of it, and of the map points of July 2022") {
  CHECK(counted(20'496, "crime") == "20,496 crimes");
  CHECK(counted(1, "burglary") == "1 crime");
  CHECK(counted(4'832, "anti-social-behaviour") == "4,832 incidents");
  CHECK(counted(25'328, "all") == "25,328 crimes and incidents");
  CHECK(counted(25'328, "") == "25,328 crimes and incidents");
  CHECK(heading_of_type("all") == "Crimes and incidents");
  CHECK(heading_of_type("crime") == "Crimes");
  for (const char* type : {"crime", "burglary", "drugs"}) CHECK(unit_of_type(type) == "crimes");
  CHECK(belongs_to("burglary", "crime"));
  CHECK_FALSE(belongs_to("anti-social-behaviour", "crime"));
  CHECK(belongs_to("anti-social-behaviour", "all"));
  CHECK_FALSE(belongs_to("burglary", "drugs"));
  const auto period = [](const char* from, const char* to) { return *Period::parse(from, to); };
  CHECK(map_points_note(period("2022-01", "2022-11")).find("renewed its map points for July 2022") !=
        std::string::npos);
  CHECK(map_points_note(period("2022-06", "2022-07")) != "");
  CHECK(map_points_note(period("2022-01", "2022-06")) == "");
  CHECK(map_points_note(period("2022-07", "2023-06")) == "");
  CHECK(map_points_note(period("2021-07", "2021-12"), period("2022-07", "2022-12")) != "");
  CHECK(map_points_note(period("2022-07", "2022-09"), period("2022-10", "2022-12")) == "");
}

TEST_CASE(
    "small numbers are withheld from those who are not signed in, and so are rates and parts that would tell them") {
  for_each_house([](House& house) {
    (void)house.world.import_well({house.world.given("2023-01-surrey-street.csv", january())});
    const std::string population = house.world.given(
        "population.csv",
        "LSOA 2021 Code,Mid-2022: Population\nE01030001,1000\nE01039001,600\nE01039002,400\nE01031001,10\n");
    REQUIRE(import_population(house.world.doing(), house.world.holdings, population));
    const std::string of = "?area=E22000001&type=robbery&from=2023-01&to=2023-01";
    const Figure open = house.ask("/figures/crimes" + of, house.anyone);
    CHECK(open.quantity.state() == Quantity::State::suppressed);
    CHECK(open.quantity.text() == "fewer than 5");
    CHECK(figures::to_json(open).find("\"rows\":2") == std::string::npos);
    const Figure rate = house.ask("/figures/rate" + of, house.anyone);
    CHECK(rate.quantity.state() == Quantity::State::suppressed);
    CHECK(rate.quantity.text() == "withheld");
    CHECK(house.ask("/figures/rate" + of, house.officer).quantity.number() == doctest::Approx(1.0));
    const Figure burglary =
        house.ask("/figures/rate?area=E22000001&type=burglary&from=2023-01&to=2023-01", house.anyone);
    CHECK(burglary.quantity.number() == doctest::Approx(4.0));  // 8 for 2,000
    CHECK(burglary.quantity.text() == "4.0");
    REQUIRE(burglary.working.inputs.size() == 2);
    CHECK(burglary.working.inputs[1].figure->quantity.integer() == 2000);
    CHECK(burglary.working.inputs[1].figure->working.title == "Population of Elmbridge, mid-2022");
    CHECK(some(burglary.working.inputs[0].figure->working.caveats, "fewer than 5 further rows"));
  });
}

TEST_CASE("a month that was not submitted is missing, not nought") {
  for_each_house([](House& house) {
    (void)house.world.import_well(
        {house.world.given("2023-01-surrey-street.csv", january()),
         house.world.given("2023-04-surrey-street.csv", small("2023-04", kSurrey, {"E01030001", "E01030002"})),
         house.world.given("2023-02-sussex-street.csv", small("2023-02", "Sussex Police", {"E01031001"}))});
    const Figure figure = house.ask("/figures/crimes?area=E22000001&from=2023-01&to=2023-04", house.officer);
    CHECK(figure.quantity.integer() == 12);
    CHECK(figure.quantity.partial);
    CHECK(figure.coverage.expected == 4);
    CHECK(figure.coverage.present == 2);
    REQUIRE(figure.coverage.missing.size() == 1);
    CHECK(figure.coverage.missing[0] == "Surrey Police, February to March 2023: not submitted, or not imported");
    CHECK(some(figure.working.caveats,
               "what is absent is not nought: Surrey Police, February to March 2023: not submitted"));
    const Figure none = house.ask("/figures/crimes?area=E22000001&from=2023-02&to=2023-03", house.officer);
    CHECK(none.quantity.state() == Quantity::State::unknown);
    const auto snapshot = house.service->snapshot();
    const auto selection = snapshot->select("E22000001", house.officer.today);
    REQUIRE(selection);
    const auto series = snapshot->series(**selection, {Month::from_ym(2023, 1), Month::from_ym(2023, 4)});
    REQUIRE(series.size() == 4);
    CHECK(series[0].count == 10);
    CHECK_FALSE(series[1].count);
    CHECK(series[3].count == 2);
  });
}

TEST_CASE("codes of 2011 until May 2023, of 2021 from June 2023: an area keeps its rows") {
  for_each_house([](House& house) {
    (void)house.world.import_well(
        {house.world.given("2023-05-surrey-street.csv",
                           small("2023-05", kSurrey, {"E01030001", "E01030002", "E01030002"})),
         house.world.given("2023-06-surrey-street.csv",
                           small("2023-06", kSurrey, {"E01030001", "E01039001", "E01039002"}))});
    const Figure figure = house.ask("/figures/crimes?area=E22000001&from=2023-05&to=2023-06", house.officer);
    CHECK(figure.quantity.integer() == 6);
    CHECK(some(figure.coverage.notes, "2011 until May 2023"));
    const auto snapshot = house.service->snapshot();
    CHECK(snapshot->force_month(0, Month::from_ym(2023, 5))->lsoa_vintage == 2011);
    CHECK(snapshot->force_month(0, Month::from_ym(2023, 6))->lsoa_vintage == 2021);
    const auto selection = snapshot->select("E22000001", house.officer.today);
    CHECK(snapshot->by_lsoa(**selection, {Month::from_ym(2023, 5), Month::from_ym(2023, 6)}).size() == 4);
  });
}

TEST_CASE("LSOAs of two censuses: what can be added is added, what cannot be split is not known, across June 2023") {
  for_each_house([](House& house) {
    // One category only, asked for by its name. The same ground in every month: 6 in what was split (4 and 2 in its
    // halves), 3 and 1 in what was merged.
    const std::vector<std::string> old = {"E01030002", "E01030002", "E01030002", "E01030002", "E01030002",
                                          "E01030002", "E01030003", "E01030003", "E01030003", "E01030004"};
    const std::vector<std::string> now = {"E01039001", "E01039001", "E01039001", "E01039001", "E01039002",
                                          "E01039002", "E01039003", "E01039003", "E01039003", "E01039003"};
    std::vector<std::string> files;
    for (int month = 4; month <= 7; ++month) {
      const std::string iso = Month::from_ym(2023, month).iso();
      files.push_back(house.world.given(iso + "-surrey-street.csv", small(iso, kSurrey, month < 6 ? old : now)));
    }
    (void)house.world.import_well(files);
    const auto crimes = [&](const std::string& place, const std::string& from, const std::string& to) {
      return house.ask("/figures/crimes?" + place + "&from=" + from + "&to=" + to + "&type=burglary", house.officer);
    };
    // Whole zones, by whichever code they are asked for: the same in each month and over all.
    for (const std::string place :
         {"area=E01030002", "lsoas=E01039001,E01039002", "lsoas=E01030002", "lsoas=E01030002,E01039001"}) {
      CAPTURE(place);
      for (const std::string month : {"2023-04", "2023-05", "2023-06", "2023-07"})
        CHECK(crimes(place, month, month).quantity.integer() == 6);
      const Figure figure = crimes(place, "2023-04", "2023-07");
      CHECK(figure.quantity.integer() == 24);
      CHECK_FALSE(figure.quantity.partial);
      CHECK(some(figure.coverage.notes, "by the exact fit"));
      std::int64_t rows = 0;
      for (const auto& input : figure.working.inputs) rows += input.source->rows.value_or(0);
      CHECK(rows == 24);
      CHECK(house.rows("/figures/crimes?" + place + "&from=2023-04&to=2023-07&type=burglary").size() == 25);
    }
    for (const std::string place : {"area=E01039003", "lsoas=E01030003,E01030004"}) {
      CAPTURE(place);
      for (const std::string month : {"2023-04", "2023-07"}) CHECK(crimes(place, month, month).quantity.integer() == 4);
      CHECK(crimes(place, "2023-05", "2023-06").quantity.integer() == 8);
    }
    // A half of what was split: known from June on, not before, and not across.
    CHECK(crimes("area=E01039001", "2023-06", "2023-07").quantity.integer() == 8);
    for (const char* from : {"2023-04", "2023-05"}) {
      const Figure half = crimes("area=E01039001", from, from == std::string("2023-04") ? "2023-05" : "2023-06");
      CHECK_FALSE(half.quantity.known());
      CHECK(half.quantity.reason().find("one of the 2 LSOAs of 2021 into which E01030002 (LSOA E01030002) was split") !=
            std::string::npos);
      CHECK_FALSE(half.coverage.complete());
      REQUIRE_FALSE(half.working.offers.empty());
      CHECK(half.working.offers[0].address.parameters.get("area") == "E01030002");
      const Figure offered = house.ask(half.working.offers[0].address.path(), house.officer);
      CHECK(offered.quantity.integer() == 12);
    }
    const Figure across = crimes("area=E01039001", "2023-05", "2023-06");
    REQUIRE(across.working.offers.size() == 2);
    CHECK(across.working.offers[1].address.query() == "area=E01039001&from=2023-06&to=2023-06&type=burglary");
    CHECK(house.sentence("/figures/crimes?area=E01039001&from=2023-05&to=2023-06").empty());
    // One of what was merged: until May, not from June on.
    CHECK(crimes("area=E01030003", "2023-04", "2023-05").quantity.integer() == 6);
    const Figure one = crimes("area=E01030003", "2023-06", "2023-06");
    CHECK_FALSE(one.quantity.known());
    CHECK(one.working.offers.at(0).address.parameters.get("area") == "E01039003");
    // A set with one half, and with both.
    CHECK_FALSE(crimes("lsoas=E01030001,E01039001", "2023-05", "2023-06").quantity.known());
    CHECK(crimes("lsoas=E01030001,E01039001", "2023-06", "2023-06").quantity.integer() == 4);
    CHECK(crimes("lsoas=E01030001,E01039001,E01039002", "2023-05", "2023-06").quantity.integer() == 12);
    CHECK(crimes("lsoas=E01039001,E01030003", "2023-05", "2023-05").quantity.text() == "not known");
    const Figure set = crimes("lsoas=E01030001,E01039001", "2023-05", "2023-05");
    CHECK(set.working.offers.at(0).address.parameters.get("lsoas") == "E01030001,E01039001,E01039002");
    CHECK(set.working.offers.at(1).address.parameters.get("lsoas") == "E01030001");
    // The series of a half has no count before June, and the one of both halves has.
    const auto snapshot = house.service->snapshot();
    const Period all{Month::from_ym(2023, 4), Month::from_ym(2023, 7)};
    const auto half = *snapshot->select_lsoas({"E01039001"}, house.officer.today);
    const auto series = snapshot->series(*half, all, *snapshot->type_index("burglary"));
    CHECK_FALSE(series[1].count);
    CHECK(series[2].count == 4);
    CHECK(snapshot
              ->series(**snapshot->select("E01030002", house.officer.today), all, *snapshot->type_index("burglary"))[1]
              .count == 6);
    CHECK(vintages_of(*snapshot, *half, all).both());
    CHECK(not_known_by_fit(*snapshot, *half, all));
    CHECK(known_by_fit(*half, all) == Period{Month::from_ym(2023, 6), Month::from_ym(2023, 7)});
    // Populations are of LSOAs of 2021: of a whole zone, or of its own, and none of a part of what was merged. Rates
    // likewise.
    REQUIRE(import_population(
        house.world.doing(), house.world.holdings,
        house.world.given(
            "people.csv",
            "LSOA 2021 Code,Mid-2022: Population\nE01030001,1000\nE01039001,600\nE01039002,400\nE01039003,800\n")));
    const auto people = [&](const std::string& place) {
      return house.ask("/figures/population?year=2022&" + place, house.officer);
    };
    CHECK(people("area=E01030002").quantity.integer() == 1000);
    CHECK(people("area=E01039001").quantity.integer() == 600);
    CHECK(people("lsoas=E01030003,E01030004").quantity.integer() == 800);
    CHECK_FALSE(people("area=E01030003").quantity.known());
    CHECK(people("area=E01030003").working.offers.at(0).address.query() == "area=E01039003&year=2022");
    const auto rate = [&](const std::string& place, const std::string& months) {
      return house.ask("/figures/rate?year=2022&type=burglary&" + place + "&" + months, house.officer);
    };
    CHECK(rate("area=E01030002", "from=2023-04&to=2023-07").quantity.number() == doctest::Approx(24.0));
    CHECK(rate("area=E01039001", "from=2023-06&to=2023-07").quantity.number() == doctest::Approx(1000.0 * 8 / 600));
    CHECK_FALSE(rate("area=E01039001", "from=2023-05&to=2023-06").quantity.known());
    CHECK_FALSE(rate("area=E01030003", "from=2023-04&to=2023-05")
                    .quantity.known());  // its crimes are known, its people are not
    CHECK(rate("area=E01030003", "from=2023-04&to=2023-05").working.offers.at(0).address.parameters.get("area") ==
          "E01039003");
    // The public sees no more of it.
    CHECK(house.ask("/figures/crimes?area=E01039001&from=2023-05&to=2023-06&type=burglary", house.anyone)
              .quantity.state() == Quantity::State::unknown);
  });
}
