#include "exports/xlsx.h"

#include <doctest/doctest.h>

#include <stdexcept>

#include "exports/csv.h"
#include "exports/parts_for_tests.h"

using namespace tithing;
using namespace tithing::exports;

namespace {

Table sample() {
  Table table;
  table.title = tr("Grants & crimes");
  table.columns = {{.key = "area", .heading = tr("Area")},
                   {.key = "crimes", .heading = tr("Crimes"), .kind = ColumnKind::integer},
                   {.key = "rate", .heading = tr("Rate"), .kind = ColumnKind::decimal, .unit = tr("per 1,000")},
                   {.key = "change", .heading = tr("Change"), .kind = ColumnKind::per_cent},
                   {.key = "grant", .heading = tr("Grant"), .kind = ColumnKind::money},
                   {.key = "since", .heading = tr("Since"), .kind = ColumnKind::date},
                   {.key = "trend", .heading = tr("Trend"), .on_page_only = true}};
  table.rows = {
      {text_cell("=HYPERLINK(\"x\")"), integer_cell(61779), decimal_cell(38.7449, 1), per_cent_cell(0.125, 1),
       money_cell(15064812), date_cell(Date::from_ymd(2012, 4, 1)), picture_cell({})},
      {text_cell("Craven"), integer_cell(9'007'199'254'740'993), unknown_cell(tr("April 2022 was not submitted.")),
       suppressed_cell(), money_cell(-5), date_cell(Date::from_ymd(1899, 1, 1)), picture_cell({})}};
  table.sources = {"data.police.uk"};
  return table;
}

About about() {
  About out;
  out.filters = {{"Area", "North Yorkshire"}};
  out.as_at = "2022-11-30";
  out.retrieved_at = {1'669'800'000'000};  // 2022-11-30T09:20:00Z
  return out;
}

}  // namespace

TEST_CASE("a workbook holds real numbers, and never a formula") {
  const auto bytes = to_xlsx(sample(), about());
  REQUIRE(bytes);
  auto parts = parts_of(*bytes);
  const std::string& sheet = parts["xl/worksheets/sheet1.xml"];
  const auto has = [&](std::string_view text) { return sheet.find(text) != std::string::npos; };
  CHECK(has("<v>61779</v>"));
  CHECK(has("<v>38.7449</v>"));  // held unrounded
  CHECK(has("<v>0.125</v>"));
  CHECK(has("<v>150648.12</v>"));  // pounds
  CHECK(has("<v>-0.05</v>"));
  CHECK(has("<v>41000</v>"));  // 1 April 2012
  CHECK(has("<t>=HYPERLINK("));
  CHECK_FALSE(has("<f>"));
  CHECK(has("9,007,199,254,740,993"));  // beyond what a double holds: as text
  CHECK(has("1 January 1899"));         // before Excel's calendar: as text
  CHECK(has("not known"));
  CHECK(has("fewer than 5"));
  CHECK(has("Notes"));
  CHECK(has("Rate: April 2022 was not submitted."));  // in its row, as on the page
  CHECK_FALSE(has("Trend"));
  CHECK(has("state=\"frozen\""));
  CHECK(has("Rate (per 1,000)"));
  CHECK(parts["xl/styles.xml"].find("0.0%") != std::string::npos);
}

TEST_CASE("the second sheet says what it is and where it is from") {
  auto parts = parts_of(*to_xlsx(sample(), about()));
  CHECK(parts["xl/workbook.xml"].find("name=\"About\"") != std::string::npos);
  const std::string& sheet = parts["xl/worksheets/sheet2.xml"];
  for (const char* text : {"Grants &amp; crimes", "North Yorkshire", "2022-11-30", "2022-11-30T09:20:00.000Z",
                           "data.police.uk", "April 2022 was not submitted."}) {
    CHECK_MESSAGE(sheet.find(text) != std::string::npos, text);
  }
}

TEST_CASE("the same table gives the same bytes, with the date that was given") {
  const auto once = to_xlsx(sample(), about());
  const auto again = to_xlsx(sample(), about());
  CHECK(*once == *again);
  CHECK(parts_of(*once)["docProps/core.xml"].find("2022-11-30T09:20:00Z") != std::string::npos);
}

TEST_CASE("what does not fit into a workbook is refused with a way out") {
  Table table = sample();
  table.rows[0][0].text.assign(40'000, 'a');
  const auto refused = to_xlsx(table, about());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("CSV") != std::string::npos);
}

TEST_CASE("text that is not UTF-8 does not break the workbook") {
  Table table = sample();
  table.rows[0][0].text = "Caf\xE9 \x01 \"quoted\" <tag>";
  auto parts = parts_of(*to_xlsx(table, about()));
  CHECK(parts["xl/worksheets/sheet1.xml"].find("Caf\xEF\xBF\xBD") != std::string::npos);
  CHECK(parts["xl/worksheets/sheet1.xml"].find("<tag>") == std::string::npos);
}

TEST_CASE("several tables are several sheets, each with its own kinds of cells") {
  Table workings{.id = "workings", .title = tr("Workings")};
  workings.columns = {{"path", tr("Path")}, {.key = "value", .heading = tr("Value"), .kind = ColumnKind::decimal}};
  workings.rows = {{text_cell("1"), money_cell(15064812).of_kind(ColumnKind::money)},
                   {text_cell("2"), per_cent_cell(0.125, 1).of_kind(ColumnKind::per_cent)},
                   {text_cell("3"), integer_cell(61779).of_kind(ColumnKind::integer)},
                   {text_cell("4"), text_cell("TBC").noted(tr("Nobody has said it yet."))}};
  workings.sources = {"A file of workings"};
  const auto bytes = to_xlsx({{"Allocation", sample()}, {"Workings", workings}}, about());
  REQUIRE(bytes);
  CHECK(*bytes == *to_xlsx({{"Allocation", sample()}, {"Workings", workings}}, about()));
  auto parts = parts_of(*bytes);
  const std::string& book = parts["xl/workbook.xml"];
  CHECK(book.find("name=\"Allocation\"") < book.find("name=\"Workings\""));
  CHECK(book.find("name=\"Workings\"") < book.find("name=\"About\""));
  const std::string& sheet = parts["xl/worksheets/sheet2.xml"];
  for (const char* text : {"<v>150648.12</v>", "<v>0.125</v>", "<v>61779</v>", "TBC", "state=\"frozen\""})
    CHECK_MESSAGE(sheet.find(text) != std::string::npos, text);
  const std::string& last = parts["xl/worksheets/sheet3.xml"];
  for (const char* text :
       {"Rows of Workings", "A file of workings", "data.police.uk", "Nobody has said it yet.", "Grants &amp; crimes"})
    CHECK_MESSAGE(last.find(text) != std::string::npos, text);
  CHECK(to_csv(workings, {.byte_order_mark = false}) ==
        "Path,Value,Notes\r\n1,150648.12,\r\n2,12.5,\r\n3,61779,\r\n4,TBC,Value: Nobody has said it yet.\r\n");
  for (const char* name : {"", "About", "allocation", "A/B", "A name that has more than 31 letters"})
    CHECK_THROWS_AS(to_xlsx({{"Allocation", sample()}, {name, workings}}, about()), std::logic_error);
}
