// The pages of the register as a visitor and as an analyst get them.
#include <doctest/doctest.h>

#include "slices/register/service.h"
#include "slices/wiring.h"
#include "support/house.h"

using namespace tithing;
using namespace tithing::register_;
using test::has;

namespace {

// The register alone, with its part of the demonstration.
struct Pages : test::House {
  Pages() : House([](Wiring& all) { register_slice(all); }) { demonstration(); }
};

}  // namespace

TEST_CASE("area pages say what it is, what it was, and how sure that is") {
  Pages pages;
  const auto north = pages.get("/areas/E22000368");
  CHECK(north.status == 200);
  CHECK(has(north, "<h1"));
  CHECK(has(north, "was last known to be made up of 3 districts"));
  CHECK(has(north, "The newest look-up that has been imported is of December 2022"));
  CHECK(has(north, "1 April 2012"));
  CHECK(has(north, "X-bromsgrove-csp"));
  CHECK(has(north, "It recommends; it does not record that the merger took place"));
  CHECK(has(north, "<svg"));
  CHECK_FALSE(has(north, "Review succession"));
  const auto then = pages.get("/areas/E22000368?as-at=2012-01-01");
  CHECK(has(then, "It was not there yet on 1 January 2012."));
  CHECK(has(then, "You are looking at 1 January 2012"));
  const auto seven = pages.get("/areas/E22000372?as-at=2022-12-01");
  CHECK(has(seven, "On 1 December 2022 North Yorkshire was made up of 7 districts."));
  CHECK(has(pages.get("/areas/X-wyre-forest-csp?as-at=2012-01-01"),
            "a code of this register: the official one is not known"));
  CHECK(has(pages.get("/areas/E07000112?as-at=2017-06-01"), "Shepway"));
  const auto parts = pages.wiring.services.empty()
                         ? nullptr
                         : static_cast<RegisterService*>(pages.wiring.services.front().get())->areas();
  const auto lsoas = parts->constituents("E07000234", AreaKind::lsoa_2011, Date::from_ymd(2022, 12, 31));
  REQUIRE(lsoas.size() == 58);
  CHECK(has(pages.get("/areas/E07000234"), ">" + lsoas[49]->name + "<"));
  CHECK_FALSE(has(pages.get("/areas/E07000234"), ">" + lsoas[50]->name + "<"));
  CHECK(has(pages.get("/areas/E07000234?page=2"), ">" + lsoas[57]->name + "<"));
  CHECK(pages.get("/areas/E22999999").status == 404);
  CHECK(pages.get("/areas/E22000368?as-at=yesterday").status == 400);
  CHECK(pages.get("/areas/%3Cscript%3E").status == 404);
}

TEST_CASE("the list of forces, and the JSON of an area") {
  Pages pages;
  const auto areas = pages.get("/areas");
  CHECK(areas.status == 200);
  CHECK(has(areas, "43 police force areas"));
  CHECK(has(areas, "(14 waiting for review)"));
  const auto json = pages.get("/api/v1/areas/E22000368?as-at=2022-12-31");
  CHECK(json.status == 200);
  CHECK(has(json, "\"districts\":[{\"code\":\"E07000234\",\"name\":\"Bromsgrove\"}"));
  CHECK(has(json, "\"as_at_note\":null"));
  CHECK(has(json, "\"from\":\"2012-04-01\""));
  CHECK(pages.get("/api/v1/areas/nothing").status == 404);
}

TEST_CASE("successions: everybody reads, a reviewer answers, an answer that cannot be is given back") {
  Pages pages;
  const auto list = pages.get("/areas/successions");
  CHECK(list.status == 200);
  CHECK(has(list, "Folkestone and Hythe (E07000112) changed its name."));
  CHECK_FALSE(has(list, "href=\"/areas/successions/1\""));
  CHECK(has(pages.get("/areas/successions?state=rejected"), "There are none."));
  CHECK(pages.get("/areas/successions/1").status == 303);  // to sign in
  pages.as(Role::panel_member);
  CHECK(pages.get("/areas/successions/1").status == 403);
  pages.as(Role::performance_analyst);
  const auto form = pages.get("/areas/successions/1");
  REQUIRE(form.status == 200);
  CHECK(has(pages.get("/areas/successions"), "href=\"/areas/successions/1\""));
  CHECK(pages.get("/areas/successions/999").status == 404);
  CHECK(pages.get("/areas/successions/x").status == 404);
  CHECK(pages.ask("POST", "/areas/successions/1", "review=accepted").status == 403);  // without the form's token

  CHECK_FALSE(test::field_value(form, "csrf-token").empty());
  const std::string version = test::field_value(form, "version");
  const auto answer = [&](web::Fields fields) {
    fields.emplace_back("version", version);
    return pages.post("/areas/successions/1", fields);
  };
  const auto refused = answer({{"review", "accepted"}, {"on", "2030-01-01"}, {"reason", "a <b>"}});
  CHECK(refused.status == 400);
  CHECK(has(refused, "The day must not be later than"));
  CHECK(has(refused, "a &lt;b&gt;"));
  CHECK(has(answer({{"review", ""}, {"on", ""}}), "Select accept or reject"));
  CHECK(has(answer({{"review", "accepted"}, {"on", "tomorrow"}}), "Enter a day such as"));
  // An answer is one of two: the row of steps does not say that a rejection comes after an acceptance.
  CHECK(has(form, "Next:</span> Accepted"));
  CHECK_FALSE(has(form, "Later:</span> Rejected"));
  CHECK(has(pages.get("/areas/successions/1"), "Your draft has come back"));
  const auto saved = answer({{"review", "accepted"}, {"on", "2018-04-01"}, {"reason", "Order"}});
  CHECK(saved.status == 303);
  CHECK(has(pages.get("/areas/successions?state=accepted"), "changed its name, 1 April 2018."));
  CHECK(has(pages.get("/areas/E07000112?as-at=2018-03-31"), "<h1 class=\"govuk-heading-l\">Shepway"));
  CHECK_FALSE(has(pages.get("/areas/successions/1"), "Next:</span>"));

  // Somebody who has seen it before that answer: both stand side by side, and nothing typed is lost.
  const auto late = answer({{"review", "rejected"}, {"on", "2018-05-01"}, {"reason", "Not so"}});
  CHECK(late.status == 409);
  CHECK(has(late, "Your version, not entered"));
  CHECK(has(late, "Not so"));
  CHECK(has(late, "1 May 2018"));
  CHECK(has(late, "Order"));
  const auto merged = pages.get("/areas/successions/1?draft=merged");
  CHECK(has(merged, "Not so"));
  // A rejection keeps the day that was typed; nothing follows it.
  CHECK(pages
            .post("/areas/successions/1", {{"review", "rejected"},
                                           {"on", "2018-05-01"},
                                           {"reason", "Not so"},
                                           {"version", test::field_value(merged, "version")}})
            .status == 303);
  const auto after = pages.get("/areas/successions/1");
  CHECK(has(after, "value=\"2018-05-01\""));
  CHECK(test::reads(after, "1 May 2018"));
  CHECK(has(pages.get("/areas/successions?state=rejected"), "Folkestone and Hythe"));
}
