// What a form of a scheme fills in by itself, from the real register of the sample: areas with populations, what became
// of last year's areas. And a table that comes as a workbook.
#include <doctest/doctest.h>

#include "exports/xlsx.h"
#include "slices/pots/house_for_tests.h"
#include "support/source_dir.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

// Made-up numbers of people, of 2022 alone.
void add_people(figures::Registry& registry) {
  figures::Kind people;
  people.name = "population";
  for (const char* parameter : {"area", "as-at", "year"})
    people.parameters.push_back({parameter, "text", false, "", ""});
  people.compute = [](const figures::Parameters& parameters, const figures::Viewer&,
                      figures::Detail) -> Result<figures::Figure> {
    figures::Figure figure;
    figure.address = {"population", parameters};
    figure.quantity =
        parameters.get("year") == "2022"
            ? figures::Quantity::count(parameters.get("area") == "E22000368" ? 289'000 : 100'000, "people")
            : figures::Quantity::unknown(figures::Unit::count, "people", "No estimate of that year was imported.");
    figure.evidence_version = "v1";
    return figure;
  };
  registry.add(std::move(people), figures::Cost::light);
}

// With the register's part of the demonstration, a pot and a scheme that is empty.
struct House : Room {
  House() : Room(add_people, Areas::registered) {
    REQUIRE(wiring.demonstration.front()(tests::source_dir() + "/data/sample").has_value());
    as(Role::commissioning_officer);
    REQUIRE(post("/funding/pots/new", {{"title", "Fund"},
                                       {"financial-year", "2012/13"},
                                       {"area", "E23000016"},
                                       {"fund-0-name", "Grant"},
                                       {"fund-0-amount", "1000.00"}})
                .status == 303);
    REQUIRE(post("/funding/schemes/new", {{"pot", "1"}, {"title", "Need"}}).status == 303);
  }
};

}  // namespace

TEST_CASE(
    "areas are filled in from the register with their districts and populations, and what became of areas as it was "
    "accepted") {
  House house;
  const std::string form = "/funding/schemes/1/areas";
  const std::int64_t before = house.service->scheme(SchemeId{1})->version;
  const http::Response filled = house.change(
      form, {{"do", "fill"}, {"force", "E23000016"}, {"as-at", "2022-12-31"}, {"population-year", "2022"}});
  CHECK(filled.status == 200);
  // The row of North Worcestershire, wherever it stands.
  const auto row = [](const http::Response& page) {
    for (int i = 0; i < 20; ++i)
      if (const std::string at = "area-" + std::to_string(i) + "-";
          test::field_value(page, at + "area-is") == "E22000368")
        return at;
    return std::string("no row");
  };
  CHECK(test::field_value(filled, row(filled) + "area") == "North Worcestershire");
  CHECK(test::field_value(filled, row(filled) + "people") == "289000");
  CHECK(has(filled, "Bromsgrove\nRedditch\nWyre Forest</textarea>"));
  CHECK_FALSE(says(filled, "E22000372"));  // another force's
  CHECK(house.service->scheme(SchemeId{1})->version == before);
  const http::Response without = house.change(form, {{"do", "fill"}, {"force", "E23000016"}});
  CHECK(test::field_value(without, row(without) + "area") == "North Worcestershire");
  CHECK(test::field_value(without, row(without) + "people").empty());
  const auto refused = [&](const web::Fields& fields, const char* field, const char* words) {
    const http::Response answer = house.change(form, fields);
    CHECK(answer.status == 400);
    CHECK(has(answer, std::string("id=\"") + field + "-error\""));
    CHECK(says(answer, words));
  };
  refused({{"do", "fill"}, {"force", "E23000016"}, {"as-at", "yesterday"}}, "as-at", "Enter a day such as 2012-04-01");
  refused({{"do", "fill"}, {"force", "E23000016"}, {"population-year", "1901"}}, "population-year",
          "No estimate of that year was imported.");
  refused({{"do", "fill"}, {"force", "E99999999"}}, "force", "The register has no partnerships there");

  REQUIRE(house.change(form, {{"area-0-area", "North Worcestershire"}}).status == 303);
  const std::string last = "/funding/schemes/1/last-year";
  const web::Fields amounts = {{"year", "2011/12"},          {"money-0-area", "X-bromsgrove-csp"},
                               {"money-0-amount", "100.00"}, {"money-1-area", "X-redditch-csp"},
                               {"money-1-amount", "50.00"},  {"money-2-area", "X-wyre-forest-csp"},
                               {"money-2-amount", "25.00"}};
  web::Fields register_asked = amounts;
  register_asked.emplace_back("do", "register");
  // Nobody has accepted it yet: said, and nothing is made up.
  std::vector<std::int64_t> ids;
  for (const register_::Succession& one : house.areas->areas()->successions_of("X-bromsgrove-csp"))
    ids.push_back(one.id);
  REQUIRE(ids.size() == 1);
  REQUIRE(house.areas
              ->review_succession(house.command_line(), ids[0], register_::Succession::Review::rejected, {}, "A test")
              .has_value());
  const http::Response none = house.change(last, register_asked);
  CHECK(none.status == 400);
  CHECK(says(none, "The register has no accepted succession of Bromsgrove"));
  REQUIRE(house.areas
              ->review_succession(house.command_line(), ids[0], register_::Succession::Review::accepted,
                                  Date::from_ymd(2012, 4, 1), "A test")
              .has_value());
  const http::Response found = house.change(last, register_asked);
  CHECK(found.status == 200);
  web::Fields saved = amounts;
  for (const char* field : {"became-0-from", "became-1-from", "became-2-from", "became-0-to", "became-2-to"}) {
    saved.emplace_back(field, test::field_value(found, field));
    saved.emplace_back(std::string(field) + "-is", test::field_value(found, std::string(field) + "-is"));
  }
  saved.emplace_back("became-1-to", "North Worcestershire");
  CHECK(test::field_value(found, "became-2-from-is") == "X-wyre-forest-csp");
  CHECK(test::field_value(found, "became-2-to") == "North Worcestershire");
  REQUIRE(house.change(last, saved).status == 303);
  REQUIRE(house.scheme().successions.size() == 1);
  CHECK(house.scheme().successions[0].before.size() == 3);
  REQUIRE(house.change("/funding/schemes/1/steps/new", {{"type", "direct_shares"}, {"by", "last_year"}}).status == 303);
  const http::Response page = house.get("/funding/schemes/1");
  for (const char* wanted : {"£175.00", "£1,000.00", "£825.00"})
    CHECK(says(page, wanted));  // last year, this year, the difference
}

TEST_CASE("a table comes as a workbook: its first sheet is the table, and what is kept is the file as it came") {
  House house;
  // Names that the register does not have: asked whether they are meant, where something comes near.
  const http::Response asked =
      house.change("/funding/schemes/1/areas", {{"area-0-area", "Ayton"}, {"area-1-area", "Beeford"}});
  if (asked.status != 303) {
    CHECK(asked.status == 400);
    CHECK(says(asked, "as it is written: not in the register"));
    REQUIRE(house
                .change("/funding/schemes/1/areas", {{"area-0-area", "Ayton"},
                                                     {"area-0-area-is", "as written: Ayton"},
                                                     {"area-1-area", "Beeford"},
                                                     {"area-1-area-is", "as written: Beeford"}})
                .status == 303);
  }
  exports::Table table{.id = "need", .title = tr("Need"), .caption = tr("Need")};
  table.columns = {{"area", tr("area")}, {"value", tr("value"), exports::ColumnKind::integer}};
  table.rows = {{exports::text_cell("Ayton"), exports::integer_cell(3)},
                {exports::text_cell("beeford"), exports::integer_cell(1)}};
  const auto workbook = exports::to_xlsx(table, {});
  REQUIRE(workbook.has_value());
  const web::Fields form = {{"type", "weighted_indicators"},
                            {"indicators-0-name", "Need"},
                            {"indicators-0-weight", "100"},
                            {"indicators-0-from", "table"},
                            {"indicators-0-source", "Index of need"}};
  const std::string step = "/funding/schemes/1/steps/new";
  const http::Response broken =
      house.change(step, form, {{"indicators-0-file", "need.xlsx", workbook->substr(0, workbook->size() / 2)}});
  CHECK(broken.status == 400);
  CHECK(has(broken, "id=\"indicators-0-file-error\""));
  CHECK(house.scheme().steps.empty());
  const http::Response saved = house.change(step, form, {{"indicators-0-file", "need.xlsx", *workbook}});
  REQUIRE_MESSAGE(saved.status == 303, saved.body);
  const Scheme scheme = house.scheme();
  const Indicator& need = std::get<WeightedIndicators>(scheme.steps.at(0).what).indicators.at(0);
  CHECK(need.values.at("ayton").at(0).value.text() == "3");
  CHECK(need.values.at("beeford").at(0).value.text() == "1");
  CHECK(need.origin.source.rows == 2);
  CHECK(need.origin.source.url.starts_with("/evidence/sources/"));
  const http::Response page = house.get("/funding/schemes/1");
  for (const char* wanted : {"£750.00", "£250.00"}) CHECK(says(page, wanted));
}
