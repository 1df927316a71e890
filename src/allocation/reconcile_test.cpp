#include "allocation/reconcile.h"
#include "allocation/files_for_tests.h"
#include "support/source_dir.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "allocation/read_scheme.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

constexpr std::int64_t kPound = 100;

PrintedTable fixture(const char* name) {
  const auto text = read_file(tests::source_dir() + "/src/slices/pots/fixtures/" + name);
  REQUIRE_MESSAGE(text.has_value(), name);
  auto table = read_printed_table(*text);
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : table.error().message));
  return *table;
}

const ColumnCheck& column(const Reconciliation& found, const std::string& section, const std::string& name) {
  for (const ColumnCheck& check : found.columns)
    if (check.section == section && check.column == name) return check;
  FAIL("no check of " << section << ", " << name);
  return found.columns.front();
}

std::vector<Reproduction> reproductions(const Reconciliation& found, const std::string& name,
                                        const std::string& split) {
  std::vector<Reproduction> out;
  for (const Reproduction& made : found.reproductions)
    if (made.column == name && made.split.find(split) != std::string::npos) out.push_back(made);
  return out;
}

const Reproduction* with_rule(const std::vector<Reproduction>& made, Rounding::Rule rule) {
  const auto found = std::find_if(made.begin(), made.end(), [&](const Reproduction& one) { return one.rule == rule; });
  return found == made.end() ? nullptr : &*found;
}

Reconciliation of(const char* text) {
  const auto table = read_printed_table(text);
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : table.error().message));
  return reconcile(*table);
}

}  // namespace

TEST_CASE("Worcestershire 2011, Table 1 as printed: what does not tie, and what is not known") {
  const Reconciliation found = reconcile(fixture("worcestershire-table-1.csv"));
  CHECK_FALSE(found.ties());
  CHECK(column(found, "Funding", "10/11").ties());
  CHECK(column(found, "Funding", "11/12").ties());
  CHECK(column(found, "Expenditure", "11/12").ties());
  const ColumnCheck& spent = column(found, "Expenditure", "10/11");
  REQUIRE(spent.difference);
  CHECK(spent.difference->pence == 753 * kPound);
  CHECK(spent.sum.pence == 707'753 * kPound);
  CHECK(spent.sentence ==
        "Expenditure, 10/11: the rows come to £707,753.00, the stated total is £707,000.00: +£753.00.");
  // TBC is not nought: nothing is said to tie or not to tie.
  const ColumnCheck& funding = column(found, "Funding", "12/13 Provisional*");
  CHECK_FALSE(funding.difference);
  CHECK_FALSE(funding.stated);
  CHECK(funding.unknown == std::vector<std::string>{"WCC Community Safety Grant Contribution"});
  CHECK(column(found, "Expenditure", "12/13 Provisional*").unknown.size() == 3);
  const auto across = std::find_if(found.sections.begin(), found.sections.end(),
                                   [](const SectionCheck& check) { return check.column == "12/13 Provisional*"; });
  REQUIRE(across != found.sections.end());
  CHECK(across->difference.pence == 383 * kPound);
  CHECK(across->above_sum.pence == 275'000 * kPound);
  CHECK(across->below_sum.pence == 275'383 * kPound);
  CHECK_FALSE(across->complete);
  CHECK(found.corrections.empty());
  CHECK(found.no_single_cell.size() == 1);
}

TEST_CASE("Worcestershire 2011, Table 1: the pots and roundings that give the printed rows") {
  const Reconciliation found = reconcile(fixture("worcestershire-table-1.csv"));
  const auto by_last_year = reproductions(found, "12/13 Provisional*", "the split of 11/12");
  const Reproduction* nearest = with_rule(by_last_year, Rounding::Rule::nearest);
  REQUIRE(nearest != nullptr);
  CHECK(nearest->rows == std::vector<std::string>{"Bromsgrove CSP", "Redditch CSP", "S Worcs CSP", "Wyre Forest CSP"});
  CHECK(nearest->first == Money{275'383 * kPound});
  CHECK(nearest->last == Money{275'383 * kPound});
  CHECK((nearest->low / Fraction(kPound)).decimal(4) == "275382.2010");
  CHECK((nearest->high / Fraction(kPound)).decimal(4) == "275383.8726");
  const Reproduction* cut = with_rule(by_last_year, Rounding::Rule::truncate);
  REQUIRE(cut != nullptr);
  CHECK(cut->first == Money{275'385 * kPound});
  CHECK(cut->last == Money{275'385 * kPound});
  // 2010/11: only by cutting, at shares to one decimal, and from one pot.
  const auto by_shares = reproductions(found, "10/11", "15.9, 16.4, 49.0, 18.7");
  REQUIRE(by_shares.size() == 1);
  CHECK(by_shares.front().rule == Rounding::Rule::truncate);
  CHECK(by_shares.front().first == Money{550'780 * kPound});
  CHECK(by_shares.front().last == Money{550'780 * kPound});
  // And by no other year's split.
  CHECK(reproductions(found, "10/11", "the split of").empty());
  // All seven rows of 2010/11 together are given by nothing.
  CHECK(std::any_of(found.not_reproduced.begin(), found.not_reproduced.end(),
                    [](const NotReproduced& none) { return none.column == "10/11" && none.rows.size() == 7; }));
}

TEST_CASE("Thames Valley: a pound over, a pro rata hold-back, and the cell that is ten short") {
  const Reconciliation found = reconcile(fixture("thames-valley-2019-to-2022.csv"));
  CHECK(column(found, "", "2019/20").difference == Money{1 * kPound});
  CHECK(column(found, "", "2020/21").difference == Money{1 * kPound});
  CHECK(column(found, "", "2021/22").difference == Money{-10 * kPound});
  REQUIRE(found.pro_rata.size() == 1);
  const ProRata& hold_back = found.pro_rata.front();
  CHECK(hold_back.column == "2021/22");
  CHECK(hold_back.from == "2020/21");
  CHECK(hold_back.held_back == Money{28'000 * kPound});
  CHECK(hold_back.sentence.find(" held back in proportion") != std::string::npos);
  CHECK(hold_back.factor == Fraction(Integer(2'735'532 - 28'000), Integer(2'735'532)));
  CHECK(hold_back.off == std::vector<std::string>{"Wokingham"});
  CHECK(hold_back.rows.back().expected == Money{103'138 * kPound});
  REQUIRE(found.corrections.size() == 1);
  CHECK(found.corrections.front().row == "Wokingham");
  CHECK(found.corrections.front().column == "2021/22");
  CHECK(found.corrections.front().printed == Money{103'128 * kPound});
  CHECK(found.corrections.front().restored == Money{103'138 * kPound});
  CHECK(found.no_single_cell.size() == 2);  // the pound of 2019/20 and 2020/21 may lie anywhere
}

TEST_CASE("Thames Valley 2014/15: rows tie with their own rules; what was not seen stays unknown") {
  const Reconciliation found = reconcile(fixture("thames-valley-2014-15.csv"));
  // Milton Keynes' row states no sum; the total of all is stated, and cannot be checked without it.
  CHECK(found.rows.size() == 6);
  for (const RowCheck& check : found.rows) CHECK(check.ties());
  CHECK(found.verdict() == Verdict::could_not_be_checked);
  const ColumnCheck& total = column(found, "", "Allocation 2014/15");
  CHECK_FALSE(total.difference);
  CHECK(total.stated == Money{3'752'326 * kPound});
  CHECK(total.unknown == std::vector<std::string>{"Milton Keynes"});
}

TEST_CASE("Sussex's penny") {
  const Reconciliation found = reconcile(fixture("sussex-2019-20.csv"));
  REQUIRE(found.rows.size() == 1);
  CHECK(found.rows.front().difference == Fraction(1));
  CHECK(found.rows.front().exact == "42872.944");
  CHECK(found.rows.front().expected == "£42,872.94");
  CHECK_FALSE(found.ties());
}

TEST_CASE("tables that pass: Cheshire, Warwickshire") {
  CHECK(reconcile(fixture("cheshire-2022-23.csv")).ties());
  CHECK(column(reconcile(fixture("cheshire-2022-23.csv")), "", "2022/23").sum == Money{827'594 * kPound});
  const Reconciliation flat = reconcile(fixture("warwickshire.csv"));
  CHECK(flat.ties());
  CHECK(column(flat, "", "2024/25").sum == Money{175'000 * kPound});
  CHECK(column(flat, "", "2025/26").sum == Money{175'000 * kPound});
  // The fund that was held back is given out: nothing negative is held back.
  REQUIRE(flat.pro_rata.size() == 1);
  CHECK(flat.pro_rata.front().sentence.starts_with(
      "2025/26 is 2024/25 and 25,000 that is no longer held back, shared out in proportion"));
}

TEST_CASE("a cell is found where its row and its column miss by the same amount") {
  const Reconciliation found = of("area,A,B,Total\nNorth,100,20,110\nSouth,50,5,55\nEast,30,3,33\nTotal,170,28,198\n");
  CHECK(column(found, "", "A").difference == Money{10 * kPound});
  REQUIRE(found.corrections.size() == 1);
  CHECK(found.corrections.front().row == "North");
  CHECK(found.corrections.front().restored == Money{90 * kPound});
}

TEST_CASE("a column called Total that is no sum of the others is not taken for one") {
  CHECK(of("area,2010,2011,Total\nNorth,1,2,7\nSouth,3,4,9\n").rows.empty());
}

TEST_CASE("a pasted table, brackets for minus, pence, footnotes") {
  const Reconciliation found =
      of("Area\t2023\t2024\nNorth\t£1,000.10\t(£20.05)*\nSouth\t£0.90\t−5\nTotal\t£1,001.00\t-25.05\n");
  CHECK(found.columns.size() == 2);
  CHECK(found.ties());
}

TEST_CASE("tables that cannot be read: a sentence that names the line") {
  const auto problem_of = [](const char* text) {
    const auto table = read_printed_table(text);
    return table ? std::string() : table.error().message;
  };
  CHECK(problem_of("").find("headings") != std::string::npos);
  CHECK(problem_of("area,2011\nNorth,12x\n").starts_with("Line 2, column “2011”: “12x” is neither"));
  CHECK(problem_of("area,2011\nNorth,92233720368547758.08\n").starts_with("Line 2, column “2011”"));
  std::string large = "area,2011\n";
  for (int i = 0; i < 500; ++i) large += "North,90000000000000\n";
  CHECK(problem_of(large.c_str()).starts_with("Line 446: the amounts of the table come to more"));
  CHECK(problem_of("area,2011\nNorth,\"12\n").starts_with("Line 2: a quote"));
  CHECK(problem_of("area,2011,2011,Sum = 2011 + 2011\nNorth,1,2,3\n")
            .starts_with("Line 1: two columns are called “2011”"));
  CHECK(problem_of("area,A,B = A + C\nNorth,1,2\n").find("no such column") != std::string::npos);
  CHECK(problem_of("area,role,A\nNorth,sum,2\n").starts_with("Line 2: “sum” is not a role"));
  CHECK(problem_of("area,A\nNorth,1\n,\xE2\x80\xAF"
                   "1 00\n")
            .find("narrow no-break space (U+202F)") != std::string::npos);
  CHECK(problem_of("area;A\nNorth;1,50\nSouth;1,234\n").find("The table writes pence behind a comma.") !=
        std::string::npos);
  CHECK(problem_of("area,A,\nNorth,1,2\n").starts_with("Line 1: column 3 has no heading"));
}
