#include "lists/list.h"

#include <doctest/doctest.h>

#include "support/house.h"

using namespace tithing;
using test::has;

namespace {

exports::Table things(int count) {
  exports::Table table{.id = "things", .title = tr("Things")};
  table.columns = {{.key = "name", .heading = tr("Name"), .sortable = true},
                   {.key = "state", .heading = tr("State")},
                   {"size", tr("Size"), exports::ColumnKind::integer, {}, true}};
  for (int i = 1; i <= count; ++i)
    table.rows.push_back({exports::text_cell(tr("Thing {0}", {std::to_string(i)})),
                          exports::text_cell(i % 3 == 0 ? tr("Closed") : tr("Open")),
                          i == 2 ? exports::unknown_cell(tr("Nobody has measured it.")) : exports::integer_cell(i)});
  return table;
}

struct Room : test::House {
  explicit Room(int count, bool stored = false)
      : House([=](Wiring& all) {
          all.router.get("/things", web::Access::anyone(), [=](web::Context& context) {
            exports::Table table = things(count);
            if (!stored)
              return web::page(context, {.title = "Things"},
                               lists::part(context, {.table = std::move(table),
                                                     .filters = {"state"},
                                                     .search = true,
                                                     .none = tr("There is no thing.")}));
            const auto paging = lists::paging(context, count);
            const auto from = table.rows.begin() + lists::offset_of(paging);
            table.rows = {from, from + lists::limit_of(paging)};
            const lists::Filter filter{"state", "State", {{"open", "Open"}, {"closed", "Closed"}}, "Every state"};
            return web::page(
                context, {.title = "Things"},
                lists::part(context, {.table = std::move(table), .paging = paging, .chosen_before = {filter}}));
          });
        }) {}
  // The text of the page without its markup.
  std::string text(std::string_view target) {
    const std::string body = get(target).body;
    std::string out;
    bool tag = false;
    for (const char c : body) {
      if (c == '<') tag = true;
      if (!tag) out += c;
      if (c == '>') tag = false;
    }
    return out;
  }
};

bool says(const std::string& text, const char* what) { return text.find(what) != std::string::npos; }

}  // namespace

TEST_CASE("a list says how much of it is shown, and on which page") {
  Room room(312);
  const std::string first = room.text("/things");
  CHECK(says(first, "50 of 312, page 1 of 7."));
  CHECK(says(first, "Thing 50"));
  CHECK_FALSE(says(first, "Thing 51"));
  CHECK(says(room.text("/things?page=7"), "12 of 312, page 7 of 7."));
  CHECK(says(room.text("/things?page=99"), "page 7 of 7."));
  CHECK(says(room.text("/things?page=x"), "page 1 of 7."));
  const auto whole = room.get("/things?page=all");
  CHECK(has(whole, "Thing 312"));
  CHECK_FALSE(has(whole, "page 1 of 7"));
  CHECK(has(room.get("/things"), "/things?page=all"));
  // A short list is only shown.
  Room few(3);
  CHECK_FALSE(has(few.get("/things"), "<form method=\"get\" action=\"/things\""));
  CHECK_FALSE(says(few.text("/things"), "in all"));
  Room none(0);
  CHECK(has(none.get("/things"), "There is no thing."));
}

TEST_CASE("rows are chosen by what stands in a column and by words, in the address, and all is one link away") {
  Room room(312);
  const auto closed = room.get("/things?state=Closed&as-at=2022-01-01&sort=name&order=asc");
  CHECK(has(closed, "<option value=\"Closed\" selected"));
  CHECK(has(closed, "/things?as-at=2022-01-01"));                                        // Show all
  CHECK(has(closed, "state=Closed&amp;as-at=2022-01-01&amp;sort=name&amp;order=desc"));  // the heading keeps it
  CHECK(has(closed, "<input type=\"hidden\" name=\"as-at\" value=\"2022-01-01\">"));
  const std::string said = room.text("/things?state=Closed");
  CHECK(says(said, "50 of 104, page 1 of 3."));
  CHECK(says(said, "Chosen from 312 by State: Closed."));
  CHECK(says(room.text("/things?search=THING+12"), "Chosen from 312 by “THING 12”."));
  CHECK(says(room.text("/things?search=thing+312+open"), "There is none."));
  CHECK(says(room.text("/things?search=thing+312+closed"), "1 in all."));
  CHECK(says(room.text("/things?state=Nonsense"), "50 of 312, page 1 of 7."));  // an old address still works
}

TEST_CASE("what is not known comes last in both directions, which is said") {
  Room room(9);
  for (const char* order : {"asc", "desc"}) {
    const std::string text = room.text(std::string("/things?sort=size&order=") + order);
    CHECK(says(text, "By Size, those that are not known or withheld come last."));
    CHECK(text.find("Thing 2") > text.find("Thing 9"));
    CHECK(text.find("Thing 2") > text.find("Thing 1"));
  }
  CHECK_FALSE(says(room.text("/things?sort=name"), "come last"));
}

TEST_CASE("a list that the store pages: the same sentence, the room's own filter") {
  Room room(120, true);
  const auto page = room.get("/things?page=2&state=open");
  CHECK(has(page, "Thing 51"));
  CHECK_FALSE(has(page, "Thing 101"));
  CHECK(has(page, "Every state"));
  CHECK(has(page, "/things?state=open&amp;page=3"));
  const std::string text = room.text("/things?page=3&state=open");
  CHECK(says(text, "20 of 120, page 3 of 3."));
  CHECK(says(text, "Chosen by State: Open."));
}

TEST_CASE("an export has every row that was chosen, in the order that is shown") {
  Room room(312);
  // What the page hands to CSV and workbook (exports/page_tables.h) is the list after choice and order.
  exports::Table table = things(312);
  lists::keep_only(table, "state", "Closed");
  lists::keep_found(table, "thing 1");
  CHECK(table.rows.size() == 48);
  CHECK(lists::texts_of(things(312), "state") == std::vector<std::string>{"Closed", "Open"});
}
