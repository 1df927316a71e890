// The room as a visitor and as an officer get it, through the site's own pipeline.
#include "slices/pots/pages.h"

#include <doctest/doctest.h>

#include "exports/page_tables.h"
#include "exports/parts_for_tests.h"
#include "slices/pots/house_for_tests.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

const Evidence kNoEvidence;

struct Pages : Room {
  explicit Pages(const Evidence& evidence = made_up()) : Room(evidence) {}
  Result<figures::Figure> figure(const std::string& path) {
    const auto address = figures::Address::parse(path);
    REQUIRE(address.has_value());
    return wiring.figures.ask(*address, {Date::from_ymd(2026, 11, 22), true}, figures::Detail::working);
  }
};

}  // namespace

TEST_CASE("Every worked example has its file, a page and a place in the list") {
  Pages pages;
  const http::Response list = pages.get("/funding");
  CHECK(list.status == 200);
  for (const Example& example : examples()) {
    CAPTURE(example.name);
    CHECK_FALSE(example_text(example).empty());
    CHECK(find_example(example.name) == &example);
    CHECK(has(list, "/funding/examples/" + example.name));
    const http::Response page = pages.get("/funding/examples/" + example.name);
    CHECK(page.status == 200);
    CHECK(has(page, html::escaped(example.title) + "</h1>"));
    CHECK(has(page, html::escaped(example.source)));
  }
  CHECK(pages.get("/funding/examples/no-such").status == 404);
  CHECK_FALSE(has(list, "/funding/reconcile"));
}

TEST_CASE("A printed table: what does not tie, the pot behind it, and TBC as it is") {
  Pages pages;
  const http::Response page = pages.get("/funding/examples/worcestershire-table-1");
  for (const char* wanted : {"Does not tie.", "753", "275,383", "275,385", "550,780", "TBC", "Could not be checked",
                             "WCC Community Safety Grant Contribution"}) {
    CAPTURE(wanted);
    CHECK((has(page, wanted) || reads(page, wanted)));
  }
  const http::Response valley = pages.get("/funding/examples/thames-valley-2019-to-2022");
  CHECK(has(valley, "Wokingham"));
  CHECK(has(valley, "103,138"));
  CHECK(
      reads(pages.get("/funding/examples/cheshire-2022-23"), "Ties. 1 stated sum was worked out again, and it ties."));
}

TEST_CASE("A scheme: amounts that come to the pot, each a figure with an address") {
  Pages pages;
  const http::Response page = pages.get("/funding/examples/worcestershire-2012-13");
  for (const char* wanted : {"37,388", "56,008", "124,561", "57,043",
                             "/figures/allocation?area=bromsgrove&amp;example=worcestershire-2012-13"}) {
    CAPTURE(wanted);
    CHECK(has(page, wanted));
  }
  const auto figure = pages.figure("/figures/allocation?area=bromsgrove&example=worcestershire-2012-13");
  REQUIRE(figure.has_value());
  CHECK(figure->quantity.text() ==
        "\xC2\xA3"
        "37,388.00");
  // Every number of the working that is a figure can be asked for by its own address and is the same.
  int parts = 0;
  const auto walk = [&](const auto& self, const figures::Figure& at) -> void {
    for (const figures::Input& input : at.working.inputs) {
      if (input.source) CHECK_FALSE(input.source->sha256.empty());
      if (input.figure == nullptr) continue;
      ++parts;
      CAPTURE(input.figure->address.path());
      const auto again = pages.figure(input.figure->address.path());
      REQUIRE(again.has_value());
      CHECK(again->quantity.text() == input.figure->quantity.text());
      CHECK(again->working.title == input.figure->working.title);
      self(self, *input.figure);
    }
  };
  walk(walk, *figure);
  CHECK(parts >= 3);
  CHECK(pages.figure("/figures/allocation?area=bromsgrove&example=worcestershire-2012-13&part=9").error().kind ==
        ProblemKind::not_found);
  CHECK(pages.figure("/figures/allocation?area=nowhere&example=worcestershire-2012-13").error().kind ==
        ProblemKind::not_found);
  CHECK(pages.figure("/figures/allocation?area=bromsgrove&example=none").error().kind == ProblemKind::not_found);
  CHECK(pages.figure("/figures/allocation?area=bromsgrove&example=worcestershire-2012-13&weights=50,50").error().kind ==
        ProblemKind::invalid);
  CHECK(pages.figure("/figures/allocation?area=bromsgrove&example=worcestershire-2012-13&pot=5").error().kind ==
        ProblemKind::invalid);
}

TEST_CASE("The need formula: weights move by the address, every cell leads to its files") {
  Pages pages;
  const http::Response page = pages.get("/funding/examples/need-2022");
  CHECK(page.status == 200);
  CHECK(reads(page, "seed 1"));
  CHECK(has(page, "Assumption: "));
  CHECK(has(page, "Year 3"));
  const http::Response moved =
      pages.get("/funding/examples/need-2022?weight-1=100&weight-2=0&weight-3=0&year=3&pot=280");
  CHECK(moved.status == 200);
  CHECK(has(moved, "weights=100%2C0%2C0"));
  // By population alone, in the last year: 2 + 3 + 7 + 9 + 1 + 3 + 4 = 29 parts of 280 pounds; South Worcester has 3.
  CHECK(has(moved, "28.97"));
  const auto figure =
      pages.figure("/figures/allocation?area=E22000332&example=need-2022&pot=280&weights=100,0,0&year=3");
  REQUIRE(figure.has_value());
  CHECK(figure->quantity.integer() == 2897);
  CHECK(figure->coverage.expected == 7 * 3 * 11);
  CHECK(figures::to_json(*figure).find("/evidence/sources/1") != std::string::npos);
  // The one thing without a source is last year's money, and that is said to be an assumption.
  const std::string json = figures::to_json(*figure);
  const std::size_t unsourced = json.find("No source is given for these values");
  CHECK(unsourced != std::string::npos);
  CHECK(json.find("No source is given for these values", unsourced + 1) == std::string::npos);
  CHECK(json.find("An assumption, not a published table") != std::string::npos);

  const http::Response wrong = pages.get("/funding/examples/need-2022?weight-1=50&weight-2=25&weight-3=20");
  CHECK(wrong.status == 400);
  CHECK(has(wrong, "The weights come to 95. Change them so that they come to 100."));
  CHECK(has(wrong, "href=\"#weight-1\""));
  CHECK(has(wrong, "value=\"20\""));
  CHECK(pages.get("/funding/examples/need-2022?pot=-5").status == 400);
  CHECK(pages.get("/funding/examples/need-2022?year=4").status == 400);
  CHECK(pages.get("/funding/examples/need-2022?seed=x").status == 400);
  CHECK(pages.get("/funding/examples/need-2022?weights=50,-25,75").status == 400);
}

TEST_CASE("The need formula without evidence, or with months missing, is a sentence and not a table") {
  Pages without(kNoEvidence);
  const http::Response none = without.get("/funding/examples/need-2022");
  CHECK(none.status == 200);
  CHECK(has(none, "no evidence"));
  CHECK_FALSE(has(none, "What each area gets"));
  Pages partial(made_up(false));
  const http::Response part = partial.get("/funding/examples/need-2022");
  CHECK(has(part, "only a part of Recorded crime of North Worcestershire"));
  CHECK_FALSE(has(part, "What each area gets"));
}

TEST_CASE("Tables as files hold what the page shows") {
  Pages pages;
  const http::Response csv = pages.get("/funding/examples/worcestershire-2012-13/allocation.csv");
  CHECK(csv.status == 200);
  CHECK(has(csv, "Bromsgrove CSP,37388.00,"));
  CHECK(pages.get("/funding/examples/worcestershire-2012-13/allocation.xlsx").body.substr(0, 2) == "PK");
  CHECK(has(pages.get("/funding/examples/worcestershire-table-1/printed.csv"), "TBC"));
  CHECK(pages.get("/funding/examples/worcestershire-table-1/totals.xlsx").status == 200);
  CHECK(pages.get("/funding/examples/need-2022/stability.csv?seed=7").status == 200);
  for (const char* name : {"years.csv", "moves.csv", "nothing.csv", "allocation.pdf", "allocation"})
    CHECK(pages.get("/funding/examples/worcestershire-2012-13/" + std::string(name)).status == 404);
}

TEST_CASE("The paper of an example: a page, a page to print, Word and a workbook, with one set of numbers") {
  Pages pages;
  const std::string at = "/funding/examples/worcestershire-2012-13";
  CHECK(has(pages.get(at), "/funding/examples/worcestershire-2012-13/paper\""));
  const http::Response page = pages.get(at + "/paper"), print = pages.get(at + "/paper/print"),
                       word = pages.get(at + "/paper.docx"), book = pages.get(at + "/workings.xlsx");
  for (const http::Response* each : {&page, &print, &word, &book}) CHECK(each->status == 200);
  const std::string body = exports::parts_of(word.body).at("word/document.xml");
  CHECK(exports::XmlChecker(body).wrong == "");
  for (const char* wanted : {"\xC2\xA3"
                             "37,388.00",
                             "\xC2\xA3"
                             "56,008.00",
                             "\xC2\xA3"
                             "124,561.00",
                             "\xC2\xA3"
                             "57,043.00",
                             "\xC2\xA3"
                             "275,000.00",
                             "Formula and indicators", "nothing has been decided by it"}) {
    CAPTURE(wanted);
    CHECK(has(page, wanted));
    CHECK(has(print, wanted));
    CHECK(body.find(wanted) != std::string::npos);
  }
  CHECK(has(page, "/figures/allocation?area=bromsgrove&amp;example=worcestershire-2012-13"));
  CHECK(exports::parts_of(word.body)
            .at("word/_rels/document.xml.rels")
            .find("http://localhost/figures/allocation?area=bromsgrove&amp;example=worcestershire-2012-13") !=
        std::string::npos);
  CHECK_FALSE(has(print, "<nav"));
  const std::string workings = exports::parts_of(book.body).at("xl/worksheets/sheet2.xml");
  const auto figure = pages.figure("/figures/allocation?area=bromsgrove&example=worcestershire-2012-13");
  REQUIRE(figure.has_value());
  CHECK(workings.find("<v>37388</v>") != std::string::npos);
  // Each file of the working with its checksum.
  int sources = 0;
  const auto walk = [&](const auto& self, const figures::Figure& of) -> void {
    for (const figures::Input& input : of.working.inputs) {
      if (input.figure != nullptr) self(self, *input.figure);
      if (!input.source) continue;
      ++sources;
      CHECK(workings.find(input.source->sha256) != std::string::npos);
    }
  };
  walk(walk, *figure);
  CHECK(sources > 0);

  // What the reader has chosen is in the paper, its links and its files.
  const std::string chosen = "?weights=100%2C0%2C0&year=3&pot=280.00";
  const http::Response need = pages.get("/funding/examples/need-2022/paper" + chosen);
  CHECK(need.status == 200);
  CHECK(has(need, "28.97"));
  CHECK(has(need, "Year 3 of 3"));
  CHECK(has(need, "/funding/examples/need-2022/paper.docx?weights=100%2C0%2C0&amp;year=3&amp;pot=280.00"));
  CHECK(exports::parts_of(pages.get("/funding/examples/need-2022/paper.docx" + chosen).body)
            .at("word/document.xml")
            .find("28.97") != std::string::npos);
  CHECK(exports::parts_of(pages.get("/funding/examples/need-2022/workings.xlsx" + chosen).body)
            .at("xl/worksheets/sheet2.xml")
            .find("2022-01-street.csv") != std::string::npos);
  CHECK(pages.get("/funding/examples/need-2022/paper?weights=50,25,20").status == 400);
  CHECK(pages.get("/funding/examples/need-2022/paper.docx?weights=50,25,20").status == 400);
  CHECK(pages.get("/funding/examples/worcestershire-table-1/paper").status == 404);
  CHECK(pages.get("/funding/examples/worcestershire-table-1/workings.xlsx").status == 404);
  CHECK(pages.get("/funding/examples/no-such/paper/print").status == 404);
}

TEST_CASE("A pasted table is reported on, for officers; what cannot be read is a sentence on the form") {
  Pages pages;
  CHECK(pages.get("/funding/reconcile").status == 303);  // to sign in
  pages.as(Role::panel_member);
  CHECK(pages.get("/funding/reconcile").status == 403);
  pages.as(Role::commissioning_officer);
  CHECK(has(pages.get("/funding"), "/funding/reconcile"));
  const http::Response form = pages.get("/funding/reconcile");
  REQUIRE(form.status == 200);
  CHECK(has(form, "Nothing is stored"));
  CHECK_FALSE(test::field_value(form, "csrf-token").empty());
  const auto post = [&](const std::string& table) { return pages.post("/funding/reconcile", {{"table", table}}); };
  http::Response report;
  {
    // As the program answers: tables get links to files of the page's address, but a report that is not kept has none.
    exports::PageTables tables("/funding/reconcile", "");
    CHECK(has(pages.get("/funding"), "format=csv"));
    report = post("area,2022/23\nFirst,100\nSecond,200\nTotal,301\n");
    CHECK_FALSE(has(report, "format=csv"));
  }
  CHECK(report.status == 200);
  CHECK(has(report, "<strong>Does not tie.</strong>"));
  const http::Response empty = post("  ");
  CHECK(empty.status == 400);
  CHECK(has(empty, "Paste a table, or choose a file with one."));
  const http::Response words = post("area,2022/23\nFirst,many\nTotal,3\n");
  CHECK(words.status == 400);
  CHECK(has(words, "many"));
  // The first heading of a pasted table may be empty.
  CHECK(post("\t2022/23\nFirst\t100\nTotal\t100\n").status == 200);
}

TEST_CASE("A page reads printed tables, not archives") {
  CHECK(printed_from("area,x\nA,1\nTotal,1\n").has_value());
  std::string rows = "area,x\n";
  for (int i = 0; i < 501; ++i) rows += "A" + std::to_string(i) + ",1\n";
  CHECK(printed_from(rows).error().message.find("at most 500 rows") != std::string::npos);
  CHECK(printed_from(std::string(kPrintedBytes + 1, 'a')).error().message.find("256 kB") != std::string::npos);
}

TEST_CASE("Scenarios side by side: weights and years of each in the address, one of them the measure") {
  Pages pages;
  const http::Response choose = pages.get("/funding/compare");
  CHECK(choose.status == 200);
  CHECK(has(choose, "value=\"need-2022\""));
  CHECK_FALSE(has(choose, "value=\"cheshire-2022-23\""));  // a printed table is no scheme

  const std::string address =
      "/funding/"
      "compare?schemes=need-2022,need-2022&pot-1=280&pot-2=280&weights-1=100,0,0&weights-2=0,100,0&year-1=3&year-2=3";
  const http::Response page = pages.get(address);
  REQUIRE(page.status == 200);
  // South Worcester: 3 of 29 parts by population; each cell is linked to the working under its own weights.
  CHECK(has(page, "28.97"));
  CHECK(has(page, "pot=280.00&amp;weights=100%2C0%2C0&amp;year=3\""));
  CHECK(has(page, "pot=280.00&amp;weights=0%2C100%2C0&amp;year=3\""));
  CHECK(has(page, "Scenario 2 less scenario 1"));
  CHECK_FALSE(has(page, "Scenario 1 less scenario 2"));
  CHECK(has(page, "gains: "));
  CHECK(has(page, "loses</td>"));
  CHECK(reads(page, "seed 1"));
  const http::Response other = pages.get(address + "&against=2&seed=7");
  CHECK(has(other, "Scenario 1 less scenario 2"));
  CHECK(reads(other, "seed 7"));
  // The form's own names say the same as the short ones of a link.
  const http::Response typed = pages.get(
      "/funding/"
      "compare?schemes=need-2022&schemes=need-2022&pot-1=280&weight-1-1=100&weight-1-2=0&weight-1-3=0&year-1=3");
  CHECK(has(typed, "28.97"));
  const http::Response sorted = pages.get(address + "&sort=amount-1&order=desc");
  CHECK(has(sorted, "aria-sort=\"descending\""));
}

TEST_CASE("What cannot be compared is said at the field, and what was typed comes back") {
  Pages pages;
  const http::Response sum =
      pages.get("/funding/compare?schemes=worcestershire-2012-13,need-2022&weight-2-1=50&weight-2-2=25&weight-2-3=20");
  CHECK(sum.status == 400);
  CHECK(has(sum, "Scenario 2: The weights come to 95."));
  CHECK(has(sum, "href=\"#weight-2-1\""));
  CHECK(has(sum, "value=\"20\""));
  CHECK(pages.get("/funding/compare?schemes=need-2022&against=2").status == 400);
  CHECK(pages.get("/funding/compare?schemes=need-2022&seed=-1").status == 400);
  CHECK(pages.get("/funding/compare?schemes=need-2022&year-1=9").status == 400);
  CHECK(pages.get("/funding/compare?schemes=worcestershire-2012-13&pot-1=5").status == 400);
  CHECK(pages.get("/funding/compare?schemes=no-such").status == 404);
  CHECK(pages.get("/funding/compare?schemes=cheshire-2022-23").status == 404);
  const http::Response many = pages.get("/funding/compare?schemes=a,b,c,d,e,f,g");
  CHECK(many.status == 400);
  CHECK(has(many, "at most 6"));
  // Areas that only one scenario has are not taken for nought in the other.
  const http::Response mixed = pages.get("/funding/compare?schemes=worcestershire-2012-13,worcestershire-merged");
  CHECK(mixed.status == 200);
  CHECK(has(mixed, "This scenario has no such area."));
  Pages without(kNoEvidence);
  const http::Response none = without.get("/funding/compare?schemes=need-2022");
  CHECK(none.status == 503);
  CHECK(has(none, "no evidence"));
}
