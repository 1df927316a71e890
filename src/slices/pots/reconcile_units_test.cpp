// What a printed column holds, in what manner its numbers are written, and the one cell that is off. The tables are
// made up.
#include <doctest/doctest.h>

#include "allocation/read_scheme.h"
#include "allocation/reconcile.h"
#include "allocation/write_json.h"
#include "exports/csv.h"
#include "slices/pots/pages.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

PrintedTable table_of(const char* text) {
  auto table = read_printed_table(text);
  REQUIRE_MESSAGE(table.has_value(), (table ? "" : table.error().message));
  return std::move(*table);
}

// The units of the columns: "pounds, number".
std::string units(const char* text) {
  std::string out;
  for (const PrintedTable table = table_of(text); const PrintedColumn& column : table.columns)
    out += (out.empty() ? "" : ", ") + std::string(name_of(column.unit));
  return out;
}

// Every sentence, every number of the JSON and of the export.
std::string all_of(const PrintedTable& table) {
  const Reconciliation found = reconcile(table);
  std::string out = found.why() + "\n" + to_json(found) + "\n" + exports::to_csv(totals_table("T", found));
  return out;
}

std::string why(const char* text) { return reconcile(table_of(text)).why(); }

}  // namespace

TEST_CASE("the unit of a column: marks, heading, rule, neighbours, titles; none where it is not plain") {
  CHECK(units("Area,Grant,Population\nN,1,2\nTotal,1,2\n") == "pounds, number");
  CHECK(units("Area,2022/23,2023/24\nN,1,2\nTotal,1,2\n") == "not said, not said");
  CHECK(units("Area,2022/23,2023/24\nN,£1,2\nTotal,1,2\n") == "pounds, pounds");
  CHECK(units("Area,Victims,Crimes\nN,£1,2\nTotal,£1,2\n") == "pounds, number");
  CHECK(units("Area,A,B,Grant = A + B\nN,1,2,3\nTotal,1,2,3\n") == "pounds, pounds, pounds");
  CHECK(units("Area,Crimes 2021,Crimes 2022,Change\nN,1,2,1\nTotal,1,2,1\n") == "number, number, number");
  CHECK(units("Area,Grant,Last year,Change\nN,3,2,1\nTotal,3,2,9\n") == "pounds, pounds, pounds");
  CHECK(units("Area,Grant,Crimes,Change\nN,3,7,1\nTotal,3,7,1\n") == "pounds, number, not said");
  CHECK(units("Table 2: grants to partnerships,\nArea,2022/23\nN,1\nTotal,1\n") == "pounds");
  CHECK(units("Table 2: recorded crimes,\nArea,2022/23\nN,1\nTotal,1\n") == "not said");
  CHECK(units("Expenditure,2022/23\nN,1\n,1\n") == "pounds");
  CHECK(units("Area,£000,\"£m\",Grant (£ thousand)\nN,1,2,3\nTotal,1,2,3\n") == "not said, not said, not said");
  CHECK(units("Area,Number of grants,Cost per crime,Crime prevention fund,Allocation of officers\nN,1,2,3,4\n") ==
        "number, pounds, pounds, not said");
  CHECK(units("Area,Crimes per £1000,Grant per head,Rate per 1000,Share\nN,1,2,3,4%\n") ==
        "number, pounds, number, per cent");
  CHECK(units("Area,Grant ($)\nN,1\n") == "not said");
}

TEST_CASE("a pound sign stands nowhere but where the column holds pounds") {
  const char* const of_people[] = {
      "Area,Population\nN,100\nS,200\nTotal,301\n",
      "Area,Crimes 2021,Crimes 2022,Change\nN,100,150,50\nS,200,260,70\nTotal,300,410,110\n",
      "Area,Burglary,Robbery,Total\nN,100,50,150\nS,200,60,270\nTotal,300,110,420\n",
      "Area,2021,2022\nN,100,110\nS,200,220\nE,300,330\nW,400,445\nTotal,1000,1100\n",
      "Section,Area,Crimes\nBefore,N,10\nBefore,S,20\nBefore,Total,30\nAfter,N,10\nAfter,S,21\nAfter,Total,30\n",
      "Area,Rate\nN,1.5\nS,2.25\nTotal,4\n",
      "Area,Population,After 20% = 80% of Population\nN,103,82\nS,200,161\nTotal,303,243\n",
      "Area,Population 2021,Population "
      "2022\nN,100,97\nS,200,194\nE,300,291\nW,400,388\nRetained,0,30\nTotal,1000,1000\n"};
  for (const char* text : of_people) {
    const std::string said = all_of(table_of(text));
    CHECK_MESSAGE(said.find("£") == std::string::npos, said);
  }
  // Beside money each keeps its own.
  const std::string both = all_of(table_of("Area,Population,Grant\nN,100,7\nS,200,8\nTotal,301,16\n"));
  CHECK(both.find("Population: the rows come to 300, the stated total is 301: -1.") != std::string::npos);
  CHECK(both.find("Grant: the rows come to £15.00, the stated total is £16.00: -£1.00.") != std::string::npos);
  CHECK(both.find("Population,,Total,Does not tie,number,300,301,-1") != std::string::npos);
  CHECK(both.find("Grant,,Total,Does not tie,pounds,15.00,16.00,-1.00") != std::string::npos);
  CHECK(both.find("(£)") == std::string::npos);  // in a heading over both it would be untrue
  CHECK(both.find(R"("column":"Population","total":"Total","unit":"number")") != std::string::npos);
  // People are not shared out of a pot.
  CHECK(reconcile(table_of("Area,Population,Grant\nN,1590,159\nS,1640,164\nE,4900,490\nW,1870,187\nTotal,10000,1000\n"))
            .reproductions.size() > 0);
  for (const Reproduction& made :
       reconcile(table_of("Area,Population,Grant\nN,1590,159\nS,1640,164\nE,4900,490\nW,1870,187\nTotal,10000,1000\n"))
           .reproductions)
    CHECK(made.column == "Grant");
}

TEST_CASE("the one cell whose correction makes rows and columns tie is named") {
  const auto named = [](const char* text) {
    const Reconciliation found = reconcile(table_of(text));
    std::string out;
    for (const Correction& made : found.corrections)
      out += made.row + "/" + made.column + " " + made.printed.plain() + "->" + made.restored.plain() + " ";
    return out;
  };
  // A change, a part of a sum, the sum of a row, the total of a column, a sub-total, an amount with its share.
  CHECK(named("Area,2022/23,2023/24,Change\nNorth,100,150,50\nSouth,200,260,70\nTotal,300,410,110\n") ==
        "South/Change 70.00->60.00 ");
  CHECK(named("Area,2022/23,2023/24,Change\nNorth,100,150,50\nSouth,200,270,60\nTotal,300,410,110\n") ==
        "South/2023/24 270.00->260.00 ");
  CHECK(named("Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,200,60,270\nTotal,300,110,410\n") ==
        "South/Total 270.00->260.00 ");
  CHECK(named("Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,200,60,260\nTotal,300,120,410\n") ==
        "Total/YOT 120.00->110.00 ");
  CHECK(named("Area,Grant\nA,1\nB,2\nSub-total,4\nC,4\nD,5\nSub-total,9\nGrand total,12\n") ==
        "Sub-total/Grant 4.00->3.00 ");
  CHECK(named("Area,Before,After = 50% of Before\nNorth,100,50\nSouth,200,110\nTotal,300,150\n") ==
        "South/After 110.00->100.00 ");
  // Two cells that are off in two places are named each.
  CHECK(named("Area,CSF,YOT,Total\nNorth,101,50,150\nSouth,200,60,260\nEast,10,27,30\nWest,1,2,3\nMid,4,5,9\nFar,5,6,"
              "11\nTotal,320,143,463\n") == "North/CSF 101.00->100.00 East/YOT 27.00->20.00 ");
  // Nobody can tell: one sum alone, or a total and a row that are off together.
  CHECK(named("Area,Grant\nNorth,100\nSouth,200\nTotal,310\n").empty());
  CHECK(named("Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,200,60,270\nTotal,300,110,420\n").empty());
  CHECK(named("Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,200,60,260\nTotal,300,110,410\n").empty());
  // And it is said, in the first sentence of the answer; else which checks fail.
  CHECK(why("Area,2022/23,2023/24,Change\nNorth,100,150,50\nSouth,200,260,70\nTotal,300,410,110\n")
            .starts_with("Change: South is printed as 70; with 60 every sum that it stands in ties."));
  CHECK(why("Area,CSF,YOT,Total\nNorth,100,50,150\nSouth,200,60,270\nTotal,300,110,420\n") ==
        "South, Total: printed £270.00, expected £260.00: +£10.00. Neither does: “Total” in the row Total.");
}

TEST_CASE("what can be read in two ways is not guessed, unless the table plainly has one manner") {
  const char* const open[] = {"Area,Grant\nNorth,\"100,00\"\nSouth,200\nTotal,300\n",
                              "Area,Grant\nNorth,\"100,00\"\nSouth,\"200,00\"\nTotal,\"300,00\"\n",
                              "Area\tGrant\nNorth\t100,0\nSouth\t200,0\nTotal\t300,0\n",
                              "Area,Grant\nNorth,\"100,00\"\nSouth,200.50\nTotal,300.50\n",
                              "Area,Grant\nNorth,1.000\nSouth,2.000\nTotal,3.000\n",
                              "Area,Grant\nNorth,\"(1,00)\"\nSouth,2\nTotal,1\n",
                              "Area,Grant\nNorth,\"1,00-\"\nSouth,2\nTotal,1\n",
                              "Area,Grant\nNorth,\"£1,00*\"\nSouth,2\nTotal,3\n",
                              "Area,Share\nNorth,\"37,5%\"\nSouth,\"62,5%\"\nTotal,100%\n"};
  for (const char* text : open) {
    const Reconciliation found = reconcile(table_of(text));
    CHECK_MESSAGE(found.verdict() == Verdict::could_not_be_checked, text << found.why());
    CHECK_MESSAGE(found.why().find("can be read as ") != std::string::npos, text << found.why());
  }
  CHECK(
      why(open[0]).starts_with("Line 2, column “Grant”: “100,00” can be read as 100.00 or 10,000, so it was taken for "
                               "neither. Write it in one of these two ways."));
  CHECK(why(open[1]).find("In this column 2 more amounts are written so.") != std::string::npos);
  // No sum of nought is made of what nobody could read.
  CHECK(all_of(table_of(open[1])).find("£0.00") == std::string::npos);
  const char* const plain[] = {"Area;Grant\nNorth;100,00\nSouth;200,50\nTotal;300,50\n",
                               "Area,Grant\nNorth,\"100,00\"\nSouth,\"1.200,50\"\nTotal,\"1.300,50\"\n",
                               "Area\tGrant\nNorth\t100,00\nSouth\t1 200,50\nTotal\t1 300,50\n",
                               "Area\tGrant\nNorth\t1.000\nSouth\t1.200.000\nTotal\t1.201.000\n",
                               "Area\tGrant\nNorth\t1'000\nSouth\t1 200\nTotal\t2,200\n",
                               "Area;Share\nNorth;37,5%\nSouth;62,5%\nTotal;100,0%\n"};
  for (const char* text : plain) CHECK_MESSAGE(reconcile(table_of(text)).ties(), text << why(text));
  CHECK(why("Area;Grant\nNorth;100,00\nSouth;200,50\nTotal;300,51\n").find("£300.50") != std::string::npos);
}
