// Three verdicts over many small tables: as many right ones as wrong ones, and those that nobody can judge. All are
// made up, but for those that lie beside the project.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <random>

#include "allocation/files_for_tests.h"
#include "allocation/printed_text.h"
#include "allocation/read_scheme.h"
#include "allocation/reconcile.h"
#include "allocation/write_json.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::allocation;

namespace {

struct Case {
  const char* what;
  const char* table;
};

// The code of the verdict, with why; or "refused: " and the sentence.
std::string verdict_of(const std::string& table) {
  const auto read = read_printed_table(table);
  if (!read) return "refused: " + read.error().message;
  const Reconciliation found = reconcile(*read);
  return std::string(code_of(found.verdict())) + ": " + found.why();
}

constexpr Case kRight[] = {
    {"a total", "Area,Grant\nNorth,1\nSouth,2\nTotal,3\n"},
    {"totals", "Area,Grant\nNorth,1\nSouth,2\nTotals,3\n"},
    {"grand total", "Area,Grant\nNorth,1\nSouth,2\nGrand total,3\n"},
    {"sub-total", "Area,Grant\nNorth,1\nSouth,2\nSub-total,3\n"},
    {"overall", "Area,Grant\nNorth,1\nSouth,2\nOverall,3\n"},
    {"sum", "Area,Grant\nNorth,1\nSouth,2\nSum,3\n"},
    {"all areas", "Area,Grant\nNorth,1\nSouth,2\nAll areas,3\n"},
    {"all Sussex CSPs", "Area,Grant\nNorth,1\nSouth,2\nAll Sussex CSPs,3\n"},
    {"county total", "Area,Grant\nNorth,1\nSouth,2\nKent total,3\n"},
    {"force total", "Area,Grant\nNorth,1\nSouth,2\nForce total,3\n"},
    {"Welsh", "Ardal,Grant\nNorth,1\nSouth,2\nCyfanswm,3\n"},
    {"Welsh, grand", "Ardal,Grant\nNorth,1\nSouth,2\nIs-gyfanswm,3\nEast,4\nCyfanswm cyffredinol,7\n"},
    {"marks and colons", "Area,Grant\nNorth,1\nSouth,2\nTOTAL (£):*,3\n"},
    {"raised figures", "Area,Grant\nNorth,1¹\nSouth,2 [2]\nTotal²,3\n"},
    {"a total first", "Area,Grant\nTotal,3\nNorth,1\nSouth,2\n"},
    {"a row without a name", "Area,Grant\nNorth,1\nSouth,2\n,3\n"},
    {"two levels", "Area,Grant\nNorth,1\nSouth,2\nSub-total,3\nEast,4\nWest,5\nSub-total,9\nGrand total,12\n"},
    {"two levels, called alike", "Area,Grant\nNorth,1\nSouth,2\nTotal,3\nEast,4\nWest,5\nTotal,9\nTotal,12\n"},
    {"a sub-total and further rows", "Area,Grant\nNorth,1\nSouth,2\nSub-total,3\nEast,4\nTotal,7\n"},
    {"three levels", "Area,Grant\nA,1\nB,2\nTotal Kent,3\nC,4\nD,5\nTotal Surrey,9\nTotal for both,12\n"},
    {"sections",
     "Section,Area,Grant\nFunding,North,1\nFunding,South,2\nFunding,Grand "
     "total,3\nSpending,North,3\nSpending,Total,3\n"},
    {"parts with a total first", "Area,Grant\nKent:\nTotal,3\nA,1\nB,2\nSurrey:\nTotal,9\nC,4\nD,5\nGrand total,12\n"},
    {"a total first and last", "Area,Grant\nTotal,3\nNorth,1\nSouth,2\nTotal,3\n"},
    {"the word all in a name", "Area,Grant\nAll Saints ward,1\nSouth,2\nTotal,3\n"},
    {"a total at the top of two columns", "Area,2022/23,2023/24\nForce total,3,7\nNorth,1,3\nSouth,2,4\n"},
    {"headed parts", "Funding,Grant\nNorth,1\nSouth,2\n,3\nSpending,\nEast,3\n,3\n"},
    {"an item that begins with Total",
     "Programme,Grant\nYouth,100\nTotal Respect project,50\nOutreach,25\nTotal,175\n"},
    {"a total that begins a name", "Area,Grant\nNorth,1\nSouth,2\nTotal Worcestershire,3\n"},
    {"a total column", "Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,200,60,260\nTotal,300,110,410\n"},
    {"a population before it",
     "Area,Population,CSF,YOT,Total\nNorth,277000,100,50,150\nSouth,280000,200,60,260\nTotal,557000,300,110,410\n"},
    {"a population behind it",
     "Area,CSF,YOT,Total "
     "grant,Population\nNorth,100,50,150,277000\nSouth,200,60,260,280000\nTotal,300,110,410,557000\n"},
    {"a population without a total", "Area,Population,Grant\nNorth,277000,1\nSouth,280000,2\nTotal,,3\n"},
    {"per cents between them",
     "Area,CSF,YOT,% of total,Total\nNorth,100,50,37%,150\nSouth,200,60,63%,260\nTotal,300,110,100%,410\n"},
    {"a total column on the left", "Area,Total,CSF,YOT\nNorth,150,100,50\nSouth,260,200,60\nTotal,410,300,110\n"},
    {"change",
     "Area,2022/23,2023/24,Change,Change %\nNorth,100,150,50,50.0%\nSouth,200,260,60,30.0%\nTotal,300,410,110,36.7%\n"},
    {"shares", "Area,Grant,Share\nNorth,100000,33.3%\nSouth,100000,33.3%\nEast,100000,33.3%\nTotal,300000,100%\n"},
    {"two shares", "Area,Grant,Share\nNorth,100000,33.3%\nSouth,200000,66.7%\nTotal,300000,100%\n"},
    {"shares of one of two amounts",
     "Area,2022/23,2023/24,Share\nNorth,10,100,25%\nSouth,90,300,75%\nTotal,100,400,100%\n"},
    {"shares of the people beside the money",
     "Area,Population,Grant,Share of population\nNorth,100,7,25%\nSouth,300,8,75%\nTotal,400,15,100%\n"},
    {"shares of people alone", "Area,Population,%\nNorth,100,25%\nSouth,300,75%\nTotal,400,100%\n"},
    {"shares of the named amount",
     "Area,Prevention grant,Share of Prevention grant\nNorth,1,25%\nSouth,3,75%\nTotal,4,100%\n"},
    {"shares without their signs",
     "Area,Grant,Share (%)\nNorth,100000,33.3\nSouth,100000,33.3\nEast,100000,33.3\nTotal,300000,100\n"},
    {"shares alone", "Area,Share of the pot\nNorth,40%\nSouth,60%\n"},
    {"retained", "Area,Grant\nNorth,1\nRetained by the commissioner,2\nTotal,3\n"},
    {"nought as accounts print it", "Area,Grant\nNorth,\" £100,000.00 \"\nSouth,\" £-   \"\nTotal,\" £100,000.00 \"\n"},
    {"nil", "Area,Grant\nNorth,nil\nSouth,2\nTotal,2\n"},
    {"negatives as accounts print them",
     "Area,Change\nNorth,\" £(14,201.00)\"\nSouth,\"(£14,201)\"\nEast,\"14,201-\"\nTotal,\"-£42,603.00\"\n"},
    {"a space behind the pound", "Area,Grant\nNorth,£ 100000\nSouth,200 000\nTotal,£300 000\n"},
    {"no-break and thin spaces",
     "Area,Grant\nNorth,\"£100\xC2\xA0"
     "000\xC2\xA0\"\nSouth,200\xE2\x80\x89"
     "000\nTotal,300\xE2\x80\xAF"
     "000\n"},
    {"a name with what has no width", "Area,Grant\nNorth,1\nSouth,2\nTo\xE2\x80\x8Btal\xC2\xA0,3\n"},
    {"decimal commas", "Area;Grant\nNorth;1.000,50\nSouth;200000,50\nTotal;201001,00\n"},
    {"semicolons with a comma in a heading",
     "Area, district;Grant, in pounds\nNorth;100000\nSouth;200000\nTotal;300000\n"},
    {"Windows-1252",
     "Area,Grant\nNorth,\xA3"
     "1\nSouth,\xA3"
     "2\nTotal,\xA3"
     "3\n"},
    {"title rows", "Table 1: grants,,\n,,\nArea,2022/23,2023/24\nNorth,1,2\nSouth,3,4\nTotal,4,6\n"},
    {"second headings",
     "Area,2022/23,,2023/24,\n,£,%,£,%\nNorth,100,50%,200,50%\nSouth,100,50%,200,50%\nTotal,200,100%,400,100%\n"},
    {"years as second headings", "Area,Grant,\n,2022,2023\nNorth,1,2\nSouth,3,4\nTotal,4,6\n"},
    {"a code column", "ONS code,Local authority,Grant\nE07000234,Bromsgrove,1\nE07000236,Redditch,2\n,Total,3\n"},
    {"a code column behind",
     "Local authority,GSS code,Grant\nBromsgrove,E07000234,1\nRedditch,E07000236,2\nTotal,,3\n"},
    {"a district beside its partnership",
     "Partnership,District,Grant\nNorth,Bromsgrove,1\nSouth,Wychavon,2\nTotal,,3\n"},
    {"repeated headings", "Area,£,%,£,%\nNorth,100,50%,200,50%\nSouth,100,50%,200,50%\nTotal,200,100%,400,100%\n"},
    {"sep=", "sep=;\nArea;Grant\nNorth;1\nSouth;2\nTotal;3\n"},
    {"carriage returns alone", "Area,Grant\rNorth,1\rSouth,2\rTotal,3\r"},
    {"a source below", "Area,Grant\nNorth,1\nSouth,2\nTotal,3\nSource: OPCC return,\nNotes: 1. provisional,\n"},
    {"a note with words in the amounts", "Area,Grant\nNorth,1\nSouth,2\nTotal,3\nNote: rounded,see annex\n"},
};

constexpr Case kWrong[] = {
    {"shares that are not those of their amounts",
     "Area,Grant,Share\nNorth,100000,60%\nSouth,200000,40%\nTotal,300000,100%\n"},
    {"shares turned round, of the named amount",
     "Area,Prevention grant,Share of Prevention grant\nNorth,1,75%\nSouth,3,25%\nTotal,4,100%\n"},
    {"shares of people", "Area,Population,%\nNorth,100,75%\nSouth,300,25%\nTotal,400,100%\n"},
    {"one share off", "Area,Grant,%\nNorth,1,25%\nSouth,1,26%\nEast,2,49%\nTotal,4,100%\n"},
    {"a total", "Area,Grant\nNorth,1\nSouth,2\nTotal,4\n"},
    {"totals", "Area,Grant\nNorth,1\nSouth,2\nTotals,4\n"},
    {"grand total", "Area,Grant\nNorth,1\nSouth,2\nGrand total,4\n"},
    {"sub-total", "Area,Grant\nNorth,1\nSouth,2\nSubtotal,4\n"},
    {"overall total", "Area,Grant\nNorth,1\nSouth,2\nOverall Total,4\n"},
    {"sum", "Area,Grant\nNorth,1\nSouth,2\nSum:,4\n"},
    {"all areas", "Area,Grant\nNorth,1\nSouth,2\nAll areas,4\n"},
    {"all partnerships", "Area,Grant\nNorth,1\nSouth,2\nAll partnerships,4\n"},
    {"county total", "Area,Grant\nNorth,1\nSouth,2\nCounty total,4\n"},
    {"force total", "Area,Grant\nNorth,1\nSouth,2\nForce total,4\n"},
    {"Welsh", "Ardal,Grant\nNorth,1\nSouth,2\nCyfanswm:,4\n"},
    {"Welsh, grand", "Ardal,Grant\nNorth,1\nSouth,2\nIs-gyfanswm,3\nEast,4\nCyfanswm cyffredinol,8\n"},
    {"a colon", "Area,Grant\nNorth,1\nSouth,2\nTOTAL:,4\n"},
    {"a mark", "Area,Grant\nNorth,1\nSouth,2\nTotal*,4\n"},
    {"a unit", "Area,Grant\nNorth,1\nSouth,2\nTotal (£),4\n"},
    {"a total first", "Area,Grant\nTotal,4\nNorth,1\nSouth,2\n"},
    {"a row without a name", "Area,Grant\nNorth,1\nSouth,2\n,4\n"},
    {"two levels, the lower",
     "Area,Grant\nNorth,1\nSouth,2\nSub-total,4\nEast,4\nWest,5\nSub-total,9\nGrand total,13\n"},
    {"two levels, the upper",
     "Area,Grant\nNorth,1\nSouth,2\nSub-total,3\nEast,4\nWest,5\nSub-total,9\nGrand total,13\n"},
    {"two levels, called alike", "Area,Grant\nNorth,1\nSouth,2\nTotal,3\nEast,4\nWest,5\nTotal,9\nTotal,13\n"},
    {"a sub-total and further rows", "Area,Grant\nNorth,1\nSouth,2\nSub-total,3\nEast,4\nTotal,8\n"},
    {"three levels", "Area,Grant\nA,1\nB,2\nTotal Kent,3\nC,4\nD,5\nTotal Surrey,9\nTotal for both,13\n"},
    {"sections", "Section,Area,Grant\nFunding,North,1\nFunding,South,2\nFunding,Grand total,4\n"},
    {"parts with a total first", "Area,Grant\nKent:\nTotal,3\nA,1\nB,2\nSurrey:\nTotal,10\nC,4\nD,5\nGrand total,13\n"},
    {"parts with a total first, the lower",
     "Area,Grant\nKent:\nTotal,3\nA,1\nB,2\nSurrey:\nTotal,10\nC,4\nD,5\nGrand total,12\n"},
    {"a total first and last", "Area,Grant\nTotal,3\nNorth,1\nSouth,2\nTotal,4\n"},
    {"a total first, the last one right", "Area,Grant\nTotal,4\nNorth,1\nSouth,2\nTotal,3\n"},
    {"headed parts", "Funding,Grant\nNorth,1\nSouth,2\n,3\nSpending,\nEast,4\n,3\n"},
    {"an item that begins with Total",
     "Programme,Grant\nYouth,100\nTotal Respect project,50\nOutreach,25\nTotal,176\n"},
    {"a total that begins a name", "Area,Grant\nNorth,100\nSouth,200\nTotal Worcestershire,301\n"},
    {"a misprinted row total", "Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,200,60,270\nTotal,300,110,410\n"},
    {"a misprinted row total, the sum with it",
     "Area,Population,CSF,YOT,Total\nNorth,277000,100,50,150\nSouth,280000,200,60,270\nTotal,557000,300,110,420\n"},
    {"a population behind it",
     "Area,CSF,YOT,Total "
     "grant,Population\nNorth,100,50,150,277000\nSouth,200,60,270,280000\nTotal,300,110,420,557000\n"},
    {"a population without a total", "Area,Population,Grant\nNorth,277000,1\nSouth,280000,2\nTotal,,4\n"},
    {"per cents between them",
     "Area,CSF,YOT,% of total,Total\nNorth,100,50,37%,150\nSouth,200,60,63%,270\nTotal,300,110,100%,420\n"},
    {"a total column on the left", "Area,Total,CSF,YOT\nNorth,150,100,50\nSouth,270,200,60\nTotal,420,300,110\n"},
    {"change", "Area,2022/23,2023/24,Change\nNorth,100,150,50\nSouth,200,260,70\nTotal,300,410,120\n"},
    {"change in per cent",
     "Area,2022/23,2023/24,Change %\nNorth,100,150,50.0%\nSouth,200,260,36.0%\nTotal,300,410,36.7%\n"},
    {"shares", "Area,Grant,Share\nNorth,100000,45%\nSouth,100000,35%\nEast,100000,33%\nTotal,300000,100%\n"},
    {"one share, the sum with it",
     "Area,Grant,Share\nNorth,100000,25%\nSouth,100000,25%\nEast,150000,37%\nWest,50000,13%\nTotal,400000,100%\n"},
    {"shares without their signs",
     "Area,Grant,Share (%)\nNorth,100000,45\nSouth,100000,35\nEast,100000,33\nTotal,300000,100\n"},
    {"shares alone", "Area,Share of the pot\nNorth,45%\nSouth,60%\n"},
    {"retained", "Area,Grant\nNorth,1\nRetained by the commissioner,2\nTotal,1\n"},
    {"nought as accounts print it", "Area,Grant\nNorth,\" £100,000.00 \"\nSouth,\" £-   \"\nTotal,\" £100,001.00 \"\n"},
    {"nil", "Area,Grant\nNorth,nil\nSouth,2\nTotal,3\n"},
    {"negatives as accounts print them",
     "Area,Change\nNorth,\" £(14,201.00)\"\nSouth,\"(£14,201)\"\nTotal,\"£28,402.00\"\n"},
    {"a space behind the pound", "Area,Grant\nNorth,£ 100000\nSouth,200 000\nTotal,£301 000\n"},
    {"no-break spaces",
     "Area,Grant\nNorth,\"£100\xC2\xA0"
     "000\xC2\xA0\"\nSouth,200\xC2\xA0"
     "000\nTotal,301\xC2\xA0"
     "000\n"},
    {"a name with what has no width", "Area,Grant\nNorth,1\nSouth,2\nTo\xE2\x80\x8Btal\xC2\xA0,4\n"},
    {"decimal commas", "Area;Grant\nNorth;1.000,50\nSouth;200000,50\nTotal;201001,01\n"},
    {"semicolons with a comma in a heading",
     "Area, district;Grant, in pounds\nNorth;100000\nSouth;200000\nTotal;300001\n"},
    {"Windows-1252",
     "Area,Grant\nNorth,\xA3"
     "1\nSouth,\xA3"
     "2\nTotal,\xA3"
     "4\n"},
    {"title rows", "Table 1: grants,,\n,,\nArea,2022/23,2023/24\nNorth,1,2\nSouth,3,4\nTotal,4,7\n"},
    {"second headings",
     "Area,2022/23,,2023/24,\n,£,%,£,%\nNorth,100,50%,200,50%\nSouth,100,50%,200,50%\nTotal,200,100%,401,100%\n"},
    {"a code column", "ONS code,Local authority,Grant\nE07000234,Bromsgrove,1\nE07000236,Redditch,2\n,Total,4\n"},
    {"repeated headings", "Area,£,%,£,%\nNorth,100,50%,200,50%\nSouth,100,50%,200,52%\nTotal,200,100%,400,100%\n"},
    {"carriage returns alone", "Area,Grant\rNorth,1\rSouth,2\rTotal,4\r"},
    {"a source below", "Area,Grant\nNorth,1\nSouth,2\nTotal,4\nSource: OPCC return,\n"},
    {"stated rules", "Area,A,B,Total = A + B\nNorth,1,2,4\n"},
};

struct Open {
  const char* what;
  const char* table;
  const char* why;
};
constexpr Open kOpen[] = {
    {"no total", "Area,Grant\nNorth,1\nSouth,2\n", "No row states a total"},
    {"TBC beside a total", "Area,Grant\nNorth,1\nSouth,TBC\nTotal,3\n", "not known: South"},
    {"a total that is not known", "Area,Grant\nNorth,1\nSouth,2\nTotal,TBC\n", "the total is not known"},
    {"a total without an amount", "Area,Grant\nNorth,1\nSouth,2\nTotal,\n", "no total is stated"},
    {"a blank amount", "Area,Grant\nNorth,1\nSouth,\nEast,5\nTotal,6\n", "not known: South"},
    {"a blank amount in two columns",
     "Area,Grant,Last year\nNorth,100000,90000\nSouth,,\nEast,50000,50000\nTotal,150000,140000\n", "not known: South"},
    {"the first amount blank", "Area,Grant\nNorth,\nSouth,2\nTotal,2\n", "not known: North"},
    {"one of two columns", "Area,Grant,Last year\nNorth,1,TBC\nSouth,2,5\nTotal,3,5\n", "not known: North"},
    {"one column's total blank", "Area,Grant,Last year\nNorth,1,4\nSouth,2,5\nTotal,3,\n", "no total is stated"},
    {"every amount not known", "Area,Grant\nNorth,TBC\nSouth,TBC\nTotal,3\n", "not known: North, South"},
    {"rows below the total", "Area,Grant\nNorth,1\nSouth,2\nTotal,3\nReserve,5\n", "No total is stated of: Reserve"},
    {"a part without a total", "Section,Area,Grant\nFunding,North,1\nFunding,Total,1\nLoans,South,2\n",
     "No total is stated of: South"},
    {"a row total of which a part is not known", "Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,TBC,60,260\nEast,1,1,2\n",
     "CSF"},
    {"a total column that is the sum of nothing here", "Area,2010,2011,Total\nNorth,1,2,7\nSouth,3,4,9\nTotal,4,6,16\n",
     "it is not known what it is the sum of"},
    {"a share that is not known", "Area,Share\nNorth,40%\nSouth,TBC\nTotal,100%\n", "not known: South"},
    {"shares of nobody knows which amount",
     "Area,2022/23,2023/24,Share\nNorth,10,100,60%\nSouth,90,300,40%\nTotal,100,400,100%\n",
     "it cannot be told of what they are"},
    {"shares of what does not stand there", "Area,Grant,Share of crime\nNorth,1,60%\nSouth,3,40%\nTotal,4,100%\n",
     "of what they are does not stand beside them"},
    {"shares of amounts that are not known", "Area,Grant,Share\nNorth,TBC,60%\nSouth,3,40%\nTotal,,100%\n",
     "not known"},
    {"a change from nought",
     "Area,Before,After,Change % = Change / Before,Change = After - Before\nNorth,0,5,100%,5\nTotal,0,5,100%,5\n",
     "Before is nought"},
    {"a name of which the amounts say nothing", "Programme,Grant\nYouth,100\nTotal Respect project,10\n",
     "No row states a total"},
    {"a total of nothing", "Area,Grant\nTotal,3\n", "there are no rows that it could be of"},
};

}  // namespace

TEST_CASE("right tables tie") {
  for (const Case& one : kRight)
    CHECK_MESSAGE(verdict_of(one.table).starts_with("ties: "), std::string(one.what) << ": " << verdict_of(one.table));
}

TEST_CASE("wrong tables do not tie") {
  for (const Case& one : kWrong)
    CHECK_MESSAGE(verdict_of(one.table).starts_with("does-not-tie: "), std::string(one.what)
                                                                           << ": " << verdict_of(one.table));
  CHECK(std::size(kRight) >= std::size(kWrong));
}

TEST_CASE("what counts people is no money") {
  const auto sentence = [](const std::string& heading, const std::string& total) {
    const auto table = read_printed_table("Area," + heading + "\nNorth,277000\nSouth,280000\nTotal," + total + "\n");
    REQUIRE(table);
    return reconcile(*table).columns.front().sentence;
  };
  CHECK(sentence("Population", "557000") == "Population: the rows come to 557,000, as stated.");
  CHECK(sentence("Number of crimes", "557001") ==
        "Number of crimes: the rows come to 557,000, the stated total is 557,001: -1.");
  CHECK(sentence("Grant", "557000") == "Grant: the rows come to £557,000.00, as stated.");
  CHECK(sentence("Grant per head of population", "557000").find("£557,000.00") != std::string::npos);
}

TEST_CASE("a cell that is too long is refused before anything is done with it") {
  const std::string table = "Area,Grant\nNorth,1\n";
  CHECK(verdict_of(table + std::string(100'000, 'x') + ",2\nTotal,3\n") ==
        "refused: Line 3, column 1: the cell has 100000 characters, more than the 10,000 that are read. Shorten it, or "
        "see whether a quote is missing.");
  std::string wide;
  for (int i = 0; i < 10'000; ++i) wide += "é";
  CHECK(verdict_of(table + wide + ",2\nTotal,3\n").starts_with("ties: "));  // characters, not bytes
}

TEST_CASE("a total of two levels is set against the totals below it, and named") {
  const auto table =
      read_printed_table("Area,Grant\nKent:\nTotal,3\nA,1\nB,2\nSurrey:\nTotal,9\nC,4\nD,5\nGrand total,13\n");
  REQUIRE(table);
  const Reconciliation found = reconcile(*table);
  REQUIRE(found.columns.size() == 3);
  for (const ColumnCheck& check : found.columns) {
    if (check.total != "Grand total")
      CHECK(check.ties());
    else
      CHECK(check.sentence ==
            "Surrey, Grant (“Grand total”): the rows come to £12.00, the stated total is £13.00: -£1.00.");
  }
}

TEST_CASE("what could not be checked is not fine, and says why") {
  for (const Open& one : kOpen) {
    const std::string said = verdict_of(one.table);
    CHECK_MESSAGE(said.starts_with("could-not-be-checked: "), std::string(one.what) << ": " << said);
    CHECK_MESSAGE(said.find(one.why) != std::string::npos, std::string(one.what) << ": " << said);
  }
}

TEST_CASE("every right and wrong table in UTF-16 and with tabs is judged as before") {
  for (const auto* cases : {kRight, kWrong})
    for (std::size_t i = 0; i < 30; ++i) {
      const std::string text = decoded(cases[i].table);
      std::string wide = "\xFF\xFE";
      bool latin = true;
      for (std::size_t k = 0; k < text.size(); ++k) {
        const auto byte = static_cast<unsigned char>(text[k]);
        if (byte == 0xC2 && k + 1 < text.size()) {  // one character of Latin-1
          wide += text[++k];
        } else {
          latin = latin && byte < 0x80;
          wide += text[k];
        }
        wide += '\0';
      }
      if (!latin) continue;
      CHECK_MESSAGE(verdict_of(wide) == verdict_of(text), std::string(cases[i].what));
      CHECK_MESSAGE(verdict_of(wide.substr(2)) == verdict_of(text), std::string(cases[i].what));  // without its mark
    }
}

TEST_CASE("any heap of cells is refused with a sentence or judged; the whole ties only when every check does") {
  const std::vector<std::string> cells = {
      "",      "Area", "Total",     "Sub-total", "Grand total", "North", "South:", "1",        "2",
      "3",     "£-",   "TBC",       "33%",       "100%",        "Share", "%",      "Change",   "(1)",
      "\"a\"", "\"",   "1,5",       "1.5",       "Note",        "sep=",  ";",      "\xC2\xA0", "A = B + C",
      "B",     "C",    "E07000234", "role",      "item",        "total", "note",   "section"};
  std::mt19937_64 random(20260101);
  int judged = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string table = i % 2 == 0 ? "" : "Area,Grant,B,C\n";
    const char separator = i % 5 == 0 ? ';' : ',';
    for (std::uint64_t r = random() % 8; r > 0; --r) {
      for (std::uint64_t c = random() % 5; c > 0; --c) table += cells[random() % cells.size()] + separator;
      table += cells[random() % cells.size()] + "\n";
    }
    const auto read = read_printed_table(table);
    if (!read) {
      CHECK_MESSAGE(!read.error().message.empty(), table);
      continue;
    }
    const Reconciliation found = reconcile(*read);
    ++judged;
    CHECK_FALSE(found.why().empty());
    const std::string json = to_json(found);
    const bool open = json.find("\"verdict\":\"could-not-be-checked\"") != std::string::npos;
    const bool off = json.find("\"verdict\":\"does-not-tie\"") != std::string::npos;
    CHECK_MESSAGE(found.ties() == (!open && !off), table);
  }
  CHECK(judged > 500);
}

TEST_CASE("verdicts as JSON: of the whole and of each check; ties is true only with the first") {
  const auto json = [](const char* table) { return to_json(reconcile(*read_printed_table(table))); };
  const std::string open = json("Area,Grant,Last year\nNorth,1,TBC\nSouth,2,5\nTotal,3,5\n");
  CHECK(open.starts_with(
      R"({"verdict":"could-not-be-checked","why":"Last year: the known rows come to £5.00; not known: North. )"
      R"(The stated total £5.00 cannot be checked. 1 stated sum was worked out again and ties.","ties":false,)"));
  CHECK(open.find(R"("column":"Grant","total":"Total","unit":"pounds","sum_of_known":"3.00","stated":"3.00",)"
                  R"("difference":"0.00","unknown":[],"verdict":"ties","why":"","ties":true)") != std::string::npos);
  CHECK(open.find(R"("unknown":["North"],"verdict":"could-not-be-checked","why":"not known: North","ties":false)") !=
        std::string::npos);
  const std::string none = json("Area,Grant\nNorth,1\nSouth,2\n");
  CHECK(none.starts_with(
      R"({"verdict":"could-not-be-checked","why":"No row states a total, and no heading states a rule, so there )"
      R"(is nothing to check.","ties":false,)"));
  CHECK(json("Area,Grant\nNorth,1\nTotal,1\n")
            .starts_with(R"({"verdict":"ties","why":"1 stated sum was worked out again, and it ties.","ties":true,)"));
  CHECK(json("Area,Grant\nNorth,1\nTotal,2\n").starts_with(R"({"verdict":"does-not-tie",)"));
}

TEST_CASE("amounts as people print them") {
  const auto pence = [](const char* text, bool comma = false) {
    const auto cell = printed_cell(text, comma);
    return !cell                                      ? std::string("refused")
           : !cell->two_ways.empty()                  ? cell->two_ways
           : cell->kind == PrintedCell::Kind::unknown ? "not known"
           : cell->kind == PrintedCell::Kind::percent ? cell->percent.text() + "%"
                                                      : cell->money.plain();
  };
  const std::map<std::string, std::string> wanted = {{"£1,000.50", "1000.50"},
                                                     {"£ 100000", "100000.00"},
                                                     {"1 234 567", "1234567.00"},
                                                     {"£-", "0.00"},
                                                     {" £ -  ", "0.00"},
                                                     {"-£5", "-5.00"},
                                                     {"£-5", "-5.00"},
                                                     {"(5)", "-5.00"},
                                                     {"£(5.00)", "-5.00"},
                                                     {"(£5)", "-5.00"},
                                                     {"5-", "-5.00"},
                                                     {"−5", "-5.00"},
                                                     {"+5", "5.00"},
                                                     {"nil", "0.00"},
                                                     {"0", "0.00"},
                                                     {"-", "not known"},
                                                     {"–", "not known"},
                                                     {"", "not known"},
                                                     {"TBC", "not known"},
                                                     {"[x]", "not known"},
                                                     {"5*", "5.00"},
                                                     {"5 [1]", "5.00"},
                                                     {"5†", "5.00"},
                                                     {"-8.40%", "-8.4%"},
                                                     {"33.3 %", "33.3%"},
                                                     {"(-5)", "refused"},
                                                     {"--5", "refused"},
                                                     {"12x", "refused"},
                                                     {"1.5m", "refused"},
                                                     {"2.5E+05", "refused"},
                                                     {"74,942.0833", "refused"},
                                                     {"1 00", "refused"},
                                                     {"12,34", "12.34 or 1,234"},
                                                     {"100,00", "100.00 or 10,000"},
                                                     {"1,5", "1.5 or 15"},
                                                     {"£1,00", "1.00 or 100"},
                                                     {"(100,00)", "100.00 or 10,000"},
                                                     {"100,00-", "100.00 or 10,000"},
                                                     {"12,5%", "12.5 or 125"},
                                                     {"1.000", "1,000 or 1.000"},
                                                     {"£100.000*", "100,000 or 100.000"},
                                                     {"0.125", "refused"},
                                                     {"12.345%", "12.345%"},
                                                     {"1'000", "1000.00"},
                                                     {"1'00", "refused"},
                                                     {"1 000-", "-1000.00"},
                                                     {"£5%", "refused"},
                                                     {"100000 CR", "refused"},
                                                     {"£", "refused"}};
  for (const auto& [text, answer] : wanted)
    CHECK_MESSAGE(pence(text.c_str()) == answer, text << ": " << pence(text.c_str()));
  CHECK(pence("1.234,50", true) == "1234.50");
  CHECK(pence("1234,5", true) == "1234.50");
  CHECK(pence("1,234", true) == "refused");
  CHECK(printed_cell("12x\xE2\x80\x8B", false)
            .error()
            .message.starts_with("It holds what cannot be seen: zero-width space (U+200B)."));
}

// --- published tables, and small inputs that met trouble, where they are there
// ------------------------------------------

namespace {

const std::string kShared = tests::source_dir() + "/../shared/data";
bool shared_is_there() { return std::filesystem::exists(kShared + "/trouble/reconcile"); }

}  // namespace

TEST_CASE("the published tables that come with the program") {
  const auto of = [](const char* name) {
    return verdict_of(*read_file(tests::source_dir() + "/src/slices/pots/fixtures/" + name));
  };
  CHECK(of("cheshire-2022-23.csv").starts_with("ties: "));
  CHECK(of("warwickshire.csv").starts_with("ties: 2 stated sums"));
  CHECK(of("worcestershire-table-1.csv").starts_with("does-not-tie: Expenditure, 10/11: the rows come to £707,753.00"));
  CHECK(of("thames-valley-2019-to-2022.csv").starts_with("does-not-tie: "));
  CHECK(of("thames-valley-2014-15.csv").starts_with("could-not-be-checked: "));
  CHECK(of("sussex-2019-20.csv").starts_with("does-not-tie: Adur & Worthing"));
}

TEST_CASE("the troublesome tables" * doctest::skip(!shared_is_there())) {
  const std::map<std::string, std::string> wanted = {{"accounting_negative", "ties"},
                                                     {"accounting_zero", "ties"},
                                                     {"all_areas_off", "does-not-tie"},
                                                     {"blank_line_before_total", "ties"},
                                                     {"blank_row_two_columns", "could-not-be-checked"},
                                                     {"bom_crlf", "ties"},
                                                     {"change_column_plain", "does-not-tie"},
                                                     {"county_total_off", "does-not-tie"},
                                                     {"cp1252_pound", "ties"},
                                                     {"cr", "refused"},
                                                     {"cr_only", "ties"},
                                                     {"footers", "ties"},
                                                     {"footers_text", "ties"},
                                                     {"footnote_marks", "ties"},
                                                     {"four_decimals", "refused"},
                                                     {"grand_total_off", "does-not-tie"},
                                                     {"millions", "refused"},
                                                     {"nbsp", "ties"},
                                                     {"negatives_ok", "ties"},
                                                     {"nil", "ties"},
                                                     {"no_total", "could-not-be-checked"},
                                                     {"ons_code_column", "ties"},
                                                     {"overall_total_off", "does-not-tie"},
                                                     {"repeated_headings", "ties"},
                                                     {"scientific", "refused"},
                                                     {"section_grand_off", "does-not-tie"},
                                                     {"semicolon_comma_in_heading", "ties"},
                                                     {"semicolon_decimal_comma", "ties"},
                                                     {"sep_line", "ties"},
                                                     {"share_99_9", "ties"},
                                                     {"share_wrong", "does-not-tie"},
                                                     {"space_thousands", "ties"},
                                                     {"subtotal_off", "does-not-tie"},
                                                     {"sum_off", "does-not-tie"},
                                                     {"tabs", "ties"},
                                                     {"tbc_control", "could-not-be-checked"},
                                                     {"title_rows", "ties"},
                                                     {"total_colon_off", "does-not-tie"},
                                                     {"total_column_population_last", "does-not-tie"},
                                                     {"total_column_with_percent", "does-not-tie"},
                                                     {"total_column_with_population", "does-not-tie"},
                                                     {"total_grant_column", "does-not-tie"},
                                                     {"total_off_control", "does-not-tie"},
                                                     {"total_pound_off", "does-not-tie"},
                                                     {"total_respect_item", "ties"},
                                                     {"total_star_off", "does-not-tie"},
                                                     {"totals_off", "does-not-tie"},
                                                     {"trailing_empty_column", "ties"},
                                                     {"trailing_minus", "ties"},
                                                     {"two_heading_rows", "ties"},
                                                     {"two_tables", "refused"},
                                                     {"utf16", "ties"},
                                                     {"zeros", "ties"}};
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kShared + "/trouble/reconcile")) {
    const std::string name = entry.path().stem().string();
    const auto bytes = read_file(entry.path().string());
    REQUIRE(bytes);
    const std::string said = verdict_of(*bytes);
    const auto found = wanted.find(name);
    REQUIRE_MESSAGE(found != wanted.end(), name << ": " << said);
    CHECK_MESSAGE(said.starts_with(found->second + ": "), name << ": " << said);
    ++files;
  }
  CHECK(files == wanted.size());
}

TEST_CASE("a list of published allocations is no table of one total" * doctest::skip(!shared_is_there())) {
  const auto bytes = read_file(kShared + "/allocations/published-allocations.csv");
  REQUIRE(bytes);
  CHECK_FALSE(verdict_of(*bytes).starts_with("ties: "));
}

TEST_CASE("what is no table of text is told what it is, not which of its cells is no amount") {
  CHECK(read_printed_table("PK\x03\x04 and so on").error().message.starts_with("It is a workbook or a zip archive"));
  CHECK(read_printed_table("%PDF-1.7\n1,2\n").error().message.starts_with("It is a PDF"));
  CHECK(read_printed_table(std::string("Area,Grant\nA,1\0\nTotal,1\n", 24))
            .error()
            .message.starts_with("It holds NUL characters"));
}

TEST_CASE(
    "a rate or an average is not the sum of its rows, and a table does not tie over percentages that nobody looked "
    "at") {
  const std::string rate = verdict_of("Area,Rate per 1000,Grant\nNorth,1.5,100\nSouth,2.5,200\nTotal,2.1,300\n");
  CHECK(rate.starts_with(
      "could-not-be-checked: Rate per 1000: its heading says that it is a rate, an average or a rank"));
  CHECK(rate.find("1 stated sum was worked out again and ties.") != std::string::npos);
  CHECK(verdict_of("Area,Grant per head\nNorth,1.5\nSouth,2.5\nTotal,2.1\n")
            .starts_with("could-not-be-checked: Grant per head: "));
  CHECK(verdict_of("Area,Average grant\nNorth,1\nSouth,3\nTotal,2\n")
            .starts_with("could-not-be-checked: Average grant: "));
  // A sum beside it that is off stays off.
  CHECK(verdict_of("Area,Rate,Grant\nNorth,1.5,100\nSouth,2.5,200\nTotal,2.1,301\n")
            .starts_with("does-not-tie: Grant: "));

  const std::string change = verdict_of("Area,Grant,Change (%)\nN,100,5%\nS,200,7%\nTotal,300,6%\n");
  CHECK(change.starts_with("could-not-be-checked: “Change (%)” could not be checked: "));

  // Rows that come to 100% exactly: a total of 99% is none of their rounding.
  CHECK(verdict_of("Area,Grant,Share\nNorth,100,50%\nSouth,100,50%\nTotal,200,99%\n")
            .starts_with("does-not-tie: Share: "));
  CHECK(verdict_of("Area,Grant,Share\nNorth,100,50%\nSouth,100,50%\nTotal,200,100%\n").starts_with("ties: "));
  // Three thirds, printed whole: their total may be printed as what they come to, or as the whole.
  for (const char* total : {"99%", "100%"})
    CHECK(verdict_of(std::string("Area,Grant,Share\nNorth,100,33%\nSouth,100,33%\nEast,100,33%\nTotal,300,") + total +
                     "\n")
              .starts_with("ties: "));
}
