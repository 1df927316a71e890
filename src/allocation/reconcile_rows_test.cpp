// Rows that are no items of a sum, and amounts that were rounded before they were printed: right tables tie, wrong ones
// never do. All tables are made up.
#include "allocation/reconcile_rows.h"

#include <doctest/doctest.h>

using namespace tithing;
using namespace tithing::allocation;

namespace {

std::string verdict_of(const std::string& table) {
  const auto read = read_printed_table(table);
  if (!read) return "refused: " + read.error().message;
  const Reconciliation found = reconcile(*read);
  return std::string(code_of(found.verdict())) + ": " + found.why();
}
bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

struct Case {
  const char* what;
  const char* table;
  const char* verdict;
  const char* says = "";
};

constexpr Case kCases[] = {
    // A part of the row above it.
    {"of which", "Area,Grant\nNorth,10\nof which capital,4\nSouth,20\nTotal,30\n", "ties",
     "Not counted as an item: “of which capital” (a part of North)."},
    {"of which, twice", "Area,Grant\nNorth,10\n- of which: capital,4\n- of which: revenue,6\nSouth,20\nTotal,30\n",
     "ties"},
    {"of which, below the total", "Area,Grant\nNorth,10\nSouth,20\nTotal,30\nOf which capital,4\n", "ties"},
    {"of which, below a total that stands first", "Area,Grant\nTotal,30\nof which capital,4\nNorth,10\nSouth,20\n",
     "ties"},
    {"of which, two levels", "Area,Grant\nA,1\nof which capital,1\nB,2\nSub-total,3\nC,4\nSub-total,4\nGrand total,7\n",
     "ties"},
    {"of which, added in", "Area,Grant\nNorth,10\nof which capital,4\nSouth,20\nTotal,34\n", "does-not-tie"},
    {"of which, and a total that is off", "Area,Grant\nNorth,10\nof which capital,4\nSouth,20\nTotal,31\n",
     "does-not-tie"},
    {"of which, more than what it is of", "Area,Grant\nNorth,10\nof which capital,14\nSouth,20\nTotal,30\n",
     "could-not-be-checked", "more than its"},
    {"of which, together more", "Area,Grant\nNorth,10\nof which capital,6\nof which revenue,6\nSouth,20\nTotal,30\n",
     "could-not-be-checked", "£12.00"},
    {"of which and no total", "Area,Grant\nNorth,10\nof which capital,4\n", "could-not-be-checked"},
    // Last year's money: both readings, and a verdict only where one of them ties.
    {"brought forward, in the total", "Item,Amount\nBrought forward,5\nGrant,10\nOther,20\nTotal,35\n", "ties"},
    {"brought forward, not in it", "Item,Amount\nBrought forward,5\nGrant,10\nOther,20\nTotal,30\n", "ties",
     "“Brought forward” (“Total” is without it)"},
    {"carried forward, not in it", "Item,Amount\nGrant,10\nOther,20\nCarried forward,5\nTotal,30\n", "ties"},
    {"one in, one not", "Item,Amount\nBalance b/f,5\nGrant,10\nOther,20\nBalance c/f,7\nTotal,35\n", "ties"},
    {"carried forward below the total", "Item,Amount\nGrant,10\nOther,20\nTotal,30\nCarried forward,5\n", "ties",
     "it stands below the total"},
    {"brought forward behind a total, and a grand total",
     "Item,Amount\nGrant,10\nOther,20\nTotal,30\nBrought forward,5\nGrand total,35\n", "ties"},
    {"one reading for all columns", "Item,2022/23,2023/24\nBrought forward,5,6\nGrant,10,20\nTotal,10,20\n", "ties"},
    {"another reading in each column", "Item,2022/23,2023/24\nBrought forward,5,6\nGrant,10,20\nTotal,10,26\n",
     "could-not-be-checked"},
    {"neither ties", "Item,Amount\nBrought forward,5\nGrant,10\nOther,20\nTotal,36\n", "could-not-be-checked",
     "with Brought forward the rows come to £35.00, without to £30.00, and the stated total is £36.00"},
    {"nought brought forward", "Item,Amount\nBrought forward,0\nGrant,10\nOther,20\nTotal,31\n", "does-not-tie"},
    {"brought forward is not known", "Item,Amount\nBrought forward,TBC\nGrant,10\nOther,20\nTotal,30\n",
     "could-not-be-checked", "not known: Brought forward"},
    {"carried forward below a total that is off", "Item,Amount\nGrant,10\nOther,20\nTotal,31\nCarried forward,5\n",
     "does-not-tie"},
    {"what is carried forward and no total", "Item,Amount\nGrant,10\nCarried forward,5\n", "could-not-be-checked"},
    // An average is no item.
    {"average before the total", "Area,Grant\nNorth,10\nSouth,20\nAverage,15\nTotal,30\n", "ties",
     "an average is no item"},
    {"mean behind the total", "Area,Grant\nNorth,10\nSouth,25\nTotal,35\nMean,17.50\n", "ties"},
    {"median", "Area,Grant\nNorth,10\nSouth,20\nEast,60\nMedian,20\nTotal,90\n", "ties"},
    {"average per partnership, rounded",
     "Area,Grant\nNorth,10\nSouth,20\nEast,20\nTotal,50\nAverage per partnership,17\n", "ties"},
    {"average beside a total that is off", "Area,Grant\nNorth,10\nSouth,20\nTotal,31\nAverage,15\n", "does-not-tie"},
    {"an average that is none", "Area,Grant\nNorth,10\nSouth,20\nTotal,30\nAverage,14\n", "could-not-be-checked",
     "neither the mean nor the median"},
    {"an item that begins with a mean", "Programme,Grant\nMean Streets project,10\nYouth,20\nTotal,30\n", "ties"},
    // Rounded to one decimal of a thousand.
    {"thousands to one decimal", "Area,Grant (£000)\nNorth,1.2\nSouth,2.3\nTotal,3.6\n", "ties", "within rounding"},
    {"thousands to one decimal, by more", "Area,Grant (£000)\nNorth,1.2\nSouth,2.3\nTotal,3.7\n", "does-not-tie"},
    {"two levels of them", "Area,£000\nA,1.2\nB,2.3\nSub-total,3.6\nC,1.2\nD,2.3\nSub-total,3.5\nGrand total,7.1\n",
     "ties"},
    {"pounds to one decimal", "Area,Grant\nNorth,1.2\nSouth,2.3\nTotal,3.6\n", "does-not-tie"},
    {"pence", "Area,Grant\nNorth,1.20\nSouth,2.30\nTotal,3.60\n", "does-not-tie"},
    {"thousands, whole and not rounded alike", "Area,£000\nNorth,1\nSouth,2\nTotal,4\n", "does-not-tie"},
    {"a row of them", "Area,A £000,B £000,Total £000\nNorth,1.2,2.3,3.6\nSouth,1.1,2.1,3.2\nTotal,2.3,4.4,6.8\n",
     "ties"},
    {"a row of them, none exact",
     "Area,A £000,B £000,Total £000\nNorth,1.2,2.3,3.6\nSouth,1.1,2.1,3.3\nTotal,2.3,4.4,6.8\n", "ties"},
    {"a row of them that is off",
     "Area,A £000,B £000,Total £000\nNorth,1.2,2.3,3.6\nSouth,1.1,2.1,3.2\nEast,1.1,2.1,3.5\nTotal,3.4,6.5,10.3\n",
     "does-not-tie"},
    {"parts of them",
     "Section,Area,£000\nFunding,North,1.2\nFunding,South,2.3\nFunding,Total,3.6\nSpending,North,3.6\nSpending,Total,3."
     "6\n",
     "ties"},
    // People beside money.
    {"total population below the total", "Area,Grant\nNorth,10\nSouth,20\nTotal,30\nTotal population,557000\n", "ties",
     "a number of people is no money"},
    {"total population before it", "Area,Grant\nNorth,10\nSouth,20\nTotal population,557000\nTotal,30\n", "ties"},
    {"population, mid-year", "Area,Grant\nNorth,10\nSouth,20\nTotal,30\nPopulation (mid-2022),557000\n", "ties"},
    {"total population and a total that is off", "Area,Grant\nNorth,10\nSouth,20\nTotal,31\nTotal population,557000\n",
     "does-not-tie"},
    {"total population as a total", "Area,Population\nNorth,10\nSouth,20\nTotal population,30\n", "ties"},
    {"total population as a total that is off", "Area,Population\nNorth,10\nSouth,20\nTotal population,31\n",
     "does-not-tie"},
    {"total population beside a total of people",
     "Area,Population\nNorth,10\nSouth,20\nTotal,30\nTotal population,90\n", "could-not-be-checked"},
};

}  // namespace

TEST_CASE("rows that are no items, and rounded amounts: each table is judged as it is") {
  for (const Case& one : kCases) {
    const std::string said = verdict_of(one.table);
    CHECK_MESSAGE(said.starts_with(std::string(one.verdict) + ": "), one.what << ": " << said);
    CHECK_MESSAGE(has(said, one.says), one.what << ": " << said);
  }
}

TEST_CASE("what a row's name says of it") {
  CHECK(row_kind("Of which: capital") == RowKind::of_which);
  CHECK(row_kind("Officers of which ward") == RowKind::item);
  CHECK(row_kind("Underspend brought forward from 2021/22") == RowKind::brought_forward);
  CHECK(row_kind("Going forward project") == RowKind::item);
  CHECK(row_kind("Average award per CSP") == RowKind::average);
  CHECK(row_kind("Mean Streets project") == RowKind::item);
  CHECK(row_kind("Total population") == RowKind::count);
  CHECK(row_kind("Young people project") == RowKind::item);
  CHECK(row_kind("") == RowKind::item);
}
