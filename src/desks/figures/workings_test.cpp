#include "desks/figures/workings.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::figures;

namespace {

Input given(const std::string& text) { return Input::of("", "a value", text, Named{}); }

Figure sample() {
  Figure part;
  part.address = {"crimes", {{{"area", "E22000368"}}}};
  part.quantity = Quantity::count(25328, "crimes");
  part.working.title = "Recorded crime";
  part.working.inputs = {{"", "", nullptr,
                          Source{"2022-01.csv", "2022.zip", std::string(64, 'a'), "2026-01-02", "data.police.uk", "OGL",
                                 2000, "all types", "/evidence/sources/1"},
                          ""}};
  Figure unknown;
  unknown.quantity = Quantity::unknown(Unit::rate, "crimes per 1,000 people", "No population is known.");
  Figure root;
  root.address = {"allocation", {{{"area", "a"}}}};
  root.quantity = Quantity::pence(3738800);
  root.working.title = "Amount";
  root.working.formula = "a = s1";
  root.working.in_words = "Added up.";
  root.working.rounding = "To the penny.";
  root.working.caveats = {"One.", "Two."};
  root.working.inputs = {given("\xC2\xA3"
                               "1,234.50"),
                         {"c", "crimes", std::make_shared<const Figure>(part), {}, ""},
                         given("-\xC2\xA3"
                               "12,345.678901"),
                         given("12.5%"),
                         given("61,779"),
                         given("1/3"),
                         given("at the floor: A"),
                         {"r", "rate", std::make_shared<const Figure>(unknown), {}, ""}};
  return root;
}

const exports::Row& row_at(const exports::Table& table, const std::string& path) {
  for (const exports::Row& row : table.rows)
    if (row[1].text == path) return row;
  FAIL("no row " << path);
  return table.rows.front();
}

}  // namespace

TEST_CASE("A row for every part of a working, in order, under its path") {
  const exports::Table table = workings_table("Workings", "Area", {{"Ayton", sample()}, {"Beeford", sample()}});
  CHECK_NOTHROW(table.check());
  std::string paths;
  for (const exports::Row& row : table.rows) paths += row[0].text.substr(0, 1) + row[1].text + " ";
  CHECK(paths == "A0 A1 A2 A2.1 A3 A4 A5 A6 A7 A8 B0 B1 B2 B2.1 B3 B4 B5 B6 B7 B8 ");
  CHECK(table.columns.front().heading == "Area");
  const exports::Row& root = row_at(table, "0");
  CHECK(root[3].whole == 3738800);
  CHECK(root[3].kind == exports::ColumnKind::money);
  CHECK(root[4].text == "pounds");
  CHECK(root[5].text ==
        "\xC2\xA3"
        "37,388.00");
  CHECK(root[6].text == "a = s1");
  CHECK(root[7].text == "Added up.");
  CHECK(root[8].text == "To the penny.");
  CHECK(root[9].text == "One. Two.");
  CHECK(root[12].text == "/figures/allocation?area=a");
}

TEST_CASE("What was given in words is a number where it is one, and always stands as it was shown") {
  const exports::Table table = workings_table("Workings", "Area", {{"Ayton", sample()}});
  CHECK(row_at(table, "1")[3].whole == 123450);
  CHECK(row_at(table, "1")[3].kind == exports::ColumnKind::money);
  CHECK(*row_at(table, "3")[3].real == doctest::Approx(-12345.678901));
  CHECK(row_at(table, "3")[4].text == "pounds");
  CHECK(row_at(table, "3")[5].text ==
        "-\xC2\xA3"
        "12,345.678901");
  CHECK(*row_at(table, "4")[3].real == doctest::Approx(0.125));
  CHECK(row_at(table, "4")[3].kind == exports::ColumnKind::per_cent);
  CHECK(*row_at(table, "5")[3].real == 61779);
  for (const char* path : {"6", "7"}) {
    CHECK_FALSE(row_at(table, path)[3].numeric());
    CHECK(row_at(table, path)[3].text.empty());
  }
  CHECK(row_at(table, "6")[5].text == "1/3");
  // Unknown is no number, and says why.
  CHECK_FALSE(row_at(table, "8")[3].numeric());
  CHECK(row_at(table, "8")[5].text == "not known: No population is known.");
}

TEST_CASE("A file of a working stands with its archive, its rows and its checksum") {
  const exports::Table table = workings_table("Workings", "Area", {{"Ayton", sample()}});
  const exports::Row& source = row_at(table, "2.1");
  CHECK(source[2].text == "source");
  CHECK(source[10].text == "2022-01.csv; in 2022.zip; data.police.uk; imported 2026-01-02; 2,000 rows; all types; OGL");
  CHECK(source[11].text == std::string(64, 'a'));
  CHECK(source[12].text == "/evidence/sources/1");
  CHECK(row_at(table, "2")[2].text == "c: crimes");
  CHECK(row_at(table, "2")[3].kind == exports::ColumnKind::integer);
}
