#include "slices/evidence/population.h"
#include "slices/evidence/table_c2.h"
#include "slices/evidence/test_support.h"
#include "support/source_dir.h"
#include "support/writings.h"

using namespace tithing;
using namespace tithing::evidence;
using namespace tithing::evidence::testing;

namespace {

const std::string kTable =
    tests::source_dir() + "/data/sample/official-tables/ons-table-c2-csp-year-ending-june-2025.csv";

const TableC2::Row* row_of(const TableC2& table, const std::string& area_code) {
  for (const TableC2::Row& row : table.rows) {
    if (row.area_code == area_code && row.level != TableC2::Level::unassigned) return &row;
  }
  return nullptr;
}

bool some(const std::vector<std::string>& sentences, const std::string& a, const std::string& b) {
  for (const std::string& sentence : sentences) {
    if (sentence.find(a) != std::string::npos && sentence.find(b) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("Table C2 as published, with its traps") {
  const Result<TableC2> table = read_table_c2(read_file(kTable), "table.csv");
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : table.error().message));
  CHECK(table->period == "Year ending June 2025");
  CHECK(table->offences.size() == 23);
  CHECK(table->offences[0].slug == "total-recorded-crime-excluding-fraud");
  int forces = 0, partnerships = 0, unassigned = 0;
  for (const TableC2::Row& row : table->rows) {
    forces += row.level == TableC2::Level::force;
    partnerships += row.level == TableC2::Level::partnership;
    unassigned += row.level == TableC2::Level::unassigned;
  }
  CHECK(forces == 42);
  CHECK(partnerships == 314);
  CHECK(unassigned == 43);
  CHECK(row_of(*table, "E23000036")->numbers[0] == 170'002);  // "170,002 "
  CHECK(row_of(*table, "E22000368")->area_name == "North Worcestershire");
  CHECK(row_of(*table, "E23000012")->force_name == "Humberside");  // "Humberside [note 4]"
  // Kept as published, and said: another force's code, a row without a number, totals that are one off.
  CHECK(some(table->remarks, "unassigned Surrey", "carries the code E23000032"));
  CHECK(some(table->remarks, "unassigned Surrey", "no number at all"));
  CHECK(some(table->remarks, "Unassigned Gwent",
             "would miss its total by 1 and those of South Wales pass theirs by as many"));
  CHECK_FALSE(some(table->remarks, "its stated total", ""));  // under the right force every total is what its rows make
  CHECK(some(table->remarks, "Unassigned Gwent", "carries the code W15000003"));
  for (const TableC2::Row& row : table->rows) {
    if (row.area_name == "unassigned Surrey") CHECK_FALSE(row.numbers[0].has_value());
  }
}

TEST_CASE("Table C2: cells that are no numbers, other tables and half tables are named") {
  const std::string heading =
      "Police Force Area code,Police Force Area name,Community Safety Partnership code,Community Safety Partnership "
      "name,Local Authority code,"
      "Local Authority name,Total,Burglary\n";
  const auto read = [&](const std::string& rows) {
    return read_table_c2("\"Table C2, year ending March 2024 [note 1]\"\n" + heading + rows, "t.csv");
  };
  REQUIRE(read("E23000001,A,,,,,\"1,000 \",[x]\n"));
  CHECK(read("E23000001,A,,,,,\"1,000 \",[x]\n")->period == "Year ending March 2024");
  CHECK_FALSE(read("E23000001,A,,,,,\"1,000 \",[x]\n")->rows[0].numbers[1].has_value());
  CHECK(read("E23000001,A,,,,,12a,1\n").error().message.find("line 3, Total: \"12a\" is not a number") !=
        std::string::npos);
  CHECK_FALSE(read("E23000001,A,,,,,1\n"));
  CHECK_FALSE(read(""));
  CHECK_FALSE(read_table_c2("", "t.csv"));
  CHECK_FALSE(read_table_c2("Crime ID,Month\n", "t.csv"));
  CHECK_FALSE(read_table_c2("no year\n" + heading + "E23000001,A,,,,,1,1\n", "t.csv"));
  const Result<TableC2> off =
      read("E23000001,A,,,,,10,5\nE23000001,A,E22000001,B,,,6,5\nE23000001,A,,Unassigned A,,,3,0\n");
  REQUIRE(off);
  REQUIRE(off->remarks.size() == 1);
  CHECK(off->remarks[0] == "A, Total: its rows add up to 9, its stated total is 10 (-1).");
}

TEST_CASE("populations") {
  const std::string text =
      "\xEF\xBB\xBFLSOA 2021 Code,LSOA 2021 Name,Mid-2012: Population,Mid-2012: People per Sq Km,Mid-2011: "
      "Population\r\n"
      "E01000002,B,\"1,438\",6.2,9\r\nE01000001,A,12,1.5,10\r\n";
  const Result<Population> population = read_population(text, "p.csv");
  REQUIRE_MESSAGE(population.has_value(), (population ? "" : population.error().message));
  CHECK(population->years == std::vector<int>{2011, 2012});
  CHECK(population->of(lsoa_number("E01000002"), 2012) == 1438);
  CHECK(population->of(lsoa_number("E01000001"), 2011) == 10);
  CHECK_FALSE(population->of(lsoa_number("E01000003"), 2011));
  CHECK_FALSE(population->of(lsoa_number("E01000001"), 2013));
  CHECK(*population_from_bytes(to_bytes(*population)) == *population);
  CHECK_FALSE(population_from_bytes(to_bytes(*population).substr(3)));

  const auto message = [](const std::string& rows) {
    return read_population("LSOA 2021 Code,Mid-2011: Population\n" + rows, "p.csv").error().message;
  };
  CHECK(message("E0100000,5\n").find("line 2") != std::string::npos);
  CHECK(message("E01000001,\n").find("blank") != std::string::npos);
  CHECK(message("E01000001,x\n").find("not a number") != std::string::npos);
  CHECK(message("E01000001,5\nE01000001,6\n").find("twice") != std::string::npos);
  CHECK_FALSE(read_population("Crime ID,Month\n", "p.csv"));
  CHECK_FALSE(read_population("", "p.csv"));
}

TEST_CASE("populations and Table C2 as other programs save them are the same tables") {
  const std::string people = "LSOA 2021 Code,2023,2024\nE01013339,1500,1510\nE01013340,1600,1610\n";
  const auto wanted = read_population(people, "p.csv");
  REQUIRE(wanted.has_value());
  for (const tests::Writing& one : tests::writings(people)) {
    const auto read = read_population(one.bytes, "p.csv");
    REQUIRE_MESSAGE(read.has_value(), one.name << (read ? "" : read.error().message));
    CHECK(*read == *wanted);
    CHECK(read->read_as == one.read_as);
  }
  const auto spaced = read_population(
      "LSOA 2021 Code;2023;2024\nE01013339\xA0;1\xA0"
      "500;1510\nE01013340;1,600;1610\n",
      "p.csv");
  REQUIRE_MESSAGE(spaced.has_value(), (spaced ? "" : spaced.error().message));
  CHECK(*spaced == *wanted);
  CHECK(spaced->read_as == "Windows-1252, separated by semicolons");
  // A decimal comma is no thousand: never fifteen for one and a half.
  CHECK(read_population("LSOA 2021 Code,2023\nE01013339,\"1,5\"\n", "p.csv").error().message ==
        "p.csv, line 2: \"1,5\" is not a number of people.");
  CHECK(read_population("LSOA 2021 Code,2023\nE01013339,\"12,34,567\"\n", "p.csv")
            .error()
            .message.find("is not a number of people") != std::string::npos);
  for (const auto& [name, bytes] : tests::no_tables()) {
    CHECK_MESSAGE(!read_population(bytes, "p.csv").has_value(), name);
    CHECK_MESSAGE(!read_table_c2(bytes, "c2.csv").has_value(), name);
  }
  CHECK(read_population("PK\x03\x04", "p.csv").error().message ==
        "p.csv cannot be read. It is a workbook or a zip archive, not a table as text. Open it, save the sheet as CSV "
        "(UTF-8), and give that file.");
}
