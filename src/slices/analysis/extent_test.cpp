// A part is not the whole: over which share of places and crimes a method ran, and what is said where that is too
// small. And LSOAs of two censuses as the places of a method. The town is made up (house_for_tests.h).
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "slices/analysis/cli.h"
#include "slices/analysis/grid_study.h"
#include "slices/analysis/house_for_tests.h"
#include "slices/analysis/study.h"
#include "support/store_support.h"

using namespace tithing;
using namespace tithing::analysis;
using testing::House;

namespace {

Question of_town(const char* from, const char* to) {
  Question question;
  question.area = "E22000001";
  question.as_at = Date::from_ymd(2022, 2, 1);
  question.period = Period::parse(from, to).value();
  return question;
}

Result<Places> places(House& house, const Question& question, Positions positions) {
  const auto found = found_for(*house.evidence.now, question);
  REQUIRE(found);
  return places_of_area(*house.evidence.now, house.registered, question, *found, positions);
}

bool says(const std::vector<std::string>& sentences, const std::string& part) {
  for (const std::string& sentence : sentences)
    if (sentence.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("extent: every method says over how many LSOAs and crimes it ran") {
  House house;
  for (const char* kind : {"gini", "moran", "hot-spot-count", "scan-cluster"}) {
    CAPTURE(kind);
    const auto figure = house.ask(kind);
    REQUIRE(figure->quantity.known());
    const std::int64_t crimes = figure->working.inputs.front().figure->quantity.integer();
    CHECK(says(figure->working.caveats, "Over 25 of 25 LSOAs (100.0%) and " + std::to_string(crimes / 1000) + "," +
                                            std::to_string(crimes % 1000 + 1000).substr(1) + " of "));
  }
  CHECK(Extent{9, 10, 90, 100}.enough());
  CHECK_FALSE(Extent{89, 100, 100, 100}.enough());
  CHECK_FALSE(Extent{100, 100, 89, 100}.enough());
  CHECK(Extent{}.enough());
}

TEST_CASE("extent: below nine tenths there is no answer for the whole, and the parts that can be told are offered") {
  House house;
  house.registered.outlines = 23;  // 92%
  CHECK(house.ask("moran")->quantity.known());
  CHECK(says(house.ask("moran")->working.caveats, "Over 23 of 25 LSOAs (92.0%)"));
  House part;
  part.registered.outlines = 10;
  for (const char* kind : {"moran", "hot-spot-count", "scan-cluster"}) {
    CAPTURE(kind);
    const auto figure = part.ask(kind);
    CHECK_FALSE(figure->quantity.known());
    CHECK(figure->quantity.reason().find(
              "Not known for the whole of Town: it could be worked out over 10 of 25 LSOAs (40.0%)") == 0);
    CHECK(figure->quantity.reason().find("10 of 25 LSOAs: Quarter (E07000001)") != std::string::npos);
    REQUIRE(figure->working.offers.size() == 1);
    CHECK(figure->working.offers[0].text == "10 of 25 LSOAs: Quarter");
    CHECK(figure->working.offers[0].address.parameters.get("area") == "E07000001");
    CHECK(figure->working.offers[0].address.kind == kind);
  }
  // One extent, the true one, and once: also where the list of map points was renewed, whose note comes before it.
  for (const char* kind : {"gini", "moran", "hot-spot-count", "scan-cluster"}) {
    CAPTURE(kind);
    for (const int outlines : {10, 23}) {
      House one;
      one.registered.outlines = outlines;
      one.evidence.now->months_there = 44;
      const auto figure = one.ask(kind, {{"from", "2022-05"}, {"to", "2022-08"}});
      REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
      const auto& caveats = figure->working.caveats;
      CHECK(std::count_if(caveats.begin(), caveats.end(), [](const auto& said) { return said.starts_with("Over "); }) ==
            1);
      CHECK(says(caveats, kind == std::string("gini") ? "Over 25 of 25"
                          : outlines == 10            ? "Over 10 of 25"
                                                      : "Over 23 of 25"));
      CHECK(says(caveats, "map points"));
      for (const std::string& said : caveats) CHECK(std::count(caveats.begin(), caveats.end(), said) == 1);
    }
  }
  // What needs no outlines goes on.
  CHECK(part.ask("gini")->quantity.known());
  // The command line's door refuses with the same words.
  const auto refused = places(part, of_town("2021-01", "2021-12"), Positions::needed);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("90% of both is needed") != std::string::npos);
  CHECK(refused.error().message.find("Quarter (E07000001)") != std::string::npos);
}

TEST_CASE("extent: places across June 2023 are the zones of the exact fit, and their counts add up to the rows") {
  House house;
  auto& now = *house.evidence.now;
  const std::string split = testing::lsoa_code(24), first = testing::lsoa_code(22), second = testing::lsoa_code(23);
  now.registered.changed = {{{split}, {"E01000924", "E01000925"}, 'S'}, {{first, second}, {"E01000922"}, 'M'}};
  now.use_2021_from(Month::from_ym(2021, 6));
  const Question across = of_town("2021-01", "2021-12");
  const auto all = places(house, across, Positions::not_needed);
  REQUIRE_MESSAGE(all.has_value(), (all ? "" : all.error().message));
  CHECK(all->codes.size() == 24);  // 22 unchanged, one that was split, one that was merged
  CHECK(static_cast<std::int64_t>(all->total()) ==
        now.count(**now.select("E22000001", across.as_at, evidence::Recorder::territorial_force), *across.period, -1));
  CHECK(says(all->notes, "put together by the exact fit"));
  // A zone has the same count every month as the same ground had before.
  const auto of = [&](const std::string& code) {
    for (std::size_t i = 0; i < all->codes.size(); ++i)
      if (all->codes[i] == code) return all->by_month[i];
    return std::vector<double>();
  };
  const std::vector<double> whole = of(split), merged = of("E01000922");
  REQUIRE(whole.size() == 12);
  REQUIRE(merged.size() == 12);
  for (int m = 0; m < 12; ++m) {
    const Month month = Month::from_ym(2021, 1).plus(m);
    CHECK(whole[static_cast<std::size_t>(m)] == static_cast<double>(now.one(24, month)));
    CHECK(merged[static_cast<std::size_t>(m)] == static_cast<double>(now.one(22, month) + now.one(23, month)));
  }
  // Within one census its own LSOAs.
  CHECK(places(house, of_town("2021-01", "2021-05"), Positions::not_needed)->codes.size() == 25);
  CHECK(places(house, of_town("2021-06", "2021-12"), Positions::not_needed)->codes.size() == 25);
  for (const char* kind : {"gini", "moran", "hot-spot-count", "scan-cluster"}) CHECK(house.ask(kind)->quantity.known());
}

TEST_CASE(
    "extent: a grid put together from LSOAs of which some have no outline is refused; zones name its cells across June "
    "2023") {
  House house;
  auto& now = *house.evidence.now;
  const std::string split = testing::lsoa_code(24);
  now.registered.changed = {{{split}, {"E01000924", "E01000925"}, 'S'}};
  now.use_2021_from(Month::from_ym(2021, 6));
  const Question across = of_town("2021-01", "2021-12");
  const auto found = found_for(now, across);
  REQUIRE(found);
  house.registered.outlines = 10;
  const auto part = grid_study(now, house.registered, across, *found, 500);
  REQUIRE_FALSE(part);
  CHECK(part.error().message.find("No boundary of Town") == 0);

  House whole;
  const auto grid =
      grid_study(*whole.evidence.now, whole.registered, across, *found_for(*whole.evidence.now, across), 500);
  REQUIRE_MESSAGE(grid.has_value(), (grid ? "" : grid.error().message));
  CHECK(says(grid->notes, "Over every cell of the area and "));
  // The fake's positions name LSOAs of 2011 throughout; as files of both censuses they are named by their zone.
  House named;
  named.evidence.now->registered.changed = {{{testing::lsoa_code(0), testing::lsoa_code(1)}, {"E01000900"}, 'M'}};
  named.evidence.now->use_2021_from(Month::from_ym(2021, 6));
  const auto zoned =
      grid_study(*named.evidence.now, named.registered, across, *found_for(*named.evidence.now, across), 500);
  // The merged LSOA has no outline in the fake, so the grid is laid over those of 2011.
  REQUIRE_MESSAGE(zoned.has_value(), (zoned ? "" : zoned.error().message));
  CHECK(std::find(zoned->lsoa.begin(), zoned->lsoa.end(), "E01000900") != zoned->lsoa.end());
  CHECK(std::find(zoned->lsoa.begin(), zoned->lsoa.end(), testing::lsoa_code(0)) == zoned->lsoa.end());
}

TEST_CASE("every figure kind of this slice says over what it ran: a new kind that says nothing fails here") {
  House house;
  // What each needs beside area and months.
  std::map<std::string, std::map<std::string, std::string>> needs = {
      {"gini", {}},
      {"moran", {}},
      {"hot-spot-count", {}},
      {"lsoa-accuracy", {}},
      {"scan-cluster", {}},
      {"signals", {}},
      {"signals-by-chance", {}},
      {"signals-together", {}},
      {"grid-hot-spots", {}},
      {"grid-hot-spot-crimes", {}},
      {"grid-accuracy", {}},
      {"highest-density", {}},
      {"lsoa-gi", {{"lsoa", testing::lsoa_code(0)}}},
      {"cell-gi", {{"cell", "500"}, {"square", "0 0"}}},
      {"cell-density", {{"cell", "500"}, {"square", "0 0"}}},
      {"forecast", {{"from", "2019-01"}, {"month", "2022-01"}}},
      {"displacement", {{"base-from", "2020-01"}, {"base-to", "2020-12"}, {"compare", "E22000002"}}}};
  std::size_t asked = 0;
  for (const auto& kind : house.wiring.figures.kinds()) {
    if (kind.name == "crimes" || kind.name == "change") continue;  // the house's own
    CAPTURE(kind.name);
    REQUIRE_MESSAGE(needs.count(kind.name) == 1,
                    "a new kind: say here what it needs, and in its working over what it ran");
    ++asked;
    const auto figure = house.ask(kind.name.c_str(), needs[kind.name]);
    REQUIRE_MESSAGE(figure.has_value(), (figure ? "" : figure.error().message));
    CHECK(says(figure->working.caveats, "Over "));
  }
  CHECK(asked == needs.size());
}

TEST_CASE("every method on an area says over what it ran, and one on a file over how many rows") {
  House house;
  const auto evidence = [&] { return Evidence{house.evidence.snapshot(), &house.registered}; };
  std::size_t of_areas = 0;
  for (const Method& method : methods()) {
    CAPTURE(method.name);
    if (method.area == AreaForm::none) continue;
    ++of_areas;
    Arguments arguments;
    arguments.values = {{"--area", {"E22000001"}}, {"--from", {"2019-01"}}, {"--to", {"2021-12"}}};
    if (method.area == AreaForm::treated || method.area == AreaForm::two_periods) {
      arguments.values["--from"] = {"2021-01"};
      arguments.values["--base-from"] = {"2020-01"};
      arguments.values["--base-to"] = {"2020-12"};
    }
    if (method.area == AreaForm::treated) arguments.values["--compare"] = {"E22000002"};
    const auto answer = analyse(method, arguments, Date::from_ymd(2022, 2, 1), evidence);
    REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().message));
    CHECK(std::any_of(answer->notes.begin(), answer->notes.end(),
                      [](const std::string& note) { return note.find("Over ") == 0; }));
  }
  CHECK(of_areas > 10);
  // A file: two of three rows have a number, and the method leaves out the third.
  const test::TemporaryFolder folder;
  const std::string path = folder.path() + "/own.csv";
  std::ofstream(path) << "name,count,population\nA,10,1000\nB,20,\nC,5,900\n";
  for (const Method& method : methods()) {
    if (method.name != "interval") continue;
    Arguments arguments;
    arguments.values = {{"FILE", {path}}};
    const auto answer = analyse(method, arguments, Date::from_ymd(2022, 2, 1), evidence);
    REQUIRE_MESSAGE(answer.has_value(), (answer ? "" : answer.error().message));
    CHECK(says(answer->notes, "Over 2 of 3 rows of the file (66.7%): the others have a blank among their numbers."));
  }
}

TEST_CASE(
    "positions of fewer than nine in ten crimes, and residents of fewer than nine in ten partnerships, are no whole") {
  House house;
  const auto asked = of_town("2021-01", "2021-12");
  const auto points = input_of_area(AreaForm::points, *house.evidence.now, house.registered, asked);
  REQUIRE(points);
  CHECK(says(points->notes, "those that have a position."));
  const auto peers = input_of_area(AreaForm::areas, *house.evidence.now, house.registered, asked);
  REQUIRE(peers);
  CHECK(says(peers->notes, "Over 2 of 2 partnerships with residents (100.0%)"));
  house.evidence.now->without_residents = "E22000002";
  const auto few = input_of_area(AreaForm::areas, *house.evidence.now, house.registered, asked);
  REQUIRE_FALSE(few);
  CHECK(
      few.error().message.find(
          "Not known for the whole of Shire: it could be worked out over 1 of 2 partnerships with residents (50.0%)") ==
      0);
}
