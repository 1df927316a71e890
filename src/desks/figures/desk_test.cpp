#include "desks/figures/desk.h"

#include <doctest/doctest.h>

#include "db/audit.h"
#include "desks/figures/cells.h"
#include "desks/figures/parts.h"
#include "desks/figures/permissions.h"
#include "figures_desk_migrations.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::figures;

namespace {

Figure sample_figure() {
  Figure figure;
  figure.address = {"crimes", {{{"area", "E22000368"}, {"from", "2022-01"}, {"to", "2022-11"}}}};
  figure.quantity = Quantity::count(25328, "crimes");
  figure.working.title = "Recorded crime in <North> Worcestershire";
  figure.working.in_words = "Rows whose LSOA lies in it.";
  figure.working.inputs = {
      {"c", "file", nullptr,
       Source{"2022-01.csv", "", std::string(64, 'a'), "", "", "", 2000, "all types", "/evidence/sources/1"}, ""}};
  figure.coverage = {11, 10, {"West Mercia Police, April 2022: not submitted"}, {}, {}};
  figure.evidence_version = "v1";
  return figure;
}

}  // namespace

TEST_CASE("a figure is frozen with its working and an audit entry, by those who may, with a reason") {
  PermissionTable permissions;
  permissions.add(kFreeze, {Role::performance_analyst});
  const FakeClock clock(Date::from_ymd(2026, 11, 22));
  const Actor analyst = Actor::account(7, "Analyst", {{Role::performance_analyst, "", ""}}, permissions);
  const Actor member = Actor::account(8, "Member", {{Role::panel_member, "", ""}}, permissions);
  test::for_each_engine(test::all_migrations(figures_desk_migrations()), [&](db::Database& database) {
    const Figure figure = sample_figure();
    const records::Kinds none;
    const auto doing = [&](const Actor& actor) {
      return commands::Doing{database, none, Reach(actor, nullptr, clock.today()), clock.now()};
    };
    CHECK(freeze(doing(member), figure, "A paper").error().kind == ProblemKind::forbidden);
    CHECK(freeze(doing(analyst), figure, "  ").error().fields.at(0).field == "reason");
    CHECK(freeze(doing(analyst), figure, std::string(501, 'x')).error().kind == ProblemKind::invalid);
    const auto id = freeze(doing(analyst), figure, "Strategic assessment, chapter 2");
    REQUIRE(id);
    database.read([&](db::Connection& connection) {
      const auto frozen = find_frozen(connection, *id);
      REQUIRE(frozen);
      CHECK(frozen->json == to_json(figure));
      CHECK(frozen->value_text == "25,328");
      CHECK(frozen->frozen_by == "account:7");
      CHECK(freezings_of(connection, figure.address, figure.address).size() == 1);
      // Frozen before the address named its type: it keeps its address, and is found under the one that does.
      Address named = figure.address;
      named.parameters.values["type"] = "all";
      CHECK(frozen->address == figure.address);
      REQUIRE(freezings_of(connection, named, figure.address).size() == 1);
      CHECK(freezings_of(connection, named, figure.address)[0].value_text == "25,328");
      CHECK(freezings_of(connection, named, named).empty());
      CHECK(list_frozen(connection).size() == 1);
      CHECK_FALSE(find_frozen(connection, *id + 1));
      const auto audit = db::read_audit(connection, "figures.", "", 10, 0);
      REQUIRE(audit.size() == 1);
      CHECK(audit[0].entry.sentence ==
            "Froze Recorded crime in <North> Worcestershire at 25,328: Strategic assessment, chapter 2");
      CHECK(db::verify_audit(connection));
    });
  });
}

TEST_CASE("the working names its inputs down to the file, and escapes what it is given") {
  Figure figure = sample_figure();
  figure.working.in_words = "a < b";
  const std::string html = explain(figure, "en", true).text();
  CHECK(html.find("25,328") != std::string::npos);
  CHECK(html.find("a &lt; b") != std::string::npos);
  CHECK(html.find("SHA-256 " + std::string(64, 'a')) != std::string::npos);
  CHECK(html.find("href=\"/evidence/sources/1\"") != std::string::npos);
  CHECK(html.find("West Mercia Police, ") != std::string::npos);
  CHECK(html.find(">April 2022</span>: not submitted") != std::string::npos);
  CHECK(html.find("/figures/crimes/rows.csv?area=E22000368&amp;from=2022-01&amp;to=2022-11") != std::string::npos);
  CHECK(explain(figure, "en", false).text().find("rows.csv") == std::string::npos);
}

TEST_CASE("a cell keeps the state of its figure") {
  Figure figure = sample_figure();
  {
    Figure doubtful = figure;
    doubtful.quantity.partial = false;
    doubtful.coverage = {11, 11, {}, {}, {}};
    CHECK(cell_of(doubtful).note.text().empty());
    doubtful.coverage = {
        11, 11, {}, {"North Yorkshire Police, April 2022: 3 of its 40 rows were refused and count nowhere"}, {}};
    CHECK(cell_of(doubtful).note.text() ==
          "Suspect: North Yorkshire Police, April 2022: 3 of its 40 rows were refused and count nowhere.");
    doubtful.coverage.present = 10;
    doubtful.quantity.partial = true;
    CHECK(cell_of(doubtful).note.text().find("At least: months are missing or not known. Suspect: ") == 0);
    // A category of one month is not known, and the rest of that month counts: nothing is missing but that.
    doubtful.coverage = {3,  2, {"Surrey Police, April 2022: no row of Robbery"}, {},
                         {}, 1, {"Robbery in April 2022 (Surrey Police)"}};
    CHECK(cell_of(doubtful).note.text() ==
          "At least: without Robbery in April 2022 (Surrey Police), which is not known.");
    doubtful.coverage = {};
    CHECK(cell_of(doubtful).note.text() == "At least: something that it rests on is not known.");
  }
  CHECK(cell_of(figure).whole == 25328);
  CHECK(cell_of(figure).url.text() == "/figures/crimes?area=E22000368&from=2022-01&to=2022-11");
  figure.quantity = Quantity::unknown(Unit::rate, "per 1,000", "No population.");
  CHECK(cell_of(figure).state == exports::CellState::unknown);
  CHECK(cell_of(figure).note == "No population.");
  figure.quantity = Quantity::suppressed("crimes");
  CHECK(cell_of(figure).state == exports::CellState::suppressed);
  CHECK(cell_of(figure).text == "fewer than 5");
  figure.quantity = Quantity::withheld(Unit::rate, "crimes per 1,000 people");
  CHECK(cell_of(figure).state == exports::CellState::suppressed);
  CHECK(cell_of(figure).text == "withheld");
  figure.quantity = Quantity::real(0.034, Unit::change, "change", 1);
  CHECK(cell_of(figure).text == "+3.4%");
}

TEST_CASE("the first line of a command says that a number is a floor, one thing is one, and inputs have names") {
  Figure figure = sample_figure();
  figure.quantity.partial = false;
  CHECK(in_lines(figure).starts_with("Recorded crime in <North> Worcestershire: 25,328 crimes\n"));
  figure.quantity.partial = true;
  CHECK(
      in_lines(figure).starts_with("Recorded crime in <North> Worcestershire: at least 25,328 crimes\n  Months are "
                                   "missing or not known. This is the least it can be"));
  CHECK(explain(figure, "en", false).text().find("Months are missing or not known. This is the least it can be") !=
        std::string::npos);
  figure.coverage = {3,  2, {"Surrey Police, April 2022: no row of Robbery"}, {},
                     {}, 1, {"Robbery in April 2022 (Surrey Police)"}};
  for (const std::string& text : {in_lines(figure), explain(figure, "en", false).text()}) {
    CHECK(text.find("This is the least it can be, not the whole: it is without Robbery in ") != std::string::npos);
    CHECK(text.find("which is not known; what else is in that month is counted.") != std::string::npos);
    CHECK(text.find("onths are missing") == std::string::npos);
  }
  CHECK(figure.coverage.text() == "2 of 3 force-months, 1 in part");
  CHECK(figure.coverage.absent() == 0);
  const auto kept = from_json(to_json(figure));
  REQUIRE(kept);
  CHECK(kept->coverage.in_part == 1);
  CHECK(kept->coverage.without == figure.coverage.without);
  CHECK(part_of(figure, "coverage.in-part")->quantity.integer() == 1);
  CHECK(part_of(figure, "coverage.counted")->quantity.integer() == 3);
  // A mean or a difference of parts is no floor.
  Figure mean = figure;
  mean.quantity.either_way = true;
  CHECK(in_lines(mean).starts_with(
      "Recorded crime in <North> Worcestershire: of a part only: 25,328 crimes\n  It rests on a part only"));
  CHECK(cell_of(mean).note.text() == "Of a part only: what is not known may raise it or lower it.");
  CHECK(explain(mean, "en", false).text().find("the least it can be") == std::string::npos);
  CHECK(from_json(to_json(mean))->quantity.either_way);
  CHECK_FALSE(from_json(to_json(figure))->quantity.either_way);
  // One of them is one.
  for (const auto& [unit, one] : {std::pair{"crimes", "crime"},
                                  {"crimes and incidents", "crime or incident"},
                                  {"people", "person"},
                                  {"months with a signal", "month with a signal"},
                                  {"hot spots", "hot spot"},
                                  {"bodies", "body"},
                                  {"less", "less"}}) {
    CHECK(Quantity::count(1, unit).unit_words() == one);
    CHECK(Quantity::count(2, unit).unit_words() == unit);
  }
  figure.quantity = Quantity::count(1, "crimes");
  Figure untitled = figure;
  untitled.working.title.clear();
  figure.working.inputs = {Input::of("x", "crimes, April 2022", untitled)};
  CHECK(in_lines(figure).starts_with("Recorded crime in <North> Worcestershire: 1 crime\n"));
  CHECK(in_lines(figure).find("\n  crimes, April 2022: 1 crime\n") != std::string::npos);
}
