#include "exports/page_tables.h"

#include <doctest/doctest.h>

#include "exports/csv.h"
#include "exports/table_html.h"

using namespace tithing;
using namespace tithing::exports;

namespace {

Table crimes() {
  Table table{.id = "crimes", .title = tr("Crimes")};
  table.columns = {{"area", tr("Area")}, {"crimes", tr("Crimes"), ColumnKind::integer}};
  table.rows = {{text_cell("York"), integer_cell(18303)}};
  return table;
}

// A page with a rich and a plain table, as it would be made for this address.
std::string page(const std::string& query, PageTables& tables) {
  (void)query;
  (void)tables;
  html::Writer writer;
  writer.put(to_html(crimes(), {.paged = false}));
  govuk::TableParams plain{.caption = tr("Roles & rights"), .head = {{.text = "Role"}, {.text = "May"}}};
  plain.rows = {
      {{.text = "Analyst <b>"}, {.text = html::Markup(html::Literal("<a href=\"/x\">import</a><br>freeze"))}}};
  govuk::render(writer, plain);
  return writer.take().text();
}

}  // namespace

TEST_CASE("every table of a page gets links to itself as a file, and keeps the filters of the address") {
  PageTables tables("/areas", "as-at=2012-01-01&table=crimes");
  const std::string html = page("", tables);
  CHECK(html.find("href=\"/areas?as-at=2012-01-01&amp;table=crimes&amp;format=csv\"") != std::string::npos);
  CHECK(html.find("href=\"/areas?as-at=2012-01-01&amp;table=plain-1&amp;format=xlsx\"") != std::string::npos);
  CHECK(tables.format().empty());
}

TEST_CASE("the table that was asked for is the one that was shown") {
  {
    PageTables tables("/areas", "table=crimes&format=csv");
    page("", tables);
    REQUIRE(tables.wanted());
    CHECK(to_csv(*tables.wanted(), {.byte_order_mark = false}) == "Area,Crimes\r\nYork,18303\r\n");
  }
  {
    PageTables tables("/areas", "format=csv&table=plain-1");
    page("", tables);
    REQUIRE(tables.wanted());
    CHECK(to_csv(*tables.wanted(), {.byte_order_mark = false}) == "Role,May\r\nAnalyst <b>,import freeze\r\n");
    CHECK(tables.wanted()->title == "Roles & rights");
  }
  PageTables none("/areas", "table=other&format=exe");
  page("", none);
  CHECK_FALSE(none.wanted());
  CHECK(none.format().empty());
}

TEST_CASE("outside a page tables are as they were") {
  html::Writer writer;
  writer.put(to_html(crimes(), {.paged = false}));
  CHECK(writer.html().find("format=csv") == std::string::npos);
  CHECK(PageTables::current() == nullptr);
}
