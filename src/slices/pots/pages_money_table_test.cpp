// One table of money for examples, schemes, scenarios and decisions: what is known opens its working, and what is not
// known is neither left out nor nought. Areas and amounts are made up.
#include "slices/pots/pages_money_table.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::pots;
using exports::CellState;

namespace {

MeasuredTable money() {
  MeasuredTable out;
  out.title = "Fund";
  out.address = {"scheme-allocation", {{{"scheme", "1"}}}};
  out.areas = {{"a", "Ayton", Money{75'00}, Money{50'00}, 100, {}}, {"b", "Beeford", Money{25'00}, {}, {}, {}}};
  out.held_back = {{"Research", Money{5'00}}};
  out.total = Money{100'00};
  out.known = Money{105'00};
  return out;
}

const exports::Cell& cell(const exports::Table& table, std::size_t row, std::string_view column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].key == column) return table.rows.at(row).at(i);
  FAIL("no column " << column);
  return table.rows.at(0).at(0);
}

}  // namespace

TEST_CASE("an area without last year's money or people has reasons in their places") {
  const exports::Table table = money_table(money(), {"County contribution"});
  table.check();
  REQUIRE(table.rows.size() == 6);  // two areas, total, held back, not known, known
  CHECK(cell(table, 0, "share").text == "75.00%");
  CHECK(cell(table, 0, "per-head").text == "£0.75");
  CHECK(cell(table, 0, "change").text == "+£25.00");
  CHECK(cell(table, 0, "change-share").text == "+50.00%");
  CHECK(cell(table, 0, "change").url.text() == "/figures/scheme-allocation?area=a&of=change&scheme=1");
  CHECK(cell(table, 1, "amount").text == "£25.00");
  for (const char* column : {"per-head", "last-year", "change", "change-share"}) {
    CAPTURE(column);
    CHECK(cell(table, 1, column).state == CellState::unknown);
    CHECK_FALSE(cell(table, 1, column).note.empty());
  }
  CHECK(cell(table, 2, "amount").text == "£100.00");
  CHECK(cell(table, 3, "area").text == "Held back: Research");
  CHECK(cell(table, 4, "area").text == "County contribution");
  CHECK(cell(table, 4, "amount").state == CellState::unknown);
  CHECK(cell(table, 5, "amount").url.text() == "/figures/scheme-allocation?of=known&scheme=1");
}

TEST_CASE("nothing to share is no share, and a table without addresses leads nowhere") {
  MeasuredTable none = money();
  none.address = {};
  none.total = Money{};
  none.tranches = {{"First", Fraction(Integer(1), Integer(2)), "", ""}};
  none.areas[0].tranches = {Money{37'50}};
  const exports::Table table = money_table(none);
  CHECK(cell(table, 0, "share").state == CellState::unknown);
  CHECK(cell(table, 0, "tranche-1").text == "£37.50");
  CHECK(cell(table, 1, "tranche-1").state == CellState::unknown);
  for (const exports::Row& row : table.rows)
    for (const exports::Cell& one : row) CHECK(one.url.empty());
}

TEST_CASE("without people anywhere there is no column of amounts per head") {
  MeasuredTable none = money();
  none.areas[0].population = 0;
  for (const exports::Column& column : money_table(none).columns) CHECK(column.key != "per-head");
}
