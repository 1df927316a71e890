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
  CHECK(says(filled, "E22000368 | North Worcestershire | 289000 | Bromsgrove; Redditch; Wyre Forest"));
  CHECK_FALSE(says(filled, "E22000372"));  // another force's
  CHECK(house.service->scheme(SchemeId{1})->version == before);
  CHECK(says(house.change(form, {{"do", "fill"}, {"force", "E23000016"}}), "E22000368 | North Worcestershire |"));
  const auto refused = [&](const web::Fields& fields, const char* field, const char* words) {
    const http::Response answer = house.change(form, fields);
    CHECK(answer.status == 400);
    CHECK(has(answer, std::string("id=\"") + field + "-error\""));
    CHECK(says(answer, words));
  };
  refused({{"do", "fill"}, {"force", "E23000016"}, {"as-at", "yesterday"}}, "as-at", "Write the day as 2022-12-31");
  refused({{"do", "fill"}, {"force", "E23000016"}, {"population-year", "1901"}}, "population-year",
          "No estimate of that year was imported.");
  refused({{"do", "fill"}, {"force", "E99999999"}}, "force", "The register has no partnerships there");

  REQUIRE(house.change(form, {{"areas", "E22000368 | North Worcestershire"}}).status == 303);
  const std::string last = "/funding/schemes/1/last-year";
  const web::Fields amounts = {{"year", "2011/12"},
                               {"amounts", "X-bromsgrove-csp, 100.00\nX-redditch-csp, 50.00\nX-wyre-forest-csp, 25.00"},
                               {"do", "register"}};
  // Nobody has accepted it yet: said, and nothing is made up.
  std::vector<std::int64_t> ids;
  for (const register_::Succession& one : house.areas->areas()->successions_of("X-bromsgrove-csp"))
    ids.push_back(one.id);
  REQUIRE(ids.size() == 1);
  REQUIRE(house.areas
              ->review_succession(house.command_line(), ids[0], register_::Succession::Review::rejected, {}, "A test")
              .has_value());
  const http::Response none = house.change(last, amounts);
  CHECK(none.status == 400);
  CHECK(says(none, "The register has no accepted succession of X-bromsgrove-csp"));
  REQUIRE(house.areas
              ->review_succession(house.command_line(), ids[0], register_::Succession::Review::accepted,
                                  Date::from_ymd(2012, 4, 1), "A test")
              .has_value());
  const http::Response found = house.change(last, amounts);
  CHECK(found.status == 200);
  CHECK(says(found, "X-bromsgrove-csp; X-redditch-csp; X-wyre-forest-csp = E22000368"));
  REQUIRE(house
              .change(last, {{"year", "2011/12"},
                             {"amounts", amounts[1].second},
                             {"succession", "X-bromsgrove-csp; X-redditch-csp; X-wyre-forest-csp = E22000368"}})
              .status == 303);
  REQUIRE(house.change("/funding/schemes/1/steps/new", {{"type", "direct_shares"}, {"by", "last_year"}}).status == 303);
  const http::Response page = house.get("/funding/schemes/1");
  for (const char* wanted : {"£175.00", "£1,000.00", "£825.00"})
    CHECK(says(page, wanted));  // last year, this year, the difference
}

TEST_CASE("a table comes as a workbook: its first sheet is the table, and what is kept is the file as it came") {
  House house;
  REQUIRE(house.change("/funding/schemes/1/areas", {{"areas", "a | Ayton\nb | Beeford"}}).status == 303);
  exports::Table table{.id = "need", .title = "Need", .caption = "Need"};
  table.columns = {{"area", "area"}, {"value", "value", exports::ColumnKind::integer}};
  table.rows = {{exports::text_cell("Ayton"), exports::integer_cell(3)},
                {exports::text_cell("b"), exports::integer_cell(1)}};
  const auto workbook = exports::to_xlsx(table, {});
  REQUIRE(workbook.has_value());
  const web::Fields form = {{"type", "weighted_indicators"}, {"count", "1"},
                            {"indicators-0-name", "Need"},   {"indicators-0-weight", "100"},
                            {"indicators-0-from", "table"},  {"indicators-0-source", "Index of need"}};
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
  CHECK(need.values.at("a").at(0).value.text() == "3");
  CHECK(need.values.at("b").at(0).value.text() == "1");
  CHECK(need.origin.source.rows == 2);
  CHECK(need.origin.source.url.starts_with("/evidence/sources/"));
  const http::Response page = house.get("/funding/schemes/1");
  for (const char* wanted : {"£750.00", "£250.00"}) CHECK(says(page, wanted));
}
