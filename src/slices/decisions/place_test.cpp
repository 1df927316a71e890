// What the pages say of decisions beside each other: that one takes another's place, what was declared beyond the known
// funds, and that a rise is printed alike on schemes, decisions and papers.
#include <doctest/doctest.h>

#include "slices/decisions/site_for_tests.h"

using namespace tithing;
using namespace tithing::decisions;

namespace {

// Agreed and frozen, as posts do it.
void decide(Pages& pages, const std::string& here, const web::Fields& draft) {
  pages.as(pages.posts.officer());
  REQUIRE(pages.post("/funding/decisions/new", draft).status == 303);
  pages.as(pages.posts.maker());
  REQUIRE(pages
              .post(here + "/agree",
                    {{"on", "2026-11-22"}, {"authority", "Minute 7"}, {"interests", "None"}, {"note", "Urgent"}})
              .status == 303);
  pages.as(pages.posts.officer());
}

}  // namespace

TEST_CASE("a decision's own page says that another takes its place, to those who may read that one") {
  Pages pages;
  const std::string here = "/funding/decisions/1";
  decide(pages, here, {{"title", "Fund 2012/13"}, {"summary", "By crime."}, {"scheme", pages.number()}});
  REQUIRE(pages.post(here + "/freeze", {{"acknowledge-1", "As the county says."}}).status == 303);
  CHECK_FALSE(reads(pages.get(here), "takes the place of this decision"));
  REQUIRE(pages
              .post("/funding/decisions/new",
                    {{"title", "Fund, again"}, {"summary", "By crime."}, {"scheme", pages.number()}, {"replaces", "1"}})
              .status == 303);
  CHECK(reads(pages.get(here), "FD-0002, Fund, again (draft) takes the place of this decision when it is published."));
  pages.as(pages.posts.maker());
  REQUIRE(pages.post(here + "/publish", {{"nothing_private", "yes"}}).status == 303);
  CHECK(reads(pages.get(here), "(draft) takes the place of this decision when it is published."));
  pages.as(std::nullopt);  // nobody outside knows of a draft
  const http::Response outside = pages.get(here);
  CHECK(outside.status == 200);
  CHECK_FALSE(reads(outside, "takes the place of this decision"));
  CHECK_FALSE(reads(outside, "FD-0002"));
}

TEST_CASE("a rise has its plus on the scheme as on the decision and its papers") {
  Pages pages;
  const std::string here = "/funding/decisions/1", rise =
                                                       "+\xC2\xA3"
                                                       "15.00";
  decide(pages, here, {{"title", "Fund 2012/13"}, {"summary", "By crime."}, {"scheme", pages.number()}});
  for (const std::string& page : {here, "/funding/schemes/" + pages.number(), here + "/paper"}) {
    CAPTURE(page);
    CHECK(reads(pages.get(page), rise));
  }
}

TEST_CASE("what was declared to go out beyond the known funds stands beside what is left") {
  Pages pages;
  const Actor officer = pages.posts.officer();
  const Doing doing = pages.doing(officer);
  const auto scheme = save_scheme(
      doing,
      {.pot = PotId{1},
       .document = R"({"title":"More than there is","areas":[{"key":"a","name":"Ayton"},{"key":"b","name":"Beeford"}],
    "steps":[{"type":"over_programming","percent":"20","underwritten_by":"Reserve"},)"
                   R"({"type":"weighted_indicators","indicators":[{"name":"Recorded crime","weight":"100",)"
                   R"("values":{"a":{"figure":"/figures/crimes?area=a"},"b":{"figure":"/figures/crimes?area=b"}}}]}],)"
                   R"("rounding":{"unit":"0.01","rule":"largest_remainder"}})"});
  REQUIRE_MESSAGE(scheme.has_value(), scheme.error().message);
  decide(pages, "/funding/decisions/1",
         {{"title", "Fund 2012/13"}, {"summary", "By crime."}, {"scheme", std::to_string(scheme->id.value)}});
  const http::Response pot = pages.get("/funding/pots/1");
  for (const char* wanted : {"Declared to go out beyond the known funds",
                             "\xC2\xA3"
                             "20.00",
                             "-\xC2\xA3"
                             "20.00",
                             "no more than was declared"}) {
    CAPTURE(wanted);
    CHECK(reads(pot, wanted));
  }
  CHECK_FALSE(reads(pot, "More is given out than the pot holds."));
  const auto figure = [&](const char* address) {
    return pages.wiring.figures.ask(*figures::Address::parse(address), viewer_of(officer, pages.clock.today()),
                                    figures::Detail::working);
  };
  const auto beyond = figure("/figures/pot?of=beyond&pot=1&version=1"),
             left = figure("/figures/pot?of=left&pot=1&version=1");
  REQUIRE(beyond.has_value());
  CHECK(beyond->quantity.text() ==
        "\xC2\xA3"
        "20.00");
  REQUIRE(left.has_value());
  CHECK(left->working.caveats.back().find("20.00 is declared to go out beyond the known funds") != std::string::npos);
}
