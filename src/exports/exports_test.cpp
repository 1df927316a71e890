#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>

#include "exports/csv.h"
#include "exports/table.h"
#include "exports/table_html.h"

using namespace tithing;
using namespace tithing::exports;

namespace {

Table sample() {
  Table table;
  table.id = "areas";
  table.title = tr("Recorded crime in North Yorkshire");
  table.columns = {{.key = "area", .heading = tr("Area"), .sortable = true},
                   {.key = "crimes", .heading = tr("Crimes"), .kind = ColumnKind::integer, .sortable = true},
                   {.key = "rate",
                    .heading = tr("Rate"),
                    .kind = ColumnKind::decimal,
                    .unit = tr("per 1,000 people"),
                    .sortable = true},
                   {.key = "change", .heading = tr("Change"), .kind = ColumnKind::per_cent},
                   {.key = "grant", .heading = tr("Grant"), .kind = ColumnKind::money},
                   {.key = "since", .heading = tr("Since"), .kind = ColumnKind::date},
                   {.key = "trend", .heading = tr("Trend"), .on_page_only = true}};
  const Date since = Date::from_ymd(2012, 4, 1);
  table.rows = {{text_cell("York, City of"), integer_cell(18303), decimal_cell(90.25, 1), per_cent_cell(-0.04, 1),
                 money_cell(15064800), date_cell(since), picture_cell(html::Markup("<svg></svg>"))},
                {text_cell("Ryedale"), integer_cell(2150), decimal_cell(38.74, 1), signed_per_cent_cell(0.123, 1),
                 money_cell(-5), date_cell(since), picture_cell({})},
                {text_cell("Craven"), suppressed_cell(), unknown_cell(tr("April 2022 was not submitted.")),
                 unknown_cell(""), unknown_cell(tr("To be confirmed.")), unknown_cell(""), picture_cell({})}};
  return table;
}

std::string first_column(const Table& table) {
  std::string out;
  for (const Row& row : table.rows) out += row[0].text + ";";
  return out;
}

std::string line_of(const std::vector<std::string>& fields) {
  std::string out;
  append_csv_line(out, fields);
  return out;
}

std::string folder_for_test() {
  const auto folder = std::filesystem::temp_directory_path() / "tithing-exports-test";
  std::filesystem::create_directories(folder);
  return folder.string();
}

std::string read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("a CSV holds the numbers that are shown, without separators, and words for what is not known") {
  CHECK(to_csv(sample(), {.byte_order_mark = false}) ==
        "Area,Crimes,\"Rate (per 1,000 people)\",Change (%),Grant (£),Since,Notes\r\n"
        "\"York, City of\",18303,90.2,-4.0,150648.00,2012-04-01,\r\n"
        "Ryedale,2150,38.7,12.3,-0.05,2012-04-01,\r\n"
        "Craven,fewer than 5,not known,not known,not known,not known,Rate: April 2022 was not submitted. Grant: To be "
        "confirmed.\r\n");
}

TEST_CASE("what stands beside a number on the page stands in the file too: a floor is no number of the whole") {
  Table table = sample();
  table.rows.resize(2);
  CHECK(table.remarks().empty());
  CHECK(to_csv(table, {.byte_order_mark = false}).find("Notes") == std::string::npos);
  table.rows[0][6] = picture_cell({}).noted(tr("of a picture, which no file has"));
  CHECK(table.remarks().empty());
  const std::string floor = "At least: without Robbery in April 2022 (Surrey Police), which is not known.";
  table.rows[0][1] = table.rows[0][1].noted(floor);
  table.rows[0][2] = table.rows[0][2].noted(floor);
  table.rows[0][4] = table.rows[0][4].noted(tr("As it was agreed."));
  CHECK(table.remarks() == std::vector<std::string>{"Crimes, Rate: " + floor + " Grant: As it was agreed.", ""});
  // The number stays a number.
  const std::string csv = to_csv(table, {.byte_order_mark = false});
  CHECK(csv.find("\"York, City of\",18303,90.2,-4.0,150648.00,2012-04-01,\"Crimes, Rate: " + floor) !=
        std::string::npos);
  // On the page it is said once for a row.
  const std::string page = to_html(table, {}).text();
  REQUIRE(page.find(floor) != std::string::npos);
  CHECK(page.find(floor) == page.rfind(floor));
  CHECK(page.find("likewise") != std::string::npos);
}

TEST_CASE("the mark of UTF-8 is written unless it is not wanted") {
  CHECK(to_csv(sample()).substr(0, 7) ==
        "\xEF\xBB\xBF"
        "Area");
  CHECK(to_csv(sample(), {.byte_order_mark = false}).substr(0, 4) == "Area");
}

TEST_CASE("fields are quoted after RFC 4180") {
  CHECK(line_of({"a", "b,c", "say \"so\"", "two\r\nlines", ""}) ==
        "a,\"b,c\",\"say \"\"so\"\"\",\"two\r\nlines\",\r\n");
  CHECK(line_of({""}) == "\"\"\r\n");
}

TEST_CASE("text that a spreadsheet would run is made harmless, numbers are left alone") {
  CHECK(line_of({"=1+1"}) == "'=1+1\r\n");
  CHECK(line_of({"+441904"}) == "'+441904\r\n");
  CHECK(line_of({"-2+3"}) == "'-2+3\r\n");
  CHECK(line_of({"@SUM(A1)"}) == "'@SUM(A1)\r\n");
  CHECK(line_of({"  =cmd"}) == "'  =cmd\r\n");
  CHECK(line_of({"\t=cmd"}) == "'\t=cmd\r\n");
  CHECK(line_of({"=a,\"b\""}) == "\"'=a,\"\"b\"\"\"\r\n");
  CHECK(line_of({"-1.251034", "-5", "3.5", "a=b", "-"}) == "-1.251034,-5,3.5,a=b,'-\r\n");
  CHECK(line_of({"-1.", "--1", "-1.2.3"}) == "'-1.,'--1,'-1.2.3\r\n");
}

TEST_CASE("a CSV file has its name only when it is finished") {
  const std::string path = folder_for_test() + "/rows.csv";
  std::filesystem::remove(path);
  {
    auto file = CsvFile::create(path, {.byte_order_mark = false});
    REQUIRE(file);
    REQUIRE((*file)->row({"Month", "Crimes"}));
    for (int i = 0; i < 50'000; ++i) REQUIRE((*file)->row({"2022-01", std::to_string(i)}));
    CHECK_FALSE(std::filesystem::exists(path));
    REQUIRE((*file)->finish());
    CHECK((*file)->rows() == 50'001);
    CHECK_FALSE((*file)->finish());
  }
  const std::string bytes = read(path);
  CHECK(bytes.substr(0, 27) == "Month,Crimes\r\n2022-01,0\r\n20");
  CHECK(bytes.substr(bytes.size() - 15) == "2022-01,49999\r\n");
}

TEST_CASE("a CSV file that is given up leaves nothing") {
  const std::string path = folder_for_test() + "/given-up.csv";
  {
    auto file = CsvFile::create(path);
    REQUIRE(file);
    REQUIRE((*file)->row({"a"}));
    CHECK(std::filesystem::exists(path + ".part"));
  }
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK_FALSE(std::filesystem::exists(path + ".part"));
  CHECK_FALSE(CsvFile::create(folder_for_test() + "/no/such/folder.csv"));
}

TEST_CASE("a full disk is a problem with a sentence, not a short file") {
  if (!std::filesystem::exists("/dev/full")) return;
  const std::string link = folder_for_test() + "/full.csv.part";
  std::filesystem::remove(link);
  std::filesystem::create_symlink("/dev/full", link);
  auto file = CsvFile::create(folder_for_test() + "/full.csv");
  REQUIRE(file);
  Status status;
  for (int i = 0; i < 100'000 && status; ++i) status = (*file)->row({"some text to fill the buffer"});
  REQUIRE_FALSE(status);
  CHECK(status.error().kind == ProblemKind::unavailable);
  CHECK(status.error().message.find("disk is full") != std::string::npos);
  CHECK_FALSE((*file)->finish());
  CHECK_FALSE(std::filesystem::exists(folder_for_test() + "/full.csv"));
}

TEST_CASE("rows are sorted by number, what has no value stays last both ways") {
  Table table = sample();
  sort_rows(table, {.sort = "crimes", .descending = true});
  CHECK(first_column(table) == "York, City of;Ryedale;Craven;");
  sort_rows(table, {.sort = "crimes", .descending = false});
  CHECK(first_column(table) == "Ryedale;York, City of;Craven;");
  sort_rows(table, {.sort = "area"});
  CHECK(first_column(table) == "Craven;Ryedale;York, City of;");
  table.rows = {{text_cell("a"), integer_cell(9'007'199'254'740'993), {}, {}, {}, {}, {}},
                {text_cell("b"), integer_cell(9'007'199'254'740'992), {}, {}, {}, {}, {}}};
  sort_rows(table, {.sort = "crimes"});
  CHECK(first_column(table) == "b;a;");
}

TEST_CASE("a view is read from the address and passes over what the table does not know") {
  const Table table = sample();
  View view = view_of(table, "rate", "desc", "3");
  CHECK(view.sort == "rate");
  CHECK(view.descending);
  CHECK(view.page == 3);
  view = view_of(table, "change", "desc", "-1");  // not sortable
  CHECK(view.sort.empty());
  CHECK_FALSE(view.descending);
  CHECK(view.page == 1);
  CHECK(view_of(table, "x'; DROP", "", "2x").page == 1);
  CHECK(view_of(table, "", "", "99999999999999").page == 1);
}

TEST_CASE("paging counts pages of 50") {
  CHECK(paging(0, 1).pages == 1);
  CHECK(paging(50, 1).pages == 1);
  CHECK(paging(51, 1).pages == 2);
  const Paging last = paging(101, 9);
  CHECK(last.page == 3);
  CHECK(last.first == 100);
  CHECK(last.last == 101);
  CHECK_THROWS_AS(paging(1, 1, 0), std::logic_error);
}

TEST_CASE("what is not finite is not known, and a bug of the caller is found") {
  CHECK(decimal_cell(std::numeric_limits<double>::quiet_NaN(), 1).state == CellState::unknown);
  CHECK(per_cent_cell(std::numeric_limits<double>::infinity(), 1).text == "not known");
  CHECK(signed_per_cent_cell(0.00001, 1).text == "0.0%");
  CHECK(signed_per_cent_cell(-0.04, 1).text == "-4.0%");
  Table table = sample();
  table.rows[0].pop_back();
  CHECK_THROWS_AS(table.check(), std::logic_error);
  table = sample();
  table.columns[1].key = "area";
  CHECK_THROWS_AS(table.check(), std::logic_error);
  table = sample();
  table.rows[2][1].whole = 3;  // a suppressed count that would leak
  CHECK_THROWS_AS(to_csv(table), std::logic_error);
  table = sample();
  table.id = "a\"b";
  CHECK_THROWS_AS(table.check(), std::logic_error);
}

TEST_CASE("what a table says is a message until a page or a file is written") {
  Table table{.id = "places", .title = tr("Home"), .caption = as_name("Home")};
  table.columns = {{"place", tr("Home")}, {"of", as_name("York"), ColumnKind::integer, tr("Home")}};
  table.rows = {{text_cell(tr("Home")), unknown_cell(tr("Home"))}};
  const auto page = [&](const char* language) { return to_html(table, {.language = language}).text(); };
  // Not translated: said to be English, once for each message; a name is nobody's to translate.
  const auto marks = [](const std::string& html) {
    std::size_t n = 0;
    for (auto i = html.find("lang=\"en\""); i != std::string::npos; i = html.find("lang=\"en\"", i + 1)) ++n;
    return n;
  };
  CHECK(marks(page("en")) == 0);
  CHECK(marks(page("xx")) >= 4);
  CHECK(page("xx").find("<span id=\"places-caption\">Home</span>") != std::string::npos);
  const Table welsh = in_language(table, "xx");
  CHECK(welsh.columns[1].heading == "York");
  CHECK(welsh.columns[0].heading.message().empty());  // settled: what is written of it is in one language
  CHECK(full_heading(table.columns[1]) == "York (Home)");
}

TEST_CASE("file names are made of the title") {
  Table table = sample();
  CHECK(file_name(table, "csv") == "recorded-crime-in-north-yorkshire.csv");
  table.title = as_name("***");
  CHECK(file_name(table, "xlsx") == "table.xlsx");
}

TEST_CASE("a first column of numbers or codes takes no more room than it has") {
  Table table{.id = "n", .title = tr("Numbered")};
  table.columns = {{"number", tr("Number"), ColumnKind::integer}, {"what", tr("What")}};
  table.rows = {{integer_cell(1), text_cell("A")}};
  const auto has = [&](std::string_view text) { return to_html(table).text().find(text) != std::string::npos; };
  CHECK(has("<th scope=\"row\" class=\"govuk-table__header tithing-table__short\">"));
  table.columns[0].kind = ColumnKind::text;
  CHECK_FALSE(has("tithing-table__short"));  // a name has room to be read
  table.columns[0].holds = Numeral::Kind::code;
  CHECK(has("tithing-table__short"));
}

TEST_CASE("a page's table has caption, scopes, sorting links and escapes what it shows") {
  Table table = sample();
  table.rows[1][0].text = "<b>Ryedale</b>";
  table.rows[0][1] = table.rows[0][1].linked(html::Url("/figures/crimes?area=E22000372"), "Rows of the force's files.");
  table.notes = {"A note & more."};
  table.sources = {"data.police.uk"};
  TableHtml options;
  options.path = "/areas/E22000372";
  options.query = {{"from", "2022-01"}};
  options.view = {.sort = "crimes", .descending = true};
  options.csv_path = "/areas/E22000372/crimes.csv";
  const std::string html = to_html(table, options).text();
  const auto has = [&](std::string_view text) { return html.find(text) != std::string::npos; };
  CHECK(has("role=\"region\" aria-labelledby=\"areas-caption\" tabindex=\"0\""));
  CHECK(has("<span id=\"areas-caption\">Recorded crime in North Yorkshire</span>"));
  CHECK(has("<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\" aria-sort=\"descending\">"));
  CHECK(has("href=\"/areas/E22000372?from=2022-01&amp;sort=crimes&amp;order=asc\""));
  CHECK(has("href=\"/areas/E22000372?from=2022-01&amp;sort=rate&amp;order=desc\""));
  CHECK(has("href=\"/areas/E22000372?from=2022-01&amp;sort=area&amp;order=asc\""));
  CHECK(has("<th scope=\"row\" class=\"govuk-table__header\">York, City of</th>"));
  CHECK(
      has("<a class=\"tithing-figure\" href=\"/figures/crimes?area=E22000372\" title=\"Rows of the force&#39;s "
          "files.\">18,303</a>"));
  CHECK(has("&lt;b&gt;Ryedale"));
  CHECK_FALSE(has("<b>"));
  CHECK(has("A note &amp; more."));
  CHECK(has("href=\"/areas/E22000372/crimes.csv?from=2022-01&amp;sort=crimes&amp;order=desc\""));
  CHECK(has("April 2022 was not submitted."));
  CHECK_FALSE(has("sort=change"));
  CHECK_FALSE(has("style="));
  CHECK_FALSE(has("govuk-pagination"));
}

TEST_CASE("a long table comes in pages of 50, and the pager keeps the filters") {
  Table table;
  table.title = tr("Places");
  table.columns = {{.key = "n", .heading = tr("Number"), .kind = ColumnKind::integer, .sortable = true}};
  for (int i = 1; i <= 501; ++i) table.rows.push_back({integer_cell(i)});
  TableHtml options;
  options.path = "/places";
  options.query = {{"q", "a b"}};
  options.view.page = 5;
  const std::string html = to_html(table, options).text();
  const auto has = [&](std::string_view text) { return html.find(text) != std::string::npos; };
  CHECK(has(">201</th>"));
  CHECK(has(">250</th>"));
  CHECK_FALSE(has(">200</th>"));
  CHECK_FALSE(has(">251</th>"));
  CHECK(has("201 to 250 of 501"));
  CHECK(has("/places?q=a%20b&amp;page=4"));
  CHECK(has("/places?q=a%20b&amp;page=6"));
  CHECK(has("/places?q=a%20b&amp;page=11"));
  CHECK(has("href=\"/places?q=a%20b\""));  // the first page has no number
  CHECK_FALSE(has("page=3\""));
  CHECK(has("govuk-pagination__item--ellipsis"));
  options.paged = false;
  CHECK(to_html(table, options).text().find(">501</th>") != std::string::npos);
}

TEST_CASE("a table without rows is a sentence") {
  Table table = sample();
  table.rows.clear();
  const std::string html = to_html(table).text();
  CHECK(html.find("There is nothing to show.") != std::string::npos);
  CHECK(html.find("<table") == std::string::npos);
}
