#include "slices/register/look_up.h"

#include <doctest/doctest.h>

#include "base/csv.h"
#include "slices/register/sample_files.h"

using namespace tithing;
using namespace tithing::register_;

TEST_CASE("CSV: quotes, doubled quotes, line breaks within, CRLF, a mark at the beginning") {
  CsvReader reader(
      "\xEF\xBB\xBF"
      "a,\"b \"\"c\"\"\nd\",\r\n\r\n1,2,3");
  std::vector<std::string> fields;
  REQUIRE(reader.next(fields));
  CHECK(fields == std::vector<std::string>{"a", "b \"c\"\nd", ""});
  REQUIRE(reader.next(fields));
  CHECK(fields == std::vector<std::string>{"1", "2", "3"});
  CHECK(reader.line() == 4);
  CHECK_FALSE(reader.next(fields));
  CHECK_FALSE(reader.broken());
  CsvReader open("a,\"b");
  CHECK(open.next(fields));
  CHECK(open.broken());
}

TEST_CASE("a look-up is read in any order of columns and dated by its year, its name or by hand") {
  const std::string csv =
      "FID,PFA22NM,PFA22CD,CSP22NM,CSP22CD,LAD22NM,LAD22CD\n1,West Mercia,E23000016,North "
      "Worcestershire,E22000368,Redditch,E07000236\n";
  const auto by_year = read_look_up(csv, "anything.csv", std::nullopt);
  REQUIRE(by_year.has_value());
  CHECK(by_year->on.iso() == "2022-12-31");
  CHECK(by_year->rows.front().district_name == "Redditch");
  CHECK(read_look_up(csv, "LAD to CSP (April 2022).csv", std::nullopt)->on.iso() == "2022-04-30");
  CHECK(read_look_up(csv, "x.csv", Date::from_ymd(2022, 5, 1))->on.iso() == "2022-05-01");
  std::string of_2030 = csv;
  for (std::size_t at; (at = of_2030.find("22CD")) != std::string::npos;) of_2030.replace(at, 2, "30");
  for (std::size_t at; (at = of_2030.find("22NM")) != std::string::npos;) of_2030.replace(at, 2, "30");
  const auto undated = read_look_up(of_2030, "x.csv", std::nullopt);
  REQUIRE_FALSE(undated.has_value());
  CHECK(undated.error().message.find("--dated") != std::string::npos);
}

TEST_CASE("a look-up that contradicts itself or holds what is no code is refused with its line") {
  const std::string heading = "LAD22CD,LAD22NM,CSP22CD,CSP22NM,PFA22CD,PFA22NM\n";
  const auto fault = [&](const std::string& rows) {
    const auto read = read_look_up(heading + rows, "x.csv", std::nullopt);
    return read ? std::string() : read.error().message;
  };
  const std::string good = "E07000236,Redditch,E22000368,North Worcestershire,E23000016,West Mercia\n";
  CHECK(fault(good) == "");
  CHECK(fault("").find("no rows") != std::string::npos);
  CHECK(fault(good + good).find("Line 3") != std::string::npos);
  CHECK(fault(good + "E07000234,Bromsgrove,E22000368,North Worcs,E23000016,West Mercia\n")
            .find("is called North Worcs here") != std::string::npos);
  CHECK(
      fault(good + "E07000234,Bromsgrove,E22000368,North Worcestershire,E23000017,Warwickshire\n").find("two forces") !=
      std::string::npos);
  CHECK(fault("E22000368,Redditch,E22000368,North Worcestershire,E23000016,West Mercia\n")
            .find("not the code of a district") != std::string::npos);
  CHECK(fault("E07000236,,E22000368,North Worcestershire,E23000016,West Mercia\n").find("is empty") !=
        std::string::npos);
  CHECK(fault("E07000236,Redditch\n").find("fewer columns") != std::string::npos);
  CHECK_FALSE(read_look_up("LAD22CD,CSP22CD\nE07000236,E22000368\n", "x.csv", std::nullopt).has_value());
}

TEST_CASE("the sample's look-ups have the rows that were published") {
  const struct {
    const char* name;
    std::size_t rows;
    const char* on;
  } expected[] = {{"lad17-csp17-pfa17.csv", 348, "2017-01-31"},
                  {"lad18-csp18-pfa18.csv", 348, "2018-12-31"},
                  {"lad19-csp19-pfa19.csv", 342, "2019-12-31"},
                  {"lad22-csp22-pfa22.csv", 331, "2022-12-31"}};
  for (const auto& e : expected) {
    const std::string csv = sample_file(std::string("geography/") + e.name);
    CHECK(form_of(csv) == TableForm::look_up);
    const auto read = read_look_up(csv, e.name, std::nullopt);
    REQUIRE(read.has_value());
    CHECK(read->rows.size() == e.rows);
    CHECK(read->on.iso() == e.on);
  }
}

TEST_CASE("the exact fit has each change as often as ONS counts it") {
  const std::string csv = sample_file("geography/lsoa11-lsoa21-lad22-exact-fit-v3.csv.gz");
  CHECK(form_of(csv) == TableForm::exact_fit);
  const auto fit = read_exact_fit(csv);
  REQUIRE(fit.has_value());
  CHECK(fit->rows.size() == 35796);
  std::size_t changes[256] = {};
  for (const FitRow& row : fit->rows) ++changes[static_cast<unsigned char>(row.change)];
  CHECK(changes[static_cast<unsigned char>('U')] == 33647);
  CHECK(changes[static_cast<unsigned char>('S')] == 1900);
  CHECK(changes[static_cast<unsigned char>('M')] == 239);
  CHECK(changes[static_cast<unsigned char>('X')] == 10);
  CHECK_FALSE(
      read_exact_fit("LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD\nE01000001,a,E01000001,a,Q,E09000001\n")
          .has_value());
}

TEST_CASE("other tables are known by their headings") {
  CHECK(form_of(sample_file("geography/successions.csv")) == TableForm::succession_facts);
  CHECK(form_of(sample_file("geography/local-authority-codes-since-2011-with-successors.csv")) ==
        TableForm::code_history);
  CHECK_FALSE(form_of("Crime ID,Month\n1,2\n").has_value());
  CHECK_FALSE(form_of("").has_value());
  const auto facts = read_succession_facts(sample_file("geography/successions.csv"));
  REQUIRE(facts.has_value());
  CHECK(facts->size() == 9);
  CHECK((*facts)[4].predecessor_districts.size() == 2);
  CHECK_FALSE((*facts)[4].on.has_value());
  CHECK((*facts)[0].evidence.find("recommends") != std::string::npos);
  const auto history = read_code_history(sample_file("geography/local-authority-codes-since-2011-with-successors.csv"));
  REQUIRE(history.has_value());
  CHECK(history->size() > 330);
}

TEST_CASE("codes say what kind of area they are") {
  CHECK(kind_of_code("E22000368") == AreaKind::community_safety_partnership);
  CHECK(kind_of_code("W06000022") == AreaKind::district);
  CHECK(kind_of_code("W15000001") == AreaKind::police_force_area);
  CHECK(kind_of_code("E01031349") == AreaKind::lsoa_2011);
  CHECK_FALSE(kind_of_code("S12000033").has_value());
  CHECK_FALSE(kind_of_code("E0700023").has_value());
  CHECK(district_name_of_lsoa("King's Lynn and West Norfolk 001A") == "King's Lynn and West Norfolk");
  CHECK(district_name_of_lsoa("Bromsgrove").empty());
  CHECK(district_name_of_lsoa("Bromsgrove 01A").empty());
}
