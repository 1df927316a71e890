// Wards by best fit: reading the table, where wards lie, which of their months can be counted; the sample's facts
// against the table.
#include "slices/register/wards.h"

#include <doctest/doctest.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "slices/register/sample_snapshot.h"
#include "slices/register/zones.h"

using namespace tithing;
using namespace tithing::register_;

namespace {

const Date kDay = Date::from_ymd(2022, 12, 31);

std::shared_ptr<const WardTable> sample_wards() {
  static const auto table =
      std::make_shared<const WardTable>(read_ward_fit(sample_file("geography/wards.csv")).value());
  return table;
}

std::shared_ptr<const Snapshot> with_wards() {
  SnapshotInput input = sample_input();
  input.wards = sample_wards();
  return make_snapshot(std::move(input));
}

std::string sentence(const std::string& csv) {
  const auto read = read_ward_fit(csv);
  return read ? std::string() : read.error().message;
}

}  // namespace

TEST_CASE("wards: what is wrong with a table is said with its line") {
  const std::string heading = "LSOA21CD,WD24CD,WD24NM,LAD24CD\n";
  CHECK(sentence("LSOA21CD,WD24CD\n").find("needs the columns LSOA21CD, WD24CD, WD24NM and LAD24CD") !=
        std::string::npos);
  CHECK(sentence(heading) == "The table of wards has a heading but no rows.");
  CHECK(sentence(heading + "E01000001,E05000001,Abbey,E07000001\nE01000002,E05000001,Abbot,E07000001\n") ==
        "Line 3: E05000001 is called Abbot here and Abbey above.");
  CHECK(sentence(heading + "E01000001,E05000001,Abbey,E07000001\nE01000001,E05000002,Mill,E07000001\n") ==
        "Line 3: E01000001 was given in line 2: a best fit puts an LSOA in one ward.");
  CHECK(sentence(heading + "E01000001,E07000001,Abbey,E07000001\n").find("is not the code of a ward") !=
        std::string::npos);
  CHECK(sentence(heading + "S01000001,E05000001,Abbey,E07000001\n").find("is not the code of an LSOA") !=
        std::string::npos);
  const auto read =
      read_ward_fit("wd25nm,lad25cd,lsoa21cd,wd25cd\n\"Bayston Hill, Column\",E06000051,E01028935,E05008141\n");
  REQUIRE(read);
  CHECK(read->year == 2025);
  CHECK(read->rows.at(0).ward_name == "Bayston Hill, Column");
  WardFit again;
  decode(encode(*read), again);
  CHECK(again.rows.at(0).district == "E06000051");
}

TEST_CASE(
    "wards: found by name and code, listed under the district of the day, made of whole LSOAs, said to be a best fit") {
  const auto areas = with_wards();
  CHECK(areas->of_kind(AreaKind::ward, kDay).size() == 370);
  const auto found = areas->search("clifton", 20);
  const auto clifton =
      std::find_if(found.begin(), found.end(), [](const Area* area) { return area->kind == AreaKind::ward; });
  REQUIRE(clifton != found.end());
  CHECK((*clifton)->name == "Clifton");
  CHECK(areas->district_of((*clifton)->code, kDay)->name == "York");
  CHECK(areas->force_of((*clifton)->code, kDay)->name == "North Yorkshire");
  CHECK(areas->partnership_of((*clifton)->code, kDay)->name == "City of York");
  CHECK(kind_words(**clifton) == "ward (best fit)");
  const auto of_york = areas->constituents("E06000014", AreaKind::ward, kDay);
  CHECK(of_york.size() == 21);
  CHECK(std::find(of_york.begin(), of_york.end(), *clifton) != of_york.end());
  // A ward is of one district: the districts' wards are all wards.
  std::size_t wards = 0;
  for (const Area* force : areas->of_kind(AreaKind::police_force_area, kDay))
    for (const Area* district : areas->constituents(force->code, AreaKind::district, kDay))
      wards += areas->constituents(district->code, AreaKind::ward, kDay).size();
  CHECK(wards == 370);
  std::size_t lsoas = 0;
  for (const Area* ward : of_york) lsoas += areas->lsoas(ward->code, kDay)->lsoa_2021.size();
  CHECK(lsoas == areas->lsoas("E06000014", kDay)->lsoa_2021.size());
  CHECK(areas->lsoas((*clifton)->code, kDay)->notes.at(0).find("A best fit") == 0);
}

TEST_CASE("wards: ten of the sample's 370 hold a part of an old LSOA, and cannot be told before June 2023") {
  const auto areas = with_wards();
  std::vector<std::string> cut;
  for (const Area* ward : areas->of_kind(AreaKind::ward, kDay)) {
    const auto set = areas->lsoas(ward->code, kDay);
    const ZoneAnswer answer = answer_for(set->lsoa_2021, [&](std::string_view code) { return areas->zone_of(code); });
    CHECK(answer.in_2021);
    if (answer.whole()) continue;
    cut.push_back(ward->name);
    CHECK(answer_for(answer.completed(), [&](std::string_view code) { return areas->zone_of(code); }).whole());
  }
  std::sort(cut.begin(), cut.end());
  CHECK(cut == std::vector<std::string>{"Bengeworth", "Bowbrook", "Evesham North", "Hadley & Leegomery", "Lawley",
                                        "Oakengates & Ketley Bank", "Overdale & The Rock", "Radbrook", "Severn Valley",
                                        "Tern"});
}

TEST_CASE("forces without an area are in the register, beside the force areas and not among them") {
  const auto areas = with_wards();
  const Area* btp = areas->find("btp");
  REQUIRE(btp != nullptr);
  CHECK(btp->without_area);
  CHECK(kind_words(*btp) == "police force without an area");
  CHECK(areas->force_of("btp", kDay) == btp);
  CHECK(areas->lsoas("btp", kDay)->lsoa_2021.empty());
  CHECK(areas->constituents("btp", AreaKind::community_safety_partnership, kDay).empty());
  for (const Area* force : areas->of_kind(AreaKind::police_force_area, kDay)) CHECK_FALSE(force->without_area);
  CHECK(areas->forces_without_area().size() == 2);
  CHECK(areas->search("british transport", 5).front() == btp);
}

// The table itself lies beside the project where it is developed; elsewhere this is skipped, and counted as skipped.
TEST_CASE("wards: the sample's facts are those of the published table" *
          doctest::skip(!std::filesystem::exists(tests::source_dir() +
                                                 "/../shared/data/geography/lsoa21-ward24-lad24-best-fit.csv"))) {
  std::ifstream file(tests::source_dir() + "/../shared/data/geography/lsoa21-ward24-lad24-best-fit.csv",
                     std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const auto whole = read_ward_fit(bytes);
  REQUIRE_MESSAGE(whole.has_value(), (whole ? "" : whole.error().message));
  CHECK(whole->rows.size() == 35'672);
  const WardTable table(*whole);
  CHECK(table.wards().size() == 7'536);
  const auto sample = read_ward_fit(sample_file("geography/wards.csv"));
  REQUIRE(sample);
  CHECK(sample->rows.size() == 1'304);
  std::map<std::string, std::size_t> districts;
  for (const WardRow& row : sample->rows) {
    ++districts[row.district];
    const Area* ward = table.ward_of(row.lsoa_2021);
    REQUIRE(ward != nullptr);
    CHECK(ward->code == row.ward);
    CHECK(ward->name == row.ward_name);
  }
  // And none of these districts' rows is left out.
  for (const auto& [district, rows] : districts)
    CHECK(static_cast<std::size_t>(std::count_if(whole->rows.begin(), whole->rows.end(), [&](const WardRow& row) {
            return row.district == district;
          })) == rows);
}
