// The Analysis room as a visitor and as somebody who is signed in get it, and the methods on an area.
#include "slices/analysis/pages.h"

#include "slices/analysis/cli.h"
#include "slices/analysis/house_for_tests.h"

using namespace tithing;
using namespace tithing::analysis;
using test::has;
using test::reads;
using testing::House;
using testing::Room;

TEST_CASE("a page's address names its type; one from before there was a choice leads to every row") {
  Room room;
  room.as(Role::performance_analyst);
  for (const char* path :
       {"", "/change", "/series", "/hot-spots", "/grid", "/density", "/concentration", "/clusters", "/did-it-work"}) {
    CAPTURE(path);
    const auto old = room.at(std::string(path) + "?from=2021-01&to=2021-12");
    CHECK(old.status == 303);
    std::string location;
    for (const auto& [name, value] : old.headers)
      if (name == "Location") location = value;
    CHECK(location == std::string("/areas/E22000001/analysis") + path + "?from=2021-01&to=2021-12&type=all");
    const auto all = room.at(std::string(path) + "?from=2021-01&to=2021-12&type=all");
    CHECK(all.status == 200);
    CHECK(has(all, "Figures of recent months may be revised"));
    CHECK(room.at(std::string(path) + "?from=2021-01&to=2021-12&type=crime").status == 200);
  }
  CHECK(has(room.at("/series?type=crime"), "Recorded crime in Town"));
  CHECK(has(room.at("/series?type=all"), "Recorded crime and anti-social behaviour in Town"));
}

TEST_CASE("visitors see areas as a whole; LSOAs one by one are for people who are signed in") {
  Room room;
  for (const char* path : {"", "/change", "/series", "/signals", "/did-it-work", "/near-repeat", "/change/table.csv",
                           "/series/table.xlsx", "/forecast/table.csv"}) {
    CAPTURE(path);
    const auto response = room.get(path);
    CHECK(response.status == 200);
    CHECK_FALSE(has(response, ">nan"));
  }
  for (const char* path : {"/hot-spots", "/concentration", "/clusters", "/hot-spots/table.csv",
                           "/concentration/table.csv", "/clusters/table.xlsx"}) {
    CAPTURE(path);
    CHECK(room.get(path).status == 303);
  }
  room.as(Role::performance_analyst);
  for (const char* path : {"/hot-spots", "/concentration", "/clusters", "/hot-spots/table.csv",
                           "/concentration/table.csv", "/clusters/table.xlsx"}) {
    CAPTURE(path);
    CHECK(room.get(path).status == 200);
  }
  CHECK(has(room.get("/hot-spots"), "<svg"));
  CHECK(has(room.get("/hot-spots"), "Town 0"));
  room.evidence.now->known = "v2";
  room.registered.drawn = false;
  CHECK(has(room.get("/hot-spots"), "it could be worked out over 0 of 25 LSOAs (0.0%)"));
  CHECK(room.get("/change/table.pdf").status == 404);
  CHECK(room.get("/hot-spots?from=2021-13&to=2021-14").status == 400);
  CHECK(room.get("/series?type=arson").status == 400);
}

TEST_CASE("the series is adjusted with two years, and says what it lacks without") {
  Room room;
  CHECK(has(room.get("/series"), "Adjusted for the season"));
  CHECK(has(room.get("/series"), "January 2022"));
  // The choice of a break is kept in the address of the exports, and a month that is none is refused.
  CHECK(has(room.get("/series?limits-from=2020-04"), "limits-from=2020-04"));
  CHECK(room.get("/series?limits-from=spring").status == 400);
  room.evidence.now->missing = Month::from_ym(2021, 1);
  const auto few = room.get("/series");
  CHECK(reads(few, "There are 11 months in a row."));
  CHECK(reads(few, "needs 24 months in a row; there are 11."));
  // Burglary has months with fewer than five.
  CHECK(has(room.get("/series?type=burglary"), "withheld"));
}

TEST_CASE(
    "many charts on one page say what chance alone would give, and keep the rule of two of three in the address") {
  Room room;
  room.as(Role::performance_analyst);
  const auto page = room.get("/signals");
  CHECK(page.status == 200);
  CHECK(has(page, "chance alone would give about"));
  CHECK(has(page, "Corrected p"));
  CHECK(has(page, "/figures/signals?"));
  CHECK(has(page, "since November 2023"));
  const auto before = room.get("/signals?two-of-three=before-november-2023");
  CHECK(has(before, "two-of-three=before-november-2023"));
  CHECK(reads(before, "until November 2023"));
  CHECK(reads(room.get("/series?two-of-three=before-november-2023"), "until November 2023"));
  CHECK(room.get("/signals?two-of-three=2023").status == 400);
  CHECK(room.get("/signals/table.csv").status == 200);
  CHECK(has(room.get("/signals/table.csv"), "Corrected p"));
}

TEST_CASE("did it work shows its choice, near repeats are refused with the reason") {
  Room room;
  CHECK(has(room.get("/did-it-work"), "Choose the months before and after"));
  const auto chosen =
      room.get("/did-it-work?base-from=2020-06&base-to=2020-08&from=2021-06&to=2021-08&compare=E22000002");
  CHECK(chosen.status == 200);
  CHECK(has(chosen, "were expected"));
  CHECK(has(chosen, "Village"));
  CHECK(has(room.get("/near-repeat"), "they have a month and no day"));

  // Areas are written by name, line by line; the address then has their codes.
  const auto form = room.get("/did-it-work?type=all");
  CHECK_FALSE(has(form, "type=\"checkbox\""));
  CHECK(has(form, "name=\"compare-1\""));
  const std::string months = "/did-it-work?type=all&base-from=2020-06&base-to=2020-08&from=2021-06&to=2021-08&";
  const auto named = room.get(months + "compare-1=village&compare-2=&around-1=&around-compare-1=");
  CHECK(named.status == 303);
  CHECK(named.header("Location").find("compare=E22000002") != std::string::npos);
  CHECK(named.header("Location").find("compare-1") == std::string::npos);
  CHECK(named.header("Location").find("base-from=2020-06") != std::string::npos);
  const auto unknown = room.get(months + "compare-1=Nowhere%20at%20all&compare-2=");
  CHECK(unknown.status == 400);
  CHECK(has(unknown, "No area is called"));
  CHECK(has(unknown, "value=\"Nowhere at all\""));
  const auto more = room.get(months + "compare-1=village&compare-2=Nowhere&add=compare");
  CHECK(more.status == 200);
  CHECK(has(more, "name=\"compare-3\""));
}

TEST_CASE("what a period is compared with: a year before, else the halves of what is there") {
  const Period available = *Period::parse("2021-01", "2022-11");
  const auto year = two_periods(available, *Period::parse("2022-01", "2022-11"));
  REQUIRE(year);
  CHECK(year->same_months);
  CHECK(year->before == *Period::parse("2021-01", "2021-11"));
  const auto halves = two_periods(*Period::parse("2022-01", "2022-11"), *Period::parse("2022-01", "2022-11"));
  REQUIRE(halves);
  CHECK_FALSE(halves->same_months);
  CHECK(halves->after == *Period::parse("2022-07", "2022-11"));
  CHECK(halves->before == *Period::parse("2022-02", "2022-06"));
  CHECK_FALSE(two_periods(*Period::parse("2022-01", "2022-01"), *Period::parse("2022-01", "2022-01")));
}

TEST_CASE("every method that takes an area answers on one, the others say why not") {
  House house;
  const auto evidence = [&] { return Evidence{house.evidence.snapshot(), &house.registered}; };
  for (const Method& method : methods()) {
    CAPTURE(method.name);
    Arguments arguments;
    arguments.values = {{"--area", {"E22000001"}},
                        {"--compare", {"E22000002"}},
                        {"--from", {"2021-01"}},
                        {"--to", {"2021-12"}},
                        {"--simulations", {"19"}}};
    if (method.area == AreaForm::series) arguments.values["--from"] = {"2019-01"};
    const auto answer = analyse(method, arguments, Date::from_ymd(2022, 2, 1), evidence);
    if (method.area == AreaForm::none) {
      REQUIRE_FALSE(answer.has_value());
      CHECK(answer.error().message == method.no_area);
      continue;
    }
    REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().message));
    CHECK(to_json(*answer).find("nan") == std::string::npos);
  }
}

TEST_CASE("the command gives no verdict where the figure gives none: other months of the year") {
  House house;
  const auto evidence = [&] { return Evidence{house.evidence.snapshot(), &house.registered}; };
  const auto verdict = [&](const char* from, const char* to, const char* base_from, const char* base_to) {
    Arguments arguments;
    arguments.values = {{"--area", {"E22000001"}},
                        {"--from", {from}},
                        {"--to", {to}},
                        {"--base-from", {base_from}},
                        {"--base-to", {base_to}}};
    for (const Method& method : methods())
      if (method.name == "change") {
        const auto answer = analyse(method, arguments, Date::from_ymd(2022, 2, 1), evidence);
        REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().message));
        return answer->findings.front();
      }
    return std::string();
  };
  // Three more in every LSOA in each month of summer: clear by the counts alone.
  const std::string other = verdict("2021-06", "2021-08", "2021-03", "2021-05");
  CHECK(other.find(": no verdict, these are other months of the year.") != std::string::npos);
  CHECK(other.find("higher") == std::string::npos);
  CHECK(verdict("2021-06", "2021-08", "2020-06", "2020-08").find("no verdict") == std::string::npos);
}

TEST_CASE("what needs no positions is answered by the command as by the figure, over every LSOA") {
  House house;
  house.registered.outlines = 10;
  const auto evidence = [&] { return Evidence{house.evidence.snapshot(), &house.registered}; };
  Arguments arguments;
  arguments.values = {{"--area", {"E22000001"}}, {"--from", {"2021-01"}}, {"--to", {"2021-12"}}};
  for (const Method& method : methods()) {
    const bool anywhere = method.name == "gini" || method.name == "shrink";
    if (!anywhere && method.name != "moran") continue;
    CAPTURE(method.name);
    const auto answer = analyse(method, arguments, Date::from_ymd(2022, 2, 1), evidence);
    CHECK(answer.has_value() == anywhere);
    if (!answer) continue;
    CHECK(answer->notes.front().find("Over 25 of 25 LSOAs (100.0%)") == 0);
    if (method.name != "gini") continue;
    for (const auto& [name, value] : answer->values)
      if (name == "generalised_gini") CHECK(std::get<double>(value) == house.ask("gini")->quantity.number());
  }
}

TEST_CASE("subcommands need the store only for an area") {
  House house;
  REQUIRE(house.wiring.subcommands.size() == methods().size());
  for (const Subcommand& subcommand : house.wiring.subcommands) {
    Arguments file, area;
    file.values["FILE"] = {"own.csv"};
    area.values["--area"] = {"E22000001"};
    CHECK_FALSE(subcommand.store_needed(file));
    if (subcommand.path[1] == "gistar") CHECK(subcommand.store_needed(area));
    if (subcommand.path[1] == "knox") CHECK_FALSE(subcommand.store_needed(area));
    CHECK(subcommand.run(Arguments()) == 2);
  }
}

TEST_CASE(
    "a series that names no first month begins where the category was narrowed: limits, season and forecast are of the "
    "months after") {
  Room room;
  room.as(Role::performance_analyst);
  room.evidence.now->with_other_theft();
  const auto page = room.get("/series?to=2014-12&type=other-theft");
  REQUIRE(page.status == 200);
  CHECK(reads(page, "Months shown: May 2013 to December 2014."));
  CHECK(reads(page, "narrowed in May 2013"));
  // The step of May 2013 is the category's: with limits across it most months would carry a signal.
  CHECK(reads(page, "No month carries a signal"));
  CHECK_FALSE(reads(page, "Some months carry a signal"));
  // 20 months since then: no season is told, and nothing is foretold.
  CHECK(reads(page, "needs 24 months in a row; there are 20."));
  CHECK_FALSE(reads(page, "Strength of the season"));
  const auto csv = room.get("/series/table.csv?to=2014-12&type=other-theft");
  REQUIRE(csv.status == 200);
  CHECK(has(csv, "narrowed in May 2013"));
  CHECK_FALSE(has(csv, "April 2013"));
  CHECK_FALSE(has(csv, "Adjusted for the season"));
  // What was not narrowed has all its 36 months.
  CHECK(reads(room.get("/series?to=2014-12&type=all"), "Strength of the season"));
  const auto charts = room.get("/signals?from=2014-01&to=2014-12");
  REQUIRE(charts.status == 200);
  CHECK(reads(charts, "narrowed in May 2013"));
}

TEST_CASE(
    "across a change of the category no page of months judges: no limits, no signal, no sum of twelve, no forecast") {
  Room room;
  room.as(Role::performance_analyst);
  room.evidence.now->with_other_theft();
  const std::string asked = "from=2012-06&to=2014-04&type=other-theft";
  const auto page = room.get("/series?" + asked);
  REQUIRE(page.status == 200);
  CHECK(reads(page, "Months shown: June 2012 to April 2014."));
  CHECK(reads(page, "no limits, no signals, no season and no forecast across a change of the category"));
  CHECK(reads(page, "Ask for months until April 2013, or from May 2013 on."));
  CHECK_FALSE(reads(page, "No month carries a signal"));
  CHECK_FALSE(reads(page, "Some months carry a signal"));
  CHECK_FALSE(has(page, "control limit"));
  // A row for each month: what was counted, no signal, and twelve months together only on one side.
  for (const std::string& file : {page.body, room.get("/series/table.csv?" + asked).body}) {
    std::size_t not_told = 0;
    for (std::size_t at = file.find("not told: the category changed"); at != std::string::npos;
         at = file.find("not told: the category changed", at + 1))
      ++not_told;
    CHECK(not_told == 23);
  }
  CHECK_FALSE(has(room.get("/series/table.csv?from=2012-06&to=2014-03&type=other-theft"),
                  "Last twelve months"));  // eleven on either side
  const auto longer = room.get("/series/table.csv?from=2012-01&to=2014-06&type=other-theft");
  REQUIRE(has(longer, "Last twelve months"));
  const auto sum_of = [&](const char* month) {
    const std::size_t at = longer.body.find(std::string("\n") + month);
    REQUIRE(at != std::string::npos);
    return longer.body.substr(at + 1, longer.body.find('\n', at + 1) - at - 1);
  };
  const auto& now = *room.evidence.now;
  const auto town = *now.select("E22000001", Date::from_ymd(2022, 2, 1), evidence::Recorder::territorial_force);
  CHECK(sum_of("December 2012").find(std::to_string(now.count(*town, *Period::parse("2012-01", "2012-12"), 1))) !=
        std::string::npos);
  CHECK(sum_of("June 2014").find(std::to_string(now.count(*town, *Period::parse("2013-07", "2014-06"), 1))) !=
        std::string::npos);
  CHECK(sum_of("July 2013").find(std::to_string(now.count(*town, *Period::parse("2012-08", "2013-07"), 1))) ==
        std::string::npos);
  CHECK(room.get("/forecast/table.csv?" + asked).status == 400);
  // The page says what the figure says.
  const auto figure = room.ask("signals", {{"type", "other-theft"}, {"from", "2012-06"}, {"to", "2014-04"}});
  REQUIRE(figure.has_value());
  CHECK_FALSE(figure->quantity.known());
  const std::string& reason = figure->quantity.reason();
  REQUIRE(reason.find("narrowed in May 2013") != std::string::npos);
  CHECK(reads(page, reason.substr(reason.find("narrowed in May 2013"))));
  // Of all charts the one that has none says why.
  const auto charts = room.get("/signals/table.csv?" + asked);
  REQUIRE(charts.status == 200);
  CHECK(has(charts, "narrowed in May 2013"));
  // A cluster in months, the history of a hot spot and a back-test hold months against each other.
  const auto clusters = room.get("/clusters?" + asked);
  REQUIRE(clusters.status == 200);
  CHECK(reads(clusters, "Ask for months until April 2013, or from May 2013 on."));
  CHECK_FALSE(reads(clusters, "were expected"));
  const auto hot = room.get("/hot-spots/table.csv?" + asked);
  REQUIRE(hot.status == 200);
  CHECK(has(hot, "not told"));
  for (const char* history : {"persistent", "new", "recurrent", "fading"})
    CHECK_FALSE(has(hot, std::string(",") + history + ","));
  const auto grid = room.get("/grid/table.csv?" + asked);
  REQUIRE(grid.status == 200);
  for (const char* history : {"persistent", "new", "recurrent", "fading"})
    CHECK_FALSE(has(grid, std::string(",") + history + ","));
}

TEST_CASE("pages of months are of the months that the address names, in table, chart and file") {
  Room room;
  room.as(Role::performance_analyst);
  const std::string asked = "?type=all&from=2021-03&to=2021-11";
  for (const char* page : {"/series", "/signals"}) {
    CAPTURE(page);
    const auto shown = room.get(page + asked);
    REQUIRE(shown.status == 200);
    CHECK(reads(shown, "March to November 2021"));
    CHECK_FALSE(reads(shown,
                      "January 2019"
                      " to"));
    CHECK(has(shown, "from=2021-03&amp;to=2021-11"));
    // Every month there is can be chosen, and the one that was asked for is.
    CHECK(has(shown, "<option value=\"2021-03\" selected>March 2021</option>"));
    CHECK(has(shown, "name=\"from\""));
  }
  const auto csv = room.get("/series/table.csv" + asked);
  REQUIRE(csv.status == 200);
  CHECK(has(csv, "March 2021"));
  CHECK_FALSE(has(csv, "February 2021"));
  CHECK_FALSE(has(csv, "December 2021"));
  std::size_t rows = 0;
  for (Month month = Month::from_ym(2021, 3); month <= Month::from_ym(2021, 11); month = month.plus(1))
    rows += has(csv, "\n" + month.text() + ",") ? 1 : 0;
  CHECK(rows == 9);
  // With no first month: every month there is, and its file is asked for by them.
  const auto whole = room.get("/series?type=all");
  CHECK(reads(whole, "Months shown: January 2019 to December 2021."));
  CHECK(has(whole, "from=2019-01&amp;to=2021-12"));
  CHECK(has(room.get("/series/table.csv?type=all"), "January 2019"));
  CHECK(room.get("/series?type=all&to=2019-06").status == 200);  // a last month by itself
  // The doors of the room lead to it: with every month where none was named, else with those named.
  CHECK(has(room.get("?type=all"), "/analysis/series?from=2019-01&amp;"));
  CHECK(has(room.get(asked), "/analysis/series?from=2021-03&amp;"));
}

TEST_CASE(
    "no method on an area's months runs across a month in which a category was narrowed, nor over too few months") {
  House house;
  house.evidence.now->with_other_theft();
  const auto evidence = [&] { return Evidence{house.evidence.snapshot(), &house.registered}; };
  const auto asked = [&](const Method& method, const char* type, const char* from, const char* to) {
    Arguments arguments;
    arguments.values = {{"--area", {"E22000001"}}, {"--type", {type}}, {"--from", {from}}, {"--to", {to}}};
    return analyse(method, arguments, Date::from_ymd(2022, 2, 1), evidence);
  };
  std::size_t series = 0;
  for (const Method& method : methods()) {
    if (method.area != AreaForm::series) continue;
    CAPTURE(method.name);
    ++series;
    const auto across = asked(method, "other-theft", "2012-01", "2014-12");
    REQUIRE_FALSE(across);
    CHECK(across.error().message.find("narrowed in May 2013") != std::string::npos);
    CHECK(across.error().message.find("Ask for months until April 2013, or from May 2013 on.") != std::string::npos);
    const auto all = asked(method, "all", "2012-01", "2014-12");
    CHECK_MESSAGE(all.has_value(), (all ? "" : all.error().message));
    house.evidence.now->gaps = {Month::from_ym(2012, 3), Month::from_ym(2012, 6), Month::from_ym(2012, 9),
                                Month::from_ym(2012, 12)};
    const auto few = asked(method, "all", "2012-01", "2014-12");
    house.evidence.now->gaps.clear();
    REQUIRE_FALSE(few);
    CHECK(few.error().message ==
          "Not known for January 2012 to December 2014: 32 of 36 months are known (88.9%), and 90% is needed. "
          "All of January 2013 to December 2014 are known: ask for that.");
  }
  CHECK(series >= 3);
}

TEST_CASE("the page of all charts says why nothing can be said, and nothing else then") {
  Room room;
  room.as(Role::performance_analyst);
  room.evidence.now->months_in.resize(3);
  const auto few = room.get("/signals?from=2019-01&to=2019-03");
  REQUIRE(few.status == 200);
  CHECK(reads(few, "Nothing can be said: no crime type has a chart with limits"));
  CHECK_FALSE(reads(few, "The charts carry"));
  CHECK_FALSE(reads(few, "No chart stands out"));
}
