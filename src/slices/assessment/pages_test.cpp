#include "slices/assessment/house_for_tests.h"

using namespace tithing::assessment::testing;

TEST_CASE(
    "one category of one month that is not known is no missing month: sentence, warning, table and files say which") {
  Room room;
  room.in_part = true;
  const std::string address = "/areas/E22000372/crime?from=2022-04&to=2022-06&type=all";
  const std::string page = room.read(address);
  CHECK(holds(page, "over 3 months, without Burglary in May 2022 (North Yorkshire Police), which is not known."));
  CHECK_FALSE(holds(page, "the others missing"));
  CHECK_FALSE(holds(page, "A missing month is not zero"));
  CHECK(holds(page,
              "2 of 3 force-months, 1 in part, without Burglary in May 2022 (North Yorkshire Police), which is not "
              "known. A category that is not known is not zero."));
  CHECK(holds(page, "At least 0.5"));
  // What rests on whole counts says what it lacks.
  const auto change = room.ask("change", {{"area", "E22000372"},
                                          {"from", "2022-05"},
                                          {"to", "2022-06"},
                                          {"base-from", "2022-03"},
                                          {"base-to", "2022-04"}});
  CHECK(change->quantity.reason().find("What it rests on is without Burglary in May 2022 (North Yorkshire Police), "
                                       "which is not known, and what is not known is not zero.") == 0);
  // The files have what the page has beside the number.
  const std::string floor = "At least: without Burglary in May 2022 (North Yorkshire Police), which is not known.";
  CHECK(holds(page, floor));
  for (const char* table : {"types", "series", "districts"}) {
    CAPTURE(table);
    const auto csv = room.get("/areas/E22000372/crime/" + std::string(table) + ".csv?from=2022-04&to=2022-06&type=all");
    CHECK(csv.status == 200);
    CHECK(holds(csv.body, floor));
    CHECK(holds(csv.body.substr(0, csv.body.find('\n')), "Notes"));
  }
  CHECK(holds(room.get("/areas/E23000009/crime/partnerships.csv?from=2022-04&to=2022-06&type=all").body, floor));
  // A month that is missing is said to be missing.
  room.in_part = false;
  const std::string york = room.read("/areas/E22000371/crime?from=2022-04&to=2022-06&type=all");
  CHECK(holds(york, "over 2 of 3 months, the others missing."));
  CHECK(holds(york, "A missing month is not zero."));
  CHECK(holds(room.get("/areas/E22000371/crime/types.csv?from=2022-04&to=2022-06&type=all").body,
              "At least: months are missing or not known."));
}

TEST_CASE("why the official count is not the same names what differs, and nothing that does not") {
  Room room;
  const auto said = [&](const std::string& type, const std::string& more = "") {
    const std::string page = room.read("/areas/E22000372/crime?from=2022-04&to=2022-06&type=" + type + more);
    const std::size_t begin = page.find("The official count, ONS");
    REQUIRE(begin != std::string::npos);
    return page.substr(begin, page.find("counted.", begin) - begin + 8);
  };
  CHECK(holds(said("burglary"), "it counts all recorded crime, and the number above one category of it, Burglary."));
  CHECK_FALSE(holds(said("burglary"), "anti-social"));
  CHECK(holds(
      said("crime"),
      "It counts all recorded crime, as the number above does, and neither holds anti-social behaviour incidents"));
  CHECK_FALSE(holds(said("crime"), "one category"));
  CHECK(holds(said("all"), "it holds no anti-social behaviour incidents, which the number above it does."));
  CHECK(holds(said("anti-social-behaviour"), "it counts all recorded crime, and no anti-social behaviour incident."));
  for (const char* type : {"burglary", "crime", "all", "anti-social-behaviour"})
    CHECK(holds(said(type), "own force are counted."));
  CHECK(holds(said("all", "&recorded-by=all"), "The rows of every force there are counted."));
}

TEST_CASE("a page draws no map of a part: it says over how much it could, and the list stays") {
  Room room;
  const std::string address = "/areas/E23000009/crime?from=2022-06&to=2022-06&type=all";
  CHECK(holds(room.read(address), "There is no map: no boundaries have been imported for these areas."));
  Room part;
  part.registered.outlined = {"E22000372"};
  // A map is drawn once and kept by area, months and type: each case here asks for other months.
  const std::string refused = part.read("/areas/E23000009/crime?from=2022-07&to=2022-07&type=all");
  CHECK(holds(
      refused,
      "There is no map. Not known for the whole of North Yorkshire: it could be worked out over 1 of 2 areas (50.0%)"));
  CHECK(holds(refused, "90% of both is needed to speak for the whole. The list has the same numbers."));
  CHECK(holds(refused, "Partnerships of North Yorkshire"));
  CHECK_FALSE(holds(part.get("/areas/E23000009/crime?from=2022-07&to=2022-07&type=all").body, "class=\"tithing-map\""));
  Room whole;
  whole.registered.outlined = {"E22000372", "E22000371"};
  CHECK(holds(whole.get("/areas/E23000009/crime?from=2022-08&to=2022-08&type=all").body, "class=\"tithing-map\""));
}

TEST_CASE("the months before those shown are of the series only where the category counted the same") {
  Room room;
  room.service.submitted = *Period::parse("2012-06", "2014-04");
  const std::string area = "/areas/E22000372/crime";
  const auto times = [](const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  // Narrowed, or begun, in May 2013: the year from then on is judged, by itself, and nobody is told to ask for what was
  // asked for.
  for (const char* type : {"other-theft", "bicycle-theft"}) {
    CAPTURE(type);
    const std::string asked = "?from=2013-05&to=2014-04&type=" + std::string(type);
    const std::string page = room.read(area + asked), csv = room.get(area + "/series.csv" + asked).body;
    CHECK(holds(page, "Monthly mean"));
    CHECK_FALSE(holds(page, "Ask for months until"));
    CHECK_FALSE(holds(page, "is needed"));
    CHECK(times(csv, "none") == 12);
    CHECK(holds(csv, "May 2013"));
    CHECK_FALSE(holds(csv, "\nApril 2013"));
  }
  // What did not change goes back as far as there are months.
  CHECK(times(room.get(area + "/series.csv?from=2013-05&to=2014-04&type=all").body, "\nJune 2012") == 1);
  // Across it no month is judged, in page, table and file.
  const std::string across = "?from=2012-06&to=2014-04&type=other-theft";
  const std::string page = room.read(area + across), csv = room.get(area + "/series.csv" + across).body;
  CHECK(holds(page, "Ask for months until April 2013, or from May 2013 on."));
  CHECK_FALSE(holds(page, "Monthly mean"));
  CHECK_FALSE(holds(page, "control limit"));
  CHECK(times(page, "not told: the category changed") == 23);
  CHECK(times(csv, "not told: the category changed") == 23);
  CHECK_FALSE(holds(csv, "none"));
}

TEST_CASE("the table of months is of the months that were asked for") {
  Room room;
  const std::string csv = room.get("/areas/E22000372/crime/coverage.csv?from=2022-04&to=2022-05&type=all").body;
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 3);
  CHECK(holds(csv, "May 2022"));
  CHECK_FALSE(holds(csv, "June 2022"));
  CHECK_FALSE(holds(csv, "March 2022"));
}

TEST_CASE("the lead sentence is one also where a number in it is not known or withheld") {
  Room room;
  // Two burglaries a month: for visitors the count of one month and its rate are withheld.
  const std::string withheld = room.read("/areas/E22000372/crime?from=2022-04&to=2022-04&type=burglary");
  CHECK(holds(withheld, "Burglary, April 2022: how many crimes: fewer than 5."));
  CHECK(holds(withheld, "Crimes per 1,000 residents, over 1 month: "));
  CHECK_FALSE(holds(withheld, ". crimes per 1,000 residents"));
  const std::string known = room.read("/areas/E22000372/crime?from=2022-04&to=2022-06&type=burglary");
  CHECK(holds(known, "Burglary, April to June 2022: 6 crimes. "));
  room.gaps = {Month::from_ym(2022, 4)};
  const std::string missing = room.read("/areas/E22000372/crime?from=2022-04&to=2022-04&type=all");
  CHECK(holds(missing, "April 2022: crimes: not known; anti-social behaviour incidents: not known."));
  CHECK(holds(missing, "Crimes and incidents per 1,000 residents, over 0 of 1 months, the others missing: not known."));
}
