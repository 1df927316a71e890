// What a reconciliation says: why no one cell can be told to be wrong, which of two totals of one name, and that every
// number of a finding that was worked out has its figure. The small tables are made up; the others are the published
// ones.
#include <doctest/doctest.h>

#include "allocation/reconcile.h"
#include "slices/pots/kinds_printed.h"
#include "slices/pots/pages.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

Reconciliation of(const std::string& text) {
  const auto table = read_printed_table(text);
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : table.error().message));
  return reconcile(*table);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("two cells of a row that are wrong together: it is said why no one cell stands out") {
  // North's A and its total are 10 too much, and the row ties.
  const Reconciliation found = of("Area,A,B,Total\nNorth,110,200,310\nSouth,300,400,700\nTotal,400,600,1000\n");
  CHECK(found.corrections.empty());
  REQUIRE(found.no_single_cell.size() == 2);
  for (const std::string& sentence : found.no_single_cell)
    CHECK(has(sentence, "are off by the same amount while every row ties"));
  CHECK(has(found.why(),
            "No one cell mends them: “A” and “Total” are off by the same amount while every row ties, so in one row "
            "both cells are wrong by it."));
  // Two cells of two columns: rows are off as well.
  const Reconciliation crossed = of(
      "Area,A,B,Total\nNorth,110,200,300\nSouth,305,400,700\nEast,1,2,3\nWest,1,2,3\nMid,1,2,3\nTotal,403,606,1009\n");
  CHECK(crossed.corrections.empty());
  CHECK(has(crossed.why(),
            "No one cell mends them: the rows North, South do not tie either, and no correction of one cell makes row "
            "and column tie: more than one is wrong."));
  // In a table of one column nothing can tell, and its sentence says so; the verdict does not repeat it.
  const Reconciliation one = of("Area,Grant\nNorth,1\nSouth,2\nTotal,4\n");
  REQUIRE(one.no_single_cell.size() == 1);
  CHECK(has(one.no_single_cell.front(),
            "because nothing beside the column tells which of its cells is wrong, or whether the total is."));
  CHECK(one.why() == "Grant: the rows come to £3.00, the stated total is £4.00: -£1.00.");
  // One cell that is wrong alone is found, as before.
  CHECK(of("area,A,B,Total\nNorth,100,20,110\nSouth,50,5,55\nEast,30,3,33\nTotal,170,28,198\n").corrections.size() ==
        1);
}

TEST_CASE("of two sub-totals of one name it is said which") {
  const Reconciliation found =
      of("Area,Grant\nNorth,1\nSouth,2\nSub-total,4\nEast,4\nWest,5\nSub-total,10\nGrand total,14\n");
  CHECK(
      found.why().starts_with("Grant (“Sub-total” below South): the rows come to £3.00, the stated total is £4.00: "
                              "-£1.00. Neither does: “Grant” at “Sub-total” below West."));
  REQUIRE(found.no_single_cell.size() == 2);
  CHECK(found.no_single_cell[0].starts_with("Grant (“Sub-total” below South): "));
  CHECK(found.no_single_cell[1].starts_with("Grant (“Sub-total” below West): "));
  // Where there is one of a name, the name is enough.
  CHECK(of("Area,Grant\nNorth,1\nSouth,2\nTotal,4\n").why().starts_with("Grant: "));
}

TEST_CASE(
    "the heading over the names is no part of the table, and a first row whose amounts are not known is no heading") {
  CHECK(of("Year,Amount\n2020/21,100\n2021/22,200\nTotal,310\n").why() ==
        "Amount: the rows come to £300.00, the stated total is £310.00: -£10.00.");
  // Taken for the heading of a part, North would be forgotten, and the table would tie.
  const Reconciliation unknown = of("Ward,Grant\nNorth,\nSouth,3\nTotal,3\n");
  CHECK(unknown.verdict() == Verdict::could_not_be_checked);
  CHECK(has(unknown.why(), "not known: North"));
  // A heading that names the first of several parts still does.
  const Reconciliation parts = of("Funding,2022\nA,1\nB,2\n,3\nExpenditure,\nC,3\n,3\n");
  REQUIRE(parts.columns.size() == 2);
  CHECK(parts.columns[0].section == "Funding");
  CHECK(parts.columns[1].section == "Expenditure");
  CHECK(parts.ties());
}

TEST_CASE("an amount with parts of a penny is refused with what to do") {
  const auto table =
      read_printed_table("Area,Grant\nNorth,\"74,942.0833\"\nSouth,\"25,057.9167\"\nTotal,\"100,000\"\n");
  REQUIRE_FALSE(table);
  CHECK(table.error().message ==
        "Line 2, column “Grant”: “74,942.0833” cannot be read as an amount. It has 4 digits behind the point, and an "
        "amount of money has two, the "
        "pence. If it was worked out and not rounded, write it as it is paid, to the penny or the pound.");
}

TEST_CASE("money that is no longer held back is not held back by less than nothing") {
  const Reconciliation found = reconcile(*table_of(*find_example("warwickshire")));
  REQUIRE(found.pro_rata.size() == 1);
  CHECK(found.pro_rata.front().sentence ==
        "2025/26 is 2024/25 and 25,000 that is no longer held back, shared out in proportion: each row x 1.166667, all "
        "within 1.");
}

TEST_CASE("every number that a finding of a published table has worked out is a figure that works out to itself") {
  figures::Registry registry;
  add_printed_kind(registry);
  std::size_t asked = 0;
  for (const Example& example : examples()) {
    if (example.kind != Example::Kind::table) continue;
    CAPTURE(example.name);
    const auto table = table_of(example);
    REQUIRE(table);
    const Reconciliation found = reconcile(*table);
    const std::string page = findings(found, "en", &example, &*table).text();
    // A number outside of a mark is one of which nothing is said.
    std::string bare;
    int inside = 0;
    for (std::size_t at = 0; at < page.size(); ++at) {
      if (page[at] == '<') {
        const bool marked = page.compare(at, 24, "<a class=\"tithing-figure") == 0 ||
                            page.compare(at, 17, "<span data-number") == 0 || page.compare(at, 5, "<time") == 0;
        if (marked)
          ++inside;
        else if (inside > 0 && (page.compare(at, 4, "</a>") == 0 || page.compare(at, 7, "</span>") == 0 ||
                                page.compare(at, 7, "</time>") == 0))
          --inside;
        at = page.find('>', at);
        continue;
      }
      if (inside == 0) bare += page[at];
    }
    for (std::size_t at = bare.find("&#"); at != std::string::npos; at = bare.find("&#", at))
      bare.erase(at, bare.find(';', at) + 1 - at);
    CHECK_MESSAGE(bare.find_first_of("0123456789") == std::string::npos, bare);
    // Each address that stands there answers with the number that stands there.
    for (std::size_t at = page.find("href=\"/figures/printed"); at != std::string::npos;
         at = page.find("href=\"/figures/printed", at + 1)) {
      std::string address = page.substr(at + 6, page.find('"', at + 6) - at - 6);
      for (std::size_t amp = address.find("&amp;"); amp != std::string::npos; amp = address.find("&amp;"))
        address.replace(amp, 5, "&");
      const std::size_t text = page.find('>', at) + 1;
      const std::string shown = page.substr(text, page.find('<', text) - text);
      const auto parsed = figures::Address::parse(address);
      REQUIRE(parsed);
      const auto figure = registry.ask(*parsed, {Date::from_ymd(2022, 2, 1), false});
      REQUIRE_MESSAGE(figure.has_value(), (address + ": " + (figure ? "" : figure.error().message)));
      CHECK_FALSE(figure->working.inputs.empty());
      if (address.find("finding=") == std::string::npos) continue;
      ++asked;
      CHECK(figure->quantity.text() == shown);
      for (const figures::Input& input : figure->working.inputs) CHECK(input.figure != nullptr);
    }
  }
  CHECK(asked > 60);
  const auto ask = [&](const char* finding, const char* number) {
    return registry.ask(
        {"printed", {{{"example", "worcestershire-table-1"}, {"finding", finding}, {"number", number}}}},
        {Date::from_ymd(2022, 2, 1), false});
  };
  CHECK(ask("reproduction-1", "1")->quantity.text() == "£550,780.00");
  for (const char* none : {"reproduction-0", "reproduction-9", "reproduction-", "reproduction-1x", "nothing-1", ""})
    CHECK_FALSE(ask(none, "1").has_value());
  for (const char* none : {"0", "99", ""}) CHECK_FALSE(ask("reproduction-1", none).has_value());
}

TEST_CASE("what a worked example shows: its amounts are figures of the printed table, its years are dates") {
  figures::Registry registry;
  add_printed_kind(registry);
  std::size_t opened = 0;
  for (const Example& example : examples()) {
    CAPTURE(example.shows);
    const Words words = shows_of(example);
    CHECK(words.text() == example.shows);
    for (const Numeral& piece : words.pieces()) {
      if (piece.kind == Numeral::Kind::text) CHECK(piece.text.find_first_of("0123456789") == std::string::npos);
      if (piece.kind != Numeral::Kind::figure) continue;
      ++opened;
      const auto figure = registry.ask(*figures::Address::parse(piece.of), {Date::from_ymd(2022, 2, 1), false});
      REQUIRE(figure.has_value());
      CHECK(figure->quantity.text() == piece.text);
    }
  }
  CHECK(opened == 5);
}
