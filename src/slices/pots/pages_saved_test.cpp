// Pots and schemes through the site's own pipeline, on both engines: what the demonstration shows, and that what is
// wrong is said at its field, comes back as typed, and is not saved.
#include <doctest/doctest.h>

#include "allocation/read_scheme.h"
#include "allocation/write_scheme.h"
#include "drafts/drafts.h"
#include "slices/pots/examples.h"
#include "slices/pots/house_for_tests.h"
#include "slices/pots/scheme_fields.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

using Form = web::Fields;

struct Pages : Room {
  explicit Pages(db::Database& database) : Room(database, made_up()) { as(Role::commissioning_officer); }
  // A pot of £100 and a scheme of two areas with last year's money and one step.
  void begin() {
    REQUIRE(
        post("/funding/pots/new",
             {{"title", "Fund"}, {"financial-year", "2012/13"}, {"fund-0-name", "Grant"}, {"fund-0-amount", "100.00"}})
            .status == 303);
    REQUIRE(post("/funding/schemes/new", {{"pot", "1"}, {"title", "By last year"}}).status == 303);
    REQUIRE(change("/funding/schemes/1/areas", {{"areas", "a | Ayton | 1000 | x; y\nb | Beeford"}}).status == 303);
    REQUIRE(change("/funding/schemes/1/last-year",
                   {{"year", "2011/12"}, {"amounts", "Ayton, 60.00\nb, 40.00"}, {"source", "Paper"}})
                .status == 303);
    REQUIRE(change("/funding/schemes/1/steps/new", {{"type", "direct_shares"}, {"by", "last_year"}}).status == 303);
  }
};

}  // namespace

TEST_CASE("the demonstration: Worcestershire with its TBC, and the need formula as the worked example has it") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    const Status delivered = pages.service->deliver_demonstration();
    REQUIRE_MESSAGE(delivered.has_value(), delivered.error().message);
    REQUIRE(pages.service->deliver_demonstration().has_value());
    CHECK(pages.service->count_pots({}) == 4);
    const http::Response list = pages.get("/funding/pots");
    CHECK(list.status == 200);
    for (const char* wanted :
         {"2010/11", "2011/12", "2012/13", "2023/24", "£707,000.00", "WCC Community Safety Grant Contribution"}) {
      CAPTURE(wanted);
      CHECK(says(list, wanted));
    }
    CHECK_FALSE(says(pages.get("/funding/pots?year=2010/11"), "£644,338.00"));
    CHECK(says(pages.get("/funding"), "£644,338.00"));
    const http::Response pot = pages.get("/funding/pots/3");
    for (const char* wanted : {"not known", "£275,000.00", "22 September 2011", "/figures/pot?of=known",
                               "The stated fund by last year's split"}) {
      CAPTURE(wanted);
      CHECK(says(pot, wanted));
    }
    // Issue 4, 2: the stated fund by the largest remainder.
    int found = 0;
    for (const SchemeRecord& record : pages.service->schemes_of(PotId{3}))
      if (record.delivered == "table-1-2012/13-stated") {
        const http::Response page = pages.get("/funding/schemes/" + std::to_string(record.id.value));
        for (const char* wanted : {"£37,388.00", "£56,008.00", "£124,561.00", "£57,043.00", "is not nought"})
          CHECK(says(page, wanted));
        ++found;
      }
    for (const SchemeRecord& record : pages.service->schemes_of(PotId{2})) {
      const http::Response page = pages.get("/funding/schemes/" + std::to_string(record.id.value));
      for (const char* wanted : {"£71,695.00", "£107,400.00", "£238,858.00", "£109,385.00", "to the penny"})
        CHECK(says(page, wanted));
      ++found;
    }
    for (const SchemeRecord& record : pages.service->schemes_of(PotId{4})) {
      const auto saved = pages.service->worked(record, *pages.service->pot(PotId{4}), {pages.clock.today(), false},
                                               figures::Detail::value);
      REQUIRE_MESSAGE(saved.has_value(), saved.error().message);
      const auto example = scheme_of(*find_example("need-2022"), {}, pages.wiring.figures, {pages.clock.today(), false},
                                     figures::Detail::value);
      REQUIRE(example.has_value());
      const auto published = allocate(*example);
      for (std::size_t i = 0; i < published->areas.size(); ++i)
        CHECK(saved->allocation.areas[i].amount == published->areas[i].amount);
      CHECK(says(pages.get("/funding/schemes/" + std::to_string(record.id.value)), "Year 3"));
      ++found;
    }
    CHECK(found == 3);
  });
}

TEST_CASE("an amount of a saved scheme is a figure that works out to itself, for people who are signed in") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    pages.begin();
    const auto record = pages.service->scheme(SchemeId{1});
    const auto pot = pages.service->pot(PotId{1});
    const figures::Address address = address_of(*record, *pot, "a");
    CHECK(has(pages.get("/funding/schemes/1"), html::escaped(address.path())));
    const auto officer = figures::Viewer::of(pages.wiring.reach_of(pages.who()));
    const auto anyone = figures::Viewer::of(pages.wiring.reach_of(Actor::nobody()));
    const auto first = pages.wiring.figures.ask(address, officer);
    REQUIRE_MESSAGE(first.has_value(), first.error().message);
    CHECK(first->quantity.integer() == 60'00);
    CHECK(pages.wiring.figures.ask(address, anyone).error().kind == ProblemKind::not_found);
    // Each number of the working has an address of its own.
    int parts = 0;
    const auto walk = [&](const auto& self, const figures::Figure& at) -> void {
      for (const figures::Input& input : at.working.inputs) {
        if (input.figure == nullptr) continue;
        ++parts;
        const auto again = pages.wiring.figures.ask(input.figure->address, officer);
        REQUIRE_MESSAGE(again.has_value(), input.figure->address.path());
        CHECK(again->quantity.text() == input.figure->quantity.text());
        self(self, *input.figure);
      }
    };
    walk(walk, *first);
    CHECK(parts >= 2);
    // Pot and scheme go on; the figure stays.
    REQUIRE(
        pages
            .change(
                "/funding/schemes/1/steps/new",
                {{"type", "override"}, {"area", "a"}, {"value", "10"}, {"reason", "Minute 4"}, {"approver", "Chair"}})
            .status == 303);
    REQUIRE(pages
                .post("/funding/pots/1/change", {{"seen", "1"},
                                                 {"title", "Fund"},
                                                 {"financial-year", "2012/13"},
                                                 {"fund-0-name", "Grant"},
                                                 {"fund-0-amount", "500"},
                                                 {"reason", "More"}})
                .status == 303);
    CHECK(figures::to_json(*pages.wiring.figures.ask(address, officer)) == figures::to_json(*first));
    CHECK(pages.wiring.figures
              .ask(address_of(*pages.service->scheme(SchemeId{1}), *pages.service->pot(PotId{1}), "b"), officer)
              ->quantity.integer() == 490'00);
    const http::Response old = pages.get("/funding/schemes/1?version=" + std::to_string(record->version));
    CHECK(says(old, "£60.00"));
    CHECK_FALSE(has(old, "/steps/1\""));
    const auto known = pages.wiring.figures.ask(address_of(*pages.service->pot(PotId{1}), "available"), officer);
    CHECK(known->quantity.integer() == 500'00);
    CHECK(pages.wiring.figures.ask(address_of(*pot, "known"), officer)->quantity.integer() == 100'00);
  });
}

TEST_CASE("the form of a pot: what is wrong is said at its field, what was typed comes back, nothing is saved") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    const Form good = {
        {"title", "Fund"}, {"financial-year", "2012/13"}, {"fund-0-name", "Grant"}, {"fund-0-amount", "100.00"}};
    const auto refused = [&](const std::string& field, const std::string& value, const std::string& at,
                             const std::string& words) {
      Form form = good;
      bool there = false;
      for (auto& [name, text] : form)
        if (name == field) text = value, there = true;
      if (!there) form.emplace_back(field, value);
      const http::Response page = pages.post("/funding/pots/new", form);
      CAPTURE(field);
      CHECK(page.status == 400);
      CHECK(says(page, words));
      CHECK(has(page, "href=\"#" + at + "\""));
      CHECK(has(page, "id=\"" + at + "-error\""));
      const std::string typed = html::escaped(value);
      CHECK((test::field_value(page, field) == value || has(page, ">" + typed + "</textarea>")));
    };
    refused("title", "", "title", "Give it a title");
    refused("financial-year", "2012", "financial-year", "Write the financial year as 2012/13");
    refused("fund-0-amount", "-5.00", "fund-0-amount", "negative amount");
    refused("fund-0-amount", "92233720368547758.08", "fund-0-amount", "The amount is too large. The largest is");
    refused("fund-0-amount", "", "fund-0-amount", "What is not known is not nought");
    refused("fund-1-partner", "County council", "fund-1-amount", "Write the amount");
    refused("slice-0-amount", "5", "slice-0-purpose", "Say what it is for");
    refused("assumption-0-text", "No more money", "assumption-0-made-on", "Write the day");
    CHECK(pages.service->count_pots({}) == 0);
    Form more = good;
    more.insert(more.end(), {{"do", "fund"}, {"funds", "3"}});
    // The new row has the focus, and the address leads to it: nobody is thrown to the top of the form.
    CHECK(has(pages.get("/funding/pots/new"), "formaction=\"/funding/pots/new#fund-3-name\""));
    const auto added = pages.post("/funding/pots/new", more);
    CHECK(has(added, "name=\"fund-3-name\" type=\"text\" value=\"\" autofocus"));
    CHECK(pages.service->count_pots({}) == 0);
    Form full = good;
    full.insert(full.end(), {{"fund-1-name", "County"},
                             {"fund-1-amount", "tbc"},
                             {"fund-2-name", "Left over"},
                             {"fund-2-amount", "12.50"},
                             {"fund-2-carried", "yes"},
                             {"fund-2-kind", "capital"},
                             {"fund-2-status", "confirmed"},
                             {"slice-0-purpose", "Reviews"},
                             {"slice-0-percent", "2"},
                             {"assumption-0-text", "No more money"},
                             {"assumption-0-made-on", "2011-09-22"},
                             {"assumption-0-made-by", "Board"}});
    const http::Response saved = pages.post("/funding/pots/new", full);
    REQUIRE(saved.status == 303);
    CHECK(location(saved) == "/funding/pots/1");
    const http::Response page = pages.get("/funding/pots/1");
    for (const char* wanted : {"£112.50", "£110.25", "£2.25", "Left over (carried forward)", "not known",
                               "22 September 2011", "/funding/pots/1/change"})
      CHECK(says(page, wanted));
    CHECK(has(pages.get("/funding/pots/1/change"), "value=\"12.50\""));
    // Two editors.
    full.insert(full.end(), {{"seen", "1"}, {"reason", "Paper"}});
    full[0].second = "Mine";
    REQUIRE(pages.post("/funding/pots/1/change", full).status == 303);
    full[0].second = "Hers";
    const http::Response conflict = pages.post("/funding/pots/1/change", full);
    CHECK(conflict.status == 409);
    CHECK(says(conflict, "Mine"));
    CHECK(says(conflict, "Hers"));
    // What a browser sends of rows into which nobody has typed is no change, on neither side.
    Form sent = full;
    for (const char* row : {"fund-3-", "fund-4-"})
      sent.insert(sent.end(), {{std::string(row) + "name", ""},
                               {std::string(row) + "kind", "revenue"},
                               {std::string(row) + "status", "provisional"}});
    sent.insert(sent.end(), {{"funds", "5"}});
    const http::Response empty_rows = pages.post("/funding/pots/1/change", sent);
    CHECK(empty_rows.status == 409);
    CHECK(says(empty_rows, "Hers"));
    for (const char* unchanged : {"(fund 4)", "(fund 5)"}) CHECK_FALSE(says(empty_rows, unchanged));
    CHECK(pages.service->pot(PotId{1})->version == 2);
    CHECK(pages.post("/funding/pots/1/withdraw", {{"seen", "2"}}).status == 400);
    CHECK(pages.post("/funding/pots/1/withdraw", {{"seen", "2"}, {"reason", "Replaced"}}).status == 303);
    CHECK(says(pages.get("/funding/pots/1"), "This pot was withdrawn"));
    CHECK(pages.get("/funding/pots/1/change").status == 409);
    CHECK(pages.get("/funding/pots/9").status == 404);
    pages.as(Role::auditor);
    CHECK(pages.get("/funding/pots").status == 200);
    CHECK(pages.get("/funding/pots/new").status == 403);
    pages.as(Role::panel_member);
    CHECK(pages.get("/funding/pots").status == 403);
    CHECK_FALSE(says(pages.get("/funding"), "Mine"));
    pages.as_nobody();
    CHECK(pages.get("/funding/pots").status == 303);
    CHECK_FALSE(says(pages.get("/funding"), "Mine"));
  });
}

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
    const auto weighted = [](const std::string& weight, const std::string& values) {
      return Form{{"type", "weighted_indicators"},
                  {"count", "1"},
                  {"amount", ""},
                  {"indicators-0-name", "Crime"},
                  {"indicators-0-weight", weight},
                  {"indicators-0-from", "table"},
                  {"indicators-0-values", values}};
    };
    refused(weighted("90", "a,1\nb,2"), "indicators-0-weight", "the weights come to 90, not 100");
    refused(weighted("100", "a,1"), "indicators-0-values", "there is no value for Beeford");
    refused(weighted("100", "a,1\nb,"), "indicators-0-values", "Beeford has no value");
    refused(weighted("100", "a,1\nc,2"), "indicators-0-values", "there is no area “c”");
    refused(weighted("many", "a,1\nb,2"), "indicators-0-weight",
            "Write a number, for example 12.5, or a fraction, for example 1/3.");
    refused({{"type", "floor"}, {"amount", "60.00"}}, "amount", "the floors come to £120.00");
    refused({{"type", "fixed_amount"}, {"amount", "-5"}}, "amount", "negative amount");
    refused({{"type", "fixed_amount"}, {"amount", "92233720368547758.08"}}, "amount",
            "The amount is too large. The largest is");
    refused({{"type", "hold_back"}, {"amount", "5"}}, "purpose", "what the money is held back for");
    refused({{"type", "hold_back"}, {"purpose", "Reviews"}}, "amount", "give an amount or a share");
    refused({{"type", "override"}, {"area", "a"}, {"value", "5"}, {"approver", "Chair"}}, "reason",
            "an override needs a reason");
    refused({{"type", "phase_in"}, {"path", "50, 40"}}, "path", "goes back behind the year before");
    refused({{"type", "over_programming"}, {"percent", "5"}}, "underwritten-by", "who answers for the difference");
    refused({{"type", "direct_shares"}, {"by", "percentages"}, {"values", "a,60\nb,30"}}, "values",
            "come to 90, not 100");
    // A step that is right but for an area without a year before.
    REQUIRE(pages.change("/funding/schemes/1/order", {{"step", "1"}, {"do", "out"}}).status == 303);
    REQUIRE(pages.change("/funding/schemes/1/last-year", {{"year", "2011/12"}, {"amounts", "a, 60.00"}}).status == 303);
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
    REQUIRE(
        pages
            .change("/funding/schemes/1/settings", {{"title", "With tranches"},
                                                    {"unit", "1.00"},
                                                    {"rule", "truncate"},
                                                    {"rest-to", "Reviews"},
                                                    {"tranches", "April | 80 | 2012-04-30 |\nOctober | 20 | | Report"}})
            .status == 303);
    const http::Response tranches = pages.get("/funding/schemes/1");
    for (const char* wanted :
         {"With tranches", "October: 20%, when: Report", "What rounding leaves is borne by “Reviews”."})
      CHECK(reads(tranches, wanted));
    CHECK(says(pages.change("/funding/schemes/1/settings",
                            {{"title", "T"}, {"unit", "1.00"}, {"rule", "nearest"}, {"tranches", "April | 80"}}),
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
                       {"count", "2"},
                       {"indicators-0-name", "Burglary"},
                       {"indicators-0-weight", "60"},
                       {"indicators-0-from", "crimes"},
                       {"indicators-0-transform", "rate"},
                       {"indicators-0-per", "1000"},
                       {"indicators-0-crimes-from", "2022-01"},
                       {"indicators-0-crimes-to", "2022-11"},
                       {"indicators-0-crimes-type", "burglary"},
                       {"indicators-0-base-year", "2022"},
                       {"indicators-1-name", "Need"},
                       {"indicators-1-weight", "40"},
                       {"indicators-1-from", "table"},
                       {"indicators-1-values", "area,value,period\nAyton,3,2021\nb,1,2021\na,5,2022\nb,2,2022"},
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
         {"value=\"2022-01\"", "value=\"burglary\"", "value=\"Index of need\"", "a,3,2021", "value=\"2022\""})
      CHECK(has(page, wanted));
    // Weights move; the table stays the one that was kept.
    Form moved = form;
    moved[3].second = "50";
    moved[12].second = "50";
    REQUIRE(pages.change("/funding/schemes/1/steps/1", moved).status == 303);
    CHECK(std::get<WeightedIndicators>(pages.scheme().steps[0].what).indicators[1].origin.source.url == url);
    // With an area more, figures follow by themselves and a typed table wants its line.
    const http::Response more =
        pages.change("/funding/schemes/1/areas", {{"areas", "a | Ayton\nb | Beeford\nc | Carton"}});
    CHECK(more.status == 400);
    CHECK(says(more, "there is no value for Carton"));
    REQUIRE(pages.change("/funding/schemes/1/areas", {{"areas", "a | Ayton"}}).status ==
            400);  // Beeford had money last year
    const auto refused = [&](const char* field, const char* value, const char* at) {
      Form bad = form;
      for (auto& [name, text] : bad)
        if (name == field) text = value;
      const http::Response answer = pages.change("/funding/schemes/1/steps/1", bad);
      CHECK(answer.status == 400);
      CHECK(has(answer, std::string("id=\"") + at + "-error\""));
    };
    refused("indicators-0-crimes-to", "November", "indicators-0-crimes-to");
    refused("indicators-0-base-year", "", "indicators-0-base-year");
    refused("indicators-0-name", "", "indicators-0-name");
    refused("indicators-1-values", "a,3,2021\nb,1,2022", "indicators-1-values");
    Form count = form;
    count.emplace_back("do", "more");
    CHECK(has(pages.change("/funding/schemes/1/steps/1", count), "indicators-2-name"));
  });
}

TEST_CASE("last year's money: merged and split areas, amounts of another scheme") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    pages.begin();
    const http::Response lost =
        pages.change("/funding/schemes/1/last-year", {{"year", "2011/12"}, {"amounts", "a, 60\nold, 40"}});
    CHECK(lost.status == 400);
    CHECK(says(lost, "Say in the succession who came after it"));
    const http::Response split = pages.change(
        "/funding/schemes/1/last-year", {{"year", "2011/12"}, {"amounts", "old, 100"}, {"succession", "old = a; b"}});
    CHECK(split.status == 400);
    CHECK(says(split, "was split, and no share of its money is given"));
    CHECK(has(split, "id=\"succession-error\""));
    CHECK(says(pages.change("/funding/schemes/1/last-year",
                            {{"year", "2011/12"}, {"amounts", "old, 100"}, {"succession", "old to a"}}),
               "Line 1:"));
    REQUIRE(pages
                .change("/funding/schemes/1/last-year", {{"year", "2011/12"},
                                                         {"amounts", "old, 100"},
                                                         {"names", "old, Oldton"},
                                                         {"succession", "old = a 70; b 30"}})
                .status == 303);
    CHECK(says(pages.get("/funding/schemes/1"), "£70.00"));
    CHECK(has(pages.get("/funding/schemes/1/last-year"), "old = a 70; b 30"));
    // The next year begins from what this scheme gave.
    REQUIRE(pages
                .post("/funding/pots/new", {{"title", "Fund"},
                                            {"financial-year", "2013/14"},
                                            {"fund-0-name", "Grant"},
                                            {"fund-0-amount", "200.00"}})
                .status == 303);
    REQUIRE(pages.post("/funding/schemes/new", {{"pot", "2"}, {"title", "Next"}}).status == 303);
    REQUIRE(pages.post("/funding/schemes/2/areas", {{"seen", "1"}, {"areas", "a | Ayton\nb | Beeford"}}).status == 303);
    const http::Response filled =
        pages.post("/funding/schemes/2/last-year", {{"seen", "2"}, {"scheme", "1"}, {"do", "scheme"}});
    CHECK(filled.status == 200);
    for (const char* wanted : {"a, 70.00", "b, 30.00", "/funding/schemes/1?pot-version=1"}) CHECK(says(filled, wanted));
    CHECK(has(filled, "value=\"2012/13\""));
    REQUIRE(pages
                .post("/funding/schemes/2/last-year", {{"seen", "2"},
                                                       {"year", "2012/13"},
                                                       {"amounts", "a, 70.00\nb, 30.00"},
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
    auto again = step_from(type_of(step), entered_from(step), *scheme, &step, {});
    REQUIRE_MESSAGE(again.has_value(), again.error().message);
    CHECK(again->tables.empty());
    step = again->step;
  }
  const auto areas = areas_from(areas_entered(*scheme));
  REQUIRE(areas.has_value());
  Scheme turned = with_areas(*scheme, *areas);
  SchemeRecord record;
  record.title = turned.title;
  const auto settings = settings_from(settings_entered(record, turned));
  REQUIRE(settings.has_value());
  turned.rounding = settings->rounding;
  turned.tranches = settings->tranches;
  const auto last_year = last_year_from(last_year_entered(turned), turned);
  REQUIRE(last_year.has_value());
  turned.last_year = last_year->last_year;
  CHECK(write_scheme(turned, false) == before);
}

TEST_CASE("drafts of pots and steps come back, end with the change, and show both sides when somebody was faster") {
  test::for_each_engine([](db::Database& database) {
    Pages pages(database);
    const auto mine = [&] { return drafts::list(database, pages.who()); };
    CHECK(has(pages.get("/funding/pots/new"), "name=\"draft-form\" value=\"funding.pot/new\""));
    // Refused, it is kept, and opened again it has what was typed.
    REQUIRE(pages
                .post("/funding/pots/new",
                      {{"title", "Fund"}, {"financial-year", "2012"}, {"fund-0-name", "Grant"}, {"do", "save"}})
                .status == 400);
    REQUIRE(mine().size() == 1);
    const http::Response again = pages.get("/funding/pots/new");
    CHECK(says(again, "Your draft has come back"));
    for (const char* typed : {"value=\"Fund\"", "value=\"2012\"", "value=\"Grant\""}) CHECK(has(again, typed));
    pages.begin();
    CHECK(mine().empty());
    CHECK_FALSE(says(pages.get("/funding/pots/new"), "Your draft has come back"));

    // A step: another one's change of another step overtakes nothing, one of this step does.
    REQUIRE(pages.change("/funding/schemes/1/steps/new", {{"type", "floor"}, {"amount", "10.00"}}).status == 303);
    REQUIRE(pages.change("/funding/schemes/1/steps/2", {{"type", "floor"}, {"amount", "eleven"}, {"note", "Mine"}})
                .status == 400);
    REQUIRE(
        pages.change("/funding/schemes/1/steps/1", {{"type", "direct_shares"}, {"by", "last_year"}, {"note", "Theirs"}})
            .status == 303);
    const http::Response carried = pages.get("/funding/schemes/1/steps/2");
    CHECK(carried.status == 200);
    for (const std::string& typed : {std::string("value=\"eleven\""), std::string("value=\"Mine\""),
                                     "name=\"seen\" value=\"" + std::to_string(pages.version()) + "\""})
      CHECK(has(carried, typed));
    const std::int64_t seen = pages.version();
    REQUIRE(pages.change("/funding/schemes/1/steps/2", {{"type", "floor"}, {"amount", "12.00"}}).status == 303);
    CHECK(mine().empty());
    REQUIRE(pages
                .post("/funding/schemes/1/steps/2",
                      {{"type", "floor"}, {"amount", "10.00"}, {"note", "Mine"}, {"seen", std::to_string(seen)}})
                .status == 409);
    const http::Response both = pages.get("/funding/schemes/1/steps/2");
    CHECK(both.status == 409);
    for (const char* wanted :
         {"12.00", "only the other person changed it", "only you changed it", "Step 2 (floor) changed"})
      CHECK(says(both, wanted));
    const http::Response merged = pages.get("/funding/schemes/1/steps/2?draft=merged");
    CHECK(merged.status == 200);
    for (const char* wanted : {"value=\"12.00\"", "value=\"Mine\""}) CHECK(has(merged, wanted));
    CHECK(says(merged, "Your draft has come back"));

    // A pot.
    const Form pot = {{"title", "Fund"},
                      {"financial-year", "2012/13"},
                      {"fund-0-name", "Grant"},
                      {"fund-0-kind", "revenue"},
                      {"fund-0-status", "provisional"}};
    Form first = pot, second = pot;
    first.insert(first.end(), {{"fund-0-amount", "200.00"}, {"seen", "1"}, {"reason", "Letter"}});
    second.insert(second.end(),
                  {{"fund-0-amount", "100.00"}, {"fund-0-note", "Mine"}, {"seen", "1"}, {"reason", "Paper"}});
    REQUIRE(pages.post("/funding/pots/1/change", first).status == 303);
    const http::Response stale = pages.post("/funding/pots/1/change", second);
    CHECK(stale.status == 409);
    for (const char* wanted : {"Amount (fund 1)", "200.00", "Note (fund 1)", "Letter"}) CHECK(says(stale, wanted));
    const http::Response pot_merged = pages.get("/funding/pots/1/change?draft=merged");
    for (const char* wanted : {"value=\"200.00\"", "value=\"Mine\"", "name=\"seen\" value=\"2\""})
      CHECK(has(pot_merged, wanted));
    // Nobody else has it.
    pages.as(Role::commissioning_officer, "", 8);
    CHECK_FALSE(has(pages.get("/funding/pots/1/change"), "Mine"));
  });
}
