// The forms of a scheme through the site's own pipeline, on both engines: its steps and indicators, its areas, last
// year's money. What is wrong is said at its field, comes back as typed, and is not saved.
#include <doctest/doctest.h>

#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "slices/pots/begun_for_tests.h"
#include "slices/pots/pickers.h"
#include "slices/pots/scheme_fields.h"
#include "slices/pots/step_fields.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

using Form = web::Fields;

}  // namespace

TEST_CASE("the form of a step: wrong input is a sentence at its field, and the scheme stays as it was") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    pages.begin();
    const std::int64_t before = pages.version();
    const auto refused = [&](Form form, const std::string& at, const std::string& words) {
      const http::Response page = pages.change("/funding/schemes/1/steps/new", form);
      CAPTURE(words);
      CHECK(page.status == 400);
      CHECK_MESSAGE(says(page, words), page.body);
      CHECK(has(page, "href=\"#" + at + "\""));
      CHECK(has(page, "id=\"" + at + "-error\""));
      CHECK(pages.version() == before);
    };
    const auto weighted = [](const std::string& weight, const std::string& of_a, const std::string& of_b) {
      return Form{{"type", "weighted_indicators"},         {"amount", ""},
                  {"indicators-0-name", "Crime"},          {"indicators-0-weight", weight},
                  {"indicators-0-from", "table"},          {"indicators-0-year-0-value-of-a", of_a},
                  {"indicators-0-year-0-value-of-b", of_b}};
    };
    refused(weighted("90", "1", "2"), "indicators-0-weight", "the weights come to 90, not 100");
    refused(weighted("100", "1", ""), "indicators-0-year-0-value-of-b", "there is no value for Beeford");
    refused(weighted("100", "1", "60%"), "indicators-0-year-0-value-of-b", "“60%” is a percentage");
    refused(weighted("100", "", ""), "indicators-0-year-0-value-of-a", "Write a value for each area");
    refused({{"type", "weighted_indicators"},
             {"indicators-0-name", "Crime"},
             {"indicators-0-weight", "100"},
             {"indicators-0-pasted", "a,1\nc,2"}},
            "indicators-0-pasted", "there is no area “c”");
    refused(weighted("many", "1", "2"), "indicators-0-weight",
            "Write a number, for example 12.5, or a fraction, for example 1/3.");
    refused({{"type", "floor"}, {"amount", "60.00"}}, "amount", "the floors come to £120.00");
    refused({{"type", "fixed_amount"}, {"amount", "-5"}}, "amount", "Enter an amount in pounds");
    refused({{"type", "fixed_amount"}, {"amount", "92233720368547758.08"}}, "amount",
            "The amount is too large. The largest is");
    refused({{"type", "hold_back"}, {"amount", "5"}}, "purpose", "what the money is held back for");
    refused({{"type", "hold_back"}, {"purpose", "Reviews"}}, "amount", "give an amount or a share");
    refused({{"type", "override"}, {"area", "a"}, {"value", "5"}, {"approver", "Chair"}}, "reason",
            "an override needs a reason");
    refused({{"type", "phase_in"}, {"path", "50, 40"}}, "path", "goes back behind the year before");
    refused({{"type", "over_programming"}, {"percent", "5"}}, "underwritten-by", "who answers for the difference");
    refused({{"type", "direct_shares"}, {"by", "percentages"}, {"split-of-a", "60"}, {"split-of-b", "30"}},
            "split-of-a", "come to 90, not 100");
    // What cannot be read and what is missing beside it are told together, at a step and at the scheme.
    const http::Response both =
        pages.change("/funding/schemes/1/steps/new", {{"type", "hold_back"}, {"amount", "some"}});
    for (const char* field : {"amount", "purpose"})
      CHECK_MESSAGE(has(both, std::string("id=\"") + field + "-error\""), field);
    CHECK(test::field_value(both, "amount") == "some");
    const http::Response settings = pages.change("/funding/schemes/1/settings", {{"title", ""},
                                                                                 {"unit", "pounds"},
                                                                                 {"rule", "nearest"},
                                                                                 {"payment-0-name", "April"},
                                                                                 {"payment-0-share", "80"}});
    for (const char* field : {"title", "unit", "payment-0-share"})
      CHECK_MESSAGE(has(settings, std::string("id=\"") + field + "-error\""), field);
    // A step that is right but for an area without a year before.
    REQUIRE(pages.change("/funding/schemes/1/order", {{"step", "1"}, {"do", "out"}}).status == 303);
    REQUIRE(pages
                .change("/funding/schemes/1/last-year",
                        {{"year", "2011/12"}, {"money-0-area", "a"}, {"money-0-amount", "60.00"}})
                .status == 303);
    const std::int64_t now = pages.version();
    const http::Response none =
        pages.change("/funding/schemes/1/steps/new", {{"type", "hold_harmless"}, {"percent", "5"}});
    CHECK(none.status == 400);
    CHECK(says(none, "Beeford has no money in 2011/12 and no predecessor"));
    CHECK(has(none, "id=\"amount-error\""));
    // An unknown rule of rounding, in the form and in a file.
    const http::Response rule =
        pages.change("/funding/schemes/1/settings", {{"title", "T"}, {"unit", "1.00"}, {"rule", "upwards"}});
    CHECK(rule.status == 400);
    CHECK(has(rule, "id=\"rule-error\""));
    CHECK(pages.version() == now);
    CHECK(pages.get("/funding/schemes/1/steps/new?type=magic").status == 404);
    CHECK(pages.get("/funding/schemes/1/steps/5").status == 404);
    for (const StepType& type : step_types())
      CHECK(pages.get("/funding/schemes/1/steps/new?type=" + type.code).status == 200);
  });
}

TEST_CASE("a scheme is composed step by step, moved, copied, taken out") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    pages.begin();
    CHECK(says(pages.get("/funding/schemes/1"), "£60.00"));
    const Form held = {{"type", "hold_back"}, {"purpose", "Reviews"}, {"percent", "10"}, {"of", "pot"}};
    CHECK(has(pages.get("/funding/schemes/1/steps/new?type=hold_back"), "<option value=\"1\" selected"));
    // Nothing remains at the end: said, and typed again with another place.
    const http::Response late = pages.change("/funding/schemes/1/steps/new", held);
    CHECK(late.status == 400);
    CHECK(says(late, "only £0.00 remains"));
    Form first = held;
    first.emplace_back("place", "1");
    REQUIRE(pages.change("/funding/schemes/1/steps/new", first).status == 303);
    REQUIRE(pages.scheme().steps.size() == 2);
    CHECK(type_of(pages.scheme().steps[0]) == "hold_back");
    const http::Response page = pages.get("/funding/schemes/1");
    for (const char* wanted : {"£54.00", "£36.00", "Held back: Reviews", "10% of the pot is held back for: Reviews.",
                               "Move down", "The table comes to the pot"}) {
      CAPTURE(wanted);
      CHECK(says(page, wanted));
    }
    // Down it would find nothing: refused on the page of the scheme, nothing moved.
    const std::int64_t before = pages.version();
    const http::Response moved = pages.change("/funding/schemes/1/order", {{"step", "1"}, {"do", "down"}});
    CHECK(moved.status == 400);
    CHECK(says(moved, "Nothing was saved"));
    CHECK(pages.version() == before);
    REQUIRE(pages.change("/funding/schemes/1/steps/new", {{"type", "floor"}, {"amount", "40.00"}}).status == 303);
    REQUIRE(pages.change("/funding/schemes/1/steps/new", {{"type", "cap"}, {"amount", "50.00"}}).status == 303);
    REQUIRE(pages.change("/funding/schemes/1/order", {{"step", "4"}, {"do", "up"}}).status == 303);
    CHECK(type_of(pages.scheme().steps[2]) == "cap");
    CHECK(pages.change("/funding/schemes/1/order", {{"step", "4"}, {"do", "down"}}).status == 400);
    // The form of a step shows what is kept; another editor's change is a conflict with both versions.
    CHECK(has(pages.get("/funding/schemes/1/steps/4"), "value=\"40.00\""));
    const std::int64_t seen = pages.version();
    REQUIRE(pages.change("/funding/schemes/1/steps/4", {{"type", "floor"}, {"amount", "41.00"}}).status == 303);
    const http::Response conflict = pages.post(
        "/funding/schemes/1/steps/4", {{"type", "floor"}, {"amount", "42.00"}, {"seen", std::to_string(seen)}});
    CHECK(conflict.status == 409);
    for (const char* wanted : {"41.00", "42.00"}) CHECK(has(conflict, wanted));
    // Tranches and rounding.
    REQUIRE(pages
                .change("/funding/schemes/1/settings", {{"title", "With tranches"},
                                                        {"unit", "1.00"},
                                                        {"rule", "truncate"},
                                                        {"rest-to", "Reviews"},
                                                        {"payment-0-name", "April"},
                                                        {"payment-0-share", "80"},
                                                        {"payment-0-due", "2012-04-30"},
                                                        {"payment-1-name", "October"},
                                                        {"payment-1-share", "20%"},
                                                        {"payment-1-condition", "Report"}})
                .status == 303);
    const http::Response tranches = pages.get("/funding/schemes/1");
    for (const char* wanted :
         {"With tranches", "October: 20%, when: Report", "What rounding leaves is borne by “Reviews”."})
      CHECK(reads(tranches, wanted));
    CHECK(says(pages.change("/funding/schemes/1/settings", {{"title", "T"},
                                                            {"unit", "1.00"},
                                                            {"rule", "nearest"},
                                                            {"payment-0-name", "April"},
                                                            {"payment-0-share", "80"}}),
               "The tranches come to 80 per cent"));
    // More than there is: refused at the field, and let where it is declared; what is declared is said.
    CHECK(has(pages.get("/funding/schemes/1/settings"), "name=\"may-exceed\""));
    CHECK(says(pages.change("/funding/schemes/1/settings",
                            {{"title", "T"}, {"unit", "1.00"}, {"rule", "truncate"}, {"may-exceed", "declared"}}),
               "can come to more than there is"));
    // As a file, out and in.
    const http::Response file = pages.get("/funding/schemes/1/scheme.json");
    const auto read = read_scheme(file.body, NoFiles());
    REQUIRE_MESSAGE(read.has_value(), read.error().message);
    CHECK(allocate(*read)->areas[0].amount == Money{49'00});
    // A copy stands beside it.
    CHECK(pages.post("/funding/schemes/1/copy", {{"version", "2"}, {"title", " "}}).status == 400);
    const http::Response copy =
        pages.post("/funding/schemes/1/copy", {{"version", std::to_string(pages.version())}, {"title", "Beside it"}});
    REQUIRE(copy.status == 303);
    CHECK(says(pages.get(location(copy)), "Copied from"));
    CHECK(says(pages.get("/funding/pots/1"), "Beside it"));
    // Steps go one by one, also where what is left does not work.
    for (int i = 0; i < 4; ++i)
      REQUIRE(pages.change("/funding/schemes/1/order", {{"step", "1"}, {"do", "out"}}).status == 303);
    CHECK(says(pages.get("/funding/schemes/1"), "There are no steps yet"));
    CHECK(pages.post("/funding/schemes/1/withdraw", {{"seen", std::to_string(pages.version())}, {"reason", "Replaced"}})
              .status == 303);
    CHECK(pages.get("/funding/schemes/1/areas").status == 409);
    for (const char* path : {"settings", "areas", "last-year", "import", "copy", "withdraw", "steps/1"})
      CHECK(pages.get(location(copy) + "/" + path).status == 200);
    pages.as(Role::auditor);
    CHECK(pages.get(location(copy)).status == 200);
    CHECK_FALSE(has(pages.get(location(copy)), "Move up"));
    CHECK(pages.get(location(copy) + "/areas").status == 403);
    CHECK(pages.change("/funding/schemes/2/order", {{"step", "1"}, {"do", "out"}}).status == 403);
  });
}

TEST_CASE("indicators: figures by area, a table that is kept, and both come back in the form") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    pages.begin();
    REQUIRE(pages.change("/funding/schemes/1/order", {{"step", "1"}, {"do", "out"}}).status == 303);
    const Form form = {{"type", "weighted_indicators"},
                       {"indicators-0-name", "Burglary"},
                       {"indicators-0-weight", "60"},
                       {"indicators-0-from", "evidence"},
                       {"indicators-0-transform", "rate"},
                       {"indicators-0-per", "1000"},
                       {"indicators-0-indicator", "burgl"},
                       {"indicators-0-span-0-from", "January 2022"},
                       {"indicators-0-span-0-to", "2022-11"},
                       {"indicators-0-span-0-year", "2022"},
                       {"indicators-1-name", "Need"},
                       {"indicators-1-weight", "40"},
                       {"indicators-1-from", "table"},
                       {"indicators-1-year-0-period", "2021"},
                       {"indicators-1-year-0-value-of-a", "3"},
                       {"indicators-1-year-0-value-of-b", "1"},
                       {"indicators-1-year-1-period", "2022"},
                       {"indicators-1-year-1-value-of-a", "5"},
                       {"indicators-1-year-1-value-of-b", "2"},
                       {"indicators-1-source", "Index of need"},
                       {"indicators-1-publisher", "The office"},
                       {"indicators-1-reference-date", "2022"}};
    const http::Response saved = pages.change("/funding/schemes/1/steps/new", form);
    REQUIRE_MESSAGE(saved.status == 303, saved.body);
    const Scheme scheme = pages.scheme();
    const auto& step = std::get<WeightedIndicators>(scheme.steps[0].what);
    CHECK(step.indicators[0].from_figures[0].value ==
          "/figures/crimes?area={area}&from=2022-01&to=2022-11&type=burglary");
    CHECK(step.indicators[1].values.at("a").size() == 2);
    const std::string url = step.indicators[1].origin.source.url;
    CHECK(url == "/evidence/sources/2");  // after the table of last year's money
    const http::Response page = pages.get("/funding/schemes/1/steps/1");
    for (const char* wanted :
         {"value=\"January 2022\"", "value=\"Burglary\"", "value=\"Index of need\"", "value=\"2021\"", "value=\"2022\"",
          "name=\"indicators-0-indicator-is\" value=\"crimes/burglary\"", "data-url=\"/funding/indicators\""})
      CHECK(has(page, wanted));
    for (const char* never : {"{area}", "/figures/"}) CHECK_FALSE(has(page, never));
    CHECK(pages.get("/funding/indicators?q=burg").body ==
          R"([{"name":"Burglary","kind":"police data, by month: December 2010 onwards"}])");
    // Weights move; the table stays the one that was kept.
    Form moved = form;
    for (auto& [name, text] : moved)
      if (name.ends_with("-weight")) text = "50";
    REQUIRE(pages.change("/funding/schemes/1/steps/1", moved).status == 303);
    CHECK(std::get<WeightedIndicators>(pages.scheme().steps[0].what).indicators[1].origin.source.url == url);
    // With an area more, figures follow by themselves and a typed table wants its line.
    const http::Response more = pages.change(
        "/funding/schemes/1/areas", {{"area-0-area", "Ayton"}, {"area-1-area", "Beeford"}, {"area-2-area", "Carton"}});
    CHECK(more.status == 400);
    CHECK(says(more, "there is no value for Carton"));
    REQUIRE(pages.change("/funding/schemes/1/areas", {{"area-0-area", "Ayton"}}).status ==
            400);  // Beeford had money last year
    const auto refused = [&](const char* field, const char* value, const char* at) {
      Form bad = form;
      for (auto& [name, text] : bad)
        if (name == field) text = value;
      const http::Response answer = pages.change("/funding/schemes/1/steps/1", bad);
      CHECK(answer.status == 400);
      CHECK(has(answer, std::string("id=\"") + at + "-error\""));
    };
    refused("indicators-0-span-0-to", "November", "indicators-0-span-0-to");
    refused("indicators-0-span-0-year", "", "indicators-0-span-0-year");
    refused("indicators-0-indicator", "crime", "indicators-0-indicator");  // several: offered by their names
    refused("indicators-0-name", "", "indicators-0-name");
    refused("indicators-1-year-1-value-of-b", "", "indicators-1-year-0-value-of-b");
    refused("indicators-1-year-1-period", "", "indicators-1-year-1-period");
    Form more_of = form;
    more_of.emplace_back("do", "add-indicators");
    CHECK(has(pages.change("/funding/schemes/1/steps/1", more_of), "indicators-2-name"));
    more_of.back().second = "out-indicators-0";
    const http::Response fewer = pages.change("/funding/schemes/1/steps/1", more_of);
    CHECK(test::field_value(fewer, "indicators-0-name") == "Need");
    CHECK_FALSE(has(fewer, "name=\"indicators-1-name\""));
  });
}

TEST_CASE("last year's money: merged and split areas, amounts of another scheme") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    pages.begin();
    const http::Response lost = pages.change("/funding/schemes/1/last-year", {{"year", "2011/12"},
                                                                              {"money-0-area", "a"},
                                                                              {"money-0-amount", "60"},
                                                                              {"money-1-area", "old"},
                                                                              {"money-1-amount", "40"}});
    CHECK(lost.status == 400);
    CHECK(says(lost, "Say in the succession who came after it"));
    const auto with_old = [](Form more) {
      Form form = {{"year", "2011/12"}, {"money-0-area", "old"}, {"money-0-amount", "100"}};
      form.insert(form.end(), more.begin(), more.end());
      return form;
    };
    const http::Response split = pages.change(
        "/funding/schemes/1/last-year",
        with_old({{"became-0-from", "old"}, {"became-0-to", "a"}, {"became-1-from", "old"}, {"became-1-to", "b"}}));
    CHECK(split.status == 400);
    CHECK(says(split, "was split, and no share of its money is given"));
    CHECK(has(split, "id=\"became-0-from-error\""));
    // All that is wrong is told at once, each at its field.
    const http::Response half = pages.change(
        "/funding/schemes/1/last-year",
        {{"money-0-area", "old"}, {"money-0-amount", "a lot"}, {"money-1-amount", "5"}, {"became-0-from", "old"}});
    for (const char* field : {"year", "money-0-amount", "money-1-area", "became-0-to"})
      CHECK_MESSAGE(has(half, std::string("id=\"") + field + "-error\""), field);
    CHECK(test::field_value(half, "money-0-amount") == "a lot");
    REQUIRE(pages
                .change("/funding/schemes/1/last-year", with_old({{"money-0-name", "Oldton"},
                                                                  {"became-0-from", "old"},
                                                                  {"became-0-to", "a"},
                                                                  {"became-0-share", "70"},
                                                                  {"became-1-from", "old"},
                                                                  {"became-1-to", "b"},
                                                                  {"became-1-share", "30"}}))
                .status == 303);
    CHECK(says(pages.get("/funding/schemes/1"), "£70.00"));
    const http::Response kept = pages.get("/funding/schemes/1/last-year");
    CHECK(test::field_value(kept, "money-0-area") == "Oldton");
    CHECK(test::field_value(kept, "became-1-to") == "Beeford");
    CHECK(test::field_value(kept, "became-1-share") == "30");
    // The next year begins from what this scheme gave.
    REQUIRE(pages
                .post("/funding/pots/new", {{"title", "Fund"},
                                            {"financial-year", "2013/14"},
                                            {"fund-0-name", "Grant"},
                                            {"fund-0-amount", "200.00"}})
                .status == 303);
    REQUIRE(pages.post("/funding/schemes/new", {{"pot", "2"}, {"title", "Next"}}).status == 303);
    REQUIRE(
        pages.post("/funding/schemes/2/areas", {{"seen", "1"}, {"area-0-area", "a"}, {"area-1-area", "b"}}).status ==
        303);
    const http::Response filled =
        pages.post("/funding/schemes/2/last-year", {{"seen", "2"}, {"scheme", "1"}, {"do", "scheme"}});
    CHECK(filled.status == 200);
    for (const char* wanted : {"70.00", "30.00", "/funding/schemes/1?pot-version=1"}) CHECK(says(filled, wanted));
    CHECK(has(filled, "value=\"2012/13\""));
    REQUIRE(pages
                .post("/funding/schemes/2/last-year", {{"seen", "2"},
                                                       {"year", "2012/13"},
                                                       {"money-0-area", "a"},
                                                       {"money-0-amount", "70.00"},
                                                       {"money-1-area", "b"},
                                                       {"money-1-amount", "30.00"},
                                                       {"url", "/funding/schemes/1?pot-version=1&version=6"}})
                .status == 303);
    const auto record = pages.service->scheme(SchemeId{2});
    const Scheme next = *scheme_of(*record, *pages.service->pot(PotId{2}));
    CHECK(next.last_year->origin.source.url == "/funding/schemes/1?pot-version=1&version=6");
  });
}

TEST_CASE("every step comes back from its form as it was") {
  const std::string all =
      R"({"title":"All","areas":[{"key":"a","name":"Ayton","authorities":["x","y"],"population":1000},)"
      R"({"key":"b","name":"Beeford"}],"last_year":{"financial_year":"2011/12","amounts":{"a":"60.00","b":"40.00"}},
    "steps":[{"type":"over_programming","percent":"5","underwritten_by":"Reserve"},{"type":"hold_back",)"
      R"("purpose":"Reviews","percent":"2.5","of":"remaining","note":"Agreed"},
     {"type":"fixed_amount","amount":"5.00","per":"authority","areas":["a"]},
     {"type":"weighted_indicators","percent":"50","indicators":[{"name":"R","weight":"60","transform":"rate",)"
      R"("per":100,"decimals":1,"source":{"name":"File","sha256":"abc","rows":2},"values":{"a":{"value":3,)"
      R"("base":7},"b":{"value":1,"base":"9"}}},
       {"name":"M","weight":"30","transform":"share","reference_date":"2010","source":{"name":"Table",)"
      R"("sha256":"def","rows":4},"values":{"a":{"2009":"1.5","2010":"2"},"b":{"2009":3,"2010":4}}},
       {"name":"C","weight":"5","values":{},)"
      R"("values_from_figures":[{"value":"/figures/population?area={area}&year=2022"}]},
       {"name":"F","weight":"5","values":{},"values_from_figures":[{"period":"2021",)"
      R"("value":"/figures/other?area={area}&x=1"},{"period":"2022","value":"/figures/other?area={area}&x=2"}]}]},
     {"type":"direct_shares","by":"percentages","percentages":{"a":"100/3","b":"200/3"},"amount":"1.00",)"
      R"("source":{"name":"Split","sha256":"123","rows":2}},
     {"type":"floor","by_area":{"a":"1.00"},"when_short":"in_proportion"},{"type":"cap",)"
      R"("percent_of_last_year":"300","areas":["b"]},{"type":"hold_harmless","most_lost":"50.00","when_short":"refuse"},
     {"type":"gain_limit","most_gained_percent":"500"},{"type":"phase_in","path":["25","60","100"],"year":2},)"
      R"({"type":"override","area":"b","value":"10.00","reason":"A minute","approver":"Chair"}],
    "rounding":{"unit":"0.10","rule":"nearest","rest_to":"Reviews","may_exceed":true},)"
      R"("tranches":[{"name":"April","percent":"80","due":"2012-04-30"},{"name":"October","percent":"20",)"
      R"("condition":"Report"}]})";
  Pot pot;
  auto scheme = read_scheme_on(pot, all, NoFiles());
  REQUIRE_MESSAGE(scheme.has_value(), scheme.error().message);
  const std::string before = write_scheme(*scheme, false);
  for (Step& step : scheme->steps) {
    CAPTURE(type_of(step));
    Entered entered = entered_from(step);
    auto again = step_from(type_of(step), entered, *scheme, &step, {});
    REQUIRE(again.has_value());
    REQUIRE_MESSAGE(again->problem.message.empty(), again->problem.message);
    CHECK(again->tables.empty());
    step = again->step;
  }
  const forms::Finder finder = scheme_area_finder(*scheme, nullptr, Date::from_ymd(2012, 4, 1));
  const auto settled = [](const forms::Questions& asks, Entered entered) {
    const Problem wrong = settle_all(asks, entered);
    CHECK_MESSAGE(wrong.message.empty(), wrong.message);
    return entered;
  };
  const EnteredAreas areas = areas_from(settled(area_questions(finder), areas_entered(*scheme)), *scheme, finder);
  Scheme turned = with_areas(*scheme, areas.areas);
  SchemeRecord record;
  record.title = turned.title;
  const EnteredSettings settings =
      settings_from(settled(settings_questions(turned, turned.pot), settings_entered(record, turned)));
  turned.rounding = settings.rounding;
  turned.tranches = settings.tranches;
  turned.last_year =
      last_year_from(settled(last_year_questions(finder), last_year_entered(turned)), turned, finder).last_year;
  CHECK(write_scheme(turned, false) == before);
}
