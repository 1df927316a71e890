// What the register writes, as CSV and as a workbook, comes in again: the same facts in an empty register, nothing in
// its own.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/secret.h"
#include "base/text.h"
#include "db/audit.h"
#include "exports/csv.h"
#include "exports/read_xlsx.h"
#include "exports/xlsx.h"
#include "slices/bodies/edges.h"
#include "slices/bodies/house_for_tests.h"
#include "slices/bodies/pages_view.h"

using namespace tithing;
using namespace tithing::bodies;

namespace {

struct Importing : Program {
  using Program::Program;
  Result<ImportReport> import(const std::string& bytes,
                              const std::vector<std::pair<std::string, std::string>>& mapping = {}, bool trial = false,
                              const std::string& sheet = "") {
    const auto rows = fact_rows_of(bytes, mapping, sheet);
    if (!rows) return pass_on(rows);
    return service->import(actor(), *rows, "facts", mapping, trial, "A test.");
  }
  std::vector<std::vector<std::string>> facts() {
    std::vector<std::vector<std::string>> out;
    for (const auto& [record, fact] : service->known()->facts()) out.push_back(fields_of(*fact));
    std::sort(out.begin(), out.end());
    return out;
  }
};

// The demonstration's register, with facts that spreadsheets are known to spoil.
struct Demonstration {
  Demonstration() {
    program.emplace();
    REQUIRE(program->service->deliver_workspaces().has_value());
    const auto enter = [&](Fact fact) {
      const auto done = program->service->make_change(program->actor(), {{.fact = std::move(fact)}}, "A test.");
      REQUIRE_MESSAGE(done.has_value(), done.error().message);
    };
    Date day = Date::from_ymd(1899, 5, 1);
    enter({.kind = FactKind::body, .body = "old-forum", .role = "forum", .from = day});
    for (const char* note : {"=1+1", "+44 20", "@x", "0042", "1E5", "3/4", "a \"quoted\" word, and\na line",
                             "_x0041_ \xC3\xA9 \xE2\x80\x93 <b>&amp;</b>"}) {
      enter({.kind = FactKind::name,
             .body = "old-forum",
             .value = "N",
             .from = day,
             .to = day.plus_days(1),
             .note = note});
      day = day.plus_days(1);
    }
    const auto all = program->service->known();
    const exports::Table table = facts_table(*program->service, *all, "");
    csv = exports::to_csv(table);
    xlsx = exports::to_xlsx(table, {}).value();
  }
  std::optional<Importing> program;
  std::string csv;
  std::string xlsx;
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE(
    "the export of the demonstration's workspaces, as CSV and as a workbook, gives the same facts in an empty "
    "register") {
  Demonstration source;
  const auto expected = source.program->facts();
  REQUIRE(expected.size() > 500);
  for (const bool workbook : {false, true})
    test::for_each_engine([&](db::Database& database) {
      CAPTURE(workbook);
      Importing empty(database);
      const std::string& bytes = workbook ? source.xlsx : source.csv;
      const auto trial = empty.import(bytes, {}, true);
      REQUIRE(trial.has_value());
      CHECK(trial->change == 0);
      CHECK(empty.facts().empty());
      const auto report = empty.import(bytes);
      REQUIRE(report.has_value());
      for (const ImportRow& row : report->rows)
        CHECK_MESSAGE(row.state == ImportRow::State::fresh, row.line, ": ", row.what);
      CHECK(report->rows.size() == expected.size());
      CHECK(empty.facts() == expected);
      CHECK(has(report->sentence, "not read: About.") == workbook);
      const auto again = empty.import(bytes);
      REQUIRE(again.has_value());
      CHECK(again->same == static_cast<int>(expected.size()));
      CHECK(again->fresh == 0);
      CHECK(again->change == 0);
      REQUIRE(empty.service->undo(empty.actor(), report->change, "A test.").has_value());
      CHECK(empty.facts().empty());
    });
}

TEST_CASE("imported where it came from, every row is there already, and nothing is written") {
  Demonstration source;
  const auto before = source.program->facts();
  const std::int64_t version = source.program->service->known()->version;
  for (const std::string& bytes : {source.csv, source.xlsx}) {
    const auto report = source.program->import(bytes);
    REQUIRE(report.has_value());
    CHECK(report->fresh == 0);
    CHECK(report->refused == 0);
    CHECK(report->same == static_cast<int>(before.size()));
  }
  CHECK(source.program->service->known()->version == version);
  CHECK(source.program->facts() == before);
}

TEST_CASE(
    "a workbook with days as days or as text, other headings and several sheets; what is refused says what to do") {
  test::for_each_engine([](db::Database& database) {
    Importing program(database);
    REQUIRE(program.service->deliver_reference().has_value());
    exports::Table table;
    table.title = as_name("Ours");
    using exports::ColumnKind;
    table.columns = {{"fact", tr("What"), ColumnKind::text},  {"body", tr("body"), ColumnKind::text},
                     {"role", tr("role"), ColumnKind::text},  {"amount", tr("amount"), ColumnKind::integer},
                     {"from", tr("Since"), ColumnKind::date}, {"to", tr("to"), ColumnKind::text}};
    using exports::text_cell;
    const Date day = Date::from_ymd(2012, 4, 1);
    table.rows = {{text_cell("body"), text_cell("hub"), text_cell("forum"), text_cell(""), exports::date_cell(day),
                   text_cell("2014-04-01")},
                  {text_cell("meetings"), text_cell("hub"), text_cell(""), exports::integer_cell(4),
                   text_cell("2013-04-01"), text_cell("")}};
    const std::string bytes = exports::to_xlsx(table, {}).value();
    CHECK(has(program.import(bytes).error().message, "No sheet of the workbook has a column called fact"));
    const std::vector<std::pair<std::string, std::string>> mapping = {{"What", "fact"}, {"Since", "from"}};
    CHECK(program.import(bytes, mapping, false, "Facts").error().fields.front().field == "sheet");
    CHECK(has(program.import(bytes, {{"What", "fact"}}).error().message, "\"Since\""));
    const auto report = program.import(bytes, mapping, false, "Table");
    REQUIRE_MESSAGE(report.has_value(), report.error().message);
    CHECK_MESSAGE(report->fresh == 2, report->sentence);
    const auto all = program.service->known();
    CHECK(all->find("hub")->of(FactKind::body).front()->from == day);
    CHECK(all->find("hub")->of(FactKind::meetings).front()->amount == 4);

    table.rows = {{text_cell("body"), text_cell("lane"), text_cell("forum"), text_cell(""), text_cell("1 April 2012"),
                   text_cell("")},
                  {text_cell("body"), text_cell("yard"), text_cell("forum"), text_cell(""), exports::date_cell(day),
                   text_cell("")}};
    const auto refused = program.import(exports::to_xlsx(table, {}).value(), mapping);
    REQUIRE(refused.has_value());
    CHECK(refused->refused == 1);
    CHECK(refused->rows.front().line == 2);
    CHECK(has(refused->rows.front().what, "2012-04-01"));
    CHECK_FALSE(program.service->known()->exists("yard"));
    CHECK(program.import(bytes.substr(0, bytes.size() / 2), mapping).error().fields.front().field == "file");
    const auto damaged = program.import("fact,body\n\x81,x\n");
    REQUIRE_FALSE(damaged.has_value());
    CHECK(damaged.error().fields.front().field == "file");
    // Another encoding and another separator are read, and said.
    const auto western = program.import("fact;body;role;value\nbody;mon;forum;Ynys M\xF4n\n");
    REQUIRE_MESSAGE(western.has_value(), western.error().message);
    CHECK_MESSAGE(western->fresh == 1, western->sentence);
    CHECK_MESSAGE(has(western->sentence, "Windows-1252, separated by semicolons"), western->sentence);
    CHECK(program.import("fact,body\nbody,x\n", {}, false, "Table").error().fields.front().field == "sheet");
  });
}
