#include <doctest/doctest.h>

#include <cstdlib>
#include <ctime>
#include <stdexcept>

#include "base/text.h"
#include "exports/document_docx.h"
#include "exports/document_html.h"
#include "exports/page_tables.h"
#include "exports/parts_for_tests.h"

using namespace tithing;
using namespace tithing::exports;

namespace {

Table amounts() {
  Table table{.id = "amounts", .title = tr("Allocations"), .caption = tr("What each area gets")};
  table.columns = {{"area", tr("Area")},
                   {"amount", tr("Amount"), ColumnKind::money, as_date("2012/13")},
                   {.key = "trend", .heading = tr("Trend"), .on_page_only = true}};
  table.rows = {{text_cell("Bromsgrove"),
                 money_cell(3738800).linked(html::Url("/figures/allocation?area=bromsgrove&example=x"), "a = s1"),
                 picture_cell({})},
                {text_cell("Wyre <Forest>"), unknown_cell(tr("To be confirmed.")), picture_cell({})}};
  table.notes = {"A note under the table."};
  table.sources = {"Table 1"};
  return table;
}

Document paper() {
  Document out;
  out.title = "Who gets what & why";
  out.kind = "Allocation paper";
  out.reference = "DN-7/2012";
  out.date = Date::from_ymd(2012, 4, 1);
  out.classification = "Not confidential";
  out.author = "A county board";
  Paragraph mixed{{{.text = "Plain, "},
                   bold_run("bold"),
                   {.text = " and ", .footnote = "Said at the foot."},
                   {.text = "slanted", .italic = true},
                   {.text = ", with "},
                   {.text = "a link", .url = html::Url("https://example.org/a?b=c&d=e")},
                   {.text = " and "},
                   figure_run("\xC2\xA3"
                              "37,388.00",
                              "/figures/allocation?area=bromsgrove&example=x", "a = s1"),
                   {.text = "."}}};
  out.blocks = {Note{words("A note set apart.")},
                Heading{"Background", 1},
                mixed,
                Paragraph{words("The second.")},
                Listing{{words("first of a list"), words("second of a list")}, true},
                Heading{"A part", 2},
                Listing{{words("a point")}, false},
                Heading{"Money", 1},
                TableBlock{amounts()},
                Paragraph{words("After the table.")},
                Listing{{words("a list of its own")}, true},
                PageBreak{},
                Heading{"Smallest", 3},
                Entries{{{"Lead officer", {}}, {"Approved by", words("A. Chief")}}},
                Signature{.role = "Decision-maker", .post = "Commissioner"},
                Sources{{words("A board's paper")}}};
  return out;
}

const char* const kPartNames[] = {
    "docProps/app.xml",   "docProps/core.xml",  "word/document.xml",  "word/_rels/document.xml.rels",
    "word/styles.xml",    "word/numbering.xml", "word/settings.xml",  "word/footer1.xml",
    "word/footnotes.xml", "_rels/.rels",        "[Content_Types].xml"};

struct Word {
  explicit Word(const Document& document, const DocxOptions& options = {.site = "https://tithing.example.org"})
      : parts(parts_of(to_docx(document, options), &order)), body(parts["word/document.xml"]) {
    for (const char* name : kPartNames) {
      CAPTURE(name);
      REQUIRE(parts.count(name) == 1);
      CHECK(XmlChecker(parts[name]).wrong == "");
    }
    CHECK(parts.size() == std::size(kPartNames));
  }
  bool has(std::string_view text) const { return body.find(text) != std::string::npos; }
  std::vector<std::string> order;
  std::map<std::string, std::string> parts;
  const std::string& body;
};

// Each of the texts, and in this order.
void check_in_order(std::string_view in, const std::vector<std::string>& texts) {
  std::size_t at = 0;
  for (const std::string& text : texts) {
    CAPTURE(text);
    const std::size_t found = in.find(text, at);
    CHECK(found != std::string_view::npos);
    if (found != std::string_view::npos) at = found + text.size();
  }
}

const std::vector<std::string> kInOrder = {"Reference",
                                           "DN-7/2012",
                                           "Date",
                                           "1 April 2012",
                                           "Not confidential",
                                           "A note set apart.",
                                           "Background",
                                           "Plain, ",
                                           "bold",
                                           "slanted",
                                           "a link",
                                           "\xC2\xA3"
                                           "37,388.00",
                                           "The second.",
                                           "first of a list",
                                           "second of a list",
                                           "A part",
                                           "a point",
                                           "Money",
                                           "Table 1. What each area gets",
                                           "Bromsgrove",
                                           "\xC2\xA3"
                                           "37,388.00",
                                           "Wyre <Forest>",
                                           "not known",
                                           "To be confirmed.",
                                           "A note under the table.",
                                           "Table 1",
                                           "After the table.",
                                           "a list of its own",
                                           "Smallest",
                                           "Lead officer",
                                           "Approved by",
                                           "A. Chief",
                                           "Signed as",
                                           "Decision-maker",
                                           "Signature",
                                           "Commissioner",
                                           "Date of signature",
                                           "A board's paper"};

}  // namespace

TEST_CASE("A paper says the same in HTML and in Word, in the same order") {
  check_in_order(text_of(to_html(paper())), kInOrder);
  const Word word(paper());
  const XmlChecker read(word.body);
  check_in_order(read.text, kInOrder);
  CHECK(read.text.starts_with("Allocation paper\nWho gets what & why\n"));
}

TEST_CASE("HTML: headings below the page's h1, numbers of paragraphs, links, figures, blanks and footnotes") {
  const std::string html = to_html(paper()).text();
  const auto has = [&](std::string_view text) { return html.find(text) != std::string::npos; };
  CHECK_FALSE(has("<h1"));
  CHECK(has("<article class=\"tithing-paper\" lang=\"en-GB\">"));
  check_in_order(html, {"<h2", ">1.</span> Background</h2>", ">1.1</span> Plain, ", ">1.2</span> The second.",
                        "<h3 class=\"govuk-heading-s\">A part</h3>", ">2.</span> Money</h2>",
                        ">2.1</span> After the table.", "<h4"});
  CHECK(has(
      "<a class=\"tithing-figure\" href=\"/figures/allocation?area=bromsgrove&amp;example=x\" title=\"a = s1\">\xC2\xA3"
      "37,388.00</a>"));
  CHECK(has("<a class=\"govuk-link\" href=\"https://example.org/a?b=c&amp;d=e\">a link</a>"));
  CHECK(has("Wyre &lt;Forest&gt;"));
  CHECK(has("<th scope=\"col\""));
  CHECK(has("to be filled in"));
  check_in_order(html, {"id=\"footnote-1-mark\" href=\"#footnote-1\"", "<li id=\"footnote-1\">Said at the foot.",
                        "href=\"#footnote-1-mark\""});
  // Whatever the page's language, the paper's own words are in the paper's.
  CHECK(to_html(paper(), {.language = "cy"}).text() == html);
}

TEST_CASE("A page of its own has one h1, the style sheet, no frame and no script") {
  const std::string html = to_page(paper(), html::Url("/funding")).text();
  check_in_order(html, {"<!DOCTYPE html><html lang=\"en\"", "<title>Who gets what &amp; why - Tithing</title>",
                        "rel=\"stylesheet\" href=\"/assets/tithing", "<main", "href=\"/funding\"", "Allocation paper",
                        "<h1 class=\"govuk-heading-l\">Who gets what &amp; why</h1>", "<h2", "</html>"});
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("<h1") == html.rfind("<h1"));
  CHECK(html.find("<nav") == std::string::npos);
}

TEST_CASE("Word: real headings, numbering, tables with header rows, language and title") {
  Word word(paper());
  CHECK(word.order.front() == "[Content_Types].xml");
  check_in_order(
      word.body,
      {"<w:pStyle w:val=\"Subtitle\"/>", "<w:pStyle w:val=\"Title\"/>",
       "<w:pStyle w:val=\"Heading1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/>",
       "<w:pStyle w:val=\"NumberedParagraph\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/>",
       "<w:pStyle w:val=\"Heading2\"/></w:pPr>", "<w:tblHeader/>", "<w:pStyle w:val=\"Heading3\"/></w:pPr>"});
  // Two numbered lists, each beginning at one.
  CHECK(word.has("<w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/>"));
  CHECK(word.has("<w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"4\"/>"));
  CHECK(word.parts["word/numbering.xml"].find("<w:num w:numId=\"4\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride "
                                              "w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>") != std::string::npos);
  CHECK(word.parts["word/numbering.xml"].find("w:numId=\"5\"") == std::string::npos);
  for (const char* level : {"0", "1", "2"})
    CHECK(word.parts["word/styles.xml"].find("<w:outlineLvl w:val=\"" + std::string(level) + "\"/>") !=
          std::string::npos);
  CHECK(word.parts["word/styles.xml"].find("<w:lang w:val=\"en-GB\"") != std::string::npos);
  CHECK(
      word.has("<w:tblCaption w:val=\"Table 1. What each area gets\"/><w:tblDescription w:val=\"Rows: 2. Columns: "
               "Area, Amount (2012/13).\"/>"));
  CHECK(word.has("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
  CHECK_FALSE(word.has("Trend"));
  // Numbers stand to the right, names to the left.
  CHECK(word.has("<w:pStyle w:val=\"TableText\"/><w:jc w:val=\"right\"/></w:pPr><w:hyperlink"));
  CHECK(
      word.has("<w:pStyle w:val=\"TableText\"/></w:pPr><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t "
               "xml:space=\"preserve\">Bromsgrove"));
  const std::string& core = word.parts["docProps/core.xml"];
  for (const char* text : {"<dc:title>Who gets what &amp; why</dc:title>", "<dc:subject>DN-7/2012</dc:subject>",
                           "<dc:creator>A county board</dc:creator>", "<dc:language>en-GB</dc:language>",
                           ">2012-04-01T00:00:00Z</dcterms:created>"})
    CHECK_MESSAGE(core.find(text) != std::string::npos, text);
  const std::string& footer = word.parts["word/footer1.xml"];
  for (const char* text : {"DN-7/2012 \xC2\xB7 Not confidential", " PAGE ", " NUMPAGES "})
    CHECK_MESSAGE(footer.find(text) != std::string::npos, text);
  CHECK(word.parts["word/footnotes.xml"].find("Said at the foot.") != std::string::npos);
  CHECK(word.has("<w:footnoteReference w:id=\"1\"/>"));
}

TEST_CASE("Word: a figure is a link to its working, or without an address of the site a footnote with its own") {
  Word linked(paper());
  const std::string& relations = linked.parts["word/_rels/document.xml.rels"];
  const std::string target =
      "Target=\"https://tithing.example.org/figures/allocation?area=bromsgrove&amp;example=x\" TargetMode=\"External\"";
  CHECK(relations.find(target) != std::string::npos);
  CHECK(relations.find(target) == relations.rfind(target));  // once, for the run and for the cell
  CHECK(relations.find("Target=\"https://example.org/a?b=c&amp;d=e\"") != std::string::npos);
  CHECK(linked.has("w:tooltip=\"a = s1\""));
  CHECK(XmlChecker(linked.body).elements["w:hyperlink"] == 3);
  CHECK(linked.parts["word/footnotes.xml"].find("Working:") == std::string::npos);
  // Every relation that the text names is there.
  for (std::size_t at = linked.body.find("r:id=\""); at != std::string::npos;
       at = linked.body.find("r:id=\"", at + 1)) {
    const std::string id = linked.body.substr(at + 6, linked.body.find('"', at + 6) - at - 6);
    CHECK_MESSAGE(relations.find("Id=\"" + id + "\"") != std::string::npos, id);
  }

  Word alone(paper(), DocxOptions{});
  CHECK(XmlChecker(alone.body).elements["w:hyperlink"] == 1);
  CHECK(alone.parts["word/footnotes.xml"].find("Working: /figures/allocation?area=bromsgrove&amp;example=x") !=
        std::string::npos);
  CHECK(XmlChecker(alone.body).elements["w:footnoteReference"] == 3);
}

TEST_CASE("Word: what XML cannot hold is replaced, what it must not take for markup is escaped") {
  Document document;
  document.title = "A \x01 title \xFF";
  document.reference = "<&>\"'";
  document.numbered = false;
  Table table{.id = "t", .title = tr("T")};
  table.columns = {{"a", tr("<Area> & \"more\"")}};
  table.rows = {{text_cell("]]> &amp; \x0B")}};
  document.blocks = {Heading{"\xEF\xBF\xBE heading", 1}, Paragraph{words("one\ntwo\r\nthree\tfour")},
                     Paragraph{words("")}, TableBlock{table},
                     Paragraph{{{.text = "bad", .url = html::Url::parse("javascript:alert(1)")},
                                {.text = "odd", .url = html::Url::parse("https://example.org/\xC3\xA9\"<>")}}}};
  Word word(document);
  CHECK(word.has("A \xEF\xBF\xBD title \xEF\xBF\xBD"));
  CHECK(word.has("&lt;&amp;&gt;&quot;&#39;"));
  CHECK(word.has("]]&gt; &amp;amp; \xEF\xBF\xBD"));
  CHECK(word.has(
      "one</w:t><w:br/><w:t xml:space=\"preserve\">two</w:t><w:br/><w:t xml:space=\"preserve\">three</w:t><w:tab/>"));
  CHECK_FALSE(word.has("w:numPr"));
  CHECK(word.parts["word/_rels/document.xml.rels"].find("javascript") == std::string::npos);
  CHECK(word.parts["word/_rels/document.xml.rels"].find("\xC3") == std::string::npos);
  const std::string html = to_html(document).text();
  CHECK(html.find("one<br>two<br>three") != std::string::npos);
  CHECK(html.find('\x0B') == std::string::npos);
  CHECK(printable("a\xC2\x85"
                  "b\x7F") ==
        "a\xEF\xBF\xBD"
        "b\xEF\xBF\xBD");
  CHECK(printable("caf\xC3\xA9 \xEF\xBF\xBD \xF0\x9F\x98\x80") == "caf\xC3\xA9 \xEF\xBF\xBD \xF0\x9F\x98\x80");
}

TEST_CASE("Word: a table of fifty pages keeps every row under a header row that repeats") {
  Document document;
  document.title = "Long";
  Table table{.id = "long", .title = tr("Long")};
  table.columns = {{"area", tr("Area")}, {"n", tr("Number"), ColumnKind::integer}};
  for (int i = 1; i <= 2'500; ++i)
    table.rows.push_back({text_cell(tr("Area {0}", {std::to_string(i)})), integer_cell(i * 1'000)});
  document.blocks = {TableBlock{table}};
  const Word word(document);
  XmlChecker read(word.body);
  CHECK(read.elements["w:tr"] == 2'501);
  CHECK(read.elements["w:tblHeader"] == 1);
  CHECK(read.elements["w:cantSplit"] == 2'501);
  check_in_order(read.text, {"Area 1\n1,000\n", "Area 1250\n1,250,000\n", "Area 2500\n2,500,000\n"});
  const std::string html = to_html(document).text();
  CHECK(html.find("2,500,000") != std::string::npos);  // the whole of it, not a page of 50
}

TEST_CASE("Word: the same paper gives the same bytes, in any time zone") {
  const std::string once = to_docx(paper());
  const char* const before = std::getenv("TZ");
  const std::string kept = before == nullptr ? "" : before;
  for (const char* zone : {"Pacific/Auckland", "America/Los_Angeles"}) {
    ::setenv("TZ", zone, 1);
    ::tzset();
    CHECK(to_docx(paper()) == once);
  }
  before == nullptr ? ::unsetenv("TZ") : ::setenv("TZ", kept.c_str(), 1);
  ::tzset();
  CHECK(to_docx(paper(), {.site = "https://tithing.example.org"}) != once);
}

TEST_CASE("A paper that is put together wrongly is a fault") {
  Document document = paper();
  document.blocks.push_back(Heading{"Too deep", 4});
  CHECK_THROWS_AS(to_docx(document), std::logic_error);
  document = paper();
  document.blocks.push_back(TableBlock{amounts()});
  CHECK_THROWS_AS(to_html(document), std::logic_error);
  document = paper();
  document.title.clear();
  CHECK_THROWS_AS(to_html(document), std::logic_error);
}

TEST_CASE("A table of a paper offers its files where the page offers them, and not on a page to print") {
  PageTables tables("/paper", "");
  CHECK(to_html(paper()).text().find("table=amounts&amp;format=csv") != std::string::npos);
  CHECK(to_page(paper(), html::Url("/paper")).text().find("format=csv") == std::string::npos);
}
