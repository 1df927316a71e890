#include "exports/read_xlsx.h"

#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <map>

#include "exports/xlsx.h"

using namespace tithing;
using namespace tithing::exports;

namespace {

using Parts = std::map<std::string, std::string>;

std::string zipped(const Parts& parts) {
  std::string bytes(16u << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  REQUIRE(archive_write_open_memory(writer, bytes.data(), bytes.size(), &used) == ARCHIVE_OK);
  for (const auto& [name, content] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    REQUIRE(archive_write_header(writer, entry) == ARCHIVE_OK);
    REQUIRE(archive_write_data(writer, content.data(), content.size()) == static_cast<la_ssize_t>(content.size()));
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  bytes.resize(used);
  return bytes;
}

const std::string kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const std::string kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// A workbook as other programs write it: shared strings in runs, styles, a second sheet that stands elsewhere.
Parts by_others(const std::string& rows, const std::string& properties = "") {
  return {{"_rels/.rels", "<Relationships><Relationship Id=\"r1\" Type=\"" + kOffice +
                              "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
          {"xl/workbook.xml", "<?xml version=\"1.0\"?><x:workbook xmlns:x=\"" + kMain + "\" xmlns:r=\"" + kOffice +
                                  "\">" + properties +
                                  "<x:sheets><x:sheet name=\"First &amp; best\" sheetId=\"1\" r:id=\"rId1\"/><x:sheet "
                                  "name=\"Second\" sheetId=\"2\" r:id=\"rId2\"/></x:sheets></x:workbook>"},
          {"xl/_rels/workbook.xml.rels",
           "<Relationships><Relationship Id=\"rId1\" Type=\"" + kOffice +
               "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + kOffice +
               "/worksheet\" Target=\"/xl/other/sheet.xml\"/><Relationship Id=\"rId3\" Type=\"" + kOffice +
               "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId4\" Type=\"" + kOffice +
               "/styles\" Target=\"styles.xml\"/></Relationships>"},
          {"xl/sharedStrings.xml",
           "<sst><si><t>fact</t></si><si><r><t xml:space=\"preserve\">two "
           "</t></r><r><t>runs</t></r><rPh><t>aloud</t></rPh></si><si><t>line_x000A_end _x005F_x0041_</t></si></sst>"},
          {"xl/styles.xml",
           "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"d mmmm yyyy\"/><numFmt numFmtId=\"165\" "
           "formatCode=\"0&quot; days&quot;\"/><numFmt numFmtId=\"166\" "
           "formatCode=\"[$-809]dd/mm/yyyy hh:mm\"/><numFmt numFmtId=\"167\" "
           "formatCode=\"[h]:mm:ss\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
           "numFmtId=\"164\"/><xf "
           "numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/></cellXfs></styleSheet>"},
          {"xl/worksheets/sheet1.xml",
           "<worksheet xmlns=\"" + kMain + "\"><sheetData>" + rows + "</sheetData></worksheet>"},
          {"xl/other/sheet.xml",
           "<worksheet><sheetData><row r=\"7\"><c r=\"B7\" "
           "t=\"inlineStr\"><is><t>seven</t></is></c></row></sheetData></worksheet>"}};
}

std::vector<std::string> first_row(const std::string& cells, const std::string& properties = "") {
  const auto sheets = read_xlsx(zipped(by_others("<row r=\"1\">" + cells + "</row>", properties)));
  REQUIRE_MESSAGE(sheets.has_value(), sheets.error().message);
  REQUIRE(sheets->front().rows.size() == 1);
  return sheets->front().rows.front().fields;
}

std::string refusal(const std::string& bytes, const XlsxLimits& limits = {}) {
  const auto sheets = read_xlsx(bytes, limits);
  return sheets ? std::string() : sheets.error().message;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what this program writes it reads again: words, numbers, shares, money, days") {
  Table table;
  table.title = tr("Seats");
  table.columns = {{"name", tr("Name"), ColumnKind::text},
                   {"seats", tr("Seats"), ColumnKind::integer},
                   {"share", tr("Share"), ColumnKind::per_cent},
                   {"grant", tr("Grant"), ColumnKind::money},
                   {"since", tr("Since"), ColumnKind::date}};
  table.rows = {
      {text_cell("=SUM(A1) \"quoted\" <é> & \n second _x0041_"), integer_cell(-61779), per_cent_cell(0.125, 1),
       money_cell(15064812), date_cell(Date::from_ymd(2012, 4, 1))},
      {text_cell(""), integer_cell(0), unknown_cell(tr("Why.")), money_cell(5), date_cell(Date::from_ymd(1900, 3, 1))}};
  const auto sheets = read_xlsx(to_xlsx(table, {}).value());
  REQUIRE_MESSAGE(sheets.has_value(), sheets.error().message);
  REQUIRE(sheets->size() == 2);
  CHECK((*sheets)[0].name == "Table");
  CHECK((*sheets)[1].name == "About");
  const auto& rows = (*sheets)[0].rows;
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].fields == std::vector<std::string>{"Name", "Seats", "Share", "Grant", "Since", "Notes"});
  CHECK(rows[1].fields == std::vector<std::string>{"=SUM(A1) \"quoted\" <é> & \n second _x0041_", "-61779", "0.125",
                                                   "150648.12", "2012-04-01"});
  CHECK(rows[2].line == 3);
  CHECK(rows[2].fields == std::vector<std::string>{"", "0", "not known", "0.05", "1900-03-01", "Share: Why."});
}

TEST_CASE("cells as other programs write them") {
  CHECK(first_row("<c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c><c r=\"D1\" t=\"s\"><v>2</v></c><c "
                  "r=\"F1\" s=\"1\"/>") == std::vector<std::string>{"fact", "", "two runs", "line\nend _x0041_"});
  CHECK(first_row("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c><c "
                  "t=\"str\"><f>A1</f><v>said</v></c><c><f>1/3</f><v>0.3333333333333333</v></c><c><v>1E3</v></c>") ==
        std::vector<std::string>{"TRUE", "FALSE", "#N/A", "said", "0.3333333333333333", "1000"});
  // Days by their format; a number of days and a duration are none.
  CHECK(first_row("<c s=\"1\"><v>41000</v></c><c s=\"2\"><v>41000</v></c><c s=\"3\"><v>41000</v></c><c "
                  "s=\"4\"><v>41000.5</v></c><c s=\"5\"><v>1.5</v></c><c s=\"0\"><v>41000</v></c>") ==
        std::vector<std::string>{"2012-04-01", "2012-04-01", "41000", "2012-04-01T12:00:00", "1.5", "41000"});
  CHECK(first_row("<c s=\"1\"><v>1</v></c><c s=\"1\"><v>59</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c>") ==
        std::vector<std::string>{"1900-01-01", "1900-02-28", "60", "1900-03-01"});
  CHECK(first_row("<c s=\"1\"><v>39538</v></c>", "<x:workbookPr date1904=\"1\"/>") ==
        std::vector<std::string>{"2012-04-01"});
  const auto sheets =
      read_xlsx(zipped(by_others("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"/></row>")));
  REQUIRE(sheets.has_value());
  CHECK((*sheets)[0].name == "First & best");
  CHECK((*sheets)[0].rows.size() == 1);
  CHECK((*sheets)[1].rows.front().line == 7);
  CHECK((*sheets)[1].rows.front().fields == std::vector<std::string>{"", "seven"});
}

TEST_CASE("what is no workbook, or another one, is refused with a sentence that says what to do") {
  CHECK(has(refusal(""), "not an Excel workbook"));
  CHECK(has(refusal("fact,body\nbody,x\n"), "not an Excel workbook"));
  const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');
  CHECK(has(refusal(compound), "older form (.xls)"));
  std::string name;
  for (const char c : std::string("EncryptedPackage")) name += std::string(1, c) + '\0';
  CHECK(has(refusal(compound + name), "password"));
  CHECK(has(refusal(zipped({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})),
            ".ods"));
  CHECK(has(refusal(zipped({{"xl/workbook.bin", "x"}})), ".xlsb"));
  CHECK(has(refusal(zipped({{"readme.txt", "x"}})), "no workbook"));
  CHECK(has(refusal(zipped({{"xl/workbook.xml", "<workbook><sheets/></workbook>"}})), "no sheet"));
  const std::string whole = zipped(by_others("<row><c><v>1</v></c></row>"));
  CHECK(refusal(whole).empty());
  for (const std::size_t length : {whole.size() / 4, whole.size() / 2, whole.size() * 9 / 10})
    CHECK_MESSAGE(has(refusal(whole.substr(0, length)), "."), length);
  Parts broken = by_others("<row><c><v>1</v></c></row>");
  broken["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row>";
  CHECK(has(refusal(zipped(broken)), "damaged"));
  broken.erase("xl/worksheets/sheet1.xml");
  CHECK(has(refusal(zipped(broken)), "damaged"));
  // A shared string that is not there, a column that cannot be, and nonsense for a number do no harm.
  CHECK(first_row("<c t=\"s\"><v>99</v></c><c t=\"s\"><v>-1</v></c><c r=\"ZZZZ1\"><v>4</v></c><c><v>four</v></c>") ==
        std::vector<std::string>{"", "", "4", "four"});
}

TEST_CASE("a workbook that unpacks to too much is refused before it does harm") {
  Parts bomb = by_others("<row><c><v>1</v></c></row>");
  bomb["xl/worksheets/sheet1.xml"] += std::string(8u << 20, ' ');
  const std::string small = zipped(bomb);
  CHECK(small.size() < 100'000);
  CHECK(refusal(small).empty());
  CHECK(has(refusal(small, {.unpacked = 1u << 20}), "more memory than may be used"));
  std::string rows;
  for (int i = 1; i <= 300; ++i)
    rows += "<row r=\"" + std::to_string(i) + "\"><c r=\"A" + std::to_string(i) + "\"><v>1</v></c></row>";
  const std::string many = zipped(by_others(rows));
  CHECK(refusal(many).empty());
  CHECK(has(refusal(many, {.rows = 299}), "more than 299 rows"));
  CHECK(has(refusal(many, {.memory = 200u << 10}), "more memory than may be used"));
  CHECK(has(refusal(many, {.sheets = 1}), "more than 1 sheets"));
  CHECK(has(refusal(zipped(by_others("<row><c r=\"XFD1\"><v>1</v></c></row>"))), "more than 256 columns"));
  // Far cells that are only coloured are no columns.
  CHECK(refusal(zipped(by_others("<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\" s=\"1\"/></row>"))).empty());
  // Entities of a document type are not expanded.
  Parts laughs = by_others("<row><c t=\"inlineStr\"><is><t>&a;</t></is></c></row>");
  laughs["xl/worksheets/sheet1.xml"] =
      "<!DOCTYPE x [<!ENTITY a \"" + std::string(1000, 'a') + "\">]>" + laughs["xl/worksheets/sheet1.xml"];
  const auto read = read_xlsx(zipped(laughs));
  REQUIRE(read.has_value());
  CHECK(read->front().rows.front().fields.front() == "&a;");
}
