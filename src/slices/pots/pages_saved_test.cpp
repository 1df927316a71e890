// Pots and schemes through the site's own pipeline, on both engines: what the demonstration shows, and that what is
// wrong is said at its field, comes back as typed, and is not saved.
#include <doctest/doctest.h>

#include "drafts/drafts.h"
#include "slices/pots/begun_for_tests.h"
#include "slices/pots/examples.h"
#include "slices/pots/step_fields.h"

using namespace tithing;
using namespace tithing::pots;

namespace {

using Form = web::Fields;

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
    refused("slice-0-percent", "half", "slice-0-percent", "Write a number");
    refused("assumption-0-text", "No more money", "assumption-0-made-on", "Write the day");
    // All of it at once: what cannot be read, what is missing, and what the pot lacks beside it.
    const http::Response all = pages.post("/funding/pots/new", {{"title", ""},
                                                                {"financial-year", "2012"},
                                                                {"fund-0-name", "Grant"},
                                                                {"fund-0-amount", "100,00"},
                                                                {"slice-0-amount", "5"},
                                                                {"assumption-0-text", "No more money"}});
    for (const char* field : {"title", "financial-year", "fund-0-amount", "slice-0-purpose", "assumption-0-made-on",
                              "assumption-0-made-by"})
      CHECK_MESSAGE(has(all, std::string("id=\"") + field + "-error\""), field);
    CHECK(all.body.find("href=\"#title\"") < all.body.find("href=\"#fund-0-amount\""));  // in the order of the form
    const http::Response half =
        pages.post("/funding/pots/new", {{"slice-0-purpose", "Reviews"}, {"slice-0-percent", "half"}});
    CHECK(has(half, "id=\"slice-0-percent-error\""));
    CHECK_FALSE(has(half, "id=\"slice-0-amount-error\""));  // something was given, only not to be read
    CHECK(pages.service->count_pots({}) == 0);
    Form more = good;
    more.insert(more.end(), {{"do", "add-fund"}, {"fund-2-name", ""}});
    // The new row has the focus, and the address leads to it: nobody is thrown to the top of the form.
    CHECK(has(pages.get("/funding/pots/new"), "formaction=\"/funding/pots/new#fund-1-name\""));
    const auto added = pages.post("/funding/pots/new", more);
    CHECK(has(added, "name=\"fund-3-name\" type=\"text\" value=\"\" autofocus"));
    CHECK(pages.service->count_pots({}) == 0);
    // A line more for the name of an area saves nothing either.
    more[more.size() - 2] = {"add", "areas"};
    more.insert(more.end(), {{"areas-1", "Ayton"}, {"areas-2", "Beeford"}});
    CHECK(has(pages.post("/funding/pots/new", more), "id=\"areas-3\""));
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
