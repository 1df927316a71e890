#include "slices/register/snapshot.h"

#include <doctest/doctest.h>
#include <algorithm>

#include "slices/register/describe.h"
#include "slices/register/sample_snapshot.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

const Date k2012 = Date::from_ymd(2012, 1, 1);
const Date k2018 = Date::from_ymd(2018, 12, 31);
const Date k2020 = Date::from_ymd(2020, 6, 1);
const Date k2022 = Date::from_ymd(2022, 12, 31);

std::vector<std::string> names(const std::vector<const Area*>& areas) {
  std::vector<std::string> out;
  for (const Area* area : areas) out.push_back(area->name);
  return out;
}

void accept(SnapshotInput& input, const std::string& successor, std::optional<Date> on) {
  for (ProposedSuccession& p : input.successions)
    if (!p.succession.successors.empty() && p.succession.successors.front() == successor) {
      p.succession.review = Succession::Review::accepted;
      p.succession.on = on;
    }
}

}  // namespace

TEST_CASE("North Yorkshire has seven districts in 2022, North Worcestershire three") {
  const auto areas = make_snapshot(sample_input());
  CHECK(
      names(areas->constituents("E22000372", AreaKind::district, k2022)) ==
      std::vector<std::string>{"Craven", "Hambleton", "Harrogate", "Richmondshire", "Ryedale", "Scarborough", "Selby"});
  CHECK(names(areas->constituents("E22000368", AreaKind::district, k2022)) ==
        std::vector<std::string>{"Bromsgrove", "Redditch", "Wyre Forest"});
  CHECK(names(areas->constituents("E23000009", AreaKind::community_safety_partnership, k2022)) ==
        std::vector<std::string>{"City of York", "North Yorkshire"});
  CHECK(areas->of_kind(AreaKind::police_force_area, k2022).size() == 43);
  CHECK(areas->of_kind(AreaKind::community_safety_partnership, k2022).size() == 305);
  CHECK(areas->of_kind(AreaKind::community_safety_partnership, k2018).size() == 314);
  CHECK(areas->of_kind(AreaKind::district, k2022).size() == 331);
  CHECK(areas->of_kind(AreaKind::lsoa_2011, k2022).size() == 34753);
  CHECK(areas->of_kind(AreaKind::lsoa_2021, k2022).size() == 35672);
}

TEST_CASE("every LSOA of 2011 belongs to exactly one partnership at each look-up") {
  const auto areas = make_snapshot(sample_input());
  for (const int year : {2017, 2018, 2019, 2022}) {
    const Date day = year == 2017 ? Date::from_ymd(2017, 1, 31) : Date::from_ymd(year, 12, 31);
    std::size_t total = 0;
    std::size_t total_2021 = 0;
    for (const Area* partnership : areas->of_kind(AreaKind::community_safety_partnership, day)) {
      const auto set = areas->lsoas(partnership->code, day);
      CHECK_MESSAGE(!set->lsoa_2011.empty(), partnership->name);
      total += set->lsoa_2011.size();
      total_2021 += set->lsoa_2021.size();
    }
    CHECK(total == 34753);
    CHECK(total_2021 >= 35672);
    CHECK(total_2021 < 35682);  // the few 2021 LSOAs made of several former districts' count in each
  }
}

TEST_CASE("districts that were split between partnerships are told apart by their former districts") {
  const auto areas = make_snapshot(sample_input());
  CHECK(areas->partnership_of("E06000058", k2020) == nullptr);
  const auto bournemouth = areas->lsoas("E22000063", k2020);
  const auto poole = areas->lsoas("E22000067", k2020);
  const auto before = areas->lsoas("E06000028", k2018);
  CHECK(bournemouth->lsoa_2011 == before->lsoa_2011);
  CHECK_FALSE(poole->lsoa_2011.empty());
  REQUIRE_FALSE(bournemouth->notes.empty());
  CHECK(std::any_of(bournemouth->notes.begin(), bournemouth->notes.end(),
                    [](const std::string& n) { return n.find("split between partnerships") != std::string::npos; }));
  CHECK(areas->lsoas("E22000274", k2020)->lsoa_2011 == areas->lsoas("E07000205", k2018)->lsoa_2011);
  const Area* partnership = areas->partnership_of(poole->lsoa_2011.front(), k2020);
  REQUIRE(partnership);
  CHECK(partnership->code == "E22000067");
}

TEST_CASE("a merged district's LSOAs come from the names of 2011, and that is said") {
  const auto areas = make_snapshot(sample_input());
  const auto corby = areas->lsoas("E07000150", k2018);
  CHECK(corby->lsoa_2011.size() > 30);
  REQUIRE_FALSE(corby->notes.empty());
  CHECK(corby->notes.front().find("names that LSOAs bore in 2011") != std::string::npos);
  const auto whole = areas->lsoas("E06000061", k2022);
  CHECK(std::includes(whole->lsoa_2011.begin(), whole->lsoa_2011.end(), corby->lsoa_2011.begin(),
                      corby->lsoa_2011.end()));
}

TEST_CASE("an LSOA in two districts counts for the one in its name, and both pages say so") {
  const auto areas = make_snapshot(sample_input());
  CHECK(areas->district_of("E01008187", k2022)->name == "Gateshead");
  CHECK(areas->district_of("E01027506", k2022)->name == "Northumberland");
  CHECK(areas->district_of("E01023508", k2022)->name == "East Hertfordshire");
  CHECK(areas->district_of("E01023964", k2022)->name == "Welwyn Hatfield");
  const auto stevenage = areas->lsoas("E07000243", k2022);
  CHECK_FALSE(std::binary_search(stevenage->lsoa_2011.begin(), stevenage->lsoa_2011.end(), std::string("E01023508")));
  REQUIRE(stevenage->notes.size() == 1);
  CHECK(stevenage->notes.front().find("for the other one, not here") != std::string::npos);
}

TEST_CASE("an extent that is asked for after the newest look-up says that it is the last one known") {
  const auto areas = make_snapshot(sample_input());
  const Date newest = *areas->newest_look_up();
  const auto says = [&](const char* code, Date day) {
    const auto& notes = areas->lsoas(code, day)->notes;
    return std::any_of(notes.begin(), notes.end(),
                       [](const std::string& n) { return n.find("The newest look-up of areas is of ") == 0; });
  };
  CHECK_FALSE(says("E22000371", newest));
  CHECK(says("E22000371", newest.plus_days(1)));
  CHECK(says("E07000243", newest.plus_days(400)));
  CHECK_FALSE(says("E01008187", newest.plus_days(400)));  // an LSOA is what it is
  CHECK_FALSE(says("E22000371", newest));                 // nor does the one spoil the other
}

TEST_CASE("unreviewed, a change takes effect with the look-up that shows it, and the dates are called unknown") {
  const auto areas = make_snapshot(sample_input());
  const Area* chiltern = areas->find("E22000306");
  REQUIRE(chiltern);
  CHECK(areas->in_force(*chiltern, Date::from_ymd(2022, 12, 30)));
  CHECK_FALSE(areas->in_force(*chiltern, k2022));
  CHECK(chiltern->dates_note.find("the look-ups do not say when") != std::string::npos);
  CHECK(to_text(*chiltern) == "not known to the day");
  CHECK(areas->find("E06000060")->from == k2022);
  CHECK(areas->constituents("E22000303", AreaKind::district, k2020).size() == 1);
}

TEST_CASE("an accepted day moves the structure to that day") {
  SnapshotInput input = sample_input();
  const Date day = Date::from_ymd(2020, 4, 1);
  accept(input, "E06000060", day);
  accept(input, "E22000303", day);
  const auto areas = make_snapshot(std::move(input));
  CHECK(names(areas->constituents("E22000303", AreaKind::district, Date::from_ymd(2020, 3, 31))) ==
        std::vector<std::string>{"Aylesbury Vale"});
  CHECK(names(areas->constituents("E22000303", AreaKind::district, day)) ==
        std::vector<std::string>{"Buckinghamshire"});
  CHECK(areas->find("E06000060")->from == day);
  CHECK(areas->find("E06000060")->dates_note.empty());
  CHECK_FALSE(areas->in_force(*areas->find("E22000306"), day));
}

TEST_CASE("North Worcestershire is the successor of three partnerships, once the paper's fact is accepted") {
  const auto unreviewed = make_snapshot(sample_input());
  CHECK(unreviewed->partnership_of("E07000234", k2012)->code == "E22000368");
  REQUIRE(unreviewed->find("X-bromsgrove-csp"));
  CHECK(unreviewed->find("X-bromsgrove-csp")->dates_note.find("not been accepted") != std::string::npos);
  REQUIRE(unreviewed->successions_of("E22000368").size() == 1);

  SnapshotInput input = sample_input();
  accept(input, "E22000368", Date::from_ymd(2012, 4, 1));
  accept(input, "E22000372", std::nullopt);
  const auto areas = make_snapshot(std::move(input));
  CHECK(areas->partnership_of("E07000234", k2012)->code == "X-bromsgrove-csp");
  CHECK(areas->partnership_of("E07000234", Date::from_ymd(2012, 4, 1))->code == "E22000368");
  CHECK(areas->force_of("X-wyre-forest-csp", k2012)->name == "West Mercia");
  const Area* north = areas->find("E22000368");
  CHECK(north->from == Date::from_ymd(2012, 4, 1));
  CHECK_FALSE(areas->in_force(*north, k2012));
  CHECK(areas->lsoas("X-redditch-csp", k2012)->lsoa_2011 == areas->lsoas("E07000236", k2022)->lsoa_2011);
  CHECK(areas->constituents("X-hambleton-and-richmondshire-csp", AreaKind::district, k2012).size() == 2);
  CHECK(areas->find("E22000372")->dates_note.find("the day is not known") != std::string::npos);
}

TEST_CASE("names of their day, search by old name and by code") {
  const auto areas = make_snapshot(sample_input());
  const Area* area = areas->find("E07000112");
  CHECK(areas->name_at(*area, Date::from_ymd(2017, 6, 1)) == "Shepway");
  CHECK(areas->name_at(*area, k2022) == "Folkestone and Hythe");
  REQUIRE(areas->names("E07000112").size() == 2);
  CHECK(areas->names("E07000112")[0].seen_in == "look-up of January 2017");
  const auto found = areas->search("shepway", 5);
  REQUIRE_FALSE(found.empty());
  CHECK(std::any_of(found.begin(), found.end(), [](const Area* a) { return a->code == "E07000112"; }));
  CHECK(search_note(*areas, *area, "shepway") == "formerly called Shepway");
  CHECK(areas->search("E22000368", 5).front()->name == "North Worcestershire");
  CHECK(areas->search("north york", 5).front()->name == "North Yorkshire");
  CHECK(areas->search("Bromsgrove 001A", 5).front()->kind == AreaKind::lsoa_2011);
  CHECK(areas->search("", 5).empty());
  CHECK(areas->search("zzzz", 5).empty());
  CHECK(search_note(*areas, *areas->find("X-bromsgrove-csp"), "bromsgrove") == "became North Worcestershire");
  CHECK(search_note(*areas, *areas->find("E22000368"), "north w") == "formerly Bromsgrove, Redditch, Wyre Forest");
}

TEST_CASE("exact fit by LSOA") {
  const auto areas = make_snapshot(sample_input());
  const Areas::Fit* unchanged = areas->fit("E01031349");
  REQUIRE(unchanged);
  CHECK(unchanged->change == 'U');
  CHECK(unchanged->lsoa_2021 == std::vector<std::string>{"E01031349"});
  const Areas::Fit* changed = areas->fit("E01023508");
  REQUIRE(changed);
  CHECK(changed->lsoa_2021.size() > 1);
  CHECK(areas->fit("E01999999") == nullptr);
  CHECK(areas->find("E01035609")->kind == AreaKind::lsoa_2021);
  CHECK(areas->lsoas("E01035609", k2022)->lsoa_2021.size() == 1);
}

TEST_CASE("an empty register answers everything with nothing") {
  const auto areas = make_snapshot({});
  CHECK(areas->find("E22000368") == nullptr);
  CHECK(areas->of_kind(AreaKind::district, k2022).empty());
  CHECK(areas->lsoas("E22000368", k2022)->lsoa_2011.empty());
  CHECK(areas->force_of("E01031349", k2022) == nullptr);
  CHECK(areas->search("york", 5).empty());
}
